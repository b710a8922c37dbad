"""Words of a wall can be read from where people stand."""

import pytest
from PySide6.QtCore import QRect

from console.monitors import Monitor, beside
from console.theme import MIN, Theme
from console.wall_sizes import least_px, wall_scale


@pytest.mark.parametrize(
    ("mm_per_px", "distance_m", "expected"),
    [(0.6342, 8.0, 80), (1.25, 8.0, 40), (0.6342, 4.0, 40), (0.3171, 8.0, 160)],
)
def test_least_size_is_that_of_the_design(mm_per_px, distance_m, expected):
    assert least_px(mm_per_px, distance_m) == expected


@pytest.mark.parametrize(
    ("size", "millimetres", "expected"),
    [
        ((1920, 1080), (1218, 685), 80),  # a panel of 55 inches
        ((1920, 1080), (0, 0), 80),  # one that says nothing
        ((1920, 1080), (527, 296), 80),  # one of a desk
        ((3840, 2160), (1218, 685), 160),
        ((5760, 2160), (3653, 1370), 80),  # three by two panels as one
        ((5760, 2160), (0, 0), 80),
    ],
)
def test_scale_of_a_wall_makes_its_smallest_words_that_large(
    size, millimetres, expected
):
    scale = wall_scale(*size, *millimetres)
    assert Theme(scale=scale).px(MIN) == expected


def test_words_never_take_the_whole_picture():
    far = wall_scale(1920, 1080, 1218, 685, distance_m=12.0)
    assert Theme(scale=far).px(MIN) == 108


def test_the_monitor_beside_one():
    left, right, above = (
        Monitor("l", "", QRect(0, 0, 1920, 1080), main=True),
        Monitor("r", "", QRect(1920, 0, 1920, 1080)),
        Monitor("a", "", QRect(1920, -1080, 1920, 1080)),
    )
    known = [left, right, above]
    assert beside(known, "l", 1, 0) == "r"
    assert beside(known, "r", 0, -1) == "a"
    assert beside(known, "r", -1, 0) == "l"
    assert beside(known, "r", 1, 0) == "r", "at the edge it stays"
    assert beside(known, "gone", 1, 0) == "l"
    assert beside([], "gone", 1, 0) == "gone"
