"""What devices and the service say to each other: frames to messages and back.

Every frame is one object with a version and a body, in JSON or MessagePack; the
document for device makers is docs/device-protocol.md. `parse` is pure, and raises
`BadFrame` and nothing else, whatever bytes arrive.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from dispatch.names import Names

VERSION = 1
MAX_MESSAGE_BYTES = 384 * 1024  # a full photo in base64, and room for the rest
MAX_PHOTO_BYTES = 256 * 1024
WINDOW = 32  # messages a device may have sent and not yet seen answered
TASK_PATTERN = r"^[1-9][0-9]{0,17}\.h?[1-9][0-9]{0,5}$"  # h: 协办
DEVICE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"
VALUE_PATTERN = r"^[a-z][a-z0-9_]{0,31}$"
# Looked at in `parse`: the decoder would look at the same few again and again.
_device_ids, value_names = Names(DEVICE_PATTERN), Names(VALUE_PATTERN)
DeviceId = Annotated[str, Meta(extra_json_schema={"pattern": DEVICE_PATTERN})]
Sequence63 = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Time = Annotated[datetime, Meta(tz=True)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Metres = Annotated[float, Meta(ge=0, le=100_000)]
ValueName = Annotated[str, Meta(extra_json_schema={"pattern": VALUE_PATTERN})]
Value = Annotated[float, Meta(ge=-1e12, le=1e12)]
Text = Annotated[str, Meta(max_length=500)]
TaskId = Annotated[str, Meta(pattern=TASK_PATTERN)]


class Encoding(StrEnum):
    """How a frame is written; a reply is written as the message was."""

    JSON = "json"
    MSGPACK = "msgpack"


class BadFrame(Exception):  # noqa: N818 - an answer to the sender, not a fault
    """A frame that is not understood.

    Attributes:
        reason: Stable word: "frames", "oversize", "garbage", "version", "schema".
        text: What is wrong, for the maker of the device.
        seq: The message's number where it could still be read.
        encoding: How to write the answer.
    """

    def __init__(
        self,
        reason: str,
        text: str,
        *,
        seq: int | None = None,
        encoding: Encoding = Encoding.JSON,
    ) -> None:
        super().__init__(text)
        self.reason = reason
        self.text = text
        self.seq = seq
        self.encoding = encoding


class _Strict(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of a message; an unknown field is a refusal, not a surprise."""


# -- upward: what a device says ------------------------------------------------


class Where(_Strict, frozen=True, kw_only=True):
    """A position in WGS-84 degrees; accuracy is a radius in metres."""

    lon: Longitude
    lat: Latitude
    accuracy_m: Metres | None = None


class ClaimedWhere(_Strict, frozen=True, kw_only=True):
    """Where an alarm says it is. Any numbers: no alarm is refused for its place."""

    lon: float
    lat: float
    accuracy_m: float | None = None


class Photo(_Strict, frozen=True, kw_only=True):
    """One picture that fits one message."""

    media_type: Literal["image/jpeg", "image/png"]
    data: Annotated[bytes, Meta(min_length=1, max_length=MAX_PHOTO_BYTES)]
    name: Annotated[str, Meta(max_length=120)] = ""
    taken_at: Time | None = None


class Hello(_Strict, tag="hello", frozen=True, kw_only=True):
    """First words after each connection; answered with `Welcome`."""

    last_seq: Sequence63 = 0
    software: Annotated[str, Meta(max_length=120)] = ""


class Heartbeat(_Strict, tag="heartbeat", frozen=True, kw_only=True):
    """The device lives; battery in per cent, null on mains."""

    battery: Annotated[float, Meta(ge=0, le=100)] | None = None


class Reading(_Strict, tag="reading", frozen=True, kw_only=True):
    """Plain values by name; the unit is part of the name."""

    values: Annotated[dict[ValueName, Value], Meta(min_length=1, max_length=32)]


class Alarm(_Strict, tag="alarm", frozen=True, kw_only=True):
    """Something has happened; the device's kind says what."""

    text: Text = ""
    where: ClaimedWhere | None = None
    drill: bool = False
    test: bool = False


class ContactId(_Strict, tag="contact_id", frozen=True, kw_only=True):
    """What an alarm panel reports, in the codes of Contact ID (SIA DC-05)."""

    event: Annotated[str, Meta(pattern=r"^[1-9][0-9]{2}$")]
    qualifier: Literal[1, 3, 6] = 1
    partition: Annotated[int, Meta(ge=0, le=99)] = 0
    zone: Annotated[int, Meta(ge=0, le=999)] = 0
    text: Text = ""
    test: bool = False


