"""Whatever is done to a wall, nothing is lost, and a case takes only its column."""

from collections import Counter
from copy import deepcopy

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from video.layouts import FOUR, LAYOUTS, Cell, Layout, square
from video.tile_content import (
    LANE_NOW,
    OPEN_CASE,
    TOUR,
    TOWN_MAP,
    TileRef,
    camera,
    cameras,
)
from video.wall import TileWall

CONTENTS = [*cameras(list("abcdefghij")), TOWN_MAP, LANE_NOW, TileRef(TOUR, "t1")]
SMALL = [each for each in LAYOUTS if each.count <= 16]
TILES = st.integers(0, 15)
NAMES = "abcdefghijklmnop"
VIEWS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=9, unique=True)
SIDES = st.sampled_from([(1, 0), (0, 1), (-1, 0), (0, -1)])


def counted(wall: TileWall) -> Counter[TileRef]:
    return Counter(each for each in wall.pinned if each is not None)


class Room(RuleBasedStateMachine):
    """One wall, and another that never sees a case.

    Only what is done beside the column is done to the other: at rest both are alike.
    """

    def __init__(self) -> None:
        super().__init__()
        self.wall, self.other = TileWall(), TileWall()
        for each in (self.wall, self.other):
            each.pin(cameras(list("abcd")))
        self.cases: list[int] = []  # the last has the column
        self.left: dict[int, dict[int, TileRef | None]] = {}

    def column(self) -> dict[int, TileRef | None]:
        wall = self.wall
        return {at: wall.tiles[at] for at in wall.case_tiles}

    def put(self, wall: TileWall, tile: int, content: TileRef | None) -> None:
        if content is None:
            wall.clear(tile)
        else:
            wall.show(content, tile)

    def is_beside(self, tile: int) -> bool:
        return self.wall.case_id is None or tile not in self.wall.case_tiles

    def choose_layout(self, layout: Layout) -> None:
        if layout != self.wall.layout:
            self.left.clear()
        for each in (self.wall, self.other):
            each.reshape(layout)

    @rule(tile=TILES, content=st.none() | st.sampled_from(CONTENTS))
    def put_by_hand(self, tile: int, content: TileRef | None) -> None:
        tile %= self.wall.layout.count
        before, had = self.wall.tiles, counted(self.wall)
        self.put(self.wall, tile, content)
        assert self.wall.tiles[tile] == content
        if self.is_beside(tile):
            self.put(self.other, tile, content)
        lost = had - counted(self.wall)
        assert set(lost) <= {before[tile]}
        if before != self.wall.tiles:
            again = deepcopy(self.wall)
            assert again.back(tile)
            assert again.tiles == before

    @rule(tile=TILES)
    def go_back(self, tile: int) -> None:
        tile %= self.wall.layout.count
        done = self.wall.back(tile)
        if self.is_beside(tile):
            assert done == self.other.back(tile)

    @rule(tile=TILES, side=SIDES)
    def change_places(self, tile: int, side: tuple[int, int]) -> None:
        wall = self.wall
        wall.focused = tile = tile % wall.layout.count
        there = wall.layout.neighbour(tile, *side)
        before = wall.tiles
        if wall.move(*side):
            assert (wall.tiles[tile], wall.tiles[there]) == (
                before[there],
                before[tile],
            )
            assert wall.focused == there
            for at in (tile, there):
                if self.is_beside(at):
                    self.put(self.other, at, wall.tiles[at])

    @rule(
        layout=st.sampled_from(SMALL),
        contents=st.lists(
            st.none() | st.sampled_from(CONTENTS),
            max_size=9,
            unique_by=lambda each: each or object(),
        ),
    )
    def call_a_scene(self, layout: Layout, contents: list[TileRef | None]) -> None:
        self.choose_layout(layout)
        held = self.column()
        for each in (self.wall, self.other):
            each.pin(contents[: layout.count])
        padded = [*contents, *[None] * layout.count][: layout.count]
        for at in range(layout.count):
            if self.is_beside(at):
                assert self.wall.tiles[at] == padded[at], "at once, beside the column"
        if self.wall.case_id is not None:
            now = self.column()
            kept = {at: now[at] for at, content in held.items() if content is not None}
            assert {**held, **kept} == held, "in the column not before the end"

    @rule(case_id=st.integers(1, 3), views=VIEWS)
    def alarm(self, case_id: int, views: list[str]) -> None:
        if case_id in self.cases:
            return
        if self.cases:
            self.left[self.cases[-1]] = self.column()
        self.wall.open_case(case_id, waiting=self.cases)
        self.cases.append(case_id)
        self.wall.offer(views)
        beside = {
            each for at, each in enumerate(self.wall.cameras) if self.is_beside(at)
        }
        meant = [each for each in views if each not in beside]
        shown = [each and each.camera_id for each in self.column().values()]
        assert shown == [*meant, *[None] * len(shown)][: len(shown)]

    @precondition(lambda self: self.cases)
    @rule(data=st.data())
    def end(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(self.cases))
        self.cases.remove(gone)
        self.left.pop(gone, None)
        back = self.cases[-1] if self.cases else None
        self.wall.open_case(back, waiting=self.cases)
        if back in self.left:
            assert self.column() == self.left.pop(back), "the first comes back"
        self.wall.offer(data.draw(VIEWS))

    @rule(views=VIEWS)
    def offer(self, views: list[str]) -> None:
        self.wall.offer(views)

    @rule(dark=st.sampled_from(NAMES), shining=VIEWS)
    def improve(self, dark: str, shining: list[str]) -> None:
        self.wall.improve({dark}, shining)

    @rule(first=st.booleans())
    def turn(self, first: bool) -> None:
        if first:
            self.wall.best()
        else:
            self.wall.next_views()

    @rule(tile=TILES)
    def enlarge_and_return(self, tile: int) -> None:
        self.wall.focused, before = tile % self.wall.layout.count, self.wall.tiles
        self.wall.enlarged = True
        self.wall.enlarged = False
        assert self.wall.tiles == before

    @rule(layout=st.sampled_from(SMALL))
    def have_a_layout(self, layout: Layout) -> None:
        self.choose_layout(layout)

    @rule(tile=TILES, side=st.none() | SIDES)
    def cut(self, tile: int, side: tuple[int, int] | None) -> None:
        old, before = self.wall.layout, self.wall.tiles
        tile %= old.count
        new = old.split(tile) if side is None else old.joined(tile, *side)
        if new.count > 24:
            return
        self.left.clear()
        was_beside = self.is_beside(tile)
        for each in (self.wall, self.other):
            each.focused = tile
            each.reshape(new, by_place=True)
        finer = new.columns // old.columns
        for at, cell in enumerate(old.cells):
            scaled = Cell(*(finer * each for each in astuple(cell)))
            if scaled in new.cells and before[at] is not None:
                there = self.wall.tiles[new.cells.index(scaled)]
                assert there == before[at], "the others keep their place"
        now = self.wall.focused
        if before[tile] is not None and was_beside == self.is_beside(now):
            assert self.wall.tiles[now] == before[tile], (
                "the column did not grow over it"
            )

    @rule(tiles=st.none() | st.frozensets(st.integers(0, 12)))
    def choose_the_column(self, tiles: frozenset[int] | None) -> None:
        self.left.clear()
        for each in (self.wall, self.other):
            each.alarm_tiles = tiles

    @invariant()
    def at_rest_there_never_was_a_case(self) -> None:
        wall, other = self.wall, self.other
        assert wall.pinned == other.pinned
        assert wall.alarm_tiles == other.alarm_tiles
        for at, content in enumerate(wall.tiles):
            if self.is_beside(at):
                assert content == wall.resting[at]
                assert wall.previous(at) == other.previous(at) or self.cases

    @invariant()
    def nothing_stands_twice(self) -> None:
        assert max(counted(self.wall).values(), default=1) == 1
        column = Counter(each for each in self.column().values() if each is not None)
        assert max(column.values(), default=1) == 1

    @invariant()
    def every_tile_is_one(self) -> None:
        wall = self.wall
        assert 0 <= wall.focused < len(wall.tiles) == wall.layout.count


