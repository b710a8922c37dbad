"""A town's rules over the real bus: readings and the clock in, alarms and restores out."""

import math
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from bus_kit import DESK, START, Kit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatch import handling_rules, tables
from dispatch.alarms import Alarm
from dispatch.case_commands import TurnCase
from dispatch.commands import AcknowledgeAlarm, EnrolDevice, Refused
from dispatch.people import Actor, Role
from dispatch.profiles import extend, load_taxonomy, made
from dispatch.rule_changes import (
    SetRule,
    as_data,
    not_a_rule,
    read_rule,
    sort_of,
)
from dispatch.rules import (
    GRID,
    AnyRule,
    Combination,
    Line,
    LowUse,
    SpanError,
    Term,
    Threshold,
    Watch,
    check,
    look_back,
)
from dispatch.rules_heard import heard
from dispatch.rules_known import LastUse, Level, Read, Verdict, Weighed
from dispatch.rules_weighing import all_weighed, weigh
from dispatch.work import UnitOfWork
from dispatch.working import StoreMovedError

WATCH = load_taxonomy().watch
RULE = WATCH.low_uses[0]


@pytest.fixture
def kit(tmp_path: Path):
    made = Kit(tmp_path)
    made.enrol("M1", "water_meter")
    yield made
    made.close()


def read(kit: Kit, total: float, **changed: object) -> None:
    kit.bus.handle(kit.reading("M1", values={"volume_m3": total}, **changed))


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


# -- as data -------------------------------------------------------------------------

CORE = msgspec.to_builtins(load_taxonomy("core"))


def _made(**watch: object) -> LowUse:
    return made(
        "mine", extend(_core(), {"name": "mine", "watch": watch})
    ).watch.low_uses[0]


def _core() -> dict[str, object]:
    return {key: CORE[key] for key in CORE if key != "former"}


def test_a_town_alters_a_rule_by_its_id() -> None:
    altered = _made(low_uses=[{"rule_id": "water-12h", "line": 0.02}])
    assert altered == replace(RULE, line=0.02)
    off = made(
        "mine",
        extend(
            _core(),
            {"watch": {"schedules": [{"rule_id": "door-by-ten", "off": True}]}},
        ),
    )
    assert off.watch.find("door-by-ten") is None


MOTION = Term(kinds=("infrared_detector",), value="motions")
SPANS: dict[str, dict[str, object]] = {
    "low_uses": {"line": 1, "unit": "", "within_min": 720},
    "thresholds": {"lines": [{"at": 1}], "hold_min": 30},
    "rates": {"rise": 1, "within_min": 60},
    "silences": {"any_of": [MOTION], "within_min": 60, "grace_min": 5},
    "schedules": {
        "any_of": [MOTION],
        "since": "05:00",
        "until": "10:00",
        "grace_min": 5,
    },
    "combinations": {"all_of": [MOTION], "within_s": 60},
}


def _of(sort: str, **figures: object) -> AnyRule:
    """Return a rule of a sort that is right, but for these figures."""
    said = {"rule_id": "x", "name_zh": "", "name_en": "", "category": "B004"}
    if "any_of" not in SPANS[sort] and "all_of" not in SPANS[sort]:
        said |= {"kinds": ["water_meter"], "value": "volume_m3"}
    data = msgspec.json.encode({**said, **SPANS[sort], **figures}).decode()
    return read_rule(sort, data, frozenset({"B004"}))


@pytest.mark.parametrize(
    ("sort", "span"),
    [(s, name) for s in SPANS for name in SPANS[s] if name[-4:] in ("_min", "in_s")],
)
def test_a_span_is_of_no_less_than_nothing_and_no_more_than_a_leap_year(
    sort: str, span: str
) -> None:
    year = 366 * (86_400 if span == "within_s" else 1_440)
    rule = _of(sort, **{span: year})
    assert START - look_back(rule) < START, "the widest still has a date"
    for figure in (-1, year + 1, 1e10, 1e300):
        with pytest.raises(SpanError, match=f"{span} is not of 0 to 366 days") as wrong:
            _of(sort, **{span: figure})
        assert not_a_rule(wrong.value).reason == "rule_span"
    for figure in (math.nan, math.inf):
        changed: dict[str, Any] = {span: figure}
        watch = Watch(**{sort: (replace(rule, **changed),)})
        with pytest.raises(SpanError):
            check(watch, frozenset({"B004"}))


@pytest.mark.parametrize("figure", [math.nan, math.inf, -math.inf])
def test_a_figure_that_is_none_is_refused(figure: float) -> None:
    wrong: tuple[AnyRule, ...] = (
        replace(_of("thresholds"), lines=(Line(at=figure),)),
        replace(_of("thresholds"), back=figure),
        replace(_of("low_uses"), line=figure),
        replace(_of("rates"), rise=figure),
        replace(_of("silences"), any_of=(replace(MOTION, least=figure),)),
    )
    for rule in wrong:
        with pytest.raises(ValueError, match="rule x: "):
            check(Watch(**{sort_of(rule): (rule,)}), frozenset({"B004"}))


