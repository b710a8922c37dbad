"""Whether there is a screen to open a window on, and what is said where none is; no Qt."""

import os
import sys

from console.command_words import CommandWords, complain
from console.plain_words import QT_TRANSLATE_NOOP
from resources.home import Home

NO_DISPLAY = QT_TRANSLATE_NOOP(
    "Command",
    "no display here, so no window opens: neither DISPLAY nor WAYLAND_DISPLAY is set."
    " Open it where a screen is; a machine without one runs lookout service",
)
NO_WINDOW = QT_TRANSLATE_NOOP(
    "Command",
    "no window opens on the display {display}: see that it runs and lets this user in;"
    " lookout doctor names the libraries that are missing",
)


def has_display() -> bool:
    """Return whether a window would be seen."""
    if sys.platform in ("win32", "darwin"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform.startswith(("offscreen", "minimal")):
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def no_window(home: Home) -> bool:
    """Return whether no window can open here, once that has been said.

    Qt would end the process without a word. Its platforms that need no display are
    taken as they are asked for: whoever names one knows it.
    """
    asked = os.environ.get("QT_QPA_PLATFORM", "")
    if has_display() or (asked and not asked.startswith("xcb")):
        return False
    complain(CommandWords.of(home)(NO_DISPLAY))
    return True


def say_why_it_ends() -> None:
    """Say that Qt gives up for want of a display, in the words of the usual home."""
    names = ("WAYLAND_DISPLAY", "DISPLAY")
    display = next(filter(None, map(os.environ.get, names)), "")
    complain(CommandWords.of()(NO_WINDOW, display=display))
