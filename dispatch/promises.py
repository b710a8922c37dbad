"""承诺: promised, kept, and what is still open of it; each has a clock of its own. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from dispatch.cases import Case, Step
from dispatch.commands import Refused
from dispatch.course import Promise
from dispatch.people import Actor

PROMISED, KEPT = "promised", "promise_kept"
LONGEST: Final = timedelta(days=366)


def promised(
    case: Case, by: Actor, at: datetime, *, what: str, to: str, due_at: datetime
) -> Step:
    """Return a case about which something was promised."""
    if not what.strip():
        raise Refused("reason_missing", "a promise says what", action=PROMISED)
    if due_at.tzinfo is None or not at < due_at <= at + LONGEST:
        raise Refused("date", "a promise is for a time ahead", days=LONGEST.days)
    promise = Promise(what=what.strip(), to=to.strip(), due_at=due_at, by=by.name)
    held = (*case.course.promises, promise)
    course = replace(case.course, promises=held)
    entry = case.entry(PROMISED, by, at, text=promise.what)
    return Step(replace(case, course=course), (entry,))


def kept(case: Case, by: Actor, at: datetime, *, number: int) -> Step:
    """Return a case one of whose promises was kept.

    Args:
        case: The case.
        by: Who says so.
        at: When.
        number: Which one, counted from 0 in the order in which they were made.
    """
    held = case.course.promises
    if not 0 <= number < len(held) or held[number].kept_at is not None:
        raise Refused(
            "nothing_asked", f"case {case.number} has no such promise to keep"
        )
    now_kept = replace(held[number], kept_at=at)
    course = replace(
        case.course, promises=(*held[:number], now_kept, *held[number + 1 :])
    )
    entry = case.entry(KEPT, by, at, text=now_kept.what)
    return Step(replace(case, course=course), (entry,))


def open_promises(case: Case) -> tuple[tuple[int, Promise], ...]:
    """Return what was promised and not kept yet, with its number, the next due first."""
    waiting = [
        (number, each)
        for number, each in enumerate(case.course.promises)
        if each.kept_at is None
    ]
    return tuple(sorted(waiting, key=lambda pair: (pair[1].due_at, pair[0])))
