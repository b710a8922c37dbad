"""F1: the keys valid here; again: all keys. In the middle column only."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from console import words
from console.clicks import Clickable
from console.key_table import PANEL_KEYS
from console.one_action import Action
from console.painting import PaintedWidget, draw_key, draw_text, text_width
from console.shapes import paint_focus
from console.theme import MIN, TITLE

if TYPE_CHECKING:
    from console.desk import Desk

ROW_HEIGHT = 36
ROW_LEAST = 29
HEAD = 56
FOOT = 40
KEY_WIDTH = 190
FOCUSES = "focus_"  # six actions, one line


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page.

    Attributes:
        caps: What stands on the keys; none: the line is a heading.
        text: What they do.
        live: They do it now.
    """

    caps: tuple[str, ...]
    text: str
    live: bool = True


class KeysPage(Clickable, PaintedWidget):
    """Paints keys and what they do, as many pages as the window's height asks for.

    Thread: UI only.

    Signals:
        put_away: It was read.
    """

    name = "keys_page"

    put_away = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._section = ""
        self._all = False
        self._page = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        desk.second.connect(self._on_second)

    def begin(self, section: str) -> None:
        """Show the keys valid where the keyboard is.

        Args:
            section: Name of the panel that has it.
        """
        self._section, self._all, self._page = section, False, 0
        self.update()

    def show_all(self) -> bool:
        """Show every key; return False where they are shown already."""
        if self._all:
            return False
        self._all, self._page = True, 0
        self.update()
        return True

    def turn(self, step: int) -> None:
        """Turn the page."""
        self._page = min(max(self._page + step, 0), len(self.pages()) - 1)
        self.update()

    def lines(self) -> list[tuple[Action, bool]]:
        """Return the actions that have keys, and whether each is allowed now."""
        return [
            (action, action.refusal(self._desk) is None)
            for action in self._desk.actions.table
            if (action.keys or action.keypad) and action.text(self._desk)
        ]

    def shown_lines(self) -> list[Line]:
        """Return everything that is to be read, page after page."""
        found = [
            Line(self._caps(action), action.text(self._desk), live)
            for action, live in self.lines()
            if not action.name.startswith(FOCUSES) and (live or self._all)
        ]
        if self._desk.actor.scope is not None:
            found.append(Line(("Alt+1  3",), self.tr("list · case")))
            found.append(Line(("↑ ↓  ⏎",), self.tr("walk the list, open a case")))
            return found
        found += [
            Line(("Alt+1  2  3",), self.tr("Now · Due · case")),
            Line(("Alt+4  5  6",), self.tr("pictures · map · people")),
        ]
        for keys in PANEL_KEYS:
            if self._all or keys.panel in ("", self._section):
                found.append(Line((), keys.heading()))
                found += [Line((cap,), text) for cap, text in keys.lines()]
        return found

    def pages(self) -> list[list[Line]]:
        """Return the lines page by page; no heading stands last on one."""
        lines = self.shown_lines()
        p = self._desk.theme.px
        most = max(4, (self.height() - p(HEAD) - p(FOOT)) // p(ROW_LEAST))
        pages: list[list[Line]] = []
        while lines:
            count = min(most, len(lines))
            while count > 1 and not lines[count - 1].caps and count < len(lines):
                count -= 1
            pages.append(lines[:count])
            lines = lines[count:]
        return pages or [[]]

    def _caps(self, action: Action) -> tuple[str, ...]:
        return tuple(
            (self.tr("Keypad ") if key in action.keypad else "") + words.key(key)
            for key in (*action.keypad[:1], *action.keys[:1])
        )

    def _on_second(self) -> None:
        if self.isVisible():
            self.update()

    def clickable_at(self, _point: QPointF) -> bool:
        """Return that a click does something: it puts this away."""
        return True

    def clicked_on(self, _what: object) -> None:
        """Put this away."""
        self.put_away.emit()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -1,
            Qt.Key.Key_Up: -1,
        }
        if event.key() in steps:
            self.turn(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.turn(-1 if event.angleDelta().y() > 0 else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.turn(0)

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.surface)
        box = QRectF(p(16), 0, self.width() - p(32), p(52))
        title = self.tr("All keys") if self._all else self.tr("Keys valid here")
        draw_text(painter, box, title, theme, size=TITLE, weight=600)
        pages = self.pages()
        lines = pages[min(self._page, len(pages) - 1)]
        room = (self.height() - p(HEAD) - p(FOOT)) // max(1, len(lines))
        height = min(p(ROW_HEIGHT), max(p(ROW_LEAST), room))
        column = self._column(lines)
        box = QRectF(p(16), p(HEAD), self.width() - p(32), height)
        for line in lines:
            if line.caps:
                self._paint_line(painter, box, line, column)
            else:
                draw_text(
                    painter, box, line.text, theme, colour=theme.text2, weight=600
                )
                painter.fillRect(
                    QRectF(box.left(), box.top(), box.width(), 1), theme.line
                )
            box.translate(0, height)
        self._paint_foot(painter, len(pages))
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), theme)

    def _column(self, lines: list[Line]) -> float:
        """Return how wide the keys are: as the widest asks for."""
        theme = self._desk.theme
        p = theme.px
        widest = max(
            sum(
                max(text_width(cap, theme, size=MIN, weight=600) + p(12), p(28)) + p(6)
                for cap in line.caps
            )
            for line in (*lines, Line(("",), ""))
        )
        return max(float(p(KEY_WIDTH)), widest + p(8))

    def _paint_foot(self, painter: QPainter, pages: int) -> None:
        theme = self._desk.theme
        p = theme.px
        hints = []
        if pages > 1:
            hints.append(
                self.tr("Page {n} of {of}  PgDn").format(n=self._page + 1, of=pages)
            )
        if not self._all:
            hints.append(self.tr("F1 all keys"))
        hints.append(self.tr("Esc back"))
        box = QRectF(p(16), self.height() - p(FOOT), self.width() - p(32), p(FOOT))
        draw_text(
            painter, box, "  ·  ".join(hints), theme, colour=theme.text3, size=MIN
        )

    def _paint_line(
        self, painter: QPainter, box: QRectF, line: Line, column: float
    ) -> None:
        theme = self._desk.theme
        p = theme.px
        left = box.left()
        for cap in line.caps:
            cell = QRectF(left, box.top(), column, box.height())
            left += draw_key(painter, cell, cap, theme, live=line.live) + p(6)
        draw_text(
            painter,
            box.adjusted(column, 0, 0, 0),
            line.text,
            theme,
            colour=theme.text if line.live else theme.text3,
        )
