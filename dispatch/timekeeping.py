"""What the service does by the clock: reminders, cards, 挂账恢复, deadlines anew.

A reminder is a line of the case's log, a mark on its clock and a row of `reminders`,
in one commit: it survives whatever happens to the service, and is given once.
"""

from dataclasses import replace
from uuid import uuid4

from dispatch import case_turns, tables
from dispatch.case_states import CaseState
from dispatch.cases import Case, Step
from dispatch.course import StageClock
from dispatch.handling import Means
from dispatch.handling_turns import keep_turn
from dispatch.people import SYSTEM
from dispatch.stages import CARDS, Timing
from dispatch.work import UnitOfWork


def keep_time(work: UnitOfWork, means: Means) -> None:
    """Do what is due at the time of a unit of work; nothing where nothing is."""
    digests: dict[tuple[str, str], str] = {}
    for case in list(work.working.things["case"].values()):
        if not case.state.is_open:
            continue
        until = case.course.suspended_until
        if case.state is CaseState.SUSPENDED and until is not None and until <= work.at:
            _resume(work, case, means)
            continue
        _recompute(work, case, means.timing)
        if any(c.next_at and c.next_at <= work.at for c in case.course.clocks):
            _remind(work, work.case(case.case_id), means, digests)


def _resume(work: UnitOfWork, case: Case, means: Means) -> None:
    step = case_turns.turn(
        case, "resume", SYSTEM, work.at, text="", rules=means.taxonomy.rules
    )
    keep_turn(work, case, step)


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


def _remind(
    work: UnitOfWork,
    case: Case,
    means: Means,
    digests: dict[tuple[str, str], str],
) -> None:
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
                "digest": digests.setdefault(handler, uuid4().hex),
            },
        )
    case = work.keep_step(Step(_with_clocks(case, tuple(clocks)), tuple(lines)))
    if cards and max(cards) > case.course.supervision:
        work.keep_step(
            case_turns.supervise(
                case, SYSTEM, work.at, level=max(cards), text=lines[-1].text
            )
        )


def _is_known(clock: StageClock, timing: Timing) -> bool:
    """Return whether a doubtful deadline lies in a year that was announced since."""
    if not clock.doubt or clock.limit is None or clock.due_at is None:
        return False
    return timing.calendar.knows(clock.limit.code, clock.begun_at, clock.due_at)


def _with_clocks(case: Case, clocks: tuple[StageClock, ...]) -> Case:
    course = replace(case.course, clocks=clocks)
    deadline = next((c.due_at for c in clocks if c.stage.value == "handle"), None)
    return replace(case, course=course, deadline=deadline)
