"""A wall on a second monitor that goes away and comes back; what pulls, and what not."""

import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.virtual_monitors import DESK, WALL, plug, virtual_screen

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT, ROOT / "tests" / "console", ROOT / "tests" / "video")
LIMIT_S = 300


@pytest.mark.skipif(
    sys.platform != "linux"
    or shutil.which("Xvfb") is None
    or ctypes.util.find_library("Xrandr") is None,
    reason="only on Linux, with Xvfb and libXrandr",
)
def test_a_wall_outlives_its_monitor_and_nobody_pulls_what_nobody_sees():
    with virtual_screen() as display:
        plug(display, DESK, WALL)
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("wall_desk.py"))],
            env={
                **os.environ,
                "DISPLAY": display,
                "QT_QPA_PLATFORM": "xcb",
                "PYTHONPATH": os.pathsep.join(map(str, FOLDERS)),
            },
            cwd=ROOT,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=LIMIT_S,
            check=False,
        )
    said = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout + done.stderr
    assert said[0] == "wall at (1920, 0, 1920, 1080) words 80"
    assert said[1].startswith("gone: 1 said")
    assert "1220" not in said[1], "a wall without its monitor pulls nothing"
    assert said[2] == "back: 2 said, same True, seen True"
    assert said[3] == "tour: black 0, unmarked 0, dead ('9999',), held True, seen True"
    assert said[4:] == [
        "both walls show four: 4 pulled, 1 look",
        "one of two tiles closed: 4 pulled",
        "last tile closed: 4 pulled",
        "wall closed: 4 pulled",
    ]
