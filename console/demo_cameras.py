"""The demonstration's cameras while they get ready: how they are drawn, how far it is."""

import threading
import time
from collections.abc import Callable

from console.command_words import CommandWords
from console.patience import Progress
from console.plain_words import QT_TRANSLATE_NOOP
from console.processes import Message
from console.starting import Reporter, StartFailed
from resources.home import Home

CAMERAS_S = 600.0
OPENS_WITH = 4  # cameras that play before the desk opens
ALL_DRAWN_TO = 8  # so many cameras are drawn in whole; of more, what is looked at
NIGHT = {"from": "18:00", "to": "06:00"}  # of the town's own time

DRAWN = QT_TRANSLATE_NOOP(
    "Command", "drawing the demonstration's cameras, this once: {percent} %"
)
DRAWN_UNTIL = QT_TRANSLATE_NOOP("Command", "{drawn}, about {minutes} min to go")


def drawn_in_words(home: Home) -> Progress:
    """Return what tells a terminal how much of the cameras is drawn."""
    say = CommandWords.of(home)

    def line(part: float, left_s: float | None) -> str:
        drawn = say(DRAWN, percent=round(part * 100))
        if left_s is None:
            return drawn
        return say(DRAWN_UNTIL, drawn=drawn, minutes=max(1, round(left_s / 60)))

    return Progress(line)


def how_drawn(cameras: int, *, hurried: bool, large: bool) -> dict[str, object]:
    """Return what the virtual cameras' first line says of drawing.

    A check takes place by day, and of a large town nothing is drawn beside it that
    nobody looks at.

    Args:
        cameras: How many there are.
        hurried: It is a check.
        large: Large pictures are wanted too.
    """
    few = cameras <= ALL_DRAWN_TO
    main: object = large if few or not large else "asked"
    if hurried:
        return {"main": main, "encoders": 2, "background": few}
    return {"main": main, "night": NIGHT}


class CamerasWatch:
    """What the virtual cameras say while they get ready.

    Thread: `hear` on the child's reader thread, `wait` on the starting thread.

    Attributes:
        wanted: Streams to wait for; None: until the cameras call themselves ready.
    """

    def __init__(self, wanted: int | None = None) -> None:
        self.wanted = wanted
        self._news = threading.Condition()
        self._port: int | None = None
        self._error = ""
        self._ready: set[tuple[str, str]] = set()
        self._parts: dict[tuple[str, str], float] = {}

    def hear(self, message: Message) -> None:
        """Take a line of the cameras' process."""
        with self._news:
            match message:
                case {"ready": {"port": int(port), "cameras": dict(cameras)}}:
                    self._port = port
                    self._ready |= {(str(camera), "sub") for camera in cameras}
                case {"camera_ready": {"camera": str(camera)}}:
                    self._ready.add((camera, "sub"))
                case {"stream_ready": {"camera": str(camera), "stream": str(stream)}}:
                    self._ready.add((camera, stream))
                case {
                    "progress": {
                        "camera": str(camera),
                        "stream": str(stream),
                        "done": done,
                        "of": of,
                    }
                }:
                    self._parts[camera, stream] = float(done) / max(1.0, float(of))
                case {"error": error}:
                    self._error = str(error)
            self._news.notify_all()

    def wait(self, report: Reporter, tell: Callable[[float | None], None]) -> int:
        """Return the cameras' port once enough of them play.

        Args:
            report: The start page's.
            tell: Takes the part that is drawn, for the terminal.

        Raises:
            StartFailed: They cannot play, or not in ten minutes.
        """
        report("cameras")
        end = time.monotonic() + CAMERAS_S
        with self._news:
            while self._port is None or len(self._ready) < (self.wanted or 0):
                if self._error:
                    raise StartFailed("cameras", self._error)
                if time.monotonic() > end:
                    raise StartFailed("cameras", "no picture in ten minutes")
                self._news.wait(0.2)
                done = self._done()
                report("cameras", done)
                tell(done)
            return self._port

    def _done(self) -> float | None:
        """Return the part that is done, or None where nothing has to be drawn."""
        if not self._parts:
            return None
        parts = {**self._parts, **dict.fromkeys(self._ready, 1.0)}
        best = sorted(parts.values(), reverse=True)[: self.wanted or OPENS_WITH]
        return sum(best) / (self.wanted or OPENS_WITH)
