"""Have the machine's decoding devices tried, once a start, and tell the workers.

Whatever comes of the trial, a crash or silence included, decoding goes on in software.
"""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, Final

from video.hardware import Finding, Use, as_rows, choose

_log = logging.getLogger(__name__)

LIMIT_S: Final = 10.0
_GOODBYE_S: Final = 2.0


class Trial:
    """One look at what this machine's devices can decode.

    Thread: `run` on one, which waits; `stop` from any.

    Args:
        command: Program and arguments that run `video.hardware_probe.run`.
        limit_s: It is ended after so many seconds; what it said until then counts.
    """

    def __init__(self, command: Sequence[str], *, limit_s: float = LIMIT_S) -> None:
        self._command = list(command)
        self._limit_s = limit_s
        self._stopped = False
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> tuple[Finding, ...]:
        """Try everything and return what was found."""
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
        try:
            process = self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,  # it ends when we do, however that is
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                process_group=None if sys.platform == "win32" else 0,
                creationflags=flags,
            )
        except OSError:
            return ()
        limit = threading.Timer(self._limit_s, process.kill)
        limit.daemon = True
        limit.start()
        if self._stopped:
            process.kill()
        assert process.stdin is not None
        assert process.stdout is not None
        with process.stdin, process.stdout as lines:
            found = tuple(filter(None, map(_finding, lines)))
            limit.cancel()
            limit.join(_GOODBYE_S)
        try:
            process.wait(_GOODBYE_S)
        except subprocess.TimeoutExpired:
            _log.info("the trial of decoding devices cannot be ended")
        return found

    def stop(self) -> None:
        """End it."""
        self._stopped = True
        if self._process is not None:
            self._process.kill()


def _finding(line: bytes) -> Finding | None:
    try:
        return Finding(**json.loads(line))
    except (ValueError, TypeError):  # cut off by its end
        return None


class Acceleration:
    """Which devices the workers of an engine may decode with.

    Thread: `look`, `allow` and `close` on the UI's; `heard` and `suspect` under the
    engine's lock; none of them waits, `close` for a killed process.

    Args:
        tell: Has every worker told what `message` says; takes the engine's lock.

    Attributes:
        uses: What was found worth using; None before the trial is over.
    """

    def __init__(self, tell: Callable[[], None]) -> None:
        self.uses: tuple[Use, ...] | None = None
        self._tell = tell
        self._allowed = True
        self._suspect = False
        self._complained: set[str] = set()
        self._command: Sequence[str] = ()
        self._trial: Trial | None = None
        self._thread: threading.Thread | None = None

    @property
    def active(self) -> tuple[Use, ...]:
        """Return what workers may use at this moment."""
        return (self.uses or ()) if self._allowed and not self._suspect else ()

    def look(self, command: Sequence[str]) -> None:
        """Try the devices in the background, now or as soon as that is allowed."""
        self._command = tuple(command)
        if self._allowed and self._thread is None and self._command:
            self._trial = Trial(self._command)
            self._thread = threading.Thread(
                target=self._run, args=(self._trial,), name="devices", daemon=True
            )
            self._thread.start()

    def allow(self, allowed: bool) -> None:
        """Let devices be used from now on, or leave everything to software."""
        self._allowed = allowed
        self.look(self._command)
        self._tell()

    def close(self) -> None:
        """End a trial that is under way."""
        if self._trial is not None:
            self._trial.stop()
        if self._thread is not None:
            self._thread.join(_GOODBYE_S)

    def message(self) -> dict[str, Any]:
        """Return the line that tells a worker what it may use."""
        return {"do": "hardware", "uses": as_rows(self.active)}

    def heard(self, kind: str) -> None:
        """Hear that a stream went over to software; say it once a kind."""
        if kind not in self._complained:
            self._complained.add(kind)
            _log.info("%s failed on a stream; it goes on in software", kind)

    def suspect(self) -> bool:
        """Hear that a worker died decoding; return whether that ends their use."""
        if not self.active:
            return False
        self._suspect = True
        _log.warning("a worker died with decoding devices in use: software from now on")
        return True

    def _run(self, trial: Trial) -> None:
        uses = self.uses = choose(trial.run())
        for use in uses:
            _log.info("%s is decoded by %s", use.codec, use.kind)
        if not uses:
            _log.info("decoding in software: no device that could be used was found")
        self._tell()
