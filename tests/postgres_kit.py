"""A PostgreSQL server of the tests' own, in a folder that goes with them."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from dispatch.postgres import DRIVER
from dispatch.store import Store

MISSING = (
    "PostgreSQL is not tried: {what}. Install Debian's postgresql package and"
    " pip install 'psycopg[binary]'"
)
NOBODY = "nobody"  # initdb and postgres refuse to run as root
ROLE = "lookout"
READY_S = 60.0


def programs() -> Path | None:
    """Return the folder of initdb and postgres, the newest there is, or None."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(installed, key=lambda path: float(path.parts[-3]))
    return newest[-1].parent if newest else None


def why_not() -> str:
    """Return why no server can be run here, or ""."""
    if programs() is None:
        return MISSING.format(what="there is no initdb")
    if find_spec("psycopg") is None:
        return MISSING.format(what="there is no psycopg")
    return ""


class PostgresServer:
    """A server on a port of this machine alone, without its disk's slow promises."""

    def __init__(self) -> None:
        bin_folder = programs()
        assert bin_folder is not None
        self._bin = bin_folder
        self.folder = Path(tempfile.mkdtemp(prefix="lookout-postgres-"))
        self.port = _free_port()
        self._numbers = count(1)
        self._templates: set[str] = set()
        self._contents: dict[str, _Content] = {}
        self._idle: list[str] = []  # emptied when they are given again
        self._process: subprocess.Popen[bytes] | None = None
        if _is_root():
            shutil.chown(self.folder, NOBODY)
        data = str(self.folder / "data")
        self._as_nobody(
            [
                *(str(self._bin / "initdb"), "-D", data, "-U", ROLE, "--no-sync"),
                *("-A", "scram-sha-256", "--pwfile", str(self._password_file())),
                *("-E", "UTF8", "--locale", "C.UTF-8"),
            ]
        )
        self.start()
        with self.engine("postgres").begin() as connection:
            connection.exec_driver_sql("CREATE DATABASE migrated")
        store = Store(self.url("migrated"))
        store.migrate()
        store.close()

    password = "kanarien-7%:@/vogel"

    def url(self, database: str) -> sa.URL:
        """Return a database's address, with the password."""
        return sa.URL.create(
            DRIVER, ROLE, self.password, "127.0.0.1", self.port, database
        )

    def engine(self, database: str) -> sa.Engine:
        """Return an engine whose connections nobody keeps."""
        return sa.create_engine(
            self.url(database), poolclass=NullPool, isolation_level="AUTOCOMMIT"
        )

    def template(self, name: str, make: Callable[[sa.URL], None]) -> str:
        """Return the name of a database to be copied: it is made once, and let go."""
        if name not in self._templates:
            with self.engine("postgres").begin() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE migrated")
            make(self.url(name))
            self._templates.add(name)
        return name

    def new_database(self, *, template: str = "migrated") -> sa.URL:
        """Return the address of a database as new, its tables made already.

        To make one costs hundreds of files: one that was let go is filled anew instead.
        """
        if self._idle:
            name = self._idle.pop()
            if template not in self._contents:
                with self._raw(template) as connection:
                    self._contents[template] = _Content(connection)
            with self._raw(name) as connection:
                if self._contents[template].put(connection):
                    return self.url(name)
            self._drop(name)  # its tables are not as they were made
        name = f"town_{next(self._numbers)}"
        with self.engine("postgres").begin() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def let_go(self, url: sa.URL) -> None:
        """Take a database back: hundreds of them would fill a small disk."""
        self._idle.append(str(url.database))

    def _drop(self, name: str) -> None:
        with self.engine("postgres").begin() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")

    @contextlib.contextmanager
    def _raw(self, database: str) -> Iterator[Any]:
        with self.engine(database).connect() as connection:
            yield connection.connection.driver_connection

    def start(self) -> None:
        """Start the server, after `stop` again at the same port."""
        command = [str(self._bin / "postgres"), "-D", str(self.folder / "data")]
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            "fsync": "off",
            "full_page_writes": "off",
            "max_connections": "60",
            "lock_timeout": "60s",  # two that wait for each other are a failure
        }
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                _lowered(command), stdout=log, stderr=log, cwd="/", env=_environment()
            )
        end = time.monotonic() + READY_S
        while True:
            try:
                with self.engine("postgres").connect():
                    return
            except sa.exc.OperationalError:
                assert time.monotonic() < end, (self.folder / "log").read_text()
                assert self._process.poll() is None, (self.folder / "log").read_text()
                time.sleep(0.05)

    def stop(self) -> None:
        """End the server as an administrator would: sessions are cut off."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(READY_S)
            self._process = None

    def close(self) -> None:
        """End it without its farewells, and remove its folder."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(READY_S)
        shutil.rmtree(self.folder)

    def _password_file(self) -> Path:
        path = self.folder / "password"
        path.write_text(f"{self.password}\n", encoding="utf-8")
        if _is_root():
            shutil.chown(path, NOBODY)
        return path

    def _as_nobody(self, command: list[str]) -> None:
        done = subprocess.run(
            _lowered(command),
            cwd="/",
            env=_environment(),
            capture_output=True,
            text=True,
            timeout=2 * READY_S,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


class _Content:
    """What a database holds, to be put into another with the same tables.

    Args:
        connection: psycopg's own, to the one that is copied.
    """

    def __init__(self, connection: Any) -> None:
        self._shape = connection.execute(_SHAPE).fetchone()
        self._rows: dict[str, bytes] = {}
        self._sequences = connection.execute(_SEQUENCES).fetchall()
        for (table,) in connection.execute(_TABLES).fetchall():
            with connection.cursor().copy(f'COPY "{table}" TO STDOUT') as rows:
                self._rows[table] = b"".join(bytes(each) for each in rows)

    def put(self, connection: Any) -> bool:
        """Make another database equal to it; False where its tables are others."""
        connection.execute(_SEND_AWAY)
        if connection.execute(_SHAPE).fetchone() != self._shape:
            return False
        # Nothing that is written now is to start anything: no trigger, no reference.
        connection.execute("SET session_replication_role = replica")
        connection.execute("".join(f'DELETE FROM "{each}";' for each in self._rows))
        for table, rows in self._rows.items():
            if rows:
                with connection.cursor().copy(f'COPY "{table}" FROM STDIN') as into:
                    into.write(rows)
        for name, last in self._sequences:
            connection.execute(
                "SELECT setval(%s, coalesce(%s, 1), %s)", (name, last, last is not None)
            )
        return True


_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_SEQUENCES = (
    "SELECT quote_ident(sequencename), last_value FROM pg_sequences"
    " WHERE schemaname = 'public'"
)
_SEND_AWAY = (
    "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
# Columns, indexes, constraints, triggers and sequences by their definitions.
_SHAPE = """
SELECT
  (SELECT json_agg(c ORDER BY c::text) FROM (
    SELECT table_name, column_name, data_type, character_maximum_length,
      is_nullable, column_default, generation_expression, collation_name
    FROM information_schema.columns WHERE table_schema = 'public') c)::text,
  (SELECT string_agg(indexdef, ';' ORDER BY indexdef)
    FROM pg_indexes WHERE schemaname = 'public'),
  (SELECT string_agg(conrelid::regclass || conname || pg_get_constraintdef(oid), ';'
    ORDER BY conrelid::regclass::text, conname) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace),
  (SELECT string_agg(pg_get_triggerdef(oid), ';' ORDER BY pg_get_triggerdef(oid))
    FROM pg_trigger WHERE NOT tgisinternal),
  (SELECT string_agg(sequencename, ';' ORDER BY sequencename) FROM pg_sequences)
"""


@contextlib.contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Give a server for a while."""
    server = PostgresServer()
    try:
        yield server
    finally:
        server.close()


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _lowered(command: list[str]) -> list[str]:
    """Return a command that runs as nobody where we are root, and ends with us."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return command
    who = (
        ["--reuid", NOBODY, "--regid", "nogroup", "--clear-groups"]
        if _is_root()
        else []
    )
    return [setpriv, *who, "--pdeathsig", "INT", "--", *command]


def _environment() -> dict[str, str]:
    # Its sessions come and go: they are no test's processes.
    kept = {name: os.environ[name] for name in ("PATH", "TZ") if name in os.environ}
    return kept | {"LC_ALL": "C.UTF-8"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
