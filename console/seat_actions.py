"""The actions on whose a case is: lines of the table of operator actions."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console import seat_rules
from console.one_action import Action, says

SEAT_ACTIONS: tuple[Action, ...] = (
    Action(
        name="seat",
        text=seat_rules.seat_text,
        refusal=seat_rules.may_seat,
        run=seat_rules.seat,
        keys=("Ctrl+T",),
        in_bar=False,
    ),
    Action(
        name="seat_yes",
        text=says(QT_TRANSLATE_NOOP("Action", "Agree to the change of seat")),
        refusal=seat_rules.may_agree,
        run=seat_rules.agree,
        keys=("Ctrl+O",),
    ),
    Action(
        name="seat_no",
        text=says(QT_TRANSLATE_NOOP("Action", "No change of seat")),
        refusal=seat_rules.may_not_agree,
        run=seat_rules.do_not_agree,
        keys=("Ctrl+Shift+O",),
    ),
)
