"""Things with other values: as `dataclasses.replace`, without its time."""

from dataclasses import dataclass, field, replace

import pytest

from dispatch.altered import altered


@dataclass(frozen=True, kw_only=True, slots=True)
class Thing:
    name: str
    count: int = 0
    held: dict[str, int] = field(default_factory=dict)


def test_it_is_the_same_with_other_values() -> None:
    thing = Thing(name="烟感", count=3, held={"a": 1})
    for _ in range(2):
        assert altered(thing, count=4) == replace(thing, count=4)
        assert altered(thing).held is thing.held
    assert thing.count == 3


def test_a_field_that_is_none_is_refused() -> None:
    with pytest.raises(AttributeError, match="colour"):
        altered(Thing(name="烟感"), colour="red")
