"""How times are kept: aware and UTC in every store."""

from collections.abc import Callable
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC times in every store, also where a column knows no time zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def bind_processor(
        self, dialect: Dialect
    ) -> Callable[[datetime | None], object] | None:
        """Return how a time is written; one call a value, this is the hot path."""
        return sqlite_time if dialect.name == "sqlite" else _utc_time

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Return a time as it was written, aware again."""
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


def sqlite_time(value: datetime | None) -> str | None:
    """Return a time as SQLite keeps it: text that sorts."""
    if value is None:
        return None
    if value.tzinfo is not UTC:
        value = value.astimezone(UTC)
    return value.isoformat(" ", "microseconds")[:26]


def _utc_time(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


def utc(at: datetime) -> datetime:
    """Return a moment in UTC; the ends of the calendar stay where they are."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        edge = datetime.min if at.year < 5000 else datetime.max
        return edge.replace(tzinfo=UTC)
