from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from bus_kit import CENTRE, DESK, FAR_AWAY, START, WORKER, Kit, refusal

from dispatch import tables, wire
from dispatch.cases import CaseState
from dispatch.changes import DevicesRead, UnitsMoved
from dispatch.commands import (
    AcknowledgeAlarm,
    AddNote,
    ArriveCase,
    CheckCase,
    CloseCase,
    EnrolDevice,
    FinishCase,
    Moment,
    Refused,
    SignCase,
    VoidCase,
)
from dispatch.devices import common, worker_terminal
from dispatch.geo import moved
from dispatch.history import answer
from dispatch.questions import MessageCounts
from dispatch.receipts import Receipt
from dispatch.registry import stored_sequence
from dispatch.rows import begins_with
from tests.soak.replay import inconsistent_cases

# -- alarms -----------------------------------------------------------------------


def test_a_repeat_is_counted_on_the_open_alarm(kit: Kit) -> None:
    case_id = kit.raise_case()
    later = kit.clock.go(minutes=1)
    kit.bus.handle(kit.alarm())
    (alarm,) = kit.board().alarms.values()
    assert (alarm.count, alarm.last_at) == (2, later)
    assert kit.case(case_id).alarm_count == 2
    assert kit.actions(case_id) == ["alarm", "alarm"]


def test_latched_until_acknowledged_and_restored(kit: Kit) -> None:
    case_id = kit.raise_case()
    kit.bus.handle(kit.restore())
    (alarm,) = kit.board().alarms.values()
    assert (alarm.active, alarm.is_open) == (False, True)
    kit.bus.handle(AcknowledgeAlarm(actor=DESK, alarm_id=alarm.alarm_id))
    (alarm,) = kit.board().alarms.values()
    assert not alarm.is_open
    kit.bus.handle(kit.alarm())
    first, second = kit.board().alarms.values()
    assert (first.case_id, second.case_id) == (case_id, case_id)
    assert second.acknowledged_at is None
    assert kit.case(case_id).state is CaseState.NEW


def test_a_detector_that_goes_on_after_its_case_is_closed_opens_another(
    kit: Kit,
) -> None:
    first = kit.raise_case()
    kit.settle(first)
    kit.clock.go(minutes=5)
    second = kit.raise_case()
    assert second != first
    open_alarms = [a for a in kit.board().alarms.values() if a.is_open]
    assert [a.case_id for a in open_alarms] == [second]


def test_a_detector_that_goes_on_after_its_case_is_void_opens_another(
    kit: Kit,
) -> None:
    first = kit.raise_case()
    kit.bus.handle(VoidCase(actor=DESK, case_id=first, reason="false_alarm"))
    second = kit.raise_case()
    assert second != first
    assert kit.case(first).alarm_count == kit.case(second).alarm_count == 1
    assert inconsistent_cases(kit.store) == (2, [])


def test_a_case_is_not_void_over_an_alarm_that_came_meanwhile(kit: Kit) -> None:
    case_id = kit.raise_case()
    (alarm,) = kit.board().alarms.values()
    void = VoidCase(
        actor=DESK, case_id=case_id, reason="test", newest_alarm=alarm.alarm_id
    )
    kit.bus.handle(AcknowledgeAlarm(actor=DESK, alarm_id=alarm.alarm_id))
    kit.bus.handle(kit.restore())
    kit.bus.handle(kit.alarm())
    assert refusal(kit, void).reason == "alarm_unacknowledged"
    newest = max(kit.board().alarms)
    assert kit.board().alarms[newest].case_id == case_id
    kit.bus.handle(kit.alarm())  # it only repeats itself
    kit.bus.handle(replace(void, command_id="again", newest_alarm=newest))
    assert kit.case(case_id).state is CaseState.VOIDED


def test_a_case_is_not_closed_over_an_alarm_nobody_saw(kit: Kit) -> None:
    case_id = kit.raise_case()
    kit.send(case_id)
    for kind in (SignCase, ArriveCase):
        kit.field(kind, case_id)
    kit.finish(case_id)
    kit.bus.handle(CheckCase(actor=DESK, case_id=case_id))
    kit.bus.handle(kit.restore())
    kit.bus.handle(kit.alarm())
    close = CloseCase(actor=DESK, case_id=case_id, outcome="handled", met=True)
    refused = refusal(kit, close)
    assert refused.reason == "alarm_unacknowledged"
    alarm_id = int(refused.details["alarm_id"])
    kit.bus.handle(AcknowledgeAlarm(actor=DESK, alarm_id=alarm_id))
    kit.bus.handle(kit.restore())
    kit.bus.handle(CloseCase(actor=DESK, case_id=case_id, outcome="handled", met=True))


