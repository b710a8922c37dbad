"""Cameras opened without FFmpeg: what is opened, what is left to it, what is refused."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from bad_cameras import PASSWORD, RATE, USER, BadCameras, Lying, coded
from viewing import until

from tests.limits_kit import PATIENCE_S
from video.sources import Login
from video.sources.packets import DirectSource, SourceError, VideoPacket
from video.sources.rtsp import RtspSource
from video.sources.rtsp_direct import RtspDirectSource, open_source

LOGIN = Login(USER, PASSWORD)
DESCRIPTION = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
OK = "RTSP/1.0 200 OK\r\n"
DESCRIBED = f"{OK}Content-Length: {len(DESCRIPTION)}\r\n\r\n{DESCRIPTION}"
SET_UP = f"{OK}Session: 7;timeout=2\r\nTransport: RTP/AVP/TCP;interleaved=0-1\r\n\r\n"
WHO = 'RTSP/1.0 401 No\r\nWWW-Authenticate: Digest realm="c", nonce="1"\r\n\r\n'


class Scripted:
    """A camera that says line by line what a test has written, then what it must.

    Each of `says` is sent when a request has come; "" hangs up. After the last one it
    stays silent. Kept: what was asked, by connection.
    """

    def __init__(self, *says: str | bytes, after: bytes = b"") -> None:
        self._says, self._after = says, after
        self.asked: list[list[str]] = []
        self.peer: socket.socket | None = None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"rtsp://127.0.0.1:{self._listener.getsockname()[1]}/x"

    def __enter__(self) -> "Scripted":
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        if self.peer is not None:
            self.peer.close()
        self._thread.join(PATIENCE_S)

    def _serve(self) -> None:
        while True:
            try:
                self.peer, _ = self._listener.accept()
            except OSError:
                return
            with self.peer as peer:
                self._talk(peer)

    def _talk(self, peer: socket.socket) -> None:
        asked: list[str] = []
        self.asked.append(asked)
        says = list(self._says)
        lines: list[bytes] = []
        try:
            for line in peer.makefile("rb"):
                lines.append(line)
                if line != b"\r\n":
                    continue
                asked.append(b"".join(lines).decode())
                lines.clear()
                if says:
                    answer = says.pop(0)
                    if not answer:
                        return
                    peer.sendall(
                        answer if isinstance(answer, bytes) else answer.encode()
                    )
                    if not says:
                        peer.sendall(self._after)
        except (OSError, ValueError):
            return


@pytest.fixture(scope="module")
def cameras() -> Iterator[BadCameras]:
    good = coded(size=(640, 384))
    made = BadCameras(
        {
            "h264": good,
            "hevc": coded("hevc"),
            "8k": coded(size=(7680, 4320), pictures=2, gop=1),
            "untold": Lying(
                good,
                says=lambda said: "\r\n".join(
                    line for line in said.split("\r\n") if "fmtp" not in line
                ),
            ),
            "other": Lying(good, says=lambda said: said.replace("H264", "H263")),
        }
    )
    yield made
    made.close()


def some(source: RtspDirectSource, count: int) -> list[VideoPacket]:
    packets = source.packets()
    found = [next(packets) for _ in range(count)]
    packets.close()
    return found


@pytest.mark.parametrize("name", ["h264", "hevc", "untold"])
@pytest.mark.parametrize("transport", ["tcp", "auto"])
def test_a_camera_is_received_picture_by_picture(cameras, name: str, transport: str):
    source = open_source(cameras.spec(name).main_url, transport=transport, login=LOGIN)
    assert isinstance(source, RtspDirectSource)
    assert isinstance(source, DirectSource)
    packets = some(source, 2 * RATE)
    assert [at for at, each in enumerate(packets) if each.key] == [0, RATE]
    steps = {b.stamp - a.stamp for a, b in pairwise(packets)}
    assert steps == {90_000 // RATE}
    coded_packet = packets[0].coded()
    assert bytes(coded_packet) == packets[0].packet
    assert (coded_packet.pts, coded_packet.size) == (packets[0].stamp, packets[0].size)
    assert source.codec.width == (320 if name == "hevc" else 640)
    source.close()
    source.close()


def test_what_is_too_large_is_refused_before_anything_is_decoded(cameras):
    source = open_source(cameras.spec("8k").main_url, transport="tcp", login=LOGIN)
    assert isinstance(source, RtspDirectSource)
    with pytest.raises(SourceError, match="too_large"):
        some(source, 1)
    source.close()


def test_over_udp_it_is_ffmpegs(cameras):
    source = open_source(cameras.spec("h264").main_url, transport="udp", login=LOGIN)
    assert isinstance(source, RtspSource)
    source.close()


@pytest.mark.parametrize(("number", "reason"), [("nobody", "not_found")])
def test_what_is_not_there_is_not_there(cameras, number: str, reason: str):
    with pytest.raises(SourceError, match=reason):
        open_source(cameras.spec(number).main_url, transport="tcp", login=LOGIN)


@pytest.mark.parametrize("login", [None, Login(USER, "wrong")])
def test_a_wrong_log_in_is_said_once(login: Login | None):
    says = [f"{OK}\r\n", WHO, WHO.replace('"1"', '"2"')]
    with Scripted(*says) as camera:
        with pytest.raises(SourceError, match="login"):
            open_source(camera.url, transport="tcp", login=login)
        said = [each for each in camera.asked[0] if "Authorization" in each]
        assert len(said) == (login is not None)
        assert len(camera.asked) == 1


def test_after_a_log_in_that_was_hung_up_on_nobody_tries_again():
    with Scripted(f"{OK}\r\n", WHO, "") as camera:
        with pytest.raises(SourceError, match="refused"):
            open_source(camera.url, transport="tcp", login=LOGIN)
        assert len(camera.asked) == 1


@pytest.mark.parametrize(
    "says",
    [
        ["HTTP/1.0 400 Bad\r\n\r\n"],
        [""],
        [f"{OK}\r\n", DESCRIBED.replace("H264", "VP80")],
        [f"{OK}\r\n", DESCRIBED, "RTSP/1.0 461 No\r\n\r\n"],
        [f"{OK}\r\n", f"{OK}Content-Length: 70000\r\n\r\n"],
        [f"{OK}\r\n".replace("\r", "")],
    ],
)
def test_a_strange_camera_is_left_to_ffmpeg(says: list[str], monkeypatch):
    others: list[str] = []

    def other(url: str, **_: object) -> str:
        others.append(url)
        return "FFmpeg's"

    monkeypatch.setattr("video.sources.rtsp.open_source", other)
    with Scripted(*says) as camera:
        assert open_source(camera.url, transport="tcp", login=None) == "FFmpeg's"
        assert others == [camera.url]


def test_a_camera_that_is_elsewhere_is_followed_without_the_log_in(cameras):
    there = cameras.spec("h264").main_url
    moved = f"RTSP/1.0 302 Moved\r\nLocation: {there}\r\n\r\n"
    with (
        Scripted(f"{OK}\r\n", moved) as camera,
        pytest.raises(SourceError, match="login"),
    ):
        open_source(camera.url, transport="tcp", login=LOGIN)


def test_a_circle_of_moves_has_an_end(monkeypatch):
    monkeypatch.setattr("video.sources.rtsp.open_source", lambda url, **_: "FFmpeg's")
    with Scripted() as camera:
        moved = f"RTSP/1.0 302 Moved\r\nLocation: {camera.url}\r\n\r\n"
        camera._says = (f"{OK}\r\n", moved)
        assert open_source(camera.url, transport="tcp", login=None) == "FFmpeg's"
        assert len(camera.asked) == 4


def test_silence_is_a_time_out(monkeypatch):
    monkeypatch.setattr("video.sources.rtsp_direct.TCP_TIMEOUT_S", 0.3)
    with Scripted() as camera, pytest.raises(SourceError, match="timeout"):
        open_source(camera.url, transport="tcp", login=None)


def played(*, after: bytes = b"") -> Scripted:
    return Scripted(f"{OK}\r\n", DESCRIBED, SET_UP, f"{OK}\r\n", after=after)


def opened(camera: Scripted) -> RtspDirectSource:
    source = open_source(camera.url, transport="tcp", login=None)
    assert isinstance(source, RtspDirectSource)
    return source


def test_a_camera_that_goes_silent_is_given_up():
    with played() as camera:
        source = opened(camera)
        assert source.receive(1_000) == []
        source.tend(time.monotonic())
        with pytest.raises(SourceError, match="timeout"):
            source.tend(time.monotonic() + 10.0)
        source.close()


def test_packets_without_a_picture_are_given_up_too():
    packet = b"$\x00\x00\x0e\x80\x60\x00\x01" + bytes(8) + b"\x09\x10"
    with played(after=packet) as camera:
        source = opened(camera)
        source._heard_at = 0.0
        until(lambda: source.receive(1_000) == [] and source._heard_at)
        source._picture_at -= 10.0
        with pytest.raises(SourceError, match="no_picture"):
            source.tend(time.monotonic())
        source.close()


def test_it_says_that_it_is_there_and_good_bye():
    with played() as camera:
        source = opened(camera)
        source.tend(time.monotonic() + 1.5)  # half of two seconds, and a little
        until(lambda: len(camera.asked[0]) == 5)
        assert camera.asked[0][4].startswith("OPTIONS ")
        assert "Session: 7\r\n" in camera.asked[0][4]
        source.close()
        until(lambda: len(camera.asked[0]) == 6)
        assert camera.asked[0][5].startswith("TEARDOWN ")


@pytest.mark.parametrize(
    "after", [b"\x00rubbish", b"$\x01\x00\x08\x81\xcb\x00\x01abcd"], ids=["odd", "bye"]
)
def test_what_ends_a_stream_ends_it(after: bytes):
    with played(after=after) as camera:
        source = opened(camera)

        def ended() -> bool:
            try:
                source.receive(1_000)
            except SourceError as error:
                return error.reason == "refused"
            return False

        until(ended)
        source.close()


def test_a_picture_that_came_with_the_end_is_not_lost():
    packet = b"$\x00\x00\x0f\x80\xe0\x00\x01" + bytes(8) + b"\x41\x9a\x01"
    with played(after=packet + b"\x00") as camera:
        source = opened(camera)
        found: list[VideoPacket] = []
        until(lambda: found.extend(source.receive(1)) or found)
        with pytest.raises(SourceError, match="refused"):
            until(lambda: source.receive(1) is None)
        assert [each.packet for each in found] == [b"\x00\x00\x00\x01\x41\x9a\x01"]
        source.close()


def tiny(count: int, nal: bytes) -> bytes:
    """Return pictures of a few bytes each."""
    return b"".join(
        b"$\x00\x00\x0f\x80\xe0"
        + struct.pack("!HII", number & 0xFFFF, 3_000 * number, 7)
        + nal
        for number in range(count)
    )


def test_what_was_held_up_on_the_way_is_said_of_each_picture():
    def report(seconds: int) -> bytes:
        times = struct.pack("!IIII", seconds, 0, 90_000 * seconds, 0)
        return b"$\x01\x00\x1c\x80\xc8\x00\x06cam1" + times + bytes(4)

    def picture(number: int, seconds: float) -> bytes:
        about = struct.pack("!HII", number, round(90_000 * seconds), 7)
        return b"$\x00\x00\x0f\x80\xe0" + about + b"\x65\x9a\x01"

    came = report(1), report(6), picture(1, 6.5), picture(2, 6.0)
    with played(after=b"".join(came)) as camera:
        source = opened(camera)
        found: list[VideoPacket] = []
        until(lambda: found.extend(source.receive(2**19)) or len(found) == 2)
        source.close()
    quick, late = found
    assert quick.late_s == 0.0
    assert late.late_s == pytest.approx(0.5, abs=0.01)


def test_a_flood_of_tiny_pictures_is_taken_in_bites(monkeypatch):
    monkeypatch.setattr("video.sources.rtsp_direct._LONGEST_S", -1.0)
    with played(after=tiny(5_000, b"\x41\x9a\x01")) as camera:
        source = opened(camera)
        early, counts = len(source._early), []
        until(lambda: counts.append(len(source.receive(2**19))) or sum(counts) == 5_000)
        counts[0] -= early
        assert max(counts) <= 16 * 1024 // 19 + 1
        source.close()


def test_the_size_is_not_looked_for_in_every_key_frame_of_a_flood(monkeypatch):
    looked: list[bytes] = []

    def size_of(codec: str, packet: bytes) -> tuple[int, int]:
        looked.append(packet)
        return 0, 0

    monkeypatch.setattr("video.sources.rtsp_direct.size_of", size_of)
    with played(after=tiny(500, b"\x65\x9a\x01")) as camera:
        source = opened(camera)
        found: list[VideoPacket] = []
        until(lambda: found.extend(source.receive(512 * 1024)) or len(found) == 500)
        assert all(each.key for each in found)
        apart = found[-1].arrived - found[0].arrived
        assert len(looked) <= 1 + apart
        source.close()


def test_a_camera_that_does_not_listen_is_not_told_more_and_more():
    with played() as camera:
        source = opened(camera)
        source._unsent = b"!" * 100
        far, near = socket.socketpair()
        with far, near:
            near.setblocking(False)
            real, source._socket = source._socket, near
            with contextlib.suppress(BlockingIOError):
                while True:
                    near.send(bytes(65_536))
            now = time.monotonic()
            for later in range(1, 6):
                source.tend(now + later)
            assert source._unsent == b"!" * 100
            source._send(bytes(20_000))  # it asks who is there, again and again
            with pytest.raises(SourceError, match="refused"):
                source.receive(1_000)
            source._socket = real
        source.close()


def test_what_overtakes_the_answer_to_play_is_bounded(monkeypatch):
    monkeypatch.setattr("video.sources.rtsp_direct._MOST_EARLY", 10_000)
    early = tiny(5_000, b"\x41\x9a\x01") + f"{OK}\r\n".encode()
    with Scripted(f"{OK}\r\n", DESCRIBED, SET_UP, early) as camera:
        source = opened(camera)
        assert 0 < len(source._early) < 100
        source.close()
