"""Rows and the frozen dataclasses they stand for, both ways.

One `Register` a table: fields and columns have the same names, a `point` is three
columns, enumerations are their values.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from inspect import signature
from itertools import compress
from operator import attrgetter, is_not
from typing import Any, Generic, TypeVar

import msgspec
import sqlalchemy as sa

from dispatch import tables
from dispatch.alarms import Alarm
from dispatch.bulk import Bulk, insert_all
from dispatch.cameras import Camera
from dispatch.cases import Case, CaseState, LogEntry, PhotoRef
from dispatch.changes import DeviceReading
from dispatch.commands import Moment
from dispatch.course import NO_COURSE, Course
from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.grids import Grid
from dispatch.places import Place
from dispatch.stages import Ended, paused_for
from dispatch.units import Unit, UnitStatus

T = TypeVar("T")
NAMED_AT_ONCE = 200  # numbers in a condition; a fraction of any table that matters
Row = Mapping[Any, Any]


class Register(Generic[T]):
    """A register's table and the dataclass of its rows.

    Args:
        kind: The dataclass.
        table: The table.
        key: The column that identifies a row.
        read: Column value to field value, where they differ.
        write: Field value to column value, where they differ.
        apart: Fields kept in tables of their own, given when a row is read.
    """

    def __init__(
        self,
        kind: type[T],
        table: sa.Table,
        key: str,
        *,
        read: dict[str, Callable[[Any], Any]] | None = None,
        write: dict[str, Callable[[Any], Any]] | None = None,
        apart: tuple[str, ...] = (),
    ) -> None:
        self.kind = kind
        self.table = table
        self.key = key
        self._read = read or {}
        self._write = write or {}
        names = [name for name in signature(kind).parameters if name not in apart]
        self._has_point = "point" in names
        self._plain = tuple(name for name in names if name != "point")
        self._names = tuple(names)
        self._values = attrgetter(*names)
        self._insert = insert_all(table)
        self._updates: dict[tuple[str, ...], Bulk] = {}  # by what they change

    def key_of(self, thing: T) -> Any:
        """Return what identifies a thing."""
        return getattr(thing, self.key)

    def row(self, thing: T, names: Sequence[str] | None = None) -> dict[str, Any]:
        """Return a thing as a row, or those of its fields that are named."""
        row: dict[str, Any] = {}
        for name in self._names if names is None else names:
            value = getattr(thing, name)
            if name == "point":
                row["lon"], row["lat"], row["datum"] = (
                    (None,) * 3 if value is None else _place(value)
                )
            else:
                write = self._write.get(name)
                row[name] = value if write is None else write(value)
        return row

    def thing(self, row: Row, **apart: Any) -> T:
        """Return a row as a thing, with the fields that are kept apart."""
        values = {name: row[name] for name in self._plain}
        for name, read in self._read.items():
            values[name] = read(values[name])
        if self._has_point:
            values["point"] = point_of(row)
        return self.kind(**values, **apart)

    def save(
        self, connection: sa.Connection, things: Iterable[tuple[T | None, T]]
    ) -> None:
        """Insert and update rows, each kind of change in one statement.

        Args:
            connection: In the transaction that changes them.
            things: Each as its row has it, None where it has none, and as it is now.
                Only what is another value is written, and no index for what is not.
        """
        new: list[dict[str, Any]] = []
        altered: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for before, thing in things:
            if before is None:
                new.append(self.row(thing))
                continue
            is_other = map(is_not, self._values(before), self._values(thing))
            changed = tuple(compress(self._names, is_other))
            row = self.row(thing, changed)
            row["key_"] = self.key_of(thing)
            altered.setdefault(changed, []).append(row)
        self._insert(connection, new)
        for changed, rows in altered.items():
            if changed:
                self._update(changed, list(rows[0]))(connection, rows)

    def _update(self, changed: tuple[str, ...], names: list[str]) -> Bulk:
        """Return the statement that writes some fields; `names` are its columns."""
        found = self._updates.get(changed)
        if found is None:
            key = self.table.c[self.key]
            found = self._updates[changed] = Bulk(
                sa.update(self.table)
                .where(key == sa.bindparam("key_", type_=key.type))
                .values({n: sa.bindparam(n) for n in names if n != "key_"}),
                names,
            )
        return found


def point_of(row: Row) -> Point | None:
    """Return the point of a row, or None where it has none."""
    if row["lon"] is None:
        return None
    return Point(row["lon"], row["lat"], row["datum"])


def _place(point: Point) -> tuple[float, float, str]:
    return point.lon, point.lat, point.datum


def _ring(points: tuple[Point, ...]) -> list[list[float]]:
    return [[point.lon, point.lat] for point in points]


def _points(ring: list[list[float]]) -> tuple[Point, ...]:
    return tuple(Point(lon, lat) for lon, lat in ring)


def _course(kept: Any) -> Course:
    return NO_COURSE if kept is None else msgspec.convert(kept, Course)


CASES = Register(
    Case,
    tables.cases,
    "case_id",
    read={"state": CaseState, "course": _course},
    write={"state": int},
    apart=("clocks",),
)
ALARMS = Register(Alarm, tables.alarms, "alarm_id")
UNITS = Register(
    Unit,
    tables.units,
    "unit_id",
    read={"status": UnitStatus, "roster": lambda kept: tuple(kept or ())},
    write={"status": lambda status: status.value, "roster": list},
)
CAMERAS = Register(Camera, tables.cameras, "camera_id")
DEVICES = Register(Device, tables.devices, "device_id")
READINGS = Register(DeviceReading, tables.device_readings, "device_id")
GRIDS = Register(
    Grid,
    tables.grids,
    "code",
    read={"outline": _points, "worker_unit_ids": tuple},
    write={"outline": _ring, "worker_unit_ids": list},
)
PLACES = Register(
    Place,
    tables.places,
    "place_id",
    read={"hazards": tuple},
    write={"hazards": list},
)

# Written in this order, so that a row's foreign keys are there before it is.
REGISTERS: dict[str, Register[Any]] = {
    "case": CASES,
    "device": DEVICES,
    "alarm": ALARMS,
    "unit": UNITS,
    "camera": CAMERAS,
    "grid": GRIDS,
    "place": PLACES,
    "reading": READINGS,
}


def ended_row(case: Case, ended: Ended) -> dict[str, Any]:
    """Return a stage that is over as a row."""
    clock = ended.clock
    return {
        "case_id": case.case_id,
        "stage": clock.stage.value,
        "category": case.category,
        "begun_at": clock.begun_at,
        "due_at": clock.due_at,
        "ended_at": ended.at,
        "paused_s": paused_for(clock, ended.at).total_seconds(),
        "ended_by": ended.action,
    }


def entry_row(entry: LogEntry) -> dict[str, Any]:
    """Return a log entry as a row."""
    return {
        "case_id": entry.case_id,
        "at": entry.at,
        "actor": entry.actor,
        "seat": entry.seat,
        "action": entry.action,
        "from_state": None if entry.from_state is None else int(entry.from_state),
        "to_state": int(entry.to_state),
        "text": entry.text,
        "unit_id": entry.unit_id,
        "photos": [
            {
                "digest": photo.digest,
                "name": photo.name,
                "media_type": photo.media_type,
                "taken_at": photo.taken_at.isoformat(),
            }
            for photo in entry.photos
        ],
        "doubt": entry.doubt,
    }


def entry_of(row: Row) -> LogEntry:
    """Return a row as a log entry."""
    return LogEntry(
        case_id=row["case_id"],
        at=row["at"],
        actor=row["actor"],
        seat=row["seat"],
        action=row["action"],
        from_state=None if row["from_state"] is None else CaseState(row["from_state"]),
        to_state=CaseState(row["to_state"]),
        text=row["text"],
        unit_id=row["unit_id"],
        photos=tuple(
            PhotoRef(
                digest=photo["digest"],
                name=photo["name"],
                media_type=photo["media_type"],
                taken_at=datetime.fromisoformat(photo["taken_at"]),
            )
            for photo in row["photos"]
        ),
        doubt=row["doubt"],
    )


def load_cases(connection: sa.Connection, where: sa.ColumnElement[bool]) -> list[Case]:
    """Return the cases that a condition names, with their clocks, by number."""
    cases, clocks = tables.cases, tables.case_clocks
    query = sa.select(cases).where(where).order_by(cases.c.case_id)
    rows = connection.execute(query).mappings().all()
    of_case: dict[int, dict[Moment, datetime]] = {}
    moments = sa.select(clocks.c.case_id, clocks.c.moment, clocks.c.at)
    for some in by_number(clocks.c.case_id, [row["case_id"] for row in rows]):
        for case_id, moment, at in connection.execute(moments.where(some)):
            of_case.setdefault(case_id, {})[Moment(moment)] = at
    return [CASES.thing(row, clocks=of_case.get(row["case_id"], {})) for row in rows]


def load_all(
    connection: sa.Connection,
    register: Register[T],
    where: sa.ColumnElement[bool] | None = None,
) -> list[T]:
    """Return a register's things in order of their keys."""
    query = sa.select(register.table).order_by(register.table.c[register.key])
    if where is not None:
        query = query.where(where)
    return [register.thing(row) for row in connection.execute(query).mappings()]


