"""What the person can have seen: an alarm that stood in the strip long enough."""

from collections.abc import Callable
from datetime import datetime, timedelta

SEEN_AFTER = timedelta(seconds=0.5)  # to read it, and for the finger to come down


class StripShows:
    """Remembers which alarm was painted in the strip, and which before it.

    Thread: UI only.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._now: int | None = None
        self._before: int | None = None
        self._since: datetime | None = None

    def paint(self, alarm_id: int | None) -> None:
        """Note what was painted; None: the strip is at rest."""
        if alarm_id != self._now:
            self._before = self.seen()
            self._now, self._since = alarm_id, self._clock()

    def seen(self) -> int | None:
        """Return the alarm that a key pressed now was meant for."""
        fresh = self._since is not None and self._clock() - self._since < SEEN_AFTER
        return self._before if fresh and self._before is not None else self._now
