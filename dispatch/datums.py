"""GCJ-02, the shifted datum of China's public maps, into WGS-84; and who looks like it.

Amap and Tencent give positions in it, some 500 m from where things are. Pure.
"""

import math
from typing import Final

from dispatch.geo import Point
from dispatch.grids import GridIndex

_AXIS_M: Final = 6_378_245.0  # of Krasovsky's ellipsoid, on which it was drawn
_FLAT: Final = 0.00669342162296594323
_ROUNDS: Final = 3  # leaves less than a millimetre


def from_gcj(point: Point) -> Point:
    """Return where something is that a public map shows at a point."""
    lon, lat = point.lon, point.lat
    for _ in range(_ROUNDS):
        east, north = _shift(lon, lat)
        lon, lat = point.lon - east, point.lat - north
    return Point(lon, lat)


def to_gcj(point: Point) -> Point:
    """Return where a public map shows something."""
    east, north = _shift(point.lon, point.lat)
    return Point(point.lon + east, point.lat + north)


def if_gcj(point: Point, grids: GridIndex) -> Point | None:
    """Return where a point is if it was taken from a public map, and looks like it.

    It does where it lies in no grid as it stands, and in one when it is converted.
    """
    if grids.grid_of(point):
        return None
    there = from_gcj(point)
    return there if grids.grid_of(there) else None


def _shift(lon: float, lat: float) -> tuple[float, float]:
    """Return how far a public map shifts a place, in degrees east and north."""
    x, y = lon - 105.0, lat - 35.0
    root = math.sqrt(abs(x))
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    both = _waves(x, (6.0, 20.0), (2.0, 20.0))
    east += both + _waves(x, (1.0, 20.0), (1 / 3, 40.0))
    east += _waves(x, (1 / 12, 150.0), (1 / 30, 300.0))
    north += both + _waves(y, (1.0, 20.0), (1 / 3, 40.0))
    north += _waves(y, (1 / 12, 160.0), (1 / 30, 320.0))
    phi = math.radians(lat)
    bend = 1.0 - _FLAT * math.sin(phi) ** 2
    to_north = math.radians(_AXIS_M * (1.0 - _FLAT) / (bend * math.sqrt(bend)))
    to_east = math.radians(_AXIS_M / math.sqrt(bend) * math.cos(phi))
    return east / to_east, north / to_north


def _waves(of: float, *waves: tuple[float, float]) -> float:
    """Return two thirds of some sines, each with its pace and its height."""
    return sum(high * math.sin(pace * of * math.pi) for pace, high in waves) * 2.0 / 3.0
