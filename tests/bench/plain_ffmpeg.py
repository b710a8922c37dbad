"""Bare FFmpeg at the same cameras: the reference of what happens at one of them.

It is told its address in its arguments, so it watches cameras that want no log-in.
"""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import numpy as np

from tests.bench.cameras import BenchCameras
from tests.bench.kit import BenchError
from tests.limits_kit import patience, running
from video.frame_code import read_frame_number

OPENED_S: Final = 20.0
#: What makes it quick: the same little probing that the product does.
_QUICK: Final = (
    *("-hide_banner", "-nostdin", "-loglevel", "error", "-threads", "1"),
    *("-probesize", "32768", "-analyzeduration", "0", "-rtsp_transport", "tcp"),
)


@contextmanager
def _pictures(
    cameras: BenchCameras, camera_id: str
) -> "Iterator[subprocess.Popen[bytes]]":
    """Give a process that writes grey pictures of a camera to its output."""
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        raise BenchError("no ffmpeg to compare with")
    url = cameras.urls[cameras.ids.index(camera_id)]
    with running(
        [
            *(ffmpeg, *_QUICK, "-flags", "low_delay", "-i", url),
            *("-f", "rawvideo", "-pix_fmt", "gray", "-fps_mode", "passthrough"),
            "pipe:1",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            with patience(process, OPENED_S):
                yield process
        finally:
            process.kill()


def _next_number(
    process: "subprocess.Popen[bytes]", cameras: BenchCameras
) -> int | None:
    """Return the number in the next picture; None where it cannot be read."""
    assert process.stdout is not None
    width, height = cameras.profile.width, cameras.profile.height
    data = process.stdout.read(width * height)
    if len(data) < width * height:
        raise BenchError("ffmpeg shows no picture")
    grey = np.frombuffer(data, np.uint8).reshape(height, width, 1)
    return read_frame_number(np.broadcast_to(grey, (height, width, 3)))


def cold_ms(cameras: BenchCameras, camera_id: str) -> float:
    """Return how long it takes from its start to its first decoded picture."""
    began = time.perf_counter()
    with _pictures(cameras, camera_id) as process:
        _next_number(process, cameras)
        return 1000 * (time.perf_counter() - began)


def late_ms(cameras: BenchCameras, camera_id: str, pictures: int) -> list[float]:
    """Return how long after they had left pictures were decoded and handed over."""
    late = []
    with _pictures(cameras, camera_id) as process:
        for _ in range(pictures):
            number = _next_number(process, cameras)
            now = time.monotonic()
            if number is not None:
                left = cameras.sent_at(camera_id, number, seen_at=now)
                late.append(1000 * (now - left))
    return late
