"""Let streams on standby be opened a few at a time, the doubtful ones apart.

Opening a camera costs more than watching it, so two hundred are not opened at once. A
camera that accepts a connection and then says nothing keeps its place until the
time-out; so those that did are given places of their own, and never stand in the way
of one that answers.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

AT_ONCE: Final = 12
DOUBTFUL_AT_ONCE: Final = 6


class Openings:
    """A number of places, and those who wait for one.

    Thread: any.

    Args:
        places: How many may be opening at a time.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._moved = threading.Condition()

    @contextmanager
    def place(self, without: Callable[[], bool]) -> Iterator[None]:
        """Hold a place in here, waiting for one first.

        Args:
            without: Says whether none is needed any more; see `look_again`.
        """
        with self._moved:
            self._moved.wait_for(lambda: self._free > 0 or without())
            holds = not without()
            if holds:
                self._free -= 1
            else:
                self._moved.notify()  # perhaps it was woken instead of another
        try:
            yield
        finally:
            if holds:
                with self._moved:
                    self._free += 1
                    self._moved.notify()

    def look_again(self) -> None:
        """Have all who wait look whether they still need a place."""
        with self._moved:
            self._moved.notify_all()


#: Of this process; streams that are shown never wait.
answering: Final = Openings(AT_ONCE)
doubtful: Final = Openings(DOUBTFUL_AT_ONCE)
