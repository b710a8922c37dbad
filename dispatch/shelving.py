"""搁置: an alarm that cries again and again is heard no more for a while, with an end.

It is counted on its case as before, and neither sounds nor waits to be acknowledged. What
is grave, or grows graver, breaks through. At the end, or when somebody ends it sooner,
what still holds is heard again. Pure.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from dispatch.alarms import Alarm
from dispatch.cases import Case, LogEntry, Step
from dispatch.commands import Refused
from dispatch.course import Shelved
from dispatch.people import Actor

SHELVE, UNSHELVE = "shelve", "unshelve"
MINUTES: Final = (30, 60, 240, 480)  # a shift at most
GRAVE: Final = 1  # 危及生命: it is never shelved


def shelve(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    minutes: int,
    text: str,
    alarms: Iterable[Alarm],
) -> Step:
    """Shelve the alarms of a case for so long, with a reason."""
    case.must(SHELVE, by, text)
    held = list(alarms)
    if not held:
        raise Refused("nothing_active", f"case {case.number} has no alarm that stands")
    if any(alarm.severity <= GRAVE for alarm in held):
        raise Refused("shelve_grave", "danger to life is never shelved")
    if minutes not in MINUTES:
        raise Refused("shelve_time", f"it is shelved for one of {MINUTES} minutes")
    shelved = Shelved(
        until=at + timedelta(minutes=minutes),
        of=tuple(sorted({(each.device_id, each.category) for each in held})),
        by=by.name,
        count=case.alarm_count,
    )
    said = f"{minutes} min · {text.strip()}"
    return _noted(case, shelved, case.entry(SHELVE, by, at, text=said))


def holds(case: Case, device_id: str, category: str, at: datetime) -> bool:
    """Return whether alarms of a device and category are shelved on a case."""
    shelved = case.course.shelved
    return (
        shelved is not None
        and case.state.is_open
        and at < shelved.until
        and (device_id, category) in shelved.of
    )


def is_over(case: Case, at: datetime) -> bool:
    """Return whether the end of a case's shelving has come."""
    shelved = case.course.shelved
    return shelved is not None and shelved.until <= at


def unshelve(case: Case, by: Actor, at: datetime) -> Step:
    """End it by hand."""
    case.must(UNSHELVE, by)
    if case.course.shelved is None:
        raise Refused("not_shelved", f"no alarm of case {case.number} is shelved")
    return ended(case, by, at)


def ended(case: Case, by: Actor, at: datetime) -> Step:
    """End it; the log says how many reports were held back."""
    shelved = case.course.shelved
    count = 0 if shelved is None else case.alarm_count - shelved.count
    return _noted(
        case, None, case.entry(UNSHELVE, by, at, text=f"×{count}" if count else "")
    )


def _noted(case: Case, shelved: Shelved | None, entry: LogEntry) -> Step:
    """Return a case with what is shelved of it: what it is, is as it was."""
    course = replace(case.course, shelved=shelved)
    return Step(replace(case, course=course), (entry,))
