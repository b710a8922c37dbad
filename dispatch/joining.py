"""What joining two reports does to the one that goes on, and what is owed to callers. Pure.

合并 and 解除关联 are steps of the report's own case (`dispatch.case_turns`), which keeps
its number, its words and its log. Here is the other side: the main case names what was
joined to it, is raised to the gravest of them, and owes each caller a call. What is
parted again leaves it as it was.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from dispatch.cases import Case, Step
from dispatch.course import Course, Joined
from dispatch.people import Actor

# Whoever reported on one of these ways is a member of the public, and hears the result.
CALLED_BACK: Final = frozenset({"hotline", "walk_in", "petition", "wechat"})

JOINED, PARTED, RAISED, LOWERED = "joined", "separated", "raised", "lowered"
TOLD = "called_back"


@dataclass(frozen=True, kw_only=True, slots=True)
class OwedCall:
    """Somebody who reported what a case is about and has not heard how it went.

    Attributes:
        case_id: Their own report's case.
        number: Its number.
        caller: Their name, where the case names it; personal.
    """

    case_id: int
    number: str
    caller: str = ""


def owed_calls(case: Case) -> tuple[OwedCall, ...]:
    """Return whom a case owes a call: its own reporter, then those joined to it."""
    owed = [
        OwedCall(case_id=each.case_id, number=each.number)
        for each in case.course.joined
        if each.caller and not each.called_back
    ]
    if has_caller(case) and not case.course.called_back:
        own = OwedCall(
            case_id=case.case_id, number=case.number, caller=case.reporter_name
        )
        owed.insert(0, own)
    return tuple(owed)


def short_number(number: str) -> str:
    """Return the part of a case's number that people say: #0417."""
    return f"#{number[-4:]}"


def has_caller(case: Case) -> bool:
    """Return whether somebody of the public left a number with a report."""
    return bool(case.reporter_phone) and case.channel in CALLED_BACK and not case.drill


def own_severity(case: Case) -> int:
    """Return how grave a case is by itself, whatever was joined to it."""
    return case.course.own_severity or case.severity


def joined(main: Case, report: Case, by: Actor, at: datetime) -> Step:
    """Return a main case with a report joined to it, raised where that is graver."""
    course = report.course
    itself = Joined(
        case_id=report.case_id,
        number=report.number,
        severity=own_severity(report),
        caller=has_caller(report),
        called_back=course.called_back,
    )
    held = (
        *main.course.joined,
        *(replace(each, at=at) for each in (itself, *course.joined)),
    )
    return _with(main, held, JOINED, report, by, at)


def parted(main: Case, report: Case, by: Actor, at: datetime) -> Step:
    """Return a main case without a report, and without what was joined to that."""
    gone = {report.case_id, *(each.case_id for each in report.course.joined)}
    held = tuple(each for each in main.course.joined if each.case_id not in gone)
    return _with(main, held, PARTED, report, by, at)


def told(case: Case, by: Actor, at: datetime, *, text: str) -> Step:
    """Return a case whose own reporter has heard how it went, with what they said."""
    course = replace(case.course, called_back=True)
    entry = case.entry(TOLD, by, at, text=text)
    return Step(replace(case, course=course), (entry,))


def known_of(main: Case, report: Case) -> Step:
    """Return a main case that knows whether the caller of a joined report waits."""
    waits = has_caller(report)
    return _noted(main, report, lambda each: replace(each, caller=waits))


def heard_of(main: Case, report: Case) -> Step:
    """Return a main case whose joined report's caller has heard how it went."""
    return _noted(main, report, lambda each: replace(each, called_back=True))


def unheard(course: Course) -> Course:
    """Return what a case carries once it goes on again: everybody waits anew."""
    held = tuple(replace(each, called_back=False) for each in course.joined)
    return replace(course, joined=held, called_back=False)


def _noted(main: Case, report: Case, noted: Callable[[Joined], Joined]) -> Step:
    held = tuple(
        noted(each) if each.case_id == report.case_id else each
        for each in main.course.joined
    )
    if held == main.course.joined:
        return Step(main, ())
    return Step(replace(main, course=replace(main.course, joined=held)), ())


def _with(
    main: Case,
    held: tuple[Joined, ...],
    action: str,
    report: Case,
    by: Actor,
    at: datetime,
) -> Step:
    own = own_severity(main)
    severity = min((own, *(each.severity for each in held)))
    course = replace(
        main.course, joined=held, own_severity=own if severity != own else 0
    )
    entries = [main.entry(action, by, at, text=report.number)]
    if severity != main.severity:
        word = RAISED if severity < main.severity else LOWERED
        entries.append(main.entry(word, by, at, text=f"{main.severity} → {severity}"))
    return Step(replace(main, course=course, severity=severity), tuple(entries))
