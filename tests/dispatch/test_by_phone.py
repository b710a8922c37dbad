"""Who is sent without a terminal: told, and answering, by telephone."""

from datetime import timedelta

import sqlalchemy as sa
from bus_kit import DESK, START, WORKER, Kit, refusal

from dispatch import tables
from dispatch.board import Board
from dispatch.case_log import NO_TERMINAL
from dispatch.cases import CaseState
from dispatch.commands import (
    ArriveCase,
    CheckCase,
    CloseCase,
    DepartCase,
    FinishCase,
    Moment,
    Photo,
    RecallUnit,
    SignCase,
)
from dispatch.devices import Device, has_terminal, is_let_in
from dispatch.people import Actor, Role
from dispatch.phone_commands import (
    ArriveByPhone,
    FinishByPhone,
    PhoneCommand,
    SignByPhone,
)
from dispatch.rows import entry_of
from dispatch.units import UnitStatus
from tests.soak.replay import inconsistent_cases

PHOTO = Photo(name="a.jpg", media_type="image/jpeg", data=b"\xff\xd8", taken_at=START)


def said(kind: type[PhoneCommand], kit: Kit, case_id: int, **more: object):
    asked = {
        "actor": DESK,
        "case_id": case_id,
        "seen": kit.case(case_id).version,
        "unit_id": "W02",
        "at": kit.clock(),
        **more,
    }
    return kind(**asked)  # type: ignore[arg-type]


def test_the_log_says_who_has_to_be_telephoned(kit: Kit) -> None:
    case_id = kit.raise_case()
    kit.send(case_id, "W02")
    assert kit.board().entries(case_id)[-1].text == NO_TERMINAL
    kit.bus.handle(RecallUnit(actor=DESK, case_id=case_id))
    kit.send(case_id, "W01")  # carries T1
    assert kit.board().entries(case_id)[-1].text == ""


def test_a_terminal_counts_while_it_may_speak(kit: Kit) -> None:
    devices = kit.board().devices
    assert has_terminal("W01", "T1", devices)
    assert has_terminal("W01", "", devices), "whatever the unit's own entry says"
    assert has_terminal("W01", "S1", devices)
    assert not has_terminal("W02", "T1", devices)
    assert not has_terminal("W02", "", devices)
    t1 = devices["T1"]
    for changed in ({"public_key": ""}, {"revoked": True}, {"kind": "smoke_detector"}):
        fields = {name: getattr(t1, name) for name in Device.__slots__}
        other = Device(**{**fields, **changed})
        assert not has_terminal("W01", "T1", {"T1": other})
        assert is_let_in(other) is ("kind" in changed)


def test_from_a_signal_to_a_closed_case_by_telephone_alone(kit: Kit) -> None:
    case_id = kit.raise_case()
    kit.send(case_id, "W02")
    statuses = []
    for kind in (SignByPhone, ArriveByPhone):
        kit.clock.go(seconds=40)
        kit.bus.handle(said(kind, kit, case_id))
        unit = kit.board().units["W02"]
        statuses.append((unit.status, unit.case_id))
    assert statuses == [
        (UnitStatus.ASSIGNED, case_id),
        (UnitStatus.ON_SCENE, case_id),
    ]
    kit.clock.go(minutes=5)
    kit.bus.handle(said(FinishByPhone, kit, case_id, text=" 明火已扑灭，无人受伤 "))
    kit.bus.handle(kit.restore())
    unit = kit.board().units["W02"]
    assert (unit.status, unit.case_id) == (UnitStatus.FREE, None)
    kit.bus.handle(CheckCase(actor=DESK, case_id=case_id))
    kit.bus.handle(CloseCase(actor=DESK, case_id=case_id, outcome="handled", met=True))
    case = kit.case(case_id)
    assert (case.state, case.outcome) == (CaseState.CLOSED, "handled")
    assert case.clocks[Moment.SIGNED] == START + timedelta(seconds=40)
    assert case.clocks[Moment.ARRIVED] == START + timedelta(seconds=80)
    assert case.clocks[Moment.FINISHED] == START + timedelta(minutes=5, seconds=80)
    log = {e.action: e for e in kit.board().entries(case_id)}
    for action in ("sign", "arrive", "finish"):
        entry = log[action]
        assert (entry.actor, entry.seat, entry.unit_id) == ("李敏", "2号席", "W02")
        assert entry.by_phone
    assert log["finish"].text == "明火已扑灭，无人受伤"
    assert not log["close"].by_phone
    assert inconsistent_cases(kit.store) == (1, [])


def test_a_board_that_follows_equals_one_that_loads(kit: Kit) -> None:
    followed = kit.board()
    case_id = kit.raise_case()
    kit.send(case_id, "W02")
    kit.bus.handle(said(SignByPhone, kit, case_id))
    followed.apply(kit.feed.since(followed.number))
    loaded: Board = kit.board()
    assert followed.entries(case_id) == loaded.entries(case_id)
    assert followed.cases == loaded.cases


def test_what_a_terminal_says_is_not_by_telephone(kit: Kit) -> None:
    case_id = kit.raise_case()
    kit.send(case_id)
    kit.field(SignCase, case_id)
    assert not kit.board().entries(case_id)[-1].by_phone


def test_a_terminal_that_did_not_answer_may_say_it_afterwards(kit: Kit) -> None:
    """What the desk entered meanwhile stands; the terminal's word is no fault."""
    case_id = kit.raise_case()
    kit.send(case_id, "W01")
    signed_at = kit.clock.go(seconds=30)
    kit.bus.handle(said(SignByPhone, kit, case_id, unit_id="W01"))
    kit.clock.go(seconds=30)
    before = kit.case(case_id)
    kit.field(SignCase, case_id)
    assert kit.case(case_id) == before
    kit.field(ArriveCase, case_id)
    assert kit.case(case_id).state is CaseState.ON_SCENE
    assert kit.case(case_id).clocks[Moment.SIGNED] == signed_at


