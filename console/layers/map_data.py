"""What lies under everything: roads, waters and buildings, read from GeoJSON.

The desk works with none of it. The files stand beside a town's other files:
`roads.geojson` (LineString), `waters.geojson` and `buildings.geojson` (Polygon),
WGS-84, with the properties `name`, `kind` (or `class`) and, for lines, `width_m`.
"""

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Degrees = NDArray[np.float64]  # n rows of longitude, latitude, WGS-84

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Line:
    """A road or a narrow water.

    Attributes:
        points: From one end to the other.
        name: 锦绣路, or "".
        kind: "main", "street" or "lane"; "river" for a water.
        width_m: On the ground; 0: what its kind usually has.
    """

    points: Degrees
    name: str = ""
    kind: str = "street"
    width_m: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Area:
    """A water or a building.

    Attributes:
        outline: Outer ring, not closed.
        name: 12幢, or "".
        kind: "river", "lake", "home", "public" …, or "".
    """

    outline: Degrees
    name: str = ""
    kind: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MapData:
    """The quiet base of one town's map."""

    roads: tuple[Line, ...] = ()
    waters: tuple[Area | Line, ...] = ()
    buildings: tuple[Area, ...] = ()


def read_map_data(folder: Path) -> MapData:
    """Read a town's base map; a file that is not there is an empty layer.

    Raises:
        ValueError: A file is not what it should be; the text names it.
    """
    return MapData(
        roads=tuple(
            each
            for each in _features(folder / "roads.geojson")
            if isinstance(each, Line)
        ),
        waters=tuple(_features(folder / "waters.geojson")),
        buildings=tuple(
            each
            for each in _features(folder / "buildings.geojson")
            if isinstance(each, Area)
        ),
    )


def _features(path: Path) -> list[Area | Line]:
    if not path.is_file():
        _log.info("no %s: that layer of the map stays empty", path.name)
        return []
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        found: list[Area | Line] = []
        for feature in document["features"]:
            found += _shapes(feature)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise ValueError(f"{path.name}: not readable as GeoJSON: {error}") from error
    return found


def _shapes(feature: dict[str, Any]) -> list[Area | Line]:
    properties = feature.get("properties") or {}
    name = str(properties.get("name") or "")
    kind = str(properties.get("kind") or properties.get("class") or "")
    width = float(properties.get("width_m") or 0.0)
    geometry = feature["geometry"]
    coordinates = geometry["coordinates"]
    lines: list[Any] = []
    rings: list[Any] = []
    match geometry["type"]:
        case "LineString":
            lines = [coordinates]
        case "MultiLineString":
            lines = coordinates
        case "Polygon":
            rings = [coordinates[0]]
        case "MultiPolygon":
            rings = [polygon[0] for polygon in coordinates]
        case other:
            raise ValueError(f"a {other} does not belong on the base map")
    found: list[Area | Line] = [
        Line(points=_points(each), name=name, kind=kind or "street", width_m=width)
        for each in lines
    ]
    found += [Area(outline=_points(each), name=name, kind=kind) for each in rings]
    return found


def _points(pairs: list[list[float]]) -> Degrees:
    points = np.array([pair[:2] for pair in pairs], float).reshape(len(pairs), 2)
    closed = len(points) > 2 and bool((points[0] == points[-1]).all())
    return points[:-1] if closed else points
