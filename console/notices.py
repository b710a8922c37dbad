"""Notices that concern the whole desk: the link to the service is gone."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from console import words
from console.painting import PaintedWidget, draw_text

if TYPE_CHECKING:
    from console.desk import Desk

BAND = 6
HEIGHT = 42


class LinkBand(PaintedWidget):
    """A dashed band under the top bar while the desk works alone.

    It takes room instead of covering anything, and gives it back.

    Thread: UI only.
    """

    name = "link_band"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        desk.link_changed.connect(self._renew)
        desk.second.connect(self._on_second)
        self._renew()

    def text(self) -> str:
        """Return what it says, or nothing while all is well."""
        link = self._desk.link
        if link is None:
            return self.tr("Connecting to the service")
        if link.connected:
            return ""
        age = words.span(self._desk.clock() - link.since)
        return self.tr(
            "Working alone · {n} entries to merge · service away for {age}"
        ).format(n=link.waiting, age=age)

    def _renew(self, *_ignored: object) -> None:
        self.setVisible(bool(self.text()))
        self.update()

    def _on_second(self) -> None:
        if self.isVisible():
            self.update()

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(self._desk.theme.px(600), self._desk.theme.px(HEIGHT))

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.bg)
        pen = QPen(theme.doubt, p(BAND))
        pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.drawLine(0, p(BAND) // 2, self.width(), p(BAND) // 2)
        box = QRectF(p(16), p(BAND), self.width() - p(32), self.height() - p(BAND))
        draw_text(painter, box, self.text(), theme, colour=theme.doubt, weight=600)
