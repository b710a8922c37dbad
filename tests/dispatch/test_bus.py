from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from bus_kit import DESK, START, WORKER, Kit, refusal

from dispatch import tables
from dispatch.board import Board
from dispatch.cases import CaseState
from dispatch.changes import CaseChanged
from dispatch.commands import (
    AcknowledgeAlarm,
    AddNote,
    ArriveCase,
    CheckCase,
    CloseCase,
    DepartCase,
    FieldCommand,
    FinishCase,
    Moment,
    Photo,
    RecallUnit,
    RecordMoment,
    Refused,
    ReturnCase,
    SendUnit,
    SignCase,
    TakeCase,
    VoidCase,
)
from dispatch.people import Actor, Role
from dispatch.receipts import Receipt
from dispatch.units import UnitStatus

# -- the straight path ----------------------------------------------------------


def test_from_a_detectors_signal_to_a_closed_case(kit: Kit) -> None:
    signal = kit.clock()
    case_id = kit.raise_case()
    case = kit.case(case_id)
    assert case.number == "3304211112611230001"
    assert (case.place_name, case.grid_code) == (
        "桃源新邨12幢301",
        "330421111001001",
    )
    assert (case.severity, case.department) == (1, "应急消防管理站")
    kit.clock.go(seconds=5)
    kit.take(case_id)
    (alarm,) = kit.board().alarms.values()
    assert (alarm.acknowledged_by, alarm.acknowledged_at) == ("李敏", kit.clock())
    sent_at = kit.clock.go(seconds=5)
    kit.send(case_id)
    case = kit.case(case_id)
    assert case.deadline == sent_at + timedelta(minutes=10)
    unit = kit.board().units["W01"]
    assert (unit.status, unit.case_id) == (UnitStatus.ASSIGNED, case_id)
    statuses = []
    for kind in (SignCase, DepartCase, ArriveCase):
        kit.clock.go(seconds=20)
        kit.field(kind, case_id)
        statuses.append(kit.board().units["W01"].status)
    assert statuses == [UnitStatus.ASSIGNED, UnitStatus.EN_ROUTE, UnitStatus.ON_SCENE]
    kit.finish(case_id)
    unit = kit.board().units["W01"]
    assert (unit.status, unit.case_id) == (UnitStatus.FREE, None)
    kit.bus.handle(CheckCase(actor=DESK, case_id=case_id))
    kit.bus.handle(CloseCase(actor=DESK, case_id=case_id, outcome="false_alarm"))
    case = kit.case(case_id)
    assert case.state is CaseState.CLOSED
    assert kit.actions(case_id) == [
        *("alarm", "acknowledge", "accept", "file", "dispatch"),
        *("sign", "depart", "arrive", "finish", "send_check", "check_pass", "close"),
    ]
    assert case.clocks[Moment.SIGNAL] == signal
    assert case.clocks[Moment.DISPATCHED] == sent_at
    of_desks = {Moment.ON_SCREEN, Moment.FIRST_PICTURE}
    of_people = {Moment.OWED, Moment.SETTLED}  # a detector waits for no call
    assert set(case.clocks) == set(Moment) - of_desks - of_people


def test_a_report_is_sent_in_one_key(kit: Kit) -> None:
    case_id = kit.report("7002")
    kit.send(case_id)
    assert kit.actions(case_id) == ["report", "accept", "file", "dispatch"]
    case = kit.case(case_id)
    # four working hours from Monday 10:00: two before lunch, two after
    assert case.deadline == START + timedelta(hours=6)
    assert case.owner == "李敏"


def test_who_may_only_dispatch_does_not_file(kit: Kit) -> None:
    case_id = kit.report()
    dispatcher = Actor("周", "3号席", frozenset({Role.DISPATCHER}))
    command = SendUnit(actor=dispatcher, case_id=case_id, unit_id="W01")
    assert refusal(kit, command).reason == "state"


def test_recall_frees_the_unit_and_the_late_signature_is_refused(kit: Kit) -> None:
    case_id = kit.report()
    kit.send(case_id)
    kit.bus.handle(RecallUnit(actor=DESK, case_id=case_id, reason="改派"))
    assert kit.board().units["W01"].status is UnitStatus.FREE
    sign = SignCase(actor=WORKER, case_id=case_id, unit_id="W01", at=kit.clock())
    assert refusal(kit, sign).reason == "not_sent"
    kit.send(case_id, "W02")
    assert kit.case(case_id).unit_id == "W02"


