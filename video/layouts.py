"""How a wall is cut into tiles: the layouts there are, and those made by hand. Pure.

A layout is a grid and the cells that cover it without gap or overlap, in reading order,
so that the first tile is the one that an eye and the best view come to first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

MOST_UNITS: Final = 16  # columns, or rows, of a grid made by hand
MOST_TILES: Final = 64
FREE: Final = "free"


class LayoutError(ValueError):
    """A text, or cells, that are no layout."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of one tile, in units of the grid."""

    column: int
    row: int
    wide: int = 1
    high: int = 1

    @property
    def right(self) -> int:
        """Return the first column beside it."""
        return self.column + self.wide

    @property
    def bottom(self) -> int:
        """Return the first row under it."""
        return self.row + self.high

    def meets(self, other: "Cell") -> bool:
        """Return whether two cells overlap."""
        return (
            self.column < other.right
            and other.column < self.right
            and self.row < other.bottom
            and other.row < self.bottom
        )

    def around(self, other: "Cell") -> "Cell":
        """Return the smallest cell that holds both."""
        column, row = min(self.column, other.column), min(self.row, other.row)
        return Cell(
            column,
            row,
            max(self.right, other.right) - column,
            max(self.bottom, other.bottom) - row,
        )


def _covers(columns: int, rows: int, cells: Sequence[Cell]) -> bool:
    if not cells or any(min(each.wide, each.high) < 1 for each in cells):
        return False
    if sum(each.wide * each.high for each in cells) != columns * rows:
        return False  # before anything is counted out: a text may say any number
    units = [
        (x, y)
        for each in cells
        for x in range(each.column, each.right)
        for y in range(each.row, each.bottom)
    ]
    every = {(x, y) for x in range(columns) for y in range(rows)}
    return len(units) == len(every) and set(units) == every


@dataclass(frozen=True, slots=True)
class Layout:
    """A wall's tiles.

    Attributes:
        name: What it is called: "2x2", "1+5"; `FREE` where somebody made it.
        columns: Width of the grid, in units.
        rows: Height of the grid, in units.
        cells: Where each tile lies, in reading order.
    """

    name: str
    columns: int
    rows: int
    cells: tuple[Cell, ...]

    def __post_init__(self) -> None:
        if not self.cells or not _covers(self.columns, self.rows, self.cells):
            raise LayoutError(self.name)

    @property
    def count(self) -> int:
        """Return how many tiles there are."""
        return len(self.cells)

    def neighbour(self, tile: int, right: int, down: int) -> int:
        """Return the tile beside one; the tile itself at the edge.

        Of several beside a large one it is the topmost, or the leftmost: so every tile
        can be reached from every other.
        """
        cell = self.cells[tile]
        for index, other in enumerate(self.cells):  # the first in reading order
            if right:
                at = (
                    other.column == cell.right
                    if right > 0
                    else other.right == cell.column
                )
                beside = other.row < cell.bottom and cell.row < other.bottom
            else:
                at = other.row == cell.bottom if down > 0 else other.bottom == cell.row
                beside = other.column < cell.right and cell.column < other.right
            if at and beside and (right or down):
                return index
        return tile

    def joined(self, tile: int, right: int, down: int) -> "Layout":
        """Return the layout in which a tile has swallowed its neighbour.

        What would be left of a tile cut in two goes with it, so that the tile stays a
        rectangle. At the edge the layout stays.
        """
        other = self.neighbour(tile, right, down)
        if other == tile:
            return self
        whole = self.cells[tile].around(self.cells[other])
        rest = list(self.cells)
        while met := [each for each in rest if each.meets(whole)]:
            rest = [each for each in rest if each not in met]
            for each in met:
                whole = whole.around(each)
        return made(self.columns, self.rows, [whole, *rest])

    def split(self, tile: int) -> "Layout":
        """Return the layout in which a tile is cut into four, or as its size allows.

        Where it is as small as the grid, the grid becomes finer. Where there would be
        too many tiles the layout stays.
        """
        layout, cell = self, self.cells[tile]
        if cell.wide == cell.high == 1:
            if 2 * max(self.columns, self.rows) > MOST_UNITS:
                return self
            layout = self._finer()
            cell = layout.cells[tile]
        across, along = _parts(cell.wide), _parts(cell.high)
        if self.count - 1 + across * along > MOST_TILES:
            return self
        wide, high = cell.wide // across, cell.high // along
        pieces = [
            Cell(cell.column + x * wide, cell.row + y * high, wide, high)
            for y in range(along)
            for x in range(across)
        ]
        rest = [each for each in layout.cells if each != cell]
        return made(layout.columns, layout.rows, [*rest, *pieces])

    def _finer(self) -> "Layout":
        cells = tuple(
            Cell(2 * each.column, 2 * each.row, 2 * each.wide, 2 * each.high)
            for each in self.cells
        )
        return replace(
            self, name=FREE, columns=2 * self.columns, rows=2 * self.rows, cells=cells
        )

    def __str__(self) -> str:
        """Return the text that `parse` reads."""
        if self.name != FREE:
            return self.name
        cells = ";".join(
            f"{each.column},{each.row},{each.wide},{each.high}" for each in self.cells
        )
        return f"{FREE}:{self.columns}x{self.rows}:{cells}"


