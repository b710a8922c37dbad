"""Decide which live pictures give way when decoding cannot keep up, and by how much.

Pure: what was measured goes in, steps come out. The order is one list, `RUNGS`, and a
budget is a number on it: so a picture that matters more never has less than one that
matters less, more load never gives more to anybody, and rung nought is everything.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Final

from video.contract import Importance, Step

#: Who gives way, in which order, and how: the frame rate, the size, all but stills.
RUNGS: Final = tuple(
    (importance, step)
    for importance in Importance
    for step in (Step.HALF, Step.SMALL, Step.STILLS)
)

#: Of a decoding thread's time: more than this, and pictures begin to come late.
OVER: Final = 0.85
#: With less than this there is room again.
UNDER: Final = 0.6
#: Looks in a row, a second each. Down at once, but a call-up is no reason …
LATE_LOOKS: Final = 2
#: … up where there is room; where it is not sure that there is, after longer …
CALM_LOOKS: Final = 8
TRY_LOOKS: Final = 30
#: … and each time it was too early after twice as long, up to so many times.
_MOST_PATIENCE: Final = 8
#: Late so soon after a step up: it was the step.
_TOO_EARLY_LOOKS: Final = 10
#: Less of the time it worked than this on a processor: others had it meanwhile.
_CONTENDED: Final = 0.8


@dataclass(frozen=True, slots=True)
class Load:
    """How busy a worker's busiest decoding thread was over the last second or so.

    Attributes:
        busy: Share of the time in which it had work under way.
        own: Share of the time in which it had a processor.
    """

    busy: float = 0.0
    own: float = 0.0

    @property
    def contended(self) -> bool:
        """Return whether it was kept from working by others on the machine."""
        return self.own < self.busy * _CONTENDED


@cache
def steps_at(level: int) -> dict[Importance, Step]:
    """Return what each live picture gets at a rung of the ladder; 0: everything."""
    steps = dict.fromkeys(Importance, Step.FULL)
    steps.update(RUNGS[:level])
    return steps


class Budget:
    """How far down the ladder one has to go, from one look at the load to the next.

    Looks are counted, not seconds: a machine that was suspended is no fault.

    Thread: whichever one looks.

    Attributes:
        level: Rungs of `RUNGS` taken, from the first.
    """

    def __init__(self) -> None:
        self.level = 0
        self._late = 0
        self._calm = 0
        self._free = 0
        self._patience = 1
        self._since_up = _TOO_EARLY_LOOKS

    def look(self, load: float | None, present: Collection[Importance]) -> int:
        """Look at the load once more and return the level from now on.

        Args:
            load: As `Load.busy`; None: says nothing, for one way or the other.
            present: What live pictures there are: rungs of others help nobody.
        """
        self._since_up += 1
        if load is None:
            return self.level
        if load > OVER:
            self._calm = self._free = 0
            self._late += 1
            if self._late >= LATE_LOOKS:
                self._late = 0
                self._down(present)
            return self.level
        self._late = 0
        self._calm += 1
        self._free = self._free + 1 if load < UNDER else 0
        enough = self._free >= CALM_LOOKS * self._patience
        if enough or self._calm >= TRY_LOOKS * self._patience:
            self._up(present)
        return self.level

    def _down(self, present: Collection[Importance]) -> None:
        below = [
            at
            for at in range(self.level, len(RUNGS))
            if RUNGS[at][0] in present  # the others' rungs are passed on the way
        ]
        if not below:
            return
        if self._since_up < _TOO_EARLY_LOOKS:
            self._patience = min(2 * self._patience, _MOST_PATIENCE)
        self.level = below[0] + 1

    def _up(self, present: Collection[Importance]) -> None:
        if self.level == 0:
            self._patience = 1
            return
        above = [at for at in range(self.level) if RUNGS[at][0] in present]
        self.level = above[-1] if above else 0
        self._calm = self._free = self._since_up = 0
