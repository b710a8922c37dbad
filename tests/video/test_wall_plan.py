from dataclasses import replace
from datetime import UTC, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from video.tours import Stop, Tour
from video.wall_plan import WallPlan
from video.wall_scenes import LAST, Scene, faults, free_number, scenes_with_tour
from video.wall_schedule import Held, Row


def scene(number: int, *tiles: str, name: str = "早班") -> Scene:
    return Scene(number=number, name=name, layout="2x2", tiles=tiles)


def test_a_scene_takes_the_place_of_its_number() -> None:
    plan = WallPlan().with_scene(scene(3, "camera:1")).with_scene(scene(1))
    assert [each.number for each in plan.scenes] == [1, 3]
    plan = plan.with_scene(scene(3, "camera:2"))
    assert plan.scene(3) == scene(3, "camera:2")
    assert len(plan.scenes) == 2


def test_the_lowest_free_number_is_offered() -> None:
    assert free_number([]) == 1
    assert free_number([scene(1), scene(3)]) == 2
    assert free_number([scene(n) for n in range(1, LAST + 1)]) is None


def test_what_cannot_stand_says_why() -> None:
    assert faults(scene(0, name=" ")) == ("name", "number")
    assert faults(Scene(number=1, name="x", layout="", tiles=())) == ("layout",)


def test_what_the_clock_in_the_town_cannot_show_is_no_plan() -> None:
    row = Row(days=frozenset({0}), at=time(8), scene=1)
    plan = WallPlan().with_scene(scene(1)).with_rows((row,))
    assert plan.is_sound()
    for wrong in (time(8, tzinfo=UTC), time(8, 0, 30)):
        assert not replace(plan, rows=(replace(row, at=wrong), row)).is_sound()
    assert not replace(plan, rows=(row, row)).is_sound()
    assert not replace(plan, rows=(replace(row, scene=2),)).is_sound()
    assert not replace(plan, rows=(replace(row, days=frozenset({8})),)).is_sound()
    called = datetime(2026, 11, 23, 2, 42)
    assert not replace(plan, held=Held(1, called)).is_sound()
    assert replace(plan, held=Held(1, called.replace(tzinfo=UTC))).is_sound()


def test_with_a_scene_go_its_rows() -> None:
    row = Row(days=frozenset({0}), at=time(8), scene=1)
    plan = WallPlan().with_scene(scene(1)).with_rows((row,))
    assert plan.without_scene(1) == WallPlan()


def test_a_tour_that_goes_leaves_its_tiles_empty() -> None:
    tour = Tour(key="t1", name="北片", stops=(Stop("1"),))
    plan = WallPlan().with_tour(tour).with_scene(scene(1, "tour:t1", "camera:2"))
    assert scenes_with_tour(plan.scenes, "t1") == (1,)
    without = plan.without_tour("t1")
    assert without.scene(1) == scene(1, "", "camera:2")
    assert not without.tours
    # A new tour does not slip into tiles that were another's.
    lost = WallPlan(scenes=plan.scenes)
    assert lost.new_tour_key() == "t2"


@given(
    st.lists(
        st.tuples(st.sampled_from(["with", "without"]), st.integers(1, 12)), max_size=60
    )
)
def test_numbers_stay_apart_and_in_order(deeds) -> None:
    plan, known = WallPlan(), set()
    for deed, number in deeds:
        if deed == "with":
            plan = plan.with_scene(scene(number))
            known.add(number)
        else:
            plan = plan.without_scene(number)
            known.discard(number)
        assert [each.number for each in plan.scenes] == sorted(known)
        assert plan.is_sound()
        assert free_number(plan.scenes) not in known
