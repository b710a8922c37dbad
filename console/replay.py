"""Look at cameras again: one clock for all that do, and back to live at once."""

import time
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Signal

from video.contract import Playhead

if TYPE_CHECKING:
    from video.workers import VideoEngine

STEP_S: Final = 10.0
LONG_STEP_S: Final = 30.0
# Nearer to now than this there is nothing to look at again: it is live.
LIVE_WITHIN_S: Final = 1.0
# What is nearly let go is not worth stopping at.
MARGIN_S: Final = 1.0
NOTE_S: Final = 5.0

Spans = tuple[tuple[float, float], ...]


class Replay(QObject):
    """Which cameras of this desk show what came in before, and which moment.

    Thread: UI only.

    Signals:
        changed: It began, moved by hand, stood still, went on or ended.
    """

    changed = Signal()

    def __init__(
        self,
        engine: "VideoEngine | None",
        clock: Callable[[], datetime],
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._engine = engine
        self._clock = clock
        self._monotonic = monotonic
        self._head: Playhead | None = None
        self._cameras: frozenset[str] = frozenset()
        self._note = ""
        self._noted_at = 0.0

    # -- what it shows -----------------------------------------------------------------

    @property
    def active(self) -> bool:
        """Return whether anything is looked at again."""
        return self._head is not None

    @property
    def paused(self) -> bool:
        """Return whether it stands still."""
        return self._head is not None and not self._head.speed

    @property
    def cameras(self) -> frozenset[str]:
        """Return the cameras that are looked at again."""
        return self._cameras

    @property
    def note(self) -> str:
        """Return what is to be said just now, or ""."""
        fresh = self._monotonic() - self._noted_at < NOTE_S
        return self._note if fresh else ""

    @property
    def moment(self) -> float:
        """Return the moment that is shown, `time.monotonic()`."""
        now = self._monotonic()
        return now if self._head is None else self._head.at(now)

    def covers(self, camera_id: str) -> bool:
        """Return whether a camera is looked at again."""
        return camera_id in self._cameras

    def has(self, camera_id: str) -> bool:
        """Return whether anything of a camera is kept from this moment."""
        spans = self._spans(camera_id)
        return bool(spans) and spans[0][0] <= self.moment

    def kept(self) -> Mapping[str, Spans]:
        """Return what is kept of each camera."""
        return {each: self._spans(each) for each in sorted(self._cameras)}

    def reach(self) -> tuple[float, float]:
        """Return the first moment that is kept of any of them, and now."""
        now = self._monotonic()
        begins = [spans[0][0] for spans in self.kept().values() if spans]
        return min(begins, default=now), now

    def time_of(self, moment: float) -> datetime:
        """Return a moment as people say it."""
        return self._clock() - timedelta(seconds=self._monotonic() - moment)

    # -- what is done with it ----------------------------------------------------------

    def back(self, cameras: Collection[str], seconds: float = STEP_S) -> None:
        """Go back, at first together with these cameras."""
        if not self.active:
            self._cameras = frozenset(cameras)
            if not self._cameras or self._engine is None:
                self._cameras = frozenset()
                return
        speed = 0.0 if self.paused else 1.0
        self._go(self.moment - seconds, speed)

    def forward(self, seconds: float = STEP_S) -> None:
        """Go forward; where it would be now, live."""
        if self.active:
            self._go(self.moment + seconds, 0.0 if self.paused else 1.0)

    def seek(self, moment: float) -> None:
        """Go to a moment."""
        if self.active:
            self._go(moment, 0.0 if self.paused else 1.0)

    def pause(self) -> None:
        """Stand still, or go on."""
        if self.active:
            self._go(self.moment, 1.0 if self.paused else 0.0)

    def follow(self, cameras: Collection[str]) -> None:
        """Let go of the cameras that are shown no more."""
        left = self._cameras & frozenset(cameras)
        if not self.active or left == self._cameras:
            return
        self._cameras = left
        if left:
            self._tell()
        else:
            self.live()

    def live(self) -> bool:
        """Show what comes in; return whether anything else was shown."""
        if not self.active:
            return False
        self._head, self._cameras, self._note = None, frozenset(), ""
        self._tell()
        return True

    def step(self) -> None:
        """Look whether the moment is still kept; where it is not, say so and go on."""
        if self._head is None:
            return
        begins, now = self.reach()
        if self.moment < begins < now:
            # The next moment that stays for a while: every round would be a crawl.
            self._go(begins + MARGIN_S, self._head.speed)
            self._say(
                QCoreApplication.translate("Replay", "Nothing earlier is kept any more")
            )

    def _go(self, moment: float, speed: float) -> None:
        begins, now = self.reach()
        if moment > now - LIVE_WITHIN_S and begins < now - LIVE_WITHIN_S:
            self.live()
            return
        self._note = ""
        if moment < begins:
            moment = min(begins + MARGIN_S, now)
            self._say(QCoreApplication.translate("Replay", "Nothing earlier is kept"))
        self._head = Playhead(moment, self._monotonic(), speed)
        self._tell()

    def _say(self, note: str) -> None:
        self._note, self._noted_at = note, self._monotonic()

    def _tell(self) -> None:
        if self._engine is not None:
            self._engine.replay(self._head, self._cameras)
        self.changed.emit()

    def _spans(self, camera_id: str) -> Spans:
        if self._engine is None:
            return ()
        return self._engine.status(camera_id).kept
