"""What importing a file would do to a register: row by row, before anything is done.

Pure: a table that was read, what the registers hold, and the answer. A dry run and a
real one make the same plan.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dispatch.cameras import leaves_login_behind
from dispatch.changes import Snapshot
from dispatch.importing_checks import Checked, check
from dispatch.importing_columns import KEYS
from dispatch.importing_faults import WHOLE_FILE, Fault, RowError
from dispatch.importing_rows import RECORDS
from dispatch.importing_tables import Row, Table
from dispatch.roster import DAYS

KINDS = tuple(KEYS)

# Field of the record: the columns that fill it.
_FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "grids": {
        "name": ("name",),
        "level": ("level",),
        "parent": ("parent",),
        "kind": ("kind",),
        "outline": ("outline",),
        "leader_unit_id": ("leader",),
        "worker_unit_ids": ("workers",),
    },
    "staff": {
        name: (name,)
        for name in ("name", "role", "department", "grid_code", "phone", "device_id")
    },
    "roster": {"roster": DAYS},
    "cameras": {
        "name": ("name",),
        "point": ("lon", "lat"),
        "bearing_deg": ("bearing_deg",),
        "fov_deg": ("fov_deg",),
        "range_m": ("range_m",),
        "main_url": ("main_url",),
        "sub_url": ("sub_url",),
        "grid_code": ("grid_code",),
        "verified_at": ("verified",),
        "transport": ("transport",),
        "unit_id": ("unit_id",),
        "sealed": ("sealed",),
    },
    "places": {
        "name": ("name",),
        "kind": ("kind",),
        "point": ("lon", "lat"),
        "address": ("address",),
        "grid_code": ("grid_code",),
        "hazards": ("hazards",),
        "contact": ("contact",),
        "phone": ("phone",),
    },
    "devices": {
        "kind": ("kind",),
        "name": ("name",),
        "public_key": ("public_key",),
        "place_name": ("place_name",),
        "point": ("lon", "lat"),
        "grid_code": ("grid_code",),
        "unit_id": ("unit_id",),
    },
}
# Where these are left empty the service has its own answer, or keeps what it has.
_FILLED = {
    "staff": ("device_id",),
    "cameras": ("grid_code",),
    "places": ("grid_code",),
    "devices": ("grid_code", "public_key"),
}

# Columns, and faults without one, that leave nothing to be said of where it stands.
_WHERE = frozenset(("lon", "lat", "swapped", "few", "no_point", "no_position"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """One row that can be imported.

    Attributes:
        line: Its line in the file.
        key: The id of its record.
        name: As people say it.
        record: What will stand in the register; None: it goes from there.
        fields: The columns that differ from what stands; None: it is new.
    """

    line: int
    key: str
    name: str
    record: Any
    fields: tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What importing a file would do.

    Attributes:
        kind: "grids", "staff" …
        new: Rows that no register has yet.
        changed: Rows that differ from what stands.
        gone: Who has a shift and stands in no row of a file that is the whole roster.
        unchanged: How many stand already as they are.
        faults: What is wrong, by line.
        notes: What is worth knowing and no fault, by line.
        unknown: Columns that nobody knows.
        unkept: Columns that are read and not kept.
        headings: What the columns are called in the file, by the program's names.
    """

    kind: str
    new: tuple[Planned, ...]
    changed: tuple[Planned, ...]
    gone: tuple[Planned, ...]
    unchanged: int
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]
    unknown: tuple[str, ...]
    unkept: tuple[str, ...]
    headings: Mapping[str, str]

    @property
    def faulty_rows(self) -> int:
        """Return how many rows are wrong."""
        return len({fault.line for fault in self.faults})

    @property
    def is_hopeless(self) -> bool:
        """Return whether something is wrong with the file as a whole."""
        return any(fault.word in WHOLE_FILE for fault in self.faults)

    def writes(self) -> tuple[Planned, ...]:
        """Return what has to be written, in the order in which it can be."""
        rows = [*self.new, *self.changed, *self.gone]
        if self.kind != "grids":
            return tuple(sorted(rows, key=lambda row: row.line))
        return tuple(sorted(rows, key=lambda row: (len(row.key), row.line)))


