"""Cameras that send what no camera should: a real RTSP server, on a thread, of damage.

Every stream is coded here once, small and quickly, and then made bad before it is cut
into RTP packets, or after.
"""

import asyncio
import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import av
import numpy as np

from tests.limits_kit import PATIENCE_S
from video.coded_loop import AccessUnit, Loop, open_encoder, parse_annex_b
from video.frame_code import TICKS_PER_SECOND, FrameMark, write_frame_mark
from video.virtual_camera_requests import Request
from video.virtual_camera_rtsp import RtspServer, Stream, _Connection
from video.workers import StreamSpec

USER, PASSWORD = "desk", "secret"
RATE = 15
SMALL = (320, 192)


def coded(
    codec: str = "h264",
    size: tuple[int, int] = SMALL,
    *,
    pictures: int = 4 * RATE,
    gop: int = RATE,
    rate: int = RATE,
) -> Loop:
    """Return a healthy loop whose pictures carry their number."""
    encoder = open_encoder(
        codec,
        size=size,
        rate=rate,
        bit_rate=max(200_000, size[0] * size[1] * 2),
        gop=gop,
        preset="ultrafast",
    )
    ground = np.random.default_rng(1).integers(40, 200, (12, 20, 3), dtype=np.uint8)
    tall = -(-size[1] // 12), -(-size[0] // 20)
    ground = ground.repeat(tall[0], axis=0).repeat(tall[1], axis=1)
    ground = np.ascontiguousarray(ground[: size[1], : size[0]])
    data = bytearray()
    for at in range(pictures):
        picture = np.roll(ground, 4 * at, axis=1)
        if size[0] >= SMALL[0]:
            write_frame_mark(picture, FrameMark(at * TICKS_PER_SECOND // rate, 0))
        frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
        frame.pts = at
        for packet in encoder.encode(frame):
            data += bytes(packet)
    for packet in encoder.encode(None):
        data += bytes(packet)
    loop = parse_annex_b(bytes(data), rate, codec)
    assert loop is not None
    return loop


@dataclass(frozen=True)
class Sent(Loop):
    """A loop whose packets are what a test says, not what its pictures make."""

    packets: tuple[tuple[bytes, ...], ...] = ()

    @cached_property
    def payloads(self) -> tuple[tuple[bytes, ...], ...]:
        """Return the packets as they are."""
        return self.packets


def as_sent(loop: Loop, packets: Sequence[Sequence[bytes]]) -> Sent:
    """Return the loop with these packets in the place of its own."""
    return Sent(
        loop.units,
        loop.rate,
        loop.parameters,
        loop.codec,
        packets=tuple(tuple(picture) for picture in packets),
    )


def flipped(loop: Loop, seed: int, *, share: float = 0.5) -> Sent:
    """Return it with bits turned over in a share of its packets."""
    luck = random.Random(seed)

    def turn(packet: bytes) -> bytes:
        if len(packet) < 8 or luck.random() > share:
            return packet
        data = bytearray(packet)
        for _ in range(luck.randint(1, 12)):
            data[luck.randrange(2, len(data))] ^= 1 << luck.randrange(8)
        return bytes(data)

    return as_sent(loop, [[turn(each) for each in p] for p in loop.payloads])


def truncated(loop: Loop, seed: int, *, share: float = 0.5) -> Sent:
    """Return it with the ends of a share of its packets missing."""
    luck = random.Random(seed)

    def cut(packet: bytes) -> bytes:
        if len(packet) < 8 or luck.random() > share:
            return packet
        return packet[: luck.randrange(1, len(packet))]

    return as_sent(loop, [[cut(each) for each in p] for p in loop.payloads])


def reordered(loop: Loop, seed: int) -> Sent:
    """Return it with pictures, and packets inside them, in another order."""
    luck = random.Random(seed)
    pictures = [list(picture) for picture in loop.payloads]
    for at in range(0, len(pictures), 5):
        some = pictures[at : at + 5]
        for picture in some:
            luck.shuffle(picture)
        luck.shuffle(some)
        pictures[at : at + 5] = some
    return as_sent(loop, pictures)


def fuzzed(loop: Loop, seed: int) -> Sent:
    """Return it with everything that can happen to a packet, by this seed."""
    luck = random.Random(seed)
    fates: tuple[Callable[[Loop, int], Sent], ...] = (flipped, truncated, reordered)
    made = as_sent(loop, loop.payloads)
    for fate in luck.sample(fates, luck.randint(1, len(fates))):
        made = fate(made, luck.randrange(1 << 30))
    pictures = [list(picture) for picture in made.payloads]
    for picture in pictures:
        what = luck.random()
        if what < 0.05:
            picture.clear()
        elif what < 0.1:
            picture.append(luck.randbytes(luck.randint(1, 1_400)))
        elif what < 0.15:
            picture *= 2
    return as_sent(loop, [p or [b"\x00"] for p in pictures])


def without_key_frames(loop: Loop) -> Loop:
    """Return it without the pictures at which decoding could start."""
    units = [unit for unit in loop.units if not unit.key]
    first = AccessUnit(units[0].nals, key=True)  # the server begins somewhere
    return replace(loop, units=(first, *units[1:]))


def one_after_the_other(*loops: Loop) -> Loop:
    """Return a stream that changes its size while it runs."""
    return replace(loops[0], units=tuple(u for loop in loops for u in loop.units))


class Lying(Stream):
    """Describes another stream than it sends."""

    def __init__(self, loop: Loop, *, says: Callable[[str], str]) -> None:
        super().__init__(loop)
        self._says = says

    def sdp(self, host: str) -> str:
        """Return the description, altered."""
        return self._says(super().sdp(host))


class OnlyForFFmpeg(Stream):
    """Agrees to everything whoever asks, and sends to FFmpeg alone."""


class _Server(RtspServer):
    refused = 0  # log-ins

    def _answer(
        self, connection: _Connection, asked: dict[str, str], status: int, **more: str
    ) -> None:
        self.refused += status == 401 and "authorization" in asked
        super()._answer(connection, asked, status, **more)

    def _handle_stream(
        self, connection: _Connection, request: Request, stream: Stream
    ) -> bool:
        goes_on = super()._handle_stream(connection, request, stream)
        is_ffmpeg = "Lavf" in request.headers.get("user-agent", "")
        if isinstance(stream, OnlyForFFmpeg) and not is_ffmpeg and connection.viewer:
            connection.viewer.playing = False
        return goes_on


class BadCameras:
    """A server of streams by number, on a thread of its own; None is busy until begun."""

    def __init__(self, streams: dict[str, Loop | Stream | None]) -> None:
        self._ready = threading.Event()
        self._streams = streams
        self._loop = asyncio.new_event_loop()
        self._closing = asyncio.Event()
        self.port = 0
        self._thread = threading.Thread(
            target=lambda: self._loop.run_until_complete(self._serve()),
            name="bad cameras",
        )
        self._thread.start()
        assert self._ready.wait(PATIENCE_S)

    async def _serve(self) -> None:
        self._server = _Server(username=USER, password=PASSWORD)
        for number, stream in self._streams.items():
            self._server.announce(f"{number}/main")
            if stream is not None:
                self._play(number, stream)
        self.port = await self._server.listen(0)
        self._ready.set()
        await self._closing.wait()
        await self._server.close()

    def _play(self, number: str, stream: Loop | Stream) -> None:
        made = Stream(stream) if isinstance(stream, Loop) else stream
        self._streams[number] = made
        self._server.play(f"{number}/main", made)

    @property
    def refused(self) -> int:
        """Return how many log-ins were refused."""
        return self._server.refused

    def begin(self, number: str, loop: Loop) -> None:
        """Let one that was busy play."""
        self._loop.call_soon_threadsafe(self._play, number, loop)

    def change(self, number: str, loop: Loop) -> None:
        """Go on with another loop at its next key frame."""
        stream = self._streams[number]
        assert isinstance(stream, Stream)
        self._loop.call_soon_threadsafe(stream.change, loop)

    def spec(self, number: str, *, transport: str = "tcp") -> StreamSpec:
        """Return what an engine needs."""
        return StreamSpec(
            stream_id=number,
            main_url=f"rtsp://127.0.0.1:{self.port}/{number}/main",
            transport=transport,
            needs_login=True,
        )

    def close(self) -> None:
        """End the server."""
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join(PATIENCE_S)
        self._loop.close()
