"""The demonstration's desk: what it does next, and that a person's case is theirs."""

import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from bus_kit import CENTRE, DESK, START, WORKER, Kit

from dispatch import virtual_desk
from dispatch.case_commands import MarkStep, NoteCallBack
from dispatch.cases import CaseState
from dispatch.commands import (
    AcknowledgeAlarm,
    ArriveCase,
    CheckCase,
    CloseCase,
    Command,
    DepartCase,
    Moment,
    RecallUnit,
    ReturnCase,
    SendUnit,
    SignCase,
    TakeCase,
)
from dispatch.day_texts import load_texts
from dispatch.keys import make_keys
from dispatch.virtual_desk import LOOKS_S, STUCK, UNSIGNED, Attendant


@pytest.fixture
def kit(tmp_path: Path):
    made = Kit(tmp_path)
    made.enrol("T2", "worker_terminal", unit_id="W02")
    for device_id in ("T1", "T2"):
        made.bus.handle(made.position(device_id))
    made.bus.flush_coalesced()
    yield made
    made.close()


@pytest.fixture
def attendant() -> Attendant:
    return Attendant(load_texts())


def step(kit: Kit, attendant: Attendant) -> Command | None:
    """Do what comes next, and return it."""
    found = attendant.next_step(kit.board(), kit.clock())
    if found is not None:
        kit.bus.handle(found)
    return found


def test_it_sends_nobody_whose_terminal_may_not_speak(
    kit: Kit, attendant: Attendant
) -> None:
    """A terminal counts by one rule: what cannot hear of a task is telephoned."""
    kit.raise_case()
    kit.clock.go(seconds=LOOKS_S)
    assert isinstance(step(kit, attendant), TakeCase)
    board = kit.board()
    for device_id in ("T1", "T2"):
        board.devices[device_id] = replace(board.devices[device_id], public_key="")
    assert attendant.next_step(board, kit.clock()) is None
    assert isinstance(attendant.next_step(kit.board(), kit.clock()), SendUnit)


def test_it_takes_an_alarm_to_its_end(kit: Kit, attendant: Attendant) -> None:
    case_id = kit.raise_case()
    assert step(kit, attendant) is None  # a look first
    kit.clock.go(seconds=LOOKS_S)
    assert isinstance(step(kit, attendant), TakeCase)
    sent = step(kit, attendant)
    assert isinstance(sent, SendUnit)
    assert step(kit, attendant) is None
    kit.field(SignCase, case_id, sent.unit_id)
    kit.bus.handle(kit.restore())
    kit.finish(case_id, sent.unit_id)
    assert step(kit, attendant) is None
    kit.clock.go(seconds=LOOKS_S)
    assert isinstance(step(kit, attendant), CheckCase)
    # Nobody said that they arrived, and the procedure asks for it.
    assert isinstance(step(kit, attendant), MarkStep)
    assert isinstance(step(kit, attendant), CloseCase)
    case = kit.case(case_id)
    assert (case.state, case.outcome) == (CaseState.CLOSED, "handled")
    assert case.owner == attendant.actor.name == "演示值班"
    assert step(kit, attendant) is None


def test_it_calls_each_reporter_back_before_it_closes(
    kit: Kit, attendant: Attendant
) -> None:
    calls = {"channel": "hotline", "reporter_phone": "13800000001"}
    case_id = kit.report(**calls)
    same = kit.report(**calls, joins=case_id)
    kit.clock.go(seconds=LOOKS_S)
    assert isinstance(step(kit, attendant), TakeCase)
    sent = step(kit, attendant)
    assert isinstance(sent, SendUnit)
    for say in (SignCase, ArriveCase):
        kit.field(say, case_id, sent.unit_id)
    kit.finish(case_id, sent.unit_id)
    kit.clock.go(seconds=LOOKS_S)
    done = []
    while (deed := step(kit, attendant)) is not None:
        done.append(deed)
    called = [deed.case_id for deed in done if isinstance(deed, NoteCallBack)]
    assert called == [case_id, same]
    assert isinstance(done[-1], CloseCase)
    assert Moment.OWED not in kit.case(case_id).clocks


def test_a_person_s_case_is_left_alone(kit: Kit, attendant: Attendant) -> None:
    case_id = kit.report()
    kit.take(case_id)
    kit.clock.go(minutes=30)
    assert kit.case(case_id).owner == DESK.name
    assert step(kit, attendant) is None


