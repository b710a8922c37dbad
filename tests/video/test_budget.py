"""Who gives way when decoding cannot keep up: the order, how many, the way back."""

import itertools
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from video.budget import (
    AIM,
    COSTS,
    END,
    KEPT,
    LATE_LOOKS,
    LATE_S,
    Budget,
    Claim,
    Load,
    points_of,
    step_at,
    turn_of,
)
from video.contract import Importance, Step

ONE_OF_EACH = tuple(
    Claim(each, turn_of(number)) for number, each in enumerate(Importance)
)
PINNED = tuple(Claim(Importance.PINNED, turn_of(number)) for number in range(64))
levels = st.floats(0.0, END)
claims = st.builds(
    Claim, st.sampled_from(Importance), st.floats(0.0, 1.0, exclude_min=True)
)
loads = st.floats(0.0, 4.0)
#: What a picture costs against another, and how much it matters.
pictures = st.lists(
    st.tuples(st.floats(0.5, 1.5), st.sampled_from(Importance)), min_size=1, max_size=64
)


class Machine:
    """What a budget works on: pictures of unlike costs, and time for some of them."""

    def __init__(self, costs: list[float], classes: list[Importance], room: float):
        self.claims = [Claim(each, turn_of(at)) for at, each in enumerate(classes)]
        self._costs, self._room = costs, room * sum(costs)
        self.budget = Budget()
        self.levels: list[float] = []
        self._before = 0.0

    def steps(self, level: float) -> list[Step]:
        return [step_at(level, each) for each in self.claims]

    def asked(self, level: float) -> float:
        steps = zip(self._costs, self.steps(level), strict=True)
        return sum(cost * COSTS[step] for cost, step in steps) / self._room

    def needed(self, level: float) -> float:
        steps = zip(self._costs, self.steps(level), strict=True)
        return sum(cost * COSTS[step] * KEPT[step] for cost, step in steps) / self._room

    def load(self, level: float) -> float:
        asked = self.asked(level)
        if self.needed(level) <= 1.0:
            return asked
        # Where nothing is left out on purpose, what is decoded in vain hides how much
        # it is; where that is not enough, pictures are late besides.
        full = set(self.steps(level)) == {Step.FULL}
        return min(asked, 2.0) if full else min(asked, 4.0) + 0.5

    def shown(self, level: float) -> float:
        """Return which share of all pictures is shown."""
        fits = min(1.0, 1.0 / max(self.asked(level), 1e-9))
        shown = [0.0 if step is Step.STILLS else fits for step in self.steps(level)]
        return sum(shown) / len(shown)

    def look(self, times: int) -> None:
        for _ in range(times):
            level = self.budget.level
            of_the_last_second = self.load(self._before) + self.load(level)
            self._before = level
            self.levels.append(self.budget.look(of_the_last_second / 2, self.claims))


def changes(of: list[float]) -> int:
    return sum(one != other for one, other in itertools.pairwise(of))


@given(levels, claims, claims)
def test_what_matters_more_never_has_less(level: float, one: Claim, other: Claim):
    if one.importance < other.importance:
        assert step_at(level, one) >= step_at(level, other)


@given(levels, levels, claims)
def test_further_down_gives_nobody_more(one: float, other: float, claim: Claim):
    less, more = sorted((one, other))
    assert step_at(more, claim) >= step_at(less, claim)


@given(st.lists(claims, max_size=20))
def test_the_line_begins_with_everything_and_ends_with_stills_for_all(those):
    points = points_of(those)
    assert points[0] == 0.0
    assert points[-1] <= END
    assert {step_at(0.0, each) for each in those} <= {Step.FULL}
    assert all(step_at(END, each) is Step.STILLS for each in those)
    for one, other in itertools.pairwise(points):
        assert any(step_at(one, each) < step_at(other, each) for each in those)


def test_turns_are_spread_evenly_whatever_numbers_there_are():
    for numbers in (range(64), range(1, 129, 2)):
        early = sum(turn_of(number) <= 0.25 for number in numbers)
        assert 14 <= early <= 18
    assert all(0.0 < turn_of(number) <= 1.0 for number in range(10_000))


@given(st.lists(st.tuples(loads, st.lists(claims, max_size=6)), max_size=100))
def test_whatever_comes_it_stays_on_the_line_and_comes_back(seen):
    budget = Budget()
    for asked, those in seen:
        budget.look(asked, those)
        assert 0.0 <= budget.level <= END
    for _ in range(400):
        budget.look(0.0, ONE_OF_EACH)
    assert budget.level == 0.0


