"""The highlighted step: what Enter does next, and what that is called.

What it is called is what it would do: nothing is said to be accepted that was
accepted, and no key is named that does something else by now.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console import part_words
from console.action_rules import (
    acknowledge_refusal,
    alarm_seen,
    came_too_late,
    take_refusal,
)
from console.by_phone import answers, lacks_terminal
from dispatch.alarms import Alarm
from dispatch.case_states import WORKING
from dispatch.cases import Case, CaseState
from dispatch.commands import Refused
from dispatch.parts import PartState
from dispatch.queueing import now_lane

if TYPE_CHECKING:
    from console.desk import Desk

_NOTHING = Refused("nothing", "there is nothing to do this to")

_STEP_OF = {
    CaseState.NEW: "take",
    CaseState.ACCEPTED: "take",
    CaseState.FILED: "send",
    CaseState.RETURNED: "send",
    CaseState.FEEDBACK: "check",
    CaseState.CHECKING: "check",
    CaseState.PENDING_CLOSE: "close",
}
_STATION_STEP = {CaseState.DISPATCHED: "sign"}
_PART_STEP = {PartState.ASSIGNED: "sign", PartState.SIGNED: "finish"}


def case_step(case: Case) -> str | None:
    """Return the action a case waits for at a desk; None: for someone outside."""
    return _STEP_OF.get(case.state)


def desk_step(desk: "Desk", case: Case) -> str | None:
    """Return the step a case waits for here; whom no terminal tells, the desk does."""
    if desk.actor.scope is not None:
        if (part := part_words.own(desk, case)) is not None:
            return _PART_STEP.get(part.state)
        return "finish" if case.state in WORKING else _STATION_STEP.get(case.state)
    return case_step(case) or ("phone" if lacks_terminal(desk, case) else None)


def step_name(desk: "Desk") -> str | None:
    """Return what the Enter key of the keypad would do now."""
    if desk.actor.scope is not None:  # other alarms are not its business
        return None if desk.case is None else desk_step(desk, desk.case)
    if came_too_late(desk):
        return None
    alarm = alarm_seen(desk)
    if alarm is not None and alarm.case_id != desk.open_case_id:
        return "open_worst"
    case = desk.case
    if case is not None and case.state.is_open:
        name = desk_step(desk, case)
        # Its own alarm sounds once more: closing would be refused for it.
        return "acknowledge" if alarm is not None and name == "close" else name
    return "open_worst" if first_waiting(desk) is not None else None


def first_waiting(desk: "Desk") -> int | None:
    for row in now_lane(desk.board, desk.clock()):
        if row.case_id is not None and row.case_id != desk.open_case_id:
            return row.case_id
    return None


def may_open_worst(desk: "Desk") -> Refused | None:
    if came_too_late(desk):
        return _NOTHING
    if alarm_seen(desk) is None and first_waiting(desk) is None:
        return _NOTHING
    return None


def _worst(desk: "Desk") -> tuple[int | None, Alarm | None]:
    """Return the case that comes first, and the alarm that calls for it, if any."""
    alarm = alarm_seen(desk)
    return (alarm.case_id if alarm is not None else first_waiting(desk)), alarm


def open_worst(desk: "Desk") -> None:
    open_and_take(desk, *_worst(desk))


def open_text(desk: "Desk") -> str:
    """Return what opening the case that comes first does besides."""
    case_id, alarm = _worst(desk)
    case = desk.board.cases.get(case_id) if case_id is not None else None
    if case is not None and take_refusal(desk, case) is None:
        return QCoreApplication.translate("Action", "Open and take")
    if alarm is not None and acknowledge_refusal(desk, alarm) is None:
        return QCoreApplication.translate("Action", "Open, acknowledge the alarm")
    return QCoreApplication.translate("Action", "Open the case")


def open_and_take(desk: "Desk", case_id: int | None, alarm: Alarm | None) -> None:
    """Open a case and take it where it waits for that; else acknowledge its alarm."""
    if case_id is not None:
        desk.open_case(case_id)
    case = desk.board.cases.get(case_id) if case_id is not None else None
    if case is not None and take_refusal(desk, case) is None:
        desk.actions.take(case)
    elif alarm is not None and acknowledge_refusal(desk, alarm) is None:
        desk.actions.acknowledge(alarm)


def may_step(desk: "Desk") -> Refused | None:
    name = step_name(desk)
    return _NOTHING if name is None else desk.actions.refusal(name)


def step(desk: "Desk") -> None:
    name = step_name(desk)
    if name is not None:
        desk.actions.run(name)


def step_text(desk: "Desk") -> str:
    """Return what the highlighted step is, in words."""
    name = step_name(desk)
    if name is None:
        return QCoreApplication.translate("Action", "Do the highlighted step")
    return desk.actions.action(name).text(desk)


def _next_name(desk: "Desk") -> str | None:
    if desk.case is None:
        return None
    name = case_step(desk.case) or ("phone" if answers(desk.case) else None)
    # Send and close have keys of their own.
    return name if name in ("take", "check", "phone") else None


def may_next(desk: "Desk") -> Refused | None:
    name = _next_name(desk)
    return _NOTHING if name is None else desk.actions.refusal(name)


def next_step(desk: "Desk") -> None:
    name = _next_name(desk)
    if name is not None:
        desk.actions.run(name)


def next_text(desk: "Desk") -> str:
    name = _next_name(desk)
    if name is None:
        return QCoreApplication.translate("Action", "Next step")
    return desk.actions.action(name).text(desk)
