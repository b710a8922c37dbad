"""What is known of a rule's subject, and what is said of it: plain data.

What is known is nothing but what readings said, so that it can be read from them again
after a start (`dispatch.handling_rules`). How it comes about: `dispatch.rules_weighing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dispatch.devices import Device
from dispatch.rules import Term

RuleKey = tuple[str, str]  # a rule's id, and what it looks at as one
# Of terms that turn, by device and term: when it last spoke of it, and whether it was so.
Said = Mapping[tuple[str, int], tuple[datetime, bool]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """A reading of a device: when it was taken and what it says."""

    device_id: str
    kind: str
    at: datetime
    values: Mapping[str, float]

    def says(self, term: Term) -> bool:
        """Return whether it says something."""
        return self.kind in term.kinds and self.values.get(term.value, -1e300) >= (
            term.least
        )


class Verdict(StrEnum):
    """What is to be said of a rule's subject now."""

    NOTHING = "nothing"  # no more than was known
    HOLDS = "holds"  # as it did
    RAISED = "raised"  # it has begun to hold, or holds more gravely, or again
    GONE = "gone"  # it does not hold

    def raises(self, *, active: bool) -> bool:
        """Return whether an alarm is to be raised, one being active or not."""
        return self is Verdict.RAISED or (self is Verdict.HOLDS and not active)


@dataclass(frozen=True, slots=True)
class LastUse:
    """When a meter's home last used as much as the line, and the total then."""

    total: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Level:
    """Where a value stands: at which of the lines, since when, and whether for long.

    Attributes:
        at: When it was read.
        value: What was read.
        rank: How many lines it is beyond.
        since: Since when it is beyond one, or None.
        up: It has been for as long as it must.
    """

    at: datetime
    value: float
    rank: int = 0
    since: datetime | None = None
    up: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """A value's readings of the last while, oldest first."""

    points: tuple[tuple[datetime, float], ...] = ()
    up: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """When somebody was last noticed, when anything was heard, what was judged.

    Attributes:
        last: When, or since when nobody has been.
        heard: The newest reading.
        judged: Up to when it was said that nobody was, or None.
        said: What its terms that turn were.
    """

    last: datetime
    heard: datetime
    judged: datetime | None = None
    said: Said = field(default_factory=dict)


@dataclass(frozen=True, order=True, slots=True)
class Sighting:
    """One term of a combination was said; those that must not be have no rank."""

    at: datetime
    device_id: str
    term: int


@dataclass(frozen=True, slots=True)
class Sightings:
    """What was said of a combination lately, and when it last held.

    Attributes:
        seen: Oldest first.
        raised_at: When it last came together, or None.
        over: That has passed.
        said: What its terms that turn were.
    """

    seen: tuple[Sighting, ...] = ()
    raised_at: datetime | None = None
    over: bool = False
    said: Said = field(default_factory=dict)


State = LastUse | Level | Trend | Seen | Sightings


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept in mind of a rule's subject.

    Attributes:
        state: What is known; None: it is to be read from the store.
        due: When the clock has a say, or None.
        members: Of which devices it is known; of others it is to be read anew.
    """

    state: State | None
    due: datetime | None = None
    members: tuple[Device, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is known now, and what it means.

    Attributes:
        state: What is known; None: nothing yet.
        verdict: What it means.
        text: The figures, for people.
        severity: How grave; 0: as the rule says.
    """

    state: State | None
    verdict: Verdict = Verdict.NOTHING
    text: str = ""
    severity: int = 0
