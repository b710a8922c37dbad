"""A list in the middle column that has the keyboard to itself: what its pages share."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from console.keys import OWN_KEYS
from console.painting import PaintedWidget, draw_key, draw_text, elide
from console.shapes import paint_focus
from console.theme import MIN, TITLE

if TYPE_CHECKING:
    from console.desk import Desk

HEAD = 56
ROW_HEIGHT = 64
KEY_HEIGHT = 36
CAPS = 124


class ListPage(PaintedWidget):
    """A list in the middle column that has the keyboard to itself.

    Thread: UI only.

    Signals:
        put_away: It has done what it was called for.
    """

    put_away = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row = 0
        self.setProperty(OWN_KEYS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def count(self) -> int:
        """Return how many rows there are."""
        return 0

    def walk(self, step: int) -> None:
        """Choose the row so many farther down."""
        self._row = min(max(self._row + step, 0), max(0, self.count() - 1))
        self.update()

    def paint_row(
        self,
        painter: QPainter,
        top: float,
        texts: tuple[str, str],
        *,
        chosen: bool,
        indent: int = 0,
        quiet: bool = False,
    ) -> float:
        """Paint a row of two lines; return where the next begins."""
        theme = self._desk.theme
        p = theme.px
        box = QRectF(0, top, self.width(), p(ROW_HEIGHT))
        if chosen:
            painter.fillRect(box, theme.raised)
            painter.fillRect(QRectF(0, top, p(6), box.height()), theme.text)
        room = box.adjusted(p(16 + indent), p(3), -p(16), 0)
        room.setHeight(p(29))
        first = elide(texts[0], room.width(), theme, weight=600)
        ink = theme.text3 if quiet else theme.text
        draw_text(
            painter, room, first, theme, colour=ink, weight=600 if chosen else 400
        )
        room.translate(0, p(29))
        second = elide(texts[1], room.width(), theme, size=MIN)
        draw_text(
            painter,
            room,
            second,
            theme,
            colour=theme.text3 if quiet else theme.text2,
            size=MIN,
        )
        return top + box.height()

    def paint_head(self, painter: QPainter, title: str) -> None:
        """Paint the ground and the title."""
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.surface)
        box = QRectF(p(16), 0, self.width() - p(32), p(52))
        draw_text(painter, box, title, theme, size=TITLE, weight=600)

    def paint_keys(
        self, painter: QPainter, top: float, lines: tuple[tuple[str, str], ...]
    ) -> None:
        """Paint what each key does, one under the other."""
        theme = self._desk.theme
        p = theme.px
        box = QRectF(p(16), top + p(12), self.width() - p(32), p(KEY_HEIGHT))
        for cap, text in lines:
            draw_key(painter, box, cap, theme)
            draw_text(painter, box.adjusted(p(CAPS), 0, 0, 0), text, theme)
            box.translate(0, box.height())
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), theme)

    def arrows(self, event: QKeyEvent) -> bool:
        """Walk where the key is an arrow; return whether it was one."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self.walk(step)
        return step is not None
