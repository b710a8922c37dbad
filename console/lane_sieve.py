"""What of the lane 时限 is shown: a choice by key, and what was put aside for a while.

What is put aside comes back by itself: at its time, as soon as anything is done to it,
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

ASIDE_FOR: Final = timedelta(minutes=30)
CHOICES: dict[str, object] = {
    "": QT_TRANSLATE_NOOP("Sieve", "all"),
    "mine": QT_TRANSLATE_NOOP("Sieve", "mine"),
    "decide": QT_TRANSLATE_NOOP("Sieve", "to decide"),
    "today": QT_TRANSLATE_NOOP("Sieve", "due today"),
    "overdue": QT_TRANSLATE_NOOP("Sieve", "overdue"),
    "aside": QT_TRANSLATE_NOOP("Sieve", "put aside"),
}


class Sieve:
    """Chooses among the rows of 时限.

    Thread: UI only.

    Attributes:
        choice: A key of `CHOICES`.
    """

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._aside: dict[int, tuple[datetime, int]] = {}  # until when, which version
        self.choice = ""

    def turn(self) -> None:
        """Take the next choice."""
        names = list(CHOICES)
        self.choice = names[(names.index(self.choice) + 1) % len(names)]

    def name(self) -> str:
        """Return what the choice is called."""
        return QCoreApplication.translate("Sieve", str(CHOICES[self.choice]))

    def put_aside(self, case: Case) -> None:
        """Put a case aside for half an hour, or bring it back."""
        if self._aside.pop(case.case_id, None) is None:
            until = self._desk.clock() + ASIDE_FOR
            self._aside[case.case_id] = until, case.version

    def aside(self) -> dict[int, datetime]:
        """Return the cases that are aside still, and until when."""
        now, cases = self._desk.clock(), self._desk.board.cases
        for case_id, (until, version) in list(self._aside.items()):
            case = cases.get(case_id)
            if case is None or case.version != version or until <= now:
                del self._aside[case_id]
        return {case_id: until for case_id, (until, _) in self._aside.items()}

    def to_decide(self) -> list[Case]:
        """Return the cases that wait for this seat's decision, closed ones too."""
        return [
            case
            for case in self._desk.board.cases.values()
            if may_decide(self._desk, case)
        ]

    def rows(self) -> list[LaneRow]:
        """Return the rows of the choice, in the lane's order."""
        board, now, aside = self._desk.board, self._desk.clock(), self.aside()
        if self.choice == "decide":
            found = [row_of(case, now) for case in self.to_decide()]
            return sorted(found, key=lambda row: (row.due_at, row.key))
        midnight = end_of_day(board, now)

        def keeps(case: Case) -> bool:
            if (case.case_id in aside) != (self.choice == "aside"):
                return False
            if self.choice == "mine":
                return has(self._desk.actor, case)
            if self.choice == "today":
                return now <= due_at(case) < midnight
            return self.choice != "overdue" or due_at(case) < now

        return due_lane(board, now, keep=keeps, fold=not self.choice)
