"""Handlers of what is asked about cases, at desks and by the unit that was sent."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from dispatch import tables
from dispatch.alarms import Alarm
from dispatch.calendar import WorkCalendar
from dispatch.cases import Case, CaseState, PhotoRef
from dispatch.changes import UnitFix
from dispatch.commands import (
    AcknowledgeAlarm,
    AddNote,
    ArriveCase,
    CheckCase,
    CloseCase,
    DepartCase,
    FieldCommand,
    FinishCase,
    Moment,
    Photo,
    RecallUnit,
    RecordMoment,
    Refused,
    ReportCase,
    ReportFinding,
    ReturnCase,
    SendUnit,
    SignCase,
    TakeCase,
    VoidCase,
)
from dispatch.handling import (
    DOUBT_OUTSIDE,
    Means,
    believable,
    doubts,
    free_unit,
    open_case,
    set_unit,
)
from dispatch.taxonomy import Taxonomy
from dispatch.units import UnitStatus
from dispatch.work import UnitOfWork

PATROL_CHANNEL = "patrol"
PHOTO_TYPES = frozenset({"image/jpeg", "image/png"})
PHOTO_BYTES = 256 * 1024

_FIELD_MOMENTS = (Moment.DISPATCHED, Moment.SIGNED, Moment.DEPARTED, Moment.ARRIVED)


# -- at a desk ----------------------------------------------------------------


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
    return case.case_id


def take_case(work: UnitOfWork, command: TakeCase, means: Means) -> object:
    """Acknowledge the case's alarms, accept it and file it."""
    case = work.case(command.case_id)
    case.check_version(command.seen)
    _take(work, command, case, means.taxonomy, standard_id=command.standard_id)
    return None


def send_unit(work: UnitOfWork, command: SendUnit, means: Means) -> object:
    """Send a unit; a case nobody took yet is taken by who sends, if they may."""
    case = work.case(command.case_id)
    case.check_version(command.seen)
    may_take = TakeCase.needs <= command.actor.roles
    if may_take and case.state in (CaseState.NEW, CaseState.ACCEPTED):
        case = _take(work, command, case, means.taxonomy, standard_id=None)
    unit = work.unit(command.unit_id)
    deadline = _deadline(case, work.at, means.taxonomy, means.calendar)
    work.keep_step(case.dispatch(command.actor, work.at, unit=unit, deadline=deadline))
    set_unit(work, unit, UnitStatus.ASSIGNED, case_id=case.case_id)
    return None


def recall_unit(work: UnitOfWork, command: RecallUnit, _means: Means) -> object:
    """Take the unit back and free it."""
    case = work.case(command.case_id)
    case.check_version(command.seen)
    work.keep_step(case.recall(command.actor, work.at, reason=command.reason))
    free_unit(work, case.unit_id, case.case_id)
    return None


def check_case(work: UnitOfWork, command: CheckCase, _means: Means) -> object:
    """Send for checking and pass it; two log entries."""
    case = work.case(command.case_id)
    case.check_version(command.seen)
    if case.may("send_check"):
        case = work.keep_step(case.send_check(command.actor, work.at))
    work.keep_step(case.check_pass(command.actor, work.at, opinion=command.opinion))
    return None


def close_case(work: UnitOfWork, command: CloseCase, _means: Means) -> object:
    """Close with an outcome; an alarm nobody has acknowledged forbids it."""
    case = work.case(command.case_id)
    case.check_version(command.seen)
    step = case.close(
        command.actor, work.at, outcome=command.outcome, opinion=command.opinion
    )
    for alarm in work.alarms_on(case.case_id):
        if alarm.acknowledged_at is None:
            raise _unseen(case, alarm)
    work.keep_step(step)
    free_unit(work, case.unit_id, case.case_id)
    return None


def void_case(work: UnitOfWork, command: VoidCase, _means: Means) -> object:
    """Void the case: who decides so has seen its alarms; a unit sent is let go."""
    case = work.case(command.case_id)
    case.check_version(command.seen)
    unit_id = case.unit_id
    if command.newest_alarm is not None:
        for alarm in work.alarms_on(case.case_id):
            if alarm.acknowledged_at is None and alarm.alarm_id > command.newest_alarm:
                raise _unseen(case, alarm)
    case = _acknowledge_all(work, command, case)
    work.keep_step(
        case.void(command.actor, work.at, reason=command.reason, text=command.text)
    )
    free_unit(work, unit_id, case.case_id)
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