def plan_import(
    kind: str,
    table: Table,
    stands: Snapshot,
    *,
    device_kinds: Collection[str],
    replaces: bool = False,
) -> Plan:
    """Return what importing a table would do to what stands.

    Args:
        kind: "grids", "staff" …
        table: What was read.
        stands: What the registers hold.
        device_kinds: The kinds of devices there are.
        replaces: A roster is the whole roster: whom no row names is on no shift any
            more. A row of which nobody knows whose it is leaves everybody where they
            are, and a file without a row is refused.
    """
    known = _register(kind, stands)
    faults = list(table.faults)
    read: dict[str, tuple[Row, Any]] = {}
    for row in table.rows:
        record = RECORDS[kind](row)
        key = getattr(record, KEYS[kind])
        if key in read:
            row.wrong("twice", key=key)
        elif key:
            read[key] = row, _merged(kind, record, known.get(key), table.columns)
    good = {key: pair for key, pair in read.items() if not pair[0].faults}
    checked = _checked(kind, good, stands, device_kinds)
    if len(good) < len(read):  # what else is wrong with the others
        for key, found in _checked(kind, read, stands, device_kinds).refused.items():
            row = read[key][0]
            if row.faults:
                row.faults.extend(each for each in found if _is_sure(each, row))
    for key, found in checked.refused.items():
        good.pop(key)[0].faults.extend(found)
    faults.extend(fault.at(row.line) for row in table.rows for fault in row.faults)
    is_whole = replaces and kind == "roster" and not table.faults
    if is_whole and not table.rows:
        faults.append(Fault(0, "no_rows"))
    notes = [note.at(good[key][0].line) for key, note in checked.notes if key in good]
    strange = next((row for row in table.rows if _key_of(kind, row) not in known), None)
    if is_whole and strange is not None:
        notes.append(RowError("nobody_leaves").at(strange.line))
    new: list[Planned] = []
    changed: list[Planned] = []
    unchanged = 0
    for key, (row, record) in good.items():
        before = known.get(key)
        fields = None if before is None else _differing(kind, before, record)
        if _leaves_login_behind(kind, before, record):
            notes.append(RowError("login_again", key=key).at(row.line))
        if fields == ():
            unchanged += 1
            continue
        planned = Planned(
            line=row.line, key=key, name=record.name, record=record, fields=fields
        )
        (new if fields is None else changed).append(planned)
    return Plan(
        kind=kind,
        new=tuple(new),
        changed=tuple(changed),
        gone=_gone(table, stands) if is_whole and table.rows and not strange else (),
        unchanged=unchanged,
        faults=tuple(sorted(faults, key=lambda fault: fault.line)),
        notes=tuple(sorted(notes, key=lambda note: note.line)),
        unknown=table.unknown,
        unkept=table.unkept,
        headings=table.headings,
    )


def _checked(
    kind: str,
    read: Mapping[str, tuple[Row, Any]],
    stands: Snapshot,
    device_kinds: Collection[str],
) -> Checked:
    records = {key: record for key, (_, record) in read.items()}
    return check(kind, records, stands, device_kinds=device_kinds)


def _is_sure(fault: RowError, row: Row) -> bool:
    """Return whether a fault is none that follows from another of the row's."""
    told = {str(each.details.get("column", each.word)) for each in row.faults}
    if fault.word == "far_from_town":
        return told.isdisjoint(_WHERE)
    return fault.details.get("column") not in told


def _gone(table: Table, stands: Snapshot) -> tuple[Planned, ...]:
    """Return whom a whole roster leaves out; a row that is wrong leaves nobody out."""
    named = {_key_of("roster", row) for row in table.rows}
    return tuple(
        Planned(line=0, key=unit.unit_id, name=unit.name, record=None, fields=())
        for unit in stands.units
        if any(unit.roster) and unit.unit_id not in named
    )


def _key_of(kind: str, row: Row) -> str:
    return (row.values.get(KEYS[kind]) or "").strip()


def _leaves_login_behind(kind: str, before: Any, record: Any) -> bool:
    return (
        kind == "cameras"
        and before is not None
        and bool(before.secret_ref)
        and leaves_login_behind(before, record)
    )


def _register(kind: str, stands: Snapshot) -> dict[str, Any]:
    things: Mapping[str, Iterable[Any]] = {
        "grids": stands.grids,
        "staff": stands.units,
        "roster": stands.units,
        "cameras": stands.cameras,
        "places": stands.places,
        "devices": stands.devices,
    }
    return {getattr(thing, KEYS[kind]): thing for thing in things[kind]}


def _merged(kind: str, record: Any, known: Any, columns: Collection[str]) -> Any:
    """Return a record over what stands: a column that is not there alters nothing."""
    if known is None:
        return record
    given = {}
    for name, filled_by in _FIELDS[kind].items():
        value = getattr(record, name)
        is_there = any(column in columns for column in filled_by)
        if is_there and (value or name not in _FILLED.get(kind, ())):
            given[name] = value
    return replace(known, **given)


def _differing(kind: str, before: Any, record: Any) -> tuple[str, ...]:
    """Return the columns whose values differ."""
    return tuple(
        column
        for name, columns in _FIELDS[kind].items()
        if getattr(before, name) != getattr(record, name)
        for column in columns
    )
