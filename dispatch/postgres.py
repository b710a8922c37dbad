"""PostgreSQL behind the service: its engine, and the lock that keeps one writer.

The driver is an extra of this program (`postgres` in `pyproject.toml`); nothing is
imported of it until an address asks for it.
"""

import functools
import logging
import threading
import time
from collections.abc import Generator
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from dispatch.homelock import HomeTakenError
from dispatch.told import ToldError

DRIVER: Final = "postgresql+psycopg"
LOCK: Final = 0x4C4F4F4B4F5554  # "LOOKOUT", one a database
CHECK_S = 5.0
STATEMENT_S, LOCK_S = 15.0, 5.0  # by the server's clock
ANSWER_S = 20.0  # by ours: a server that is stopped does not look at its own
_CONNECT_S = 5

_END_FORMER = sa.text(
    "SELECT pg_terminate_backend(pid) FROM pg_locks"
    " WHERE pid = :pid AND locktype = 'advisory' AND database ="
    " (SELECT oid FROM pg_database WHERE datname = current_database())"
)

_log = logging.getLogger(__name__)


class StoreTakenError(HomeTakenError):
    """Another service writes to this store."""


class StoreAwayError(ToldError, OSError):
    """The store cannot be reached or used; the text says why, without a password."""


_LIMITS = (
    f"-c statement_timeout={STATEMENT_S * 1000:.0f} -c lock_timeout={LOCK_S * 1000:.0f}"
)


def engine_options(*, patient: bool = False) -> dict[str, Any]:
    """Return how a connection notices that its server is gone, and soon."""
    return {
        "connect_args": {
            "connect_timeout": _CONNECT_S,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 20_000,
            "application_name": "lookout",
        }
        | ({} if patient else {"options": _LIMITS}),
        "hide_parameters": True,  # a logged error must not tell whom it was about
    }


def postgres_engine(url: sa.URL, *, patient: bool = False, **options: Any) -> sa.Engine:
    """Return an engine on a PostgreSQL address.

    Args:
        url: The database's.
        patient: Waits as long as a statement takes; else none takes longer than
            `ANSWER_S`, whatever the server does.
        options: SQLAlchemy's own.

    Raises:
        StoreAwayError: The driver is not installed.
    """
    try:
        engine = sa.create_engine(
            url.set(drivername=DRIVER), **engine_options(patient=patient), **options
        )
    except ModuleNotFoundError as missing:
        raise StoreAwayError(
            "{library} is not installed: pip install 'psycopg[binary]'",
            library=missing.name,
        ) from None
    logging.getLogger("psycopg").addFilter(_is_news)
    if not patient:

        @sa.event.listens_for(engine, "do_connect")
        def _connect(_dialect: Any, _record: Any, words: Any, named: Any) -> Any:
            return _limited().connect(*words, **named)

    return engine


def _is_news(record: logging.LogRecord) -> bool:
    """Return whether the driver says what it does not raise as well.

    A batch that fails leaves its pipeline with an error, and whether the driver
    meets a second one while it leaves is a matter of when the answers arrive.
    """
    return not str(record.msg).startswith("error ignored terminating")


@functools.cache
def _limited() -> Any:
    """Return the driver's connection, with an end to its waiting.

    The driver itself waits as long as the other machine's kernel says it is there.
    """
    import psycopg

    class Limited(psycopg.Connection[Any]):
        def wait(self, gen: Any, *args: Any, **named: Any) -> Any:
            return super().wait(self._until(gen), *args, **named)

        def _until(self, gen: Any) -> Generator[Any, Any, Any]:
            end = time.monotonic() + ANSWER_S
            try:
                wanted = next(gen)
                while True:
                    happened = yield wanted
                    if not happened and time.monotonic() > end:
                        self.pgconn.finish()
                        raise psycopg.OperationalError("the server gave no answer")
                    # Where nothing happened the driver asks for what it did before.
                    wanted = gen.send(happened) or wanted
            except StopIteration as done:
                return done.value

    return Limited


def why_away(error: DBAPIError) -> str:
    """Return why a server does not answer, in its own words, on one line."""
    return " ".join(str(error.orig).split())[:300]


class WriterLock:
    """Held by the one service that writes to a database (an advisory lock).

    The server gives it back when the session that took it ends, so a service that
    was killed, or cut off for good, blocks nobody. A session lost meanwhile is
    replaced; what is written without one is still fenced by the change counter.

    Thread: any; one lock.

    Args:
        url: The database's.

    Raises:
        StoreTakenError: Another service has it.
        StoreAwayError: The server does not answer.
    """

    def __init__(self, url: sa.URL) -> None:
        self._guard = threading.Lock()
        self._engine = postgres_engine(
            url, poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )
        self._session: sa.Connection | None = None
        self._checked_at = time.monotonic()
        self._lost = False
        self._pid = 0
        try:
            taken = self._take()
        except OperationalError as error:
            raise StoreAwayError(
                "the store does not answer: {why}", why=why_away(error)
            ) from None
        if not taken:
            raise StoreTakenError("another service writes to this store")

    def held(self) -> bool:
        """Return whether this service may go on; looked at every few seconds.

        While the server is away nobody else can have taken it.
        """
        with self._guard:
            now = time.monotonic()
            if now - self._checked_at < CHECK_S:
                return True
            self._checked_at = now
            try:
                if self._session is not None:
                    self._session.exec_driver_sql("SELECT 1")
                    return True
            except DBAPIError:
                self._drop()
            return self._take_again()

    def release(self) -> None:
        """Let the next one have it."""
        with self._guard:
            self._drop()
        self._engine.dispose()

    def _take_again(self) -> bool:
        try:
            taken = self._take()
        except DBAPIError as error:
            if not self._lost:
                _log.warning("the store's server is away: %s", why_away(error))
            self._lost = True
            return True
        if self._lost:
            _log.info("the store's server is back")
        self._lost = False
        return taken

    def _take(self) -> bool:
        session = self._engine.connect()
        query = sa.select(sa.func.pg_try_advisory_lock(LOCK), sa.func.pg_backend_pid())
        taken, pid = session.execute(query).one()
        if not taken:
            is_ours = self._end_former(session)
            session.close()
            return is_ours
        self._session, self._pid = session, pid
        return True

    def _end_former(self, session: sa.Connection) -> bool:
        """Return whether our own lost session has the lock; the server ends it."""
        return bool(session.execute(_END_FORMER, {"pid": self._pid}).all())

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.invalidate()
            session.close()
