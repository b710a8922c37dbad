"""What can be wrong with a row of a town's files, in words a program can translate.

A fault is a stable word with its values; the English sentence stands here, those of
the desk's other languages in `console.import_words`.
"""

from dataclasses import dataclass, field

FAULTS = {
    "missing": "{column} is missing",
    "no_number": "{column} is no number: {value!r}",
    "range": "{column} must be from {low} to {high}, not {value}",
    "swapped": "longitude {lon} and latitude {lat}: they look as if they had changed"
    " places",
    "login": "{column} carries a log-in; give it to the program instead:"
    " leave it out here, then lookout camera login NUMBER --user NAME",
    "no_stream": "{column} must look like rtsp://HOST[:PORT]/PATH",
    "no_date": "{column} is no date: {value!r}",
    "transport": "{column} must be one of {words}, not {value!r}",
    "unseen": "{column} holds characters that nobody can see",
    "long": "{column} is longer than {limit} characters",
    "twice": "{key} stands twice",
    "columns": "too many columns",
    "level": "{column} must be one of {levels}, not {value!r}",
    "code": "{column} of a {level} must be {length} digits, not {value!r}",
    "shortened": "{column} was shortened by a spreadsheet: {value}; format the column"
    " as text and type it again",
    "polygon": "geometry must be a Polygon or null",
    "rings": "a Polygon of one ring is wanted, not {count}",
    "not_closed": "the ring is not closed",
    "few": "at least {count} positions are wanted",
    "yes_or_no": "{column} must be yes or no, not {value!r}",
    "no_shift": "{column} is no shift such as 08:00-20:00: {value!r}",
    "no_position": "not a position, longitude first: {value}",
    "no_point": "geometry must be a Point or null",
    "wkt": "{column} must be written as POLYGON((lon lat, …))",
    "no_feature": "not a feature with properties",
    "key": "{column} has 40 characters of Z85",
    "key_twice": "{column} is that of {key} too",
    "kind": "{column}: nobody knows the kind of device {value!r}; known are {kinds}",
    "camera_number": "{column} must be 1 to 8 digits, as the keypad has them,"
    " not {value!r}",
    "device_number": "{column} must be 1 to 64 of A-Z a-z 0-9 _ . -, as devices say it,"
    " not {value!r}",
    "far_from_town": "{key} lies over 200 km from the town; are longitude and latitude"
    " in order?",
    "unknown_parent": "{column}: no parent {value}",
    "unknown_grid": "{column}: no grid {value}",
    "unknown_unit": "{column}: no unit {value}",
    "no_phone": "{column} has no digit: {value!r}",
    # worth knowing, and no fault
    "unknown_role": "nobody knows the role {value}, it is shown as staff; known are"
    " {known}",
    "unknown_kind": "nobody knows the kind {value}; known are {known}",
    "later_unit": "{value} is no unit yet; import staff too",
    "later_device": "{value} is no device yet; import devices too",
    "not_enrolled": "{key} is not enrolled yet:"
    " lookout device enrol --id {key} --key PUBLIC_KEY",
    "outside": "{key} lies outside the town; are longitude and latitude WGS-84?",
    "no_grid_here": "{key} lies in no grid; are longitude and latitude WGS-84? Those of"
    " Amap and Baidu lie some 500 m off",
    "looks_like_gcj": "{key} lies in no grid; it lies in one if it was taken from Amap"
    " or Tencent (GCJ-02): convert it to WGS-84",
    "login_again": "{key} has an address of another machine, so its log-in is deleted;"
    " give it again: lookout camera login {key} --user NAME",
    "nobody_leaves": "nobody is taken off the roster: it is not known whose row this is",
    # a file as a whole
    "file_missing": "is missing",
    "file_empty": "is empty: there is nothing in it to import",
    "file_unreadable": "cannot be read",
    "file_form": "must end in .csv, .geojson or .json",
    "encoding": "not UTF-8, and not GB18030 either",
    "not_json": "not JSON: {text}",
    "not_object": "not a JSON object",
    "not_collection": "not a GeoJSON FeatureCollection",
    "not_csv": "not CSV: {text}",
    "no_columns": "no column that is known; the first line names the columns",
    "columns_missing": "columns are missing: {columns}",
    "column_twice": "two columns are both {column}",
    "no_rows": "has no row; as the whole roster it would take everybody off it",
}

# What leaves no row to be trusted: such a file is never taken in part.
WHOLE_FILE = frozenset(
    (
        "file_missing",
        "file_empty",
        "file_unreadable",
        "file_form",
        "encoding",
        "not_json",
        "not_object",
        "not_collection",
        "not_csv",
        "no_columns",
        "columns_missing",
        "column_twice",
        "no_rows",
    )
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file.

    Attributes:
        line: Its line in the file; 0: the file as a whole.
        word: One of `FAULTS`.
        details: The values its sentence names.
    """

    line: int
    word: str
    details: dict[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return the English sentence, without the line."""
        return FAULTS[self.word].format(**self.details)


class RowError(ValueError):
    """One thing wrong with one row: a word of `FAULTS` and its values."""

    def __init__(self, word: str, **details: object) -> None:
        super().__init__(FAULTS[word].format(**details))
        self.word = word
        self.details = details

    def at(self, line: int) -> Fault:
        """Return it as a fault of a line."""
        return Fault(line, self.word, self.details)
