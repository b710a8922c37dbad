"""What the doctor looks at on the machine: libraries, screen, fonts, disk, clock, ports."""

import ctypes
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from console.doctor import INSTALL, Check, Finding, fine, look, wrong
from console.plain_words import QT_TRANSLATE_NOOP
from resources.home import Home

CHILD_S = 60.0
LEAST_FREE, ENOUGH_FREE = 10**9, 5 * 10**9
FIRST_YEAR = 2026  # before this version was written no clock can be right
LIBRARIES = (
    *("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtNetwork"),
    *("pyqtgraph", "av", "cv2", "numpy", "zmq", "msgspec", "sqlalchemy", "alembic"),
    *("cryptography", "keyring", "pyproj", "pypinyin", "tzdata"),
)
# What Qt loads, and Debian's package that brings it.
SYSTEM_LIBRARIES: Final = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW_LIBRARIES: Final = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libX11-xcb.so.1": "libx11-xcb1",
}

# Each in a process of its own: a library that crashes takes only that with it.
TRY_LIBRARIES = """
import importlib, json, sys

def say(name, what):
    sys.stdout.write(json.dumps([name, what]) + "\\n")
    sys.stdout.flush()

for name in sys.argv[1:]:
    say(name, None)
    try:
        importlib.import_module(name)
        say(name, "")
    except Exception as error:
        say(name, f"{type(error).__name__}: {error}")
"""


def python(_home: Home) -> Iterator[Finding]:
    """Look at Python itself."""
    version = ".".join(map(str, sys.version_info[:3]))
    if (3, 11) <= sys.version_info[:2] <= (3, 14):
        yield fine(
            "python", QT_TRANSLATE_NOOP("Doctor", "Python {version}"), version=version
        )
        return
    yield wrong(
        "python",
        QT_TRANSLATE_NOOP("Doctor", "Python {version} is not supported"),
        QT_TRANSLATE_NOOP("Doctor", "Install Python 3.11 to 3.14, then: make setup."),
        version=version,
    )


def libraries(_home: Home) -> Iterator[Finding]:
    """Load every library the program stands on."""
    said = run_child(TRY_LIBRARIES, *LIBRARIES)[1]
    result: dict[str, str | None] = dict(json.loads(line) for line in said.splitlines())
    bad = False
    for name in LIBRARIES:
        error = result.get(name, "not reached")
        if error == "" or (error == "not reached" and bad):
            continue
        bad = True
        yield _missing(name, error)
    if not bad:
        count = len(LIBRARIES)
        yield fine(
            "libraries", QT_TRANSLATE_NOOP("Doctor", "all {count} load"), count=count
        )


def _missing(name: str, error: str | None) -> Finding:
    needed = re.search(r"(lib[\w.+-]+\.so[.\d]*)", error or "")
    if needed:
        package = (SYSTEM_LIBRARIES | WINDOW_LIBRARIES).get(needed[1], needed[1])
        return wrong(
            "libraries",
            QT_TRANSLATE_NOOP(
                "Doctor", "{name} needs {file}, which is not on this machine"
            ),
            QT_TRANSLATE_NOOP(
                "Doctor", "On Debian and Ubuntu: sudo apt install {package}."
            ),
            name=name,
            file=needed[1],
            package=package,
        )
    if error is None:
        return wrong(
            "libraries",
            QT_TRANSLATE_NOOP("Doctor", "{name} crashes when it is loaded"),
            INSTALL,
            name=name,
        )
    remedy = INSTALL
    if sys.platform == "win32" and "DLL" in error:
        remedy = QT_TRANSLATE_NOOP(
            "Doctor",
            "Install the Microsoft Visual C++ Redistributable (x64), then again.",
        )
    text = QT_TRANSLATE_NOOP("Doctor", "{name} cannot be loaded: {error}")
    return wrong("libraries", text, remedy, name=name, error=error[:200])


def clock(_home: Home) -> Iterator[Finding]:
    """Look whether the clock is plausible and kept right over the network."""
    now = datetime.now(UTC)
    if now.year < FIRST_YEAR:
        yield wrong(
            "clock",
            QT_TRANSLATE_NOOP("Doctor", "the clock says {year}"),
            QT_TRANSLATE_NOOP("Doctor", "Set the clock; alarms are dated by it."),
            year=now.year,
        )
        return
    synchronised = _is_synchronised()
    if synchronised:
        yield fine("clock", QT_TRANSLATE_NOOP("Doctor", "the clock is synchronised"))
        return
    said = QT_TRANSLATE_NOOP("Doctor", "the clock is not synchronised over the network")
    if synchronised is None:
        said = QT_TRANSLATE_NOOP(
            "Doctor", "nobody can say whether the clock is synchronised"
        )
    remedy = QT_TRANSLATE_NOOP(
        "Doctor", "sudo timedatectl set-ntp true; without internet, a time server"
    )
    if sys.platform == "win32":
        remedy = QT_TRANSLATE_NOOP(
            "Doctor", "As administrator: net start w32time, then w32tm /resync"
        )
    yield look("clock", said, remedy)


