"""What a rule over readings would have said of the last days, before anybody goes by it.

The same fold over the same rows as at work, in the order in which they came, and with the
clock in between; nothing is written. Devices and homes are taken as they are now.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from dispatch import tables
from dispatch.devices import Device
from dispatch.premises import premises_of
from dispatch.profiles import codes, in_use
from dispatch.rows import DEVICES, PLACES, load_all
from dispatch.rule_changes import MOST_NAMED, Trial, TryRule, not_a_rule, read_rule
from dispatch.rules import DEVICE, HOUSEHOLD, AnyRule, look_back
from dispatch.rules_known import Read, State, Verdict, Weighed
from dispatch.rules_weighing import by_clock, due_at, weigh
from dispatch.store import Store, load_profile_use, load_town

MOST_DAYS: Final = 90  # readings are kept no longer
_BUDGET_S: Final = 4.0  # for one answer; whoever asks goes on from there
_ROWS: Final = 2_000  # read and weighed before the writer gets a turn
_TURN_S: Final = 0.002


@dataclass(frozen=True, kw_only=True, slots=True)
class Spell:
    """A while for which a rule would have held.

    Attributes:
        begun_at: When its alarm would have come.
        ended_at: When it would have been restored; None: it still holds.
        graver: How often it would have grown graver meanwhile.
    """

    begun_at: datetime
    ended_at: datetime | None = None
    graver: int = 0


def play(
    rule: AnyRule,
    reads: Iterable[tuple[datetime, Read]],
    *,
    until: datetime,
    zone: tzinfo,
) -> list[Spell]:
    """Return when a rule would have held for one subject.

    Args:
        rule: Which.
        reads: Its readings and when each came, in that order.
        until: Up to when the clock has a say.
        zone: The town's.
    """
    spells: list[Spell] = []
    state: State | None = None
    for received_at, read in reads:
        state = _clock_up_to(rule, state, received_at, zone, spells)
        weighed = weigh(rule, state, read, zone)
        state = weighed.state
        _follow(spells, weighed, received_at)
    _clock_up_to(rule, state, until, zone, spells)
    return spells


def try_rule(query: TryRule, store: Store, *, budget_s: float = _BUDGET_S) -> Trial:
    """Return what a rule would have said; nothing is written.

    One subject is looked at, at least; where time is up, the answer says where to go on.

    Thread: any; it reads for seconds where there are many readings.

    Raises:
        Refused: It is no rule.
    """
    with store.reading() as connection:
        categories = codes(in_use(load_profile_use(connection)))
        zone = ZoneInfo(load_town(connection).timezone)
        premises = premises_of(
            load_all(connection, DEVICES), load_all(connection, PLACES)
        )
    try:
        rule = read_rule(query.sort, query.data, categories)
    except ValueError as error:
        raise not_a_rule(error) from None
    since = query.until - timedelta(days=min(query.days, MOST_DAYS))
    subjects = sorted(premises.subjects(rule))
    counts: dict[str, int] = {}
    standing = looked = spoken = readings = 0
    more_after = last = ""
    ends = time.monotonic() + budget_s
    for subject in subjects:
        if subject <= query.after:
            continue
        if looked and time.monotonic() > ends:
            more_after = last
            break
        last = subject
        members = premises.members(rule, subject)
        heard = _Heard(store, members, since - look_back(rule), query.until)
        spells = play(rule, heard, until=query.until, zone=zone)
        spells = [each for each in spells if each.begun_at >= since]
        if spells:
            name = _called(rule, members[0])
            counts[name] = counts.get(name, 0) + len(spells)
            standing += spells[-1].ended_at is None
        looked += 1
        spoken += heard.count > 0
        readings += heard.count
    alarms = tables.alarms
    with store.reading() as connection:
        told = connection.scalar(
            sa.select(sa.func.sum(alarms.c.count)).where(
                alarms.c.source == rule.rule_id, alarms.c.last_at >= since
            )
        )
    named = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return Trial(
        alarms=sum(counts.values()),
        standing=standing,
        named=tuple(named[:MOST_NAMED]),
        subjects=len(subjects),
        looked=looked,
        spoken=spoken,
        readings=readings,
        told=int(told or 0),
        more_after=more_after,
    )


class _Heard:
    """A subject's readings, in the order in which they came; in turns with the writer."""

    def __init__(
        self,
        store: Store,
        members: tuple[Device, ...],
        since: datetime,
        until: datetime,
    ) -> None:
        self._store = store
        self._kinds = {member.device_id: member.kind for member in members}
        readings = tables.readings
        self._rows = (
            sa.select(
                readings.c.device_id,
                readings.c.at,
                readings.c.received_at,
                readings.c["values"],
            )
            .where(
                readings.c.device_id.in_(list(self._kinds)),
                readings.c.at > since,
                readings.c.at <= until,
                readings.c.doubt == "",
            )
            .order_by(readings.c.received_at, readings.c.id)
        )
        self.count = 0

    def __iter__(self) -> Iterator[tuple[datetime, Read]]:
        with self._store.reading() as connection:
            rows = connection.execute(self._rows).all()
        for device_id, at, received_at, values in rows:
            self.count += 1
            if self.count % _ROWS == 0:
                time.sleep(_TURN_S)
            kind = self._kinds[device_id]
            read = Read(device_id=device_id, kind=kind, at=at, values=values)
            yield received_at, read


def _clock_up_to(
    rule: AnyRule,
    state: State | None,
    until: datetime,
    zone: tzinfo,
    spells: list[Spell],
) -> State | None:
    while state is not None:
        due = due_at(rule, state, zone)
        if due is None or due > until:
            break
        weighed = by_clock(rule, state, due, zone)
        _follow(spells, weighed, due)
        if weighed.state == state:
            break
        state = weighed.state
    return state


def _follow(spells: list[Spell], weighed: Weighed, at: datetime) -> None:
    last = spells[-1] if spells else None
    active = last is not None and last.ended_at is None
    if weighed.verdict.raises(active=active):
        if last is None or not active:
            spells.append(Spell(begun_at=at))
        else:
            spells[-1] = Spell(begun_at=last.begun_at, graver=last.graver + 1)
    elif weighed.verdict is Verdict.GONE and last is not None and active:
        spells[-1] = Spell(begun_at=last.begun_at, ended_at=at, graver=last.graver)


def _called(rule: AnyRule, first: Device) -> str:
    """Return a subject in words."""
    if rule.scope == DEVICE:
        return f"{first.name} {first.device_id}".strip()
    return first.place_name if rule.scope == HOUSEHOLD else first.grid_code
