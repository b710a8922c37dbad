"""Say whether something known stands between a camera and the place it shall show. Pure.

Buildings and fences are given by their corners, in ground metres east and north of the
place. How high they are nobody knows: all of them are too high to look over.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

#: What stands so near either end is what a camera hangs on, or what is looked at.
_AT_THE_END_M: Final = 3.0

Spot = tuple[float, float]
#: A line of corners. One that ends where it begins is a building.
Outline = Sequence[Spot]


@dataclass(frozen=True, slots=True)
class _Boxed:
    """An outline and the box round it, by which most are passed over at once."""

    west: float
    south: float
    east: float
    north: float
    outline: Outline


class Obstacles:
    """What stands about one place.

    Thread: any; it never changes.
    """

    def __init__(self, outlines: Iterable[Outline] = ()) -> None:
        self._boxed = tuple(_boxed(each) for each in outlines if len(each) > 1)

    def hide(self, camera: Spot) -> bool:
        """Return whether something stands between a camera and the place.

        The building that the place lies in is what is looked at, and on which side of
        the one it is registered in a camera hangs nobody knows: neither hides it.
        """
        west, east = sorted((0.0, camera[0]))
        south, north = sorted((0.0, camera[1]))
        return any(
            each.west <= east
            and each.east >= west
            and each.south <= north
            and each.north >= south
            and _hides(each.outline, camera)
            for each in self._boxed
        )


def _boxed(outline: Outline) -> _Boxed:
    east, north = zip(*outline, strict=True)
    return _Boxed(min(east), min(north), max(east), max(north), outline)


def _hides(outline: Outline, camera: Spot) -> bool:
    if not any(_crossed(outline, camera)):
        return False
    is_building = len(outline) > 3 and outline[0] == outline[-1]
    return not (
        is_building and (_inside((0.0, 0.0), outline) or _inside(camera, outline))
    )


def _crossed(outline: Outline, camera: Spot) -> Iterator[bool]:
    """Say of each side that the line of sight meets whether it does so on its way."""
    x, y = camera
    away = math.hypot(x, y)
    for (x1, y1), (x2, y2) in pairwise(outline):
        # On which side of the line of sight the two corners lie.
        first, second = x * y1 - y * x1, x * y2 - y * x2
        if (first > 0.0) == (second > 0.0):
            continue
        share = first / (first - second)
        at_x, at_y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
        from_place = (at_x * x + at_y * y) / away
        yield _AT_THE_END_M < from_place < away - _AT_THE_END_M


def _inside(spot: Spot, ring: Outline) -> bool:
    x, y = spot
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside
