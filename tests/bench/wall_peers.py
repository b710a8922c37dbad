"""`wall-peers`: the same wall by other means: ffplay, and Qt's own players.

Peers are given every advantage: whatever they do not say they left out counts as
shown, and their cameras want no log-in, because ffplay is told an address in its
arguments.
"""

import argparse
import importlib.util
import math
import os
import re
import shutil
import subprocess
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from typing import Final

from PySide6.QtCore import QRect

from tests.bench import wall
from tests.bench.cameras import BenchCameras
from tests.bench.desk_window import child_module
from tests.bench.kit import BenchError, Report, cpu_s, end, family, say, screen
from tests.bench.wall_window import SIZE
from tests.limits_kit import next_line, running

MULTIMEDIA: Final = "PySide6.QtMultimediaWidgets"
BEGUN_S: Final = 60.0
_DROPPED: Final = re.compile(rb"fd=\s*(\d+)")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    wall.add_options(parser)
    parser.set_defaults(seconds=20.0)


def run(options: argparse.Namespace, report: Report) -> None:
    """Measure, and put the figures into the report."""
    wall.run(options, report)
    with ExitStack() as stack:
        stack.enter_context(screen(*SIZE))
        cameras = stack.enter_context(
            closing(
                BenchCameras(options.kind, options.tiles, options.codec, locked=False)
            )
        )
        ffplay = _ffplay_ms(cameras, options)
        players, why = _players_ms(cameras, options)
    best = min(each for each in (ffplay, players) if each is not None)
    report.add(
        ffplay_ms_per_frame=ffplay,
        qmediaplayer_ms_per_frame=players,
        ratio_to_best_peer=float(str(report.figure("cpu_ms_per_shown_frame"))) / best,
    )
    if why:
        report.add(qmediaplayer_reason=why)


def tile_places(tiles: int) -> list[QRect]:
    """Return where a peer's pictures stand in the window."""
    side = max(2, math.ceil(math.sqrt(tiles)))
    width, height = SIZE[0] // side, SIZE[1] // side
    return [
        QRect(tile % side * width, tile // side * height, width, height)
        for tile in range(tiles)
    ]


def _ffplay_ms(cameras: BenchCameras, options: argparse.Namespace) -> float:
    """Return what a shown frame costs one ffplay for each camera."""
    ffplay = shutil.which("ffplay")
    if ffplay is None:
        raise BenchError("no ffplay to compare with")
    say(f"{len(cameras.urls)} ffplays")
    with ExitStack() as stack:
        players = [
            stack.enter_context(
                running(
                    _ffplay_words(ffplay, url, place),
                    env=os.environ | {"SDL_RENDER_DRIVER": "software"},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                )
            )
            for url, place in zip(
                cameras.urls, tile_places(len(cameras.urls)), strict=True
            )
        ]
        stack.callback(lambda: [player.kill() for player in players])
        words = [_Words(player) for player in players]
        deadline = time.monotonic() + BEGUN_S
        while not all(each.begun() for each in words):
            if time.monotonic() > deadline:
                raise BenchError("an ffplay shows nothing")
            time.sleep(0.1)
        time.sleep(options.settle)
        processes = family(*(player.pid for player in players))
        dropped = sum(each.dropped() for each in words)
        began, used = time.perf_counter(), cpu_s(processes)
        time.sleep(options.seconds)
        took, used = time.perf_counter() - began, cpu_s(processes) - used
        dropped = sum(each.dropped() for each in words) - dropped
    shown = took * cameras.profile.rate * len(players) - dropped
    return 1000 * used / shown


def _ffplay_words(ffplay: str, url: str, place: QRect) -> Sequence[str]:
    return [
        *(ffplay, "-hide_banner", "-stats", "-an", "-noborder", "-framedrop"),
        *("-threads", "1", "-rtsp_transport", "tcp"),
        *("-probesize", "32768", "-analyzeduration", "0"),
        *("-left", str(place.x()), "-top", str(place.y())),
        *("-x", str(place.width()), "-y", str(place.height()), url),
    ]


class _Words:
    """What an ffplay says of itself on its error output, the newest of it."""

    def __init__(self, player: "subprocess.Popen[bytes]") -> None:
        assert player.stderr is not None
        self._fd = player.stderr.fileno()
        self._said = b""
        os.set_blocking(self._fd, False)

    def _listen(self) -> None:
        try:
            while more := os.read(self._fd, 1 << 16):
                self._said = (self._said + more)[-4096:]
        except BlockingIOError:
            return

    def begun(self) -> bool:
        """Return whether it plays."""
        self._listen()
        clock = self._said.rpartition(b"\r")[0].rpartition(b"\r")[2]
        return b"M-V:" in clock and not clock.lstrip().startswith(b"nan")

    def dropped(self) -> int:
        """Return how many frames it has left out so far."""
        self._listen()
        found = _DROPPED.findall(self._said)
        return int(found[-1]) if found else 0


def _players_ms(
    cameras: BenchCameras, options: argparse.Namespace
) -> tuple[float | None, str]:
    """Return what a shown frame costs Qt's players, or None and why."""
    if not _has_players():
        return None, f"{MULTIMEDIA} is not installed"
    say(f"{len(cameras.urls)} players of Qt in one window")
    player = subprocess.Popen(
        child_module("qt_players"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    try:
        assert player.stdin is not None
        player.stdin.write("\n".join([*cameras.urls, "", ""]))
        player.stdin.flush()
        if next_line(player, BEGUN_S).strip() != "playing":
            return None, "Qt's players show nothing"
        time.sleep(options.settle)
        processes = family(player.pid)
        frames, used = _frames(player), cpu_s(processes)
        time.sleep(options.seconds)
        frames, used = _frames(player) - frames, cpu_s(processes) - used
    finally:
        end(player)
    return (1000 * used / frames, "") if frames else (None, "Qt's players stand still")


def _has_players() -> bool:
    try:
        return importlib.util.find_spec(MULTIMEDIA) is not None
    except ModuleNotFoundError:
        return False


def _frames(player: "subprocess.Popen[str]") -> int:
    assert player.stdin is not None
    player.stdin.write("frames\n")
    player.stdin.flush()
    return int(next_line(player) or 0)
