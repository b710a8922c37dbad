"""How the demonstration's people and vehicles get about: along the town's roads."""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from random import Random

from dispatch.geo import Point, bearing_deg, distance_m, moved
from dispatch.importing_files import MapLine

STEP_M = 25.0  # roads are known by points at most so far apart
JOIN_M = 15.0  # points of two roads so near are one crossing
FAR_M = 0.5
MOST_DETOUR = 3.0  # a way by road longer than that is not gone by road
_CELL_M = 50.0
_M_PER_DEGREE = 111_320.0

_Cell = tuple[int, int]


class RoadNet:
    """The roads of a town as a net to walk in.

    Thread: whoever made it; it is never altered.
    """

    def __init__(self, roads: Iterable[MapLine]) -> None:
        self._points: list[Point] = []
        self._xy: list[tuple[float, float]] = []
        self._links: list[list[tuple[int, float]]] = []
        self._cells: defaultdict[_Cell, list[int]] = defaultdict(list)
        self._shrink: float | None = None
        for road in roads:
            self._add(list(_in_steps(road.points)))
        self._join()

    def route(self, start: Point, end: Point) -> list[Point] | None:
        """Return the way along roads, or None where there is none worth going."""
        first, last = self._nearest(start), self._nearest(end)
        if first is None or last is None:
            return None
        path = self._shortest(first, last, most=self._limit(start, end))
        if path is None:
            return None
        return [*(self._points[node] for node in path), end]

    def somewhere(self, around: Point, metres: float, random: Random) -> Point | None:
        """Return a point on a road near a place, or None where no road is."""
        x, y = self._flat(around)
        reach = [
            node
            for node in self._around(x, y, metres)
            if math.dist(self._xy[node], (x, y)) <= metres
        ]
        return self._points[random.choice(reach)] if reach else None

    # -- inside ---------------------------------------------------------------

    def _add(self, points: list[Point]) -> None:
        before: int | None = None
        for point in points:
            node = len(self._points)
            x, y = self._flat(point)
            self._points.append(point)
            self._xy.append((x, y))
            self._links.append([])
            self._cells[_cell(x, y)].append(node)
            if before is not None:
                self._link(before, node)
            before = node

    def _join(self) -> None:
        for node, (x, y) in enumerate(self._xy):
            for other in self._around(x, y, JOIN_M):
                near = math.dist(self._xy[other], (x, y)) <= JOIN_M
                if other > node and near:
                    self._link(node, other)

    def _link(self, one: int, other: int) -> None:
        metres = math.dist(self._xy[one], self._xy[other])
        self._links[one].append((other, metres))
        self._links[other].append((one, metres))

    def _flat(self, point: Point) -> tuple[float, float]:
        if self._shrink is None:
            self._shrink = math.cos(math.radians(point.lat))
        return (
            point.lon * self._shrink * _M_PER_DEGREE,
            point.lat * _M_PER_DEGREE,
        )

    def _around(self, x: float, y: float, metres: float) -> Iterator[int]:
        west, south = _cell(x - metres, y - metres)
        east, north = _cell(x + metres, y + metres)
        for column in range(west, east + 1):
            for row in range(south, north + 1):
                yield from self._cells.get((column, row), ())

    def _nearest(self, point: Point) -> int | None:
        at = self._flat(point)
        for metres in (100.0, 400.0, 1600.0):
            reach = self._around(*at, metres)
            found = min(
                reach, key=lambda node: math.dist(self._xy[node], at), default=None
            )
            if found is not None:
                return found
        return None

    def _limit(self, start: Point, end: Point) -> float:
        return MOST_DETOUR * math.dist(self._flat(start), self._flat(end)) + 200.0

    def _shortest(self, first: int, last: int, *, most: float) -> list[int] | None:
        goal = self._xy[last]
        gone = {first: 0.0}
        came: dict[int, int] = {}
        waiting = [(math.dist(self._xy[first], goal), first)]
        done: set[int] = set()
        while waiting:
            guess, node = heapq.heappop(waiting)
            if node == last:
                return _back(came, last)
            if node in done or guess > most:
                continue
            done.add(node)
            for other, metres in self._links[node]:
                there = gone[node] + metres
                if there < gone.get(other, math.inf):
                    gone[other] = there
                    came[other] = node
                    left = math.dist(self._xy[other], goal)
                    heapq.heappush(waiting, (there + left, other))
        return None


class Walker:
    """Someone on the way: where, and what lies before them.

    Attributes:
        at: Where they are.
        way: The corners still to come.
        heading: Degrees clockwise from north; None before the first step.
    """

    def __init__(self, at: Point) -> None:
        self.at = at
        self.way: list[Point] = []
        self.heading: float | None = None

    def go(self, metres: float) -> None:
        """Go so far along the way, or to its end."""
        left = metres
        while self.way and left > 0:
            ahead = distance_m(self.at, self.way[0])
            if ahead > FAR_M:
                self.heading = bearing_deg(self.at, self.way[0])
            if ahead <= left + FAR_M:
                self.at = self.way.pop(0)
                left -= ahead
            elif self.heading is not None:
                self.at = moved(self.at, self.heading, left)
                return

    def seek(self, end: Point, roads: RoadNet | None) -> None:
        """Set out for a place: along the roads, else round the corner as lanes run."""
        if distance_m(self.at, end) < 25:
            self.way = [end]
            return
        found = None if roads is None else roads.route(self.at, end)
        self.way = found or [Point(end.lon, self.at.lat), end]


def _back(came: dict[int, int], node: int) -> list[int]:
    path = [node]
    while node in came:
        node = came[node]
        path.append(node)
    return path[::-1]


def _cell(x: float, y: float) -> _Cell:
    return math.floor(x / _CELL_M), math.floor(y / _CELL_M)


def _in_steps(points: tuple[Point, ...]) -> Iterator[Point]:
    """Yield a line's corners, and points between them where they lie far apart."""
    for start, end in pairwise(points):
        parts = max(1, math.ceil(distance_m(start, end) / STEP_M))
        for part in range(parts):
            share = part / parts
            yield Point(
                start.lon + share * (end.lon - start.lon),
                start.lat + share * (end.lat - start.lat),
            )
    yield points[-1]
