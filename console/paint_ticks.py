"""When the desk paints: after each round of the workers, as often as they have one.

A tick that runs at its own pace meets a picture that is new, or one that has waited
for most of a tick. This one comes when a round's pictures have just been made.
"""

import math
import time
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from video.contract import ROUND_S, TICK_AFTER_S

#: Ticks are never closer together than this, so that a late one does not make two.
_LEAST_S: Final = ROUND_S / 2


def next_tick(now: float) -> float:
    """Return when the tick after one at `now` is due, both `time.monotonic()`."""
    rounds = math.ceil((now + _LEAST_S - TICK_AFTER_S) / ROUND_S)
    return rounds * ROUND_S + TICK_AFTER_S


class PaintTicks(QObject):
    """Ticks after each round; one that comes late leaves those out that it missed.

    Thread: UI.

    Signals:
        tick: Now.
    """

    tick = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)

    def start(self) -> None:
        """Tick from now on."""
        now = time.monotonic()
        self._timer.start(math.ceil(1000 * (next_tick(now) - now)))

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()

    def _on_timeout(self) -> None:
        self.start()  # first: what is painted may open a dialog, and ticks go on
        self.tick.emit()
