"""Whom or what a deed of a case may be about: the choices that its form offers."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import words
from console.action_rules import refused_by
from console.deed_words import LABELS
from dispatch import case_forces, case_parts, case_turns, routing, shelving
from dispatch.case_states import RECIPIENTS, SUPERVISION
from dispatch.cases import Case
from dispatch.kinship import kinship
from dispatch.meetings import AGREEMENTS, read
from dispatch.parts import PART_TURNS
from dispatch.recommending import (
    UnitSuggestion,
    is_free,
    on_duty_by_role,
    suggest_leaders,
    suggest_units,
)
from dispatch.roster import on_shift

if TYPE_CHECKING:
    from console.desk import Desk

MOST_CHOICES: Final = 6
MOST_LEADERS: Final = 2  # before who works: the own 网格长, and one who directs

_LEVELS = {
    1: QT_TRANSLATE_NOOP("Deed", "Plain"),
    100: QT_TRANSLATE_NOOP("Deed", "Yellow card"),
    200: QT_TRANSLATE_NOOP("Deed", "Red card"),
}
_FOR_LONG = {
    30: QT_TRANSLATE_NOOP("Deed", "30 min"),
    60: QT_TRANSLATE_NOOP("Deed", "1 h"),
    240: QT_TRANSLATE_NOOP("Deed", "4 h"),
    480: QT_TRANSLATE_NOOP("Deed", "8 h"),
}
_RECIPIENTS = {
    "upper": QT_TRANSLATE_NOOP("Deed", "Superior"),
    "110": QT_TRANSLATE_NOOP("Deed", "Police 110"),
    "12345": QT_TRANSLATE_NOOP("Deed", "Hotline 12345"),
    "county": QT_TRANSLATE_NOOP("Deed", "County dept"),
}
OUTSIDE_WORDS: Final = {
    "119": QT_TRANSLATE_NOOP("Deed", "Fire brigade 119"),
    "120": QT_TRANSLATE_NOOP("Deed", "Ambulance 120"),
    "110": QT_TRANSLATE_NOOP("Deed", "Police 110"),
    "gas": QT_TRANSLATE_NOOP("Deed", "Gas company"),
    "power": QT_TRANSLATE_NOOP("Deed", "Power company"),
    "water": QT_TRANSLATE_NOOP("Deed", "Water company"),
}
_NOT_ADMITTED = QT_TRANSLATE_NOOP("Deed", "{department} · not on its list")
_AGREEMENTS = {
    "none": QT_TRANSLATE_NOOP("Deed", "None"),
    "oral": QT_TRANSLATE_NOOP("Deed", "Oral"),
    "written": QT_TRANSLATE_NOOP("Deed", "Written"),
}
# By action, the field without whose choices there is nothing to do.
NEEDS_SOMEBODY: Final[Mapping[str, str]] = {
    "dispatch": "unit_id",
    "merge": "main_id",
    "urgent_direct": "unit_id",
    "reinforce": "unit_id",
    "call_force": "force",
    "force_arrive": "force",
    "force_leave": "force",
    "own_offer": "seat",
}

Choices = tuple[tuple[object, str], ...]


def lacks_somebody(desk: "Desk", case: Case, action: str) -> bool:
    """Return whether nobody is there whom a deed could be about."""
    name = NEEDS_SOMEBODY.get(action)
    if name == "unit_id":  # asked all the time: in which order they come, later
        now = desk.clock().astimezone(desk.zone) if action == "dispatch" else None
        return not any(
            is_free(unit) and (now is None or on_shift(unit.roster, now) is not False)
            for unit in desk.board.units.values()
        )
    return name is not None and not _CHOICES[name](desk, case, action)


def choices_of(
    desk: "Desk", case: Case, action: str, name: str
) -> tuple[Choices, int | None]:
    """Return what can be chosen in a field of a deed, and which is chosen at first."""
    choices = _CHOICES[name](desk, case, action)
    if action != "dispatch":  # of the roles of a town none is left out
        choices = choices[:MOST_CHOICES]
    left_open = name in ("to", "agreement") or action == "call_force"
    first = None if left_open else 0
    if name == "level":  # the next one up
        now = case.course.supervision
        higher = [i for i, level in enumerate(SUPERVISION) if level > now]
        first = higher[0] if higher else len(SUPERVISION) - 1
    return choices, first


def departments(desk: "Desk") -> list[str]:
    """Return the departments that a case can be sent to, by name."""
    units = desk.board.units.values()
    stations = desk.bridge.stations
    return sorted(routing.departments(desk.actions.taxonomy, units, stations))


def departments_for(
    desk: "Desk", case: Case, action: str
) -> tuple[Choices, int | None]:
    """Return the departments a deed may name, and which is chosen at first."""
    if action not in PART_TURNS:
        own, goes_on = case.department, action == "hand_on"
        known = [each for each in departments(desk) if not (goes_on and each == own)]
        first = known.index(own) if own in known else None
    else:
        known = parts_of(desk, case, action)
        helps = desk.actions.taxonomy.category(case.category).helpers
        sure = action != case_parts.ASSIGN or known[0] in helps
        first = 0 if sure else None
    rules, warning = desk.actions.taxonomy.rules, _words(_NOT_ADMITTED)
    return tuple(
        (
            each,
            each
            if routing.admits(rules, each, case.category)
            else warning.format(department=each),
        )
        for each in known
    ), first


def parts_of(desk: "Desk", case: Case, action: str) -> list[str]:
    """Return with whose part something may be done, the kind's 协办 departments first."""
    known = departments(desk) if action == case_parts.ASSIGN else ()
    found = case_parts.possible(case, action, known, desk.actor.scope)
    helps = desk.actions.taxonomy.category(case.category).helpers
    return sorted(found, key=lambda each: each not in helps)


