"""A look at an address says in one word what is there."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from viewing import PASSWORD, USER, Cameras

from video.advice import advice
from video.contract import REASONS
from video.look import look


@pytest.fixture(scope="module")
def cameras(camera_cache: Path) -> Iterator[Cameras]:
    made = Cameras(camera_cache, ["1"], [])
    yield made
    made.stop()


def test_a_picture_came(cameras: Cameras) -> None:
    found = look(cameras.spec("1").sub_url, (USER, PASSWORD))
    assert found.reason == ""
    assert found.measured is not None
    measured = found.measured
    assert (measured.codec, measured.width, measured.height) == ("h264", 640, 360)
    assert 12 <= measured.fps <= 18
    assert 1.9 <= measured.group_s <= 2.1
    assert advice(measured, small=True, has_small=True, cores=2) == ()


@pytest.mark.parametrize("login", [None, (USER, "wrong")])
def test_the_log_in_is_wrong(cameras: Cameras, login: tuple[str, str] | None) -> None:
    assert look(cameras.spec("1").sub_url, login).reason == "login"


def test_nobody_answers() -> None:
    with socket.socket() as taken:  # bound, and not listening
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert look(f"rtsp://127.0.0.1:{port}/x", None).reason == "refused"


def test_nobody_knows_the_machine() -> None:
    assert look("rtsp://camera.invalid/x", None).reason == "unknown_host"


def test_an_address_of_another_kind() -> None:
    assert look("http://127.0.0.1/x", None).reason in REASONS
