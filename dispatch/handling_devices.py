"""Handlers of what devices say. On the hot path: little work a message."""

import math

from dispatch import tables
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
from dispatch.handling import DOUBT_OUTSIDE, Means, believable, doubts, sender
from dispatch.handling_field import note_position
from dispatch.handling_rules import weigh_reading
from dispatch.latching import latch, let_go
from dispatch.work import UnitOfWork


def raise_alarm(work: UnitOfWork, command: RaiseAlarm, means: Means) -> object:
    """Open an alarm and its case, or count it on those that are open.

    An odd time or place never stops an alarm: the time of receipt and the enrolled
    place stand in, and the doubt is written on alarm, case and log.
    """
    return latch(work, _heard(work, command), command, means)


def restore_alarm(work: UnitOfWork, command: RestoreAlarm, _means: Means) -> object:
    """Note that a condition has gone; what nobody acknowledged stays latched."""
    _heard(work, command)
    let_go(work, command)
    return None


def record_reading(work: UnitOfWork, command: RecordReading, means: Means) -> object:
    """Keep a reading's row; the newest values are told within a second."""
    if not all(map(math.isfinite, command.values.values())):
        raise Refused("value", "a value is a finite number", device=command.device_id)
    device = _heard(work, command, values=command.values)
    at, doubt = believable(command.at, command.received_at)
    if not doubt:
        weigh_reading(work, command, device=device, at=at, means=means)
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
