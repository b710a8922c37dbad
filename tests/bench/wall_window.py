"""The product's wall of pictures in a real window, and what is painted in it."""

import json
import math
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import numpy as np
import psutil
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPaintEvent

from console.demo import sample_folder
from console.desk import Desk
from console.panels.picture_tile import picture_area
from console.panels.pictures import PicturesPanel
from console.panels.tile_look import picture_rect
from console.panels.wall_memory import remember_contents
from dispatch.commands import ImportTown
from dispatch.importing import read_town
from tests.bench.cameras import BenchCameras
from tests.bench.desk_window import (
    BenchDesk,
    child_module,
    let_run_until,
)
from tests.bench.kit import BenchError, end, family, say, scratch, screen
from tests.bench.marks import HEADER, REPORT, rows_of
from tests.bench.service_kit import OPERATOR, BenchService, submit_all
from tests.limits_kit import next_line
from video import tile_content
from video.contract import ROUND_S
from video.layouts import square
from video.workers import VideoEngine

SIZE = (1920, 1080)
LIVE_S = 60.0


class Reader:
    """The process that reads the numbers in what was painted."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            child_module("marks"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=1 << 15,
        )
        assert self._process.stdin is not None
        with suppress(ImportError, OSError):
            # Roomy, so that the window never waits for who reads its pixels.
            fcntl = import_module("fcntl")
            fcntl.fcntl(self._process.stdin.fileno(), fcntl.F_SETPIPE_SZ, 1 << 20)

    @property
    def pid(self) -> int:
        """Return the process id, which is not counted."""
        return self._process.pid

    def put(self, tile: int, strip: bytes, *, width: int, height: int) -> None:
        """Hand over the lowest rows of a tile's picture."""
        assert self._process.stdin is not None
        rows = len(strip) // width
        head = HEADER.pack(tile, width, height, rows, time.monotonic())
        self._process.stdin.write(head + strip)

    def report(self) -> dict[int, dict[str, Any]]:
        """Return what each tile has shown since the last call."""
        assert self._process.stdin is not None
        self._process.stdin.write(HEADER.pack(REPORT, 0, 0, 0, 0.0))
        self._process.stdin.flush()
        said = json.loads(next_line(self._process) or "{}")
        return {int(tile): seen for tile, seen in said.get("tiles", {}).items()}

    def close(self) -> None:
        """End the process."""
        end(cast("subprocess.Popen[str]", self._process))


class WatchedPictures(PicturesPanel):
    """The panel itself; after each painting it looks at its window's pixels.

    Thread: UI only.

    Attributes:
        watching_s: Processor time the looking has taken, which is not the desk's.
    """

    def __init__(self, desk: Desk, reader: Reader) -> None:
        self._reader = reader
        self.watching_s = 0.0
        self._sequences: dict[int, tuple[str, int]] = {}
        super().__init__(desk)

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        began = time.thread_time()
        self._look()
        self.watching_s += time.thread_time() - began

    def _look(self) -> None:
        image = self.backingStore().paintDevice()
        engine = self.desk.engine
        if not isinstance(image, QImage) or engine is None:
            raise BenchError("the window's pixels cannot be read")
        pixels = np.frombuffer(image.constBits(), np.uint8).reshape(
            image.height(), image.bytesPerLine() // 4, 4
        )
        for tile in range(len(self.shown)) if self._only is None else self._only:
            camera_id = self.shown[tile]
            picture = None if camera_id is None else engine.picture(camera_id)
            if picture is None or camera_id is None:
                continue
            shown = camera_id, picture.sequence
            if shown == self._sequences.get(tile):
                continue
            self._sequences[tile] = shown
            frame = picture_rect(self.tile_rect(tile), self.desk.theme)
            area: QRectF = picture_area(frame, picture, 1.0)
            left, width = round(area.left()), round(area.width())
            bottom, height = round(area.bottom()), round(area.height())
            rows = rows_of(height)
            strip = pixels[bottom - rows : bottom, left : left + width, 1]
            self._reader.put(tile, strip.tobytes(), width=width, height=height)


