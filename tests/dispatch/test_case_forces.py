"""协办 and outside forces: who comes besides, when, and who is free again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bus_kit import DESK, Kit, refusal

from dispatch import case_forces
from dispatch.case_commands import CallForce, MoveForce, Reinforce
from dispatch.cases import CaseState
from dispatch.commands import RecallUnit, SignCase
from dispatch.units import UnitStatus


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    kit = Kit(tmp_path)
    yield kit
    kit.close()


@pytest.fixture
def case_id(kit: Kit) -> int:
    case_id = kit.report()
    kit.send(case_id)
    kit.field(SignCase, case_id)
    kit.clock.go(minutes=3)
    kit.bus.handle(Reinforce(actor=DESK, case_id=case_id, unit_id="W02", text="人多"))
    return case_id


def doing(kit: Kit, unit_id: str) -> tuple[UnitStatus, int | None]:
    unit = kit.board().units[unit_id]
    return unit.status, unit.case_id


def test_who_comes_besides_is_bound_and_whoever_was_sent_goes_on(kit, case_id) -> None:
    case = kit.case(case_id)
    assert (case.unit_id, case.state) == ("W01", CaseState.HANDLING)
    (force,) = case.course.forces
    assert (force.unit_id, force.called_at) == ("W02", kit.clock())
    assert doing(kit, "W02") == (UnitStatus.ASSIGNED, case_id)
    assert kit.board().entries(case_id)[-1].text == "人多"
    for unit_id in ("W01", "W02"):  # both are on it already
        twice = Reinforce(actor=DESK, case_id=case_id, unit_id=unit_id)
        assert refusal(kit, twice).reason == "unit_busy"


def test_times_are_said_by_hand_once_each(kit, case_id) -> None:
    about = {"actor": DESK, "case_id": case_id}
    kit.bus.handle(CallForce(**about, force="119", text="二号门"))
    called = kit.clock()
    for action, force in (
        ("force_arrive", "119"),
        ("force_arrive", "W02"),
        ("force_leave", "119"),
    ):
        kit.clock.go(minutes=5)
        kit.bus.handle(MoveForce(**about, action=action, force=force))
        again = MoveForce(**about, action=action, force=force)
        assert refusal(kit, again).reason == "force"
    fire = kit.case(case_id).course.forces[1]
    minutes = [
        None if at is None else (at - called).total_seconds() / 60
        for at in (fire.called_at, fire.arrived_at, fire.left_at)
    ]
    assert minutes == [0, 5, 15]
    assert doing(kit, "W02") == (UnitStatus.ON_SCENE, case_id)
    there = case_forces.present(kit.case(case_id))
    assert [each.key for each in there] == ["W02"]
    kit.bus.handle(CallForce(**about, force="119"))  # it may come again


def test_a_force_nobody_knows_and_one_that_is_called_already_are_refused(
    kit, case_id
) -> None:
    about = {"actor": DESK, "case_id": case_id}
    assert refusal(kit, CallForce(**about, force="nasa")).reason == "force"
    kit.bus.handle(CallForce(**about, force="gas"))
    assert refusal(kit, CallForce(**about, force="gas")).reason == "force"
    strange = MoveForce(**about, action="close", force="gas")
    assert refusal(kit, strange).reason == "action"


def test_who_has_left_is_free(kit, case_id) -> None:
    leave = MoveForce(actor=DESK, case_id=case_id, action="force_leave", force="W02")
    kit.bus.handle(leave)
    assert doing(kit, "W02") == (UnitStatus.FREE, None)


def test_they_stay_when_another_is_sent_and_go_when_it_is_done(kit, case_id) -> None:
    kit.bus.handle(CallForce(actor=DESK, case_id=case_id, force="119"))
    kit.bus.handle(RecallUnit(actor=DESK, case_id=case_id, reason="改派"))
    assert doing(kit, "W02") == (UnitStatus.ASSIGNED, case_id)
    kit.send(case_id, "W01")
    kit.field(SignCase, case_id)
    kit.finish(case_id, "W01")
    case = kit.case(case_id)
    assert case.state is CaseState.FEEDBACK
    assert doing(kit, "W02") == (UnitStatus.FREE, None)
    unit, fire = case.course.forces
    assert unit.left_at == kit.clock()
    assert fire.left_at is None, "nobody here says when the fire brigade left"
