"""Who gives way when decoding cannot keep up: the order, the looks, the way back."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.budget import OVER, RUNGS, UNDER, Budget, Load, steps_at
from video.contract import Importance, Step

EVERYBODY = frozenset(Importance)
levels = st.integers(0, len(RUNGS))
loads = st.floats(0.0, 1.0)
present = st.frozensets(st.sampled_from(Importance))


def after(budget: Budget, looks: int, load: float, who=EVERYBODY) -> int:
    for _ in range(looks):
        budget.look(load, who)
    return budget.level


@given(levels)
def test_what_matters_more_never_has_less(level: int):
    steps = [steps_at(level)[each] for each in sorted(Importance)]
    assert steps == sorted(steps, reverse=True)


@given(levels, levels)
def test_further_down_gives_nobody_more(one: int, other: int):
    less, more = sorted((one, other))
    assert all(steps_at(more)[each] >= steps_at(less)[each] for each in Importance)


def test_the_ladder_begins_with_everything_and_ends_with_stills_for_all():
    assert set(steps_at(0).values()) == {Step.FULL}
    assert set(steps_at(len(RUNGS)).values()) == {Step.STILLS}
    first = [importance for importance, _ in RUNGS]
    assert first == sorted(first)
    assert first[-1] is Importance.CASE
    for each in Importance:
        taken = [step for importance, step in RUNGS if importance is each]
        assert taken == [Step.HALF, Step.SMALL, Step.STILLS]


@given(st.lists(st.tuples(loads, present), max_size=200))
def test_whatever_comes_it_stays_on_the_ladder_and_comes_back(seen):
    budget = Budget()
    for load, who in seen:
        before = budget.level
        budget.look(load, who)
        if load > OVER:
            assert budget.level >= before
        else:
            assert budget.level <= before
    assert after(budget, 3000, UNDER - 0.1) == 0


@given(loads, loads, st.integers(0, 400))
def test_more_load_never_leaves_more_to_anybody(one: float, other: float, looks: int):
    less, more = sorted((one, other))
    assert after(Budget(), looks, less) <= after(Budget(), looks, more)


def test_down_at_once_up_slowly_and_a_call_up_is_no_reason():
    budget = Budget()
    assert after(budget, 1, 1.0) == 0
    assert after(budget, 1, 0.3) == 0
    assert after(budget, 2, 1.0) == 1
    assert after(budget, 4, 1.0) == 3
    assert after(budget, 7, 0.3) == 3
    assert after(budget, 1, 0.3) == 2


def test_it_does_not_flutter_where_a_step_up_is_too_much():
    """Full is too much, half is just right: seldom tried, and more and more seldom."""
    budget, who, turns = Budget(), {Importance.PINNED}, []
    for at in range(1000):
        full = steps_at(budget.level)[Importance.PINNED] is Step.FULL
        before = budget.level
        budget.look(0.95 if full else 0.5, who)
        if budget.level < before:
            turns.append(at)
    apart = [later - sooner for sooner, later in itertools.pairwise(turns)]
    assert apart == sorted(apart)
    assert apart[-1] > 60


def test_a_step_up_is_tried_even_where_nobody_can_tell_whether_there_is_room():
    budget = Budget()
    after(budget, 2, 1.0)
    assert after(budget, 40, (OVER + UNDER) / 2) == 0


def test_rungs_of_pictures_that_are_not_there_are_passed():
    budget, who = Budget(), {Importance.PINNED, Importance.CASE}
    assert after(budget, 2, 1.0, who) > 0
    assert steps_at(budget.level)[Importance.PINNED] is Step.HALF
    after(budget, 4, 1.0, who)
    assert steps_at(budget.level)[Importance.PINNED] is Step.STILLS
    assert steps_at(budget.level)[Importance.CASE] is Step.FULL
    after(budget, 2, 1.0, who)
    assert steps_at(budget.level)[Importance.CASE] is Step.HALF
    assert after(budget, 40, 1.0, ()) == len(RUNGS) - 2  # nobody there, nothing to do


@pytest.mark.parametrize(
    ("busy", "own", "contended"),
    [(0.95, 0.94, False), (0.95, 0.4, True), (0.0, 0.0, False)],
)
def test_who_works_all_the_time_is_told_from_who_is_kept_from_it(busy, own, contended):
    assert Load(busy, own).contended is contended
