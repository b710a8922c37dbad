"""`latency`: from the moment a camera sends a picture to its number in painted pixels."""

import argparse
import time
from collections.abc import Sequence
from contextlib import closing
from typing import Final

from tests.bench.cameras import BenchCameras
from tests.bench.desk_window import let_run
from tests.bench.kit import Report, mean, say, share
from tests.bench.plain_ffmpeg import late_ms
from tests.bench.wall_window import live_wall

GROWS_FROM_S: Final = 300.0  # a slope over less would say more of the hour than of us
REFERENCE_PICTURES: Final = 60
SLICE_S: Final = 10.0


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--tiles", type=int, default=16)
    parser.add_argument(
        "--settle", type=float, default=2.0, help="seconds before measuring"
    )


def run(options: argparse.Namespace, report: Report) -> None:
    """Measure, and put the figures into the report."""
    with closing(BenchCameras("sub", 1, locked=False)) as plain:
        reference = late_ms(plain, plain.ids[0], REFERENCE_PICTURES)
        taken = _painted(options)
        reference += late_ms(plain, plain.ids[0], REFERENCE_PICTURES)
    late = [ms for _, ms in taken]
    report.add(
        tiles=options.tiles,
        pictures=len(late),
        source_to_paint_ms_p50=share(late, 50),
        source_to_paint_ms_p95=share(late, 95),
        source_to_paint_ms_max=max(late),
        ffmpeg_ms_p50=share(reference, 50),
        ffmpeg_ms_p95=share(reference, 95),
        ratio=share(late, 50) / share(reference, 50),
        growth_ms_per_hour=growth_ms_per_hour(taken)
        if options.seconds >= GROWS_FROM_S
        else None,
    )


def _painted(options: argparse.Namespace) -> list[tuple[float, float]]:
    """Return when each picture was painted, and how late, ms."""
    taken: list[tuple[float, float]] = []
    with live_wall("sub", options.tiles) as wall:
        let_run(options.settle)
        wall.reader.report()
        say(f"measuring for {options.seconds:g} s")
        end = time.monotonic() + options.seconds
        while (rest := end - time.monotonic()) > 0:
            let_run(min(rest, SLICE_S))
            for tile, seen in wall.reader.report().items():
                camera_id = wall.panel.shown[tile]
                assert camera_id is not None
                for at, number in seen["read"]:
                    left = wall.cameras.sent_at(camera_id, number, seen_at=at)
                    taken.append((at, 1000 * (at - left)))
    return taken


def growth_ms_per_hour(taken: Sequence[tuple[float, float]]) -> float:
    """Return by how much the usual delay of ten seconds rises in an hour.

    Args:
        taken: When each picture was painted, and how late, ms.
    """
    begun = min(at for at, _ in taken)
    slices: dict[int, list[float]] = {}
    for at, ms in taken:
        slices.setdefault(int((at - begun) / SLICE_S), []).append(ms)
    xs = [SLICE_S * number for number in slices]
    ys = [share(each, 50) for each in slices.values()]
    x0, y0 = mean(xs), mean(ys)
    spread = sum((x - x0) ** 2 for x in xs)
    slope = sum((x - x0) * (y - y0) for x, y in zip(xs, ys, strict=True)) / spread
    return 3600 * slope
