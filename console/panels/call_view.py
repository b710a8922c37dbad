"""The call that a report comes by: what is known of it, and bringing somebody in."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from console.call_rules import waiting_words
from console.calls import new_call
from console.panels.case_choices import InlineChoice
from console.panels.third_question import ThirdQuestion
from console.theme import ROW

if TYPE_CHECKING:
    from console.desk import Desk


class CallView(QWidget):
    """Stands in the form of a report; without anything to say it takes no room.

    Thread: UI only.

    Signals:
        answered: The question is put away; the keyboard belongs to the form.
    """

    answered = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._call = ""
        self._question = ThirdQuestion(desk, self)
        self._choice: InlineChoice | None = None
        self._said = QLabel()
        self._said.setFont(desk.theme.font(ROW))
        self._said.setWordWrap(True)
        self._said.setProperty("look", "second")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._said)
        desk.calls.changed.connect(self.renew)
        desk.looks.changed.connect(self.renew)
        desk.actions.wanted.connect(self._on_wanted)
        self.renew()

    @property
    def call(self) -> str:
        """Return a telephone system's name for the call, or ""."""
        return self._call

    @call.setter
    def call(self, call: str) -> None:
        self._call = call
        self.go_back()
        self.renew()

    def go_back(self) -> bool:
        """Put the question away; return whether there was one."""
        choice, self._choice = self._choice, None
        if choice is None:
            return False
        choice.hide()
        self._layout.removeWidget(choice)
        choice.deleteLater()
        self.answered.emit()
        return True

    def choice(self) -> InlineChoice | None:
        """Return the question that stands here, or None."""
        return self._choice

    def renew(self) -> None:
        """Say what is known by now; what that answers is asked no longer."""
        if self._choice is not None and self._question.is_late(None, self._call):
            self.go_back()
        text = waiting_words(self._desk, self._desk.calls.said_of(self._call))
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _on_wanted(self, what: str) -> None:
        if what != "third" or not self.isVisible() or self._choice is not None:
            return
        # A report without a call of a telephone system: what is done now finds it.
        self._call = self._call or new_call()
        how = self._question.begin(None, self._call)
        self._choice = InlineChoice(self._desk, how.pop("title"), **how)
        self._choice.chosen.connect(self._on_chosen)
        self._layout.addWidget(self._choice)
        self._choice.show()
        self._choice.start()

    def _on_chosen(self, index: int, _words: str) -> None:
        self.go_back()
        self._question.say(None, index, call=self._call)
