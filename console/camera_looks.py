"""What a look at a camera's addresses finds, in words: whether it answers, what is better.

A technician at the command line has the camera's settings at hand, so advice about them
stands there too (`console/camera_advice.py`).
"""

import shlex
from collections.abc import Callable
from functools import cache
from typing import Final

from console.camera_advice import advised
from console.command_words import CommandWords
from console.plain_words import QT_TRANSLATE_NOOP
from dispatch.cameras import Camera, machine_of
from video.advice import Looked

# What a look at a camera's address found, by the words of `video.contract`.
LOOKED = {
    "": QT_TRANSLATE_NOOP("Command", "reachable, a picture came"),
    "login": QT_TRANSLATE_NOOP(
        "Command", "reachable, but the user name or password is wrong"
    ),
    "refused": QT_TRANSLATE_NOOP(
        "Command",
        "not reachable: no connection at its address; see to its power and network, and"
        " whether address and port are right",
    ),
    "unknown_host": QT_TRANSLATE_NOOP(
        "Command", "not reachable: nobody knows a machine of this name"
    ),
    "timeout": QT_TRANSLATE_NOOP("Command", "not reachable: no answer in time"),
    "not_found": QT_TRANSLATE_NOOP(
        "Command",
        "reachable, but there is no picture at this path; correct the address",
    ),
    "busy": QT_TRANSLATE_NOOP(
        "Command",
        "reachable, but it is busy or reports an error of its own; see that fewer look at"
        " it, or start it again",
    ),
    "no_picture": QT_TRANSLATE_NOOP("Command", "reachable, but no picture came"),
    "too_large": QT_TRANSLATE_NOOP(
        "Command", "reachable, but its picture is larger than what is decoded here"
    ),
    "other": QT_TRANSLATE_NOOP("Command", "reachable, but its picture cannot be used"),
}
UNREACHED: Final = ("refused", "unknown_host", "timeout")  # nobody heard a log-in
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
            small = url == camera.sub_url
            better = QT_TRANSLATE_NOOP("Command", "  better: {advice}")
            lines += [
                say(better, advice=say(text, **values))
                for text, values in advised(looked.measured, camera, small=small)
            ]
    if refused:
        again = QT_TRANSLATE_NOOP(
            "Command", "  type it again: lookout camera login {number} --user {user}"
        )
        user = "NAME" if login is None else shlex.quote(login[0])
        lines.append(say(again, number=camera.camera_id, user=user))
    return lines, status
