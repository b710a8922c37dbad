"""Changes as bytes: how they lie in the store and go to the desks.

A change is a kind and a msgpack body; the body is read back into the same frozen
dataclass, so that a follower gets exactly what was committed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from dispatch.cases import LogEntry
from dispatch.changes import (
    AlarmChanged,
    CameraChanged,
    CaseChanged,
    Change,
    DeviceChanged,
    DevicesRead,
    GridChanged,
    PlaceChanged,
    ProfileChanged,
    UnitChanged,
    UnitsMoved,
    Withheld,
)
from dispatch.commands import Command
from dispatch.people import SYSTEM

CHANGE_KINDS: dict[str, type[Change]] = {
    "case": CaseChanged,
    "alarm": AlarmChanged,
    "unit": UnitChanged,
    "moved": UnitsMoved,
    "read": DevicesRead,
    "device": DeviceChanged,
    "camera": CameraChanged,
    "grid": GridChanged,
    "place": PlaceChanged,
    "profile": ProfileChanged,
    "withheld": Withheld,
}

# A change as it lies in the store and goes to the desks: number, kind, body.
Packed = tuple[int, str, bytes]

_KIND_OF = {kind: name for name, kind in CHANGE_KINDS.items()}
_DECODERS: dict[str, msgspec.msgpack.Decoder[Any]] = {
    name: msgspec.msgpack.Decoder(kind) for name, kind in CHANGE_KINDS.items()
}
_encode = msgspec.msgpack.Encoder().encode


class CaseGlance(msgspec.Struct, frozen=True, kw_only=True):
    """Of a changed case what says whether it concerns a terminal."""

    case_id: int
    state: int
    sending: int


class _CaseChange(msgspec.Struct, frozen=True):
    case: CaseGlance


_glance = msgspec.msgpack.Decoder(_CaseChange).decode


def pack(change: Change) -> tuple[str, bytes]:
    """Return a change as its kind and bytes."""
    return _KIND_OF[type(change)], _encode(change)


def unpack(kind: str, body: bytes) -> Change:
    """Return the change that `pack` gave."""
    change: Change = _DECODERS[kind].decode(body)
    return change


def glance(body: bytes) -> CaseGlance:
    """Return the little that most need of a changed case, at a tenth of the cost."""
    return _glance(body).case


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """What a change carries besides the thing that changed.

    Attributes:
        number: Its number.
        at: When.
        command: What it answers, or None where the service began it.
    """

    number: int
    at: datetime
    command: Command | None

    def change(
        self, kind: str, thing: Any, *, entries: tuple[LogEntry, ...] = ()
    ) -> Change:
        """Return the change that tells of a register's entry."""
        actor = SYSTEM if self.command is None else self.command.actor
        fields: dict[str, Any] = {
            "number": self.number,
            "at": self.at,
            "actor": actor.name,
            "seat": actor.seat,
            "command_id": "" if self.command is None else self.command.command_id,
            kind: thing,
        }
        if kind == "case":
            fields["entries"] = entries
        return CHANGE_KINDS[kind](**fields)
