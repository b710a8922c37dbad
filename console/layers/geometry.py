"""Shapes in map units: rings and cones measured on the ground, sets of outlines."""

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray
from pyqtgraph import functions
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from console.layers.layer import Coordinates, MapView
from console.layers.map_data import Degrees
from dispatch.geo import MapFrame, Point, moved

EARTH_RADIUS_M = 6_378_137.0  # of the Web Mercator sphere, as in `dispatch.geo`
_COARSE_PX = 40.0  # a shape smaller than this is drawn from its simplified outline
_TINY_PX = 1.5  # and one smaller than this not at all


@lru_cache(maxsize=256)
def ground_circle(frame: MapFrame, centre: Point, metres: float) -> QPolygonF:
    """Return the ring of all that lies some ground metres from a point, map units."""
    return polygon_of(
        frame.to_map(moved(centre, bearing, metres)) for bearing in range(0, 360, 5)
    )


@lru_cache(maxsize=4096)
def ground_cone(
    frame: MapFrame, apex: Point, bearing: float, fov: float, metres: float
) -> QPolygonF:
    """Return what a camera can see: a sector of the ground, in map units."""
    steps = max(2, round(fov / 6))
    arc = [
        frame.to_map(moved(apex, bearing - fov / 2 + fov * i / steps, metres))
        for i in range(steps + 1)
    ]
    return polygon_of([frame.to_map(apex), *arc])


def polygon_of(points: Iterable[tuple[float, float]]) -> QPolygonF:
    """Return points as a polygon."""
    return QPolygonF([QPointF(x, y) for x, y in points])


def polygon_from(coordinates: Coordinates) -> QPolygonF:
    """Return an array as a polygon, copied in one piece."""
    polygon = functions.create_qpolygonf(len(coordinates))
    functions.ndarray_from_qpolygonf(polygon)[:] = coordinates
    assert isinstance(polygon, QPolygonF)
    return polygon


def simplified(coordinates: Coordinates, tolerance: float) -> Coordinates:
    """Return a line without the points that stray less than a tolerance from it.

    Douglas and Peucker's rule, without recursion.
    """
    if len(coordinates) < 3:
        return coordinates
    keep = np.zeros(len(coordinates), bool)
    keep[0] = keep[-1] = True
    spans = [(0, len(coordinates) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        start, end = coordinates[first], coordinates[last]
        middle = coordinates[first + 1 : last] - start
        direction = end - start
        length = float(np.hypot(*direction))
        if length > 0:
            away = np.abs(middle[:, 0] * direction[1] - middle[:, 1] * direction[0])
            away /= length
        else:  # a closed ring: its ends lie on each other
            away = np.hypot(middle[:, 0], middle[:, 1])
        farthest = int(np.argmax(away))
        if away[farthest] > tolerance:
            index = first + 1 + farthest
            keep[index] = True
            spans += [(first, index), (index, last)]
    return coordinates[keep]


class ShapeSet:
    """Many outlines, of which each picture takes those it sees, no finer than needed.

    Polygons are made when first needed: a county has far more than a view.
    """

    def __init__(self, outlines: Sequence[Coordinates]) -> None:
        self._outlines = outlines
        self._fine: dict[int, QPolygonF] = {}
        self._coarse: dict[int, QPolygonF] = {}
        self.boxes = boxes_of(outlines)

    def __len__(self) -> int:
        return len(self._outlines)

    def seen(self, view: MapView) -> Iterator[tuple[int, QPolygonF]]:
        """Yield index and outline, in map units, of every shape in a view."""
        if not self._outlines:
            return
        boxes = self.boxes
        size = (boxes[:, 2:] - boxes[:, :2]).max(axis=1) * view.scale
        inside = (
            (boxes[:, 0] <= view.right)
            & (boxes[:, 2] >= view.left)
            & (boxes[:, 1] <= view.top)
            & (boxes[:, 3] >= view.bottom)
            & (size >= _TINY_PX)
        )
        for index in np.flatnonzero(inside):
            yield int(index), self._outline(int(index), float(size[index]))

    def _outline(self, index: int, size_px: float) -> QPolygonF:
        outline = self._outlines[index]
        if size_px >= _COARSE_PX or len(outline) < 8:
            if index not in self._fine:
                self._fine[index] = polygon_from(outline)
            return self._fine[index]
        if index not in self._coarse:
            left, bottom, right, top = self.boxes[index]
            tolerance = max(right - left, top - bottom) / _COARSE_PX
            self._coarse[index] = polygon_from(simplified(outline, tolerance))
        return self._coarse[index]


def degrees_of(points: Sequence[Point]) -> Degrees:
    """Return points as rows of longitude and latitude."""
    return np.array([(point.lon, point.lat) for point in points], float).reshape(-1, 2)


def coordinates_of(frame: MapFrame, degrees: Degrees) -> Coordinates:
    """Return rows of longitude and latitude as rows of map coordinates, all at once.

    The same as `MapFrame.to_map` of each: a county's grids have 3 million points.
    """
    angles = np.radians(degrees)
    found = np.empty_like(angles)
    found[:, 0] = angles[:, 0]
    found[:, 1] = np.log(np.tan(math.pi / 4 + angles[:, 1] / 2))
    # Where longitude and latitude 0 lie in this frame holds both of its constants.
    zero = frame.to_map(Point(0.0, 0.0))
    return np.asarray(found * EARTH_RADIUS_M + np.array(zero))


def all_coordinates_of(
    frame: MapFrame, outlines: Sequence[Degrees]
) -> list[Coordinates]:
    """Return many outlines as rows of map coordinates: a town has thousands of houses."""
    if not outlines:
        return []
    points = coordinates_of(frame, np.concatenate(outlines))
    ends = list(accumulate(len(outline) for outline in outlines))
    return [points[start:end] for start, end in pairwise([0, *ends])]


def boxes_of(outlines: Sequence[Coordinates]) -> NDArray[np.float64]:
    """Return left, lower, right and upper edge of each outline."""
    if not outlines:
        return np.empty((0, 4))
    starts = np.cumsum([0, *(len(outline) for outline in outlines[:-1])])
    points = np.concatenate(outlines)
    low = np.minimum.reduceat(points, starts, axis=0)
    high = np.maximum.reduceat(points, starts, axis=0)
    return np.hstack([low, high])
