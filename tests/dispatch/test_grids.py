import math
from dataclasses import replace

import pytest
from bus_kit import CENTRE, FAR_AWAY, square
from hypothesis import given
from hypothesis import strategies as st

from dispatch.geo import Point, moved
from dispatch.grids import (
    TOWN_MARGIN_M,
    Grid,
    GridBoxes,
    GridIndex,
    box_of,
    middle_of,
    outline_holds,
)

TOWN = Grid(code="330421111", name="姚庄镇", level="town", outline=square(CENTRE, 3000))
WEST = Grid(
    code="330421111001001",
    name="西",
    level="grid",
    outline=square(moved(CENTRE, 270, 400), 400),
)
EAST = Grid(
    code="330421111001002",
    name="东",
    level="grid",
    outline=square(moved(CENTRE, 90, 400), 400),
)
OFFICE = Grid(code="330421111900", name="综治办", level="organisation")
INDEX = GridIndex([TOWN, WEST, EAST, OFFICE], origin=CENTRE)

# A bay: the middle of its box lies outside.
BAY = tuple(
    moved(moved(CENTRE, 90, east), 0, north)
    for east, north in [
        (-100, -100),
        (100, -100),
        (100, 100),
        (60, 100),
        (60, -60),
        (-60, -60),
        (-60, 100),
        (-100, 100),
    ]
)


def test_the_finest_area_answers() -> None:
    assert INDEX.grid_of(moved(CENTRE, 270, 300)) == WEST.code
    assert INDEX.grid_of(moved(CENTRE, 90, 300)) == EAST.code
    assert INDEX.grid_of(moved(CENTRE, 0, 1000)) == TOWN.code
    assert INDEX.grid_of(FAR_AWAY) == ""


def test_the_town_has_a_margin() -> None:
    assert INDEX.in_town(moved(CENTRE, 90, 3000 + TOWN_MARGIN_M - 100))
    assert not INDEX.in_town(moved(CENTRE, 90, 3000 + TOWN_MARGIN_M + 100))


def test_without_outlines_the_town_lies_around_its_origin() -> None:
    bare = GridIndex([OFFICE], origin=CENTRE)
    assert bare.in_town(moved(CENTRE, 45, 10_000))
    assert not bare.in_town(FAR_AWAY)
    assert bare.grid_of(CENTRE) == ""
    unknown = GridIndex([OFFICE], origin=None)
    assert unknown.in_town(FAR_AWAY)
    assert unknown.in_town(FAR_AWAY, home=FAR_AWAY)
    assert not unknown.in_town(FAR_AWAY, home=CENTRE)


def test_a_bay_is_outside() -> None:
    assert outline_holds(BAY, moved(CENTRE, 180, 80))
    assert not outline_holds(BAY, CENTRE)
    assert not outline_holds(BAY[:2], CENTRE)
    assert middle_of(()) is None
    assert box_of(()) is None
    middle = middle_of(BAY)
    assert middle is not None
    assert middle.lon == pytest.approx(CENTRE.lon, abs=1e-5)


@given(
    bearing=st.floats(0, 359.9),
    metres=st.floats(0, 20_000),
    corners=st.integers(3, 12),
)
def test_inside_a_round_outline_is_within_its_radius(
    bearing: float, metres: float, corners: int
) -> None:
    radius = 10_000.0
    ring = tuple(moved(CENTRE, 360.0 * n / corners, radius) for n in range(corners))
    point = moved(CENTRE, bearing, metres)
    inner = radius * math.cos(math.pi / corners)
    if metres < inner * 0.99:
        assert outline_holds(ring, point)
    elif metres > radius * 1.01:
        assert not outline_holds(ring, point)


def test_a_shared_edge_belongs_to_one_grid() -> None:
    west, east = square(CENTRE, 400), square(moved(CENTRE, 90, 800), 400)
    east = (west[1], east[1], east[2], west[2])
    for metres in range(5, 795, 10):
        on_edge = Point(west[1].lon, moved(west[1], 0, metres).lat)
        held = [ring for ring in (west, east) if outline_holds(ring, on_edge)]
        assert len(held) == 1


def test_an_index_made_of_an_earlier_ones_boxes_is_the_same() -> None:
    boxes: GridBoxes = {}
    GridIndex([TOWN, WEST, EAST], origin=CENTRE, boxes=boxes)
    moved_west = replace(WEST, outline=square(moved(CENTRE, 0, 2000), 400))
    grids = [TOWN, moved_west, OFFICE]
    again = GridIndex(grids, origin=CENTRE, boxes=boxes)
    fresh = GridIndex(grids, origin=CENTRE)
    for bearing in range(0, 360, 15):
        for metres in (0, 300, 1000, 2000, 2900, 6000):
            point = moved(CENTRE, bearing, metres)
            assert again.grid_of(point) == fresh.grid_of(point)
            assert again.in_town(point) == fresh.in_town(point)
    assert again.grid_of(moved(CENTRE, 0, 2000)) == WEST.code
