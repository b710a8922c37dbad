"""Order of work: the lanes 现在 and 时限. Pure functions.

现在 holds what minutes count for, whoever waits longest for a first look on top;
时限 holds everything else by the time that is left.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dispatch.board import Board
from dispatch.case_parts import own_part
from dispatch.case_states import WORKING
from dispatch.cases import Case, CaseState
from dispatch.commands import Moment
from dispatch.parts import PartState
from dispatch.people import Scope
from dispatch.stages import PAUSED
from dispatch.targets import start_of, target

URGENT_SEVERITY = 2
FOLD_OVER = 7  # overdue cases one by one; more are one row a department

# A stage without a filing standard's limit: to check.
CHECK_WITHIN = timedelta(minutes=30)

# From sending to signing, by severity: as long again as sending itself may take.
SIGN_WITHIN = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(days=1),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class LaneRow:
    """One row of a lane: a case, or the overdue cases of a department.

    Attributes:
        key: What the row is about, the same as long as it is about that.
        case: The case, or None for a folded row.
        case_ids: The cases it stands for.
        severity: The worst of them.
        department: Responsible department.
        unacknowledged: Nobody has acknowledged it yet.
        since: When the (oldest) case was opened.
        due_at: When the running stage must be done; the oldest of a folded row.
        overdue: That is over.
    """

    key: tuple[str, int | str]
    case: Case | None
    case_ids: tuple[int, ...]
    severity: int
    department: str
    unacknowledged: bool
    since: datetime
    due_at: datetime
    overdue: bool

    @property
    def case_id(self) -> int | None:
        """Return the case's id, or None for a folded row."""
        return None if self.case is None else self.case.case_id

    @property
    def count(self) -> int:
        """Return how many cases it stands for."""
        return len(self.case_ids)


@dataclass(frozen=True, kw_only=True, slots=True)
class DueCounts:
    """What the head of the lane 时限 says: all, due today, overdue."""

    total: int
    today: int
    overdue: int


def now_lane(board: Board, now: datetime) -> list[LaneRow]:
    """Return the lane 现在: unacknowledged first, then severity, then age.

    Of one severity those that were reported done come last: someone has been there,
    and for who still waits for help the minutes count.
    """
    rows = _rows(board, now, _is_urgent)
    rows.sort(
        key=lambda row: (
            not row.unacknowledged,
            row.severity,
            _is_done(row.case),
            row.since,
            row.key,
        )
    )
    return rows


def due_lane(
    board: Board,
    now: datetime,
    *,
    keep: Callable[[Case], bool] | None = None,
    fold: bool = True,
) -> list[LaneRow]:
    """Return the lane 时限 by time left, a pile of overdue ones folded.

    Folded rows stand below what is still to be done today: that can be kept.

    Args:
        board: What is known.
        now: The time.
        keep: Which of its cases are wanted; all where nobody says.
        fold: Whether a pile is folded.
    """
    rows = _rows(
        board,
        now,
        lambda case: is_unhurried(case) and (keep is None or keep(case)),
    )
    rows.sort(key=_by_time_left)
    overdue = [row for row in rows if row.overdue]
    if len(overdue) <= FOLD_OVER or not fold:
        return rows
    midnight = end_of_day(board, now)
    running = [row for row in rows if not row.overdue]
    today = [row for row in running if row.due_at < midnight]
    return [*today, *_folded(overdue), *running[len(today) :]]


def due_counts(board: Board, now: datetime) -> DueCounts:
    """Return the numbers at the head of the lane 时限; they hide nothing."""
    rows = _rows(board, now, is_unhurried)
    midnight = end_of_day(board, now)
    return DueCounts(
        total=len(rows),
        today=sum(1 for row in rows if not row.overdue and row.due_at < midnight),
        overdue=sum(1 for row in rows if row.overdue),
    )


def due_at(case: Case) -> datetime:
    """Return when the running stage of a case must be done.

    The handling limit where one runs; else the usual limit of the stage: until
    somebody is sent the target of its severity, the one its clock is held against.
    """
    if case.deadline is not None:
        return case.deadline
    if case.course.suspended_until is not None:
        return case.course.suspended_until
    if case.state >= CaseState.FEEDBACK:
        return case.clocks.get(Moment.FINISHED, case.opened_at) + CHECK_WITHIN
    usual = target(Moment.DISPATCHED, case.severity) or CHECK_WITHIN
    return begun_at(case) + usual


