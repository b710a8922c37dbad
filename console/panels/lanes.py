"""The two lanes: what waits. Now, in which minutes count; Due, by time left."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console import flood_words, words
from console.bar_keys import BarKey, typed
from console.lane_sieve import Sieve
from console.models import Hand, LaneModel
from console.notices import dated
from console.panels.lane_rows import ROW_HEIGHT, LaneHead
from console.panels.lane_view import LaneView
from dispatch.flood import SHELVED
from dispatch.queueing import LaneRow, due_at, due_counts, now_lane, row_of

if TYPE_CHECKING:
    from console.desk import Desk

NOW_LEAST_ROWS = 5
NOW_MOST_ROWS = 8
UNLIMITED = 16_777_215  # QWIDGETSIZE_MAX, which the binding does not name


class LanesPanel(QWidget):
    """Both lanes, one above the other; never covered, never empty of counts.

    Thread: UI only.
    """

    name = "lanes"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._now_rows = 0
        self._due_called = False  # Due is looked at in spite of a flood
        self.sieve = Sieve(desk)
        self._blink: object = None
        self._growing = Hand(desk.clock)  # Now grows by moving the rows of Due
        self.now_model = self._model()
        self.due_model = self._model()
        self.now_head = LaneHead(desk, "")
        self.due_head = LaneHead(desk, "")
        self.now_view = LaneView(desk, self.now_model, shows_age=True)
        self.due_view = LaneView(desk, self.due_model, shows_age=False)
        self.now_view.letters = "U"
        self.due_view.letters = "FSAB "
        for view in (self.now_view, self.due_view):
            view.unfolding.connect(self.renew)
            view.keyed.connect(self._on_letter)
        self.due_head.clicked.connect(self.focus_due)
        self.now_model.new_rows.connect(self.now_head.show_new)
        self.due_model.new_rows.connect(self.due_head.show_new)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.now_head)
        layout.addWidget(self.now_view, 1)  # where nothing else limits it
        layout.addWidget(self.due_head)
        layout.addWidget(self.due_view, 1)
        desk.moved.connect(self.renew)
        desk.flooding.changed.connect(self._on_flooding)
        desk.second.connect(self._on_second)
        desk.tick.connect(self._on_tick)
        desk.case_opened.connect(self._on_opened)
        desk.pending_changed.connect(self._repaint)
        desk.bulk.changed.connect(self.renew)
        desk.looks.changed.connect(self._name_words)
        self._name_words()

    def _name_words(self) -> None:
        for head, view, name in (
            (self.now_head, self.now_view, self.tr("Now")),
            (self.due_head, self.due_view, self.tr("Due")),
        ):
            head.name(name)
            view.setAccessibleName(name)
        self.renew()

    def renew(self, *_ignored: object) -> None:
        """Ask for both lanes again and show them."""
        now = self._desk.clock()
        flooding, due_rows = self._desk.flooding, self.sieve.rows()
        all_now = now_lane(self._desk.board, now)
        now_rows = flooding.now_rows(all_now)
        if not self.sieve.choice:
            due_rows = flooding.rows(due_rows)
        self.now_model.set_rows(self._unfold(now_rows, self.now_view.unfolded))
        self.due_model.set_rows(self._unfold(due_rows, self.due_view.unfolded))
        self._now_rows = len(now_rows)
        self._fit_now()
        self._show_counts(len(all_now))
        self._repaint()

    def focus_now(self, *, by_hand: bool = True) -> None:
        """Give the keyboard to the lane Now; by hand, a row is chosen too."""
        self._due_called &= not by_hand
        self._focus(self.now_view, by_hand=by_hand)

    def focus_due(self) -> None:
        """Give the keyboard to the lane Due; in a flood that brings it back."""
        self._due_called = True
        self._fit_now(at_once=True)
        self._focus(self.due_view, by_hand=True)

    # -- inside -------------------------------------------------------------------------

    def _unfold(
        self, rows: list[LaneRow], keys: set[tuple[str, int | str]]
    ) -> list[LaneRow]:
        if not keys:
            return rows
        cases, now = self._desk.board.cases, self._desk.clock()
        alarms = self._desk.board.alarms.values()
        waiting = {each.case_id for each in alarms if each.acknowledged_at is None}
        shown: list[LaneRow] = []
        for row in rows:
            shown.append(row)
            if row.case is None and row.key in keys:
                inside = [cases[each] for each in row.case_ids if each in cases]
                inside.sort(key=due_at)
                shown += [
                    row_of(each, now, unacknowledged=each.case_id in waiting)
                    for each in inside
                ]
        return shown

    def _model(self) -> LaneModel:
        return LaneModel(clock=self._desk.clock, describe=self._describe, parent=self)

    def _describe(self, row: LaneRow) -> str:
        case = self._desk.board.cases.get(row.case_id or -1)
        if case is None:
            return f"{flood_words.title(self._desk, row)} ×{row.count}"
        kind = words.category(self._desk.actions.taxonomy, case.category)
        return f"{case.severity} {case.place_name} {kind} {words.state(case.state)}"

    def _focus(self, view: LaneView, *, by_hand: bool) -> None:
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if by_hand:
            view.walked = True
            if not view.currentIndex().isValid() and view.model().rowCount():
                view.setCurrentIndex(view.model().index(0, 0))
            view.viewport().update()

    def _show_counts(self, now_count: int) -> None:
        flood = flood_words.folded(self._desk)
        self.now_head.show_counts(now_count, [(flood, True)] if flood else [])
        counts = due_counts(self._desk.board, self._desk.clock())
        about = []
        if counts.today:
            about.append((self.tr("{n} due today").format(n=counts.today), False))
        if counts.overdue:
            about.append((self.tr("{n} overdue").format(n=counts.overdue), True))
        decide, shelved = len(self.sieve.to_decide()), self.sieve.shelved()
        if decide:
            about.append((self.tr("{n} to decide").format(n=decide), False))
        if shelved:
            now, zone = self._desk.clock(), self._desk.zone
            first = words.clock_time(min(shelved.values()), now=now, zone=zone)
            said = self.tr("{n} shelved until {time}")
            about.append((said.format(n=len(shelved), time=first), False))
        if marked := len(self._desk.bulk):
            about.insert(0, (self.tr("{n} marked").format(n=marked), True))
        if self.due_view.isHidden():
            about.insert(0, (self.tr("Alt+2 shows them"), False))
        if self.sieve.choice:  # first of all, and never out of sight
            only = self.tr("only {what}").format(what=self.sieve.name())
            about.insert(0, (only, True))
        self.due_head.show_counts(counts.total, about)
        calm = self.tr("Nothing needs you now.")
        if counts.today:
            calm = self.tr(
                "Nothing needs you now. {n} due today, Alt+2 shows them."
            ).format(n=counts.today)
        self.now_view.empty_text = dated(self._desk, calm)
        none = self.tr("Nothing has a deadline running. F2 takes a report.")
        if self.sieve.choice:
            none = self.tr("None of these. F shows the next choice.")
        self.due_view.empty_text = dated(self._desk, none)

    def keys_here(self) -> tuple[BarKey, ...]:
        """Return the letters of the lane in which the keyboard walks."""
        if not self.due_view.walked:
            flooding = self._desk.flooding
            if not (flooding.on and self.now_view.walked):
                return ()
            again = (
                self.tr("Fold again") if flooding.unfolded else self.tr("Unfold all")
            )
            return (typed("U", again),)
        bulk = self._desk.bulk
        together = self.tr("Do {n} together").format(n=len(bulk))
        marked = (typed("B", together),) if len(bulk) else ()
        shelves = self.tr("Shelve for 30 min")
        if self.sieve.choice == "shelved":
            shelves = self.tr("Back from the shelf")
        mark = typed(words.key("Space"), self.tr("Mark"), "Space")
        return *marked, mark, typed("F", self.tr("Other choice")), typed("S", shelves)

    def _on_letter(self, letter: str, row: LaneRow | None) -> None:
        if letter == "B":
            self._desk.actions.run("bulk")
            return
        if letter == "U":
            self.now_model.let_go()
            self._desk.flooding.unfold()
            self._desk.hand_moved.emit()
            return
        if letter == "F":
            self.sieve.turn()
        elif letter == "A":
            rows = self.due_model.rows()
            self._desk.bulk.toggle(each for row in rows for each in row.case_ids)
        elif letter == " ":
            self._desk.bulk.toggle(() if row is None else row.case_ids)
        elif row is not None and row.case is not None:
            self.sieve.shelve(row.case)
        elif row is not None:
            self._desk.said.emit(self._why_not_shelved(row))
            return
        self.due_model.let_go()  # it is the hand that wants the rows to move
        self.renew()
        self._desk.hand_moved.emit()

    def _why_not_shelved(self, row: LaneRow) -> str:
        """Return what to do about a row of many, which has no shelf of its own."""
        if row.heap is not None and row.heap.level == SHELVED:
            return self.tr("Its device is shelved already; Alt+8, S brings it back.")
        return self.tr("Cases are shelved one by one; Enter unfolds the row.")

    def _fit_now(self, *, at_once: bool = False) -> None:
        # Those that still wait for the hand count: they move together with this.
        due = self.due_view
        away = self._desk.flooding.on and not self._due_called and not self.sieve.choice
        away = away and not due.hasFocus() and not self.due_model.under_hand()
        rows = min(max(self._now_rows, NOW_LEAST_ROWS), NOW_MOST_ROWS)
        least = most = rows * self._desk.theme.px(ROW_HEIGHT)
        if away:  # what minutes count for has all the room, and no more than there is
            least = NOW_LEAST_ROWS * self._desk.theme.px(ROW_HEIGHT)
            most = UNLIMITED
        view = self.now_view
        stands = view.minimumHeight(), view.maximumHeight(), due.isHidden()
        if stands == (least, most, away):
            self._growing.settled()
            return
        if any(model.under_hand() for model in (self.now_model, self.due_model)):
            self._growing.touch()
        if self._growing.holds() and not at_once:
            return
        self._growing.settled()
        if away and self.window().focusWidget() is due:
            view.setFocus()  # Qt would give it to the open case, where Space ticks
        due.setVisible(not away)
        view.setMinimumHeight(least)
        view.setMaximumHeight(most)

    def _on_flooding(self) -> None:
        if not self._desk.flooding.on:  # the next one begins folded
            self._due_called = False
            for view in (self.now_view, self.due_view):
                view.unfolded -= {key for key in view.unfolded if key[0] == "heap"}
        self.renew()

    def _repaint(self, *_ignored: object) -> None:
        self.now_view.viewport().update()
        self.due_view.viewport().update()

    def _on_second(self) -> None:
        for view, model in (
            (self.now_view, self.now_model),
            (self.due_view, self.due_model),
        ):
            if model.new_count and view.verticalScrollBar().value() == 0:
                model.seen()
        self.renew()

    def _on_tick(self) -> None:
        for model in (self.now_model, self.due_model):
            model.settle()
        self._fit_now()
        now = self._desk.clock()
        phase = (now.second % 2, now.microsecond < 500_000)
        if phase == self._blink:
            return
        self._blink = phase
        for view, model in (
            (self.now_view, self.now_model),
            (self.due_view, self.due_model),
        ):
            if any(row.unacknowledged for row in model.rows()):
                view.viewport().update()

    def _on_opened(self, case_id: int | None) -> None:
        for view, model in (
            (self.now_view, self.now_model),
            (self.due_view, self.due_model),
        ):
            index = next(
                (i for i, row in enumerate(model.rows()) if row.case_id == case_id), -1
            )
            if case_id is not None and index >= 0:
                view.setCurrentIndex(model.index(index, 0))
            else:
                view.clearSelection()
        self._repaint()
