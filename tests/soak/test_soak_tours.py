"""A slice of the hour of tours, at the desk and on a wall; the long run judges memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_seconds_of_tours_show_nothing_black_and_nothing_old(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.soak", "tours", "--small", "--json"),
            *("--minutes", "0.25", "--dwell", "5"),
            *("--home", str(tmp_path / "home")),
        ],
        cwd=ROOT,
        env=os.environ | {"LOOKOUT_SECRETS": "file"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert done.stdout, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert (said["black"], said["unmarked"]) == (0, 0), said["examples"]
    assert said["monitors"] == 2
    assert said["paints"] - said["wall_paints"] > 20
    assert said["wall_paints"] > 20
    assert said["turns"] > said["wall_turns"] >= 1
    assert said["cases"] + said["led"] >= 2
    assert said["unexplained_log"] == []
