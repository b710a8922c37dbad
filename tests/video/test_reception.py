"""One thread receives for all: in rounds, at once where somebody waits, whoever fails."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from test_rtsp_direct import OK, Scripted
from viewing import until

from tests.limits_kit import PATIENCE_S
from video.contract import ROUND_S
from video.decode import Canvas
from video.lanes import Lanes
from video.reception import MOST_BYTES, Reception
from video.replay import Replay
from video.ring import Shelf
from video.session import Session
from video.sources.packets import CodecSetup, SourceError, VideoPacket


class Source:
    """A real socket whose bytes are its packets."""

    def __init__(self) -> None:
        self.far, self._near = socket.socketpair()
        self._near.setblocking(False)
        self.fault: Exception | None = None
        self.silent = False
        self.asked: list[int] = []
        self.closed = threading.Event()

    @property
    def codec(self) -> CodecSetup:
        return CodecSetup("h264", None, 1.0)

    def fileno(self) -> int:
        return self._near.fileno()

    def receive(self, most: int) -> list[VideoPacket]:
        self.asked.append(most)
        if self.fault is not None:
            raise self.fault
        try:
            data = self._near.recv(most)
        except BlockingIOError:
            return []
        if not data:
            raise SourceError("refused")
        return [VideoPacket(data, True, len(data), time.monotonic())]

    def tend(self, now: float) -> None:
        if self.silent:
            raise SourceError("timeout")

    def packets(self) -> Iterator[VideoPacket]:
        yield from self.receive(MOST_BYTES)

    def close(self) -> None:
        self._near.close()
        self.closed.set()


class Camera:
    """A source, and who receives it."""

    def __init__(self, *, urgent: bool = False) -> None:
        self.source = Source()
        self.urgent = urgent
        self.finished = False
        self.heard = b""
        self.rounds: list[float] = []
        self.reason: str | None = None
        self.on_packet: Callable[[], None] = lambda: None

    def received(self, packets: list[VideoPacket]) -> None:
        self.rounds.append(time.monotonic() % ROUND_S)
        for packet in packets:
            assert isinstance(packet.packet, bytes)
            self.heard += packet.packet
        self.on_packet()

    def lost(self, reason: str) -> None:
        self.reason = reason

    def send(self, data: bytes) -> None:
        self.source.far.sendall(data)


class Hall:
    """A reception and its cameras."""

    def __init__(self) -> None:
        self.strokes = 0
        self.reception = Reception(self._stroke)
        self.cameras: list[Camera] = []
        self.reception.start()

    def camera(self, *, urgent: bool = False) -> Camera:
        made = Camera(urgent=urgent)
        self.cameras.append(made)
        self.reception.add(made.source, made)
        return made

    def _stroke(self) -> None:
        self.strokes += 1


@pytest.fixture
def hall() -> Iterator[Hall]:
    made = Hall()
    yield made
    made.reception.finish(PATIENCE_S)
    assert not made.reception.is_alive()
    for camera in made.cameras:
        camera.source.far.close()
        assert camera.source.closed.is_set()


def test_all_that_came_is_handed_over_and_one_stroke_follows(hall: Hall):
    cameras = [hall.camera() for _ in range(20)]
    for number, camera in enumerate(cameras):
        camera.send(bytes((number,)))
    until(lambda: all(camera.heard for camera in cameras))
    assert [camera.heard[0] for camera in cameras] == list(range(20))
    before = hall.strokes
    until(lambda: hall.strokes > before)


def test_between_two_rounds_nobody_is_woken(hall: Hall):
    camera = hall.camera()
    until(lambda: camera.source.asked)  # looked at once, when it came
    looks = len(camera.source.asked)
    began = time.monotonic()
    while time.monotonic() - began < 10 * ROUND_S:
        camera.send(b"x")
    passed = time.monotonic() - began
    assert len(camera.source.asked) - looks <= passed / ROUND_S + 1


def test_where_somebody_waits_each_packet_is_fetched_until_there_is_a_picture(
    hall: Hall,
):
    camera = hall.camera(urgent=True)
    counted: list[int] = []

    def picture() -> None:
        counted.append(hall.reception._round)
        if len(counted) < 4:
            camera.send(b"x")
        else:
            camera.urgent = False

    camera.on_packet = picture
    camera.send(b"x")
    until(lambda: len(counted) == 4)
    assert len(set(counted)) <= 2  # not one a round
    until(lambda: camera.source.fileno() not in hall.reception._at_once.get_map())


def test_a_call_up_has_what_waits_fetched_at_once(hall: Hall):
    camera = hall.camera()
    until(lambda: camera.source.asked)
    camera.urgent = True
    camera.send(b"newest")
    hall.reception.hurry(camera)
    until(lambda: camera.heard == b"newest")


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(SourceError("refused"), "refused"), (SourceError("too_large"), "too_large")],
)
def test_what_ends_one_camera_ends_no_other(hall: Hall, fault: Exception, reason: str):
    bad, good = hall.camera(), hall.camera()
    bad.source.fault = fault
    bad.send(b"x")
    until(lambda: bad.reason == reason)
    assert bad.source.closed.is_set()
    good.send(b"y")
    until(lambda: good.heard == b"y")
    assert good.reason is None


def test_a_fault_of_ours_is_loud_and_ends_one_camera(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
):
    loud: list[str] = []
    monkeypatch.setattr(
        threading, "excepthook", lambda args: loud.append(args.exc_type.__name__)
    )
    bad, good = hall.camera(), hall.camera()
    bad.source.fault = IndexError("a bug")
    bad.send(b"x")
    until(lambda: bad.reason == "no_picture")
    assert loud == ["IndexError"]
    good.send(b"y")
    until(lambda: good.heard == b"y")


def test_a_flood_is_read_a_round_at_a_time(hall: Hall):
    flood, good = hall.camera(), hall.camera()
    ending = threading.Event()

    def pour() -> None:
        with contextlib.suppress(OSError):  # let go of
            while not ending.is_set():
                flood.send(bytes(100_000))

    thread = threading.Thread(target=pour)
    thread.start()
    try:
        until(lambda: len(flood.source.asked) > 5)
        for number in range(5):
            good.send(bytes((number,)))
            until(lambda number=number: len(good.heard) == number + 1)
        assert max(flood.source.asked) == MOST_BYTES
    finally:
        ending.set()
        hall.reception.drop(flood)
        thread.join(PATIENCE_S)


def test_a_silent_camera_is_let_go(hall: Hall):
    camera = hall.camera()
    camera.source.silent = True
    until(lambda: camera.reason == "timeout")
    assert camera.source.closed.is_set()


def test_whoever_is_finished_hears_nothing_more(hall: Hall):
    dropped, finished = hall.camera(), hall.camera()
    hall.reception.drop(dropped)
    until(dropped.source.closed.is_set)
    finished.finished = finished.urgent = True
    hall.reception.hurry(finished)
    until(finished.source.closed.is_set)
    assert (dropped.reason, finished.reason, finished.heard) == (None, None, b"")
    hall.reception.hurry(dropped)
    hall.reception.drop(dropped)
    other = hall.camera()
    other.send(b"z")
    until(lambda: other.heard == b"z")


def test_after_the_end_orders_are_heard_by_nobody():
    reception = Reception(lambda: None)
    reception.start()
    reception.finish(PATIENCE_S)
    camera = Camera()
    reception.hurry(camera)
    reception.drop(camera)
    camera.source.close()
    camera.source.far.close()


class Owner:
    """Whoever hears of a session."""

    def __init__(self) -> None:
        self.reasons: list[str] = []

    def may_show(self, generation: int, *, at: float) -> bool:
        return True

    def ready(self, generation: int) -> None:
        pass

    def ended(self, generation: int, *, reason: str) -> None:
        self.reasons.append(reason)


def session_of(
    hall: Hall,
    owner: Owner,
    lanes: Lanes,
    *,
    url: str = "rtsp://127.0.0.1/",
    silent_before: bool = False,
) -> Session:
    canvas = Canvas()
    return Session(
        "1",
        generation=1,
        url=url,
        silent_before=silent_before,
        transport="tcp",
        login=None,
        owner=owner,
        canvas=canvas,
        lanes=lanes,
        reception=hall.reception,
        live=True,
        replay=Replay(Shelf(), canvas=canvas, lanes=lanes),
    )


def test_what_is_handed_over_while_a_session_ends_starts_no_decoder(hall: Hall):
    lanes, source = Lanes(1), Source()
    session = session_of(hall, Owner(), lanes)
    session._source = source
    packet = VideoPacket(b"key", True, 3, time.monotonic())
    session.received([packet])
    assert session._decoder is not None
    session.finish()
    session.received([packet])
    assert session._decoder is None
    lanes.finish()
    source.far.close()
    source.close()


def test_a_fault_of_ours_while_opening_is_an_end_like_any_other(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
):
    loud: list[object] = []
    monkeypatch.setattr(
        threading, "excepthook", lambda args: loud.append(args.exc_type)
    )

    def fault(url: str, **_: object) -> None:
        raise RuntimeError(url)

    monkeypatch.setattr("video.sources.rtsp_direct.open_source", fault)
    lanes, owner = Lanes(1), Owner()
    session_of(hall, owner, lanes).start()
    until(lambda: loud)
    assert owner.reasons == ["no_picture"]
    assert loud == [RuntimeError]
    lanes.finish()


@pytest.mark.parametrize("silent_before", [False, True])
def test_a_camera_is_knocked_at_beforehand_only_where_it_was_silent(
    hall: Hall, *, silent_before: bool
):
    lanes, owner = Lanes(1), Owner()
    no = "RTSP/1.0 404 Not Found\r\n\r\n"
    with Scripted(f"{OK}\r\n", no) as camera:
        session = session_of(
            hall, owner, lanes, url=camera.url, silent_before=silent_before
        )
        session.start()
        until(lambda: owner.reasons == ["not_found"])
        knocks = [not asked for asked in camera.asked]
        assert knocks == ([True, False] if silent_before else [False])
    lanes.finish()
