"""One connection of one stream: from the first knock to its end.

It opens on a thread of its own. A source that can be read without waiting is then
handed to the worker's reception; from any other the thread goes on reading.
"""

import threading
import time
from functools import partial
from typing import Final, Protocol

from video.advice import Measured, Meter
from video.decode import Canvas, Decoder
from video.lanes import Lanes
from video.limits import too_large
from video.openings import answering, doubtful
from video.reception import Reception
from video.replay import Replay
from video.sources import Login, rtsp, rtsp_direct
from video.sources.packets import (
    CodecSetup,
    DirectSource,
    Opener,
    Source,
    SourceError,
    VideoPacket,
)
from video.standby import GroupBuffer
from video.trouble import Trouble

#: Every way to open a stream, the best first; the address's scheme says which may.
OPENERS: Final[tuple[Opener, ...]] = (rtsp_direct, rtsp)


def openers_of(url: str) -> tuple[Opener, ...]:
    """Return what may open this address, the best first.

    Raises:
        SourceError: Nothing may.
    """
    scheme = url.partition(":")[0].lower()
    found = tuple(each for each in OPENERS if scheme in each.SCHEMES)
    if not found:
        raise SourceError("refused")
    return found


#: How a connection ends that the camera does not speak on.
_SILENT: Final = ("refused", "unknown_host", "timeout")


class SessionOwner(Protocol):
    """Who hears of a session; every call names its generation."""

    def may_show(self, generation: int, *, at: float) -> bool:
        """Return whether a frame of this generation may be painted."""

    def ready(self, generation: int) -> None:
        """Hear that the first key frame is at hand."""

    def ended(self, generation: int, *, reason: str) -> None:
        """Hear that nothing will come any more."""


