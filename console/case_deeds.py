"""What may be done with a case beside its straight way, and what each of it asks for.

Which deeds there are, in which states and whose they are stands in the table of
transitions; whether one may be done now is asked of the methods that the service asks;
what it needs are the fields of its command. So one menu and one form serve all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console.action_rules import busy, covered, nobody, refused_by
from console.deed_choices import (
    NEEDS_SOMEBODY,
    choices_of,
    departments_for,
    lacks_somebody,
    parts_of,
)
from console.deed_words import DEEDS as DEEDS
from console.deed_words import LABELS, SAID, STATION_DEEDS
from dispatch import (
    case_handover,
    case_parts,
    case_turns,
    meetings,
    ownership,
    shelving,
)
from dispatch.case_commands import (
    AcceptHandOver,
    AssignCase,
    CallForce,
    ClaimCase,
    FeedBack,
    FeedBackPart,
    HoldMeeting,
    MergeCase,
    MoveForce,
    OfferCase,
    Reinforce,
    RequestSuspension,
    SendDirect,
    ShelveAlarms,
    SuperviseCase,
    TransferCase,
    TurnCase,
    TurnPart,
)
from dispatch.case_log import MOST_PHOTOS
from dispatch.case_states import TRANSITIONS, CaseState
from dispatch.cases import Case
from dispatch.commands import CaseCommand, Refused, SendUnit
from dispatch.parts import PART_TURNS
from dispatch.promises import LONGEST

if TYPE_CHECKING:
    from console.desk import Desk

#: What leads a case on has keys of its own.
STRAIGHT: Final = frozenset(
    {
        *("report", "self_report", "file"),
        *("sign", "depart", "arrive", "finish", "close"),
        "own_lapse",  # the clock's
        *("force_sign", "force_depart", "force_return"),  # a helper's terminal alone
    }
)
#: And so have these, with questions of their own.
KEYED: Final = {
    "void": "close",
    "recall": "recall",
    "own_ask": "seat",
    "own_yes": "seat_yes",
    "own_no": "seat_no",
}
USUAL_DAYS: Final = 15  # of a suspension
TYPED: Final = "typed"  # the word that has to be typed
# Of these one is possible at most.
SENT_BACK: Final = ("rework", "return", "return_further")
_BACK = QT_TRANSLATE_NOOP("Deed", "Redo or return")
_NOTHING = Refused("nothing", "there is nothing to do this to")

_COMMANDS: dict[str, type[CaseCommand]] = {
    "request_suspend": RequestSuspension,
    "dispatch": SendUnit,
    "supervise": SuperviseCase,
    "shelve": ShelveAlarms,
    "reinforce": Reinforce,
    "call_force": CallForce,
    "force_arrive": MoveForce,
    "force_leave": MoveForce,
    "transfer": TransferCase,
    "handover_accept": AcceptHandOver,
    "assign": AssignCase,
    "hand_on": AssignCase,
    "finish": FeedBack,
    "part_done": FeedBackPart,
    "own_ask": ClaimCase,
    "own_yes": ClaimCase,
    "own_no": ClaimCase,
    "own_offer": OfferCase,
    "merge": MergeCase,
    "urgent_direct": SendDirect,
    **dict.fromkeys(meetings.KINDS, HoldMeeting),
}
_COMMANDS |= {each: TurnPart for each in PART_TURNS if each != "part_done"}
_GIVEN = frozenset(
    {
        *("actor", "command_id", "case_id", "seen", "action"),
        *("at", "claim_seat", "claim_at"),
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One thing that a deed asks for: words, a date, or one of several.

    Attributes:
        name: The command's field, or `TYPED`.
        label: What it is called, in the desk's language.
        needed: The deed is nothing without.
        choices: What can be chosen, and how it is called; none: it is typed.
        first: Which of them stands chosen at first, or None.
        days: Of a date: the usual one and the last one, in days from now.
        photos: How many photos it takes; 0: it takes something else.
        word: What has to be typed, and nothing else.
        goes_with: It is asked for where something stands in this field; "": always.
    """

    name: str
    label: str
    needed: bool = False
    choices: tuple[tuple[object, str], ...] = ()
    first: int | None = None
    days: tuple[int, int] | None = None
    photos: int = 0
    word: str = ""
    goes_with: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """A deed with its form.

    Attributes:
        action: Its name in the table of transitions.
        text: What it is called.
        fields: What it asks for, in order.
        careful: It ends the case: a second key does it.
    """

    action: str
    text: str
    fields: tuple[Field, ...]
    careful: bool


def deed_text(action: str) -> str:
    """Return what a deed is called."""
    return _words(DEEDS.get(action) or STATION_DEEDS[action])


