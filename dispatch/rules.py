"""A town's rules over readings, as plain data: what follows from them over time.

They stand in a profile under `watch`, sort by sort, and are read and checked with it
(`dispatch.profiles`); what a reading means by them is `dispatch.rules_weighing`.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import time, timedelta
from functools import cached_property
from typing import Any, Final

# What a rule looks at as one: a device, all at one address, all of one grid.
DEVICE, HOUSEHOLD, GRID = "device", "household", "grid"
SCOPES: Final = frozenset({DEVICE, HOUSEHOLD, GRID})

# What waits in a device's outbox may be a day old, and one that speaks once a day may
# have spoken yesterday: after a start nothing older says how things stand.
LONGEST_SILENCE = timedelta(hours=48)
_A_WEEK = timedelta(days=7)
MOST_DAYS: Final = 366  # of each span: no town waits longer, and every date stays one
# The spans of rules, and how many of its units are a day.
_SPANS: Final = {
    "within_min": 1_440,
    "hold_min": 1_440,
    "grace_min": 1_440,
    "within_s": 86_400,
}
_ID = re.compile(r"(?!cid-)[a-z][a-z0-9-]{0,47}")  # a panel's zones are called cid-…


class SpanError(ValueError):
    """A rule's span is below nothing, beyond `MOST_DAYS`, or no figure."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """What every rule says.

    Attributes:
        rule_id: By which an alarm names it, and another profile alters it.
        name_zh: What it looks for, in words.
        name_en: The same in English.
        category: What it is where it holds.
        severity: How grave, 1 (危及生命) to 4 (常规); 0: as its category is.
        scope: What is looked at as one, of `SCOPES`.
        grid: In grids whose code begins so; "" for all.
        hazards: Only where the register of places says one of these: 独居老人.
        off: It is not gone by.
    """

    rule_id: str
    name_zh: str
    name_en: str
    category: str
    severity: int = 0
    scope: str = DEVICE
    grid: str = ""
    hazards: tuple[str, ...] = ()
    off: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """Something that readings may say: a value that is high enough.

    Attributes:
        kinds: Device kinds that say it.
        value: Its name.
        least: From which figure on it counts.
        devices: How many of them have to say it.
        turns: It counts only when it becomes so: a door is opened once, however
            often it says that it is open.
    """

    kinds: tuple[str, ...]
    value: str
    least: float = 1
    devices: int = 1
    turns: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class LowUse(Rule):
    """A total has to rise by `line`, in `unit`, every `within_min`."""

    kinds: tuple[str, ...]
    value: str
    unit: str
    line: float
    within_min: float = 720


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of a threshold, and how grave it is to be beyond; 0: as the rule says."""

    at: float
    severity: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Threshold(Rule):
    """A value is beyond a line, and is not back before it is `back` short of it.

    Attributes:
        lines: From the mildest on; each further one makes the alarm graver.
        falls: Beyond is below, not above.
        hold_min: How long it has to stand so first.
    """

    kinds: tuple[str, ...]
    value: str
    lines: tuple[Line, ...]
    unit: str = ""
    back: float = 0
    falls: bool = False
    hold_min: float = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate(Rule):
    """A value rises by `rise` within `within_min`; a negative one: falls."""

    kinds: tuple[str, ...]
    value: str
    rise: float
    within_min: float
    unit: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence(Rule):
    """None of `any_of` for `within_min`, and none in `grace_min` after that."""

    any_of: tuple[Term, ...]
    within_min: float
    grace_min: float = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule(Rule):
    """None of `any_of` from `since` `until` a time of the town's day, nor in the grace.

    Attributes:
        days: Of the week, 1 (Monday) to 7, by the day on which it ends; none: all.
    """

    any_of: tuple[Term, ...]
    since: str
    until: str
    days: tuple[int, ...] = ()
    grace_min: float = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Combination(Rule):
    """All of `all_of` within `within_s`, and none of `none_of` in it or just before."""

    all_of: tuple[Term, ...]
    within_s: float
    none_of: tuple[Term, ...] = ()


