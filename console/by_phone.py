"""Who has to be telephoned: a unit that no terminal stands for, sent or helping."""

from typing import TYPE_CHECKING

from console.who import is_same
from dispatch import case_forces
from dispatch.case_log import SENDS
from dispatch.cases import Case, CaseState
from dispatch.devices import has_terminal
from dispatch.units import Unit

if TYPE_CHECKING:
    from console.desk import Desk

# What a unit can say on the telephone, in the order it happens.
ANSWERS = ("sign", "arrive", "finish")
_ASKS = frozenset({"reinforce"})


def answers(case: Case) -> list[str]:
    """Return what the unit of a case may say next."""
    return [action for action in ANSWERS if case.may(action)]


def sent_unit(desk: "Desk", case: Case) -> Unit | None:
    """Return the unit under way for a case."""
    return desk.board.units.get(case.unit_id) if answers(case) else None


def lacks_terminal(desk: "Desk", case: Case) -> bool:
    """Return whether nobody but a telephone reaches the unit under way for a case."""
    unit = sent_unit(desk, case)
    return unit is not None and only_phone(desk, unit)


def only_phone(desk: "Desk", unit: Unit) -> bool:
    """Return whether no terminal tells a unit what it is asked."""
    return not has_terminal(unit.unit_id, unit.device_id, desk.board.devices)


def sent_here(desk: "Desk", case: Case) -> bool:
    """Return whether this seat sent the unit, and so reads its number unasked.

    The log of the case says who that was; whoever else wants the number asks with F9.
    """
    return _last_said_here(desk, case, SENDS, case.unit_id)


def shown_unasked(desk: "Desk", case: Case) -> Unit | None:
    """Return the unit whose number stands at a case without being asked for."""
    unit = sent_unit(desk, case)
    if unit is None or not unit.phone or not lacks_terminal(desk, case):
        return None
    return unit if is_untold(case) and sent_here(desk, case) else None


def untold_helpers(desk: "Desk", case: Case) -> list[Unit]:
    """Return who was asked to help, 协办, and is not said to be there."""
    waited_for = case_forces.movable(case, case_forces.ARRIVE)
    units = (desk.board.units.get(each.unit_id) for each in waited_for)
    return [unit for unit in units if unit is not None]


def helper_shown_unasked(desk: "Desk", case: Case, unit: Unit) -> bool:
    """Return whether this seat asked a helper, and so reads their number unasked."""
    return bool(unit.phone) and _last_said_here(desk, case, _ASKS, unit.unit_id)


def _last_said_here(
    desk: "Desk", case: Case, actions: frozenset[str], unit_id: str
) -> bool:
    for entry in reversed(desk.board.entries(case.case_id)):
        if entry.action in actions and entry.unit_id == unit_id:
            return is_same(desk.actor, entry.actor, entry.seat)
    return False


def is_untold(case: Case) -> bool:
    """Return whether it still has to be said to the unit that it is sent."""
    return case.state is CaseState.DISPATCHED
