"""`wall`: what a live wall costs a frame, and whether every frame is shown."""

import argparse
import time

from tests.bench.cameras import BenchCameras, ffmpeg_ms_per_frame
from tests.bench.desk_window import let_run
from tests.bench.kit import BenchError, Report, cpu_s, mean, pss_mb, say, share
from tests.bench.wall_window import WallWindow, live_wall


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument("--tiles", type=int, default=16)
    parser.add_argument("--kind", choices=("sub", "main"), default="sub")
    parser.add_argument("--codec", choices=("h264", "hevc"), default="h264")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--settle", type=float, default=3.0, help="seconds before")


def run(options: argparse.Namespace, report: Report) -> None:
    """Measure, and put the figures into the report."""
    with live_wall(options.kind, options.tiles, options.codec) as wall:
        reference = [_reference(wall.cameras)]
        let_run(options.settle)
        figures = _measure(wall, options.seconds)
        reference.append(_reference(wall.cameras))
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


def _measure(wall: WallWindow, seconds: float) -> dict[str, float]:
    say(f"measuring for {seconds:g} s")
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
    seen = wall.reader.report()
    return {
        "measured_s": took,
        "frames": sum(each["frames"] for each in seen.values()),
        "unread": sum(each["unread"] for each in seen.values()),
        "cpu_s": used,
        "cpu_percent": 100 * used / took,
        "ui_cpu_percent": 100 * window_used / took,
        "ui_tick_late_ms_p50": share(late, 50),
        "ui_tick_late_ms_p99": share(late, 99),
        "watching_cpu_percent": 100 * watched / took,
        "paints_per_s": (wall.panel.paints - paints) / took,
        "pss_mb": pss_mb(ours),
    }
