"""Which devices a rule looks at as one, and where it does not apply."""

from dataclasses import replace

from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.places import Place
from dispatch.premises import premises_of
from dispatch.rules import GRID, HOUSEHOLD, Combination, Schedule, Term, Threshold

HERE = Point(120.95, 30.91)
OPEN = Term(kinds=("door_contact",), value="open")
MOTION = Term(kinds=("infrared_detector",), value="motions")
GRANTED = Term(kinds=("access_control",), value="granted")
FIXED = {"rule_id": "r", "name_zh": "", "name_en": "", "category": "B005"}
BY_TEN = Schedule(
    **FIXED, scope=HOUSEHOLD, any_of=(OPEN, MOTION), since="05:00", until="10:00"
)
FORCED = Combination(
    **FIXED, scope=HOUSEHOLD, all_of=(OPEN, MOTION), none_of=(GRANTED,), within_s=60
)


def device(device_id: str, kind: str, place: str = "12幢301", **more: str) -> Device:
    said = {"grid_code": "330421111002003", "public_key": "k" * 40, **more}
    return Device(
        device_id=device_id, kind=kind, name="", place_name=place, point=HERE, **said
    )


DOOR = device("D2", "door_contact")
SIDE_DOOR = device("D1", "door_contact")
PIR = device("A1", "infrared_detector")
NEXT_DOOR = device("D3", "door_contact", "12幢302")
HOMES = (DOOR, SIDE_DOOR, PIR, NEXT_DOOR)


def test_a_household_is_what_hangs_at_one_address() -> None:
    premises = premises_of(HOMES, ())
    subject = premises.subject(BY_TEN, DOOR)
    assert subject == premises.subject(BY_TEN, PIR) == "household:12幢301"
    assert subject != premises.subject(BY_TEN, NEXT_DOOR)
    # The alarm hangs at the first: by the order of the rule's kinds, then by id.
    members = premises.members(BY_TEN, "household:12幢301")
    assert members == (SIDE_DOOR, DOOR, PIR)
    assert premises.subjects(BY_TEN) == {"household:12幢301", "household:12幢302"}


def test_what_has_no_address_is_by_itself() -> None:
    nowhere = (device("D8", "door_contact", ""), device("D9", "door_contact", ""))
    premises = premises_of(nowhere, ())
    assert len({premises.subject(BY_TEN, each) for each in nowhere}) == 2


def test_a_grid_holds_its_households() -> None:
    rule = replace(BY_TEN, scope=GRID)
    premises = premises_of(HOMES, ())
    assert premises.subject(rule, NEXT_DOOR) == "grid:330421111002003"
    assert len(premises.members(rule, "grid:330421111002003")) == 4


def test_a_rule_may_be_of_some_grids_or_homes_only() -> None:
    old = Place(
        place_id="H1", name="12幢301", kind="home", point=HERE, hazards=("独居老人",)
    )
    premises = premises_of(HOMES, (old,))
    assert premises.subjects(replace(BY_TEN, hazards=("独居老人",))) == {
        "household:12幢301"
    }
    assert premises.subjects(replace(BY_TEN, grid="330421111002"))
    assert not premises.subjects(replace(BY_TEN, grid="330421111003"))


def test_without_access_control_a_door_is_just_opened() -> None:
    assert not premises_of(HOMES, ()).subjects(FORCED)
    access = device("AC", "access_control")
    premises = premises_of((*HOMES, access), ())
    assert premises.subjects(FORCED) == {"household:12幢301"}
    assert premises.members(FORCED, "household:12幢301")[0] == SIDE_DOOR


def test_a_town_of_many_devices_is_looked_through_once() -> None:
    """What it costs is counted by how often devices are compared: never."""

    class Counted(Device):
        compared = 0

        def __eq__(self, other: object) -> bool:
            Counted.compared += 1
            return self is other

        __hash__ = None  # type: ignore[assignment]

    def made(number: int) -> Counted:
        kind = ("door_contact", "infrared_detector")[number % 2]
        plain = device(f"D{number:04}", kind)
        return Counted(**{name: getattr(plain, name) for name in plain.__slots__})

    many = [made(number) for number in range(400)]
    rule = replace(BY_TEN, scope=GRID)
    premises = premises_of(many, ())
    assert len(premises.subjects(rule)) == 1
    watched = [premises.watched(rule, each) for each in many]
    assert all(each is not None for each in watched)
    assert len({id(each.members) for each in watched if each is not None}) == 1
    assert Counted.compared == 0


def test_who_may_not_speak_or_is_carried_is_none_of_them() -> None:
    gone = replace(DOOR, revoked=True)
    assert premises_of((gone,), ()).subject(BY_TEN, gone) is None
    speed = Threshold(**FIXED, kinds=("vehicle_tracker",), value="kmh", lines=())
    car = device("V1", "vehicle_tracker")
    assert premises_of((car,), ()).subject(speed, car) is None
