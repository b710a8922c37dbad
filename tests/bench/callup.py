"""`callup`: how soon cameras that nobody was watching are on the screen.

Four cameras are called into four empty tiles by the panel's own command, at random
moments of their groups of pictures. What counts is the newest picture: painted is a
number that had left its camera no earlier than the newest one at the command.
"""

import argparse
import random
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from tests.bench.cameras import BenchCameras
from tests.bench.desk_window import let_run, let_run_until
from tests.bench.kit import Report, cpu_s, mean, pss_mb, say, share
from tests.bench.plain_ffmpeg import cold_ms
from tests.bench.standby_kit import ready_at_rest, wait_until_ready
from tests.bench.wall_window import WallWindow, pictures_window
from video.layouts import FOUR

SEED: Final = 20261124
TILES: Final = 4
READY_S: Final = 90.0
SHOWN_S: Final = 20.0
UNDISTURBED_S: Final = 0.25
PAUSE_S: Final = (0.3, 1.0)
_LITTLE_S: Final = 0.001  # two clocks read one after the other


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument("--standby", type=int, default=60)
    parser.add_argument("--trials", type=int, default=30)
    parser.add_argument("--cold", type=int, default=12, help="cold call-ups")
    parser.add_argument(
        "--seconds", type=float, default=10.0, help="of watching what standby costs"
    )
    parser.add_argument("--settle", type=float, default=3.0)


def run(options: argparse.Namespace, report: Report) -> None:
    """Measure, and put the figures into the report."""
    dice = random.Random(SEED)
    with ExitStack() as stack:
        plain = BenchCameras("sub", TILES, locked=False)
        stack.callback(plain.close)
        ffmpeg = _ffmpeg(plain, options.cold, dice)
        cameras = BenchCameras("sub", options.standby + TILES)
        stack.callback(cameras.close)
        stack.enter_context(ready_at_rest(0))
        wall = stack.enter_context(
            pictures_window([cameras], side=2, pinned=[None] * TILES)
        )
        board = wall.bench.board
        let_run_until(
            lambda: board.cameras.keys() >= set(cameras.ids),
            "the cameras",
            limit_s=SHOWN_S,
        )
        without = [_idle(wall, options)]
        names = cameras.ids[: options.standby]
        say(f"{len(names)} cameras on standby")
        with ready_at_rest(len(names)):
            wall.panel.choose_layout(FOUR)  # has it declare what it wants
            began = time.monotonic()
            wait_until_ready(wall, names, limit_s=READY_S)
            all_ready_s = time.monotonic() - began
            ready = [_idle(wall, options)]
            say(f"{options.trials} call-ups of {TILES}")
            trials = [
                _call_up(wall, dice.sample(names, TILES), dice)
                for _ in range(options.trials)
            ]
            wait_until_ready(wall, names, limit_s=READY_S)
            ready.append(_idle(wall, options))
            say(f"{options.cold} cold ones")
            cold = [
                _call_up(wall, [dice.choice(cameras.ids[-TILES:])], dice)
                for _ in range(options.cold)
            ]
        wall.panel.choose_layout(FOUR)
        without.append(_idle(wall, options))
        gop_ms = 1000 * cameras.profile.gop / cameras.profile.rate
        ffmpeg += _ffmpeg(plain, options.cold, dice)
    first = [min(each) for each in trials]
    per_cent = mean([each.cpu_percent for each in ready])
    base = mean([each.cpu_percent for each in without])
    report.add(
        standby=len(names),
        standby_cpu_percent=per_cent - base,
        without_cpu_percent=base,
        standby_pss_mb=mean([each.pss_mb for each in ready]) - without[0].pss_mb,
        without_pss_mb=without[0].pss_mb,
        all_ready_ms=1000 * all_ready_s,
        trials=len(trials),
        first_ms_p50=share(first, 50),
        first_ms_p95=share(first, 95),
        all_four_ms_p95=share([max(each) for each in trials], 95),
        cold_ms_p50=share([max(each) for each in cold], 50),
        cold_ms_p95=share([max(each) for each in cold], 95),
        gop_ms=gop_ms,
        ffmpeg_cold_ms_p50=share(ffmpeg, 50),
        ffmpeg_cold_ms_p95=share(ffmpeg, 95),
    )


@dataclass(frozen=True)
class Idle:
    """What the program costs while nobody does anything."""

    cpu_percent: float
    pss_mb: float


def _idle(wall: WallWindow, options: argparse.Namespace) -> Idle:
    let_run(options.settle)
    ours = wall.ours()
    began, used = time.perf_counter(), cpu_s(ours)
    let_run(options.seconds)
    used = cpu_s(ours) - used
    return Idle(100 * used / (time.perf_counter() - began), pss_mb(ours))


def _call_up(
    wall: WallWindow, camera_ids: Sequence[str], dice: random.Random
) -> list[float]:
    """Call cameras into tiles and away again; return when each was painted, ms."""
    let_run(dice.uniform(*PAUSE_S))
    wall.reader.report()
    newest_s = 1 / wall.cameras.profile.rate
    painted: dict[int, float] = {}
    commanded = time.monotonic()
    for tile, camera_id in enumerate(camera_ids):
        wall.panel.show_camera(camera_id, tile)

    def all_painted() -> bool:
        for tile, seen in wall.reader.report().items():
            for at, number in seen["read"]:
                left = wall.cameras.sent_at(camera_ids[tile], number, seen_at=at)
                if left > commanded - newest_s - _LITTLE_S:
                    painted.setdefault(tile, at)
        return len(painted) == len(camera_ids)

    let_run(UNDISTURBED_S)  # whoever asks the reader holds the window up
    let_run_until(all_painted, "a camera that was called up", limit_s=SHOWN_S)
    for tile in range(len(camera_ids)):
        wall.panel.choose_tile(tile)
        wall.panel.previous_content()
    return [1000 * (at - commanded) for at in painted.values()]


def _ffmpeg(plain: BenchCameras, times: int, dice: random.Random) -> list[float]:
    say("bare FFmpeg opens cameras")
    taken = []
    for _ in range(max(1, times // 2)):
        time.sleep(dice.uniform(0.0, 1.0))
        taken.append(cold_ms(plain, dice.choice(plain.ids)))
    return taken
