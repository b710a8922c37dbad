"""An alarm that cries again and again, shelved and taken off the shelf."""

from datetime import UTC, datetime, timedelta

from dispatch import shelving
from dispatch.alarms import Alarm
from dispatch.cases import Case, Step
from dispatch.course import Course, Shelved
from dispatch.geo import Point
from dispatch.people import Actor

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
FLAPPING = Alarm(
    alarm_id=1,
    device_id="D1",
    category="B005",
    severity=2,
    place_name="12幢301",
    point=Point(120.95, 30.91),
    first_at=AT,
    last_at=AT,
)
ON_THE_SHELF = Course(
    shelved=Shelved(until=AT + timedelta(days=5), of=(), by="李敏", count=0)
)


def shelf(case: Case, action: str, by: Actor, at: datetime) -> Step:
    """Put a case's alarm on the shelf, or take it off."""
    if action == shelving.UNSHELVE:
        return shelving.unshelve(case, by, at)
    return shelving.shelve(case, by, at, minutes=30, text="松动", alarms=(FLAPPING,))
