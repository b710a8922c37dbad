import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.geo import MapFrame, Point, bearing_deg, distance_m, moved, offset_m

YAOZHUANG = Point(120.93, 30.93)
NEARBY = st.builds(
    lambda bearing, metres: moved(YAOZHUANG, bearing, metres),
    st.floats(0, 360, exclude_max=True),
    st.floats(1, 20_000),
)


@given(st.floats(0, 360, exclude_max=True), st.floats(1, 20_000))
def test_going_somewhere_is_as_far_as_it_was_said(bearing: float, metres: float):
    there = moved(YAOZHUANG, bearing, metres)
    assert distance_m(YAOZHUANG, there) == pytest.approx(metres, abs=0.01)
    turned = abs(bearing_deg(YAOZHUANG, there) - bearing) % 360
    assert min(turned, 360 - turned) < 0.01


@given(NEARBY)
def test_the_map_frame_returns_where_it_came_from(point: Point):
    frame = MapFrame(YAOZHUANG)
    back = frame.to_point(*frame.to_map(point))
    assert distance_m(point, back) < 0.001


def test_a_map_unit_at_yaozhuang_is_0_858_m_on_the_ground():
    frame = MapFrame(YAOZHUANG)
    assert frame.ground_m_per_unit == pytest.approx(0.858, abs=0.0005)
    x, y = frame.to_map(moved(YAOZHUANG, 90, 300))
    assert (x * frame.ground_m_per_unit, y) == pytest.approx((300, 0), abs=1.0)


@given(NEARBY, NEARBY)
def test_offsets_are_as_long_as_the_distance(a: Point, b: Point):
    east, north = offset_m(a, b)
    assert (east**2 + north**2) ** 0.5 == pytest.approx(distance_m(a, b), abs=0.01)


@pytest.mark.parametrize(("lon", "lat"), [(181, 0), (0, 91), (float("nan"), 0)])
def test_what_is_not_a_position_is_refused(lon: float, lat: float):
    with pytest.raises(ValueError, match="not a position"):
        Point(lon, lat)
