"""A case on paper: what stands on its sheet, and that as a document.

The reporter's name is masked as in the window, and the telephone number that a case
keeps does not stand on it: paper is read by whoever finds it.
"""

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console import words
from console.case_marks import marks, waiting_for
from dispatch.cases import Case
from dispatch.queueing import due_at
from dispatch.targets import start_of

if TYPE_CHECKING:
    from datetime import datetime

    from console.desk import Desk

FORMAT = "%Y-%m-%d %H:%M"
TOGETHER = 20  # lines of the log that are set at once
_STYLE = """<style>
h1 { font-size: 17pt; } h2 { font-size: 12pt; }
td { padding: 3px 8px 3px 0; vertical-align: top; }
.label { color: #555; }
</style>"""
_LABEL = '<td class="label" width="148">'  # holds a time, at 96 to an inch


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

    def as_parts(self, sheet: Sheet) -> list[str]:
        """Return the sheet as a document, in pieces of HTML.

        Whatever people typed is text in it.
        """
        log = self.tr("Log")
        stamp = f"<p><b>【{escape(sheet.stamp)}】</b></p>" if sheet.stamp else ""
        rows = [
            f"{_LABEL}{escape(label)}</td><td>{escape(value)}</td>"
            for label, value in (*sheet.facts, *sheet.moments)
        ]
        entries = [
            f"{_LABEL}{escape(at)}</td><td><b>{escape(what)}</b> {escape(text)}</td>"
            for at, what, text in sheet.log
        ]
        signs = "".join(
            f'<td width="33%"><br>{escape(each)}<br><br>________________</td>'
            for each in sheet.sign
        )
        return [
            f"{_STYLE}<h1>{escape(sheet.title)}</h1>{stamp}",
            *_tables(rows),
            f"{_STYLE}<h2>{escape(log)}</h2>",
            *_tables(entries),
            f'{_STYLE}<table width="100%"><tr>{signs}</tr></table>'
            f"<p>{escape(sheet.foot)}</p>",
        ]

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


def _tables(rows: list[str]) -> list[str]:
    """Return rows in tables of a few, which look like one: a piece each."""
    return [
        f'{_STYLE}<table width="100%"><tr>{"</tr><tr>".join(few)}</tr></table>'
        for few in (rows[i : i + TOGETHER] for i in range(0, len(rows), TOGETHER))
    ]
