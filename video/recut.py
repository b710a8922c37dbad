"""What stands where after a wall was cut anew by hand: each tile keeps its place. Pure."""

from collections.abc import Iterable
from itertools import chain
from math import lcm

from video.layouts import Cell, Layout


def order(old: Layout, new: Layout, kept: int, count: int) -> list[int | None]:
    """Return, for each tile of a new layout, which old one goes on there.

    The same place goes on as it is, a tile that has swallowed another keeps its own
    content, and the first piece of one that was cut has it. What has no place comes
    after all that is seen, first what was seen last: there the next cut finds it.

    Args:
        old: The layout that was.
        new: The layout that is.
        kept: The old tile that was joined or cut.
        count: How many old ones there are, with those that no tile showed.

    Returns:
        Old tiles, each once, in the order of the new ones; None for one that is new.
    """
    columns, rows = lcm(old.columns, new.columns), lcm(old.rows, new.rows)
    before = _scaled(old, columns, rows)
    found: list[int | None] = []
    for cell in _scaled(new, columns, rows):
        corner = (cell.column, cell.row)
        same = (at for at, each in enumerate(before) if each == cell)
        held = (at for at in (kept,) if cell.around(before[at]) == cell)
        first = (
            at for at, each in enumerate(before) if (each.column, each.row) == corner
        )
        found.append(next(chain(same, held, first), None))
    rest: list[int | None] = [each for each in range(count) if each not in found]
    for at, each in enumerate(found):
        if each is None and rest:
            found[at] = rest.pop(0)
    return [*found, *rest]


def same_places(old: Layout, new: Layout, tiles: Iterable[int]) -> frozenset[int]:
    """Return the tiles of a new layout that lie where these lay in the old one."""
    columns, rows = lcm(old.columns, new.columns), lcm(old.rows, new.rows)
    before = _scaled(old, columns, rows)
    meant = [before[at] for at in tiles if at < old.count]
    return frozenset(
        at
        for at, cell in enumerate(_scaled(new, columns, rows))
        if any(cell.meets(each) for each in meant)
    )


def _scaled(layout: Layout, columns: int, rows: int) -> list[Cell]:
    wide, high = columns // layout.columns, rows // layout.rows
    return [
        Cell(each.column * wide, each.row * high, each.wide * wide, each.high * high)
        for each in layout.cells
    ]