def astuple(cell: Cell) -> tuple[int, int, int, int]:
    return cell.column, cell.row, cell.wide, cell.high


TestRoom = Room.TestCase
TestRoom.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


def test_a_second_case_takes_the_column_and_the_first_comes_back_as_it_was():
    wall = TileWall(square(3))
    wall.pin(cameras(list("123456789")))
    wall.alarm_tiles = frozenset({1, 4, 7})
    resting = wall.tiles
    wall.open_case(1)
    wall.offer(list("abcd"))
    wall.show(camera("far"), 4)
    first = wall.tiles
    wall.open_case(2, waiting=[1])
    wall.offer(list("xyz"))
    assert [wall.cameras[at] for at in (1, 4, 7)] == ["x", "y", "z"]
    wall.open_case(1)
    assert wall.tiles == first
    wall.offer(list("abcd"))
    assert wall.tiles == first
    wall.open_case(None)
    assert wall.tiles == resting


def test_what_was_before_a_case_can_be_gone_back_to_during_and_after_it():
    wall = TileWall()
    for each in "123":
        wall.show(camera(each), 0)
    wall.open_case(7)
    wall.offer(list("abcd"))
    assert wall.back(0)
    assert wall.cameras == ("3", "b", "c", "d"), "what stood there before the case"
    wall.open_case(None)
    assert wall.cameras[0] == "3"
    assert wall.back(0)
    assert wall.cameras[0] == "2"


