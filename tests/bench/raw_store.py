"""The reference of `intake`: the same rows in the same batches, by plain sqlite3."""

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.kit import BenchError

JOURNALS = ("messages", "readings", "positions", "log_entries", "changes")
ALTERED = {"cases": "case_id", "alarms": "alarm_id"}
LIMIT_S = 10.0


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What a phase of ours has left in the store.

    Attributes:
        schema: Statements that make the tables.
        events: Messages stored.
        commits: Commits they took, by the times that one commit has in common.
        journals: Rows of the tables that only grow.
        altered: Rows of the tables that are updated.
    """

    schema: list[str]
    events: int
    commits: int
    journals: dict[str, list[tuple[object, ...]]]
    altered: dict[str, list[tuple[object, ...]]]


def rows_of(database: Path, *, since: int) -> Rows:
    """Return the newest rows of a store: those after so many messages."""
    with sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True) as store:
        schema = [
            row[0]
            for row in store.execute(
                "SELECT sql FROM sqlite_master WHERE sql NOT NULL"
                " AND type IN ('table', 'index') AND name NOT LIKE 'case_index%'"
            )
        ]
        (stored,) = store.execute("SELECT COUNT(*) FROM messages").fetchone()
        events = stored - since
        (start,) = store.execute(
            "SELECT received_at FROM messages ORDER BY received_at LIMIT 1 OFFSET ?",
            [since],
        ).fetchone() or (None,)
        if start is None:
            raise BenchError("no rows to compare with")
        times = {
            "readings": "received_at",
            "positions": "received_at",
            "messages": "received_at",
        }
        journals = {
            table: store.execute(
                f"SELECT * FROM {table} WHERE {times.get(table, 'at')} >= ?",
                [start],
            ).fetchall()
            for table in JOURNALS
        }
        altered = {
            table: store.execute(f"SELECT * FROM {table}").fetchall()
            for table in ALTERED
        }
        (commits,) = store.execute(
            "SELECT COUNT(DISTINCT at) FROM log_entries WHERE at >= ?", [start]
        ).fetchone()
    store.close()
    return Rows(
        schema=schema,
        events=events,
        commits=max(1, commits),
        journals=journals,
        altered=altered,
    )


def raw_commit_per_s(rows: Rows, folder: Path) -> float:
    """Return how many events a second plain sqlite3 takes, committed like ours."""
    path = folder / "raw.db"
    store = sqlite3.connect(path, isolation_level=None)
    try:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA synchronous = FULL")
        for statement in rows.schema:
            if not statement.startswith("CREATE TABLE sqlite_"):
                store.execute(statement)
        for table, held in rows.altered.items():
            _insert(store, table, held)
        done = 0
        began = time.perf_counter()
        for index in range(rows.commits):
            store.execute("BEGIN IMMEDIATE")
            for table, held in rows.journals.items():
                part = held[
                    len(held) * index // rows.commits : len(held)
                    * (index + 1)
                    // rows.commits
                ]
                _insert(store, table, part)
                if table == "log_entries":
                    _alter(store, rows, len(part))
            store.execute("COMMIT")
            done = rows.events * (index + 1) // rows.commits
            if time.perf_counter() - began > LIMIT_S:
                break
        return done / (time.perf_counter() - began)
    finally:
        store.close()
        for left in folder.glob("raw.db*"):
            left.unlink()


def _insert(
    store: sqlite3.Connection, table: str, rows: list[tuple[object, ...]]
) -> None:
    if rows:
        marks = ",".join("?" * len(rows[0]))
        store.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _alter(store: sqlite3.Connection, rows: Rows, alarms: int) -> None:
    """Update a case and an alarm for each alarm of the batch, each once."""
    for table, key in ALTERED.items():
        held = rows.altered[table][:alarms]
        store.executemany(
            f"UPDATE {table} SET version = version + 1 WHERE {key} = ?"
            if table == "cases"
            else f"UPDATE {table} SET count = count + 1 WHERE {key} = ?",
            [(row[0],) for row in held],
        )
