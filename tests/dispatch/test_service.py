"""The service as a process: started, killed in the middle, started again."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from line_parts import (
    LI,
    Desk,
    ServiceProcess,
    device,
    enrol,
    field_client,
    until,
)

from dispatch import wire
from dispatch.board import Board
from dispatch.commands import EnrolDevice, ReportCase
from dispatch.feed import Feed
from dispatch.field import FieldClient
from dispatch.geo import Point
from dispatch.homelock import CONNECTED, HomeLock, HomeTakenError
from dispatch.keys import load_keys, make_keys
from dispatch.service import (
    CANNOT_LISTEN,
    Service,
    desk_for_a_moment,
    desk_keys,
    run_service,
    service_keys,
    service_running,
)
from dispatch.store import Store, sqlite_url
from resources.home import Home, default_home

CLIENTS, EACH = 4, 500


@pytest.fixture
def process(home: Home) -> Iterator[ServiceProcess]:
    made = ServiceProcess(home)
    yield made
    made.close()


def test_two_deaths_in_two_thousand_messages_lose_and_double_nothing(
    home: Home, tmp_path: Path, process: ServiceProcess
) -> None:
    desk = Desk(home, process.ready)
    clients: list[FieldClient] = []
    try:
        names = [f"SD-{n}" for n in range(CLIENTS)]
        for name in names:
            keys = enrol(desk, name)
            clients.append(field_client(process.ready, tmp_path, name, keys))
        for n in range(EACH):
            for client in clients:
                client.send(
                    wire.Alarm(text=str(n))
                    if n % 10 == 0
                    else wire.Reading(values={"n": n})
                )

        def acknowledged() -> int:
            return sum(client.stats().acknowledged for client in clients)

        deaths = 0
        for threshold in (300, 1000):
            until(lambda at=threshold: acknowledged() >= at, "half way")
            process.kill()
            deaths += 1
            until(lambda: not desk.connected, "the desk notices")
            process.again()
            until(lambda n=deaths: desk.snapshots == n + 1, "the desk is back")
        assert deaths == 2
        assert all(client.flush(60) for client in clients)
        assert acknowledged() == CLIENTS * EACH
        store = Store(sqlite_url(home.data / "lookout.db"))
        until(lambda: desk.board.number == Feed(store).number(), "the board is level")
        fresh = Board()
        fresh.load(Feed(store).snapshot())
        assert fresh.cases == desk.board.cases
        store.close()
    finally:
        for client in clients:
            client.close()
        desk.client.close()
    assert process.close() == 0

    database = sqlite3.connect(home.data / "lookout.db")
    stored = database.execute("SELECT device_id, sequence FROM messages").fetchall()
    assert sorted(stored) == sorted(
        (name, seq) for name in names for seq in range(1, EACH + 1)
    )
    readings = database.execute('SELECT device_id, "values" FROM readings').fetchall()
    assert len(readings) == len(set(readings)) == CLIENTS * EACH * 9 // 10
    reports = Counter(
        dict(database.execute("SELECT device_id, sum(count) FROM alarms GROUP BY 1"))
    )
    assert reports == dict.fromkeys(names, EACH // 10)
    database.close()


def test_it_ends_with_its_parent_and_says_where_it_is(home: Home) -> None:
    assert service_running(home) is None
    process = ServiceProcess(home)
    assert service_running(home) == process.ready
    assert process.ready.server_key == service_keys(home).public
    assert process.close() == 0
    assert service_running(home) is None
    log = (home.logs / "service.log").read_text(encoding="utf-8")
    assert "listening" in log
    assert "ended" in log


def test_it_ends_on_a_signal(home: Home) -> None:
    process = ServiceProcess(home)
    process.process.terminate()
    status = process.close()
    assert status == 0 or sys.platform == "win32"


def test_a_second_service_on_the_same_home_refuses(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    process = ServiceProcess(home)
    try:
        second = subprocess.run(
            process.process.args,
            stdin=subprocess.PIPE,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert second.returncode == 3
        assert b'"ready": false' in second.stdout
        with pytest.raises(HomeTakenError):
            Service(home)
    finally:
        process.close()
    assert callable(run_service)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "a desk of another machine's service"), ("zh_CN", "别的机器上服务的席位")],
)
def test_a_connected_desks_home_starts_no_service_and_says_why(
    home: Home, language: str, words: str
) -> None:
    (home.data / CONNECTED).write_text("{}", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "console.cli", "service", "--home", str(home.root)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LOOKOUT_LANGUAGE": language, "PYTHONUTF8": "1"},
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["reason"] == "connected"
    assert words in ended.stderr
    assert len(ended.stderr.splitlines()) == 1, "no other advice"
    log = (home.logs / "service.log").read_text(encoding="utf-8")
    assert "not started" in log


def test_a_moment_s_desk_uses_the_running_service_or_its_own(home: Home) -> None:
    keys = make_keys()
    entry = device("SD-1", "smoke_detector", keys)
    with desk_for_a_moment(home) as desk:
        desk.submit(EnrolDevice(actor=LI, device=entry)).result(10)
    assert service_running(home) is None
    service = Service(home)
    try:
        assert any(each.name == "checkpoints" for each in threading.enumerate())
        with desk_for_a_moment(home) as desk:
            command = EnrolDevice(actor=LI, device=entry)
            assert desk.submit(command).result(10).command_id == command.command_id
    finally:
        service.close()


def test_addresses_and_keys_stay_the_same(home: Home) -> None:
    first = Service(home)
    first.close()
    second = Service(home)
    second.close()
    assert first.ready == second.ready
    assert load_keys(home.keys / "desk.json") == desk_keys(home)
    assert desk_keys(home).secret not in repr(desk_keys(home))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_other_machines_are_let_in_only_while_it_is_asked_for(home: Home) -> None:
    ports = {"devices": free_port(), "desks": free_port()}
    open_to_all = Service(
        home,
        intake_address=f"tcp://0.0.0.0:{ports['devices']}",
        desk_address=f"tcp://0.0.0.0:{ports['desks']}",
    )
    try:
        assert open_to_all.intake.address == f"tcp://0.0.0.0:{ports['devices']}"
        here = open_to_all.ready
        assert here.intake_address == f"tcp://127.0.0.1:{ports['devices']}"
        assert here.desk_address == f"tcp://127.0.0.1:{ports['desks']}"
        desk = Desk(home, here)
        desk.client.close()
    finally:
        open_to_all.close()
    again = Service(home)
    try:
        assert again.ready == replace(here, elsewhere="")
        assert again.intake.address == here.intake_address
    finally:
        again.close()


def test_an_address_that_is_not_ours_is_said_and_not_raised(home: Home) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        command = [sys.executable, "-m", "console.cli", "service", "--home"]
        done = subprocess.run(
            [*command, str(home.root), "--devices", address],
            stdin=subprocess.PIPE,
            capture_output=True,
            timeout=60,
            check=False,
            encoding="utf-8",
        )
    assert done.returncode == CANNOT_LISTEN
    assert json.loads(done.stdout)["ready"] is False
    assert address in json.loads(done.stdout)["error"]
    plain = address.removeprefix("tcp://")
    assert f"不能在 {plain} 上监听：端口被别的程序占用" in done.stderr


def test_a_taken_port_is_given_up(
    home: Home, tmp_path: Path, expected_log: object
) -> None:
    expected_log("dispatch.ports", "address is taken")  # type: ignore[operator]
    first = Service(home)
    first.close()
    other = Home(tmp_path / "other")
    squatter = Service(
        other,
        desk_address=first.ready.desk_address,
        intake_address=first.ready.intake_address,
    )
    try:
        second = Service(home)
        second.close()
        assert second.ready.desk_address != first.ready.desk_address
    finally:
        squatter.close()


@pytest.mark.parametrize("name", ["XDG_DATA_HOME", "LOCALAPPDATA"])
def test_an_empty_variable_is_no_folder(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "")
    assert default_home().root.is_absolute()


def test_a_store_that_cannot_be_read_is_said_in_words(home: Home) -> None:
    (home.data / "lookout.db").write_bytes(b"no database" * 1000)
    program = (
        "import sys; from pathlib import Path; from resources.home import Home;"
        "from dispatch.service import run_service;"
        "sys.exit(run_service(Home(Path(sys.argv[1]))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(home.root)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout) == {
        "ready": False,
        "reason": "store",
        "error": "file is not a database",
    }
    assert "not started: file is not a database" in (
        home.logs / "service.log"
    ).read_text("utf-8")


def test_the_lock_is_given_back(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert not HomeLock.is_held(path)
    lock = HomeLock(path)
    assert HomeLock.is_held(path)
    lock.release()
    assert not HomeLock.is_held(path)


def test_what_a_desk_says_while_the_service_is_dead_is_done_once(home: Home) -> None:
    process = ServiceProcess(home)
    desk = Desk(home, process.ready)
    try:
        process.kill()
        until(lambda: not desk.connected, "the desk notices")
        futures = [
            desk.client.submit(
                ReportCase(
                    actor=LI,
                    category="B003",
                    place_name=f"{n}号楼",
                    point=Point(120.95, 30.91),
                )
            )
            for n in range(5)
        ]
        until(lambda: desk.client.link.waiting == 5, "they wait")
        process.again()
        numbers = [future.result(20).number for future in futures]
        assert numbers == sorted(numbers)
        until(lambda: len(desk.board.cases) == 5, "five cases")
        until(lambda: desk.client.link.waiting == 0, "nothing waits")
        places = [case.place_name for case in desk.board.cases.values()]
        assert places == [f"{n}号楼" for n in range(5)]
    finally:
        desk.client.close()
        process.close()
