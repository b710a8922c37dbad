"""Monitors of a virtual X server that can be plugged in and unplugged while it runs.

    python -m tests.journeys.virtual_monitors :7 wall=1920,0,1920,1080,1218,685 desk=

sets and takes away monitors by name: x, y, width, height in pixels, width and height in
millimetres. A process of its own, because Xlib ends whoever makes a mistake.
"""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.limits_kit import PATIENCE_S, running

ROOT = Path(__file__).resolve().parents[2]
DESK = "desk=0,0,1920,1080,527,296"
WALL = "wall=1920,0,1920,1080,1218,685"


class _Monitor(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_ulong),
        ("primary", ctypes.c_int),
        ("automatic", ctypes.c_int),
        ("noutput", ctypes.c_int),
        *((each, ctypes.c_int) for each in ("x", "y", "width", "height", "mw", "mh")),
        ("outputs", ctypes.c_void_p),
    )


@contextmanager
def virtual_screen() -> Iterator[str]:
    """Run a server wide enough for two monitors; give its display."""
    read, write = os.pipe()
    command = ["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0"]
    with running(
        [*command, "3840x1080x24"],
        pass_fds=(write,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(write)
        try:
            with os.fdopen(read) as said:
                yield f":{said.readline().strip()}"
        finally:
            server.terminate()


def plug(display: str, *monitors: str) -> None:
    """Plug monitors in ("name=x,y,…") or unplug them ("name=")."""
    subprocess.run(
        [sys.executable, "-m", "tests.journeys.virtual_monitors", display, *monitors],
        check=True,
        timeout=PATIENCE_S,
        cwd=ROOT,
    )


def _main(display: str, monitors: list[str]) -> None:
    x11, randr = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXrandr.so.2")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = x11.XInternAtom.restype = ctypes.c_ulong
    server = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    root = ctypes.c_ulong(x11.XDefaultRootWindow(server))
    for text in monitors:
        name, _, where = text.partition("=")
        atom = ctypes.c_ulong(x11.XInternAtom(server, name.encode(), 0))
        if where:
            sizes = map(int, where.split(","))
            primary = int(name == "desk")
            monitor = _Monitor(atom.value, primary, 0, 0, *sizes, None)
            randr.XRRSetMonitor(server, root, ctypes.byref(monitor))
        else:
            randr.XRRDeleteMonitor(server, root, atom)
    x11.XSync(server, 0)


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2:])
