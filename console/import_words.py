"""The words of `lookout import`, in the desk's language, without an application.

The English sentences of faults stand in `dispatch.importing_faults`; a test holds the
two lists together.
"""

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console.command_words import LEVELS, CommandWords
from console.own_name import as_called
from console.plain_words import ENGLISH
from console.refusals import REFUSALS, Gaps
from console.translation import DEFAULT, read_translation
from dispatch.commands import Refused
from dispatch.importing_columns import chinese_of, chinese_value
from dispatch.importing_faults import Fault

FAULTS = {
    "missing": QT_TRANSLATE_NOOP("Import", "{column} is missing"),
    "no_number": QT_TRANSLATE_NOOP("Import", "{column} is no number: {value!r}"),
    "swapped": QT_TRANSLATE_NOOP(
        "Import",
        "longitude {lon} and latitude {lat}: they look as if they had changed places",
    ),
    "range": QT_TRANSLATE_NOOP(
        "Import", "{column} must be from {low} to {high}, not {value}"
    ),
    "login": QT_TRANSLATE_NOOP(
        "Import",
        "{column} carries a log-in; give it to the program instead: leave it out here, then lookout camera login NUMBER --user NAME",
    ),
    "no_grid_here": QT_TRANSLATE_NOOP(
        "Import",
        "{key} lies in no grid; are longitude and latitude WGS-84? Those of Amap and Baidu lie some 500 m off",
    ),
    "looks_like_gcj": QT_TRANSLATE_NOOP(
        "Import",
        "{key} lies in no grid; it lies in one if it was taken from Amap or Tencent (GCJ-02): convert it to WGS-84",
    ),
    "login_again": QT_TRANSLATE_NOOP(
        "Import",
        "{key} has an address of another machine, so its log-in is deleted; give it again: lookout camera login {key} --user NAME",
    ),
    "nobody_leaves": QT_TRANSLATE_NOOP(
        "Import",
        "nobody is taken off the roster: it is not known whose row this is",
    ),
    "no_stream": QT_TRANSLATE_NOOP(
        "Import", "{column} must look like rtsp://HOST[:PORT]/PATH"
    ),
    "yes_or_no": QT_TRANSLATE_NOOP(
        "Import", "{column} must be yes or no, not {value!r}"
    ),
    "no_shift": QT_TRANSLATE_NOOP(
        "Import", "{column} is no shift such as 08:00-20:00: {value!r}"
    ),
    "no_date": QT_TRANSLATE_NOOP("Import", "{column} is no date: {value!r}"),
    "transport": QT_TRANSLATE_NOOP(
        "Import", "{column} must be one of {words}, not {value!r}"
    ),
    "unseen": QT_TRANSLATE_NOOP(
        "Import", "{column} holds characters that nobody can see"
    ),
    "long": QT_TRANSLATE_NOOP("Import", "{column} is longer than {limit} characters"),
    "twice": QT_TRANSLATE_NOOP("Import", "{key} stands twice"),
    "columns": QT_TRANSLATE_NOOP("Import", "too many columns"),
    "level": QT_TRANSLATE_NOOP(
        "Import", "{column} must be one of {levels}, not {value!r}"
    ),
    "code": QT_TRANSLATE_NOOP(
        "Import", "{column} of a {level} must be {length} digits, not {value!r}"
    ),
    "shortened": QT_TRANSLATE_NOOP(
        "Import",
        "{column} was shortened by a spreadsheet: {value}; format the column as text and type it again",
    ),
    "polygon": QT_TRANSLATE_NOOP("Import", "geometry must be a Polygon or null"),
    "rings": QT_TRANSLATE_NOOP(
        "Import", "a Polygon of one ring is wanted, not {count}"
    ),
    "not_closed": QT_TRANSLATE_NOOP("Import", "the ring is not closed"),
    "few": QT_TRANSLATE_NOOP("Import", "at least {count} positions are wanted"),
    "no_position": QT_TRANSLATE_NOOP(
        "Import", "not a position, longitude first: {value}"
    ),
    "no_point": QT_TRANSLATE_NOOP("Import", "geometry must be a Point or null"),
    "wkt": QT_TRANSLATE_NOOP(
        "Import", "{column} must be written as POLYGON((lon lat, …))"
    ),
    "no_feature": QT_TRANSLATE_NOOP("Import", "not a feature with properties"),
    "key": QT_TRANSLATE_NOOP("Import", "{column} has 40 characters of Z85"),
    "key_twice": QT_TRANSLATE_NOOP("Import", "{column} is that of {key} too"),
    "kind": QT_TRANSLATE_NOOP(
        "Import",
        "{column}: nobody knows the kind of device {value!r}; known are {kinds}",
    ),
    "camera_number": QT_TRANSLATE_NOOP(
        "Import",
        "{column} must be 1 to 8 digits, as the keypad has them, not {value!r}",
    ),
    "device_number": QT_TRANSLATE_NOOP(
        "Import",
        "{column} must be 1 to 64 of A-Z a-z 0-9 _ . -, as devices say it, not {value!r}",
    ),
    "far_from_town": QT_TRANSLATE_NOOP(
        "Import",
        "{key} lies over 200 km from the town; are longitude and latitude in order?",
    ),
    "unknown_parent": QT_TRANSLATE_NOOP("Import", "{column}: no parent {value}"),
    "unknown_grid": QT_TRANSLATE_NOOP("Import", "{column}: no grid {value}"),
    "unknown_unit": QT_TRANSLATE_NOOP("Import", "{column}: no unit {value}"),
    "no_phone": QT_TRANSLATE_NOOP("Import", "{column} has no digit: {value!r}"),
    "unknown_role": QT_TRANSLATE_NOOP(
        "Import",
        "nobody knows the role {value}, it is shown as staff; known are {known}",
    ),
    "unknown_kind": QT_TRANSLATE_NOOP(
        "Import", "nobody knows the kind {value}; known are {known}"
    ),
    "later_unit": QT_TRANSLATE_NOOP(
        "Import", "{value} is no unit yet; import staff too"
    ),
    "later_device": QT_TRANSLATE_NOOP(
        "Import", "{value} is no device yet; import devices too"
    ),
    "not_enrolled": QT_TRANSLATE_NOOP(
        "Import",
        "{key} is not enrolled yet: lookout device enrol --id {key} --key PUBLIC_KEY",
    ),
    "outside": QT_TRANSLATE_NOOP(
        "Import",
        "{key} lies outside the town; are longitude and latitude WGS-84?",
    ),
    "file_missing": QT_TRANSLATE_NOOP("Import", "is missing"),
    "file_empty": QT_TRANSLATE_NOOP(
        "Import", "is empty: there is nothing in it to import"
    ),
    "file_unreadable": QT_TRANSLATE_NOOP("Import", "cannot be read"),
    "file_form": QT_TRANSLATE_NOOP("Import", "must end in .csv, .geojson or .json"),
    "encoding": QT_TRANSLATE_NOOP("Import", "not UTF-8, and not GB18030 either"),
    "not_json": QT_TRANSLATE_NOOP("Import", "not JSON: {text}"),
    "not_object": QT_TRANSLATE_NOOP("Import", "not a JSON object"),
    "not_collection": QT_TRANSLATE_NOOP("Import", "not a GeoJSON FeatureCollection"),
    "not_csv": QT_TRANSLATE_NOOP("Import", "not CSV: {text}"),
    "no_columns": QT_TRANSLATE_NOOP(
        "Import", "no column that is known; the first line names the columns"
    ),
    "columns_missing": QT_TRANSLATE_NOOP("Import", "columns are missing: {columns}"),
    "column_twice": QT_TRANSLATE_NOOP("Import", "two columns are both {column}"),
    "no_rows": QT_TRANSLATE_NOOP(
        "Import", "has no row; as the whole roster it would take everybody off it"
    ),
}

