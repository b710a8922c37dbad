"""What several device kinds share when they translate. Pure, like they are."""

import math
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from dispatch import wire
from dispatch.commands import (
    DeviceCommand,
    Photo,
    RaiseAlarm,
    RecordHeartbeat,
    RecordPosition,
    RecordReading,
    RestoreAlarm,
)
from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.people import Actor, Role
from dispatch.utc_time import utc

_DEVICE = frozenset({Role.DEVICE})


class Heard(NamedTuple):
    """A message with what only the service knows of it; what is translated.

    Attributes:
        device: The register entry of the key that sent it.
        body: What it says.
        seq: Its number.
        at: The device's own time (UTC); the time of receipt where it has none.
        received_at: When the service had it (UTC).
    """

    device: Device
    body: wire.Body
    seq: int
    at: datetime
    received_at: datetime

    @property
    def command_id(self) -> str:
        """Return the id of the command this message becomes, the same every time.

        The key is part of it: a new key's numbers begin afresh.
        """
        return f"{command_prefix(self.device)}{self.seq}"


def command_prefix(device: Device) -> str:
    """Return what the ids of a device's commands begin with, before the number."""
    return f"{device.device_id}:{device.public_key[:8]}:"


def actor(message: Heard) -> Actor:
    """Return the device itself as the one who asks."""
    return _device_actor(message.device.device_id)


@lru_cache(maxsize=20_000)
def _device_actor(device_id: str) -> Actor:
    return Actor(name=device_id, seat="", roles=_DEVICE)


def alarm(message: Heard, body: wire.Alarm, *, category: str) -> RaiseAlarm:
    """Return an alarm. Its time and place go on as sent, however odd they are."""
    return RaiseAlarm(
        actor=actor(message),
        command_id=message.command_id,
        device_id=message.device.device_id,
        sequence=message.seq,
        at=message.at,
        received_at=message.received_at,
        public_key=message.device.public_key,
        category=category,
        text=body.text,
        point=_claimed_point(body.where),
        drill=body.drill,
        test=body.test,
    )


def restore(message: Heard, *, category: str) -> RestoreAlarm:
    """Return the end of an alarm's condition."""
    return RestoreAlarm(
        actor=actor(message),
        command_id=message.command_id,
        device_id=message.device.device_id,
        sequence=message.seq,
        at=message.at,
        received_at=message.received_at,
        public_key=message.device.public_key,
        category=category,
    )


def sign_of_life(message: Heard, body: wire.Heartbeat | wire.Reading) -> DeviceCommand:
    """Return a heartbeat or plain values."""
    if isinstance(body, wire.Heartbeat):
        return RecordHeartbeat(
            actor=actor(message),
            command_id=message.command_id,
            device_id=message.device.device_id,
            sequence=message.seq,
            at=message.at,
            received_at=message.received_at,
            public_key=message.device.public_key,
            battery=body.battery,
        )
    return RecordReading(
        actor=actor(message),
        command_id=message.command_id,
        device_id=message.device.device_id,
        sequence=message.seq,
        at=message.at,
        received_at=message.received_at,
        public_key=message.device.public_key,
        values=body.values,
    )


def position(message: Heard, body: wire.Position) -> RecordPosition:
    """Return a position."""
    return RecordPosition(
        actor=actor(message),
        command_id=message.command_id,
        device_id=message.device.device_id,
        sequence=message.seq,
        at=message.at,
        received_at=message.received_at,
        public_key=message.device.public_key,
        point=Point(body.where.lon, body.where.lat),
        accuracy_m=body.where.accuracy_m,
        speed_mps=body.speed_mps,
        heading_deg=body.heading_deg,
    )


def photos(message: Heard, photo: wire.Photo | None) -> tuple[Photo, ...]:
    """Return the photo of a message, taken when it was sent where it says no time."""
    if photo is None:
        return ()
    taken_at = message.at if photo.taken_at is None else utc(photo.taken_at)
    return (
        Photo(
            name=photo.name or "photo",
            media_type=photo.media_type,
            data=photo.data,
            taken_at=taken_at,
        ),
    )


def point(where: wire.Where | None) -> Point | None:
    """Return a checked position as a point."""
    return None if where is None else Point(where.lon, where.lat)


def _claimed_point(where: wire.ClaimedWhere | None) -> Point | None:
    """Bring a claimed place onto the globe, so that it shows as far outside.

    What is no number at all is left out: the enrolled place counts then.
    """
    if where is None or not (math.isfinite(where.lon) and math.isfinite(where.lat)):
        return None
    return Point(
        min(max(where.lon, -180.0), 180.0),
        min(max(where.lat, -90.0), 90.0),
    )
