"""Where the tiles of a wall lie in its window, and the choice of a layout."""

from collections import deque
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSettings, QSize
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from console.panels import wall_memory
from video.layouts import FREE, LAYOUTS, Layout, following

REMEMBERED: Final = 8  # layouts that can be gone back to


class LayoutChoice:
    """The layout of one wall: remembered, changed by hand, and taken back.

    Thread: UI only.

    Attributes:
        layout: The present one.
        own: The last one that was made by hand, or None.
    """

    def __init__(self, settings: QSettings, chosen: Callable[[bool], None]) -> None:
        self._settings = settings
        # Called with whether it was cut by hand, also when the same one is chosen again.
        self._chosen = chosen
        self.layout = wall_memory.remembered_layout(settings)
        self.own = wall_memory.remembered_own(settings)
        self._before: deque[tuple[Layout, bool]] = deque(maxlen=REMEMBERED)

    def choose(self, layout: Layout, *, cut: bool = False) -> None:
        """Have a layout, and keep it for the next start.

        Args:
            layout: The other one.
            cut: It is the present one, cut or joined at the chosen tile.
        """
        if layout != self.layout:
            self._before.append((self.layout, cut))
        self._keep(layout, cut=cut)

    def step(self, step: int) -> None:
        """Have the layout after the present one, or before it."""
        self.choose(following(self.layout, step, own=self.own))

    def join(self, tile: int, right: int, down: int) -> None:
        """Let a tile swallow its neighbour."""
        self.choose(self.layout.joined(tile, right, down), cut=True)

    def split(self, tile: int) -> None:
        """Cut a tile into smaller ones."""
        self.choose(self.layout.split(tile), cut=True)

    def back(self) -> bool:
        """Have the layout before the last change; False if none is remembered."""
        if not self._before:
            return False
        layout, cut = self._before.pop()
        self._keep(layout, cut=cut)
        return True

    def _keep(self, layout: Layout, *, cut: bool) -> None:
        self.layout = layout
        if layout.name == FREE:
            self.own = layout
        wall_memory.remember_layout(self._settings, layout, self.own)
        self._chosen(cut)


def tile_rect(layout: Layout, tile: int, size: QSize, ratio: float = 1.0) -> QRectF:
    """Return a tile with its caption.

    Whole pixels of the screen, so that pictures stay sharp, and the same number of them
    for a unit wherever it lies, so that tiles alike show pictures alike.
    """
    cell = layout.cells[tile]
    wide = int(size.width() * ratio) // layout.columns / ratio
    high = int(size.height() * ratio) // layout.rows / ratio
    return QRectF(
        cell.column * wide, cell.row * high, cell.wide * wide, cell.high * high
    )


def in_pixels(rect: QRectF, ratio: float) -> tuple[int, int]:
    """Return how wide and high a rectangle is in pixels of the screen."""
    return round(rect.width() * ratio), round(rect.height() * ratio)


def tile_at(layout: Layout, point: QPointF, size: QSize, ratio: float = 1.0) -> int:
    """Return the tile under a point, or -1 beside them."""
    for tile in range(layout.count):
        if tile_rect(layout, tile, size, ratio).contains(point):
            return tile
    return -1


def layout_words(layout: Layout) -> str:
    """Return what a layout is called."""
    if layout.name == FREE:
        text = QCoreApplication.translate("Picture", "Own layout, {n} tiles")
    else:
        text = QCoreApplication.translate("Picture", "{n} tiles")
    large = layout.name if "+" in layout.name else ""
    return text.format(n=large or layout.count)


def layout_menu(
    parent: QWidget,
    choice: LayoutChoice,
    choose: Callable[[Layout], None],
) -> QMenu:
    """Return the menu of the layouts there are, the present one marked."""
    menu = QMenu(QCoreApplication.translate("Picture", "Layout"), parent)
    group = QActionGroup(menu)
    rows = LAYOUTS if choice.own is None else (*LAYOUTS, choice.own)
    for each in rows:
        action = menu.addAction(f"{layout_words(each)}\tT")
        action.setCheckable(True)
        action.setChecked(each == choice.layout)
        action.triggered.connect(lambda _checked, each=each: choose(each))
        group.addAction(action)
    return menu
