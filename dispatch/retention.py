"""Throwing away what only grows, a little at a time, in the order in which it came.

Changes, positions and readings have rows in the order of their receipt, so the old
ones stand at the beginning: each slice looks at the first rows and takes those away
that are older than the profile keeps them. Cases, their logs, alarms and the numbers
of device messages are never touched.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from dispatch import tables
from dispatch.store import Store
from dispatch.taxonomy import Retention

SLICE = 500  # rows of one commit, which an operator may have to wait for
CHANGES_LEFT = 1000  # of the newest changes, whatever their age


@dataclass(frozen=True, slots=True)
class _Growing:
    """A table that only grows: its order, and when a row came."""

    order: sa.Column[int]
    came_at: sa.Column[datetime]
    days: Callable[[Retention], float]
    left: int = 0


_GROWING = (
    _Growing(
        tables.changes.c.number,
        tables.changes.c.at,
        lambda kept: kept.changes_days,
        CHANGES_LEFT,
    ),
    _Growing(
        tables.positions.c.id,
        tables.positions.c.received_at,
        lambda kept: kept.positions_days,
        1,
    ),
    _Growing(
        tables.readings.c.id,
        tables.readings.c.received_at,
        lambda kept: kept.readings_days,
    ),
)


class Retirement:
    """Takes old rows away, one small commit a call.

    Thread: the writer's.
    """

    def __init__(self, store: Store, retention: Retention) -> None:
        self._store = store
        self._retention = retention
        self._turn = 0

    def step(self, now: datetime) -> bool:
        """Take one slice away; return whether there may be more."""
        for _ in _GROWING:
            growing = _GROWING[self._turn]
            if self._take(growing, now):
                return True
            self._turn = (self._turn + 1) % len(_GROWING)
        return False

    def _take(self, growing: _Growing, now: datetime) -> int:
        order, table = growing.order, growing.order.table
        end = now - timedelta(days=growing.days(self._retention))
        with self._store.reading() as connection:
            newest = connection.execute(sa.select(sa.func.max(order))).scalar()
            rows = connection.execute(
                sa.select(order, growing.came_at)
                .where(order <= (newest or 0) - growing.left)
                .order_by(order)
                .limit(SLICE)
            ).all()
        last = None
        for number, came_at in rows:
            if came_at >= end:
                break  # what came after it is kept: no gap is ever made
            last = number
        if last is None:
            return 0
        with self._store.writing() as connection:
            done = connection.execute(sa.delete(table).where(order <= last))
        return done.rowcount
