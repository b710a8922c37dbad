"""Child processes of the desk: started, listened to, restarted, never orphaned.

Every child ends when its standard input closes, so that nothing of ours outlives
a desk that was killed. Children speak JSON lines on standard output; what they
write to standard error goes to a log file of their own.
"""

import json
import logging
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Container, Mapping, Sequence
from pathlib import Path

_log = logging.getLogger(__name__)

RESTARTS = 5  # at most so many …
RESTART_WINDOW_S = 60.0  # … in so many seconds; then one try in …
RESTART_PAUSE_S = 15.0
RELEASE_S = 1.0  # for a sender to hear that the child is gone

Message = Mapping[str, object]


def own_command(*arguments: str) -> list[str]:
    """Return the command line that starts this program again with arguments."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "console.cli", *arguments]


class Child:
    """One child process, kept alive until `stop`.

    Thread: made and stopped on any one thread; `on_line` and `on_exit` are called
    on the child's own reader thread.

    Args:
        restart: Start it again when it ends,
        stays_away: unless it ended with one of these.

    Attributes:
        name: For logs and the name of its error log.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        errors: Path,
        on_line: Callable[[Message], None],
        first_line: Message | None = None,
        on_exit: Callable[[int], None] | None = None,
        restart: bool = False,
        stays_away: Container[int] = (),
    ) -> None:
        self.name = name
        self._command = list(command)
        self._errors = errors
        self._on_line = on_line
        self._on_exit = on_exit
        self._first_line = first_line
        self._restart = restart
        self._stays_away = stays_away
        self._stopping = threading.Event()
        self._writing = threading.Lock()
        self._starts: deque[float] = deque(maxlen=RESTARTS)
        self._process = self._start()
        self._thread = threading.Thread(
            target=self._listen, name=f"child-{name}", daemon=True
        )
        self._thread.start()

    @property
    def pid(self) -> int:
        """Return the process id of the running child."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Return whether the child runs at this moment."""
        return self._process.poll() is None

    def send(self, message: Message) -> bool:
        """Send one JSON line; return False where the child cannot take it."""
        line = json.dumps(message, ensure_ascii=False) + "\n"
        with self._writing:
            pipe = self._process.stdin
            if pipe is None:
                return False
            try:
                pipe.write(line.encode())
                pipe.flush()
            except (OSError, ValueError):
                return False
        return True

    def stop(self, timeout_s: float = 5.0) -> None:
        """End the child by closing its input; kill it where that is not enough."""
        self._stopping.set()
        end = time.monotonic() + timeout_s
        told = self._close_input(timeout_s)
        if not (told and self._ends_in(end - time.monotonic())):
            _log.info("%s did not end in %.0f s, killing it", self.name, timeout_s)
            self._process.kill()
            self._close_input(timeout_s)
            if not self._ends_in(timeout_s):
                _log.warning("%s cannot be killed", self.name)
        self._thread.join(timeout_s)

    def _ends_in(self, seconds: float) -> bool:
        try:
            self._process.wait(max(0.0, seconds))
        except subprocess.TimeoutExpired:
            return False
        return True

    def _close_input(self, timeout_s: float) -> bool:
        """Close it; return False where a child that does not read holds a sender."""
        if not self._writing.acquire(timeout=timeout_s):
            return False
        try:
            if self._process.stdin is not None:
                self._process.stdin.close()
        except OSError:
            _log.debug("%s had closed its input", self.name)
        finally:
            self._writing.release()
        return True

    def _start(self) -> subprocess.Popen[bytes]:
        self._starts.append(time.monotonic())
        with self._errors.open("ab") as errors:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                # A terminal's Ctrl+C reaches the desk, which ends its children. The
                # session stays the desk's: Linux weighs nice values only inside one.
                process_group=None if sys.platform == "win32" else 0,
            )
        if self._first_line is not None:
            self._process = process
            self.send(self._first_line)
        return process

    def _listen(self) -> None:
        while True:
            process = self._process
            assert process.stdout is not None
            with process.stdout as lines:
                for line in lines:
                    self._take(line)
            code = process.wait()
            self._close_input(RELEASE_S)
            if self._on_exit is not None:
                self._on_exit(code)
            ends = not self._restart or code in self._stays_away
            if self._stopping.is_set() or ends:
                return
            _log.info("%s ended with %s, starting it again", self.name, code)
            if not self._start_again():
                return
            if self._stopping.is_set():  # stop() saw the one before
                self._close_input(RELEASE_S)

    def _start_again(self) -> bool:
        """Start it until that works; return False where it is stopped before."""
        pause, told = self._pause(), False
        while not self._stopping.wait(pause):
            try:
                self._process = self._start()
            except OSError as error:
                if not told:
                    _log.warning("%s cannot be started: %s", self.name, error.strerror)
                pause, told = RESTART_PAUSE_S, True
            else:
                return True
        return False

    def _take(self, line: bytes) -> None:
        try:
            message = json.loads(line)
        except ValueError:
            _log.info("%s said something that is not JSON", self.name)
            return
        if isinstance(message, dict):
            self._on_line(message)

    def _pause(self) -> float:
        full = len(self._starts) == RESTARTS
        recent = time.monotonic() - self._starts[0] < RESTART_WINDOW_S
        return RESTART_PAUSE_S if full and recent else 0.0
