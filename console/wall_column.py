"""Which case has the column of a wall, and which wait for it. Pure.

Who has it keeps it: a later case takes it only if it is more urgent, or if somebody
sends it there. When that one ends the earlier comes back.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Asked:
    """A case that asked for the column.

    Attributes:
        case_id: Which.
        severity: 1 is the most urgent.
        tiles: Where it was sent to, for a wall on which nobody chose a column.
    """

    case_id: int
    severity: int
    tiles: frozenset[int] = frozenset()


class Column:
    """The cases that asked for one wall's column; the first of them has it.

    Thread: whichever one owns it.
    """

    def __init__(self) -> None:
        self._asked: list[Asked] = []

    @property
    def holder(self) -> Asked | None:
        """Return the case that has the column, or None."""
        return self._asked[0] if self._asked else None

    @property
    def waiting(self) -> tuple[int, ...]:
        """Return the cases that have it after that, the next first."""
        return tuple(each.case_id for each in self._asked[1:])

    def ask(self, case_id: int, severity: int) -> None:
        """Have a case shown, now or when those before it have ended."""
        if all(each.case_id != case_id for each in self._asked):
            self._insert(Asked(case_id, severity))

    def send(self, case_id: int, severity: int, tile: int) -> None:
        """Have a case shown now, whatever it takes the place of."""
        self.withdraw(case_id)
        self._asked.insert(0, Asked(case_id, severity, frozenset({tile})))

    def withdraw(self, case_id: int) -> None:
        """Have a case shown no more."""
        self._asked = [each for each in self._asked if each.case_id != case_id]

    def follow(self, severity: Callable[[int], int | None]) -> bool:
        """Let cases go that have ended, and those before that have grown more urgent.

        Args:
            severity: Returns that of a case, None where it has ended.

        Returns:
            Whether another case has the column, or others wait for it.
        """
        before = [each.case_id for each in self._asked]
        found = [(each, severity(each.case_id)) for each in self._asked]
        rises = [
            replace(each, severity=now)
            for each, now in found[1:]
            if now is not None and now < each.severity
        ]
        self._asked = [
            replace(each, severity=now)
            for each, now in found
            if now is not None and all(each.case_id != one.case_id for one in rises)
        ]
        for each in rises:
            self._insert(each)
        return before != [each.case_id for each in self._asked]

    def _insert(self, asked: Asked) -> None:
        """Put a case before all if it is more urgent, else behind those as urgent."""
        at = 0
        while at < len(self._asked) and self._asked[at].severity <= asked.severity:
            at += 1
        self._asked.insert(at, asked)
