"""What the sections of the page 画面墙 are made of: a list by keyboard, rows of buttons."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from console.theme import MIN, ROW

if TYPE_CHECKING:
    from console.desk import Desk

LINE = 36
LEAST_LINES = 2  # where the window is low


class PlainList(QListWidget):
    """Rows by keyboard: arrows walk, Enter acts, Delete takes away.

    Thread: UI only.

    Attributes:
        empty: What stands there where there is no row.

    Signals:
        entered_row: Enter, or a double click; the row.
        removed_row: Delete; the row.
        keyed: Another key, with the row; whoever knows it.
    """

    entered_row = Signal(int)
    removed_row = Signal(int)
    keyed = Signal(int, int)

    def __init__(self, desk: "Desk", lines: int) -> None:
        super().__init__()
        self._desk = desk
        self._lines = lines
        self.empty = ""
        self.setFont(desk.theme.font(ROW))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setMinimumHeight(self._high(LEAST_LINES))
        self.itemDoubleClicked.connect(
            lambda item: self.entered_row.emit(self.row(item))
        )

    def _high(self, lines: int) -> int:
        return lines * self._desk.theme.px(LINE) + self._desk.theme.px(6)

    def show_rows(self, texts: Sequence[str], chosen: int = 0) -> None:
        """Show these rows; the chosen one stays chosen as far as there is one."""
        high = self._desk.theme.px(LINE)
        if [self.item(n).text() for n in range(self.count())] != list(texts):
            self.blockSignals(True)
            self.clear()
            for text in texts:
                item = QListWidgetItem(text)
                item.setSizeHint(QSize(0, high))
                item.setToolTip(text)
                self.addItem(item)
            self.blockSignals(False)
        if texts:
            self.setCurrentRow(min(max(chosen, 0), len(texts) - 1))
        self.viewport().update()

    # Qt

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._high(self._lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.currentRow(), event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if row >= 0 and not event.isAutoRepeat():
                self.entered_row.emit(row)
        elif key == Qt.Key.Key_Delete:
            if row >= 0 and not event.isAutoRepeat():
                self.removed_row.emit(row)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Equal):
            self.keyed.emit(row, key)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.count() == 0 and self.empty:
            painter = QPainter(self.viewport())
            painter.setPen(self._desk.theme.text2)
            p = self._desk.theme.px
            room = self.viewport().rect().adjusted(p(8), p(6), -p(8), 0)
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
            painter.drawText(room, int(flags), self.empty)
            painter.end()


def button(
    desk: "Desk", act: Callable[[], object], *, checkable: bool = False
) -> QPushButton:
    """Return a button of the page; its words come later. Enter presses it too."""
    made = QPushButton()
    made.setFont(desk.theme.font(ROW))
    made.setProperty("look", "choice")
    made.setCheckable(checkable)
    made.setAutoDefault(True)
    made.clicked.connect(lambda _checked=False: act())
    return made


def field(desk: "Desk", hint_width: int = 0) -> QLineEdit:
    """Return a field of the page; so wide, or as wide as there is room."""
    made = QLineEdit()
    made.setFont(desk.theme.font(ROW))
    if hint_width:
        made.setFixedWidth(desk.theme.px(hint_width))
    return made


def label(desk: "Desk", look: str = "second", size: int = MIN) -> QLabel:
    """Return words of the page that wrap."""
    made = QLabel()
    made.setFont(desk.theme.font(size))
    made.setWordWrap(True)
    made.setProperty("look", look)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made


def side_by_side(desk: "Desk", *widgets: QWidget | None) -> QHBoxLayout:
    """Return widgets in a row; None is where room is left."""
    row = QHBoxLayout()
    row.setSpacing(desk.theme.px(6))
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return row


class Twice:
    """A button that asks: pressed once it says what it would overwrite, twice it does.

    Thread: UI only.
    """

    def __init__(self) -> None:
        self._asked: object = None

    def asked(self, about: object) -> bool:
        """Return whether it was asked about this; ask now where it was not."""
        was, self._asked = self._asked == about, about
        if was:
            self._asked = None
        return was

    def stands(self, about: object) -> bool:
        """Return whether the question about this stands."""
        return self._asked == about

    def forget(self) -> None:
        """Take the question back."""
        self._asked = None


class Part(QWidget):
    """A section of the page: a list, under it what is done with the row chosen.

    Thread: UI only.

    Args:
        desk: Its scenes, tours and schedule.
        shown: How many rows of the list are seen.

    Signals:
        told: A sentence for whoever pressed.
    """

    told = Signal(str)

    def __init__(self, desk: "Desk", shown: int) -> None:
        super().__init__()
        self._desk, self._book = desk, desk.wall
        self.list = PlainList(desk, shown)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(desk.theme.px(8))
        self.setFocusProxy(self.list)
