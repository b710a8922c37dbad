"""Tells who waits for a command what it waits for, and how far it has come."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SOON_S = 2.0
EVERY_S = 10.0  # a terminal that says nothing for longer looks dead


@contextmanager
def said_if_long(text: str, *, after_s: float | None = None) -> Iterator[None]:
    """Print a line to the standard error if the block takes longer than `after_s`.

    Thread: the line is printed on one of its own, which ends with the block.
    """
    through = threading.Event()

    def wait() -> None:
        if not through.wait(SOON_S if after_s is None else after_s):
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()

    thread = threading.Thread(target=wait, name="patience", daemon=True)
    thread.start()
    try:
        yield
    finally:
        through.set()
        thread.join()


class Progress:
    """Says how far something long has come: at its beginning, then every ten seconds.

    Thread: the one that works.

    Args:
        line: Returns the words for a part that is done, and the seconds that the rest
            will take, None while nobody can tell.
        clock: Seconds that only go on.
    """

    def __init__(
        self,
        line: Callable[[float, float | None], str],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._line = line
        self._clock = clock
        self._begun: tuple[float, float] | None = None  # when, and what was done then
        self._said_at = 0.0

    def __call__(self, part: float | None) -> None:
        """Take the part that is done, 0 to 1; None: there is nothing to do."""
        if part is None:
            return
        now = self._clock()
        if self._begun is None:
            self._begun = now, part
        elif now - self._said_at < EVERY_S:
            return
        self._said_at = now
        since, done = now - self._begun[0], part - self._begun[1]
        left = since / done * (1.0 - part) if done > 0 and since > 0 else None
        sys.stderr.write(f"{self._line(part, left)}\n")
        sys.stderr.flush()
