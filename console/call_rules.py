"""What may be done with the call about a case, and its words: 三方转接, recordings."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import words
from console.action_rules import covered
from console.call_requests import Answered
from dispatch import phone_calls
from dispatch.cases import Case
from dispatch.commands import Refused
from dispatch.phone_calls import ASKED, CONNECTED, FAILED
from dispatch.phone_commands import NoteThreeWay

if TYPE_CHECKING:
    from datetime import datetime

    from console.calls import Said
    from console.desk import Desk

MOST_NAMED = 2  # three-way calls in a case's head; the log has all
_NAMES = {
    "110": QT_TRANSLATE_NOOP("Call", "110 police"),
    "119": QT_TRANSLATE_NOOP("Call", "119 fire"),
    "120": QT_TRANSLATE_NOOP("Call", "120 ambulance"),
    "122": QT_TRANSLATE_NOOP("Call", "122 traffic accidents"),
    "12345": QT_TRANSLATE_NOOP("Call", "12345 hotline"),
}
_DEEDS = {
    ASKED: QT_TRANSLATE_NOOP("Call", "asked {time}"),
    CONNECTED: QT_TRANSLATE_NOOP("Call", "connected {time}"),
    FAILED: QT_TRANSLATE_NOOP("Call", "failed {time}"),
}
_REASONS = {
    "busy": QT_TRANSLATE_NOOP("Call", "busy"),
    "no_answer": QT_TRANSLATE_NOOP("Call", "no answer"),
    "refused": QT_TRANSLATE_NOOP("Call", "the telephone system refused it"),
    "gone": QT_TRANSLATE_NOOP("Call", "the caller is gone"),
    "silent": QT_TRANSLATE_NOOP("Call", "nothing was heard of it for a minute"),
    "away": QT_TRANSLATE_NOOP("Call", "the telephone system is away: dial by hand"),
    "dialled": QT_TRANSLATE_NOOP("Call", "by this machine's dialler"),
    "by_hand": QT_TRANSLATE_NOOP("Call", "entered by hand"),
}


def _say(text: object) -> str:
    return QCoreApplication.translate("Call", str(text))


def name_of(to: str) -> str:
    """Return what somebody who can be brought into a call is called."""
    return _say(_NAMES.get(to, to))


def told(word: Answered) -> str:
    """Return what the bottom bar says of a three-way call as it goes."""
    text = said_in_log(f"{word.to} {word.reason}".strip())
    return f"{words.log_action(phone_calls.LINES[word.deed])}  {text}"


def said_in_log(text: str) -> str:
    """Return the words of a line of the log about a three-way call."""
    to, _, reason = text.partition(" ")
    why = _say(_REASONS.get(reason, reason))
    return " · ".join(each for each in (name_of(to), why) if each)


def facts(desk: "Desk", case: Case) -> list[tuple[str, str]]:
    """Return the labelled lines that a case's head has of the calls about it."""
    found = []
    for each in case.course.three_ways[-MOST_NAMED:]:
        parts = [each.to, _timed(desk, ASKED, each.asked_at)]
        if each.answered_at is not None:
            deed = CONNECTED if each.connected else FAILED
            parts.append(_timed(desk, deed, each.answered_at))
        label = _say(QT_TRANSLATE_NOOP("Call", "Three-way"))
        found.append((label, " · ".join(parts)))
    recorded = sum(len(phone_calls.recordings(each)) for each in reports(desk, case))
    if recorded and desk.actor.scope is None:  # a station has no key for it
        label = _say(QT_TRANSLATE_NOOP("Call", "Recording"))
        times = f"{recorded} × " if recorded > 1 else ""
        text = _say(QT_TRANSLATE_NOOP("Call", "of the call"))
        found.append((label, f"{times}{text}  {words.key('Ctrl+Shift+F9')}"))
    return found


def waiting_words(desk: "Desk", waiting: "list[Said]") -> str:
    """Return what is known of the call of a report that is not saved yet."""
    parts = []
    for said in waiting:
        if isinstance(said.word, Answered):
            timed = _timed(desk, said.word.deed, said.at)
            why = _say(_REASONS.get(said.word.reason, ""))
            parts.append(" ".join(each for each in (said.word.to, timed, why) if each))
        else:
            text = QT_TRANSLATE_NOOP("Call", "recorded; it is kept with the report")
            parts.append(_say(text))
    return " · ".join(parts)


def reports(desk: "Desk", case: Case) -> list[Case]:
    """Return a case and the reports that were joined to it."""
    cases = desk.board.cases
    joined = [cases.get(each.case_id) for each in case.course.joined]
    return [each for each in (case, *joined) if each is not None]


# -- the actions -------------------------------------------------------------------


def may_bring(desk: "Desk") -> Refused | None:
    """Return why nobody can be brought into a call now."""
    if desk.case is None and not desk.actions.is_reporting():
        return Refused("nothing", "nobody is on the line")
    return desk.actions.may_ask(NoteThreeWay)


def ask_whom(desk: "Desk") -> None:
    """Ask whom to bring in, in sight: on the report at hand, or at the open case."""
    if desk.actions.is_covered():
        desk.actions.wanted.emit("uncover")
    desk.actions.wanted.emit("third")


def may_play(desk: "Desk") -> Refused | None:
    """Return why nothing recorded of the open case can be heard."""
    case = desk.case
    if desk.actions.is_reporting():
        return covered(desk)
    if case is None:
        return Refused("nothing", "there is nothing recorded")
    if not any(phone_calls.recordings(each) for each in reports(desk, case)):
        return Refused(
            "not_recorded",
            f"no recording of a call about {case.number} has come",
            number=words.case_number(case),
        )
    return None


def play(desk: "Desk") -> None:
    """Open what was recorded of the open case, the newest first; that is noted."""
    if desk.case is None:
        return
    became = desk.calls.play(reports(desk, desk.case))
    desk.said.emit(_say(_PLAYED[became]))


_PLAYED = {
    "opened": QT_TRANSLATE_NOOP("Call", "The recording opens in the browser."),
    "copied": QT_TRANSLATE_NOOP(
        "Call",
        "The recording's id is copied: look for it in the telephone system. With"
        " --recordings it opens from here.",
    ),
    "away": QT_TRANSLATE_NOOP(
        "Call", "The recording does not open: this machine has no browser for it."
    ),
}


def _timed(desk: "Desk", deed: str, at: "datetime") -> str:
    time = words.seconds_time(at, now=desk.clock(), zone=desk.zone)
    return _say(_DEEDS[deed]).format(time=time)
