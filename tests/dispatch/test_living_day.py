"""A day's plan, and that it happens."""

from dataclasses import replace

import pytest

from dispatch.day_player import LEAST_S, DayOrder, DayPlayer
from dispatch.day_texts import load_texts
from dispatch.devices import Device
from dispatch.geo import distance_m, moved
from dispatch.importing import TownFiles, read_town
from dispatch.living_day import (
    BUSY_HOUR,
    DAY_S,
    HOUR_S,
    Call,
    Finding,
    Silence,
    Trip,
    Weaken,
    plan_day,
)
from dispatch.profiles import load_taxonomy
from dispatch.virtual_field import SAMPLE_TOWN
from dispatch.virtual_worker import Pace

TEXTS = load_texts()


@pytest.fixture(scope="module")
def town() -> TownFiles:
    """The small town, with a home of each kind of device and a neighbour."""
    found = read_town(SAMPLE_TOWN)
    first = next(d for d in found.devices if d.kind == "smoke_detector")
    more = tuple(
        Device(
            device_id=f"{kind}-9",
            kind=kind,
            name=kind,
            public_key="",
            place_name="桃源新邨12幢302",
            point=moved(first.point, 90, 12),
        )
        for kind in (
            "smoke_detector",
            "gas_detector",
            "door_contact",
            "infrared_detector",
            "water_meter",
            "electricity_meter",
        )
    )
    return replace(found, devices=(*found.devices, *more))


def test_the_same_seed_gives_the_same_day(town: TownFiles) -> None:
    one = plan_day(town, TEXTS, seed=7, day=2)
    assert one == plan_day(town, TEXTS, seed=7, day=2)
    assert one != plan_day(town, TEXTS, seed=8, day=2)
    assert one != plan_day(town, TEXTS, seed=7, day=3)


@pytest.mark.parametrize("seed", range(12))
def test_a_day_is_quiet_but_for_one_hour(town: TownFiles, seed: int) -> None:
    plan = plan_day(town, TEXTS, seed=seed)
    assert all(0 <= each.at_s < DAY_S for each in plan)
    assert [each.at_s for each in plan] == sorted(each.at_s for each in plan)
    hours = [0] * 24
    for each in plan:
        hours[int(each.at_s // HOUR_S)] += 1
    assert hours[BUSY_HOUR] >= 15
    assert sum(hours[:6]) <= 8
    assert max(h for n, h in enumerate(hours) if n != BUSY_HOUR) <= 9
    kinds = {type(each.what) for each in plan}
    assert kinds == {Trip, Weaken, Silence, Finding, Call}


def test_one_fire_with_a_neighbour_and_two_callers(town: TownFiles) -> None:
    plan = plan_day(town, TEXTS, seed=1)
    calls = [e for e in plan if isinstance(e.what, Call) and e.what.category == "3001"]
    assert len(calls) == 2
    first, second = (each.what for each in calls)
    assert isinstance(first, Call)
    assert isinstance(second, Call)
    assert 0 < distance_m(first.place.point, second.place.point) < 80
    assert first.caller != second.caller
    begins = calls[0].at_s - 50
    smoke = [e for e in plan if e.at_s in (begins, begins + 80)]
    assert {type(e.what) for e in smoke} == {Trip}
    assert len(smoke) == 2


def test_a_town_without_devices_and_places_has_a_quiet_day(town: TownFiles) -> None:
    assert plan_day(replace(town, devices=(), places=()), TEXTS, seed=1) == ()


def test_every_matter_is_one_of_the_taxonomy() -> None:
    taxonomy = load_taxonomy()
    for matter in (*TEXTS.findings, *TEXTS.calls):
        assert taxonomy.find(matter.category) is not None, matter
        assert 0 <= matter.hours[0] < matter.hours[1] <= 24
    for category in TEXTS.done:
        assert category == "*" or taxonomy.find(category) is not None


class Noted:
    """A device that writes down what happens to it."""

    def __init__(self, device_id: str, log: list[tuple[float, str, str]]) -> None:
        self.device_id = device_id
        self.active = False
        self._log = log

    def trip(self, now: float) -> None:
        self._log.append((now, "trip", self.device_id))

    def restore(self, now: float) -> None:
        self._log.append((now, "restore", self.device_id))

    def tick(self, now: float) -> float:
        return now


def play(town: TownFiles, order: DayOrder, *, until: float) -> tuple[list, list]:
    log: list[tuple[float, str, str]] = []
    calls: list[Call] = []
    player = DayPlayer(
        order,
        town=town,
        texts=TEXTS,
        sensors={d.device_id: Noted(d.device_id, log) for d in town.devices},
        workers=[],
        pace=Pace(),
        call=calls.append,
        now=100.0,
    )
    now = 100.0
    while now < 100.0 + until:
        now = max(player.tick(now), now + 0.001)
    return log, calls


def test_speed_moves_the_plan_and_nothing_is_missed(town: TownFiles) -> None:
    plan = plan_day(town, TEXTS, seed=3)
    order = DayOrder(seed=3, speed=60.0, begins_s=0.0)
    log, calls = play(town, order, until=DAY_S / 60)
    trips = [e for e in plan if isinstance(e.what, Trip)]
    assert [
        (round((at - 100) * 60), device) for at, word, device in log if word == "trip"
    ] == [
        (pytest.approx(e.at_s, abs=2), e.what.device_id)
        for e in trips
        if isinstance(e.what, Trip)
    ]
    assert len(calls) == sum(isinstance(e.what, Call) for e in plan)


def test_a_false_alarm_lasts_long_enough_to_be_seen(town: TownFiles) -> None:
    order = DayOrder(seed=3, speed=600.0, begins_s=0.0)
    log, _ = play(town, order, until=DAY_S / 600 + 2 * LEAST_S)
    ends = [row for row in log if row[1] == "restore"]
    assert ends
    for at, _, device in ends:
        began = max(t for t, w, d in log if w == "trip" and d == device and t < at)
        assert at - began >= LEAST_S - 1e-6


def test_the_next_day_follows(town: TownFiles) -> None:
    order = DayOrder(seed=3, speed=3600.0, begins_s=20 * HOUR_S)
    _, calls = play(town, order, until=40.0)
    later = [
        each.what
        for day in (0, 1)
        for each in plan_day(town, TEXTS, seed=3, day=day)
        if isinstance(each.what, Call)
        and (day, each.at_s) >= (0, 20 * HOUR_S)
        and day * DAY_S + each.at_s <= 59 * HOUR_S
    ]
    assert calls[: len(later)] == later


def test_nights_are_for_resting(town: TownFiles) -> None:
    pace = Pace()
    for hour, rests in ((3, True), (9, False), (23, True)):
        DayPlayer(
            DayOrder(begins_s=hour * HOUR_S),
            town=town,
            texts=TEXTS,
            sensors={d.device_id: Noted(d.device_id, []) for d in town.devices},
            workers=[],
            pace=pace,
            call=lambda call: None,
            now=0.0,
        ).tick(0.0)
        assert pace.at_rest is rests