def test_a_void_case_frees_the_unit_and_has_its_alarm_acknowledged(kit: Kit) -> None:
    case_id = kit.raise_case()
    kit.send(case_id)
    kit.bus.handle(kit.alarm())
    void = VoidCase(actor=DESK, case_id=case_id, reason="false_alarm", text="油烟")
    kit.bus.handle(void)
    case = kit.case(case_id)
    assert (case.state, case.outcome) == (CaseState.VOIDED, "false_alarm")
    assert kit.board().units["W01"].status is UnitStatus.FREE
    assert kit.stored_clocks(case_id) == case.clocks
    assert kit.actions(case_id)[-1] == "void"
    sign = SignCase(actor=WORKER, case_id=case_id, unit_id="W01", at=kit.clock())
    assert refusal(kit, sign).reason == "not_sent"
    assert refusal(
        kit, VoidCase(actor=DESK, case_id=case_id, reason="test")
    ).reason == ("state")


def test_a_new_alarm_can_be_void_at_once_by_a_shift_leader_only(kit: Kit) -> None:
    case_id = kit.raise_case()
    others = Actor("周", "3号席", frozenset(Role) - {Role.SHIFT_LEADER})
    void = VoidCase(actor=others, case_id=case_id, reason="false_alarm")
    assert refusal(kit, void).reason == "role"
    assert all(a.acknowledged_at is None for a in kit.board().alarms.values())
    unreasoned = VoidCase(actor=DESK, case_id=case_id, reason="")
    assert refusal(kit, unreasoned).reason == "void_reason"
    assert all(a.acknowledged_at is None for a in kit.board().alarms.values())
    seen = kit.case(case_id).version
    kit.bus.handle(
        VoidCase(actor=DESK, case_id=case_id, seen=seen, reason="false_alarm")
    )
    assert kit.actions(case_id) == ["alarm", "acknowledge", "void"]
    assert all(a.acknowledged_at is not None for a in kit.board().alarms.values())


def test_a_case_in_hand_is_not_void_any_more(kit: Kit) -> None:
    case_id = kit.report()
    kit.send(case_id)
    kit.field(SignCase, case_id)
    void = VoidCase(actor=DESK, case_id=case_id, reason="duplicate")
    assert refusal(kit, void).reason == "state"


@pytest.mark.parametrize(
    "answer",
    [
        SignCase,
        DepartCase,
        ArriveCase,
        partial(FinishCase, text="已处置"),
        partial(ReturnCase, reason="去不了"),
    ],
)
def test_an_answer_to_a_recalled_task_never_moves_the_next_one(
    kit: Kit, answer: Callable[..., FieldCommand]
) -> None:
    """The same unit again: only the number of the sending tells the two apart."""
    case_id = kit.report()
    kit.send(case_id)
    first = kit.case(case_id).sending
    late = answer(
        actor=WORKER, case_id=case_id, sending=first, unit_id="W01", at=kit.clock()
    )
    outcomes = kit.bus.handle_batch(
        [
            RecallUnit(actor=DESK, case_id=case_id),
            SendUnit(actor=DESK, case_id=case_id, unit_id="W01"),
            late,
        ]
    )
    assert isinstance(outcomes[2], Refused)
    assert outcomes[2].reason == "recalled"
    case = kit.case(case_id)
    assert (case.state, case.sending) == (CaseState.DISPATCHED, first + 1)
    assert kit.actions(case_id)[-2:] == ["recall", "dispatch"]
    kit.bus = kit.new_bus()  # what is read from the store counts alike
    now = replace(late, command_id="another", sending=case.sending)
    if isinstance(now, SignCase | ReturnCase):
        kit.bus.handle(now)
    else:
        assert refusal(kit, now).reason == "state"


def test_the_next_unit_has_its_own_times(kit: Kit) -> None:
    case_id = kit.report()
    kit.send(case_id)
    kit.clock.go(seconds=30)
    kit.field(SignCase, case_id)
    first = kit.case(case_id).clocks
    kit.bus.handle(RecallUnit(actor=DESK, case_id=case_id))
    recalled = kit.case(case_id)
    assert first.keys() - recalled.clocks.keys() == {Moment.DISPATCHED, Moment.SIGNED}
    again = kit.clock.go(minutes=5)
    kit.send(case_id, "W02")
    assert kit.case(case_id).clocks[Moment.DISPATCHED] == again
    # What the store says is what the board says, also when it is read anew.
    assert kit.stored_clocks(case_id) == kit.case(case_id).clocks
    # The log keeps what the first one did.
    assert {"sign", "recall"} <= set(kit.actions(case_id))


