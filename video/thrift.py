"""Leave out of one stream what its step says: pictures not painted, or not decoded.

Half the rate: pictures that no other one needs are not decoded, and of the rest only
as many are painted as make half of what comes in. Stills: key frames only, so that
nothing else is decoded at all.
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
RARE_S: Final = 0.5


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
    def every_s(self) -> float:
        """Return how far apart the stills come; 0 where it is not stills."""
        if self.step is not Step.STILLS:
            return 0.0
        return min(max(self.apart_s, STILL_EVERY_S), MOST_APART_S)


class Thrift:
    """What one decoder leaves out.

    Thread: its lane.
    """

    def __init__(self, told: Told) -> None:
        self._told = told
        self._gap = False  # something was left out that the next picture needs
        self._credit = 1.0
        self._paid_at = 0.0
        self._key_at: float | None = None
        self._still_at: float | None = None
        self._apart_s = 0.0

    def sieve(self, packets: deque[VideoPacket]) -> deque[VideoPacket]:
        """Return those of the packets that came in which are to be decoded."""
        for packet in packets:
            since_key = packet.arrived - (self._key_at or packet.arrived)
            if packet.key:
                self._key_at, self._apart_s = packet.arrived, since_key
            # As long as packets come a key frame is on its way, if a late one.
            self._told.apart_s = max(self._apart_s, since_key)
        self._credit = min(1.0, self._credit + 0.5 * len(packets))
        if self._told.step is Step.STILLS:
            return self._still(packets)
        if self._gap:
            while packets and not packets[0].key:
                packets.popleft()
            self._gap = not packets
        return packets

    def decode(
        self, context: VideoCodecContext, packet: "Packet", *, key: bool
    ) -> list[av.VideoFrame]:
        """Decode one; a still comes out at once, not with the pictures after it."""
        if context.skip_frame == "DEFAULT" and self._told.step is not Step.FULL:
            context.skip_frame = "NONREF"
        elif context.skip_frame != "DEFAULT" and self._told.step is Step.FULL:
            context.skip_frame = "DEFAULT"
        frames = context.decode(packet)
        if self._gap and key:
            frames += context.decode(None)
            context.flush_buffers()
        return frames

    def pays(self, arrived: float) -> bool:
        """Return whether the next picture is to be painted.

        Args:
            arrived: When it had come in; what comes rarely is never left out.
        """
        if self._told.step not in (Step.HALF, Step.SMALL):
            return True
        if self._credit < 1.0 and arrived - self._paid_at < RARE_S:
            return False
        self._credit, self._paid_at = 0.0, arrived
        return True

    def _still(self, packets: deque[VideoPacket]) -> deque[VideoPacket]:
        if packets:
            self._gap = True
        keys = [packet for packet in packets if packet.key][-1:]
        if not keys:
            return deque()
        at = keys[0].arrived
        if self._still_at is not None and at - self._still_at < STILL_EVERY_S:
            return deque()
        self._still_at = at
        return deque(keys)
