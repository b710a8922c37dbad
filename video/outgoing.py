"""Lines into a pipe, without ever waiting for who reads it.

A line that had to pass through a queue costs a thread's wake-up, on a busy machine the
larger part of a call-up. So it goes into the pipe at once, as far as the pipe takes it;
what does not go goes to a thread, and everything after it too until that has caught up.
"""

import contextlib
import os
import queue
import sys
import threading
from typing import IO, Final

#: Windows has no way to ask a pipe whether it takes more: there all goes to the thread.
AT_ONCE: Final = sys.platform != "win32"

if sys.platform != "win32":
    import select


class Outgoing(threading.Thread):
    """The sending end of a pipe.

    Thread: `send` and `hang_up` from any, neither waits; itself for what is left over.

    Args:
        pipe: Nobody else writes to it; closed by this when everything is sent, or when
            nobody reads it any more.
    """

    def __init__(self, pipe: IO[bytes]) -> None:
        super().__init__(name="video writer", daemon=True)
        self._pipe = pipe
        self._fd = pipe.fileno()
        self._lock = threading.Lock()
        self._left: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        # How much the thread has still to do; once it has ended, that is never nothing,
        # and nobody writes to a number that may be another file's by then.
        self._behind = 0
        if sys.platform != "win32":
            os.set_blocking(self._fd, False)

    def send(self, line: bytes) -> None:
        """Send a line after all earlier ones."""
        with self._lock:
            if AT_ONCE and not self._behind:
                line = line[self._write(line) :]
            if line:
                self._leave(line)

    def hang_up(self) -> None:
        """Close the pipe after what was sent; what is sent later is dropped."""
        with self._lock:
            self._leave(None)

    def run(self) -> None:
        """Write what the pipe did not take at once."""
        # A broken pipe: its reader ended, which others have noticed too.
        with contextlib.suppress(OSError), self._pipe:
            while (line := self._left.get()) is not None:
                while line:
                    self._wait()
                    with contextlib.suppress(BlockingIOError):
                        line = line[os.write(self._fd, line) :]
                with self._lock:
                    self._behind -= 1

    def _leave(self, line: bytes | None) -> None:
        self._behind += 1
        self._left.put(line)

    def _write(self, line: bytes) -> int:
        """Return how much went; the thread is the one to find a pipe broken."""
        try:
            return os.write(self._fd, line)
        except OSError:
            return 0

    def _wait(self) -> None:
        if sys.platform != "win32":
            room = select.poll()
            room.register(self._fd, select.POLLOUT)
            room.poll()
