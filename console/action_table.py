"""The table of operator actions: words, keys, when allowed, what is asked.

A line here is a button, a key, an entry of the help and a row of the tests.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from dispatch.alarms import Alarm
from dispatch.cases import Case, CaseState
from dispatch.commands import (
    AcknowledgeAlarm,
    AddNote,
    CheckCase,
    CloseCase,
    RecallUnit,
    Refused,
    ReportCase,
    SendUnit,
    TakeCase,
)
from dispatch.queueing import now_lane
from dispatch.units import Unit

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


_NOTHING = Refused("nothing", "there is nothing to do this to")


def worst_alarm(desk: "Desk") -> Alarm | None:
    """Return the unacknowledged alarm that comes first."""
    return next(iter(unacknowledged(desk)), None)


def unacknowledged(desk: "Desk") -> list[Alarm]:
    """Return the unacknowledged alarms: severity, then the one that waits longest."""
    return sorted(
        (
            alarm
            for alarm in desk.board.alarms.values()
            if alarm.acknowledged_at is None
        ),
        key=lambda alarm: (alarm.test, alarm.severity, alarm.first_at, alarm.alarm_id),
    )


def send_refusal(desk: "Desk", case: Case, unit: Unit | None) -> Refused | None:
    """Return why a unit may not be sent to a case."""
    refused = desk.actions.may_ask(SendUnit)
    if refused is not None:
        return refused
    if unit is None:
        return Refused("no_unit", "nobody free is known near this case")
    if case.state in (CaseState.NEW, CaseState.ACCEPTED):
        # Who sends a case nobody took yet takes it with the same key.
        refused = desk.actions.may_ask(TakeCase)
        if refused is not None:
            return refused
        case = replace(case, state=CaseState.FILED)
    return _refused_by(
        lambda: case.dispatch(desk.actor, desk.clock(), unit=unit, deadline=None)
    )


def _refused_by(attempt: Callable[[], object]) -> Refused | None:
    try:
        attempt()
    except Refused as refused:
        return refused
    return None


def _busy(desk: "Desk", case: Case) -> Refused | None:
    if desk.actions.pending(case.case_id) is not None:
        return Refused("pending", "the case waits for an answer")
    return None


def _highlighted(desk: "Desk") -> Unit | None:
    if desk.highlighted_unit_id is None:
        return None
    return desk.board.units.get(desk.highlighted_unit_id)


def _take_refusal(desk: "Desk", case: Case) -> Refused | None:
    refused = desk.actions.may_ask(TakeCase) or _busy(desk, case)
    if refused is not None or case.state is CaseState.ACCEPTED:
        return refused
    return _refused_by(lambda: case.accept(desk.actor, desk.clock()))


def _may_take(desk: "Desk") -> Refused | None:
    return _NOTHING if desk.case is None else _take_refusal(desk, desk.case)


def _take(desk: "Desk") -> None:
    if desk.case is not None:
        desk.actions.take(desk.case)


def _may_send(desk: "Desk") -> Refused | None:
    case = desk.case
    if case is None:
        return _NOTHING
    pending = desk.actions.pending(case.case_id)
    if pending is not None and pending.action == "take":
        # The second key of "two keys": it goes out as soon as the first is answered.
        return None if _highlighted(desk) is not None else _NOTHING
    return _busy(desk, case) or send_refusal(desk, case, _highlighted(desk))


def _send(desk: "Desk") -> None:
    unit = _highlighted(desk)
    if desk.case is not None and unit is not None:
        desk.actions.send(desk.case, unit)


def _send_text(desk: "Desk") -> str:
    unit = _highlighted(desk)
    name = unit.name if unit is not None else ""
    return QCoreApplication.translate("Action", "Send {name}").format(name=name)


def _may_recall(desk: "Desk") -> Refused | None:
    case = desk.case
    if case is None:
        return _NOTHING
    return (
        desk.actions.may_ask(RecallUnit)
        or _busy(desk, case)
        or _refused_by(lambda: case.recall(desk.actor, desk.clock()))
    )


def _recall(desk: "Desk") -> None:
    case = desk.case
    if case is not None:
        desk.actions.submit_case(RecallUnit, case, action="recall")


def _recall_text(desk: "Desk") -> str:
    case = desk.case
    unit = desk.board.units.get(case.unit_id) if case is not None else None
    name = unit.name if unit is not None else ""
    return QCoreApplication.translate("Action", "Take back {name}").format(name=name)


def _may_check(desk: "Desk") -> Refused | None:
    case = desk.case
    if case is None:
        return _NOTHING
    refused = desk.actions.may_ask(CheckCase) or _busy(desk, case)
    if refused is not None or case.state is CaseState.CHECKING:
        return refused
    return _refused_by(lambda: case.send_check(desk.actor, desk.clock()))


def _check(desk: "Desk") -> None:
    case = desk.case
    if case is not None:
        desk.actions.submit_case(CheckCase, case, action="check")


def _may_close(desk: "Desk") -> Refused | None:
    case = desk.case
    if case is None:
        return _NOTHING
    refused = (
        desk.actions.may_ask(CloseCase)
        or _busy(desk, case)
        or _refused_by(lambda: case.close(desk.actor, desk.clock(), outcome="handled"))
    )
    alarms = desk.board.alarms_of(case.case_id)
    if refused is None and any(alarm.acknowledged_at is None for alarm in alarms):
        refused = Refused("alarm_unacknowledged", "its alarm is not acknowledged")
    return refused


def _may_acknowledge(desk: "Desk") -> Refused | None:
    alarm = worst_alarm(desk)
    if alarm is None:
        return _NOTHING
    refused = desk.actions.may_ask(AcknowledgeAlarm)
    if refused is None and desk.actions.pending(alarm.case_id) is not None:
        refused = Refused("pending", "the alarm waits for an answer")
    return refused


def _acknowledge(desk: "Desk") -> None:
    alarm = worst_alarm(desk)
    if alarm is not None:
        desk.actions.acknowledge(alarm)


def _may_note(desk: "Desk") -> Refused | None:
    return _NOTHING if desk.case is None else desk.actions.may_ask(AddNote)


def _with_case(desk: "Desk") -> Refused | None:
    return _NOTHING if desk.case is None else None


def _may_report(desk: "Desk") -> Refused | None:
    return desk.actions.may_ask(ReportCase)


def _may_unpark(desk: "Desk") -> Refused | None:
    return None if desk.actions.has_parked_report else _NOTHING


def _with_views(desk: "Desk") -> Refused | None:
    return None if desk.views else _NOTHING


def _always(_desk: "Desk") -> Refused | None:
    return None


def _says(text: object) -> "Callable[[Desk], str]":
    return lambda _desk: QCoreApplication.translate("Action", str(text))


def _wants(name: str) -> "Callable[[Desk], None]":
    return lambda desk: desk.actions.wanted.emit(name)


# -- the highlighted step ------------------------------------------------------------

_STEP_OF = {
    CaseState.NEW: "take",
    CaseState.ACCEPTED: "take",
    CaseState.FILED: "send",
    CaseState.FEEDBACK: "check",
    CaseState.CHECKING: "check",
    CaseState.PENDING_CLOSE: "close",
}


def case_step(case: Case) -> str | None:
    """Return the action a case waits for at a desk; None: for someone outside."""
    return _STEP_OF.get(case.state)


def step_name(desk: "Desk") -> str | None:
    """Return what the Enter key of the keypad would do now."""
    alarm = worst_alarm(desk)
    if alarm is not None and alarm.case_id != desk.open_case_id:
        return "open_worst"
    case = desk.case
    if case is not None and case.state.is_open:
        return case_step(case)
    return "open_worst" if _first_waiting(desk) is not None else None


def _first_waiting(desk: "Desk") -> int | None:
    for row in now_lane(desk.board, desk.clock()):
        if row.case_id is not None and row.case_id != desk.open_case_id:
            return row.case_id
    return None


def _may_open_worst(desk: "Desk") -> Refused | None:
    if worst_alarm(desk) is None and _first_waiting(desk) is None:
        return _NOTHING
    return None


def _open_worst(desk: "Desk") -> None:
    alarm = worst_alarm(desk)
    case_id = alarm.case_id if alarm is not None else _first_waiting(desk)
    open_and_take(desk, case_id, alarm)


def open_and_take(desk: "Desk", case_id: int | None, alarm: Alarm | None) -> None:
    """Open a case and take it where it waits for that; else acknowledge its alarm."""
    if case_id is not None:
        desk.open_case(case_id)
    case = desk.board.cases.get(case_id) if case_id is not None else None
    if case is not None and _take_refusal(desk, case) is None:
        desk.actions.take(case)
    elif alarm is not None and _may_acknowledge(desk) is None:
        desk.actions.acknowledge(alarm)


def _may_step(desk: "Desk") -> Refused | None:
    name = step_name(desk)
    return _NOTHING if name is None else desk.actions.refusal(name)


def _step(desk: "Desk") -> None:
    name = step_name(desk)
    if name is not None:
        desk.actions.run(name)


def _may_next(desk: "Desk") -> Refused | None:
    name = case_step(desk.case) if desk.case is not None else None
    if name not in ("take", "check"):  # send and close have keys of their own
        return _NOTHING
    return desk.actions.refusal(name)


def _next_step(desk: "Desk") -> None:
    name = case_step(desk.case) if desk.case is not None else None
    if name is not None:
        desk.actions.run(name)


def _next_text(desk: "Desk") -> str:
    name = case_step(desk.case) if desk.case is not None else None
    if name not in ("take", "check"):
        return QCoreApplication.translate("Action", "Next step")
    return desk.actions.action(name).text(desk)


def _may_choose(desk: "Desk") -> Refused | None:
    return None if len(desk.suggestions) > 1 else _NOTHING


ACTIONS: tuple[Action, ...] = (
    Action(
        name="step",
        text=_says(QT_TRANSLATE_NOOP("Action", "Do the highlighted step")),
        refusal=_may_step,
        run=_step,
        keypad=("Num+Enter",),
        in_bar=False,
    ),
    Action(
        name="open_worst",
        text=_says(QT_TRANSLATE_NOOP("Action", "Open and take")),
        refusal=_may_open_worst,
        run=_open_worst,
        in_bar=False,
    ),
    Action(
        name="take",
        text=_says(QT_TRANSLATE_NOOP("Action", "Accept and file")),
        refusal=_may_take,
        run=_take,
        in_bar=False,
    ),
    Action(
        name="check",
        text=_says(QT_TRANSLATE_NOOP("Action", "Check passed")),
        refusal=_may_check,
        run=_check,
        in_bar=False,
    ),
    Action(
        name="acknowledge",
        text=_says(QT_TRANSLATE_NOOP("Action", "Acknowledge alarm")),
        refusal=_may_acknowledge,
        run=_acknowledge,
        keys=("Ctrl+Return", "Ctrl+Enter"),
        keypad=("Num+-",),
    ),
    Action(
        name="keys",
        text=_says(QT_TRANSLATE_NOOP("Action", "Keys valid here")),
        refusal=_always,
        run=_wants("keys"),
        keys=("F1",),
        in_bar=False,
    ),
    Action(
        name="new_report",
        text=_says(QT_TRANSLATE_NOOP("Action", "New report")),
        refusal=_may_report,
        run=_wants("new_report"),
        keys=("F2",),
    ),
    Action(
        name="parked_report",
        text=_says(QT_TRANSLATE_NOOP("Action", "Back to the parked report")),
        refusal=_may_unpark,
        run=_wants("parked_report"),
        keys=("Shift+F2",),
    ),
    Action(
        name="send",
        text=_send_text,
        refusal=_may_send,
        run=_send,
        keys=("F6",),
        keypad=("Num++",),
    ),
    Action(
        name="choose_next",
        text=_says(QT_TRANSLATE_NOOP("Action", "Highlight the next person")),
        refusal=_may_choose,
        run=lambda desk: desk.highlight_next_unit(),
        keypad=("Shift+Num++",),
        in_bar=False,
    ),
    Action(
        name="recall",
        text=_recall_text,
        refusal=_may_recall,
        run=_recall,
        keys=("Shift+F6",),
    ),
    Action(
        name="next",
        text=_next_text,
        refusal=_may_next,
        run=_next_step,
        keys=("F7",),
    ),
    Action(
        name="close",
        text=_says(QT_TRANSLATE_NOOP("Action", "Close the case")),
        refusal=_may_close,
        run=_wants("close"),
        keys=("F8",),
    ),
    Action(
        name="contact",
        text=_says(QT_TRANSLATE_NOOP("Action", "Contact")),
        refusal=_with_case,
        run=_wants("contact"),
        keys=("F9",),
    ),
    Action(
        name="note",
        text=_says(QT_TRANSLATE_NOOP("Action", "Note")),
        refusal=_may_note,
        run=_wants("note"),
        keys=("Ctrl+N",),
    ),
    Action(
        name="enlarge",
        text=_says(QT_TRANSLATE_NOOP("Action", "Enlarge")),
        refusal=_with_views,
        run=_wants("enlarge"),
        keys=("F11",),
    ),
    Action(
        name="back",
        text=_says(QT_TRANSLATE_NOOP("Action", "One step back")),
        refusal=_always,
        run=_wants("back"),
        keys=("Esc",),
        keypad=("Num+.", "Num+Del"),
        in_bar=False,
    ),
    *(
        Action(
            name=f"focus_{number}",
            text=_says(text),
            refusal=_always,
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