def by_number(
    column: sa.Column[int] | sa.Column[int | None], numbers: Sequence[int]
) -> Iterator[sa.ColumnElement[bool]]:
    """Yield conditions that name numbers, so few at once that any store seeks each.

    Named by a question inside the question, a planner guesses how many they are, and
    reads the whole table where it guesses wrong.
    """
    for at in range(0, len(numbers), NAMED_AT_ONCE):
        yield column.in_(numbers[at : at + NAMED_AT_ONCE])


def load_cases_of(connection: sa.Connection, numbers: Sequence[int]) -> list[Case]:
    """Return cases by their numbers, in that order."""
    of_cases = by_number(tables.cases.c.case_id, numbers)
    return [case for some in of_cases for case in load_cases(connection, some)]


def load_latched(connection: sa.Connection, case_ids: Sequence[int]) -> list[Alarm]:
    """Return the alarms that are latched or of one of some cases, by number.

    Each way to them has its index; an OR of them would read every alarm there ever was.
    """
    alarms = tables.alarms
    ways = (
        alarms.c.active,
        alarms.c.acknowledged_at.is_(None),
        *by_number(alarms.c.case_id, case_ids),
    )
    found = {
        alarm.alarm_id: alarm
        for way in ways
        for alarm in load_all(connection, ALARMS, way)
    }
    return [found[number] for number in sorted(found)]