def begun_at(case: Case) -> datetime:
    """Return from when a case waits for someone to be sent.

    From its signal; where a unit was taken back, from then: what the next one may
    take begins anew.
    """
    anew = case.sending > int(Moment.DISPATCHED in case.clocks)
    begun = case.clocks.get(Moment.FILED) if anew else None
    return begun or start_of(case)


def sign_within(severity: int) -> timedelta:
    """Return how long after its sending a unit should have signed."""
    return SIGN_WITHIN[min(max(severity, 1), len(SIGN_WITHIN)) - 1]


def unsigned_too_long(case: Case, now: datetime) -> timedelta | None:
    """Return how long a sending has waited for its signature, once it is too long."""
    sent_at = case.clocks.get(Moment.DISPATCHED)
    if case.state is not CaseState.DISPATCHED or sent_at is None:
        return None
    waited = now - sent_at
    return waited if waited > sign_within(case.severity) else None


def is_unhurried(case: Case) -> bool:
    """Return whether an open case stands in 时限, not in 现在."""
    return not _is_urgent(case)


def _is_urgent(case: Case) -> bool:
    if case.state is CaseState.SUSPENDED:
        return False  # no minutes count until its date
    return case.severity <= URGENT_SEVERITY or case.state is CaseState.ON_SCENE


def _is_done(case: Case | None) -> bool:
    return case is not None and case.state >= CaseState.FEEDBACK


def station_lanes(
    board: Board, now: datetime, scope: Scope
) -> tuple[list[LaneRow], list[LaneRow], list[LaneRow]]:
    """Return a station's cases: to be signed for, in hand, reported done; by time left.

    A case that it has only a part in stands where its own part does.
    """
    lanes: tuple[list[LaneRow], ...] = ([], [], [])
    for row in _rows(board, now, lambda _case: True):
        assert row.case is not None
        part = own_part(scope, row.case)
        at = _lane_of(row.case) if part is None else _PART_LANES.get(part.state)
        if at is not None:
            lanes[at].append(row)
    for rows in lanes:
        rows.sort(key=_by_time_left)
    to_sign, in_hand, done = lanes
    return to_sign, in_hand, done


_PART_LANES = {PartState.ASSIGNED: 0, PartState.SIGNED: 1, PartState.DONE: 2}


def _lane_of(case: Case) -> int | None:
    if case.state is CaseState.DISPATCHED:
        return 0
    if case.state in WORKING | PAUSED.keys():
        return 1
    return 2 if case.state >= CaseState.FEEDBACK else None


def _rows(
    board: Board, now: datetime, belongs: Callable[[Case], bool]
) -> list[LaneRow]:
    waiting = {
        alarm.case_id
        for alarm in board.alarms.values()
        if alarm.acknowledged_at is None
    }
    return [
        row_of(case, now, unacknowledged=case.case_id in waiting)
        for case in board.cases.values()
        if case.state.is_open and belongs(case)
    ]


def row_of(case: Case, now: datetime, *, unacknowledged: bool = False) -> LaneRow:
    """Return the row of one case."""
    due = due_at(case)
    return LaneRow(
        key=("case", case.case_id),
        case=case,
        case_ids=(case.case_id,),
        severity=case.severity,
        department=case.department,
        unacknowledged=unacknowledged or case.state is CaseState.NEW,
        since=case.opened_at,
        due_at=due,
        overdue=due < now,
    )


def _by_time_left(row: LaneRow) -> tuple[datetime, int, tuple[str, int | str]]:
    return row.due_at, row.severity, row.key


def _folded(overdue: Iterable[LaneRow]) -> list[LaneRow]:
    by_department: dict[str, list[LaneRow]] = {}
    for row in overdue:
        by_department.setdefault(row.department, []).append(row)
    return [
        LaneRow(
            key=("overdue", department),
            case=None,
            case_ids=tuple(i for row in rows for i in row.case_ids),
            severity=min(row.severity for row in rows),
            department=department,
            unacknowledged=any(row.unacknowledged for row in rows),
            since=min(row.since for row in rows),
            due_at=min(row.due_at for row in rows),
            overdue=True,
        )
        for department, rows in by_department.items()
    ]


def end_of_day(board: Board, now: datetime) -> datetime:
    """Return when the day of the town ends."""
    zone = ZoneInfo(board.town.timezone)
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    midnight = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone)
    return midnight.astimezone(UTC)
