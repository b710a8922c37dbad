"""What the one writer keeps in mind, so that it need not ask the store each time.

Open cases, the alarms behind them, latched alarms and the registers. Nobody else
writes, so this picture is right as long as every change goes through a unit of
work; `StoreMovedError` is raised where it turns out that somebody did.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from dispatch import tables
from dispatch.alarms import Alarm
from dispatch.board import NO_TOWN
from dispatch.carrying import heading_after
from dispatch.cases import CaseState
from dispatch.changes import DeviceReading, Town, UnitFix
from dispatch.grids import GridBoxes, GridIndex
from dispatch.premises import Premises
from dispatch.profile_use import ProfileUse
from dispatch.rows import (
    REGISTERS,
    load_all,
    load_cases_of,
    load_latched,
    point_of,
)
from dispatch.rules_known import Kept, RuleKey
from dispatch.statements import FENCE
from dispatch.store import Store, load_profile_use, load_town
from dispatch.units import Unit


class StoreMovedError(RuntimeError):
    """Another process has written to the store: this one's picture is not it."""


@dataclass
class WorkingSet:
    """What the one writer keeps in mind: open cases, latched alarms, registers.

    Thread: the writer's.

    Attributes:
        things: Registers by kind ("case", "alarm", "unit" …) and key.
        alarms_of: Alarms at hand, by (device, category), oldest first.
        alarms_on: Alarms at hand, by case, oldest first.
        numbers: The newest change, case and alarm number.
        serials: The last serial of a case number, by day of the town (yyMMdd).
        grid_index: Made when it is first asked for after the grids changed.
        grid_boxes: What the last one found out, for the next.
        sequences: Highest message number stored, by device that has sent any.
        changed_at: When the newest change was; changes never run backwards.
        fixes: Newest positions not yet told, by unit.
        reads: Newest signs of life not yet told, by device.
        premises: Made when it is first asked for after devices or places changed.
        watched: What is known of rules' subjects; read from the store at the first
            reading, or when the clock has a say.
        began_at: When it was first asked for one, or None.
        failing: Rules that have failed on a reading, which the log was told.
        looked_over: The premises by which rules' alarms were last looked over, or None.
    """

    town: Town
    profile: ProfileUse
    zone: ZoneInfo
    things: dict[str, dict[Any, Any]]
    numbers: dict[str, int]
    serials: dict[str, int]
    changed_at: datetime
    grid_index: GridIndex | None = None
    grid_boxes: GridBoxes = field(default_factory=dict)
    alarms_of: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    alarms_on: dict[int, tuple[int, ...]] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    fixes: dict[str, UnitFix] = field(default_factory=dict)
    reads: dict[str, DeviceReading] = field(default_factory=dict)
    premises: Premises | None = None
    watched: dict[RuleKey, Kept] = field(default_factory=dict)
    began_at: datetime | None = None
    failing: set[str] = field(default_factory=set)
    looked_over: Premises | None = None


def load_working_set(store: Store) -> WorkingSet:
    """Return the picture that a writer starts from."""
    cases = tables.cases
    # By the index: in order of their numbers SQLite would read them all instead.
    open_ids = sa.select(cases.c.case_id).where(cases.c.state < int(CaseState.CLOSED))
    with store.reading() as connection:
        town = load_town(connection)
        profile = load_profile_use(connection)
        counters = connection.execute(sa.select(tables.counters)).one()
        serials = tables.case_serials
        by_day = connection.execute(sa.select(serials)).all()
        begun = sorted(connection.scalars(open_ids))
        latched = load_latched(connection, begun)
        things: dict[str, dict[Any, Any]] = {
            "case": {c.case_id: c for c in load_cases_of(connection, begun)},
            "alarm": {alarm.alarm_id: alarm for alarm in latched},
        }
        for kind in ("unit", "device", "camera", "grid", "place", "reading"):
            register = REGISTERS[kind]
            things[kind] = {
                register.key_of(thing): thing
                for thing in load_all(connection, register)
            }
        highest = _highest_numbers(connection)
    working = WorkingSet(
        town=town,
        profile=profile,
        zone=ZoneInfo(town.timezone),
        things=things,
        numbers={
            "change": counters.change_number,
            "case": counters.case_number,
            "alarm": counters.alarm_number,
        },
        serials={row.day: row.last for row in by_day},
        changed_at=counters.changed_at,
        sequences=highest,
    )
    for alarm in things["alarm"].values():
        key = (alarm.device_id, alarm.category)
        working.alarms_of[key] = (*working.alarms_of.get(key, ()), alarm.alarm_id)
        on_case = working.alarms_on.get(alarm.case_id, ())
        working.alarms_on[alarm.case_id] = (*on_case, alarm.alarm_id)
    working.fixes.update(_untold_fixes(store, things["unit"].values()))
    return working


