"""One lane's rows: the keyboard walks, Enter opens, letters do what the lane can."""

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
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from console import tile_drag
from console.models import ROW_ROLE, Hand, LaneModel, key_of
from console.panels.lane_rows import ROW_HEIGHT, LaneDelegate
from console.send_drops import CASE_HIT, Hit, SendDrops
from dispatch.queueing import LaneRow
from video.tile_content import CASE, TileRef

if TYPE_CHECKING:
    from console.desk import Desk

LETTERS_END = 128  # of the codes of keys that are characters


class LaneView(QListView):
    """One lane's rows; the keyboard walks, Enter opens.

    Thread: UI only.

    Signals:
        unfolding: A folded row was entered: it is shown one by one, or folded again.
        keyed: A letter of `letters`, and the row walked to or None.

    Attributes:
        unfolded: The keys of the folded rows that are shown one by one here.
    """

    def __init__(
        self, desk: "Desk", model: LaneModel, *, shows_age: bool, empty_hint: str = ""
    ) -> None:
        super().__init__()
        self._desk = desk
        self._lane = model
        self._walked = False
        self._held: LaneRow | None = None  # walked to, while rows take their places
        self._lost = Hand(desk.clock)  # the row walked to is gone
        self.unfolded: set[tuple[str, int | str]] = set()
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
        model.placing.connect(self._hold)
        model.placed.connect(self._find_again)
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
            self.unfolded ^= {row.key}
            self.unfolding.emit()

    def _hold(self) -> None:
        self._held = self.currentIndex().data(ROW_ROLE) if self.walked else None

    def _find_again(self, by_hand: bool) -> None:
        """Stay at the row walked to, or at the one that holds it now.

        Qt would put the ring on whatever stood beside it, and Enter open that.
        """
        held, self._held = self._held, None
        rows = self._lane.rows()
        if held is None or any(key_of(row) == key_of(held) for row in rows):
            return
        for index, row in enumerate(rows):
            # What was a row of many is no row of one: nobody has chosen among them.
            alike = row.case is None or held.case is not None or by_hand
            if alike and set(held.case_ids) & set(row.case_ids):
                self.setCurrentIndex(self._lane.index(index, 0))
                return
        if not by_hand:
            self._lost.touch()
            self.walked = False

    def _hit(self, at: QPointF) -> Hit | None:
        """Return the case whose row stands at a pixel, for somebody to be sent to."""
        self._lane.touch()  # a hand that carries is on it too
        index = self.indexAt(at.toPoint())
        row = index.data(ROW_ROLE)
        if row is None or row.case_id is None:
            return None
        return Hit(CASE_HIT, row.case_id, QRectF(self.visualRect(index)))

    unfolding = Signal()
    keyed = Signal(str, object)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._lane.touch()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.isAutoRepeat():
                return
            if self._lost.is_on() and not self.walked:
                # That Enter was meant for a row, not for the open case's step.
                self._desk.said.emit(self.tr("The row you were at is gone."))
            elif self.enter_steps():
                self._desk.actions.run("step")
            else:
                # Whoever unfolds a row walks on in it.
                row = self.currentIndex().data(ROW_ROLE)
                self.walked = row is not None and row.case_id is None
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
