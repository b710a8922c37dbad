"""Each sort of rule against tables of readings: what is raised, what is restored, when.

Every table is played as it stands, and again with the service begun anew before each of
its steps: what is known has to be in the readings alone.
"""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from rule_player import (
    BURST,
    BY_TEN,
    COLD,
    FALLING,
    FORCED,
    HELD,
    LEVEL,
    NIGHT,
    RISING,
    STILL,
    THREE,
    TOWN,
    WORKDAYS,
    Player,
    minute,
    read_of,
)

from dispatch import rules_weighing
from dispatch.devices.kinds import DEVICE_KINDS
from dispatch.profiles import load_taxonomy
from dispatch.rules import kinds_of
from dispatch.rules_known import Sightings
from dispatch.rules_weighing import due_at

# What comes in: when it is received, who says it, the figure, when it was taken if at
# another time. "look" is the clock alone.
TABLES = {
    "a value passes its line, falls short of being back, and comes back": (
        LEVEL,
        [
            ("08:00", "gauge", 1.9),
            ("08:10", "gauge", 2.1),
            ("08:20", "gauge", 1.9),
            ("08:30", "gauge", 2.2),
            ("08:40", "gauge", 1.7),
        ],
        [("08:10", "raised", 3), ("08:40", "gone", 0)],
    ),
    "it rises from one line to the graver one, and is told again": (
        LEVEL,
        [
            ("08:00", "gauge", 2.5),
            ("08:10", "gauge", 3.4),
            ("08:20", "gauge", 3.5),
            ("08:30", "gauge", 2.4),
            ("08:40", "gauge", 1.0),
        ],
        [("08:00", "raised", 3), ("08:10", "raised", 1), ("08:40", "gone", 0)],
    ),
    "what was read earlier and comes later says nothing of now": (
        LEVEL,
        [
            ("08:00", "gauge", 1.0),
            ("08:10", "gauge", 2.6, "07:00"),
            ("08:20", "gauge", 2.6),
            ("08:30", "gauge", 1.0, "08:05"),
        ],
        [("08:20", "raised", 3)],
    ),
    "below is beyond": (
        COLD,
        [("08:00", "gauge", 6.0), ("08:10", "gauge", 4.9), ("08:20", "gauge", 5.1)],
        [("08:10", "raised", 0), ("08:20", "gone", 0)],
    ),
    "it has to stand so for a while, and the clock says when": (
        HELD,
        [
            ("08:00", "door", 1),
            ("08:20", "look"),
            ("08:25", "door", 0),
            ("09:00", "look"),
            ("10:00", "door", 1),
            ("10:29", "look"),
            ("10:30", "look"),
            ("10:40", "door", 1),
            ("10:50", "door", 0),
        ],
        [("10:30", "raised", 0), ("10:50", "gone", 0)],
    ),
    "water rises fast, then stands": (
        RISING,
        [
            ("08:00", "gauge", 0.0),
            ("08:30", "gauge", 0.2),
            ("08:50", "gauge", 0.35),
            ("09:20", "gauge", 0.45),
            ("10:00", "gauge", 0.46),
        ],
        [("08:50", "raised", 0), ("09:20", "gone", 0)],
    ),
    "slowly it may rise": (
        RISING,
        [(f"{h:02}:00", "gauge", 0.2 * h) for h in range(8, 14)],
        [],
    ),
    "a late reading shows how fast it was": (
        RISING,
        [
            ("08:00", "gauge", 1.0),
            ("08:50", "gauge", 1.1),
            ("08:55", "gauge", 0.7, "08:20"),
        ],
        [("08:55", "raised", 0)],
    ),
    "pressure falls": (
        FALLING,
        [("08:00", "gauge", 4.0), ("08:10", "gauge", 2.8), ("09:20", "gauge", 2.7)],
        [("08:10", "raised", 0), ("09:20", "gone", 0)],
    ),
    "nobody moves for twelve hours, then somebody does": (
        STILL,
        [
            ("06:00", "pir", 3),
            ("08:00", "pir", 0),
            ("14:00", "door", 0),
            ("18:04", "look"),
            ("18:05", "look"),
            ("20:00", "look"),
            ("21:00", "pir", 1),
        ],
        [("18:05", "raised", 0), ("21:00", "gone", 0)],
    ),
    "a door is activity as well as a motion": (
        STILL,
        [
            ("06:00", "pir", 3),
            ("12:00", "door", 1),
            ("18:05", "look"),
            ("1 00:05", "look"),
        ],
        [("00:05", "raised", 0)],
    ),
    "what had happened before is heard late, and takes it back": (
        STILL,
        [
            ("06:00", "pir", 3),
            ("18:05", "look"),
            ("18:30", "pir", 2, "17:00"),
            ("19:00", "look"),
            ("1 05:05", "look"),
        ],
        [("18:05", "raised", 0), ("18:30", "gone", 0), ("05:05", "raised", 0)],
    ),
    "who was never heard of is not missed": (STILL, [("18:05", "look")], []),
    "a door not opened by ten": (
        BY_TEN,
        [
            ("-1 19:00", "door", 1),
            ("09:00", "door", 0),
            ("10:00", "look"),
            ("10:05", "look"),
            ("11:00", "look"),
            ("11:30", "door", 1),
            ("1 07:00", "door", 1),
            ("1 10:05", "look"),
        ],
        [("10:05", "raised", 0), ("11:30", "gone", 0)],
    ),
    "it is said once a day, and counted each day": (
        BY_TEN,
        [
            ("-1 19:00", "door", 1),
            ("10:05", "look"),
            ("10:06", "look"),
            ("1 10:05", "look"),
        ],
        [("10:05", "raised", 0), ("10:05", "raised", 0)],
    ),
    "the door was opened while the line was away": (
        BY_TEN,
        [("-1 19:00", "door", 1), ("10:05", "look"), ("12:00", "door", 1, "08:10")],
        [("10:05", "raised", 0), ("12:00", "gone", 0)],
    ),
    "last night's opening comes late, and is no opening of today": (
        BY_TEN,
        [("-1 19:00", "door", 1), ("10:05", "look"), ("12:00", "door", 1, "-1 23:00")],
        [("10:05", "raised", 0)],
    ),
    "a door that has said nothing for days is missing itself": (
        BY_TEN,
        [("-3 06:00", "door", 1), ("10:05", "look")],
        [],
    ),
    "on Saturday nobody is waited for": (
        WORKDAYS,
        [("4 08:00", "door", 1), ("5 10:05", "look"), ("7 10:05", "look")],
        [("10:05", "raised", 0)],
    ),
    "over midnight": (
        NIGHT,
        [
            ("-1 21:00", "pir", 1),
            ("-1 23:30", "pir", 1),
            ("06:05", "look"),
            ("1 06:05", "look"),
        ],
        [("06:05", "raised", 0)],
    ),
    "a door forced, and somebody inside": (
        FORCED,
        [
            ("02:00:00", "door", 1),
            ("02:00:20", "pir", 1),
            ("02:00:50", "pir", 2),
            ("02:02:00", "look"),
        ],
        [("02:00", "raised", 0), ("02:00", "raised", 0), ("02:02", "gone", 0)],
    ),
    "with access nobody is told": (
        FORCED,
        [
            ("07:59:40", "access", 1),
            ("08:00:00", "door", 1),
            ("08:00:20", "pir", 1),
        ],
        [],
    ),
    "access that was refused is none": (
        FORCED,
        [
            ("07:59:40", "access", 0),
            ("08:00:00", "door", 1),
            ("08:00:20", "pir", 1),
        ],
        [("08:00", "raised", 0)],
    ),
    "too far apart it is two things": (
        FORCED,
        [("02:00:00", "door", 1), ("02:01:10", "pir", 1), ("02:05", "look")],
        [],
    ),
    "access that is heard late takes it back": (
        FORCED,
        [
            ("08:00:00", "door", 1),
            ("08:00:20", "pir", 1),
            ("08:00:40", "access", 1, "07:59:50"),
            ("08:05", "look"),
        ],
        [("08:00", "raised", 0), ("08:00", "gone", 0)],
    ),
    "the motion is heard before the door that was first": (
        FORCED,
        [("02:00:20", "pir", 1), ("02:00:25", "door", 1, "02:00:00")],
        [("02:00", "raised", 0)],
    ),
    "a door left open says so again, and nobody opens it": (
        BURST,
        [
            ("08:00:00", "access", 1),
            ("08:00:10", "door", 1),
            ("08:10:00", "door", 1),
            ("08:10:10", "pir", 1),
            ("08:20:00", "door", 0),
            ("08:20:10", "pir", 1),
            ("08:30:00", "door", 1),
            ("08:30:10", "pir", 1),
            ("08:40:00", "look"),
        ],
        [("08:30", "raised", 0), ("08:40", "gone", 0)],
    ),
    "and none of its old words opens it either": (
        BURST,
        [
            ("08:00:00", "door", 1),
            ("08:10:00", "door", 1, "07:50:00"),
            ("08:10:10", "pir", 1, "07:50:10"),
        ],
        [],
    ),
    "three gauges of a grid within the hour, one of them twice": (
        THREE,
        [
            ("08:00", "gauge", 2.1, "08:00", "G1"),
            ("08:20", "gauge", 2.3, "08:20", "G1"),
            ("08:30", "gauge", 2.1, "08:30", "G2"),
            ("08:50", "gauge", 2.5, "08:50", "G3"),
            ("10:30", "look"),
        ],
        [("08:50", "raised", 0), ("10:30", "gone", 0)],
    ),
}


