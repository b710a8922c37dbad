"""`reconnect`: half of the cameras refuse, half fall silent, then all come back.

Four stand in tiles, the others are on standby. Those in tiles are back when a picture
that left after the return is painted, the others when a call-up would show at once.
"""

import argparse
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from tests.bench.cameras import FIRST, BenchCameras
from tests.bench.desk_window import let_run, let_run_until
from tests.bench.kit import Report, cpu_s, family, mean, say, share
from tests.bench.plain_ffmpeg import cold_ms
from tests.bench.standby_kit import is_ready, ready_at_rest, wait_until_ready
from tests.bench.wall_window import WallWindow, pictures_window

STREAMS: Final = 10  # of each half; the cameras share them
SHOWN_OF_EACH: Final = 2
LIMIT_S: Final = 120.0


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.add_argument("--cameras", type=int, default=200)
    parser.add_argument(
        "--seconds", type=float, default=45.0, help="how long they are away"
    )
    parser.add_argument("--settle", type=float, default=3.0)
    parser.add_argument(
        "--references", type=int, default=5, help="by FFmpeg before, and as many after"
    )


def run(options: argparse.Namespace, report: Report) -> None:
    """Measure, and put the figures into the report."""
    half = max(SHOWN_OF_EACH, options.cameras // 2)
    with ExitStack() as stack:
        plain = BenchCameras("sub", 1, locked=False)
        stack.callback(plain.close)
        reference = [cold_ms(plain, plain.ids[0]) for _ in range(options.references)]
        refusing, silent = (
            BenchCameras("sub", half, first=first, streams=min(half, STREAMS))
            for first in (FIRST, FIRST + half)
        )
        stack.callback(refusing.close)
        stack.callback(silent.close)
        names = [*refusing.ids, *silent.ids]
        shown = [*refusing.ids[:SHOWN_OF_EACH], *silent.ids[:SHOWN_OF_EACH]]
        stack.enter_context(ready_at_rest(len(names)))
        wall = stack.enter_context(
            pictures_window([refusing, silent], side=2, pinned=shown)
        )
        say(f"{len(names)} cameras come")
        wait_until_ready(wall, names, limit_s=LIMIT_S)
        let_run(options.settle)
        say("half of them refuse, half fall silent")
        refusing.close()
        silent.fall_silent()
        let_run_until(
            lambda: not any(is_ready(wall, each) for each in names),
            "the cameras to be missed",
            limit_s=LIMIT_S,
        )
        say(f"measuring for {options.seconds:g} s")
        ours, workers = wall.ours(), family(*wall.workers())
        began, used = time.perf_counter(), cpu_s(ours)
        worked, watched = cpu_s(workers), wall.panel.watching_s
        let_run(options.seconds)
        watched = wall.panel.watching_s - watched  # the bench's, not the desk's
        used, worked = cpu_s(ours) - used - watched, cpu_s(workers) - worked
        away_s = time.perf_counter() - began
        say("they come back")
        refusing.play()
        silent.answer_again()
        returns = Returns(time.monotonic())
        let_run_until(
            lambda: returns.look(wall, names, shown), "all of them", limit_s=LIMIT_S
        )
        reference += [cold_ms(plain, plain.ids[0]) for _ in range(options.references)]
    back = returns.back
    seen = [back[each] for each in shown]
    report.add(
        cameras=len(names),
        shown=len(shown),
        first_back_ms=min(back.values()),
        shown_back_ms=max(seen),
        back_ms_p50=share(list(back.values()), 50),
        refused_back_ms=max(back[each] for each in refusing.ids),
        silent_back_ms=max(back[each] for each in silent.ids),
        all_back_ms=max(back.values()),
        cpu_percent_while_away=100 * used / away_s,
        workers_cpu_percent_while_away=100 * worked / away_s,
        away_s=away_s,
        ffmpeg_cold_ms=mean(reference),
        ratio=min(back.values()) / mean(reference),
    )


@dataclass
class Returns:
    """Who is back, and when.

    Attributes:
        since: When all of them could be reached again.
        back: How long each took, ms.
    """

    since: float
    back: dict[str, float] = field(default_factory=dict)

    def look(
        self, wall: WallWindow, names: Sequence[str], shown: Sequence[str]
    ) -> bool:
        """Look round; return whether all are back."""
        for tile, seen in wall.reader.report().items():
            camera_id = wall.panel.shown[tile]
            for at, number in seen["read"]:
                if camera_id is not None and self._fresh(wall, camera_id, number, at):
                    self._came(camera_id, at)
        now = time.monotonic()
        for camera_id in names:
            if camera_id not in shown and is_ready(wall, camera_id):
                self._came(camera_id, now)
        return len(self.back) == len(names)

    def _fresh(self, wall: WallWindow, camera_id: str, number: int, at: float) -> bool:
        source = next(each for each in wall.sources if camera_id in each.ids)
        return source.sent_at(camera_id, number, seen_at=at) >= self.since

    def _came(self, camera_id: str, at: float) -> None:
        self.back.setdefault(camera_id, 1000 * (at - self.since))
