"""Whether there is a screen to open a window on; loads no Qt."""

import os
import sys


def has_display() -> bool:
    """Return whether a window would be seen."""
    if sys.platform in ("win32", "darwin"):
        return True
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform.startswith(("offscreen", "minimal")):
        return False
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
