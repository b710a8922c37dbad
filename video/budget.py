"""Decide which live pictures give way when decoding cannot keep up, and by how much.

Pure: what was measured goes in, steps come out. The order is one line, and a budget is
a point on it: class after class by how much a picture matters, and in each class three
rungs. So a picture that matters more never has less than one that matters less, a point
further on gives nobody more, and nought is everything.

The first two rungs of a class are for all of it at once, because they cost no more than
there is need for: told `Step.HALF`, a decoder leaves out only what there is no time for.
Stills come one picture after the other, as many as it takes.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from math import ceil
from typing import Final, NamedTuple

from video.contract import Importance, Step

_RUNGS: Final = 3  # of a class: as many as there is time for, smaller, stills
END: Final = float(_RUNGS * len(Importance))

#: What decoding a picture asks for at each step, of what it asks for in full …
COSTS: Final = {Step.FULL: 1.0, Step.HALF: 1.0, Step.SMALL: 0.8, Step.STILLS: 0.05}
#: … and how much of that has to be had: the rest may be left out when there is no time.
KEPT: Final = {Step.FULL: 1.0, Step.HALF: 2 / 3, Step.SMALL: 2 / 3, Step.STILLS: 1.0}

#: Of the time there is. Steps are taken until what is asked for is no more than this.
AIM: Final = 0.9
#: Somebody else had the processor, and this much was asked for: it says nothing.
SOME: Final = 0.6
#: Looks in a row, a second each. Down at once, but a call-up is no reason …
LATE_LOOKS: Final = 2
#: … and not again before one look has seen nothing but what came of it.
BLIND_LOOKS: Final = 1
#: Up where there is room; where it is not sure that there is, after longer …
CALM_LOOKS: Final = 8
TRY_LOOKS: Final = 30
#: … and each time it was too early after twice as long, up to so many times.
_MOST_PATIENCE: Final = 8
#: Late so soon after a step up: it was the step.
_TOO_EARLY_LOOKS: Final = 10
#: Less of the time it worked than this on a processor: others had it meanwhile.
_CONTENDED: Final = 0.8
#: Pictures older than this when their turn comes: whatever else is said, it is too much.
LATE_S: Final = 0.5
_MOST_UNDONE: Final = 0.75
_MOST_BEHIND: Final = 0.5
_GOLDEN: Final = 0.6180339887498949


@dataclass(frozen=True, slots=True)
class Load:
    """How it went in a worker's most burdened decoding thread in the last second or so.

    Attributes:
        busy: Share of the time in which it had work under way.
        own: Share of the time in which it had a processor.
        undone: Share of what came in that it had no time for.
        late_s: How old the oldest picture was when its turn came.
    """

    busy: float = 0.0
    own: float = 0.0
    undone: float = 0.0
    late_s: float = 0.0

    @property
    def contended(self) -> bool:
        """Return whether it was kept from working by others on the machine."""
        return self.own < self.busy * _CONTENDED

    @property
    def asked(self) -> float:
        """Return how much of the time everything that came in would have taken.

        A thread may work all the time and keep up: that is 1. Over 1 is too much.
        """
        done = 1.0 - min(self.undone, _MOST_UNDONE)
        behind = min(max(0.0, self.late_s - LATE_S), _MOST_BEHIND)
        return self.busy / done + behind


class Claim(NamedTuple):
    """What one live picture has to say for itself.

    Attributes:
        importance: How much it matters.
        turn: When it gives way among those that matter as much; over 0, at most 1.
    """

    importance: Importance
    turn: float


def turn_of(number: int) -> float:
    """Return the turn of the stream of this number: evenly spread, and never another."""
    return 1.0 - number * _GOLDEN % 1.0


def step_at(level: float, claim: Claim) -> Step:
    """Return what a picture gets at a point of the line."""
    half, small, stills = _points(claim)
    if level >= stills:
        return Step.STILLS
    if level >= small:
        return Step.SMALL
    return Step.HALF if level >= half else Step.FULL


def points_of(claims: Collection[Claim]) -> list[float]:
    """Return the points of the line at which one of these pictures gets less."""
    return sorted({0.0, *(at for claim in claims for at in _points(claim))})


def _points(claim: Claim) -> tuple[float, float, float]:
    first = _RUNGS * claim.importance
    return first + 1.0, first + 2.0, first + 2.0 + claim.turn


class Budget:
    """How far down the line one has to go, from one look at the load to the next.

    Looks are counted, not seconds: a machine that was suspended is no fault.

    Thread: whichever one looks.

    Attributes:
        level: The point of the line, 0 to `END`.
    """

    def __init__(self) -> None:
        self.level = 0.0
        self._late = 0
        self._calm = 0
        self._free = 0
        self._blind = 0
        self._patience = 1
        self._since_up = _TOO_EARLY_LOOKS

    def look(self, asked: float | None, claims: Collection[Claim]) -> float:
        """Look at the load once more and return the level from now on.

        Args:
            asked: As `Load.asked`; None: says nothing, for one way or the other.
            claims: The live pictures there are.
        """
        self._since_up += 1
        if self._blind:
            self._blind -= 1
        elif asked is not None:
            self._judge(_Forecast(asked, self.level, claims))
        return self.level

    def _judge(self, forecast: "_Forecast") -> None:
        if forecast.needed(self.level) > 1.0:
            self._calm = self._free = 0
            self._late += 1
            if self._late >= LATE_LOOKS:
                self._late = 0
                self._down(forecast)
            return
        self._late = 0
        self._calm += 1
        better = forecast.first_that_fits()
        self._free = self._free + 1 if better < self.level or not self.level else 0
        if self._free >= CALM_LOOKS * self._patience:
            self._up(better)
        elif self._calm >= TRY_LOOKS * self._patience:
            self._up(forecast.one_up())

    def _down(self, forecast: "_Forecast") -> None:
        if self._since_up < _TOO_EARLY_LOOKS:
            self._patience = min(2 * self._patience, _MOST_PATIENCE)
        next_point = forecast.one_down()
        if next_point > self.level:
            # A forecast is no reason to take from who matters more.
            end = _RUNGS * ceil(next_point / _RUNGS)
            self.level = max(next_point, min(forecast.first_that_fits(), end))
            self._blind = BLIND_LOOKS

    def _up(self, level: float) -> None:
        if self.level == 0:
            self._patience = 1
        else:
            self.level, self._blind = level, BLIND_LOOKS
            self._since_up = 0
        self._calm = self._free = 0


class _Forecast:
    """What would be needed at other points of the line, by what is asked for at one."""

    def __init__(self, asked: float, level: float, claims: Collection[Claim]) -> None:
        self._claims = claims
        self._level = level
        self._points = points_of(claims)
        costs = sum(COSTS[step_at(level, each)] for each in claims)
        self._each = asked / costs if costs else 0.0

    def needed(self, level: float) -> float:
        """Return how much of the time has to be had at this point, at the least."""
        steps = [step_at(level, each) for each in self._claims]
        return self._each * sum(COSTS[each] * KEPT[each] for each in steps)

    def first_that_fits(self) -> float:
        """Return the first point at which there is time for what has to be had."""
        at = bisect_left(self._points, True, key=lambda each: self.needed(each) <= AIM)
        return self._points[min(at, len(self._points) - 1)]

    def one_down(self) -> float:
        """Return the next point at which somebody gets less."""
        at = bisect_right(self._points, self._level)
        return self._points[at] if at < len(self._points) else self._level

    def one_up(self) -> float:
        """Return the next point at which somebody gets more."""
        return max((each for each in self._points if each < self._level), default=0.0)
