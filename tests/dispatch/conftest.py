"""Every test of the store runs on both engines."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from bus_kit import Kit
from importing_parts import KIND_NAMES, STANDS
from line_parts import Desk
from postgres_kit import PostgresServer, running_server, why_not

from dispatch.changes import Snapshot
from dispatch.importing_plan import Plan, plan_import
from dispatch.importing_tables import read_table
from dispatch.service import Service
from dispatch.store import sqlite_url
from resources.home import Home


@pytest.fixture(scope="session")
def postgres_or_none() -> Iterator[PostgresServer | None]:
    """Return the server of this run, or None where none can run."""
    if why_not():
        yield None
        return
    with running_server() as server:
        yield server


@pytest.fixture
def postgres(postgres_or_none: PostgresServer | None) -> PostgresServer:
    """Return the server of this run; without one the test is skipped, not in CI."""
    if postgres_or_none is None:
        pytest.skip(why_not())
    return postgres_or_none


@pytest.fixture(params=["sqlite", "postgresql"])
def store_address(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    postgres_or_none: PostgresServer | None,
) -> Iterator[str | sa.URL]:
    """Return the address of an empty store, of each engine in turn."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "lookout.db")
        return
    if postgres_or_none is None:
        pytest.skip(why_not())
    url = postgres_or_none.new_database()
    yield url
    postgres_or_none.let_go(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def kit(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    postgres_or_none: PostgresServer | None,
) -> Iterator[Kit]:
    """A town on a store, on each engine in turn."""
    if request.param == "sqlite":
        made = Kit(tmp_path)
        yield made
        made.close()
        return
    if postgres_or_none is None:
        pytest.skip(why_not())
    town = postgres_or_none.template("town", lambda url: Kit(url).close())
    url = postgres_or_none.new_database(template=town)
    made = Kit(url, filled=True)
    yield made
    made.close()
    postgres_or_none.let_go(url)


@pytest.fixture
def new_address(
    request: pytest.FixtureRequest, postgres_or_none: PostgresServer | None
) -> Callable[[str], str | sa.URL]:
    """Return what makes an empty store's address, for each example of a property.

    Its parameter, given with `indirect`, is the engine.
    """
    made: list[sa.URL] = []

    def make(folder: str) -> str | sa.URL:
        if request.param == "sqlite":
            return sqlite_url(Path(folder) / "lookout.db")
        if postgres_or_none is None:
            pytest.skip(why_not())
        while made:
            postgres_or_none.let_go(made.pop())
        made.append(postgres_or_none.new_database())
        return made[-1]

    return make


@pytest.fixture
def planned(tmp_path: Path) -> Callable[..., Plan]:
    """What a file of this content would do to a register."""

    def planned(
        kind: str, content: "str | bytes", stands: Snapshot = STANDS, end: str = "csv"
    ) -> Plan:
        path = tmp_path / f"file.{end}"
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        path.write_bytes(data)
        table = read_table(path, kind)
        return plan_import(kind, table, stands, device_kinds=KIND_NAMES)

    return planned


@pytest.fixture
def service(home: Home) -> Iterator[Service]:
    """A service of a home of its own."""
    running = Service(home)
    yield running
    running.close()


@pytest.fixture
def desk(home: Home, service: Service) -> Iterator[Desk]:
    """A desk at it."""
    made = Desk(home, service.ready)
    yield made
    made.client.close()
