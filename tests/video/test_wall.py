from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from video.layouts import FOUR, LAYOUTS, Cell, made, square
from video.tile_content import (
    LANE_NOW,
    OPEN_CASE,
    TOUR,
    TOWN_MAP,
    TileRef,
    camera,
    cameras,
)
from video.tile_memory import REMEMBERED, Withdrawn
from video.wall import TileWall

TWO = made(2, 1, [Cell(0, 0), Cell(1, 0)])


def test_case_fills_the_tiles_and_gives_back_exactly_what_was_there():
    wall = TileWall()
    wall.pin(cameras(["1", "2", None, "4"]))
    wall.open_case(7)
    wall.offer(["9", "8", "7", "6", "5"])
    assert wall.cameras == ("9", "8", "7", "6")
    wall.show(camera("1"), 0)
    wall.open_case(None)
    assert wall.cameras == ("1", "2", None, "4")


def test_pictures_do_not_change_places_when_the_ranking_does():
    wall = TileWall()
    wall.open_case(7)
    wall.offer(["a", "b", "c", "d"])
    wall.offer(["d", "c", "b", "a", "e"])
    assert wall.cameras == ("a", "b", "c", "d")
    wall.best()
    assert wall.cameras == ("d", "c", "b", "a")


def test_later_offer_fills_empty_tiles_and_keeps_what_someone_called():
    wall = TileWall()
    wall.open_case(7)
    wall.offer(["a"])
    wall.show(camera("far"), 0)
    wall.offer(["a", "b"])
    assert wall.cameras[0] == "far"
    assert set(wall.cameras[1:]) == {"a", "b", None}


def test_case_without_any_view_keeps_what_stands_there():
    wall = TileWall()
    wall.pin(cameras(["1", "2", "3", "4"]))
    wall.open_case(7)
    wall.offer([])
    assert wall.cameras == ("1", "2", "3", "4")


def cases(wall: TileWall) -> list[int | None]:
    return [wall.case_of(tile) for tile in range(len(wall.tiles))]


def test_only_what_came_with_the_case_is_shown_for_it():
    wall = TileWall()
    wall.pin([*cameras(["1", "2", "3"]), TileRef(TOUR, "t1")])
    assert cases(wall) == [None] * 4
    wall.alarm_tiles = frozenset({2})
    wall.open_case(7)
    assert cases(wall) == [None] * 4  # nothing came yet
    wall.offer(["8", "2", "1"])
    assert wall.cameras == ("1", "2", "8", None)
    assert cases(wall) == [None, None, 7, None]
    wall.show(camera("far"), 2)
    assert cases(wall) == [None, None, 7, None]
    wall.show(camera("other"), 0)
    assert wall.is_called(0)
    assert not wall.is_called(1)
    assert cases(wall) == [None, None, 7, None]
    wall.show(TileRef(TOUR, "t2"), 2)
    assert cases(wall) == [None] * 4
    wall.open_case(None)
    assert cases(wall) == [None] * 4


def test_a_best_view_that_stands_there_already_is_the_case_s():
    wall = TileWall()
    wall.pin(cameras(["1", "2", "3", "4"]))
    wall.alarm_tiles = frozenset({3})
    wall.open_case(7)
    wall.offer(["2", "8", "1"])
    assert wall.cameras == ("1", "2", "3", "8")
    assert cases(wall) == [None, 7, None, 7]
    wall.offer(["1", "8", "2"])  # another rank is no other purpose
    assert cases(wall) == [None, 7, None, 7]


def test_without_a_view_what_stands_there_stays_for_itself():
    wall = TileWall()
    wall.pin(cameras(["1", "2", "3", "4"]))
    wall.open_case(7)
    wall.offer([])
    assert cases(wall) == [None] * 4
    wall.offer(["3", "9"])
    assert wall.cameras == ("3", "9", None, None)
    assert cases(wall) == [7, 7, None, None]


def test_called_camera_changes_places_and_back_returns():
    wall = TileWall()
    wall.pin(cameras(["1", "2", "3", "4"]))
    wall.show(camera("3"))
    assert wall.cameras == ("3", "2", "1", "4")
    wall.show(camera("9"))
    assert wall.back()
    assert wall.cameras == ("3", "2", "1", "4")


