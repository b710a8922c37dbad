"""A promise about the open case: what, to whom, and by when."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from console import words
from console.bar_keys import ANSWER, BarKey, HasKeys
from console.keys import OWN_KEYS
from console.pending import Pending
from console.promise_times import due_of
from console.theme import MIN, ROW
from dispatch.case_commands import MakePromise
from dispatch.commands import Refused

if TYPE_CHECKING:
    from console.desk import Desk


class PromiseForm(HasKeys, QWidget):
    """What was promised: Enter saves it, Esc puts it away with its text kept.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", holder: QWidget) -> None:
        super().__init__(holder)
        self._holder = holder  # has the keyboard until the answer is there
        self.setProperty(OWN_KEYS, True)
        self._desk = desk
        self._sent = ""  # the command whose answer is awaited
        self.what, self.to, self.due = QLineEdit(), QLineEdit(), QLineEdit()
        self._labels: list[QLabel] = []
        self._hint = QLabel()
        p = desk.theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(p(16), p(8), p(16), p(8))
        grid.setHorizontalSpacing(p(8))
        grid.setVerticalSpacing(p(6))
        grid.setColumnMinimumWidth(0, p(88))
        for row, field in enumerate((self.due, self.what, self.to)):
            label = QLabel()
            label.setFont(desk.theme.font(ROW))
            label.setProperty("look", "second")
            self._labels.append(label)
            field.setFont(desk.theme.font(ROW))
            field.returnPressed.connect(self.answer)
            field.textChanged.connect(self._on_text)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        self._hint.setFont(desk.theme.font(MIN))
        self._hint.setProperty("look", "quiet")
        grid.addWidget(self._hint, 3, 1)
        self.name_words()
        self.hide()
        desk.case_opened.connect(self._on_opened)
        desk.actions.answered.connect(self._on_answered)
        desk.looks.changed.connect(self.name_words)

    def name_words(self) -> None:
        """Say what is to be typed, in the desk's language."""
        names = (self.tr("Promised by"), self.tr("What"), self.tr("To"))
        for label, name in zip(self._labels, names, strict=True):
            label.setText(name)
        self.due.setPlaceholderText(self.tr("Minutes, or a time: 30, 10:55"))
        self.what.setPlaceholderText(self.tr("Call back"))
        self.to.setPlaceholderText(self.tr("The reporter"))
        self._on_text()

    def start(self) -> None:
        """Take the keyboard."""
        self.show()
        self.due.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return what saves it, once it has a time, and what puts it away."""
        away = BarKey(words.key("Esc"), self.tr("Put away"), "back")
        if not self.isEnabled() or self._due_at() is None:
            return (away,)
        return BarKey(words.key("Num+Enter"), self.tr("Promise"), ANSWER), away

    def answer(self) -> None:
        """Have the promise written down."""
        case, due = self._desk.case, self._due_at()
        if case is None or self._sent:
            return
        if due is None:
            self.due.setFocus()
            return
        self._sent = self._desk.actions.submit_case(
            MakePromise,
            case,
            action="promise",
            what=self.what.text().strip() or self.what.placeholderText(),
            to=self.to.text().strip(),
            due_at=due,
        )
        self._holder.setFocus()
        self.setEnabled(False)

    # -- inside -----------------------------------------------------------------------

    def _due_at(self) -> datetime | None:
        return due_of(self.due.text(), self._desk.clock(), self._desk.zone)

    def _on_text(self, *_ignored: object) -> None:
        due = self._due_at()
        if due is None:
            self._hint.setText(self.tr("Type by when: minutes from now, or a time."))
        else:
            now, zone = self._desk.clock(), self._desk.zone
            by = words.clock_time(due, now=now, zone=zone)
            self._hint.setText(self.tr("Until {time}. Enter saves it.").format(time=by))
        self._desk.hand_moved.emit()

    def _clear(self) -> None:
        self._sent = ""
        self.setEnabled(True)
        for field in (self.due, self.what, self.to):
            field.clear()
        self.hide()

    def _on_opened(self, _case_id: int | None) -> None:
        self._clear()

    def _on_answered(self, pending: Pending, refused: Refused | None) -> None:
        if pending.command_id != self._sent:
            return
        if refused is None:
            self._clear()
            return
        self._sent = ""
        self.setEnabled(True)
        if self._holder.hasFocus():
            self.start()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)  # Enter ends here: the line had it
