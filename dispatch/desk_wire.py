"""What a desk and the service say to each other, as bytes.

Both ends are this program in this version; an outside program uses the device
protocol. A command or question travels as its class's name and its fields, and
becomes an object only through the tables here.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import msgspec
from msgspec import Struct

from dispatch.case_commands import (
    AcceptHandOver,
    AssignCase,
    CallForce,
    ClaimCase,
    CompleteCase,
    FeedBack,
    FeedBackPart,
    HoldMeeting,
    KeepPromise,
    MakePromise,
    MarkStep,
    MergeCase,
    MoveForce,
    NoteCallBack,
    OfferCase,
    Reinforce,
    RequestSuspension,
    SendDirect,
    ShelveAlarms,
    SuperviseCase,
    TransferCase,
    TurnCase,
    TurnPart,
)
from dispatch.changes import Change, Snapshot
from dispatch.circulars import SendCircular
from dispatch.commands import (
    AcknowledgeAlarm,
    AddNote,
    CheckCase,
    CloseCase,
    Command,
    EnrolDevice,
    ImportTown,
    NoteView,
    OpenStream,
    RecallUnit,
    RecordMoment,
    Refused,
    RegisterCamera,
    ReportCase,
    SendUnit,
    TakeCase,
    VoidCase,
)
from dispatch.numbers import NoteNumbers
from dispatch.packing import Packed, unpack
from dispatch.people import SYSTEM, Role, Scope
from dispatch.phone_commands import (
    ArriveByPhone,
    FinishByPhone,
    NoteRecording,
    NoteThreeWay,
    SignByPhone,
)
from dispatch.profile_use import UseProfile
from dispatch.receipts import Receipt
from dispatch.rule_changes import SetRule
from dispatch.wrong_views import FlagWrongView, TakeBackWrongView

VERSION = 1

# Everything a desk may ask. What devices say comes in through the intake alone.
COMMANDS: dict[str, type[Command]] = {
    kind.__name__: kind
    for kind in (
        ReportCase,
        TakeCase,
        SendUnit,
        RecallUnit,
        CheckCase,
        CloseCase,
        VoidCase,
        TurnCase,
        RequestSuspension,
        SuperviseCase,
        ShelveAlarms,
        TransferCase,
        AcceptHandOver,
        Reinforce,
        CallForce,
        MoveForce,
        SendCircular,
        AssignCase,
        FeedBack,
        TurnPart,
        FeedBackPart,
        ClaimCase,
        OfferCase,
        MergeCase,
        NoteCallBack,
        CompleteCase,
        HoldMeeting,
        MakePromise,
        KeepPromise,
        SendDirect,
        MarkStep,
        AddNote,
        RecordMoment,
        AcknowledgeAlarm,
        SignByPhone,
        ArriveByPhone,
        FinishByPhone,
        NoteRecording,
        NoteThreeWay,
        ImportTown,
        RegisterCamera,
        EnrolDevice,
        NoteView,
        NoteNumbers,
        FlagWrongView,
        TakeBackWrongView,
        OpenStream,
        UseProfile,
        SetRule,
    )
}
STATION_ROLES = frozenset({Role.DEPARTMENT})
DESK_ROLES = frozenset(
    {
        Role.ACCEPTOR,
        Role.DISPATCHER,
        Role.SHIFT_LEADER,
        Role.TECHNICIAN,
        Role.COLLECTOR,
        Role.DEPARTMENT,
    }
)


# What a desk's ids are, and no device's ever is: both stand in one table, and an id
# that stands there is never applied again.
_COMMAND_ID = re.compile(r"[0-9a-f]{32}")


class NotUnderstood(Exception):  # noqa: N818 - an answer to the peer, not a fault
    """Bytes of a desk or a service that mean nothing here."""


class _Part(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a message; an unknown field is a refusal."""


# -- from the desk -------------------------------------------------------------


class Submit(_Part, frozen=True, kw_only=True, tag="submit"):
    """A command."""

    id: int
    name: str
    body: bytes


class Ask(_Part, frozen=True, kw_only=True, tag="ask"):
    """A question."""

    id: int
    name: str
    body: bytes


class Follow(_Part, frozen=True, kw_only=True, tag="follow"):
    """Send a snapshot, and from then on every change."""


class Since(_Part, frozen=True, kw_only=True, tag="since"):
    """Send the changes after a number again: some are missing."""

    number: int


class Ping(_Part, frozen=True, kw_only=True, omit_defaults=True, tag="ping"):
    """Are you there?

    Attributes:
        seat: What this desk calls its seat; holds only where no name is enrolled.
        case_id: The case that is open at it, or None.
    """

    seat: str = ""
    case_id: int | None = None


FromDesk = Submit | Ask | Follow | Since | Ping


class DeskMessage(_Part, frozen=True, kw_only=True):
    """One message of a desk."""

    v: Literal[1]
    body: FromDesk


# -- from the service ----------------------------------------------------------


class Done(_Part, frozen=True, kw_only=True, tag="done"):
    """A command's receipt."""

    id: int
    command_id: str
    number: int
    duplicate: bool
    value: int | str | tuple[str, str] | None


class Refusal(_Part, frozen=True, kw_only=True, tag="refused"):
    """The answer to a command or question that may not be."""

    id: int
    reason: str
    text: str
    details: dict[str, str | int | float]


class Answer(_Part, frozen=True, kw_only=True, tag="answer"):
    """The answer to a question."""

    id: int
    body: bytes


class Whole(_Part, frozen=True, kw_only=True, tag="snapshot"):
    """The snapshot that begins a follow."""

    body: bytes


class Changes(_Part, frozen=True, kw_only=True, tag="changes"):
    """Changes in order, as kind and bytes."""

    items: list[tuple[str, bytes]]


