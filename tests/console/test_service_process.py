import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest

from console.app import connect
from console.bridge import EarlierRefusals
from console.processes import Child, own_command
from console.service_process import ServiceProcess
from console.starting import Reporter, StartFailed
from dispatch.homelock import HomeLock
from dispatch.secrets import SecretStore
from dispatch.service import service_running
from dispatch.standing_in import OpenAt, remember_open
from resources.home import Home


def until(condition: Callable[[], object], what: str, limit: float = 60) -> None:
    end = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < end, f"waited {limit} s for {what}"
        time.sleep(0.02)


@pytest.fixture
def others(home: Home) -> Iterator[Child]:
    """A service of this home that someone else has started."""
    child = Child(
        "others",
        own_command("service", "--home", str(home.root)),
        errors=home.logs / "others.err",
        on_line=lambda _message: None,
    )
    until(lambda: service_running(home), "the service")
    yield child
    child.stop()


def test_a_joined_service_that_is_gone_is_replaced_and_found_again(home, others):
    service = ServiceProcess(home)
    said = service.start(Reporter())
    assert service.child is None
    client = connect(home, said, EarlierRefusals())
    try:
        until(lambda: client.link.connected, "the line")
        others._process.kill()
        until(lambda: not client.link.connected, "the loss")
        until(lambda: client.link.connected, "a service of one's own")
        assert service.child is not None
        first = service.child.pid
        service.child._process.kill()
        until(
            lambda: service.child.alive and service.child.pid != first,
            "that one is watched over too",
        )
        until(lambda: client.link.connected, "the line again")
    finally:
        client.close()
        service.stop()
    assert not HomeLock.is_held(home.run / "service.lock")


@pytest.mark.expected_log("lookout.app", "no service could be started")
def test_the_watch_goes_on_where_no_process_is_to_be_had(home, others, monkeypatch):
    service = ServiceProcess(home)
    service.start(Reporter())
    tried = []

    def nothing_left(_self: ServiceProcess, *, restart: bool) -> Child:
        tried.append(restart)
        raise OSError("cannot allocate memory")

    monkeypatch.setattr(ServiceProcess, "_child", nothing_left)
    try:
        others._process.kill()
        until(lambda: tried, "a try")
        monkeypatch.undo()
        until(lambda: service.child is not None and service.child.alive, "another")
    finally:
        service.stop()


def test_why_it_does_not_start_is_said_in_words(home, monkeypatch):
    monkeypatch.setenv("LOOKOUT_SECRETS", "file")
    SecretStore(home).put("camera", "admin", "word")
    (home.keys / "secrets.key").unlink()
    service = ServiceProcess(home)
    with pytest.raises(StartFailed, match=r"secrets\.key is not") as caught:
        service.start(Reporter())
    assert caught.value.what == "secrets"
    assert "secrets.key is not" in (home.logs / "service.log").read_text("utf-8")


def test_a_joined_service_that_lives_is_left_alone_and_outlives_the_desk(home, others):
    service = ServiceProcess(home)
    service.start(Reporter())
    service.stop()
    assert service.child is None
    assert others.alive
    assert service_running(home)


def test_a_desk_in_the_place_of_an_open_service_is_open_too_and_gives_way(home):
    port = free_port()
    there = f"127.0.0.2:{port}"
    first = by_hand(home, there)
    until(lambda: service_running(home), "the service")
    service = ServiceProcess(home)
    service.start(Reporter())
    try:
        first.stop()
        until(lambda: service.said, "one in its place")
        assert service.said["elsewhere"] == f"tcp://{there}"
        assert service.said["desk_address"] == f"tcp://{there}"
        second = by_hand(home, there)
        try:
            until(lambda: not service.said, "giving way")
            until(lambda: _hand_runs(home), "the one started by hand")
            assert second.alive
        finally:
            second.stop()
        until(lambda: service.said, "one in its place again")
    finally:
        service.stop()
    assert not HomeLock.is_held(home.run / "service.lock")


def test_a_desks_own_service_gives_way_from_the_start_and_stays_away(home):
    service = ServiceProcess(home)
    said = service.start(Reporter())
    assert said["stands_in"]
    own = service.child.pid
    other = by_hand(home, f"127.0.0.2:{free_port()}")
    try:
        until(lambda: _hand_runs(home), "the one started by hand")
        assert not service.said
        assert service.child.pid == own  # it was not started again
    finally:
        other.stop()
        service.stop()


def test_where_it_cannot_be_open_it_says_so(home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.2", 0))
        taken.listen()
        there = f"tcp://127.0.0.2:{taken.getsockname()[1]}"
        remember_open(home, OpenAt(desk=there))
        service = ServiceProcess(home)
        try:
            said = service.start(Reporter())
            assert said["shut"] == there
            assert said["elsewhere"] == ""
            assert "only this machine" in (home.logs / "service.log").read_text("utf-8")
        finally:
            service.stop()


def test_a_service_that_somebody_started_gives_way_to_nobody(home, others):
    done = subprocess.run(
        own_command("service", "--home", str(home.root)),
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"LOOKOUT_LANGUAGE": "zh_CN"},
        check=False,
    )
    assert done.returncode == 3
    assert json.loads(done.stdout)["ready"] is False
    assert "请先结束" in done.stderr
    assert others.alive


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.2", 0))
        return int(probe.getsockname()[1])


def by_hand(home: Home, desks: str) -> Child:
    return Child(
        "by hand",
        own_command("service", "--home", str(home.root), "--desks", desks),
        errors=home.logs / "hand.err",
        on_line=lambda _message: None,
    )


def _hand_runs(home: Home) -> bool:
    running = service_running(home)
    return running is not None and not running.stands_in
