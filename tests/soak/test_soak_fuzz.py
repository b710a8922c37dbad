"""A slice of the long run of damaged streams: the same seed, a dozen seconds of it."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_seconds_of_damage_end_no_worker() -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.soak", "fuzz", "--json"),
            *("--minutes", "0.2", "--seed", "4"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["damages"] >= 3
    assert said["worker_ends"] == 0
    assert said["well_frames"] > 30
    assert said["bad_frames"] > 0
    assert set(said["memory"]) == {"workers"}
    assert done.returncode == (0 if said["ok"] else 1)
