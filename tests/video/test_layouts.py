import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.layouts import (
    FOUR,
    FREE,
    LAYOUTS,
    MOST_TILES,
    Cell,
    Layout,
    LayoutError,
    following,
    made,
    parse,
    square,
)

ARROWS = ((1, 0), (-1, 0), (0, 1), (0, -1))


@st.composite
def layouts(draw):
    """Give what a hand may make of a layout, by joining and splitting."""
    layout = draw(st.sampled_from(LAYOUTS))
    for _ in range(draw(st.integers(0, 6))):
        tile = draw(st.integers(0, layout.count - 1))
        arrow = draw(st.sampled_from([*ARROWS, None]))
        layout = layout.joined(tile, *arrow) if arrow else layout.split(tile)
    return layout


def assert_whole(layout: Layout) -> None:
    units = [
        (x, y)
        for cell in layout.cells
        for x in range(cell.column, cell.right)
        for y in range(cell.row, cell.bottom)
    ]
    assert len(units) == len(set(units)) == layout.columns * layout.rows
    assert all(0 <= x < layout.columns and 0 <= y < layout.rows for x, y in units)


def test_there_are_layouts_of_one_to_sixty_four_tiles():
    counts = {layout.name: layout.count for layout in LAYOUTS}
    assert [counts[f"{n}x{n}"] for n in range(2, 9)] == [4, 9, 16, 25, 36, 49, 64]
    assert (counts["1"], counts["1+5"], counts["1+7"], counts["2+8"]) == (1, 6, 8, 10)
    assert sorted(counts.values()) == list(counts.values())


def test_the_large_tile_comes_first():
    sizes = {
        layout.name: [cell.wide for cell in layout.cells[:3]] for layout in LAYOUTS
    }
    assert sizes["1+5"] == [2, 1, 1]
    assert sizes["1+7"] == [3, 1, 1]
    assert sizes["2+8"] == [2, 2, 1]


@given(layouts())
def test_cells_cover_the_grid_without_overlap(layout):
    assert_whole(layout)
    assert layout.count <= MOST_TILES


@given(layouts())
def test_every_tile_is_reached_by_arrows_from_every_other(layout):
    beside = [
        {layout.neighbour(tile, *arrow) for arrow in ARROWS}
        for tile in range(layout.count)
    ]
    everything = set(range(layout.count))
    for begin in {0, layout.count - 1, layout.count // 2}:
        reached, edge = {begin}, {begin}
        while edge:
            edge = {each for tile in edge for each in beside[tile]} - reached
            reached |= edge
        assert reached == everything


@given(layouts())
def test_a_layout_is_kept_as_a_text(layout):
    assert parse(str(layout)) == layout


@given(layouts(), st.data())
def test_joining_leaves_fewer_tiles_and_splitting_more(layout, data):
    tile = data.draw(st.integers(0, layout.count - 1))
    for arrow in ARROWS:
        joined = layout.joined(tile, *arrow)
        assert joined == layout or joined.count < layout.count
    split = layout.split(tile)
    assert split == layout or split.count > layout.count


def test_a_tile_swallows_its_neighbour_and_what_would_be_cut():
    large = FOUR.joined(0, 1, 0)
    assert large.cells == (Cell(0, 0, 2, 1), Cell(0, 1), Cell(1, 1))
    assert large.name == FREE
    assert large.joined(0, 0, 1).cells == (Cell(0, 0, 2, 2),)
    assert FOUR.joined(0, -1, 0) == FOUR
    one_and_five = next(each for each in LAYOUTS if each.name == "1+5")
    # From below the large one: it cannot take half of it.
    assert one_and_five.joined(3, 0, -1).cells[0] == Cell(0, 0, 2, 3)


def test_what_is_made_again_by_hand_has_its_name_again():
    apart = FOUR.joined(0, 1, 0)
    assert apart.split(0) == FOUR
    assert square(1).split(0) == FOUR


def test_a_single_tile_is_cut_into_four_in_a_finer_grid():
    split = FOUR.split(3)
    assert (split.columns, split.rows, split.count) == (4, 4, 7)
    assert square(8).split(0) == square(8)  # no room for more tiles


def test_one_key_goes_round_and_comes_by_what_was_made_by_hand():
    own = FOUR.split(0)
    seen, layout = [], LAYOUTS[0]
    for _ in range(len(LAYOUTS) + 1):
        seen.append(layout)
        layout = following(layout, own=own)
    assert seen == [*LAYOUTS, own]
    assert layout == LAYOUTS[0] == following(LAYOUTS[1], -1)
    assert following(own) == LAYOUTS[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "9x9",
        "free",
        "free:2x2:",
        "free:2x2:0,0,2,2;0,0,1,1",
        "free:2x2:0,0,1,1",
        "free:2x2:a",
        "free:2x2:0,0,3,3",
        "free:2x2:0,0,1,1,1",
        "free:99x1:0,0,99,1",
        "else:1x1:0,0,1,1",
        "free:0x0:",
        "free:1x1:0,0,0,0",
        "free:0x0:0,0,0,0",
        "free:1x1:0,0,1,1;0,0,0,1",
    ],
)
def test_what_is_no_layout_is_refused(text):
    with pytest.raises(LayoutError):
        parse(text)


def test_cells_that_leave_a_gap_are_refused():
    with pytest.raises(LayoutError):
        made(2, 1, [Cell(0, 0)])
