"""What becomes of reports at a desk: joined, parted, completed, called back, promised.

When a key may, and what it does.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.action_rules import busy, covered, refused_by
from dispatch.case_commands import (
    CompleteCase,
    KeepPromise,
    MakePromise,
    MergeCase,
    NoteCallBack,
    TurnCase,
)
from dispatch.case_turns import merge
from dispatch.cases import Case
from dispatch.commands import Refused, ReportCase
from dispatch.completing import may_be_completed
from dispatch.joining import owed_calls, short_number
from dispatch.kinship import main_of
from dispatch.promises import open_promises

if TYPE_CHECKING:
    from console.desk import Desk

_NOTHING = Refused("nothing", "there is nothing to do this to")


def _pair(desk: "Desk", case: Case) -> tuple[Case, Case] | None:
    """Return the main case and the one to be joined to it, of the open and the chosen."""
    kin = desk.same.case.chosen
    other = None if kin is None else desk.board.cases.get(kin.case_id)
    return None if other is None else main_of(case, other)


def may_join(desk: "Desk") -> Refused | None:
    if desk.actions.is_reporting():
        if desk.same.report.chosen is None:
            return _NOTHING
        return desk.actions.may_ask(ReportCase)
    case = desk.case
    pair = None if case is None else _pair(desk, case)
    if case is None or pair is None:
        return _NOTHING
    main, joined = pair
    refused = busy(desk, case) or refused_by(
        lambda: merge(
            joined,
            desk.actor,
            desk.clock(),
            main=main,
            text="",
            rules=desk.actions.taxonomy.rules,
        )
    )
    alarms = desk.board.alarms_of(joined.case_id)
    if refused is None and any(alarm.acknowledged_at is None for alarm in alarms):
        refused = Refused("alarm_unacknowledged", "its alarm is not acknowledged")
    return refused


def join(desk: "Desk") -> None:
    """Join the report at hand, or the open case and the one that is like it."""
    if desk.actions.is_reporting():
        desk.actions.wanted.emit("join")  # the form has the words
        return
    case = desk.case
    pair = None if case is None else _pair(desk, case)
    if case is None or pair is None:
        return
    main, joined = pair
    desk.actions.submit_case(MergeCase, joined, action="join", main_id=main.case_id)
    if main is not case:
        desk.open_case(main.case_id)


def join_text(desk: "Desk") -> str:
    kin = desk.same.at_hand.chosen
    if kin is None:
        return QCoreApplication.translate("Action", "Join what is the same thing")
    text = QCoreApplication.translate("Action", "Join with {number}")
    return text.format(number=short_number(kin.number))


def may_part(desk: "Desk") -> Refused | None:
    case = desk.case
    report_id = desk.same.to_part()
    if case is None or report_id is None:
        return _NOTHING
    refused = covered(desk) or busy(desk, case)
    report = desk.board.cases.get(report_id)
    if refused is None and report is not None:
        refused = refused_by(lambda: report.must("unmerge", desk.actor, "-"))
    return refused


def part(desk: "Desk") -> None:
    """Part a report from its main case; what was done meanwhile stays in both logs."""
    case = desk.case
    report_id = desk.same.to_part()
    if case is None or report_id is None:
        return
    report = desk.board.cases.get(report_id)
    command = TurnCase(
        actor=desk.actor,
        case_id=report_id,
        seen=None if report is None else report.version,
        action="unmerge",
        text=QCoreApplication.translate("Action", "Not the same thing"),
    )
    desk.actions.submit(command, action="part", case_id=case.case_id)


def part_text(desk: "Desk") -> str:
    case = desk.case
    report_id = desk.same.to_part()
    if case is None or report_id is None:
        return QCoreApplication.translate("Action", "Part what was joined")
    numbers = {each.case_id: each.number for each in case.course.joined}
    number = short_number(numbers.get(report_id, case.number))
    return QCoreApplication.translate("Action", "Part {number} again").format(
        number=number
    )


def may_complete(desk: "Desk") -> Refused | None:
    """Return why what was learned since cannot be added to the open case's report."""
    case = desk.case
    if case is None:
        return _NOTHING
    if not may_be_completed(case):
        return Refused("state", "the case has ended", state=int(case.state))
    return desk.actions.may_ask(CompleteCase)


def may_call_back(desk: "Desk") -> Refused | None:
    """Return why nobody was called back about the open case, or None."""
    if desk.case is None or not owed_calls(desk.case):
        return _NOTHING
    return covered(desk) or desk.actions.may_ask(NoteCallBack)


def may_promise(desk: "Desk") -> Refused | None:
    if desk.case is None:
        return _NOTHING
    return desk.actions.may_ask(MakePromise)


def may_keep(desk: "Desk") -> Refused | None:
    if desk.case is None or not open_promises(desk.case):
        return _NOTHING
    return covered(desk) or desk.actions.may_ask(KeepPromise)


def keep(desk: "Desk") -> None:
    """Have written down that the promise due next was kept."""
    case = desk.case
    waiting = () if case is None else open_promises(case)
    if case is not None and waiting:
        number, _ = waiting[0]
        command = KeepPromise(actor=desk.actor, case_id=case.case_id, number=number)
        desk.actions.submit(command, action="promise", case_id=case.case_id)


def keep_text(desk: "Desk") -> str:
    case = desk.case
    waiting = () if case is None else open_promises(case)
    if not waiting:
        return QCoreApplication.translate("Action", "Promise due next: kept")
    text = QCoreApplication.translate("Action", "Promise kept: {what}")
    return text.format(what=waiting[0][1].what)
