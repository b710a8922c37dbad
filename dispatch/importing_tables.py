"""A file of rows, CSV or GeoJSON, as rows with their lines and known columns.

CSV is UTF-8 with or without its mark, or GB18030 as a Chinese spreadsheet writes it;
commas, semicolons or tabs. Nothing here knows what a row stands for.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dispatch.geo import Point
from dispatch.importing_columns import NEEDED, understand, value_of
from dispatch.importing_faults import Fault, RowError

ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",;\t"
# Digits as a spreadsheet shows what it took for a number: 3.30421E+14.
_SHORTENED = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)
# Characters; what a store takes.
LIMITS = {
    **dict.fromkeys(("unit_id", "camera_id", "place_id", "device_id", "leader"), 64),
    **dict.fromkeys(("code", "parent", "grid_code"), 32),
    **dict.fromkeys(("kind", "level"), 32),
    "outline": 1_000_000,
}
LONGEST = 2_000
NOWHERE = Point(0.0, 0.0)  # of a row that says none; it is no record
_NUMBERS_AS_TEXT = ("code", "parent", "grid_code", "phone")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file, which notes what is wrong with it as it is read.

    What reads a row goes on to its end, with a value that harms nobody, so that all
    its faults are told at once; a row with a fault is no record.

    Attributes:
        line: Where it begins in the file.
        values: What stands in it, by the program's names of the columns.
        geometry: Of a GeoJSON feature, or None.
        faults: What was found wrong so far.
    """

    line: int
    values: dict[str, str]
    geometry: dict[str, Any] | None = None
    faults: list[RowError] = field(default_factory=list)

    def wrong(self, word: str, **details: object) -> None:
        """Note a fault, once."""
        self.note(RowError(word, **details))

    def note(self, fault: RowError) -> None:
        """Note a fault that something else found, once."""
        known = ((each.word, each.details) for each in self.faults)
        if (fault.word, fault.details) not in known:
            self.faults.append(fault)

    def text(self, name: str, *, needed: bool = True) -> str:
        """Return what stands in a column, in one line without needless blanks."""
        found = " ".join((self.values.get(name) or "").split())
        if needed and not found:
            self.wrong("missing", column=name)
        # Two ids that look alike and differ in what nobody sees are a trap.
        if not found.isprintable():
            self.wrong("unseen", column=name)
        limit = LIMITS.get(name, LONGEST)
        if len(found) > limit:
            self.wrong("long", column=name, limit=limit)
        if name in _NUMBERS_AS_TEXT and _SHORTENED.fullmatch(found):
            self.wrong("shortened", column=name, value=found)
        return found

    def number(self, name: str, *, low: float, high: float) -> float:
        """Return a number within its limits."""
        text = self.text(name)
        value = _number(text)
        if value is None:
            if text:  # where nothing stands, that is its fault
                self.wrong("no_number", column=name, value=text)
        elif not low <= value <= high:
            self.wrong(
                "range", column=name, low=f"{low:g}", high=f"{high:g}", value=text
            )
        else:
            return value
        return low

    def point(self) -> Point:
        """Return where it is: by its columns, else by its geometry."""
        if self.geometry and not (self.values.get("lon") or self.values.get("lat")):
            try:
                if self.geometry.get("type") != "Point":
                    raise RowError("no_point")
                return points_of([self.geometry.get("coordinates")], least=1)[0]
            except RowError as fault:
                self.note(fault)
                return NOWHERE
        lon, lat = (_number(self.text(name)) for name in ("lon", "lat"))
        if lon is not None and lat is not None and abs(lon) <= 90 < abs(lat) <= 180:
            self.wrong("swapped", lon=self.text("lon"), lat=self.text("lat"))
            return NOWHERE
        return Point(
            self.number("lon", low=-180, high=180), self.number("lat", low=-90, high=90)
        )

    def has_point(self) -> bool:
        """Return whether anything is said of where it is."""
        return bool(self.text("lon", needed=False) or self.geometry)

    def several(self, name: str) -> tuple[str, ...]:
        """Return the parts of a column that holds several."""
        parts = re.split(r"[|、；;]", self.text(name, needed=False))
        return tuple(part.strip() for part in parts if part.strip())


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was read, as far as it could be.

    Attributes:
        rows: In the order of the file.
        columns: The program's names of the columns that are there.
        unknown: Columns that nobody knows, as they are written.
        unkept: Columns that are read and not kept by an import.
        headings: What the columns are called in the file, by the program's names.
        faults: What was wrong before any row was understood.
    """

    rows: tuple[Row, ...] = ()
    columns: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    unkept: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


def read_table(path: Path, kind: str) -> Table:
    """Read a file of one kind ("grids", "staff" …); it never raises."""
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".geojson", ".json"):
        return Table(faults=(Fault(0, "file_form"),))
    text, fault = read_text(path)
    if fault is not None:
        return Table(faults=(fault,))
    return _from_csv(text, kind) if suffix == ".csv" else _from_geojson(text, kind)


def read_text(path: Path) -> tuple[str, Fault | None]:
    """Return a file's text, or what is wrong with it."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return "", Fault(0, "file_missing")
    except OSError:
        return "", Fault(0, "file_unreadable")
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
            return text, None if text.strip() else Fault(0, "file_empty")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
    return "", Fault(line, "encoding")