def recipient(to: str) -> str:
    """Return what somebody a case is handed to is called."""
    return _words(_RECIPIENTS[to])


def agreement(word: str) -> str:
    """Return whether people who sat together agreed."""
    return _words(_AGREEMENTS[word])


def meeting(text: str) -> str:
    """Return what a line of the log says of people who sat together."""
    said = read(text)
    if said is None:
        return text
    agreed = f"{_words(LABELS['agreement'])}: {agreement(said.agreement)}"
    follows = f"{_words(LABELS['follow_up'])}: {said.follow_up}"
    parts = (said.participants, said.decision, agreed, said.follow_up and follows)
    return " · ".join(part for part in parts if part)


def outside(name: str) -> str:
    """Return what an outside force is called."""
    return _words(OUTSIDE_WORDS.get(name, name))


def mains(desk: "Desk", case: Case) -> list[Case]:
    """Return the open cases that can go on for a case, the nearest in time first."""
    rules = desk.actions.taxonomy.rules
    found = [
        other
        for other in desk.board.cases.values()
        if kinship(other.category, case.category, rules) is not None
        and _goes_on_for(desk, case, other)
    ]
    return sorted(found, key=lambda other: abs(other.opened_at - case.opened_at))


def _goes_on_for(desk: "Desk", case: Case, main: Case) -> bool:
    by, at, rules = desk.actor, desk.clock(), desk.actions.taxonomy.rules
    refused = refused_by(
        lambda: case_turns.merge(case, by, at, main=main, text="", rules=rules)
    )
    return refused is None


def _of_mains(desk: "Desk", case: Case, _action: str) -> Choices:
    return tuple(
        (
            main.case_id,
            f"{words.case_number(main)} {main.place_name} {words.state(main.state)}",
        )
        for main in mains(desk, case)
    )


def _of_units(desk: "Desk", case: Case, action: str) -> Choices:
    board, now, taxonomy = desk.board, desk.clock(), desk.actions.taxonomy
    if action == "dispatch":  # to a role: whoever of it is on duty now
        by_role = on_duty_by_role(board, case, now, taxonomy=taxonomy)
        return tuple(
            (each.unit.unit_id, f"{each.unit.role}: {_who(each, each.unit.name)}")
            for each in by_role
        )
    found = suggest_units(board, case, now, taxonomy=taxonomy, limit=MOST_CHOICES)
    if action == "urgent_direct":  # to whoever leads; who works comes after
        leaders = suggest_leaders(board, case, now, taxonomy=taxonomy)[:MOST_LEADERS]
        found = leaders + [each for each in found if each not in leaders]
    return tuple(
        (each.unit.unit_id, _who(each, f"{each.unit.name} {each.unit.role}"))
        for each in found
    )


def _who(each: UnitSuggestion, name: str) -> str:
    """Return somebody, and how far they are where that is known."""
    metres = each.distance_m
    return name if metres is None else f"{name} {words.distance(metres)}"


def _of_forces(desk: "Desk", case: Case, action: str) -> Choices:
    if action == "call_force":
        there = {each.key for each in case_forces.present(case)}
        return tuple(
            (name, outside(name)) for name in case_forces.OUTSIDE if name not in there
        )
    units = desk.board.units
    return tuple(
        (
            each.key,
            units[each.unit_id].name if each.unit_id in units else outside(each.key),
        )
        for each in case_forces.movable(case, action)
    )


_CHOICES: dict[str, "Callable[[Desk, Case, str], Choices]"] = {
    "level": lambda _desk, _case, _action: tuple(
        (level, _words(_LEVELS[level])) for level in SUPERVISION
    ),
    "minutes": lambda _desk, _case, _action: tuple(
        (minutes, _words(_FOR_LONG[minutes])) for minutes in shelving.MINUTES
    ),
    "to": lambda _desk, _case, _action: tuple((to, recipient(to)) for to in RECIPIENTS),
    "main_id": _of_mains,
    "unit_id": _of_units,
    "force": _of_forces,
    "agreement": lambda _desk, _case, _action: tuple(
        (each, agreement(each)) for each in AGREEMENTS
    ),
    "seat": lambda desk, _case, _action: tuple(
        (seat, seat) for seat in desk.lookers.there()
    ),
}


def _words(text: object) -> str:
    return QCoreApplication.translate("Deed", str(text))
