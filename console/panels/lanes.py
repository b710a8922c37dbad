"""The two lanes: what waits. Now, in which minutes count; Due, by time left."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QVBoxLayout,
    QWidget,
)

from console import tile_drag, words
from console.bar_keys import BarKey, typed
from console.lane_sieve import Sieve
from console.models import ROW_ROLE, Hand, LaneModel
from console.notices import dated
from console.panels.lane_rows import ROW_HEIGHT, LaneDelegate, LaneHead
from console.send_drops import CASE_HIT, Hit, SendDrops
from dispatch.cases import Case
from dispatch.queueing import LaneRow, due_at, due_counts, now_lane
from video.tile_content import CASE, TileRef

if TYPE_CHECKING:
    from console.desk import Desk

NOW_LEAST_ROWS = 5
NOW_MOST_ROWS = 8
LETTERS_END = 128  # of the codes of keys that are characters


class LaneView(QListView):
    """One lane's rows; the keyboard walks, Enter opens.

    Thread: UI only.

    Signals:
        unfold_wanted: The department of a folded row that was entered.
        keyed: A letter of `letters`, and the row walked to or None.
    """

    def __init__(
        self, desk: "Desk", model: LaneModel, *, shows_age: bool, empty_hint: str = ""
    ) -> None:
        super().__init__()
        self._desk = desk
        self._lane = model
        self._walked = False
        self.empty_text = empty_hint
        self.letters = ""
        self.setModel(model)
        self.setItemDelegate(LaneDelegate(desk, shows_age=shows_age, parent=self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(desk.theme.px(ROW_HEIGHT))
        self.clicked.connect(self.activate)
        self.drops = SendDrops(desk, self.viewport(), self._hit)

    @property
    def walked(self) -> bool:
        """Return whether the keyboard is on it: the ring shows, Enter opens."""
        return self._walked

    @walked.setter
    def walked(self, on: bool) -> None:
        self._walked = on
        self._desk.hand_moved.emit()

    def enter_steps(self) -> bool:
        """Return whether Enter does the highlighted step, not open a row."""
        index = self.currentIndex()
        row = index.data(ROW_ROLE) if self.walked and index.isValid() else None
        return row is None or (
            row.case_id is not None and row.case_id == self._desk.open_case_id
        )

    def activate(self, index: QModelIndex) -> None:
        """Open what a row is about."""
        row = index.data(ROW_ROLE)
        if row is None:
            return
        if row.case_id is not None:
            self._desk.open_case(row.case_id)
        else:
            self.unfold_wanted.emit(row.department)

    def _hit(self, at: QPointF) -> Hit | None:
        """Return the case whose row stands at a pixel, for somebody to be sent to."""
        self._lane.touch()  # a hand that carries is on it too
        index = self.indexAt(at.toPoint())
        row = index.data(ROW_ROLE)
        if row is None or row.case_id is None:
            return None
        return Hit(CASE_HIT, row.case_id, QRectF(self.visualRect(index)))

    unfold_wanted = Signal(str)
    keyed = Signal(str, object)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._lane.touch()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.isAutoRepeat():
                return
            if self.enter_steps():
                self._desk.actions.run("step")
            else:
                self.walked = False
                self.activate(self.currentIndex())
            return
        if event.key() in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
        ):
            super().keyPressEvent(event)
            self.walked = True
            return
        letter = chr(event.key()) if event.key() < LETTERS_END else ""
        if letter and letter in self.letters:
            if not event.isAutoRepeat():
                index = self.currentIndex()
                row = index.data(ROW_ROLE) if self.walked else None
                self.keyed.emit(letter, row)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.walked = False

    def startDrag(self, _supported: Qt.DropAction) -> None:
        row = self.currentIndex().data(ROW_ROLE)
        if row is not None and row.case_id is not None:
            content = TileRef(CASE, str(row.case_id))
            tile_drag.drag(self, self._desk, content)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._lane.touch()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._lane.touch()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._lane.touch()
        if (
            " " in self.letters
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            index = self.indexAt(event.position().toPoint())
            self.keyed.emit(" ", index.data(ROW_ROLE))
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # What marks a row with Ctrl does not open it too.
        marks = " " in self.letters
        if not (marks and event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            super().mouseReleaseEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._lane.touch()
        super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._lane.rowCount() == 0 and self.empty_text:
            painter = QPainter(self.viewport())
            try:
                theme = self._desk.theme
                box = QRectF(self.viewport().rect()).adjusted(
                    theme.px(16), theme.px(8), -theme.px(16), 0
                )
                painter.setFont(theme.font())
                painter.setPen(theme.text2)
                flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
                painter.drawText(box, flags, self.empty_text)
            finally:
                painter.end()


class LanesPanel(QWidget):
    """Both lanes, one above the other; never covered, never empty of counts.

    Thread: UI only.
    """

    name = "lanes"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._unfolded: set[str] = set()
        self.sieve = Sieve(desk)
        self._blink: object = None
        self._growing = Hand(desk.clock)  # Now grows by moving the rows of Due
        self.now_model = self._model()
        self.due_model = self._model()
        self.now_head = LaneHead(desk, "")
        self.due_head = LaneHead(desk, "")
        self.now_view = LaneView(desk, self.now_model, shows_age=True)
        self.due_view = LaneView(desk, self.due_model, shows_age=False)
        self.due_view.unfold_wanted.connect(self.unfold)
        self.due_view.letters = "FSAB "
        self.due_view.keyed.connect(self._on_letter)
        self.now_model.new_rows.connect(self.now_head.show_new)
        self.due_model.new_rows.connect(self.due_head.show_new)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget in (self.now_head, self.now_view, self.due_head):
            layout.addWidget(widget)
        layout.addWidget(self.due_view, 1)
        desk.moved.connect(self.renew)
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
        now_rows = now_lane(self._desk.board, now)
        due_rows = self._unfold(self.sieve.rows())
        self.now_model.set_rows(now_rows)
        self.due_model.set_rows(due_rows)
        self._show_counts(len(now_rows))
        self._fit_now()
        self._repaint()

    def unfold(self, department: str) -> None:
        """Show a department's overdue cases one by one, or fold them again."""
        self._unfolded ^= {department}
        self.renew()

    def focus_now(self, *, by_hand: bool = True) -> None:
        """Give the keyboard to the lane Now; by hand, a row is chosen too."""
        self._focus(self.now_view, by_hand=by_hand)

    def focus_due(self) -> None:
        """Give the keyboard to the lane Due."""
        self._focus(self.due_view, by_hand=True)

    # -- inside -------------------------------------------------------------------------

    def _unfold(self, rows: list[LaneRow]) -> list[LaneRow]:
        if not self._unfolded:
            return rows
        cases = self._desk.board.cases
        shown: list[LaneRow] = []
        for row in rows:
            shown.append(row)
            if row.case is None and row.department in self._unfolded:
                shown += [
                    _unfolded_row(cases[each], row)
                    for each in sorted(
                        (each for each in row.case_ids if each in cases),
                        key=lambda each: due_at(cases[each]),
                    )
                ]
        return shown

    def _model(self) -> LaneModel:
        return LaneModel(clock=self._desk.clock, describe=self._describe, parent=self)

    def _describe(self, row: LaneRow) -> str:
        case = self._desk.board.cases.get(row.case_id or -1)
        if case is None:
            return str(row.department)
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
        self.now_head.show_counts(now_count, [])
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
        """Return the letters of the lane Due while the keyboard walks in it."""
        if not self.due_view.walked:
            return ()
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
        if letter == "F":
            self.sieve.turn()
        elif letter == "A":
            rows = self.due_model.rows()
            self._desk.bulk.toggle(each for row in rows for each in row.case_ids)
        elif letter == " ":
            self._desk.bulk.toggle(() if row is None else row.case_ids)
        elif row is not None and row.case is not None:
            self.sieve.shelve(row.case)
        self.due_model.let_go()  # it is the hand that wants the rows to move
        self.renew()
        self._desk.hand_moved.emit()

    def _fit_now(self) -> None:
        # Those that still wait for the hand count: they move together with this.
        rows = min(max(self.now_head.count, NOW_LEAST_ROWS), NOW_MOST_ROWS)
        height = rows * self._desk.theme.px(ROW_HEIGHT)
        if self.now_view.minimumHeight() == height:
            self._growing.settled()
            return
        if any(model.under_hand() for model in (self.now_model, self.due_model)):
            self._growing.touch()
        if not self._growing.holds():
            self._growing.settled()
            self.now_view.setFixedHeight(height)

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
        if any(row.unacknowledged for row in self.now_model.rows()):
            self.now_view.viewport().update()

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


def _unfolded_row(case: Case, fold: LaneRow) -> LaneRow:
    return replace(
        fold,
        key=("case", case.case_id),
        case=case,
        case_ids=(case.case_id,),
        severity=case.severity,
        since=case.opened_at,
        due_at=due_at(case),
    )
