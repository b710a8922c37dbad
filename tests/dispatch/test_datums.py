"""Positions of public maps: converted to the millimetre, and found out at the edge."""

import pytest
from bus_kit import CENTRE, square
from hypothesis import given
from hypothesis import strategies as st

from dispatch.datums import from_gcj, if_gcj, to_gcj
from dispatch.geo import Point, distance_m, moved
from dispatch.grids import Grid, GridIndex

VILLAGE = Grid(
    code="330421111001", name="村", level="community", outline=square(CENTRE, 800)
)
INDEX = GridIndex([VILLAGE], origin=CENTRE)


def test_the_published_value():
    found = to_gcj(Point(120.93, 30.93))
    assert found.lon == pytest.approx(120.934152809, abs=1e-9)
    assert found.lat == pytest.approx(30.927639145, abs=1e-9)


@given(lon=st.floats(75.0, 134.0), lat=st.floats(19.0, 53.0))
def test_there_and_back(lon: float, lat: float):
    place = Point(lon, lat)
    shown = to_gcj(place)
    assert 100.0 < distance_m(place, shown) < 1_000.0
    assert distance_m(from_gcj(shown), place) < 0.01


def test_only_what_lies_in_no_grid_and_would_lie_in_one_looks_like_it():
    inside = moved(CENTRE, 90, 700)
    shown = to_gcj(inside)  # some 400 m further east, over the edge
    found = if_gcj(shown, INDEX)
    assert found is not None
    assert distance_m(found, inside) < 0.01
    assert if_gcj(inside, INDEX) is None
    assert if_gcj(moved(CENTRE, 270, 5_000), INDEX) is None
    assert if_gcj(shown, GridIndex([], origin=CENTRE)) is None
