"""What the service does by the clock: reminders, cards, 挂账恢复, deadlines anew.

A seat that was asked for a case and is silent hands it over, too.

A reminder is a line of the case's log, a mark on its clock, a row of `reminders` and a
notice to the present handler, in one commit: it survives whatever happens to the
service, and is given once. Each case has a unit of work of its own, so that one that is
wrong stops no other.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_OID, uuid5
from zlib import crc32

from dispatch import case_turns, tables
from dispatch.case_states import CaseState
from dispatch.cases import Case, Step
from dispatch.course import Stage, StageClock
from dispatch.handling import Means
from dispatch.handling_notices import tell
from dispatch.handling_turns import keep_turn
from dispatch.latching import announce_again
from dispatch.notices import REMIND, SUPERVISE
from dispatch.ownership import is_silent, lapsed
from dispatch.parts import PART_REMINDED, in_hand
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
        or _has_unclocked(case)
        or any(
            (clock.next_at is not None and clock.next_at <= at)
            or _is_known(clock, timing)
            for clock in _running(case)
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
    if _has_unclocked(case):
        case = work.keep_step(Step(_with_part_clocks(case, work.at, means.timing), ()))
    _recompute(work, case, means.timing)
    if any(c.next_at and c.next_at <= work.at for c in _running(case)):
        _remind(work, work.case(case.case_id), means)


def _is_suspended_till(case: Case, at: datetime) -> bool:
    until = case.course.suspended_until
    return case.state is CaseState.SUSPENDED and until is not None and until <= at


def _has_unclocked(case: Case) -> bool:
    return any(part.is_unclocked for part in case.course.parts)


def _with_part_clocks(case: Case, at: datetime, timing: Timing) -> Case:
    parts = tuple(timing.part_timed(part, case, at) for part in case.course.parts)
    return replace(case, course=replace(case.course, parts=parts))


def _resume(work: UnitOfWork, case: Case, means: Means) -> None:
    step = case_turns.turn(
        case, "resume", SYSTEM, work.at, text="", rules=means.taxonomy.rules
    )
    keep_turn(work, case, step, means)


def _recompute(work: UnitOfWork, case: Case, timing: Timing) -> None:
    """Work deadlines out anew that were counted without the holidays of their year."""
    if not any(_is_known(clock, timing) for clock in _running(case)):
        return

    def anew(clock: StageClock) -> StageClock:
        return timing.recomputed(clock) if clock.doubt else clock

    line = case.entry("recompute", SYSTEM, work.at)
    work.keep_step(Step(_with_clocks(case, anew), (line,)))


def _remind(work: UnitOfWork, case: Case, means: Means) -> None:
    """Tell the present handler; of several moments that went by, the latest.

    The handling clock runs for the parts of a case too, so those who have one still to
    do hear what is told of it; that nobody signed for a part, that department alone.
    """
    told: list[tuple[StageClock, str, str]] = []  # of which clock, what, whose part
    for clock in case.course.clocks:
        _, kinds = means.timing.remind(clock, work.at)
        told += [(clock, kind, "") for kind in kinds[-1:]]
        if clock.stage is Stage.HANDLE:
            parts = in_hand(case.course.parts, case.department)
            told += [(clock, k, part.department) for part in parts for k in kinds[-1:]]
    for part in case.course.parts:
        if part.clock is not None:
            _, kinds = means.timing.remind(part.clock, work.at)
            told += [(part.clock, kind, part.department) for kind in kinds[-1:]]
    lines = []
    for clock, kind, whose in told:
        _tell_of(work, case, means, clock, kind, whose)
        if not whose:
            lines.append(case.entry("remind", SYSTEM, work.at, text=kind))
        elif clock.stage is Stage.SIGN:
            said = f"{whose} · {kind}"
            lines.append(case.entry(PART_REMINDED, SYSTEM, work.at, text=said))
    reminded = _with_clocks(case, lambda each: means.timing.remind(each, work.at)[0])
    kept = work.keep_step(Step(reminded, tuple(lines)))
    card = max(
        (kind for _, kind, _ in told if kind in CARDS),
        key=CARDS.__getitem__,
        default="",
    )
    if card and CARDS[card] > kept.course.supervision:
        work.keep_step(
            case_turns.supervise(kept, SYSTEM, work.at, level=CARDS[card], text=card)
        )


def _tell_of(
    work: UnitOfWork, case: Case, means: Means, clock: StageClock, kind: str, whose: str
) -> None:
    """Write a reminder and its notice, for the handler or for whose part it is."""
    handler = ("", whose) if whose else (case.unit_id, case.department or case.owner)
    stage = clock.stage.value
    if whose:  # two departments may have been given theirs at one time
        stage = f"{stage}:{crc32(whose.encode()):08x}"
    work.add_row(
        tables.reminders,
        {
            "case_id": case.case_id,
            "stage": stage,
            "begun_at": clock.begun_at,
            "due_at": clock.due_at,
            "kind": kind,
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
        cause=SUPERVISE if kind in CARDS else REMIND,
        key=f"{stage}:{clock.begun_at:%y%m%d%H%M%S%f}"
        f":{clock.due_at:%y%m%d%H%M%S%f}:{kind}",
        kind=kind,
        due=clock.due_at,
        part=whose,
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


def _running(case: Case) -> list[StageClock]:
    """Return the clocks of a case, those of its parts' signing with them."""
    of_parts = (part.clock for part in case.course.parts)
    return [*case.course.clocks, *(clock for clock in of_parts if clock is not None)]


def _with_clocks(case: Case, anew: Callable[[StageClock], StageClock]) -> Case:
    clocks = tuple(anew(clock) for clock in case.course.clocks)
    parts = tuple(
        part if part.clock is None else replace(part, clock=anew(part.clock))
        for part in case.course.parts
    )
    course = replace(case.course, clocks=clocks, parts=parts)
    deadline = next((c.due_at for c in clocks if c.stage is Stage.HANDLE), None)
    return replace(case, course=course, deadline=deadline)