def made(columns: int, rows: int, cells: Iterable[Cell]) -> Layout:
    """Return a layout made by hand; one that there is already has its name."""
    ordered = tuple(sorted(cells, key=lambda each: (each.row, each.column)))
    layout = Layout(FREE, columns, rows, ordered)
    for known in LAYOUTS:
        if (known.columns, known.rows, known.cells) == (columns, rows, ordered):
            return known
    return layout


def square(side: int) -> Layout:
    """Return so many tiles in a row, in as many rows."""
    cells = tuple(Cell(x, y) for y in range(side) for x in range(side))
    return Layout("1" if side == 1 else f"{side}x{side}", side, side, cells)


def _with_large(name: str, side: int, *large: Cell) -> Layout:
    """Return a grid with some large cells, the rest of it cut into its units."""
    small = [Cell(x, y) for y in range(side) for x in range(side)]
    rest = [each for each in small if not any(each.meets(one) for one in large)]
    cells = sorted([*large, *rest], key=lambda each: (each.row, each.column))
    return Layout(name, side, side, tuple(cells))


#: In the order in which one key steps through them: by the number of tiles.
LAYOUTS: Final = (
    square(1),
    square(2),
    _with_large("1+5", 3, Cell(0, 0, 2, 2)),
    _with_large("1+7", 4, Cell(0, 0, 3, 3)),
    square(3),
    _with_large("2+8", 4, Cell(0, 0, 2, 2), Cell(2, 0, 2, 2)),
    square(4),
    square(5),
    square(6),
    square(7),
    square(8),
)
FOUR: Final = LAYOUTS[1]


def following(layout: Layout, step: int = 1, *, own: Layout | None = None) -> Layout:
    """Return the layout after this one, round and round.

    Args:
        layout: The present one.
        step: 1 for the next, -1 for the one before.
        own: One made by hand, which comes after all the others.
    """
    row = LAYOUTS if own is None or own in LAYOUTS else (*LAYOUTS, own)
    return row[(row.index(layout) + step) % len(row)] if layout in row else row[0]


def parse(text: str) -> Layout:
    """Return the layout that a text names.

    Raises:
        LayoutError: It names none.
    """
    for layout in LAYOUTS:
        if layout.name == text:
            return layout
    try:
        name, grid, cells = text.split(":")
        columns, rows = map(int, grid.split("x"))
        read = [Cell(*map(int, each.split(","))) for each in cells.split(";")]
    except (ValueError, TypeError):
        raise LayoutError(text) from None
    sizes = (columns, rows, *(max(each.wide, each.high) for each in read))
    if name != FREE or max(sizes) > MOST_UNITS or len(read) > MOST_TILES:
        raise LayoutError(text)
    return made(columns, rows, read)


def known(text: str) -> Layout | None:
    """Return the layout that a kept text names; None where it names none today."""
    try:
        return parse(text)
    except LayoutError:
        return None


def _parts(size: int) -> int:
    return 2 if size % 2 == 0 else size
