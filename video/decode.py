"""Turn packets into tiles in shared memory: the newest frame wins, drops are counted.

One `Decoder` per live connection decodes, on its lane, whatever has come in and paints
only the newest of it; one `Canvas` per stream is where tiles of that stream go,
whichever connection they come from.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

import av
import av.error
import cv2
from av.video.codeccontext import VideoCodecContext

from video.contexts import Contexts
from video.contract import Step, tick_of
from video.lanes import Lane
from video.limits import too_large
from video.pacing import Pace
from video.pixels import TileMaker, fit
from video.slots import SlotWriter
from video.sources.packets import CodecSetup, VideoPacket
from video.thrift import Thrift, Told
from video.trouble import Trouble, size_of

LATE_PACKETS: Final = 8  # this many waiting, and a key frame among them: jump to it
LATE_S: Final = 2.0  # further behind than this: wait for the next key frame
#: What a stream can do to a decoder or painter; FFmpeg knows no such codec, say.
_UNDECODABLE: Final = (av.error.FFmpegError, ValueError, MemoryError, cv2.error)
#: Codecs in which every picture stands for itself.
_EVERY_ONE_A_KEY: Final = frozenset({"mjpeg"})
_STATISTICS_S: Final = 2.0
_RATE_EVERY_S: Final = 0.9
_SMALL_WIDTH: Final = 320  # no picture is made narrower to save work
_SMALLER: Final = 0.75  # of the stream's width: nobody sees the missing filter
_PAINTING: Final = 0.25  # of what a picture costs from packet to slot
#: So many of one stream waiting, and it is quicker than the rounds: two are taken.
_QUICK: Final = 4


class Surface(Protocol):
    """What a decoder shows its frames on."""

    dropped: int
    told: Told

    def skips_loop_filter(self, frame_width: int) -> bool:
        """Return whether the tile is so small that the cheap decode will do."""

    def show(
        self, frame: av.VideoFrame, *, arrived: float, late_s: float, aspect: float
    ) -> bool:
        """Paint and publish a frame; return whether there was a place for it.

        Args:
            frame: The frame.
            arrived: When its packet had come in.
            late_s: How long that had been held up on the way.
            aspect: Width of a pixel against its height.
        """

    def mark_decoding(self, inside: bool) -> None:
        """Leave word of who was at work, should the worker die."""


class Canvas:
    """Where a stream's tiles go: one slot, one size, and what can be counted there.

    Thread: shown to by decoders, set by the worker's main thread, under its own lock.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._maker = TileMaker()
        self._writer: SlotWriter | None = None
        self._size = (0, 0)
        self._shown: deque[tuple[float, float]] = deque(maxlen=256)  # when, delay
        self._rated_at = 0.0
        self._rates = (0.0, 0.0)
        self.dropped = 0
        self.told = Told()

    def aim(self, writer: SlotWriter | None, size: tuple[int, int]) -> None:
        """Send tiles of this size to this slot from now on; None: nowhere."""
        with self._lock:
            self._writer = writer
            self._size = size

    def skips_loop_filter(self, frame_width: int) -> bool:
        """Return whether the tile is so small that the cheap decode will do."""
        return self.told.small or self._size[0] <= frame_width * _SMALLER

    def show(
        self,
        frame: av.VideoFrame,
        *,
        arrived: float,
        aspect: float,
        late_s: float = 0.0,
        again: bool = False,
    ) -> bool:
        """Paint and publish a frame; return whether there was a place for it."""
        arrived -= late_s  # it is older by that
        with self._lock:
            writer = self._writer
            if writer is None:
                return False
            into_width, into_height = self._size
            if self.told.small:  # a quarter of the pixels, but still something to see
                share = min(1.0, max(0.5, _SMALL_WIDTH / max(1, into_width)))
                into_width = round(into_width * share)
                into_height = round(into_height * share)
            width, height = fit(
                frame.width,
                frame.height,
                into_width=into_width,
                into_height=into_height,
                sample_aspect=aspect,
            )
            if (buffer := writer.begin(width, height)) is None:
                return False
            self._maker.paint(frame, buffer, size=(width, height))
            now = time.monotonic()
            writer.publish(width, height, arrived=arrived, now=now, again=again)
            if not again:  # its age is no delay
                self._shown.append((now, now - arrived))
            return True

    def mark_decoding(self, inside: bool) -> None:
        """Leave word in shared memory of who was at work, should the worker die."""
        if (writer := self._writer) is not None:
            writer.mark_decoding(inside)

    def rates(self) -> tuple[float, float]:
        """Return frames a second, and the typical delay, of the last two seconds.

        Counted once a second at most, however often someone asks.
        """
        now = time.monotonic()
        if now - self._rated_at < _RATE_EVERY_S:
            return self._rates
        with self._lock:
            while self._shown and now - self._shown[0][0] > _STATISTICS_S:
                self._shown.popleft()
            delays = sorted(delay for _, delay in self._shown)
        middle = delays[len(delays) // 2] if delays else 0.0
        self._rated_at, self._rates = now, (len(delays) / _STATISTICS_S, middle)
        return self._rates


class _TooLarge(Exception):  # noqa: N818 - what a stream is, not a fault
    """A picture is larger than what is decoded here."""


class _FrameOwner(Protocol):
    def may_show(self, generation: int, *, at: float) -> bool: ...


class Decoder:
    """Decodes one connection of one stream, as long as it is shown.

    Thread: `work` on its lane; `put` and `finish` from any.

    Args:
        lane: Who serves it.
        first: Who serves it until its first picture is there; None: the same.
    """

    def __init__(
        self,
        setup: CodecSetup,
        *,
        generation: int,
        canvas: Surface,
        owner: _FrameOwner,
        lane: Lane,
        trouble: Trouble,
        failed: Callable[[str], None],
        first: Lane | None = None,
    ) -> None:
        self._setup = setup
        self._generation = generation
        self._canvas = canvas
        self._owner = owner
        self._home = lane
        self._lane = first or lane
        self._working = threading.Lock()  # it may be woken where it was, and is
        self._trouble = trouble
        self._failed = failed
        self._incoming: deque[VideoPacket] = deque()
        self._batch: deque[VideoPacket] = deque()
        self._pace = Pace()
        self._at_stroke = False  # begin when a round is together
        self._whole = False  # the last packet was a picture: not half of one, not two
        self._shown_at = -1  # by ticks of the desk
        self._left = 0  # of what its thrift left out, as far as that was counted
        self._finished = threading.Event()
        self._thrift = Thrift(canvas.told)
        self._contexts = Contexts(setup, lane.devices)
        self._context: VideoCodecContext | None = None
        self._arrivals: dict[int, tuple[float, float]] = {}  # when, and how late
        self._newest: av.VideoFrame | None = None
        self._newest_arrived = (0.0, 0.0)
        self._frames = 0
        self._calling_up = self._urgent = True  # no picture yet
        self._looked_again = False  # for what came in while the first one was made
        self._width = setup.width
        self._pixels = setup.width * setup.height
        self._aspect = 0.0  # not known since the last key frame

    @property
    def urgent(self) -> bool:
        """Return whether somebody waits for its first picture."""
        return self._urgent and not self._finished.is_set()

    @property
    def yields(self) -> bool:
        """Return whether it gives way to those that do not."""
        return self._canvas.told.step is not Step.FULL

    @property
    def left(self) -> int:
        """Return how many packets it has before it."""
        return len(self._batch) + len(self._incoming)

    @property
    def finished(self) -> bool:
        """Return whether nothing comes of it any more."""
        return self._finished.is_set()

    def put(self, *packets: VideoPacket, at_stroke: bool = False) -> None:
        """Hand over the next packets; see `Lane.wake` for when it begins on them."""
        self._incoming.extend(packets)
        self._at_stroke = at_stroke
        self._lane.wake(self, at_stroke=at_stroke)

    def finish(self) -> None:
        """End; frames still inside are not shown."""
        self._finished.set()

    def work(self, until: float) -> bool:
        """Decode what has come in and show the newest; return whether more is left.

        Args:
            until: On the monotonic clock, when others have their turn.
        """
        if not self._working.acquire(blocking=False):
            self._wake()
            return False
        try:
            more = self._work(until)
        finally:
            self._working.release()
        if not (more or self._urgent or self._lane is self._home):
            self._lane = self._home
            if self._incoming:
                self._wake()
        return more

    def _wake(self) -> None:
        self._lane.wake(self, at_stroke=self._at_stroke)

    def _work(self, until: float) -> bool:
        if not self._batch:
            now = time.monotonic()
            if self._unseen(now):
                self._wake()
                return False
            self._batch = self._next_batch(now)
        if self._finished.is_set():
            return False
        self._canvas.mark_decoding(True)
        try:
            if self._decode(until):
                return True
            self._urgent = False  # whatever came of it: the others are not to suffer
            self._show()
        except _TooLarge:
            self.finish()
            self._failed("too_large")
        except _UNDECODABLE:
            if self._contexts.give_up():
                self._context = None
                self._trouble.want_key(time.monotonic())
                return False
            self.finish()
            self._failed("no_picture")
        finally:
            self._canvas.mark_decoding(False)
        return False

    def _unseen(self, now: float) -> bool:
        """Return whether its last picture still waits to be painted.

        The next would stand in its place, and nobody would ever have seen it.
        """
        if tick_of(now) != self._shown_at or self._finished.is_set():
            return False
        most = LATE_PACKETS - 1 if self._canvas.told.saves else self._pace.most
        return 0 < len(self._incoming) <= most

    def _next_batch(self, now: float) -> deque[VideoPacket]:
        """Return what is to be decoded now of what has come in."""
        waiting = count = len(self._incoming)
        keeps_one = self._pace.keeps_one(waiting)
        if self._canvas.told.saves:  # painted twice in a round is once for nothing
            keeps_one = 1 < waiting < LATE_PACKETS and not self._thrift.waits
        if keeps_one and self._whole and not self._calling_up:
            count = 1 + waiting // _QUICK
            self._wake()
        packets = deque(self._incoming.popleft() for _ in range(count))
        if not packets:
            return packets
        if not self._calling_up:
            self._pace.took(count, now)
        late_s, dropped = now - packets[0].arrived, 0
        if not self._calling_up or self._setup.name in _EVERY_ONE_A_KEY:
            dropped = self._drop_late(packets)
        left = self._thrift.left
        batch = self._thrift.sieve(packets, now)
        if not self._calling_up:
            came = dropped + self._thrift.left - left + len(batch)
            self._lane.note(came, undone=dropped, late_s=late_s)
        self._canvas.dropped += dropped
        return batch

    def _drop_late(self, packets: deque[VideoPacket]) -> int:
        """Take out what there is no use in decoding any more; return how many."""
        there = len(packets)
        if self._setup.name in _EVERY_ONE_A_KEY:
            newest_key = there - 1
        elif there < LATE_PACKETS:
            return 0
        else:
            keys = [at for at, packet in enumerate(packets) if packet.key]
            newest_key = keys[-1] if keys else 0
            if not keys and packets[-1].arrived - packets[0].arrived > LATE_S:
                self._context = None
                self._trouble.want_key(packets[-1].arrived)
                newest_key = there
        for _ in range(newest_key):
            packets.popleft()
        return newest_key

    def _came_meanwhile(self) -> bool:
        """Take in what came while the first picture was made, once: it is the newer."""
        if self._calling_up and not self._looked_again:
            self._looked_again = True
            self._batch = self._next_batch(time.monotonic())
        return bool(self._batch)

    def _decode(self, until: float) -> bool:
        while self._batch or self._came_meanwhile():
            packet = self._batch.popleft()
            if (context := self._context_for(packet)) is None:
                continue
            coded = packet.coded()
            if (pts := coded.pts) is not None:
                self._arrivals[pts] = packet.arrived, packet.late_s
            now = time.monotonic()
            try:
                decoded = self._thrift.decode(
                    context, coded, key=packet.key, late_s=now - packet.arrived
                )
            except av.error.FFmpegError:
                if self._leave_device(packet):
                    continue
                self._trouble.failed(now)  # the decoder finds its way
                if packet.key:
                    self._check_size(packet)
                continue
            if not self._contexts.took(frames=len(decoded)):
                self._leave_device(packet)
                continue
            damaged = sum(frame.is_corrupt for frame in decoded)
            self._trouble.decoded(now, frames=len(decoded), damaged=damaged)
            self._frames += len(decoded)
            self._whole = len(decoded) == 1
            if decoded:
                self._newest = decoded[-1]
                self._newest_arrived = packet.arrived, packet.late_s
            if self._batch and time.monotonic() >= until:
                return True
        return False

    def _show(self) -> None:
        newest, self._newest = self._newest, None
        frames, self._frames = self._frames, 0
        left, self._left = self._thrift.left - self._left, self._thrift.left
        if left and not self._calling_up:
            self._canvas.dropped += left
            self._lane.note(0, undone=left, late_s=0.0)
        if newest is None or self._finished.is_set():
            return
        if not self._calling_up and frames > 1:
            self._canvas.dropped += frames - 1
            self._lane.note(0, undone=_PAINTING * (frames - 1), late_s=0.0)
        self._calling_up = False
        self._width, self._pixels = newest.width, newest.width * newest.height
        arrived, late_s = self._newest_arrived
        if newest.pts is not None:
            arrived, late_s = self._arrivals.pop(newest.pts, (arrived, late_s))
            if self._arrivals:
                self._arrivals = {
                    pts: at for pts, at in self._arrivals.items() if pts > newest.pts
                }
        if self._owner.may_show(self._generation, at=arrived - late_s):
            aspect = self._aspect = self._aspect or self._told_aspect()
            self._canvas.show(newest, arrived=arrived, late_s=late_s, aspect=aspect)
            self._shown_at = tick_of(time.monotonic())

    def _told_aspect(self) -> float:
        # The decoder knows it best: a stream may change, or never be probed at all.
        told = None if self._context is None else self._context.sample_aspect_ratio
        return float(told) if told else self._setup.sample_aspect

    def _context_for(self, packet: VideoPacket) -> VideoCodecContext | None:
        if not packet.key:
            return self._context
        self._aspect = 0.0
        skips = self._width > 0 and self._canvas.skips_loop_filter(self._width)
        if self._context is None:
            self._check_size(packet)
        if self._context is None or not self._contexts.fits(
            pixels=self._pixels, skips=skips
        ):
            self._context = self._contexts.open(pixels=self._pixels, skips=skips)
            self._arrivals.clear()
        return self._context

    def _leave_device(self, packet: VideoPacket) -> bool:
        """Go on in software from the next key frame, this one if it is; or say no."""
        if not self._contexts.give_up():
            return False
        self._context = None
        if packet.key:
            self._batch.appendleft(packet)
        else:
            self._trouble.want_key(packet.arrived)
        return True

    def _check_size(self, packet: VideoPacket) -> None:
        width, height = size_of(self._setup.name, bytes(packet.coded()))
        if too_large(width, height):
            raise _TooLarge
        self._pixels = width * height or self._pixels
