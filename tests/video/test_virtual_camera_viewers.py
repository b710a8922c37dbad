"""Many viewers of one virtual camera: over TCP and UDP, slow ones, silent ones."""

import asyncio
import itertools
import re
import socket
import struct
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rtsp_viewer import PASSWORD, PATIENCE_S, Rtsp

from video.coded_loop import AccessUnit, Loop
from video.virtual_camera_rtsp import RtspServer, Stream
from video.virtual_camera_viewers import is_report

SETS = (b"\x67\x4d\x40\x1e", b"\x68\xee")
RECEIVER_REPORT = struct.pack("!BBHI", 0x80, 201, 1, 7)


def loop_of(size: int, *, rate: int = 50, group: int = 10) -> Loop:
    """Return a loop of three groups whose pictures have a size in bytes."""
    units = []
    for i in range(3 * group):
        key = i % group == 0
        nal = bytes([0x65 if key else 0x41]) + bytes([1 + i]) * size
        units.append(AccessUnit((*SETS, nal) if key else (nal,), key))
    return Loop(tuple(units), rate, SETS)


def serve(
    loop: Loop, job: Callable[[RtspServer, Stream, int], Awaitable[None]], **settings
) -> None:
    async def run() -> None:
        server = RtspServer(username="viewer", password=PASSWORD, **settings)
        port = await server.listen(0)
        stream = Stream(loop)
        server.play("1203/sub", stream)
        try:
            async with asyncio.timeout(PATIENCE_S):
                await job(server, stream, port)
        finally:
            await server.close()

    asyncio.run(run())


async def until(true: Callable[[], object]) -> None:
    while not true():
        await asyncio.sleep(0.005)


class UdpReceiver:
    """Two ports of a viewer."""

    def __init__(self) -> None:
        self.pictures, self.reports = (self._bound() for _ in range(2))
        self.ports = tuple(s.getsockname()[1] for s in (self.pictures, self.reports))
        while self.ports[1] <= self.ports[0]:
            self.reports.close()
            self.reports = self._bound()
            self.ports = (self.ports[0], self.reports.getsockname()[1])

    def _bound(self) -> socket.socket:
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        made.settimeout(20)
        made.bind(("127.0.0.1", 0))
        return made

    @property
    def transport(self) -> str:
        return f"RTP/AVP;unicast;client_port={self.ports[0]}-{self.ports[1]}"

    def close(self) -> None:
        self.pictures.close()
        self.reports.close()


@contextmanager
def receiver() -> Iterator[UdpReceiver]:
    made = UdpReceiver()
    try:
        yield made
    finally:
        made.close()


def sender_report(data: bytes) -> dict[str, float]:
    head = struct.unpack("!BBHIQIII", data[:28])
    assert head[:3] == (0x80, 200, 6)
    assert data[29] == 202  # a name follows, as RFC 3550 demands
    assert b"camera@lookout" in data[28:]
    names = ("ssrc", "ntp", "stamp", "packets", "bytes")
    return dict(zip(names, head[3:], strict=True))


def test_pictures_come_over_udp_in_order_and_whole() -> None:
    def watch(port: int) -> None:
        with Rtsp(port) as viewer, receiver() as ports:
            set_up, playing = viewer.play(ports.transport)
            ssrc = int(re.findall(r"ssrc=([0-9A-F]{8})", set_up["transport"])[0], 16)
            server_ports = re.findall(r"server_port=(\d+)-(\d+)", set_up["transport"])
            assert int(server_ports[0][0]) % 2 == 0
            assert int(server_ports[0][1]) == int(server_ports[0][0]) + 1
            assert "timeout=60" in set_up["session"]
            packets = []
            while sum(p[1] >> 7 for p in packets) < 25:
                packets.append(ports.pictures.recv(2000))
            assert {int.from_bytes(p[8:12], "big") for p in packets} == {ssrc}
            sequences = [int.from_bytes(p[2:4], "big") for p in packets]
            assert f"seq={sequences[0]};" in playing["rtp-info"]
            steps = {(b - a) % 65536 for a, b in itertools.pairwise(sequences)}
            assert steps == {1}
            first = int.from_bytes(packets[0][4:8], "big")
            assert f"rtptime={first}" in playing["rtp-info"]
            assert packets[0][12] & 31 == 7  # a key frame's parameter sets
            # FU-A: every byte of the first large unit is there.
            body = b""
            for packet in packets[2:]:
                body += packet[14:]
                if packet[1] >> 7:
                    break
            assert body in {bytes([first]) * 60_000 for first in (1, 11, 21)}

    async def job(server: RtspServer, stream: Stream, port: int) -> None:
        await asyncio.to_thread(watch, port)

    serve(loop_of(60_000), job)


def test_reports_carry_matching_times_over_both() -> None:
    """NTP and RTP time of a report are one instant, near now."""

    def over_tcp(port: int) -> dict[str, float]:
        with Rtsp(port) as viewer:
            viewer.play()
            while True:
                channel, data = viewer.packet()
                if channel == 1:
                    return sender_report(data)

    def over_udp(port: int) -> dict[str, float]:
        with Rtsp(port) as viewer, receiver() as ports:
            viewer.play(ports.transport)
            return sender_report(ports.reports.recv(2000))

    async def job(server: RtspServer, stream: Stream, port: int) -> None:
        a = await asyncio.to_thread(over_tcp, port)
        b = await asyncio.to_thread(over_udp, port)
        for report in (a, b):
            unix = report["ntp"] / 2**32 - 2_208_988_800
            assert abs(unix - time.time()) < 20
            assert report["packets"] > 0
            assert report["bytes"] > 0
        wall = (b["ntp"] - a["ntp"]) / 2**32
        assert abs((b["stamp"] - a["stamp"]) % 2**32 / 90_000 - wall) < 0.001
        assert a["ssrc"] != b["ssrc"]

    serve(loop_of(500), job)


