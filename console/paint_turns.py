"""After a case was opened its pictures come first, and the rest in turns.

All of an opened case painted in one go, with lanes and map, took the window up
to 60 ms (measured); nobody sees that the log stands there 50 ms after the head.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from console.main_window import MainWindow

PAUSE_MS = 4  # between two parts: keys and pictures have their turn


class PaintTurns(QObject):
    """Puts off painting what is not looked at first when a case is opened.

    Thread: UI only.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        case = window.case
        self._parts: tuple[QWidget, ...] = (
            *(case.people, case.clocks, case.steps, case.log),
            *(window.lanes, window.action_bar, window.map),
        )
        self._next = 0
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._on_turn)
        window.desk.case_opened.connect(self._begin)

    def _begin(self, *_ignored: object) -> None:
        """Put off; what is under way goes on, or the last would never have its turn."""
        if self._timer.isActive() or not self._parts[0].window().isVisible():
            return
        for part in self._parts:
            part.setUpdatesEnabled(False)
        self._next = 0
        self._timer.start()

    def _on_turn(self) -> None:
        part = self._parts[self._next]
        self._next += 1
        if self._next == len(self._parts):
            self._timer.stop()
        part.setUpdatesEnabled(True)
