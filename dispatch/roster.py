"""排班表: who is on shift by the town's roster, a week of wall-clock times. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WHOLE_DAY = "00:00-24:00"
AT_REST = ("",) * len(DAYS)  # on no shift, all week

_TIMES = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~至]\s*(\d{1,2})[:：](\d{2})")
_FREE = frozenset({"", "-", "休", "off"})
_WHOLE = frozenset({"全天", "24h"})
_DAY_MINUTES = 24 * 60


def read_cell(parts: Sequence[str]) -> str:
    """Return a day of the roster as it is kept: times parted by blanks, "" for none.

    Args:
        parts: What stands in its cell, such as `08:00-12:00`, `20:00-08:00`, 全天, 休.

    Raises:
        ValueError: Something in it is no time.
    """
    kept = []
    for part in parts:
        if part.lower() in _FREE:
            continue
        if part.lower() in _WHOLE:
            kept.append(WHOLE_DAY)
            continue
        found = _TIMES.fullmatch(part)
        if found is None:
            raise ValueError(part)
        hours = [int(found[1]), int(found[3])]
        minutes = [int(found[2]), int(found[4])]
        begins, ends = (h * 60 + m for h, m in zip(hours, minutes, strict=True))
        if max(minutes) > 59 or max(begins, ends) > _DAY_MINUTES:
            raise ValueError(part)
        kept.append(f"{hours[0]:02}:{minutes[0]:02}-{hours[1]:02}:{minutes[1]:02}")
    return " ".join(kept)


def on_shift(roster: Sequence[str], local: datetime) -> bool | None:
    """Return whether somebody is on shift, or None where no roster names them.

    Args:
        roster: Seven days from Monday on, as `read_cell` keeps them; or empty.
        local: Now, by the town's clocks.
    """
    if not roster:
        return None
    minute = local.hour * 60 + local.minute
    yesterday = (local - timedelta(days=1)).weekday()
    return any(
        begins <= minute < ends for begins, ends in _spans(roster[local.weekday()])
    ) or any(  # what began yesterday goes on past midnight
        begins <= minute + _DAY_MINUTES < ends
        for begins, ends in _spans(roster[yesterday])
    )


@lru_cache(maxsize=1024)  # asked each second of everybody who is free
def _spans(day: str) -> tuple[tuple[int, int], ...]:
    spans = []
    for times in day.split():
        begins, ends = (_minutes(each) for each in times.split("-"))
        spans.append((begins, ends if ends > begins else ends + _DAY_MINUTES))
    return tuple(spans)


def _minutes(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)
