"""Caps, approvals and ways back, through the bus."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from bus_kit import CENTRE, DESK, Kit, refusal
from life_kit import ask

from dispatch.case_commands import (
    AcceptHandOver,
    MergeCase,
    ReportHandled,
    RequestSuspension,
    SendDirect,
    SuperviseCase,
    TransferCase,
    TurnCase,
)
from dispatch.cases import Case, CaseState
from dispatch.commands import Moment, Photo
from dispatch.course import Stage
from dispatch.geo import moved
from dispatch.people import Actor, Role
from dispatch.units import UnitStatus

DEPARTMENT = Actor("综合执法队", "3号席", frozenset({Role.DEPARTMENT}))
DISPATCHER = Actor("周", "2号席", frozenset({Role.DISPATCHER}))
LEADER = Actor("孙", "1号席", frozenset({Role.SHIFT_LEADER}))


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    kit = Kit(tmp_path)
    yield kit
    kit.close()


def handled(kit: Kit, category: str = "1002", *steps: str) -> int:
    """Return a case that was signed for, and went on by more steps."""
    case_id = kit.report(category)
    for step in ("accept", "file", "dispatch", "sign", *steps):
        kit.bus.handle(ask(kit, step, case_id))
    return case_id


def turn(kit: Kit, case_id: int, by: Actor, action: str) -> Case:
    command = TurnCase(actor=by, case_id=case_id, action=action, text="理由")
    kit.bus.handle(command)
    return kit.case(case_id)


def refused(kit: Kit, case_id: int, by: Actor, action: str) -> str:
    return refusal(
        kit, TurnCase(actor=by, case_id=case_id, action=action, text="理由")
    ).reason


def test_an_extension_is_the_limit_again_and_given_twice(kit: Kit) -> None:
    case_id = handled(kit)  # three working days, from Monday at ten
    for days in (6, 9):  # Monday after, and Thursday
        turn(kit, case_id, DEPARTMENT, "request_extend")
        assert refused(kit, case_id, DEPARTMENT, "request_extend") == "already_asked"
        assert refused(kit, case_id, DEPARTMENT, "approve_extend") == "role"
        case = turn(kit, case_id, DISPATCHER, "approve_extend")
        assert case.deadline is not None
        begun = case.course.clock(Stage.HANDLE).begun_at
        assert case.deadline - begun == timedelta(days=days + 2)  # one weekend
    assert refused(kit, case_id, DEPARTMENT, "request_extend") == "capped"


def test_a_refused_extension_does_not_count_and_a_late_one_is_not_asked(
    kit: Kit,
) -> None:
    case_id = handled(kit)
    turn(kit, case_id, DEPARTMENT, "request_extend")
    case = turn(kit, case_id, DISPATCHER, "refuse_extend")
    assert (case.course.extensions, case.course.asked) == (0, "")
    assert refused(kit, case_id, DISPATCHER, "approve_extend") == "nothing_asked"
    kit.clock.go(days=4)
    assert refused(kit, case_id, DEPARTMENT, "request_extend") == "overdue"


def test_a_worker_s_request_passes_the_department_first(kit: Kit) -> None:
    case_id = handled(kit)
    worker = Actor("W01", "", frozenset({Role.HANDLER}))
    turn(kit, case_id, worker, "request_extend")
    assert refused(kit, case_id, DISPATCHER, "approve_extend") == "nothing_asked"
    turn(kit, case_id, DEPARTMENT, "endorse_extend")
    assert turn(kit, case_id, DISPATCHER, "approve_extend").course.extensions == 1


def test_a_case_is_suspended_once_and_for_a_year_at_most(kit: Kit) -> None:
    case_id = handled(kit)
    asked = {"actor": DEPARTMENT, "case_id": case_id, "text": "种植季节"}
    for days in (-1, 0, 366):
        until = kit.clock() + timedelta(days=days)
        request = RequestSuspension(**asked, until=until)  # type: ignore[arg-type]
        assert refusal(kit, request).reason == "date"
    until = kit.clock() + timedelta(days=365)
    kit.bus.handle(RequestSuspension(**asked, until=until))  # type: ignore[arg-type]
    case = turn(kit, case_id, DISPATCHER, "approve_suspend")
    assert (case.state, case.deadline) == (CaseState.SUSPENDED, None)
    assert kit.board().units[case.unit_id].status is UnitStatus.FREE
    case = turn(kit, case_id, DISPATCHER, "resume")
    assert case.state is CaseState.HANDLING
    unit = kit.board().units[case.unit_id]
    assert (unit.status, unit.case_id) == (UnitStatus.ASSIGNED, case_id)
    again = RequestSuspension(**asked, until=until)  # type: ignore[arg-type]
    assert refusal(kit, again).reason == "capped"


def test_rework_stays_with_the_department_if_nobody_is_free(kit: Kit) -> None:
    first = handled(kit, "1002", "finish")
    unit_id = kit.case(first).unit_id
    second = kit.report("1002")
    kit.send(second, unit_id)
    case = turn(kit, first, DISPATCHER, "rework")
    assert (case.state, case.unit_id, case.course.reworks) == (
        *(CaseState.HANDLING, ""),
        1,
    )
    assert case.deadline is not None  # a new limit, the original one
    assert Moment.FINISHED not in case.clocks
    kit.bus.handle(ask(kit, "recall", first))
    kit.bus.handle(ask(kit, "dispatch", first))
    assert kit.case(first).state is CaseState.DISPATCHED
    assert kit.board().units[unit_id].case_id == second


def test_what_came_back_is_only_sent_again_or_handed_further(kit: Kit) -> None:
    case_id = handled(kit, "1002", "return")
    case = kit.case(case_id)
    assert (case.state, case.course.returns) == (CaseState.RETURNED, 1)
    for action in ("sign", "finish", "close", "file"):
        assert refusal(kit, ask(kit, action, case_id)).reason in ("state", "not_sent")
    assert turn(kit, case_id, DISPATCHER, "return_further").state is CaseState.ACCEPTED


def test_joined_cases_are_of_one_kind_place_and_time(kit: Kit) -> None:
    main, same = kit.report(), kit.report()
    other = kit.report("1002")
    far = kit.report(point=moved(CENTRE, 90, 900))
    join = {"actor": DESK, "main_id": main}
    for case_id in (other, far):
        refused = refusal(kit, MergeCase(**join, case_id=case_id))  # type: ignore[arg-type]
        assert refused.reason == "not_the_same"
    assert refusal(kit, MergeCase(**join, case_id=main)).reason == "main_case"  # type: ignore[arg-type]
    kit.bus.handle(ask(kit, "accept", same))
    kit.bus.handle(ask(kit, "file", same))
    due = kit.case(same).course.clocks
    kit.bus.handle(MergeCase(**join, case_id=same))  # type: ignore[arg-type]
    assert kit.case(same).state is CaseState.MERGED
    assert kit.actions(main)[-1] == "joined"
    kit.clock.go(hours=1)
    case = turn(kit, same, DESK, "unmerge")
    assert (case.state, case.course.merged_into) == (CaseState.FILED, None)
    assert case.course.clocks == due  # as if it had never been joined
    assert Moment.CLOSED not in case.clocks
    assert kit.actions(main)[-1] == "separated"
    late = kit.clock.go(hours=30) and kit.report()
    assert refusal(kit, MergeCase(**join, case_id=late)).reason == "not_the_same"  # type: ignore[arg-type]


def test_an_alarm_of_a_joined_case_is_counted_on_the_main_one(kit: Kit) -> None:
    main, same = kit.raise_case("S1"), kit.raise_case("S2")
    kit.take(same)
    kit.bus.handle(MergeCase(actor=DESK, case_id=same, main_id=main))
    before = kit.case(main).alarm_count
    kit.clock.go(minutes=20)
    kit.bus.handle(kit.alarm("S2"))
    assert kit.case(main).alarm_count == before + 1
    assert len([c for c in kit.board().cases.values() if c.state.is_open]) == 1


def test_a_case_ends_in_no_way_with_an_alarm_nobody_saw(kit: Kit) -> None:
    case_id = kit.raise_case()
    for command in (
        TransferCase(actor=DESK, case_id=case_id, to="110", text="涉警"),
        TurnCase(actor=DESK, case_id=case_id, action="force_close", text="指示"),
    ):
        assert refusal(kit, command).reason == "alarm_unacknowledged"


def test_handing_over_frees_who_was_sent_and_keeps_the_number(kit: Kit) -> None:
    case_id = handled(kit)
    unit_id = kit.case(case_id).unit_id
    hand = {"actor": DISPATCHER, "case_id": case_id, "text": "属县管"}
    nobody = TransferCase(**hand, to="moon")  # type: ignore[arg-type]
    assert refusal(kit, nobody).reason == "recipient"
    kit.bus.handle(TransferCase(**hand, to="12345", number="D20261123"))  # type: ignore[arg-type]
    case = kit.case(case_id)
    assert (case.state, case.external_number) == (CaseState.TRANSFERRED, "D20261123")
    assert case.course.transferred_to == "12345"
    assert kit.board().units[unit_id].status is UnitStatus.FREE


def handed_over(kit: Kit) -> int:
    case_id = handled(kit)
    hand = {"actor": DISPATCHER, "case_id": case_id, "text": "属供水公司"}
    kit.bus.handle(TransferCase(**hand, to="12345"))  # type: ignore[arg-type]
    return case_id


def test_a_hand_over_is_accepted_with_its_number_and_closed_there(kit: Kit) -> None:
    case_id = handed_over(kit)
    accepted = AcceptHandOver(actor=DESK, case_id=case_id, number=" D20261123-7 ")
    kit.bus.handle(accepted)
    case = kit.case(case_id)
    assert (case.external_number, case.course.handed) == ("D20261123-7", "accepted")
    assert kit.board().entries(case_id)[-1].text == "D20261123-7"
    learned = AcceptHandOver(actor=DESK, case_id=case_id, number="D20261123-8")
    kit.bus.handle(learned)
    said = AcceptHandOver(actor=DESK, case_id=case_id, number="D20261123-8")
    assert refusal(kit, said).reason == "nothing_asked"
    assert kit.case(case_id).external_number == "D20261123-8"
    case = turn(kit, case_id, DESK, "handover_close")
    assert (case.state, case.course.handed) == (CaseState.TRANSFERRED, "closed")
    again = AcceptHandOver(actor=DESK, case_id=case_id, number="D9")
    assert refusal(kit, again).reason == "nothing_asked"
    assert refused(kit, case_id, DESK, "handover_close") == "nothing_asked"
    assert refused(kit, case_id, DESK, "handover_reject") == "nothing_asked"
    case = turn(kit, case_id, DESK, "handover_reopen")
    assert (case.state, case.course.handed) == (CaseState.TRANSFERRED, "accepted")
    assert case.external_number == "D20261123-8"
    assert refused(kit, case_id, DESK, "handover_reopen") == "nothing_asked"
    assert turn(kit, case_id, DESK, "handover_close").course.handed == "closed"


def test_what_they_closed_unasked_may_be_accepted_once_that_is_taken_back(
    kit: Kit,
) -> None:
    case_id = handed_over(kit)
    turn(kit, case_id, DESK, "handover_close")
    turn(kit, case_id, DESK, "handover_reopen")
    kit.bus.handle(AcceptHandOver(actor=DESK, case_id=case_id, number="D7"))
    assert kit.case(case_id).external_number == "D7"


def test_what_is_given_back_is_ours_again_from_its_filing_on(kit: Kit) -> None:
    case_id = handed_over(kit)
    kit.bus.handle(AcceptHandOver(actor=DESK, case_id=case_id, number="D7"))
    unit_id = kit.case(case_id).unit_id
    case = turn(kit, case_id, DESK, "handover_reject")
    assert case.state is CaseState.ACCEPTED
    assert (case.unit_id, case.external_number) == ("", "")
    assert (case.course.transferred_to, case.course.handed) == ("", "")
    assert Moment.CLOSED not in case.clocks
    assert case.course.clocks
    kit.take(case_id)
    kit.send(case_id, unit_id)
    assert kit.case(case_id).state is CaseState.DISPATCHED


def test_an_appeal_is_made_once_against_an_overdue_verdict(kit: Kit) -> None:
    on_time = handled(kit, "1002", "finish", "send_check", "check_pass", "close")
    assert refused(kit, on_time, DEPARTMENT, "appeal") == "no_appeal"
    case_id = handled(kit)
    kit.clock.go(days=10)
    for step in ("finish", "send_check", "check_pass", "close"):
        kit.bus.handle(ask(kit, step, case_id))
    turn(kit, case_id, DEPARTMENT, "appeal")
    assert refused(kit, case_id, LEADER, "grant_appeal") == "nothing_asked"
    turn(kit, case_id, DISPATCHER, "endorse_appeal")
    case = turn(kit, case_id, LEADER, "grant_appeal")
    assert (case.course.appeal, case.course.overdue) == ("granted", True)  # it shows
    assert refused(kit, case_id, DEPARTMENT, "appeal") == "no_appeal"


def test_a_case_is_opened_again_within_three_days(kit: Kit) -> None:
    case_id = handled(kit, "1002", "finish", "send_check", "check_pass", "close")
    kit.clock.go(hours=71)
    case = turn(kit, case_id, DESK, "reopen")
    assert case.state is CaseState.HANDLING
    assert case.deadline is not None
    for step in ("finish", "send_check", "check_pass", "close"):
        kit.bus.handle(ask(kit, step, case_id))
    kit.clock.go(hours=73)
    assert refused(kit, case_id, DESK, "reopen") == "too_late"


def test_what_cannot_be_solved_is_explained_by_a_supervisor(kit: Kit) -> None:
    case_id = handled(kit, "1002", "finish")
    assert refused(kit, case_id, DISPATCHER, "explain") == "role"
    bare = TurnCase(actor=LEADER, case_id=case_id, action="explain")
    assert refusal(kit, bare).reason == "reason_missing"
    case = turn(kit, case_id, LEADER, "explain")
    assert (case.state, case.outcome) == (CaseState.CLOSED, "explained")


def test_only_an_enquiry_is_answered_on_the_spot(kit: Kit) -> None:
    assert refused(kit, kit.report("6002"), DESK, "answer") == "not_an_enquiry"
    case = turn(kit, kit.report("A001"), DESK, "answer")
    assert (case.state, case.outcome) == (CaseState.CLOSED, "answered")


def test_what_was_only_answered_is_not_opened_again(kit: Kit) -> None:
    case_id = kit.report("A001")
    turn(kit, case_id, DESK, "answer")
    assert refused(kit, case_id, DESK, "reopen") == "never_filed"


def test_only_a_caller_is_called_back(kit: Kit) -> None:
    case_id = handled(kit, "1002", "finish")
    assert refused(kit, case_id, DESK, "call_back") == "no_caller"
    called = kit.report("1002", reporter_phone="13800000000")
    for step in ("accept", "file", "dispatch", "sign", "finish"):
        kit.bus.handle(ask(kit, step, called))
    assert turn(kit, called, DESK, "call_back").state is CaseState.PENDING_CLOSE


def test_a_drill_is_joined_with_no_other_case(kit: Kit) -> None:
    main, drill = kit.raise_case("S1"), kit.raise_case("S2", drill=True)
    kit.take(drill)
    command = MergeCase(actor=DESK, case_id=drill, main_id=main)
    assert refusal(kit, command).reason == "drill_apart"


def test_what_was_verified_is_said_in_words(kit: Kit) -> None:
    case_id = kit.report()
    turn(kit, case_id, DESK, "send_verify")
    bare = TurnCase(actor=DESK, case_id=case_id, action="verify_true")
    assert refusal(kit, bare).reason == "reason_missing"


def test_what_is_sent_straight_is_taken_by_who_sends_it(kit: Kit) -> None:
    case_id = kit.raise_case()
    kit.clock.go(minutes=1)
    kit.bus.handle(SendDirect(actor=DESK, case_id=case_id, unit_id="W01"))
    case = kit.case(case_id)
    assert (case.owner, case.owner_seat) == (DESK.name, DESK.seat)
    assert kit.stored_clocks(case_id)[Moment.ACKNOWLEDGED] == kit.clock()
    assert all(a.acknowledged_at == kit.clock() for a in kit.board().alarms.values())
    force = TurnCase(actor=DESK, case_id=case_id, action="force_close", text="指示")
    kit.bus.handle(force)  # no alarm waits that would forbid it
    told = kit.report("3001")
    kit.bus.handle(SendDirect(actor=DESK, case_id=told, unit_id="W02"))
    assert kit.stored_clocks(told)[Moment.ACKNOWLEDGED] == kit.clock()


def test_a_collector_reports_what_was_put_right(kit: Kit) -> None:
    collector = Actor("W02", "", frozenset({Role.COLLECTOR}))
    kit.bus.handle(ask(kit, "self_report", 0, collector))
    assert refusal(kit, ask(kit, "self_report", 0, DEPARTMENT)).reason == "role"


def test_what_does_not_exist_is_not_asked(kit: Kit) -> None:
    case_id = kit.report()
    assert refused(kit, case_id, DESK, "explode") == "action"
    level = SuperviseCase(actor=LEADER, case_id=case_id, level=7, text="急")
    assert refusal(kit, level).reason == "level"
    for _ in range(1):
        turn(kit, case_id, DISPATCHER, "escalate")
    assert refused(kit, case_id, DISPATCHER, "escalate") == "top_level"


def test_what_was_put_right_on_the_spot_is_filed_and_closed_at_once(kit: Kit) -> None:
    command = ask(kit, "self_report", 0)
    assert isinstance(command, ReportHandled)
    case_id = kit.bus.handle(command).value
    case = kit.case(int(str(case_id)))
    assert (case.state, case.outcome) == (CaseState.CLOSED, "self_handled")
    assert case.standard_id == "5001-1"
    (entry,) = kit.board().entries(case.case_id)
    assert len(entry.photos) == 2
    assert isinstance(command.before, Photo)
    wrong = ask(kit, "self_report", 0)
    object.__setattr__(wrong, "standard_id", "1002-1")
    assert refusal(kit, wrong).reason == "standard_unknown"