LINES = {
    "rows": QT_TRANSLATE_NOOP("Import", "{file}: {count} rows"),
    "new": QT_TRANSLATE_NOOP("Import", "new: {count}"),
    "changed": QT_TRANSLATE_NOOP("Import", "changed: {count}"),
    "gone": QT_TRANSLATE_NOOP(
        "Import", "off the roster, on no shift from now on: {count}"
    ),
    "replace": QT_TRANSLATE_NOOP(
        "Import", "--replace is for roster alone; nothing was done."
    ),
    "unchanged": QT_TRANSLATE_NOOP("Import", "unchanged: {count}"),
    "faulty": QT_TRANSLATE_NOOP("Import", "faulty: {count}"),
    "row": QT_TRANSLATE_NOOP("Import", "line {line}: {text}"),
    "differs": QT_TRANSLATE_NOOP("Import", "line {line}: {key} {name}: {columns}"),
    "notes": QT_TRANSLATE_NOOP("Import", "worth knowing: {count}"),
    "more": QT_TRANSLATE_NOOP("Import", "and {count} more"),
    "unknown": QT_TRANSLATE_NOOP("Import", "columns that nobody knows: {columns}"),
    "unkept": QT_TRANSLATE_NOOP("Import", "columns that are not kept: {columns}"),
    "dry": QT_TRANSLATE_NOOP("Import", "Nothing was written: this was a dry run."),
    "refused": QT_TRANSLATE_NOOP(
        "Import",
        "Nothing was written. Correct the faulty rows, or leave them out with --skip-faulty.",
    ),
    "none": QT_TRANSLATE_NOOP("Import", "Nothing was written."),
    "hopeless": QT_TRANSLATE_NOOP(
        "Import", "Nothing was written. Correct the file first."
    ),
    "nothing": QT_TRANSLATE_NOOP("Import", "Nothing was written: nothing is new."),
    "headings": QT_TRANSLATE_NOOP(
        "Import", "Nothing was written: the file has headings and no row below them."
    ),
    "written": QT_TRANSLATE_NOOP("Import", "Written: {count} rows."),
    "progress": QT_TRANSLATE_NOOP("Import", "{done} of {count}"),
    "stopped": QT_TRANSLATE_NOOP(
        "Import",
        "Stopped: {done} of {count} rows are written, whole. Run it again for the rest.",
    ),
    "ended": QT_TRANSLATE_NOOP("Import", "Stopped."),
    "town": QT_TRANSLATE_NOOP("Import", "the town is {name} from now on"),
    "away": QT_TRANSLATE_NOOP("Import", "The service did not answer. Run it again."),
}


