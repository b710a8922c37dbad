"""By which way a report came: the usual ones as buttons, the others behind one more."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QWidget

from console import words
from console.drafts import CHANNELS
from console.theme import ROW

if TYPE_CHECKING:
    from console.desk import Desk

USUAL = 3  # of `CHANNELS`; those have a button of their own


class ChannelChoice(QWidget):
    """One of the ways on which reports come.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._other = USUAL  # which one stands on the last button
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(desk.theme.px(4))
        for index in range(USUAL + 1):
            button = QPushButton()
            button.setFont(desk.theme.font(ROW))
            button.setCheckable(True)
            button.setProperty("look", "choice")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button, index)
            layout.addWidget(button)
        layout.addStretch(1)
        self._menu = QMenu(self)
        self._last = self._group.button(USUAL)
        self._last.clicked.connect(self._ask)
        self._group.button(0).setChecked(True)
        self.name_words()

    def button(self, index: int) -> QPushButton:
        """Return a button: one of the usual ways, or the last one."""
        found = self._group.button(index)
        assert isinstance(found, QPushButton)
        return found

    @property
    def index(self) -> int:
        """Return which of the `CHANNELS` it is."""
        checked = max(0, self._group.checkedId())
        return self._other if checked == USUAL else checked

    @index.setter
    def index(self, index: int) -> None:
        if not 0 <= index < len(CHANNELS):
            return
        if index >= USUAL:
            self._other = index
        self._group.button(min(index, USUAL)).setChecked(True)
        self._name_last()

    def name_words(self) -> None:
        """Say the ways in the desk's language."""
        for index in range(USUAL):
            self._group.button(index).setText(words.channel(CHANNELS[index]))
        self._menu.clear()
        for index in range(USUAL, len(CHANNELS)):
            line = self._menu.addAction(words.channel(CHANNELS[index]))
            line.triggered.connect(partial(self._choose, index))
        self._name_last()

    def _choose(self, index: int) -> None:
        self.index = index

    def _name_last(self) -> None:
        chosen = self._group.checkedId() == USUAL
        name = words.channel(CHANNELS[self._other]) if chosen else self.tr("Other")
        self._last.setText(f"{name} …")

    def _ask(self) -> None:
        self._name_last()
        below = self._last.mapToGlobal(self._last.rect().bottomLeft())
        self._menu.popup(below)
