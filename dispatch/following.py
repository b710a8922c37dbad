"""Following the changes without a gap: what a desk has, and what it is missing."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dispatch.changes import Change, Snapshot

PATIENCE_S = 1.0  # before what is missing is asked for once more
SNAPSHOT_S = 5.0  # a snapshot may take; doubled each time it is asked for again
_PONGS = 2  # changes may be on their way; so many answers later they are missing

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Link:
    """How a desk stands with its service.

    Attributes:
        connected: It answers.
        since: Since when that is so (UTC).
        waiting: Commands in the outbox that have no answer yet.
        not_storing_since: Since when it answers and cannot store anything (UTC): no
            alarm comes in, because none can be acknowledged. None: it can.
    """

    connected: bool
    since: datetime
    waiting: int
    not_storing_since: datetime | None = None


OnSnapshot = Callable[[Snapshot], None]
OnChanges = Callable[[list[Change]], None]
OnLink = Callable[[Link], None]


@dataclass(frozen=True, slots=True)
class Follower:
    """Who hears of everything."""

    on_snapshot: OnSnapshot
    on_changes: OnChanges
    on_link: OnLink


class Following:
    """The place in the sequence of changes that a desk has reached.

    Thread: the client's.

    Attributes:
        follower: Who hears of it, or None.
        number: The newest change handed on; -1: no snapshot yet.
    """

    def __init__(self) -> None:
        self.follower: Follower | None = None
        self.number = -1
        self._behind = 0
        self._asked_at = 0.0
        self._snapshot_due = 0.0
        self._snapshot_wait_s = SNAPSHOT_S

    def begin(self, follower: Follower | None = None) -> None:
        """Begin anew: the next thing is a snapshot."""
        self.follower = follower or self.follower
        self.number = -1
        self._behind = 0
        self._snapshot_wait_s = SNAPSHOT_S
        self._snapshot_due = time.monotonic() + SNAPSHOT_S

    def misses_snapshot(self) -> bool:
        """Return whether to ask for the snapshot again; true once each patience."""
        now = time.monotonic()
        if self.follower is None or self.number >= 0 or now < self._snapshot_due:
            return False
        self._snapshot_wait_s *= 2
        self._snapshot_due = now + self._snapshot_wait_s
        _log.warning("no snapshot has come; it is asked for again")
        return True

    def take_snapshot(self, snapshot: Snapshot) -> None:
        """Hand a snapshot on."""
        self.number = snapshot.number
        self._behind = 0
        if self.follower is not None:
            self.follower.on_snapshot(snapshot)

    def take_changes(self, changes: list[Change]) -> bool:
        """Hand on what is new; return False where something before it is missing."""
        if self.number < 0 or self.follower is None:
            return True
        fresh = [change for change in changes if change.number > self.number]
        if not fresh:
            return True
        if fresh[0].number != self.number + 1:
            return False
        self.number = fresh[-1].number
        self._behind = 0
        self.follower.on_changes(fresh)
        return True

    def is_behind(self, number: int) -> bool:
        """Return whether the service's number says that something never came."""
        missing = 0 <= self.number < number
        self._behind = self._behind + 1 if missing else 0
        return self._behind > _PONGS

    def may_ask(self) -> bool:
        """Return whether to ask now; not while the last answer is on its way."""
        now = time.monotonic()
        if self.number < 0 or now - self._asked_at < PATIENCE_S:
            return False
        self._asked_at = now
        _log.info("changes after %d are missing and asked for", self.number)
        return True
