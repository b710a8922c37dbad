"""What the service does by the clock: reminders, cards, 挂账恢复, deadlines anew.

A seat that was asked for a case and is silent hands it over, too.

A reminder is a line of the case's log, a mark on its clock, a row of `reminders` and a
notice to the present handler, in one commit: it survives whatever happens to the
service, and is given once. Each case has a unit of work of its own, so that one that is
wrong stops no other.
"""

from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

from dispatch import case_turns, tables
from dispatch.case_states import CaseState
from dispatch.cases import Case, Step
from dispatch.course import StageClock
from dispatch.handling import Means
from dispatch.handling_notices import tell
from dispatch.handling_turns import keep_turn
from dispatch.latching import announce_again
from dispatch.notices import REMIND, SUPERVISE
from dispatch.ownership import is_silent, lapsed
from dispatch.people import SYSTEM
from dispatch.shelving import ended, is_over
from dispatch.stages import CARDS, Timing
from dispatch.work import UnitOfWork


def is_due(case: Case, at: datetime, timing: Timing) -> bool:
    """Return whether the clock asks anything of a case at a time."""
    if not case.state.is_open:
        return False
    return (
        _is_suspended_till(case, at)
        or is_over(case, at)
        or is_silent(case, at)
        or any(
            (clock.next_at is not None and clock.next_at <= at)
            or _is_known(clock, timing)
            for clock in case.course.clocks
        )
    )


def keep_time(work: UnitOfWork, case: Case, means: Means) -> None:
    """Do what is due with a case at the time of a unit of work; else nothing."""
    if not is_due(case, work.at, means.timing):
        return
    if is_over(case, work.at):
        case = work.keep_step(ended(case, SYSTEM, work.at))
        announce_again(work, case)
    if is_silent(case, work.at):
        case = work.keep_step(lapsed(case, work.at))
    if _is_suspended_till(case, work.at):
        _resume(work, case, means)
        return
    _recompute(work, case, means.timing)
    if any(c.next_at and c.next_at <= work.at for c in case.course.clocks):
        _remind(work, work.case(case.case_id), means)


def _is_suspended_till(case: Case, at: datetime) -> bool:
    until = case.course.suspended_until
    return case.state is CaseState.SUSPENDED and until is not None and until <= at


def _resume(work: UnitOfWork, case: Case, means: Means) -> None:
    step = case_turns.turn(
        case, "resume", SYSTEM, work.at, text="", rules=means.taxonomy.rules
    )
    keep_turn(work, case, step, means)


def _recompute(work: UnitOfWork, case: Case, timing: Timing) -> None:
    """Work deadlines out anew that were counted without the holidays of their year."""
    if not any(_is_known(clock, timing) for clock in case.course.clocks):
        return
    clocks = tuple(
        timing.recomputed(clock) if clock.doubt else clock
        for clock in case.course.clocks
    )
    line = case.entry("recompute", SYSTEM, work.at)
    work.keep_step(Step(_with_clocks(case, clocks), (line,)))


def _remind(work: UnitOfWork, case: Case, means: Means) -> None:
    """Tell the present handler; of several moments that went by, the latest."""
    clocks: list[StageClock] = []
    lines = []
    cards = []
    handler = (case.unit_id, case.department or case.owner)
    for clock in case.course.clocks:
        told, kinds = means.timing.remind(clock, work.at)
        clocks.append(told)
        if not kinds:
            continue
        lines.append(case.entry("remind", SYSTEM, work.at, text=kinds[-1]))
        cards += [CARDS[kind] for kind in kinds if kind in CARDS]
        work.add_row(
            tables.reminders,
            {
                "case_id": case.case_id,
                "stage": clock.stage.value,
                "begun_at": clock.begun_at,
                "due_at": clock.due_at,
                "kind": kinds[-1],
                "at": work.at,
                "unit_id": handler[0],
                "department": handler[1],
                "digest": _digest(*handler, work.at),
            },
        )
        tell(
            work,
            case,
            means,
            cause=SUPERVISE if kinds[-1] in CARDS else REMIND,
            key=f"{clock.stage.value}:{clock.begun_at:%y%m%d%H%M%S%f}"
            f":{clock.due_at:%y%m%d%H%M%S%f}:{kinds[-1]}",
            kind=kinds[-1],
            due=clock.due_at,
        )
    case = work.keep_step(Step(_with_clocks(case, tuple(clocks)), tuple(lines)))
    if cards and max(cards) > case.course.supervision:
        work.keep_step(
            case_turns.supervise(
                case, SYSTEM, work.at, level=max(cards), text=lines[-1].text
            )
        )


def _digest(unit_id: str, department: str, at: datetime) -> str:
    """Return what the reminders of one handler in one minute have in common."""
    minute = f"{at:%Y%m%d%H%M}"
    return uuid5(NAMESPACE_OID, "\n".join((unit_id, department, minute))).hex


def _is_known(clock: StageClock, timing: Timing) -> bool:
    """Return whether a doubtful deadline lies in a year that was announced since."""
    if not clock.doubt or clock.limit is None or clock.due_at is None:
        return False
    return timing.calendar.knows(clock.limit.code, clock.begun_at, clock.due_at)


def _with_clocks(case: Case, clocks: tuple[StageClock, ...]) -> Case:
    course = replace(case.course, clocks=clocks)
    deadline = next((c.due_at for c in clocks if c.stage.value == "handle"), None)
    return replace(case, course=course, deadline=deadline)
