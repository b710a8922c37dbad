"""What tiles show besides cameras, painted into images that the wall only copies.

A page is painted anew once a second and soon after a change, one or two at a tick: a
wall full of them never holds the window up.
"""

import math
import time
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPainter

from console.theme import MIN, ROW
from console.tiles import board_page, case_page, lane_page, map_picture, notice_page
from console.tiles.map_picture import MapPicture
from console.tiles.page import Page, letters, theme_of
from console.tiles.wording import Wording
from video.tile_content import MAP, TileRef

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved

# A new kind of content is one file with KIND, title and paint, and one line here.
PAGES: Final[tuple[ModuleType, ...]] = (
    lane_page,
    board_page,
    case_page,
    notice_page,
)
_ALL: Final = (*PAGES, map_picture)
AT_A_TICK_S: Final = 0.005  # that long pages are painted at one tick
FORGOTTEN_S: Final = 3  # what nobody has looked at for so many seconds


class _Key(NamedTuple):
    ref: TileRef
    width: int  # in pixels of the screen
    height: int
    ratio: float


@dataclass(slots=True)
class _Kept:
    image: QImage
    stale: bool = False
    idle: int = 0  # seconds


@dataclass(slots=True)
class _Map:
    picture: MapPicture
    idle: int = 0  # seconds


class Pages(QObject):
    """Keeps the painted pages of one wall.

    Thread: UI only.

    Args:
        desk: Board, clock and words.
        parent: With which they go.
        wording: What they say of places and people; None: what a desk may read.

    Attributes:
        least: How large letters are at least, in pixels; 0: as on a desk.

    Signals:
        painted: The contents that look different now, a set of `TileRef`.
    """

    painted = Signal(object)

    def __init__(
        self, desk: "Desk", parent: QObject, wording: Wording | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wording = wording or Wording()
        self.least = 0
        self._kept: dict[_Key, _Kept] = {}
        self._maps: dict[_Key, _Map] = {}
        desk.moved.connect(self._on_moved)
        desk.second.connect(self._on_second)
        desk.tick.connect(self._on_tick)
        desk.case_opened.connect(self._spoil)
        desk.looks.changed.connect(self.forget)
        parent.destroyed.connect(self.forget)

    def paint(
        self, painter: QPainter, rect: QRectF, ref: TileRef, ratio: float
    ) -> None:
        """Paint what a tile shows, as it was painted last."""
        size = round(rect.width() * ratio), round(rect.height() * ratio)
        key = _Key(ref, *size, ratio)
        if ref.kind == MAP:
            painter.save()
            painter.setClipRect(rect)
            painter.translate(rect.topLeft())
            self._map(key).draw(painter)
            painter.restore()
            return
        kept = self._kept.get(key)
        if kept is None:
            # At the next tick: a wall of new pages would hold the window up.
            kept = self._kept[key] = _Kept(self._blank(key), stale=True)
        kept.idle = 0
        painter.drawImage(rect.topLeft(), kept.image)

    def settled(self) -> bool:
        """Return whether every page shows what there is."""
        return not any(each.stale for each in self._kept.values()) and all(
            each.picture.settled for each in self._maps.values()
        )

    def forget(self) -> None:
        """Let everything go that was painted, and what is being painted."""
        self._kept.clear()
        for made in self._maps.values():
            made.picture.close()
            made.picture.deleteLater()
        self._maps.clear()

    # -- within ----------------------------------------------------------------------

    def _map(self, key: _Key) -> MapPicture:
        made = self._maps.get(key)
        if made is None:
            width, height = key.width / key.ratio, key.height / key.ratio
            size = letters(self._desk.theme, width, height, self.least)
            # The smallest words of a map are smaller than those of a page.
            size = max(size, math.ceil(self.least * ROW / MIN))
            picture = MapPicture(
                self._desk, size, (width, height), key.ratio, self._wording, self
            )
            picture.painted.connect(lambda: self.painted.emit({key.ref}))
            made = self._maps[key] = _Map(picture)
        made.idle = 0
        return made.picture

    def _blank(self, key: _Key) -> QImage:
        image = QImage(key.width, key.height, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(key.ratio)
        image.fill(self._desk.theme.surface)
        return image

    def _render(self, key: _Key) -> QImage:
        theme, ratio = self._desk.theme, key.ratio
        width, height = key.width / ratio, key.height / ratio
        image = self._blank(key)
        painter = QPainter(image)
        try:
            own = theme_of(theme, letters(theme, width, height, self.least))
            page = Page(self._desk, painter, own, width, height, self._wording)
            page_of(key.ref).paint(page, key.ref)
        finally:
            painter.end()
        return image

    def _spoil(self, _: object = None) -> None:
        for kept in self._kept.values():
            kept.stale = True

    def _on_moved(self, moved: "Moved") -> None:
        self._spoil()
        for made in self._maps.values():
            made.picture.apply(moved)

    def _on_second(self) -> None:
        self._spoil()
        for key, kept in list(self._kept.items()):
            kept.idle += 1
            if kept.idle > FORGOTTEN_S:
                del self._kept[key]
        for key, made in list(self._maps.items()):
            made.idle += 1
            if made.idle > FORGOTTEN_S:
                made.picture.close()
                made.picture.deleteLater()
                del self._maps[key]
            else:
                made.picture.on_second()

    def _on_tick(self) -> None:
        end = time.perf_counter() + AT_A_TICK_S
        done = set()
        for key, kept in self._kept.items():
            if kept.stale and not kept.idle > 1:
                kept.image, kept.stale = self._render(key), False
                done.add(key.ref)
                if time.perf_counter() > end:
                    break
        if done:
            self.painted.emit(done)


def is_page(ref: TileRef | None) -> bool:
    """Return whether a content is painted here, not as a camera's picture."""
    return ref is not None and any(ref.kind == page.KIND for page in _ALL)


def page_of(ref: TileRef) -> ModuleType:
    """Return who paints a content."""
    return next(page for page in PAGES if ref.kind == page.KIND)


def title_of(ref: TileRef) -> str:
    """Return what a content is called, "" for a camera."""
    return next((str(page.title(ref)) for page in _ALL if ref.kind == page.KIND), "")
