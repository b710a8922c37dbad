"""A town alters its rules, and tries one over the readings it has."""

from dataclasses import replace
from datetime import timedelta

import pytest
from bus_kit import DESK, START, Kit, refusal
from rule_player import (
    BURST,
    BY_TEN,
    FALLING,
    HELD,
    LEVEL,
    RISING,
    STILL,
    TOWN,
    Player,
    minute,
    read_of,
)

from dispatch.bus import Bus
from dispatch.history import answer
from dispatch.people import Role
from dispatch.profile_use import UseProfile
from dispatch.profiles import in_use, load_taxonomy
from dispatch.rule_changes import (
    RuleChange,
    SetRule,
    TryRule,
    as_data,
    read_rule,
    sort_of,
    with_changes,
    with_rule,
)
from dispatch.rule_trials import play, try_rule
from dispatch.rules import AnyRule, Watch

WATCH = load_taxonomy().watch
WATER = WATCH.low_uses[0]


@pytest.fixture
def kit(tmp_path):
    made = Kit(tmp_path)
    made.enrol("M1", "water_meter")
    made.enrol("M2", "water_meter")
    yield made
    made.close()


def rule_of(kit: Kit, rule_id: str) -> AnyRule | None:
    return in_use(kit.board().profile).watch.find(rule_id)


def set_rule(kit: Kit, rule: AnyRule, **changed: object) -> SetRule:
    asked = {
        "actor": DESK,
        "sort": sort_of(rule),
        "rule_id": rule.rule_id,
        "data": as_data(rule),
    }
    command = SetRule(**{**asked, **changed})
    kit.bus.handle(command)
    return command


def tried(kit: Kit, rule: AnyRule, days: float = 30):
    query = TryRule(
        sort=sort_of(rule), data=as_data(rule), until=kit.clock(), days=days
    )
    return answer(query, kit.store)


@pytest.mark.parametrize("rule", [*WATCH.all()], ids=lambda rule: rule.rule_id)
def test_a_rule_survives_the_way_through_an_editor(rule: AnyRule) -> None:
    assert read_rule(sort_of(rule), as_data(rule), frozenset({rule.category})) == rule


@pytest.mark.parametrize(
    ("rule", "steps"),
    [
        (LEVEL, [("10:00", "gauge", 1.0), ("10:10", "gauge", 2.5)]),
        (
            LEVEL,
            [
                *(("10:00", "gauge", 2.5), ("10:10", "gauge", 3.5)),
                *(("10:20", "gauge", 1.0), ("10:30", "gauge", 2.1)),
            ],
        ),
        (HELD, [("10:00", "door", 1.0), ("12:00", "door", 0.0)]),
        (RISING, [("10:00", "gauge", 1.0), ("10:30", "gauge", 1.4)]),
        (FALLING, [("10:00", "gauge", 3.0), ("10:30", "gauge", 1.4)]),
        (STILL, [("00:00", "pir", 1.0), ("20:00", "pir", 1.0)]),
        (BY_TEN, [("04:00", "door", 1.0), ("11:00", "door", 1.0)]),
        (
            BURST,
            [
                *(("10:00", "door", 0.0), ("10:01", "door", 1.0)),
                *(("10:01:20", "pir", 1.0), ("10:40", "pir", 1.0)),
            ],
        ),
    ],
)
def test_a_trial_says_what_the_rule_would_have_said(rule: AnyRule, steps) -> None:
    """The same readings, at work with the clock each minute, and in a trial."""
    player, now = Player(rule), minute("00:00")
    reads = [(minute(step[0]), read_of(step)) for step in steps]
    for at, read in reads:
        while now < at:
            player.look(now)
            now += timedelta(minutes=1)
        player.hear(at, read)
    for _minute in range(60 * 14):
        player.look(now)
        now += timedelta(minutes=1)
    spells = play(rule, reads, until=now, zone=TOWN)
    assert spells, "the table has an alarm"
    begun = [said for _at, said, _ in player.said if said == "raised"]
    assert sum(1 + each.graver for each in spells) == len(begun)
    gone = [said for _at, said, _ in player.said if said == "gone"]
    assert len([each for each in spells if each.ended_at]) == len(gone)


def test_fourteen_alarms_and_twelve_of_them_at_one_device(kit: Kit) -> None:
    """What stands there after days at work is what a trial of the same rule says."""
    wasted = 0.0
    for day in range(12):
        for _reading in range(6):
            kit.clock.go(hours=4)
            wasted += 0.1 if kit.clock().hour == 6 else 0.0
            kit.bus.handle(kit.reading("M1", values={"volume_m3": 300 + wasted}))
            idle = day in (5, 9)
            used = wasted if idle else kit.clock().timestamp() / 3600
            kit.bus.handle(kit.reading("M2", values={"volume_m3": used}))
    number = kit.board().number
    trial = tried(kit, WATER)
    assert trial.subjects == trial.looked == trial.spoken == 2
    assert trial.readings == 2 * 12 * 6
    assert trial.alarms == 14
    assert trial.named == (("water_meter M1 M1", 12), ("water_meter M2 M2", 2))
    assert trial.told == 14, "and so it was at work"
    query = TryRule(sort="low_uses", data=as_data(WATER), until=kit.clock())
    first = try_rule(query, kit.store, budget_s=-1)
    assert (first.looked, first.more_after) == (1, "device:M1")
    rest = try_rule(replace(query, after=first.more_after), kit.store, budget_s=-1)
    assert first.joined(rest) == trial, "in parts it is the same"
    strict = replace(WATER, line=1e9)
    assert tried(kit, strict).standing == 2, "no home ever uses so much"
    lax = replace(WATER, line=0.0001, within_min=60 * 47)
    assert tried(kit, lax).alarms == 0
    assert tried(kit, WATER, days=2).alarms <= 4
    elsewhere = replace(WATER, grid="no-such-grid")
    assert tried(kit, elsewhere).subjects == 0
    assert kit.board().number == number, "a trial writes nothing"


