"""What the demonstration's detectors, meters, vehicles and people say, and when."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from dispatch import wire
from dispatch.commands import (
    RaiseAlarm,
    RecordHeartbeat,
    RecordReading,
    RestoreAlarm,
)
from dispatch.day_texts import load_texts
from dispatch.devices import CARRIED, METERS, Device
from dispatch.devices.common import Heard
from dispatch.devices.kinds import DEVICE_KINDS
from dispatch.geo import Point, distance_m, moved
from dispatch.importing import read_town
from dispatch.profiles import load_taxonomy
from dispatch.rules_known import LastUse, Read, Verdict
from dispatch.rules_weighing import weigh
from dispatch.virtual_devices import (
    HEARTBEAT_S,
    MOST_ALARMS,
    WEAK_BATTERY,
    VirtualMeter,
    VirtualSensor,
    VirtualVehicle,
)
from dispatch.virtual_field import SAMPLE_TOWN
from dispatch.virtual_worker import Errand, Habits, Pace, VirtualWorker
from dispatch.walking import RoadNet, Walker

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
TEXTS = load_texts()
HERE = Point(120.93, 30.93)


class Said:
    """An outbox that only remembers."""

    def __init__(self) -> None:
        self.bodies: list[wire.Body] = []
        self.times: list[datetime | None] = []

    def __call__(self, body: wire.Body, at: datetime | None) -> None:
        self.bodies.append(body)
        self.times.append(at)

    def of(self, kind: type) -> list:
        return [body for body in self.bodies if isinstance(body, kind)]


def sensor(said: Said, kind: str = "smoke_detector", **more: object) -> VirtualSensor:
    return VirtualSensor(
        device_id="D1",
        kind=kind,
        send=said,
        tell=lambda message: None,
        texts=TEXTS,
        random=Random(1),
        **more,  # type: ignore[arg-type]
    )


def live(actor: object, until: float, now: float = 0.0) -> float:
    """Let an actor live as the field does."""
    while now < until:
        now = min(until, max(actor.tick(now), now + 0.01))  # type: ignore[attr-defined]
    return now


@pytest.mark.parametrize(
    ("kind", "times"), [("smoke_detector", MOST_ALARMS), ("door_contact", 1)]
)
def test_what_repeats_itself_does_so_for_a_while(kind: str, times: int) -> None:
    said = Said()
    one = sensor(said, kind)
    one.trip(0.0)
    live(one, 300.0)
    assert [alarm.text for alarm in said.of(wire.Alarm)] == [
        TEXTS.alarms[kind][0]
    ] * times
    one.restore(301.0)
    one.restore(302.0)
    assert len(said.of(wire.Restore)) == 1


def test_a_weak_battery_says_so_and_a_silent_device_nothing_but_alarms() -> None:
    said = Said()
    one = sensor(said, lively=True)
    live(one, 1.0)
    one.weaken(2.0)
    live(one, 3.0, 2.0)
    assert said.of(wire.Heartbeat)[-1].battery == WEAK_BATTERY
    one.fall_silent(3.0, 3600.0)
    before = len(said.bodies)
    live(one, 3000.0, 3.0)
    assert len(said.bodies) == before
    one.trip(3001.0)
    assert said.of(wire.Alarm)
    live(one, 3700.0 + 3 * HEARTBEAT_S, 3001.0)
    assert len(said.of(wire.Heartbeat)) > 3


def test_without_a_living_day_no_readings() -> None:
    said = Said()
    live(sensor(said), 3600.0)
    assert not said.of(wire.Reading)


@pytest.mark.parametrize(
    "kind",
    [kind.NAME for kind in DEVICE_KINDS if kind.NAME not in (*METERS, *CARRIED)],
)
def test_readings_are_what_the_service_takes(kind: str) -> None:
    said = Said()
    one = sensor(said, kind, lively=True, photo=b"\xff\xd8")
    live(one, 3600.0)
    assert len(said.of(wire.Reading)) >= 4
    one.trip(3600.0)
    live(one, 4600.0, 3600.0)
    one.restore(4600.0)
    (translate,) = (each.translate for each in DEVICE_KINDS if kind == each.NAME)
    meant = []
    for body in said.bodies:
        message = wire.DeviceMessage(v=1, device="D1", seq=1, at=NOW, body=body)
        parsed, _ = wire.parse([wire.write(message)])
        assert not isinstance(parsed.body, wire.Hello)
        heard = Heard(
            device=Device(
                device_id="D1",
                kind=kind,
                name="",
                public_key="k" * 40,
                place_name="",
                point=HERE,
            ),
            body=parsed.body,
            seq=1,
            at=NOW,
            received_at=NOW,
        )
        meant.append(type(translate(heard)))
    assert {*meant} == {RaiseAlarm, RestoreAlarm, RecordReading, RecordHeartbeat}


def test_who_is_at_home_says_so_when_the_day_begins() -> None:
    """Else a demonstration that was off over ten would miss them all."""
    for kind, value in (("door_contact", "open"), ("infrared_detector", "motions")):
        said = Said()
        sensor(said, kind, lively=True).tick(0.0)
        assert said.of(wire.Reading)[0].values == {value: 1.0}


def test_a_meter_that_wakes_up_says_that_nothing_was_used() -> None:
    said = Said()
    meter = VirtualMeter(
        device_id="M1",
        kind="water_meter",
        send=said,
        tell=lambda message: None,
        random=Random(3),
        clock=lambda: NOW,
        lively=True,
    )
    live(meter, 3600.0)
    rule, last = load_taxonomy().watch.find("water-12h"), None
    assert rule is not None
    verdicts = []

    def hear() -> None:
        nonlocal last
        for body, at in zip(said.bodies, said.times, strict=True):
            assert at is None or NOW - timedelta(hours=24) < at <= NOW
            values = body.values  # type: ignore[union-attr]
            read = Read(device_id="M1", kind="water_meter", at=at or NOW, values=values)
            weighed = weigh(rule, last, read)
            last = weighed.state
            verdicts.append(weighed.verdict)
        said.bodies.clear()
        said.times.clear()

    hear()
    assert Verdict.HOLDS not in verdicts
    meter.trip(3601.0)
    hear()
    assert verdicts[-1] is Verdict.HOLDS
    assert isinstance(last, LastUse)
    meter.restore(3700.0)
    hear()
    assert verdicts[-1] is Verdict.GONE


def test_a_vehicle_goes_along_roads_and_says_where_to() -> None:
    town = read_town(SAMPLE_TOWN)
    said = Said()
    car = VirtualVehicle(
        "V1",
        Walker(town.posts["Z01"]),
        send=said,
        random=Random(2),
        roads=RoadNet(town.roads),
        crew=None,
    )
    live(car, 900.0)
    fixes = said.of(wire.Position)
    assert 45 <= len(fixes) <= 95
    assert any(fix.speed_mps > 5 and fix.heading_deg is not None for fix in fixes)
    points = [Point(fix.where.lon, fix.where.lat) for fix in fixes]
    assert max(distance_m(points[0], point) for point in points) > 100


def worker(said: Said, told: list, **habits: object) -> VirtualWorker:
    return VirtualWorker(
        "W07",
        HERE,
        send=said,
        tell=told.append,
        pace=Pace(speed_up=20.0),
        habits=Habits(texts=TEXTS, **habits),  # type: ignore[arg-type]
        photo=b"\xff\xd8\xff",
        seed=4,
        clock=lambda: NOW,
        calm=lambda task: True,
    )


def task(name: str = "17.1") -> wire.Task:
    there = moved(HERE, 45, 300)
    return wire.Task(
        task=name,
        case_number="3304211112611220001",
        category="6003",
        category_zh="占道经营",
        category_en="Trading on the road",
        severity=4,
        place_name="桃源路口",
        where=wire.Where(lon=there.lon, lat=there.lat),
        details="",
        offered_at=NOW,
    )


def test_a_task_is_signed_walked_to_handled_and_reported() -> None:
    said, told = Said(), []
    one = worker(said, told)
    live(one, 30.0)
    one.offer(task(), 30.0)
    live(one, 120.0, 30.0)
    kinds = [type(body) for body in said.bodies if not isinstance(body, wire.Position)]
    assert kinds == [wire.Sign, wire.Depart, wire.Arrive, wire.Finish]
    (done,) = said.of(wire.Finish)
    assert done.text in TEXTS.done["6003"]
    assert done.photo is not None
    assert one.is_free


def test_what_had_gone_by_itself_is_reported_as_nothing() -> None:
    random = Random(1)
    assert TEXTS.report("B001", random) in TEXTS.done["B001"]
    assert TEXTS.report("B001", random, was_real=False) in TEXTS.nothing["B001"]
    assert TEXTS.report("6003", random, was_real=False) in TEXTS.done["6003"]


def test_a_task_may_be_handed_back() -> None:
    said, told = Said(), []
    one = worker(said, told, declines=1.0)
    live(one, 10.0)
    one.offer(task(), 10.0)
    live(one, 20.0, 10.0)
    (back,) = said.of(wire.Return)
    assert (back.task, back.reason in TEXTS.declined) == ("17.1", True)
    assert one.is_free


def test_a_finding_is_walked_to_and_reported_from_there() -> None:
    said, told = Said(), []
    one = worker(said, told)
    live(one, 5.0)
    there = moved(HERE, 180, 250)
    errand = Errand(category="5001", text="垃圾", place_name="公园", point=there)
    one.look_at(errand, 5.0)
    assert not one.is_free
    live(one, 60.0, 5.0)
    (report,) = said.of(wire.Report)
    assert (report.category, report.place) == ("5001", "公园")
    assert distance_m(Point(report.where.lon, report.where.lat), there) < 5
    assert one.is_free


def test_rounds_stay_near_the_post_and_say_where_every_half_minute_or_so() -> None:
    town = read_town(SAMPLE_TOWN)
    said, told = Said(), []
    post = town.posts["W07"]
    one = VirtualWorker(
        "W07",
        post,
        send=said,
        tell=told.append,
        pace=Pace(speed_up=20.0),
        habits=Habits(
            texts=TEXTS,
            roads=RoadNet(town.roads),
            reach_m=300.0,
            rests_s=(60, 120),
            fix_s=(30, 60),
        ),
        photo=b"",
        seed=4,
        clock=lambda: NOW,
        calm=lambda task: True,
    )
    live(one, 3600.0)
    fixes = said.of(wire.Position)
    assert 55 <= len(fixes) <= 125
    points = [Point(fix.where.lon, fix.where.lat) for fix in fixes]
    assert max(distance_m(post, point) for point in points) < 900
    assert max(distance_m(post, point) for point in points) > 100
    walked = [fix for fix in fixes if fix.heading_deg is not None]
    assert walked
    # On foot, however fast the day: nobody is further on than legs can carry them.
    for one_fix, next_fix in pairwise(points):
        assert distance_m(one_fix, next_fix) < 60 * 1.35 + 15
