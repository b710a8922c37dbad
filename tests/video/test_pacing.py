"""Pictures that come in together are shown in turn, where there is room for that."""

import random
from itertools import pairwise

import pytest

from video.contract import ROUND_S
from video.pacing import IN_TURN_SLOW, MOST_KEPT, Pace


def played(arrivals: list[float]) -> tuple[list[int], list[int]]:
    """Return which pictures are shown, and how many wait after each round."""
    pace, waiting, shown, left = Pace(), [], [], []
    coming = list(enumerate(arrivals))
    for number in range(1, int(arrivals[-1] / ROUND_S) + 20):
        while coming and coming[0][1] < number * ROUND_S:
            waiting.append(coming.pop(0)[0])
        if not waiting:
            pass
        elif pace.keeps_one(len(waiting)):
            shown.append(waiting.pop(0))
            pace.took(1, number * ROUND_S)
        else:
            shown.append(waiting[-1])
            pace.took(len(waiting), number * ROUND_S)
            waiting.clear()
        left.append(len(waiting))
    return shown, left


def unsteady(rate: float, by_s: float, seconds: float = 60.0) -> list[float]:
    dice = random.Random(20261124)
    times = [number / rate for number in range(int(seconds * rate))]
    return sorted(at + dice.uniform(0.0, by_s) for at in times)


@pytest.mark.parametrize("rate", [12.5, 15.0, 20.0, 25.0])
def test_of_a_camera_slower_than_the_rounds_every_picture_is_shown(rate):
    arrivals = unsteady(rate, 0.025)
    shown, left = played(arrivals)
    assert shown == list(range(len(arrivals)))
    assert max(left) <= 1


@pytest.mark.parametrize("rate", [12.5, 15.0, 20.0, 25.0])
def test_what_a_hiccup_held_up_is_shown_too_and_made_up_for(rate):
    """Once every two seconds nothing comes for a while, and then all of it."""
    steady = [at for at in unsteady(rate, 0.005) if at < 5.0]
    later = [at for at in unsteady(rate, 0.005) if at >= 5.0]
    hiccups = [at + 0.08 * (at % 2.0 < 0.08) for at in later]
    arrivals = sorted(steady + hiccups)
    shown, left = played(arrivals)
    assert shown == list(range(len(arrivals)))
    assert max(left) < IN_TURN_SLOW
    assert left[-1] == 0


@pytest.mark.parametrize("rate", [50.0, 60.0])
def test_of_one_quicker_than_the_rounds_the_newest_counts(rate):
    shown, left = played(unsteady(rate, 0.005))
    assert len(shown) >= 0.99 * 60.0 / ROUND_S
    assert sum(left) <= 0.01 * len(left) + MOST_KEPT


def test_one_as_quick_as_the_rounds_does_not_stay_behind():
    _, left = played([0.01, *(number * ROUND_S + 0.02 for number in range(300))])
    assert sum(left) <= MOST_KEPT


def test_after_a_silence_the_newest_counts():
    pace = Pace()
    assert not pace.keeps_one(5)
    assert not pace.keeps_one(2)


def test_pictures_are_never_shown_in_another_order():
    shown, _ = played(unsteady(25.0, 0.2))
    assert all(one < other for one, other in pairwise(shown))
