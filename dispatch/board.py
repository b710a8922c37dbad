"""The board: the live picture a console holds, kept up by applying changes.

Load a snapshot, apply the changes after it, and it equals the board that loads
afresh. Lanes, map and alarm strip all listen to one board, so they cannot disagree.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dispatch.alarms import Alarm
from dispatch.cameras import Camera
from dispatch.carrying import Standing, standing_of
from dispatch.cases import Case, LogEntry
from dispatch.changes import (
    AlarmChanged,
    CameraChanged,
    CaseChanged,
    Change,
    DeviceChanged,
    DeviceReading,
    DevicesRead,
    GridChanged,
    PlaceChanged,
    ProfileChanged,
    Snapshot,
    Town,
    UnitChanged,
    UnitsMoved,
    Withheld,
)
from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.grids import Grid
from dispatch.owing import settled_at
from dispatch.places import Place
from dispatch.profile_use import NOBODY_CHOSE, ProfileUse
from dispatch.units import Unit

# A board keeps what ended less than a day ago, by the time of the newest change, and
# what then still owes people something until a day after it does not.
CLOSED_KEPT = timedelta(hours=24)

# Where no town was imported yet; its code fills the first 9 digits of numbers.
NO_TOWN = Town(
    code="000000000",
    name="",
    origin=Point(120.95, 30.91),
    timezone="Asia/Shanghai",
    is_demo=False,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """Which things a batch of changes touched, by id.

    Attributes:
        carried: Cameras whose unit is elsewhere now, or points elsewhere.
        everything: A snapshot was loaded, or the profile is another one; read all of
            it again.
    """

    cases: frozenset[int] = frozenset()
    alarms: frozenset[int] = frozenset()
    units: frozenset[str] = frozenset()
    cameras: frozenset[str] = frozenset()
    carried: frozenset[str] = frozenset()
    devices: frozenset[str] = frozenset()
    grids: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    everything: bool = False


class Board:
    """What a console knows: plain dictionaries by id, never altered by a widget.

    A device's newest sign of life and values stand in `readings`, not in its
    register entry.

    Thread: the one of its owner; at a desk the UI thread.

    Attributes:
        heard: A snapshot was loaded; before that it knows nothing, not even that
            there is nothing.
        number: The newest change it has applied.
        town: The town.
        profile: The profile that it goes by.
        cases: Open cases, ended ones that owe people something, and what was settled
            in the last 24 h.
        alarms: Latched alarms, and those of the cases held.
        units: Units.
        cameras: Cameras in service.
        devices: Devices.
        readings: Newest sign of life and values, by device.
        grids: Grids, by code.
        places: Places.
    """

    def __init__(self) -> None:
        self.heard = False
        self.number = 0
        self.town: Town = NO_TOWN
        self.profile: ProfileUse = NOBODY_CHOSE
        self.cases: dict[int, Case] = {}
        self.alarms: dict[int, Alarm] = {}
        self.units: dict[str, Unit] = {}
        self.cameras: dict[str, Camera] = {}
        self.devices: dict[str, Device] = {}
        self.readings: dict[str, DeviceReading] = {}
        self.grids: dict[str, Grid] = {}
        self.places: dict[str, Place] = {}
        self._entries: dict[int, tuple[LogEntry, ...]] = {}
        self._closed: dict[int, datetime] = {}
        self._oldest_closed: datetime | None = None
        self._carried: dict[str, tuple[str, ...]] = {}  # cameras, by their unit

    def entries(self, case_id: int) -> tuple[LogEntry, ...]:
        """Return the log of a case on the board, oldest first."""
        return self._entries.get(case_id, ())

    def standing(self, camera: Camera) -> Standing:
        """Return where a camera is and looks now; a carried one moves."""
        return standing_of(camera, self.units)

    def carried(self) -> Iterator[Camera]:
        """Yield the cameras that a unit carries."""
        for camera_ids in self._carried.values():
            for camera_id in camera_ids:
                yield self.cameras[camera_id]

    def alarms_of(self, case_id: int) -> list[Alarm]:
        """Return the alarms behind a case, oldest first."""
        return [a for a in self.alarms.values() if a.case_id == case_id]

    def load(self, snapshot: Snapshot) -> Moved:
        """Take over a snapshot in place of everything held."""
        self.heard = True
        self.number = snapshot.number
        self.town = snapshot.town
        self.profile = snapshot.profile
        self.cases = {case.case_id: case for case in snapshot.cases}
        self.alarms = {alarm.alarm_id: alarm for alarm in snapshot.alarms}
        self.units = {unit.unit_id: unit for unit in snapshot.units}
        self.cameras = {c.camera_id: c for c in snapshot.cameras if not c.retired}
        self._carried = _by_unit(self.cameras.values())
        self.devices = {device.device_id: device for device in snapshot.devices}
        self.readings = {r.device_id: r for r in snapshot.readings}
        self.grids = {grid.code: grid for grid in snapshot.grids}
        self.places = {place.place_id: place for place in snapshot.places}
        held: dict[int, list[LogEntry]] = {}
        for entry in snapshot.entries:
            held.setdefault(entry.case_id, []).append(entry)
        self._entries = {case_id: tuple(log) for case_id, log in held.items()}
        self._closed = {
            case.case_id: at
            for case in snapshot.cases
            if (at := settled_at(case)) is not None
        }
        self._oldest_closed = min(self._closed.values(), default=None)
        return Moved(everything=True)

    def apply(self, changes: Iterable[Change]) -> Moved:
        """Apply changes in order; those already applied are passed over.

        Raises:
            GapError: A change is missing; load a snapshot.
            CameBackError: So is what was written before of a case that had left.
        """
        cases: set[int] = set()
        alarms: set[int] = set()
        units: set[str] = set()
        cameras: set[str] = set()
        carried: set[str] = set()
        devices: set[str] = set()
        grids: set[str] = set()
        places: set[str] = set()
        everything = False
        for change in changes:
            if change.number <= self.number:
                continue
            if change.number != self.number + 1:
                raise GapError(f"change {self.number + 1} is missing")
            match change:
                case CaseChanged(case=case):
                    self._put_case(case, change.entries, change.at)
                    cases.add(case.case_id)
                case AlarmChanged(alarm=alarm):
                    self._put_alarm(alarm)
                    alarms.add(alarm.alarm_id)
                case UnitChanged(unit=unit):
                    self.units[unit.unit_id] = unit
                    units.add(unit.unit_id)
                    carried.update(self._carried.get(unit.unit_id, ()))
                case UnitsMoved(fixes=fixes):
                    for fix in fixes:
                        self.units[fix.unit_id] = replace(
                            self.units[fix.unit_id],
                            point=fix.point,
                            point_at=fix.point_at,
                            accuracy_m=fix.accuracy_m,
                            doubt=fix.doubt,
                            heading_deg=fix.heading_deg,
                        )
                        units.add(fix.unit_id)
                        carried.update(self._carried.get(fix.unit_id, ()))
                case DevicesRead(readings=readings):
                    for reading in readings:
                        self.readings[reading.device_id] = reading
                        devices.add(reading.device_id)
                case DeviceChanged(device=device):
                    self.devices[device.device_id] = device
                    devices.add(device.device_id)
                case CameraChanged(camera=camera):
                    known = self.cameras.get(camera.camera_id)
                    if camera.retired:
                        self.cameras.pop(camera.camera_id, None)
                    else:
                        self.cameras[camera.camera_id] = camera
                    unit_id = "" if camera.retired else camera.unit_id
                    if unit_id != (known.unit_id if known else ""):
                        self._carried = _by_unit(self.cameras.values())
                    cameras.add(camera.camera_id)
                case GridChanged(grid=grid):
                    self.grids[grid.code] = grid
                    grids.add(grid.code)
                case PlaceChanged(place=place):
                    self.places[place.place_id] = place
                    places.add(place.place_id)
                case ProfileChanged(use=use):
                    self.profile = use
                    everything = True
                case Withheld(case_id=int() as case_id) if case_id in self.cases:
                    gone = {a.alarm_id for a in self.alarms_of(case_id)}
                    self._drop({case_id}, gone)
                    cases.add(case_id)
                    alarms |= gone
            self.number = change.number
            self._drop_old(change.at, cases, alarms)
        return Moved(
            cases=frozenset(cases),
            alarms=frozenset(alarms),
            units=frozenset(units),
            cameras=frozenset(cameras),
            carried=frozenset(carried),
            devices=frozenset(devices),
            grids=frozenset(grids),
            places=frozenset(places),
            everything=everything,
        )

    # -- inside ---------------------------------------------------------------

    def _put_case(
        self, case: Case, entries: tuple[LogEntry, ...], now: datetime
    ) -> None:
        case_id = case.case_id
        settled = settled_at(case)
        if case_id not in self.cases and not _begins(entries):
            if settled is not None and settled <= now - CLOSED_KEPT:
                return  # nor does a snapshot hold it
            raise CameBackError(f"case {case_id} is back, its log is not here")
        self.cases[case_id] = case
        self._entries[case_id] = self._entries.get(case_id, ()) + entries
        if settled is None:
            if self._closed.pop(case_id, None) is not None:  # opened again: it stays
                self._oldest_closed = min(self._closed.values(), default=None)
        else:
            self._closed[case_id] = settled
            if self._oldest_closed is None or settled < self._oldest_closed:
                self._oldest_closed = settled

    def _put_alarm(self, alarm: Alarm) -> None:
        if alarm.is_open or alarm.case_id in self.cases:
            self.alarms[alarm.alarm_id] = alarm
        else:
            self.alarms.pop(alarm.alarm_id, None)

    def _drop_old(self, now: datetime, cases: set[int], alarms: set[int]) -> None:
        if self._oldest_closed is None or self._oldest_closed > now - CLOSED_KEPT:
            return
        old = {i for i, at in self._closed.items() if at <= now - CLOSED_KEPT}
        settled = {
            alarm.alarm_id
            for alarm in self.alarms.values()
            if alarm.case_id in old and not alarm.is_open
        }
        self._drop(old, settled)
        cases |= old
        alarms |= settled

    def _drop(self, cases: Iterable[int], alarms: Iterable[int]) -> None:
        for case_id in cases:
            del self.cases[case_id]
            self._closed.pop(case_id, None)
            self._entries.pop(case_id, None)
        for alarm_id in alarms:
            del self.alarms[alarm_id]
        self._oldest_closed = min(self._closed.values(), default=None)


def _begins(entries: tuple[LogEntry, ...]) -> bool:
    return bool(entries) and entries[0].from_state is None


def _by_unit(cameras: Iterable[Camera]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for camera in cameras:
        if camera.unit_id:
            found[camera.unit_id] = (*found.get(camera.unit_id, ()), camera.camera_id)
    return found


class GapError(RuntimeError):
    """A board was given changes that do not follow on what it holds."""


class CameBackError(GapError):
    """A case that had left the board is on it again; its log and alarms are not."""
