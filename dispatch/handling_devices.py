"""Handlers of what devices say. On the hot path: little work a message."""

import math
from datetime import datetime

import sqlalchemy as sa

from dispatch import tables
from dispatch.alarms import Alarm
from dispatch.cases import Case
from dispatch.changes import DeviceReading, UnitFix
from dispatch.commands import (
    DeviceCommand,
    RaiseAlarm,
    RecordHeartbeat,
    RecordPosition,
    RecordReading,
    Refused,
    RestoreAlarm,
)
from dispatch.devices import Device
from dispatch.handling import (
    DOUBT_OUTSIDE,
    Means,
    believable,
    doubts,
    open_case,
    sender,
)
from dispatch.handling_field import note_position
from dispatch.rules import LastUse, LowUse, Verdict, weigh
from dispatch.work import UnitOfWork

DEVICE_CHANNEL = "device"
_LOOK_BACK = 4  # times a rule's time: longer ago nothing it weighs has happened


def raise_alarm(work: UnitOfWork, command: RaiseAlarm, means: Means) -> object:
    """Open an alarm and its case, or count it on those that are open.

    An odd time or place never stops an alarm: the time of receipt and the enrolled
    place stand in, and the doubt is written on alarm, case and log.
    """
    device = _heard(work, command)
    at, doubt = believable(command.at, command.received_at)
    point = device.point
    if command.point is not None:
        if not work.in_town(command.point, home=device.point):
            doubt = doubts(doubt, DOUBT_OUTSIDE)
        elif device.unit_id:
            point = command.point  # a terminal is where it says, not where it hangs
    held = [
        alarm
        for alarm in work.alarms_of(command.device_id, command.category)
        if alarm.drill == command.drill and alarm.test == command.test
    ]
    latest = held[-1] if held else None
    case = _open_case_of(work, latest)
    if latest is not None and case is not None:
        count = latest.count + 1 if latest.is_open else 1
        work.keep_step(
            case.alarmed(
                command.actor,
                work.at,
                text=_counted(command.text, count),
                doubt=doubt,
                quiet=latest.is_open and not latest.is_news(at, count=count),
            )
        )
        if latest.is_open:
            work.keep_alarm(latest.repeated(at, doubt=doubt))
            return case.case_id
    elif latest is not None and latest.active:
        # Its case was closed while the condition held: the new alarm carries it on.
        work.keep_alarm(latest.restored(at))
    category = means.taxonomy.category(command.category)
    if case is None:
        case = open_case(
            work,
            command.actor,
            action="alarm",
            category=category,
            place_name=device.place_name,
            point=point,
            grid_code=device.grid_code if point is device.point else "",
            channel=DEVICE_CHANNEL,
            details=command.text,
            signal_at=at,
            received_at=command.received_at,
            doubt=doubt,
            drill=command.drill or command.test,
            alarm_count=1,
        )
    work.keep_alarm(
        Alarm(
            alarm_id=work.next_number("alarm"),
            device_id=command.device_id,
            category=command.category,
            severity=category.severity,
            place_name=device.place_name,
            point=point,
            first_at=at,
            last_at=at,
            case_id=case.case_id,
            doubt=doubt,
            drill=command.drill,
            test=command.test,
        )
    )
    return case.case_id


def restore_alarm(work: UnitOfWork, command: RestoreAlarm, _means: Means) -> object:
    """Note that a condition has gone; what nobody acknowledged stays latched."""
    _heard(work, command)
    at, _ = believable(command.at, command.received_at)
    for alarm in work.alarms_of(command.device_id, command.category):
        if not alarm.active:
            continue
        work.keep_alarm(alarm.restored(at))
        case = _open_case_of(work, alarm)
        if case is not None and alarm.is_news(at, count=alarm.count):
            text = _counted("", alarm.count)
            work.keep_step(case.restored(command.actor, work.at, text=text))
    return None


def record_reading(work: UnitOfWork, command: RecordReading, means: Means) -> object:
    """Keep a reading's row; the newest values are told within a second."""
    if not all(map(math.isfinite, command.values.values())):
        raise Refused("value", "a value is a finite number", device=command.device_id)
    _heard(work, command, values=command.values)
    at, doubt = believable(command.at, command.received_at)
    if command.low_use is not None and not doubt:
        _weigh(work, command, command.low_use, at, means)
    work.add_row(
        tables.readings,
        {
            "device_id": command.device_id,
            "at": at,
            "received_at": command.received_at,
            "values": command.values,
            "doubt": doubt,
        },
    )
    return None


