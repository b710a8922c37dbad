"""The rows of who is on duty, in their groups; a number is masked until somebody calls."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console import words
from console.painting import (
    CENTRE,
    RIGHT,
    PaintedWidget,
    draw_text,
    fitting,
    shorten,
    text_width,
    wrapped,
)
from console.shapes import paint_unit
from console.theme import MIN
from console.unit_kinds import kind_of, name_and_members
from dispatch.duty import DEPARTMENT, GRID, Group, OnDuty
from dispatch.notices import sms_number
from dispatch.units import UnitStatus

if TYPE_CHECKING:
    from console.desk import Desk

ROW_HEIGHT = 40
BOX = 18
BOX_ENDS = 38
LEFT_OUT = "…"


def masked_number(phone: str) -> str:
    """Return a number as it may stand there unread: its ends, too little to dial.

    At most half of it is shown, and of a short one too at least four digits are not.
    """
    number = sms_number(phone)
    shown = min(5, len(number) // 2, max(0, len(number) - 4))
    front, end = shown - shown // 2, shown // 2
    return f"{number[:front]}{LEFT_OUT}{number[len(number) - end :]}"


class DutyRows(PaintedWidget):
    """People in groups, as many as the height has room for.

    Thread: UI only.

    Attributes:
        people: All that are listed, in order.
        marked: Unit ids of those a message is to go to, in the order of marking.
        read: Unit id of the one whose number stands there in full, or "".
        said: What stands there where there is nobody.

    Signals:
        picked: A person was clicked; the place among `people`.
        ticked: The box before one was.
    """

    picked = Signal(int)
    ticked = Signal(int)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._by = ""
        self._rows: list[Group | OnDuty] = []
        self._top = 0
        self._current = 0
        self.people: list[OnDuty] = []
        self.marked: dict[str, None] = {}
        self.read = ""
        self.said = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def current(self) -> OnDuty | None:
        """Return who stands chosen."""
        return self.people[self._current] if self.people else None

    def show_groups(self, groups: tuple[Group, ...], by: str, said: str) -> None:
        """Show these; who stood chosen stays so while they are listed."""
        before = self.current
        self._by, self.said = by, said
        self._rows = []
        for group in groups:
            self._rows += [group, *group.people]
        self.people = [each for group in groups for each in group.people]
        ids = [each.unit.unit_id for each in self.people]
        kept = before.unit.unit_id if before is not None else ""
        self._current = ids.index(kept) if kept in ids else 0
        self.update()

    def walk(self, step: int) -> None:
        """Choose the person so many farther down."""
        self.choose(self._current + step)

    def choose(self, at: int) -> None:
        """Choose a person by the place among `people`."""
        self._current = min(max(at, 0), max(0, len(self.people) - 1))
        self.update()

    def mark(self, people: list[OnDuty]) -> None:
        """Mark these; or, where all of them are marked, none of them."""
        ids = dict.fromkeys(each.unit.unit_id for each in people)
        if ids and ids.keys() <= self.marked.keys():
            for unit_id in ids:
                del self.marked[unit_id]
        else:
            self.marked |= ids
        self.update()

    def about(self, each: OnDuty) -> list[str]:
        """Return what stands beside a name, the most important first."""
        unit = each.unit
        if each.is_on is None:
            shift = self.tr("not in the roster")
        else:
            shift = self.tr("on shift") if each.is_on else self.tr("not on shift now")
            shift = " ".join((shift, each.hours)).strip()
        away = words.unit_status(unit.status)
        parts = [shift, away if unit.status is UnitStatus.OFF_DUTY else ""]
        if self._by in (DEPARTMENT, GRID):
            parts.append(unit.role)
        if self._by != GRID:
            parts.append(each.grid)
        if self._by != DEPARTMENT:
            parts.append(unit.department)
        return [part for part in parts if part]

    def number(self, each: OnDuty) -> str:
        """Return the number as it stands in the row."""
        unit = each.unit
        if not unit.phone:
            return self.tr("no number")
        return unit.phone if unit.unit_id == self.read else masked_number(unit.phone)

    def _heading(self, group: Group) -> str:
        name = group.name or {
            GRID: self.tr("Of no grid"),
            DEPARTMENT: self.tr("Of no department"),
        }.get(self._by, self.tr("Of no role"))
        return f"{name}  {len(group.people)}"

    # Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().y() // self._desk.theme.px(ROW_HEIGHT)) + self._top
        if at < len(self._rows) and isinstance(self._rows[at], OnDuty):
            before = sum(1 for row in self._rows[:at] if isinstance(row, OnDuty))
            in_box = event.position().x() < self._desk.theme.px(BOX_ENDS)
            (self.ticked if in_box else self.picked).emit(before)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.walk(-1 if event.angleDelta().y() > 0 else 1)

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        current = self.current
        if current is None:
            room = QRectF(self.rect()).adjusted(0, p(4), 0, 0)
            for line in wrapped(self.said, room.width(), theme):
                box = QRectF(room.left(), room.top(), room.width(), p(28))
                draw_text(painter, box, line, theme, colour=theme.text2)
                room.setTop(box.bottom())
            return
        room_for = max(2, self.height() // p(ROW_HEIGHT))
        at = next(n for n, row in enumerate(self._rows) if row is current)
        # The heading stands above the first of its group, as far as there is room.
        self._top = min(self._top, at - 1)
        self._top = max(self._top, at - room_for + 1, 0)
        for index, row in enumerate(self._rows[self._top : self._top + room_for]):
            box = QRectF(0, index * p(ROW_HEIGHT), self.width(), p(ROW_HEIGHT))
            if isinstance(row, Group):
                draw_text(
                    painter,
                    box.adjusted(p(4), p(8), 0, 0),
                    shorten(self._heading(row), box.width() - p(4), theme, weight=600),
                    theme,
                    colour=theme.text2,
                    weight=600,
                )
            else:
                self._paint_person(painter, box, row, row is current)

    def _paint_person(
        self, painter: QPainter, box: QRectF, each: OnDuty, chosen: bool
    ) -> None:
        theme = self._desk.theme
        p = theme.px
        if chosen:
            painter.fillRect(box.toRect(), theme.raised)
            painter.fillRect(QRectF(0, box.top(), p(6), box.height()), theme.text)
        side = p(BOX)
        tick = QRectF(p(14), box.center().y() - side / 2, side, side)
        painter.setPen(theme.text2)
        painter.drawRect(tick)
        if each.unit.unit_id in self.marked:
            draw_text(painter, tick, "✓", theme, size=MIN, weight=600, align=CENTRE)
        mark = tick.translated(side + p(10), 0)
        paint_unit(painter, mark, each.unit.status, theme, kind=kind_of(each.unit))
        number = self.number(each)
        full = each.unit.unit_id == self.read
        draw_text(
            painter,
            box.adjusted(0, 0, -p(8), 0),
            number,
            theme,
            colour=theme.text if full else theme.text2,
            weight=600 if full else 400,
            align=RIGHT,
        )
        line = QRectF(box)
        line.setLeft(mark.right() + p(10))
        line.setRight(box.right() - text_width(number, theme, weight=600) - p(20))
        name = shorten(name_and_members(each.unit)[0], line.width(), theme, weight=600)
        weight = 600 if chosen else 400
        used = draw_text(painter, line, name, theme, weight=weight)
        line.setLeft(line.left() + used + p(12))
        about = fitting(self.about(each), line.width(), theme)
        quiet = theme.text3 if each.is_on is False else theme.text2
        draw_text(painter, line, about, theme, colour=quiet)
