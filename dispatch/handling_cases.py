"""Handlers of what is asked about cases at a desk."""

from dataclasses import replace

from dispatch import case_steps
from dispatch.alarms import Alarm
from dispatch.case_commands import MarkStep
from dispatch.case_log import NO_TERMINAL
from dispatch.case_states import SENT
from dispatch.cases import Case, CaseState, Step
from dispatch.commands import (
    AcknowledgeAlarm,
    AddNote,
    CaseCommand,
    CheckCase,
    CloseCase,
    RecallUnit,
    RecordMoment,
    Refused,
    ReportCase,
    SendUnit,
    TakeCase,
    VoidCase,
)
from dispatch.devices import has_terminal
from dispatch.handling import (
    DOUBT_OUTSIDE,
    Means,
    believable,
    doubts,
    free_unit,
    open_case,
    set_unit,
)
from dispatch.handling_notices import tell
from dispatch.handling_reports import join_new, note_call
from dispatch.notices import DISPATCH, RECALL
from dispatch.routing import route
from dispatch.taxonomy import Taxonomy
from dispatch.units import Unit, UnitStatus
from dispatch.work import UnitOfWork


def report_case(work: UnitOfWork, command: ReportCase, means: Means) -> object:
    """Open a case that somebody reported; answered with its id."""
    category = means.taxonomy.find(command.category)
    if category is None:
        raise Refused(
            "category_unknown",
            f"there is no category {command.category}",
            category=command.category,
        )
    if not command.place_name.strip():
        raise Refused("place_missing", "a report needs a place")
    at, doubt = believable(command.at or work.at, work.at)
    outside = "" if work.in_town(command.point) else DOUBT_OUTSIDE
    case = open_case(
        work,
        command.actor,
        action="report",
        category=category,
        place_name=command.place_name,
        point=command.point,
        grid_code="",
        channel=command.channel,
        details=command.details,
        signal_at=at,
        received_at=work.at,
        doubt=doubts(doubt, outside),
        reporter_name=command.reporter_name,
        reporter_phone=command.reporter_phone,
    )
    case = note_call(work, case, command.call)
    if command.joins is not None:
        join_new(work, command, case, command.joins, means)
    return case.case_id


def take_case(work: UnitOfWork, command: TakeCase, means: Means) -> object:
    """Acknowledge the case's alarms, accept it and file it."""
    case = work.case(command.case_id)
    case.check_version(command.seen)
    _take(work, command, case, means.taxonomy, standard_id=command.standard_id)
    return None


def send_unit(work: UnitOfWork, command: SendUnit, means: Means) -> object:
    """Send a unit; a case nobody took yet is taken by who sends, if they may.

    Where no terminal stands for the unit, the log says that somebody must telephone.
    """
    case = work.case(command.case_id)
    case.check_version(command.seen)
    may_take = TakeCase.needs <= command.actor.roles
    if may_take and case.state in (CaseState.NEW, CaseState.ACCEPTED):
        case = _take(work, command, case, means.taxonomy, standard_id=None)
    unit = work.unit(command.unit_id)
    send(work, case.dispatch(command.actor, work.at, unit=unit), unit, means)
    return None


def send(work: UnitOfWork, step: Step, unit: Unit, means: Means) -> None:
    """Keep a sending and tell the unit; one without a terminal is telephoned too."""
    (entry,) = step.entries
    if not has_terminal(unit.unit_id, unit.device_id, work.working.things["device"]):
        entry = replace(entry, text=NO_TERMINAL)
    case = work.keep_step(replace(step, entries=(entry,)))
    set_unit(work, unit, UnitStatus.ASSIGNED, case_id=case.case_id)
    tell(work, case, means, cause=DISPATCH)


def recall_unit(work: UnitOfWork, command: RecallUnit, means: Means) -> object:
    """Take the unit back and free it."""
    case = work.case(command.case_id)
    case.check_version(command.seen)
    after = work.keep_step(case.recall(command.actor, work.at, reason=command.reason))
    free_unit(work, case.unit_id, case.case_id)
    tell(work, after, means, cause=RECALL, unit_id=case.unit_id)
    return None


def check_case(work: UnitOfWork, command: CheckCase, _means: Means) -> object:
    """Send for checking and pass it; two log entries."""
    case = work.case(command.case_id)
    case.check_version(command.seen)
    if case.may("send_check"):
        case = work.keep_step(case.turn("send_check", command.actor, work.at))
    work.keep_step(
        case.turn("check_pass", command.actor, work.at, text=command.opinion)
    )
    return None


def mark_step(work: UnitOfWork, command: MarkStep, means: Means) -> object:
    """Tick a step of the procedure off, answer it, or skip it."""
    step = case_steps.marked(
        work.case(command.case_id),
        command.actor,
        work.at,
        taxonomy=means.taxonomy,
        step_id=command.step,
        deed=command.deed,
        reason=command.reason,
        answer=command.answer,
    )
    work.keep_step(step)
    return None


