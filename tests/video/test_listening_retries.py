"""The sound of a camera is tried again on the ladder of its pictures."""

import threading
from collections.abc import Iterator

import pytest
from bad_cameras import PASSWORD, USER, BadCameras

from video.contract import SoundState
from video.listening import Listener
from video.retries import RETRY_SHOWN_S
from video.sources import Login


class Waits(threading.Event):
    """Notes how long somebody would wait, and lets nobody do it."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most, self.noted = most, list[float]()

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.noted.append(timeout)
        if len(self.noted) >= self.most:
            self.set()
        return self.is_set()


@pytest.fixture
def busy() -> Iterator[BadCameras]:
    made = BadCameras({"1": None})
    yield made
    made.close()


def listened(url: str, *, password: str = PASSWORD, tries: int = 4) -> Listener:
    """Return a listener that has listened, on this thread, until it gave up."""
    login = Login(USER, password)
    listener = Listener("1", urls=(url, url + "/"), transport="tcp", login=login)
    listener._finished = Waits(tries)
    listener.run()
    return listener


def noted(listener: Listener) -> list[float]:
    assert isinstance(listener._finished, Waits)
    return listener._finished.noted


def test_a_camera_that_does_not_answer_is_asked_ever_less_often():
    listener = listened("rtsp://127.0.0.1:1/x")
    assert listener.state is SoundState.LOST
    assert len(noted(listener)) == 4
    for waited, step in zip(noted(listener), RETRY_SHOWN_S, strict=False):
        assert 0.8 * step <= waited <= step


def test_a_camera_that_is_busy_says_so(busy: BadCameras):
    listener = listened(busy.spec("1").main_url, tries=1)
    assert listener.state is SoundState.BUSY


def test_a_refused_log_in_is_not_tried_at_another_address(busy: BadCameras):
    listener = listened(busy.spec("1").main_url, password="not this one")
    assert listener.state is SoundState.LOST
    assert noted(listener) == []
    assert busy.refused <= 1
