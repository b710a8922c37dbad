"""What a case keeps of the telephone calls about it: recordings, 三方转接. Pure.

A recording is named by the telephone system's own id of it, or by an address; neither
ever holds a log-in. The number that rang stands on the report and nowhere here.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from dispatch.case_terms import phone_digits
from dispatch.cases import Case, Step
from dispatch.commands import Refused
from dispatch.course import PhoneCall, ThreeWay
from dispatch.people import Actor

RECORDED: Final = "recorded"
#: 三方转接 as it goes: asked for, then one of the two.
ASKED, CONNECTED, FAILED = "asked", "connected", "failed"
LINES: Final = {each: f"three_way_{each}" for each in (ASKED, CONNECTED, FAILED)}
#: Whom a call can be brought to: 警情, 消防, 急救, 交通事故, 便民热线.
THIRD: Final = ("110", "119", "120", "122", "12345")
#: Why nobody came into a call, or who says that somebody did.
REASONS: Final = frozenset(
    {"busy", "no_answer", "refused", "gone", "silent", "away", "dialled", "by_hand"}
)
LATEST: Final = timedelta(hours=24)  # a recording that names no call, after it
MOST: Final = 8  # recordings of a call
MOST_CALLS: Final = 32  # of a case; what is said in one more names no call
MOST_THREE_WAYS: Final = 32

# Ids as telephone systems have them, those of SIP too, which end in a host.
_CALL = re.compile(r"[A-Za-z0-9][\w.:+@=-]{0,63}", re.ASCII)
_ID = re.compile(r"[A-Za-z0-9][\w.:+/=-]{0,199}", re.ASCII)
_LONGEST = 500
# What names a recording in an address. All else may be a token, and is left out.
_HARMLESS = frozenset(
    {"id", "call", "callid", "call_id", "uniqueid", "uuid", "file", "name", "recording"}
)


def call_id(text: str) -> str:
    """Return a telephone system's name for a call, or "" where that is none."""
    return text if _CALL.fullmatch(text) else ""


def recording_of(text: str) -> str:
    """Return what names a recording, with nothing of a log-in; "" where it is none."""
    text = text.strip()
    if "://" not in text:
        return text if _ID.fullmatch(text) else ""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host or ";" in parts.path:
        return ""
    place = f"[{host}]" if ":" in host else host
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query)
        if name.lower() in _HARMLESS and _ID.fullmatch(value)
    ]
    where = f"{place}:{port}" if port else place
    found = urlunsplit((parts.scheme, where, parts.path, urlencode(kept), ""))
    plain = found.isascii() and found.isprintable() and " " not in found
    return found if plain and len(found) <= _LONGEST else ""


def case_of(
    cases: Iterable[Case], *, call: str, number: str, at: datetime
) -> Case | None:
    """Return the case that a call's report became, the newest where there are several.

    A system that names no calls means the last one from a number that has no recording.
    """
    if call:
        found = [
            case
            for case in cases
            if any(each.call == call for each in case.course.calls)
        ]
    else:
        found = [
            case
            for case in cases
            if number
            and at - case.opened_at <= LATEST
            and phone_digits(case.reporter_phone) == number
            and any(not each.recordings for each in case.course.calls)
        ]
    return max(found, key=lambda case: case.case_id, default=None)


def rang(case: Case, call: str) -> Case:
    """Return a case that a call was about.

    Raises:
        Refused: That is no name of a call, or there are too many.
    """
    held = case.course.calls
    if any(each.call == call for each in held):
        return case
    if call_id(call) != call or not call or len(held) >= MOST_CALLS:
        raise Refused("call", "that is no call of a telephone system")
    course = replace(case.course, calls=(*held, PhoneCall(call=call)))
    return replace(case, course=course)


def recorded(case: Case, by: Actor, at: datetime, *, call: str, recording: str) -> Step:
    """Return a case that knows where the recording of a call about it is.

    Raises:
        Refused: It names no recording, or holds what must not be kept.
    """
    named = recording_of(recording)
    if not named or named != recording:
        raise Refused("recording", "that names no recording, or holds a log-in")
    case = rang(case, call)
    held = case.course.calls
    known = next(each for each in held if each.call == call)
    if named in known.recordings or len(known.recordings) >= MOST:
        raise Refused(
            "nothing_new", f"case {case.number} knows that", number=case.number
        )
    with_it = replace(known, recordings=(*known.recordings, named))
    course = replace(
        case.course, calls=tuple(with_it if each is known else each for each in held)
    )
    entry = case.entry(RECORDED, by, at)
    return Step(replace(case, course=course), (entry,))


def three_way(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    to: str,
    deed: str,
    said_at: datetime,
    call: str = "",
    reason: str = "",
) -> Step:
    """Return a case in whose call somebody was asked for, has come, or has not.

    Args:
        case: The case.
        by: Who says so.
        at: When that is written down.
        to: Whom, one of `THIRD`.
        deed: `ASKED`, `CONNECTED` or `FAILED`.
        said_at: When it was.
        call: In which call, where a telephone system has named it.
        reason: One of `REASONS`, or "".

    Raises:
        Refused: Nobody knows whom, nobody was asked for, or that is no call's name.
    """
    known = to in THIRD and deed in LINES and (not reason or reason in REASONS)
    if not known or said_at.tzinfo is None:
        raise Refused("third", "nobody knows whom to bring into the call")
    if call and call_id(call) == call and len(case.course.calls) >= MOST_CALLS:
        call = call if any(each.call == call for each in case.course.calls) else ""
    if call:
        case = rang(case, call)
    held = case.course.three_ways
    if deed == ASKED:
        if waiting(case, to) is not None:
            raise Refused("third_asked", f"{to} is being asked for already", to=to)
        asked = ThreeWay(to=to, call=call, asked_at=min(said_at, at))
        after = (*held, asked)[-MOST_THREE_WAYS:]
    else:
        asked_for = waiting(case, to)
        if asked_for is None and deed == CONNECTED:  # later than anybody waited
            asked_for = _failed(case, to)
        if asked_for is None:
            raise Refused("third_not_asked", f"{to} was not asked for", to=to)
        answered = replace(
            asked_for,
            answered_at=max(asked_for.asked_at, min(said_at, at)),
            connected=deed == CONNECTED,
        )
        after = tuple(answered if each is asked_for else each for each in held)
    course = replace(case.course, three_ways=after)
    entry = case.entry(LINES[deed], by, at, text=f"{to} {reason}".strip())
    return Step(replace(case, course=course), (entry,))


def waiting(case: Case, to: str = "") -> ThreeWay | None:
    """Return who was asked for and has neither come nor failed, the last one."""
    return next(
        (
            each
            for each in reversed(case.course.three_ways)
            if each.answered_at is None and to in ("", each.to)
        ),
        None,
    )


def _failed(case: Case, to: str) -> ThreeWay | None:
    """Return the last time somebody was asked for, where they did not come."""
    last = next((w for w in reversed(case.course.three_ways) if w.to == to), None)
    return None if last is None or last.connected else last


def recordings(case: Case) -> tuple[tuple[str, str], ...]:
    """Return the recordings of a case with their calls, the newest first."""
    return tuple(
        (each.call, recording)
        for each in reversed(case.course.calls)
        for recording in reversed(each.recordings)
    )
