"""What follows from readings over time. Pure: no clock, no store.

One rule so far: a home's meter that stays below its line (B004).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WITHOUT_USE = timedelta(hours=12)
_EXACT = 1e-9  # 12.35 - 12.34 is a little less than 0.01


@dataclass(frozen=True, kw_only=True, slots=True)
class LowUse:
    """The line that a meter has to pass every 12 hours.

    Attributes:
        category: What it is where it does not.
        value: The reading that counts up, such as "volume_m3".
        unit: Its unit, for people.
        line: How much has to be used, in that unit.
        within: In what time.
    """

    category: str
    value: str
    unit: str
    line: float
    within: timedelta = WITHOUT_USE


@dataclass(frozen=True, slots=True)
class LastUse:
    """When a meter's home last used as much as the line, and the total then."""

    total: float
    at: datetime


class Verdict(StrEnum):
    """What a reading says of a home."""

    USED = "used"  # as much as the line, since the last use
    WAITING = "waiting"  # not yet, and the time is not over
    IDLE = "idle"  # too little for too long


def weigh(
    rule: LowUse, last: LastUse | None, total: float, at: datetime
) -> tuple[LastUse, Verdict]:
    """Weigh one reading of a meter against its line.

    Readings may come late and out of order: only a later one can say that nothing was
    used, and only a later, lower total is another meter that begins anew.

    Args:
        rule: The line.
        last: What is known of it, or None at the first reading.
        total: What it shows.
        at: When it showed that.

    Returns:
        What is known now, and what it means.
    """
    if last is None or (total < last.total and at >= last.at):
        return LastUse(total, at), Verdict.WAITING
    if total - last.total > rule.line - _EXACT:
        return LastUse(total, at), Verdict.USED
    idle = at - last.at >= rule.within and total >= last.total
    return last, Verdict.IDLE if idle else Verdict.WAITING
