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


def note_picture(desk: "Desk") -> None:
    """Note that a picture of the open case stood on the screen just now."""
    case_id = desk.open_case_id
    if case_id is not None:
        desk.picture_shows.paint(case_id, _newest(desk, case_id))


def disprove(desk: "Desk") -> None:
    """Void it as a false alarm, or ask first: it cannot be undone.

    It asks where no picture of the case has stood there long enough to look at it, and
    where an alarm has come since.
    """
    case = desk.case
    if case is None:
        return
    newest = _newest(desk, case.case_id)
    if desk.picture_shows.seen(case.case_id) == newest:
        desk.actions.void_case(case, FALSE_ALARM, newest_alarm=newest)
    else:
        desk.actions.wanted.emit("close")


def _newest(desk: "Desk", case_id: int) -> int:
    alarms = desk.board.alarms_of(case_id)
    return max((alarm.alarm_id for alarm in alarms), default=0)
