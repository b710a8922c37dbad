"""What a town alters of its profile's rules over readings, beside the profile itself.

Each alteration holds one whole rule, in a profile's words, and stands in `rule_changes`:
the newest of a rule holds. One that its profile cannot carry, such as after another
profile was chosen, is passed over and not lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

import msgspec

from dispatch import rules
from dispatch.commands import Command, Refused
from dispatch.people import Role
from dispatch.rules import MOST_DAYS, SORTS, AnyRule, SpanError, Watch

#: A rule's words, as data: no town's rule is near it.
MOST_DATA: Final = 8_000
DAYS: Final = 30  # that a rule is tried over
MOST_NAMED: Final = 8  # places that a trial names


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleChange:
    """One alteration.

    Attributes:
        sort: A word of `rules.SORTS`.
        rule_id: Which rule, one of the profile's or another.
        data: The rule as JSON; "": as the profile has it, or none.
        at: Since when (UTC).
        actor: Who said so.
        seat: From where.
    """

    sort: str
    rule_id: str
    data: str
    at: datetime
    actor: str
    seat: str


@dataclass(frozen=True, kw_only=True)
class SetRule(Command):
    """Go by a rule from now on, or again by the profile's.

    Attributes:
        sort: A word of `rules.SORTS`.
        rule_id: Which.
        data: As in a `RuleChange`.
    """

    needs = frozenset({Role.TECHNICIAN})

    sort: str
    rule_id: str
    data: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TryRule:
    """What would a rule have said?

    Attributes:
        sort: A word of `rules.SORTS`.
        data: The rule, as in a `RuleChange`.
        until: Up to when, by the desk's clock.
        days: How many days.
        after: Go on after this subject, where an answer was not the whole.
    """

    sort: str
    data: str
    until: datetime
    days: float = DAYS
    after: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial:
    """What a rule would have said.

    Attributes:
        alarms: How many alarms.
        standing: How many of them would still hold.
        named: Where most of them: a device, a home or a grid in words, and how many.
        subjects: How many there are that it looks at.
        looked: Of how many the readings were read.
        spoken: Of how many anything was read.
        readings: How many readings it weighed.
        told: How often the rule of that id did speak in these days, by its alarms.
        more_after: There are more, after this subject; "": that was all.
    """

    alarms: int
    standing: int
    named: tuple[tuple[str, int], ...]
    subjects: int
    looked: int
    spoken: int
    readings: int
    told: int
    more_after: str = ""

    def joined(self, more: "Trial") -> "Trial":
        """Return this part of a trial with the one that goes on after it."""
        named = sorted((*self.named, *more.named), key=lambda each: (-each[1], each[0]))
        return replace(
            more,
            alarms=self.alarms + more.alarms,
            standing=self.standing + more.standing,
            named=tuple(named[:MOST_NAMED]),
            looked=self.looked + more.looked,
            spoken=self.spoken + more.spoken,
            readings=self.readings + more.readings,
        )

    @classmethod
    def of_nothing(cls) -> "Trial":
        """Return what a rule says that is switched off."""
        return cls(
            alarms=0,
            standing=0,
            named=(),
            subjects=0,
            looked=0,
            spoken=0,
            readings=0,
            told=0,
        )


def as_data(rule: AnyRule) -> str:
    """Return a rule as JSON."""
    return msgspec.json.encode(rule).decode()


def sort_of(rule: AnyRule) -> str:
    """Return the word of a rule's sort."""
    return next(word for word, kind in SORTS.items() if isinstance(rule, kind))


def read_rule(sort: str, data: str, categories: frozenset[str]) -> AnyRule:
    """Return the rule that data holds, checked.

    Raises:
        ValueError: It is none, or contradicts itself; the sentence says how.
    """
    if sort not in SORTS or len(data) > MOST_DATA:
        raise ValueError(f"there is no such sort of rule as {sort[:16]!r}")
    try:
        plain: Any = msgspec.json.decode(data)
        if not isinstance(plain, dict):
            raise ValueError("a rule has names and values")
        word = rules.unknown_word({sort: [plain]})
        if word:
            raise ValueError(f"nobody knows {word[:64]}")
        watch = msgspec.convert({sort: [plain]}, Watch)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from None
    rules.check(watch, categories)
    (rule,) = watch.all()
    return rule


def not_a_rule(error: ValueError) -> Refused:
    """Return the answer about data that `read_rule` finds to be no rule."""
    if isinstance(error, SpanError):
        return Refused("rule_span", str(error), days=MOST_DAYS)
    return Refused("rule", str(error))


def newest(changes: Iterable[RuleChange]) -> tuple[RuleChange, ...]:
    """Return of each rule what was said last, in the order of the first words of each.

    A rule that was put back as its profile has it is not among them.
    """
    held = {each.rule_id: each for each in changes}
    return tuple(each for each in held.values() if each.data)


def with_changes(
    watch: Watch, changes: Sequence[RuleChange], categories: frozenset[str]
) -> Watch:
    """Return a profile's rules with what a town alters of them."""
    for change in changes:
        try:
            rule = read_rule(change.sort, change.data, categories)
        except ValueError:
            continue
        watch = with_rule(watch, rule) or watch
    return watch


def with_rule(watch: Watch, rule: AnyRule) -> Watch | None:
    """Return rules with one in its place, or one more; None: its id is another sort's."""
    sort = sort_of(rule)
    held: dict[str, AnyRule] = {each.rule_id: each for each in getattr(watch, sort)}
    if rule.rule_id not in held and any(
        each.rule_id == rule.rule_id for each in watch.all()
    ):
        return None
    held[rule.rule_id] = rule
    changed: dict[str, Any] = {sort: tuple(held.values())}
    return replace(watch, **changed)
