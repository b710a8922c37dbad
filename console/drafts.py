"""Reports half taken down, kept over the end of the desk, readable by its owner only.

What a caller said before the window closed must not have to be asked again. A report
that was saved is no draft: it stands in the store, or in the desk's outbox.
"""

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console import words
from console.found import Found
from dispatch.commands import Refused, ReportCase
from dispatch.geo import Point
from dispatch.places import Place
from dispatch.taxonomy import Taxonomy

if TYPE_CHECKING:
    from console.panels.intake_form import IntakeForm

_log = logging.getLogger("lookout.drafts")

FILE = "report-drafts.json"
# In the order of the form; a kept draft names its own by its place here.
CHANNELS = (
    "hotline",
    "walk_in",
    "grid_worker",
    "wechat",
    "petition",
    "video_round",
    "patrol",
    "upper",
    "leader",
)
_UNREADABLE = (OSError, ValueError, TypeError)


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What stands in one form.

    Attributes:
        place: As typed, or the name of the place that was chosen.
        lon: Where the chosen place is; None while none is chosen.
        lat: Likewise.
        kind: As typed, or the name of the kind that was chosen.
        category: Code of the chosen kind, or "".
        channel: Index of the way it came by.
        reporter: Name.
        phone: Number.
        details: What was said.
        call: A telephone system's name for the call it came by, or "".
    """

    place: str = ""
    lon: float | None = None
    lat: float | None = None
    kind: str = ""
    category: str = ""
    channel: int = 0
    reporter: str = ""
    phone: str = ""
    details: str = ""
    call: str = ""


class Drafts:
    """The file of drafts.

    Thread: UI only.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: list[Draft] | None = None

    def load(self) -> list[Draft]:
        """Return what was kept; what cannot be read is left out and told in the log."""
        try:
            said = json.loads(self._path.read_text(encoding="utf-8"))
            self._kept = [Draft(**each) for each in said]
        except FileNotFoundError:
            self._kept = []
        except _UNREADABLE as error:
            _log.warning("half-done reports cannot be read: %s", type(error).__name__)
            self._kept = []
        return list(self._kept)

    def keep(self, drafts: Sequence[Draft]) -> None:
        """Keep these and no others; without any there is no file."""
        if list(drafts) == self._kept:
            return
        try:
            if drafts:
                text = json.dumps([asdict(each) for each in drafts])
                write_for_owner(self._path, text)
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("half-done reports cannot be kept: %s", type(error).__name__)
        self._kept = list(drafts)


def write_for_owner(path: Path, text: str) -> None:
    """Write a whole file, or leave the old one; nobody else may read it."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    new.replace(path)


def draft_of(form: "IntakeForm") -> Draft | None:
    """Return what would be lost with a form, or None."""
    if form.is_empty() or form.locked:
        return None
    place, kind = form.place.value, form.kind.value
    point = place.key.point if place and isinstance(place.key, Place) else None
    return Draft(
        place=form.place.line.text(),
        lon=point.lon if point is not None else None,
        lat=point.lat if point is not None else None,
        kind=form.kind.line.text(),
        category=str(kind.key) if kind is not None else "",
        channel=form.channel,
        reporter=form.reporter.text(),
        phone=form.phone.text(),
        details=form.details.toPlainText(),
        call=form.call.call,
    )


def draft_of_report(report: ReportCase, taxonomy: Taxonomy) -> Draft:
    """Return a report that was refused as what somebody once typed."""
    known = report.channel in CHANNELS
    return Draft(
        place=report.place_name,
        lon=report.point.lon,
        lat=report.point.lat,
        kind=words.category(taxonomy, report.category),
        category=report.category,
        channel=CHANNELS.index(report.channel) if known else 0,
        reporter=report.reporter_name,
        phone=report.reporter_phone,
        details=report.details,
        call=report.call,
    )


def fill(form: "IntakeForm", draft: Draft, refused: Refused | None = None) -> None:
    """Put into an empty form what was kept of another one, and why it was refused."""
    if draft.lon is not None and draft.lat is not None:
        form.set_place(draft.place, Point(draft.lon, draft.lat))
    else:
        form.place.line.setText(draft.place)
    if draft.category:
        form.kind.set_value(Found(draft.category, draft.kind))
    else:
        form.kind.line.setText(draft.kind)
    form.channel = draft.channel
    form.reporter.setText(draft.reporter)
    form.phone.setText(draft.phone)
    form.details.setPlainText(draft.details)
    form.call.call = draft.call
    form.say_kept()
    if refused is not None:
        form.say_refused(refused)
