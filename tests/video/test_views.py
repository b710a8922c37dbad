import dataclasses
import math
import random

from hypothesis import assume, given
from hypothesis import strategies as st

from video.views import Candidate, best_views, off_axis_deg

metres = st.floats(-300.0, 300.0)
numbers = st.integers(1, 9_999).map(str)


@st.composite
def candidates(draw, **fixed):
    values = {
        "camera_id": draw(numbers),
        "east_m": draw(metres),
        "north_m": draw(metres),
        "bearing_deg": draw(st.none() | st.floats(0.0, 359.9)),
        "fov_deg": draw(st.floats(20.0, 180.0)),
        "range_m": draw(st.floats(10.0, 200.0)),
        "healthy": draw(st.booleans()),
        "ready": draw(st.booleans()),
    }
    return Candidate(**(values | fixed))


many = st.lists(candidates(), max_size=12, unique_by=lambda c: c.camera_id)


@st.composite
def within_range(draw, *, nearest: float):
    """Return a healthy camera at a distance from which it can see the place."""
    camera = draw(candidates(healthy=True))
    distance = draw(st.floats(nearest, max(nearest, 0.99 * camera.range_m)))
    way = math.radians(draw(st.floats(0.0, 359.0)))
    return dataclasses.replace(
        camera, east_m=distance * math.sin(way), north_m=distance * math.cos(way)
    )


def looking(camera: Candidate, *, off: float, **changes) -> Candidate:
    """Return the camera turned `off` degrees away from the place."""
    to_place = math.degrees(math.atan2(-camera.east_m, -camera.north_m))
    return dataclasses.replace(camera, bearing_deg=(to_place + off) % 360.0, **changes)


def test_a_camera_that_looks_here_comes_before_one_that_looks_away():
    here = Candidate(camera_id="2", east_m=0.0, north_m=30.0, bearing_deg=180.0)
    away = Candidate(camera_id="1", east_m=0.0, north_m=30.0, bearing_deg=0.0)
    first, second = best_views([away, here])
    assert (first.camera_id, first.covers) == ("2", True)
    assert (second.camera_id, second.covers) == ("1", False)
    assert "covers" in first.reasons
    assert "looks_away" in second.reasons
    assert first.distance_m == 30.0
    assert first.bearing_from_target_deg == 0.0


def test_every_reason_is_given_where_it_holds():
    def reasons(**values):
        camera = Candidate(camera_id="1", **({"east_m": 0.0} | values))
        return set(best_views([camera])[0].reasons)

    assert reasons(north_m=20.0) == {"covers", "all_round", "opens_cold"}
    assert reasons(north_m=90.0, ready=True) == {"too_far", "ready"}
    assert "dead" in reasons(north_m=20.0, healthy=False)
    assert "off_axis" in reasons(north_m=20.0, bearing_deg=150.0)
    assert "under_pole" in reasons(north_m=2.0, bearing_deg=180.0)
    assert {"too_far", "looks_away"} <= reasons(north_m=90.0, bearing_deg=0.0)


@given(within_range(nearest=1.5), st.floats(90.0, 180.0))
def test_of_two_at_the_same_distance_the_one_that_covers_wins(camera, off):
    here = looking(camera, off=0.0, camera_id="2", fov_deg=70.0)
    away = looking(camera, off=off, camera_id="1", fov_deg=70.0)
    assert [v.camera_id for v in best_views([away, here])] == ["2", "1"]


@given(many, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_of_asking(cameras, shuffle):
    again = list(cameras)
    shuffle.shuffle(again)
    assert best_views(cameras) == best_views(again)


@given(many)
def test_nothing_is_lost_and_nothing_comes_twice(cameras):
    views = best_views(cameras)
    assert sorted(v.camera_id for v in views) == sorted(c.camera_id for c in cameras)


@given(many)
def test_a_dead_camera_never_stands_before_a_live_one_that_covers(cameras):
    dead = {c.camera_id for c in cameras if not c.healthy}
    views = best_views(cameras)
    covering = [
        at for at, v in enumerate(views) if v.covers and v.camera_id not in dead
    ]
    first_dead = next((at for at, v in enumerate(views) if v.camera_id in dead), 99)
    assert all(at < first_dead for at in covering)


@given(within_range(nearest=5.0), st.floats(0.0, 32.0), st.floats(1.1, 2.0))
def test_the_more_central_of_two_is_not_the_later(camera, nearer, more):
    farther = nearer + more
    a = looking(camera, off=nearer, camera_id="2", fov_deg=70.0)
    b = looking(camera, off=farther, camera_id="1", fov_deg=70.0)
    assert best_views([a, b])[0].camera_id == "2"


@given(candidates(), st.floats(-180.0, 180.0))
def test_the_angle_off_the_axis_is_measured_both_ways(camera, off):
    assume(math.hypot(camera.east_m, camera.north_m) > 1.0)
    assert math.isclose(off_axis_deg(looking(camera, off=off)), abs(off), abs_tol=1e-6)


def test_two_hundred_cameras_have_one_order():
    dice = random.Random(7)
    cameras = [
        Candidate(
            camera_id=str(number),
            east_m=dice.uniform(-500, 500),
            north_m=dice.uniform(-500, 500),
            bearing_deg=dice.uniform(0, 360),
            ready=dice.random() < 0.5,
        )
        for number in range(200)
    ]
    views = best_views(cameras)
    covering = [v.covers for v in views]
    assert covering == sorted(covering, reverse=True)


def test_at_about_the_same_distance_the_one_that_is_there_comes_first():
    cold = Candidate(camera_id="1", east_m=0.0, north_m=100.0, range_m=200.0)
    ready = Candidate(
        camera_id="2", east_m=0.0, north_m=112.0, range_m=200.0, ready=True
    )
    assert [v.camera_id for v in best_views([cold, ready])] == ["2", "1"]
    far = dataclasses.replace(ready, north_m=130.0)
    assert [v.camera_id for v in best_views([cold, far])] == ["1", "2"]


# -- cameras that move ---------------------------------------------------------------


@given(many, st.integers(0, 90))
def test_who_may_be_elsewhere_never_covers_and_comes_after_all_who_are_there(
    others, age
):
    gone = Candidate(
        camera_id="0",
        east_m=0.0,
        north_m=20.0,
        bearing_deg=180.0,
        ready=True,
        place_age_s=float(age),
        sure=False,
    )
    views = best_views([gone, *others])
    (view,) = [each for each in views if each.camera_id == "0"]
    assert not view.covers
    assert "unsure" in view.reasons
    behind = views[views.index(view) + 1 :]
    assert all("dead" in each.reasons for each in behind)


@given(within_range(nearest=6.0), st.floats(0.1, 90.0))
def test_the_older_a_moving_one_s_position_the_further_back_it_stands(camera, age):
    here = looking(camera, off=0.0, camera_id="1")
    moving = dataclasses.replace(here, camera_id="0", place_age_s=age)
    first, second = best_views([moving, here])
    assert (first.camera_id, second.camera_id) == ("1", "0")
    assert second.covers
    assert "moving" in second.reasons
    assert "moving" not in first.reasons
