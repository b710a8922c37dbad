"""What a desk remembers of its wall from one start to the next."""

import json
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from PySide6.QtCore import QSettings

from video import layouts, tile_content
from video.layouts import FOUR, Layout
from video.tile_content import TileRef
from video.wall import TileWall

_LAYOUT: Final = "pictures/layout"
_OWN: Final = "pictures/own_layout"
_TILES: Final = "pictures/tiles"
_CASE_TILES: Final = "pictures/case_tiles"


def remembered_layout(settings: QSettings) -> Layout:
    """Return the layout that was last chosen at this desk."""
    return _layout(settings, _LAYOUT) or FOUR


def remembered_own(settings: QSettings) -> Layout | None:
    """Return the layout that was last made by hand at this desk, or None."""
    return _layout(settings, _OWN)


def remember_layout(settings: QSettings, layout: Layout, own: Layout | None) -> None:
    """Keep a layout for the next start."""
    settings.setValue(_LAYOUT, str(layout))
    if own is not None:
        settings.setValue(_OWN, str(own))


def remembered_contents(settings: QSettings) -> list[TileRef | None]:
    """Return what was last put into the tiles, none if nobody did."""
    kept = settings.value(_TILES)
    with suppress(ValueError):
        read = json.loads(kept) if isinstance(kept, str) else None
        if isinstance(read, list):
            return [_content(each) for each in read]
    return []


def remember_contents(settings: QSettings, contents: Sequence[TileRef | None]) -> None:
    """Keep what stands in the tiles for the next start."""
    texts = [None if each is None else str(each) for each in contents]
    settings.setValue(_TILES, json.dumps(texts, ensure_ascii=False))


def remembered_case_tiles(settings: QSettings) -> frozenset[int] | None:
    """Return the tiles that a case may take; None: all of them."""
    kept = str(settings.value(_CASE_TILES, ""))
    tiles = frozenset(int(each) for each in kept.split(" ") if each.isdecimal())
    return tiles or None


def remember_case_tiles(settings: QSettings, tiles: frozenset[int] | None) -> None:
    """Keep the tiles that a case may take."""
    settings.setValue(_CASE_TILES, " ".join(map(str, sorted(tiles or ()))))


class Pinned:
    """What stands in the desk's tiles at rest, kept as soon as somebody changes it.

    Thread: UI only.
    """

    def __init__(self, settings: QSettings, wall: TileWall) -> None:
        self._settings, self._wall = settings, wall
        kept = remembered_contents(settings)
        self._by_hand = bool(kept)
        wall.pin(kept)
        self._kept = wall.pinned

    def fill(self, known: Collection[str], at: datetime) -> None:
        """Pin the first cameras there are where nobody has chosen yet.

        One that may stand there no more leaves its tile empty, which knows of it: the
        others stay where they are.
        """
        if self._by_hand:
            return
        wall, contents = self._wall, list[str | None]()
        wall.withdraw(known, at)
        first = iter(sorted(known))
        for tile in range(wall.layout.count):
            gone = wall.withdrawn(tile, at_rest=True)
            empty = gone is not None and gone.camera_id not in known
            contents.append(None if empty else next(first, None))
        wall.pin(tile_content.cameras(contents))
        self._kept = wall.pinned

    def keep(self) -> None:
        """Keep what somebody has changed, and where a case may stand."""
        if self._wall.pinned != self._kept:
            self._by_hand, self._kept = True, self._wall.pinned
            remember_contents(self._settings, self._kept)
            remember_case_tiles(self._settings, self._wall.alarm_tiles)


def _layout(settings: QSettings, key: str) -> Layout | None:
    return layouts.known(str(settings.value(key, "")))


def _content(text: object) -> TileRef | None:
    return tile_content.known(text) if isinstance(text, str) else None