def refusal_of(desk: "Desk", case: Case, action: str) -> Refused | None:
    """Return why a deed may not be done to a case here and now, or None.

    What is still to be said of it is taken to be in order.
    """
    return refused_by(lambda: _try(desk, case, action))


def offered(desk: "Desk", case: Case) -> list[str]:
    """Return the deeds that may be done to a case here and now, in their order."""
    return [action for action in DEEDS if refusal_of(desk, case, action) is None]


def deed_of(desk: "Desk", case: Case, action: str) -> Deed:
    """Return a deed with what its command asks for."""
    row = TRANSITIONS[action]
    kind = _COMMANDS.get(action, TurnCase)
    asked = [
        _field(desk, case, action, each.name)
        for each in fields(kind)
        if each.name not in _GIVEN
        and not (each.name == "department" and _is_own_part(desk, action))
    ]
    if action == "force_close":
        word = deed_text(action)
        asked.append(Field(name=TYPED, label=_type_it(word), needed=True, word=word))
    ends = isinstance(row.to, CaseState) and not row.to.is_open
    return Deed(
        action=action, text=deed_text(action), fields=tuple(asked), careful=ends
    )


def ask(desk: "Desk", case: Case, action: str, values: Mapping[str, object]) -> str:
    """Ask the service for a deed with what was said in its form; return the id."""
    said = {name: value for name, value in values.items() if name != TYPED}
    until = said.get("until")
    if isinstance(until, date):  # from the beginning of that day on it runs again
        local = datetime.combine(until, time(), tzinfo=desk.zone)
        said["until"] = local.astimezone(UTC)
    due = said.get("due_at")
    if isinstance(due, date):  # until the end of that day
        end = datetime.combine(due, time(23, 59), tzinfo=desk.zone)
        said["due_at"] = end.astimezone(UTC)
    kind = _COMMANDS.get(action, TurnCase)
    if kind in (TurnCase, MoveForce, AssignCase, TurnPart, ClaimCase, HoldMeeting):
        said["action"] = action
    if kind in (ClaimCase, OfferCase):
        said["at"] = desk.clock()
    claim = case.course.claim
    if action in (ownership.YES, ownership.NO) and claim is not None:
        said |= {"claim_seat": claim.seat, "claim_at": claim.at}
    if _is_own_part(desk, action) and desk.actor.scope is not None:
        said["department"] = desk.actor.scope.department
    command = kind(
        actor=desk.actor,
        case_id=case.case_id,
        seen=case.version,
        **said,  # type: ignore[arg-type]
    )
    return desk.actions.submit(command, action=action, case_id=case.case_id)


def read_date(text: str, today: date) -> date | None:
    """Return the date somebody typed: 2026-12-08, 12-08 (the next one), +15; or None."""
    text = text.strip()
    try:
        if text.startswith("+"):
            return today + timedelta(days=int(text[1:]))
        parts = [int(part) for part in text.replace("/", "-").split("-")]
        if len(parts) == 2:
            found = date(today.year, *parts)
            return found if found >= today else date(today.year + 1, *parts)
        year, month, day = parts
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


# -- the actions -------------------------------------------------------------------


def may_more(desk: "Desk") -> Refused | None:
    """Return why nothing more can be done with the open case."""
    return _may_any(desk, tuple(DEEDS))


def may_force(desk: "Desk") -> Refused | None:
    """Return why the open case cannot be closed by force."""
    return _may_any(desk, ("force_close",))


def may_reinforce(desk: "Desk") -> Refused | None:
    """Return why nobody can come to the open case besides."""
    return _may_any(desk, ("reinforce",))


def may_send_back(desk: "Desk") -> Refused | None:
    """Return why the open case can be neither done again nor returned."""
    return _may_any(desk, SENT_BACK)


def send_back_text(desk: "Desk") -> str:
    """Return which of the ways back the open case has."""
    action = way_back(desk)
    return deed_text(action) if action else _words(_BACK)


def way_back(desk: "Desk") -> str:
    """Return how the open case is sent back: as a deed, or "" where it cannot be."""
    case = desk.case
    if case is None:
        return ""
    ways = (each for each in SENT_BACK if refusal_of(desk, case, each) is None)
    return next(ways, "")


def _may_any(desk: "Desk", actions: tuple[str, ...]) -> Refused | None:
    case = desk.case
    if case is None:
        return _NOTHING
    refused = covered(desk) or busy(desk, case)
    for action in actions if refused is None else ():
        refused = refusal_of(desk, case, action)
        if refused is None:
            return None
    return refused


# -- inside ------------------------------------------------------------------------