class Looking(_Part, frozen=True, kw_only=True):
    """A case that is open at another desk: nothing that happened, only now so."""

    seat: str
    case_id: int


def looks(seat: str, case_id: int | None, *, is_desk: bool) -> tuple[Looking, ...]:
    """Return what the others hear of a desk: that it is there, and what is open.

    That it is there is told as a look at case 0, which older desks pass over.
    """
    at = (0,) * is_desk + (() if not case_id else (case_id,))
    return tuple(Looking(seat=seat, case_id=each) for each in at if seat or each)


class Pong(_Part, frozen=True, kw_only=True, omit_defaults=True, tag="pong"):
    """I am here, this one, and so far have I come.

    Attributes:
        seat: The name under which this desk is enrolled, which is its seat; "" for
            the desk of the service's own home, which names its seat itself.
        stores: Whether what comes in can be stored, and so acknowledged.
        scope: Whose cases alone this desk has, being a station; None: all of them.
        looking: Which other desks are there, and which cases are open at them.
        stations: The departments that have a station now.
        unheard: The gateways through which nothing comes in now.
    """

    instance: str
    number: int
    seat: str = ""
    stores: bool = True
    scope: Scope | None = None
    looking: tuple[Looking, ...] = ()
    stations: frozenset[str] = frozenset()
    unheard: tuple[str, ...] = ()


FromService = Done | Refusal | Answer | Whole | Changes | Pong


class ServiceMessage(_Part, frozen=True, kw_only=True):
    """One message of the service to a desk."""

    v: Literal[1]
    body: FromService


# -- bytes ---------------------------------------------------------------------

_encode = msgspec.msgpack.Encoder().encode
_up = msgspec.msgpack.Decoder(DeskMessage)
_down = msgspec.msgpack.Decoder(ServiceMessage)
_snapshot = msgspec.msgpack.Decoder(Snapshot)
_command_decoders: dict[str, msgspec.msgpack.Decoder[Any]] = {
    name: msgspec.msgpack.Decoder(kind) for name, kind in COMMANDS.items()
}
_UNDECODABLE = (msgspec.MsgspecError, RecursionError, ValueError, OverflowError)


def write_up(body: FromDesk) -> bytes:
    """Return a desk's message as bytes."""
    return _encode(DeskMessage(v=1, body=body))


def write_down(body: FromService) -> bytes:
    """Return the service's message as bytes."""
    return _encode(ServiceMessage(v=1, body=body))


def read_up(data: bytes) -> FromDesk:
    """Return what a desk says.

    Raises:
        NotUnderstood: For anything else.
    """
    try:
        return _up.decode(data).body
    except _UNDECODABLE as error:
        raise NotUnderstood(str(error)[:200]) from None


def read_down(data: bytes) -> FromService:
    """Return what the service says.

    Raises:
        NotUnderstood: For anything else.
    """
    try:
        return _down.decode(data).body
    except _UNDECODABLE as error:
        raise NotUnderstood(str(error)[:200]) from None


def write_command(command: Command) -> tuple[str, bytes]:
    """Return a command's name and bytes.

    Raises:
        ValueError: If a desk may not ask it.
    """
    name = type(command).__name__
    if COMMANDS.get(name) is not type(command):
        raise ValueError(f"not a desk's command: {name}")
    return name, _encode(command)


def read_command(name: str, data: bytes) -> Command:
    """Return the command that a desk has written.

    Raises:
        Refused: If there is no such command, its fields or id are wrong, or it claims
            a role that no seat holds or the service's own name.
    """
    decoder = _command_decoders.get(name)
    if decoder is None:
        raise Refused("unknown_command", f"there is no command {name[:64]}")
    try:
        command: Command = decoder.decode(data)
    except _UNDECODABLE as error:
        raise Refused("bad_command", f"{name}: {str(error)[:200]}") from None
    if not _COMMAND_ID.fullmatch(command.command_id):
        raise Refused("bad_command", f"{name}: its id is not 32 hexadecimal digits")
    if not command.actor.roles <= DESK_ROLES or not command.actor.seat:
        raise Refused("role", "no seat holds these roles")
    if command.actor.name.strip().casefold() == SYSTEM.name:
        raise Refused("actor", "that name is the service's own")
    return command


def seated(command: Command, seat: str, scope: Scope | None = None) -> Command:
    """Return a command as asked from the seat a desk is enrolled for.

    A station asks as its department, whatever roles it claims.
    """
    actor = replace(command.actor, seat=seat or command.actor.seat, scope=scope)
    if scope is not None:
        actor = replace(actor, roles=STATION_ROLES)
    return replace(command, actor=actor)


def holds_secret(command: Command) -> bool:
    """Return whether a command must never be written to disk at the desk."""
    if isinstance(command, RegisterCamera):
        return command.password is not None
    return isinstance(command, OpenStream)


def write_snapshot(snapshot: Snapshot) -> bytes:
    """Return a snapshot as bytes."""
    return _encode(snapshot)


def read_snapshot(data: bytes) -> Snapshot:
    """Return the snapshot in these bytes."""
    return _snapshot.decode(data)


def write_changes(packed: Sequence[Packed]) -> bytes:
    """Return changes, as they lie in the store, as one message."""
    return write_down(Changes(items=[(kind, body) for _, kind, body in packed]))


def read_changes(body: Changes) -> list[Change]:
    """Return the changes in a message."""
    return [unpack(kind, data) for kind, data in body.items]


def receipt(body: Done) -> Receipt:
    """Return the receipt in an answer."""
    return Receipt(
        command_id=body.command_id,
        number=body.number,
        duplicate=body.duplicate,
        value=body.value,
    )
