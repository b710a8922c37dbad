"""Whose a case is: a seat asks for it or offers it, the other one answers.

What waits for an answer stands in the top bar, wherever the hand is, with its seconds.
The keys answer what stands there, and nothing that has only just come to stand there.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject

from console import case_deeds, words
from console.action_rules import busy, covered
from console.who import has
from dispatch import ownership
from dispatch.cases import Case
from dispatch.commands import Refused
from dispatch.ownership import ASK, NO, OFFER, SILENCE, YES

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved

JUST = timedelta(seconds=1.5)  # to see that another one is named now
_NOTHING: Final = Refused("nothing", "there is nothing to do this to")
_UNCLAIMED: Final = Refused("nothing_claimed", "nothing waits for this seat")
_CHANGED: Final = Refused("claim_changed", "another one has just come to be named")


class Claims(QObject):
    """Which case the notice names: a key meant for one never answers the next.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._named = 0
        self._before = 0  # what was named before that, and until when
        self._until: datetime | None = None
        desk.moved.connect(self._on_moved)
        desk.case_opened.connect(self._renew)

    def has_just_come(self, case: Case) -> bool:
        """Return whether another case than this was named a moment ago."""
        if self._until is None or case.case_id == self._before:
            return False
        return timedelta(0) <= self._desk.clock() - self._until < JUST

    def _on_moved(self, moved: "Moved") -> None:
        if moved.cases or moved.everything:
            self._renew()

    def _renew(self, *_ignored: object) -> None:
        case = answered(self._desk)
        named = 0 if case is None else case.case_id
        if self._named not in (0, named):
            self._before, self._until = self._named, self._desk.clock()
        self._named = named


def waiting(desk: "Desk") -> list[Case]:
    """Return the cases that wait for this seat's answer, the longest first."""
    found = [
        (case.course.claim.at, case.case_id, case)
        for case in desk.board.cases.values()
        if case.course.claim is not None
        and ownership.answers(case) == desk.actor.seat
        and desk.actor.scope is None
    ]
    return [case for _, _, case in sorted(found, key=lambda each: each[:2])]


def answered(desk: "Desk") -> Case | None:
    """Return what the notice names and the keys answer: the open case before others."""
    cases = waiting(desk)
    own = (case for case in cases if case.case_id == desk.open_case_id)
    return next(own, None) or next(iter(cases), None)


def in_charge(desk: "Desk", case: Case) -> list[tuple[str, str]]:
    """Return the line that says who has an open case, where that is another seat."""
    other = bool(case.owner_seat) and not has(desk.actor, case)
    if not other or desk.actor.scope is not None or not case.state.is_open:
        return []
    return [(_words(_HAS_IT), f"{case.owner_seat} {case.owner}")]


def change(desk: "Desk", case: Case) -> list[tuple[str, str]]:
    """Return the line that says which seat is to have a case, while that waits."""
    claim = case.course.claim
    if claim is None or desk.actor.scope is not None or not case.state.is_open:
        return []
    text = _words(_OFFERED if claim.offered else _ASKED)
    who = f"{claim.seat} {claim.name}".strip()
    return [(_words(_CHANGE), text.format(who=who, n=seconds_left(desk, case)))]


def seconds_left(desk: "Desk", case: Case) -> int:
    """Return how many seconds are left to answer who has asked."""
    claim = case.course.claim
    if claim is None:
        return 0
    left = claim.at + SILENCE - desk.clock()
    return max(0, round(left.total_seconds()))


def notice_text(desk: "Desk") -> str:
    """Return what the top bar says of it, or "": the service has to be there."""
    cases, case = waiting(desk), answered(desk)
    if case is None or desk.link is None or not desk.link.connected:
        return ""
    claim = case.course.claim
    assert claim is not None
    if claim.offered:
        text = _words(_GIVEN).format(
            seat=case.owner_seat, name=case.owner, number=words.case_number(case)
        )
    else:
        text = _words(_WANTED).format(
            seat=claim.seat,
            name=claim.name,
            number=words.case_number(case),
            n=seconds_left(desk, case),
        )
    keys = _words(_TAKE_KEYS if claim.offered else _GIVE_KEYS)
    more = [_words(_MORE).format(n=len(cases) - 1)] if len(cases) > 1 else []
    return " · ".join([text, keys, *more, case.place_name])


# -- the actions -------------------------------------------------------------------


def may_seat(desk: "Desk") -> Refused | None:
    """Return why the open case can neither be asked for nor offered."""
    case = desk.case
    if case is None:
        return _NOTHING
    refused = covered(desk) or busy(desk, case)
    return refused or case_deeds.refusal_of(desk, case, _seat_deed(desk, case))


def seat(desk: "Desk") -> None:
    """Ask for the open case, or ask to which seat it goes."""
    case = desk.case
    if case is None:
        return
    if _seat_deed(desk, case) == OFFER:
        desk.actions.wanted.emit(f"deed_{OFFER}")
    else:
        case_deeds.ask(desk, case, ASK, {})


def seat_text(desk: "Desk") -> str:
    """Return which of the two it is."""
    case = desk.case
    mine = case is None or _seat_deed(desk, case) == OFFER
    return case_deeds.deed_text(OFFER if mine else ASK)


def may_agree(desk: "Desk") -> Refused | None:
    """Return why this seat has nothing to agree to."""
    return _may_answer(desk, answered(desk))


def agree(desk: "Desk") -> None:
    """Agree to what the notice names."""
    case = answered(desk)
    if case is not None:
        case_deeds.ask(desk, case, YES, {})


def may_not_agree(desk: "Desk") -> Refused | None:
    """Return why there is nothing that this seat could say no to, or take back."""
    return _may_answer(desk, _refused_one(desk))


def do_not_agree(desk: "Desk") -> None:
    """Say no to it; where nothing waits here, take back what was asked or offered."""
    case = _refused_one(desk)
    if case is not None:
        case_deeds.ask(desk, case, NO, {})


# -- inside ------------------------------------------------------------------------


def _seat_deed(desk: "Desk", case: Case) -> str:
    return OFFER if case.owner_seat == desk.actor.seat else ASK


def _may_answer(desk: "Desk", case: Case | None) -> Refused | None:
    if case is None:
        return _UNCLAIMED
    return _CHANGED if desk.claims.has_just_come(case) else busy(desk, case)


def _refused_one(desk: "Desk") -> Case | None:
    waits, case = answered(desk), desk.case
    if waits is not None or case is None:
        return waits
    return case if case_deeds.refusal_of(desk, case, NO) is None else None


_HAS_IT = QT_TRANSLATE_NOOP("Seat", "In charge")
_CHANGE = QT_TRANSLATE_NOOP("Seat", "Change of seat")
_ASKED = QT_TRANSLATE_NOOP("Seat", "{who} asks for it, {n} s to answer")
_OFFERED = QT_TRANSLATE_NOOP("Seat", "offered to {who}, not answered yet")
_WANTED = QT_TRANSLATE_NOOP(
    "Seat", "{seat} {name} asks for {number}, goes there in {n} s"
)
_GIVEN = QT_TRANSLATE_NOOP("Seat", "{seat} {name} wants to hand {number} to you")
_GIVE_KEYS = QT_TRANSLATE_NOOP("Seat", "Ctrl+O hands it over, Ctrl+Shift+O keeps it")
_TAKE_KEYS = QT_TRANSLATE_NOOP("Seat", "Ctrl+O takes it, Ctrl+Shift+O does not")
_MORE = QT_TRANSLATE_NOOP("Seat", "{n} more")


def _words(text: object) -> str:
    return QCoreApplication.translate("Seat", str(text))
