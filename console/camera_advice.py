"""What would be better of a camera's stream settings, in words; without Qt.

Said where somebody can act on it: by `lookout camera add` and `camera login`, by the
doctor, and at the desk in the menu of the tile that shows the stream.
"""

import os
from collections.abc import Callable
from dataclasses import asdict
from typing import Final

from console.plain_words import QT_TRANSLATE_NOOP
from dispatch.cameras import Camera
from video.advice import Measured, advice
from video.contract import StreamStatus

# By the codes of `video.advice`.
ADVISED: Final = {
    "too_large": QT_TRANSLATE_NOOP(
        "Command", "set a picture of at most 4096x4096, or give a small stream"
    ),
    "long_group": QT_TRANSLATE_NOOP(
        "Command",
        "set a key frame every 2 s (it is {group_s} s): a call-up waits for it",
    ),
    "b_frames": QT_TRANSLATE_NOOP(
        "Command", "switch B-frames off: they make the picture late"
    ),
    "h265_weak": QT_TRANSLATE_NOOP(
        "Command", "set H.264: H.265 is hard to decode on {cores} processors"
    ),
    "jpeg": QT_TRANSLATE_NOOP(
        "Command", "set H.264: JPEG takes many times the network"
    ),
    "fast": QT_TRANSLATE_NOOP(
        "Command",
        "set 25 pictures a second (it is {fps}): a desk shows no more than 30",
    ),
    "small_large": QT_TRANSLATE_NOOP(
        "Command", "set the small stream to 640x360 (it is {width}x{height})"
    ),
    "no_small": QT_TRANSLATE_NOOP(
        "Command",
        "give a small stream of 640x360 too (--sub-url): this one is {width}x{height}",
    ),
}


def advised(
    measured: Measured, camera: Camera, *, small: bool
) -> list[tuple[str, dict[str, object]]]:
    """Return what would be better of a stream, in English with gaps, the worst first.

    Args:
        measured: What was seen of it.
        camera: Whose it is.
        small: It is the one for small tiles.
    """
    cores = os.cpu_count() or 1
    codes = advice(measured, small=small, has_small=bool(camera.sub_url), cores=cores)
    return [(ADVISED[code], asdict(measured) | {"cores": cores}) for code in codes]


def said_of(
    status: StreamStatus, camera: Camera, translate: Callable[[str, str], str]
) -> list[str]:
    """Return that of a stream that comes in, in the words of a desk."""
    if status.measured is None:
        return []
    found = advised(status.measured, camera, small=status.small)
    return [translate("Command", text).format_map(values) for text, values in found]
