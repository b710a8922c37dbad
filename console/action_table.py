"""The table of operator actions: words, keys, when allowed, what is asked.

A line here is a button, a key, an entry of the help and a row of the tests.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from console import action_rules as rules
from console import case_deeds, phone_rules, step_rules, wall_rules, wall_window_rules
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
    """

    name: str
    text: "Callable[[Desk], str]"
    refusal: "Callable[[Desk], Refused | None]"
    run: "Callable[[Desk], None]"
    keys: tuple[str, ...] = ()
    keypad: tuple[str, ...] = ()
    in_bar: bool = True


def _says(text: object) -> "Callable[[Desk], str]":
    return lambda _desk: QCoreApplication.translate("Action", str(text))


def _wants(name: str) -> "Callable[[Desk], None]":
    return lambda desk: desk.actions.wanted.emit(name)


ACTIONS: tuple[Action, ...] = (
    Action(
        name="step",
        text=step_rules.step_text,
        refusal=step_rules.may_step,
        run=step_rules.step,
        keypad=("Num+Enter",),
    ),
    Action(
        name="open_worst",
        text=step_rules.open_text,
        refusal=step_rules.may_open_worst,
        run=step_rules.open_worst,
        in_bar=False,
    ),
    Action(
        name="take",
        text=_says(QT_TRANSLATE_NOOP("Action", "Accept and file")),
        refusal=rules.may_take,
        run=rules.take,
        in_bar=False,
    ),
    Action(
        name="check",
        text=_says(QT_TRANSLATE_NOOP("Action", "Check passed")),
        refusal=rules.may_check,
        run=rules.check,
        in_bar=False,
    ),
    Action(
        name="phone",
        text=phone_rules.phone_text,
        refusal=phone_rules.may_phone,
        run=_wants("phone"),
        in_bar=False,
    ),
    Action(
        name="acknowledge",
        text=_says(QT_TRANSLATE_NOOP("Action", "Acknowledge alarm")),
        refusal=rules.may_acknowledge,
        run=rules.acknowledge,
        keys=("Ctrl+Return", "Ctrl+Enter"),
        keypad=("Num+-",),
    ),
    Action(
        name="quiet",
        text=_says(QT_TRANSLATE_NOOP("Action", "Silence for 60 s")),
        refusal=rules.may_quiet,
        run=rules.quiet,
        keys=("Pause",),
    ),
    Action(
        name="keys",
        text=_says(QT_TRANSLATE_NOOP("Action", "Keys valid here")),
        refusal=rules.always,
        run=_wants("keys"),
        keys=("F1",),
        in_bar=False,
    ),
    Action(
        name="new_report",
        text=_says(QT_TRANSLATE_NOOP("Action", "New report")),
        refusal=rules.may_report,
        run=_wants("new_report"),
        keys=("F2",),
    ),
    Action(
        name="parked_report",
        text=_says(QT_TRANSLATE_NOOP("Action", "Back to the parked report")),
        refusal=rules.may_unpark,
        run=_wants("parked_report"),
        keys=("Shift+F2",),
    ),
    Action(
        name="save_report",
        text=_says(QT_TRANSLATE_NOOP("Action", "Save report")),
        refusal=rules.may_save,
        run=_wants("save_report"),
        keys=("Ctrl+S",),
    ),
    Action(
        name="find",
        text=_says(QT_TRANSLATE_NOOP("Action", "Find a camera")),
        refusal=rules.with_cameras,
        run=_wants("find"),
        keys=("F3", "Ctrl+K"),
        in_bar=False,
    ),
    Action(
        name="find_case",
        text=_says(QT_TRANSLATE_NOOP("Action", "Find a case")),
        refusal=rules.always,
        run=_wants("find_case"),
        keys=("Ctrl+F",),
        in_bar=False,
    ),
    Action(
        name="send",
        text=rules.send_text,
        refusal=rules.may_send,
        run=rules.send,
        keys=("F6",),
        keypad=("Num++",),
    ),
    Action(
        name="choose_next",
        text=_says(QT_TRANSLATE_NOOP("Action", "Highlight the next person")),
        refusal=rules.may_choose,
        run=lambda desk: desk.highlight_next_unit(),
        keypad=("Shift+Num++",),
        in_bar=False,
    ),
    Action(
        name="recall",
        text=rules.recall_text,
        refusal=rules.may_recall,
        run=rules.recall,
        keys=("Shift+F6",),
    ),
    Action(
        name="next",
        text=step_rules.next_text,
        refusal=step_rules.may_next,
        run=step_rules.next_step,
        keys=("F7",),
    ),
    Action(
        name="close",
        text=rules.close_text,
        refusal=rules.may_close,
        run=_wants("close"),
        keys=("F8",),
    ),
    Action(
        name="more",
        text=_says(QT_TRANSLATE_NOOP("Action", "More steps")),
        refusal=case_deeds.may_more,
        run=_wants("more"),
        keys=("Ctrl+M",),
    ),
    Action(
        name="send_back",
        text=case_deeds.send_back_text,
        refusal=case_deeds.may_send_back,
        run=_wants("more_back"),
        keys=("Shift+F7",),
        in_bar=False,
    ),
    Action(
        name="force_close",
        text=_says(QT_TRANSLATE_NOOP("Action", "Close by force")),
        refusal=case_deeds.may_force,
        run=_wants("more_force"),
        keys=("Shift+F8",),
        in_bar=False,
    ),
    Action(
        name="bulk",
        text=_says(QT_TRANSLATE_NOOP("Action", "Do the marked")),
        refusal=rules.always,
        run=_wants("bulk"),
        keys=("Ctrl+Shift+M",),
        in_bar=False,
    ),
    Action(
        name="contact",
        text=_says(QT_TRANSLATE_NOOP("Action", "Contact")),
        refusal=rules.with_case,
        run=_wants("contact"),
        keys=("F9",),
    ),
    Action(
        name="steps",
        text=_says(QT_TRANSLATE_NOOP("Action", "Go to the steps")),
        refusal=rules.may_go_to_steps,
        run=_wants("steps"),
        keys=("Alt+7",),
        in_bar=False,
    ),
    Action(
        name="note",
        text=_says(QT_TRANSLATE_NOOP("Action", "Note")),
        refusal=rules.may_note,
        run=_wants("note"),
        keys=("Ctrl+N",),
    ),
    Action(
        name="enlarge",
        text=rules.enlarge_text,
        refusal=rules.with_picture,
        run=_wants("enlarge"),
        keys=("F11",),
    ),
    Action(
        name="near",
        text=_says(QT_TRANSLATE_NOOP("Action", "Near this case")),
        refusal=rules.with_case,
        run=_wants("near"),
        keys=("F4",),
        keypad=("Num+/",),
    ),
    Action(
        name="best_views",
        text=_says(QT_TRANSLATE_NOOP("Action", "Best views")),
        refusal=rules.with_case,
        run=_wants("best_views"),
        keys=("F5",),
    ),
    Action(
        name="cold_refresh",
        text=_says(QT_TRANSLATE_NOOP("Action", "Fetch the pictures anew")),
        refusal=rules.with_cameras,
        run=_wants("cold_refresh"),
        keys=("Shift+F5",),
        in_bar=False,
    ),
    Action(
        name="back",
        text=_says(QT_TRANSLATE_NOOP("Action", "One step back")),
        refusal=rules.always,
        run=_wants("back"),
        keys=("Esc",),
        keypad=("Num+.", "Num+Del"),
        in_bar=False,
    ),
    Action(
        name="looked_before",
        text=_says(QT_TRANSLATE_NOOP("Action", "Case looked at before")),
        refusal=lambda desk: rules.may_go_beside(desk, -1),
        run=lambda desk: desk.open_beside(-1),
        keys=("Alt+Left",),
        in_bar=False,
    ),
    Action(
        name="looked_after",
        text=_says(QT_TRANSLATE_NOOP("Action", "Case looked at after")),
        refusal=lambda desk: rules.may_go_beside(desk, 1),
        run=lambda desk: desk.open_beside(1),
        keys=("Alt+Right",),
        in_bar=False,
    ),
    Action(
        name="settings",
        text=_says(QT_TRANSLATE_NOOP("Action", "Language, looks and sound")),
        refusal=rules.always,
        run=_wants("settings"),
        keys=("Ctrl+,",),
        in_bar=False,
    ),
    Action(
        name="to_wall",
        text=_says(QT_TRANSLATE_NOOP("Action", "To the wall")),
        refusal=wall_window_rules.may_send,
        run=_wants("to_wall"),
        keys=("F12",),
    ),
    Action(
        name="choose_wall",
        text=_says(QT_TRANSLATE_NOOP("Action", "Choose wall and tile")),
        refusal=wall_window_rules.with_walls,
        run=_wants("choose_wall"),
        keys=("Shift+F12",),
        in_bar=False,
    ),
    Action(
        name="turn_wall",
        text=wall_window_rules.turn_text,
        refusal=wall_window_rules.with_walls,
        run=wall_window_rules.turn_wall,
        keys=("Ctrl+F12",),
        in_bar=False,
    ),
    *(
        Action(
            name=f"wall_{name}",
            text=_says(text),
            refusal=wall_window_rules.with_open_wall,
            run=partial(wall_window_rules.step, right=right, down=down),
            keys=(f"Ctrl+Alt+{key}",),
            in_bar=False,
        )
        for name, key, right, down, text in (
            ("left", "Left", -1, 0, QT_TRANSLATE_NOOP("Action", "Wall to the left")),
            ("right", "Right", 1, 0, QT_TRANSLATE_NOOP("Action", "Wall to the right")),
            ("up", "Up", 0, -1, QT_TRANSLATE_NOOP("Action", "Wall above")),
            ("down", "Down", 0, 1, QT_TRANSLATE_NOOP("Action", "Wall below")),
        )
    ),
    *(
        Action(
            name=f"wall_tour_{name}",
            text=_says(text),
            refusal=wall_window_rules.with_tour,
            run=partial(wall_window_rules.lead_tour, step=step),
            keys=(f"Alt+{key}",),
            in_bar=False,
        )
        for name, key, step, text in (
            ("next", "PgDown", 1, QT_TRANSLATE_NOOP("Action", "Wall's tour: next")),
            ("before", "PgUp", -1, QT_TRANSLATE_NOOP("Action", "Wall's tour: before")),
            ("hold", "J", 0, QT_TRANSLATE_NOOP("Action", "Wall's tour: hold, go on")),
        )
    ),
    Action(
        name="visitors",
        text=wall_window_rules.visitors_text,
        refusal=wall_window_rules.with_walls,
        run=wall_window_rules.visitors,
        keys=("Ctrl+Shift+G",),
        in_bar=False,
    ),
    Action(
        name="release_scene",
        text=_says(QT_TRANSLATE_NOOP("Action", "Show its scene to visitors")),
        refusal=wall_window_rules.may_release,
        run=wall_window_rules.release,
        keys=("Ctrl+Shift+S",),
    ),
    Action(
        name="wall_check",
        text=_says(QT_TRANSLATE_NOOP("Action", "Wall check")),
        refusal=wall_window_rules.with_walls,
        run=_wants("wall_check"),
        keys=("Ctrl+Shift+W",),
        in_bar=False,
    ),
    Action(
        name="wall",
        text=_says(QT_TRANSLATE_NOOP("Action", "Wall: scenes, tours, schedule")),
        refusal=rules.always,
        run=_wants("wall"),
        keys=("Ctrl+W",),
        in_bar=False,
    ),
    Action(
        name="wall_schedule",
        text=wall_rules.schedule_text,
        refusal=rules.always,
        run=wall_rules.to_schedule,
        keys=("Ctrl+0",),
        in_bar=False,
    ),
    *(
        Action(
            name=f"scene_{number}",
            text=partial(wall_rules.scene_text, number=number),
            refusal=rules.always,
            run=partial(wall_rules.call_scene, number=number),
            keys=(f"Ctrl+{number}",),
            in_bar=False,
        )
        for number in range(1, 10)
    ),
    *(
        Action(
            name=f"focus_{number}",
            text=_says(text),
            refusal=rules.always,
            run=_wants(f"focus_{number}"),
            keys=(f"Alt+{number}",),
            in_bar=False,
        )
        for number, text in (
            (1, QT_TRANSLATE_NOOP("Action", "Go to the lane Now")),
            (2, QT_TRANSLATE_NOOP("Action", "Go to the lane Due")),
            (3, QT_TRANSLATE_NOOP("Action", "Go to the case")),
            (4, QT_TRANSLATE_NOOP("Action", "Go to the pictures")),
            (5, QT_TRANSLATE_NOOP("Action", "Go to the map")),
            (6, QT_TRANSLATE_NOOP("Action", "Go to the people")),
        )
    ),
)
