"""Whether a stage will be late, from what similar cases took. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dispatch.course import StageClock
from dispatch.stages import paused_for


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """Whether a stage will be late, from what similar cases took.

    Attributes:
        expected_at: When half of those that took longer than this one already has
            were done.
        late: That is after its deadline.
        similar: From how many.
    """

    expected_at: datetime
    late: bool
    similar: int


FEWEST_SIMILAR = 5


def forecast(
    clock: StageClock, took: Sequence[timedelta], now: datetime
) -> Forecast | None:
    """Return when a stage will be done, or None: too few are known, or no limit.

    Args:
        clock: The running clock.
        took: How long similar cases took, pauses left out.
        now: The time.
    """
    if clock.due_at is None:
        return None
    spent = now - clock.begun_at - paused_for(clock, now)
    longer = sorted(each for each in took if each >= spent)
    if len(longer) < FEWEST_SIMILAR:
        return None
    expected = now + (longer[(len(longer) - 1) // 2] - spent)
    return Forecast(
        expected_at=expected.astimezone(UTC),
        late=expected > clock.due_at,
        similar=len(longer),
    )
