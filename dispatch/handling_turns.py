"""Handlers of what is asked about a case beside its straight way."""

from dataclasses import replace

from dispatch import case_handover, case_turns, shelving
from dispatch.case_commands import (
    AcceptHandOver,
    AssignCase,
    FeedBack,
    MergeCase,
    ReportHandled,
    RequestSuspension,
    SendDirect,
    ShelveAlarms,
    SuperviseCase,
    TransferCase,
    TurnCase,
)
from dispatch.case_log import MOST_PHOTOS
from dispatch.case_states import SELF_HANDLED, SENT, TRANSITIONS, CaseState
from dispatch.cases import Case, Step
from dispatch.commands import CaseCommand, Moment, Refused
from dispatch.handling import (
    DOUBT_OUTSIDE,
    Means,
    believable,
    doubts,
    free_unit,
    open_case,
    set_unit,
)
from dispatch.handling_cases import acknowledge_all, must_be_seen, send
from dispatch.handling_field import PATROL_CHANNEL, keep_photo
from dispatch.handling_notices import tell
from dispatch.handling_reports import tell_joined, tell_parted
from dispatch.latching import announce_again
from dispatch.notices import DIRECT, DISPATCH, RECALL, SUPERVISE
from dispatch.people import Role
from dispatch.routing import departments, route
from dispatch.units import Unit, UnitStatus
from dispatch.work import UnitOfWork

# What a unit that is on a case again is doing, by the state it goes on in.
_DOING = {
    CaseState.EN_ROUTE: UnitStatus.EN_ROUTE,
    CaseState.ON_SCENE: UnitStatus.ON_SCENE,
}


def turn_case(work: UnitOfWork, command: TurnCase, means: Means) -> object:
    """Do what needs nothing but words."""
    case = _seen(work, command)
    if command.action == case_turns.RESTORE:
        _restore(work, case, command)
    if command.action == shelving.UNSHELVE:
        off = shelving.unshelve(case, command.actor, work.at)
        announce_again(work, work.keep_step(off))
        return None
    step = case_turns.turn(
        case,
        command.action,
        command.actor,
        work.at,
        text=command.text,
        rules=means.taxonomy.rules,
    )
    after = keep_turn(work, case, step, means)
    if case.course.merged_into is not None and after.course.merged_into is None:
        tell_parted(work, command, after, case.course.merged_into)
    return None


def _restore(work: UnitOfWork, case: Case, command: TurnCase) -> None:
    """Restore a case's alarms by somebody's word, as no device does."""
    case.must(command.action, command.actor, command.text)
    active = [alarm for alarm in work.alarms_on(case.case_id) if alarm.active]
    if not active:
        raise Refused("nothing_active", f"case {case.number} has no alarm that stands")
    for alarm in active:
        work.keep_alarm(alarm.restored(work.at))


def shelve_alarms(work: UnitOfWork, command: ShelveAlarms, _means: Means) -> object:
    """搁置: whoever does so has seen them."""
    case = _seen(work, command)
    step = shelving.shelve(
        case,
        command.actor,
        work.at,
        minutes=command.minutes,
        text=command.text,
        alarms=work.alarms_on(case.case_id),
    )
    acknowledge_all(work, command, work.keep_step(step))
    return None


def request_suspension(
    work: UnitOfWork, command: RequestSuspension, means: Means
) -> object:
    """Ask for 挂账."""
    case = _seen(work, command)
    step = case_turns.request_suspension(
        case,
        command.actor,
        work.at,
        until=command.until,
        text=command.text,
        rules=means.taxonomy.rules,
    )
    work.keep_step(step)
    return None


def supervise_case(work: UnitOfWork, command: SuperviseCase, means: Means) -> object:
    """督办; the handler and the department hear of it."""
    case = _seen(work, command)
    step = case_turns.supervise(
        case, command.actor, work.at, level=command.level, text=command.text
    )
    after = work.keep_step(step)
    tell(work, after, means, cause=SUPERVISE, level=command.level)
    return None


def transfer_case(work: UnitOfWork, command: TransferCase, means: Means) -> object:
    """移交."""
    case = _seen(work, command)
    step = case_turns.transfer(
        case,
        command.actor,
        work.at,
        to=command.to,
        text=command.text,
        number=command.number,
    )
    keep_turn(work, case, step, means)
    return None


def accept_hand_over(
    work: UnitOfWork, command: AcceptHandOver, _means: Means
) -> object:
    """对方已受理."""
    step = case_handover.accepted(
        _seen(work, command),
        command.actor,
        work.at,
        text=command.text,
        number=command.number,
    )
    work.keep_step(step)
    return None


def assign_case(work: UnitOfWork, command: AssignCase, means: Means) -> object:
    """派遣到部门 or 转办; a unit that was on it is let go, and told."""
    case = _seen(work, command)
    to = command.department.strip()
    step = case_turns.assign(
        case,
        command.action,
        command.actor,
        work.at,
        to=to,
        text=command.text,
    )
    units = work.working.things["unit"].values()
    if to not in departments(means.taxonomy, units, means.stations()):
        raise Refused("unknown_department", f"nobody knows a department {to}", to=to)
    after = work.keep_step(step)
    if case.unit_id:
        free_unit(work, case.unit_id, case.case_id)
        tell(
            work,
            after,
            means,
            cause=RECALL,
            unit_id=case.unit_id,
            departments=(case.department,),
        )
    tell(work, after, means, cause=DISPATCH)
    return None


