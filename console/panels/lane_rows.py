"""How a lane's rows and its head are painted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from console import flood_words, part_words, words
from console.case_looks import look_of, look_of_all, time_look
from console.case_marks import card, may_decide, waiting_for
from console.models import ROW_ROLE, Index
from console.painting import (
    CENTRE,
    RIGHT,
    PaintedWidget,
    draw_key,
    draw_text,
    elide,
    fitting,
    text_width,
)
from console.refusals import refusal
from console.shapes import (
    BadgeLook,
    TimeLook,
    paint_focus,
    paint_severity,
    paint_time,
)
from console.theme import MIN, TITLE
from dispatch.cases import Case
from dispatch.flood import SHELVED
from dispatch.queueing import LaneRow, due_at, unsigned_too_long

if TYPE_CHECKING:
    from console.desk import Desk

ROW_HEIGHT = 60
HEAD_HEIGHT = 44


class LaneDelegate(QStyledItemDelegate):
    """Paints a row of two lines: badge, place and time; kind, state, who."""

    def __init__(self, desk: "Desk", *, shows_age: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shows_age = shows_age

    def second_line(self, row: LaneRow, case: Case, width: float = 1e6) -> str:
        """Return kind, state and who, or what a key left behind.

        In a narrow row who is left out first; the kind is cut before the state.
        """
        theme = self._desk.theme
        *kinds, state, who, looked = self._second_parts(case)
        if not state:
            return kinds[0]
        kind = " · ".join(kinds)
        both = fitting([f"{kind} · {state}", who, looked], width, theme)
        if text_width(both, theme) <= width:
            return both
        rest = f" · {state}"
        return elide(kind, width - text_width(rest, theme), theme) + rest

    def unsigned_text(self, case: Case) -> str:
        """Return that nobody signed in time, and since when, or ""."""
        if self._desk.actions.ledger.blocking(case.case_id):
            return ""
        if part_words.own(self._desk, case) is not None:
            return ""  # of its own part that stands in the table
        waited = unsigned_too_long(case, self._desk.clock())
        return f"{words.state(case.state)} {words.span(waited)}" if waited else ""

    def _second_parts(self, case: Case) -> list[str]:
        actions = self._desk.actions
        standing = actions.standing_refusal(case.case_id)
        if standing is not None:
            return ["✕ " + refusal(standing.refused), "", "", ""]
        pending = actions.pending(case.case_id)
        state = part_words.state_text(self._desk, case)
        if pending is not None:
            waits = pending.waits(self._desk.clock())
            state = self.tr("Waiting for the service") if waits else "…"
        elif asked := waiting_for(self._desk, case):
            if may_decide(self._desk, case):
                asked = self.tr("to decide: {what}").format(what=asked)
            state = f"{state} · {asked}"
        parts = [words.category(actions.taxonomy, case.category), state]
        unit = self._desk.board.units.get(case.unit_id)
        parts.append(unit.name if unit is not None else "")
        if self.unsigned_text(case) and parts[-1]:
            parts[1:] = [parts[-1], ""]  # the state stands beside it, marked
        if case.drill:
            parts.insert(0, self.tr("DRILL"))
        return [*parts, self._desk.lookers.text(case.case_id)]

    # Qt

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._desk.theme.px(400), self._desk.theme.px(ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        row = index.data(ROW_ROLE)
        if row is None:
            return
        painter.save()
        theme = self._desk.theme
        rect: QRect = option.rect
        p = theme.px
        opened = row.case_id is not None and row.case_id == self._desk.open_case_id
        # The ring shows only where the keyboard walks.
        walked = bool(getattr(self.parent(), "walked", False))
        current = walked and bool(option.state & QStyle.StateFlag.State_Selected)
        if opened or current:
            painter.fillRect(rect, theme.raised)
        if opened:
            painter.fillRect(
                QRect(rect.left(), rect.top(), p(6), rect.height()), theme.text
            )
        painter.fillRect(
            QRect(rect.left() + p(16), rect.bottom(), rect.width() - p(32), 1),
            theme.line,
        )
        case = self._desk.board.cases.get(row.case_id or -1)
        if case is not None:
            self._paint_case(painter, rect, row, case, walked=current)
        else:
            self._paint_fold(painter, rect, row)
        if walked and option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, QRectF(rect), theme)
        painter.restore()
        if row.case_id is not None:
            self._desk.note_painted("on_screen", row.case_id)

    def _paint_case(
        self, painter: QPainter, rect: QRect, row: LaneRow, case: Case, *, walked: bool
    ) -> None:
        theme = self._desk.theme
        p = theme.px
        side = p(36)
        badge = QRectF(
            rect.left() + p(16), rect.top() + (rect.height() - side) / 2, side, side
        )
        paint_severity(
            painter,
            badge,
            case.severity,
            theme,
            look=look_of(self._desk, case),
            doubt=bool(case.doubt),
        )
        left = badge.right() + p(14)
        first = QRectF(left, rect.top() + p(3), rect.right() - left - p(16), p(28))
        place = text_width(case.place_name, theme, weight=600)
        first.setRight(self._paint_time(painter, first, case, beside=place) - p(12))
        draw_text(painter, first, case.place_name, theme, weight=600)
        second = QRectF(left, rect.top() + p(30), rect.right() - left - p(16), p(27))
        if row.case_id in self._desk.bulk:
            second.setRight(self._paint_mark(painter, second, "✓") - p(12))
        written = card(case)
        if written:
            second.setRight(self._paint_card(painter, second, written) - p(12))
        if case.alarm_count > 1:
            count = self.tr("{n} reports").format(n=case.alarm_count)
            used = draw_text(
                painter, second, count, theme, colour=theme.text2, align=RIGHT
            )
            second.setRight(second.right() - used - p(12))
        if walked and row.case_id != self._desk.open_case_id:
            second.setRight(self._paint_enter(painter, second) - p(12))
        late = self.unsigned_text(case)
        if late:
            box = paint_time(painter, second, late, theme, look=TimeLook.INVERSE)
            second.setRight(box.left() - p(12))
        text = self.second_line(row, case, second.width())
        refused = text.startswith("✕")
        draw_text(
            painter,
            second,
            text,
            theme,
            colour=theme.text if refused else theme.text2,
        )

    def _paint_card(self, painter: QPainter, line: QRectF, text: str) -> float:
        """Paint a small card at the right end; return where it begins."""
        theme = self._desk.theme
        p = theme.px
        box = QRectF(
            line.right() - p(26), line.top() + p(1), p(26), line.height() - p(3)
        )
        painter.setPen(theme.text)
        painter.drawRect(box.toRect().adjusted(0, 0, -1, -1))
        draw_text(painter, box, text, theme, size=MIN, weight=600, align=CENTRE)
        return box.left()

    def _paint_mark(self, painter: QPainter, line: QRectF, text: str) -> float:
        """Paint that a row is marked, at the right end; return where that begins."""
        theme = self._desk.theme
        p = theme.px
        width = max(p(26), text_width(text, theme, size=MIN, weight=600) + p(12))
        top, high = line.top() + p(1), line.height() - p(3)
        box = QRectF(line.right() - width, top, width, high)
        painter.fillRect(box.toRect(), theme.text)
        draw_text(
            painter,
            box,
            text,
            theme,
            size=MIN,
            weight=600,
            align=CENTRE,
            colour=theme.bg,
        )
        return box.left()

    def _paint_enter(self, painter: QPainter, line: QRectF) -> float:
        """Paint what Enter does with this row; return where that begins."""
        theme = self._desk.theme
        text = self.tr("Open")
        width = text_width(text, theme) + theme.px(6 + 34)
        box = QRectF(line.right() - width, line.top(), width, line.height())
        used = draw_text(painter, box, text, theme) + theme.px(6)
        draw_key(painter, box.adjusted(used, 0, 0, 0), "⏎", theme)
        return box.left()

    def _paint_time(
        self, painter: QPainter, line: QRectF, case: Case, *, beside: float
    ) -> float:
        """Paint age or time left; the place beside it needs its room first."""
        theme = self._desk.theme
        now = self._desk.clock()
        look = time_look(case, now)
        if not self._shows_age or look is not TimeLook.PLAIN:
            rest = due_at(case) - now
            left = words.left(rest)
            room = line.width() - beside - theme.px(12 + 16)
            if text_width(left, theme, weight=600) > room:
                left = words.left_briefly(rest)
            return paint_time(painter, line, left, theme, look=look).left()
        age = now - case.opened_at
        box = paint_time(painter, line, words.span(age), theme, look=look)
        return box.left()

    def _paint_fold(self, painter: QPainter, rect: QRect, row: LaneRow) -> None:
        theme = self._desk.theme
        p = theme.px
        side = p(36)
        badge = QRectF(
            rect.left() + p(16), rect.top() + (rect.height() - side) / 2, side, side
        )
        shelved = row.heap is not None and row.heap.level == SHELVED
        dim = BadgeLook.GREY if shelved else look_of_all(self._desk, row.case_ids)
        paint_severity(painter, badge, row.severity, theme, look=dim)
        left = badge.right() + p(14)
        first = QRectF(left, rect.top() + p(3), rect.right() - left - p(16), p(28))
        overdue = self.tr("{n} overdue").format(n=row.count)
        text = f"×{row.count}" if row.heap else overdue
        look = TimeLook.INVERSE if row.overdue else TimeLook.PLAIN
        box = paint_time(painter, first, text, theme, look=look)
        first.setRight(box.left() - p(12))
        draw_text(painter, first, flood_words.title(self._desk, row), theme, weight=600)
        second = QRectF(left, rect.top() + p(30), rect.right() - left - p(16), p(27))
        used = draw_text(painter, second, "▸", theme, colour=theme.text2, align=RIGHT)
        second.setRight(second.right() - used - p(12))
        marked = sum(1 for each in row.case_ids if each in self._desk.bulk)
        if marked:
            some = "✓" if marked == row.count else f"✓ {marked}"
            second.setRight(self._paint_mark(painter, second, some) - p(12))
        longest = words.span(self._desk.clock() - row.due_at)
        said = self.tr("the longest {span}").format(span=longest)
        said = flood_words.about(self._desk, row) or said
        draw_text(painter, second, said, theme, colour=theme.text2)


class LaneHead(PaintedWidget):
    """A lane's name and counts; they are never hidden.

    Thread: UI only.

    Signals:
        clicked: With the left button.
    """

    clicked = Signal()

    def __init__(self, desk: "Desk", title: str) -> None:
        super().__init__()
        self._desk = desk
        self._title = title
        self.count = 0
        self.heard = False  # before that no number is true
        self.about: list[tuple[str, bool]] = []
        self.new = 0
        self.setFixedHeight(desk.theme.px(HEAD_HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def name(self, title: str) -> None:
        """Call the lane something."""
        self._title = title
        self.update()

    def show_counts(self, count: int, about: list[tuple[str, bool]]) -> None:
        """Show how many rows, and what else is to be said; True: inverse."""
        heard = self._desk.board.heard
        if (count, about, heard) != (self.count, self.about, self.heard):
            self.count, self.about, self.heard = count, about, heard
            self.update()

    def show_new(self, new: int) -> None:
        """Show how many rows arrived unseen."""
        self.new = new
        self.update()

    # Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.bg)
        box = QRectF(self.rect()).adjusted(p(16), 0, -p(16), 0)
        used = draw_text(painter, box, self._title, theme, size=TITLE, weight=600)
        box.setLeft(box.left() + used + p(12))
        count = str(self.count) if self.heard else "–"
        used = draw_text(painter, box, count, theme, size=TITLE, weight=600)
        box.setLeft(box.left() + used + p(20))
        for text, inverse in self.about:
            width = text_width(text, theme)
            if width + p(14) > box.width():
                break  # half a number is another number
            if inverse:
                cell = QRectF(
                    box.left(), box.top() + p(7), width + p(14), box.height() - p(14)
                )
                painter.fillRect(cell.toRect(), theme.text)
                draw_text(
                    painter, cell.adjusted(p(7), 0, 0, 0), text, theme, colour=theme.bg
                )
                box.setLeft(cell.right() + p(16))
            else:
                draw_text(painter, box, text, theme, colour=theme.text2)
                box.setLeft(box.left() + width + p(16))
        if self.new:
            draw_text(
                painter,
                box,
                f"+{self.new}",
                theme,
                size=TITLE,
                weight=600,
                align=RIGHT,
            )