AnyRule = LowUse | Threshold | Rate | Silence | Schedule | Combination
Measured = LowUse | Threshold | Rate


@dataclass(frozen=True, kw_only=True)
class Watch:
    """All rules of a profile, sort by sort."""

    low_uses: tuple[LowUse, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    rates: tuple[Rate, ...] = ()
    silences: tuple[Silence, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    combinations: tuple[Combination, ...] = ()

    @cached_property
    def rules(self) -> tuple[AnyRule, ...]:
        """Return the rules that are gone by."""
        return tuple(rule for rule in self.all() if not rule.off)

    @cached_property
    def by_kind(self) -> dict[str, tuple[AnyRule, ...]]:
        """Return the rules that listen to a kind of device."""
        kinds = {kind for rule in self.rules for kind in kinds_of(rule)}
        return {
            kind: tuple(rule for rule in self.rules if kind in kinds_of(rule))
            for kind in kinds
        }

    @cached_property
    def _by_id(self) -> dict[str, AnyRule]:
        return {rule.rule_id: rule for rule in self.rules}

    def find(self, rule_id: str) -> AnyRule | None:
        """Return a rule that is gone by, or None where there is none of that id."""
        return self._by_id.get(rule_id)

    def all(self) -> Iterator[AnyRule]:
        """Return every rule, those that are off too."""
        for sort in SORTS:
            yield from getattr(self, sort)


# The sorts of rules, by the word in a profile.
SORTS: Final[dict[str, type[Rule]]] = {
    "low_uses": LowUse,
    "thresholds": Threshold,
    "rates": Rate,
    "silences": Silence,
    "schedules": Schedule,
    "combinations": Combination,
}


def terms_of(rule: AnyRule) -> tuple[Term, ...]:
    """Return what a rule listens for; a measured value counts at any figure."""
    if isinstance(rule, Measured):
        return (Term(kinds=rule.kinds, value=rule.value, least=float("-inf")),)
    if isinstance(rule, Combination):
        return (*rule.all_of, *rule.none_of)
    return rule.any_of


def kinds_of(rule: AnyRule) -> tuple[str, ...]:
    """Return the kinds of device that a rule listens to, the first ones first."""
    return tuple(dict.fromkeys(kind for term in terms_of(rule) for kind in term.kinds))


def is_timed(rule: AnyRule) -> bool:
    """Return whether the clock has a say, besides the readings."""
    if isinstance(rule, Threshold):
        return rule.hold_min > 0
    return not isinstance(rule, Measured)


def look_back(rule: AnyRule) -> timedelta:
    """Return how old a reading may be that still says how things stand."""
    match rule:
        case LowUse():
            return 4 * timedelta(minutes=rule.within_min)
        case Threshold():
            return timedelta(minutes=rule.hold_min) + LONGEST_SILENCE
        case Rate():
            return 2 * timedelta(minutes=rule.within_min)
        case Silence():
            return timedelta(minutes=rule.within_min) + LONGEST_SILENCE
        case Schedule():
            return LONGEST_SILENCE + (_A_WEEK if rule.days else timedelta(0))
        case Combination():
            turns = any(term.turns for term in terms_of(rule))
            return max(span(rule), LONGEST_SILENCE if turns else timedelta(0))


def span(rule: Combination) -> timedelta:
    """Return how long what was said has to do with what is said after it."""
    return 4 * timedelta(seconds=rule.within_s)


def is_rule_id(source: str) -> bool:
    """Return whether an alarm's source is a rule; devices call theirs otherwise."""
    return _ID.fullmatch(source) is not None


def clock_time(text: str) -> time:
    """Return a time of day such as "05:00".

    Raises:
        ValueError: It is none.
    """
    return time.fromisoformat(text)


# -- as a profile's data ---------------------------------------------------------


def with_own(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return the rules of an extended profile with what another changes of them.

    A rule of the same id is altered in what is named, such as its line, or being off.
    """
    found: dict[str, Any] = {}
    for sort in {**base, **own}:
        rules = {each["rule_id"]: each for each in base.get(sort, ())}
        for each in own.get(sort, ()):
            rules[each["rule_id"]] = {**rules.get(each["rule_id"], {}), **each}
        found[sort] = list(rules.values())
    return found


def unknown_word(data: dict[str, Any]) -> str | None:
    """Return a word of a profile's rules that nobody knows, or None."""
    for sort, rules in data.items():
        if sort not in SORTS:
            return sort
        known = {field.name for field in fields(SORTS[sort])}
        for rule in rules:
            if rule.keys() - known:
                return f"{rule.get('rule_id', sort)}: {min(rule.keys() - known)}"
    return None


def check(watch: Watch, categories: frozenset[str]) -> None:
    """Refuse rules that contradict themselves.

    Raises:
        SpanError: A span of one is out of all bounds; the sentence names it.
        ValueError: They do; the sentence names the rule.
    """
    seen: set[str] = set()
    for rule in watch.all():
        if not _ID.fullmatch(rule.rule_id) or rule.rule_id in seen:
            raise ValueError(f"rule {rule.rule_id!r} has no id, or another's")
        seen.add(rule.rule_id)
        span = _wrong_span(rule)
        if span:
            raise SpanError(
                f"rule {rule.rule_id}: {span} is not of 0 to {MOST_DAYS} days"
            )
        wrong = _wrong_with(rule, categories)
        if wrong:
            raise ValueError(f"rule {rule.rule_id}: {wrong}")


def _wrong_with(rule: AnyRule, categories: frozenset[str]) -> str:
    if rule.category not in categories:
        return f"there is no category {rule.category}"
    if not 0 <= rule.severity <= 4 or rule.scope not in SCOPES:
        return "its severity or scope is none"
    if not all(term.kinds and term.devices > 0 for term in terms_of(rule)):
        return "it listens to nobody"
    if isinstance(rule, Measured) and rule.scope != DEVICE:
        return "a measured value is one device's"
    return _wrong_figures(rule)


def _wrong_span(rule: AnyRule) -> str:
    """Return the name of a span that is out of all bounds, or ""; nan is, too."""
    for name, day in _SPANS.items():
        if not 0 <= getattr(rule, name, 0) / day <= MOST_DAYS:
            return name
    return ""


def _figures(rule: AnyRule) -> tuple[float, ...]:
    match rule:
        case Threshold():
            return (rule.back, *(line.at for line in rule.lines))
        case LowUse():
            return (rule.line,)
        case Rate():
            return (rule.rise,)
    return tuple(term.least for term in terms_of(rule))


def _wrong_figures(rule: AnyRule) -> str:
    if not all(map(math.isfinite, _figures(rule))):
        return "a figure is none"
    match rule:
        case Threshold(lines=lines, falls=falls):
            steps = [-line.at if falls else line.at for line in lines]
            if not lines or steps != sorted(set(steps)):
                return "its lines go from the mildest on"
            if not all(0 <= line.severity <= 4 for line in lines):
                return "a line's severity is none"
            return "it is back before its line" if rule.back < 0 else ""
        case LowUse():
            return "" if min(rule.line, rule.within_min) > 0 else "it has no line"
        case Rate():
            return "" if rule.rise and rule.within_min > 0 else "it has no rise"
        case Silence():
            return "" if rule.any_of and rule.within_min > 0 else "it has no limit"
        case Combination():
            return "" if rule.all_of and rule.within_s > 0 else "it has no limit"
        case Schedule():
            try:
                begins, ends = clock_time(rule.since), clock_time(rule.until)
            except ValueError:
                return "its times are such as 05:00"
            if begins == ends or not {*rule.days} <= {*range(1, 8)} or not rule.any_of:
                return "its time or its days are none"
            return ""
