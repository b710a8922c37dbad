"""Makes both lock files again from `pyproject.toml`.

    python3 packaging/lock.py [--upgrade]        (or: make lock)

`requirements.lock` is what the program runs on, `requirements-dev.lock` adds what its
developers need. Both name every package for Python 3.11 to 3.14 on Linux, Windows and
macOS with the hashes of its files, and hold neither an index's address nor a path of
the machine they were made on. uv resolves, in an environment that is thrown away.
Without `--upgrade` what is locked stays, where `pyproject.toml` still allows it.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

UV = "uv==0.13.9"
ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"requirements.lock": [], "requirements-dev.lock": ["--extra", "dev"]}
FOREIGN = re.compile(r"https?://|file:|--(extra-)?index-url|--find-links|/home/|/root/")


def lock(uv: Path, name: str, extras: list[str], *, upgrade: bool) -> None:
    """Write one lock file, or stop where it would tell about this machine."""
    target = ROOT / name
    command = [
        *(str(uv), "pip", "compile", "pyproject.toml", "-o", name, *extras),
        *("--universal", "--python-version", "3.11", "--generate-hashes"),
        *("--no-header", "--no-emit-index-url", "--no-config", "--quiet"),
    ]
    if upgrade:
        command.append("--upgrade")
    before = target.read_text(encoding="utf-8") if target.exists() else ""
    # uv reads its own settings only; pip's would bring this machine's wheels in.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PIP_")}
    subprocess.run(command, cwd=ROOT, check=True, env=environment)
    after = target.read_text(encoding="utf-8")
    if FOREIGN.search(after):
        target.write_text(before, encoding="utf-8")
        sys.exit(f"{name} would name an address or a path of this machine; not written")
    pins = len(re.findall(r"^\S+==", after, re.M))
    change = "as it was" if before == after else "written"
    sys.stdout.write(f"{name}: {pins} packages, {change}\n")


def main() -> None:
    """Make both, in an environment that is thrown away."""
    parser = argparse.ArgumentParser(description="Make the lock files again.")
    parser.add_argument(
        "--upgrade", action="store_true", help="take the newest versions allowed"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lookout-lock-") as folder:
        venv.create(folder, with_pip=True)
        scripts = Path(folder, "Scripts" if sys.platform == "win32" else "bin")
        subprocess.run(
            [scripts / "python", "-m", "pip", "install", "-q", UV], check=True
        )
        for name, extras in LOCKS.items():
            lock(scripts / "uv", name, extras, upgrade=arguments.upgrade)


if __name__ == "__main__":
    main()
