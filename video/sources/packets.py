"""What every opener hands on: packets, what a decoder must know, and a plain reason.

An opener is a module of this folder with three names: `SCHEMES`, the beginnings of
the addresses it opens; `probe(url)`, which raises `SourceError` where nobody answers;
and `open_source(url, transport=, login=)`, which returns a `Source`. `OPENERS` in
`video.session` lists them in order.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, cast, runtime_checkable

import av

from video.slices import is_b_picture
from video.sources import Login

if TYPE_CHECKING:  # generic for the type checker only
    from av.video.stream import VideoStream

    Packet: TypeAlias = av.Packet[VideoStream]

_RTP_TICK: Final = Fraction(1, 90_000)


class SourceError(Exception):
    """A stream could not be opened or went away; says why, and never how to log in.

    Attributes:
        reason: One of `video.contract.REASONS`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class CodecSetup:
    """What a decoder must know before the first packet.

    Attributes:
        name: FFmpeg's name of the codec.
        extradata: Parameter sets that stand outside the packets.
        sample_aspect: Width of a pixel against its height, if a decoder says nothing.
        width: Pixels in a row, 0 where that is not known yet.
        height: Rows, 0 where that is not known yet.
    """

    name: str
    extradata: bytes | None
    sample_aspect: float
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class VideoPacket:
    """One packet of the picture, with the moment it came in.

    Attributes:
        packet: What a decoder takes, or the bytes of which it is made when needed.
        key: Decoding may start here.
        size: Bytes.
        arrived: `time.monotonic()` when it had come in.
        stamp: Of bytes: when to show it, in RTP's 1/90000 s.
        late_s: How long it was held up on the way, as far as that is known.
    """

    packet: "Packet | bytes" = field(repr=False)
    key: bool
    size: int
    arrived: float
    stamp: int = 0
    late_s: float = 0.0

    @property
    def moment(self) -> float | None:
        """Return when to show it, seconds on the stream's own clock; None: it is silent."""
        if isinstance(self.packet, bytes):
            return float(self.stamp * _RTP_TICK)
        pts, base = self.packet.pts, self.packet.time_base
        return float(pts * base) if pts is not None and base else None

    def is_b(self, codec: str) -> bool:
        """Return whether it is a B picture, coded from what is shown after it too."""
        return is_b_picture(codec, bytes(self.packet))

    def coded(self) -> "Packet":
        """Return what a decoder takes: most packets on standby never need it."""
        if not isinstance(self.packet, bytes):
            return self.packet
        made = cast("Packet", av.Packet(self.packet))
        made.pts, made.time_base = self.stamp, _RTP_TICK
        return made


class Source(Protocol):
    """One open stream.

    Thread: opened, read and closed on one thread.
    """

    @property
    def codec(self) -> CodecSetup:
        """Return what a decoder needs."""

    def packets(self) -> Iterator[VideoPacket]:
        """Give packets as they come in; raises `SourceError` when they stop."""

    def close(self) -> None:
        """Let go of it, whatever the other side answers."""


@runtime_checkable
class DirectSource(Source, Protocol):
    """A source whose packets can be fetched without waiting.

    Thread: opened on one, then fetched from on one other.
    """

    def fileno(self) -> int:
        """Return what an operating system waits for."""

    def receive(self, most: int) -> list[VideoPacket]:
        """Return what has come in, at most so many bytes read; never waits.

        Raises:
            SourceError: Nothing more will come.
        """

    def tend(self, now: float) -> None:
        """Say that somebody is there, now and then; raises `SourceError` on silence."""


class Opener(Protocol):
    """What a module of this folder is to `video.session`."""

    @property
    def SCHEMES(self) -> tuple[str, ...]:  # noqa: N802 - a module's constant
        """Beginnings of the addresses it opens, without the colon."""

    def probe(self, url: str) -> None:
        """Raise `SourceError` unless somebody answers at this address."""

    def open_source(self, url: str, *, transport: str, login: Login | None) -> Source:
        """Open a stream; raises `SourceError` where that is not possible."""