def _highest_numbers(connection: sa.Connection) -> dict[str, int]:
    """Return the highest message number of each device; one index seek a device."""
    devices, messages = tables.devices, tables.messages
    newest = (
        sa.select(sa.func.max(messages.c.sequence))
        .where(messages.c.device_id == devices.c.device_id)
        .scalar_subquery()
    )
    return {
        row[0]: row[1]
        for row in connection.execute(sa.select(devices.c.device_id, newest))
        if row[1] is not None
    }


def _untold_fixes(store: Store, units: Iterable[Unit]) -> dict[str, UnitFix]:
    """Return positions kept in the last second before the process ended."""
    positions = tables.positions
    found: dict[str, UnitFix] = {}
    with store.reading() as connection:
        for unit in units:
            row = (
                connection.execute(
                    sa.select(positions)
                    .where(positions.c.unit_id == unit.unit_id)
                    .order_by(positions.c.at.desc(), positions.c.id.desc())
                    .limit(1)
                )
                .mappings()
                .first()
            )
            point = None if row is None else point_of(row)
            if row is None or point is None:
                continue
            if unit.point_at is None or row["at"] > unit.point_at:
                found[unit.unit_id] = UnitFix(
                    unit_id=unit.unit_id,
                    point=point,
                    point_at=row["at"],
                    accuracy_m=row["accuracy_m"],
                    doubt=row["doubt"],
                    heading_deg=heading_after(
                        unit.point,
                        unit.heading_deg,
                        point=point,
                        said=row["heading_deg"],
                    ),
                )
    return found


def fence(
    connection: sa.Connection, working: WorkingSet, *, before: int, at: datetime
) -> None:
    """Move the counters on, if they still stand where this writer left them.

    Raises:
        StoreMovedError: They do not.
    """
    numbers = working.numbers
    row = {
        "one": 1,
        "before": before,
        "change_number": numbers["change"],
        "case_number": numbers["case"],
        "alarm_number": numbers["alarm"],
        "changed_at": at,
    }
    if FENCE(connection, [row]) != 1:
        raise StoreMovedError("another process has written to this store")


def fresh_grid_index(working: WorkingSet) -> GridIndex:
    """Return the index of the grids as they are now."""
    if working.grid_index is None:
        origin = None if working.town == NO_TOWN else working.town.origin
        working.grid_index = GridIndex(
            working.things["grid"].values(), origin=origin, boxes=working.grid_boxes
        )
    return working.grid_index


def drop_settled(working: WorkingSet, alarm: Alarm) -> None:
    """Drop an alarm that is acknowledged and restored; an open one stays."""
    if alarm.is_open:
        return
    del working.things["alarm"][alarm.alarm_id]
    _take_out(working.alarms_of, (alarm.device_id, alarm.category), alarm.alarm_id)
    if alarm.case_id is not None:
        _take_out(working.alarms_on, alarm.case_id, alarm.alarm_id)


def _take_out(held: dict[Any, tuple[int, ...]], key: Any, alarm_id: int) -> None:
    left = tuple(i for i in held[key] if i != alarm_id)
    if left:
        held[key] = left
    else:
        del held[key]
