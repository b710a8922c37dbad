"""The files of a town, row by row: what they say, or what is wrong with them."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dispatch.cameras import Camera, carries_login
from dispatch.changes import Town
from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.grids import Grid
from dispatch.places import Place

_Row = TypeVar("_Row")
_LEVELS = ("town", "community", "grid", "organisation")
_CODE_LENGTHS = {"town": 9, "community": 12, "grid": 15}


@dataclass(frozen=True, kw_only=True, slots=True)
class MapLine:
    """A road or a river, for drawing only.

    Attributes:
        name: 桃源路, or "".
        kind: "main", "street" or "lane" for roads; "river" for water.
        width_m: Ground metres.
        points: From end to end.
    """

    name: str
    kind: str
    width_m: float
    points: tuple[Point, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MapArea:
    """A pond or a house, for drawing only.

    Attributes:
        name: 桃源新邨12幢, or "".
        outline: Outer ring, not closed.
    """

    name: str
    outline: tuple[Point, ...]


class _RowError(ValueError):
    """One thing wrong with one row."""


@dataclass(frozen=True, slots=True)
class Row:
    values: dict[str, str]

    def text(self, name: str, *, needed: bool = True) -> str:
        found = (self.values.get(name) or "").strip()
        if needed and not found:
            raise _RowError(f"{name} is missing")
        return found

    def number(self, name: str, *, low: float, high: float) -> float:
        text = self.text(name)
        try:
            value = float(text)
        except ValueError:
            raise _RowError(f"{name} is no number: {text!r}") from None
        if not low <= value <= high:
            raise _RowError(f"{name} must be from {low:g} to {high:g}, not {text}")
        return value

    def point(self) -> Point:
        lon = self.number("lon", low=-180, high=180)
        lat = self.number("lat", low=-90, high=90)
        return Point(lon, lat)


def place_of(row: Row) -> Place:
    hazards = row.text("hazards", needed=False)
    return Place(
        place_id=row.text("place_id"),
        name=row.text("name"),
        kind=row.text("kind"),
        point=row.point(),
        address=row.text("address", needed=False),
        grid_code=row.text("grid_code", needed=False),
        hazards=tuple(h.strip() for h in hazards.split("|") if h.strip()),
        contact=row.text("contact", needed=False),
        phone=row.text("phone", needed=False),
    )


def camera_of(row: Row) -> Camera:
    urls = {}
    for name in ("main_url", "sub_url"):
        urls[name] = row.text(name, needed=name == "main_url")
        if carries_login(urls[name]):
            # The address itself is not repeated: it holds a password.
            raise _RowError(f"{name} carries a log-in; give it to the program instead")
    bearing = row.text("bearing_deg", needed=False)
    verified = row.text("verified", needed=False)
    try:
        verified_at = (
            datetime.fromisoformat(verified).replace(tzinfo=UTC) if verified else None
        )
    except ValueError:
        raise _RowError(f"verified is no date: {verified!r}") from None
    return Camera(
        camera_id=row.text("camera_id"),
        name=row.text("name"),
        point=row.point(),
        bearing_deg=row.number("bearing_deg", low=0, high=360) if bearing else None,
        fov_deg=row.number("fov_deg", low=1, high=360),
        range_m=row.number("range_m", low=1, high=5_000),
        grid_code=row.text("grid_code", needed=False),
        verified_at=verified_at,
        main_url=urls["main_url"],
        sub_url=urls["sub_url"],
    )


def device_of(row: Row) -> Device:
    return Device(
        device_id=row.text("device_id"),
        kind=row.text("kind"),
        name=row.text("name"),
        public_key="",
        place_name=row.text("place_name"),
        point=row.point(),
        grid_code=row.text("grid_code", needed=False),
        unit_id=row.text("unit_id", needed=False),
    )


class TownReader:
    """One folder being read, and what was wrong so far."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.faults: list[str] = []

    def town(self) -> Town | None:
        found = self._json("town.json")
        if found is None:
            return None
        try:
            lon, lat = found["origin"]
            town = Town(
                code=str(found["code"]),
                name=str(found["name"]),
                origin=Point(float(lon), float(lat)),
                timezone=str(found.get("timezone", "Asia/Shanghai")),
                is_demo=found.get("is_demo", False) is True,
            )
            ZoneInfo(town.timezone)
        except KeyError as error:
            self._fault("town.json", 1, f"{error.args[0]} is missing")
            return None
        except (TypeError, ValueError, ZoneInfoNotFoundError) as error:
            self._fault("town.json", 1, str(error))
            return None
        if not re.fullmatch(r"\d{9}", town.code):
            self._fault("town.json", 1, f"code must be 9 digits, not {town.code!r}")
        return town

    def grids(self) -> dict[str, Grid]:
        found: dict[str, Grid] = {}
        for line, geometry, values in self._features("grids.geojson"):
            try:
                grid = _grid(geometry, values)
                if grid.code in found:
                    raise _RowError(f"code {grid.code} stands twice")
                found[grid.code] = grid
            except _RowError as fault:
                self._fault("grids.geojson", line, str(fault))
        return found

    def table(
        self, name: str, make: Callable[[Row], _Row], *, key: Callable[[_Row], str]
    ) -> dict[str, _Row]:
        found: dict[str, _Row] = {}
        try:
            file = (self._folder / name).open(encoding="utf-8-sig", newline="")
        except OSError as error:
            self._fault(name, 0, _why(error))
            return found
        with file:
            rows = csv.DictReader(file)
            try:
                for values in rows:
                    if None in values:
                        self._fault(name, rows.line_num, "too many columns")
                        continue
                    try:
                        row = make(Row(values))
                        if key(row) in found:
                            raise _RowError(f"{key(row)} stands twice")
                        found[key(row)] = row
                    except _RowError as fault:
                        self._fault(name, rows.line_num, str(fault))
            except UnicodeDecodeError:
                self._fault(name, rows.line_num + 1, "not UTF-8")
            except csv.Error as error:
                self._fault(name, rows.line_num, str(error))
        return found

    def lines(self, name: str, kind: str) -> tuple[MapLine, ...]:
        found = []
        for line, geometry, values in self._features(name, needed=False):
            if geometry.get("type") != "LineString":
                continue
            try:
                found.append(
                    MapLine(
                        name=str(values.get("name") or ""),
                        kind=str(values.get("class") or kind),
                        width_m=float(values.get("width_m") or 4.0),
                        points=_points(geometry.get("coordinates"), least=2),
                    )
                )
            except (_RowError, TypeError, ValueError) as fault:
                self._fault(name, line, str(fault))
        return tuple(found)

    def areas(self, name: str) -> tuple[MapArea, ...]:
        found = []
        for line, geometry, values in self._features(name, needed=False):
            if geometry.get("type") != "Polygon":
                continue
            try:
                outline = _ring(geometry)
            except _RowError as fault:
                self._fault(name, line, str(fault))
                continue
            found.append(MapArea(name=str(values.get("name") or ""), outline=outline))
        return tuple(found)

    def refer(self, name: str, text: str) -> None:
        """Note a fault that concerns a file as a whole."""
        self.faults.append(f"{name}: {text}")

    def _features(
        self, name: str, *, needed: bool = True
    ) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
        if not needed and not (self._folder / name).exists():
            return
        found = self._json(name)
        if found is None:
            return
        features = found.get("features")
        if not isinstance(features, list):
            self._fault(name, 1, "not a GeoJSON FeatureCollection")
            return
        starts = self._feature_lines(name, len(features))
        for line, feature in zip(starts, features, strict=True):
            if not isinstance(feature, dict):
                self._fault(name, line, "not a feature")
                continue
            geometry, values = feature.get("geometry"), feature.get("properties")
            if not isinstance(geometry, dict | None) or not isinstance(values, dict):
                self._fault(name, line, "not a feature with properties")
                continue
            yield line, geometry or {}, values

    def _feature_lines(self, name: str, count: int) -> list[int]:
        # The parser keeps no lines; features are found again by their first words.
        starts = []
        text = (self._folder / name).read_text("utf-8-sig")
        for match in re.finditer(r'"type"\s*:\s*"Feature"', text):
            starts.append(text.count("\n", 0, match.start()) + 1)
        return starts if len(starts) == count else [1] * count

    def _json(self, name: str) -> dict[str, Any] | None:
        try:
            found = json.loads((self._folder / name).read_text("utf-8-sig"))
        except OSError as error:
            self._fault(name, 0, _why(error))
            return None
        except UnicodeDecodeError:
            self._fault(name, 1, "not UTF-8")
            return None
        except json.JSONDecodeError as error:
            self._fault(name, error.lineno, f"not JSON: {error.msg}")
            return None
        if not isinstance(found, dict):
            self._fault(name, 1, "not a JSON object")
            return None
        return found

    def _fault(self, name: str, line: int, text: str) -> None:
        at = f"{name}, line {line}" if line else name
        sentence = f"{at}: {text}"
        if sentence not in self.faults:
            self.faults.append(sentence)


