"""Ticks of its own for the first pictures of a camera that was just called up.

A called-up camera's picture is made at once, whatever round it is. The next tick may be
most of a round away, and somebody waits.
"""

import time
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer

if TYPE_CHECKING:
    from video.workers import VideoEngine

LOOK_MS: Final = 4
#: A camera that is kept ready shows within this; others have no need of such haste.
LOOK_FOR_S: Final = 0.5
#: What was at hand is shown first, and what the camera sent meanwhile right after.
CATCH_UP_S: Final = 0.1


class FirstPictures(QObject):
    """Looks often for the pictures of cameras that were just called up, for a moment.

    Thread: UI.

    Args:
        engine: None: there are no pictures.
        came: Called when one is there that the engine's next poll moves on to.
        parent: With it the looking ends.
    """

    def __init__(
        self,
        engine: "VideoEngine | None",
        came: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._came = came
        self._shown: frozenset[str] = frozenset()
        self._waited: dict[str, float] = {}  # and until when
        self._begun: set[str] = set()  # those of them that have a first picture
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def expect(self, camera_ids: Collection[str]) -> None:
        """Say which cameras are shown from now on: the whole set, each time."""
        until = time.monotonic() + LOOK_FOR_S
        new = frozenset(camera_ids) - self._shown
        self._shown = frozenset(camera_ids)
        self._begun -= new
        kept = {each: at for each, at in self._waited.items() if each in self._shown}
        self._waited = kept | dict.fromkeys(new, until)
        if not self._waited:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def _look(self) -> None:
        engine, now = self._engine, time.monotonic()
        if engine is None:
            self._waited.clear()
        elif engine.has_new(self._waited):
            self._came()
        for camera_id, until in self._waited.items():
            if camera_id not in self._begun and engine and engine.picture(camera_id):
                self._begun.add(camera_id)
                self._waited[camera_id] = min(until, now + CATCH_UP_S)
        self._waited = {k: at for k, at in self._waited.items() if now < at}
        self._begun &= self._waited.keys()
        if not self._waited:
            self._timer.stop()
