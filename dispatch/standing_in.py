"""A desk's own service in the place of one that was open to other machines.

What the last service of a home was told is remembered there, so that one a desk
starts in its place is open to the same machines; and it gives way as soon as
somebody starts a service by hand again.
"""

import contextlib
import json
import logging
import time
from dataclasses import asdict, dataclass

from dispatch.homelock import HomeLock
from dispatch.keys import write_private
from resources.home import Home

YIELDED = 4  # the exit status of one that gave way
YIELDS_S = 20.0
LOOK_S = 0.05

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenAt:
    """Where a service was told to listen to other machines; "" where it was not.

    Attributes:
        desk: For desks.
        intake: For devices.
    """

    desk: str = ""
    intake: str = ""


def remember_open(home: Home, told: OpenAt) -> None:
    """Keep what the service of this home was told last; told nothing, it is shut."""
    if last_open(home) != told:
        write_private(home.run / "open.json", json.dumps(asdict(told)).encode())


def last_open(home: Home) -> OpenAt:
    """Return where the last service of this home was open to other machines."""
    try:
        found = json.loads((home.run / "open.json").read_bytes())
        return OpenAt(desk=str(found["desk"]), intake=str(found["intake"]))
    except (OSError, json.JSONDecodeError, KeyError, TypeError):
        return OpenAt()


def begin_to_stand_in(home: Home) -> OpenAt:
    """Return where one that stands in is to listen, and forget older requests."""
    (home.run / "yield").unlink(missing_ok=True)
    return last_open(home)


def is_asked_to_yield(home: Home) -> bool:
    """Return whether somebody wants to take the place of one that stands in."""
    return (home.run / "yield").exists()


def take_over(home: Home) -> bool:
    """Ask a desk's own service to give way, and wait until it has.

    Returns:
        Whether this home is free; False where its service is not a desk's own.
    """
    lock, asked = home.run / "service.lock", home.run / "yield"
    if not HomeLock.is_held(lock):
        return True
    if not _stands_in(home):
        return False
    _log.info("asking the service of the open desk to give way")
    end = time.monotonic() + YIELDS_S
    try:
        while HomeLock.is_held(lock):
            if time.monotonic() > end:
                return False
            asked.touch()
            time.sleep(LOOK_S)
    finally:
        asked.unlink(missing_ok=True)
    return True


def _stands_in(home: Home) -> bool:
    with contextlib.suppress(OSError, json.JSONDecodeError, AttributeError):
        found = json.loads((home.run / "service.json").read_bytes())
        return bool(found.get("stands_in"))
    return False