@settings(max_examples=60)
@given(pictures, st.floats(0.15, 1.5))
def test_it_settles_soon_near_the_best_there_is_and_stays_there(some, room: float):
    costs, classes = [cost for cost, _ in some], [each for _, each in some]
    machine = Machine(costs, classes, room)
    machine.look(30)
    settled = Counter(machine.levels[12:]).most_common(1)[0][0]
    last = points_of(machine.claims)[-1]
    assert machine.needed(settled) <= 1.0 or settled == last
    machine.look(570)
    assert changes(machine.levels[400:]) <= 12
    usual = Counter(machine.levels[400:]).most_common(1)[0][0]
    assert machine.needed(usual) <= 1.0 or usual == last
    if room > 1.01:
        assert usual == 0.0


@pytest.mark.parametrize("short", [0.05, 0.1, 0.2, 0.25])
def test_a_little_too_much_costs_a_little(short: float):
    """64 pictures at rest: nobody is left with stills because a tenth was too much."""
    machine = Machine([1.0] * 64, [Importance.PINNED] * 64, 1.0 - short)
    machine.look(10)
    assert set(machine.steps(machine.budget.level)) == {Step.HALF}
    assert machine.shown(machine.budget.level) == pytest.approx(1.0 - short)


def test_of_far_too_much_as_many_give_way_as_it_takes():
    machine = Machine([1.0] * 64, [Importance.PINNED] * 64, 0.3)
    machine.look(15)
    steps = Counter(machine.steps(machine.budget.level))
    assert set(steps) == {Step.SMALL, Step.STILLS}
    assert steps[Step.STILLS] < 50
    assert machine.shown(machine.budget.level) >= 0.3
    machine.look(60)
    assert machine.shown(machine.budget.level) >= 0.3


def test_the_open_case_goes_on_in_full_while_stills_of_others_make_the_room():
    classes = [Importance.CASE] * 2 + [Importance.TOUR] * 6
    machine = Machine([1.0] * 8, classes, 0.4)
    machine.look(20)
    steps = machine.steps(machine.budget.level)
    assert set(steps[:2]) == {Step.FULL}
    assert Step.STILLS in steps[2:]


def test_who_works_all_the_time_and_keeps_up_gives_nothing():
    budget = Budget()
    for _ in range(100):
        assert budget.look(Load(busy=0.99, own=0.98).asked, PINNED) == 0.0


def test_a_call_up_is_no_reason():
    budget = Budget()
    for asked in (1.5, 0.3, 1.5, 0.3):
        assert budget.look(asked, PINNED) == 0.0


def test_after_a_step_it_is_waited_for_what_comes_of_it():
    budget = Budget()
    for _ in range(LATE_LOOKS):
        budget.look(3.0, PINNED)
    level = budget.level
    for _ in range(LATE_LOOKS):
        assert budget.look(3.0, PINNED) == level
    assert budget.look(3.0, PINNED) > level


def test_it_comes_back_by_as_many_as_there_is_room_for():
    machine = Machine([1.0] * 64, [Importance.PINNED] * 64, 0.2)
    machine.look(20)
    before = Counter(machine.steps(machine.budget.level))[Step.STILLS]
    machine._room *= 2
    machine.look(20)
    after = Counter(machine.steps(machine.budget.level))[Step.STILLS]
    assert before - after > 8
    machine._room *= 3
    machine.look(60)
    assert machine.budget.level == 0.0


def test_looks_that_say_nothing_change_nothing():
    budget = Budget()
    for _ in range(LATE_LOOKS):
        budget.look(1.3, PINNED)
    level = budget.level
    assert level
    for _ in range(100):
        assert budget.look(None, PINNED) == level


def test_where_nobody_is_there_is_nothing_to_do():
    budget = Budget()
    for _ in range(40):
        assert budget.look(3.0, ()) == 0.0


@pytest.mark.parametrize(
    ("busy", "own", "contended"),
    [(0.95, 0.94, False), (0.95, 0.4, True), (0.0, 0.0, False)],
)
def test_who_works_all_the_time_is_told_from_who_is_kept_from_it(busy, own, contended):
    assert Load(busy, own).contended is contended


def test_what_is_asked_for_counts_what_there_was_no_time_for():
    assert Load(busy=0.7).asked == 0.7
    assert Load(busy=1.0, undone=0.2).asked == pytest.approx(1.25)
    assert Load(busy=1.0, undone=1.0).asked < 10.0
    assert Load(busy=0.9, late_s=LATE_S + 0.3).asked == pytest.approx(1.2)
    assert Load(busy=0.9, late_s=60.0).asked < 2.0
    assert AIM < 1.0