def test_next_views_go_round():
    wall = TileWall()
    wall.open_case(1)
    wall.offer(list("abcdef"))
    assert wall.next_views()
    assert wall.cameras == ("e", "f", None, None)
    assert wall.next_views()
    assert wall.cameras == ("a", "b", "c", "d")
    wall.open_case(2)
    wall.offer(list("abcd"))
    assert not wall.next_views()


def test_focus_stays_within_the_wall():
    wall = TileWall()
    wall.move_focus(-1, -1)
    assert wall.focused == 0
    wall.move_focus(1, 0)
    wall.move_focus(0, 1)
    wall.move_focus(1, 1)
    assert wall.focused == 3


def test_cameras_taken_from_the_register_leave_empty_tiles():
    wall = TileWall()
    wall.pin(cameras(["1", "2", "3", "4"]))
    wall.forget(["2", "4"])
    assert wall.cameras == (None, "2", None, "4")


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("show"), st.sampled_from("abcdefgh")),
            st.tuples(st.just("back"), st.just("")),
            st.tuples(st.just("case"), st.sampled_from(["", "1", "2"])),
            st.tuples(st.just("offer"), st.text("abcdefgh", max_size=8)),
            st.tuples(st.just("next"), st.just("")),
            st.tuples(st.just("focus"), st.sampled_from("0123")),
        ),
        max_size=40,
    )
)
def test_no_camera_ever_stands_in_two_tiles(steps):
    wall = TileWall()
    wall.pin(cameras(["a", "b", "c", "d"]))
    for what, value in steps:
        if what == "show":
            wall.show(camera(value))
        elif what == "back":
            wall.back()
        elif what == "case":
            wall.open_case(int(value) if value else None)
        elif what == "offer":
            wall.offer(list(dict.fromkeys(value)))
        elif what == "next":
            wall.next_views()
        else:
            wall.focused = int(value)
        shown = [each for each in wall.cameras if each is not None]
        assert len(shown) == len(set(shown))
        if wall.case_id is None:
            assert wall.tiles == wall.resting


def test_no_more_than_eight_contents_are_remembered():
    wall = TileWall()
    for number in range(20):
        wall.show(camera(str(number)))
    steps = 0
    while wall.back():
        steps += 1
    assert steps == REMEMBERED


def test_a_larger_wall_keeps_what_stands_there_and_a_smaller_one_forgets_nothing():
    wall = TileWall()
    wall.pin(cameras(["1", "2", "3", "4"]))
    wall.reshape(square(3))
    assert wall.cameras == ("1", "2", "3", "4", *[None] * 5)
    wall.show(camera("5"), 4)
    wall.focused = 4
    wall.reshape(FOUR)
    assert (wall.cameras, wall.focused) == (("1", "2", "3", "4"), 3)
    assert wall.pinned[4] == camera("5")
    wall.reshape(square(3))
    assert wall.cameras[4] == "5"


def test_a_case_fills_the_tiles_of_a_larger_wall():
    wall = TileWall()
    wall.open_case(7)
    wall.offer(["a", "b", "c", "d", "e", "f"])
    wall.reshape(square(3))
    assert wall.cameras == ("a", "b", "c", "d", "e", "f", None, None, None)
    wall.open_case(None)
    assert wall.cameras == (None,) * 9


@given(st.lists(st.sampled_from([4, 9, 16, 0, 1, 2]), max_size=12))
def test_whatever_is_chosen_no_camera_stands_twice(steps):
    wall = TileWall()
    wall.pin(cameras(["1", "2", "3", "4"]))
    for step in steps:
        if step >= 4:
            wall.reshape(square(int(step**0.5)))
        else:
            wall.show(camera(str(step + 3)), step)
            wall.show(camera(str(step + 5)), len(wall.tiles) - 1)
    shown = [each for each in wall.cameras if each is not None]
    assert len(shown) == len(set(shown))
    assert 0 <= wall.focused < len(wall.tiles) == wall.layout.count


def test_a_dark_tile_takes_what_shines_and_nothing_else_moves():
    wall = TileWall(TWO)
    assert not wall.improve({"1"}, ["3"])
    wall.open_case(7)
    wall.offer(["1", "2", "3"])
    assert not wall.improve({"1"}, [])
    assert not wall.improve({"1"}, ["2"])
    assert wall.improve({"1"}, ["2", "3"])
    assert wall.cameras == ("3", "2")
    wall.show(camera("1"), 0)
    assert not wall.improve({"1"}, ["3"])
    assert wall.cameras == ("1", "2")


