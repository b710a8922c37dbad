"""A town's rules over the real bus: readings and the clock in, alarms and restores out."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from bus_kit import DESK, START, Kit
from hypothesis import given
from hypothesis import strategies as st
from rules_kit import RULE, WATCH, read
from rules_kit import kit as kit

from dispatch.alarms import Alarm
from dispatch.case_commands import TurnCase
from dispatch.commands import AcknowledgeAlarm, EnrolDevice, Refused
from dispatch.profiles import load_taxonomy
from dispatch.rules import (
    GRID,
    Combination,
    Term,
    Watch,
)
from dispatch.rules_known import LastUse, Read, Verdict, Weighed
from dispatch.rules_weighing import weigh
from dispatch.work import UnitOfWork


def _weigh(last: LastUse | None, total: float, at: datetime) -> Weighed:
    values = {"volume_m3": total}
    read = Read(device_id="M1", kind="water_meter", at=at, values=values)
    return weigh(RULE, last, read)


def _weighed(last: LastUse | None, total: float, *, hours: float) -> Weighed:
    return _weigh(last, total, START + timedelta(hours=hours))


def alarms(kit: Kit) -> list[Alarm]:
    return list(kit.board().alarms.values())


def test_twelve_hours_without_use_raise_one_alarm(kit: Kit) -> None:
    for _hour in range(12):
        read(kit, 300.0)
        kit.clock.go(hours=1)
    assert not alarms(kit)
    for _hour in range(5):
        read(kit, 300.004)
        kit.clock.go(hours=1)
    (alarm,) = alarms(kit)
    assert (alarm.category, alarm.count, alarm.active) == ("B004", 1, True)
    case = kit.case(alarm.case_id or 0)
    assert (case.severity, case.details) == (2, "12小时用水不足: 0.00 m³ / 12 h")


def test_use_restores_it_and_the_next_silence_raises_another(kit: Kit) -> None:
    read(kit, 300.0)
    kit.clock.go(hours=13)
    read(kit, 300.0)
    kit.clock.go(hours=1)
    read(kit, 300.2)
    (alarm,) = alarms(kit)
    assert not alarm.active
    kit.clock.go(hours=11)
    read(kit, 300.2)
    assert not alarms(kit)[0].active
    kit.clock.go(hours=2)
    read(kit, 300.2)
    (alarm,) = alarms(kit)
    assert (alarm.active, alarm.count) == (True, 2)


def test_a_meter_that_sleeps_says_it_all_at_once(kit: Kit) -> None:
    kit.clock.go(hours=20)
    now = kit.clock()
    totals = [300.0, 300.1, 300.2, *[300.25] * 13]
    batch = [
        kit.reading(
            "M1",
            values={"volume_m3": total},
            at=now - timedelta(hours=15 - hour),
        )
        for hour, total in enumerate(totals)
    ]
    kit.bus.handle_batch(batch)
    (alarm,) = alarms(kit)
    assert (alarm.first_at, alarm.doubt) == (now, "")


def test_what_was_known_outlives_the_service(kit: Kit) -> None:
    read(kit, 300.0)
    kit.clock.go(hours=6)
    read(kit, 300.0)
    kit.bus = kit.new_bus()
    kit.clock.go(hours=6)
    read(kit, 300.0)
    assert len(alarms(kit)) == 1
    kit.bus = kit.new_bus()
    kit.clock.go(hours=1)
    read(kit, 300.0)
    assert alarms(kit)[0].count == 1


def test_a_wrong_clock_is_not_weighed(kit: Kit) -> None:
    read(kit, 300.0)
    read(kit, 300.0, at=START + timedelta(days=30))
    assert not alarms(kit)


def test_a_failed_commit_leaves_no_trace_of_its_use(
    kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(kit, 300.0)
    kit.clock.go(hours=1)

    def fails(self: UnitOfWork) -> int:
        raise OSError("no disk")

    with monkeypatch.context() as patched:
        patched.setattr(UnitOfWork, "commit", fails)
        with pytest.raises(OSError, match="no disk"):
            read(kit, 301.0)
    kit.clock.go(hours=11)
    read(kit, 300.0)
    assert len(alarms(kit)) == 1


def test_a_new_meter_begins_anew() -> None:
    weighed = _weighed(LastUse(300.0, START), 0.1, hours=24)
    assert (weighed.state, weighed.verdict) == (
        LastUse(0.1, START + timedelta(days=1)),
        Verdict.NOTHING,
    )


def test_what_comes_late_says_nothing() -> None:
    known = LastUse(300.0, START)
    weighed = _weighed(known, 299.0, hours=-3)
    assert (weighed.state, weighed.verdict) == (known, Verdict.NOTHING)


def test_either_meter_has_its_line() -> None:
    assert [(rule.kinds, rule.line) for rule in WATCH.low_uses] == [
        (("water_meter",), 0.01),
        (("electricity_meter",), 0.5),
    ]


@given(
    st.lists(
        st.tuples(st.floats(0, 5), st.integers(1, 36_000)), min_size=1, max_size=40
    )
)
def test_idle_means_that_less_than_the_line_was_used(
    steps: list[tuple[float, int]],
) -> None:
    last: LastUse | None = None
    total, at = 100.0, START
    seen = []
    for used, seconds in steps:
        total += used
        at += timedelta(seconds=seconds)
        seen.append((at, total))
        weighed = _weigh(last, total, at)
        assert weighed.state is None or isinstance(weighed.state, LastUse)
        last = weighed.state
        if weighed.verdict is Verdict.HOLDS:
            within = timedelta(minutes=RULE.within_min)
            before = [t for when, t in seen if when <= at - within]
            assert before
            assert total - before[-1] < RULE.line


# -- more than a meter -----------------------------------------------------------------


def test_a_rule_that_is_gone_lets_its_alarms_go(kit: Kit) -> None:
    kit.enrol("G1", "gas_detector")
    kit.bus.handle(kit.reading("G1", values={"lel_pct": 30.0}))
    kit.bus.handle(kit.alarm("G1", category="B002", source="cid-151-01-001"))
    kit.bus = kit.new_bus(taxonomy=replace(load_taxonomy(), watch=Watch()))
    kit.keep_time()
    stand = {alarm.source: alarm.active for alarm in alarms(kit)}
    assert stand == {"gas-lel": False, "cid-151-01-001": True}
    last = kit.board().entries(alarms(kit)[0].case_id or 0)[-1]
    assert (last.action, last.text) == ("restore", "规则不再适用")


def test_a_device_that_may_speak_no_more_lets_its_rule_s_alarm_go(kit: Kit) -> None:
    kit.enrol("G1", "gas_detector")
    kit.bus.handle(kit.reading("G1", values={"lel_pct": 30.0}))
    kit.keep_time()
    assert alarms(kit)[0].active
    gone = replace(kit.board().devices["G1"], revoked=True)
    kit.bus.handle(EnrolDevice(actor=DESK, device=gone))
    kit.keep_time()
    assert not alarms(kit)[0].active


def test_people_restore_what_nothing_else_restores(kit: Kit) -> None:
    kit.enrol("A1", "ai_box")
    case_id = kit.raise_case("A1", category="B009", source="bin_overflow@1203")
    turn = TurnCase(actor=DESK, case_id=case_id, action="restore_by_hand", text="")
    with pytest.raises(Refused, match="with a reason"):
        kit.bus.handle(turn)
    kit.bus.handle(replace(turn, command_id="2", text="现场已清理"))
    assert not alarms(kit)[0].active
    last = kit.board().entries(case_id)[-1]
    assert (last.action, last.text) == ("restore_by_hand", "现场已清理")
    with pytest.raises(Refused) as refused:
        kit.bus.handle(replace(turn, command_id="3", text="再次"))
    assert refused.value.reason == "nothing_active"


def test_more_gas_breaks_through_what_was_acknowledged(kit: Kit) -> None:
    kit.enrol("G1", "gas_detector")

    def gas(lel_pct: float) -> Alarm:
        kit.clock.go(seconds=5)
        kit.bus.handle(kit.reading("G1", values={"lel_pct": lel_pct}))
        return alarms(kit)[0]

    first = gas(12.0)
    assert (first.severity, first.source, first.count) == (2, "gas-lel", 1)
    kit.bus.handle(AcknowledgeAlarm(actor=DESK, alarm_id=first.alarm_id))
    assert gas(13.0).acknowledged_by
    graver = gas(26.0)
    assert (graver.severity, graver.count, graver.acknowledged_at) == (1, 2, None)
    case = kit.case(graver.case_id or 0)
    assert case.severity == 1
    assert [(e.action, e.text) for e in kit.board().entries(case.case_id)[-2:]] == [
        ("alarm", "可燃气体浓度: 26 > 25 % LEL"),
        ("raised", "2 → 1"),
    ]
    assert gas(8.0).active  # not well back
    assert not gas(6.0).active


def test_what_a_detector_saw_itself_no_rule_takes_back(kit: Kit) -> None:
    kit.enrol("G1", "gas_detector")
    kit.bus.handle(kit.reading("G1", values={"lel_pct": 30.0}))
    kit.bus.handle(kit.alarm("G1", category="B002"))
    kit.bus.handle(kit.reading("G1", values={"lel_pct": 2.0}))
    assert {alarm.source: alarm.active for alarm in alarms(kit)} == {
        "gas-lel": False,
        "": True,
    }
    assert len(kit.board().cases) == 1
    kit.bus.handle(kit.restore("G1", category="B002"))
    assert not any(alarm.active for alarm in alarms(kit))


def test_what_stands_over_a_closed_case_is_carried_on_by_the_other_s(kit: Kit) -> None:
    kit.enrol("G1", "gas_detector")
    first = kit.raise_case("G1", category="B002", source="a")
    kit.settle(first)
    second = kit.raise_case("G1", category="B002", source="b")
    assert second != first
    kit.bus.handle(kit.alarm("G1", category="B002", source="a"))
    stand = {a.source: a.case_id for a in alarms(kit) if a.active}
    assert stand == {"a": second, "b": second}


def test_a_flapping_value_is_counted_on_one_case(kit: Kit) -> None:
    kit.enrol("G1", "gas_detector")
    for _ in range(20):
        for lel_pct in (12.0, 1.0):
            kit.clock.go(seconds=2)
            kit.bus.handle(kit.reading("G1", values={"lel_pct": lel_pct}))
    (alarm,) = alarms(kit)
    assert (alarm.count, len(kit.board().cases)) == (20, 1)
    told = [e for e in kit.board().entries(alarm.case_id or 0) if e.action == "alarm"]
    assert len(told) == 5  # the 1st, 2nd, 4th, 8th, 16th


def test_a_grid_s_gauges_together(kit: Kit) -> None:
    over = Term(kinds=("water_level",), value="over_line_m", least=0.0, devices=3)
    flood = Combination(
        rule_id="flood",
        name_zh="三处水位超限",
        name_en="Three gauges above their line",
        category="3006",
        severity=1,
        scope=GRID,
        all_of=(over,),
        within_s=3600,
    )
    watch = Watch(combinations=(flood,))
    kit.bus = kit.new_bus(taxonomy=replace(load_taxonomy(), watch=watch))
    for gauge in ("W1", "W2", "W3"):
        kit.enrol(gauge, "water_level")
        kit.clock.go(minutes=5)
        assert not alarms(kit)
        kit.bus.handle(kit.reading(gauge, values={"over_line_m": 0.1}))
    (alarm,) = alarms(kit)
    assert (alarm.source, alarm.category, alarm.severity) == ("flood", "3006", 1)
    case = kit.case(alarm.case_id or 0)
    assert (case.severity, case.grid_code) == (1, "330421111001001")