def late_finish(case_id: int, kit: Kit, **more: object) -> FinishCase:
    asked = {
        "actor": WORKER,
        "case_id": case_id,
        "unit_id": "W01",
        "at": kit.clock(),
        "text": "阀门已关",
        "photos": (PHOTO,),
        **more,
    }
    return FinishCase(**asked)  # type: ignore[arg-type]


def test_a_late_terminal_adds_what_it_found_and_moves_nothing(kit: Kit) -> None:
    """The unit may be on its next case: neither the case nor the unit goes back."""
    case_id = kit.raise_case()
    kit.send(case_id, "W01")
    sending = kit.case(case_id).sending
    for kind in (SignByPhone, ArriveByPhone):
        kit.bus.handle(said(kind, kit, case_id, unit_id="W01"))
    kit.field(DepartCase, case_id)
    assert kit.case(case_id).state is CaseState.ON_SCENE
    done = said(FinishByPhone, kit, case_id, unit_id="W01", text="已扑灭")
    kit.bus.handle(done)
    other = kit.report()
    kit.take(other)
    kit.send(other, "W01")
    before, unit = kit.case(case_id), kit.board().units["W01"]
    kit.clock.go(seconds=30)
    for kind in (SignCase, DepartCase, ArriveCase):
        kit.field(kind, case_id, sending=sending)
    kit.bus.handle(late_finish(case_id, kit, sending=sending))
    assert kit.case(case_id) == before
    assert kit.board().units["W01"] == unit
    line = kit.board().entries(case_id)[-1]
    assert (line.action, line.text, line.seat) == ("note", "阀门已关", "")
    assert [photo.name for photo in line.photos] == ["a.jpg"]
    assert inconsistent_cases(kit.store) == (2, [])

    lines = len(kit.board().entries(case_id))
    kit.bus.handle(late_finish(case_id, kit, text="", photos=()))
    assert len(kit.board().entries(case_id)) == lines, "nothing said, nothing written"
    elsewhere = late_finish(case_id, kit, unit_id="W02")
    assert refusal(kit, elsewhere).reason == "not_sent"
    recalled = late_finish(case_id, kit, sending=sending + 1)
    assert refusal(kit, recalled).reason == "recalled"


def test_a_late_photo_reaches_a_case_that_is_closed(kit: Kit) -> None:
    case_id = kit.raise_case()
    kit.send(case_id, "W01")
    for kind in (SignByPhone, ArriveByPhone):
        kit.bus.handle(said(kind, kit, case_id, unit_id="W01"))
    done = said(FinishByPhone, kit, case_id, unit_id="W01", text="已扑灭")
    kit.bus.handle(done)
    kit.bus.handle(kit.restore())
    kit.bus.handle(CheckCase(actor=DESK, case_id=case_id))
    kit.bus.handle(CloseCase(actor=DESK, case_id=case_id, outcome="handled", met=True))
    kit.bus.handle(late_finish(case_id, kit))
    assert inconsistent_cases(kit.store) == (1, [])
    with kit.store.reading() as connection:
        rows = connection.execute(sa.select(tables.log_entries)).mappings().all()
    assert entry_of(rows[-1]).photos[0].name == "a.jpg"


def test_only_a_dispatcher_enters_it(kit: Kit) -> None:
    case_id = kit.raise_case()
    kit.send(case_id, "W02")
    others = Actor("周", "3号席", frozenset(Role) - {Role.DISPATCHER})
    assert refusal(kit, said(SignByPhone, kit, case_id, actor=others)).reason == "role"
    assert refusal(kit, said(SignByPhone, kit, case_id, actor=WORKER)).reason == "role"


def test_only_who_is_sent_and_only_in_turn(kit: Kit) -> None:
    case_id = kit.raise_case()
    assert refusal(kit, said(SignByPhone, kit, case_id)).reason == "not_sent"
    kit.send(case_id, "W02")
    elsewhere = said(SignByPhone, kit, case_id, unit_id="W01")
    assert refusal(kit, elsewhere).reason == "not_sent"
    assert refusal(kit, said(ArriveByPhone, kit, case_id)).reason == "state"
    late = said(SignByPhone, kit, case_id)
    kit.bus.handle(RecallUnit(actor=DESK, case_id=case_id))
    assert refusal(kit, late).reason == "version"
    kit.send(case_id, "W02")
    kit.bus.handle(said(SignByPhone, kit, case_id))
    assert refusal(kit, said(SignByPhone, kit, case_id)).reason == "state"


def test_what_was_done_needs_words(kit: Kit) -> None:
    case_id = kit.raise_case()
    kit.send(case_id, "W02")
    kit.bus.handle(said(SignByPhone, kit, case_id))
    empty = said(FinishByPhone, kit, case_id, text="  ")
    assert refusal(kit, empty).reason == "result_missing"


def test_a_desks_clock_that_is_wrong_cannot_turn_the_order(kit: Kit) -> None:
    case_id = kit.raise_case()
    kit.send(case_id, "W02")
    sent_at = kit.case(case_id).clocks[Moment.DISPATCHED]
    kit.clock.go(seconds=10)
    early = kit.clock() - timedelta(hours=3)
    kit.bus.handle(said(SignByPhone, kit, case_id, at=early))
    assert kit.case(case_id).clocks[Moment.SIGNED] == sent_at
