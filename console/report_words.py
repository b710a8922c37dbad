"""What becomes of reports, in words: what is alike, what was joined, what is owed."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import words
from dispatch.cases import Case, CaseState
from dispatch.joining import OwedCall, owed_calls, short_number
from dispatch.kinship import KINDRED, SAME, Likeness
from dispatch.promises import open_promises

if TYPE_CHECKING:
    from console.desk import Desk

MOST_PROMISES = 2
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
    owed = owed_calls(case)
    if owed and (course.joined or case.state >= CaseState.FEEDBACK):
        label = _say(QT_TRANSLATE_NOOP("Kin", "To call back"))
        found.append((label, _numbers(owed)))
    now = desk.clock()
    for _, promise in open_promises(case)[:MOST_PROMISES]:
        label = _say(QT_TRANSLATE_NOOP("Kin", "Promised"))
        by = words.clock_time(promise.due_at, now=now, zone=desk.zone)
        text = _say(QT_TRANSLATE_NOOP("Kin", "{what} by {time}"))
        said = text.format(what=f"{promise.what} {promise.to}".strip(), time=by)
        found.append((label, f"{said} · {words.left(promise.due_at - now)}"))
    return found


def still_owed(case: Case) -> str:
    """Return what is owed to people when a case is to be closed, or ""."""
    parts = []
    owed = owed_calls(case)
    if owed:
        text = _say(
            QT_TRANSLATE_NOOP("Kin", "not called back yet: {numbers} (Shift+F9)")
        )
        parts.append(text.format(numbers=_numbers(owed)))
    for _, promise in open_promises(case):
        text = _say(
            QT_TRANSLATE_NOOP(
                "Kin", "promised and not kept: {what} (kept: Ctrl+Shift+R)"
            )
        )
        parts.append(text.format(what=promise.what))
    return " · ".join(parts)


def _numbers(owed: tuple[OwedCall, ...]) -> str:
    return " ".join(short_number(each.number) for each in owed)
