"""Statements for many rows, compiled once: the way of everything devices say.

SQLAlchemy's own `execute` prepares each parameter of each row anew, at several times
the cost of the insert itself. Here the statement and what turns values into columns
are kept, and the driver gets the rows as it wants them.

SQLite's driver lets go of the interpreter around each step of a statement, and has to
get it back from whatever thread took it meanwhile. So there one statement inserts many
rows: it is one step.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

import sqlalchemy as sa

from dispatch.utc_time import sqlite_time

Convert = Callable[[Any], Any]

MOST_PARAMETERS = 990  # of one statement; older SQLite take no more than 999
FEW_ROWS = 8  # for what is left over; what is left of that goes one by one


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
        return sum(
            connection.exec_driver_sql(text, parameters).rowcount
            for text, parameters in ready.calls(rows)
        )


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
        self._sizes = [(1, self.text)]
        import os

        if dialect.name == "sqlite" and os.environ.get("T_MANY", "1") == "1":
            if isinstance(statement, sa.Insert):
                self._sizes = _of_several(self.text, len(self._columns))
            elif os.environ.get("T_UPD", "0") == "1":
                self._sizes = _updates_of_several(self.text, len(self._columns))

    def calls(self, rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Any]]]:
        """Return what to have executed for rows, in their order, and with what."""
        columns = []
        for name, convert in self._columns:  # a column at a time is quickest
            column = [row[name] for row in rows]
            if convert is sqlite_time:
                column = _times(column)
            elif convert is not None:
                column = list(map(convert, column))
            columns.append(column)
        if not self._is_positional:
            names = [name for name, _ in self._columns]
            named = [
                dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)
            ]
            return [(self.text, named)]
        values = tuple(chain.from_iterable(zip(*columns, strict=True)))
        calls = []
        done = 0
        for count, text in self._sizes:
            size = count * len(columns)
            end = done + (len(values) - done) // size * size
            if end > done:
                parts = [values[at : at + size] for at in range(done, end, size)]
                calls.append((text, parts))
            done = end
        return calls


def insert_all(table: sa.Table) -> Bulk:
    """Return the insert of whole rows; a number the store gives itself is left out."""
    given = table.autoincrement_column
    return Bulk(
        sa.insert(table),
        [column.name for column in table.columns if column is not given],
    )


def _of_several(text: str, columns: int) -> list[tuple[int, str]]:
    """Return an insert of one row as inserts of so many rows, the most first."""
    values = text.rpartition(" VALUES ")[2]
    most = max(1, MOST_PARAMETERS // columns)
    return [
        (count, text + f", {values}" * (count - 1))
        for count in sorted({most, min(FEW_ROWS, most), 1}, reverse=True)
    ]


def _updates_of_several(text: str, columns: int) -> list[tuple[int, str]]:
    import re
    from itertools import count as counting

    number = counting(1)
    joined = re.sub(r"\?", lambda _: f"v.column{next(number)}", text)
    head, _, where = joined.partition(" WHERE ")
    values = "(" + ", ".join("?" * columns) + ")"
    most = max(1, MOST_PARAMETERS // columns)
    return [
        (n, f"{head} FROM (VALUES {', '.join([values] * n)}) AS v WHERE {where}")
        for n in sorted({most, min(FEW_ROWS, most)}, reverse=True)
        if n > 1
    ] + [(1, text)]


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
