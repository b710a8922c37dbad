"""联合处置 in words: what a department's part is called, and whose a case is here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import words
from dispatch import case_parts
from dispatch.cases import Case, CaseState
from dispatch.moments import Moment
from dispatch.parts import SETTLED, Part, PartState, besides

if TYPE_CHECKING:
    from console.desk import Desk

_STATES = {
    PartState.ASSIGNED: QT_TRANSLATE_NOOP("Part", "Not yet signed"),
    PartState.SIGNED: QT_TRANSLATE_NOOP("Part", "Signed"),
    PartState.RETURNED: QT_TRANSLATE_NOOP("Part", "Returned"),
    PartState.DONE: QT_TRANSLATE_NOOP("Part", "Reported done"),
    PartState.RELEASED: QT_TRANSLATE_NOOP("Part", "Released"),
}
# Since when whoever answers for the case is where they are: the latest of these.
_MOVED: Final = (
    *(Moment.DISPATCHED, Moment.SIGNED, Moment.DEPARTED),
    *(Moment.ARRIVED, Moment.FINISHED),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PartRow:
    """A row of the table of a joint case.

    Attributes:
        who: A department, or who was sent.
        responsible: They answer for the case.
        state: What they do, in words.
        since: For how long, in words, or "".
        left: How much of the limit is left, in words, or "".
        late: It has run out.
        waits: The case is not done without them.
    """

    who: str
    responsible: bool
    state: str
    since: str
    left: str
    late: bool
    waits: bool


def own(desk: "Desk", case: Case) -> Part | None:
    """Return the part this station has in a case of another's; at a desk None."""
    scope = desk.actor.scope
    return None if scope is None else case_parts.own_part(scope, case)


def state_text(desk: "Desk", case: Case) -> str:
    """Return how a case stands here: at a station with a part in it, how that does."""
    part = own(desk, case)
    return words.state(case.state) if part is None else _state(part)


def rows(desk: "Desk", case: Case) -> list[PartRow]:
    """Return who has a part in a case, whoever answers for it first; none: no table."""
    parts = besides(case.course.parts, case.department)
    if not parts:
        return []
    unit = desk.board.units.get(case.unit_id)
    moments = [case.clocks[each] for each in _MOVED if each in case.clocks]
    at_work = CaseState.DISPATCHED <= case.state < CaseState.FEEDBACK
    first = _row(
        desk,
        case.department or (unit.name if unit is not None else case.unit_id),
        words.state(case.state),
        max(moments, default=None),
        case.deadline if at_work else None,
        responsible=True,
    )
    return [
        first,
        *(
            _row(
                desk,
                each.department,
                _state(each),
                each.since,
                case_parts.due_at(case, each) if case.state.is_open else None,
                waits=each.state not in SETTLED,
            )
            for each in sorted(parts, key=lambda part: part.department)
        ),
    ]


def counted(case: Case) -> str:
    """Return how many of the parts nothing is waited for any more, in words."""
    parts = besides(case.course.parts, case.department)
    done = sum(each.state in SETTLED for each in parts)
    return _words(_COUNTED).format(done=done, n=len(parts))


def _row(
    desk: "Desk",
    who: str,
    state: str,
    since: datetime | None,
    due: datetime | None,
    *,
    responsible: bool = False,
    waits: bool = True,
) -> PartRow:
    now = desk.clock()
    rest = None if due is None else due - now
    return PartRow(
        who=who,
        responsible=responsible,
        state=state,
        since="" if since is None else words.span(now - since),
        left="" if rest is None else words.left(rest),
        late=rest is not None and rest < timedelta(0),
        waits=waits,
    )


def _state(part: Part) -> str:
    return _words(_STATES[part.state])


_COUNTED = QT_TRANSLATE_NOOP("Part", "{done} of {n} done or released")


def _words(text: object) -> str:
    return QCoreApplication.translate("Part", str(text))