def begins_with(column: sa.Column[str], prefix: str) -> sa.ColumnElement[bool]:
    """Return a condition that the column's index answers; ASCII ids only.

    A LIKE would read the whole table, on the writer's thread at that.
    """
    return sa.and_(column >= prefix, column < f"{prefix}\x7f")


def delete_messages(connection: sa.Connection, device_id: str) -> None:
    """Forget which messages of a device were handled, and what they became."""
    messages, applied = tables.messages, tables.applied_commands
    connection.execute(sa.delete(messages).where(messages.c.device_id == device_id))
    connection.execute(
        sa.delete(applied).where(begins_with(applied.c.command_id, f"{device_id}:"))
    )


def write_serials(connection: sa.Connection, last: dict[str, int]) -> None:
    """Keep the last serial of each day."""
    serials = tables.case_serials
    for day, number in last.items():
        known = connection.execute(
            sa.update(serials).where(serials.c.day == day).values(last=number)
        )
        if known.rowcount == 0:
            connection.execute(sa.insert(serials), {"day": day, "last": number})


def write_photos(connection: sa.Connection, rows: list[dict[str, Any]]) -> None:
    """Write photos that are not there yet."""
    for row in rows:
        known = connection.execute(
            sa.select(tables.photos.c.digest).where(
                tables.photos.c.digest == row["digest"]
            )
        ).first()
        if known is None:
            connection.execute(sa.insert(tables.photos), row)


def write_finds(connection: sa.Connection, rows: list[dict[str, Any]]) -> None:
    """Write what things are found by, in place of what was there."""
    finds = tables.finds
    for row in rows:
        connection.execute(
            sa.delete(finds).where(
                finds.c.kind == row["kind"], finds.c.ref == row["ref"]
            )
        )
    if rows:
        connection.execute(sa.insert(finds), rows)
