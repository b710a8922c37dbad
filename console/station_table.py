"""What can be done at a station: five deeds, each with a key, and the keys around them."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from console import case_deeds, part_words
from console.action_rules import busy
from console.action_table import ACTIONS
from console.one_action import Action
from dispatch.commands import Refused

if TYPE_CHECKING:
    from console.desk import Desk

# In the order of the buttons, with their keys.
DEEDS: Final = {
    "sign": "F2",
    "return": "F3",
    "request_extend": "F4",
    "hand_on": "F5",
    "finish": "F6",
}
_AS_AT_A_DESK: Final = frozenset(
    {
        *("step", "keys", "more", "contact", "steps", "back", "settings"),
        *("looked_before", "looked_after", "focus_1", "focus_3"),
    }
)
# What they do where the station has only a part in the case.
_OF_A_PART: Final = {
    "sign": "part_sign",
    "return": "part_return",
    "finish": "part_done",
}
_NOTHING = Refused("nothing", "there is nothing to do this to")


def deed_here(desk: "Desk", name: str) -> str:
    """Return what a button does to the open case: to all of it, or to its own part."""
    case = desk.case
    has_part = case is not None and part_words.own(desk, case) is not None
    return _OF_A_PART.get(name, name) if has_part else name


def refusal_of(desk: "Desk", action: str) -> Refused | None:
    """Return why a deed may not be done to the open case, or None."""
    case = desk.case
    if case is None:
        return _NOTHING
    action = deed_here(desk, action)
    return busy(desk, case) or case_deeds.refusal_of(desk, case, action)


def _do(desk: "Desk", action: str) -> None:
    case = desk.case
    if case is None:
        return
    deed = deed_here(desk, action)
    if action == "sign":  # nothing is to be said
        case_deeds.ask(desk, case, deed, {})
    else:
        desk.actions.wanted.emit(f"deed_{deed}")


def _text(action: str) -> "Callable[[Desk], str]":
    return lambda _desk: case_deeds.deed_text(action)


STATION_ACTIONS: tuple[Action, ...] = (
    *(
        Action(
            name=name,
            text=_text(name),
            refusal=partial(refusal_of, action=name),
            run=partial(_do, action=name),
            keys=(key,),
            in_bar=False,  # it has a button
            in_sight=name == "sign",  # the others ask in the case itself
        )
        for name, key in DEEDS.items()
    ),
    *(action for action in ACTIONS if action.name in _AS_AT_A_DESK),
)
