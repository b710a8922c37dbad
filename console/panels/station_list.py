"""The cases of a station: to be signed for, in hand, reported done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console import part_words, words
from console.models import LaneModel
from console.panels.lane_rows import ROW_HEIGHT, LaneHead
from console.panels.lanes import LaneView
from dispatch.queueing import LaneRow, due_counts, station_lanes

if TYPE_CHECKING:
    from console.desk import Desk

MOST_ROWS = 4  # of what is to be signed for, and of what was reported done
_EDGES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class StationLane(LaneView):
    """One of the lists; the arrows lead on into the next one.

    Thread: UI only.

    Signals:
        left: Beyond its end: -1 upward, 1 downward.
    """

    left = Signal(int)

    def enter(self, step: int) -> None:
        """Take the keyboard, coming from above (1) or below (-1)."""
        self.setFocus(Qt.FocusReason.TabFocusReason)
        rows = self.model().rowCount()
        self.setCurrentIndex(self.model().index(0 if step > 0 else rows - 1, 0))
        self.walked = True
        self.viewport().update()

    def has_rows(self) -> bool:
        """Return whether there is anything in it."""
        return self.model().rowCount() > 0

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        opens = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if opens and not self.walked and self._desk.case is None and self.has_rows():
            self.enter(1)  # Enter opens the first where nobody has chosen
        step = _EDGES.get(Qt.Key(event.key()), 0)
        rows = self.model().rowCount()
        at = self.currentIndex().row() if self.walked else -1
        ends = at == (rows - 1 if step > 0 else 0) if at >= 0 else rows == 0
        if step and ends:
            self.left.emit(step)
        else:
            super().keyPressEvent(event)


class StationList(QWidget):
    """Paints the three lists, one above the other, with what each counts.

    Thread: UI only.
    """

    name = "lanes"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.models = [
            LaneModel(clock=desk.clock, describe=self._describe, parent=self)
            for _ in range(3)
        ]
        self.heads = [LaneHead(desk, "") for _ in range(3)]
        self.views = [StationLane(desk, each, shows_age=False) for each in self.models]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for at, (head, view) in enumerate(zip(self.heads, self.views, strict=True)):
            view.setDragEnabled(False)
            view.left.connect(lambda step, at=at: self._walk(at, step))
            layout.addWidget(head)
            layout.addWidget(view, int(at == 1))
        desk.moved.connect(self.renew)
        desk.second.connect(self.renew)
        desk.tick.connect(self._settle)
        desk.case_opened.connect(self._on_opened)
        desk.pending_changed.connect(self._repaint)
        desk.looks.changed.connect(self._name_words)
        self._name_words()

    def renew(self, *_ignored: object) -> None:
        """Ask for the lists again and show them."""
        scope = self._desk.actor.scope
        assert scope is not None  # it is a station's
        lanes = station_lanes(self._desk.board, self._desk.clock(), scope)
        for model, rows in zip(self.models, lanes, strict=True):
            model.set_rows(rows)
        counts = due_counts(self._desk.board, self._desk.clock())
        about = []
        if counts.today:
            about.append((self.tr("{n} due today").format(n=counts.today), False))
        if counts.overdue:
            about.append((self.tr("{n} overdue").format(n=counts.overdue), True))
        for head, rows, more in zip(self.heads, lanes, ([], about, []), strict=True):
            head.show_counts(len(rows), more)
        self._fit(lanes)
        self._repaint()

    def start(self) -> None:
        """Take the keyboard: in the first list that has something."""
        view = next((each for each in self.views if each.has_rows()), None)
        if view is None:
            self.views[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not (view.hasFocus() and view.walked):
            view.enter(1)

    # -- inside -----------------------------------------------------------------------

    def _name_words(self) -> None:
        named = (
            (self.tr("To sign for"), self.tr("Nothing is to be signed for.")),
            (
                self.tr("In hand"),
                self.tr(
                    "Nothing is in hand. What the command room sends appears here."
                ),
            ),
            (self.tr("Reported done"), self.tr("Nothing waits to be checked.")),
        )
        for head, view, (name, empty) in zip(
            self.heads, self.views, named, strict=True
        ):
            head.name(name)
            view.setAccessibleName(name)
            view.empty_text = empty
        self.renew()

    def _describe(self, row: LaneRow) -> str:
        case = row.case
        if case is None:
            return ""
        kind = words.category(self._desk.actions.taxonomy, case.category)
        state = part_words.state_text(self._desk, case)
        return f"{case.severity} {case.place_name} {kind} {state}"

    def _fit(self, lanes: Sequence[Sequence[LaneRow]]) -> None:
        row = self._desk.theme.px(ROW_HEIGHT)
        for at in (0, 2):
            height = min(max(len(lanes[at]), 1), MOST_ROWS) * row
            self.views[at].setFixedHeight(height)

    def _walk(self, at: int, step: int) -> None:
        following = self.views[at + step :] if step > 0 else self.views[:at][::-1]
        view = next((each for each in following if each.has_rows()), None)
        if view is not None:
            view.enter(step)

    def _settle(self) -> None:
        for model in self.models:
            model.settle()

    def _on_opened(self, case_id: int | None) -> None:
        for view, model in zip(self.views, self.models, strict=True):
            at = next(
                (i for i, row in enumerate(model.rows()) if row.case_id == case_id), -1
            )
            if case_id is not None and at >= 0:
                view.setCurrentIndex(model.index(at, 0))
            else:
                view.clearSelection()
        self._repaint()

    def _repaint(self, *_ignored: object) -> None:
        for view in self.views:
            view.viewport().update()
