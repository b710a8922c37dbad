"""Painting that takes longer than the window may wait, a few milliseconds at a time.

Not on a thread: painter calls take turns with the window's own for the
interpreter, and a single repaint beside such a thread took 128 ms (measured).
"""

import time
from collections.abc import Callable, Generator, Iterable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

SLICE_S = 0.003
PAUSE_MS = 3
BUSY_S = 0.008  # a turn that comes so late follows something that took long

T = TypeVar("T")

Work = Generator[None, None, T]  # yields where the window may have its turn


def one_by_one(steps: Iterable[Callable[[], object]]) -> Work[None]:
    """Return work that goes through steps; between two the window may have its turn."""
    for step in steps:
        step()
        yield


class Slices(QObject):
    """Goes through one piece of work between other events of the window's thread.

    Thread: UI only.

    Attributes:
        spent_ms: What the last piece cost, all slices together.
        longest_ms: The longest slice there ever was.

    Signals:
        finished: What the work returned.
    """

    finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Work[Any] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._on_slice)
        self._spent = 0.0
        self._turned_at = 0.0
        self._let_go_first = False
        self.spent_ms = 0.0
        self.longest_ms = 0.0

    @property
    def busy(self) -> bool:
        """Return whether a piece of work is under way."""
        return self._work is not None

    def begin(self, work: Work[Any]) -> None:
        """Begin a piece of work; one under way is let go."""
        self.drop()
        self._work = work
        self._spent = 0.0
        self._turned_at = time.perf_counter()
        self._timer.start()

    def drop(self) -> None:
        """Let what is under way go; its `finally` clauses run."""
        self._timer.stop()
        work, self._work = self._work, None
        if work is not None:
            work.close()

    def _on_slice(self) -> None:
        work = self._work
        if work is None:
            self._timer.stop()
            return
        started = time.perf_counter()
        late = started - self._turned_at - PAUSE_MS / 1000
        self._turned_at = started
        self._let_go_first = late > BUSY_S and not self._let_go_first
        if self._let_go_first:
            return  # whatever else waits goes first, or the two would add up
        end = started + SLICE_S
        finished, result = False, None
        self._work = None  # an exception ends it, and is not met again at each slice
        try:
            while time.perf_counter() < end:
                next(work)
            self._work = work
        except StopIteration as stop:
            finished, result = True, stop.value
        taken = (time.perf_counter() - started) * 1000
        self._turned_at += taken / 1000
        self._spent += taken
        self.longest_ms = max(self.longest_ms, taken)
        if finished:
            self.spent_ms = self._spent
            self.drop()
            self.finished.emit(result)
