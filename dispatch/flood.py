"""告警洪峰: how many alarms a seat is given, and what is folded when they are too many.

Figures per operator by EEMUA 191 and ISA-18.2. Pure functions: whatever is folded is
counted, and can be unfolded; what concerns a life is never folded.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from dispatch.alarms import Alarm
from dispatch.cases import Case, CaseState
from dispatch.queueing import PANIC, Heap, LaneRow

WINDOW: Final = timedelta(minutes=10)
DAY: Final = timedelta(days=1)
CALM: Final = 1  # alarms in ten minutes that an operator can answer, in the long run
MOST: Final = 2  # in the long run no more than that
FLOOD: Final = 10  # more than that in ten minutes is a flood
DAY_CALM: Final = 150  # alarms a day that are very likely acceptable
DAY_MOST: Final = 300  # no more than that can be managed
NOISY_PERCENT: Final = 5.0  # of the load; none of the ten noisiest should be more
NOISIEST: Final = 10
ROWS: Final = 8  # as many as the lane shows at once
SHELVED_FOR: Final = timedelta(minutes=30)

BUILDING, GRID, CAUSE, SHELVED = "building", "grid", "cause", "shelved"
_BUILDING = re.compile(r"^.*?\d+(?:幢|栋|号楼)|^.*\d+号(?!\d)")

# What a row of cases folded together has in common, finest first.
Level = Callable[[Case], tuple[str, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """What a seat was given.

    Attributes:
        now: Alarms that began in the last ten minutes.
        day: Alarms that began in the last 24 hours.
        worst: The most that began in any ten minutes of the day, by its clock.
        floods: Per cent of the day's ten minutes that were a flood.
        standing: Alarms that are acknowledged and still stand.
    """

    now: int
    day: int
    worst: int
    floods: float
    standing: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Noise:
    """What one device gave a seat, and what is proposed about it.

    Attributes:
        device_id: Which device.
        place_name: Where, as its newest alarm says.
        category: Of its newest alarm.
        severity: The worst of its alarms.
        reports: What it reported, all of it.
        since: When the first of that was.
        percent: Its part of all reports.
        proposal: "shelve", "repair" or "": nothing.
    """

    device_id: str
    place_name: str
    category: str
    severity: int
    reports: int
    since: datetime
    percent: float
    proposal: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """A device put aside, with what it had said by then: that alone is silenced.

    Attributes:
        until: When it comes back by itself.
        severity: The worst of its alarms.
        categories: Of its alarms.
    """

    until: datetime
    severity: int
    categories: frozenset[str]

    def covers(self, alarm: Alarm) -> bool:
        """Return whether an alarm is no graver than that, and of no other kind."""
        return alarm.severity >= self.severity and alarm.category in self.categories


def alarm_load(alarms: Iterable[Alarm], now: datetime) -> int:
    """Return how many alarms began in the last ten minutes; a test is none."""
    first = now - WINDOW
    return sum(first <= alarm.first_at <= now and not alarm.test for alarm in alarms)


def is_flood(load: int) -> bool:
    """Return whether that many in ten minutes are a flood."""
    return load > FLOOD


def load_of(alarms: Iterable[Alarm], now: datetime) -> Load:
    """Return what a seat was given in the last 24 hours, as far as it is known."""
    slots: dict[int, int] = {}
    current = standing = 0
    for alarm in alarms:
        if alarm.test:
            continue
        standing += alarm.active and alarm.acknowledged_at is not None
        ago = now - alarm.first_at
        if timedelta(0) <= ago < DAY:
            slots[ago // WINDOW] = slots.get(ago // WINDOW, 0) + 1
            current += ago <= WINDOW
    flooded = sum(is_flood(count) for count in slots.values())
    return Load(
        now=current,
        day=sum(slots.values()),
        worst=max(slots.values(), default=0),
        floods=100.0 * flooded / (DAY // WINDOW),
        standing=standing,
    )


def noisiest(alarms: Iterable[Alarm], now: datetime) -> list[Noise]:
    """Return the devices that reported most, of alarms heard in the last 24 hours."""
    by_device: dict[str, list[Alarm]] = {}
    for alarm in alarms:
        if timedelta(0) <= now - alarm.last_at < DAY:
            by_device.setdefault(alarm.device_id, []).append(alarm)
    total = sum(alarm.count for found in by_device.values() for alarm in found)
    made = []
    for device_id, found in by_device.items():
        newest = max(found, key=lambda alarm: (alarm.last_at, alarm.alarm_id))
        reports = sum(alarm.count for alarm in found)
        percent = 100.0 * reports / total
        made.append(
            Noise(
                device_id=device_id,
                place_name=newest.place_name,
                category=newest.category,
                severity=min(alarm.severity for alarm in found),
                reports=reports,
                since=min(alarm.first_at for alarm in found),
                percent=percent,
                proposal=_proposal(found, reports, percent),
            )
        )
    made.sort(key=lambda noise: (-noise.reports, noise.since, noise.device_id))
    return made[:NOISIEST]


def may_shelve(alarms: Iterable[Alarm]) -> bool:
    """Return whether a device may be shelved: never what concerns a life."""
    return all(a.severity > 1 and a.category not in PANIC for a in alarms)


def shelf(alarms: Iterable[Alarm], now: datetime) -> Shelf | None:
    """Return the shelf of a device with these alarms, or None: a life is not shelved."""
    held = tuple(alarms)
    if not may_shelve(held):
        return None
    return Shelf(
        until=now + SHELVED_FOR,
        severity=min((alarm.severity for alarm in held), default=1),
        categories=frozenset(alarm.category for alarm in held),
    )


def _proposal(alarms: Sequence[Alarm], reports: int, percent: float) -> str:
    """Return what to do about a device: what comes and goes is to be repaired."""
    if reports < 2 or percent <= NOISY_PERCENT:
        return ""
    flaps = any(alarm.count > 1 and not alarm.active for alarm in alarms)
    return "repair" if flaps or not may_shelve(alarms) else "shelve"


# -- folding -----------------------------------------------------------------------


def may_fold(case: Case) -> bool:
    """Return whether a case may be one of many in a row.

    What a device has opened and nobody has taken yet; never what concerns a life, nor
    a call for help, nor what a person has reported.
    """
    return (
        case.severity > 1
        and case.category not in PANIC
        and case.channel == "device"
        and case.state is CaseState.NEW
    )


def building_of(place_name: str) -> str:
    """Return the building of a place, or the place: 桃源新邨12幢301, 桃源新邨12幢."""
    found = _BUILDING.match(place_name)
    return found.group() if found else place_name


def _apart(case: Case) -> tuple[str, ...]:
    """Return what keeps a drill apart from what is true."""
    return ("drill",) if case.drill else ()


def _by_building(case: Case) -> tuple[str, ...]:
    return (BUILDING, building_of(case.place_name))


def _by_grid(case: Case) -> tuple[str, ...]:
    return (GRID, case.grid_code, case.category)


def _by_cause(case: Case) -> tuple[str, ...]:
    return (CAUSE, case.category)


LEVELS: Final[tuple[Level, ...]] = (_by_building, _by_grid, _by_cause)


def folded(
    rows: Sequence[LaneRow], *, shown: AbstractSet[int | None] = frozenset()
) -> list[LaneRow]:
    """Return a lane's rows with what is alike in one row, in the lane's order.

    Alike is first what is in one building, of the rest what has one cause in one grid,
    of that rest what has one cause. Where that leaves more rows than a lane shows,
    buildings are not told apart, then grids.

    Args:
        rows: The lane, in its order.
        shown: Cases that keep a row of their own.
    """
    loose = [
        row
        for row in rows
        if row.case is not None and may_fold(row.case) and row.case_id not in shown
    ]
    if len(loose) < 2:
        return list(rows)
    heaps: dict[tuple[str, ...], list[LaneRow]] = {}
    for first in range(len(LEVELS)):
        heaps = _heaped(loose, LEVELS[first:])
        inside = sum(map(len, heaps.values()))
        if len(heaps) + len(loose) - inside <= ROWS:
            break
    return _put_together(rows, heaps)


def shelved(
    rows: Sequence[LaneRow],
    devices: Mapping[int, AbstractSet[str]],
    until: AbstractSet[str],
) -> list[LaneRow]:
    """Return a lane's rows with those of shelved devices in one row each, at the end.

    Args:
        rows: The lane, in its order.
        devices: Which devices stand behind a case.
        until: The devices that are shelved.
    """
    heaps: dict[tuple[str, ...], list[LaneRow]] = {}
    for row in rows:
        behind = devices.get(row.case_id or 0, frozenset())
        if row.case is not None and may_fold(row.case) and behind and behind <= until:
            key = (SHELVED, min(behind), *_apart(row.case))
            heaps.setdefault(key, []).append(row)
    away = {row.key for found in heaps.values() for row in found}
    kept = [row for row in rows if row.key not in away]
    return kept + [_heap_row(key, found) for key, found in heaps.items()]


def _heaped(
    rows: Iterable[LaneRow], levels: Iterable[Level]
) -> dict[tuple[str, ...], list[LaneRow]]:
    """Return heaps of two and more, each row in the finest that has another."""
    heaps: dict[tuple[str, ...], list[LaneRow]] = {}
    left = list(rows)
    for level in levels:
        found: dict[tuple[str, ...], list[LaneRow]] = {}
        for row in left:
            assert row.case is not None
            key = (*level(row.case), *_apart(row.case))
            found.setdefault(key, []).append(row)
        heaps |= {key: alike for key, alike in found.items() if len(alike) > 1}
        left = [alike[0] for alike in found.values() if len(alike) == 1]
    return heaps


def _put_together(
    rows: Sequence[LaneRow], heaps: Mapping[tuple[str, ...], list[LaneRow]]
) -> list[LaneRow]:
    """Return the rows with each heap where the first of it stood."""
    heap_of = {row.key: key for key, alike in heaps.items() for row in alike}
    placed: set[tuple[str, ...]] = set()
    made = []
    for row in rows:
        key = heap_of.get(row.key)
        if key is None:
            made.append(row)
        elif key not in placed:
            placed.add(key)
            made.append(_heap_row(key, heaps[key]))
    return made


def _heap_row(key: tuple[str, ...], rows: Sequence[LaneRow]) -> LaneRow:
    first = rows[0].case
    assert first is not None
    level = key[0]
    causes = {row.case.category for row in rows if row.case is not None}
    return LaneRow(
        key=("heap", "|".join(key)),
        case=None,
        case_ids=tuple(i for row in rows for i in row.case_ids),
        severity=min(row.severity for row in rows),
        department=first.department,
        unacknowledged=any(row.unacknowledged for row in rows),
        since=min(row.since for row in rows),
        due_at=min(row.due_at for row in rows),
        overdue=any(row.overdue for row in rows),
        heap=Heap(
            level=level,
            about="" if level == CAUSE else key[1],
            causes=tuple(sorted(causes)),
            newest=max(row.since for row in rows),
            drill=first.drill,
        ),
    )
