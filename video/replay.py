"""Look at a stream again: decode what its ring keeps, at the moment that is asked for.

The pictures go where the live ones go, each with its true time and marked as looked at
again. All streams of all workers follow one clock (`Playhead`), so cameras that saw
the same thing show it together.
"""

import threading
import time
from typing import Final, TypeAlias

import av

from video.contract import RING_S, ROUND_S, Playhead
from video.decode import Canvas, Decoder
from video.lanes import Lanes
from video.ring import GAP_S, Group, Ring, Shelf
from video.sources.packets import CodecSetup, VideoPacket
from video.thrift import Told
from video.trouble import Trouble

#: What a stream's ring holds, in order; None: it is still being filled.
Spans: TypeAlias = tuple[tuple[float, float | None], ...]

#: Forward by no more than this is playing; everything else starts at a key frame.
PLAYING_S: Final = 1.0
#: A moment that was sought is shown before the next is sought, or after this long.
SOUGHT_S: Final = 1.0
#: Of a camera that is gone its last minutes stay: perhaps they show why.
GONE_S: Final = 600.0
#: Before a round begins, so that its lane finds the packets.
_EARLY_S: Final = 0.004

_Group: TypeAlias = Group[VideoPacket, CodecSetup]


class _Past:
    """The canvas of a stream, for pictures that are looked at again.

    Thread: a lane.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.told = Told()  # somebody looks for something: nothing is left out
        self.dropped = 0  # nobody counts these: only the newest is asked for

    def skips_loop_filter(self, frame_width: int) -> bool:
        """Return whether the tile is so small that the cheap decode will do."""
        return self._canvas.skips_loop_filter(frame_width)

    def show(
        self, frame: av.VideoFrame, *, arrived: float, late_s: float, aspect: float
    ) -> bool:
        """Paint and publish a frame as one of before; its moment is that of arrival."""
        return self._canvas.show(frame, arrived=arrived, aspect=aspect, again=True)

    def mark_decoding(self, inside: bool) -> None:
        """Leave word of who was at work, should the worker die."""
        self._canvas.mark_decoding(inside)


class Replay:
    """The ring of one stream, and its showing again.

    Thread: `add` on its sessions', `step` on that of `Replays`, the rest on any.

    Args:
        shelf: The memory it shares.
        canvas: Where the stream's pictures go.
        lanes: Who decodes.
    """

    def __init__(self, shelf: Shelf, *, canvas: Canvas, lanes: Lanes) -> None:
        self._ring: Ring[VideoPacket, CodecSetup] = Ring(shelf, seconds=RING_S)
        self._past = _Past(canvas)
        self._lanes = lanes
        self._lock = threading.Lock()
        self._playhead: Playhead | None = None
        self._decoder: Decoder | None = None
        self._number = 0  # of the decoder: an earlier one shows nothing any more
        self._group: _Group | None = None
        self._given = 0  # packets of the group
        self._at = 0.0
        self._sought_at: float | None = None  # nothing of it was shown yet

    @property
    def playing(self) -> bool:
        """Return whether it is looked at again now."""
        return self._playhead is not None

    def keep_for(self, seconds: float) -> None:
        """Keep another length from now on."""
        self._ring.keep_for(seconds)

    def add(self, packet: VideoPacket, setup: CodecSetup, *, source: int) -> None:
        """Keep a packet that came in."""
        self._ring.add(packet, head=setup, source=source)

    def kept(self, now: float) -> Spans:
        """Return what can be looked at, by tenths of a second, and age what is old."""
        self._ring.forget_before(now - GONE_S)
        return tuple(
            (round(begins, 1), None if now - ends <= GAP_S else round(ends, 1))
            for begins, ends in self._ring.spans()
        )

    def play(self, playhead: Playhead | None) -> bool:
        """Look at this moment, or at none; return whether that began or ended it."""
        with self._lock:
            turned = (playhead is None) != (self._playhead is None)
            self._playhead = playhead
            if playhead is None:
                self._stop()
            return turned

    def end(self) -> None:
        """Forget everything, for good."""
        self.play(None)
        self._ring.end()

    def step(self, now: float) -> bool:
        """Decode up to where the playhead stands; return False where it is over."""
        with self._lock:
            if self._playhead is None:
                return False
            moment = self._playhead.at(now)
            if self._sought_at is not None and now - self._sought_at < SOUGHT_S:
                return True  # whoever drags the slider sees something on the way
            found = self._ring.find(moment)
            if found is None:
                return True
            group, count = found
            if self._plays_on(group, count, moment):
                begin = self._given if group is self._group else 0
            else:
                self._seek(group, now)
                begin = 0
            packets = self._ring.slice_of(group, begin, count)
            self._group, self._given, self._at = group, count, moment
            if packets and self._decoder is not None:
                self._decoder.put(*packets)
            return True

    def may_show(self, generation: int, *, at: float) -> bool:
        """Decide on a frame of a decoder. Thread: its lane."""
        del at
        if generation != self._number or self._playhead is None:
            return False
        self._sought_at = None
        return True

    def _plays_on(self, group: _Group, count: int, moment: float) -> bool:
        if self._decoder is None or self._decoder.finished or self._group is None:
            return False
        if not 0.0 <= moment - self._at <= PLAYING_S:
            return False
        if group is self._group:
            return count >= self._given
        return group.head is self._group.head and group.begins >= self._group.begins

    def _seek(self, group: _Group, now: float) -> None:
        self._stop()
        self._sought_at = now
        self._decoder = Decoder(
            group.head,
            generation=self._number,
            canvas=self._past,
            owner=self,
            lane=self._lanes.lane(),
            trouble=Trouble(),
            failed=lambda _reason: None,  # another group may do
        )

    def _stop(self) -> None:
        self._number += 1
        self._group, self._sought_at = None, None
        decoder, self._decoder = self._decoder, None
        if decoder is not None:
            decoder.finish()


class Replays:
    """Moves the streams that are looked at again, round by round.

    Thread: `follow` on any; its own one lives only while there is something to move.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._moved: list[Replay] = []
        self._thread: threading.Thread | None = None

    def follow(self, replay: Replay) -> None:
        """Move a stream until it is live again."""
        with self._lock:
            if not replay.playing or replay in self._moved:
                return
            self._moved.append(replay)
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._run, name="replays", daemon=True
                )
                self._thread.start()

    def _run(self) -> None:
        while True:
            now = time.monotonic()
            with self._lock:
                moved = list(self._moved)
            over = [each for each in moved if not each.step(now)]
            with self._lock:
                self._moved = [
                    each for each in self._moved if each not in over or each.playing
                ]
                if not self._moved:
                    self._thread = None
                    return
            time.sleep(ROUND_S - (time.monotonic() + _EARLY_S) % ROUND_S)
