"""What a look at a camera's addresses finds, in words: whether it answers, what is better.

A technician at the command line has the camera's settings at hand, so that is where
advice about them stands.
"""

import os
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from typing import Final

from console.command_words import CommandWords
from console.plain_words import QT_TRANSLATE_NOOP
from dispatch.cameras import Camera, machine_of
from video.advice import Looked, advice

# What a look at a camera's address found, by the words of `video.contract`.
LOOKED = {
    "": QT_TRANSLATE_NOOP("Command", "reachable, a picture came"),
    "login": QT_TRANSLATE_NOOP(
        "Command", "reachable, but the user name or password is wrong"
    ),
    "refused": QT_TRANSLATE_NOOP(
        "Command", "not reachable: nobody answers at this address"
    ),
    "timeout": QT_TRANSLATE_NOOP("Command", "not reachable: no answer in time"),
    "not_found": QT_TRANSLATE_NOOP(
        "Command",
        "reachable, but there is no picture at this path; correct the address",
    ),
    "busy": QT_TRANSLATE_NOOP(
        "Command", "reachable, but it is busy or reports an error of its own"
    ),
    "no_picture": QT_TRANSLATE_NOOP("Command", "reachable, but no picture came"),
    "too_large": QT_TRANSLATE_NOOP(
        "Command", "reachable, but its picture is larger than what is decoded here"
    ),
    "other": QT_TRANSLATE_NOOP("Command", "reachable, but its picture cannot be used"),
}
# What would be better of a camera's settings, by the codes of `video.advice`.
ADVISED = {
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
NO_PICTURE: Final = 3  # the exit status where a camera stands and shows no picture
# What a look at an address and log-in finds.
Look = Callable[[str, tuple[str, str] | None], Looked]


def remembering(look: Look) -> Look:
    """Return a look that asks each address once, however often it is wanted."""
    return cache(look)


def looks(
    camera: Camera, login: tuple[str, str] | None, look: Look, say: CommandWords
) -> tuple[list[str], int]:
    """Return what a look at each of a camera's addresses finds, and the exit status."""
    found = [
        (QT_TRANSLATE_NOOP("Command", "picture: {found}"), camera.main_url),
        (QT_TRANSLATE_NOOP("Command", "small picture: {found}"), camera.sub_url),
    ]
    lines, status = [], 0
    refused: set[str] = set()  # a wrong log-in is not tried again: it locks accounts
    for what, url in found:
        if not url:
            continue
        known = machine_of(url) in refused
        looked = Looked("login") if known else look(url, login)
        if looked.reason == "login":
            refused.add(machine_of(url))
        status = NO_PICTURE if looked.reason else status
        lines.append(say(what, found=say(LOOKED.get(looked.reason, LOOKED["other"]))))
        if looked.measured is not None and looked.reason in ("", "too_large"):
            cores = os.cpu_count() or 1
            small = url == camera.sub_url
            has_small = bool(camera.sub_url)
            codes = advice(
                looked.measured, small=small, has_small=has_small, cores=cores
            )
            values = asdict(looked.measured) | {"cores": cores}
            better = QT_TRANSLATE_NOOP("Command", "  better: {advice}")
            lines += [say(better, advice=say(ADVISED[c], **values)) for c in codes]
    return lines, status