def close_case(work: UnitOfWork, command: CloseCase, means: Means) -> object:
    """Close with an outcome; a missing step or an alarm that stands forbids it."""
    case = work.case(command.case_id)
    case.check_version(command.seen)
    case.must("close", command.actor)
    must_be_seen(work, case)
    step = case_steps.closed(
        case,
        command.actor,
        work.at,
        alarms=work.alarms_on(case.case_id),
        taxonomy=means.taxonomy,
        outcome=command.outcome,
        met=command.met,
        opinion=command.opinion,
    )
    work.keep_step(step)
    free_unit(work, case.unit_id, case.case_id)
    return None


def void_case(work: UnitOfWork, command: VoidCase, means: Means) -> object:
    """Void the case: who decides so has seen its alarms; a unit sent is let go."""
    case = work.case(command.case_id)
    case.check_version(command.seen)
    unit_id = case.unit_id
    if command.newest_alarm is not None:
        for alarm in work.alarms_on(case.case_id):
            if alarm.acknowledged_at is None and alarm.alarm_id > command.newest_alarm:
                raise _unseen(case, alarm)
    case = acknowledge_all(work, command, case)
    after = work.keep_step(
        case.void(command.actor, work.at, reason=command.reason, text=command.text)
    )
    free_unit(work, unit_id, case.case_id)
    if case.state in SENT:
        tell(work, after, means, cause=RECALL, unit_id=unit_id)
    return None


def add_note(work: UnitOfWork, command: AddNote, _means: Means) -> object:
    """Write a line into the log; whatever was seen, it is only added."""
    case = work.case(command.case_id)
    work.keep_step(case.noted(command.actor, work.at, command.text))
    return None


def record_moment(work: UnitOfWork, command: RecordMoment, _means: Means) -> object:
    """Write a desk's clock once; a desk whose own clock is wrong gets ours."""
    case = work.case(command.case_id)
    at = command.at if case.opened_at <= command.at <= work.at else work.at
    work.keep_step(case.recorded(command.actor, at, moment=command.moment))
    return None


def acknowledge_alarm(
    work: UnitOfWork, command: AcknowledgeAlarm, _means: Means
) -> object:
    """Acknowledge one alarm; the second to do so changes nothing."""
    alarm = work.alarm(command.alarm_id)
    if alarm is None:
        raise Refused(
            "alarm_unknown",
            f"there is no alarm {command.alarm_id}",
            alarm_id=command.alarm_id,
        )
    if alarm.acknowledged_at is not None:
        return None
    work.keep_alarm(alarm.acknowledged(command.actor.name, work.at))
    if alarm.case_id is not None:
        case = work.case(alarm.case_id)
        work.keep_step(case.acknowledged(command.actor, work.at))
    return None


def must_be_seen(work: UnitOfWork, case: Case) -> None:
    """Refuse to end a case with an alarm that nobody has acknowledged."""
    for alarm in work.alarms_on(case.case_id):
        if alarm.acknowledged_at is None:
            raise _unseen(case, alarm)


def acknowledge_all(work: UnitOfWork, command: CaseCommand, case: Case) -> Case:
    """Acknowledge the alarms of a case for whoever now answers for it."""
    by = command.actor
    waiting = [a for a in work.alarms_on(case.case_id) if a.acknowledged_at is None]
    for alarm in waiting:
        work.keep_alarm(alarm.acknowledged(by.name, work.at))
    return work.keep_step(case.acknowledged(by, work.at)) if waiting else case


# -- inside -------------------------------------------------------------------


def _take(
    work: UnitOfWork,
    command: TakeCase | SendUnit,
    case: Case,
    taxonomy: Taxonomy,
    *,
    standard_id: str | None,
) -> Case:
    by = command.actor
    category = taxonomy.category(case.category)
    known = [standard.standard_id for standard in category.standards]
    if standard_id is None:
        standard_id = known[0] if known else ""
    elif standard_id not in known:
        raise Refused(
            "standard_unknown",
            f"category {case.category} has no filing standard {standard_id}",
            standard=standard_id,
            category=case.category,
        )
    case = acknowledge_all(work, command, case)
    if case.state is CaseState.NEW:
        case = work.keep_step(case.accept(by, work.at))
    going = route(case, taxonomy, work.working.things["grid"])
    return work.keep_step(
        case.file(by, work.at, standard_id=standard_id, department=going.department)
    )


def _unseen(case: Case, alarm: Alarm) -> Refused:
    return Refused(
        "alarm_unacknowledged",
        f"case {case.number} has an alarm that nobody has acknowledged",
        number=case.number,
        alarm_id=alarm.alarm_id,
    )
