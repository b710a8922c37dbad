"""The doctor looks at cameras as a desk opens them, and locks nobody out by it."""

import base64
import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from console import doctor_cameras
from console.doctor import Level, as_text, examine
from console.plain_words import CHINESE, ENGLISH, PlainWords
from console.registers import snapshot_of
from dispatch.cameras import Camera
from dispatch.commands import RegisterCamera
from dispatch.geo import Point
from dispatch.people import Actor, Role
from dispatch.service import desk_for_a_moment
from resources.home import Home
from tests.video.viewing import PASSWORD, USER, Cameras, until

TECHNICIAN = Actor("周", "技术席", frozenset({Role.TECHNICIAN}))
CANARY = "kanarien"


@pytest.fixture(scope="module")
def real(camera_cache: Path) -> Iterator[Cameras]:
    made = Cameras(camera_cache, ["1"], [])
    yield made
    made.stop()


class Door:
    """An RTSP server that wants a log-in, and remembers who tried which.

    Attributes:
        tried: The log-ins that came, as they came.
    """

    def __init__(self, answer: bytes) -> None:
        self.tried: list[str] = []
        self._answer = answer
        door = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                heads: dict[str, str] = {}
                for line in self.rfile:
                    name, _, value = line.decode().strip().partition(": ")
                    heads[name] = value
                    if name:
                        continue
                    said = door.said_to(heads.get("Authorization", ""))
                    numbered = f"CSeq: {heads['CSeq']}\r\n\r\n".encode()
                    self.wfile.write(b"RTSP/1.0 " + said + b"\r\n" + numbered)
                    heads.clear()

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]

    def said_to(self, login: str) -> bytes:
        if login:
            self.tried.append(base64.b64decode(login.split()[1]).decode())
        if login and self._answer:
            return self._answer
        return b'401 Unauthorized\r\nWWW-Authenticate: Basic realm="x"'


