"""A running stream of a virtual camera: its RTP clock, packets and viewers."""

import asyncio
import base64
import secrets
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass

from video.coded_loop import CODECS, AccessUnit, Loop

_RTP_CLOCK = 90_000
_PAYLOAD_TYPE = 96
_SLOW_CLIENT_BYTES = 3_000_000  # unsent; some seconds of the large stream
_REPORT_EVERY_S = 5.0
_NTP_EPOCH = 2_208_988_800


@dataclass(slots=True, eq=False)
class Viewer:
    """One connection that plays a stream.

    Attributes:
        writer: Where interleaved frames go.
        channel: RTP channel; the next one is RTCP.
        playing: Between PLAY and PAUSE.
        started: A key frame has been sent.
    """

    writer: asyncio.StreamWriter
    channel: int
    playing: bool = False
    started: bool = False


class Stream:
    """One running stream: a loop, its RTP clock and whoever watches.

    The clock runs whether anyone watches or not, so that all viewers see the
    same moment and a new one waits for the next key frame.

    Thread: its event loop's.
    """

    def __init__(self, loop: Loop, *, offset_s: float = 0.0) -> None:
        self.loop = loop
        self.offset_s = offset_s
        self.viewers: set[Viewer] = set()
        self.frozen = False
        self.dropped_viewers = 0
        self._ssrc = secrets.randbits(32)
        self._sequence = secrets.randbits(16)
        self._first_stamp = secrets.randbits(32)
        self._sent_packets = 0
        self._sent_bytes = 0

    def sdp(self, host: str) -> str:
        """Return the session description for DESCRIBE."""
        codec = CODECS[self.loop.codec]
        sets = [base64.b64encode(nal).decode() for nal in self.loop.parameters]
        if codec.name == "h264":
            level = self.loop.parameters[0][1:4].hex().upper()
            setup = f"packetization-mode=1;profile-level-id={level};"
            setup += f"sprop-parameter-sets={','.join(sets)}"
        else:
            names = ("sprop-vps", "sprop-sps", "sprop-pps")
            setup = ";".join(f"{n}={s}" for n, s in zip(names, sets, strict=True))
        lines = (
            "v=0",
            f"o=- {self._ssrc} 1 IN IP4 {host}",
            "s=Lookout virtual camera",
            f"c=IN IP4 {host}",
            "t=0 0",
            "a=control:*",
            f"m=video 0 RTP/AVP {_PAYLOAD_TYPE}",
            f"a=rtpmap:{_PAYLOAD_TYPE} {codec.rtp}/{_RTP_CLOCK}",
            f"a=fmtp:{_PAYLOAD_TYPE} {setup}",
            f"a=framerate:{self.loop.rate}",
            "a=control:trackID=1",
        )
        return "\r\n".join(lines) + "\r\n"

    async def run(self) -> None:
        """Send pictures at their times, for ever."""
        rate, units = self.loop.rate, self.loop.units

        def clock() -> float:
            # Counted from the machine's own zero, so that a camera's two streams
            # show the same moment and another process can say when a picture left.
            return time.monotonic() - self.offset_s

        index = int(clock() * rate) + 1
        next_report = clock()
        while True:
            pause = index / rate - clock()
            if pause < -2.0:  # the machine slept: do not send what was missed
                index = int(clock() * rate) + 1
                continue
            if pause > 0:
                await asyncio.sleep(pause)
            if not self.frozen:
                stamp = self._first_stamp + index * _RTP_CLOCK // rate
                if clock() >= next_report:
                    self._send_report(stamp)
                    next_report = clock() + _REPORT_EVERY_S
                self._send(units[index % len(units)], index % len(units), stamp)
            index += 1

    def _send(self, unit: AccessUnit, at: int, stamp: int) -> None:
        payloads = self.loop.payloads[at]
        first = self._sequence
        self._sequence += len(payloads)
        self._sent_packets += len(payloads)
        self._sent_bytes += sum(map(len, payloads))
        frames: dict[int, bytes] = {}
        for viewer in tuple(self.viewers):
            if not viewer.playing or not (viewer.started or unit.key):
                continue
            viewer.started = True
            if viewer.channel not in frames:
                frames[viewer.channel] = self._frame(
                    payloads, first=first, stamp=stamp, channel=viewer.channel
                )
            self._write(viewer, frames[viewer.channel])

    def _frame(
        self, payloads: Sequence[bytes], *, first: int, stamp: int, channel: int
    ) -> bytes:
        parts: list[bytes] = []
        for i, payload in enumerate(payloads):
            mark = 0x80 if i == len(payloads) - 1 else 0
            header = struct.pack(
                "!cBHBBHII",
                b"$",
                channel,
                len(payload) + 12,
                0x80,
                mark | _PAYLOAD_TYPE,
                (first + i) & 0xFFFF,
                stamp & 0xFFFFFFFF,
                self._ssrc,
            )
            parts += (header, payload)
        return b"".join(parts)

    def _send_report(self, stamp: int) -> None:
        now = time.time() + _NTP_EPOCH
        report = struct.pack(
            "!BBHIIIIII",
            0x80,
            200,
            6,
            self._ssrc,
            int(now) & 0xFFFFFFFF,
            int(now % 1 * 2**32),
            stamp & 0xFFFFFFFF,
            self._sent_packets & 0xFFFFFFFF,
            self._sent_bytes & 0xFFFFFFFF,
        )
        for viewer in tuple(self.viewers):
            if viewer.started and viewer.playing:
                head = struct.pack("!cBH", b"$", viewer.channel + 1, len(report))
                self._write(viewer, head + report)

    def _write(self, viewer: Viewer, data: bytes) -> None:
        transport = viewer.writer.transport
        if transport.is_closing():
            self.viewers.discard(viewer)
        elif transport.get_write_buffer_size() > _SLOW_CLIENT_BYTES:
            # A live picture that is seconds late is worth nothing: start anew.
            self.viewers.discard(viewer)
            self.dropped_viewers += 1
            transport.abort()
        else:
            viewer.writer.write(data)
