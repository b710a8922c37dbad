"""Bring the translations up to date: collect the sources' strings, compile them.

    python packaging/update_translations.py [--check]

Collects every string of `console/` into resources/translations/lookout_zh_CN.ts,
where translators work, and compiles it to the .qm that ships. New strings stand as
unfinished until somebody has translated them. With --check nothing is written; the
exit status is 1 where the files are not up to date.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TRANSLATIONS = ROOT / "resources" / "translations"
NAME = "lookout_zh_CN"


def main() -> int:
    """Update, or check, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) if options.check else TRANSLATIONS
        ts, qm = target / f"{NAME}.ts", target / f"{NAME}.qm"
        if options.check and (TRANSLATIONS / ts.name).exists():
            shutil.copy(TRANSLATIONS / ts.name, ts)
        collect(ts)
        compile_(ts, qm)
        if not options.check:
            return 0
        same = all(
            (TRANSLATIONS / each.name).exists()
            and (TRANSLATIONS / each.name).read_bytes() == each.read_bytes()
            for each in (ts, qm)
        )
    if not same:
        sys.stderr.write("translations are not up to date: run this without --check\n")
    return 0 if same else 1


def collect(ts: Path) -> None:
    """Bring the strings of the sources into a .ts file; gone ones leave it."""
    sources = sorted(
        str(path.relative_to(ROOT)) for path in (ROOT / "console").rglob("*.py")
    )
    _run(
        "pyside6-lupdate",
        *sources,
        "-locations",
        "none",
        "-no-obsolete",
        "-ts",
        str(ts),
    )


def compile_(ts: Path, qm: Path) -> None:
    """Compile a .ts file; what is unfinished is left out."""
    _run("pyside6-lrelease", str(ts), "-qm", str(qm))


def _run(tool: str, *arguments: str) -> None:
    beside = Path(sys.executable).parent
    found = shutil.which(tool, path=str(beside)) or shutil.which(tool)
    if found is None:
        raise SystemExit(f"{tool} is missing; it comes with PySide6, run make setup")
    done = subprocess.run(
        [found, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{tool} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    raise SystemExit(main())
