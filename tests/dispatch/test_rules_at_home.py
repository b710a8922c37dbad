"""Rules over a home's devices, over the real bus: a door, a motion, who is let in."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bus_kit import CENTRE, DESK, Kit

from dispatch.alarms import Alarm
from dispatch.commands import ImportTown
from dispatch.handling_rules import AFTER_START
from dispatch.places import Place
from dispatch.profiles import in_use
from dispatch.recommending import suggest_units
from dispatch.units import Unit, UnitStatus


def alarms(kit: Kit) -> list[Alarm]:
    return list(kit.board().alarms.values())


@pytest.fixture
def home(tmp_path: Path):
    """A town with somebody old living alone at its address, a door and a motion."""
    kit = Kit(tmp_path)
    old = Place(
        place_id="P9",
        name="桃源新邨12幢301",
        kind="home",
        point=CENTRE,
        hazards=("独居老人",),
    )
    kit.bus.handle(ImportTown(actor=DESK, places=(old,)))
    kit.enrol("D1", "door_contact")
    kit.enrol("I1", "infrared_detector")
    kit.keep_time()
    yield kit
    kit.close()


def opened(kit: Kit, *, at: datetime | None = None) -> None:
    """Open a door that was shut a second ago."""
    opens = kit.clock() if at is None else at
    for value, when in ((0.0, opens - timedelta(seconds=1)), (1.0, opens)):
        kit.bus.handle(kit.reading("D1", values={"open": value}, at=when))


def stands_open(kit: Kit) -> None:
    """Let a door that was left open say so once more."""
    kit.bus.handle(kit.reading("D1", values={"open": 1.0}))


def moved(kit: Kit, **changed: object) -> None:
    kit.bus.handle(kit.reading("I1", values={"motions": 2.0}, **changed))


def of_rule(kit: Kit, rule_id: str) -> list[Alarm]:
    return [alarm for alarm in alarms(kit) if alarm.source == rule_id]


def go_on(kit: Kit, *, hours: float) -> None:
    """Let time pass, the clock asked each ten minutes."""
    for _ in range(round(6 * hours)):
        kit.clock.go(minutes=10)
        kit.keep_time()


def test_a_meter_that_stands_still_for_twelve_hours_calls_the_social_worker(
    home: Kit,
) -> None:
    """From the readings to whoever goes there, and back once somebody is seen."""
    home.enrol("M1", "water_meter")
    near = {"point": CENTRE, "point_at": home.clock(), "status": UnitStatus.FREE}
    people = (
        Unit(unit_id="F1", name="赵勇", role="微型消防站", **near),
        Unit(unit_id="G1", name="沈洁", role="社工", **near),
    )
    home.bus.handle(ImportTown(actor=DESK, units=people))
    for _hour in range(13):
        home.bus.handle(home.reading("M1", values={"volume_m3": 300.0}))
        home.clock.go(hours=1)
    (alarm,) = of_rule(home, "water-12h")
    board = home.board()
    case = board.cases[alarm.case_id]
    assert (case.category, case.place_name) == ("B004", alarm.place_name)
    taxonomy = in_use(board.profile)
    found = suggest_units(board, case, home.clock(), taxonomy=taxonomy)
    assert found[0].unit.role == "社工"
    home.take(case.case_id)
    home.send(case.case_id, "G1")
    assert home.case(case.case_id).unit_id == "G1"
    home.bus.handle(home.reading("M1", values={"volume_m3": 300.05}))
    (alarm,) = of_rule(home, "water-12h")
    assert not alarm.active, "somebody has opened a tap"


def test_a_door_not_opened_by_ten(home: Kit) -> None:
    opened(home)  # Monday, at ten
    go_on(home, hours=12)
    moved(home)
    go_on(home, hours=11.9)
    assert not of_rule(home, "door-by-ten")
    go_on(home, hours=0.4)
    (alarm,) = of_rule(home, "door-by-ten")
    assert (alarm.device_id, alarm.category, alarm.active) == ("D1", "B005", True)
    case = home.case(alarm.case_id or 0)
    assert case.details == "上午十点未开门: 05:00-10:00, 11-23 10:00"
    opened(home, at=home.clock() - timedelta(hours=3))
    (alarm,) = of_rule(home, "door-by-ten")
    assert not alarm.active
    go_on(home, hours=3)
    assert alarm.count == 1


def test_a_door_of_somebody_who_is_not_alone_may_stay_shut(home: Kit) -> None:
    shared = Place(place_id="P9", name="桃源新邨12幢301", kind="home", point=CENTRE)
    home.bus.handle(ImportTown(actor=DESK, places=(shared,)))
    opened(home)
    go_on(home, hours=30)
    assert not alarms(home)


def test_what_waited_in_an_outbox_is_heard_before_the_clock_speaks(home: Kit) -> None:
    opened(home)
    home.clock.go(hours=24, minutes=30)  # the service was away over ten
    home.bus = home.new_bus()
    home.keep_time()
    assert not alarms(home)
    opened(home, at=home.clock() - timedelta(hours=2))
    go_on(home, hours=1)
    assert not alarms(home)


def test_nobody_there_and_no_door_after_a_start_either(home: Kit) -> None:
    opened(home)
    home.clock.go(hours=24, minutes=30)
    home.bus = home.new_bus()
    home.keep_time()
    home.clock.at += AFTER_START
    home.keep_time()
    assert {alarm.source for alarm in alarms(home)} == {"door-by-ten", "home-still-24h"}
    assert len(home.board().cases) == 1  # one door, one kind of worry: one case
    home.bus = home.new_bus()
    home.keep_time()
    home.clock.go(hours=1)
    home.keep_time()
    assert {alarm.count for alarm in alarms(home)} == {1}
    moved(home)
    assert [alarm.source for alarm in alarms(home) if alarm.active] == ["door-by-ten"]


def test_a_door_forced_and_somebody_inside_without_access(home: Kit) -> None:
    home.enrol("A1", "access_control")
    home.bus.handle(home.reading("A1", values={"granted": 1.0}))
    home.clock.go(seconds=10)
    opened(home)
    moved(home)
    assert not of_rule(home, "door-forced")
    home.clock.go(minutes=10)
    opened(home)
    home.clock.go(seconds=20)
    moved(home)
    (alarm,) = of_rule(home, "door-forced")
    assert (alarm.device_id, alarm.category, alarm.severity) == ("D1", "B008", 3)
    assert home.case(alarm.case_id or 0).details == (
        "未刷卡开门且有人活动: open + motions - granted / 60 s"
    )
    home.clock.go(minutes=2)
    home.keep_time()
    assert not of_rule(home, "door-forced")[0].active


def test_a_door_left_open_is_not_opened_again(home: Kit) -> None:
    home.enrol("A1", "access_control")
    opened(home)  # Monday, at ten; and left so, told each hour
    for _ in range(26):
        home.clock.go(minutes=50)
        home.keep_time()
        moved(home)
        stands_open(home)
        home.clock.go(minutes=10)
        home.keep_time()
    (alarm,) = alarms(home)
    assert (alarm.source, alarm.active) == ("door-by-ten", True)
    home.bus = home.new_bus()  # and what it was like before is known after a start too
    stands_open(home)
    moved(home)
    assert [each.source for each in alarms(home) if each.active] == ["door-by-ten"]


def test_a_home_that_left_the_register_lets_its_alarm_go(home: Kit) -> None:
    opened(home)
    go_on(home, hours=24.5)
    assert [alarm.active for alarm in of_rule(home, "door-by-ten")] == [True]
    shared = Place(place_id="P9", name="桃源新邨12幢301", kind="home", point=CENTRE)
    home.bus.handle(ImportTown(actor=DESK, places=(shared,)))
    home.keep_time()
    assert not any(alarm.active for alarm in alarms(home))


def test_who_is_said_to_live_alone_is_missed_from_then_on(home: Kit) -> None:
    for hazards in ((), ("独居老人",)):
        opened(home)
        home.keep_time()
        place = home.board().places["P9"]
        again = replace(place, hazards=hazards)
        home.bus.handle(ImportTown(actor=DESK, places=(again,)))
        home.keep_time()
    go_on(home, hours=24.5)  # and nothing there says a word
    assert of_rule(home, "home-still-24h")


def test_another_door_at_the_address_takes_the_alarm_over(home: Kit) -> None:
    opened(home)
    go_on(home, hours=24.5)
    home.enrol("D0", "door_contact")  # the first of them now, by its id
    home.keep_time()
    (alarm,) = of_rule(home, "door-by-ten")
    assert (alarm.device_id, alarm.active) == ("D1", True)
    home.bus.handle(home.reading("D0", values={"open": 1.0}))
    assert not of_rule(home, "door-by-ten")[0].active


def test_what_came_together_before_a_start_ends_though_there_are_readings_since(
    home: Kit,
) -> None:
    home.enrol("A1", "access_control")
    opened(home)
    home.clock.go(seconds=20)
    moved(home)
    assert of_rule(home, "door-forced")[0].active
    home.clock.go(minutes=20)  # the service was away; and somebody moves on
    home.bus = home.new_bus()
    home.keep_time()
    moved(home)
    home.clock.at += AFTER_START
    home.keep_time()
    (alarm,) = of_rule(home, "door-forced")
    assert (alarm.active, alarm.count) == (False, 1)


def test_where_nobody_can_give_access_a_door_is_just_opened(home: Kit) -> None:
    opened(home)
    moved(home)
    assert not alarms(home)
