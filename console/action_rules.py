"""When an action is allowed and what it does: the functions behind the table.

Whether something may be done is asked of the same case methods the service uses.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from dispatch.alarms import Alarm
from dispatch.case_steps import must_be_done
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
    VoidCase,
)
from dispatch.owing import must_be_called
from dispatch.units import Unit

if TYPE_CHECKING:
    from console.desk import Desk


_NOTHING = Refused("nothing", "there is nothing to do this to")

UNDER_WAY = (
    CaseState.DISPATCHED,
    CaseState.HANDLING,
    CaseState.EN_ROUTE,
    CaseState.ON_SCENE,
)


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
    if case.state in UNDER_WAY:
        sent = desk.board.units.get(case.unit_id)
        return Refused(
            "one_unit",
            "a unit is under way for this case",
            name=sent.name if sent is not None else case.unit_id,
        )
    if unit is None and not case.state.is_unsent:
        return Refused("state", "nobody is sent any more", state=int(case.state))
    if unit is None:
        return nobody(desk)
    if case.state in (CaseState.NEW, CaseState.ACCEPTED):
        # Who sends a case nobody took yet takes it with the same key.
        refused = desk.actions.may_ask(TakeCase)
        if refused is not None:
            return refused
        case = replace(case, state=CaseState.FILED)
    return refused_by(lambda: case.dispatch(desk.actor, desk.clock(), unit=unit))


def nobody(desk: "Desk") -> Refused:
    """Return that nobody can be sent: nobody is free, or there is nobody at all."""
    if not desk.board.units:
        return Refused("no_staff", "no staff are registered")
    return Refused("no_unit", "nobody free is known near this case")


def refused_by(attempt: Callable[[], object]) -> Refused | None:
    try:
        attempt()
    except Refused as refused:
        return refused
    return None


def busy(desk: "Desk", case: Case) -> Refused | None:
    if desk.actions.ledger.blocking(case.case_id):
        return Refused("pending", "the case waits for an answer")
    return None


def covered(desk: "Desk") -> Refused | None:
    """Return a refusal while the open case lies under the form of a report.

    What a key would do to a case that nobody sees, nobody has asked for.
    """
    if desk.actions.is_reporting():
        return Refused("form_open", "the form of a report covers the case")
    return None


def highlighted(desk: "Desk") -> Unit | None:
    if desk.highlighted_unit_id is None:
        return None
    return desk.board.units.get(desk.highlighted_unit_id)


def take_refusal(desk: "Desk", case: Case) -> Refused | None:
    refused = desk.actions.may_ask(TakeCase) or busy(desk, case)
    if refused is not None or case.state is CaseState.ACCEPTED:
        return refused
    return refused_by(lambda: case.accept(desk.actor, desk.clock()))


def may_take(desk: "Desk") -> Refused | None:
    if desk.case is None:
        return _NOTHING
    return covered(desk) or take_refusal(desk, desk.case)


def take(desk: "Desk") -> None:
    if desk.case is not None:
        desk.actions.take(desk.case)


def may_send(desk: "Desk") -> Refused | None:
    case = desk.case
    if case is None:
        return _NOTHING
    if desk.actions.is_reporting():
        return covered(desk)
    under_way = desk.actions.ledger.blocking(case.case_id)
    if under_way and all(pending.action == "take" for pending in under_way):
        # The second key of "two keys": it does not wait for the first one's answer.
        return None if highlighted(desk) is not None else _NOTHING
    return busy(desk, case) or send_refusal(desk, case, highlighted(desk))


def send(desk: "Desk") -> None:
    unit = highlighted(desk)
    if desk.case is not None and unit is not None:
        desk.actions.send(desk.case, unit)


def send_text(desk: "Desk") -> str:
    unit = highlighted(desk)
    name = unit.name if unit is not None else ""
    return QCoreApplication.translate("Action", "Send {name}").format(name=name)


def may_recall(desk: "Desk") -> Refused | None:
    case = desk.case
    if case is None:
        return _NOTHING
    return (
        covered(desk)
        or desk.actions.may_ask(RecallUnit)
        or busy(desk, case)
        or refused_by(lambda: case.recall(desk.actor, desk.clock()))
    )


def recall(desk: "Desk") -> None:
    case = desk.case
    if case is None:
        return
    if case.state is CaseState.DISPATCHED:
        desk.actions.recall(case)
    else:  # it was signed: somebody is on the way, or there
        desk.actions.wanted.emit("recall")


def recall_text(desk: "Desk") -> str:
    case = desk.case
    unit = desk.board.units.get(case.unit_id) if case is not None else None
    name = unit.name if unit is not None else ""
    return QCoreApplication.translate("Action", "Take back {name}").format(name=name)


def may_check(desk: "Desk") -> Refused | None:
    case = desk.case
    if case is None:
        return _NOTHING
    refused = covered(desk) or desk.actions.may_ask(CheckCase) or busy(desk, case)
    if refused is not None or case.state is CaseState.CHECKING:
        return refused
    return refused_by(lambda: case.turn("send_check", desk.actor, desk.clock()))


def check(desk: "Desk") -> None:
    case = desk.case
    if case is not None:
        desk.actions.submit_case(CheckCase, case, action="check")


def may_close(desk: "Desk") -> Refused | None:
    case = desk.case
    if case is None:
        return _NOTHING
    if case.may("void"):
        return covered(desk) or desk.actions.may_ask(VoidCase) or busy(desk, case)
    refused = (
        covered(desk)
        or desk.actions.may_ask(CloseCase)
        or busy(desk, case)
        or refused_by(lambda: case.close(desk.actor, desk.clock(), outcome="handled"))
        or refused_by(lambda: must_be_done(case, desk.actions.taxonomy))
        or refused_by(lambda: must_be_called(case))
    )
    alarms = desk.board.alarms_of(case.case_id)
    if refused is None and any(alarm.acknowledged_at is None for alarm in alarms):
        refused = Refused("alarm_unacknowledged", "its alarm is not acknowledged")
    return refused


def close_text(desk: "Desk") -> str:
    if desk.case is not None and desk.case.may("void"):
        return QCoreApplication.translate("Action", "Void the case")
    return QCoreApplication.translate("Action", "Close the case")


def may_acknowledge(desk: "Desk") -> Refused | None:
    return acknowledge_refusal(desk, alarm_seen(desk) or worst_alarm(desk))


def acknowledge_refusal(desk: "Desk", alarm: Alarm | None) -> Refused | None:
    if alarm is None:
        return _NOTHING
    refused = desk.actions.may_ask(AcknowledgeAlarm)
    if refused is None and desk.actions.ledger.acknowledging(alarm.case_id) is not None:
        refused = Refused("pending", "the alarm waits for an answer")
    return refused


def alarm_seen(desk: "Desk") -> Alarm | None:
    """Return the alarm that a key is meant for: the one the person has seen.

    That is the one in the strip; for half a second after it was replaced, the one
    that stood there before, which may need nobody any more.
    """
    alarm_id = desk.strip_shows.seen()
    if alarm_id is None:
        return worst_alarm(desk)
    alarm = desk.board.alarms.get(alarm_id)
    return alarm if alarm is not None and alarm.acknowledged_at is None else None


def came_too_late(desk: "Desk") -> bool:
    """Return whether the alarm that Enter was meant for needs nobody any more.

    Then Enter does nothing: the step of the open case was not what stood there.
    Where the alarm is of the open case, its step is what Enter was meant for.
    """
    alarm_id = desk.strip_shows.seen()
    if alarm_id is None or alarm_seen(desk) is not None:
        return False
    gone = desk.board.alarms.get(alarm_id)
    return (
        gone is None or desk.open_case_id is None or gone.case_id != desk.open_case_id
    )


def acknowledge(desk: "Desk") -> None:
    alarm = alarm_seen(desk)
    if alarm is not None:
        desk.actions.acknowledge(alarm)


def may_note(desk: "Desk") -> Refused | None:
    return _NOTHING if desk.case is None else desk.actions.may_ask(AddNote)


def with_case(desk: "Desk") -> Refused | None:
    return _NOTHING if desk.case is None else None


def may_go_to_steps(desk: "Desk") -> Refused | None:
    if desk.case is None:
        return _NOTHING
    some = desk.actions.taxonomy.steps_of(desk.case.category)
    return covered(desk) or (None if some else _NOTHING)


def may_report(desk: "Desk") -> Refused | None:
    return desk.actions.may_ask(ReportCase)


def may_unpark(desk: "Desk") -> Refused | None:
    return None if desk.actions.has_parked_report() else _NOTHING


def with_picture(desk: "Desk") -> Refused | None:
    return None if desk.actions.has_picture() else _NOTHING


def enlarge_text(desk: "Desk") -> str:
    if desk.actions.is_enlarged():
        return QCoreApplication.translate("Action", "Back to its size")
    return QCoreApplication.translate("Action", "Enlarge")


def may_save(desk: "Desk") -> Refused | None:
    return None if desk.actions.is_reporting() else _NOTHING


def may_quiet(desk: "Desk") -> Refused | None:
    return None if desk.sounds.repeats() else _NOTHING


def quiet(desk: "Desk") -> None:
    desk.sounds.silence()


def may_go_beside(desk: "Desk", step: int) -> Refused | None:
    beside = desk.looked_at.beside(step, desk.open_case_id, desk.past.known())
    return None if beside else _NOTHING


def with_cameras(desk: "Desk") -> Refused | None:
    return None if desk.board.cameras else _NOTHING


def always(_desk: "Desk") -> Refused | None:
    return None


def may_choose(desk: "Desk") -> Refused | None:
    # Asked in this order: those of a case just opened are on show only then.
    many = bool(desk.suggestions) and len(desk.people.rows) > 1
    return None if many else _NOTHING