def _is_synchronised() -> bool | None:
    """Return whether somebody keeps the clock right, or None where nobody knows."""
    if sys.platform == "win32":
        try:
            done = subprocess.run(
                ["w32tm", "/query", "/status"],
                capture_output=True,
                timeout=CHILD_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.returncode == 0
    try:
        library = ctypes.CDLL(None)
        state = int(library.ntp_adjtime(ctypes.create_string_buffer(512)))
    except (OSError, AttributeError):
        return None
    return None if state < 0 else state != 5  # TIME_ERROR: nobody disciplines it


def folder(home: Home) -> Iterator[Finding]:
    """Look whether the home can be written, and by nobody else read."""
    try:
        home.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for part in (home.data, home.logs, home.keys, home.run, home.cache):
            with tempfile.TemporaryFile(dir=part):
                pass
    except OSError as error:
        yield wrong(
            "home",
            QT_TRANSLATE_NOOP("Doctor", "{folder} cannot be written: {error}"),
            QT_TRANSLATE_NOOP(
                "Doctor", "Give it to the user who runs Lookout, or choose --home DIR."
            ),
            folder=home.root,
            error=error.strerror,
        )
        return
    if sys.platform != "win32" and home.keys.stat().st_mode & 0o077:
        yield wrong(
            "home",
            QT_TRANSLATE_NOOP("Doctor", "others can read the keys in {folder}"),
            QT_TRANSLATE_NOOP("Doctor", "chmod -R go-rwx {folder}"),
            folder=home.keys,
        )
        return
    yield fine(
        "home", QT_TRANSLATE_NOOP("Doctor", "{folder} can be written"), folder=home.root
    )


def disk(home: Home) -> Iterator[Finding]:
    """Look how much room the disk of the home has."""
    there = home.root
    while not there.exists():
        there = there.parent
    free = shutil.disk_usage(there).free
    values = {"free": f"{free / 10**9:.1f}"}
    if free >= ENOUGH_FREE:
        yield fine("disk", QT_TRANSLATE_NOOP("Doctor", "{free} GB free"), **values)
        return
    finding = wrong if free < LEAST_FREE else look
    yield finding(
        "disk",
        QT_TRANSLATE_NOOP("Doctor", "only {free} GB free on the disk of the home"),
        QT_TRANSLATE_NOOP(
            "Doctor", "Make room; with a full disk no alarm can be kept."
        ),
        **values,
    )


def ports(home: Home) -> Iterator[Finding]:
    """Look whether the service's ports are free while it does not run."""
    try:
        kept = json.loads((home.run / "addresses.json").read_bytes())
    except (OSError, ValueError):
        yield fine(
            "ports",
            QT_TRANSLATE_NOOP(
                "Doctor", "none is fixed yet; the service takes free ones"
            ),
        )
        return
    from dispatch.service import service_running

    numbers = sorted(int(str(each).rpartition(":")[2]) for each in kept.values())
    text = ", ".join(map(str, numbers))
    if service_running(home) is not None:
        yield fine(
            "ports",
            QT_TRANSLATE_NOOP("Doctor", "in use by the service: {ports}"),
            ports=text,
        )
        return
    taken = [number for number in numbers if not _is_free(number)]
    if not taken:
        yield fine(
            "ports",
            QT_TRANSLATE_NOOP("Doctor", "free for the service: {ports}"),
            ports=text,
        )
        return
    yield look(
        "ports",
        QT_TRANSLATE_NOOP("Doctor", "another program has the service's ports: {ports}"),
        QT_TRANSLATE_NOOP(
            "Doctor",
            "End it; the service would take others, and devices lose their way.",
        ),
        ports=", ".join(map(str, taken)),
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def run_child(code: str, *arguments: str, **environment: str) -> tuple[int, str]:
    """Run a few lines in a process of their own; return its status and words."""
    command = [sys.executable, "-c", code, *arguments]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=os.environ | environment,
            timeout=CHILD_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return 1, ""
    return done.returncode, done.stdout


CHECKS: tuple[tuple[str, Check], ...] = (
    ("python", python),
    ("libraries", libraries),
    ("clock", clock),
    ("home", folder),
    ("disk", disk),
    ("ports", ports),
)
