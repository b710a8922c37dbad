"""What an ended case still owes to people, and how long a board holds it for that. Pure.

A case that has ended while somebody waits for a call or for what was promised to them
carries the moment `OWED`; once nobody does, `SETTLED`. Store and board go by these
moments alone, so that a desk that starts holds what one that followed does.
"""

from dataclasses import replace
from datetime import UTC, datetime

from dispatch.cases import Case, CaseState
from dispatch.commands import Moment, Refused
from dispatch.joining import owed_calls
from dispatch.promises import open_promises

_MARKS = frozenset({Moment.OWED, Moment.SETTLED})
# When a case may have asked nothing of anybody any more, the latest of them.
ENDS = (Moment.CLOSED, Moment.SETTLED)
_NEVER = datetime.min.replace(tzinfo=UTC)


def is_owing(case: Case) -> bool:
    """Return whether a case has ended and somebody still waits for something of it.

    A joined one's caller is called by whoever has the main case, which owes the call.
    """
    if case.state.is_open:
        return False
    calls = () if case.state is CaseState.MERGED else owed_calls(case)
    return bool(calls or open_promises(case))


def marked(case: Case, at: datetime) -> Case:
    """Return a case that says since when it is owing, or is not any more.

    Args:
        case: As a step left it.
        at: When.
    """
    owing = is_owing(case)
    if owing is (Moment.OWED in case.clocks):
        return case
    clocks = {m: when for m, when in case.clocks.items() if m not in _MARKS}
    if owing or not case.state.is_open:
        clocks[Moment.OWED if owing else Moment.SETTLED] = at
    return replace(case, clocks=clocks)


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
            numbers=" ".join(f"#{each.number[-4:]}" for each in owed),
        )