def test_turning_the_views_over_marks_nothing_as_called():
    wall = TileWall()
    wall.open_case(7)
    wall.offer(list("abcdefgh"))
    wall.show(camera("far"), 0)
    assert not wall.improve({"far"}, ["e"])
    wall.next_views()
    assert wall.cameras == ("e", "f", "g", "h")
    assert wall.improve({"e"}, ["a"]), "a dead view gives way to another"
    assert wall.cameras == ("a", "f", "g", "h")
    wall.best()
    assert wall.improve({"b"}, ["h"])
    assert wall.cameras == ("a", "h", "c", "d")
    assert wall.back(1)


def test_retired_cameras_do_not_come_back():
    wall = TileWall()
    wall.pin(cameras(["1", "2"]))
    wall.show(camera("3"), 0)
    wall.open_case(7)
    wall.offer(["2", "a"])
    wall.open_case(8, waiting=[7])
    wall.forget(["3", "a"])
    wall.open_case(7)
    assert "2" not in wall.cameras
    wall.open_case(None)
    assert wall.cameras == ("3", None, None, None)
    while wall.back(0):
        assert wall.cameras[0] in (None, "3")


def test_a_join_is_taken_back_with_all_that_stood_there():
    wall = TileWall(square(3))
    wall.pin(cameras(list("123456789")))
    wall.alarm_tiles = frozenset({4, 5})
    wall.focused = 4
    wall.reshape(wall.layout.joined(4, 1, 0), by_place=True)
    assert wall.cameras == tuple("12345789")
    assert wall.alarm_tiles == {4, 8}, "the column stays where it was"
    assert wall.case_tiles == (4,)
    wall.reshape(square(3), by_place=True)
    assert wall.cameras == tuple("123456789")
    assert wall.case_tiles == (4, 5)
    wall.focused = 0
    wall.reshape(wall.layout.split(0), by_place=True)
    assert [wall.cameras[at] for at in (0, 2, 3)] == ["1", "2", "3"]
    assert wall.focused_camera == "1"


def test_a_column_in_which_the_open_case_itself_stands_takes_no_other_tile():
    wall = TileWall(FOUR)
    wall.pin([OPEN_CASE, *cameras(list("123"))])
    wall.alarm_tiles = frozenset({0})
    wall.open_case(7)
    wall.offer(list("abcd"))
    assert wall.tiles == (OPEN_CASE, *cameras(list("123")))
