"""Handlers of who has a hand in a case besides whoever answers for it."""

from dataclasses import replace

from dispatch import case_forces
from dispatch.case_commands import AnswerHelp, CallForce, MoveForce, Reinforce
from dispatch.case_log import NO_TERMINAL
from dispatch.cases import Case
from dispatch.commands import CaseCommand, Refused
from dispatch.devices import has_terminal
from dispatch.handling import Means, free_unit, set_unit
from dispatch.handling_field import (
    field_seen,
    keep_late,
    keep_photo,
    may_speak,
    said_after,
)
from dispatch.handling_notices import tell
from dispatch.notices import DISPATCH
from dispatch.units import Unit, UnitStatus
from dispatch.work import UnitOfWork

# What a helper does by what it said.
_DOES = {
    case_forces.SIGN: UnitStatus.ASSIGNED,
    case_forces.DEPART: UnitStatus.EN_ROUTE,
    case_forces.ARRIVE: UnitStatus.ON_SCENE,
    case_forces.LEAVE: UnitStatus.FREE,
    case_forces.DECLINE: UnitStatus.FREE,
}


def reinforce(work: UnitOfWork, command: Reinforce, means: Means) -> object:
    """请求增援; the log says where no terminal tells the unit, and somebody must."""
    unit = work.unit(command.unit_id)
    step = case_forces.reinforce(
        _seen(work, command), command.actor, work.at, unit=unit, text=command.text
    )
    if not has_terminal(unit.unit_id, unit.device_id, work.working.things["device"]):
        (entry,) = step.entries
        entry = replace(entry, text=f"{NO_TERMINAL} {entry.text}".strip())
        step = replace(step, entries=(entry,))
    case = work.keep_step(step)
    set_unit(work, unit, UnitStatus.ASSIGNED, case_id=case.case_id)
    key = f"{case.version}-{unit.unit_id}"
    tell(work, case, means, cause=DISPATCH, key=key, unit_id=unit.unit_id)
    return None


def call_force(work: UnitOfWork, command: CallForce, _means: Means) -> object:
    """Note that an outside force was asked for."""
    step = case_forces.call(
        _seen(work, command),
        command.actor,
        work.at,
        name=command.force,
        text=command.text,
    )
    work.keep_step(step)
    return None


def move_force(work: UnitOfWork, command: MoveForce, _means: Means) -> object:
    """Note that somebody has come, or has gone and is free."""
    if command.action not in (case_forces.ARRIVE, case_forces.LEAVE):
        raise Refused(
            "action", f"there is no action {command.action}", action=command.action
        )
    step = case_forces.move(
        _seen(work, command),
        command.action,
        command.actor,
        work.at,
        key=command.force,
    )
    case = work.keep_step(step)
    unit: Unit | None = work.find("unit", command.force)
    if unit is not None and unit.case_id == case.case_id:
        if command.action == case_forces.ARRIVE:
            set_unit(work, unit, UnitStatus.ON_SCENE, case_id=case.case_id)
        else:
            free_unit(work, unit.unit_id, case.case_id)
    return None


def answer_help(work: UnitOfWork, command: AnswerHelp, _means: Means) -> object:
    """Note what a helper's terminal says of its own task.

    What was done is kept as a line where somebody said already that they have left.
    """
    may_speak(work, command)
    case = work.case(command.case_id)
    force = case_forces.called(case, command.unit_id, command.call)
    photos = tuple(keep_photo(work, photo) for photo in command.photos)
    if force.left_at is not None and command.action == case_forces.LEAVE:
        keep_late(work, command, case, photos)
        return None
    moments = (force.called_at, force.signed_at, force.departed_at, force.arrived_at)
    step = case_forces.answer(
        case,
        force,
        command.action,
        command.actor,
        work.at,
        said_at=said_after(work, command.at, (at for at in moments if at)),
        text=command.text,
        photos=photos,
    )
    if step is not None:
        field_seen(work, command, work.keep_step(step), _DOES[command.action])
    return None


def _seen(work: UnitOfWork, command: CaseCommand) -> Case:
    case = work.case(command.case_id)
    case.check_version(command.seen)
    return case
