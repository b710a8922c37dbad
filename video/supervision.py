"""Keep one worker process: its pipes, its sign of life, and when it may start again.

No thread of the caller ever waits for a pipe: what it does not take at once a thread
writes, and a thread reads.
"""

import contextlib
import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final, Literal

from video.outgoing import Outgoing

_log = logging.getLogger(__name__)

RESTARTS_AT_ONCE: Final = 5
PROVEN_S: Final = 60.0
KILLED_S: Final = 2.0
DRAINED_S: Final = 0.5
#: Bytes of what workers said at their end, before the file begins anew.
MOST_WORDS: Final = 1_000_000
#: Seconds to wait when the restarts at once are used up, longer each time.
BACK_OFF_S: Final = (10.0, 20.0, 40.0, 60.0)


class RestartLimit:
    """Says when a worker that ended may start again.

    Five restarts are free; after that each waits longer, until a worker has lived
    for a minute.
    """

    def __init__(self) -> None:
        self._started = 0.0
        self._free = RESTARTS_AT_ONCE
        self._waits = 0

    def start_at(self, now: float) -> float:
        """Count an end at `now` and return when to start again."""
        if now - self._started >= PROVEN_S:
            self._free, self._waits = RESTARTS_AT_ONCE, 0
        wait = 0.0
        if self._free > 0:
            self._free -= 1
        else:
            wait = BACK_OFF_S[min(self._waits, len(BACK_OFF_S) - 1)]
            self._waits += 1
        self._started = now + wait
        return self._started


class WorkerProcess:
    """One running worker process, seen from the engine.

    Thread: made and reaped on the engine's own thread; `send` from any.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        inherited: tuple[int, ...],
        errors: Path | None,
        on_message: Callable[["WorkerProcess", dict[str, Any]], None],
        on_end: Callable[["WorkerProcess"], None],
    ) -> None:
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
        with _last_words(errors) as stderr:
            self._process: subprocess.Popen[bytes] = subprocess.Popen(
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                pass_fds=inherited,
                # A Ctrl+C in the terminal is the desk's. The session stays the desk's:
                # Linux weighs nice values only inside one session (sched_autogroup).
                process_group=None if sys.platform == "win32" else 0,
                creationflags=flags,
            )
        self._on_message = on_message
        self._on_end = on_end
        self.silent_ticks = 0
        assert self._process.stdin is not None
        self._outgoing = Outgoing(self._process.stdin)
        reader = threading.Thread(
            target=self._read,
            args=(self._process.stdout,),
            name="video reader",
            daemon=True,
        )
        self._threads = (self._outgoing, reader)
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """Return the process number."""
        return self._process.pid

    def send(self, message: dict[str, Any]) -> None:
        """Send one line; never waits."""
        self._outgoing.send(json.dumps(message).encode() + b"\n")

    def hang_up(self) -> None:
        """Close its stdin, by which it ends."""
        self._outgoing.hang_up()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def ended(self) -> bool:
        """Return whether the process is gone."""
        return self._process.poll() is not None

    def wait(self, timeout: float) -> bool:
        """Return whether it ended within so many seconds."""
        try:
            self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            return False
        return True

    def reap(self) -> None:
        """Collect what a process that ended leaves: its threads and pipes.

        One that cannot be killed, or whose pipe a process of its own still holds, is
        left to itself: it must not hold up the others.
        """
        self._outgoing.hang_up()
        if not self.wait(KILLED_S):
            _log.warning("video worker %s cannot be ended", self.pid)
            return
        for thread in self._threads:
            thread.join(DRAINED_S)

    def _read(self, pipe: IO[bytes]) -> None:
        with pipe:
            for line in pipe:
                self.silent_ticks = 0
                try:
                    message = json.loads(line)
                except ValueError:  # cut off by its end
                    continue
                if isinstance(message, dict):
                    self._on_message(self, message)
        self._on_end(self)


def end_all(processes: Sequence[WorkerProcess], within_s: float) -> None:
    """End them all: by word, and by force whoever is left after so many seconds."""
    for process in processes:
        process.hang_up()
    deadline = time.monotonic() + within_s
    for process in processes:
        if not process.wait(max(0.0, deadline - time.monotonic())):
            process.kill()
    for process in processes:
        process.reap()


@contextlib.contextmanager
def _last_words(errors: Path | None) -> Iterator[IO[bytes] | int | None]:
    """Give where a worker says what it died of: a file, else where we say it."""
    try:
        file = None if errors is None else errors.open(_mode(errors))
    except OSError:
        file = None
    if file is None:
        yield None if sys.stderr is not None else subprocess.DEVNULL
    else:
        with file:
            yield file


def _mode(errors: Path) -> Literal["ab", "wb"]:
    """Begin anew where worker after worker has died: the last words are what counts."""
    grown = errors.exists() and errors.stat().st_size > MOST_WORDS
    return "wb" if grown else "ab"