def test_times_written_and_cleared_in_one_commit_leave_no_row(kit: Kit) -> None:
    case_id = kit.report()
    kit.send(case_id)
    kit.clock.go(minutes=1)
    sign = SignCase(actor=WORKER, case_id=case_id, unit_id="W01", at=kit.clock())
    recall = RecallUnit(actor=DESK, case_id=case_id)
    send = SendUnit(actor=DESK, case_id=case_id, unit_id="W02")
    outcomes = kit.bus.handle_batch([sign, recall, send])
    assert all(isinstance(outcome, Receipt) for outcome in outcomes)
    clocks = kit.case(case_id).clocks
    assert Moment.SIGNED not in clocks
    assert clocks[Moment.DISPATCHED] == kit.clock()
    assert kit.stored_clocks(case_id) == clocks


def test_a_unit_has_one_case_at_a_time(kit: Kit) -> None:
    first, second = kit.report(), kit.report()
    kit.send(first)
    kit.take(second)
    busy = refusal(kit, SendUnit(actor=DESK, case_id=second, unit_id="W01"))
    assert (busy.reason, busy.details["case_id"]) == ("unit_busy", first)
    gone = refusal(kit, SendUnit(actor=DESK, case_id=second, unit_id="W03"))
    assert gone.reason == "unit_off_duty"
    nobody = refusal(kit, SendUnit(actor=DESK, case_id=second, unit_id="W99"))
    assert nobody.reason == "unit_unknown"


def test_a_standard_of_another_category_is_refused(kit: Kit) -> None:
    case_id = kit.report("7002")
    command = TakeCase(actor=DESK, case_id=case_id, standard_id="B001-1")
    assert refusal(kit, command).reason == "standard_unknown"
    kit.bus.handle(TakeCase(actor=DESK, case_id=case_id, standard_id="7002-2"))
    assert kit.case(case_id).standard_id == "7002-2"


def test_a_terminals_clock_never_runs_backwards(kit: Kit) -> None:
    case_id = kit.report()
    sent_at = kit.clock.go(seconds=10)
    kit.send(case_id)
    kit.clock.go(seconds=10)
    slow = sent_at - timedelta(seconds=90)
    kit.bus.handle(SignCase(actor=WORKER, case_id=case_id, unit_id="W01", at=slow))
    assert kit.case(case_id).clocks[Moment.SIGNED] == sent_at
    fast = kit.clock() + timedelta(days=400)
    kit.bus.handle(DepartCase(actor=WORKER, case_id=case_id, unit_id="W01", at=fast))
    assert kit.case(case_id).clocks[Moment.DEPARTED] == kit.clock()


def test_serials_start_again_on_the_towns_day(kit: Kit) -> None:
    kit.clock.at = datetime.fromisoformat("2026-11-23T15:59:59+00:00")
    first = kit.case(kit.report()).number
    kit.clock.go(seconds=1)
    second = kit.case(kit.report()).number
    assert (first, second) == ("3304211112611230001", "3304211112611240001")
    third = kit.case(kit.report()).number
    assert third == "3304211112611240002"


# -- refusals, double commands, conflicts -----------------------------------------


def test_a_role_that_is_not_held_is_refused_in_the_service(kit: Kit) -> None:
    visitor = Actor("来访", "2号席", frozenset({Role.HANDLER}))
    command = TakeCase(actor=visitor, case_id=kit.report())
    refused = refusal(kit, command)
    assert (refused.reason, refused.details["roles"]) == (
        "role",
        "acceptor shift_leader",
    )


def test_two_seats_cannot_both_take_a_case(kit: Kit) -> None:
    case_id = kit.report()
    seen = kit.case(case_id).version
    kit.bus.handle(TakeCase(actor=DESK, case_id=case_id, seen=seen))
    second = TakeCase(actor=DESK, case_id=case_id, seen=seen)
    assert refusal(kit, second).reason == "version"


def test_a_repeating_detector_keeps_nobody_from_its_case(kit: Kit) -> None:
    case_id = kit.raise_case()
    seen = kit.case(case_id).version
    kit.bus.handle_batch([kit.alarm() for _ in range(5)])
    kit.bus.handle(TakeCase(actor=DESK, case_id=case_id, seen=seen))
    assert kit.case(case_id).alarm_count == 6


def test_a_command_is_applied_once(kit: Kit) -> None:
    command = TakeCase(actor=DESK, case_id=kit.report())
    first = kit.bus.handle(command)
    for bus in (kit.bus, kit.new_bus()):
        again = bus.handle(command)
        assert again == Receipt(command.command_id, first.number, duplicate=True)
    (outcome,) = kit.new_bus().handle_batch([command])
    assert isinstance(outcome, Receipt)
    assert outcome.duplicate


