"""Ctrl+L: who is on duty today, by role, department or grid; called, or written to."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from console import words
from console.bar_keys import ANSWER, BarKey, HasKeys
from console.keys import OWN_KEYS
from console.panels.case_contacts import Contact, call
from console.panels.circular_form import CircularForm
from console.panels.duty_rows import DutyRows
from console.panels.finder import SearchLine
from console.panels.first_steps import import_command
from console.panels.wall_parts import label
from console.seat_rules import JUST
from console.theme import ROW, TITLE
from dispatch.circulars import MOST_TOLD
from dispatch.duty import DEPARTMENT, EVERYBODY, GRID, ORDERS, ROLE, has_roster, listed
from dispatch.numbers import UNIT, NumberOf

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved


SOON = 300  # milliseconds that changes of the units are gathered


class _DutyLine(SearchLine):
    """Words to find people by; Space marks, Ctrl+A marks all, Tab turns the list.

    Signals:
        marked: Space.
        marked_all: Ctrl+A.
        turned: Tab (1) or Shift+Tab (-1).
    """

    marked = Signal()
    marked_all = Signal()
    turned = Signal(int)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_Space:
            self.marked.emit()
        elif (
            event.key() == Qt.Key.Key_A and held == Qt.KeyboardModifier.ControlModifier
        ):
            self.marked_all.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        turns = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = turns.get(Qt.Key(event.key()))
            if step is not None:
                self.turned.emit(step)
                return True
        return super().event(event)


class ContactsPage(HasKeys, QWidget):
    """The page of who is on duty: type, choose, Enter calls; marked, Enter writes.

    Thread: UI only.

    Attributes:
        by: How it is read: one of `dispatch.duty.ORDERS`.
        circular: What is written to those who were marked, or None.
    """

    name = "contacts_page"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(OWN_KEYS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk = desk
        self._minute = -1
        self._told: object = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self._renew)
        self.by = ROLE
        self.circular: CircularForm | None = None
        self._dropped: datetime | None = None
        self._half: dict[int, str] = {}  # own words of circulars never sent, by case
        theme = desk.theme
        self._title = QLabel()
        self._title.setFont(theme.font(TITLE, 600))
        self._about = label(desk, size=ROW)
        self.line = _DutyLine(self)
        self.line.setFont(theme.font(ROW))
        self.rows = DutyRows(desk, self)
        self._hint = label(desk, "quiet")
        self._layout = QVBoxLayout(self)
        margin = theme.px(16)
        self._layout.setContentsMargins(margin, margin, margin, margin)
        self._layout.setSpacing(theme.px(10))
        for widget in (self._title, self._about, self.line):
            self._layout.addWidget(widget)
        self._layout.addWidget(self.rows, 1)
        self._layout.addWidget(self._hint)
        self.line.textEdited.connect(self._renew)
        self.line.walked.connect(self._walk)
        self.line.entered.connect(self.answer)
        self.line.marked.connect(self._mark)
        self.line.marked_all.connect(self._mark_all)
        self.line.turned.connect(self._turn)
        self.rows.picked.connect(self._pick)
        self.rows.ticked.connect(self._tick)
        desk.moved.connect(self._on_moved)
        desk.case_opened.connect(self._on_opened)
        desk.second.connect(self._on_second)
        desk.looks.changed.connect(self._on_looks)

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return what Enter and Esc do here."""
        away = BarKey(words.key("Esc"), self.tr("Put away"), "back")
        cap, marked = words.key("Num+Enter"), len(self.rows.marked)
        chosen = self.rows.current
        if marked:
            text = self.tr("Write to {n} people").format(n=marked)
            return BarKey(cap, text, ANSWER), away
        if chosen is None:
            return (away,)
        text = self.tr("Call {name}").format(name=chosen.unit.name)
        return BarKey(cap, text, ANSWER), away

    def answer(self) -> None:
        """Write to those who are marked; or call who stands chosen."""
        if self._dropped is not None:
            since = self._desk.clock() - self._dropped
            if timedelta(0) <= since < JUST:
                return  # Enter was meant for the form that has just gone
        if self.rows.marked:
            self._write()
        else:
            self._call()

    def go_back(self) -> bool:
        """Go from the circular to the list; return whether a circular stood here."""
        if not self.isVisible() or self.circular is None:
            return False
        self._show_circular(None)
        return True

    # -- inside -----------------------------------------------------------------------

    def _call(self) -> None:
        chosen = self.rows.current
        if chosen is None:
            return
        unit = chosen.unit
        if not unit.phone:
            text = self.tr("{name} has no number registered.").format(name=unit.name)
            self._desk.said.emit(text)
            return
        self.rows.read = unit.unit_id
        self.rows.update()
        owner = NumberOf(kind=UNIT, ref=unit.unit_id)
        case_id = self._desk.open_case_id or 0
        call(self._desk, Contact(unit.name, unit.phone, owner, case_id))

    def _write(self) -> None:
        case, board = self._desk.case, self._desk.board
        units = [board.units[each] for each in self.rows.marked if each in board.units]
        if case is None:
            self._desk.said.emit(
                self.tr("A circular is about a case: open one first, or note one (F2).")
            )
        elif len(units) > MOST_TOLD:
            text = self.tr("At most {n} people at once.").format(n=MOST_TOLD)
            self._desk.said.emit(text)
        else:
            half = self._half.get(case.case_id, "")
            self._show_circular(CircularForm(self._desk, case, units, half))

    def _show_circular(self, circular: CircularForm | None) -> None:
        old, self.circular = self.circular, circular
        listed_here = circular is None
        for widget in (self._about, self.line, self.rows, self._hint):
            widget.setVisible(listed_here)
        if circular is not None:
            circular.asked.connect(self.rows.marked.clear)
            circular.given_back.connect(self._drop_stale)
            self._layout.insertWidget(1, circular, 1)
        if old is not None:
            self._half[old.case.case_id] = old.own_words()
            old.hide()
            self._layout.removeWidget(old)
            old.deleteLater()
        self._told = None
        self._renew()
        if self.isVisible():
            self._take_keyboard()

    def _on_looks(self) -> None:
        if self.circular is not None:
            self.circular.reword()
        self._renew()

    def _on_opened(self, _case_id: int | None) -> None:
        self.rows.marked.clear()
        self._drop_stale()

    def _on_moved(self, moved: "Moved") -> None:
        if moved.cases or moved.everything:
            self._drop_stale()
        listed_moved = moved.everything or moved.units or moved.grids
        if listed_moved and self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _drop_stale(self) -> None:
        """Put away what was not asked for about a case that is not at hand any more."""
        circular, case = self.circular, self._desk.case
        if circular is None or circular.is_asked():
            return
        begun = circular.case
        closed = case is not None and begun.state.is_open and not case.state.is_open
        if closed or case is None or case.case_id != begun.case_id:
            self._dropped = self._desk.clock() if self.isVisible() else None
            self.rows.marked.clear()
            self._show_circular(None)

    def _take_keyboard(self) -> None:
        if self.circular is not None:
            self.circular.start()
        else:
            self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _mark(self) -> None:
        if self.rows.current is not None:
            self.rows.mark([self.rows.current])
            self.rows.walk(1)
            self._say()

    def _mark_all(self) -> None:
        self.rows.mark(self.rows.people)
        self._say()

    def _walk(self, step: int) -> None:
        self.rows.walk(step)
        self._tell()

    def _pick(self, at: int) -> None:
        self.rows.choose(at)
        self._take_keyboard()
        self._say()

    def _tick(self, at: int) -> None:
        self.rows.mark([self.rows.people[at]])
        self._pick(at)

    def _turn(self, step: int) -> None:
        self.by = ORDERS[(ORDERS.index(self.by) + step) % len(ORDERS)]
        self._renew()

    def _on_second(self) -> None:
        if self._minute != self._desk.clock().minute:  # shifts begin and end
            self._renew()

    def _renew(self, *_ignored: object) -> None:
        if not self.isVisible():
            return
        desk, board = self._desk, self._desk.board
        self._minute = desk.clock().minute
        groups = listed(
            board.units.values(),
            board.grids,
            desk.clock().astimezone(desk.zone),
            by=self.by,
            text=self.line.text(),
        )
        self.rows.show_groups(groups, self.by, self._nobody())
        self._say()

    def _nobody(self) -> str:
        if not self._desk.board.units:
            return self.tr(
                "Nobody is registered. Put in your people with: {do}"
            ).format(do=import_command("staff"))
        if self.line.text().strip():
            return self.tr(
                "Nobody listed here is called so. Tab turns on to all there are."
            )
        return self.tr(
            "By the roster nobody is on duty today. Tab turns on to all there are; a"
            " new roster comes in with: {do}"
        ).format(do=import_command("roster"))

    def _say(self) -> None:
        """Say how it is read, and what keys do."""
        title = self.tr("Contacts and duty today")
        self._title.setText(title)
        self.setAccessibleName(title)
        self.line.setAccessibleName(title)
        self.line.setPlaceholderText(self.tr("Name, initials, role, department, grid"))
        people = self.rows.people
        on = sum(1 for each in people if each.is_on)
        parts = [
            {
                ROLE: self.tr("Today by role"),
                DEPARTMENT: self.tr("Today by department"),
                GRID: self.tr("Today by grid"),
                EVERYBODY: self.tr("All there are"),
            }[self.by],
            self.tr("{n} people, {on} on shift now").format(n=len(people), on=on),
        ]
        units = self._desk.board.units.values()
        if units and not has_roster(units):
            roster = self.tr(
                "No roster is put in, so that whoever has not signed off counts as on"
                " duty. One comes in with: {do}"
            )
            parts.append(roster.format(do=import_command("roster")))
        if self.rows.marked:
            parts.append(self.tr("{n} marked").format(n=len(self.rows.marked)))
        self._about.setText(" · ".join(parts))
        self._hint.setText(
            self.tr(
                "↑ ↓ chooses, ⏎ calls · Space marks, Ctrl+A all listed, then ⏎ writes to"
                " them · Tab: role, department, grid, all. Whose number is read is"
                " written down."
            )
        )
        self._tell()

    def _tell(self) -> None:
        """Say that Enter does something else now, where it does."""
        current = self.rows.current
        chosen = None if current is None else (current.unit.unit_id, current.unit.name)
        told = (chosen, len(self.rows.marked))
        if told != self._told:
            self._told = told
            self._desk.hand_moved.emit()

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.rows.read = ""
        self._dropped, self._told = None, None
        if self.circular is None and not event.spontaneous():
            self.rows.marked.clear()  # they were meant for something earlier
        self._renew()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._take_keyboard()
