"""Everything that can have happened, as consoles hear of it.

Changes are numbered without a gap in commit order. Each carries the whole new
record, so that a board that applies them equals one that loads afresh.
"""

from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct

from dispatch.alarms import Alarm
from dispatch.cameras import Camera
from dispatch.cases import Case, LogEntry
from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.grids import Grid
from dispatch.grids import Town as Town
from dispatch.places import Place
from dispatch.profile_use import NOBODY_CHOSE, ProfileUse
from dispatch.units import Unit


@dataclass(frozen=True, kw_only=True)
class Change:
    """What every change carries.

    Attributes:
        number: Its place in the one sequence of changes, from 1.
        at: When it was committed (UTC).
        actor: Who started it.
        seat: From which seat; empty for devices and the service.
        command_id: The command it answers; a desk finds its own by it.
    """

    number: int
    at: datetime
    actor: str
    seat: str
    command_id: str


@dataclass(frozen=True, kw_only=True)
class CaseChanged(Change):
    """A case is new or different."""

    case: Case
    entries: tuple[LogEntry, ...]


@dataclass(frozen=True, kw_only=True)
class AlarmChanged(Change):
    """An alarm is new or different."""

    alarm: Alarm


@dataclass(frozen=True, kw_only=True)
class UnitChanged(Change):
    """A unit's entry or status is new or different."""

    unit: Unit


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Change):
    """The town goes by another profile: kinds, limits and steps are read anew."""

    use: ProfileUse


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitFix:
    """A unit's newest position."""

    unit_id: str
    point: Point
    point_at: datetime
    accuracy_m: float | None
    doubt: str
    heading_deg: float | None = None


@dataclass(frozen=True, kw_only=True)
class UnitsMoved(Change):
    """The newest positions of a second."""

    fixes: tuple[UnitFix, ...]


class DeviceReading(Struct, frozen=True, kw_only=True):
    """A device's newest sign of life and values; one is made for every message."""

    device_id: str
    last_seen: datetime
    battery: float | None
    values: dict[str, float]


@dataclass(frozen=True, kw_only=True)
class DevicesRead(Change):
    """The newest readings and heartbeats of a second."""

    readings: tuple[DeviceReading, ...]


@dataclass(frozen=True, kw_only=True)
class DeviceChanged(Change):
    """A device was enrolled, altered or revoked."""

    device: Device


@dataclass(frozen=True, kw_only=True)
class CameraChanged(Change):
    """A camera's register entry is new or different."""

    camera: Camera


@dataclass(frozen=True, kw_only=True)
class GridChanged(Change):
    """A grid is new or different."""

    grid: Grid


@dataclass(frozen=True, kw_only=True)
class PlaceChanged(Change):
    """A place is new or different."""

    place: Place


@dataclass(frozen=True, kw_only=True)
class Withheld(Change):
    """Something that is none of a station's business; it stands in no store.

    Attributes:
        case_id: A case that it held and that is not its own any more, or None.
    """

    case_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Everything a board holds, as it was after change `number`.

    `entries` and `cases` hold what is open, and what closed in the last 24 h.
    """

    number: int
    town: Town
    profile: ProfileUse = NOBODY_CHOSE
    cases: tuple[Case, ...] = ()
    entries: tuple[LogEntry, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    units: tuple[Unit, ...] = ()
    cameras: tuple[Camera, ...] = ()
    devices: tuple[Device, ...] = ()
    readings: tuple[DeviceReading, ...] = ()
    grids: tuple[Grid, ...] = ()
    places: tuple[Place, ...] = ()
