"""The tree of grids, and which grid a point lies in.

Nodes may have no area: organisations stand in the tree without a polygon.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from dispatch.geo import Point, moved

# How far outside the town's outline a position is still believed: an outline is
# drawn along a river, a detector hangs on the other bank.
TOWN_MARGIN_M = 2_000.0
# How far from the map's origin is "the town" where no outline is known.
TOWN_RADIUS_M = 30_000.0

_CELL_DEG = 0.01
_LEVELS = ("grid", "community", "town")


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A node of the tree: town, village or community, grid, organisation.

    Attributes:
        code: 9 digits for a town, 12 for a village or community, 15 for a grid.
        name: 桃源新邨第三网格.
        level: "town", "community", "grid" or "organisation".
        parent: Code of the node above; empty for the town.
        kind: "base" 基础网格 or "dedicated" 专属网格; empty above grid level.
        outline: Outer ring as points, not closed; empty where it has no area.
        leader_unit_id: 网格长.
        worker_unit_ids: 专职 and 兼职网格员.
    """

    code: str
    name: str
    level: str
    parent: str = ""
    kind: str = ""
    outline: tuple[Point, ...] = ()
    leader_unit_id: str = ""
    worker_unit_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Town:
    """What a desk must know of the town before it paints anything.

    Attributes:
        code: 9-digit statistical code.
        name: 姚庄镇.
        origin: The map's origin.
        timezone: IANA name; every clock shown is in it.
        is_demo: 演示数据 stands on every window.
    """

    code: str
    name: str
    origin: Point
    timezone: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A bounding box in degrees; the cheap test before the exact one."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, point: Point) -> bool:
        """Return whether a point lies in the box."""
        return (
            self.west <= point.lon <= self.east
            and self.south <= point.lat <= self.north
        )

    def wider(self, metres: float) -> "Box":
        """Return the box with a margin of some ground metres on every side."""
        southwest = Point(self.west, self.south)
        northeast = Point(self.east, self.north)
        return Box(
            moved(southwest, 270.0, metres).lon,
            moved(southwest, 180.0, metres).lat,
            moved(northeast, 90.0, metres).lon,
            moved(northeast, 0.0, metres).lat,
        )


def box_of(points: Iterable[Point]) -> Box | None:
    """Return the box around some points, or None where there are none."""
    found = tuple(points)
    return _box_around(found) if found else None


def _box_around(points: tuple[Point, ...]) -> Box:
    lons = [point.lon for point in points]
    lats = [point.lat for point in points]
    return Box(min(lons), min(lats), max(lons), max(lats))


def _union_of(boxes: list[Box]) -> Box | None:
    if not boxes:
        return None
    return Box(
        min(box.west for box in boxes),
        min(box.south for box in boxes),
        max(box.east for box in boxes),
        max(box.north for box in boxes),
    )


def middle_of(outline: tuple[Point, ...]) -> Point | None:
    """Return the middle of a ring's box, or None where there is no ring."""
    box = box_of(outline)
    if box is None:
        return None
    return Point((box.west + box.east) / 2, (box.south + box.north) / 2)


def outline_holds(outline: tuple[Point, ...], point: Point) -> bool:
    """Return whether a point lies inside a ring (closed by itself)."""
    inside = False
    if len(outline) < 3:
        return False
    before = outline[-1]
    for corner in outline:
        if (corner.lat > point.lat) != (before.lat > point.lat):
            crossing = (before.lon - corner.lon) * (point.lat - corner.lat) / (
                before.lat - corner.lat
            ) + corner.lon
            if point.lon < crossing:
                inside = not inside
        before = corner
    return inside


# The box of each grid, by its code, and the grid that it is the box of.
GridBoxes = dict[str, tuple[Grid, Box]]


class GridIndex:
    """Which grid a point lies in, and whether a point is in the town at all.

    Args:
        grids: The whole tree; nodes without an outline are passed over.
        origin: The map's origin, the middle of a town without outlines; None where
            no town is known yet.
        boxes: What an earlier index found out, and this one adds to: while a city's
            grids come in by batches, each index anew would hold the writer up.
    """

    def __init__(
        self,
        grids: Iterable[Grid],
        *,
        origin: Point | None,
        boxes: GridBoxes | None = None,
    ) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Box, Grid]]] = {}
        known: GridBoxes = {} if boxes is None else boxes
        held_boxes: list[Box] = []
        for grid in grids:
            if grid.level not in _LEVELS or not grid.outline:
                continue
            found = known.get(grid.code)
            if found is None or found[0] is not grid:
                found = known[grid.code] = grid, _box_around(grid.outline)
            box = found[1]
            held_boxes.append(box)
            for cell in _cells_of(box):
                self._cells.setdefault(cell, []).append((box, grid))
        for held in self._cells.values():
            held.sort(key=_finest_first)
        self._town: Box | None = None
        around = _union_of(held_boxes)
        if around is not None:
            self._town = around.wider(TOWN_MARGIN_M)
        elif origin is not None:
            self._town = _around(origin)

    def grid_of(self, point: Point) -> str:
        """Return the code of the finest area around a point, or ""."""
        for box, grid in self._cells.get(_cell_of(point.lon, point.lat), ()):
            if box.holds(point) and outline_holds(grid.outline, point):
                return grid.code
        return ""

    def in_town(self, point: Point, *, home: Point | None = None) -> bool:
        """Return whether a point lies in the town or near its edge.

        Args:
            point: The point.
            home: Where its sender is enrolled; the middle of what is believed
                where no town is known. Without either every point is.
        """
        if self._town is not None:
            return self._town.holds(point)
        return home is None or _around(home).holds(point)


def _around(middle: Point) -> Box:
    box = Box(middle.lon, middle.lat, middle.lon, middle.lat)
    return box.wider(TOWN_RADIUS_M)


def _cell_of(lon: float, lat: float) -> tuple[int, int]:
    return math.floor(lon / _CELL_DEG), math.floor(lat / _CELL_DEG)


def _cells_of(box: Box) -> Iterable[tuple[int, int]]:
    west, south = _cell_of(box.west, box.south)
    east, north = _cell_of(box.east, box.north)
    for column in range(west, east + 1):
        for row in range(south, north + 1):
            yield column, row


def _finest_first(held: tuple[Box, Grid]) -> tuple[int, float, str]:
    box, grid = held
    area = (box.east - box.west) * (box.north - box.south)
    return _LEVELS.index(grid.level), area, grid.code
