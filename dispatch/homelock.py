"""One service a home: a lock that the operating system gives back by itself."""

import os
import sys
import time
from pathlib import Path

from dispatch.told import ToldError

CONNECTED = "connected.json"  # a desk without a service of its own has it
_PATIENCE_S = 1.0  # somebody may only be looking whether the lock is held

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _give(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


class HomeTakenError(ToldError):
    """Another process has this home.

    Attributes:
        reason: A stable word for why no service starts.
    """

    reason = "taken"


class ConnectedHomeError(HomeTakenError):
    """This home is a desk of another machine's service; it starts none of its own."""

    reason = "connected"


def refuse_connected(data: Path) -> None:
    """Raise `ConnectedHomeError` where a home's data say that it is such a desk."""
    if (data / CONNECTED).exists():
        raise ConnectedHomeError(
            "{home} is a desk of another machine's service; do this there",
            home=data.parent,
        )


class HomeLock:
    """Held from the making to `release`, or to the end of the process.

    Raises:
        HomeTakenError: If another process holds it.
    """

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | _NO_INHERIT, 0o600)
        deadline = time.monotonic() + _PATIENCE_S
        while not _take(self._handle):
            if time.monotonic() > deadline:
                os.close(self._handle)
                raise HomeTakenError(
                    "another service has this home: {home}", home=path.parent
                )
            time.sleep(0.02)

    def release(self) -> None:
        """Let the next one have it."""
        _give(self._handle)
        os.close(self._handle)

    @staticmethod
    def is_held(path: Path) -> bool:
        """Return whether a process holds it now."""
        try:
            handle = os.open(path, os.O_RDWR | _NO_INHERIT)
        except FileNotFoundError:
            return False
        try:
            taken = _take(handle)
            if taken:
                _give(handle)
            return not taken
        finally:
            os.close(handle)


_NO_INHERIT = getattr(os, "O_NOINHERIT", 0) | getattr(os, "O_CLOEXEC", 0)