@pytest.mark.parametrize("begins_anew", [False, True], ids=["running", "anew"])
@pytest.mark.parametrize("name", TABLES)
def test_tables(name: str, begins_anew: bool) -> None:
    rule, steps, expected = TABLES[name]
    player = Player(rule)
    for step in steps:
        now = minute(step[0])
        if begins_anew:
            player.begin_anew(now)
        if step[1] == "look":
            player.look(now)
        else:
            player.hear(now, read_of(step))
    assert player.said == expected


def test_the_clock_is_asked_when_it_has_a_say() -> None:
    """A look at every due time finds what a look at every minute finds."""
    for rule, steps, _ in TABLES.values():
        timed, watched = Player(rule), Player(rule)
        for step, after in itertools.pairwise([*steps, (None,)]):
            now = minute(step[0])
            then = now if after[0] is None else minute(after[0])
            for player in (timed, watched):
                if step[1] == "look":
                    player.look(now)
                else:
                    player.hear(now, read_of(step))
            for _ in range(20):
                due = timed.state and due_at(rule, timed.state, TOWN)
                if due is None or due >= then:
                    break
                timed.look(due)
            while now + timedelta(minutes=1) < then:
                now += timedelta(minutes=1)
                watched.look(now)
        assert [said[1:] for said in timed.said] == [said[1:] for said in watched.said]


def test_what_never_comes_together_is_kept_in_bounds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = []
    holds = rules_weighing._holds
    monkeypatch.setattr(
        rules_weighing, "_holds", lambda *said: looked.append(said) or holds(*said)
    )
    player = Player(BURST)
    player.hear(minute("07:59:59"), read_of(("07:59:59", "door", 1)))
    for tenth in range(2000):  # somebody moves inside, ten times a second
        at = minute("08:00") + timedelta(seconds=tenth / 10)
        read = replace(read_of(("08:00", "access", 1)), at=at)
        player.hear(at, read)
        player.hear(at, replace(read_of(("08:00", "pir", 1)), at=at))
    assert isinstance(player.state, Sightings)
    assert len(player.state.seen) <= 33
    assert len(looked) <= 4000  # one look at each, not at all before it
    assert not player.said


def test_the_profile_s_rules_listen_to_kinds_that_there_are() -> None:
    known = {kind.NAME for kind in DEVICE_KINDS}
    assert {
        kind for rule in load_taxonomy().watch.all() for kind in kinds_of(rule)
    } <= known
