"""Which devices hang together: at one address, in one grid; and who lives there. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from dispatch.devices import Device, hangs
from dispatch.places import Place
from dispatch.rules import (
    DEVICE,
    GRID,
    HOUSEHOLD,
    AnyRule,
    Combination,
    kinds_of,
    terms_of,
)


@dataclass(frozen=True, slots=True)
class Watched:
    """What a rule looks at as one when a device speaks.

    Attributes:
        subject: Its name.
        members: Its devices.
        values: What of a reading the rule listens for.
    """

    subject: str
    members: tuple[Device, ...]
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Premises:
    """A town's devices by what rules look at as one.

    Attributes:
        devices: Those that hang somewhere, in the order of their ids, by subject.
        hazards: What the register says of an address, by its name.
        kinds: What kinds of device there are, by subject.
    """

    devices: dict[str, tuple[Device, ...]] = field(default_factory=dict)
    hazards: dict[str, frozenset[str]] = field(default_factory=dict)
    kinds: dict[str, frozenset[str]] = field(default_factory=dict)
    _watched: dict[tuple[str, str], Watched | None] = field(default_factory=dict)
    _members: dict[tuple[str, str], tuple[Device, ...]] = field(default_factory=dict)

    def watched(self, rule: AnyRule, device: Device) -> Watched | None:
        """Return what a rule looks at, as found before; asked at each reading."""
        key = (rule.rule_id, device.device_id)
        if key not in self._watched:
            subject = self.subject(rule, device)
            found = None
            if subject is not None:
                values = frozenset(term.value for term in terms_of(rule))
                found = Watched(subject, self.members(rule, subject), values)
            self._watched[key] = found
        return self._watched[key]

    def subject(self, rule: AnyRule, device: Device) -> str | None:
        """Return what a rule looks at as one when a device speaks; None: at nothing.

        Asked of each device of a town: it looks through nobody else's.
        """
        if device.kind not in kinds_of(rule) or not hangs(device):
            return None
        if rule.grid and not device.grid_code.startswith(rule.grid):
            return None
        if rule.hazards:
            known = self.hazards.get(device.place_name, frozenset())
            if known.isdisjoint(rule.hazards):
                return None
        subject = _subject(rule.scope, device)
        if isinstance(rule, Combination):
            # Where nobody can say that access was given, nothing tells guests from
            # burglars: each of its terms has somebody there who could say it.
            there = self.kinds.get(subject, frozenset())
            if any(there.isdisjoint(term.kinds) for term in terms_of(rule)):
                return None
        return subject

    def members(self, rule: AnyRule, subject: str) -> tuple[Device, ...]:
        """Return the devices of a subject that a rule listens to, by kind, then by id."""
        key = (rule.rule_id, subject)
        if key not in self._members:
            kinds = kinds_of(rule)
            held = self.devices.get(subject, ())
            found = (device for device in held if self.subject(rule, device) == subject)
            self._members[key] = tuple(
                sorted(found, key=lambda device: kinds.index(device.kind))
            )
        return self._members[key]

    def subjects(self, rule: AnyRule) -> set[str]:
        """Return everything that a rule looks at as one."""
        found = (
            self.subject(rule, device)
            for subject, (device, *_) in self.devices.items()
            if subject.startswith(DEVICE)
        )
        return {subject for subject in found if subject is not None}


def premises_of(devices: Iterable[Device], places: Iterable[Place]) -> Premises:
    """Return a town's devices by what hangs together."""
    held: dict[str, list[Device]] = defaultdict(list)
    for device in sorted(filter(hangs, devices), key=lambda each: each.device_id):
        for scope in (DEVICE, HOUSEHOLD, GRID):
            held[_subject(scope, device)].append(device)
    hazards: dict[str, frozenset[str]] = {}
    for place in places:
        if place.hazards:
            known = hazards.get(place.name, frozenset())
            hazards[place.name] = known | {*place.hazards}
    return Premises(
        devices={subject: tuple(each) for subject, each in held.items()},
        hazards=hazards,
        kinds={
            subject: frozenset(device.kind for device in each)
            for subject, each in held.items()
        },
    )


def _subject(scope: str, device: Device) -> str:
    """Return a subject; what has no address or grid is one by itself."""
    of = {DEVICE: device.device_id, HOUSEHOLD: device.place_name}
    name = of.get(scope, device.grid_code) or f"({device.device_id})"
    return f"{scope}:{name}"
