"""Which scene stands on the wall when, by the days of the week and the time of day.

Pure. A row says from when on its scene stands; it stands until the next row, over
midnight too. Its time is the town's civil time, as the clock on the wall there shows it:
without a zone, to the minute. Moments are aware: what is handed in is in the town's zone.
What somebody calls by hand stands until they let it go, or until the next row's time.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

HOLIDAY: Final = 7  # the eighth kind of day, after Monday 0 to Sunday 6
MONDAY: Final = 0
SUNDAY: Final = 6
DAYS: Final = tuple(range(8))
_LOOK_DAYS: Final = 400  # a row may be for holidays only; they come within a year


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """From when on a scene stands.

    Attributes:
        days: Monday 0 to Sunday 6, and `HOLIDAY`.
        at: Civil time of day in the town, to the minute: no zone, no seconds.
        scene: Number of the scene.
    """

    days: frozenset[int]
    at: time
    scene: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A moment at which the schedule puts up a scene."""

    at: datetime
    scene: int


@dataclass(frozen=True, slots=True)
class Held:
    """A scene called by hand.

    Attributes:
        scene: Its number.
        since: When it was called.
        until_turn: It goes with the schedule's next turn; else it stays until somebody
            goes back to the schedule.
    """

    scene: int
    since: datetime
    until_turn: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """Days that are not what their weekday says, announced year by year."""

    holidays: AbstractSet[date] = frozenset()
    workdays: AbstractSet[date] = frozenset()


PLAIN: Final = Calendar()


def faults(rows: Sequence[Row], scenes: AbstractSet[int]) -> list[tuple[int, str]]:
    """Return what is wrong, by the row's index: "at", "days", "scene", "twice"."""
    found = []
    taken: dict[tuple[int, time], int] = {}
    for index, row in enumerate(rows):
        if row.at != row.at.replace(second=0, microsecond=0, tzinfo=None):
            found.append((index, "at"))
        if not row.days or not row.days <= set(DAYS):
            found.append((index, "days"))
        if row.scene not in scenes:
            found.append((index, "scene"))
        for day in sorted(row.days):
            if taken.setdefault((day, row.at), index) != index:
                found.append((index, "twice"))
                break
    return found


def kind_of(day: date, rows: Iterable[Row], calendar: Calendar = PLAIN) -> int:
    """Return as which kind of day the schedule takes a date.

    A holiday is one if any row is for holidays, else a Sunday; a day worked instead of
    a weekend's is a Monday.
    """
    if day in calendar.holidays:
        return HOLIDAY if any(HOLIDAY in row.days for row in rows) else SUNDAY
    if day in calendar.workdays and day.weekday() > 4:
        return MONDAY
    return day.weekday()


def last_turn(
    rows: Sequence[Row], now: datetime, calendar: Calendar = PLAIN
) -> Turn | None:
    """Return the turn by which the present scene stands, or None without rows."""
    day, moment = now.date(), now.astimezone(UTC)
    for back in range(_LOOK_DAYS if rows else 0):
        turns = list(_turns_of(rows, day - timedelta(days=back), now, calendar))
        for turn in reversed(turns):
            if turn.at <= moment:
                return turn
    return None


def next_turn(
    rows: Sequence[Row], now: datetime, calendar: Calendar = PLAIN
) -> Turn | None:
    """Return the turn that comes next, or None without rows."""
    # In UTC: an hour that summer time repeats is two, though its clock says the same.
    day, moment = now.date(), now.astimezone(UTC)
    for ahead in range(_LOOK_DAYS if rows else 0):
        for turn in _turns_of(rows, day + timedelta(days=ahead), now, calendar):
            if turn.at > moment:
                return turn
    return None


def standing(
    rows: Sequence[Row],
    now: datetime,
    *,
    held: Held | None = None,
    calendar: Calendar = PLAIN,
) -> int | None:
    """Return the number of the scene that shall stand now, or None.

    Args:
        rows: The schedule.
        now: Aware, in the town's zone.
        held: What was called by hand last.
        calendar: Holidays, and days worked instead.
    """
    if held is not None and not is_over(held, rows, now, calendar):
        return held.scene
    turn = last_turn(rows, now, calendar)
    return None if turn is None else turn.scene


def is_over(
    held: Held, rows: Sequence[Row], now: datetime, calendar: Calendar = PLAIN
) -> bool:
    """Return whether the schedule has taken the wall back from what was called."""
    if not held.until_turn:
        return False
    turn = last_turn(rows, now, calendar)
    return turn is not None and turn.at > held.since


def _turns_of(
    rows: Sequence[Row], day: date, now: datetime, calendar: Calendar
) -> Iterator[Turn]:
    """Give the turns of a day in order; of two at one time the later row's counts."""
    kind = kind_of(day, rows, calendar)
    found = {row.at: row.scene for row in rows if kind in row.days}
    for at in sorted(found):
        moment = datetime.combine(day, at, now.tzinfo)
        # There and back: a time that summer time leaves out is one after it.
        yield Turn(moment.astimezone(UTC).astimezone(now.tzinfo), found[at])
