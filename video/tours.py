"""轮巡: cameras that take turns in one tile, and never a black picture between two.

Pure. Time is a monotonic count of seconds that is handed in; what is known of a
camera is asked for. The next camera is made live unseen before its turn, and the
change waits for its picture; one that has none is passed over, and named.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final

DWELL_S: Final = 10.0
DWELL_LEAST_S: Final = 5.0  # shorter, nobody can look at it
DWELL_MOST_S: Final = 600.0
PRELOAD_S: Final = 4.0  # before its turn the next one is made live, unseen
LATE_S: Final = 6.0  # past its turn it is waited for, then passed over
MOST_STOPS: Final = 64
LOOKED_S: Final = 2.0  # longer between two looks, and nobody saw it: asleep, or hidden


class Sight(Enum):
    """What is to be seen of a camera now."""

    LIVE = "live"  # a picture, and a fresh one
    COMING = "coming"  # none yet, and nothing says that there will be none
    DEAD = "dead"  # none is to be expected


@dataclass(frozen=True, slots=True)
class Stop:
    """One camera of a tour, and for how many seconds it is shown."""

    camera_id: str
    dwell_s: float = DWELL_S


@dataclass(frozen=True, kw_only=True, slots=True)
class Tour:
    """Cameras in order.

    Attributes:
        key: Stable name, as a tile's content has it.
        name: What people call it.
        stops: In order; the first one follows the last.
    """

    key: str
    name: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """What a running tour wants of the cameras.

    Attributes:
        live: Shown now, and the one made ready unseen, if it is time for that.
        standby: Those that follow, soonest first.
    """

    live: tuple[str, ...]
    standby: tuple[str, ...]


def faults(tour: Tour) -> tuple[str, ...]:
    """Return why a tour cannot stand: "name", "stops", "many", "dwell"."""
    found = []
    if not tour.name.strip():
        found.append("name")
    if not tour.stops:
        found.append("stops")
    if len(tour.stops) > MOST_STOPS:
        found.append("many")
    if any(not DWELL_LEAST_S <= stop.dwell_s <= DWELL_MOST_S for stop in tour.stops):
        found.append("dwell")
    return tuple(found)


class TourRun:
    """One tour on its way in one tile.

    Thread: whichever one owns it.

    Args:
        tour: With at least one stop.
        now: Seconds of a monotonic clock.
        before: The camera that stood in the tile; it stays until the first stop has
            a picture.

    Attributes:
        tour: What is shown in turn.
        paused: Somebody holds it: nothing but a step by hand changes what it shows.
        gives_way: A case has its tile; it goes on afterwards where it was.
        skipped: Cameras passed over for want of a picture, since they last had one.
    """

    def __init__(self, tour: Tour, now: float, *, before: str | None = None) -> None:
        if not tour.stops:
            raise ValueError("a tour without a stop")
        self.tour = tour
        self.paused = False
        self.gives_way = False
        self.skipped: tuple[str, ...] = ()
        self._before = before
        self._at: int | None = None if before is not None else 0
        self._target = 0 if before is not None else self._beside(0, 1)
        self._step = 1
        self._elapsed = 0.0
        self._waited = 0.0
        self._hurry = before is not None
        self._led = False  # a step by hand is under way: it goes through while held
        self._last = now

    # -- what is to be seen ------------------------------------------------------------

    @property
    def shown(self) -> str:
        """Return the camera that stands in the tile."""
        if self._at is None:
            return self._before or ""
        return self.tour.stops[self._at].camera_id

    @property
    def place(self) -> int:
        """Return which stop is shown, from 1; 0 before the first."""
        return 0 if self._at is None else self._at + 1

    @property
    def next(self) -> str | None:
        """Return the camera that comes next; None where there is no other."""
        if self._target == self._at:
            return None
        return self.tour.stops[self._target].camera_id

    @property
    def share(self) -> float:
        """Return how much of its time the shown stop has had, 0 to 1."""
        return 0.0 if self._at is None else min(1.0, self._elapsed / self._dwell)

    def needs(self) -> Needs:
        """Return which cameras are wanted live, and which at hand."""
        live = [self.shown]
        if self._preloads() and self.next is not None:
            live.append(self.next)
        rest = range(len(self.tour.stops))
        following = (self.tour.stops[self._beside(self._target, n)] for n in rest)
        standby = dict.fromkeys(stop.camera_id for stop in following)
        return Needs(
            tuple(dict.fromkeys(live)),
            tuple(each for each in standby if each not in live),
        )

    # -- what time does ----------------------------------------------------------------

    def advance(self, now: float, sight: Callable[[str], Sight]) -> bool:
        """Go on to `now`; return whether the tile shows another camera.

        Args:
            now: Seconds of the monotonic clock; never less than the last time.
            sight: What is to be seen of a camera; of one in `needs().live` a
                picture may come at any moment.
        """
        passed, self._last = min(max(0.0, now - self._last), LOOKED_S), now
        if self.gives_way:
            return False
        if not self.paused:
            self._elapsed += passed
        self.skipped = tuple(
            each for each in self.skipped if sight(each) is not Sight.LIVE
        )
        if not self.paused and sight(self.shown) is Sight.DEAD:
            self._hurry = True  # nobody looks at a dead picture for its full time
        if not self._preloads() or self.next is None:
            self._begin_again_alone()
            return False
        if not self._pass_dead(sight):
            return False
        if not self._due():
            return False
        if sight(self.tour.stops[self._target].camera_id) is Sight.LIVE:
            self._change()
            return True
        self._waited += passed
        if self._waited > LATE_S:
            self._pass_over()
        return False

    # -- by hand -----------------------------------------------------------------------

    def pause(self) -> None:
        """Stay with what is shown, also where the next one was about to come."""
        self.paused, self._led = True, False
        self._waited = 0.0
        if self._at is not None:
            self._hurry, self._step = False, 1
            self._target = self._beside(self._at, 1)

    def resume(self) -> None:
        """Go on; the shown stop has the rest of its time."""
        self.paused = False

    def lead(self, step: int) -> None:
        """Go to the next stop, or the one before (-1); 0 holds it, or lets it go on."""
        if step:
            self.step(step)
        elif self.paused:
            self.resume()
        else:
            self.pause()

    def step(self, step: int) -> None:
        """Go to the next stop, or to the one before (-1), as soon as it has a picture."""
        at = 0 if self._at is None else self._at
        again = self._led and self._step == step and self._at is not None
        self._step = step
        self._target = self._beside(self._target if again else at, step)
        self._hurry = self._led = True
        self._waited = 0.0

    def go_on_with(self, tour: Tour) -> None:
        """Take a changed tour: what is shown stays, the rest is as it is now."""
        shown = self.shown
        ids = [stop.camera_id for stop in tour.stops]
        self.tour = tour
        if shown in ids:
            self._at, self._before = ids.index(shown), None
            self._target = self._beside(self._at, 1)
            self._hurry = False
        else:
            self._at, self._before, self._target = None, shown, 0
            self._hurry = True
        self._led = False
        self._waited = 0.0
        self.skipped = tuple(each for each in self.skipped if each in ids)

    # -- within ------------------------------------------------------------------------

    @property
    def _dwell(self) -> float:
        return self.tour.stops[self._at or 0].dwell_s

    @property
    def _stays(self) -> bool:
        return self.paused and not self._led

    def _preloads(self) -> bool:
        near = self._hurry or self._elapsed >= self._dwell - PRELOAD_S
        return near and not self._stays

    def _due(self) -> bool:
        return (self._hurry or self._elapsed >= self._dwell) and not self._stays

    def _beside(self, at: int, step: int) -> int:
        return (at + step) % len(self.tour.stops)

    def _begin_again_alone(self) -> None:
        """Let a stop that has nobody to give its place to begin its time anew."""
        if self.next is None and self._due():
            self._elapsed, self._hurry, self._led = 0.0, False, False
            self._target = self._beside(self._at or 0, 1)

    def _pass_dead(self, sight: Callable[[str], Sight]) -> bool:
        """Find a next stop that is not dead; False where there is none."""
        for _ in self.tour.stops:
            camera_id = self.next
            if camera_id is None:
                break
            if sight(camera_id) is not Sight.DEAD:
                return True
            self._pass_over()
        self._begin_again_alone()
        return False

    def _pass_over(self) -> None:
        camera_id = self.tour.stops[self._target].camera_id
        if camera_id not in self.skipped:
            self.skipped = (*self.skipped, camera_id)
        self._target = self._beside(self._target, self._step)
        self._waited = 0.0

    def _change(self) -> None:
        self._at, self._before = self._target, None
        self._step = 1
        self._target = self._beside(self._at, 1)
        self._elapsed = self._waited = 0.0
        self._hurry = self._led = False
