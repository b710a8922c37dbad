"""The question who was called back about a case, and having it written down."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from console import words
from console.panels.case_choices import InlineChoice
from dispatch.case_commands import NoteCallBack
from dispatch.cases import Case
from dispatch.joining import OwedCall, owed_calls, short_number

if TYPE_CHECKING:
    from console.desk import Desk


class CalledQuestion(QObject):
    """Whom the case owed a call, as it was asked.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._owed: tuple[OwedCall, ...] = ()

    def begin(self, case: Case) -> dict[str, Any]:
        """Begin to ask about a case; return how it is asked, see `InlineChoice`."""
        self._owed = owed_calls(case)
        return {
            "title": self.tr("Who was called back, and what did they say?"),
            "answers": [self._caller(owed) for owed in self._owed],
            "words_hint": self.tr("What they said"),
            "deed": self.tr("Called back: {answer}"),
            "wordy": range(len(self._owed)),
        }

    def listen(self, choice: InlineChoice | None) -> None:
        """Let Enter after the words have them written down."""
        if choice is not None and choice.line is not None:
            choice.answer_in_line(means_last=len(self._owed) == 1)

    def is_late(self, case: Case) -> bool:
        """Return whether somebody was called, or waits anew, since it was asked."""
        return owed_calls(case) != self._owed

    def say(self, case: Case, index: int, text: str) -> str:
        """Have written down what they said; return the command's id."""
        owed = self._owed[index]
        command = NoteCallBack(
            actor=self._desk.actor, case_id=owed.case_id, text=text.strip()
        )
        return self._desk.actions.submit(
            command, action="called_back", case_id=case.case_id
        )

    def _caller(self, owed: OwedCall) -> str:
        case = self._desk.board.cases.get(owed.case_id)
        name = words.masked(case.reporter_name) if case is not None else ""
        return f"{short_number(owed.number)} {name}".strip()
