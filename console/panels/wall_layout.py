"""How many tiles a wall of pictures has: chosen on the panel, and remembered."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSettings, QSize, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from video.wall import TileWall

SIDES: Final = (2, 3, 4)  # tiles in a row, and rows
MOVES: Final = {  # right, down
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_KEY: Final = "pictures/side"
_PINS: Final = "pictures/pinned"


def remembered_side(settings: QSettings) -> int:
    """Return the side that was last chosen at this desk."""
    kept = str(settings.value(_KEY, ""))
    return int(kept) if kept in map(str, SIDES) else SIDES[0]


def remember_side(settings: QSettings, side: int) -> None:
    """Keep a side for the next start."""
    settings.setValue(_KEY, str(side))


def remembered_pins(settings: QSettings) -> list[str | None]:
    """Return the cameras that were last put into the tiles, none if nobody did."""
    kept = settings.value(_PINS)
    if not isinstance(kept, str) or not kept:
        return []
    return [each or None for each in kept.split(",")]


def remember_pins(settings: QSettings, pinned: Sequence[str | None]) -> None:
    """Keep the cameras of the tiles for the next start."""
    settings.setValue(_PINS, ",".join(each or "" for each in pinned))


def next_side(side: int) -> int:
    """Return the side after this one, round and round."""
    return SIDES[(SIDES.index(side) + 1) % len(SIDES)] if side in SIDES else SIDES[0]


def tile_rect(wall: TileWall, tile: int, size: QSize) -> QRectF:
    """Return a tile with its caption; whole pixels, so that pictures stay sharp."""
    row, column = divmod(tile, wall.columns)
    wide, high = size.width() // wall.columns, size.height() // wall.rows
    return QRectF(column * wide, row * high, wide, high)


def in_pixels(rect: QRectF, ratio: float) -> tuple[int, int]:
    """Return how wide and high a rectangle is in pixels of the screen."""
    return round(rect.width() * ratio), round(rect.height() * ratio)


def tile_at(wall: TileWall, point: QPointF, size: QSize) -> int:
    """Return the tile under a point, or -1 beside them."""
    for tile in range(len(wall.tiles)):
        if tile_rect(wall, tile, size).contains(point):
            return tile
    return -1


def layout_menu(panel: QWidget, side: int, choose: Callable[[int], None]) -> QMenu:
    """Return the menu of the layouts there are, the present one marked."""
    menu = QMenu(panel)
    group = QActionGroup(menu)
    for each in SIDES:
        text = QCoreApplication.translate("Picture", "{n} pictures").format(n=each**2)
        action = menu.addAction(f"{text}\tT")
        action.setCheckable(True)
        action.setChecked(each == side)
        action.triggered.connect(lambda _checked, each=each: choose(each))
        group.addAction(action)
    return menu
