"""What the doctor looks at of the screen: its libraries, its fonts, the decoders."""

import ctypes
import json
import os
import sys
from collections.abc import Iterator
from importlib.resources import files
from typing import Final

from console.doctor import INSTALL, Check, Finding, fine, look, wrong
from console.doctor_machine import SYSTEM_LIBRARIES, WINDOW_LIBRARIES, run_child
from console.plain_words import QT_TRANSLATE_NOOP
from console.processes import own_command
from resources.home import Home
from video.acceleration import Trial
from video.hardware import choose

SMALLEST_SCREEN: Final = (1366, 768)
TRY_SCREEN = """
import json, sys
from PySide6.QtGui import QFontDatabase, QGuiApplication
application = QGuiApplication([])
chinese = QFontDatabase.WritingSystem.SimplifiedChinese
fonts = {}
for path in sys.argv[1:]:
    number = QFontDatabase.addApplicationFont(path)
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    fonts[path] = any(
        chinese in QFontDatabase.writingSystems(family) for family in families
    )
screens = [
    [screen.size().width(), screen.size().height()]
    for screen in application.screens()
]
sys.stdout.write(json.dumps({"screens": screens, "fonts": fonts}))
"""
TRY_DECODER = """
import json, sys
import av, av.error
found = []
for name in ("h264", "hevc", "mjpeg"):
    try:
        av.CodecContext.create(name, "r").open()
        found.append(name)
    except (ValueError, av.error.FFmpegError):
        pass
sys.stdout.write(json.dumps(found))
"""


def window_libraries(_home: Home) -> Iterator[Finding]:
    """Look for what a window needs on an X11 screen."""
    if not sys.platform.startswith("linux"):
        return
    missing = [
        package
        for file, package in (SYSTEM_LIBRARIES | WINDOW_LIBRARIES).items()
        if not _loads(file)
    ]
    if not missing:
        yield fine(
            "window", QT_TRANSLATE_NOOP("Doctor", "what a window needs is there")
        )
        return
    yield wrong(
        "window",
        QT_TRANSLATE_NOOP(
            "Doctor", "a window lacks libraries of the system: {packages}"
        ),
        QT_TRANSLATE_NOOP(
            "Doctor", "On Debian and Ubuntu: sudo apt install {packages}."
        ),
        packages=" ".join(missing),
    )


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def screen(_home: Home) -> Iterator[Finding]:
    """Open Qt's screen and the fonts that ship with the program."""
    fonts = [str(entry) for entry in (files("resources") / "fonts").iterdir()]
    fonts = sorted(path for path in fonts if path.endswith(".otf"))
    here = sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    more = {} if here else {"QT_QPA_PLATFORM": "offscreen"}
    status, said = run_child(TRY_SCREEN, *fonts, **more)
    if status != 0:
        yield wrong(
            "display",
            QT_TRANSLATE_NOOP("Doctor", "Qt cannot open a window on this screen"),
            QT_TRANSLATE_NOOP(
                "Doctor",
                "Mend what stands above; over a remote line, log in at the screen itself.",
            ),
        )
        return
    found = json.loads(said.splitlines()[-1])
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if here and platform.startswith(("offscreen", "minimal")):
        yield look(
            "display",
            QT_TRANSLATE_NOOP(
                "Doctor", "QT_QPA_PLATFORM is {platform}: no window shows"
            ),
            QT_TRANSLATE_NOOP("Doctor", "Take it out of the environment for a desk."),
            platform=platform,
        )
    elif not here:
        yield look(
            "display",
            QT_TRANSLATE_NOOP(
                "Doctor",
                "this terminal has no screen: no desk can be opened from it; one that is"
                " open elsewhere is not affected",
            ),
            QT_TRANSLATE_NOOP(
                "Doctor",
                "To open one, use a terminal on the screen itself (DISPLAY is not set).",
            ),
        )
    else:
        yield from _screens(found["screens"])
    yield from _fonts(found["fonts"])


def _screens(sizes: list[list[int]]) -> Iterator[Finding]:
    text = ", ".join(f"{width}x{height}" for width, height in sizes)
    if any(w >= SMALLEST_SCREEN[0] and h >= SMALLEST_SCREEN[1] for w, h in sizes):
        yield fine(
            "display", QT_TRANSLATE_NOOP("Doctor", "screens: {sizes}"), sizes=text
        )
        return
    yield look(
        "display",
        QT_TRANSLATE_NOOP("Doctor", "the screen is small: {sizes}"),
        QT_TRANSLATE_NOOP(
            "Doctor", "The desk is made for 1366x768 and more; lower the scaling."
        ),
        sizes=text or "-",
    )


def _fonts(fonts: dict[str, bool]) -> Iterator[Finding]:
    if len(fonts) >= 2 and all(fonts.values()):
        yield fine(
            "fonts", QT_TRANSLATE_NOOP("Doctor", "the fonts that ship show Chinese")
        )
        return
    yield wrong(
        "fonts",
        QT_TRANSLATE_NOOP("Doctor", "the fonts that ship cannot be used"),
        INSTALL,
    )


def decoder(_home: Home) -> Iterator[Finding]:
    """Open the decoders of the cameras' pictures."""
    status, said = run_child(TRY_DECODER)
    found = json.loads(said.splitlines()[-1]) if status == 0 and said.strip() else []
    if {"h264", "hevc"} <= set(found):
        yield fine(
            "decoder",
            QT_TRANSLATE_NOOP("Doctor", "decodes {codecs}"),
            codecs=", ".join(found),
        )
        return
    yield wrong(
        "decoder",
        QT_TRANSLATE_NOOP("Doctor", "pictures of cameras cannot be decoded"),
        INSTALL,
    )


def hardware(_home: Home) -> Iterator[Finding]:
    """Try what besides the processor may decode."""
    uses = choose(Trial(own_command("video-probe")).run())
    if not uses:
        yield fine(
            "hardware",
            QT_TRANSLATE_NOOP(
                "Doctor", "decodes in software; no usable hardware decoder was found"
            ),
        )
        return
    yield fine(
        "hardware",
        QT_TRANSLATE_NOOP("Doctor", "hardware decodes {codecs}"),
        codecs=", ".join(
            f"{use.codec} ({use.kind}{', ≥ 1920x1080' if use.pixels else ''})"
            for use in uses
        ),
    )


CHECKS: tuple[tuple[str, Check], ...] = (
    ("window", window_libraries),
    ("display", screen),
    ("decoder", decoder),
    ("hardware", hardware),
)