def record_heartbeat(
    work: UnitOfWork, command: RecordHeartbeat, _means: Means
) -> object:
    """Note a sign of life, told within a second."""
    _heard(work, command, battery=command.battery)
    return None


def record_position(work: UnitOfWork, command: RecordPosition, _means: Means) -> object:
    """Keep a position's row; outside the town it is kept and marked."""
    device = _heard(work, command)
    at, doubt = believable(command.at, command.received_at)
    if not work.in_town(command.point, home=device.point):
        doubt = doubts(doubt, DOUBT_OUTSIDE)
    note_position(
        work,
        UnitFix(
            unit_id=device.unit_id,
            point=command.point,
            point_at=at,
            accuracy_m=command.accuracy_m,
            doubt=doubt,
        ),
        device_id=command.device_id,
        received_at=command.received_at,
        speed_mps=command.speed_mps,
        heading_deg=command.heading_deg,
    )
    return None


def _weigh(
    work: UnitOfWork, command: RecordReading, rule: LowUse, at: datetime, means: Means
) -> None:
    """Raise the rule's alarm once where a home uses too little; restore it on use."""
    total = command.values.get(rule.value)
    if total is None:
        return
    last, verdict = weigh(rule, _last_use(work, command.device_id, rule), total, at)
    work.note_use(command.device_id, last)
    alarms = work.alarms_of(command.device_id, rule.category)
    is_raised = any(alarm.active for alarm in alarms)
    if verdict is Verdict.IDLE and not is_raised:
        hours = rule.within.total_seconds() / 3600
        alarm = RaiseAlarm(
            actor=command.actor,
            device_id=command.device_id,
            sequence=command.sequence,
            at=at,
            received_at=command.received_at,
            category=rule.category,
            text=f"{total - last.total:.2f} {rule.unit} / {hours:.0f} h",
        )
        raise_alarm(work, alarm, means)
    elif verdict is Verdict.USED and is_raised:
        restored = RestoreAlarm(
            actor=command.actor,
            device_id=command.device_id,
            sequence=command.sequence,
            at=at,
            received_at=command.received_at,
            category=rule.category,
        )
        restore_alarm(work, restored, means)


def _last_use(work: UnitOfWork, device_id: str, rule: LowUse) -> LastUse | None:
    """Return what is known of a meter; after a start, what its readings say."""
    known = work.working.last_use.get(device_id)
    if known is not None:
        return known
    readings = tables.readings
    with work.store.reading() as connection:
        rows = connection.execute(
            sa.select(readings.c.at, readings.c["values"])
            .where(
                readings.c.device_id == device_id,
                readings.c.at > work.at - _LOOK_BACK * rule.within,
                readings.c.doubt == "",
            )
            .order_by(readings.c.id)
        ).all()
    for at, values in rows:
        if rule.value in values:
            known, _ = weigh(rule, known, values[rule.value], at)
    return known


def _heard(
    work: UnitOfWork,
    command: DeviceCommand,
    *,
    battery: float | None = None,
    values: dict[str, float] | None = None,
) -> Device:
    """Return the device that spoke, its sign of life noted."""
    device = sender(work, command.device_id, command.public_key)
    known = work.working.reads.get(command.device_id)
    if known is None:
        known = work.find("reading", command.device_id)
    if known is not None:
        battery = known.battery if battery is None else battery
        values = {**known.values, **values} if values else known.values
    heard = DeviceReading(
        device_id=command.device_id,
        last_seen=command.received_at,
        battery=battery,
        values=values or {},
    )
    work.read(heard)
    return device


def _counted(text: str, count: int) -> str:
    """Return a report's words with its number, from the third on."""
    return text if count < 3 else f"×{count} {text}".rstrip()


def _open_case_of(work: UnitOfWork, alarm: Alarm | None) -> Case | None:
    if alarm is None or alarm.case_id is None:
        return None
    case = work.case(alarm.case_id)
    while case.course.merged_into is not None:
        # What was joined to another is counted on that one.
        case = work.case(case.course.merged_into)
    return case if case.state.is_open else None
