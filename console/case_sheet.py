"""A case on paper: what stands on its sheet, as a document and as PDF.

The reporter's name is masked as in the window, and the telephone number that a case
keeps does not stand on it: paper is read by whoever finds it.
"""

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QObject
from PySide6.QtGui import QFont, QPageSize, QPdfWriter, QTextDocument

from console import words
from console.case_marks import marks, waiting_for
from dispatch.cases import Case
from dispatch.queueing import due_at
from dispatch.targets import start_of

if TYPE_CHECKING:
    from datetime import datetime

    from console.desk import Desk

POINTS = 10  # of its letters
FORMAT = "%Y-%m-%d %H:%M"
_STYLE = """
h1 { font-size: 17pt; } h2 { font-size: 12pt; }
td { padding: 3px 8px 3px 0; vertical-align: top; }
.label { color: #555; }
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """What stands on the sheet of a case, in the desk's language.

    Attributes:
        title: Which case it is.
        stamp: What makes it no ordinary case, such as a drill; "" for most.
        facts: Label and value, in order.
        moments: What happened when.
        log: Time, heading and words of each entry, the oldest first.
        sign: What is to be filled in by hand.
        foot: Who made it, and when.
    """

    title: str
    stamp: str
    facts: tuple[tuple[str, str], ...]
    moments: tuple[tuple[str, str], ...]
    log: tuple[tuple[str, str, str], ...]
    sign: tuple[str, ...]
    foot: str


class SheetMaker(QObject):
    """Makes the sheets of cases in the desk's language.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def sheet_of(self, case: Case, log: tuple[tuple[str, str, str], ...]) -> Sheet:
        """Return the sheet of a case as it is now, with these entries of its log."""
        desk = self._desk
        actor, town = desk.actor, desk.board.town
        stamps = [self.tr("DRILL")] if case.drill else []
        stamps += [self.tr("Demo data")] if town.is_demo else []
        number = case.number or f"#{case.case_id}"
        made = self.tr("Made by {who} at {when}; the case may have gone on since.")
        who = " ".join(each for each in (actor.seat, actor.name) if each)
        return Sheet(
            title=self.tr("{town} case sheet {number}").format(
                town=town.name, number=number
            ),
            stamp=" · ".join(stamps),
            facts=tuple((label, value) for label, value in self._facts(case) if value),
            moments=tuple(
                (words.moment(moment), self.when(at))
                for moment, at in sorted(case.clocks.items(), key=lambda each: each[1])
            ),
            log=log,
            sign=(self.tr("Handled by"), self.tr("Result"), self.tr("Date")),
            foot=made.format(who=who, when=self.when(desk.clock())),
        )

    def as_html(self, sheet: Sheet) -> str:
        """Return the sheet as a document; whatever people typed is text in it."""
        rows = "".join(
            f'<tr><td class="label">{escape(label)}</td><td>{escape(value)}</td></tr>'
            for label, value in (*sheet.facts, *sheet.moments)
        )
        entries = "".join(
            f'<tr><td class="label">{escape(at)}</td>'
            f"<td><b>{escape(what)}</b> {escape(text)}</td></tr>"
            for at, what, text in sheet.log
        )
        signs = "".join(
            f'<td width="33%"><br>{escape(each)}<br><br>________________</td>'
            for each in sheet.sign
        )
        log = self.tr("Log")
        stamp = f"<p><b>【{escape(sheet.stamp)}】</b></p>" if sheet.stamp else ""
        return (
            f"<style>{_STYLE}</style><h1>{escape(sheet.title)}</h1>{stamp}"
            f"<table>{rows}</table><h2>{escape(log)}</h2><table>{entries}</table>"
            f'<table width="100%"><tr>{signs}</tr></table><p>{escape(sheet.foot)}</p>'
        )

    def when(self, at: "datetime") -> str:
        """Return a moment as paper says it, with its day."""
        return at.astimezone(self._desk.zone).strftime(FORMAT)

    def _facts(self, case: Case) -> list[tuple[str, str]]:
        desk = self._desk
        board = desk.board
        grid, unit = board.grids.get(case.grid_code), board.units.get(case.unit_id)
        place = desk.place_of(case.place_name, case.point)
        who = " ".join(each for each in (case.owner_seat, case.owner) if each)
        return [
            (self.tr("State"), words.state(case.state)),
            (self.tr("Kind"), words.category(desk.actions.taxonomy, case.category)),
            (self.tr("Severity"), str(case.severity)),
            (self.tr("Place"), case.place_name),
            (self.tr("Address"), place.address if place is not None else ""),
            (self.tr("Grid"), grid.name if grid is not None else ""),
            (
                self.tr("Hazards"),
                " · ".join(place.hazards) if place is not None else "",
            ),
            (self.tr("Reported"), self.when(start_of(case))),
            (self.tr("Reporter"), words.masked(case.reporter_name)),
            (self.tr("Said"), case.details),
            (self.tr("Department"), case.department),
            (self.tr("Sent"), unit.name if unit is not None else ""),
            (self.tr("At the desk"), who),
            (self.tr("Due"), self.when(due_at(case)) if case.state.is_open else ""),
            (self.tr("To decide"), waiting_for(desk, case)),
            (self.tr("Marks"), " · ".join(marks(desk, case))),
            (self.tr("Its number there"), case.external_number),
            (self.tr("Outcome"), words.outcome(case.outcome) if case.outcome else ""),
        ]


def as_pdf(html: str, title: str, font: QFont) -> bytes:
    """Return the sheet on A4, its pages numbered."""
    letters = QFont(font)
    letters.setPointSizeF(POINTS)
    document = QTextDocument()
    document.setDefaultFont(letters)
    document.setHtml(html)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF())  # the document keeps 2 cm of its own
    document.print_(writer)
    del writer  # it writes its end when it goes
    buffer.close()
    return bytes(data.data())
