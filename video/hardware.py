"""What besides the processor may decode: which kinds suit a machine, which is used.

Pure, and loads no codec: what a look at the machine found goes in, what the workers
may use comes out. `video/hardware_probe.py` looks, `video/acceleration.py` has it
looked and tells the workers, `video/contexts.py` opens.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

#: FFmpeg's names of devices, the ones to be tried first first.
KINDS: Final = {
    "win32": ("d3d11va", "d3d12va", "cuda", "qsv"),
    "linux": ("vaapi", "cuda", "qsv"),
}
CODECS: Final = ("h264", "hevc")
#: From so many pixels a picture is a large one: 1920x1080, without what pads it.
LARGE_PIXELS: Final = 1920 * 1080
#: So many first pictures that fail, and a worker does not try the device any more.
MOST_FAILURES: Final = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of trying one kind of device with one codec.

    Attributes:
        kind: The device, in FFmpeg's words.
        codec: "h264" or "hevc".
        right: Whether it decoded at all, and the same pictures as software does.
        small: How long 640x360 took it, as a share of what software took.
        large: The same of 1920x1080.
    """

    kind: str
    codec: str
    right: bool
    small: float = 0.0
    large: float = 0.0


@dataclass(frozen=True, slots=True)
class Use:
    """What decodes one codec.

    Attributes:
        kind: The device, in FFmpeg's words.
        codec: "h264" or "hevc".
        pixels: Pictures of fewer are left to software; 0: none are.
    """

    kind: str
    codec: str
    pixels: int = 0


def kinds_for(platform: str) -> tuple[str, ...]:
    """Return the kinds of device to try on a platform (`sys.platform`)."""
    return KINDS.get(platform, ())


def choose(findings: Iterable[Finding]) -> tuple[Use, ...]:
    """Return what is worth using, one a codec at most.

    What shows other pictures than software is never used, nor what is slower with
    large ones; what is slower with small ones, for the large ones. Of several the one
    with the fewest limits is used, then the fastest.
    """
    best: dict[str, tuple[tuple[int, float, str], Use]] = {}
    for found in findings:
        if not found.right or found.large > 1.0:
            continue
        pixels = 0 if found.small <= 1.0 else LARGE_PIXELS
        rank = (pixels, found.large, found.kind)
        if found.codec not in best or rank < best[found.codec][0]:
            best[found.codec] = rank, Use(found.kind, found.codec, pixels)
    return tuple(best[codec][1] for codec in sorted(best))


def as_rows(uses: Iterable[Use]) -> list[dict[str, Any]]:
    """Return what may be used, for a line to a worker."""
    return [asdict(use) for use in uses]


class Devices:
    """What the decoders of one process may use, and how far that works.

    Thread: `allow` on the worker's main thread, `failures` on the one that tells, the
    rest on the lanes; every call changes one thing.
    """

    def __init__(self) -> None:
        self._uses: dict[str, Use] = {}
        self._failed: dict[str, int] = {}
        self._untold: list[str] = []

    def allow(self, rows: Sequence[dict[str, Any]]) -> None:
        """Use these from now on, and no others."""
        uses = [Use(**row) for row in rows]
        self._uses = {use.codec: use for use in uses}

    def kind_for(self, codec: str, *, pixels: int) -> str:
        """Return what is to decode a stream, "" for software.

        Args:
            codec: FFmpeg's name of it.
            pixels: Of one picture; 0 where nobody knows: that is taken for few.
        """
        use = self._uses.get(codec)
        if use is None or pixels < use.pixels:
            return ""
        return "" if self._failed.get(use.kind, 0) >= MOST_FAILURES else use.kind

    def gave_up(self, kind: str, *, begun: bool) -> None:
        """Note that a connection went over to software.

        Args:
            kind: What it was decoded with.
            begun: Whether it had given pictures. One that never did tells against the
                device, one that broke off perhaps against the camera.
        """
        if not begun:
            self._failed[kind] = self._failed.get(kind, 0) + 1
        self._untold.append(kind)

    def failures(self) -> list[str]:
        """Return the kinds that gave up since the last call."""
        untold, self._untold = self._untold, []
        return untold
