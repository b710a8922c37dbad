"""What is written of the open case besides notes: its report completed, calls, promises."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console import words
from console.panels.case_choices import InlineChoice
from console.panels.complete_form import CompleteForm
from console.panels.promise_form import PromiseForm
from console.report_words import short_number
from dispatch.case_commands import NoteCallBack
from dispatch.cases import Case
from dispatch.joining import OwedCall, owed_calls

if TYPE_CHECKING:
    from console.desk import Desk

CASE_FORMS = ("complete", "promise", "call_back")  # actions that write there


class CaseForms(QWidget):
    """Holds them, one at a time to be seen.

    Thread: UI only.

    Signals:
        changed: One of them came, or went.
    """

    changed = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._owed: tuple[OwedCall, ...] = ()
        self.choice: InlineChoice | None = None
        self.completing = CompleteForm(desk, self)
        self.promising = PromiseForm(desk, self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.completing)
        self._layout.addWidget(self.promising)
        for form in (self.completing, self.promising):
            form.installEventFilter(self)
        desk.case_opened.connect(self._drop_choice)

    @property
    def writing(self) -> bool:
        """Return whether one of them stands there."""
        forms = (self.completing, self.promising, self.choice)
        return any(form is not None and not form.isHidden() for form in forms)

    def begin(self, what: str) -> None:
        """Show what one of `CASE_FORMS` wants."""
        case = self._desk.case
        if case is None:
            return
        self.put_away()
        if what == "complete":
            self.completing.begin()
        elif what == "promise":
            self.promising.begin()
        else:
            self._ask_who_was_called(case)

    def put_away(self) -> bool:
        """Hide what is shown, with its text; return whether there was something."""
        if self.choice is not None:
            self._drop_choice()
            return True
        for form in (self.completing, self.promising):
            if form.isVisible():
                form.hide()
                return True
        return False

    # -- inside -----------------------------------------------------------------------

    def _ask_who_was_called(self, case: Case) -> None:
        self._owed = owed_calls(case)
        choice = InlineChoice(
            self._desk,
            self.tr("Who was called back, and what did they say?"),
            [self._caller(owed) for owed in self._owed],
            words_hint=self.tr("What they said"),
            deed=self.tr("Called back: {answer}"),
            wordy=range(len(self._owed)),
        )
        choice.chosen.connect(self._on_called)
        self.choice = choice
        self._layout.addWidget(choice)
        self.changed.emit()
        choice.start()
        choice.pick(0)
        if choice.line is not None:
            choice.line.returnPressed.connect(choice.confirm.click)
            if len(self._owed) == 1:
                choice.line.setFocus()

    def _caller(self, owed: OwedCall) -> str:
        case = self._desk.board.cases.get(owed.case_id)
        name = words.masked(case.reporter_name) if case is not None else ""
        return f"{short_number(owed.number)} {name}".strip()

    def _on_called(self, index: int, text: str) -> None:
        case, owed = self._desk.case, self._owed[index]
        self._drop_choice()
        if case is not None:
            command = NoteCallBack(
                actor=self._desk.actor, case_id=owed.case_id, text=text.strip()
            )
            self._desk.actions.submit(command, action="call_back", case_id=case.case_id)

    def _drop_choice(self, *_ignored: object) -> None:
        if self.choice is not None:
            self.choice.hide()
            self._layout.removeWidget(self.choice)
            self.choice.deleteLater()
            self.choice = None
            self.changed.emit()

    # Qt

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.changed.emit()
        return False
