"""Rules as data: what a town may say, what fails safely, what is read again of them."""

import math
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from bus_kit import START, Kit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rules_kit import RULE, read
from rules_kit import kit as kit

from dispatch import handling_rules, tables
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
    AnyRule,
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
from dispatch.rules_known import Level, Read, Weighed
from dispatch.rules_weighing import all_weighed
from dispatch.working import StoreMovedError

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
