"""The middle column with no case open: what this shift has in hand, what to do next."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from console import words
from console.notices import dated
from console.painting import PaintedWidget, draw_key, draw_text, text_width, wrapped
from console.panels.case_head import look_of, time_look
from console.panels.first_steps import steps_left
from console.shapes import paint_severity, paint_time, paint_unit
from console.theme import MIN, TITLE
from console.who import has
from dispatch.cases import Case
from dispatch.queueing import URGENT_SEVERITY, due_at
from dispatch.units import UnitStatus

if TYPE_CHECKING:
    from console.desk import Desk

ROW_HEIGHT = 60
SOON = timedelta(hours=2)
MOST_ROWS = 5
PEOPLE_HEIGHT = 12 + 36 + 36


class HomePage(PaintedWidget):
    """Paints 本班: my cases, what is due within two hours, the keys that start work.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._boxes: list[tuple[QRectF, int]] = []
        self.setMouseTracking(True)
        desk.moved.connect(self.update)
        desk.second.connect(self._on_second)

    def mine(self) -> list[Case]:
        """Return the open cases this person has at this seat, worst first."""
        mine = [
            case
            for case in self._desk.board.cases.values()
            if case.state.is_open and has(self._desk.actor, case)
        ]
        return sorted(mine, key=lambda case: (case.severity, case.opened_at))

    def due_soon(self) -> list[Case]:
        """Return open cases due within two hours, the soonest first; none overdue."""
        now = self._desk.clock()
        soon = [
            case
            for case in self._desk.board.cases.values()
            # The urgent ones stand in the lane Now already.
            if case.state.is_open
            and case.severity > URGENT_SEVERITY
            and now <= due_at(case) <= now + SOON
        ]
        return sorted(soon, key=due_at)

    def next_due(self) -> Case | None:
        """Return the case that is due next after the next two hours, or None."""
        now = self._desk.clock()
        waiting = [
            case
            for case in self._desk.board.cases.values()
            if case.state.is_open and due_at(case) > now + SOON
        ]
        return min(waiting, key=due_at, default=None)

    def people(self) -> list[tuple[UnitStatus, int]]:
        """Return how many people are in each status."""
        units = self._desk.board.units.values()
        return [
            (status, sum(unit.status is status for unit in units))
            for status in UnitStatus
        ]

    def _next_words(self) -> str:
        case = self.next_due()
        if case is None:
            return self.tr("Nothing is due within 2 h.")
        return self.tr("Nothing is due within 2 h. Next: {place}, {left}").format(
            place=case.place_name, left=words.left(due_at(case) - self._desk.clock())
        )

    def _most_rows(self) -> int:
        """Return how many cases of each kind the height has room for."""
        p = self._desk.theme.px
        room = self.height() - p(52 + 2 * 36 + 12 + PEOPLE_HEIGHT)
        return min(MOST_ROWS, max(1, room // 2 // p(ROW_HEIGHT)))

    def _paint_people(self, painter: QPainter, top: float) -> float:
        """Paint how many people are free, under way, on scene and off duty."""
        theme = self._desk.theme
        p = theme.px
        top = self._heading(painter, top, self.tr("People"))
        box = QRectF(p(16), top, self.width() - p(32), p(36))
        for status, count in self.people():
            text = f"{words.unit_status(status)} {count}"
            width = p(18 + 8) + text_width(text, theme)
            if not count or box.left() + width > self.width() - p(16):
                continue
            mark = QRectF(box.left(), box.center().y() - p(9), p(18), p(18))
            paint_unit(painter, mark, status, theme)
            draw_text(painter, box.adjusted(p(26), 0, 0, 0), text, theme)
            box.setLeft(box.left() + width + p(20))
        return box.bottom()

    def _on_second(self) -> None:
        if self.isVisible():
            self.update()

    # Qt

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = any(box.contains(event.position()) for box, _ in self._boxes)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for box, case_id in self._boxes:
            if box.contains(event.position()):
                self._desk.open_case(case_id)
                return

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.surface)
        self._boxes = []
        box = QRectF(p(16), 0, self.width() - p(32), p(52))
        draw_text(painter, box, self.tr("This shift"), theme, size=TITLE, weight=600)
        if not self._desk.board.heard:
            text = dated(self._desk, "")
            draw_text(painter, box.translated(0, p(52)), text, theme)
            return
        top = self._paint_first_steps(painter, float(p(52)))
        top = self._paint_cases(
            painter,
            top,
            self.tr("My cases"),
            self.mine(),
            dated(self._desk, self.tr("You have no open case.")),
        )
        top = self._paint_cases(
            painter,
            top + p(12),
            self.tr("Due within 2 h"),
            self.due_soon(),
            dated(self._desk, self._next_words()),
        )
        top = self._paint_people(painter, top + p(12))
        self._paint_keys(painter, top + p(12))

    def _paint_first_steps(self, painter: QPainter, top: float) -> float:
        """Say what an installation without a town needs; else take no room."""
        steps = steps_left(self._desk.board)
        if not steps:
            return top
        theme = self._desk.theme
        p = theme.px
        top = self._heading(painter, top, self.tr("Your town is not in yet. Run:"))
        for name, command in steps:
            box = QRectF(p(16), top, self.width() - p(32), p(36))
            draw_text(painter, box, name, theme, colour=theme.text2, size=MIN)
            draw_text(painter, box.adjusted(p(96), 0, 0, 0), command, theme, size=MIN)
            top += p(36)
        return top + p(12)

    def _heading(self, painter: QPainter, top: float, text: str) -> float:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(QRectF(p(16), top, self.width() - p(32), 1), theme.line)
        box = QRectF(p(16), top + p(4), self.width() - p(32), p(36))
        draw_text(painter, box, text, theme, colour=theme.text2)
        return box.bottom()

    def _paint_cases(
        self, painter: QPainter, top: float, title: str, cases: list[Case], none: str
    ) -> float:
        theme = self._desk.theme
        p = theme.px
        count = f"  {len(cases)}" if cases else ""
        top = self._heading(painter, top, title + count)
        if not cases:
            box = QRectF(p(16), top + p(8), self.width() - p(32), p(28))
            for line in wrapped(none, box.width(), theme):
                draw_text(painter, box, line, theme)
                box.translate(0, p(28))
            return box.top() + p(8)
        for case in cases[: self._most_rows()]:
            row = QRectF(0, top, self.width(), p(ROW_HEIGHT))
            self._paint_case(painter, row, case)
            self._boxes.append((row, case.case_id))
            top += p(ROW_HEIGHT)
        return top

    def _paint_case(self, painter: QPainter, row: QRectF, case: Case) -> None:
        theme = self._desk.theme
        p = theme.px
        side = p(34)
        badge = QRectF(p(16), row.center().y() - side / 2, side, side)
        paint_severity(
            painter,
            badge,
            case.severity,
            theme,
            look=look_of(self._desk, case),
            doubt=bool(case.doubt),
        )
        line = QRectF(p(62), row.top() + p(3), self.width() - p(78), p(28))
        now = self._desk.clock()
        box = paint_time(
            painter,
            line,
            words.left(due_at(case) - now),
            theme,
            look=time_look(case, now),
        )
        line.setRight(box.left() - p(10))
        draw_text(painter, line, case.place_name, theme, weight=600)
        kind = words.category(self._desk.actions.taxonomy, case.category)
        draw_text(
            painter,
            QRectF(p(62), row.top() + p(30), self.width() - p(78), p(27)),
            f"{kind} · {words.state(case.state)}",
            theme,
            colour=theme.text2,
        )

    def _paint_keys(self, painter: QPainter, top: float) -> None:
        theme = self._desk.theme
        p = theme.px
        if top + p(36 + 5 * 40) > self.height():
            return  # F1 says it too
        top = self._heading(painter, top, self.tr("To begin"))
        for cap, text in (
            ("⏎", self.tr("open and take the worst alarm")),
            ("+", self.tr("send the highlighted person")),
            ("F2", self.tr("take a report")),
            ("↑ ↓", self.tr("walk through the lanes, ⏎ opens")),
            ("F1", self.tr("all keys")),
        ):
            box = QRectF(p(16), top, self.width() - p(32), p(40))
            draw_key(painter, box, cap, theme)
            draw_text(
                painter,
                box.adjusted(p(76), 0, 0, 0),
                text,
                theme,
                colour=theme.text2,
                size=MIN,
            )
            top += p(40)
