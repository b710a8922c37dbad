"""What an ended case still owes to people, and how long a board holds it for that. Pure.

A case that has ended while somebody waits for a call or for what was promised to them
carries the moment `OWED`; once nobody does, `SETTLED`. Store and board go by these
moments alone, so that a desk that starts holds what one that followed does.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from dispatch.cases import Case
from dispatch.commands import Moment, Refused
from dispatch.course import Promise
from dispatch.joining import OwedCall, owed_calls, short_number
from dispatch.promises import open_promises

ENDS: Final = (Moment.CLOSED, Moment.SETTLED)  # it asked nothing of anybody since
_MARKS = frozenset({Moment.OWED, Moment.SETTLED})
_NEVER = datetime.min.replace(tzinfo=UTC)


def is_owing(case: Case) -> bool:
    """Return whether a case has ended and somebody still waits for something of it.

    The caller of a joined one waits, too: whoever has the main case calls them.
    """
    return bool(_owed(case))


def marked(before: Case | None, case: Case, at: datetime) -> Case:
    """Return a case that says since when it is owing, or is not any more.

    One that ended, owing, before there were such moments has none until it owes more.

    Args:
        before: As it was; None: it has just come in.
        case: As a step left it.
        at: When.
    """
    held = _MARKS & case.clocks.keys()
    if case.state.is_open and not held:
        return case
    owed = set(_owed(case))
    marks = held
    if case.state.is_open:
        marks = frozenset()
    elif Moment.OWED in held:
        marks = frozenset({Moment.OWED if owed else Moment.SETTLED})
    elif owed - set(() if before is None else _owed(before)):
        marks = frozenset({Moment.OWED})
    if marks == held:
        return case
    clocks = {m: when for m, when in case.clocks.items() if m not in _MARKS}
    return replace(case, clocks=clocks | dict.fromkeys(marks, at))


def settled_at(case: Case) -> datetime | None:
    """Return when a case asked nothing of anybody any more, or None: it still does."""
    if case.state.is_open or Moment.OWED in case.clocks:
        return None
    return max(case.clocks.get(moment, _NEVER) for moment in ENDS)


def must_be_called(case: Case) -> None:
    """Refuse to close a case while one of its reporters has not heard how it went."""
    owed = owed_calls(case)
    if owed:
        raise Refused(
            "calls_owed",
            f"case {case.number} owes {len(owed)} of its reporters a call",
            number=case.number,
            numbers=" ".join(short_number(each.number) for each in owed),
        )


def _owed(case: Case) -> tuple[OwedCall | Promise, ...]:
    """Return what an ended case owes; an open one is worked at."""
    if case.state.is_open:
        return ()
    return (*owed_calls(case), *(promise for _, promise in open_promises(case)))
