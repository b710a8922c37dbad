"""`worker-kill`: how soon a wall is whole again when a video worker is killed."""

import argparse
import os
import signal
import subprocess
import sys
import time

from tests.bench.desk_window import let_run, let_run_until
from tests.bench.kit import BenchError, Report, mean, say
from tests.bench.wall_window import WallWindow, live_wall
from tests.limits_kit import next_line, running
from video.contract import StreamState

LIMIT_S = 30.0
# What a worker loads before it can say a word, by plain means.
_PLAIN_START = "import av, cv2, numpy; print('ready', flush=True)"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument("--tiles", type=int, default=16)
    parser.add_argument("--settle", type=float, default=3.0, help="seconds between")


def run(options: argparse.Namespace, report: Report) -> None:
    """Measure, and put the figures into the report."""
    start = [_plain_start_ms()]
    with live_wall("sub", options.tiles, "h264") as wall:
        let_run(options.settle)
        wall.ticks.clear()
        rounds = [_kill(wall, pid, options.settle) for pid in wall.workers()]
        late = max(wall.ticks.late_ms, default=0.0)
        gop_ms = 1000 * wall.cameras.profile.gop / wall.cameras.profile.rate
    start.append(_plain_start_ms())
    if not rounds:
        raise BenchError("there is no worker to kill")
    back = max(each[0] for each in rounds)
    report.add(
        tiles=options.tiles,
        kills=len(rounds),
        worker_back_ms=back,
        all_tiles_back_ms=max(each[1] for each in rounds),
        gop_ms=gop_ms,
        ui_tick_late_ms_max=late,
        plain_start_ms=mean(start),
        ratio=back / mean(start),
    )


def _kill(wall: WallWindow, pid: int, settle_s: float) -> tuple[float, float]:
    """Kill a worker; return when the next one speaks and when all tiles move, ms."""
    engine = wall.bench.engine
    assert engine is not None
    shown = [each for each in wall.panel.shown if each is not None]
    before = set(wall.workers())
    say(f"kill -9 of video worker {pid}")
    wall.reader.report()
    killed = time.monotonic()
    os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
    hit: set[str] = set()
    back: list[float] = []
    moved: dict[int, float] = {}

    def all_back() -> bool:
        for camera_id in shown:
            status = engine.status(camera_id)
            if status.reason == "worker":
                hit.add(camera_id)
            elif camera_id in hit and not back and status.state is not StreamState.OFF:
                back.append(time.monotonic())  # its worker has spoken of it
        for tile, seen in wall.reader.report().items():
            if seen["first_at"] is not None:
                moved.setdefault(tile, 0.0)
                if wall.panel.shown[tile] in hit and back:
                    moved[tile] = moved[tile] or seen["first_at"]
        return bool(back) and all(
            moved.get(tile)
            for tile, camera in enumerate(wall.panel.shown)
            if camera in hit
        )

    let_run_until(all_back, "all tiles after a kill", limit_s=LIMIT_S)
    if set(wall.workers()) == before:
        raise BenchError("the worker lives on")
    let_run(settle_s)
    return (
        1000 * (back[0] - killed),
        1000 * (max(at for at in moved.values() if at) - killed),
    )


def _plain_start_ms() -> float:
    """Return how long a bare interpreter takes to load what a worker needs."""
    began = time.perf_counter()
    with running(
        [sys.executable, "-c", _PLAIN_START],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    ) as process:
        next_line(process)
        took = time.perf_counter() - began
    return 1000 * took
