"""The store: connections, migrations, the town, and what was set aside.

SQLAlchemy Core over SQLite (WAL, every commit on the disk) or PostgreSQL. One
process writes, from one thread; any thread reads on a connection of its own.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import sqlalchemy as sa
from alembic import command as alembic_command
from alembic.config import Config
from sqlalchemy.pool import NullPool, StaticPool

from dispatch import tables
from dispatch.board import NO_TOWN
from dispatch.changes import Town
from dispatch.geo import Point
from dispatch.postgres import postgres_engine
from dispatch.profile_use import NOBODY_CHOSE, ProfileUse
from dispatch.rule_changes import RuleChange, newest

# Frames set aside are evidence, not an archive: what people read, and no more.
QUARANTINE_FRAME_BYTES = 4_096
QUARANTINE_KEPT = 2_000

# Full or failing disk, lost server: nothing about what was asked.
STORE_AWAY = (sa.exc.DatabaseError, sa.exc.InterfaceError)

_BUSY_TIMEOUT_MS = 10_000
# The writer itself empties the log of what was committed only beyond so many pages of
# 4 KiB; see `Store.checkpoint`.
_LOG_PAGES = 8_000
# A real folder beside this module, also in a frozen build.
MIGRATIONS = Path(__file__).parent / "migrations"


def _to_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


_JSON: dict[str, Any] = {
    "json_serializer": _to_json,
    "json_deserializer": msgspec.json.decode,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class SetAside:
    """A frame that could not be understood or was not let in.

    Attributes:
        reason: A stable word.
        peer_key: Public key of the sender, or "".
        frame: Its bytes.
        at: When it came (UTC).
    """

    reason: str
    peer_key: str
    frame: bytes
    at: datetime


class Store:
    """Where everything is kept.

    Thread: any; each use takes a connection of its own. Only one thread of one
    process may write.

    Args:
        url: SQLAlchemy's address, such as "sqlite:////home/…/lookout.db".

    Raises:
        StoreAwayError: The driver of that address is not installed.
    """

    def __init__(self, url: str | sa.URL) -> None:
        address = sa.make_url(url)
        self._is_sqlite = address.get_backend_name() == "sqlite"
        if not self._is_sqlite:
            # The writer, the desks' line, two questions, a reader at the start. Each
            # is tried before use: a server that was restarted costs nobody a command.
            self._writer: sa.Engine = postgres_engine(
                address, pool_size=5, max_overflow=3, pool_pre_ping=True, **_JSON
            )
            self._reader: sa.Engine = self._writer.execution_options(
                isolation_level="REPEATABLE READ"
            )
        elif address.database in (None, "", ":memory:"):
            self._writer = _sqlite_engine(address, "BEGIN", poolclass=StaticPool)
            self._reader = self._writer
        else:
            self._writer = _sqlite_engine(address, "BEGIN IMMEDIATE")
            self._reader = _sqlite_engine(address, "BEGIN")

    @property
    def is_sqlite(self) -> bool:
        """Return whether it is a file of this machine."""
        return self._is_sqlite

    def migrate(self) -> None:
        """Bring the tables up to this version; does nothing where they are."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        logging.getLogger("alembic").setLevel(logging.WARNING)
        engine = self._writer
        if not self._is_sqlite:  # a table of years may take its time
            engine = postgres_engine(engine.url, patient=True, poolclass=NullPool)
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            alembic_command.upgrade(config, "head")
            connection.commit()

    def close(self) -> None:
        """Give up every connection."""
        self._writer.dispose()
        if self._reader is not self._writer:
            self._reader.dispose()

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give a connection in a transaction; rolled back where the block fails."""
        with self._writer.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one moment of the store."""
        with self._reader.connect() as connection:
            yield connection

    def checkpoint(self) -> None:
        """Carry what was committed from SQLite's log into its file; keeps nobody waiting.

        Elsewhere it does nothing. What is committed is on the disk before and after;
        this only spares the writer the work, two syncs of the disk among it.

        Raises:
            sqlite3.Error: The file or its log cannot be read or written.
        """
        if not self._is_sqlite:
            return
        connection = self._reader.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").close()
        finally:
            connection.close()

    def touch(self) -> None:
        """Write something that changes nothing; raises where that does not go."""
        number = tables.counters.c.change_number
        with self.writing() as connection:
            connection.execute(sa.update(tables.counters).values({number: number}))

    def town(self) -> Town:
        """Return the town, or `NO_TOWN`."""
        with self.reading() as connection:
            return load_town(connection)

    def set_town(self, town: Town) -> None:
        """Keep the town; desks and the bus read it when they start."""
        with self.writing() as connection:
            write_town(connection, town)

    def quarantine(
        self, reason: str, peer_key: str, frame: bytes, at: datetime
    ) -> None:
        """Set one frame aside, with the reason an operator can read."""
        self.quarantine_many(
            [SetAside(reason=reason, peer_key=peer_key, frame=frame, at=at)]
        )

    def quarantine_many(self, items: Sequence[SetAside]) -> None:
        """Set frames aside in one commit; the newest are kept, all are counted."""
        if not items:
            return
        with self.writing() as connection:
            connection.execute(
                sa.insert(tables.quarantine),
                [
                    {
                        "at": item.at,
                        "reason": item.reason,
                        "peer_key": item.peer_key,
                        "size": len(item.frame),
                        "frame": item.frame[:QUARANTINE_FRAME_BYTES],
                    }
                    for item in items
                ],
            )
            _count_reasons(connection, items)
            _drop_oldest(connection)

    def quarantine_counts(self) -> dict[str, int]:
        """Return how many frames were ever set aside, by reason."""
        counts = tables.quarantine_counts
        with self.reading() as connection:
            rows = connection.execute(sa.select(counts.c.reason, counts.c["count"]))
            return {row[0]: row[1] for row in rows}