def _why(error: OSError) -> str:
    return "is missing" if isinstance(error, FileNotFoundError) else "cannot be read"


def _grid(geometry: dict[str, Any], values: dict[str, Any]) -> Grid:
    code, level = str(values.get("code") or ""), str(values.get("level") or "")
    if level not in _LEVELS:
        raise _RowError(f"level must be one of {', '.join(_LEVELS)}, not {level!r}")
    length = _CODE_LENGTHS.get(level, len(code))
    if not re.fullmatch(r"\d+", code) or len(code) != length:
        raise _RowError(f"code of a {level} must be {length} digits, not {code!r}")
    name = str(values.get("name") or "")
    if not name:
        raise _RowError("name is missing")
    workers = values.get("workers") or []
    if not isinstance(workers, list):
        raise _RowError("workers must be a list of units")
    return Grid(
        code=code,
        name=name,
        level=level,
        parent=str(values.get("parent") or ""),
        kind=str(values.get("kind") or ""),
        outline=_ring(geometry) if geometry else (),
        leader_unit_id=str(values.get("leader") or ""),
        worker_unit_ids=tuple(str(w) for w in workers),
    )


def _ring(geometry: dict[str, Any]) -> tuple[Point, ...]:
    rings = geometry.get("coordinates")
    if geometry.get("type") != "Polygon" or not isinstance(rings, list):
        raise _RowError("geometry must be a Polygon or null")
    if len(rings) != 1:
        raise _RowError(f"a Polygon of one ring is wanted, not {len(rings)}")
    points = _points(rings[0], least=4)
    if points[0] != points[-1]:
        raise _RowError("the ring is not closed")
    return points[:-1]


def _points(found: object, *, least: int) -> tuple[Point, ...]:
    if not isinstance(found, list) or len(found) < least:
        raise _RowError(f"at least {least} positions are wanted")
    try:
        return tuple(Point(float(pair[0]), float(pair[1])) for pair in found)
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise _RowError(f"not a position: {error}") from None
