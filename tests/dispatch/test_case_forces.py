"""协办 and outside forces: who comes besides, when, and who is free again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bus_kit import DESK, Kit, refusal

from dispatch import case_forces
from dispatch.case_commands import AnswerHelp, CallForce, MoveForce, Reinforce
from dispatch.case_log import NO_TERMINAL
from dispatch.cases import CaseState
from dispatch.changes import CaseChanged
from dispatch.commands import Photo, RecallUnit, SendUnit, SignCase
from dispatch.packing import glance, unpack
from dispatch.people import Actor, Role
from dispatch.profiles import load_taxonomy
from dispatch.task_names import task_parts
from dispatch.tasks import TaskBoard
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
    told = kit.board().entries(case_id)[-1].text
    assert told == f"{NO_TERMINAL} 人多", "somebody has to telephone W02"
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


HELPER = Actor("W02", "", frozenset({Role.HANDLER}))


def says(kit: Kit, case_id: int, action: str, *, call: int = 1, **more: object):
    about = {"actor": HELPER, "case_id": case_id, "unit_id": "W02", "at": kit.clock()}
    return AnswerHelp(**{**about, **more}, action=action, call=call)  # type: ignore[arg-type]


def test_what_a_helper_says_is_the_helper_s_own(kit, case_id) -> None:
    before = kit.case(case_id)
    for action in ("force_sign", "force_depart", "force_arrive", "force_sign"):
        kit.clock.go(minutes=1)
        kit.bus.handle(says(kit, case_id, action))
    case = kit.case(case_id)
    assert (case.state, case.unit_id, case.clocks) == (
        CaseState.HANDLING,
        "W01",
        before.clocks,
    ), "of whoever answers for it nothing is said"
    (force,) = case.course.forces
    called = force.called_at
    minutes = [
        at and (at - called).total_seconds() / 60
        for at in (force.signed_at, force.departed_at, force.arrived_at, force.left_at)
    ]
    assert minutes == [1, 2, 3, None], "the second signing says nothing new"
    assert doing(kit, "W02") == (UnitStatus.ON_SCENE, case_id)
    photo = Photo(name="a", media_type="image/png", data=b"p", taken_at=kit.clock())
    done = says(kit, case_id, "force_leave", text="警戒已撤", photos=(photo,))
    kit.bus.handle(done)
    entry = kit.board().entries(case_id)[-1]
    assert (entry.actor, entry.unit_id, entry.text) == ("W02", "W02", "警戒已撤")
    assert len(entry.photos) == 1
    assert doing(kit, "W02") == (UnitStatus.FREE, None)
    assert kit.case(case_id).state is CaseState.HANDLING
    assert refusal(kit, says(kit, case_id, "force_arrive")).reason == "recalled"


def test_who_cannot_come_says_why_until_somebody_else_is_asked(kit, case_id) -> None:
    assert refusal(kit, says(kit, case_id, "force_return")).reason == "reason_missing"
    kit.bus.handle(says(kit, case_id, "force_return", text="在敬老院走不开"))
    case = kit.case(case_id)
    (gone,) = case_forces.missed(case)
    assert (gone.unit_id, gone.declined) == ("W02", "在敬老院走不开")
    assert not case_forces.present(case)
    assert doing(kit, "W02") == (UnitStatus.FREE, None)
    kit.clock.go(minutes=1)
    kit.bus.handle(Reinforce(actor=DESK, case_id=case_id, unit_id="W02"))
    assert not case_forces.missed(kit.case(case_id))
    assert refusal(kit, says(kit, case_id, "force_sign")).reason == "recalled"
    kit.bus.handle(says(kit, case_id, "force_sign", call=2))
    for call, unit_id in ((1, "W01"), (3, "W02"), (2, "W01")):
        other = says(kit, case_id, "force_sign", call=call, unit_id=unit_id)
        assert refusal(kit, other).reason == "not_sent"


def test_what_was_done_is_kept_though_a_desk_said_that_they_left(kit, case_id) -> None:
    leave = MoveForce(actor=DESK, case_id=case_id, action="force_leave", force="W02")
    kit.bus.handle(leave)
    kit.bus.handle(says(kit, case_id, "force_leave", text="井盖已复位"))
    entry = kit.board().entries(case_id)[-1]
    assert (entry.action, entry.actor, entry.text) == ("note", "W02", "井盖已复位")


def test_a_helper_who_answers_for_the_case_by_now_helps_no_more(kit, case_id) -> None:
    kit.bus.handle(RecallUnit(actor=DESK, case_id=case_id, reason="改派"))
    kit.bus.handle(SendUnit(actor=DESK, case_id=case_id, unit_id="W02"))
    case = kit.case(case_id)
    assert case.unit_id == "W02"
    assert not case_forces.present(case)
    assert doing(kit, "W02") == (UnitStatus.ASSIGNED, case_id), "and is not free"


def test_a_helper_s_terminal_has_a_task_of_its_own(kit, case_id) -> None:
    """Offered, signed, withdrawn; two terminals of one case never mix."""
    mine, helps = f"{case_id}.1", f"{case_id}.h1"
    whole, glancing = (TaskBoard(load_taxonomy()) for _ in range(2))
    number = 0

    def said() -> list[tuple[str, str, str]]:
        nonlocal number
        found = []
        for at, kind, body in kit.feed.packed(number, limit=10_000):
            number = at
            change = unpack(kind, body)
            if not isinstance(change, CaseChanged):
                continue
            told = whole.apply(change)
            assert told == (
                glancing.apply(change) if glancing.concerns(glance(body)) else []
            )
            found += [
                (each.unit_id, each.body.task, type(each.body).__name__)
                for each in told
            ]
        return found

    assert said() == [("W01", mine, "Task"), ("W02", helps, "Task")]
    (task,) = whole.standing("W02")
    assert (task.helping, task.signed, task.details) == (True, False, "人多")
    assert task_parts(helps) == (case_id, 1, True)
    assert task_parts(mine) == (case_id, 1, False)
    assert [each.body.task for each in whole.unsigned()] == [helps]
    kit.bus.handle(says(kit, case_id, "force_sign"))
    assert said() == []
    assert whole.unsigned() == []
    kit.bus.handle(RecallUnit(actor=DESK, case_id=case_id, reason="改派"))
    assert said() == [("W01", mine, "Recalled")], "who helps goes on"
    began_anew = TaskBoard(load_taxonomy())
    board = kit.board()
    began_anew.load(board.cases.values(), board.entries(case_id))
    assert [each.signed for each in began_anew.standing("W02")] == [True]
    leave = MoveForce(actor=DESK, case_id=case_id, action="force_leave", force="W02")
    kit.bus.handle(leave)
    assert said() == [("W02", helps, "Recalled")]
    kit.bus.handle(Reinforce(actor=DESK, case_id=case_id, unit_id="W02"))
    assert said() == [("W02", f"{case_id}.h2", "Task")]
    kit.bus.handle(says(kit, case_id, "force_return", call=2, text="走不开"))
    assert said() == [], "they said so themselves"
    assert not whole.is_stale(helps), "the handler decides"