def sqlite_url(path: Path) -> str:
    """Return the address of a database file."""
    return sa.URL.create("sqlite", database=str(path)).render_as_string()


def write_town(connection: sa.Connection, town: Town) -> None:
    """Keep the town on an open connection.

    Raises:
        ZoneInfoNotFoundError: Nobody knows its time zone.
    """
    ZoneInfo(town.timezone)
    row = {
        "id": 1,
        "code": town.code,
        "name": town.name,
        "lon": town.origin.lon,
        "lat": town.origin.lat,
        "datum": town.origin.datum,
        "timezone": town.timezone,
        "is_demo": town.is_demo,
    }
    connection.execute(sa.delete(tables.town))
    connection.execute(sa.insert(tables.town), row)


def load_town(connection: sa.Connection) -> Town:
    """Return the town on an open connection, or `NO_TOWN`."""
    row = connection.execute(sa.select(tables.town)).one_or_none()
    if row is None:
        return NO_TOWN
    return Town(
        code=row.code,
        name=row.name,
        origin=Point(row.lon, row.lat, row.datum),
        timezone=row.timezone,
        is_demo=row.is_demo,
    )


def load_profile_use(connection: sa.Connection) -> ProfileUse:
    """Return what was chosen last on an open connection, or `NOBODY_CHOSE`."""
    uses, changes = tables.profile_uses, tables.rule_changes
    altered = newest(
        RuleChange(
            sort=row.sort,
            rule_id=row.rule_id,
            data=row.data,
            at=row.at,
            actor=row.actor,
            seat=row.seat,
        )
        for row in connection.execute(sa.select(changes).order_by(changes.c.id))
    )
    row = connection.execute(
        sa.select(uses).order_by(uses.c.id.desc()).limit(1)
    ).one_or_none()
    if row is None:
        return replace(NOBODY_CHOSE, altered=altered)
    return ProfileUse(
        profile=row.profile,
        at=row.at,
        actor=row.actor,
        seat=row.seat,
        altered=altered,
    )


def _sqlite_engine(url: sa.URL, begin: str, **options: Any) -> sa.Engine:
    engine = sa.create_engine(
        url,
        connect_args={"check_same_thread": False},
        hide_parameters=True,  # a logged error must not tell whom it was about
        **_JSON,
        **options,
    )

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        # The driver's own transactions begin too late for a consistent read.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {_BUSY_TIMEOUT_MS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            f"wal_autocheckpoint = {_LOG_PAGES}",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @sa.event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _count_reasons(connection: sa.Connection, items: Sequence[SetAside]) -> None:
    counts = tables.quarantine_counts
    for reason in sorted({item.reason for item in items}):
        of_reason = [item for item in items if item.reason == reason]
        latest = max(item.at for item in of_reason)
        known = connection.execute(
            sa.update(counts)
            .where(counts.c.reason == reason)
            .values(count=counts.c["count"] + len(of_reason), last_at=latest)
        )
        if known.rowcount == 0:
            connection.execute(
                sa.insert(counts),
                {"reason": reason, "count": len(of_reason), "last_at": latest},
            )


def _drop_oldest(connection: sa.Connection) -> None:
    newest = connection.execute(sa.select(sa.func.max(tables.quarantine.c.id))).scalar()
    if newest is not None and newest > QUARANTINE_KEPT:
        connection.execute(
            sa.delete(tables.quarantine).where(
                tables.quarantine.c.id <= newest - QUARANTINE_KEPT
            )
        )
