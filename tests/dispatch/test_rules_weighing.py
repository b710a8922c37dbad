"""Each sort of rule against tables of readings: what is raised, what is restored, when.

Every table is played as it stands, and again with the service begun anew before each of
its steps: what is known has to be in the readings alone.
"""

import itertools
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.profiles import load_taxonomy
from dispatch.rules import (
    AnyRule,
    Combination,
    Line,
    Rate,
    Schedule,
    Silence,
    Term,
    Threshold,
    look_back,
)
from dispatch.rules_known import Read, Verdict
from dispatch.rules_weighing import all_weighed, by_clock, due_at, resumed, weigh

TOWN = ZoneInfo("Asia/Shanghai")
MIDNIGHT = datetime(2026, 11, 23, tzinfo=TOWN)  # a Monday
WATCH = load_taxonomy().watch
OPEN = Term(kinds=("door",), value="open")
MOTION = Term(kinds=("pir",), value="motions")
GRANTED = Term(kinds=("access",), value="granted")
FIXED = {"rule_id": "r", "name_zh": "", "name_en": "", "category": "B007"}

LEVEL = Threshold(
    **FIXED,
    kinds=("gauge",),
    value="m",
    lines=(Line(at=2.0, severity=3), Line(at=3.0, severity=1)),
    back=0.2,
)
COLD = Threshold(
    **FIXED, kinds=("gauge",), value="m", lines=(Line(at=5.0),), falls=True
)
HELD = Threshold(
    **FIXED, kinds=("door",), value="open", lines=(Line(at=1.0),), hold_min=30
)
RISING = Rate(**FIXED, kinds=("gauge",), value="m", rise=0.3, within_min=60)
FALLING = Rate(**FIXED, kinds=("gauge",), value="m", rise=-1.0, within_min=60)
STILL = Silence(**FIXED, any_of=(MOTION, OPEN), within_min=720)
BY_TEN = Schedule(**FIXED, any_of=(OPEN,), since="05:00", until="10:00")
WORKDAYS = Schedule(
    **FIXED, any_of=(OPEN,), since="05:00", until="10:00", days=(1, 2, 3, 4, 5)
)
NIGHT = Schedule(**FIXED, any_of=(MOTION,), since="22:00", until="06:00")
FORCED = Combination(**FIXED, all_of=(OPEN, MOTION), none_of=(GRANTED,), within_s=60)
THREE = Combination(
    **FIXED,
    all_of=(Term(kinds=("gauge",), value="m", least=2.0, devices=3),),
    within_s=3600,
)


def minute(text: str) -> datetime:
    """Return a time such as "10:05", "10:05:30", or "1 10:05" for the day after."""
    day, _, clock = text.rpartition(" ")
    parts = [int(part) for part in clock.split(":")]
    hours, minutes, seconds = (*parts, 0)[:3]
    return MIDNIGHT + timedelta(
        days=int(day or 0), hours=hours, minutes=minutes, seconds=seconds
    )


class Player:
    """Plays a table: what comes in, in which order; what the clock says in between."""

    def __init__(self, rule: AnyRule) -> None:
        self.rule = rule
        self.state = None
        self.reads: list[Read] = []
        self.raised_at: datetime | None = None
        self.active = False
        self.said: list[tuple[str, str, int]] = []

    def begin_anew(self, now: datetime) -> None:
        """Forget everything but readings and alarms, as a new process does."""
        kept = [read for read in self.reads if read.at > now - look_back(self.rule)]
        raised_at = self.raised_at if self.active else None
        state = all_weighed(self.rule, kept, TOWN)
        self.state = resumed(self.rule, state, raised_at, TOWN)

    def hear(self, now: datetime, read: Read) -> None:
        weighed = weigh(self.rule, self.state, read, TOWN)
        self.reads.append(read)
        self._follow(weighed, read.at, now)

    def look(self, now: datetime) -> None:
        if self.state is not None:
            weighed = by_clock(self.rule, self.state, now, TOWN)
            self._follow(weighed, now, now)

    def _follow(self, weighed, at: datetime, now: datetime) -> None:
        self.state = weighed.state
        local = f"{now.astimezone(TOWN):%H:%M}"
        if weighed.verdict.raises(active=self.active):
            self.active = True
            self.raised_at = max(at, self.raised_at or at)
            self.said.append((local, "raised", weighed.severity))
        elif weighed.verdict is Verdict.GONE and self.active:
            self.active = False
            self.said.append((local, "gone", 0))


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
VALUES = {"gauge": "m", "door": "open", "pir": "motions", "access": "granted"}


def read_of(step: tuple) -> Read:
    received, kind, figure, *rest = step
    at = minute(rest[0] if rest else received)
    name = rest[1] if len(rest) > 1 else kind
    return Read(device_id=name, kind=kind, at=at, values={VALUES[kind]: figure})


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


def test_the_profile_s_rules_listen_to_kinds_that_there_are() -> None:
    from dispatch.intake import DEVICE_KINDS
    from dispatch.rules import kinds_of

    known = {kind.NAME for kind in DEVICE_KINDS}
    assert {kind for rule in WATCH.all() for kind in kinds_of(rule)} <= known