@dataclass
class Ticks:
    """How late the paint ticks came.

    Attributes:
        late_ms: Of each tick since the last `clear`.
    """

    late_ms: list[float] = field(default_factory=list)
    _last: float | None = None

    def on_tick(self) -> None:
        """Note a tick."""
        now = time.perf_counter()
        if self._last is not None:
            self.late_ms.append(max(0.0, 1000 * (now - self._last - ROUND_S)))
        self._last = now

    def clear(self) -> None:
        """Begin anew."""
        self.late_ms.clear()
        self._last = None


@dataclass
class WallWindow:
    """The product's pictures in a window, and everything behind them.

    Attributes:
        sources: The cameras' processes, which are not counted.
    """

    sources: Sequence[BenchCameras]
    service: BenchService
    bench: BenchDesk
    panel: WatchedPictures
    reader: Reader
    ticks: Ticks

    @property
    def cameras(self) -> BenchCameras:
        """Return the first of the sources."""
        return self.sources[0]

    @property
    def engine(self) -> VideoEngine:
        """Return the desk's pictures."""
        assert self.bench.engine is not None
        return self.bench.engine

    def ours(self) -> list[psutil.Process]:
        """Return the product's processes: window, workers, service."""
        others = {self.reader.pid, *(each.pid for each in self.sources)}
        own = psutil.Process()
        return [
            process
            for process in family(own.pid)
            if process.pid not in others and process.name() != "Xvfb"
        ]

    def workers(self) -> list[int]:
        """Return the process ids of the video workers."""
        return [
            process.pid
            for process in psutil.Process().children()
            if process.status() != psutil.STATUS_ZOMBIE
            and "video-worker" in process.cmdline()
        ]


@contextmanager
def pictures_window(
    sources: Sequence[BenchCameras], *, side: int, pinned: Sequence[str | None] = ()
) -> Iterator[WallWindow]:
    """Give the panel in a window; nobody has waited for its pictures yet.

    Args:
        sources: The cameras, all of which are registered; their owner closes them.
        side: Tiles in a row, and rows.
        pinned: What stands in the tiles; empty: the first cameras there are.
    """
    with ExitStack() as stack:
        stack.enter_context(screen(*SIZE))
        folder: Path = stack.enter_context(scratch())
        service = BenchService(folder)
        stack.callback(service.close)
        client = service.desk("wall")
        stack.callback(client.close)
        town = read_town(sample_folder()).town
        submit_all(client, [ImportTown(actor=OPERATOR, town=town)])
        for each in sources:
            each.register(client, town.origin)
        bench = BenchDesk(client, folder / "desk.ini", with_pictures=True)
        stack.callback(bench.close)
        remember_contents(bench.desk.settings, tile_content.cameras(pinned))
        reader = Reader()
        stack.callback(reader.close)
        panel = WatchedPictures(bench.desk, reader)
        stack.callback(panel.close)
        panel.choose_layout(square(side))
        panel.resize(*SIZE)
        panel.show()
        ticks = Ticks()
        bench.bridge.tick.connect(ticks.on_tick)
        bench.bridge.start()
        yield WallWindow(sources, service, bench, panel, reader, ticks)


@contextmanager
def live_wall(
    kind: str, tiles: int, codec: str = "h264", *, locked: bool = True
) -> Iterator[WallWindow]:
    """Give a wall in which every tile moves."""
    with ExitStack() as stack:
        cameras = BenchCameras(kind, tiles, codec, locked=locked)
        stack.callback(cameras.close)
        side = max(2, math.ceil(math.sqrt(tiles)))
        wall = stack.enter_context(pictures_window([cameras], side=side))
        say(f"{tiles} cameras play; waiting for the wall")
        moved: set[int] = set()

        def all_move() -> bool:
            moved.update(
                tile for tile, seen in wall.reader.report().items() if seen["frames"]
            )
            return len(moved) == tiles

        let_run_until(all_move, "a wall in which all tiles move", limit_s=LIVE_S)
        yield wall
