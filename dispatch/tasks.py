"""Tasks for terminals: what stands for whom, worked out from the changes.

A task is one sending of a unit to a case; sent again it is another one. Nothing
here knows a socket: the intake asks what to say to which device.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dispatch import wire
from dispatch.case_log import SENDS
from dispatch.case_states import SENT
from dispatch.cases import Case, CaseState, LogEntry
from dispatch.changes import CaseChanged
from dispatch.packing import CaseGlance
from dispatch.taxonomy import Taxonomy


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A task that stands for a unit."""

    unit_id: str
    task: wire.Task


@dataclass(frozen=True, kw_only=True, slots=True)
class ForUnit:
    """Something to say to a unit's terminals."""

    unit_id: str
    body: wire.Task | wire.Recalled


class TaskBoard:
    """What stands for each unit.

    Thread: the intake's.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._sendings: dict[int, int] = {}
        self._sent_at: dict[int, datetime] = {}
        self._standing: dict[int, Standing] = {}

    def load(self, cases: Iterable[Case], entries: Iterable[LogEntry]) -> None:
        """Begin with what a snapshot holds."""
        self._sendings.clear()
        self._sent_at.clear()
        self._standing.clear()
        self._note_times(entries)
        for case in cases:
            self._sendings[case.case_id] = case.sending
            if case.state in SENT and case.unit_id:
                self._standing[case.case_id] = self._stand(case)

    def apply(self, change: CaseChanged) -> list[ForUnit]:
        """Take in a change; return what terminals must hear at once."""
        case = change.case
        self._note_times(change.entries)
        self._sendings[case.case_id] = case.sending
        before = self._standing.pop(case.case_id, None)
        if not case.state.is_open:
            self._sendings.pop(case.case_id, None)
            self._sent_at.pop(case.case_id, None)
        said: list[ForUnit] = []
        now = None
        if case.state in SENT and case.unit_id:
            now = self._standing[case.case_id] = self._stand(case)
        gone = before is not None and (now is None or now.task.task != before.task.task)
        if before is not None and gone and not _done(case.state):
            said.append(
                ForUnit(
                    unit_id=before.unit_id,
                    body=wire.Recalled(
                        task=before.task.task, reason=_recall_reason(change)
                    ),
                )
            )
        if now is not None and (before is None or gone):
            said.append(ForUnit(unit_id=now.unit_id, body=now.task))
        return said

    def concerns(self, case: CaseGlance) -> bool:
        """Return whether a change is one for `apply`; what is not is taken in here.

        Most are alarms that repeat themselves, and nobody was sent.
        """
        if case.state in SENT or case.case_id in self._standing:
            return True
        if case.state < CaseState.CLOSED:
            self._sendings[case.case_id] = case.sending
        else:
            self._sendings.pop(case.case_id, None)
            self._sent_at.pop(case.case_id, None)
        return False

    def standing(self, unit_id: str) -> list[wire.Task]:
        """Return the tasks that stand for a unit, oldest first."""
        return [
            standing.task
            for standing in self._standing.values()
            if standing.unit_id == unit_id
        ]

    def unsigned(self) -> list[ForUnit]:
        """Return every offer that still waits for an answer."""
        return [
            ForUnit(unit_id=standing.unit_id, body=standing.task)
            for standing in self._standing.values()
            if not standing.task.signed
        ]

    def is_stale(self, task: str) -> bool:
        """Return whether a task was followed by another sending of its case.

        Early, and on what was heard so far: the handler decides.
        """
        case_id, _, sending = task.partition(".")
        return int(sending) < self._sendings.get(int(case_id), 0)

    def _note_times(self, entries: Iterable[LogEntry]) -> None:
        for entry in entries:
            if entry.action in SENDS:
                self._sent_at[entry.case_id] = entry.at

    def _stand(self, case: Case) -> Standing:
        category = self._taxonomy.category(case.category)
        task = wire.Task(
            task=f"{case.case_id}.{case.sending}",
            case_number=case.number,
            category=case.category,
            category_zh=category.name_zh,
            category_en=category.name_en,
            severity=case.severity,
            place_name=case.place_name,
            where=wire.Where(lon=case.point.lon, lat=case.point.lat),
            details=case.details,
            offered_at=self._sent_at.get(case.case_id, case.opened_at),
            signed=case.state is not CaseState.DISPATCHED,
        )
        return Standing(unit_id=case.unit_id, task=task)


def _done(state: CaseState) -> bool:
    """Return whether the unit itself ended its task, so that nobody need tell it."""
    return CaseState.FEEDBACK <= state <= CaseState.CLOSED


def _recall_reason(change: CaseChanged) -> str:
    for entry in change.entries:
        if entry.from_state in SENT and entry.to_state not in SENT:
            return "" if entry.action == "return" else entry.text
    return ""
