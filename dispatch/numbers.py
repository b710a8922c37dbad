"""Telephone numbers that were read, recordings that were heard: whose, by whom, why.

A look at a number is kept beside the looks at cameras and not in the log of its case.
It is no step of the case and changes nothing in it; the log goes to every desk and
stands in every report, while who looked up whom is itself about persons, and is asked
for when somebody complains. What was said on the telephone belongs to the log, and
stands there: an answer by telephone, or a note.
"""

from dataclasses import dataclass
from datetime import datetime

from dispatch.commands import Command

# A case found by search and opened: what its reporter said stands there.
# Matched with a number that somebody typed: what its reporter said is shown beside.
# Played: what was recorded of a call about it was opened.
SHOWN, COPIED, OPENED, MATCHED = "shown", "copied", "opened", "matched"
PLAYED = "played"
DEEDS = frozenset({SHOWN, COPIED, OPENED, MATCHED, PLAYED})
UNIT, PLACE, REPORTER, RECORDING = "unit", "place", "reporter", "recording"
OWNERS = frozenset({UNIT, PLACE, REPORTER, RECORDING})
MOST_AT_ONCE = 20  # numbers in one look


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberOf:
    """Whose number; never the number itself.

    Attributes:
        kind: "unit", "place" (whom a place names), "reporter" or "recording".
        ref: Id of the unit, the place or the call that was recorded; "" for the
            reporter, whom the case names.
    """

    kind: str
    ref: str = ""


@dataclass(frozen=True, kw_only=True)
class NoteNumbers(Command):
    """A person reads numbers. It holds none of them, so it may wait in the outbox.

    It needs no role: whoever has a desk reads, and no reading goes unrecorded for
    want of one. Only desks can ask it.

    Attributes:
        case_id: The case they are wanted for; 0: for none, in the list of who is on
            duty.
        owners: Whose they are.
        deed: "shown", "copied", "opened": the case, found by search, "matched": with
            a number that somebody typed, or "played".
        at: When, by the desk's clock.
    """

    case_id: int
    owners: tuple[NumberOf, ...]
    deed: str = SHOWN
    at: datetime
