"""How soon each moment of a case should come: one table for queue, clocks and sounds.

The figures stand in the profile, `resources/profiles/NAME.json`.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from dispatch.cases import Case
from dispatch.commands import Moment
from dispatch.profiles import load_taxonomy

_Limits = Mapping[Moment, tuple[timedelta | None, ...]]


def target(moment: Moment, severity: int, *, profile: str = "core") -> timedelta | None:
    """Return how long after the signal a moment should come, or None."""
    by_severity = _limits(profile).get(moment)
    return None if by_severity is None else by_severity[min(max(severity, 1), 4) - 1]


def start_of(case: Case) -> datetime:
    """Return when the case's time began to run."""
    signal = case.clocks.get(Moment.SIGNAL)
    return signal or case.clocks.get(Moment.RECEIVED) or case.opened_at


@lru_cache
def _limits(profile: str) -> _Limits:
    targets = load_taxonomy(profile).targets
    seconds = {
        Moment.ON_SCREEN: targets.on_screen_s,
        Moment.DISPATCHED: targets.dispatched_s,
        Moment.ARRIVED: targets.arrived_s,
    }
    return {
        moment: tuple(None if each is None else timedelta(seconds=each) for each in by)
        for moment, by in seconds.items()
    }
