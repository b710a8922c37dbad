"""会商 and 调解: who sat together about a case, what came of it, and what follows. Pure.

A meeting is one line of the log. What was to follow from it is a promise (承诺) with a
clock of its own, so that nothing that was agreed is forgotten.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dispatch import promises
from dispatch.cases import Case, Step
from dispatch.commands import Refused
from dispatch.people import Actor

CONSULT, MEDIATE = "consult", "mediate"
KINDS: Final = (CONSULT, MEDIATE)
#: Whether they agreed: not, by word of mouth, or in writing.
AGREEMENTS: Final = ("none", "oral", "written")


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """What is written down of people who sat together.

    Attributes:
        participants: Who took part, in words.
        decision: What was decided, or put and answered.
        agreement: One of `AGREEMENTS`.
        follow_up: What is to follow, or "".
    """

    participants: str
    decision: str
    agreement: str
    follow_up: str = ""


def held(
    case: Case,
    kind: str,
    by: Actor,
    at: datetime,
    *,
    meeting: Meeting,
    due_at: datetime | None = None,
) -> Step:
    """Return a case about which people sat together.

    Args:
        case: The case.
        kind: One of `KINDS`.
        by: Who writes it down.
        at: When.
        meeting: What is written down.
        due_at: Until when it is followed up; needed where something is to follow.

    Raises:
        Refused: The case is over, or something of it is missing.
    """
    if kind not in KINDS or meeting.agreement not in AGREEMENTS:
        raise Refused("action", f"there is no meeting {kind}", action=kind)
    case.must(kind, by, meeting.decision)
    if not meeting.participants.strip():
        raise Refused("participants", "a meeting is of people, who are named")
    step = case.turn(kind, by, at, text=line_of(meeting))
    if not meeting.follow_up.strip():
        return step
    if due_at is None:
        raise Refused("date", "what follows is for a time ahead", days=0)
    follows = promises.promised(
        step.case,
        by,
        at,
        what=meeting.follow_up,
        to=meeting.participants,
        due_at=due_at,
    )
    return Step(follows.case, (*step.entries, *follows.entries))


def line_of(meeting: Meeting) -> str:
    """Return a meeting as its line of the log keeps it; see `read`."""
    parts = (meeting.participants, meeting.decision, meeting.follow_up)
    return "\n".join((meeting.agreement, *(" ".join(each.split()) for each in parts)))


def read(text: str) -> Meeting | None:
    """Return the meeting that a line of the log keeps, or None."""
    parts = text.split("\n")
    if len(parts) != 4 or parts[0] not in AGREEMENTS:
        return None
    agreement, participants, decision, follow_up = parts
    return Meeting(
        participants=participants,
        decision=decision,
        agreement=agreement,
        follow_up=follow_up,
    )
