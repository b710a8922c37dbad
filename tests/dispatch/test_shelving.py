"""搁置: an alarm that cries again and again is not heard for a while, with an end."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from bus_kit import DESK, Kit, refusal

from dispatch.alarms import Alarm
from dispatch.case_commands import ShelveAlarms, TurnCase
from dispatch.cases import Case
from dispatch.people import Role


@pytest.fixture
def kit(tmp_path: Path):
    made = Kit(tmp_path)
    made.enrol("G1", "gas_detector")
    made.enrol("D1", "door_contact")
    yield made
    made.close()


def cry(kit: Kit, **changed: object) -> None:
    kit.bus.handle(kit.alarm("D1", **{"category": "B005", **changed}))


def calm(kit: Kit) -> None:
    kit.bus.handle(kit.restore("D1", category="B005"))


def the_case(kit: Kit) -> Case:
    (case,) = kit.board().cases.values()
    return case


def unheard(kit: Kit) -> list[Alarm]:
    alarms = kit.board().alarms.values()
    return [each for each in alarms if each.acknowledged_at is None]


def log_of(kit: Kit) -> list[str]:
    return [each.action for each in kit.board().entries(the_case(kit).case_id)]


def shelve(kit: Kit, minutes: int = 60, **changed: object) -> ShelveAlarms:
    asked = {"actor": DESK, "minutes": minutes, "text": "门磁松动"}
    case_id = the_case(kit).case_id
    return ShelveAlarms(**{**asked, "case_id": case_id, **changed})


def test_it_is_counted_on_one_case_and_heard_no_more(kit: Kit) -> None:
    cry(kit)
    assert unheard(kit)
    kit.bus.handle(shelve(kit))
    assert not unheard(kit), "who shelves it has seen it"
    for _time in range(10):
        kit.clock.go(minutes=5)
        calm(kit)
        kit.clock.go(seconds=20)
        cry(kit)
        assert not unheard(kit)
    case = the_case(kit)
    assert case.alarm_count == 11, "nothing is lost"
    assert log_of(kit).count("alarm") == 1, "and the log is not drowned"
    assert "restore" not in log_of(kit)
    assert case.course.shelved is not None
    assert case.course.shelved.until > kit.clock()


@pytest.mark.parametrize("holds", [True, False])
def test_it_has_an_end(kit: Kit, holds: bool) -> None:
    cry(kit)
    kit.bus.handle(shelve(kit, 30))
    kit.clock.go(minutes=10)
    cry(kit)
    if not holds:
        calm(kit)
    kit.clock.go(minutes=19)
    kit.keep_time()
    assert not unheard(kit)
    kit.clock.go(minutes=1)
    kit.keep_time()
    assert bool(unheard(kit)) is holds, "what still holds is heard again"
    assert the_case(kit).course.shelved is None
    assert log_of(kit)[-1] == "unshelve"
    assert kit.board().entries(the_case(kit).case_id)[-1].text == "×1"


def test_its_end_outlives_the_service(kit: Kit) -> None:
    cry(kit)
    kit.bus.handle(shelve(kit, 30))
    kit.bus.reload()
    kit.clock.go(minutes=31)
    kit.keep_time()
    assert unheard(kit)


def test_it_is_ended_by_hand(kit: Kit) -> None:
    cry(kit)
    kit.bus.handle(shelve(kit))
    end = TurnCase(actor=DESK, case_id=the_case(kit).case_id, action="unshelve")
    kit.bus.handle(end)
    assert unheard(kit)
    again = replace(end, command_id="0" * 32)
    assert refusal(kit, again).reason == "not_shelved"


def test_what_grows_graver_breaks_through(kit: Kit) -> None:
    cry(kit)
    kit.bus.handle(shelve(kit))
    cry(kit, severity=1)
    (alarm,) = unheard(kit)
    assert alarm.severity == 1
    assert the_case(kit).course.shelved is None
    assert the_case(kit).severity == 1


def test_another_matter_at_the_same_device_is_heard(kit: Kit) -> None:
    cry(kit)
    kit.bus.handle(shelve(kit))
    kit.bus.handle(kit.alarm("D1", category="B008"))
    assert [each.category for each in unheard(kit)] == ["B008"]


def test_a_drill_is_not_hidden_on_a_shelf(kit: Kit) -> None:
    cry(kit)
    kit.bus.handle(shelve(kit))
    calm(kit)
    cry(kit, drill=True)
    (alarm,) = unheard(kit)
    assert alarm.drill
    assert len(kit.board().cases) == 2


def test_danger_to_life_is_never_shelved(kit: Kit) -> None:
    kit.bus.handle(kit.alarm("G1", category="B002", severity=1))
    assert refusal(kit, shelve(kit)).reason == "shelve_grave"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"minutes": 7}, "shelve_time"),
        ({"minutes": 100_000}, "shelve_time"),
        ({"text": " "}, "reason_missing"),
        ({"actor": replace(DESK, roles=DESK.roles - {Role.SHIFT_LEADER})}, "role"),
    ],
)
def test_it_takes_an_end_a_reason_and_a_leader(kit: Kit, changed, reason) -> None:
    cry(kit)
    assert refusal(kit, shelve(kit, **changed)).reason == reason
    assert unheard(kit)


def test_nothing_is_shelved_where_nothing_cries(kit: Kit) -> None:
    kit.report()
    assert refusal(kit, shelve(kit)).reason == "nothing_active"


def test_a_clock_apart_from_the_case_s(kit: Kit) -> None:
    cry(kit)
    kit.bus.handle(shelve(kit, 240))
    shelved = the_case(kit).course.shelved
    assert shelved is not None
    assert shelved.until - kit.clock() == timedelta(hours=4)
    assert shelved.of == (("D1", "B005"),)
