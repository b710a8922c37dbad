from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bus_kit import CENTRE, DESK, START, TOWN, Kit

from dispatch.board import Board
from dispatch.cases import Case, CaseState
from dispatch.commands import Moment, RecallUnit, ReturnCase, TakeCase
from dispatch.geo import moved
from dispatch.queueing import due_at, due_counts, due_lane, now_lane
from dispatch.targets import target
from dispatch.units import Unit


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    kit = Kit(tmp_path)
    yield kit
    kit.close()


def a_case(case_id: int, **changed: object) -> Case:
    values = {
        "case_id": case_id,
        "number": str(case_id),
        "version": 1,
        "state": CaseState.HANDLING,
        "category": "6002",
        "severity": 4,
        "place_name": "",
        "point": CENTRE,
        "department": "综合执法队",
        "opened_at": START,
        "deadline": START + timedelta(hours=case_id),
        **changed,
    }
    return Case(**values)  # type: ignore[arg-type]


def a_board(*cases: Case, units: tuple[Unit, ...] = ()) -> Board:
    board = Board()
    board.town = TOWN
    board.cases = {case.case_id: case for case in cases}
    board.units = {unit.unit_id: unit for unit in units}
    return board


def a_unit(
    unit_id: str, metres: float | None, age_s: float = 0, **more: object
) -> Unit:
    unit = Unit(unit_id=unit_id, name=unit_id, role="")
    if metres is not None:
        unit = replace(
            unit,
            point=moved(CENTRE, 90, metres),
            point_at=START - timedelta(seconds=age_s),
        )
    return replace(unit, **more)  # type: ignore[arg-type]


# -- the lanes ------------------------------------------------------------------


def test_now_is_what_minutes_count_for() -> None:
    board = a_board(
        a_case(1, severity=2),
        a_case(2, severity=1),
        a_case(3, severity=1, opened_at=START - timedelta(minutes=1)),
        a_case(4, severity=2, state=CaseState.NEW),
        a_case(5, state=CaseState.ON_SCENE),
        a_case(6),
        a_case(7, severity=1, state=CaseState.CLOSED),
    )
    assert [row.case_id for row in now_lane(board, START)] == [4, 3, 2, 1, 5]
    assert [row.case_id for row in due_lane(board, START)] == [6]


def test_who_waits_for_help_stands_above_what_is_reported_done() -> None:
    earlier = START - timedelta(hours=1)
    board = a_board(
        a_case(1, severity=1, state=CaseState.FEEDBACK, opened_at=earlier),
        a_case(2, severity=1, state=CaseState.PENDING_CLOSE, opened_at=earlier),
        a_case(3, severity=1, state=CaseState.FILED),
        a_case(4, severity=2, state=CaseState.CHECKING, opened_at=earlier),
        a_case(5, severity=2, state=CaseState.DISPATCHED),
    )
    assert [row.case_id for row in now_lane(board, START)] == [3, 1, 2, 5, 4]


def test_an_unacknowledged_alarm_puts_its_case_on_top(kit: Kit) -> None:
    first = kit.raise_case("S1")
    kit.clock.go(seconds=1)
    second = kit.raise_case("S2")
    kit.bus.handle(TakeCase(actor=DESK, case_id=first))
    rows = now_lane(kit.board(), kit.clock())
    assert [(row.case_id, row.unacknowledged) for row in rows] == [
        (second, True),
        (first, False),
    ]


def test_due_is_ordered_by_time_left() -> None:
    board = a_board(a_case(3), a_case(1), a_case(2))
    rows = due_lane(board, START + timedelta(minutes=90))
    assert [row.case_id for row in rows] == [1, 2, 3]
    assert [row.overdue for row in rows] == [True, False, False]


def test_a_monday_pile_is_folded_by_department() -> None:
    overdue = [
        a_case(
            n,
            department="综合执法队" if n % 3 else "环卫所",
            deadline=START - timedelta(hours=n),
        )
        for n in range(1, 9)
    ]
    today = a_case(20, deadline=START + timedelta(hours=2))
    later = a_case(21, deadline=START + timedelta(days=2))
    board = a_board(*overdue, today, later)
    rows = due_lane(board, START)
    assert [(row.case_id, row.department, row.count) for row in rows] == [
        (20, "综合执法队", 1),
        (None, "综合执法队", 6),
        (None, "环卫所", 2),
        (21, "综合执法队", 1),
    ]
    assert rows[1].due_at == START - timedelta(hours=8)
    counts = due_counts(board, START)
    assert (counts.total, counts.today, counts.overdue) == (10, 1, 8)
    del board.cases[8]
    assert len(due_lane(board, START)) == 9


def test_the_day_ends_in_the_towns_zone() -> None:
    before = datetime.fromisoformat("2026-11-23T23:59:00+08:00")
    board = a_board(
        a_case(1, deadline=before), a_case(2, deadline=before + timedelta(minutes=2))
    )
    assert due_counts(board, START).today == 1


def test_what_has_no_limit_yet_is_due_by_the_usual_one() -> None:
    new = a_case(1, severity=3, state=CaseState.NEW, deadline=None)
    (row,) = due_lane(a_board(new), START)
    assert row.due_at == START + timedelta(minutes=30)
    assert row.unacknowledged


def test_a_case_that_came_back_waits_from_then_on(kit: Kit) -> None:
    case_id = kit.report("7002")
    kit.send(case_id)
    for minutes, comes_back in (
        (40, lambda: kit.bus.handle(RecallUnit(actor=DESK, case_id=case_id))),
        (80, lambda: kit.field(ReturnCase, case_id, reason="车坏了")),
    ):
        at = kit.clock.go(seconds=60 * minutes)
        comes_back()
        kit.bus = kit.new_bus()  # what the store says
        case = kit.case(case_id)
        assert case.state in (CaseState.FILED, CaseState.RETURNED)
        assert due_at(case) - at == target(Moment.DISPATCHED, case.severity)
        kit.send(case_id)


@pytest.mark.parametrize("severity", [1, 2, 3, 4])
def test_before_somebody_is_sent_the_target_of_the_severity_is_the_limit(
    severity,
) -> None:
    signal = START - timedelta(seconds=20)
    case = a_case(
        1,
        severity=severity,
        state=CaseState.FILED,
        deadline=None,
        clocks={Moment.SIGNAL: signal},
    )
    assert due_at(case) - signal == target(Moment.DISPATCHED, severity)
