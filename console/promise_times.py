"""By when something is promised, as it is typed: 30, 10:55, 11-24 9:00. Needs no Qt."""

import re
import unicodedata
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_MINUTES = re.compile(r"\d{1,4}")
_TIME = re.compile(r"(?:(\d{1,2})-(\d{1,2})\s+)?(\d{1,2}):(\d{2})")
_DAY = timedelta(days=1)


def due_of(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the moment a text means, or None where it means none.

    Minutes from now; a time of today, or of tomorrow where that is past; a time of a day
    of this year, or of the next where that is past.

    Args:
        text: As typed.
        now: The time.
        zone: The town's.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if _MINUTES.fullmatch(text):
        return now + timedelta(minutes=int(text)) if int(text) else None
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    month, day, hour, minute = match.groups()
    local = now.astimezone(zone).replace(second=0, microsecond=0)
    try:
        local = local.replace(hour=int(hour), minute=int(minute))
        if month is None:
            return local if local > now else local + _DAY
        local = local.replace(month=int(month), day=int(day))
        return local if local > now else local.replace(year=local.year + 1)
    except ValueError:
        return None