def _try(desk: "Desk", case: Case, action: str) -> None:
    """Do a deed to nobody's case.

    Raises:
        Refused: It may not be done.
    """
    by, at, rules = desk.actor, desk.clock(), desk.actions.taxonomy.rules
    row, scope = TRANSITIONS[action], by.scope
    part = None if scope is None else case_parts.own_part(scope, case)
    if part is not None and action not in PART_TURNS:
        raise case_parts.only_a_part(case)
    case.must(action, by)
    if isinstance(row.to, CaseState) and not row.to.is_open and case.state.is_open:
        alarms = desk.board.alarms_of(case.case_id)
        if any(alarm.acknowledged_at is None for alarm in alarms) and action != "void":
            raise Refused("alarm_unacknowledged", "its alarm is not acknowledged")
    if action == case_turns.RESTORE and not any(
        alarm.active for alarm in desk.board.alarms_of(case.case_id)
    ):
        raise Refused("nothing_active", "none of its alarms stands")
    if action in case_turns.PLAIN:
        case_turns.turn(case, action, by, at, text=action, rules=rules)
    elif action in PART_TURNS:
        own = "" if scope is None else scope.department
        whose = next(iter(parts_of(desk, case, action)), own)
        case_parts.turned(
            case, action, by, at, department=whose, rules=rules, text=action
        )
    elif action.startswith("own_"):
        claim, seat = case.course.claim, f"{by.seat}."
        since = None if claim is None else claim.at
        if claim is not None and action != ownership.OFFER:
            seat = claim.seat
        ownership.turned(case, action, by, at, said_at=at, seat=seat, claim_at=since)
        if lacks_somebody(desk, case, action):
            raise _lacking(desk, action)
    elif action == "handover_accept":
        case_handover.accepted(case, by, at, text="", number=action)
    elif action == "request_suspend":
        until = at + timedelta(hours=1)
        case_turns.request_suspension(
            case, by, at, until=until, text=action, rules=rules
        )
    elif action == "unshelve":
        shelving.unshelve(case, by, at)
    elif action == "shelve":
        held = [a for a in desk.board.alarms_of(case.case_id) if a.is_open]
        shelving.shelve(case, by, at, minutes=30, text=action, alarms=held)
    elif action == "finish":
        case_turns.feed_back(case, by, at, text=action, photos=())
    elif action == "hand_on":
        case_turns.assign(case, action, by, at, to=f"{case.department}.", text=action)
    elif action == "urgent_direct" and not case_turns.direct_rule(case, rules):
        raise _NOTHING
    elif lacks_somebody(desk, case, action):
        raise _lacking(desk, action)


def _lacking(desk: "Desk", action: str) -> Refused:
    """Return that nobody is there any more whom a deed could be about."""
    if action == ownership.OFFER:
        return Refused("no_seat", "no other seat is there")
    if NEEDS_SOMEBODY[action] == "unit_id":
        return nobody(desk)
    if _COMMANDS[action] is MoveForce:
        return Refused("force", "nobody is on the case whom it could be said of")
    return _NOTHING


def _is_own_part(desk: "Desk", action: str) -> bool:
    """Return whether a station speaks for its own part, and need not say whose it is."""
    own = action in PART_TURNS and action not in case_parts.DECIDED
    return own and desk.actor.scope is not None


def _field(desk: "Desk", case: Case, action: str, name: str) -> Field:
    if name == "text":
        needed = TRANSITIONS[action].wordy or action == "finish"
        plain = _REASON if needed else _ON_IT
        return Field(name=name, label=_words(SAID.get(action, plain)), needed=needed)
    label = _words(LABELS[name])
    if name == "until":
        most = desk.actions.taxonomy.rules.suspend_days
        days = (min(USUAL_DAYS, most), most)
        return Field(name=name, label=label, needed=True, days=days)
    if name == "due_at":
        days = (USUAL_DAYS, LONGEST.days - 1)
        return Field(name=name, label=label, days=days, goes_with="follow_up")
    if name == "photos":
        return Field(name=name, label=label, photos=MOST_PHOTOS)
    if name in ("number", "participants", "follow_up"):
        return Field(name=name, label=label, needed=name == "participants")
    if name == "department":
        choices, first = departments_for(desk, case, action)
    else:
        choices, first = choices_of(desk, case, action, name)
    return Field(name=name, label=label, needed=True, choices=choices, first=first)


_REASON = QT_TRANSLATE_NOOP("Deed", "Reason")
_ON_IT = QT_TRANSLATE_NOOP("Deed", "Words on it")


def _type_it(word: str) -> str:
    return _words(QT_TRANSLATE_NOOP("Deed", 'Type "{word}"')).format(word=word)


def _words(text: object) -> str:
    return QCoreApplication.translate("Deed", str(text))
