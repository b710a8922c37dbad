"""The actions on what becomes of reports: lines of the table of operator actions."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from console import call_rules, report_rules
from console.one_action import Action, says, wants

REPORT_ACTIONS: tuple[Action, ...] = (
    Action(
        name="complete",
        text=says(QT_TRANSLATE_NOOP("Action", "Complete the report")),
        refusal=report_rules.may_complete,
        run=wants("complete"),
        keys=("Ctrl+I",),
        in_bar=False,
    ),
    Action(
        name="call_back",
        text=says(QT_TRANSLATE_NOOP("Action", "Reporter called back")),
        refusal=report_rules.may_call_back,
        run=wants("call_back"),
        keys=("Shift+F9",),
        in_bar=False,
    ),
    Action(
        name="third",
        text=says(QT_TRANSLATE_NOOP("Action", "Bring 110 into the call")),
        refusal=call_rules.may_bring,
        run=call_rules.ask_whom,
        keys=("Ctrl+F9",),
        in_bar=False,
    ),
    Action(
        name="recording",
        text=says(QT_TRANSLATE_NOOP("Action", "Hear the call's recording")),
        refusal=call_rules.may_play,
        run=call_rules.play,
        keys=("Ctrl+Shift+F9",),
        in_bar=False,
    ),
    Action(
        name="promise",
        text=says(QT_TRANSLATE_NOOP("Action", "Promise")),
        refusal=report_rules.may_promise,
        run=wants("promise"),
        keys=("Ctrl+R",),
        in_bar=False,
    ),
    Action(
        name="promise_kept",
        text=report_rules.keep_text,
        refusal=report_rules.may_keep,
        run=report_rules.keep,
        keys=("Ctrl+Shift+R",),
        in_sight=True,
    ),
    Action(
        name="join",
        text=report_rules.join_text,
        refusal=report_rules.may_join,
        run=report_rules.join,
        keys=("Ctrl+J",),
        in_sight=True,
    ),
    Action(
        name="separate",
        text=report_rules.part_text,
        refusal=report_rules.may_part,
        run=report_rules.part,
        keys=("Ctrl+Shift+J",),
        in_sight=True,
    ),
)
