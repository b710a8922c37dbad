"""Ways along a town's roads."""

from itertools import pairwise
from random import Random

import pytest

from dispatch.geo import Point, distance_m, moved
from dispatch.importing import read_town
from dispatch.importing_files import MapLine
from dispatch.virtual_field import SAMPLE_TOWN
from dispatch.walking import STEP_M, RoadNet, Walker

HERE = Point(120.95, 30.91)


def road(*points: Point) -> MapLine:
    return MapLine(name="", kind="street", width_m=4, points=points)


@pytest.fixture(scope="module")
def net() -> RoadNet:
    return RoadNet(read_town(SAMPLE_TOWN).roads)


def test_a_way_turns_where_two_roads_cross() -> None:
    east, north = moved(HERE, 90, 400), moved(HERE, 0, 400)
    net = RoadNet([road(moved(HERE, 270, 50), east), road(moved(HERE, 180, 50), north)])
    way = net.route(east, north)
    assert way is not None
    assert min(distance_m(point, HERE) for point in way) < STEP_M
    assert way[-1] == north


def test_roads_that_do_not_meet_lead_nowhere() -> None:
    far = moved(HERE, 0, 1000)
    net = RoadNet([road(HERE, moved(HERE, 90, 100)), road(far, moved(far, 90, 100))])
    assert net.route(HERE, far) is None
    walker = Walker(HERE)
    walker.seek(far, net)
    assert walker.way[-1] == far  # by the corner, as without roads


def test_no_roads_are_no_net() -> None:
    assert RoadNet([]).route(HERE, moved(HERE, 0, 50)) is None
    assert RoadNet([]).somewhere(HERE, 500, Random(1)) is None


def test_the_sample_town_s_people_stay_on_its_roads(net: RoadNet) -> None:
    town = read_town(SAMPLE_TOWN)
    posts = sorted(town.posts.values(), key=lambda point: point.lon)
    found = 0
    for start, end in pairwise(posts):
        way = net.route(start, end)
        if way is None:
            continue
        found += 1
        assert all(distance_m(a, b) < 2 * STEP_M for a, b in pairwise(way[:-1]))
    assert found >= len(posts) // 2


def test_somewhere_is_near(net: RoadNet) -> None:
    post = read_town(SAMPLE_TOWN).posts["W07"]
    for seed in range(20):
        point = net.somewhere(post, 300, Random(seed))
        assert point is not None
        assert distance_m(post, point) < 305


def test_a_walker_goes_as_far_as_asked_and_stops_at_the_end() -> None:
    walker = Walker(HERE)
    walker.way = [moved(HERE, 90, 100), moved(moved(HERE, 90, 100), 0, 100)]
    walker.go(30)
    assert distance_m(HERE, walker.at) == pytest.approx(30, abs=0.1)
    assert walker.heading == pytest.approx(90, abs=0.5)
    walker.go(120)
    assert walker.heading is not None
    assert walker.heading == pytest.approx(0, abs=0.5) or walker.heading > 359.5
    walker.go(1000)
    assert not walker.way
    assert distance_m(walker.at, moved(moved(HERE, 90, 100), 0, 100)) < 1
