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
