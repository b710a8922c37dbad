"""PostgreSQL behind the service: its engine, and the lock that keeps one writer.

The driver is an extra of this program (`pip install 'lookout[postgres]'`); nothing is
imported of it until an address asks for it.
"""

import logging
import threading
import time
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from dispatch.homelock import HomeTakenError
from dispatch.told import ToldError

DRIVER: Final = "postgresql+psycopg"
LOCK: Final = 0x4C4F4F4B4F5554  # "LOOKOUT", one a database
CHECK_S = 5.0
_CONNECT_S = 5

_log = logging.getLogger(__name__)


class StoreTakenError(HomeTakenError):
    """Another service writes to this store."""


class StoreAwayError(ToldError, OSError):
    """The store cannot be reached or used; the text says why, without a password."""


def engine_options() -> dict[str, Any]:
    """Return how a connection notices that its server is gone, and soon."""
    return {
        "connect_args": {
            "connect_timeout": _CONNECT_S,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "tcp_user_timeout": 20_000,
            "application_name": "lookout",
        },
        "hide_parameters": True,  # a logged error must not tell whom it was about
    }


def postgres_engine(url: sa.URL, **options: Any) -> sa.Engine:
    """Return an engine on a PostgreSQL address.

    Raises:
        StoreAwayError: The driver is not installed.
    """
    try:
        return sa.create_engine(
            url.set(drivername=DRIVER), **engine_options(), **options
        )
    except ModuleNotFoundError as missing:
        raise StoreAwayError(
            "{library} is not installed: pip install 'lookout[postgres]'",
            library=missing.name,
        ) from None


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
        query = sa.select(sa.func.pg_try_advisory_lock(LOCK))
        if not session.execute(query).scalar():
            session.close()
            return False
        self._session = session
        return True

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.invalidate()
            session.close()