@pytest.mark.parametrize(
    ("sort", "rule", "words"),
    [
        ("low_use", {}, "nobody knows low_use"),
        ("low_uses", {"rule_id": "water-12h", "lime": 1}, "water-12h: lime"),
        ("low_uses", {"rule_id": "water-12h", "line": 0}, "water-12h: it has no line"),
        ("low_uses", {"rule_id": "water-12h", "category": "B099"}, "no category B099"),
        ("low_uses", {"rule_id": "water-12h", "scope": "grid"}, "one device's"),
        ("schedules", {"rule_id": "door-by-ten", "until": "ten"}, "such as 05:00"),
        ("schedules", {"rule_id": "door-by-ten", "days": [8]}, "its days are none"),
        ("combinations", {"rule_id": "door-forced", "all_of": []}, "it has no limit"),
        ("thresholds", {"rule_id": "gas-lel", "lines": []}, "from the mildest on"),
        ("rates", {"rule_id": "gas-lel"}, "Object missing required field"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_its_name(
    sort: str, rule: dict[str, object], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        made("mine", extend(_core(), {"watch": {sort: [rule] if rule else []}}))


@pytest.mark.expected_log("dispatch.handling_rules", "rule water-12h fails")
def test_a_rule_that_fails_loses_no_reading_and_is_told_once(
    kit: Kit, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_said: object) -> Weighed:
        raise OverflowError("date value out of range")

    monkeypatch.setattr(handling_rules, "weigh", fails)
    for total in (300.0, 300.1):
        read(kit, total)
    readings = tables.readings
    with kit.store.reading() as connection:
        rows = connection.execute(sa.select(readings.c["values"])).scalars().all()
    assert rows == [{"volume_m3": 300.0}, {"volume_m3": 300.1}]
    told = [each for each in caplog.records if each.levelname == "ERROR"]
    assert [each.getMessage() for each in told] == [
        "rule water-12h fails on what is read"
    ]


GAS = Threshold(
    rule_id="x",
    name_zh="",
    name_en="",
    category="B001",
    kinds=("gas_detector",),
    value="lel_pct",
    lines=(Line(at=10), Line(at=25)),
    back=3,
)


def _stored(kit: Kit, values: list[tuple[float, float]]) -> None:
    """Store what a gas detector said, in that order, each so many minutes ago."""
    rows = [
        {
            "device_id": "G1",
            "at": kit.clock() - timedelta(minutes=ago),
            "received_at": kit.clock(),
            "values": {"lel_pct": value},
            "doubt": "",
        }
        for value, ago in values
    ]
    with kit.store.writing() as connection:
        connection.execute(tables.readings.insert(), rows)


@given(
    values=st.lists(
        st.tuples(
            st.sampled_from([0.0, 8.0, 9.0, 11.0, 23.0, 26.0]),
            st.integers(min_value=1, max_value=40).map(float),
        ),
        max_size=14,
    ),
    hold_min=st.sampled_from([0, 5]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_newest_readings_say_as_much_of_a_threshold_as_all(
    memory: Kit, values: list[tuple[float, float]], hold_min: float
) -> None:
    with memory.store.writing() as connection:
        connection.execute(tables.readings.delete())
    if values:
        _stored(memory, values)
    rule = replace(GAS, hold_min=hold_min)
    device = memory.board().devices["G1"]
    now = memory.clock()
    with memory.store.reading() as connection:
        few = all_weighed(rule, heard(connection, rule, (device,), now))
    every = all_weighed(
        rule,
        (
            Read(
                device_id="G1",
                kind=device.kind,
                at=now - timedelta(minutes=ago),
                values={"lel_pct": value},
            )
            for value, ago in values
        ),
    )
    if not hold_min and isinstance(every, Level) and isinstance(few, Level):
        every = replace(every, since=few.since)  # goes for nothing without a hold
    assert few == every


def test_of_a_threshold_one_reading_is_read_where_it_says_enough(memory: Kit) -> None:
    with memory.store.writing() as connection:
        connection.execute(tables.readings.delete())
    _stored(memory, [(0.0, float(ago)) for ago in range(100, 0, -1)])
    device = memory.board().devices["G1"]
    with memory.store.reading() as connection:
        few = heard(connection, GAS, (device,), memory.clock())
        low_use = heard(connection, RULE, (device,), memory.clock())
    assert (len(few), len(low_use)) == (1, 100)


@pytest.fixture(scope="module")
def memory():
    made = Kit("sqlite://")
    made.enrol("G1", "gas_detector")
    yield made
    made.close()


def test_a_reading_is_taken_back_whole_where_somebody_else_wrote(kit: Kit) -> None:
    ours, other = kit.bus, kit.new_bus()
    kit.bus = other
    kit.enrol("M3", "water_meter")
    kit.bus = ours
    with pytest.raises(StoreMovedError):
        read(kit, 300.0)
    read(kit, 300.0)
    assert ("water-12h", "device:M1") in kit.bus._at_hand()[0].watched


def test_what_is_known_of_a_rule_outlasts_the_change_of_another(kit: Kit) -> None:
    """Two days of a town's readings are not read again for it, nor the clock put off."""
    kit.enrol("M2", "electricity_meter")
    read(kit, 300.0)
    kit.bus.handle(kit.reading("M2", values={"energy_kwh": 5.0}))
    before = kit.bus._at_hand()[0]
    assert {key[0] for key in before.watched} >= {"water-12h", "electricity-12h"}
    technician = Actor(name="技术员", seat="", roles=frozenset(Role))
    rule = replace(RULE, line=0.02)
    command = {"actor": technician, "sort": "low_uses", "rule_id": rule.rule_id}
    kit.bus.handle(SetRule(**command, data=as_data(rule)))
    after = kit.bus._at_hand()[0]
    kept = [key for key in before.watched if key[0] != "water-12h"]
    assert kept
    assert all(after.watched[key] is before.watched[key] for key in kept)
    assert not any(key[0] == "water-12h" for key in after.watched)
    kit.bus.reload()  # somebody else wrote: nothing is known of that
    assert not kit.bus._at_hand()[0].watched
    kit.bus.keep_time(("water-12h", "device:M1"))
