"""Several cases done at once: marked in the lane 时限, looked at, then asked one by one.

What is offered asks the same of every case, and ends none: what ends a case is read
case by case. The preview asks the methods that the service asks; each case is a command
of its own, so that one that is refused stops no other, and says so at its row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from console import case_deeds
from console.action_rules import busy
from console.case_marks import may_decide
from dispatch.cases import Case
from dispatch.commands import Refused
from dispatch.queueing import is_unhurried

if TYPE_CHECKING:
    from console.desk import Desk

SHARED: Final = (
    *("endorse_extend", "approve_extend", "refuse_extend"),
    *("approve_suspend", "refuse_suspend", "endorse_appeal"),
    *("accept", "send_check", "check_pass"),
    *("request_extend", "request_suspend", "resume"),
    *("supervise", "unsupervise", "expedite", "unexpedite", "instruct"),
    "own_offer",  # at the end of a shift
)
A_TICK: Final = 5  # commands between two paintings: the desk stays at hand


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """What would become of one marked case.

    Attributes:
        case: The case.
        refused: Why nothing would, or None.
    """

    case: Case
    refused: Refused | None


class Bulk(QObject):
    """The marked cases of this desk, and what is done with them.

    A mark falls away with the row it stands at: where the lane 时限 has its case no
    longer, nobody could take it away.

    Thread: UI only.

    Signals:
        changed: Others are marked, or something of them was asked.
    """

    changed = Signal()

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._marked: dict[int, None] = {}  # in the order of marking
        self._asking: list[tuple[int, str, Mapping[str, object]]] = []
        desk.tick.connect(self._ask_some)
        desk.moved.connect(self._let_go)

    def __len__(self) -> int:
        return len(self.cases())

    def __contains__(self, case_id: object) -> bool:
        return case_id in self._marked

    def cases(self) -> list[Case]:
        """Return the marked cases that the board still has, as they are now."""
        cases = self._desk.board.cases
        return [cases[each] for each in self._marked if each in cases]

    def toggle(self, case_ids: Iterable[int]) -> None:
        """Mark these, or none of them where all are marked."""
        wanted = dict.fromkeys(case_ids)
        if wanted and wanted.keys() <= self._marked.keys():
            for each in wanted:
                del self._marked[each]
        else:
            self._marked |= wanted
        self.changed.emit()

    def clear(self) -> None:
        """Mark none."""
        self._marked.clear()
        self.changed.emit()

    def offers(self) -> list[str]:
        """Return what may be done with one of them at least."""
        cases = self.cases()
        return [
            action
            for action in SHARED
            if any(self._refused(case, action) is None for case in cases)
        ]

    def preview(self, action: str) -> list[Outlook]:
        """Return what would become of each."""
        return [
            Outlook(case=case, refused=self._refused(case, action))
            for case in self.cases()
        ]

    def ask(self, action: str, values: Mapping[str, object]) -> int:
        """Ask for it wherever it may be done; return for how many cases.

        Those are marked no longer; what may not be done leaves its case marked.
        """
        possible = [
            each.case.case_id
            for each in self.preview(action)
            if each.refused is None and not _lowers(each.case, action, values)
        ]
        self._asking += [(case_id, action, values) for case_id in possible]
        for each in possible:
            del self._marked[each]
        self.changed.emit()
        return len(possible)

    # -- inside -----------------------------------------------------------------------

    def _let_go(self, *_ignored: object) -> None:
        """Mark no longer what the lane has no longer."""
        kept = {case.case_id: None for case in self.cases() if self._has_row(case)}
        if len(kept) < len(self._marked):
            self._marked = kept
            self.changed.emit()

    def _has_row(self, case: Case) -> bool:
        stands = case.state.is_open and is_unhurried(case)
        return stands or may_decide(self._desk, case)

    def _refused(self, case: Case, action: str) -> Refused | None:
        desk = self._desk
        return busy(desk, case) or case_deeds.refusal_of(desk, case, action)

    def _ask_some(self) -> None:
        now, self._asking = self._asking[:A_TICK], self._asking[A_TICK:]
        for case_id, action, values in now:
            case = self._desk.board.cases.get(case_id)
            if case is not None:
                case_deeds.ask(self._desk, case, action, values)


def _lowers(case: Case, action: str, values: Mapping[str, object]) -> bool:
    """Return whether a card that a case has is as grave as the one that is to be."""
    level = values.get("level")
    return (
        action == "supervise"
        and isinstance(level, int)
        and case.course.supervision >= level
    )
