"""Those who watch a virtual camera: RTP and RTCP over TCP or UDP (RFC 3550).

Each viewer has its own SSRC, sequence and counts. None can hold up another: what
TCP does not take is left out to the next key frame, and after a while its viewer is
cut off; what UDP sends is paced, so that a large picture does not overrun a socket.
"""

import asyncio
import logging
import secrets
import struct
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

_log = logging.getLogger(__name__)

PAYLOAD_TYPE = 96
PATIENCE_S = 10.0  # how long a viewer may be behind
LEAST_QUEUE = 256_000
_QUEUE_S = 2.0  # unsent; a live picture that is later than this is worth nothing
_NTP_EPOCH = 2_208_988_800
_SENDER_REPORT, _RECEIVER_REPORT, _SOURCE, _BYE = 200, 201, 202, 203
_BURST, _BURST_PAUSE_S = 24, 0.002  # packets at a time over UDP
_LONGEST_UDP_QUEUE = 4_000


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant on both clocks of a stream.

    Attributes:
        stamp: RTP time.
        ntp: The same in units of 2**-32 s since 1900.
    """

    stamp: int
    ntp: int


def ntp_of(unix_s: float) -> int:
    """Return a time of day as RTCP carries it."""
    return round((unix_s + _NTP_EPOCH) * 2**32)


class Viewer:
    """One client that plays a stream.

    Thread: its event loop's.

    Attributes:
        playing: Between PLAY and PAUSE.
        started: A key frame has been sent.
        seen_at: When the client was last heard of, on the monotonic clock.
        left_out: Pictures not sent because the client was behind.
        dropped: Cut off for being behind too long.
    """

    lives_by_signs = False  # ends unless the client says from time to time it is there

    def __init__(self) -> None:
        self.playing = self.started = self.dropped = False
        self.ssrc = secrets.randbits(32)
        self.sequence = secrets.randbits(16)
        self.seen_at = time.monotonic()
        self.left_out = 0
        self._packets = self._bytes = 0

    def picture(self, payloads: Sequence[bytes], *, stamp: int, key: bool) -> None:
        """Send one picture, unless it has to be left out."""
        if not self.playing or not (self.started or key):
            return
        if not self._has_room(key=key):
            self.left_out += 1
            return
        self.started = True
        packets = []
        for i, payload in enumerate(payloads):
            mark = 0x80 if i == len(payloads) - 1 else 0
            header = struct.pack(
                "!BBHII",
                0x80,
                mark | PAYLOAD_TYPE,
                self.sequence,
                stamp & 0xFFFFFFFF,
                self.ssrc,
            )
            self.sequence = (self.sequence + 1) & 0xFFFF
            self._bytes += len(payload)
            packets.append(header + payload)
        self._packets += len(packets)
        self._send(packets)

    def report(self, moment: Moment) -> None:
        """Send a sender report, as soon as there is something to report."""
        if not (self.playing and self.started and self._packets):
            return
        report = struct.pack(
            "!BBHIQIII",
            0x80,
            _SENDER_REPORT,
            6,
            self.ssrc,
            moment.ntp & (2**64 - 1),
            moment.stamp & 0xFFFFFFFF,
            self._packets & 0xFFFFFFFF,
            self._bytes & 0xFFFFFFFF,
        )
        self._send_control(report + _source_name(self.ssrc))

    def heard(self) -> None:
        """Note a sign of life."""
        self.seen_at = time.monotonic()

    def leave(self) -> None:
        """Say that no more will come."""

    @property
    def gone(self) -> bool:
        """Return whether nothing can be sent to it any more."""
        return self.dropped

    def _has_room(self, *, key: bool) -> bool:
        return True

    def _send(self, packets: Sequence[bytes]) -> None:
        raise AssertionError("a viewer over neither TCP nor UDP")

    def _send_control(self, data: bytes) -> None:
        raise AssertionError("a viewer over neither TCP nor UDP")


class TcpViewer(Viewer):
    """A client that takes the packets in its RTSP connection.

    Thread: its event loop's.
    """

    def __init__(
        self,
        transport: asyncio.WriteTransport,
        channel: int,
        *,
        bytes_a_second: float,
        patience_s: float = PATIENCE_S,
    ) -> None:
        super().__init__()
        self.channel = channel
        self._transport = transport
        self._queue = max(LEAST_QUEUE, round(bytes_a_second * _QUEUE_S))
        self._patience_s = patience_s
        self._behind_since: float | None = None

    @property
    def gone(self) -> bool:
        """Return whether the connection is closing."""
        return self._transport.is_closing()

    def _has_room(self, *, key: bool) -> bool:
        waiting = self._transport.get_write_buffer_size()
        if self._behind_since is None:
            if waiting <= self._queue:
                return True
            self._behind_since = time.monotonic()
        elif key and waiting <= self._queue // 4:
            self._behind_since = None  # it has caught up: begin anew here
            return True
        if time.monotonic() - self._behind_since > self._patience_s:
            self.dropped = True
            _log.info("a slow viewer is cut off; %s pictures left out", self.left_out)
            self._transport.abort()
        return False

    def _send(self, packets: Sequence[bytes]) -> None:
        parts: list[bytes] = []
        for packet in packets:
            parts += (struct.pack("!cBH", b"$", self.channel, len(packet)), packet)
        self._transport.write(b"".join(parts))

    def _send_control(self, data: bytes) -> None:
        head = struct.pack("!cBH", b"$", self.channel + 1, len(data))
        if self._behind_since is None:
            self._transport.write(head + data)


class UdpViewer(Viewer):
    """A client that takes the packets at two UDP ports.

    Thread: its event loop's.
    """

    lives_by_signs = True

    def __init__(self, ports: "UdpPorts", host: str, client_ports: tuple[int, int]):
        super().__init__()
        self._ports = ports
        self.address = (host, client_ports[0])
        self.control_address = (host, client_ports[1])
        self._waiting: deque[bytes] = deque(maxlen=_LONGEST_UDP_QUEUE)
        self._pacing: asyncio.TimerHandle | None = None
        ports.join(self)

    def leave(self) -> None:
        """Say good-bye, so that the client need not wait for more."""
        if self.started:
            self._send_control(
                struct.pack("!BBHI", 0x80, _RECEIVER_REPORT, 1, self.ssrc)
                + struct.pack("!BBHI", 0x81, _BYE, 1, self.ssrc)
            )
        if self._pacing is not None:
            self._pacing.cancel()
        self._waiting.clear()
        self._ports.part(self)

    def _send(self, packets: Sequence[bytes]) -> None:
        self._waiting.extend(packets)
        if self._pacing is None:
            self._burst()

    def _burst(self) -> None:
        self._pacing = None
        for _ in range(min(_BURST, len(self._waiting))):
            self._ports.send(self._waiting.popleft(), self.address)
        if self._waiting:
            loop = asyncio.get_running_loop()
            self._pacing = loop.call_later(_BURST_PAUSE_S, self._burst)

    def _send_control(self, data: bytes) -> None:
        self._ports.send_control(data, self.control_address)


class UdpPorts:
    """The two ports that all viewers over UDP are served from.

    Thread: its event loop's.

    Attributes:
        numbers: Of the port for pictures and of that for reports.
    """

    def __init__(self) -> None:
        self.numbers = (0, 0)
        self._pictures: asyncio.DatagramTransport | None = None
        self._reports: asyncio.DatagramTransport | None = None
        self._viewers: dict[tuple[str, int], UdpViewer] = {}

    async def open(self, pair: Sequence[Any]) -> None:
        """Serve from a pair of bound sockets; see `bound_pair`."""
        loop = asyncio.get_running_loop()
        self.numbers = (pair[0].getsockname()[1], pair[1].getsockname()[1])
        # Packets to the first port only open the way through a client's firewall.
        self._pictures, _ = await loop.create_datagram_endpoint(
            lambda: _Listener(lambda data, address: None), sock=pair[0]
        )
        self._reports, _ = await loop.create_datagram_endpoint(
            lambda: _Listener(self._heard), sock=pair[1]
        )

    def close(self) -> None:
        """Close both ports."""
        for transport in (self._pictures, self._reports):
            if transport is not None:
                transport.abort()

    def join(self, viewer: UdpViewer) -> None:
        """Listen for a viewer's reports."""
        self._viewers[viewer.control_address] = viewer

    def part(self, viewer: UdpViewer) -> None:
        """Listen no more."""
        if self._viewers.get(viewer.control_address) is viewer:
            del self._viewers[viewer.control_address]

    def send(self, data: bytes, address: tuple[str, int]) -> None:
        """Send a packet of a picture."""
        if self._pictures is not None and not self._pictures.is_closing():
            self._pictures.sendto(data, address)

    def send_control(self, data: bytes, address: tuple[str, int]) -> None:
        """Send a report."""
        if self._reports is not None and not self._reports.is_closing():
            self._reports.sendto(data, address)

    def _heard(self, data: bytes, address: tuple[str, int]) -> None:
        viewer = self._viewers.get(address)
        if viewer is not None and is_report(data):
            viewer.heard()


