"""The question what a unit says on the telephone, and having the answer entered."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console import by_phone, words
from console.panels.case_choices import InlineChoice
from dispatch.cases import Case
from dispatch.numbers import UNIT, NumberOf
from dispatch.phone_commands import ArriveByPhone, FinishByPhone, SignByPhone

if TYPE_CHECKING:
    from console.desk import Desk

_SAID = {"sign": SignByPhone, "arrive": ArriveByPhone, "finish": FinishByPhone}


class PhoneQuestion(QObject):
    """What may be answered on the telephone now, as it was asked.

    Thread: UI only.

    Attributes:
        answers: What can be said, as stable words.
    """

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._unit_id = ""
        self.answers: list[str] = []

    def begin(self, case: Case | None) -> str:
        """Begin to ask about a case; return the question, "" where nobody is out."""
        unit = by_phone.sent_unit(self._desk, case) if case is not None else None
        if case is None or unit is None:
            return ""
        self.answers, self._unit_id = by_phone.answers(case), unit.unit_id
        if unit.phone:
            owner = NumberOf(kind=UNIT, ref=unit.unit_id)
            self._desk.actions.note_numbers(case.case_id, (owner,))
        number = unit.phone or self.tr("(no number)")
        return self.tr("Telephone {name} {number}: what is said?").format(
            name=unit.name, number=number
        )

    def texts(self) -> list[str]:
        """Return the answers in words."""
        return [words.log_action(each) for each in self.answers]

    def words_hint(self) -> str:
        """Return what the line of words is for, or "" where none is wanted."""
        return self.tr("What was done") if "finish" in self.answers else ""

    def wordy(self) -> tuple[int, ...]:
        """Return the answers that are nothing without words."""
        return tuple(i for i, said in enumerate(self.answers) if said == "finish")

    def carries_words(self, index: int) -> bool:
        """Return whether an answer takes the typed words with it."""
        return self.answers[index] == "finish"

    def is_late(self, case: Case) -> bool:
        """Return whether the case went on while it was asked."""
        return case.unit_id != self._unit_id or by_phone.answers(case) != self.answers

    def listen(self, choice: InlineChoice | None) -> None:
        """Let words mean the last answer, what was done, and Enter after them say it."""
        if choice is not None:
            choice.answer_in_line()

    def say(self, case: Case, index: int, text: str) -> str:
        """Have entered what was said; return the command's id."""
        said = self.answers[index]
        return self._desk.actions.submit_case(
            _SAID[said],
            case,
            action="phone",
            unit_id=self._unit_id,
            at=self._desk.clock(),
            **({"text": text} if self.carries_words(index) else {}),
        )
