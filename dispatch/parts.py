"""联合处置: the part that each department has in a case another one answers for.

Pure, of what a case carries alone; what is done with a part is in
`dispatch.case_parts`. Whoever answers for the case has no part besides.
"""

from collections.abc import Sequence

from dispatch.commands import Refused
from dispatch.course import Part, PartState

_P = PartState
# The department has it, or has done it: the case is at its station.
WITH_DEPARTMENT = frozenset({_P.ASSIGNED, _P.SIGNED, _P.DONE})
# Nothing is waited for.
SETTLED = frozenset({_P.DONE, _P.RELEASED})
# From which of its states a part may be turned, and what it is then; None: it has none.
PART_TURNS: dict[str, tuple[frozenset[PartState | None], PartState]] = {
    "part_assign": (frozenset({None, _P.RETURNED, *SETTLED}), _P.ASSIGNED),
    "part_sign": (frozenset({_P.ASSIGNED}), _P.SIGNED),
    "part_return": (frozenset({_P.ASSIGNED, _P.SIGNED}), _P.RETURNED),
    "part_done": (frozenset({_P.SIGNED}), _P.DONE),
    "part_release": (
        frozenset({_P.ASSIGNED, _P.SIGNED, _P.RETURNED}),
        _P.RELEASED,
    ),
}
PART_REMINDED = "part_remind"  # the line of the log: nobody has signed in time


def besides(parts: Sequence[Part], responsible: str) -> tuple[Part, ...]:
    """Return the parts of all but whoever answers for the case."""
    return tuple(each for each in parts if each.department != responsible)


def in_hand(parts: Sequence[Part], responsible: str) -> list[Part]:
    """Return the parts that their departments have still to do."""
    states = WITH_DEPARTMENT - SETTLED
    return [each for each in besides(parts, responsible) if each.state in states]


def must_be_settled(parts: Sequence[Part], responsible: str, number: str) -> None:
    """Refuse to report a case done while a part of it is waited for."""
    waits = [p for p in besides(parts, responsible) if p.state not in SETTLED]
    if waits:
        raise Refused(
            "parts_open",
            f"parts of case {number} are neither done nor released",
            number=number,
            departments="、".join(each.department for each in waits),
        )