def test_a_drill_never_swallows_the_real_thing(kit: Kit) -> None:
    drill = kit.raise_case(drill=True)
    real = kit.raise_case()
    assert drill != real
    assert kit.case(drill).drill
    assert not kit.case(real).drill


@pytest.mark.parametrize(
    "at",
    [
        datetime.fromisoformat("1970-01-01T00:00:00+00:00"),
        START + timedelta(days=365),
        START - timedelta(hours=25),
        START + timedelta(minutes=6),
    ],
)
def test_a_bad_clock_never_silences_an_alarm(kit: Kit, at: datetime) -> None:
    case = kit.case(kit.raise_case(at=at))
    assert case.doubt == "clock"
    assert case.clocks[Moment.SIGNAL] == START
    (alarm,) = kit.board().alarms.values()
    assert (alarm.doubt, alarm.first_at) == ("clock", START)
    (entry,) = kit.board().entries(case.case_id)
    assert entry.doubt == "clock"


def test_an_alarm_from_outside_the_town_hangs_where_it_is_enrolled(kit: Kit) -> None:
    case = kit.case(kit.raise_case(point=FAR_AWAY))
    assert (case.doubt, case.point) == ("outside", CENTRE)
    other = kit.case(kit.raise_case("S2", point=FAR_AWAY, at=START + timedelta(days=9)))
    assert other.doubt == "clock outside"


def test_a_terminals_alarm_is_where_the_terminal_is(kit: Kit) -> None:
    here = moved(CENTRE, 90, 300)
    case = kit.case(kit.raise_case("T1", category="B003", point=here))
    assert case.point == here
    assert case.grid_code == "330421111001001"


def test_an_alarm_of_a_code_nobody_knows_is_still_an_alarm(kit: Kit) -> None:
    case = kit.case(kit.raise_case(category="Z999"))
    assert case.category == "Z999"


# -- batches ------------------------------------------------------------------------


def test_a_batch_is_one_commit_and_leaves_out_what_is_refused(kit: Kit) -> None:
    case_id = kit.report()
    kit.send(case_id)
    kit.told.clear()
    signed = SignCase(actor=WORKER, case_id=case_id, unit_id="W01", at=kit.clock())
    early = FinishCase(
        actor=WORKER, case_id=case_id, unit_id="W02", at=kit.clock(), text=""
    )
    outcomes = kit.bus.handle_batch(
        [
            kit.reading(),
            kit.alarm("nobody"),
            early,
            signed,
            kit.alarm("S2"),
            kit.reading(values={"temperature": float("nan")}),
        ]
    )
    kinds = [o.reason if isinstance(o, Refused) else "ok" for o in outcomes]
    assert kinds == ["ok", "device_unknown", "not_sent", "ok", "ok", "value"]
    assert len(kit.told) == 1
    assert kit.case(case_id).state is CaseState.HANDLING
    assert kit.case(case_id + 1).category == "B001"


def test_a_message_is_stored_once_also_across_restarts(kit: Kit) -> None:
    message = kit.alarm(sequence=7)
    first, second = kit.bus.handle_batch([message, message])
    assert isinstance(first, Receipt)
    assert isinstance(second, Receipt)
    assert (first.duplicate, second.duplicate) == (False, True)
    assert kit.bus.handle(message).duplicate
    assert kit.new_bus().handle(message).duplicate
    # A lower number that never came is no duplicate: outboxes may overtake.
    assert not kit.new_bus().handle(kit.reading(sequence=3)).duplicate
    (alarm,) = kit.board().alarms.values()
    assert alarm.count == 1


def test_a_refused_message_is_not_taken_for_stored(kit: Kit) -> None:
    with pytest.raises(Refused):
        kit.bus.handle(kit.alarm("S9", sequence=1))
    kit.enrol("S9", "smoke_detector")
    assert not kit.bus.handle(kit.alarm("S9", sequence=1)).duplicate


