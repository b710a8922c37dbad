"""Makes the pictures of the documents from the running program.

    .venv/bin/python packaging/make_screenshots.py

Runs the demonstration's check on the display there is, or on an invisible one, and
keeps the pictures that the documents show in docs/images/; none where the check failed.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
KEPT = ("desk-rest", "desk-signal", "desk-alarm", "desk-feedback")


def main() -> int:
    """Take the pictures; return the exit status."""
    with tempfile.TemporaryDirectory(prefix="lookout-shots-") as folder:
        home, shots = Path(folder, "home"), Path(folder, "shots")
        command = [sys.executable, "-m", "console.cli", "demo", "--check"]
        command += ["--home", str(home), "--shots", str(shots)]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
        if status:
            return status
        IMAGES.mkdir(parents=True, exist_ok=True)
        for name in KEPT:
            shutil.copy(shots / f"{name}.png", IMAGES / f"{name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
