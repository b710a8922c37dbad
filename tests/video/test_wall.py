from hypothesis import given
from hypothesis import strategies as st

from video.wall import REMEMBERED, TileWall


def test_case_fills_the_tiles_and_gives_back_exactly_what_was_there():
    wall = TileWall()
    wall.pin(["1", "2", None, "4"])
    wall.open_case(7)
    wall.offer(["9", "8", "7", "6", "5"])
    assert wall.tiles == ("9", "8", "7", "6")
    wall.show("1", 0)
    wall.open_case(None)
    assert wall.tiles == ("1", "2", None, "4")


def test_pictures_do_not_change_places_when_the_ranking_does():
    wall = TileWall()
    wall.open_case(7)
    wall.offer(["a", "b", "c", "d"])
    wall.offer(["d", "c", "b", "a", "e"])
    assert wall.tiles == ("a", "b", "c", "d")
    wall.best()
    assert wall.tiles == ("d", "c", "b", "a")


def test_later_offer_fills_empty_tiles_and_keeps_what_someone_called():
    wall = TileWall()
    wall.open_case(7)
    wall.offer(["a"])
    wall.show("far", 0)
    wall.offer(["a", "b"])
    assert wall.tiles[0] == "far"
    assert set(wall.tiles[1:]) == {"a", "b", None}


def test_case_without_any_view_keeps_what_stands_there():
    wall = TileWall()
    wall.pin(["1", "2", "3", "4"])
    wall.open_case(7)
    wall.offer([])
    assert wall.tiles == ("1", "2", "3", "4")


def test_called_camera_changes_places_and_back_returns():
    wall = TileWall()
    wall.pin(["1", "2", "3", "4"])
    wall.show("3")
    assert wall.tiles == ("3", "2", "1", "4")
    wall.show("9")
    assert wall.back()
    assert wall.tiles == ("3", "2", "1", "4")


def test_next_views_go_round():
    wall = TileWall()
    wall.open_case(1)
    wall.offer(list("abcdef"))
    assert wall.next_views()
    assert wall.tiles == ("e", "f", None, None)
    assert wall.next_views()
    assert wall.tiles == ("a", "b", "c", "d")
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
    wall.pin(["1", "2", "3", "4"])
    wall.forget(["2", "4"])
    assert wall.tiles == wall.resting == (None, "2", None, "4")


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
    wall.pin(["a", "b", "c", "d"])
    for what, value in steps:
        if what == "show":
            wall.show(value)
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
        shown = [each for each in wall.tiles if each is not None]
        assert len(shown) == len(set(shown))
        if wall.case_id is None:
            assert wall.tiles == wall.resting


def test_no_more_than_eight_contents_are_remembered():
    wall = TileWall()
    for number in range(20):
        wall.show(str(number))
    steps = 0
    while wall.back():
        steps += 1
    assert steps == REMEMBERED


def test_a_larger_wall_keeps_what_stands_there_and_a_smaller_one_forgets_nothing():
    wall = TileWall()
    wall.pin(["1", "2", "3", "4"])
    wall.reshape(9, columns=3)
    assert wall.tiles == ("1", "2", "3", "4", *[None] * 5)
    wall.show("5", 4)
    wall.focused = 4
    wall.reshape(4, columns=2)
    assert (wall.tiles, wall.focused) == (("1", "2", "3", "4"), 3)
    assert wall.pinned[4] == "5"
    wall.reshape(9, columns=3)
    assert wall.tiles[4] == "5"


def test_a_case_fills_the_tiles_of_a_larger_wall():
    wall = TileWall()
    wall.open_case(7)
    wall.offer(["a", "b", "c", "d", "e", "f"])
    wall.reshape(9, columns=3)
    assert wall.tiles == ("a", "b", "c", "d", "e", "f", None, None, None)
    wall.open_case(None)
    assert wall.tiles == (None,) * 9


@given(st.lists(st.sampled_from([4, 9, 16, 0, 1, 2]), max_size=12))
def test_whatever_is_chosen_no_camera_stands_twice(steps):
    wall = TileWall()
    wall.pin(["1", "2", "3", "4"])
    for step in steps:
        if step >= 4:
            wall.reshape(step, columns=int(step**0.5))
        else:
            wall.show(str(step + 3), step)
            wall.show(str(step + 5), len(wall.tiles) - 1)
    shown = [each for each in wall.tiles if each is not None]
    assert len(shown) == len(set(shown))
    assert 0 <= wall.focused < len(wall.tiles) == wall.columns * wall.rows


def test_a_dark_tile_takes_what_shines_and_nothing_else_moves():
    wall = TileWall(2)
    assert not wall.improve({"1"}, ["3"])
    wall.open_case(7)
    wall.offer(["1", "2", "3"])
    assert not wall.improve({"1"}, [])
    assert not wall.improve({"1"}, ["2"])
    assert wall.improve({"1"}, ["2", "3"])
    assert wall.tiles == ("3", "2")
    wall.show("1", 0)
    assert not wall.improve({"1"}, ["3"])
    assert wall.tiles == ("1", "2")