# -- by the unit that was sent ------------------------------------------------


def sign_case(work: UnitOfWork, command: SignCase, _means: Means) -> object:
    """签收: the unit has the task."""
    case = _answered_case(work, command)
    said_at = _said_at(work, command, case)
    work.keep_step(
        case.sign(command.actor, work.at, unit_id=command.unit_id, said_at=said_at)
    )
    _field_seen(work, command, case, UnitStatus.ASSIGNED)
    return None


def depart_case(work: UnitOfWork, command: DepartCase, _means: Means) -> object:
    """出动."""
    case = _answered_case(work, command)
    said_at = _said_at(work, command, case)
    work.keep_step(
        case.depart(command.actor, work.at, unit_id=command.unit_id, said_at=said_at)
    )
    _field_seen(work, command, case, UnitStatus.EN_ROUTE)
    return None


def arrive_case(work: UnitOfWork, command: ArriveCase, _means: Means) -> object:
    """到场."""
    case = _answered_case(work, command)
    said_at = _said_at(work, command, case)
    work.keep_step(
        case.arrive(command.actor, work.at, unit_id=command.unit_id, said_at=said_at)
    )
    _field_seen(work, command, case, UnitStatus.ON_SCENE)
    return None


def finish_case(work: UnitOfWork, command: FinishCase, _means: Means) -> object:
    """反馈: the unit has done it, and is free."""
    case = _answered_case(work, command)
    said_at = _said_at(work, command, case)
    photos = tuple(_keep_photo(work, photo) for photo in command.photos)
    work.keep_step(
        case.finish(
            command.actor,
            work.at,
            unit_id=command.unit_id,
            said_at=said_at,
            text=command.text,
            photos=photos,
        )
    )
    _field_seen(work, command, case, UnitStatus.FREE)
    return None


def return_case(work: UnitOfWork, command: ReturnCase, _means: Means) -> object:
    """回退: the unit cannot take it, and is free."""
    case = _answered_case(work, command)
    work.keep_step(
        case.hand_back(
            command.actor, work.at, unit_id=command.unit_id, reason=command.reason
        )
    )
    _field_seen(work, command, case, UnitStatus.FREE)
    return None


def report_finding(work: UnitOfWork, command: ReportFinding, means: Means) -> object:
    """巡查上报: open a case that a unit found on its round."""
    category = means.taxonomy.find(command.category)
    if category is None:
        raise Refused(
            "category_unknown",
            f"there is no category {command.category}",
            category=command.category,
        )
    unit = work.unit(command.unit_id)
    point = command.point or unit.point or command.home
    grid_code = work.grid_of(point)
    grid = work.find("grid", grid_code)
    at, doubt = believable(command.at, work.at)
    outside = "" if work.in_town(point, home=command.home) else DOUBT_OUTSIDE
    open_case(
        work,
        command.actor,
        action="report",
        category=category,
        place_name=command.place_name.strip() or (grid.name if grid else unit.name),
        point=point,
        grid_code=grid_code,
        channel=PATROL_CHANNEL,
        details=command.text,
        signal_at=at,
        received_at=work.at,
        doubt=doubts(doubt, outside),
        reporter_name=unit.name,
        reporter_phone=unit.phone,
        photos=tuple(_keep_photo(work, photo) for photo in command.photos),
        unit_id=unit.unit_id,
    )
    return None


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
    case = _acknowledge_all(work, command, case)
    if case.state is CaseState.NEW:
        case = work.keep_step(case.accept(by, work.at))
    return work.keep_step(
        case.file(by, work.at, standard_id=standard_id, department=category.department)
    )


def _acknowledge_all(
    work: UnitOfWork, command: TakeCase | SendUnit | VoidCase, case: Case
) -> Case:
    by = command.actor
    waiting = [a for a in work.alarms_on(case.case_id) if a.acknowledged_at is None]
    for alarm in waiting:
        work.keep_alarm(alarm.acknowledged(by.name, work.at))
    return work.keep_step(case.acknowledged(by, work.at)) if waiting else case