def test_a_case_takes_only_the_tiles_it_may_and_gives_them_back():
    wall = TileWall(square(3))
    wall.pin([TOWN_MAP, camera("1"), LANE_NOW, *cameras(list("234567"))])
    wall.alarm_tiles = frozenset({1, 4, 7})
    resting = wall.tiles
    wall.open_case(7)
    assert wall.focused == 1
    wall.offer(["2", "a", "b", "c", "d", "1"])  # camera 2 stands beside them already
    assert [wall.cameras[at] for at in (1, 4, 7)] == ["a", "b", "c"]
    others = [at for at in range(9) if at not in (1, 4, 7)]
    assert [wall.tiles[at] for at in others] == [resting[at] for at in others]
    assert wall.next_views()
    assert [wall.cameras[at] for at in (1, 4, 7)] == ["d", "1", None]
    assert [wall.tiles[at] for at in others] == [resting[at] for at in others]
    assert not wall.improve({"2"}, ["b"])
    wall.open_case(None)
    assert wall.tiles == resting


def test_a_case_is_seen_where_none_of_its_tiles_is_there():
    wall = TileWall(square(3))
    wall.alarm_tiles = frozenset({7, 8})
    wall.open_case(7)
    wall.offer(list("ab"))
    assert wall.cameras[7:] == ("a", "b")
    wall.reshape(FOUR)
    assert wall.cameras == ("a", "b", None, None)


def test_the_open_case_keeps_its_tile_and_any_content_can_be_called_back():
    wall = TileWall()
    wall.show(OPEN_CASE, 0)
    wall.show(TOWN_MAP, 1)
    wall.open_case(7)
    wall.offer(list("abc"))
    assert wall.tiles == (OPEN_CASE, *cameras(list("abc")))
    wall.open_case(None)
    assert wall.tiles == (OPEN_CASE, TOWN_MAP, None, None)
    wall.show(LANE_NOW, 1)
    assert wall.focused_content == OPEN_CASE
    assert wall.back(1)
    assert wall.tiles[1] == TOWN_MAP
    assert wall.clear(1)
    assert not wall.clear(1)
    assert wall.tiles[1] is None
    assert wall.back(1)
    assert wall.tiles[1] == TOWN_MAP


@given(
    st.lists(st.sampled_from(LAYOUTS), max_size=6),
    st.none() | st.frozensets(st.integers(0, 70)),
)
def test_through_all_layouts_a_case_shows_and_gives_back(layouts, alarm_tiles):
    wall = TileWall(square(8))
    wall.pin(cameras([str(each) for each in range(64)]))
    wall.alarm_tiles = alarm_tiles
    wall.open_case(1)
    wall.offer([str(each) for each in range(60, 70)])
    for layout in layouts:
        wall.reshape(layout)
        shown = [each for each in wall.tiles if each is not None]
        assert len(shown) == len(set(shown))
        assert len(wall.tiles) == layout.count
    wall.open_case(None)
    wall.reshape(square(8))
    assert wall.cameras == tuple(str(each) for each in range(64))


def test_a_tile_knows_what_was_taken_out_of_it_until_something_else_stands_there():
    wall, at = TileWall(), datetime(2026, 11, 23, tzinfo=UTC)
    wall.pin(cameras(list("abcd")))
    wall.withdraw({"a", "c", "d"}, at)
    assert wall.cameras == ("a", None, "c", "d")
    assert wall.withdrawn(1) == Withdrawn("b", at)
    wall.open_case(7)
    wall.offer(["x", "y", "z"])
    assert wall.withdrawn(1) is None, "the case has the tile"
    assert wall.withdrawn(1, at_rest=True) == Withdrawn("b", at)
    wall.open_case(None)
    wall.pin(cameras(["a", None, "c", "d"]))
    assert wall.withdrawn(1) == Withdrawn("b", at)
    wall.pin(cameras(["a", "e", "c", "d"]))
    assert wall.withdrawn(1) is None
    wall.withdraw({"a", "c", "d"}, at)
    assert wall.back(1), "it can be called back by hand"
    assert (wall.cameras[1], wall.withdrawn(1)) == ("e", None)