class Detection(_Strict, tag="detection", frozen=True, kw_only=True):
    """What a box that looks at pictures believes to see, with one of them."""

    label: ValueName
    camera: Annotated[str, Meta(max_length=64)] = ""
    confidence: Annotated[float, Meta(ge=0, le=1)] | None = None
    text: Text = ""
    photo: Photo | None = None
    ended: bool = False
    test: bool = False


class Restore(_Strict, tag="restore", frozen=True, kw_only=True):
    """The condition of the alarm has gone."""


class Position(_Strict, tag="position", frozen=True, kw_only=True):
    """Where a terminal is; the envelope's `at` is the time of the fix."""

    where: Where
    speed_mps: Annotated[float, Meta(ge=0, le=150)] | None = None
    heading_deg: Annotated[float, Meta(ge=0, le=360)] | None = None


class Sign(_Strict, tag="sign", frozen=True, kw_only=True):
    """签收: the worker has taken the task."""

    task: TaskId
    where: Where | None = None


class Depart(_Strict, tag="depart", frozen=True, kw_only=True):
    """出动: on the way."""

    task: TaskId
    where: Where | None = None


class Arrive(_Strict, tag="arrive", frozen=True, kw_only=True):
    """到场: on the scene."""

    task: TaskId
    where: Where | None = None


class Finish(_Strict, tag="finish", frozen=True, kw_only=True):
    """处置完成: what was done, with at most one photo."""

    task: TaskId
    text: Annotated[str, Meta(min_length=1, max_length=2000)]
    photo: Photo | None = None
    where: Where | None = None


class Return(_Strict, tag="return", frozen=True, kw_only=True):
    """回退: the worker cannot take the task, and says why."""

    task: TaskId
    reason: Annotated[str, Meta(min_length=1, max_length=500)]
    where: Where | None = None


class Report(_Strict, tag="report", frozen=True, kw_only=True):
    """巡查上报: what the worker has found, with at most one photo."""

    category: Annotated[str, Meta(pattern=r"^[0-9A-Z]{4}$")]
    text: Annotated[str, Meta(min_length=1, max_length=2000)]
    place: Annotated[str, Meta(max_length=120)] = ""
    photo: Photo | None = None
    where: Where | None = None


Answer = Sign | Depart | Arrive | Finish | Return
Sensed = Heartbeat | Reading | Alarm | ContactId | Detection | Restore | Position
Body = Sensed | Report | Answer
AnyBody = Hello | Body


class DeviceMessage(_Strict, frozen=True, kw_only=True):
    """One message of a device: an envelope and its body.

    Attributes:
        v: Version of the protocol.
        device: The device's id; must be the one its key is enrolled for.
        seq: From 1, one more for each message; 0 for `hello` only.
        at: The device's own time; null where it has no clock.
        body: What it says.
    """

    v: Literal[1]
    device: DeviceId
    seq: Sequence63
    at: Time | None = None
    body: AnyBody


# -- downward: what the service answers ----------------------------------------


class Welcome(_Strict, tag="welcome", frozen=True, kw_only=True):
    """The answer to `hello`.

    Attributes:
        device: The id this key is enrolled for.
        stored_seq: Highest number stored for this device; 0 if none.
        max_message_bytes: Never send a larger frame.
        window: How many messages may be unanswered at a time.
        at: The service's time.
        tasks: The tasks that stand for this terminal; any other has been recalled.
    """

    device: str
    stored_seq: int
    max_message_bytes: int
    window: int
    at: datetime
    tasks: list[str] = []


class Ack(_Strict, tag="ack", frozen=True, kw_only=True):
    """The message with this number is stored on disk."""

    seq: int


class Reject(_Strict, tag="reject", frozen=True, kw_only=True):
    """The message will never be taken: do not send it again.

    Attributes:
        seq: Its number, or null where it could not be read.
        reason: Stable word.
        text: What is wrong, in English.
    """

    seq: int | None
    reason: str
    text: str


class Task(_Strict, tag="task", frozen=True, kw_only=True):
    """A case offered to the terminal's unit.

    Attributes:
        task: Name of this offer; every answer carries it.
        case_number: As people say it, 19 characters.
        category: Taxonomy code.
        category_zh, category_en: Its name, in Chinese and in English.
        severity: 1 (life) to 4 (routine).
        place_name: Where, in words.
        where: Where.
        details: What was reported.
        offered_at: When the unit was sent.
        signed: It was answered; sent again to a terminal that may have forgotten.
        helping: 协办: another unit answers for the case.
    """

    task: str
    case_number: str
    category: str
    category_zh: str
    category_en: str
    severity: int
    place_name: str
    where: Where
    details: str
    offered_at: datetime
    signed: bool = False
    helping: bool = False


class Recalled(_Strict, tag="recalled", frozen=True, kw_only=True):
    """撤回: the offer no longer stands."""

    task: str
    reason: str = ""


Downward = Welcome | Ack | Reject | Task | Recalled


