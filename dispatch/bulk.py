"""Statements for many rows, compiled once: the way of everything devices say.

SQLAlchemy's own `execute` prepares each parameter of each row anew, at several times
the cost of the insert itself. Here the statement and what turns values into columns
are kept, and the driver gets the rows as it wants them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

import msgspec
import sqlalchemy as sa

from dispatch.utc_time import sqlite_time

Convert = Callable[[Sequence[Any]], Sequence[Any]]  # of a column

_json = msgspec.json.Encoder().encode
_IN_FULL = len("2026-11-23T02:00:00.123456Z")  # of UTC, with microseconds


class Bulk:
    """One insert or update, for as many rows as there are.

    Thread: any; what is kept is the same whoever makes it.

    Args:
        statement: With a parameter for each name.
        names: The parameters, which are the keys of the rows.
    """

    def __init__(
        self, statement: "sa.Insert | sa.Update", names: Sequence[str]
    ) -> None:
        self._statement = statement
        self._names = list(names)
        self._ready: dict[str, _Ready] = {}

    def __call__(
        self, connection: sa.Connection, rows: Sequence[Mapping[str, Any]]
    ) -> int:
        """Execute it for rows, which have all the names; return how many it met."""
        if not rows:
            return 0
        ready = self._ready.get(connection.dialect.name)
        if ready is None:
            ready = _Ready(self._statement, self._names, connection.dialect)
            self._ready[connection.dialect.name] = ready
        return connection.exec_driver_sql(ready.text, ready.parameters(rows)).rowcount


class _Ready:
    """A statement as one driver takes it."""

    def __init__(
        self,
        statement: "sa.Insert | sa.Update",
        names: list[str],
        dialect: sa.Dialect,
    ) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=names)
        self.text = str(compiled)
        self._is_positional = bool(compiled.positional)
        order = (compiled.positiontup if compiled.positional else names) or ()
        self._names = list(order)
        self._values = itemgetter(*order)
        found = [_converter(compiled.binds[name].type, dialect) for name in order]
        self._converts = [(n, convert) for n, convert in enumerate(found) if convert]

    def parameters(self, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Return rows as the driver takes them; a column at a time is quickest."""
        columns: list[Sequence[Any]] = list(zip(*map(self._values, rows), strict=True))
        for at, convert in self._converts:
            columns[at] = convert(columns[at])
        found = zip(*columns, strict=True)
        if self._is_positional:
            return list(found)
        return [dict(zip(self._names, row, strict=True)) for row in found]


def insert_all(table: sa.Table) -> Bulk:
    """Return the insert of whole rows; a number the store gives itself is left out."""
    given = table.autoincrement_column
    return Bulk(
        sa.insert(table),
        [column.name for column in table.columns if column is not given],
    )


def _converter(kind: "sa.types.TypeEngine[Any]", dialect: sa.Dialect) -> Convert | None:
    one = kind.dialect_impl(dialect).bind_processor(dialect)
    if one is None:
        return None
    if one is sqlite_time:
        return _times
    if isinstance(kind, sa.JSON) and dialect.name == "sqlite":
        return _texts
    return lambda column: list(map(one, column))


def _times(column: Sequence[datetime | None]) -> list[str | None]:
    """Write times as `sqlite_time` does, which takes five times as long."""
    texts: list[str | None] = msgspec.json.decode(_json(column))
    return [
        f"{text[:10]} {text[11:26]}"
        if text is not None and len(text) == _IN_FULL and text[-1] == "Z"
        else sqlite_time(value)
        for value, text in zip(column, texts, strict=True)
    ]


def _texts(column: Sequence[object]) -> list[str]:
    """Write JSON as the store does, without asking each value whether it is NULL."""
    return [_json(value).decode() for value in column]
