"""Everything that someone may ask of the system.

A command is plain data: who asks, from which seat, the version of the case they
saw, and what they want. The table `dispatch.handlers.HANDLERS` is everything the
system can do. The role a command needs is checked in `dispatch.bus`.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Final
from uuid import uuid4

from dispatch.cameras import Camera
from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.grids import Grid, Town
from dispatch.moments import Moment as Moment
from dispatch.people import Actor, Role
from dispatch.places import Place
from dispatch.units import Unit


class Refused(Exception):  # noqa: N818 - an answer, not a fault
    """The answer to a command that may not be done.

    Attributes:
        reason: A stable word such as "version"; its words are `console.words`'.
        text: A plain English sentence, for programs, devices and logs.
        details: Values that the desk's sentence names, such as {"unit": "W07"}.
    """

    def __init__(self, reason: str, text: str, **details: str | int | float) -> None:
        super().__init__(text)
        self.reason = reason
        self.text = text
        self.details = details


@dataclass(frozen=True, kw_only=True)
class Command:
    """What every command carries.

    Attributes:
        actor: Who asks, with the roles they hold.
        command_id: Unique text; a command is applied at most once.
    """

    needs: ClassVar[frozenset[Role]] = frozenset()

    actor: Actor
    command_id: str = field(default_factory=lambda: uuid4().hex)


# -- cases, asked at a desk ---------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ReportCase(Command):
    """登记: a new report, saved with place and kind; `CompleteCase` adds the rest."""

    needs = frozenset({Role.ACCEPTOR})

    category: str
    place_name: str
    point: Point
    channel: str = "walk_in"
    details: str = ""
    reporter_name: str = ""
    reporter_phone: str = ""
    at: datetime | None = None  # when it was reported; the service's time if None
    joins: int | None = None  # the open case it is about, which goes on for both
    call: str = ""  # a telephone system's name for the call it came by


@dataclass(frozen=True, kw_only=True)
class CaseCommand(Command):
    """A command about one case.

    Attributes:
        case_id: Which case.
        seen: The version on the screen when it was asked; another version is a
            refusal. None where no screen is involved (a worker's terminal).
    """

    case_id: int
    seen: int | None = None


@dataclass(frozen=True, kw_only=True)
class TakeCase(CaseCommand):
    """受理 and 立案 in one key, acknowledging its alarms: the seat owns it now."""

    needs = frozenset({Role.ACCEPTOR, Role.SHIFT_LEADER})

    standard_id: str | None = None  # None: the category's first filing standard


@dataclass(frozen=True, kw_only=True)
class SendUnit(CaseCommand):
    """派遣: send a unit; the handling clock starts."""

    needs = frozenset({Role.DISPATCHER})

    unit_id: str


@dataclass(frozen=True, kw_only=True)
class RecallUnit(CaseCommand):
    """撤回: take the unit back, before it has signed or later; its terminal is told."""

    needs = frozenset({Role.DISPATCHER})

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CheckCase(CaseCommand):
    """核查 passed: what was reported done was looked at and is done."""

    needs = frozenset({Role.DISPATCHER})

    opinion: str = ""


@dataclass(frozen=True, kw_only=True)
class CloseCase(CaseCommand):
    """结案 with an outcome."""

    needs = frozenset({Role.SHIFT_LEADER})

    outcome: str
    opinion: str = ""
    met: bool = False  # 结案条件已满足, as its filing standard has it


@dataclass(frozen=True, kw_only=True)
class VoidCase(CaseCommand):
    """作废 before anyone handles it: a false alarm, a test. It cannot be taken back.

    Attributes:
        reason: One of `dispatch.case_states.VOID_REASONS`.
        text: Words on it; "other" needs them.
        newest_alarm: The newest alarm of the case when it was asked; one that came
            since must be seen first. None where no screen is involved.
    """

    needs = frozenset({Role.SHIFT_LEADER})

    reason: str
    text: str = ""
    newest_alarm: int | None = None


@dataclass(frozen=True, kw_only=True)
class AddNote(CaseCommand):
    """批注: a time-stamped line in the case's log."""

    needs = frozenset({Role.ACCEPTOR})

    text: str


@dataclass(frozen=True, kw_only=True)
class RecordMoment(CaseCommand):
    """A clock only the desk can read: painted on screen, first picture."""

    needs = frozenset({Role.ACCEPTOR})

    moment: Moment
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AcknowledgeAlarm(Command):
    """确认告警, without opening its case."""

    needs = frozenset({Role.ACCEPTOR})

    alarm_id: int


# -- cases, asked by the unit that was sent (its terminal) --------------------


@dataclass(frozen=True, kw_only=True)
class FieldCommand(CaseCommand):
    """What a unit says of the task it was given.

    Attributes:
        unit_id: The unit of the terminal's key, never one named in a message.
        at: The terminal's own time.
        point: Where the unit says it is, or None.
        sending: Which sending of the case it answers; None: whichever stands.
        device_id: The terminal, which may have been revoked since; "": not asked.
        public_key: Its key, as in a `DeviceCommand`.
    """

    needs = frozenset({Role.HANDLER})

    unit_id: str
    at: datetime
    point: Point | None = None
    sending: int | None = None
    device_id: str = ""
    public_key: str = ""


@dataclass(frozen=True, kw_only=True)
class SignCase(FieldCommand):
    """签收."""


@dataclass(frozen=True, kw_only=True)
class DepartCase(FieldCommand):
    """出动."""


@dataclass(frozen=True, kw_only=True)
class ArriveCase(FieldCommand):
    """到场."""


@dataclass(frozen=True, kw_only=True)
class FinishCase(FieldCommand):
    """处置完成→反馈: what was done, with photos."""

    text: str
    photos: tuple["Photo", ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReturnCase(FieldCommand):
    """回退: the unit cannot take it; the case waits for another one."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class ReportFinding(Command):
    """巡查上报: a unit found something on its round; a new case.

    Attributes:
        unit_id: The unit of the terminal's key.
        at: The terminal's own time.
        category: Taxonomy code.
        text: What was found.
        home: Where the terminal belongs: the case's place where none was sent.
        place_name: Where, in words, or "".
        point: Where, or None.
        photos: What it looks like.
        device_id: The terminal, as in a `FieldCommand`.
        public_key: Its key.
    """

    needs = frozenset({Role.HANDLER})

    unit_id: str
    at: datetime
    category: str
    text: str
    home: Point
    device_id: str = ""
    public_key: str = ""
    place_name: str = ""
    point: Point | None = None
    photos: tuple["Photo", ...] = ()


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A picture that came with a report.

    Attributes:
        name: File name as sent, for people.
        media_type: "image/jpeg" or "image/png".
        data: The bytes; at most 256 KiB in one message.
        taken_at: When the sender says it was taken.
    """

    name: str
    media_type: str
    data: bytes
    taken_at: datetime


# -- devices ------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class DeviceCommand(Command):
    """What a device said, translated.

    Attributes:
        device_id: The device of the message's key.
        sequence: Its message number; (device, sequence) is stored once.
        at: The device's own time as sent, plausible or not.
        received_at: When the service had it.
        public_key: The key that sent it, lest an older one's take its numbers; "": any.
    """

    needs = frozenset({Role.DEVICE})

    device_id: str
    sequence: int
    at: datetime
    received_at: datetime
    public_key: str = ""


@dataclass(frozen=True, kw_only=True)
class RaiseAlarm(DeviceCommand):
    """An alarm; opens a case or is counted. Severity 0: its category's."""

    category: str
    text: str = ""
    point: Point | None = None
    drill: bool = False
    test: bool = False
    source: str = ""
    severity: int = 0
    camera_id: str = ""  # which saw it; then it is where that one hangs
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RestoreAlarm(DeviceCommand):
    """The condition has gone; the alarm stays latched until acknowledged."""

    category: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordReading(DeviceCommand):
    """Values by name, in the device document's units."""

    values: dict[str, float]


@dataclass(frozen=True, kw_only=True)
class RecordHeartbeat(DeviceCommand):
    """The device lives. Battery 0 to 100 per cent, or None on mains."""

    battery: float | None = None


@dataclass(frozen=True, kw_only=True)
class RecordPosition(DeviceCommand):
    """Where a terminal or vehicle is. Accuracy is a radius in metres."""

    point: Point
    accuracy_m: float | None = None
    speed_mps: float | None = None
    heading_deg: float | None = None


# -- registers ----------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ImportTown(Command):
    """Rows of a town's registers, all of them or none; known ids are replaced.

    Attributes:
        town: None keeps the one that stands.
        grids: Parents before children.
        units: What they do and where they are stays as it is.
        off_roster: Whom the roster names no longer, by id: on no shift from now on.
        places: Without a grid they get the one they lie in.
        cameras: Their log-in stays as it is, unless an address names another machine.
        devices: One without a key is not enrolled yet, or keeps the key it has.
    """

    needs = frozenset({Role.TECHNICIAN})

    town: Town | None = None
    grids: tuple[Grid, ...] = ()
    units: tuple[Unit, ...] = ()
    off_roster: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    cameras: tuple[Camera, ...] = ()
    devices: tuple[Device, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RegisterCamera(Command):
    """A camera's register entry, with the log-in that goes to the sealed store.

    Attributes:
        camera: The entry; its addresses carry no credentials.
        username: Log-in name; None keeps what is stored for the same machine.
        password: Never stored outside `dispatch.secrets`, never in a change.
    """

    needs = frozenset({Role.TECHNICIAN})

    camera: Camera
    username: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, kw_only=True)
class EnrolDevice(Command):
    """A device may speak from now on; it `replaces` one with another key on purpose."""

    needs = frozenset({Role.TECHNICIAN})

    device: Device
    replaces: bool = False


@dataclass(frozen=True, kw_only=True)
class OpenStream(Command):
    """A camera's log-in, handed out once and logged; `NoteView` says who looks.

    Attributes:
        purpose: "view", "standby" or "check".
        case_id: The case it is looked at for, or None.
    """

    needs = frozenset({Role.ACCEPTOR})

    camera_id: str
    purpose: str
    case_id: int | None = None


#: What `NoteView` writes down.
LOOKED: Final = "view"
LISTENED: Final = "listen"


@dataclass(frozen=True, kw_only=True)
class NoteView(Command):
    """A person looks at a camera, or listens to it.

    It holds no secret, so it may wait in the outbox.

    Attributes:
        case_id: The case it is looked at for, or None.
        at: When the picture was called up, by the desk's clock.
        deed: "view" or "listen".
    """

    needs = frozenset({Role.ACCEPTOR})

    camera_id: str
    case_id: int | None = None
    at: datetime
    deed: str = LOOKED