class Words:
    """Says the lines of an import in one language.

    Args:
        language: As `console.translation` has it.
        kind: Of the file that is spoken of: "grids", "staff" …
        headings: What its columns are called in it, by the program's names.
    """

    def __init__(
        self,
        language: str = DEFAULT,
        *,
        kind: str = "",
        headings: Mapping[str, str] | None = None,
    ) -> None:
        self._language = language
        self._translator = read_translation(language)
        self._say = CommandWords(language)
        self._kind = kind
        self._headings = headings or {}

    def about(self, kind: str, headings: Mapping[str, str]) -> "Words":
        """Return the words for a file, its columns called as they are in it."""
        return Words(self._language, kind=kind, headings=headings)

    def column(self, name: str) -> str:
        """Return what a column is called: as the file has it, else as people would."""
        if name in self._headings:
            return self._headings[name]
        spoken = chinese_of(self._kind, name) if self._kind else ()
        if self._language == ENGLISH or not spoken:
            return name
        return f"{spoken[0]}（{name}）"

    def line(self, word: str, **values: object) -> str:
        """Return one line of the report."""
        return self._said("Import", LINES[word]).format(**values)

    def fault(self, fault: Fault) -> str:
        """Return what is wrong, without the line."""
        details = dict(fault.details)
        if "column" in details:
            details["column"] = self.column(str(details["column"]))
        if fault.word == "columns_missing":
            missing = str(details["columns"]).split()
            details["columns"] = ", ".join(self.column(each) for each in missing)
        for name in ("level", "levels"):
            found = str(details.get(name, "")).split(", ")
            details[name] = ", ".join(
                self._say(LEVELS.get(each, each)) for each in found
            )
        if self._language != ENGLISH:
            found = str(details.get("kinds", "")).split(", ")
            details["kinds"] = ", ".join(
                chinese_value("devices", "kind", each) for each in found
            )
        return self._said("Import", FAULTS[fault.word]).format(**details)

    def refusal(self, refused: Refused) -> str:
        """Return a refusal of the service."""
        known = REFUSALS.get(refused.reason, "")
        if not known:
            return refused.text
        details = {key: str(value) for key, value in refused.details.items()}
        return self._said("Refusal", known).format_map(Gaps(details))

    def _said(self, context: str, text: object) -> str:
        said = str(text)
        if self._translator is not None:
            said = self._translator.translate(context, said) or said
        return as_called(str(text), said)
