"""When what a unit says on the telephone may be entered, and what that is called."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.action_rules import busy, covered
from console.by_phone import is_untold, sent_unit
from dispatch.commands import Refused
from dispatch.phone_commands import SignByPhone

if TYPE_CHECKING:
    from console.desk import Desk


def may_phone(desk: "Desk") -> Refused | None:
    """Return why the unit of the open case cannot be on the telephone."""
    case = desk.case
    if case is None or sent_unit(desk, case) is None:
        return Refused("nothing", "nobody is under way")
    return covered(desk) or desk.actions.may_ask(SignByPhone) or busy(desk, case)


def phone_text(desk: "Desk") -> str:
    """Return what the telephone is for: to tell, or to hear."""
    case = desk.case
    unit = sent_unit(desk, case) if case is not None else None
    name = unit.name if unit is not None else ""
    if case is None or is_untold(case):
        text = QCoreApplication.translate("Action", "Tell {name} by telephone")
    else:
        text = QCoreApplication.translate("Action", "Telephone report of {name}")
    return text.format(name=name)
