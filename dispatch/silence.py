"""Which devices say less than they must: one rule for every desk and for the doctor.

Pure; what was heard comes from the board, or from a snapshot of the store.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dispatch.changes import DeviceReading
from dispatch.devices import METERS, Device, hangs

# How long a device may say nothing: the longest its protocol lets it, and some more.
SILENT_AFTER = timedelta(hours=25)
METER_SILENT_AFTER = timedelta(hours=3)
ONLINE = "online"  # a reading: 0 where its gateway knows that a device is gone


@dataclass(frozen=True, slots=True)
class Silent:
    """A device nothing was heard of for longer than it may be, or that is known gone.

    Attributes:
        device: Which.
        last_seen: Its last sign of life.
    """

    device: Device
    last_seen: datetime


def silent_among(
    devices: Iterable[Device], readings: Mapping[str, DeviceReading], now: datetime
) -> list[Silent]:
    """Return the devices that are silent, the longest silent first.

    What people carry is switched off at times, and is not missed.
    """
    found = []
    for device in filter(hangs, devices):
        reading = readings.get(device.device_id)
        allowed = METER_SILENT_AFTER if device.kind in METERS else SILENT_AFTER
        if reading is None:
            continue
        is_gone = reading.values.get(ONLINE) == 0
        if is_gone or now - reading.last_seen > allowed:
            found.append(Silent(device, reading.last_seen))
    return sorted(found, key=lambda each: (each.last_seen, each.device.device_id))


def never_heard_among(
    devices: Iterable[Device], readings: Mapping[str, DeviceReading]
) -> list[Device]:
    """Return the devices that were let in and have never given a sign of life."""
    never = (each for each in devices if hangs(each))
    return sorted(
        (each for each in never if each.device_id not in readings),
        key=lambda each: each.device_id,
    )
