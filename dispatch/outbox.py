"""A small file that keeps what has been said until the other side has it."""

import os
import sqlite3
import threading
from pathlib import Path


def open_outbox(path: Path, schema: str) -> sqlite3.Connection:
    """Open an outbox, readable by this user only, and make its tables.

    What is committed survives a loss of power. Use one connection from several
    threads under one lock.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.executescript(schema)
    return connection


class FieldOutbox:
    """A device's messages by number, until they are answered.

    Thread: any; every method holds the one lock.

    Attributes:
        last: The highest number given out.
        confirmed: The service has welcomed this outbox before, so the numbers
            already in it are final.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._database = open_outbox(
            path,
            """
            CREATE TABLE IF NOT EXISTS messages (
                seq INTEGER PRIMARY KEY, frame BLOB NOT NULL);
            CREATE TABLE IF NOT EXISTS state (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                last INTEGER NOT NULL, confirmed INTEGER NOT NULL);
            INSERT OR IGNORE INTO state VALUES (1, 0, 0);
            """,
        )
        last, confirmed = self._database.execute(
            "SELECT last, confirmed FROM state"
        ).fetchone()
        self.last = int(last)
        self.confirmed = bool(confirmed)

    def add(self, frame: bytes) -> int:
        """Keep a message and return the number it was given."""
        with self._lock:
            seq = self.last + 1
            with self._transaction():
                self._database.execute(
                    "INSERT INTO messages VALUES (?, ?)", (seq, frame)
                )
                self._database.execute("UPDATE state SET last = ?", (seq,))
            self.last = seq
            return seq

    def after(self, seq: int, limit: int) -> list[tuple[int, bytes]]:
        """Return the waiting messages behind a number, in order."""
        with self._lock:
            return self._database.execute(
                "SELECT seq, frame FROM messages WHERE seq > ? ORDER BY seq LIMIT ?",
                (seq, limit),
            ).fetchall()

    def drop(self, seqs: list[int]) -> int:
        """Forget answered messages; return how many of them were waiting."""
        with self._lock, self._transaction():
            rows = self._database.executemany(
                "DELETE FROM messages WHERE seq = ?", [(seq,) for seq in seqs]
            )
            return rows.rowcount

    def welcome(self, stored: int) -> bool:
        """Learn how far the service has come; return whether numbers have moved.

        A fresh outbox, or one that is behind the service (it was lost, or an old
        copy was put back), gives its waiting messages numbers beyond the stored
        ones: a number used twice would be taken for a repetition.
        """
        with self._lock:
            moves = stored > self.last or (stored > 0 and not self.confirmed)
            last = self.last
            with self._transaction():
                if moves:
                    waiting = self._database.execute(
                        "SELECT frame FROM messages ORDER BY seq"
                    ).fetchall()
                    self._database.execute("DELETE FROM messages")
                    self._database.executemany(
                        "INSERT INTO messages VALUES (?, ?)",
                        [(stored + n, row[0]) for n, row in enumerate(waiting, 1)],
                    )
                    last = stored + len(waiting)
                if moves or not self.confirmed:
                    self._database.execute(
                        "UPDATE state SET last = ?, confirmed = 1", (last,)
                    )
            self.last, self.confirmed = last, True
            return moves

    def waiting(self) -> int:
        """Return how many messages are not answered yet."""
        with self._lock:
            row = self._database.execute("SELECT count(*) FROM messages").fetchone()
            return int(row[0])

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _transaction(self) -> "_Transaction":
        return _Transaction(self._database)


class _Transaction:
    """BEGIN … COMMIT, or ROLLBACK when anything is raised."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def __enter__(self) -> None:
        self._database.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, value: object, traceback: object) -> None:
        self._database.execute("COMMIT" if kind is None else "ROLLBACK")


class DeskOutbox:
    """A desk's commands until the service has answered them. Never a secret.

    Thread: any; every method holds the one lock.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._database = open_outbox(
            path,
            """
            CREATE TABLE IF NOT EXISTS commands (
                place INTEGER PRIMARY KEY AUTOINCREMENT,
                command_id TEXT NOT NULL UNIQUE,
                name TEXT NOT NULL,
                body BLOB NOT NULL);
            """,
        )
        self._waiting = self._count()

    def add(self, command_id: str, name: str, body: bytes) -> None:
        """Keep a command; one that is there already stays as it is."""
        with self._lock:
            self._database.execute(
                "INSERT OR IGNORE INTO commands (command_id, name, body)"
                " VALUES (?, ?, ?)",
                (command_id, name, body),
            )
            self._waiting = self._count()

    def all(self) -> list[tuple[str, str, bytes]]:
        """Return what waits, in order."""
        with self._lock:
            return self._database.execute(
                "SELECT command_id, name, body FROM commands ORDER BY place"
            ).fetchall()

    def drop(self, command_id: str) -> None:
        """Forget an answered command."""
        with self._lock:
            self._database.execute(
                "DELETE FROM commands WHERE command_id = ?", (command_id,)
            )
            self._waiting = self._count()

    def waiting(self) -> int:
        """Return how many commands have no answer yet."""
        return self._waiting

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _count(self) -> int:
        row = self._database.execute("SELECT count(*) FROM commands").fetchone()
        return int(row[0])
