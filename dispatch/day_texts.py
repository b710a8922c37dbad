"""The words of the demonstration's living day, read from the resources."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import resources

FILE = Path(resources.__file__).parent / "samples" / "living-day.json"
ANY = "*"


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """Something that is found or reported, and when and where that happens.

    Attributes:
        category: Taxonomy code.
        texts: Ways to say it.
        hours: From and to, hours of the town's day.
        weight: How often, against the others of its hour.
        near: Kinds of places it happens at.
    """

    category: str
    texts: tuple[str, ...]
    hours: tuple[int, int]
    weight: float
    near: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DayTexts:
    """Everything the living day says.

    Attributes:
        alarms: What a detector says, by its kind.
        done: What a worker reports when it is done, by category; "*" for others.
        nothing: The same where a device had come back by itself.
        declined: Why a worker hands a task back.
        findings: What workers find.
        calls: What people call about.
        callers: Who calls.
        fire: The words of the kitchen fire.
        desk: The words of the demonstration's desk.
    """

    alarms: dict[str, tuple[str, ...]]
    done: dict[str, tuple[str, ...]]
    nothing: dict[str, tuple[str, ...]]
    declined: tuple[str, ...]
    findings: tuple[Matter, ...]
    calls: tuple[Matter, ...]
    callers: tuple[str, ...]
    fire: dict[str, str]
    desk: dict[str, str]

    def alarm(self, kind: str, random: Random) -> str:
        """Return what a detector says of its alarm."""
        return random.choice(self.alarms.get(kind, ("",)))

    def report(self, category: str, random: Random, *, was_real: bool = True) -> str:
        """Return what a worker reports of a case that is done."""
        if not was_real and category in self.nothing:
            return random.choice(self.nothing[category])
        return random.choice(self.done.get(category, self.done[ANY]))


@cache
def load_texts() -> DayTexts:
    """Return the words that ship."""
    found = json.loads(FILE.read_text(encoding="utf-8"))
    return DayTexts(
        alarms={kind: tuple(texts) for kind, texts in found["alarms"].items()},
        done={category: tuple(texts) for category, texts in found["done"].items()},
        nothing={
            category: tuple(texts) for category, texts in found["nothing"].items()
        },
        declined=tuple(found["declined"]),
        findings=tuple(_matter(each) for each in found["findings"]),
        calls=tuple(_matter(each) for each in found["calls"]),
        callers=tuple(found["callers"]),
        fire=found["fire"],
        desk=found["desk"],
    )


def _matter(found: dict[str, Any]) -> Matter:
    begins, ends = found["hours"]
    return Matter(
        category=found["category"],
        texts=tuple(found["texts"]),
        hours=(begins, ends),
        weight=found["weight"],
        near=tuple(found["near"]),
    )
