"""F1: the keys valid here, in the middle column only."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from console import words
from console.action_table import ACTIONS, Action
from console.painting import PaintedWidget, draw_key, draw_text
from console.theme import TITLE

if TYPE_CHECKING:
    from console.desk import Desk

ROW_HEIGHT = 36
KEY_WIDTH = 190


class KeysPage(PaintedWidget):
    """Paints every action with its keys; what is not allowed now stands grey.

    Thread: UI only.

    Signals:
        put_away: It was read.
    """

    name = "keys_page"

    put_away = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        desk.second.connect(self._on_second)

    def lines(self) -> list[tuple[Action, bool]]:
        """Return the actions that have keys, and whether each is allowed now."""
        return [
            (action, action.refusal(self._desk) is None)
            for action in ACTIONS
            if (action.keys or action.keypad) and action.text(self._desk)
        ]

    def _on_second(self) -> None:
        if self.isVisible():
            self.update()

    # Qt

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.put_away.emit()

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.surface)
        box = QRectF(p(16), 0, self.width() - p(32), p(52))
        draw_text(
            painter, box, self.tr("Keys valid here"), theme, size=TITLE, weight=600
        )
        top = float(p(56))
        for action, allowed in self.lines():
            box = QRectF(p(16), top, self.width() - p(32), p(ROW_HEIGHT))
            left = box.left()
            for key in (*action.keypad[:1], *action.keys[:1]):
                pad = self.tr("Keypad ") if key in action.keypad else ""
                cell = QRectF(left, box.top(), p(KEY_WIDTH), box.height())
                left += draw_key(
                    painter, cell, pad + words.key(key), theme, live=allowed
                ) + p(6)
            draw_text(
                painter,
                box.adjusted(p(KEY_WIDTH), 0, 0, 0),
                action.text(self._desk),
                theme,
                colour=theme.text if allowed else theme.text3,
            )
            top += p(ROW_HEIGHT)