class Bound(Protocol):
    """What is called with each datagram."""

    def __call__(self, data: bytes, address: tuple[str, int]) -> None:
        """Take one datagram and where it came from."""


class _Listener(asyncio.DatagramProtocol):
    def __init__(self, heard: Bound) -> None:
        self._heard = heard

    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        self._heard(data, (str(addr[0]), int(addr[1])))

    def error_received(self, exc: Exception) -> None:
        _log.debug("a viewer's port is closed: %s", exc)  # its session ends by itself


def is_report(data: bytes) -> bool:
    """Return whether these bytes are RTCP from a receiver, whole and in order."""
    at, found = 0, False
    while at < len(data):
        if len(data) - at < 4 or data[at] >> 6 != 2:
            return False
        found = found or data[at + 1] in (_SENDER_REPORT, _RECEIVER_REPORT)
        at += 4 + 4 * int.from_bytes(data[at + 2 : at + 4], "big")
    return found and at == len(data)


def _source_name(ssrc: int) -> bytes:
    name = b"camera@lookout"
    chunk = struct.pack("!IBB", ssrc, 1, len(name)) + name + b"\x00"
    chunk += bytes(-len(chunk) % 4)
    return struct.pack("!BBH", 0x81, _SOURCE, len(chunk) // 4) + chunk
