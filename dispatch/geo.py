"""Where things are: points with their datum, and ground distances between them.

Storage and every calculation here are WGS-84. GCJ-02 and BD-09 are converted at
the edges (import and map tiles), never inside.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from pyproj import Geod

_GEOD = Geod(ellps="WGS84")
_EARTH_RADIUS_M = 6_378_137.0  # of the Web Mercator sphere, EPSG:3857


@dataclass(frozen=True, slots=True)
class Point:
    """A position on the ground.

    Attributes:
        lon: Longitude in degrees, east positive, -180 to 180.
        lat: Latitude in degrees, north positive, -90 to 90.
        datum: "WGS84" once inside the program.
    """

    lon: float
    lat: float
    datum: str = "WGS84"

    def __post_init__(self) -> None:
        if not (-180.0 <= self.lon <= 180.0 and -90.0 <= self.lat <= 90.0):
            raise ValueError(f"not a position: {self.lon}, {self.lat}")


def distance_m(a: Point, b: Point) -> float:
    """Return the ground distance between two points in metres."""
    return float(_GEOD.inv(a.lon, a.lat, b.lon, b.lat)[2])


def bearing_deg(origin: Point, target: Point) -> float:
    """Return the direction from one point to another, degrees clockwise from north."""
    return float(_GEOD.inv(origin.lon, origin.lat, target.lon, target.lat)[0]) % 360.0


def moved(origin: Point, bearing: float, metres: float) -> Point:
    """Return the point reached by going straight for some ground metres."""
    lon, lat, _ = _GEOD.fwd(origin.lon, origin.lat, bearing, metres)
    return Point(float(lon), float(lat))


def offset_m(origin: Point, target: Point) -> tuple[float, float]:
    """Return how far east and how far north a target lies, in ground metres."""
    azimuth, _, metres = _GEOD.inv(origin.lon, origin.lat, target.lon, target.lat)
    angle = math.radians(float(azimuth))
    return float(metres) * math.sin(angle), float(metres) * math.cos(angle)


@dataclass(frozen=True, slots=True)
class MapFrame:
    """Web Mercator offsets from a town's origin, the coordinates the map draws in.

    One unit is one Mercator metre; on the ground it is `ground_m_per_unit`
    metres (0.858 at 姚庄), so rings and ranges are never drawn in map units.
    """

    origin: Point

    @property
    def ground_m_per_unit(self) -> float:
        """Return how many ground metres one map unit is, near the origin."""
        return math.cos(math.radians(self.origin.lat))

    def to_map(self, point: Point) -> tuple[float, float]:
        """Return a point as (x east, y north) in map units."""
        x0, y0 = _mercator(self.origin.lon, self.origin.lat)
        x, y = _mercator(point.lon, point.lat)
        return x - x0, y - y0

    def to_point(self, x: float, y: float) -> Point:
        """Return the point at a map position."""
        x0, y0 = _mercator(self.origin.lon, self.origin.lat)
        lon = math.degrees((x + x0) / _EARTH_RADIUS_M)
        lat = math.degrees(2 * math.atan(math.exp((y + y0) / _EARTH_RADIUS_M)))
        return Point(lon, lat - 90.0)


@lru_cache(maxsize=4096)
def _mercator(lon: float, lat: float) -> tuple[float, float]:
    x = math.radians(lon) * _EARTH_RADIUS_M
    y = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) * _EARTH_RADIUS_M
    return x, y
