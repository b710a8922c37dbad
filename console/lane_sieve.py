"""What of the lane 时限 is shown: a choice by key, and what was shelved for a while.

What is shelved comes back by itself: at its time, as soon as anything is done to it,
and with the desk's next start. The lane 现在 has neither: nothing covers it.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.case_marks import may_decide
from console.who import has
from dispatch.cases import Case
from dispatch.queueing import LaneRow, due_at, due_lane, end_of_day, row_of

if TYPE_CHECKING:
    from console.desk import Desk

SHELVED_FOR: Final = timedelta(minutes=30)
CHOICES: dict[str, object] = {
    "": QT_TRANSLATE_NOOP("Sieve", "all"),
    "mine": QT_TRANSLATE_NOOP("Sieve", "mine"),
    "decide": QT_TRANSLATE_NOOP("Sieve", "to decide"),
    "today": QT_TRANSLATE_NOOP("Sieve", "due today"),
    "overdue": QT_TRANSLATE_NOOP("Sieve", "overdue"),
    "shelved": QT_TRANSLATE_NOOP("Sieve", "shelved"),
}


class Sieve:
    """Chooses among the rows of 时限.

    Thread: UI only.

    Attributes:
        choice: A key of `CHOICES`.
    """

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._shelved: dict[int, tuple[datetime, object]] = {}  # until when, as it was
        self.choice = ""

    def turn(self) -> None:
        """Take the next choice."""
        names = list(CHOICES)
        self.choice = names[(names.index(self.choice) + 1) % len(names)]

    def name(self) -> str:
        """Return what the choice is called."""
        return QCoreApplication.translate("Sieve", str(CHOICES[self.choice]))

    def shelve(self, case: Case) -> None:
        """Shelve a case for half an hour, or bring it back."""
        if self._shelved.pop(case.case_id, None) is None:
            until = self._desk.clock() + SHELVED_FOR
            self._shelved[case.case_id] = until, self._stands(case)

    def shelved(self) -> dict[int, datetime]:
        """Return the cases that are shelved still, and until when."""
        now, cases = self._desk.clock(), self._desk.board.cases
        for case_id, (until, stood) in list(self._shelved.items()):
            case = cases.get(case_id)
            if case is None or self._stands(case) != stood or until <= now:
                del self._shelved[case_id]
        return {case_id: until for case_id, (until, _) in self._shelved.items()}

    def _stands(self, case: Case) -> object:
        """Return what is another as soon as anything is done to a case."""
        lines = len(self._desk.board.entries(case.case_id))
        return case.version, case.severity, case.alarm_count, lines

    def to_decide(self) -> list[Case]:
        """Return the cases that wait for this seat's decision, closed ones too."""
        return [
            case
            for case in self._desk.board.cases.values()
            if may_decide(self._desk, case)
        ]

    def rows(self) -> list[LaneRow]:
        """Return the rows of the choice, in the lane's order."""
        board, now, shelved = self._desk.board, self._desk.clock(), self.shelved()
        if self.choice == "decide":
            found = [row_of(case, now) for case in self.to_decide()]
            return sorted(found, key=lambda row: (row.due_at, row.key))
        midnight = end_of_day(board, now)

        def keeps(case: Case) -> bool:
            if (case.case_id in shelved) != (self.choice == "shelved"):
                return False
            if self.choice == "mine":
                return has(self._desk.actor, case)
            if self.choice == "today":
                return now <= due_at(case) < midnight
            return self.choice != "overdue" or due_at(case) < now

        return due_lane(board, now, keep=keeps, fold=not self.choice)
