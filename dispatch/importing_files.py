"""The files of a town's folder: its name, its registers, what lies on its map."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dispatch.changes import Town
from dispatch.geo import Point
from dispatch.importing_faults import Fault, RowError
from dispatch.importing_tables import (
    Row,
    features,
    points_of,
    read_table,
    read_text,
    ring_of,
)

_Row = TypeVar("_Row")


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

    def table(
        self,
        name: str,
        kind: str,
        make: Callable[[Row], _Row],
        *,
        key: Callable[[_Row], str],
    ) -> dict[str, _Row]:
        found: dict[str, _Row] = {}
        table = read_table(self._folder / name, kind)
        for fault in table.faults:
            self._note(name, fault)
        for row in table.rows:
            made = make(row)
            if key(made) in found:
                row.wrong("twice", key=key(made))
            for each in row.faults:
                self._note(name, each.at(row.line))
            if not row.faults:
                found[key(made)] = made
        return found

    def lines(self, name: str, kind: str) -> tuple[MapLine, ...]:
        found = []
        for line, geometry, values in self._features(name):
            if geometry.get("type") != "LineString":
                continue
            try:
                found.append(
                    MapLine(
                        name=str(values.get("name") or ""),
                        kind=str(values.get("class") or kind),
                        width_m=float(values.get("width_m") or 4.0),
                        points=points_of(geometry.get("coordinates"), least=2),
                    )
                )
            except (RowError, TypeError, ValueError) as fault:
                self._fault(name, line, str(fault))
        return tuple(found)

    def areas(self, name: str) -> tuple[MapArea, ...]:
        found = []
        for line, geometry, values in self._features(name):
            if geometry.get("type") != "Polygon":
                continue
            try:
                outline = ring_of(geometry)
            except RowError as fault:
                self._fault(name, line, str(fault))
                continue
            found.append(MapArea(name=str(values.get("name") or ""), outline=outline))
        return tuple(found)

    def refer(self, name: str, text: str) -> None:
        """Note a fault that concerns a file as a whole."""
        self.faults.append(f"{name}: {text}")

    def _features(
        self, name: str
    ) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
        path = self._folder / name
        if not path.exists():
            return
        text, wrong = read_text(path)
        if wrong is not None:
            self._note(name, wrong)
            return
        for found in features(text):
            if isinstance(found, Fault):
                self._note(name, found)
            else:
                yield found[0], found[1] or {}, found[2]

    def _json(self, name: str) -> dict[str, Any] | None:
        text, wrong = read_text(self._folder / name)
        if wrong is not None:
            self._note(name, wrong)
            return None
        try:
            found = json.loads(text)
        except json.JSONDecodeError as error:
            self._fault(name, error.lineno, f"not JSON: {error.msg}")
            return None
        if not isinstance(found, dict):
            self._fault(name, 1, "not a JSON object")
            return None
        return found

    def _note(self, name: str, fault: Fault) -> None:
        self._fault(name, fault.line, fault.text)

    def _fault(self, name: str, line: int, text: str) -> None:
        at = f"{name}, line {line}" if line else name
        sentence = f"{at}: {text}"
        if sentence not in self.faults:
            self.faults.append(sentence)