def test_danger_to_life_comes_first(kit: Kit, attendant: Attendant) -> None:
    kit.report()
    alarm = kit.raise_case()
    kit.clock.go(seconds=LOOKS_S)
    taken = step(kit, attendant)
    assert isinstance(taken, TakeCase)
    assert taken.case_id == alarm


def test_who_handed_it_back_is_not_sent_again(kit: Kit, attendant: Attendant) -> None:
    case_id = kit.raise_case()
    kit.clock.go(seconds=LOOKS_S)
    step(kit, attendant)
    first = step(kit, attendant)
    assert isinstance(first, SendUnit)
    kit.bus.handle(
        ReturnCase(
            actor=WORKER,
            case_id=case_id,
            unit_id=first.unit_id,
            at=kit.clock(),
            reason="走不开",
        )
    )
    second = step(kit, attendant)
    assert isinstance(second, SendUnit)
    assert {first.unit_id, second.unit_id} == {"W01", "W02"}
    kit.clock.go(seconds=UNSIGNED.total_seconds() - 1)
    assert step(kit, attendant) is None
    kit.clock.go(seconds=1)
    assert isinstance(step(kit, attendant), RecallUnit)
    assert step(kit, attendant) is None  # nobody is left, and it waits


def test_somebody_who_does_not_come_back_is_replaced(
    kit: Kit, attendant: Attendant
) -> None:
    case_id = kit.raise_case()
    kit.clock.go(seconds=LOOKS_S)
    step(kit, attendant)
    sent = step(kit, attendant)
    assert isinstance(sent, SendUnit)
    kit.field(SignCase, case_id, sent.unit_id)
    kit.clock.go(seconds=(STUCK + timedelta(seconds=1)).total_seconds())
    assert isinstance(step(kit, attendant), RecallUnit)


def test_an_alarm_that_comes_again_is_acknowledged(
    kit: Kit, attendant: Attendant
) -> None:
    kit.raise_case()
    kit.clock.go(seconds=LOOKS_S)
    step(kit, attendant)
    kit.bus.handle(kit.restore())
    kit.bus.handle(kit.alarm())
    assert isinstance(step(kit, attendant), AcknowledgeAlarm)


def test_a_device_that_cried_wolf_is_called_that(
    kit: Kit, attendant: Attendant
) -> None:
    case_id = kit.raise_case()
    kit.clock.go(seconds=5)
    kit.bus.handle(kit.restore())
    kit.clock.go(seconds=LOOKS_S)
    step(kit, attendant)
    sent = step(kit, attendant)
    assert isinstance(sent, SendUnit)
    for kind in (SignCase, DepartCase, ArriveCase):
        kit.clock.go(seconds=10)
        kit.field(kind, case_id, sent.unit_id)
    kit.finish(case_id, sent.unit_id)
    kit.clock.go(seconds=LOOKS_S)
    step(kit, attendant)
    step(kit, attendant)
    assert kit.case(case_id).outcome == "false_alarm"


def test_without_terminals_nobody_is_sent(tmp_path: Path, attendant: Attendant) -> None:
    kit = Kit(tmp_path)
    kit.bus.handle(kit.position("T1", point=CENTRE))
    kit.enrol("T1", "worker_terminal")  # carried by nobody any more
    kit.raise_case()
    kit.clock.go(seconds=LOOKS_S)
    assert isinstance(step(kit, attendant), TakeCase)
    assert step(kit, attendant) is None
    kit.close()


def test_it_goes_home_in_the_middle_of_a_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(virtual_desk, "ANSWER_S", 1e6)
    keys = make_keys()
    desk = virtual_desk.VirtualDesk(
        "tcp://127.0.0.1:9",  # nobody's
        server_key=keys.public,
        keys=keys,
        outbox=tmp_path / "outbox.db",
        clock=lambda: START,
        texts=load_texts(),
        tell=lambda _told: None,
        seed=1,
        speed=1.0,
        attend=False,
    )
    step = TakeCase(actor=DESK, case_id=1)
    desk._thread = threading.Thread(target=desk._do, args=(step,), name="attendant")
    desk._thread.start()
    desk.close()
    assert not desk._thread.is_alive()
