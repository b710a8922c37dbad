"""Advise on a camera's stream settings: what was measured of it, what would be better.

Pure: no picture is decoded here and no codec loaded; the words belong to the desk.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from video.limits import too_large

#: Every code `advice` gives, the worst first.
ADVICE: Final = (
    "too_large",  # not decoded here at all
    "long_group",  # key frames so rare that a call-up without standby waits for them
    "b_frames",  # pictures out of order: late by as many as are held back
    "h265_weak",  # costs about twice as much to decode as H.264, on few processors
    "jpeg",  # takes many times the network of H.264
    "fast",  # more pictures a second than a desk paints
    "small_large",  # the stream for small tiles is a large one
    "no_small",  # a large stream, and none for small tiles
)

LONGEST_GROUP_S: Final = 2.2  # 2 s is what is asked for; a tenth for inexact clocks
FASTEST: Final = 31.0  # a desk paints 30 times a second
FEW_CORES: Final = 4
LARGE: Final = 1280 * 720
ENOUGH_S: Final = 12.0  # shows a group of five times what is asked for
_LEAST_S: Final = 0.5
_LEAST_B: Final = 2  # such pictures; one group has many


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """What was seen of a stream.

    Attributes:
        codec: FFmpeg's name of it.
        width: Pixels in a row, 0: not known.
        height: Rows, 0: not known.
        fps: Pictures a second, 0: not known.
        group_s: The longest time from key frame to key frame, or without one.
        reordered: Pictures come in another order than they are shown in.
        mbit_s: What it takes of the network, 0: not known.
    """

    codec: str
    width: int = 0
    height: int = 0
    fps: float = 0.0
    group_s: float = 0.0
    reordered: bool = False
    mbit_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look at an address found.

    Attributes:
        reason: "" where a picture came, else one of `video.contract.REASONS`.
        measured: What was seen of it, or None.
    """

    reason: str
    measured: Measured | None = None


class Meter:
    """Measures a stream from its packets, for a while: what is lost later is no setting.

    Thread: one session's.

    Attributes:
        groups: How many whole groups of pictures were seen.
    """

    def __init__(self) -> None:
        self._first: float | None = None
        self._newest = 0.0
        self._last = 0.0
        self._key_at: float | None = None
        self._packets = self._bytes = 0
        self._longest = 0.0
        self._between = 0
        self.groups = 0

    @property
    def settled(self) -> bool:
        """Return whether it has seen enough of the stream."""
        return self.seconds >= ENOUGH_S

    def packet(
        self,
        at: float | None,
        *,
        key: bool,
        size: int = 0,
        is_b: Callable[[], bool] = lambda: False,
    ) -> None:
        """Note a packet.

        That times go back is not enough to say that pictures are reordered: a camera
        sets its clock, a server that has begun or is in a hurry stamps unevenly. Nor
        is a B picture, where all it is made of was shown before. Both together are.

        Args:
            at: When its picture is to be shown, seconds on the stream's own clock; None:
                it does not say.
            key: Whether decoding may start there.
            size: Its bytes.
            is_b: Whether it is a B picture; asked only where its time goes back.
        """
        if at is None:
            return
        if self._first is None:
            self._first = self._newest = at
        elif at < self._last and self._between < _LEAST_B:
            self._between += is_b()
        self._last = at
        self._newest = max(self._newest, at)
        self._packets += 1
        self._bytes += size
        if key:
            if self._key_at is not None:
                self._longest = max(self._longest, at - self._key_at)
                self.groups += 1
            self._key_at = at

    @property
    def seconds(self) -> float:
        """Return how much of the stream has been seen."""
        return 0.0 if self._first is None else self._newest - self._first

    def measured(self, codec: str, *, width: int, height: int) -> Measured:
        """Return what was seen so far."""
        began = self._newest if self._first is None else self._first
        since = self._newest - (began if self._key_at is None else self._key_at)
        enough = self.seconds >= _LEAST_S
        return Measured(
            codec=codec,
            width=width,
            height=height,
            fps=round((self._packets - 1) / self.seconds, 1) if enough else 0.0,
            group_s=round(max(self._longest, since), 2),
            reordered=self._between >= _LEAST_B,
            mbit_s=round(self._bytes * 8e-6 / self.seconds, 2) if enough else 0.0,
        )


def advice(
    measured: Measured, *, small: bool, has_small: bool, cores: int
) -> tuple[str, ...]:
    """Return codes of `ADVICE` for a stream that is a poor fit, the worst first.

    Args:
        measured: What was seen of it.
        small: It is the camera's stream for small tiles.
        has_small: The camera has such a stream.
        cores: Processors of the machine that decodes.
    """
    pixels = measured.width * measured.height
    holds = {
        "too_large": too_large(measured.width, measured.height),
        "long_group": measured.group_s > LONGEST_GROUP_S,
        "b_frames": measured.reordered,
        "h265_weak": measured.codec == "hevc" and cores < FEW_CORES,
        "jpeg": measured.codec == "mjpeg",
        "fast": measured.fps > FASTEST,
        "small_large": small and pixels > LARGE,
        "no_small": not small and not has_small and pixels > LARGE,
    }
    return tuple(code for code in ADVICE if holds[code])
