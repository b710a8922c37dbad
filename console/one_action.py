"""What an operator action is, and the two plainest ways to say and to do one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from dispatch.commands import Refused

if TYPE_CHECKING:
    from console.desk import Desk


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One thing an operator can do.

    Attributes:
        name: Stable name.
        text: What happens, verb and object, in the operator's words.
        refusal: Why it may not be done now, or None.
        run: Does it.
        keys: Shortcuts that work everywhere, also in text fields.
        keypad: Shortcuts that work while no text field has the focus.
        in_bar: Stands in the bottom bar while it is allowed.
        in_sight: It changes the open case at once, which has to be in sight for that.
    """

    name: str
    text: "Callable[[Desk], str]"
    refusal: "Callable[[Desk], Refused | None]"
    run: "Callable[[Desk], None]"
    keys: tuple[str, ...] = ()
    keypad: tuple[str, ...] = ()
    in_bar: bool = True
    in_sight: bool = False


def says(text: object) -> "Callable[[Desk], str]":
    """Return what says the same at every time, in the desk's language."""
    return lambda _desk: QCoreApplication.translate("Action", str(text))


def wants(name: str) -> "Callable[[Desk], None]":
    """Return what asks the window, or one of its panels, for something."""
    return lambda desk: desk.actions.wanted.emit(name)
