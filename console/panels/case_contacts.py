"""The question whom to call: numbers are shown, one is copied, both are written down."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication

from console import words
from console.by_phone import untold_helpers
from console.own_name import as_called
from dispatch.cases import Case
from dispatch.numbers import COPIED, PLACE, REPORTER, UNIT, NumberOf
from dispatch.recommending import nearest_numbers

if TYPE_CHECKING:
    from console.desk import Desk

MOST_JOINED = 3  # reporters of joined reports that are named; each keeps its case


@dataclass(frozen=True, slots=True)
class Contact:
    """Who can be called.

    Attributes:
        who: In words.
        phone: The number.
        owner: Whose it is, as it is written down.
        case_id: For which case; 0: for none.
    """

    who: str
    phone: str
    owner: NumberOf
    case_id: int


def call(desk: "Desk", chosen: Contact) -> None:
    """Copy a number, dial it where this machine can, and have it written down."""
    desk.actions.note_numbers(chosen.case_id, (chosen.owner,), deed=COPIED)
    QGuiApplication.clipboard().setText(chosen.phone)
    if desk.calls.dials:
        desk.calls.open_address(f"tel:{chosen.phone}")
    text = QCoreApplication.translate("ContactQuestion", "Copied {who} {number}")
    desk.said.emit(text.format(who=chosen.who, number=f"{chosen.phone[:4]}…"))


class ContactQuestion(QObject):
    """Who can be called about a case, as it was shown.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: list[Contact] = []

    def begin(self, case: Case | None) -> list[str]:
        """Return the answers with their numbers, which are read from now on."""
        self._shown = self.of(case)
        for case_id in dict.fromkeys(each.case_id for each in self._shown):
            owners = [each.owner for each in self._shown if each.case_id == case_id]
            self._desk.actions.note_numbers(case_id, tuple(owners))
        return [f"{each.who}  {each.phone}" for each in self._shown]

    def no_answers(self) -> str:
        """Return what is said where nobody can be called."""
        text = self.tr(
            "No number is known: the place, the reporter and your people have none."
            ' Numbers come in with "lookout import places" and "lookout import staff".'
        )
        return as_called(text, text)

    def copy(self, case: Case | None, index: int) -> None:
        """Copy the number of an answer."""
        if case is None or index >= len(self._shown):
            return
        call(self._desk, self._shown[index])

    def of(self, case: Case | None) -> list[Contact]:
        """Return who can be called about a case, unread as yet."""
        if case is None:
            return []
        found: list[Contact] = []
        place = self._desk.place_of(case.place_name, case.point)
        if place is not None and place.phone:
            who = self.tr("Place: {name}").format(name=place.contact)
            owner = NumberOf(kind=PLACE, ref=place.place_id)
            found.append(Contact(who, place.phone, owner, case.case_id))
        for report in self._reports(case):
            who = self.tr("Reporter: {name}").format(name=report.reporter_name)
            if report is not case:
                who = f"{who} {words.case_number(report)}"
            owner = NumberOf(kind=REPORTER)
            found.append(Contact(who, report.reporter_phone, owner, report.case_id))
        helpers = (unit.unit_id for unit in untold_helpers(self._desk, case))
        ids = [case.unit_id, *helpers, self._desk.highlighted_unit_id or ""]
        if not any(ids):  # nobody is free: whoever is near may know somebody
            ids = nearest_numbers(self._desk.board.units.values(), case.point)
        for unit_id in dict.fromkeys(ids):
            unit = self._desk.board.units.get(unit_id)
            if unit is not None and unit.phone:
                owner = NumberOf(kind=UNIT, ref=unit_id)
                who = f"{unit.role}: {unit.name}"
                found.append(Contact(who, unit.phone, owner, case.case_id))
        return found

    def _reports(self, case: Case) -> list[Case]:
        """Return a case and those joined to it whose reporters left a number."""
        cases = self._desk.board.cases
        held = case.course.joined[-MOST_JOINED:]
        joined = [cases.get(each.case_id) for each in held]
        return [each for each in (case, *joined) if each and each.reporter_phone]
