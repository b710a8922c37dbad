"""One picture large, over the middle and the right columns, never the left."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

Paint = Callable[[QPainter, QRectF], object]


class EnlargedPicture(QWidget):
    """Lies over the window and moves nothing, so that going back is exact.

    Keys stay with the tiles.

    Thread: UI only.

    Signals:
        put_away: It was double-clicked.
    """

    put_away = Signal()

    def __init__(self, tiles: QWidget, paint: Paint) -> None:
        super().__init__(tiles.window())
        self._tiles = tiles
        self._paint = paint
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def fit(self, area: Callable[[], QRect] | None) -> None:
        """Take the place it is given; without one, that of the tiles."""
        if area is not None:
            self.setGeometry(area())
            return
        corner = self._tiles.mapTo(self._tiles.window(), self._tiles.rect().topLeft())
        self.setGeometry(QRect(corner, self._tiles.size()))

    def show_over(self, area: Callable[[], QRect] | None) -> None:
        """Come up in its place."""
        self.fit(area)
        self.show()
        self.lie_over_panels()

    def lie_over_panels(self) -> None:
        """Cover the panels, but not what the window itself shows: an alarm's edges."""
        window = self.parentWidget()
        panels = window.centralWidget() if isinstance(window, QMainWindow) else None
        if panels is None:
            self.raise_()
            return
        self.lower()
        panels.lower()

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint(painter, QRectF(self.rect()))
        finally:
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._tiles.setFocus(Qt.FocusReason.MouseFocusReason)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        QApplication.sendEvent(self._tiles, event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.put_away.emit()
