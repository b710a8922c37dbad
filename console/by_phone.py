"""Who has to be telephoned: the unit of a case that no terminal stands for."""

from typing import TYPE_CHECKING

from console.who import is_same
from dispatch.case_log import SENDS
from dispatch.cases import Case, CaseState
from dispatch.devices import has_terminal
from dispatch.units import Unit

if TYPE_CHECKING:
    from console.desk import Desk

# What a unit can say on the telephone, in the order it happens.
ANSWERS = ("sign", "arrive", "finish")


def answers(case: Case) -> list[str]:
    """Return what the unit of a case may say next."""
    return [action for action in ANSWERS if case.may(action)]


def sent_unit(desk: "Desk", case: Case) -> Unit | None:
    """Return the unit under way for a case."""
    return desk.board.units.get(case.unit_id) if answers(case) else None


def lacks_terminal(desk: "Desk", case: Case) -> bool:
    """Return whether nobody but a telephone reaches the unit under way for a case."""
    unit = sent_unit(desk, case)
    if unit is None:
        return False
    return not has_terminal(unit.unit_id, unit.device_id, desk.board.devices)


def sent_here(desk: "Desk", case: Case) -> bool:
    """Return whether this seat sent the unit, and so reads its number unasked.

    The log of the case says who that was; whoever else wants the number asks with F9.
    """
    for entry in reversed(desk.board.entries(case.case_id)):
        if entry.action in SENDS:
            return is_same(desk.actor, entry.actor, entry.seat)
    return False


def shown_unasked(desk: "Desk", case: Case) -> Unit | None:
    """Return the unit whose number stands at a case without being asked for."""
    unit = sent_unit(desk, case)
    if unit is None or not unit.phone or not lacks_terminal(desk, case):
        return None
    return unit if is_untold(case) and sent_here(desk, case) else None


def is_untold(case: Case) -> bool:
    """Return whether it still has to be said to the unit that it is sent."""
    return case.state is CaseState.DISPATCHED
