"""What is done with the parts that departments have in a case: 联合处置.

Pure. Three departments work on one case at once: what may be done with a part follows
from that part, whatever else was done to the case meanwhile.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from dispatch.cases import Case, PhotoRef, Step
from dispatch.commands import Refused
from dispatch.moments import Moment
from dispatch.parts import PART_TURNS, WITH_DEPARTMENT, Part, PartState, besides
from dispatch.people import Actor, Role, Scope
from dispatch.taxonomy import Rules

ASSIGN, RELEASE = "part_assign", "part_release"
# What the command room decides; the others are said by whose part it is.
DECIDED = frozenset({ASSIGN, RELEASE})


def turned(
    case: Case,
    action: str,
    by: Actor,
    at: datetime,
    *,
    department: str,
    rules: Rules,
    text: str = "",
    photos: tuple[PhotoRef, ...] = (),
    sign_by: datetime | None = None,
) -> Step:
    """Do one of `PART_TURNS` with a department's part.

    Raises:
        Refused: It does not start there, is not theirs to do, or lacks its words.
    """
    if action not in PART_TURNS:
        raise Refused("action", f"there is no action {action}", action=action)
    case.must(action, by, text)
    department = department.strip()
    _must_be_theirs(case, action, by, department, rules)
    if action == ASSIGN and department in ("", case.department):
        raise Refused(
            "department", f"a part of {case.number} is another's", to=department
        )
    before = part_of(case, department)
    starts, to = PART_TURNS[action]
    if (None if before is None else before.state) not in starts:
        raise Refused(
            "part",
            f"{department} has no such part in case {case.number}",
            number=case.number,
            department=department,
        )
    part = Part(department=department, state=to, since=at, sign_by=sign_by)
    others = [p for p in case.course.parts if p.department != department]
    course = replace(case.course, parts=(*others, part))
    said = f"{department} · {text.strip()}" if text.strip() else department
    # No other version: what somebody decided about the case meanwhile goes on.
    entry = case.entry(action, by, at, text=said, photos=photos)
    return Step(replace(case, course=course), (entry,))


def part_of(case: Case, department: str) -> Part | None:
    """Return the part of a department, or None."""
    found = besides(case.course.parts, case.department)
    return next((each for each in found if each.department == department), None)


def answers_for(scope: Scope, case: Case) -> bool:
    """Return whether a case was sent to a station, and was not taken back since."""
    return (
        Moment.DISPATCHED in case.clocks
        and case.department == scope.department
        and case.grid_code.startswith(scope.grid)
    )


def own_part(scope: Scope, case: Case) -> Part | None:
    """Return the part a station has in a case that another answers for, or None."""
    part = part_of(case, scope.department)
    held = part is not None and part.state in WITH_DEPARTMENT
    return part if held and case.grid_code.startswith(scope.grid) else None


def only_a_part(case: Case) -> Refused:
    """Return the answer about what is for whoever answers for the case."""
    return Refused(
        "only_a_part",
        f"{case.department} answers for case {case.number}",
        number=case.number,
        department=case.department,
    )


def possible(
    case: Case, action: str, known: Iterable[str], scope: Scope | None
) -> tuple[str, ...]:
    """Return with whose part something may be done; a station speaks for its own.

    Args:
        case: Which.
        action: One of `PART_TURNS`.
        known: The departments of the town, for a new part.
        scope: Of the station that asks, or None.
    """
    there = {p.department: p.state for p in besides(case.course.parts, case.department)}
    if scope is not None and action not in DECIDED:
        asked: Iterable[str] = (scope.department,)
    else:
        asked = (
            *there,
            *(sorted(set(known) - there.keys()) if action == ASSIGN else ()),
        )
    starts = PART_TURNS[action][0]
    return tuple(
        each for each in asked if each != case.department and there.get(each) in starts
    )


def due_at(case: Case, part: Part) -> datetime | None:
    """Return until when a part is to be signed for, then done; None: nothing says so.

    It is done within the case's own limit, 延期 and 挂账 with it.
    """
    if part.state is PartState.SIGNED:
        return case.deadline
    return part.sign_by if part.state is PartState.ASSIGNED else None


def _must_be_theirs(
    case: Case, action: str, by: Actor, department: str, rules: Rules
) -> None:
    scope = by.scope
    if action not in DECIDED:
        if scope is not None and scope.department != department:
            raise Refused("not_yours", "the part is another department's")
        return
    # A joint centre of the town that answers for a case directs its parts as well.
    centres = {rule.to for rule in rules.routes if rule.joint} & {case.department}
    centre = scope is not None and scope.department in centres
    if Role.DISPATCHER not in by.roles and not centre:
        raise Refused("role", f"{action} needs the dispatcher", roles=Role.DISPATCHER)
