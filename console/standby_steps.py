"""What stands ready is opened a few at a time: the window and its tiles come first.

A desk that opens, or a wall that is put up, wishes for sixty cameras at once. To have
all of them connect in the moment in which everything is painted for the first time
takes the processor from what somebody looks at, for cameras that nobody does.
"""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from video.contract import Mode, Want

STEP_MS: Final = 200
EACH_STEP: Final = 6


def next_told(
    wants: Mapping[str, Want], told: Mapping[str, Want], more: int
) -> dict[str, Want]:
    """Return what of the wants to tell now, in their order.

    All that is live, all that was told before, and of the rest so many.
    """
    found: dict[str, Want] = {}
    for stream_id, want in wants.items():
        if want.mode is not Mode.LIVE and stream_id not in told:
            if more <= 0:
                continue
            more -= 1
        found[stream_id] = want
    return found


class StandbySteps(QObject):
    """Tells the engine what is wanted, what only stands ready step by step.

    What somebody looks at is told at once, and so is what is wanted no more.

    Thread: UI.

    Args:
        tell: Takes the whole set, each time.
        parent: With it the telling ends.

    Attributes:
        told: What the engine was told.

    Signals:
        stepped: Some more of it was told, by itself.
    """

    stepped = Signal()

    def __init__(
        self, tell: Callable[[Mapping[str, Want]], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tell = tell
        self._wants: Mapping[str, Want] = {}
        self.told: dict[str, Want] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._step)

    def want(self, wants: Mapping[str, Want]) -> None:
        """Say what is wanted from now on."""
        self._wants = wants
        self._go(0 if self._timer.isActive() else EACH_STEP)

    def _step(self) -> None:
        self._go(EACH_STEP)
        self.stepped.emit()

    def _go(self, more: int) -> None:
        self.told = next_told(self._wants, self.told, more)
        self._tell(self.told)
        if len(self.told) == len(self._wants):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
