"""The demonstration's living day as a plan: what happens in a town, and when.

Pure and seeded: the same town, seed and day give the same plan. `dispatch.day_player`
makes it happen; how often things happen stands in the tables here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from dispatch.day_texts import DayTexts, Matter
from dispatch.devices import Device
from dispatch.geo import distance_m
from dispatch.importing import TownFiles
from dispatch.places import Place

HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
BUSY_HOUR = 17

# Things an hour, by hour of the town's day. Quiet most of the time, one busy hour.
AN_HOUR = (
    *(0.4, 0.3, 0.2, 0.2, 0.3, 0.8),  # night
    *(2.0, 4.0, 5.0, 5.0, 5.0, 4.0),  # on the way to work, the morning's patrol
    *(3.0, 2.5, 3.0, 4.5, 4.0, 20.0),  # noon, school is out, everybody comes home
    *(5.0, 4.5, 3.5, 2.5, 1.5, 0.8),  # evening
)
# What they are, in every hundred.
FINDINGS, CALLS, FALSE_ALARMS = 52.0, 36.0, 12.0
NIGHT_ENDS, NIGHT_BEGINS = 6, 22

# False alarms by kind, in every hundred, and how long they last (s).
_FALSE = (
    ("smoke_detector", 45.0, (90.0, 300.0)),
    ("panic_button", 30.0, (40.0, 120.0)),
    ("gas_detector", 25.0, (120.0, 400.0)),
)
_NEIGHBOUR_M = 200.0

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Trip:
    """A device goes off; after `for_s` by itself back, or when someone was there."""

    device_id: str
    for_s: float | None = None


@dataclass(frozen=True, slots=True)
class Weaken:
    """A device's battery runs low."""

    device_id: str


@dataclass(frozen=True, slots=True)
class Silence:
    """A device says nothing for a while."""

    device_id: str
    for_s: float


@dataclass(frozen=True, slots=True)
class Finding:
    """A worker of the neighbourhood goes and finds something."""

    category: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody calls."""

    category: str
    text: str
    place: Place
    caller: str


What = Trip | Weaken | Silence | Finding | Call


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing of the day.

    Attributes:
        at_s: Seconds since the day's midnight in the town.
        what: What happens.
    """

    at_s: float
    what: What


def plan_day(
    town: TownFiles, texts: DayTexts, *, seed: int, day: int = 0
) -> tuple[Happening, ...]:
    """Return a day of a town, in order.

    What a town has no device or place for does not happen in it.

    Args:
        town: Its places and devices.
        texts: The words.
        seed: The same one gives the same days.
        day: 0 for the first one.
    """
    random = Random(f"{seed}/{day}")
    by_kind: dict[str, list[Device]] = {}
    for device in town.devices:
        by_kind.setdefault(device.kind, []).append(device)
    places: dict[str, list[Place]] = {}
    for place in town.places:
        places.setdefault(place.kind, []).append(place)
    found = [
        *_everyday(places, by_kind, texts, random),
        *_cares(by_kind, random),
        *_fire(by_kind, texts, random),
    ]
    return tuple(sorted(found, key=lambda happening: happening.at_s))


def _everyday(
    places: dict[str, list[Place]],
    by_kind: dict[str, list[Device]],
    texts: DayTexts,
    random: Random,
) -> Iterator[Happening]:
    for hour, rate in enumerate(AN_HOUR):
        for _ in range(_how_many(rate, random)):
            at_s = (hour + random.random()) * HOUR_S
            kind = random.choices(
                ("finding", "call", "alarm"), (FINDINGS, CALLS, FALSE_ALARMS)
            )[0]
            what: What | None
            if kind == "alarm":
                what = _false_alarm(by_kind, random)
            else:
                matters = texts.findings if kind == "finding" else texts.calls
                what = _matter(matters, places, texts, hour, random)
            if what is not None:
                yield Happening(at_s, what)


def _how_many(rate: float, random: Random) -> int:
    """Return a whole number that is the rate in the long run, without its floods."""
    whole = int(rate)
    return whole + (random.random() < rate - whole)


def _false_alarm(by_kind: dict[str, list[Device]], random: Random) -> Trip | None:
    there = [row for row in _FALSE if by_kind.get(row[0])]
    if not there:
        return None
    kind, _, lasts = random.choices(there, [row[1] for row in there])[0]
    return Trip(random.choice(by_kind[kind]).device_id, random.uniform(*lasts))


