"""Open a decoder: on a device where one is given, in software everywhere else."""

from typing import Final

import av
from av.codec.hwaccel import HWAccel
from av.video.codeccontext import VideoCodecContext

from video.hardware import Devices
from video.limits import MAX_PIXELS
from video.sources.packets import CodecSetup

#: What has decoders of its own, and does not help FFmpeg's.
_OWN_DECODERS: Final = frozenset({"qsv", "amf"})
#: One for all streams of a process: each by itself would take a hundred megabytes.
_SHARED: Final = {"cuda": {"primary_ctx": "1"}}
#: A device that took so many packets and gave no picture will give none.
_DRY: Final = 25


class NoDevice(Exception):  # noqa: N818 - what a machine lacks, not a fault
    """The device takes no such stream."""


def open_context(
    setup: CodecSetup, *, kind: str = "", skips: bool = False
) -> VideoCodecContext:
    """Return a decoder for a stream.

    Args:
        setup: What is known of the stream.
        kind: The device, in FFmpeg's words; "" for software.
        skips: Leave the loop filter out, in software.

    Raises:
        NoDevice: PyAV opened software in its place, as it does without a word.
        av.error.FFmpegError: The device does not open, or there is no such codec.
    """
    if kind:
        name = f"{setup.name}_{kind}" if kind in _OWN_DECODERS else setup.name
        device = HWAccel(
            kind, allow_software_fallback=False, options=dict(_SHARED.get(kind, {}))
        )
        context = av.CodecContext.create(name, "r", hwaccel=device)
        if not context.is_hwaccel:
            raise NoDevice(kind)
    else:
        context = av.CodecContext.create(setup.name, "r")
    assert isinstance(context, VideoCodecContext)
    if setup.extradata:
        context.extradata = setup.extradata
    context.thread_count = 1
    options = {"max_pixels": str(MAX_PIXELS)}
    if skips and not kind:
        options["skip_loop_filter"] = "all"
    context.options = options
    return context


class Contexts:
    """Opens the decoders of one connection: on a device until that fails once.

    Thread: the connection's lane.

    Attributes:
        kind: The device of what is open, "" for software.
    """

    def __init__(self, setup: CodecSetup, devices: Devices) -> None:
        self.kind = ""
        self._setup = setup
        self._devices = devices
        self._gave_up = False
        self._skips = False
        self._packets = 0
        self._begun = False

    def fits(self, *, pixels: int, skips: bool) -> bool:
        """Return whether what is open is what would be opened now."""
        kind = self._wanted(pixels)
        return kind == self.kind and (bool(kind) or skips == self._skips)

    def open(self, *, pixels: int, skips: bool) -> VideoCodecContext:
        """Open one; software where the device does not open."""
        self.kind, self._skips = self._wanted(pixels), skips
        self._packets, self._begun = 0, False
        if self.kind:
            try:
                return open_context(self._setup, kind=self.kind)
            except (av.error.FFmpegError, NoDevice, ValueError):
                self.give_up()
        return open_context(self._setup, skips=skips)

    def took(self, *, frames: int) -> bool:
        """Note what a packet gave; return False where a device gives nothing."""
        self._begun = self._begun or frames > 0
        self._packets += 1
        return not self.kind or self._begun or self._packets < _DRY

    def give_up(self) -> bool:
        """Leave the device for good; return False where it was software."""
        if not self.kind:
            return False
        self._devices.gave_up(self.kind, begun=self._begun)
        self._gave_up, self.kind = True, ""
        return True

    def _wanted(self, pixels: int) -> str:
        if self._gave_up:
            return ""
        return self._devices.kind_for(self._setup.name, pixels=pixels)
