"""Pages for the screen, one below the other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from console.theme import ROW

if TYPE_CHECKING:
    from console.desk import Desk

GAP = 8


class PaperView(QAbstractScrollArea):
    """Paints the pages that are in sight; what is to be said where there are none.

    Thread: UI only.

    Attributes:
        pictures: The pages.
        said: What stands there instead of pages.
    """

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.pictures: tuple[QImage, ...] = ()
        self.said = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def pixels(self, size: float) -> int:
        """Return how many pixels of the screen a size of a widget is."""
        return round(size * self.devicePixelRatioF())

    def show_pages(self, pictures: Sequence[QImage]) -> None:
        """Show these, from the first on."""
        self.pictures, self.said = tuple(pictures), ""
        self._fit()
        self.verticalScrollBar().setValue(0)

    def say(self, text: str) -> None:
        """Show words instead."""
        self.pictures, self.said = (), text
        self._fit()

    # -- inside -----------------------------------------------------------------------

    def _places(self) -> list[tuple[QRect, QImage]]:
        width, top = self.viewport().width(), -self.verticalScrollBar().value()
        places = []
        for each in self.pictures:
            height = each.height() * width // max(each.width(), 1)
            places.append((QRect(0, top, width, height), each))
            top += height + self._desk.theme.px(GAP)
        return places

    def _fit(self) -> None:
        bar, sight = self.verticalScrollBar(), self.viewport().height()
        places = self._places()
        end = places[-1][0].bottom() + bar.value() if places else 0
        bar.setPageStep(sight)
        bar.setSingleStep(self._desk.theme.px(36))
        bar.setRange(0, max(end - sight, 0))
        self.viewport().update()

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        try:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            for place, picture in self._places():
                if place.intersects(event.rect()):
                    painter.drawImage(place, picture)
            if self.said:
                theme = self._desk.theme
                painter.setFont(theme.font(ROW))
                painter.setPen(theme.text2)
                flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
                painter.drawText(self.viewport().rect(), flags, self.said)
        finally:
            painter.end()