def _unseen(case: Case, alarm: Alarm) -> Refused:
    return Refused(
        "alarm_unacknowledged",
        f"case {case.number} has an alarm that nobody has acknowledged",
        number=case.number,
        alarm_id=alarm.alarm_id,
    )


def _deadline(
    case: Case, at: datetime, taxonomy: Taxonomy, calendar: WorkCalendar
) -> datetime | None:
    standard = taxonomy.standard(case.standard_id)
    if standard is None:
        return None
    return calendar.deadline(at, standard.limit_code, standard.limit_value)


def _answered_case(work: UnitOfWork, command: FieldCommand) -> Case:
    """Return the case a unit speaks of, if it still stands as it was sent.

    Recalled and sent again is another task, also for the same unit: what it says of
    the old one must not move the new one.
    """
    case = work.case(command.case_id)
    if command.sending not in (None, case.sending):
        raise Refused(
            "recalled",
            f"task {case.case_id}.{command.sending} was recalled",
            number=case.number,
        )
    return case


def _said_at(work: UnitOfWork, command: FieldCommand, case: Case) -> datetime:
    """Return the terminal's own time, kept in the order things can happen in."""
    at, _ = believable(command.at, work.at)
    before = [case.clocks[m] for m in _FIELD_MOMENTS if m in case.clocks]
    return min(max([at, *before]), max([work.at, *before]))


def _field_seen(
    work: UnitOfWork, command: FieldCommand, case: Case, status: UnitStatus
) -> None:
    unit = work.unit(command.unit_id)
    case_id = None if status is UnitStatus.FREE else case.case_id
    set_unit(work, unit, status, case_id=case_id)
    if command.point is None:
        return
    at, doubt = believable(command.at, work.at)
    doubt = doubts(doubt, "" if work.in_town(command.point) else DOUBT_OUTSIDE)
    note_position(
        work,
        UnitFix(
            unit_id=unit.unit_id,
            point=command.point,
            point_at=at,
            accuracy_m=None,
            doubt=doubt,
        ),
        device_id=unit.device_id,
        received_at=work.at,
    )


def note_position(
    work: UnitOfWork,
    fix: UnitFix,
    *,
    device_id: str,
    received_at: datetime,
    speed_mps: float | None = None,
    heading_deg: float | None = None,
) -> None:
    """Keep a position's row; the newest of a unit is told within a second.

    A time ahead of the receipt is a clock that runs fast: kept, an old place would
    look fresh for as long as it runs ahead, and newer ones of other clocks be lost.
    """
    fix = replace(fix, point_at=min(fix.point_at, received_at))
    work.add_row(
        tables.positions,
        {
            "unit_id": fix.unit_id,
            "device_id": device_id,
            "at": fix.point_at,
            "received_at": received_at,
            "lon": fix.point.lon,
            "lat": fix.point.lat,
            "datum": fix.point.datum,
            "accuracy_m": fix.accuracy_m,
            "speed_mps": speed_mps,
            "heading_deg": heading_deg,
            "doubt": fix.doubt,
        },
    )
    unit = work.find("unit", fix.unit_id)
    if unit is None:
        return
    waiting = work.working.fixes.get(fix.unit_id)
    newest = unit.point_at if waiting is None else waiting.point_at
    if newest is None or fix.point_at >= newest:
        work.move(fix)


def _keep_photo(work: UnitOfWork, photo: Photo) -> PhotoRef:
    if photo.media_type not in PHOTO_TYPES:
        raise Refused(
            "photo_type", "a photo is JPEG or PNG", media_type=photo.media_type
        )
    if len(photo.data) > PHOTO_BYTES:
        raise Refused("photo_size", "a photo has at most 256 KiB", size=len(photo.data))
    digest = hashlib.sha256(photo.data).hexdigest()
    work.keep_photo(digest, photo.media_type, photo.data)
    return PhotoRef(
        digest=digest,
        name=photo.name,
        media_type=photo.media_type,
        taken_at=_in_range(photo.taken_at, work.at),
    )


def _in_range(at: datetime, otherwise: datetime) -> datetime:
    """Return a sender's time in UTC; one that UTC has no year for is not kept."""
    try:
        return at.astimezone(UTC)
    except (OverflowError, ValueError):
        return otherwise