class Session:
    """Opens one address once, keeps the newest group, feeds a decoder while live.

    Thread: `received` and `lost` on the reception's, the rest on any.

    Args:
        silent_before: The last attempt had no answer in time.
        way: Which of `openers_of` its address opens it.

    Attributes:
        url: The address, without credentials.
        generation: Rises with each session of a stream.
        opened_at: When the camera had answered, or None.
        packet_at: When the newest packet came in, or None.
        measured: What its stream was seen to be, once it was seen for long enough.
    """

    def __init__(
        self,
        stream_id: str,
        *,
        generation: int,
        url: str,
        transport: str,
        login: Login | None,
        owner: SessionOwner,
        canvas: Canvas,
        lanes: Lanes,
        reception: Reception,
        live: bool,
        replay: Replay,
        silent_before: bool = False,
        way: int = 0,
    ) -> None:
        self.stream_id = stream_id
        self.generation = generation
        self.url = url
        self.way = way
        self.opened_at: float | None = None
        self.packet_at: float | None = None
        self.measured: Measured | None = None
        self._meter = Meter()
        self._transport = transport
        self._login = login
        self._owner = owner
        self._canvas = canvas
        self._lanes = lanes
        self._reception = reception
        self._live = live
        self._replay = replay
        self._openings = doubtful if silent_before else answering
        self._doubted = silent_before or way > 0
        self._lock = threading.Lock()
        self._group: GroupBuffer[VideoPacket] = GroupBuffer()
        self._source: Source | None = None
        self._setup: CodecSetup | None = None  # from the first key frame on
        self._decoder: Decoder | None = None
        self._trouble = Trouble()
        self._finished = threading.Event()

    @property
    def group_ready(self) -> bool:
        """Return whether a call-up would show a picture at once."""
        return self._group.ready

    @property
    def fruitful(self) -> bool:
        """Return whether pictures come of it, as far as that was tried."""
        return self._trouble.fruitful

    @property
    def starved(self) -> bool:
        """Return whether a picture is wanted and its key frame is kept no more."""
        return (
            self._live
            and self._decoder is None
            and not self._group.ready
            and self._group.overflows > 0
        )

    @property
    def urgent(self) -> bool:
        """Return whether somebody waits for its first picture."""
        decoder = self._decoder
        return self._live and (decoder is None or decoder.urgent)

    @property
    def finished(self) -> bool:
        """Return whether nothing of it is wanted any more."""
        return self._finished.is_set()

    def start(self) -> None:
        """Begin to open it."""
        name = f"session {self.stream_id} {self.generation}"
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def trouble(self, now: float) -> str:
        """Return what is wrong with what comes in, "" where nothing is."""
        return self._trouble.reason(now)

    def set_live(self, live: bool) -> None:
        """Start decoding with the packets at hand, or stop."""
        with self._lock:
            self._live = live
            if live:
                self._start_decoder()
                if self._decoder is None and self.opened_at is not None:
                    self._trouble.want_key(time.monotonic())
            else:
                self._stop_decoder()
        if live:
            self._openings.look_again()
            self._reception.hurry(self)

    def finish(self) -> None:
        """End at the next packet, or when the connection's time-out runs out."""
        self._finished.set()
        self._openings.look_again()
        self._reception.drop(self)
        with self._lock:
            self._stop_decoder()

    def received(self, packets: list[VideoPacket]) -> None:
        """Take what came in; a decoder begins on it when its lane is told to."""
        for packet in packets:
            self._keep(packet, at_stroke=True)

    def lost(self, reason: str) -> None:
        """Hear that nothing more will come."""
        with self._lock:
            self._stop_decoder()
            self._group.clear()
        if self.opened_at and self.packet_at is None and reason in _SILENT:
            reason = "no_picture"  # it took us in, and nothing usable came
        if not self._finished.is_set():
            self._owner.ended(self.generation, reason=reason or "no_picture")

    def _run(self) -> None:
        reason, handed_over = "", False
        try:
            ways = openers_of(self.url)
            opener = ways[self.way % len(ways)]
            # Outside the places, where one that may be silent would hold up others;
            # elsewhere the opening's own connect says as soon that nobody is there.
            if self._doubted:
                opener.probe(self.url)
            with self._openings.place(without=self._waits_for_nobody):
                if not self._finished.is_set():
                    self._open(opener)
            if self._source is not None:
                self.opened_at = time.monotonic()
                self._trouble.want_key(self.opened_at)
                if isinstance(self._source, DirectSource):
                    self._reception.add(self._source, self)
                    handed_over = True
                else:
                    self._read(self._source)
        except SourceError as error:
            reason = error.reason
        finally:  # whatever it was, there is another attempt
            if not handed_over:
                self.lost(reason)

    def _waits_for_nobody(self) -> bool:
        return self._live or self._finished.is_set()

    def _open(self, opener: Opener) -> None:
        self._source = opener.open_source(
            self.url, transport=self._transport, login=self._login
        )
        self._login = None
        codec = self._source.codec
        if too_large(codec.width, codec.height):
            self._source.close()
            raise SourceError("too_large")

    def _read(self, source: Source) -> None:
        try:
            for packet in source.packets():
                if self._finished.is_set():
                    return
                self._keep(packet, at_stroke=False)
        finally:
            source.close()

    def _keep(self, packet: VideoPacket, *, at_stroke: bool) -> None:
        with self._lock:
            self.packet_at = packet.arrived
            self._trouble.arrived(key=packet.key, late_s=packet.late_s)
            if packet.key and self._setup is None and self._source is not None:
                self._setup = self._source.codec
            if self.measured is None:
                self._measure(packet)
            first = packet.key and not self._group.ready
            self._group.add(packet)
            if self._decoder is not None:
                self._decoder.put(packet, at_stroke=at_stroke)
            elif self._live:
                self._start_decoder()
        if self._setup is not None:
            self._replay.add(packet, self._setup, source=self.generation)
        if first:
            self._owner.ready(self.generation)

    def _measure(self, packet: VideoPacket) -> None:
        setup = self._setup
        is_b = partial(packet.is_b, setup.name if setup is not None else "")
        self._meter.packet(packet.moment, key=packet.key, size=packet.size, is_b=is_b)
        if setup is not None and self._meter.settled:
            self.measured = self._meter.measured(
                setup.name, width=setup.width, height=setup.height
            )

    def _start_decoder(self) -> None:
        if self._decoder is not None or self._finished.is_set():
            return  # what is handed over may overlap with the end
        if not self._group.ready or self._setup is None:
            return
        lane = self._lanes.lane()
        self._decoder = Decoder(
            self._setup,
            generation=self.generation,
            canvas=self._canvas,
            owner=self._owner,
            lane=lane,
            trouble=self._trouble,
            failed=self._decoder_failed,
            first=self._lanes.first(lane),
        )
        self._decoder.put(*self._group.packets())

    def _stop_decoder(self) -> None:
        decoder, self._decoder = self._decoder, None
        if decoder is not None:
            decoder.finish()

    def _decoder_failed(self, reason: str) -> None:
        if not self._finished.is_set():
            self._finished.set()
            self._owner.ended(self.generation, reason=reason)
