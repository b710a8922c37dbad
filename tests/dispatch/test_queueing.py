from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bus_kit import CENTRE, DESK, START, TOWN, Kit

from dispatch.board import Board
from dispatch.cases import Case, CaseState
from dispatch.commands import Moment, RecallUnit, ReturnCase, SignCase, TakeCase
from dispatch.geo import moved
from dispatch.profiles import load_taxonomy
from dispatch.queueing import due_at, due_counts, due_lane, now_lane, suggest_units
from dispatch.targets import target
from dispatch.units import Unit, UnitStatus


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


# -- whom to send ---------------------------------------------------------------


def test_the_nearest_believable_comes_first() -> None:
    # As on the desk: 180 m 40 s ago, 240 m 2 min ago, 150 m 9 min ago.
    board = a_board(
        units=(
            a_unit("周亮", 150, age_s=540),
            a_unit("陈芳", 240, age_s=120),
            a_unit("王建国", 180, age_s=40),
            a_unit("远", 50, doubt="outside"),
            a_unit("无", None),
            a_unit("忙", 10, status=UnitStatus.EN_ROUTE, case_id=9),
            a_unit("离", 10, status=UnitStatus.OFF_DUTY),
        )
    )
    found = suggest_units(board, a_case(1), START)
    assert [s.unit.unit_id for s in found] == ["王建国", "陈芳", "周亮", "远", "无"]
    assert [s.reasons for s in found] == [
        (),
        ("stale",),
        ("stale",),
        ("doubt",),
        ("no_position",),
    ]
    assert found[0].distance_m == pytest.approx(180, abs=0.1)
    assert found[0].position_age == timedelta(seconds=40)
    assert found[-1].position_age is None


def test_at_the_same_distance_the_own_grid_answers() -> None:
    board = a_board(
        units=(a_unit("W1", 100), a_unit("W2", 100, grid_code="330421111001001"))
    )
    case = a_case(1, grid_code="330421111001001")
    found = suggest_units(board, case, START)
    assert [s.unit.unit_id for s in found] == ["W2", "W1"]
    assert found[0].reasons == ("own_grid",)


def test_thousands_of_units_give_the_same_answer_as_a_few() -> None:
    units = tuple(a_unit(f"W{n:04d}", 10.0 + 3 * n) for n in range(1500))
    found = suggest_units(a_board(units=units), a_case(1), START, limit=5)
    assert [s.unit.unit_id for s in found] == [f"W{n:04d}" for n in range(5)]


def test_who_directs_comes_after_who_works() -> None:
    directing = load_taxonomy().directing_roles
    assert directing == ("指挥长", "网格指导员")
    board = a_board(
        units=(
            a_unit("L01", 10, role="指挥长"),
            a_unit("G01", 5, role="网格指导员"),
            a_unit("W1", 3000, role="专职网格员"),
            a_unit("W2", None, role="网格长"),
        )
    )

    def suggested(limit: int = 20) -> list[str]:
        found = suggest_units(board, a_case(1), START, limit=limit, directing=directing)
        return [each.unit.unit_id for each in found]

    assert suggested() == ["W1", "W2", "G01", "L01"]
    assert suggested(limit=3) == ["W1", "W2", "G01"]
    assert suggested(limit=1) == ["W1"]


def test_who_was_sent_is_suggested_no_more(kit: Kit) -> None:
    case_id = kit.report()
    kit.send(case_id)
    kit.field(SignCase, case_id)
    found = suggest_units(kit.board(), kit.case(case_id), kit.clock())
    assert [s.unit.unit_id for s in found] == ["W02"]
