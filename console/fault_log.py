"""Faults of ours that nobody caught: into the log, for whoever mends them.

Where they came about and of what kind they are, never what they say: an exception's
text may repeat an address or a log-in.
"""

import logging
import sys
import threading
import time
import traceback
from collections import deque
from types import TracebackType

_log = logging.getLogger("lookout.fault")

MOST = 10  # in …
WINDOW_S = 60.0


class _Limit:
    """Lets so many through in a while, and counts the rest.

    Thread: any.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._passed: deque[float] = deque(maxlen=MOST)
        self._held = 0

    def passes(self) -> int | None:
        """Return how many were held back since the last one, or None: hold it back."""
        now = time.monotonic()
        with self._lock:
            if len(self._passed) == MOST and now - self._passed[0] < WINDOW_S:
                self._held += 1
                return None
            self._passed.append(now)
            held, self._held = self._held, 0
            return held


def log_faults() -> None:
    """Have every exception that nobody caught written to the log; any thread's."""
    limit = _Limit()

    def uncaught(
        kind: type[BaseException],
        fault: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        if fault is None or issubclass(kind, (KeyboardInterrupt, SystemExit)):
            return
        _write(limit, threading.current_thread().name, fault)

    def uncaught_on_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is None or args.exc_type is SystemExit:
            return
        name = args.thread.name if args.thread is not None else "?"
        _write(limit, name, args.exc_value)

    sys.excepthook = uncaught
    threading.excepthook = uncaught_on_thread


def _write(limit: _Limit, thread: str, fault: BaseException) -> None:
    held = limit.passes()
    if held is None:
        return
    if held:
        _log.error("%d more faults were not written down", held)
    _log.error("uncaught on thread %s:\n%s", thread, "\n".join(_lines(fault)))


def _lines(fault: BaseException) -> list[str]:
    """Return where a fault came about, the cause first, and its kind."""
    chain: list[BaseException] = []
    each: BaseException | None = fault
    while each is not None and each not in chain:
        chain.append(each)
        hidden = each.__suppress_context__
        each = each.__cause__ or (None if hidden else each.__context__)
    lines: list[str] = []
    for link in reversed(chain):
        for frame, line in traceback.walk_tb(link.__traceback__):
            code = frame.f_code
            lines.append(f"  {code.co_filename}:{line} in {code.co_name}")
        lines.append(type(link).__qualname__)
    return lines
