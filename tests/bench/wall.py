"""`wall`: what a live wall costs a frame, and whether every frame is shown.

A machine shared with others is quick one moment and slow the next; so the wall is
measured in rounds, with the reference between them.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tests.bench.cameras import BenchCameras, ffmpeg_ms_per_frame
from tests.bench.desk_window import let_run
from tests.bench.kit import BenchError, Report, cpu_s, mean, pss_mb, say, share
from tests.bench.wall_window import WallWindow, live_wall

ROUND_S: Final = 5.0


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument("--tiles", type=int, default=16)
    parser.add_argument("--kind", choices=("sub", "main"), default="sub")
    parser.add_argument("--codec", choices=("h264", "hevc"), default="h264")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument(
        "--settle", type=float, default=2.0, help="seconds before a round"
    )


def run(options: argparse.Namespace, report: Report) -> None:
    """Measure, and put the figures into the report."""
    rounds = max(1, round(options.seconds / ROUND_S))
    say(f"measuring for {options.seconds:g} s, in {rounds} rounds")
    with live_wall(options.kind, options.tiles, options.codec) as wall:
        reference = [_reference(wall.cameras)]
        measured = []
        for _ in range(rounds):
            let_run(options.settle)
            measured.append(_measure(wall, options.seconds / rounds))
            reference.append(_reference(wall.cameras))
        figures = _together(measured) | {"pss_mb": pss_mb(wall.ours())}
        profile = wall.cameras.profile
    source_fps = float(profile.rate * options.tiles)
    shown = figures.pop("frames")
    if not shown:
        raise BenchError("no frame was shown")
    per_frame = 1000 * figures.pop("cpu_s") / shown
    report.add(
        tiles=options.tiles,
        kind=options.kind,
        codec=options.codec,
        source_fps=source_fps,
        shown_fps=shown / figures["measured_s"],
        shown_ratio=shown / figures["measured_s"] / source_fps,
        cpu_ms_per_shown_frame=per_frame,
        ffmpeg_ms_per_frame=mean(reference),
        ratio=per_frame / mean(reference),
        **figures,
    )


def _reference(cameras: BenchCameras) -> float:
    return ffmpeg_ms_per_frame(cameras.file, cameras.profile.pictures)


@dataclass(frozen=True)
class Round:
    """What a wall did between two references.

    Attributes:
        took_s: How long it was watched.
        frames, unread: Pictures whose number could be read, and could not.
        used_s, window_s, watched_s: Processor time of all, of the window, and of
            looking at the window, which is in neither of them.
        paints: How often the window was painted.
        late_ms: How late each tick came.
    """

    took_s: float
    frames: int
    unread: int
    used_s: float
    window_s: float
    watched_s: float
    paints: int
    late_ms: list[float]


def _measure(wall: WallWindow, seconds: float) -> Round:
    wall.reader.report()
    wall.ticks.clear()
    ours = wall.ours()
    window, paints = ours[:1], wall.panel.paints
    watched = wall.panel.watching_s
    began, used, window_used = time.perf_counter(), cpu_s(ours), cpu_s(window)
    let_run(seconds)
    took = time.perf_counter() - began
    watched = wall.panel.watching_s - watched
    used = cpu_s(ours) - used - watched
    window_used = cpu_s(window) - window_used - watched
    late = list(wall.ticks.late_ms)
    seen = wall.reader.report().values()
    return Round(
        took_s=took,
        frames=sum(each["frames"] for each in seen),
        unread=sum(each["unread"] for each in seen),
        used_s=used,
        window_s=window_used,
        watched_s=watched,
        paints=wall.panel.paints - paints,
        late_ms=late,
    )


def _together(rounds: Sequence[Round]) -> dict[str, float]:
    took = sum(each.took_s for each in rounds)
    used = sum(each.used_s for each in rounds)
    late = [late_ms for each in rounds for late_ms in each.late_ms]
    return {
        "measured_s": took,
        "frames": sum(each.frames for each in rounds),
        "unread": sum(each.unread for each in rounds),
        "cpu_s": used,
        "cpu_percent": 100 * used / took,
        "ui_cpu_percent": 100 * sum(each.window_s for each in rounds) / took,
        "ui_tick_late_ms_p50": share(late, 50),
        "ui_tick_late_ms_p99": share(late, 99),
        "watching_cpu_percent": 100 * sum(each.watched_s for each in rounds) / took,
        "paints_per_s": sum(each.paints for each in rounds) / took,
    }
