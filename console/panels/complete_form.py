"""Completing the report of the open case: who, by which way, what else was said."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from console import words
from console.bar_keys import ANSWER, BarKey, HasKeys
from console.drafts import CHANNELS
from console.keys import OWN_KEYS
from console.panels.channel_choice import ChannelChoice
from console.pending import Pending
from console.theme import ROW
from dispatch.case_commands import CompleteCase
from dispatch.cases import Case
from dispatch.commands import Refused
from dispatch.numbers import REPORTER, NumberOf

if TYPE_CHECKING:
    from console.desk import Desk


class CompleteForm(HasKeys, QWidget):
    """What a report lacked: Enter saves it, Esc puts it away with its text kept.

    It stands until the service has answered, and longer where that refused it.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", holder: QWidget) -> None:
        super().__init__(holder)
        self._holder = holder  # has the keyboard until the answer is there
        self.setProperty(OWN_KEYS, True)
        self._desk = desk
        self._case_id: int | None = None
        self._filled: dict[str, str] = {}  # as the case said it when the form opened
        self._sent = ""  # the command whose answer is awaited
        self.channels = ChannelChoice(desk)
        self.reporter, self.phone, self.more = QLineEdit(), QLineEdit(), QLineEdit()
        self._labels: list[QLabel] = []
        p = desk.theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(p(16), p(8), p(16), p(8))
        grid.setHorizontalSpacing(p(8))
        grid.setVerticalSpacing(p(6))
        grid.setColumnMinimumWidth(0, p(88))
        for row, field in enumerate(self._fields()):
            label = QLabel()
            label.setFont(desk.theme.font(ROW))
            label.setProperty("look", "second")
            label.setBuddy(field)
            self._labels.append(label)
            field.setFont(desk.theme.font(ROW))
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        for line in (self.reporter, self.phone, self.more):
            line.returnPressed.connect(self.answer)
            line.textChanged.connect(desk.hand_moved)
        self.name_words()
        self.hide()
        desk.case_opened.connect(self._on_opened)
        desk.actions.answered.connect(self._on_answered)
        desk.looks.changed.connect(self.name_words)

    def name_words(self) -> None:
        """Say what is to be typed, in the desk's language."""
        names = (
            self.tr("Came by"),
            self.tr("Reporter"),
            self.tr("Telephone"),
            self.tr("Also said"),
        )
        for label, name in zip(self._labels, names, strict=True):
            label.setText(name)
        self.more.setPlaceholderText(self.tr("What was said since"))
        self.channels.name_words()

    def start(self) -> None:
        """Take the keyboard, with what is known of the report."""
        case = self._desk.case
        if case is None:
            return
        if self._case_id != case.case_id:
            self._case_id = case.case_id
            self._fill(case)
        self.show()
        fields = (self.reporter, self.phone, self.more)
        first = next((each for each in fields if not each.text()), self.more)
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return what saves it, and what puts it away."""
        away = BarKey(words.key("Esc"), self.tr("Put away"), "back")
        if not self.isEnabled():
            return (away,)
        return BarKey(words.key("Num+Enter"), self.tr("Complete"), ANSWER), away

    def answer(self) -> None:
        """Have written down what is new."""
        case = self._desk.case
        if case is None or case.case_id != self._case_id or self._sent:
            return
        said = self._said(case)
        # Only what was changed here: another seat may have filled in the rest.
        new = {name: text for name, text in said.items() if text != self._filled[name]}
        more = self.more.text().strip()
        if more:
            new["details"] = "\n".join(each for each in (case.details, more) if each)
        self._sent = self._desk.actions.submit_case(
            CompleteCase, case, action="complete", **new
        )
        self._holder.setFocus()
        self.setEnabled(False)

    # -- inside -----------------------------------------------------------------------

    def _fields(self) -> tuple[QWidget, ...]:
        return self.channels, self.reporter, self.phone, self.more

    def _fill(self, case: Case) -> None:
        if case.channel in CHANNELS:
            self.channels.index = CHANNELS.index(case.channel)
        self.channels.setEnabled(case.channel in CHANNELS)
        self.reporter.setText(case.reporter_name)
        self.phone.setText(case.reporter_phone)
        self.more.clear()
        self._filled = self._said(case)
        if case.reporter_phone:  # it stands there to be read
            self._desk.actions.note_numbers(case.case_id, (NumberOf(kind=REPORTER),))

    def _said(self, case: Case) -> dict[str, str]:
        return {
            "reporter_name": self.reporter.text().strip(),
            "reporter_phone": self.phone.text().strip(),
            "channel": self._channel(case),
        }

    def _channel(self, case: Case) -> str:
        if not self.channels.isEnabledTo(self):
            return case.channel
        return CHANNELS[self.channels.index]

    def _on_opened(self, _case_id: int | None) -> None:
        self._case_id, self._sent = None, ""
        self.setEnabled(True)
        self.hide()

    def _on_answered(self, pending: Pending, refused: Refused | None) -> None:
        if pending.command_id != self._sent:
            return
        self._sent = ""
        self.setEnabled(True)
        if refused is None:
            self._case_id = None
            self.hide()
        elif self._holder.hasFocus():
            self.start()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)  # Enter ends here: the line had it
