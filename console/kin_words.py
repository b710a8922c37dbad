"""What speaks for two reports being the same thing, and what was joined, in words."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import words
from dispatch.cases import Case
from dispatch.joining import owed_calls
from dispatch.kinship import KINDRED, SAME, Likeness

if TYPE_CHECKING:
    from console.desk import Desk

_KINDS = {
    SAME: QT_TRANSLATE_NOOP("Kin", "same kind"),
    KINDRED: QT_TRANSLATE_NOOP("Kin", "kindred kind"),
}


def _say(text: object) -> str:
    return QCoreApplication.translate("Kin", str(text))


def reasons(why: Likeness) -> list[str]:
    """Return what speaks for it, the strongest first."""
    found = []
    if why.same_place:
        found.append(_say(QT_TRANSLATE_NOOP("Kin", "same premises")))
    if why.metres >= 1 or not why.same_place:
        apart = _say(QT_TRANSLATE_NOOP("Kin", "{distance} apart"))
        found.append(apart.format(distance=words.distance(why.metres)))
    between = _say(QT_TRANSLATE_NOOP("Kin", "{span} between"))
    span = words.span(timedelta(minutes=why.minutes))
    found.append(between.format(span=span))
    if why.kind in _KINDS:
        found.append(_say(_KINDS[why.kind]))
    if why.same_caller:
        found.append(_say(QT_TRANSLATE_NOOP("Kin", "same caller")))
    return found


def short_number(number: str) -> str:
    """Return the part of a case's number that people say: #0417."""
    return f"#{number[-4:]}"


def facts(desk: "Desk", case: Case) -> list[tuple[str, str]]:
    """Return the labelled lines that a case's head has of what was joined to it."""
    course = case.course
    found = []
    if course.own_severity:
        graver = [each for each in course.joined if each.severity == case.severity]
        text = _say(QT_TRANSLATE_NOOP("Kin", "raised from {own}, by {number}"))
        number = short_number(graver[0].number) if graver else ""
        own = f"{course.own_severity} {words.severity(course.own_severity)}"
        label = _say(QT_TRANSLATE_NOOP("Kin", "Severity"))
        found.append((label, text.format(own=own, number=number)))
    if course.joined:
        owed = owed_calls(case)
        numbers = " ".join(short_number(each.number) for each in owed)
        label = _say(QT_TRANSLATE_NOOP("Kin", "To call back"))
        if owed:
            found.append((label, numbers))
    return found
