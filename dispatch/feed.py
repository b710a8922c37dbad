"""The feed: numbered changes for followers, and the snapshot to start from.

Follow first, load the snapshot with its number, then apply what is newer. A nudge
that a change is there may be lost; the numbers may not.
"""

import time
from collections import deque
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from dispatch import tables
from dispatch.board import CLOSED_KEPT
from dispatch.cases import CaseState
from dispatch.changes import Change, Snapshot
from dispatch.commands import Moment
from dispatch.owing import ENDS
from dispatch.packing import Packed, unpack
from dispatch.rows import (
    CAMERAS,
    DEVICES,
    GRIDS,
    PLACES,
    READINGS,
    UNITS,
    by_number,
    entry_of,
    load_all,
    load_cases_of,
    load_latched,
)
from dispatch.store import Store, load_profile_use, load_town

COMMITS_KEPT = 200  # until somebody comes to them; what was before is read


class Feed:
    """Reads changes and snapshots.

    Thread: any; each call takes a connection of its own.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def number(self) -> int:
        """Return the number of the newest change."""
        with self._store.reading() as connection:
            found: int = connection.execute(
                sa.select(tables.counters.c.change_number)
            ).scalar_one()
            return found

    def since(self, number: int, limit: int = 500) -> list[Change]:
        """Return the changes after a number, at most some of them, in order."""
        return [unpack(kind, body) for _, kind, body in self.packed(number, limit)]

    def packed(self, number: int, limit: int = 500) -> list[Packed]:
        """Return the same as (number, kind, bytes), to be sent on as they lie."""
        changes = tables.changes
        with self._store.reading() as connection:
            found = connection.execute(
                sa.select(changes.c.number, changes.c.kind, changes.c.body)
                .where(changes.c.number > number)
                .order_by(changes.c.number)
                .limit(limit)
            )
            return [(row[0], row[1], row[2]) for row in found]

    def snapshot(self) -> Snapshot:
        """Return everything a board holds, as of one change."""
        entries = tables.log_entries
        with self._store.reading() as connection:
            counters = connection.execute(sa.select(tables.counters)).one()
            found = connection.execute(_shown(counters.changed_at))
            shown = sorted(row[0] for row in found)
            return Snapshot(
                number=counters.change_number,
                town=load_town(connection),
                profile=load_profile_use(connection),
                cases=tuple(load_cases_of(connection, shown)),
                entries=tuple(
                    entry_of(row)
                    for some in by_number(entries.c.case_id, shown)
                    for row in connection.execute(
                        sa.select(entries).where(some).order_by(entries.c.id)
                    ).mappings()
                ),
                alarms=tuple(load_latched(connection, shown)),
                units=tuple(load_all(connection, UNITS)),
                cameras=tuple(load_all(connection, CAMERAS)),
                devices=tuple(load_all(connection, DEVICES)),
                readings=tuple(load_all(connection, READINGS)),
                grids=tuple(load_all(connection, GRIDS)),
                places=tuple(load_all(connection, PLACES)),
            )


class Committed:
    """What is committed, in order: as the writer gives it, else as the store has it.

    What was just written need not be read again. The store is asked where something is
    missing between, and now and then: another process may have written.

    Thread: `add` any, `after` one.

    Args:
        feed: The store's changes.
        every_s: How often the store is looked at, though nothing is missing.
        page: How many changes are read at once.
    """

    def __init__(self, feed: Feed, *, every_s: float, page: int) -> None:
        self._feed = feed
        self._every_s = every_s
        self._page = page
        self._given: deque[Sequence[Packed]] = deque(maxlen=COMMITS_KEPT)
        self._look_due = 0.0

    def add(self, packed: Sequence[Packed]) -> None:
        """Hear of the changes of one commit."""
        for at in range(0, len(packed), self._page):
            self._given.append(packed[at : at + self._page])

    def after(self, number: int) -> Sequence[Packed]:
        """Return changes that follow a number without a gap; none if there are none."""
        while self._given:
            packed = self._given.popleft()
            if packed[0][0] == number + 1:
                return packed
            if packed[-1][0] > number:
                self._look_due = 0.0
                break
        if time.monotonic() < self._look_due:
            return ()
        found = self._feed.packed(number, self._page)
        if len(found) < self._page:  # else there is more behind it
            self._look_due = time.monotonic() + self._every_s
        return found


def _shown(now: datetime) -> sa.CompoundSelect[int]:
    """Return which cases a board holds, each kind by its index.

    Said with OR, either store would read every case there ever was.
    """
    cases, clocks = tables.cases, tables.case_clocks
    of_clock = sa.select(clocks.c.case_id)
    return sa.union(
        sa.select(cases.c.case_id).where(cases.c.state < int(CaseState.CLOSED)),
        of_clock.where(clocks.c.moment.in_(ENDS), clocks.c.at > now - CLOSED_KEPT),
        of_clock.where(clocks.c.moment == Moment.OWED),
    )
