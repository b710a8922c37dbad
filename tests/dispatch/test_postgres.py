"""The service on PostgreSQL: its password, its one writer, its server's restarts."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from line_parts import HERE, LI, Desk, until
from postgres_kit import PostgresServer, running_server

from dispatch import postgres as postgres_module
from dispatch.commands import AddNote, ReportCase
from dispatch.homelock import HomeTakenError
from dispatch.postgres import StoreAwayError, StoreTakenError, WriterLock
from dispatch.secrets import SecretStore
from dispatch.service import Service, desk_for_a_moment
from dispatch.store import Store
from dispatch.store_address import (
    StoreAddressError,
    keep_password,
    read_address,
    remember_address,
    remembered_address,
    store_url,
)
from resources.home import Home


@pytest.fixture
def own_postgres(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """Return a server that a test may stop."""
    with running_server() as server:
        yield server


def new_address(home: Home, postgres: PostgresServer) -> str:
    """Return a new database's address, its password sealed in a home."""
    url = postgres.new_database()
    address = read_address(url.render_as_string().replace(":***@", "@"))
    keep_password(SecretStore(home), address, postgres.password)
    return address


def report() -> ReportCase:
    return ReportCase(actor=LI, category="B003", place_name="东门", point=HERE)


def test_a_service_keeps_its_cases_on_the_server(
    home: Home, postgres: PostgresServer
) -> None:
    address = new_address(home, postgres)
    service = Service(home, store_address=address)
    desk = Desk(home, service.ready)
    case_id = desk.do(report()).value
    desk.client.close()
    service.close()
    assert remembered_address(home) == address
    assert not (home.data / "lookout.db").exists()
    # Whatever runs on this home afterwards writes to the same store.
    with desk_for_a_moment(home) as client:
        assert isinstance(case_id, int)
        note = AddNote(actor=LI, case_id=case_id, text="第二天")
        assert client.submit(note).result(20).number > 0


def test_the_password_is_on_no_disk_and_goes_to_no_other_server(
    home: Home, postgres: PostgresServer
) -> None:
    address = new_address(home, postgres)
    Service(home, store_address=address).close()
    for path in home.root.rglob("*"):
        if path.is_file():
            assert postgres.password.encode() not in path.read_bytes(), path
    secrets = SecretStore(home)
    assert store_url(home, address, secrets).password == postgres.password
    elsewhere = address.replace("127.0.0.1", "10.0.0.9")
    assert store_url(home, elsewhere, secrets).password is None
    keep_password(secrets, address, "")
    assert store_url(home, address, secrets).password is None


def test_two_services_never_write_to_one_store(
    home: Home, tmp_path, postgres: PostgresServer
) -> None:
    other = Home(tmp_path / "other")
    address = new_address(home, postgres)
    keep_password(SecretStore(other), address, postgres.password)
    service = Service(home, store_address=address)
    try:
        with pytest.raises(StoreTakenError, match="another service writes"):
            Service(other, store_address=address)
        assert issubclass(StoreTakenError, HomeTakenError)
        assert remembered_address(other) == "", "what failed is not remembered"
    finally:
        service.close()
    Service(other, store_address=address).close()


@pytest.mark.expected_log("dispatch.postgres", "server is away")
@pytest.mark.expected_log("dispatch.server", "cannot be read")
def test_a_server_that_was_restarted_costs_no_case(
    home: Home,
    own_postgres: PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    postgres = own_postgres
    monkeypatch.setattr(postgres_module, "CHECK_S", 0.0)
    service = Service(home, store_address=new_address(home, postgres))
    desk = Desk(home, service.ready)
    try:
        desk.do(report())
        postgres.stop()
        until(lambda: "cannot be read" in caplog.text, "it is missed")
        assert service.alive, "while it is away nobody else has the store"
        assert desk.connected
        postgres.start()
        until(lambda: service.alive, "the lock is taken again")
        desk.do(report())
        assert len(desk.board.cases) == 2
        assert desk.numbers == list(range(1, desk.board.number + 1))
    finally:
        desk.client.close()
        service.close()


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: SIGSTOP")
def test_a_server_that_is_there_and_gives_no_answer_holds_nobody_up(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_module, "CHECK_S", 0.0)
    monkeypatch.setattr(postgres_module, "ANSWER_S", 0.2)
    url = postgres.new_database()
    lock = WriterLock(url)
    with postgres.engine("postgres").connect() as connection:
        pid = connection.exec_driver_sql(
            f"SELECT pid FROM pg_stat_activity WHERE datname = '{url.database}'"
        ).scalar_one()
    os.kill(pid, signal.SIGSTOP)
    try:
        assert lock.held(), "nobody else can have taken it"
    finally:
        os.kill(pid, signal.SIGCONT)
    until(lambda: lock.held() and lock._session is not None, "it is taken again")
    with pytest.raises(StoreTakenError):
        WriterLock(url)
    lock.release()


def test_a_lock_in_the_store_is_not_waited_for_for_ever(
    postgres: PostgresServer,
) -> None:
    store = Store(postgres.new_database())
    store.migrate()
    with store.writing() as connection:
        limits = [
            connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("statement_timeout", "lock_timeout")
        ]
    store.close()
    assert limits == ["15s", "5s"]


def test_a_lock_that_another_took_ends_the_service(
    home: Home, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_module, "CHECK_S", 0.0)
    url = postgres.new_database()
    lock = WriterLock(url)
    with postgres.engine("postgres").begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = '{url.database}'"
        )
    thief = WriterLock(url)
    assert not lock.held()
    thief.release()
    assert lock.held()
    lock.release()


def test_a_server_that_is_not_there_is_named_without_its_password(
    home: Home, postgres: PostgresServer
) -> None:
    address = "postgresql://lookout@127.0.0.1:9/town"
    keep_password(SecretStore(home), address, "kanarien")
    with pytest.raises(StoreAwayError) as caught:
        Service(home, store_address=address)
    assert "does not answer" in str(caught.value)
    assert "kanarien" not in str(caught.value)


def test_a_service_that_cannot_reach_its_store_says_so_and_ends(
    home: Home, postgres: PostgresServer
) -> None:
    remember_address(home, "postgresql://lookout@127.0.0.1:9/town")
    done = subprocess.run(
        [sys.executable, "-m", "console.cli", "service", "--home", str(home.root)],
        stdin=subprocess.PIPE,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "the store does not answer" in done.stdout


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("", ""),
        ("sqlite", ""),
        ("postgresql://lo@db/town", "postgresql://lo@db/town"),
        ("postgresql+psycopg://lo@db:1/town", "postgresql://lo@db:1/town"),
        (
            "postgresql://lo@db/town?sslmode=verify-full",
            "postgresql://lo@db/town?sslmode=verify-full",
        ),
    ],
)
def test_an_address_has_one_spelling(text: str, address: str) -> None:
    assert read_address(text) == address
    assert read_address(address) == address


@pytest.mark.parametrize(
    "text",
    [
        "mysql://db/town",
        "postgresql://db",
        "town",
        "postgresql://lo:kanarien@db/town",
        "postgresql://db/town?password=kanarien",
        "postgresql://lo:kanarien@db:port/town",
    ],
)
def test_an_address_that_will_not_do_is_refused_without_its_password(text: str) -> None:
    with pytest.raises(StoreAddressError) as caught:
        read_address(text)
    assert "kanarien" not in str(caught.value)


def test_a_url_shows_no_password() -> None:
    url = sa.URL.create("postgresql", "lo", "kanarien", "db")
    assert "kanarien" not in repr(url)