def test_a_rule_is_gone_by_from_then_on_and_after_a_start(kit: Kit) -> None:
    mild = replace(WATER, line=0.5, within_min=60)
    set_rule(kit, mild)
    assert rule_of(kit, "water-12h") == mild
    for _quarter in range(6):
        kit.bus.handle(kit.reading("M1", values={"volume_m3": 300.0}))
        kit.clock.go(minutes=15)
    (alarm,) = kit.board().alarms.values()
    assert alarm.source == "water-12h"
    assert alarm.active
    (change,) = kit.board().profile.altered
    assert (change.actor, change.at) == (DESK.name, START)
    again = Bus(kit.store, clock=kit.clock)
    again.handle(kit.reading("M2", values={"volume_m3": 300.0}))
    assert in_use(kit.board().profile).watch.low_uses[0] == mild

    set_rule(kit, mild, data="")  # the profile's again
    assert rule_of(kit, "water-12h") == WATER
    assert not kit.board().profile.altered


def test_a_rule_that_is_off_lets_its_alarm_go(kit: Kit) -> None:
    set_rule(kit, replace(WATER, line=0.5, within_min=60))
    for _half in range(4):
        kit.bus.handle(kit.reading("M1", values={"volume_m3": 300.0}))
        kit.clock.go(minutes=30)
    set_rule(kit, replace(WATER, off=True))
    kit.bus.due_rules()
    (alarm,) = kit.board().alarms.values()
    assert not alarm.active


def test_a_rule_of_the_town_s_own_for_one_grid(kit: Kit) -> None:
    own = replace(WATER, rule_id="water-grid-3", grid="330421111003", line=0.05)
    set_rule(kit, own)
    assert rule_of(kit, "water-grid-3") == own
    assert rule_of(kit, "water-12h") == WATER, "the others' stays"
    set_rule(kit, own, data="")
    assert rule_of(kit, "water-grid-3") is None


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"data": "{"}, "truncated"),
        ({"data": "[]"}, "names and values"),
        ({"data": '{"rule_id":"water-12h","lime":3}'}, "lime"),
        ({"sort": "moods"}, "moods"),
        ({"rule_id": "another"}, "another's id"),
        ({"data": as_data(replace(WATER, line=0))}, "no line"),
        ({"data": as_data(replace(WATER, category="B099"))}, "B099"),
        (
            {
                "rule_id": "gas-lel",
                "data": as_data(replace(WATER, rule_id="gas-lel")),
            },
            "another's id",
        ),
    ],
)
def test_what_is_no_rule_is_refused(kit: Kit, changed, why) -> None:
    asked = SetRule(
        **{
            "actor": DESK,
            "sort": "low_uses",
            "rule_id": "water-12h",
            "data": as_data(WATER),
            **changed,
        }
    )
    refused = refusal(kit, asked)
    assert refused.reason == "rule"
    assert why in refused.text
    assert not kit.board().profile.altered


def test_who_is_no_technician_sets_no_rule(kit: Kit) -> None:
    watcher = replace(DESK, roles=DESK.roles - {Role.TECHNICIAN})
    asked = SetRule(
        actor=watcher, sort="low_uses", rule_id="water-12h", data=as_data(WATER)
    )
    assert refusal(kit, asked).reason == "role"


def test_another_profile_keeps_what_the_town_has_altered(kit: Kit) -> None:
    mild = replace(WATER, line=0.5)
    set_rule(kit, mild)
    kit.bus.handle(UseProfile(actor=DESK, profile="jinniu"))
    assert kit.board().profile.altered
    kit.bus.handle(UseProfile(actor=DESK, profile="yaozhuang"))
    assert rule_of(kit, "water-12h") == mild


def test_what_a_profile_cannot_carry_is_passed_over() -> None:
    change = RuleChange(
        sort="low_uses",
        rule_id="water-12h",
        data=as_data(replace(WATER, line=0.5)),
        at=START,
        actor="",
        seat="",
    )
    assert with_changes(WATCH, (change,), frozenset()) is WATCH
    altered = with_changes(WATCH, (change,), frozenset({WATER.category}))
    assert altered.low_uses[0].line == 0.5
    assert with_rule(WATCH, replace(WATER, rule_id="gas-lel")) is None
    watch = with_rule(Watch(), WATER)
    assert watch is not None
    assert watch.low_uses == (WATER,)
