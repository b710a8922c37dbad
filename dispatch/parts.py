"""联合处置: the part that each department has in a case another one answers for.

Pure, of what a case carries alone; what is done with a part is in
`dispatch.case_parts`. Whoever answers for the case has no part besides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dispatch.commands import Refused


class PartState(StrEnum):
    """Where a part stands."""

    ASSIGNED = "assigned"  # 待签收
    SIGNED = "signed"  # 已签收
    RETURNED = "returned"  # 回退: the command room assigns it again or releases it
    DONE = "done"  # 已反馈
    RELEASED = "released"  # 解除协办


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What one department has to do in a case, 协办.

    Attributes:
        department: Whose it is.
        state: Where it stands.
        since: Since when (UTC).
        sign_by: Until when it is to be signed for; None: it was, or has no limit.
    """

    department: str
    state: PartState
    since: datetime
    sign_by: datetime | None = None


def besides(parts: Sequence[Part], responsible: str) -> tuple[Part, ...]:
    """Return the parts of all but whoever answers for the case."""
    return tuple(each for each in parts if each.department != responsible)


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
