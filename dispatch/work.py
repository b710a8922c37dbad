"""The unit of work: what one transaction changes, kept or forgotten as a whole.

The service is the only writer and keeps what is open in mind (`dispatch.working`).
A unit of work changes that picture at once and notes how to undo each step; rows
and numbered changes are written together when it is committed. Refused commands
and failed commits are undone, so that memory never says more than the store.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from dispatch import case_forces, tables
from dispatch.alarms import Alarm
from dispatch.cameras import Camera
from dispatch.case_search import write_terms
from dispatch.case_terms import searched
from dispatch.cases import Case, LogEntry, Step
from dispatch.changes import Change, DeviceReading, Town, UnitFix
from dispatch.commands import Command, Moment, Refused
from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.owing import marked
from dispatch.packing import Packed, Stamp, pack
from dispatch.rows import (
    ALARMS,
    REGISTERS,
    delete_messages,
    ended_row,
    entry_row,
    load_all,
    load_cases,
    write_finds,
    write_photos,
    write_serials,
)
from dispatch.rules_known import Kept, RuleKey
from dispatch.stages import Timing
from dispatch.statements import INSERT_CLOCKS, INSERTS, JOURNALS, write_changes
from dispatch.store import Store, write_town
from dispatch.units import Unit, UnitStatus
from dispatch.working import WorkingSet, drop_settled, fence, fresh_grid_index

_MISSING: Any = object()
_MADE_FROM = {"grid": "grid_index", "device": "premises", "place": "premises"}


class UnitOfWork:
    """One transaction: what it reads, what it changes, and how to take it back.

    Thread: the writer's.

    Args:
        store: Where it is written.
        working: The writer's picture, changed in place.
        at: The time of everything in it.
        timing: Runs the stage clocks of the cases in it.
    """

    def __init__(
        self, store: Store, working: WorkingSet, *, at: datetime, timing: Timing
    ) -> None:
        self.store = store
        self._timing = timing
        self.working = working
        self.at = at.astimezone(UTC)
        # Changes keep their order in time too, also when the clock is set back.
        self.told_at = max(self.at, working.changed_at)
        self.command: Command | None = None
        self._undo: list[tuple[Any, Any, Any]] = []
        self._number_before = working.numbers["change"]
        # (kind, key) in the order of first touch: what its row says, None: it has none
        self._dirty: dict[tuple[str, Any], Any] = {}
        self._told: dict[tuple[str, Any], Command | None] = {}
        self._entries: dict[Any, tuple[LogEntry, ...]] = {}
        self._rows: dict[str, list[dict[str, Any]]] = {t.name: [] for t in JOURNALS}
        # By case and moment; None: written and cleared in this same work.
        self._clocks: dict[tuple[int, str], datetime | None] = {}
        self._cleared: dict[tuple[int, str], bool] = {}
        self._photos: dict[str, dict[str, Any]] = {}
        self._finds: dict[tuple[str, str], dict[str, Any]] = {}
        self._searched: dict[int, bool] = {}  # is found by other words now; new?
        self._forgotten: dict[str, bool] = {}
        self._announced: list[Callable[[int], Change]] = []
        self._afterwards: list[Callable[[], None]] = []
        self._serials: dict[str, bool] = {}
        self._town: Town | None = None
        self._visitors: list[int] = []

    # -- reading --------------------------------------------------------------

    def case(self, case_id: int) -> Case:
        """Return a case, open or closed."""
        found: Case | None = self.working.things["case"].get(case_id)
        if found is None:
            with self.store.reading() as connection:
                stored = load_cases(connection, tables.cases.c.case_id == case_id)
            if not stored:
                raise Refused(
                    "case_unknown", f"there is no case {case_id}", case_id=case_id
                )
            found = stored[0]
            # A closed one is a visitor: it leaves when the work ends.
            self.working.things["case"][case_id] = found
            self._visitors.append(case_id)
        return found

    def alarm(self, alarm_id: int) -> Alarm | None:
        """Return an alarm at hand or settled, or None where there is none."""
        found: Alarm | None = self.working.things["alarm"].get(alarm_id)
        if found is None:
            with self.store.reading() as connection:
                stored = load_all(
                    connection, ALARMS, tables.alarms.c.alarm_id == alarm_id
                )
            found = stored[0] if stored else None
        return found

    def alarms_of(self, device_id: str, category: str) -> list[Alarm]:
        """Return the alarms at hand of a device and category, oldest first."""
        alarms = self.working.things["alarm"]
        return [
            alarms[i] for i in self.working.alarms_of.get((device_id, category), ())
        ]

    def alarms_on(self, case_id: int) -> list[Alarm]:
        """Return the alarms at hand of a case, oldest first."""
        alarms = self.working.things["alarm"]
        return [alarms[i] for i in self.working.alarms_on.get(case_id, ())]

    def unit(self, unit_id: str) -> Unit:
        """Return a unit."""
        found: Unit | None = self.working.things["unit"].get(unit_id)
        if found is None:
            raise Refused("unit_unknown", f"there is no unit {unit_id}", unit=unit_id)
        return found

    def device(self, device_id: str) -> Device:
        """Return a device that may speak."""
        found: Device | None = self.working.things["device"].get(device_id)
        if found is None:
            raise Refused(
                "device_unknown", f"there is no device {device_id}", device=device_id
            )
        if found.revoked:
            raise Refused(
                "device_revoked", f"device {device_id} is revoked", device=device_id
            )
        return found

    def camera(self, camera_id: str) -> Camera:
        """Return a camera."""
        found: Camera | None = self.working.things["camera"].get(camera_id)
        if found is None:
            raise Refused(
                "camera_unknown", f"there is no camera {camera_id}", camera=camera_id
            )
        return found

    def find(self, kind: str, key: Any) -> Any:
        """Return a register's entry, or None where there is none."""
        return self.working.things[kind].get(key)

    def grid_of(self, point: Point) -> str:
        """Return the code of the finest grid around a point, or ""."""
        return fresh_grid_index(self.working).grid_of(point)

    def in_town(self, point: Point, *, home: Point | None = None) -> bool:
        """Return whether a point lies in the town, or in reach of a home."""
        return fresh_grid_index(self.working).in_town(point, home=home)

    # -- changing -------------------------------------------------------------

    def next_number(self, counter: str) -> int:
        """Return the next case or alarm number; a refused one is given again."""
        number = self.working.numbers[counter] + 1
        self._set(self.working.numbers, counter, number)
        return number

    def next_serial(self) -> tuple[str, int]:
        """Return today in the town (yyMMdd) and the day's next serial."""
        day = self.at.astimezone(self.working.zone).strftime("%y%m%d")
        serial = self.working.serials.get(day, 0) + 1
        self._set(self.working.serials, day, serial)
        self._set(self._serials, day, True)
        return day, serial

    def keep(self, kind: str, thing: Any, *, tell: bool = True) -> None:
        """Put a register's entry, new or altered, and tell the desks."""
        key = REGISTERS[kind].key_of(thing)
        register = self.working.things[kind]
        if (kind, key) not in self._dirty:
            self._set(self._dirty, (kind, key), register.get(key))
        if kind == "case" and key not in self._searched:
            before = register.get(key)
            if before is None or searched(before) != searched(thing):
                self._set(self._searched, key, before is None)
        self._set(register, key, thing)
        if tell and (kind, key) not in self._told:
            self._set(self._told, (kind, key), self.command)
        stale = _MADE_FROM.get(kind)
        if stale is not None:
            self._undo.append((self.working, stale, getattr(self.working, stale)))
            setattr(self.working, stale, None)

    def keep_alarm(self, alarm: Alarm) -> None:
        """Put an alarm, new or altered."""
        if alarm.alarm_id not in self.working.things["alarm"]:
            key = (alarm.device_id, alarm.category)
            held = self.working.alarms_of.get(key, ())
            self._set(self.working.alarms_of, key, (*held, alarm.alarm_id))
            if alarm.case_id is not None:
                on_case = self.working.alarms_on.get(alarm.case_id, ())
                self._set(
                    self.working.alarms_on, alarm.case_id, (*on_case, alarm.alarm_id)
                )
        self.keep("alarm", alarm)

    def keep_step(self, step: Step) -> Case:
        """Put a case as a step left it, with its clocks and log entries."""
        before: Case | None = self.working.things["case"].get(step.case.case_id)
        step, ended = self._timing.timed(before, step, self.told_at)
        case = marked(before, step.case, self.told_at)
        case, released = case_forces.released(case, self.told_at)
        for unit_id in released:
            unit: Unit | None = self.find("unit", unit_id)
            if unit is not None and unit.case_id == case.case_id:
                self.keep("unit", replace(unit, status=UnitStatus.FREE, case_id=None))
        for each in ended:
            self.add_row(tables.stage_times, ended_row(case, each))
        known = {} if before is None else before.clocks
        if case.clocks is not known:
            self._keep_clocks(case, known)
        if step.entries:
            held = self._entries.get(case.case_id, ())
            self._set(self._entries, case.case_id, held + step.entries)
            for entry in step.entries:
                self.add_row(tables.log_entries, entry_row(entry))
        if case is not before:
            self.keep("case", case)
        elif step.entries and ("case", case.case_id) not in self._told:
            self._set(self._told, ("case", case.case_id), self.command)
        return case

    def _keep_clocks(self, case: Case, known: dict[Moment, datetime]) -> None:
        for moment in known.keys() - case.clocks.keys():
            key = (case.case_id, moment.value)
            self._set(self._cleared, key, True)
            if key in self._clocks:
                self._set(self._clocks, key, None)
        for moment, at in case.clocks.items():
            if known.get(moment) != at:
                key = (case.case_id, moment.value)
                if moment in known:  # begun again
                    self._set(self._cleared, key, True)
                self._set(self._clocks, key, at)

    def add_row(self, table: sa.Table, row: dict[str, Any]) -> None:
        """Append a row to a table that only grows."""
        rows = self._rows[table.name]
        self._undo.append((rows, len(rows), None))
        rows.append(row)

    def keep_photo(self, digest: str, media_type: str, data: bytes) -> None:
        """Keep a photo's bytes; the same picture is kept once."""
        self._set(
            self._photos,
            digest,
            {"digest": digest, "media_type": media_type, "data": data, "at": self.at},
        )

    def keep_find(self, row: dict[str, Any]) -> None:
        """Keep what a thing is found by."""
        self._set(self._finds, (row["kind"], row["ref"]), row)

    def keep_town(self, town: Town) -> None:
        """Keep the town itself; whoever holds a picture of it must begin anew."""
        self._town = town

    def forget_messages(self, device_id: str) -> None:
        """Forget a device's message numbers: a new key starts a new count."""
        self._set(self._forgotten, device_id, True)
        self._set(self.working.sequences, device_id, -1)

    def seen_message(
        self, device_id: str, sequence: int, received_at: datetime
    ) -> None:
        """Note that a message was handled; (device, sequence) is stored once."""
        self.add_row(
            tables.messages,
            {"device_id": device_id, "sequence": sequence, "received_at": received_at},
        )
        if sequence > self.working.sequences.get(device_id, -1):
            self._set(self.working.sequences, device_id, sequence)

    def note_applied(self, command_id: str, value: int | None) -> None:
        """Note that a command is applied, with what its receipt carries."""
        self.add_row(
            tables.applied_commands,
            {"command_id": command_id, "number": 0, "at": self.at, "value": value},
        )

    def move(self, fix: UnitFix) -> None:
        """Note a unit's newest position, told within a second."""
        self._set(self.working.fixes, fix.unit_id, fix)

    def read(self, reading: DeviceReading) -> None:
        """Note a device's newest sign of life, told within a second."""
        self._set(self.working.reads, reading.device_id, reading)

    def note_rule(self, key: RuleKey, kept: Kept) -> None:
        """Note what is known of a rule's subject."""
        self._set(self.working.watched, key, kept)

    def settle(self, waiting: dict[Any, Any], key: Any) -> None:
        """Take something out of what waits to be told."""
        self._undo.append((waiting, key, waiting.pop(key)))

    def announce(self, change: Callable[[int], Change]) -> None:
        """Tell the desks of something that is no register's entry."""
        self._announced.append(change)

    def do_afterwards(self, deed: Callable[[], None]) -> None:
        """Do what cannot be taken back once everything is on the disk."""
        self._undo.append((self._afterwards, len(self._afterwards), None))
        self._afterwards.append(deed)

    # -- the end --------------------------------------------------------------

    def mark(self) -> int:
        """Return a point to which the work can be taken back."""
        return len(self._undo)

    def back_to(self, mark: int = 0) -> None:
        """Take back what was done since a mark; without one, everything."""
        while len(self._undo) > mark:
            holder, key, before = self._undo.pop()
            if isinstance(holder, list):
                del holder[key:]
            elif isinstance(holder, WorkingSet):
                setattr(holder, key, before)
            elif before is _MISSING:
                del holder[key]
            else:
                holder[key] = before
        if not mark:
            self._see_off_visitors()

    def commit(self) -> list[Packed]:
        """Write everything in one transaction and return its changes."""
        numbers = self.working.numbers
        packed = self._packed()
        self._set(numbers, "change", self._number_before + len(packed))
        for row in self._rows[tables.applied_commands.name]:
            row["number"] = numbers["change"]
        with self.store.writing() as connection:
            fence(connection, self.working, before=self._number_before, at=self.told_at)
            self._write(connection)
            write_changes(connection, packed, at=self.told_at)
        self.working.changed_at = self.told_at
        self._let_go()
        for deed in self._afterwards:
            deed()
        return packed

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to write."""
        return not self._undo and not self._announced

    # -- inside ---------------------------------------------------------------

    def _set(self, holder: dict[Any, Any], key: Any, value: Any) -> None:
        self._undo.append((holder, key, holder.get(key, _MISSING)))
        holder[key] = value

    def _packed(self) -> list[Packed]:
        """Return what the desks are told, in the order of first touch."""
        packed: list[Packed] = []
        number = self._number_before
        for (kind, key), command in self._told.items():
            number += 1
            stamp = Stamp(number=number, at=self.told_at, command=command)
            thing = self.working.things[kind][key]
            change = stamp.change(kind, thing, entries=self._entries.get(key, ()))
            packed.append((number, *pack(change)))
        for announce in self._announced:
            number += 1
            packed.append((number, *pack(announce(number))))
        return packed

    def _write(self, connection: sa.Connection) -> None:
        by_kind: dict[str, list[tuple[Any, Any]]] = {kind: [] for kind in REGISTERS}
        for (kind, key), before in self._dirty.items():
            by_kind[kind].append((before, self.working.things[kind][key]))
        for kind, register in REGISTERS.items():
            register.save(connection, by_kind[kind])
        write_terms(connection, self.working.things["case"], self._searched)
        self._write_clocks(connection)
        for device_id in self._forgotten:
            delete_messages(connection, device_id)
        for table in JOURNALS:
            rows = self._rows[table.name]
            INSERTS[table.name](connection, rows)
        if self._town is not None:
            write_town(connection, self._town)
        write_serials(connection, {d: self.working.serials[d] for d in self._serials})
        write_photos(connection, list(self._photos.values()))
        write_finds(connection, list(self._finds.values()))

    def _write_clocks(self, connection: sa.Connection) -> None:
        clocks = tables.case_clocks
        for case_id, moment in self._cleared:
            connection.execute(
                sa.delete(clocks).where(
                    clocks.c.case_id == case_id, clocks.c.moment == moment
                )
            )
        rows = [
            {"case_id": case_id, "moment": moment, "at": at}
            for (case_id, moment), at in self._clocks.items()
            if at is not None
        ]
        INSERT_CLOCKS(connection, rows)

    def _let_go(self) -> None:
        """Drop from memory what is settled: closed cases and their quiet alarms."""
        things = self.working.things
        for kind, key in self._dirty:
            if kind == "case" and not things["case"][key].state.is_open:
                for alarm_id in self.working.alarms_on.get(key, ()):
                    drop_settled(self.working, things["alarm"][alarm_id])
                del things["case"][key]
            elif kind == "alarm" and key in things["alarm"]:
                alarm = things["alarm"][key]
                if alarm.case_id not in things["case"]:
                    drop_settled(self.working, alarm)
        self._see_off_visitors()

    def _see_off_visitors(self) -> None:
        cases = self.working.things["case"]
        for case_id in self._visitors:
            if case_id in cases and not cases[case_id].state.is_open:
                del cases[case_id]
