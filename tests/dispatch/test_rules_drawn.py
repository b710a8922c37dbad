"""Rules over drawn stories: any order, any start in between, nobody told for nothing."""

from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_player import (
    BURST,
    BY_TEN,
    FORCED,
    HELD,
    LEVEL,
    MIDNIGHT,
    RISING,
    STILL,
    TURNED_BY_TEN,
    VALUES,
    Player,
)

from dispatch.rules_known import Read


@given(
    st.lists(
        st.tuples(st.sampled_from(["door", "pir", "access"]), st.integers(0, 600)),
        max_size=14,
    ),
    st.integers(0, 2**32),
)
def test_a_combination_is_the_same_in_whatever_order_it_is_heard(
    said: list[tuple[str, int]], seed: int
) -> None:
    reads = [
        Read(
            device_id=kind,
            kind=kind,
            at=MIDNIGHT + timedelta(seconds=second / 10),
            values={VALUES[kind]: 1.0},
        )
        for kind, second in said
    ]
    in_order, mixed = Player(FORCED), Player(FORCED)
    for read in sorted(reads, key=lambda each: each.at):
        in_order.hear(read.at, read)
    Random(seed).shuffle(reads)
    for read in reads:
        mixed.hear(read.at, read)
    assert mixed.active == in_order.active


# Of each rule: who speaks, and how many seconds a step of the drawn story takes.
STORIES = {
    "level": (LEVEL, ["gauge"], 600),
    "held": (HELD, ["door"], 400),
    "rising": (RISING, ["gauge"], 600),
    "still": (STILL, ["pir", "door"], 5400),
    "by ten": (BY_TEN, ["door"], 5400),
    "forced": (FORCED, ["door", "pir", "access"], 15),
    "burst": (BURST, ["door", "pir", "access"], 15),
    "turned by ten": (TURNED_BY_TEN, ["door"], 5400),
}
STEP = st.tuples(
    st.integers(0, 3),  # steps since the one before
    st.integers(0, 2),  # steps it comes late
    st.integers(0, 2),  # who
    st.sampled_from([0.0, 0.0, 1.0, 1.9, 2.5, 3.5]),
    st.booleans(),  # does the service begin anew before it?
)


@pytest.mark.parametrize("name", STORIES)
@given(story=st.lists(STEP, max_size=16))
def test_a_start_changes_nothing(
    name: str, story: list[tuple[int, int, int, float, bool]]
) -> None:
    rule, kinds, step_s = STORIES[name]
    running, again = Player(rule), Player(rule)
    now = MIDNIGHT
    for since, late, who, figure, begins_anew in story:
        now += timedelta(seconds=since * step_s)
        kind = kinds[who % len(kinds)]
        read = Read(
            device_id=kind,
            kind=kind,
            at=now - timedelta(seconds=late * step_s),
            values={VALUES[kind]: figure},
        )
        if begins_anew:
            again.begin_anew(now)
        for player in (running, again):
            player.look(now)
            player.hear(now, read)
    assert again.said == running.said


@given(st.lists(st.floats(0, 5), min_size=1, max_size=40))
def test_an_alarm_stands_from_the_line_until_it_is_well_back(
    values: list[float],
) -> None:
    player = Player(LEVEL)
    stands = False
    for index, value in enumerate(values):
        at = MIDNIGHT + timedelta(minutes=index)
        player.hear(at, Read(device_id="G", kind="gauge", at=at, values={"m": value}))
        if value > 2.0:
            stands = True
        elif value < 1.79:
            stands = False
        if abs(value - 1.8) > 0.01 and abs(value - 2.0) > 1e-6:
            assert player.active == stands or 1.79 <= value <= 2.0
    said = [what for _, what, _ in player.said]
    assert said.count("gone") <= said.count("raised")


@given(st.lists(st.integers(0, 4000), max_size=30))
def test_nobody_is_missed_who_was_there(minutes: list[int]) -> None:
    """Silence is told only where twelve hours passed without a sign."""
    player = Player(STILL)
    last: datetime | None = None
    for at in sorted(minutes):
        now = MIDNIGHT + timedelta(minutes=at)
        told = len(player.said)
        player.look(now)
        if len(player.said) > told:
            assert last is not None
            assert now - last >= timedelta(hours=12)
        read = Read(device_id="P", kind="pir", at=now, values={"motions": 1.0})
        player.hear(now, read)
        assert not player.active
        last = now
