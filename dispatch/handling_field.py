"""Handlers of what units in the field say: of their task, their place, what they found.

By their terminal; or on the telephone, entered at a desk.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from dispatch import tables
from dispatch.altered import altered
from dispatch.carrying import heading_after
from dispatch.case_commands import AnswerHelp
from dispatch.case_log import PHOTO_BYTES
from dispatch.cases import Case, LogEntry, PhotoRef, Step
from dispatch.changes import UnitFix
from dispatch.commands import (
    ArriveCase,
    DepartCase,
    FieldCommand,
    FinishCase,
    Moment,
    Photo,
    Refused,
    ReportFinding,
    ReturnCase,
    SignCase,
)
from dispatch.handling import (
    DOUBT_OUTSIDE,
    Means,
    believable,
    doubts,
    open_case,
    sender,
    set_unit,
)
from dispatch.phone_commands import (
    ArriveByPhone,
    FinishByPhone,
    PhoneCommand,
    SignByPhone,
)
from dispatch.units import UnitStatus
from dispatch.work import UnitOfWork

PATROL_CHANNEL = "patrol"
PHOTO_TYPES = frozenset({"image/jpeg", "image/png"})

_FIELD_MOMENTS = (Moment.DISPATCHED, Moment.SIGNED, Moment.DEPARTED, Moment.ARRIVED)
_IN_TURN = (*_FIELD_MOMENTS, Moment.FINISHED)


def sign_case(work: UnitOfWork, command: SignCase, _means: Means) -> object:
    """签收: the unit has the task."""
    case = _answered_case(work, command)
    if _was_told(case, command, Moment.SIGNED):
        return None
    said_at = _said_at(work, command, case)
    work.keep_step(
        case.go_on(
            "sign", command.actor, work.at, unit_id=command.unit_id, said_at=said_at
        )
    )
    field_seen(work, command, case, UnitStatus.ASSIGNED)
    return None


def depart_case(work: UnitOfWork, command: DepartCase, _means: Means) -> object:
    """出动."""
    case = _answered_case(work, command)
    if _was_told(case, command, Moment.DEPARTED):
        return None
    said_at = _said_at(work, command, case)
    work.keep_step(
        case.go_on(
            "depart", command.actor, work.at, unit_id=command.unit_id, said_at=said_at
        )
    )
    field_seen(work, command, case, UnitStatus.EN_ROUTE)
    return None


def arrive_case(work: UnitOfWork, command: ArriveCase, _means: Means) -> object:
    """到场."""
    case = _answered_case(work, command)
    if _was_told(case, command, Moment.ARRIVED):
        return None
    said_at = _said_at(work, command, case)
    work.keep_step(
        case.go_on(
            "arrive", command.actor, work.at, unit_id=command.unit_id, said_at=said_at
        )
    )
    field_seen(work, command, case, UnitStatus.ON_SCENE)
    return None


def finish_case(work: UnitOfWork, command: FinishCase, _means: Means) -> object:
    """反馈: the unit has done it, and is free.

    Where a desk entered that already, its words and photos are one more line: the unit
    may have gone on to another case meanwhile.
    """
    case = _answered_case(work, command)
    photos = tuple(keep_photo(work, photo) for photo in command.photos)
    if _was_told(case, command, Moment.FINISHED):
        keep_late(work, command, case, photos)
        return None
    said_at = _said_at(work, command, case)
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
    field_seen(work, command, case, UnitStatus.FREE)
    return None


def return_case(work: UnitOfWork, command: ReturnCase, _means: Means) -> object:
    """回退: the unit cannot take it, and is free."""
    case = _answered_case(work, command)
    work.keep_step(
        case.hand_back(
            command.actor, work.at, unit_id=command.unit_id, reason=command.reason
        )
    )
    field_seen(work, command, case, UnitStatus.FREE)
    return None


def sign_by_phone(work: UnitOfWork, command: SignByPhone, _means: Means) -> object:
    """签收 by telephone: the unit has been told and goes."""
    case = _phoned_case(work, command)
    said_at = _said_at(work, command, case)
    work.keep_step(
        case.go_on(
            "sign", command.actor, work.at, unit_id=command.unit_id, said_at=said_at
        )
    )
    _phone_seen(work, command, UnitStatus.ASSIGNED)
    return None


def arrive_by_phone(work: UnitOfWork, command: ArriveByPhone, _means: Means) -> object:
    """到场 by telephone."""
    case = _phoned_case(work, command)
    said_at = _said_at(work, command, case)
    work.keep_step(
        case.go_on(
            "arrive", command.actor, work.at, unit_id=command.unit_id, said_at=said_at
        )
    )
    _phone_seen(work, command, UnitStatus.ON_SCENE)
    return None


def finish_by_phone(work: UnitOfWork, command: FinishByPhone, _means: Means) -> object:
    """反馈 by telephone: what was done, in words, for there is no photo."""
    case = _phoned_case(work, command)
    said_at = _said_at(work, command, case)
    step = case.finish(
        command.actor,
        work.at,
        unit_id=command.unit_id,
        said_at=said_at,
        text=command.text.strip(),
    )
    if not command.text.strip():
        raise Refused("result_missing", "what was done has to be said in words")
    work.keep_step(step)
    _phone_seen(work, command, UnitStatus.FREE)
    return None


def report_finding(work: UnitOfWork, command: ReportFinding, means: Means) -> object:
    """巡查上报: open a case that a unit found on its round."""
    may_speak(work, command)
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
        photos=tuple(keep_photo(work, photo) for photo in command.photos),
        unit_id=unit.unit_id,
    )
    return None


# -- inside -------------------------------------------------------------------


def _answered_case(work: UnitOfWork, command: FieldCommand) -> Case:
    """Return the case a unit speaks of, if it still stands as it was sent.

    Recalled and sent again is another task, also for the same unit: what it says of
    the old one must not move the new one.
    """
    may_speak(work, command)
    case = work.case(command.case_id)
    if command.sending not in (None, case.sending):
        raise Refused(
            "recalled",
            f"task {case.case_id}.{command.sending} was recalled",
            number=case.number,
        )
    return case


def may_speak(work: UnitOfWork, command: FieldCommand | ReportFinding) -> None:
    """Refuse what a terminal says that was revoked or given another key since."""
    if command.device_id:
        sender(work, command.device_id, command.public_key)


def _was_told(case: Case, command: FieldCommand, moment: Moment) -> bool:
    """Return whether a desk entered already what a terminal says now: no fault.

    Or what comes after it: nobody telephones that they have departed.
    """
    later = _IN_TURN[_IN_TURN.index(moment) :]
    return case.unit_id == command.unit_id and any(m in case.clocks for m in later)


def keep_late(
    work: UnitOfWork,
    command: FinishCase | AnswerHelp,
    case: Case,
    photos: tuple[PhotoRef, ...],
) -> None:
    """Keep what was done as one more line, where a desk has said so before."""
    if not command.text.strip() and not photos:
        return
    entry = LogEntry(
        case_id=case.case_id,
        at=work.at,
        actor=command.actor.name,
        seat=command.actor.seat,
        action="note",
        from_state=case.state,
        to_state=case.state,
        text=command.text,
        unit_id=command.unit_id,
        photos=photos,
    )
    work.keep_step(Step(case, (entry,)))


def _phoned_case(work: UnitOfWork, command: PhoneCommand) -> Case:
    case = work.case(command.case_id)
    case.check_version(command.seen)
    return case


def _phone_seen(work: UnitOfWork, command: PhoneCommand, status: UnitStatus) -> None:
    case_id = None if status is UnitStatus.FREE else command.case_id
    set_unit(work, work.unit(command.unit_id), status, case_id=case_id)


def _said_at(
    work: UnitOfWork, command: FieldCommand | PhoneCommand, case: Case
) -> datetime:
    """Return the sender's own time, kept in the order things can happen in."""
    before = [case.clocks[m] for m in _FIELD_MOMENTS if m in case.clocks]
    return said_after(work, command.at, before)


def said_after(work: UnitOfWork, at: datetime, before: Iterable[datetime]) -> datetime:
    """Return a sender's own time, as far as it is believed and not before what was."""
    before = (*before,)
    at, _ = believable(at, work.at)
    return min(max([at, *before]), max([work.at, *before]))


def field_seen(
    work: UnitOfWork, command: FieldCommand, case: Case, status: UnitStatus
) -> None:
    """Note what a unit does by what it said, and where it said it is."""
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
    if fix.point_at > received_at:
        fix = replace(fix, point_at=received_at)
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
    last = work.working.fixes.get(fix.unit_id) or unit
    if last.point_at is None or fix.point_at >= last.point_at:
        heading = heading_after(
            last.point, last.heading_deg, point=fix.point, said=heading_deg
        )
        work.move(altered(fix, heading_deg=heading))


def keep_photo(work: UnitOfWork, photo: Photo) -> PhotoRef:
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
