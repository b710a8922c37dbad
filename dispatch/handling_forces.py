"""Handlers of who has a hand in a case besides whoever answers for it."""

from dispatch import case_forces
from dispatch.case_commands import CallForce, MoveForce, Reinforce
from dispatch.cases import Case
from dispatch.commands import CaseCommand, Refused
from dispatch.handling import Means, free_unit, set_unit
from dispatch.handling_notices import tell
from dispatch.notices import DISPATCH
from dispatch.units import Unit, UnitStatus
from dispatch.work import UnitOfWork


def reinforce(work: UnitOfWork, command: Reinforce, means: Means) -> object:
    """请求增援; the unit is told by notice, its terminal gets no task for it."""
    unit = work.unit(command.unit_id)
    step = case_forces.reinforce(
        _seen(work, command), command.actor, work.at, unit=unit, text=command.text
    )
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


def _seen(work: UnitOfWork, command: CaseCommand) -> Case:
    case = work.case(command.case_id)
    case.check_version(command.seen)
    return case
