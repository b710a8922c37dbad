"""Tasks for terminals: what stands for whom, worked out from the changes.

A task is one sending of a unit to a case, or one call for its help with a case of
another's, 协办; sent or called again it is another one. Nothing here knows a socket:
the intake asks what to say to which device.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from dispatch import wire
from dispatch.case_forces import DECLINE, LEAVE
from dispatch.case_log import SENDS
from dispatch.case_states import ATTENDED, SENT
from dispatch.cases import Case, CaseState, LogEntry
from dispatch.changes import CaseChanged
from dispatch.course import Force
from dispatch.packing import CaseGlance
from dispatch.task_names import task_name, task_parts
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
        self._standing: dict[int, dict[str, Standing]] = {}  # by case, then by task

    def load(self, cases: Iterable[Case], entries: Iterable[LogEntry]) -> None:
        """Begin with what a snapshot holds."""
        self._sendings.clear()
        self._sent_at.clear()
        self._standing.clear()
        self._note_times(entries)
        for case in cases:
            self._sendings[case.case_id] = case.sending
            if standing := self._of(case):
                self._standing[case.case_id] = standing

    def apply(self, change: CaseChanged) -> list[ForUnit]:
        """Take in a change; return what terminals must hear at once."""
        case = change.case
        self._note_times(change.entries)
        self._sendings[case.case_id] = case.sending
        before = self._standing.pop(case.case_id, {})
        if not case.state.is_open:
            self._sendings.pop(case.case_id, None)
            self._sent_at.pop(case.case_id, None)
        if now := self._of(case):
            self._standing[case.case_id] = now
        said: list[ForUnit] = []
        for task, old in before.items():
            if task not in now and not _ended_itself(change, old):
                reason = "" if old.task.helping else _recall_reason(change)
                body = wire.Recalled(task=task, reason=reason)
                said.append(ForUnit(unit_id=old.unit_id, body=body))
        said += [
            ForUnit(unit_id=new.unit_id, body=new.task)
            for task, new in now.items()
            if task not in before
        ]
        return said

    def concerns(self, case: CaseGlance) -> bool:
        """Return whether a change is one for `apply`; what is not is taken in here.

        Most are alarms that repeat themselves, and nobody was sent.
        """
        if case.state in ATTENDED or case.case_id in self._standing:
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
            standing.task for standing in self._all() if standing.unit_id == unit_id
        ]

    def unsigned(self) -> list[ForUnit]:
        """Return every offer that still waits for an answer."""
        return [
            ForUnit(unit_id=standing.unit_id, body=standing.task)
            for standing in self._all()
            if not standing.task.signed
        ]

    def is_stale(self, task: str) -> bool:
        """Return whether a task was followed by another sending of its case.

        Early, and on what was heard so far: the handler decides.
        """
        case_id, number, helping = task_parts(task)
        return not helping and number < self._sendings.get(case_id, 0)

    def _all(self) -> Iterator[Standing]:
        return (one for of_case in self._standing.values() for one in of_case.values())

    def _note_times(self, entries: Iterable[LogEntry]) -> None:
        for entry in entries:
            if entry.action in SENDS:
                self._sent_at[entry.case_id] = entry.at

    def _of(self, case: Case) -> dict[str, Standing]:
        """Return what stands for whoever answers for a case, and for those who help."""
        found: dict[str, Standing] = {}
        if case.state in SENT and case.unit_id:
            name = task_name(case.case_id, case.sending)
            found[name] = self._stand(case, name)
        for call, force in enumerate(case.course.forces, 1):
            if force.unit_id and force.left_at is None:
                name = task_name(case.case_id, call, helping=True)
                found[name] = self._stand(case, name, force)
        return found

    def _stand(self, case: Case, name: str, force: Force | None = None) -> Standing:
        category = self._taxonomy.category(case.category)
        if force is None:
            unit_id, details = case.unit_id, case.details
            offered_at = self._sent_at.get(case.case_id, case.opened_at)
            signed = case.state is not CaseState.DISPATCHED
        else:
            unit_id, offered_at = force.unit_id, force.called_at
            details = " · ".join(filter(None, (force.text, case.details)))
            signed = force.has_signed
        task = wire.Task(
            task=name,
            case_number=case.number,
            category=case.category,
            category_zh=category.name_zh,
            category_en=category.name_en,
            severity=case.severity,
            place_name=case.place_name,
            where=wire.Where(lon=case.point.lon, lat=case.point.lat),
            details=details,
            offered_at=offered_at,
            signed=signed,
            helping=force is not None,
        )
        return Standing(unit_id=unit_id, task=task)


def _ended_itself(change: CaseChanged, old: Standing) -> bool:
    """Return whether the unit itself ended its task, so that nobody need tell it."""
    if not old.task.helping:
        return CaseState.FEEDBACK <= change.case.state <= CaseState.CLOSED
    return any(
        entry.actor == old.unit_id and entry.action in (LEAVE, DECLINE)
        for entry in change.entries
    )


def _recall_reason(change: CaseChanged) -> str:
    for entry in change.entries:
        if entry.from_state in SENT and entry.to_state not in SENT:
            return "" if entry.action == "return" else entry.text
    return ""
