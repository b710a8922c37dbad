"""What is to be seen of a case besides its state: what waits to be decided, and marks."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.deed_choices import recipient
from dispatch import case_forces, case_turns
from dispatch.case_states import (
    HANDED_ACCEPTED,
    HANDED_CLOSED,
    LEVELS,
    RED_CARD,
    SUPERVISED,
    TRANSITIONS,
    YELLOW_CARD,
)
from dispatch.cases import Case, CaseState

if TYPE_CHECKING:
    from datetime import datetime

    from console.desk import Desk

_WAITS = {
    "extend": QT_TRANSLATE_NOOP("CaseMark", "extension, the department first"),
    "extend_endorsed": QT_TRANSLATE_NOOP("CaseMark", "extension"),
    "suspend": QT_TRANSLATE_NOOP("CaseMark", "suspension until {date}"),
    "asked": QT_TRANSLATE_NOOP("CaseMark", "appeal"),
    "endorsed": QT_TRANSLATE_NOOP("CaseMark", "appeal, second review"),
}
_SUPERVISED = {
    SUPERVISED: QT_TRANSLATE_NOOP("CaseMark", "urged"),
    YELLOW_CARD: QT_TRANSLATE_NOOP("CaseMark", "yellow card"),
    RED_CARD: QT_TRANSLATE_NOOP("CaseMark", "red card"),
}


def waiting_for(desk: "Desk", case: Case) -> str:
    """Return what was asked of a case and waits to be decided, in words, or ""."""
    if not case_turns.decisions(case):
        return ""
    until = case.course.asked_until
    text = _words(_WAITS[case.course.asked or case.course.appeal])
    return text.format(date="" if until is None else _day(desk, until))


def may_decide(desk: "Desk", case: Case) -> bool:
    """Return whether what waits is this seat's to decide."""
    roles = desk.actor.roles
    waits = case_turns.decisions(case)
    return any(TRANSITIONS[action].roles & roles for action in waits[:1])


def card(case: Case) -> str:
    """Return what is written in the card that a case has in its row, or ""."""
    text = _CARDS.get(case.course.supervision)
    return "" if text is None else _words(text)


def marks(desk: "Desk", case: Case) -> list[str]:
    """Return what stands on a case besides its state, in words."""
    course = case.course
    found = []
    if case_forces.missed(case):
        found.append(_words(_NO_HELP))
    if course.supervision in _SUPERVISED:
        found.append(_words(_SUPERVISED[course.supervision]))
    if course.level == LEVELS[-1]:
        found.append(_words(_TO_COUNTY))
    if course.expedited:
        found.append(_words(_EXPEDITED))
    if course.suspended_until is not None and case.state is CaseState.SUSPENDED:
        day = _day(desk, course.suspended_until)
        found.append(_words(_UNTIL).format(date=day))
    if course.shelved is not None and case.state.is_open:
        until = course.shelved.until.astimezone(desk.zone)
        found.append(_words(_SHELVED).format(time=f"{until:%H:%M}"))
    if case.state is CaseState.TRANSFERRED and course.transferred_to:
        there = _words(_HANDED[course.handed]).format(
            to=recipient(course.transferred_to)
        )
        found.append(f"{there} {case.external_number}".strip())
    if course.overdue and not case.state.is_open:  # it stays to be seen
        verdict = _VERDICTS.get(course.appeal, _DONE_LATE)
        found.append(_words(verdict if case.state in _DONE else _OVERDUE))
    for text, times in (
        (_EXTENDED, course.extensions),
        (_REDONE, course.reworks),
        (_RETURNED, course.returns),
    ):
        if times:
            found.append(_words(text).format(n=times))
    return found


_CARDS = {
    YELLOW_CARD: QT_TRANSLATE_NOOP("CaseMark", "Y"),
    RED_CARD: QT_TRANSLATE_NOOP("CaseMark", "R"),
}
_HANDED = {
    "": QT_TRANSLATE_NOOP("CaseMark", "handed to {to}"),
    HANDED_ACCEPTED: QT_TRANSLATE_NOOP("CaseMark", "accepted by {to}"),
    HANDED_CLOSED: QT_TRANSLATE_NOOP("CaseMark", "closed by {to}"),
}
_DONE = (CaseState.CLOSED, CaseState.FORCE_CLOSED)  # what ended otherwise was not done
_NO_HELP = QT_TRANSLATE_NOOP("CaseMark", "help handed back")
_OVERDUE = QT_TRANSLATE_NOOP("CaseMark", "overdue")
_DONE_LATE = QT_TRANSLATE_NOOP("CaseMark", "done too late")
_VERDICTS = {
    "granted": QT_TRANSLATE_NOOP("CaseMark", "done too late, appeal granted"),
    "refused": QT_TRANSLATE_NOOP("CaseMark", "done too late, appeal refused"),
}
_TO_COUNTY = QT_TRANSLATE_NOOP("CaseMark", "county level")
_EXPEDITED = QT_TRANSLATE_NOOP("CaseMark", "expedited")
_UNTIL = QT_TRANSLATE_NOOP("CaseMark", "suspended until {date}")
_SHELVED = QT_TRANSLATE_NOOP("CaseMark", "alarm shelved until {time}")
_EXTENDED = QT_TRANSLATE_NOOP("CaseMark", "extended {n} ×")
_REDONE = QT_TRANSLATE_NOOP("CaseMark", "redone {n} ×")
_RETURNED = QT_TRANSLATE_NOOP("CaseMark", "returned {n} ×")


def _day(desk: "Desk", at: "datetime") -> str:
    return f"{at.astimezone(desk.zone):%m-%d}"


def _words(text: object) -> str:
    return QCoreApplication.translate("CaseMark", str(text))