def test_a_new_key_starts_a_new_count(kit: Kit) -> None:
    kit.bus.handle(kit.alarm(sequence=1))
    device = kit.board().devices["S1"]
    other = replace(device, public_key="n" * 40)
    changed = EnrolDevice(actor=DESK, device=other, replaces=True)
    kit.bus.handle(changed)
    assert not kit.bus.handle(kit.alarm(sequence=1)).duplicate
    (alarm,) = kit.board().alarms.values()
    assert alarm.count == 2


def test_what_a_replaced_key_had_on_its_way_takes_no_number(kit: Kit) -> None:
    device = kit.board().devices["S1"]
    late = kit.alarm(sequence=1, public_key=device.public_key)
    other = replace(device, public_key="n" * 40)
    changed = EnrolDevice(actor=DESK, device=other, replaces=True)
    kit.bus.handle(changed)
    assert refusal(kit, late).reason == "unknown_key"
    assert not kit.bus.handle(kit.alarm(sequence=1, public_key="n" * 40)).duplicate


@pytest.mark.parametrize(
    ("then", "reason"),
    [({"revoked": True}, "device_revoked"), ({"public_key": "n" * 40}, "unknown_key")],
)
def test_what_a_terminal_had_on_its_way_moves_no_case(
    kit: Kit, then: dict[str, object], reason: str
) -> None:
    case_id = kit.report()
    kit.send(case_id)
    task = f"{case_id}.{kit.case(case_id).sending}"
    terminal = kit.board().devices["T1"]
    late = [
        worker_terminal.translate(
            common.Heard(
                device=terminal, body=body, seq=seq, at=START, received_at=START
            )
        )
        for seq, body in enumerate(
            (wire.Sign(task=task), wire.Report(category="6002", text="占道")), 1
        )
    ]
    changed = EnrolDevice(actor=DESK, device=replace(terminal, **then), replaces=True)
    kit.bus.handle(changed)
    cases = dict(kit.board().cases)
    outcomes = kit.bus.handle_batch([each for each in late if each is not None])
    assert [each.reason for each in outcomes if isinstance(each, Refused)] == [
        reason,
        reason,
    ]
    assert kit.board().cases == cases


def test_answers_are_found_by_the_index(kit: Kit) -> None:
    with kit.store.reading() as connection:
        query = sa.select(tables.applied_commands.c.command_id).where(
            begins_with(tables.applied_commands.c.command_id, "T1:00000000:")
        )
        text = str(query.compile(compile_kwargs={"literal_binds": True}))
        if not kit.store.is_sqlite:
            connection.exec_driver_sql("SET enable_seqscan = off")  # there are no rows
            plan = connection.exec_driver_sql(f"EXPLAIN {text}").all()
            assert "Index Cond" in str(plan)
            return
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()
    assert all("SEARCH" in str(step) and "SCAN" not in str(step) for step in plan)


def test_the_answers_of_the_next_device_are_not_counted(kit: Kit) -> None:
    for prefix in ("T1:00000000:", "T1:00000000;", "T10:0000000:", "T1:00000001:"):
        note = AddNote(actor=DESK, case_id=kit.report(), text="x")
        kit.bus.handle(replace(note, command_id=f"{prefix}7"))
    terminal = kit.board().devices["T1"]
    assert terminal.public_key.startswith("00000000")
    assert stored_sequence(kit.store, terminal) == 7
    assert answer(MessageCounts(), kit.store)["T1"] == 1


def test_what_cannot_be_stored_does_not_hold_up_the_rest(kit: Kit) -> None:
    outcomes = kit.bus.handle_batch([kit.reading(sequence=2**70), kit.alarm()])
    assert isinstance(outcomes[0], Refused)
    assert outcomes[0].reason == "unstorable"
    assert isinstance(outcomes[1], Receipt)
    assert len(kit.board().alarms) == 1


def test_a_revoked_device_is_not_heard(kit: Kit) -> None:
    device = kit.board().devices["S1"]
    revoked = replace(device, revoked=True)
    kit.bus.handle(EnrolDevice(actor=DESK, device=revoked))
    assert refusal(kit, kit.alarm()).reason == "device_revoked"


# -- what comes often -----------------------------------------------------------------


