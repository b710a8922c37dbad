"""Completing a report that was saved with its place and kind alone. Pure.

What was first said stands in the first line of the log; what is learned later is a line
of its own. A number never stands there.
"""

from dataclasses import replace
from datetime import datetime

from dispatch.cases import Case, CaseState, Step
from dispatch.commands import Refused
from dispatch.people import Actor

COMPLETED, NAMED = "completed", "reporter_noted"


def may_be_completed(case: Case) -> bool:
    """Return whether what is learned of a report may still be added to it."""
    return case.state.is_open or case.state is CaseState.MERGED


def completed(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    details: str | None = None,
    reporter_name: str | None = None,
    reporter_phone: str | None = None,
    channel: str | None = None,
) -> Step:
    """Return a case with what is known of its report by now; None: as it is.

    It is open, or joined to another, which goes on for it.
    """
    if not may_be_completed(case):
        raise Refused(
            "state",
            f"case {case.number} has ended",
            number=case.number,
            action="complete",
            state=int(case.state),
        )
    known = {
        "details": details,
        "reporter_name": reporter_name,
        "reporter_phone": reporter_phone,
        "channel": channel,
    }
    new = {
        name: value.strip()
        for name, value in known.items()
        if value is not None and value.strip() != getattr(case, name)
    }
    if not new:
        raise Refused(
            "nothing_new", f"case {case.number} knows that", number=case.number
        )
    entries = []
    if "details" in new or "channel" in new:
        said = new.get("details", "").removeprefix(case.details).strip()
        entries.append(case.entry(COMPLETED, by, at, text=said))
    if "reporter_name" in new or "reporter_phone" in new:
        entries.append(case.entry(NAMED, by, at))
    after: Case = replace(case, **new)  # type: ignore[arg-type]
    return Step(after, tuple(entries))
