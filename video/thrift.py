"""Leave out of one stream what its step says: pictures not decoded at all.

As many as there is time for: a picture is left out only when it is late, and only one
that no other needs. That is what a stream marks as such; and where it marks nothing,
the end of a group, up to half of it. Painting fewer would hardly help: decoding is
four fifths of the cost, and is owed to every picture another one is built on.
Stills: key frames only, so that nothing else is decoded at all.
"""

from collections import deque
from typing import TYPE_CHECKING, Final

import av
from av.video.codeccontext import VideoCodecContext

from video.contract import Step
from video.sources.packets import VideoPacket

if TYPE_CHECKING:
    from video.sources.packets import Packet

#: Stills no closer than this: of some streams every picture is a key frame.
STILL_EVERY_S: Final = 1.0
#: A key frame that is later than this is not on its way: the picture has stopped.
MOST_APART_S: Final = 30.0
#: Older than this when its turn comes: there is no time for all. It takes two rounds
#: to be gathered and to wait its turn where there is.
BEHIND_S: Final = 0.1
#: By so much the end of a group that is left out is longer than what it is late beyond
#: that. Who is late by a tenth of a second more gives up less than half a second.
REST_PER_LATE: Final = 4.0
#: A picture does not stand for longer than this while it passes for live.
MOST_REST_S: Final = 1.5
#: Groups that differ by more than this do not tell when the next key frame comes.
_STEADY: Final = 0.2


class Told:
    """What a stream is told to leave out, and what came of it.

    Thread: any; `step` is set by the worker's main thread.

    Attributes:
        step: How much to leave out.
        apart_s: How far apart its key frames come, as far as that is known.
    """

    def __init__(self) -> None:
        self.step = Step.FULL
        self.apart_s = 0.0

    @property
    def small(self) -> bool:
        """Return whether its pictures are made smaller than the tile."""
        return self.step >= Step.SMALL

    @property
    def saves(self) -> bool:
        """Return whether what there is no time for may be left out."""
        return self.step in (Step.HALF, Step.SMALL)

    @property
    def every_s(self) -> float:
        """Return how far apart the stills come; 0 where it is not stills."""
        if self.step is not Step.STILLS:
            return 0.0
        return min(max(self.apart_s, STILL_EVERY_S), MOST_APART_S)


class Thrift:
    """What one decoder leaves out.

    Thread: its lane.

    Attributes:
        left: Pictures left out so far because there was no time for them.
        waits: Something was left out that the next picture needs: for a key frame.
    """

    def __init__(self, told: Told) -> None:
        self.left = 0
        self.waits = False
        self._told = told
        self._short = False  # it waits because there was no time
        self._key_at: float | None = None
        self._still_at: float | None = None
        self._apart_s = 0.0
        self._steady = False
        self._sparing: VideoCodecContext | None = None  # leaves out what it can

    def sieve(
        self, packets: deque[VideoPacket], now: float = 0.0
    ) -> deque[VideoPacket]:
        """Return those of the packets that came in which are to be decoded.

        Args:
            packets: In their order; those left out are taken from them.
            now: On the monotonic clock.
        """
        told = self._told
        for packet in packets:
            since_key = 0.0 if self._key_at is None else packet.arrived - self._key_at
            if packet.key:
                change = abs(since_key - self._apart_s)
                self._steady = not self._apart_s or change <= _STEADY * self._apart_s
                self._key_at, self._apart_s = packet.arrived, since_key
            # As long as packets come a key frame is on its way, if a late one.
            told.apart_s = max(self._apart_s, since_key)
        if told.step is Step.STILLS:
            return self._still(packets)
        if told.saves and packets and self._ends(packets[0], now):
            self.waits = self._short = True
        if self.waits:
            there = len(packets)
            while packets and not packets[0].key:
                packets.popleft()
            if self._short:
                self.left += there - len(packets)
            if packets:
                self.waits = self._short = False
        return packets

    def decode(
        self,
        context: VideoCodecContext,
        packet: "Packet",
        *,
        key: bool,
        late_s: float = 0.0,
    ) -> list[av.VideoFrame]:
        """Decode one; a still comes out at once, not with the pictures after it.

        Args:
            context: The decoder.
            packet: What it takes.
            key: Decoding may start here.
            late_s: How old it is.
        """
        spares = late_s > BEHIND_S and self._told.saves
        if spares is not (self._sparing is context):
            context.skip_frame = "NONREF" if spares else "DEFAULT"
            self._sparing = context if spares else None
        frames = context.decode(packet)
        if spares and not frames:
            self.left += 1
        if self.waits and key:
            frames += context.decode(None)
            context.flush_buffers()
        return frames

    def _ends(self, packet: VideoPacket, now: float) -> bool:
        """Return whether the rest of this picture's group is to be left out."""
        late_s = now - packet.arrived - BEHIND_S
        if late_s <= 0.0 or not self._steady or packet.key or self._key_at is None:
            return False
        rest_s = self._apart_s - (packet.arrived - self._key_at)
        most_s = min(REST_PER_LATE * late_s, self._apart_s / 2, MOST_REST_S)
        return 0.0 < rest_s <= most_s

    def _still(self, packets: deque[VideoPacket]) -> deque[VideoPacket]:
        if packets:
            self.waits, self._short = True, False
        keys = [packet for packet in packets if packet.key][-1:]
        if not keys:
            return deque()
        at = keys[0].arrived
        if self._still_at is not None and at - self._still_at < STILL_EVERY_S:
            return deque()
        self._still_at = at
        return deque(keys)
