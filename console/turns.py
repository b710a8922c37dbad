"""What happens once a second, each listener in a turn of its own.

All of them in one go, and all they alter painted at once, took the window 45 to
65 ms (measured); one after the other none takes ten.
"""

from collections.abc import Callable

from PySide6.QtCore import QMetaMethod, QObject, QTimer, Signal

PAUSE_MS = 12  # between two turns: what one altered is painted meanwhile


class _Turn(QObject):
    came = Signal()

    def is_wanted(self) -> bool:
        """Return whether its listener is still there."""
        return self.isSignalConnected(QMetaMethod.fromSignal(self.came))


class Turns:
    """Listeners that are told one after the other, with the window's work between.

    Thread: UI only.

    Attributes:
        told: A signal, when a round is over.
    """

    def __init__(self, parent: QObject) -> None:
        self._parent = parent
        self._over = _Turn(parent)
        self.told = self._over.came
        self._turns: list[_Turn] = []
        self._next = 0
        self._timer = QTimer(parent)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._on_turn)

    def connect(self, listener: Callable[[], object]) -> None:
        """Tell a listener too from now on, until the object it belongs to is gone."""
        if not self._timer.isActive():
            self._let_go()
        turn = _Turn(self._parent)
        turn.came.connect(listener)
        self._turns.append(turn)

    def _let_go(self) -> None:
        """Keep no turn for listeners that are gone."""
        for turn in [each for each in self._turns if not each.is_wanted()]:
            self._turns.remove(turn)
            turn.deleteLater()

    def begin(self) -> None:
        """Tell all of them, one after the other; a round under way goes on instead."""
        if self._turns and not self._timer.isActive():
            self._next = 0
            self._timer.start()

    def emit(self) -> None:
        """Tell all of them now."""
        for turn in tuple(self._turns):
            turn.came.emit()

    def _on_turn(self) -> None:
        turn = self._turns[self._next]
        self._next += 1
        last = self._next == len(self._turns)
        if last:
            self._timer.stop()
        turn.came.emit()
        if last:
            self.told.emit()
