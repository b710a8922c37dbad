"""Statements for many rows, compiled once: the way of everything devices say.

SQLAlchemy's own `execute` prepares each parameter of each row anew, at several times
the cost of the insert itself. Here the statement and what turns values into columns
are kept, and the driver gets the rows as it wants them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dispatch.utc_time import sqlite_time

Convert = Callable[[Any], Any]


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
        order = compiled.positiontup if compiled.positional else names
        self._columns: list[tuple[str, Convert | None]] = [
            (name, _converter(compiled.binds[name].type, dialect))
            for name in order or ()
        ]

    def parameters(self, rows: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Return rows as the driver takes them; a column at a time is quickest."""
        columns = []
        for name, convert in self._columns:
            column = [row[name] for row in rows]
            if convert is sqlite_time:
                column = _times(column)
            elif convert is not None:
                column = list(map(convert, column))
            columns.append(column)
        if self._is_positional:
            return list(zip(*columns, strict=True))
        names = [name for name, _ in self._columns]
        return [
            dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)
        ]


def insert_all(table: sa.Table) -> Bulk:
    """Return the insert of whole rows; a number the store gives itself is left out."""
    given = table.autoincrement_column
    return Bulk(
        sa.insert(table),
        [column.name for column in table.columns if column is not given],
    )


def _converter(kind: "sa.types.TypeEngine[Any]", dialect: sa.Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _times(column: list[datetime | None]) -> list[str | None]:
    """Write times; what one drain of the line has in common is written once."""
    written: list[str | None] = []
    last: datetime | None = None
    text: str | None = None
    for value in column:
        if value is not last:
            last, text = value, sqlite_time(value)
        written.append(text)
    return written
