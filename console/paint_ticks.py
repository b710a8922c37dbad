"""When the desk paints: after each round of the workers, while anything moves.

A tick that runs at its own pace meets a picture that is new, or one that has waited
for most of a tick. This one comes when a round's pictures have just been made. Where
nothing moves, because every camera is away or none is shown, a tick in every round is
most of what a desk does: then it comes in every third, until something stirs.
"""

import math
import time
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from video.contract import ROUND_S, TICK_AFTER_S

#: Ticks are never closer together than this, so that a late one does not make two.
_LEAST_S: Final = ROUND_S / 2
#: At rest a tick comes in one of so many rounds …
REST_ROUNDS: Final = 3
#: … so long after the last thing that moved.
STIRS_S: Final = 2.0


def next_tick(now: float, rounds: int = 1) -> float:
    """Return when the tick after one at `now` is due, both `time.monotonic()`.

    Args:
        now: When the one before came.
        rounds: In how many rounds there is one.
    """
    due = math.ceil((now + _LEAST_S - TICK_AFTER_S) / ROUND_S) + rounds - 1
    return due * ROUND_S + TICK_AFTER_S


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
        self._stirs_until = 0.0

    def start(self) -> None:
        """Tick from now on."""
        now = time.monotonic()
        due = next_tick(now, 1 if now < self._stirs_until else REST_ROUNDS)
        self._timer.start(math.ceil(1000 * (due - now)))

    def stir(self) -> None:
        """Tick in every round for a while, from the next one on: something moves."""
        now = time.monotonic()
        rested, self._stirs_until = now >= self._stirs_until, now + STIRS_S
        if rested and self._timer.isActive():
            self.start()

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()

    def _on_timeout(self) -> None:
        self.start()  # first: what is painted may open a dialog, and ticks go on
        self.tick.emit()