def feed_back(work: UnitOfWork, command: FeedBack, means: Means) -> object:
    """反馈 by the department: whomever it had sent is free."""
    case = _seen(work, command)
    if len(command.photos) > MOST_PHOTOS:
        raise Refused("photo_count", f"at most {MOST_PHOTOS} photos", most=MOST_PHOTOS)
    photos = tuple(keep_photo(work, each) for each in command.photos)
    step = case_turns.feed_back(
        case, command.actor, work.at, text=command.text, photos=photos
    )
    work.keep_step(step)
    free_unit(work, case.unit_id, case.case_id)
    return None


def merge_case(work: UnitOfWork, command: MergeCase, means: Means) -> object:
    """合并; both logs say so, and each keeps its own."""
    case = _seen(work, command)
    main = work.case(command.main_id)
    step = case_turns.merge(
        case,
        command.actor,
        work.at,
        main=main,
        text=command.text,
        rules=means.taxonomy.rules,
    )
    tell_joined(work, command, main, keep_turn(work, case, step, means))
    return None


def send_direct(work: UnitOfWork, command: SendDirect, means: Means) -> object:
    """紧急直报, where a rule of the town says so; who sends it has taken it.

    Whoever leads is told besides, and whom the rule names.
    """
    by = command.actor
    case = _seen(work, command)
    case.must("urgent_direct", by)
    rule = case_turns.direct_rule(case, means.taxonomy.rules)
    if rule is None:
        raise Refused(
            "no_direct",
            f"no rule sends case {case.number} straight",
            number=case.number,
        )
    category = means.taxonomy.category(case.category)
    standards = category.standards
    unit = work.unit(command.unit_id)
    department = case.department
    if case.state is not CaseState.FILED:  # filing is what decides it otherwise
        department = route(case, means.taxonomy, work.working.things["grid"]).department
    case = acknowledge_all(work, command, case)
    case = replace(case, clocks={Moment.ACKNOWLEDGED: work.at, **case.clocks})
    step = case.dispatch(
        by,
        work.at,
        unit=unit,
        action="urgent_direct",
        course=replace(case.course, level=rule.level),
        standard_id=case.standard_id or (standards[0].standard_id if standards else ""),
        department=department,
        owner=case.owner or by.name,
        owner_seat=case.owner_seat or by.seat,
    )
    send(work, step, unit, means)
    sent = work.case(case.case_id)
    whose = (*((sent.department,) if rule.sms else ()), *rule.copies)
    tell(work, sent, means, cause=DIRECT, unit_id="", departments=whose)
    return None


def report_handled(work: UnitOfWork, command: ReportHandled, means: Means) -> object:
    """自行处置: one case, filed and closed in one act."""
    if not TRANSITIONS["self_report"].roles & command.actor.roles:
        raise Refused("role", "self_report needs a collector", roles=Role.COLLECTOR)
    category = means.taxonomy.find(command.category)
    if category is None:
        raise Refused(
            "category_unknown",
            f"there is no category {command.category}",
            category=command.category,
        )
    if command.standard_id not in {each.standard_id for each in category.standards}:
        raise Refused(
            "standard_unknown",
            f"category {category.code} has no filing standard {command.standard_id}",
            standard=command.standard_id,
            category=category.code,
        )
    if not command.text.strip():
        raise Refused("result_missing", "what was done has to be said in words")
    unit = work.unit(command.unit_id)
    at, doubt = believable(command.at, work.at)
    outside = "" if work.in_town(command.point) else DOUBT_OUTSIDE
    case = open_case(
        work,
        command.actor,
        action="self_report",
        category=category,
        place_name=command.place_name.strip() or unit.name,
        point=command.point,
        grid_code="",
        channel=PATROL_CHANNEL,
        details=command.text,
        signal_at=at,
        received_at=work.at,
        doubt=doubts(doubt, outside),
        reporter_name=unit.name,
        reporter_phone=unit.phone,
        photos=tuple(
            keep_photo(work, each) for each in (command.before, command.after)
        ),
        unit_id=unit.unit_id,
        standard_id=command.standard_id,
        outcome=SELF_HANDLED,
    )
    return case.case_id


# -- inside -------------------------------------------------------------------


def keep_turn(work: UnitOfWork, case: Case, step: Step, means: Means) -> Case:
    """Keep a turn, and move the unit of the case with it; who is let go is told."""
    ends = case.state.is_open and not step.case.state.is_open
    if ends:
        must_be_seen(work, case)
    unit: Unit | None = work.find("unit", case.unit_id)
    returns = case.state not in SENT and step.case.state in SENT
    if returns:
        step = case_turns.again(step, unit)
    after = work.keep_step(step)
    if returns and unit is not None and after.unit_id:
        doing = _DOING.get(after.state, UnitStatus.ASSIGNED)
        set_unit(work, unit, doing, case_id=case.case_id)
        tell(work, after, means, cause=DISPATCH)
    elif case.state in SENT and after.state not in SENT:
        free_unit(work, case.unit_id, case.case_id)
        if step.entries[-1].action != "return":  # that one it has said itself
            tell(work, after, means, cause=RECALL, unit_id=case.unit_id)
    return after


def _seen(work: UnitOfWork, command: CaseCommand) -> Case:
    case = work.case(command.case_id)
    case.check_version(command.seen)
    return case
