"""A running stream of a virtual camera: its pictures, its RTP clock, its viewers."""

import asyncio
import base64
import logging
import secrets
import time

from video.coded_loop import CODECS, Loop
from video.virtual_camera_viewers import PAYLOAD_TYPE, Moment, Viewer, ntp_of

__all__ = ["RTP_CLOCK", "Stream"]

_log = logging.getLogger(__name__)

RTP_CLOCK = 90_000
_REPORT_EVERY_S = 5.0
_CLOCK_MOVED_S = 0.05  # somebody set the machine's clock


class Stream:
    """One running stream: a loop, its RTP clock and whoever watches.

    The clock runs whether anyone watches or not, so that all viewers see the
    same moment and a new one waits for the next key frame.

    Thread: its event loop's.

    Attributes:
        loop: What is played; see `change`.
        offset_s: How far it runs behind the machine's monotonic clock.
        viewers: Who watches.
        frozen: No picture is sent.
        slow_viewers: How many were cut off so far because they did not keep up.
    """

    def __init__(self, loop: Loop, *, offset_s: float = 0.0) -> None:
        self.loop = loop
        self.offset_s = offset_s
        self.viewers: set[Viewer] = set()
        self.frozen = False
        self.slow_viewers = 0
        self._next: Loop | None = None
        self._session = secrets.randbits(32)
        self._first_stamp = secrets.randbits(32)
        self._unix_zero = time.time() - time.monotonic()

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
            f"o=- {self._session} 1 IN IP4 {host}",
            "s=Lookout virtual camera",
            f"c=IN IP4 {host}",
            "t=0 0",
            "a=control:*",
            f"m=video 0 RTP/AVP {PAYLOAD_TYPE}",
            f"a=rtpmap:{PAYLOAD_TYPE} {codec.rtp}/{RTP_CLOCK}",
            f"a=fmtp:{PAYLOAD_TYPE} {setup}",
            f"a=framerate:{self.loop.rate}",
            "a=control:trackID=1",
        )
        return "\r\n".join(lines) + "\r\n"

    def change(self, loop: Loop) -> None:
        """Go on with another loop, of the same rate and codec, at its next key frame.

        Viewers stay: parameter sets come before each key frame.
        """
        if (loop.rate, loop.codec) != (self.loop.rate, self.loop.codec):
            raise ValueError("a stream keeps its rate and codec")
        self._next = loop

    def next_key_stamp(self) -> int:
        """Return the RTP time at which a viewer who comes now will begin."""
        index = int(self._clock() * self.loop.rate) + 1
        units = self.loop.units
        while not units[index % len(units)].key:
            index += 1
        return self._stamp(index)

    async def run(self) -> None:
        """Send pictures at their times, for ever."""
        rate = self.loop.rate
        index = int(self._clock() * rate) + 1
        next_report = self._clock()
        while True:
            pause = index / rate - self._clock()
            if pause < -2.0:  # the machine slept: do not send what was missed
                index = int(self._clock() * rate) + 1
                continue
            if pause > 0:
                await asyncio.sleep(pause)
            if not self.frozen:
                begun = self._send(index)
                if begun or self._clock() >= next_report:
                    self._report(index)
                    next_report = self._clock() + _REPORT_EVERY_S
            index += 1

    def _clock(self) -> float:
        # Counted from the machine's own zero, so that a camera's two streams show
        # the same moment and another process can say when a picture left.
        return time.monotonic() - self.offset_s

    def _stamp(self, index: int) -> int:
        return (self._first_stamp + index * RTP_CLOCK // self.loop.rate) & 0xFFFFFFFF

    def _send(self, index: int) -> bool:
        """Send a picture; return whether someone's first picture was among it."""
        if self._next is not None:
            units = self._next.units
            if units[index % len(units)].key:
                self.loop, self._next = self._next, None
        at = index % len(self.loop.units)
        key, payloads = self.loop.units[at].key, self.loop.payloads[at]
        stamp, begun = self._stamp(index), False
        for viewer in tuple(self.viewers):
            waiting = not viewer.started
            viewer.picture(payloads, stamp=stamp, key=key)
            begun = begun or (waiting and viewer.started)
            if viewer.gone:
                self.viewers.discard(viewer)
                self.slow_viewers += viewer.dropped
        return begun

    def _report(self, index: int) -> None:
        # Both times are those of the picture just sent, at the moment it was due:
        # exact, so that a player's clock does not jump at each report.
        due = index / self.loop.rate + self.offset_s
        unix_zero = time.time() - time.monotonic()
        if abs(unix_zero - self._unix_zero) > _CLOCK_MOVED_S:
            self._unix_zero = unix_zero
        moment = Moment(self._stamp(index), ntp_of(self._unix_zero + due))
        for viewer in self.viewers:
            viewer.report(moment)
