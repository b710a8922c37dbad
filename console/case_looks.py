"""How a case looks wherever it stands: its badge, and the time it has left."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from console.shapes import BadgeLook, TimeLook, badge_look
from dispatch.cases import Case
from dispatch.commands import Moment
from dispatch.queueing import begun_at, due_at

if TYPE_CHECKING:
    from console.desk import Desk

LATE_SHARE = 0.2  # of the limit left: it will probably be late


def time_look(case: Case, now: datetime) -> TimeLook:
    """Return how the time left of a case's running stage is drawn."""
    due = due_at(case)
    if due < now:
        return TimeLook.INVERSE
    if case.deadline is not None:
        begun = case.clocks.get(Moment.DISPATCHED, case.opened_at)
    else:
        begun = case.clocks.get(Moment.FINISHED, begun_at(case))
    return TimeLook.BOXED if due - now < (due - begun) * LATE_SHARE else TimeLook.PLAIN


def look_of(desk: "Desk", case: Case) -> BadgeLook:
    """Return how the badge of a case is drawn: as its most urgent alarm is."""
    if not case.state.is_open:
        return BadgeLook.GREY
    return look_of_all(desk, (case.case_id,))


def look_of_all(desk: "Desk", case_ids: Collection[int]) -> BadgeLook:
    """Return how the badge of open cases is drawn that stand in one row."""
    wanted = frozenset(case_ids)
    waiting = [
        alarm
        for alarm in desk.board.alarms.values()
        if alarm.acknowledged_at is None and alarm.case_id in wanted
    ]
    if not waiting:
        return BadgeLook.FILLED
    return badge_look(
        acknowledged=False,
        active=any(alarm.active for alarm in waiting),
        now=desk.clock(),
        reduced_motion=desk.theme.reduced_motion,
    )
