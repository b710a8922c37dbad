"""F1: the keys valid here, in the middle column only."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from console import words
from console.action_table import ACTIONS, Action
from console.painting import PaintedWidget, draw_key, draw_text
from console.theme import TITLE

if TYPE_CHECKING:
    from console.desk import Desk

ROW_HEIGHT = 36
ROW_LEAST = 28
HEAD = 56
KEY_WIDTH = 190
FOCUSES = "focus_"  # six actions, one line

# What a key does depends on where the keyboard is: (section, (key cap, what it does)).
PANEL_KEYS: tuple[tuple[object, tuple[tuple[str, object], ...]], ...] = (
    (
        QT_TRANSLATE_NOOP("KeysPage", "Keypad"),
        (
            ("*", QT_TRANSLATE_NOOP("KeysPage", "next set of best views")),
            ("0–9 ⏎", QT_TRANSLATE_NOOP("KeysPage", "camera by its number")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("KeysPage", "In the pictures"),
        (
            ("↑ ↓ ← →  ⏎", QT_TRANSLATE_NOOP("KeysPage", "choose a tile · enlarge")),
            ("0–9 ⏎", QT_TRANSLATE_NOOP("KeysPage", "camera by its number")),
            (
                "*  Backspace",
                QT_TRANSLATE_NOOP("KeysPage", "next best views · what was before"),
            ),
            ("L", QT_TRANSLATE_NOOP("KeysPage", "4, 9 or 16 pictures")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("KeysPage", "On the map"),
        (
            ("↑ ↓ ← →  + −", QT_TRANSLATE_NOOP("KeysPage", "move · zoom")),
            ("Home  G", QT_TRANSLATE_NOOP("KeysPage", "whole town · open case")),
            ("Tab  ⏎", QT_TRANSLATE_NOOP("KeysPage", "next object · act on it")),
            ("[ ]  L", QT_TRANSLATE_NOOP("KeysPage", "smaller, larger ring · layers")),
            ("P", QT_TRANSLATE_NOOP("KeysPage", "the centre is the report's place")),
        ),
    ),
)


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

    def panel_lines(self) -> list[tuple[str, str]]:
        """Return key cap and meaning of what only some panels know; no cap: a head."""
        found = []
        for section, keys in PANEL_KEYS:
            found.append(("", QCoreApplication.translate("KeysPage", str(section))))
            found += [
                (cap, QCoreApplication.translate("KeysPage", str(text)))
                for cap, text in keys
            ]
        return found

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
        actions = [
            (action, allowed)
            for action, allowed in self.lines()
            if not action.name.startswith(FOCUSES)
        ]
        panels = self.panel_lines()
        count = len(actions) + 1 + len(panels)
        room = (self.height() - p(HEAD)) // count
        height = min(p(ROW_HEIGHT), max(p(ROW_LEAST), room))
        box = QRectF(p(16), p(HEAD), self.width() - p(32), height)
        for action, allowed in actions:
            caps = [
                (self.tr("Keypad ") if key in action.keypad else "") + words.key(key)
                for key in (*action.keypad[:1], *action.keys[:1])
            ]
            self._paint_line(painter, box, caps, action.text(self._desk), live=allowed)
            box.translate(0, height)
        focus = self.tr("Now · Due · case · pictures · map · people")
        self._paint_line(painter, box, ["Alt+1 … 6"], focus)
        box.translate(0, height)
        for cap, text in panels:
            if cap:
                self._paint_line(painter, box, [cap], text)
            else:
                draw_text(painter, box, text, theme, colour=theme.text2, weight=600)
                painter.fillRect(
                    QRectF(box.left(), box.top(), box.width(), 1), theme.line
                )
            box.translate(0, height)

    def _paint_line(
        self,
        painter: QPainter,
        box: QRectF,
        caps: list[str],
        text: str,
        *,
        live: bool = True,
    ) -> None:
        theme = self._desk.theme
        p = theme.px
        left = box.left()
        for cap in caps:
            cell = QRectF(left, box.top(), p(KEY_WIDTH), box.height())
            left += draw_key(painter, cell, cap, theme, live=live) + p(6)
        draw_text(
            painter,
            box.adjusted(p(KEY_WIDTH), 0, 0, 0),
            text,
            theme,
            colour=theme.text if live else theme.text3,
        )
