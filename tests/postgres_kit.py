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
        """Return the address of a new database, its tables made already."""
        name = f"town_{next(self._numbers)}"
        with self.engine("postgres").begin() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, url: sa.URL) -> None:
        """Remove a database: hundreds of them would fill a small disk."""
        with self.engine("postgres").begin() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {url.database} WITH (FORCE)")

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
