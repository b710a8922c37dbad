"""Who can be sent: the best first, with distance, age of position and the reasons."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from console import by_phone, people_words, words
from console.helper_rows import Beside, rows_of
from console.painting import CENTRE, RIGHT, PaintedWidget, draw_text, text_width
from console.panels.first_steps import import_command
from console.shapes import paint_dashes, paint_focus, paint_unit
from console.unit_kinds import kind_of, name_and_members
from dispatch.case_states import SENT
from dispatch.commands import Moment
from dispatch.geo import distance_m
from dispatch.numbers import UNIT, NumberOf
from dispatch.recommending import UnitSuggestion
from dispatch.units import FRESH, Unit, UnitStatus

if TYPE_CHECKING:
    from console.desk import Desk

ROW_HEIGHT, ROW_LOW = 44, 38
HEAD, HEAD_LOW = 36, 30
LOW_ROWS = 3
# Who is under way or on the scene and is not heard of for so long may be in trouble.
SILENT = timedelta(minutes=10)
MOST_FORCES = 4  # who came last; the others stand in the log
ROOM_FOR_MEMBERS = 60  # a name and a half; less is left out


class PeopleView(PaintedWidget):
    """Paints the suggested people, or the one who was sent.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._low = False
        self._read: frozenset[tuple[int, str, int]] = frozenset()  # whose numbers stand
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        desk.suggestions_changed.connect(self._renew)
        desk.highlighted_changed.connect(self._renew)
        desk.second.connect(self.update)
        desk.moved.connect(self._renew)
        desk.case_opened.connect(self._renew)

    @property
    def low(self) -> bool:
        """Return whether the window is too low for all of them."""
        return self._low

    @low.setter
    def low(self, low: bool) -> None:
        self._low = low
        self._note_numbers()  # what there was no room for is read from now on

    def sent(self) -> Unit | None:
        """Return the unit on its way to the open case."""
        case = self._desk.case
        if case is None or not case.unit_id:
            return None
        return self._desk.board.units.get(case.unit_id)

    def forces(self) -> list[tuple[str, str]]:
        """Return who has a hand in it besides, and since when they do what."""
        return [(each.name, " · ".join(each.said)) for each in self._beside()]

    def _beside(self) -> list[Beside]:
        """Return the rows of those who help, as they are painted."""
        case = self._desk.case
        if case is None:
            return []
        if self.sent() is None and (self._desk.people.rows or not self.nobody_lines()):
            return []  # who could be sent has the room
        found = rows_of(self._desk, case)
        return found[-1:] if self.low else found[-MOST_FORCES:]

    def silent_for(self) -> timedelta | None:
        """Return for how long who was sent is silent there, once it is too long."""
        unit = self.sent()
        out = (UnitStatus.EN_ROUTE, UnitStatus.ON_SCENE)
        if unit is None or unit.status not in out or unit.point_at is None:
            return None
        age = self._desk.clock() - unit.point_at
        return age if age > SILENT else None

    def doing(self, unit: Unit) -> str:
        """Return what the unit that was sent does, or that it has reported done."""
        case = self._desk.case
        released = unit.case_id is None or case is None or unit.case_id != case.case_id
        if case is not None and released and Moment.FINISHED in case.clocks:
            return self.tr("Reported done")
        signed = case is not None and Moment.SIGNED in case.clocks
        if signed and unit.status is UnitStatus.ASSIGNED:
            return self.tr("Signed")  # by telephone nobody says that they have set out
        since = None if case is None else case.clocks.get(Moment.ARRIVED)
        if since is not None and unit.status is UnitStatus.ON_SCENE:
            span = words.span(self._desk.clock() - since)
            return f"{words.unit_status(unit.status)} {span}"
        return words.unit_status(unit.status)

    def _rows(self) -> int:
        if self.sent() is not None:
            return 1 + bool(self.phone_line()) + len(self.forces())
        return len(self.shown_rows()) or len(self.nobody_lines()) + len(self.forces())

    def phone_line(self) -> str:
        """Return that whoever is sent has to be telephoned, or ""."""
        case = self._desk.case
        unit = self.sent()
        if (
            case is None
            or unit is None
            or not by_phone.lacks_terminal(self._desk, case)
        ):
            return ""
        if not unit.phone:
            return self.tr("No terminal, and no number is registered.")
        if by_phone.shown_unasked(self._desk, case) is not None:
            return self.tr("No terminal. Please telephone: {number}").format(
                number=unit.phone
            )
        return self.tr("No terminal. F9 shows the number.")

    def nobody_lines(self) -> list[str]:
        """Return what to do where nobody can be sent; nothing once the case ended."""
        case = self._desk.case
        if case is not None and not case.state.is_open:
            return []
        if case is not None and case.state in SENT:
            with_them = self.tr("With {department}: they send somebody, and report.")
            return [with_them.format(department=case.department)]
        if self._desk.board.units:
            return [self.tr("Nobody free is known. F9 shows whom to call.")]
        return [
            self.tr("Nobody can be sent. Put in your people with:"),
            import_command("staff"),
        ]

    def shown_rows(self) -> list[UnitSuggestion]:
        """Return the people on show; in a low window those round the highlighted."""
        rows = list(self._desk.people.rows)
        if not self.low or len(rows) <= LOW_ROWS:
            return rows
        ids = [row.unit.unit_id for row in rows]
        chosen = self._desk.highlighted_unit_id
        at = ids.index(chosen) if chosen in ids else 0
        first = min(max(0, at - LOW_ROWS + 1), len(rows) - LOW_ROWS)
        return rows[first : first + LOW_ROWS]

    def why(self) -> list[str]:
        """Return why whoever is highlighted is recommended."""
        chosen = self._desk.highlighted_unit_id
        rows = self._desk.people.rows
        found = next((row for row in rows if row.unit.unit_id == chosen), None)
        return [] if found is None else people_words.reasons(found)

    def unit_at(self, at: QPointF) -> str:
        """Return who was sent, or could be, and stands at a pixel, or ""."""
        index, sent = int((at.y() - self._head()) // self._row()), self.sent()
        units = [sent] if sent is not None else [r.unit for r in self.shown_rows()]
        return units[index].unit_id if 0 <= index < len(units) else ""

    def _head(self) -> int:
        return self._desk.theme.px(HEAD_LOW if self.low else HEAD)

    def _row(self) -> int:
        return self._desk.theme.px(ROW_LOW if self.low else ROW_HEIGHT)

    def _note_numbers(self) -> None:
        """Have it written down, once a sending, whose numbers are read here unasked."""
        case = self._desk.case
        before, self._read = self._read, frozenset()
        if case is None or not self.isVisible():
            return
        sent = by_phone.shown_unasked(self._desk, case)
        shown = {each.unit_id for each in self._beside() if each.unit_id}
        shown |= {sent.unit_id} if sent is not None else set()
        self._read = frozenset((case.case_id, each, case.sending) for each in shown)
        if anew := sorted(self._read - before):
            owners = tuple(NumberOf(kind=UNIT, ref=unit_id) for _, unit_id, _ in anew)
            self._desk.actions.note_numbers(case.case_id, owners)

    def _renew(self, *_ignored: object) -> None:
        self._note_numbers()
        self.updateGeometry()
        self.update()

    # Qt

    def sizeHint(self) -> QSize:
        p = self._desk.theme.px
        if not self._rows():
            return QSize(p(520), 1)  # of a case that ended before anybody was sent
        return QSize(p(520), self._head() + self._rows() * self._row() + p(6))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._desk.highlight_next_unit(1)
        elif event.key() == Qt.Key.Key_Up:
            self._desk.highlight_next_unit(-1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._desk.people.touch()
        if self.sent() is None and (unit_id := self.unit_at(event.position())):
            self._desk.highlight_unit(unit_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._desk.people.touch()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._desk.people.touch()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._note_numbers()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.surface)
        if not self._rows():
            return
        painter.fillRect(p(16), 0, self.width() - p(32), 1, theme.line)
        head = QRectF(p(16), 0, self.width() - p(32), self._head())
        sent = self.sent()
        title = self.tr("Sent") if sent is not None else self.tr("People")
        used = draw_text(painter, head, title, theme, colour=theme.text2)
        head.setLeft(head.left() + used + p(16))
        silent = self.silent_for()
        if silent is not None:
            text = self.tr("not heard for {span}").format(span=words.span(silent))
            width = text_width(text, theme) + p(16)
            cell = QRectF(
                head.right() - width, head.top() + p(4), width, head.height() - p(8)
            )
            # It is inverted every other second, the words stay; or stays inverted.
            now = self._desk.clock()
            if theme.reduced_motion or now.second % 2 == 0:
                painter.fillRect(cell.toRect(), theme.text)
                draw_text(
                    painter, cell, text, theme, colour=theme.surface, align=CENTRE
                )
            else:
                paint_focus(painter, cell, theme)
                draw_text(painter, cell, text, theme, align=CENTRE)
        if sent is None:
            why = people_words.fitting(self.why(), head.width(), theme)
            draw_text(painter, head, why, theme, colour=theme.text2, align=RIGHT)
        case = self._desk.case
        if case is None:
            return
        if sent is not None:
            now = self._desk.clock()
            age = None if sent.point_at is None else now - sent.point_at
            metres = None if sent.point is None else distance_m(case.point, sent.point)
            self._paint_row(painter, 0, sent, metres, age, chosen=False)
            top = self._head() + self._row()
            row = QRectF(p(16), top, self.width() - p(32), self._row())
            if self.phone_line():
                draw_text(painter, row, self.phone_line(), theme, weight=600)
                top += self._row()
            self._paint_forces(painter, top)
            return
        if not self._desk.people.rows:
            top = self._head()
            for line in self.nobody_lines():
                row = QRectF(p(16), top, self.width() - p(32), self._row())
                draw_text(painter, row, line, theme)
                top += self._row()
            # Whoever else comes, though a department sends its own.
            self._paint_forces(painter, top)
            return
        for index, each in enumerate(self.shown_rows()):
            self._paint_row(
                painter,
                index,
                each.unit,
                each.distance_m,
                each.position_age,
                number=self._desk.people.rows.index(each) + 1,
                why=people_words.brief(each),
                chosen=each.unit.unit_id == self._desk.highlighted_unit_id,
            )
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), theme)

    def _paint_forces(self, painter: QPainter, top: float) -> None:
        theme = self._desk.theme
        p = theme.px
        for name, said, _ in self._beside():
            row = QRectF(p(44), top, self.width() - p(60), self._row())
            least = text_width(said[0], theme) + p(12)  # a name gives way to a number
            used = draw_text(painter, row.adjusted(0, 0, -least, 0), name, theme)
            row.setLeft(row.left() + used + p(12))
            text = people_words.fitting(said, row.width(), theme) or said[0]
            draw_text(painter, row, text, theme, colour=theme.text2)
            top += self._row()

    def _paint_row(
        self,
        painter: QPainter,
        index: int,
        unit: Unit,
        metres: float | None,
        age: timedelta | None,
        *,
        chosen: bool,
        number: int = 0,
        why: Sequence[str] = (),
    ) -> None:
        theme = self._desk.theme
        p = theme.px
        height = self._row()
        row = QRectF(0, self._head() + index * height, self.width(), height)
        if chosen:
            painter.fillRect(row.toRect(), theme.raised)
            painter.fillRect(
                QRectF(0, row.top(), p(6), row.height()).toRect(), theme.text
            )
        box = row.adjusted(p(16), 0, -p(16), 0)
        sent = self.sent() is not None
        if not sent:
            draw_text(painter, box, str(number), theme, colour=theme.text2)
            box.setLeft(box.left() + p(22))
        side = p(18)
        mark = QRectF(box.left(), row.center().y() - side / 2, side, side)
        paint_unit(painter, mark, unit.status, theme, kind=kind_of(unit))
        box.setLeft(mark.right() + p(10))
        box.setRight(self._paint_age(painter, box, unit, age))
        if metres is not None:
            column = QRectF(box.right() - p(92), box.top(), p(84), box.height())
            draw_text(
                painter, column, words.distance(metres), theme, weight=600, align=RIGHT
            )
            box.setRight(column.left() - p(8))
        # Why, and who is in a team, come last: what kind of help it is must not be cut.
        name, members = name_and_members(unit)
        used = draw_text(
            painter, box, name, theme, weight=600 if chosen or sent else 400
        )
        box.setLeft(box.left() + used + p(12))
        about = unit.role
        if sent:
            said = (self.doing(unit), unit.role)
            about = people_words.fitting(said, box.width(), theme)
        used = draw_text(painter, box, about, theme, colour=theme.text2)
        box.setLeft(box.left() + used + p(12))
        if text := people_words.fitting(why, box.width(), theme):
            used = draw_text(painter, box, text, theme, colour=theme.text2)
            box.setLeft(box.left() + used + p(12))
        if members and box.width() >= p(ROOM_FOR_MEMBERS):
            draw_text(painter, box, members, theme, colour=theme.text3)

    def _paint_age(
        self, painter: QPainter, box: QRectF, unit: Unit, age: timedelta | None
    ) -> float:
        theme = self._desk.theme
        p = theme.px
        text = self.tr("no position") if age is None else words.ago(age)
        width = max(text_width(text, theme) + p(16), p(96))
        cell = QRectF(
            box.right() - width, box.top() + p(6), width, box.height() - p(12)
        )
        if age is None or age > FRESH or unit.doubt:
            tight = text_width(text, theme) + p(16)
            paint_dashes(
                painter,
                QRectF(cell.right() - tight, cell.top(), tight, cell.height()),
                theme,
            )
            draw_text(
                painter,
                QRectF(cell.right() - tight, cell.top(), tight, cell.height()),
                text,
                theme,
                colour=theme.doubt,
                align=CENTRE,
            )
        else:
            draw_text(
                painter,
                cell.adjusted(0, 0, -p(8), 0),
                text,
                theme,
                colour=theme.text2,
                align=RIGHT,
            )
        return cell.left()
