"""Try this machine's decoding devices: a process of its own, because drivers crash.

Each kind decodes small clips that ship, and has to be a device indeed (PyAV opens
software without a word), to show what software shows, and to say how long it took.
A JSON line goes out on stdout for each thing tried, as soon as it is known, so that
what a later one does to the process costs nothing of it.
"""

import io
import json
import os
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import asdict
from fractions import Fraction
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import av
import av.error
import av.logging
import cv2
import numpy as np
from av.codec.hwaccel import hwdevices_available
from numpy.typing import NDArray

from video.contexts import NoDevice, open_context
from video.hardware import CODECS, Finding, kinds_for
from video.pixels import TileMaker
from video.sources.packets import CodecSetup

if TYPE_CHECKING:
    from video.sources.packets import Packet

_NICENESS: Final = 8
_TILE: Final = (480, 270)
#: Of 255, on average: rounding differs, pictures do not.
_TOLERANCE: Final = 1.5
_BAD: Final = (av.error.FFmpegError, ValueError, MemoryError, cv2.error, NoDevice)

_Tiles = list[NDArray[np.uint8]]


def clip(name: str, codec: str) -> list["Packet"]:
    """Return the packets of a clip, "small" or "large"."""
    data = (files("resources") / "clips" / f"{name}.{codec}").read_bytes()
    cutter = av.CodecContext.create(codec, "r")
    packets = [*cutter.parse(data), *cutter.parse(None)]
    for number, packet in enumerate(packets):
        packet.pts = packet.dts = number
        packet.time_base = Fraction(1, 25)
    return packets


def play(codec: str, packets: Iterable["Packet"], kind: str) -> tuple[_Tiles, float]:
    """Return a clip as tiles, and the seconds after the first picture.

    Raises:
        NoDevice, av.error.FFmpegError: It cannot be decoded like this.
    """
    context = open_context(CodecSetup(codec, None, 1.0), kind=kind)
    maker, tiles, began = TileMaker(), _Tiles(), 0.0
    for packet in packets:
        for frame in context.decode(packet):
            tile = np.empty((_TILE[1], _TILE[0], 4), np.uint8)
            maker.paint(frame, tile.data, size=_TILE)
            tiles.append(tile)
            began = began or time.perf_counter()  # opening a device is paid once
    return tiles, time.perf_counter() - began


def alike(shown: _Tiles, right: _Tiles) -> bool:
    """Return whether these are the same pictures, none of them missing."""
    return len(shown) == len(right) > 0 and all(
        float(cv2.absdiff(one, other).mean()) <= _TOLERANCE
        for one, other in zip(shown, right, strict=True)
    )


def attempt(kind: str, codec: str) -> Finding:
    """Try one kind of device with one codec."""
    shares = []
    for name in ("small", "large"):
        packets = clip(name, codec)
        try:
            shown, took = play(codec, packets, kind)
        except _BAD:
            return Finding(kind, codec, right=False)
        right, software = play(codec, packets, "")
        if not alike(shown, right):
            return Finding(kind, codec, right=False)
        shares.append(round(took / software, 3))
    return Finding(kind, codec, True, *shares)


def run() -> int:
    """Say what was found, and end; at once where stdin closes."""
    out = io.TextIOWrapper(io.FileIO(os.dup(1), "w"), "utf-8", write_through=True)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for fd in (1, 2):  # drivers are talkative
        os.dup2(nowhere, fd)
    threading.Thread(target=_follow_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    av.logging.set_level(None)
    cv2.setNumThreads(1)
    built_in = hwdevices_available()
    for kind in kinds_for(sys.platform):
        for codec in CODECS if kind in built_in else ():
            out.write(json.dumps(asdict(attempt(kind, codec))) + "\n")
    out.flush()
    os._exit(0)  # what a driver does when it is taken down is nobody's concern


def _follow_parent() -> None:
    while os.read(0, 4096):
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(run())