def _from_csv(text: str, kind: str) -> Table:
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[Row] = []
    faults: list[Fault] = []
    try:
        header = understand(kind, next(reader, []))
        if not any(header.names):
            return Table(unknown=header.unknown, faults=(Fault(1, "no_columns"),))
        if header.twice:
            faults.append(Fault(1, "column_twice", {"column": header.twice}))
        lacks = [name for name in NEEDED[kind].split() if name not in header.names]
        if lacks:
            fault = Fault(1, "columns_missing", {"columns": " ".join(lacks)})
            return Table(unknown=header.unknown, faults=(*faults, fault))
        line = reader.line_num + 1
        for cells in reader:
            start, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            values = {
                name: value_of(kind, name, cell.strip())
                for name, cell in zip(header.names, cells, strict=False)
                if name
            }
            row = Row(start, values)
            if len(cells) > len(header.names):
                row.wrong("columns")
            rows.append(row)
    except csv.Error as error:
        faults.append(Fault(reader.line_num, "not_csv", {"text": str(error)}))
        return Table(rows=tuple(rows), faults=tuple(faults))
    return Table(
        rows=tuple(rows),
        columns=frozenset(name for name in header.names if name),
        unknown=header.unknown,
        unkept=header.unkept,
        headings=header.written,
        faults=tuple(faults),
    )


def _from_geojson(text: str, kind: str) -> Table:
    rows: list[Row] = []
    faults: list[Fault] = []
    written: dict[str, None] = {}
    for found in features(text):
        if isinstance(found, Fault):
            faults.append(found)
            continue
        line, geometry, properties = found
        written.update(dict.fromkeys(properties))
        header = understand(kind, list(properties))
        if header.twice:
            faults.append(Fault(line, "column_twice", {"column": header.twice}))
            continue
        values = {
            name: value_of(kind, name, _as_text(value))
            for name, value in zip(header.names, properties.values(), strict=True)
            if name
        }
        rows.append(Row(line, values, geometry))
    # Features may differ in what they carry; a column is there where one has it.
    whole = understand(kind, list(written))
    columns = {name for name in whole.names if name}
    if any(row.geometry for row in rows):
        columns |= {"outline"} if kind == "grids" else {"lon", "lat"}
    return Table(
        rows=tuple(rows),
        columns=frozenset(columns),
        unknown=whole.unknown,
        unkept=whole.unkept,
        headings=whole.written,
        faults=tuple(faults),
    )


def features(
    text: str,
) -> Iterator[Fault | tuple[int, dict[str, Any] | None, dict[str, Any]]]:
    """Give each feature of a GeoJSON text: line, geometry and properties, or a fault."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        yield Fault(error.lineno, "not_json", {"text": error.msg})
        return
    except RecursionError:
        yield Fault(1, "not_json", {"text": "nested too deeply"})
        return
    if not isinstance(found, dict):
        yield Fault(1, "not_object")
        return
    all_features = found.get("features")
    if not isinstance(all_features, list):
        yield Fault(1, "not_collection")
        return
    starts = _feature_lines(text, len(all_features))
    for line, feature in zip(starts, all_features, strict=True):
        geometry, properties = None, None
        if isinstance(feature, dict):
            geometry, properties = feature.get("geometry"), feature.get("properties")
        if not isinstance(geometry, dict | None) or not isinstance(properties, dict):
            yield Fault(line, "no_feature")
            continue
        yield line, geometry, properties


def points_of(found: object, *, least: int) -> tuple[Point, ...]:
    """Return GeoJSON positions as points."""
    if not isinstance(found, list) or len(found) < least:
        raise RowError("few", count=least)
    return tuple(_point_of(each) for each in found)


def _point_of(pair: Any) -> Point:
    try:
        return Point(float(pair[0]), float(pair[1]))
    except (TypeError, ValueError, IndexError, KeyError):
        shown = " ".join(map(str, pair)) if isinstance(pair, list) else str(pair)
        raise RowError("no_position", value=shown) from None


def ring_of(geometry: dict[str, Any]) -> tuple[Point, ...]:
    """Return a Polygon's outer ring, not closed."""
    rings = geometry.get("coordinates")
    if geometry.get("type") != "Polygon" or not isinstance(rings, list):
        raise RowError("polygon")
    if len(rings) != 1:
        raise RowError("rings", count=len(rings))
    points = points_of(rings[0], least=4)
    if points[0] != points[-1]:
        raise RowError("not_closed")
    return points[:-1]


def ring_from_text(text: str) -> tuple[Point, ...]:
    """Return the ring of `POLYGON((lon lat, …))`, as a CSV carries an outline."""
    found = re.fullmatch(r"\s*POLYGON\s*(?:Z\s*)?\(\((.*)\)\)\s*", text, re.I | re.S)
    if found is None or "(" in found[1]:
        raise RowError("wkt", column="outline")
    pairs = [pair.split() for pair in found[1].split(",")]
    return ring_of({"type": "Polygon", "coordinates": [pairs]})


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _feature_lines(text: str, count: int) -> list[int]:
    # The parser keeps no lines; features are found again by their first words.
    starts, line, before = [], 1, 0
    for match in re.finditer(r'"type"\s*:\s*"Feature"', text):
        line += text.count("\n", before, match.start())
        before = match.start()
        starts.append(line)
    return starts if len(starts) == count else [1] * count


def _as_text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else ""
        case list():
            return "|".join(_as_text(each) for each in value)
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
