"""What the person can have seen: what stood on the screen long enough."""

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


class PictureShows:
    """Remembers what of the open case was painted: its picture, as of which alarm.

    A live picture that looks at it, or a photo of its log. Later paintings move
    nothing: of an alarm that came since nobody has been asked yet.

    Thread: UI only.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._of: tuple[int, int] | None = None  # the case, its newest alarm
        self._since: datetime | None = None

    def begin(self) -> None:
        """Another case was opened, or none."""
        self._of = self._since = None

    def paint(self, case_id: int, newest_alarm: int) -> None:
        """Note that a picture of the open case was painted."""
        if self._of is None or self._of[0] != case_id:
            self._of, self._since = (case_id, newest_alarm), self._clock()

    def seen(self, case_id: int) -> int | None:
        """Return the alarm that a picture was looked at with; None: none was."""
        if self._of is None or self._since is None or self._of[0] != case_id:
            return None
        return self._of[1] if self._clock() - self._since >= SEEN_AFTER else None
