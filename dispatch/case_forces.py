"""Who has a hand in a case besides whoever answers for it: 协办, and outside forces.

Pure. A unit of ours is bound to the case until it is said to have left or the case is
reported done; its terminal has a task of its own, and what it answers moves nothing
but its own entry. What an outside force does is said by hand, each time once.
"""

from dataclasses import replace
from datetime import datetime

from dispatch.case_states import ATTENDED
from dispatch.cases import Case, PhotoRef, Step
from dispatch.commands import Refused
from dispatch.course import Course, Force
from dispatch.people import Actor
from dispatch.units import Unit, UnitStatus

# Stable words: fire brigade, ambulance, police, and those who shut things off.
OUTSIDE = ("119", "120", "110", "gas", "power", "water")

ARRIVE, LEAVE = "force_arrive", "force_leave"
# What only a helper's terminal says.
SIGN, DEPART, DECLINE = "force_sign", "force_depart", "force_return"
ANSWERS = (SIGN, DEPART, ARRIVE, LEAVE, DECLINE)
# The lines of the log that are about them.
FORCES = ("reinforce", "call_force", *ANSWERS)


def reinforce(case: Case, by: Actor, at: datetime, *, unit: Unit, text: str) -> Step:
    """请求增援: a free unit comes besides; whoever was sent goes on answering for it."""
    case.must("reinforce", by)
    if unit.status is UnitStatus.OFF_DUTY:
        raise Refused(
            "unit_off_duty",
            f"unit {unit.unit_id} is off duty",
            unit=unit.unit_id,
            name=unit.name,
        )
    if unit.case_id is not None or unit.unit_id == case.unit_id:
        raise Refused(
            "unit_busy",
            f"unit {unit.unit_id} is on case {unit.case_id}",
            unit=unit.unit_id,
            name=unit.name,
            case_id=unit.case_id or case.case_id,
        )
    force = Force(unit_id=unit.unit_id, called_at=at, text=text.strip())
    return _said(case, "reinforce", by, at, _with(case, force), text, unit.unit_id)


def call(case: Case, by: Actor, at: datetime, *, name: str, text: str) -> Step:
    """Write down that an outside force was asked for, on the telephone."""
    case.must("call_force", by)
    if name not in OUTSIDE or any(each.key == name for each in present(case)):
        raise Refused("force", f"{name} is no force that can be called", force=name)
    force = Force(name=name, called_at=at)
    return _said(case, "call_force", by, at, _with(case, force), f"{name} {text}")


def move(case: Case, action: str, by: Actor, at: datetime, *, key: str) -> Step:
    """Write down that a force has come, or has gone."""
    case.must(action, by)
    force = next((each for each in movable(case, action) if each.key == key), None)
    if force is None:
        raise Refused("force", f"{key} is not on case {case.number}", force=key)
    after = (
        replace(force, arrived_at=at)
        if action == ARRIVE
        else replace(force, left_at=at)
    )
    course = _instead(case, force, after)
    return _said(case, action, by, at, course, force.name, force.unit_id)


def called(case: Case, unit_id: str, call: int) -> Force:
    """Return the entry of a unit that answers a call for help, counted from 1."""
    force = next(iter(case.course.forces[call - 1 : call]), None)
    if force is None or not unit_id or force.unit_id != unit_id:
        raise Refused(
            "not_sent",
            f"unit {unit_id} was not asked to help with case {case.number}",
            unit=unit_id,
            number=case.number,
        )
    return force


def answer(
    case: Case,
    force: Force,
    action: str,
    by: Actor,
    at: datetime,
    *,
    said_at: datetime,
    text: str = "",
    photos: tuple[PhotoRef, ...] = (),
) -> Step | None:
    """Take in what a helper says of the own task: never the responsible one's word.

    None where that, or what comes after it, was said already: no fault.
    """
    if action not in ANSWERS:
        raise Refused("action", f"there is no action {action}", action=action)
    if force.left_at is not None:
        raise Refused(
            "recalled",
            f"unit {force.unit_id} helps no more with case {case.number}",
            number=case.number,
        )
    case.must(action, by, text)
    if action in (LEAVE, DECLINE):
        declined = text.strip() if action == DECLINE else ""
        after = replace(force, left_at=at, declined=declined)
    elif action == ARRIVE and force.arrived_at is None:
        after = replace(force, arrived_at=said_at)
    elif action == DEPART and not (force.departed_at or force.arrived_at):
        after = replace(force, departed_at=said_at)
    elif action == SIGN and not force.has_signed:
        after = replace(force, signed_at=said_at)
    else:
        return None
    course = _instead(case, force, after)
    return _said(case, action, by, at, course, text, force.unit_id, photos)


def present(case: Case) -> tuple[Force, ...]:
    """Return who has been asked for and has not left."""
    return tuple(each for each in case.course.forces if each.left_at is None)


def movable(case: Case, action: str) -> tuple[Force, ...]:
    """Return who can be said to have come, or to have gone."""
    there = present(case)
    if action == ARRIVE:
        return tuple(each for each in there if each.arrived_at is None)
    return there


def missed(case: Case) -> tuple[Force, ...]:
    """Return who handed the task back, while nobody was asked instead of them."""
    if case.state not in ATTENDED:
        return ()
    newest = max((each.called_at for each in case.course.forces), default=None)
    return tuple(
        each
        for each in case.course.forces
        if each.declined and each.left_at and newest and each.left_at >= newest
    )


def released(case: Case, at: datetime) -> tuple[Case, tuple[str, ...]]:
    """Return a case without those who need no longer help, and who of them is free.

    Whoever answers for the case by now helps no more, and is not free.
    """
    gone = [
        each
        for each in present(case)
        if each.unit_id and (case.state not in ATTENDED or each.unit_id == case.unit_id)
    ]
    if not gone:
        return case, ()
    forces = tuple(
        replace(each, left_at=at) if each in gone else each
        for each in case.course.forces
    )
    course = replace(case.course, forces=forces)
    free = tuple(each.unit_id for each in gone if each.unit_id != case.unit_id)
    return replace(case, course=course), free


def _instead(case: Case, before: Force, after: Force) -> Course:
    forces = tuple(after if each is before else each for each in case.course.forces)
    return replace(case.course, forces=forces)


def _with(case: Case, force: Force) -> Course:
    return replace(case.course, forces=(*case.course.forces, force))


def _said(
    case: Case,
    action: str,
    by: Actor,
    at: datetime,
    course: Course,
    text: str,
    unit_id: str = "",
    photos: tuple[PhotoRef, ...] = (),
) -> Step:
    return case.step(
        action,
        by,
        at,
        text=text.strip(),
        unit_id=unit_id,
        photos=photos,
        course=course,
    )
