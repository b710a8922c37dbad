"""Tells who waits for a command what it waits for, once that takes a while."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SOON_S = 2.0


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
