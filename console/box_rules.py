"""What an AI box believes to see is so or not: Enter goes on with it, one key voids it."""

from typing import TYPE_CHECKING

from console.action_rules import may_close
from dispatch.cases import Case
from dispatch.commands import Refused
from dispatch.devices import APART

if TYPE_CHECKING:
    from console.desk import Desk

_NOT_A_BOX = Refused("nothing", "no box has seen it")
FALSE_ALARM = "false_alarm"


def seen_by_a_box(desk: "Desk", case: Case) -> bool:
    """Return whether all that stands behind a case is what boxes believe to see."""
    devices = desk.board.devices
    alarms = desk.board.alarms_of(case.case_id)
    return bool(alarms) and all(
        alarm.device_id in devices and devices[alarm.device_id].kind in APART
        for alarm in alarms
    )


def may_disprove(desk: "Desk") -> Refused | None:
    """Return why the open case cannot be said to be none at all."""
    case = desk.case
    if case is None or not case.may("void") or not seen_by_a_box(desk, case):
        return _NOT_A_BOX
    return may_close(desk)


def disprove(desk: "Desk") -> None:
    """Void it as a false alarm; one that has come since must be seen first."""
    case = desk.case
    if case is not None:
        newest = max(a.alarm_id for a in desk.board.alarms_of(case.case_id))
        desk.actions.void_case(case, FALSE_ALARM, newest_alarm=newest)
