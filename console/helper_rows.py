"""Who has a hand in a case besides whoever answers for it, as the rows below say it."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import by_phone, words
from console.deed_choices import outside
from console.unit_kinds import name_and_members
from dispatch import case_forces
from dispatch.cases import Case
from dispatch.course import Force
from dispatch.units import Unit

if TYPE_CHECKING:
    from datetime import datetime

    from console.desk import Desk


class Beside(NamedTuple):
    """A row of somebody who has a hand in a case besides."""

    name: str
    said: tuple[str, ...]  # as many of these as there is room for, from the first on
    unit_id: str  # whose number stands in it, or ""


def rows_of(desk: "Desk", case: Case) -> list[Beside]:
    """Return who is there or comes; last who handed it back, and nobody else comes."""
    return [
        *(_row(desk, case, each) for each in case_forces.present(case)),
        *(_missed(desk, each) for each in case_forces.missed(case)),
    ]


def _row(desk: "Desk", case: Case, force: Force) -> Beside:
    unit = desk.board.units.get(force.unit_id)
    if force.arrived_at is not None:
        doing = _span(desk, _THERE, force.arrived_at)
    elif force.departed_at is not None:
        doing = _span(desk, _UNDER_WAY, force.departed_at)
    elif force.signed_at is not None:
        doing = _span(desk, _SIGNED, force.signed_at)
    else:
        doing = _span(desk, _CALLED, force.called_at)
    if unit is None:
        return Beside(outside(force.key), (doing,), "")
    name, helping = name_and_members(unit)[0], _words(_HELPING)
    if force.has_signed:
        return Beside(name, (helping, doing), "")
    tell, shown = _untold(desk, case, unit)
    return Beside(name, (tell, helping, doing), shown)


def _untold(desk: "Desk", case: Case, unit: Unit) -> tuple[str, str]:
    """Return what is to be done until somebody has signed, and whose number it names.

    That they have to be telephoned, as no terminal tells them, comes first.
    """
    if not by_phone.only_phone(desk, unit):
        return _words(_UNSIGNED), ""
    if not unit.phone:
        return _words(_NO_NUMBER), ""
    if by_phone.helper_shown_unasked(desk, case, unit):
        return _words(_TELEPHONE).format(number=unit.phone), unit.unit_id
    return _words(_TO_CALL), ""


def _missed(desk: "Desk", force: Force) -> Beside:
    unit = desk.board.units.get(force.unit_id)
    name = force.key if unit is None else name_and_members(unit)[0]
    said = _span(desk, _HANDED_BACK, force.left_at or force.called_at)
    return Beside(name, (said, force.declined), "")


_THERE = QT_TRANSLATE_NOOP("Beside", "there for {span}")
_UNDER_WAY = QT_TRANSLATE_NOOP("Beside", "under way for {span}")
_SIGNED = QT_TRANSLATE_NOOP("Beside", "signed {span} ago")
_CALLED = QT_TRANSLATE_NOOP("Beside", "called {span} ago")
_HANDED_BACK = QT_TRANSLATE_NOOP("Beside", "handed back {span} ago")
_HELPING = QT_TRANSLATE_NOOP("Beside", "helping")
_UNSIGNED = QT_TRANSLATE_NOOP("Beside", "not yet signed")
_TO_CALL = QT_TRANSLATE_NOOP("Beside", "to be telephoned")
_NO_NUMBER = QT_TRANSLATE_NOOP("Beside", "no number is registered")
_TELEPHONE = QT_TRANSLATE_NOOP("Beside", "please telephone: {number}")


def _span(desk: "Desk", text: object, since: "datetime") -> str:
    return _words(text).format(span=words.span(desk.clock() - since))


def _words(text: object) -> str:
    return QCoreApplication.translate("Beside", str(text))
