"""What whoever a case was handed to (移交) says of it since. Pure."""

from dataclasses import replace
from datetime import datetime

from dispatch.case_states import HANDED_ACCEPTED, HANDED_CLOSED
from dispatch.cases import Case, Step
from dispatch.commands import Refused
from dispatch.course import Course
from dispatch.joining import unheard
from dispatch.people import Actor
from dispatch.taxonomy import Rules


def accepted(case: Case, by: Actor, at: datetime, *, text: str, number: str) -> Step:
    """对方已受理: the number it has there stands on it, and in the line.

    A number that is learned later, or was a wrong one, is a line of its own.
    """
    case.must("handover_accept", by)
    course = _not_closed_there(case)
    number = number.strip()
    if course.handed and number in ("", case.external_number):
        raise _nothing_waits(case)
    return case.turn(
        "handover_accept",
        by,
        at,
        text=f"{number} {text.strip()}".strip(),
        course=replace(course, handed=HANDED_ACCEPTED),
        external_number=number or case.external_number,
    )


def given_back(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    """Return what a case carries once they have given it back."""
    return replace(
        unheard(_not_closed_there(case)),
        transferred_to="",
        handed="",
        suspended_until=None,
    )


def closed(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    """Return what a case carries once they have closed it."""
    return replace(_not_closed_there(case), handed=HANDED_CLOSED)


def reopened(case: Case, _by: Actor, _at: datetime, _rules: Rules) -> Course:
    """Return what a case carries once that is taken back: they have it still."""
    if case.course.handed != HANDED_CLOSED:
        raise _nothing_waits(case)
    return replace(case.course, handed=HANDED_ACCEPTED)


def _not_closed_there(case: Case) -> Course:
    if case.course.handed == HANDED_CLOSED:
        raise _nothing_waits(case)
    return case.course


def _nothing_waits(case: Case) -> Refused:
    return Refused("nothing_asked", f"{case.number} waits for no such answer")
