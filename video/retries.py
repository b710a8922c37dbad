"""When a camera is tried again: the ladders of waits, and log-ins that were refused.

Pure. Cameras lock an account after a few wrong passwords, so what a log-in came to
belongs to the log-in and not to the stream that tried it: `Logins` keeps it in the
window's process, and whatever is opened anew is told.
"""

from collections.abc import Iterable, Sequence
from typing import Final

#: Seconds between attempts while somebody is looking, and while nobody is.
RETRY_SHOWN_S: Final = (0.5, 1.0, 2.0, 4.0, 7.0)
RETRY_STANDBY_S: Final = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
#: A connection that lasted this long starts the ladder anew.
PROVEN_S: Final = 10.0
#: A refused log-in rests so long; another one is tried at once.
RETRY_LOGIN_S: Final = 300.0

#: Addresses where a log-in was tried: when it was refused, `time.monotonic()`, or None
#: where it was taken.
Told = Iterable[tuple[str, float | None]]


def retry_delay(attempts: int, *, shown: bool, spread: float) -> float:
    """Return how long to wait after this many failures in a row.

    Args:
        attempts: Failures so far, at least 1.
        shown: Whether somebody is looking.
        spread: 0 to 1, so that many cameras do not knock at the same moment.
    """
    ladder: Sequence[float] = RETRY_SHOWN_S if shown else RETRY_STANDBY_S
    return ladder[min(attempts, len(ladder)) - 1] * (1.0 - 0.2 * spread)


class Tries:
    """What one log-in of a camera came to, by address.

    Where none of its addresses took the log-in, all of them rest with the one that
    refused it last: they ask one account. Where one did, each rests for itself.

    Thread: used under its owner's lock.

    Args:
        revision: Which log-in this is about; each other one has a higher one.
        told: What is known of it from before.
    """

    def __init__(self, revision: int = 0, told: Told = ()) -> None:
        self.revision = revision
        self._told = dict(told)

    def refused(self, url: str, now: float) -> None:
        """Note that an address refused the log-in."""
        self._told[url] = now

    def taken(self, url: str) -> None:
        """Note that an address let the log-in in."""
        self._told[url] = None

    def until(self, url: str) -> float:
        """Return from when on an address may be asked, `time.monotonic()`; 0: now."""
        asked = list(self._told.values())
        if None in asked:
            asked = [self._told.get(url)]
        return max((at + RETRY_LOGIN_S for at in asked if at is not None), default=0.0)

    @property
    def told(self) -> tuple[tuple[str, float | None], ...]:
        """Return what is known, for the next one."""
        return tuple(self._told.items())