def test_a_report_sent_twice_answers_with_its_case(kit: Kit) -> None:
    case_id = kit.report(command_id="outbox-1")
    assert kit.report(command_id="outbox-1") == case_id
    assert len(kit.board().cases) == 1


def test_a_refused_command_leaves_nothing_and_may_come_again(kit: Kit) -> None:
    case_id = kit.report()
    number = kit.feed.number()
    # Accepted and filed on the way, then refused at the last step: all taken back.
    command = SendUnit(actor=DESK, case_id=case_id, unit_id="W03")
    assert refusal(kit, command).reason == "unit_off_duty"
    assert kit.feed.number() == number
    kit.bus.handle(
        SendUnit(
            actor=DESK, case_id=case_id, unit_id="W01", command_id=command.command_id
        )
    )
    assert kit.case(case_id).unit_id == "W01"
    assert kit.feed.number() == number + 2


def test_unknown_things_are_named(kit: Kit) -> None:
    assert refusal(kit, TakeCase(actor=DESK, case_id=99)).reason == "case_unknown"
    command = AcknowledgeAlarm(actor=DESK, alarm_id=99)
    assert refusal(kit, command).reason == "alarm_unknown"
    with pytest.raises(Refused) as refused:
        kit.report("9999")
    assert refused.value.reason == "category_unknown"


def test_each_commit_is_told_once(kit: Kit) -> None:
    kit.told.clear()
    kit.report()
    case_id = max(kit.board().cases)
    moment = RecordMoment(
        actor=DESK, case_id=case_id, moment=Moment.ON_SCREEN, at=kit.clock()
    )
    kit.bus.handle(moment)
    number = kit.feed.number()
    kit.bus.handle(
        RecordMoment(
            actor=DESK, case_id=case_id, moment=Moment.ON_SCREEN, at=kit.clock()
        )
    )
    assert kit.told == [number - 1, number]
    assert kit.feed.number() == number


def test_a_change_names_its_command(kit: Kit) -> None:
    before = kit.feed.number()
    command = AddNote(actor=DESK, case_id=kit.report(), text="已致电")
    kit.bus.handle(command)
    (change,) = kit.feed.since(before + 1)
    assert isinstance(change, CaseChanged)
    assert change.command_id == command.command_id
    assert (change.actor, change.seat) == ("李敏", "2号席")
    assert [entry.text for entry in change.entries] == ["已致电"]


def test_a_note_may_follow_a_closed_case(kit: Kit) -> None:
    case_id = kit.report()
    kit.settle(case_id)
    kit.bus.handle(AddNote(actor=DESK, case_id=case_id, text="回访满意"))
    assert kit.actions(case_id)[-1] == "note"
    assert kit.case(case_id).state is CaseState.CLOSED


def test_a_photo_is_kept_once_and_checked(kit: Kit) -> None:
    case_id = kit.report()
    kit.send(case_id)
    kit.field(SignCase, case_id)
    kit.finish(case_id)
    (photo,) = kit.board().entries(case_id)[-1].photos
    with kit.store.reading() as connection:
        row = connection.execute(sa.select(tables.photos)).one()
    assert (row.digest, row.data) == (photo.digest, b"\xff\xd8")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"media_type": "image/svg+xml"}, "photo_type"),
        ({"data": bytes(256 * 1024 + 1)}, "photo_size"),
    ],
)
def test_what_is_no_photo_is_refused(
    kit: Kit, changed: dict[str, Any], reason: str
) -> None:
    case_id = kit.report()
    kit.send(case_id)
    kit.field(SignCase, case_id)
    photo = Photo(name="", media_type="image/png", data=b"1", taken_at=START)
    finish = FinishCase(
        actor=WORKER,
        case_id=case_id,
        unit_id="W01",
        at=kit.clock(),
        text="好",
        photos=(replace(photo, **changed),),
    )
    assert refusal(kit, finish).reason == reason


def test_a_photo_dated_before_time_does_not_stop_the_report(kit: Kit) -> None:
    case_id = kit.report()
    kit.send(case_id)
    kit.field(SignCase, case_id)
    never = datetime.fromisoformat("0001-01-01T00:00:00+08:00")
    photo = Photo(name="", media_type="image/png", data=b"1", taken_at=never)
    finish = FinishCase(
        actor=WORKER,
        case_id=case_id,
        unit_id="W01",
        at=never,
        text="好",
        photos=(photo, replace(photo, taken_at=START)),
    )
    kit.bus.handle(finish)
    board = Board()
    board.apply(kit.feed.since(0, limit=1000))
    taken = [p.taken_at for p in board.entries(case_id)[-1].photos]
    assert taken == [kit.clock(), START]
