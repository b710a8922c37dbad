"""Where the map's view is: pyqtgraph's view box, led by places and ground metres."""

from collections.abc import Callable
from typing import Any

import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from console.layers.layer import MapView
from dispatch.board import Board
from dispatch.devices import hangs
from dispatch.geo import MapFrame, Point

LARGEST_PX_PER_M = 12.0
EMPTY_TOWN_M = 2000.0
LEAST_TOWN_M = 300.0
ROOM = 2.0  # how many town widths one may go away from it
HOME_MARGIN = 0.04


class Viewport(pyqtgraph.ViewBox):
    """The view box, without its menu and its zooming right button.

    Thread: UI only.
    """

    def __init__(self, frame: Callable[[], MapFrame]) -> None:
        super().__init__(
            lockAspect=True, enableMenu=False, defaultPadding=0.0, border=None
        )
        self._frame = frame
        self._town = QRectF()
        self.setBackgroundColor(None)
        self.setMouseEnabled(x=True, y=True)
        self.disableAutoRange()

    @property
    def knows_town(self) -> bool:
        """Return whether anything in the town has a place."""
        return not self._town.isNull()

    @property
    def scale_now(self) -> float:
        """Return pixels a map unit."""
        seen, width = self.viewRect().width(), self.rect().width()
        return float(width / seen) if seen > 0 and width > 0 else 1.0

    def view(self) -> MapView:
        """Return what the window shows now."""
        seen = self.viewRect()
        return MapView(
            seen.left(),
            seen.bottom(),
            self.scale_now,
            max(1.0, self.rect().width()),
            max(1.0, self.rect().height()),
            self._frame(),
        )

    def set_town(self, points: list[Point]) -> None:
        """Say what the whole town covers."""
        frame = self._frame()
        self._town = QRectF()
        if points:
            lons = [point.lon for point in points]
            lats = [point.lat for point in points]
            # map x follows longitude alone, map y latitude alone: two corners will do
            left, low = frame.to_map(Point(min(lons), min(lats)))
            right, high = frame.to_map(Point(max(lons), max(lats)))
            town = QRectF(left, low, right - left, high - low)
            grow = max(0.0, (LEAST_TOWN_M - min(town.width(), town.height())) / 2)
            self._town = town.adjusted(-grow, -grow, grow, grow)
        town = self._home()
        wide = max(town.width(), town.height()) * ROOM
        self.setLimits(
            xMin=town.left() - wide,
            xMax=town.right() + wide,
            yMin=town.top() - wide,
            yMax=town.bottom() + wide,
            minXRange=100.0 / LARGEST_PX_PER_M,
            minYRange=100.0 / LARGEST_PX_PER_M,
        )

    def show_town(self) -> None:
        """Show the whole town."""
        self.setRange(self._home(), padding=HOME_MARGIN)

    def centre_on(self, point: Point, half_m: float) -> None:
        """Put a point in the middle, with so many ground metres around it."""
        frame = self._frame()
        x, y = frame.to_map(point)
        size = self.rect()
        shorter = max(1.0, min(size.width(), size.height()))
        half = half_m / frame.ground_m_per_unit
        half_width = half * size.width() / shorter
        half_height = half * size.height() / shorter
        self.setRange(
            QRectF(x - half_width, y - half_height, 2 * half_width, 2 * half_height),
            padding=0.0,
        )

    def zoom(self, factor: float) -> None:
        """Zoom about the middle."""
        self.scaleBy((1 / factor, 1 / factor))

    def pan(self, right: float, up: float) -> None:
        """Move the view by shares of its size."""
        seen = self.viewRect()
        self.translateBy(x=right * seen.width(), y=up * seen.height())

    def pixel_of(self, scene_at: QPointF) -> QPointF:
        """Return a position of the scene in this view's pixels."""
        return QPointF(self.mapFromScene(scene_at))

    def _home(self) -> QRectF:
        if self.knows_town:
            return self._town
        half = EMPTY_TOWN_M
        return QRectF(-half, -half, 2 * half, 2 * half)

    # pyqtgraph

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        if ev.button() == Qt.MouseButton.RightButton:
            ev.ignore()
            return
        super().mouseDragEvent(ev, axis)


class Painted(QGraphicsItem):
    """Lets a canvas paint in the view's own pixels.

    Thread: UI only.
    """

    def __init__(self, box: Viewport, paint: Callable[[QPainter], None]) -> None:
        super().__init__(box)
        self._box = box
        self._paint = paint
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    # Qt

    def boundingRect(self) -> QRectF:
        return QRectF(self._box.rect())

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        self._paint(painter)


def town_points(board: Board) -> list[Point]:
    """Return what the whole town covers: its grids, else all that has a place."""
    points = [point for grid in board.grids.values() for point in grid.outline]
    if not points:
        points = [each.point for each in board.cameras.values()]
        points += [each.point for each in board.places.values()]
        points += [each.point for each in board.devices.values() if hangs(each)]
    return points