def test_positions_leave_rows_and_one_change_a_second(kit: Kit) -> None:
    before = kit.feed.number()
    points = [moved(CENTRE, 90, metres) for metres in (10, 20, 30)]
    for point in points:
        kit.clock.go(seconds=10)
        kit.bus.handle(kit.position(point=point))
    kit.bus.handle_batch([kit.reading(), kit.heartbeat()])
    assert kit.feed.number() == before
    assert kit.bus.flush_coalesced() == before + 2
    assert kit.bus.flush_coalesced() is None
    fixes, read = kit.feed.since(before)
    assert isinstance(fixes, UnitsMoved)
    assert [fix.point for fix in fixes.fixes] == [points[-1]]
    assert isinstance(read, DevicesRead)
    newest = {reading.device_id: reading for reading in read.readings}
    assert newest["S1"].values == {"temperature": 21.5}
    assert newest["S1"].battery == 80.0
    with kit.store.reading() as connection:
        count = connection.execute(
            sa.select(sa.func.count()).select_from(tables.positions)
        ).scalar()
    assert count == 3


def test_an_old_position_does_not_move_a_unit_back(kit: Kit) -> None:
    kit.clock.go(minutes=10)
    kit.bus.handle(kit.position(point=moved(CENTRE, 0, 50)))
    kit.bus.handle(kit.position(at=kit.clock() - timedelta(minutes=5)))
    kit.bus.flush_coalesced()
    assert kit.board().units["W01"].point == moved(CENTRE, 0, 50)


@pytest.mark.parametrize("by_answer", [True, False])
def test_a_fast_clock_makes_no_old_place_look_fresh(kit: Kit, by_answer: bool) -> None:
    old, new = moved(CENTRE, 0, 50), moved(CENTRE, 90, 50)
    said = kit.clock() + timedelta(minutes=4)
    if by_answer:
        case_id = kit.report()
        kit.send(case_id)
        sign = SignCase(
            actor=WORKER, case_id=case_id, unit_id="W01", at=said, point=old
        )
        kit.bus.handle(sign)
    else:
        kit.bus.handle(kit.position(point=old, at=said))
    kit.bus.flush_coalesced()
    assert kit.board().units["W01"].point_at == kit.clock()
    kit.clock.go(minutes=1)
    kit.bus.handle(kit.position(point=new))
    kit.bus.flush_coalesced()
    unit = kit.board().units["W01"]
    assert (unit.point, unit.point_at) == (new, kit.clock())


def test_a_position_outside_the_town_is_kept_and_marked(kit: Kit) -> None:
    kit.bus.handle(kit.position(point=FAR_AWAY))
    kit.bus.flush_coalesced()
    unit = kit.board().units["W01"]
    assert (unit.point, unit.doubt) == (FAR_AWAY, "outside")


def test_a_position_survives_the_end_of_the_process_before_it_was_told(
    kit: Kit,
) -> None:
    kit.bus.handle(kit.position(point=moved(CENTRE, 0, 50)))
    restarted = kit.new_bus()
    restarted.flush_coalesced()
    assert kit.board().units["W01"].point == moved(CENTRE, 0, 50)


def test_a_flapping_detector_is_counted_and_told_of_ever_less_often(kit: Kit) -> None:
    case_id = kit.raise_case()
    for _ in range(499):
        kit.clock.go(seconds=1)
        kit.bus.handle(kit.restore())
        kit.clock.go(seconds=1)
        kit.bus.handle(kit.alarm(text="烟雾"))
    assert kit.case(case_id).alarm_count == 500
    (alarm,) = kit.board().alarms.values()
    assert (alarm.count, alarm.active) == (500, True)
    said = [entry.text for entry in kit.board().entries(case_id)]
    alarms = [e.text for e in kit.board().entries(case_id) if e.action == "alarm"]
    assert alarms[1:] == ["烟雾", *(f"×{2**n} 烟雾" for n in range(2, 9))]
    assert len(said) == 2 * len(alarms)


def test_what_has_stood_for_a_while_is_told_each_time(kit: Kit) -> None:
    case_id = kit.raise_case()
    for _ in range(6):
        kit.clock.go(minutes=2)
        kit.bus.handle(kit.restore())
        kit.clock.go(minutes=2)
        kit.bus.handle(kit.alarm())
    assert kit.actions(case_id).count("alarm") == 7
    assert kit.actions(case_id).count("restore") == 6