def test_a_silent_viewer_over_udp_loses_its_session_and_a_reporting_one_keeps_it() -> (
    None
):
    async def job(server: RtspServer, stream: Stream, port: int) -> None:
        def begin(ports: UdpReceiver) -> tuple[Rtsp, tuple[str, int]]:
            viewer = Rtsp(port)
            set_up, _ = viewer.play(ports.transport)
            found = re.findall(r"server_port=\d+-(\d+)", set_up["transport"])
            return viewer, ("127.0.0.1", int(found[0]))

        with receiver() as quiet, receiver() as lively, receiver() as stranger:
            silent, _ = await asyncio.to_thread(begin, quiet)
            reporting, reports_to = await asyncio.to_thread(begin, lively)
            asking, _ = await asyncio.to_thread(begin, stranger)

            async def signs() -> None:
                while True:
                    lively.reports.sendto(RECEIVER_REPORT, reports_to)
                    stranger.pictures.sendto(RECEIVER_REPORT, reports_to)
                    lively.reports.sendto(b"\x00" * 9, reports_to)
                    await asyncio.to_thread(asking.ask, "GET_PARAMETER")
                    await asyncio.sleep(0.05)

            task = asyncio.create_task(signs())
            await until(lambda: len(stream.viewers) == 2)
            left = {v.address[1] for v in stream.viewers}  # type: ignore[attr-defined]
            assert left == {lively.ports[0], stranger.ports[0]}
            good_bye = b""
            while good_bye[1:2] != b"\xc9":
                good_bye = await asyncio.to_thread(quiet.reports.recv, 2000)
            assert good_bye[9] == 203
            task.cancel()
            for viewer in (silent, reporting, asking):
                viewer.close()

    serve(loop_of(500), job, session_s=1.5)


def test_a_viewer_over_tcp_that_takes_its_pictures_stays_without_a_word() -> None:
    async def job(server: RtspServer, stream: Stream, port: int) -> None:
        viewer = Rtsp(port)
        await asyncio.to_thread(viewer.play)
        for _ in range(60):  # 1.2 s, six times as long as a silent session may be
            await asyncio.to_thread(viewer.packet)
        assert len(stream.viewers) == 1
        viewer.close()

    serve(loop_of(500), job, session_s=0.2)


def test_a_viewer_that_does_not_read_is_cut_off_and_holds_up_nobody() -> None:
    async def job(server: RtspServer, stream: Stream, port: int) -> None:
        lazy, eager = Rtsp(port), Rtsp(port)
        await asyncio.to_thread(lazy.play)
        await asyncio.to_thread(eager.play)
        numbers = []
        while stream.slow_viewers == 0:
            channel, packet = await asyncio.to_thread(eager.packet)
            if channel == 0:
                numbers.append(int.from_bytes(packet[2:4], "big"))
        await asyncio.to_thread(eager.packet)
        assert {(b - a) % 65536 for a, b in itertools.pairwise(numbers)} == {1}
        assert len(stream.viewers) == 1
        lazy.close()
        eager.close()

    serve(loop_of(200_000, rate=25), job, patience_s=0.3)


def test_a_viewer_that_was_slow_goes_on_at_a_key_frame() -> None:
    """What was left out leaves no gap in its sequence, and no half group."""

    async def job(server: RtspServer, stream: Stream, port: int) -> None:
        viewer = Rtsp(port)
        await asyncio.to_thread(viewer.play)
        (watching,) = stream.viewers
        await until(lambda: watching.left_out > 3)

        def read_on() -> None:
            kinds: list[int] = []
            stamps: list[int] = []
            while True:
                channel, packet = viewer.packet()
                if channel != 0:
                    continue
                stamp = int.from_bytes(packet[4:8], "big")
                if not stamps or stamp != stamps[-1]:
                    stamps.append(stamp)
                    kinds.append(packet[12] & 31)
                if len(stamps) > 2 and stamps[-1] - stamps[-2] != 90_000 // 25:
                    assert kinds[-1] == 7  # after the gap, a key frame
                    return

        await asyncio.to_thread(read_on)
        assert stream.slow_viewers == 0
        viewer.close()

    serve(loop_of(150_000, rate=25), job, patience_s=PATIENCE_S)


def test_a_stream_changes_its_loop_at_a_key_frame() -> None:
    day, night = loop_of(300), loop_of(600)

    async def job(server: RtspServer, stream: Stream, port: int) -> None:
        viewer = Rtsp(port)
        await asyncio.to_thread(viewer.play)
        stream.change(night)

        def first_of_the_other() -> int:
            while True:
                channel, packet = viewer.packet()
                if channel == 0 and len(packet) == 613:
                    return packet[12] & 31

        assert await asyncio.to_thread(first_of_the_other) == 5
        with pytest.raises(ValueError, match="rate"):
            stream.change(loop_of(300, rate=15))
        viewer.close()

    serve(day, job)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_report_or_not(data: bytes) -> None:
    assert is_report(data) in (True, False)
    if is_report(data):
        assert is_report(data + RECEIVER_REPORT)
        assert not is_report(data + b"\x80")


def test_a_report_is_known() -> None:
    assert is_report(RECEIVER_REPORT)
    assert not is_report(b"")
    assert not is_report(RECEIVER_REPORT[:-1])
    assert not is_report(struct.pack("!BBHI", 0x80, 203, 1, 7))
