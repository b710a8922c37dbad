"""Sources for benches: any number of cameras from one coded loop of a fixed profile.

`python -m video.virtual_camera --bench sub --count 16` reads {"username", "password"}
from standard input (without a user name anybody may watch) and prints one line, {"bench": {"port", "profile", "codec", "rate",
"gop", "pictures", "loop_ticks", "ticks_per_second", "bit_rate", "cameras"}}, in which
each camera has "camera", "url" and "offset_s". It ends when standard input closes.

Every picture carries its place in the loop (`video.frame_code`), and the sender's
clock is `time.monotonic()`, one for all processes of a machine. A camera has sent
picture `floor((now - offset_s) * rate) % pictures`, so whoever reads the number in a
painted picture knows when it left: see `sent_at`. Offsets spread the cameras over a
group of pictures, as cameras that were switched on at different moments are.
"""

import math
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from video.coded_loop import Loop, load_coded, open_encoder, save_coded
from video.frame_code import (
    LOOP_SECONDS,
    TICKS_PER_SECOND,
    FrameMark,
    write_frame_mark,
)

VERSION = 1  # part of every file's name: raise it when pictures or coding change
_SCENE = "crossing"
_GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """A fixed kind of stream, the same on every machine.

    Attributes:
        name: "sub" or "main".
        seconds: Length of the loop; whole scenes of 12 s, whole groups.
    """

    name: str
    width: int
    height: int
    rate: int
    bit_rate: int
    gop: int
    seconds: int

    @property
    def pictures(self) -> int:
        """Return the number of pictures in the loop."""
        return self.rate * self.seconds

    @property
    def loop_ticks(self) -> int:
        """Return the loop's length in ticks of the frame mark."""
        return self.seconds * TICKS_PER_SECOND


PROFILES = {
    "sub": Profile(
        name="sub", width=640, height=360, rate=15, bit_rate=600_000, gop=30, seconds=60
    ),
    "main": Profile(
        name="main",
        width=1920,
        height=1080,
        rate=25,
        bit_rate=4_000_000,
        gop=50,
        seconds=24,
    ),
}


def offset_s(index: int, profile: Profile) -> float:
    """Return by how much a camera runs behind the first: never in step with another."""
    return (index * _GOLDEN % 1.0) * profile.gop / profile.rate


def sent_at(
    number: int, *, now: float, profile: Profile, camera_offset_s: float
) -> float:
    """Return when the newest picture of a number left its camera.

    Args:
        number: What the picture says of itself.
        now: `time.monotonic()` when it was seen.
        profile: The stream's.
        camera_offset_s: The camera's.
    """
    left = number / TICKS_PER_SECOND + camera_offset_s
    return now - (now - left) % profile.seconds


def bench_cache() -> Path:
    """Return where bench loops are kept: $LOOKOUT_BENCH_CACHE, or the user's cache."""
    named = os.environ.get("LOOKOUT_BENCH_CACHE")
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "lookout-bench"


def bench_file(profile: Profile, codec: str, cache: Path) -> Path:
    """Return the path of a profile's coded stream."""
    return cache / f"bench-{profile.name}-{codec}-v{VERSION}.{codec}"


def bench_loop(
    profile: Profile,
    codec: str,
    cache: Path,
    *,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Loop:
    """Return a profile's loop, coded now if it is not in the cache."""
    path = bench_file(profile, codec, cache)

    def kept() -> Loop | None:
        return load_coded(
            path, pictures=profile.pictures, rate=profile.rate, codec=codec
        )

    loop = kept()
    if loop is None:
        data = _coded(profile, codec, progress)
        save_coded(path, data, pictures=profile.pictures)
        loop = kept()
    if loop is None:
        raise RuntimeError(f"the bench loop {path.name} is unusable")
    return loop


def _coded(profile: Profile, codec: str, progress: Callable[[int, int], None]) -> bytes:
    import av
    import cv2

    from video.scenes import open_scene
    from video.scenes_eye import Image

    size = (profile.width, profile.height)
    scene = open_scene(_SCENE, (min(1280, profile.width), min(720, profile.height)))
    encoder = open_encoder(
        codec,
        size=size,
        rate=profile.rate,
        bit_rate=profile.bit_rate,
        gop=profile.gop,
        preset="veryfast" if codec == "h264" else "ultrafast",
    )
    coded = bytearray()
    for index in range(profile.pictures):
        t = index / profile.rate
        picture = scene.draw(t % LOOP_SECONDS)
        if picture.shape[1] != profile.width:
            picture = cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR)
        number = index * TICKS_PER_SECOND // profile.rate
        write_frame_mark(picture, FrameMark(number, 0))
        i420: Image = cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420)
        frame = av.VideoFrame.from_ndarray(i420, format="yuv420p")
        frame.pts = index
        for packet in encoder.encode(frame):
            coded += bytes(packet)
        if index % 50 == 49:
            progress(index + 1, profile.pictures)
    for packet in encoder.encode(None):
        coded += bytes(packet)
    return bytes(coded)