@contextlib.contextmanager
def door(answer: bytes = b"") -> Iterator[Door]:
    """Run a door that says this to any log-in; "": it lets nobody in."""
    made = Door(answer)
    thread = threading.Thread(target=made.server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield made
    finally:
        made.server.shutdown()
        made.server.server_close()
        thread.join()


def register(
    home: Home, addresses: dict[str, tuple[str, str]], login: tuple[str, str]
) -> None:
    """Put cameras with large and small address into the register."""
    with desk_for_a_moment(home) as desk:
        snapshot_of(desk)
        for number, (main, sub) in addresses.items():
            camera = Camera(
                camera_id=number,
                name="北门",
                point=Point(120.95, 30.91),
                main_url=main,
                sub_url=sub,
            )
            desk.submit(
                RegisterCamera(
                    actor=TECHNICIAN,
                    camera=camera,
                    username=login[0],
                    password=login[1],
                )
            ).result(20)


def said(home: Home) -> str:
    findings = examine("cameras", doctor_cameras.cameras, home)
    assert as_text(findings, PlainWords("Doctor", CHINESE))
    return as_text(findings, PlainWords("Doctor", ENGLISH))


def test_a_camera_that_gives_its_picture_is_fine(home: Home, real: Cameras) -> None:
    url = real.spec("1").sub_url
    register(home, {"1001": (url, url)}, (USER, PASSWORD))
    (only,) = examine("cameras", doctor_cameras.cameras, home)
    assert (only.level, only.values) == (Level.OK, {"count": 1})


def test_a_path_that_is_not_there_is_found_behind_the_log_in(
    home: Home, real: Cameras
) -> None:
    url = real.spec("1").sub_url
    register(home, {"1001": (url, f"{url}-not")}, (USER, PASSWORD))
    text = said(home)
    assert f"there is no picture at 127.0.0.1:{real.port}" in text
    assert "-not" in text
    assert "lookout camera add --number 1001 --replace" in text
    assert "1 of 1 cameras lack a picture" in text


def test_a_wrong_password_is_found_and_tried_once_at_each_machine(home: Home) -> None:
    with door() as recorder:
        channels = {
            f"100{number}": (
                f"rtsp://127.0.0.1:{recorder.port}/{number}/main",
                f"rtsp://127.0.0.1:{recorder.port}/{number}/sub",
            )
            for number in range(1, 5)
        }
        register(home, channels, ("admin", CANARY))
        text = said(home)
    assert recorder.tried == [f"admin:{CANARY}"]
    assert "does not accept its log-in" in text
    assert "lookout camera login 1004" in text
    assert "4 of 4 cameras lack a picture" in text
    assert CANARY not in text


def test_what_is_away_or_no_camera_is_told_apart(home: Home) -> None:
    with door(b"453 Not Enough Bandwidth") as other:
        addresses = {
            "1001": ("rtsp://127.0.0.1:9/1", ""),
            "1002": (f"rtsp://127.0.0.1:{other.port}/1", ""),
        }
        register(home, addresses, ("admin", CANARY))
        text = said(home)
    assert "1001 北门: no connection at 127.0.0.1:9/1" in text
    assert f"1002 北门: 127.0.0.1:{other.port}/1 is busy" in text
    assert CANARY not in text


def test_a_log_in_that_cannot_be_read_is_said_and_nobody_is_asked(home: Home) -> None:
    with door() as camera:
        url = f"rtsp://127.0.0.1:{camera.port}/1"
        register(home, {"1001": (url, "")}, ("admin", CANARY))
        (home.data / "secrets.json").write_text("{}")
        text = said(home)
    assert "1001 北门: its log-in cannot be read" in text
    assert camera.tried == []


def test_what_takes_too_long_is_left_and_counted(
    home: Home, real: Cameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = real.spec("1").sub_url
    register(home, {"1001": (url, "")}, (USER, PASSWORD))
    monkeypatch.setattr(doctor_cameras, "LIMIT_S", 0.0)
    assert "1 cameras were not looked at within 0 s" in said(home)


def test_after_the_limit_no_look_begins_any_more(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    met: list[socket.socket] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                met.append(listener.accept()[0])

    silent = threading.Thread(target=accept)
    silent.start()
    port = listener.getsockname()[1]
    channels = {
        f"10{at}": (f"rtsp://127.0.0.1:{port}/{at}", "") for at in range(10, 22)
    }
    register(home, channels, ("admin", CANARY))
    monkeypatch.setattr(doctor_cameras, "LIMIT_S", 0.5)
    assert "12 cameras were not looked at" in said(home)
    until(lambda: sum("ThreadPool" in each.name for each in threading.enumerate()) <= 1)
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    for peer in met:
        peer.close()
    silent.join()
    assert len(met) <= 2  # whether somebody is there, and the look that had begun


def test_one_recorder_of_many_channels_does_not_stand_before_the_others() -> None:
    camera = Camera(camera_id="1001", name="北门", point=Point(120.95, 30.91))
    urls = [f"rtsp://a/{at}" for at in range(50)] + ["rtsp://b/1", "rtsp://c/1"]
    made = [doctor_cameras._Address(camera=camera, url=url, login=None) for url in urls]
    by_turns = doctor_cameras._by_turns(made)
    assert [each.url[7] for each in by_turns[:4]] == ["a", "b", "c", "a"]
    assert sorted(each.url for each in by_turns) == sorted(urls)


def test_a_retired_camera_is_not_looked_at(home: Home) -> None:
    with desk_for_a_moment(home) as desk:
        snapshot_of(desk)
        entry = Camera(
            camera_id="1001",
            name="北门",
            point=Point(120.95, 30.91),
            main_url="rtsp://127.0.0.1:9/1",
            retired=True,
        )
        desk.submit(RegisterCamera(actor=TECHNICIAN, camera=entry)).result(20)
        assert "none is registered" in said(home)