def _matter(
    matters: Sequence[Matter],
    places: dict[str, list[Place]],
    texts: DayTexts,
    hour: int,
    random: Random,
) -> Finding | Call | None:
    possible = [
        matter
        for matter in matters
        if matter.hours[0] <= hour < matter.hours[1]
        and any(kind in places for kind in matter.near)
    ]
    if not possible:
        return None
    matter = random.choices(possible, [each.weight for each in possible])[0]
    near = [place for kind in matter.near for place in places.get(kind, ())]
    place, text = random.choice(near), random.choice(matter.texts)
    if matters is texts.findings:
        return Finding(matter.category, text, place)
    return Call(matter.category, text, place, random.choice(texts.callers))


def _cares(by_kind: dict[str, list[Device]], random: Random) -> Iterator[Happening]:
    """What happens once a day to whom somebody cares for, and to devices."""
    for kinds, hours in (
        (("water_meter",), (7.5, 9.5)),
        (("electricity_meter",), (14.0, 16.0)),
        (("infrared_detector", "door_contact"), (9.5, 11.5)),
        (("infrared_detector", "door_contact"), (18.0, 20.0)),
    ):
        device = _one_of(_of(by_kind, kinds), random)
        if device is not None:
            yield Happening(random.uniform(*hours) * HOUR_S, Trip(device.device_id))
    fixed = _of(by_kind, ("smoke_detector", "gas_detector", "panic_button"))
    weak, silent = _one_of(fixed, random), _one_of(fixed, random)
    if weak is not None and silent is not None:
        yield Happening(random.uniform(9.2, 11.0) * HOUR_S, Weaken(weak.device_id))
        yield Happening(
            random.uniform(12.5, 14.5) * HOUR_S,
            Silence(silent.device_id, random.uniform(1800, 3600)),
        )


def _fire(
    by_kind: dict[str, list[Device]], texts: DayTexts, random: Random
) -> Iterator[Happening]:
    """A kitchen fire: smoke, a caller, smoke next door, somebody presses, a caller."""
    detectors = by_kind.get("smoke_detector", [])
    detector = _one_of(_with_neighbours(detectors), random)
    if detector is None:
        return
    at_s = (BUSY_HOUR + random.uniform(0.3, 0.55)) * HOUR_S
    category, callers = texts.fire["category"], random.sample(texts.callers, 2)
    burns = _place_of(detector)
    yield Happening(at_s, Trip(detector.device_id))
    call = Call(category, texts.fire["call"], burns, callers[0])
    yield Happening(at_s + 50, call)
    next_door = _nearest(detectors, detector)
    if next_door is not None:
        yield Happening(at_s + 80, Trip(next_door.device_id))
    button = _nearest(by_kind.get("panic_button", []), detector)
    if button is not None:
        yield Happening(at_s + 110, Trip(button.device_id))
    there = burns if next_door is None else _place_of(next_door)
    again = Call(category, texts.fire["second_call"], there, callers[1])
    yield Happening(at_s + 150, again)


def _place_of(device: Device) -> Place:
    return Place(
        place_id="",
        name=device.place_name,
        kind="home",
        point=device.point,
        grid_code=device.grid_code,
    )


def _with_neighbours(detectors: Sequence[Device]) -> Sequence[Device]:
    """Return those that have another one next door; all where none has."""
    close = [d for d in detectors if _nearest(detectors, d) is not None]
    return close or detectors


def _nearest(devices: Iterable[Device], to: Device) -> Device | None:
    others = [
        (distance_m(each.point, to.point), each.device_id, each)
        for each in devices
        if each.device_id != to.device_id
    ]
    near = [row for row in others if row[0] <= _NEIGHBOUR_M * _reach(to, row[2])]
    return min(near)[2] if near else None


def _reach(to: Device, other: Device) -> float:
    """A button's owner hears the street; a detector only knows its wall."""
    return 1.0 if other.kind == to.kind else 3.0


def _of(by_kind: dict[str, list[Device]], kinds: Iterable[str]) -> list[Device]:
    return [device for kind in kinds for device in by_kind.get(kind, ())]


def _one_of(things: Sequence[_T], random: Random) -> _T | None:
    return random.choice(things) if things else None
