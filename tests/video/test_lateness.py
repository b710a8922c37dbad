"""A picture that waited on the way is late, if the camera's stamps are to be believed."""

import contextlib
import socket
import struct
import threading
import time
from collections import deque
from dataclasses import replace

import pytest
from viewing import Cameras, Viewer, until

from tests.limits_kit import PATIENCE_S
from video.contract import Mode
from video.sources.lateness import Lateness

RATE = 90_000
FIRST = 0xFFFFFFF0 - 3 * RATE  # it wraps on the way


def report(at: float, stamp: int) -> bytes:
    whole = int(at)
    times = struct.pack("!IIII", whole, int((at - whole) * 2**32), stamp % 2**32, 0)
    return b"\x80\xc8\x00\x06" + b"cam1" + times + bytes(4)


class Camera:
    """Sends 25 pictures a second, and a report each fifth."""

    def __init__(self, *, rate: float = RATE, reports: bool = True) -> None:
        self.lateness, self.rate, self.reports = Lateness(), rate, reports
        self.sent = 0

    def send(self, seconds: float, *, way_s: float = 0.02, growth: float = 0.0):
        """Return how late the last picture of some seconds came."""
        late = 0.0
        for n in range(round(seconds * 25)):
            at = self.sent / 25
            stamp = FIRST + round(at * self.rate)
            if self.reports and self.sent % 125 == 0:
                self.lateness.hear(report(3_900_000_000 + at, stamp))
            late = self.lateness.of(stamp, 50.0 + at + way_s + growth * n / 25)
            self.sent += 1
        return late


def test_what_piles_up_on_the_way_is_late():
    camera = Camera()
    assert camera.send(6) == 0.0
    assert camera.lateness.known
    assert camera.send(10, growth=0.5) == pytest.approx(5.0, abs=0.1)
    assert camera.send(10, way_s=5.0) == pytest.approx(5.0, abs=0.1), "it stays"
    assert camera.send(1) == pytest.approx(0.0, abs=0.01), "it has caught up"


def test_a_key_frame_that_takes_longer_is_late_by_that():
    camera = Camera()
    camera.send(6)
    assert camera.send(0.04, way_s=0.14) == pytest.approx(0.12, abs=0.001)


def test_clocks_that_part_slowly_are_no_delay():
    camera = Camera(rate=RATE * (1 - 2e-4))
    assert camera.send(3_600) < 0.01


@pytest.mark.parametrize("share", [0.6, 0.95, 0.99, 1.05])
def test_stamps_that_keep_no_time_are_not_believed(share: float):
    camera = Camera(rate=RATE * share)
    worst = max(camera.send(1) for _ in range(120))
    assert worst < 0.5


def test_without_reports_nothing_is_claimed():
    camera = Camera(reports=False)
    camera.send(6)
    assert camera.send(10, growth=0.5) == 0.0


def test_a_camera_whose_clock_is_set_is_believed_again_later():
    camera = Camera()
    camera.send(6)
    camera.lateness.hear(report(3_900_007_200, FIRST + 6 * RATE))
    assert not camera.lateness.known
    camera.lateness.hear(report(3_900_007_205, FIRST + 11 * RATE))
    assert camera.lateness.known


def test_a_stamp_that_leaps_back_begins_anew():
    lateness = Lateness()
    lateness.hear(report(0, 0))
    lateness.hear(report(5, 5 * RATE))
    assert lateness.of(100 * RATE, 50.0) == 0.0
    assert lateness.of(RATE, 50.04) == 0.0
    assert lateness.of(RATE - 9_000, 50.08) == pytest.approx(0.14, abs=1e-3), (
        "out of order"
    )


@pytest.mark.parametrize("junk", [b"", b"\x80\xc8", b"\x80\xc9" + bytes(30), bytes(40)])
def test_what_is_no_report_is_left(junk: bytes):
    lateness = Lateness()
    lateness.hear(junk)
    assert lateness._first is None


class SlowLine:
    """Between the desk and a camera: what the camera sends waits here for so long."""

    def __init__(self, port: int) -> None:
        self.wait_s = 0.0
        self._far = port
        self._ends: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        for end in (self._listener, *self._ends):
            end.close()
        for thread in self._threads:
            thread.join(PATIENCE_S)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._far))
                self._ends += near, far
                for ends in ((near, far, False), (far, near, True)):
                    thread = threading.Thread(target=self._carry, args=ends)
                    self._threads.append(thread)
                    thread.start()

    def _carry(self, source: socket.socket, to: socket.socket, slow: bool) -> None:
        waiting: deque[tuple[float, bytes]] = deque()
        source.settimeout(0.02)
        with contextlib.suppress(OSError):
            while True:
                with contextlib.suppress(TimeoutError):
                    data = source.recv(65_536)
                    if not data:
                        break
                    waiting.append((time.monotonic(), data))
                wait_s = self.wait_s if slow else 0.0
                while waiting and time.monotonic() - waiting[0][0] >= wait_s:
                    to.sendall(waiting.popleft()[1])
        with contextlib.suppress(OSError):
            to.shutdown(socket.SHUT_RDWR)


def test_a_picture_that_waited_before_a_slow_line_is_not_live(camera_cache):
    cameras, viewer = Cameras(camera_cache, ["1"], []), Viewer(workers=1)
    line = SlowLine(cameras.port)
    near, far = f":{line.port}/", f":{cameras.port}/"
    (want,) = cameras.wants("1", mode=Mode.LIVE).values()
    spec = replace(want.spec, sub_url=want.spec.sub_url.replace(far, near))
    try:
        viewer.log_in("1")
        viewer.engine.want({"1": replace(want, spec=spec)})
        viewer.await_state("live", "1")
        began = time.monotonic()
        until(lambda: viewer.engine.poll() and time.monotonic() - began > 8)
        line.wait_s = 6.0
        until(lambda: (viewer.state("1"), viewer.reason("1")) == ("stalled", "late"))
        until(lambda: viewer.engine.poll())  # it goes on to move
        picture = viewer.engine.picture("1")
        assert picture is not None
        assert picture.age_s > 4.0
        assert not picture.is_live()
        line.wait_s = 0.0
        until(lambda: (viewer.state("1"), viewer.reason("1")) == ("live", ""))
    finally:
        line.close()
        viewer.engine.close()
        cameras.stop()