class ServiceMessage(_Strict, frozen=True, kw_only=True):
    """One message of the service to a device."""

    v: Literal[1]
    body: Downward


# -- frames --------------------------------------------------------------------

_json_up = msgspec.json.Decoder(DeviceMessage)
_msgpack_up = msgspec.msgpack.Decoder(DeviceMessage)
_json_down = msgspec.json.Decoder(ServiceMessage)
_msgpack_down = msgspec.msgpack.Decoder(ServiceMessage)
_ENCODE: dict[Encoding, Callable[[Struct], bytes]] = {
    Encoding.JSON: msgspec.json.Encoder().encode,
    Encoding.MSGPACK: msgspec.msgpack.Encoder().encode,
}

# Everything a decoder can answer to hostile bytes, by experiment and by fuzzing.
_UNDECODABLE = (
    msgspec.MsgspecError,
    RecursionError,
    UnicodeDecodeError,
    ValueError,
    OverflowError,
)
_SPACE = b" \t\r\n"


def parse(frames: Sequence[bytes]) -> tuple[DeviceMessage, Encoding]:
    """Return the message in a device's frames, and how it was written.

    Raises:
        BadFrame: For anything that is not exactly one valid message.
    """
    size = sum(map(len, frames))
    encoding = _encoding_of(frames[-1]) if frames else Encoding.JSON
    if size > MAX_MESSAGE_BYTES:
        raise BadFrame(
            "oversize",
            f"{size} bytes; the limit is {MAX_MESSAGE_BYTES}",
            seq=_seq_of(_loosely(frames[0], encoding)) if len(frames) == 1 else None,
            encoding=encoding,
        )
    if len(frames) != 1:
        raise BadFrame(
            "frames", f"{len(frames)} frames where one is expected", encoding=encoding
        )
    decoder: Any = _json_up if encoding is Encoding.JSON else _msgpack_up
    try:
        message: DeviceMessage = decoder.decode(frames[0])
        _device_ids.check((message.device,))
        if isinstance(message.body, Reading):
            value_names.check(message.body.values)
        elif isinstance(message.body, Detection):
            value_names.check((message.body.label,))
    except _UNDECODABLE as error:
        raise _explain(frames[0], encoding, error) from None
    if (message.seq == 0) != isinstance(message.body, Hello):
        raise BadFrame(
            "schema",
            "seq is 0 for hello and only for hello",
            seq=message.seq,
            encoding=encoding,
        )
    return message, encoding


def parse_down(frame: bytes) -> Downward:
    """Return what the service says in a frame; for clients.

    Raises:
        BadFrame: For anything else.
    """
    encoding = _encoding_of(frame)
    decoder: Any = _json_down if encoding is Encoding.JSON else _msgpack_down
    try:
        message: ServiceMessage = decoder.decode(frame)
    except _UNDECODABLE as error:
        raise _explain(frame, encoding, error) from None
    return message.body


def write(message: DeviceMessage, encoding: Encoding = Encoding.MSGPACK) -> bytes:
    """Return a device's message as a frame."""
    return _ENCODE[encoding](message)


def write_down(body: Downward, encoding: Encoding) -> bytes:
    """Return what the service says as a frame."""
    return _ENCODE[encoding](ServiceMessage(v=1, body=body))


def _encoding_of(frame: bytes) -> Encoding:
    """JSON objects begin with a brace, MessagePack maps never do."""
    return Encoding.JSON if frame.lstrip(_SPACE)[:1] == b"{" else Encoding.MSGPACK


def _explain(frame: bytes, encoding: Encoding, error: Exception) -> BadFrame:
    """Say what is wrong with a frame, and find its number if it can be found."""
    loose = _loosely(frame, encoding)
    if loose is None:
        return BadFrame("garbage", "neither JSON nor MessagePack", encoding=encoding)
    if not isinstance(loose, dict):
        return BadFrame("garbage", "not an object", encoding=encoding)
    seq = _seq_of(loose)
    version = loose.get("v")
    if type(version) is not int or version != VERSION:
        return BadFrame("version", f"v must be {VERSION}", seq=seq, encoding=encoding)
    return BadFrame("schema", str(error)[:300], seq=seq, encoding=encoding)


def _loosely(frame: bytes, encoding: Encoding) -> object:
    """Return whatever a frame holds, or None where that cannot be read."""
    try:
        if encoding is Encoding.JSON:
            return msgspec.json.decode(frame)
        return msgspec.msgpack.decode(frame)
    except _UNDECODABLE:
        return None


def _seq_of(loose: object) -> int | None:
    """Return the number in a frame that is not understood otherwise, or None."""
    seq = loose.get("seq") if isinstance(loose, dict) else None
    return seq if type(seq) is int and 0 < seq < 2**63 else None
