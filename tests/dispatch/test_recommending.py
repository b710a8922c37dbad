"""Whom to send, and why: nearer or less busy never stands lower for it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from bus_kit import CENTRE, DESK, START, Kit
from hypothesis import given
from hypothesis import strategies as st
from test_queueing import a_board, a_case, a_unit

from dispatch.case_commands import TurnCase
from dispatch.cases import CaseState
from dispatch.commands import ImportTown, SignCase
from dispatch.geo import moved
from dispatch.grids import Grid
from dispatch.people import Actor, Role
from dispatch.profiles import load_taxonomy
from dispatch.recommending import (
    DIRECTS,
    DOUBT,
    GAVE_BACK,
    LOAD_M,
    NO_POSITION,
    OFF_SHIFT,
    ON_SHIFT,
    OWN_GRID,
    SKILL,
    STALE,
    UNSKILLED_M,
    UnitSuggestion,
    on_duty_by_role,
    rank,
    suggest_leaders,
    suggest_units,
)
from dispatch.roster import AT_REST, on_shift
from dispatch.units import Unit, UnitStatus

CORE = load_taxonomy()


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    kit = Kit(tmp_path)
    yield kit
    kit.close()


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
    found = suggest_units(board, a_case(1), START, taxonomy=CORE)
    assert [s.unit.unit_id for s in found] == ["王建国", "陈芳", "周亮", "远", "无"]
    assert [s.reasons for s in found] == [
        (),
        (STALE,),
        (STALE,),
        (DOUBT,),
        (NO_POSITION,),
    ]
    assert found[0].distance_m == pytest.approx(180, abs=0.1)
    assert found[0].position_age == timedelta(seconds=40)
    assert found[-1].position_age is None


def test_at_the_same_distance_the_own_grid_answers() -> None:
    board = a_board(
        units=(a_unit("W1", 100), a_unit("W2", 100, grid_code="330421111001001"))
    )
    case = a_case(1, grid_code="330421111001001")
    found = suggest_units(board, case, START, taxonomy=CORE)
    assert [s.unit.unit_id for s in found] == ["W2", "W1"]
    assert found[0].reasons == (OWN_GRID,)


def test_thousands_of_units_give_the_same_answer_as_a_few() -> None:
    units = tuple(a_unit(f"W{n:04d}", 10.0 + 3 * n) for n in range(1500))
    skilled = a_unit("Z1", 150 + UNSKILLED_M, department="综合执法队")
    board = a_board(units=(*units, skilled))
    found = suggest_units(board, a_case(1), START, limit=50, taxonomy=CORE)
    ids = [f"W{n:04d}" for n in range(49)]
    ids.insert(47, "Z1")  # 150 m and of the trade: before 151 m and not
    assert [s.unit.unit_id for s in found] == ids


def test_who_directs_comes_after_who_works() -> None:
    assert CORE.directing_roles == ("指挥长", "网格指导员")
    board = a_board(
        units=(
            a_unit("L01", 10, role="指挥长"),
            a_unit("G01", 5, role="网格指导员"),
            a_unit("W1", 3000, role="专职网格员"),
            a_unit("W2", None, role="网格长"),
        )
    )

    def suggested(limit: int = 20) -> list[str]:
        found = suggest_units(board, a_case(1), START, limit=limit, taxonomy=CORE)
        return [each.unit.unit_id for each in found]

    assert suggested() == ["W1", "W2", "G01", "L01"]
    assert suggested(limit=3) == ["W1", "W2", "G01"]
    assert suggested(limit=1) == ["W1"]


def test_a_direct_report_goes_to_the_grid_s_leader_then_to_who_directs() -> None:
    units = (
        a_unit("L01", 900, role="指挥长"),
        a_unit("G01", 5, role="网格指导员", case_id=7),
        a_unit("W1", 10, role="专职网格员"),
        a_unit("W2", None, role="网格长"),
    )
    board = a_board(units=units)
    code = "330421111001001"
    board.grids[code] = Grid(
        code=code, name="第一网格", level="grid", leader_unit_id="W2"
    )
    found = suggest_leaders(board, a_case(1, grid_code=code), START, taxonomy=CORE)
    assert [each.unit.unit_id for each in found] == ["W2", "L01"]
    # Up to the county: whoever directs reports it there.
    accident = replace(a_case(1, severity=1, grid_code=code), category="3009")
    found = suggest_leaders(board, accident, START, taxonomy=CORE)
    assert [each.unit.unit_id for each in found] == ["L01", "W2"]


def test_who_gave_a_case_back_comes_after_all_others(kit: Kit) -> None:
    case_id = kit.report()
    before = suggest_units(kit.board(), kit.case(case_id), kit.clock(), taxonomy=CORE)
    first = before[0].unit.unit_id
    kit.send(case_id, first)
    by = Actor("王建国", "", frozenset({Role.HANDLER}))
    kit.bus.handle(
        TurnCase(actor=by, case_id=case_id, action="return", text="不属本格")
    )
    found = suggest_units(kit.board(), kit.case(case_id), kit.clock(), taxonomy=CORE)
    assert [each.unit.unit_id for each in found][-1] == first
    assert found[-1].reasons[0] == GAVE_BACK


def test_a_role_is_whoever_of_it_is_on_duty_now() -> None:
    off = ("",) * 7
    board = a_board(
        units=(
            a_unit("近", 10, role="专职网格员", roster=off),
            a_unit("远", 300, role="专职网格员"),
            a_unit("更远", 400, role="专职网格员"),
            a_unit("班", 500, role="值班长", roster=("00:00-24:00",) * 7),
            a_unit("忙", 10, role="民警", status=UnitStatus.EN_ROUTE, case_id=9),
        )
    )
    found = on_duty_by_role(board, a_case(1), START, taxonomy=CORE)
    assert {s.unit.role: s.unit.unit_id for s in found} == {
        "专职网格员": "远",
        "值班长": "班",
    }


def test_who_was_sent_is_suggested_no_more(kit: Kit) -> None:
    case_id = kit.report()
    kit.send(case_id)
    kit.field(SignCase, case_id)
    found = suggest_units(kit.board(), kit.case(case_id), kit.clock(), taxonomy=CORE)
    assert [s.unit.unit_id for s in found] == ["W02"]


@pytest.mark.parametrize(
    ("category", "role", "department", "skilled"),
    [
        ("3001", "微型消防站", "", True),  # a partner force, by the town's table
        ("B001", "专职网格员", "桃源社区", True),  # 协办 网格
        ("B001", "民警", "派出所", False),
        ("B003", "民警", "派出所", True),
        ("2008", "志愿者", "平安志愿者", True),
        ("6002", "综合执法队", "综合执法队", True),
        ("6002", "志愿者", "平安志愿者", False),
    ],
)
def test_whose_trade_a_case_is(category, role, department, skilled) -> None:
    unit = a_unit("U1", 100, role=role, department=department)
    (found,) = suggest_units(
        a_board(units=(unit,)), a_case(1, category=category), START, taxonomy=CORE
    )
    assert (SKILL in found.reasons) is skilled


def test_being_of_the_trade_is_worth_some_way_and_no_more() -> None:
    def first(away: float) -> str:
        fire_post = a_unit("X1", away, role="微型消防站")
        board = a_board(units=(fire_post, a_unit("W1", 100, role="社工")))
        case = a_case(1, category="3001", severity=1)
        return suggest_units(board, case, START, taxonomy=CORE)[0].unit.unit_id

    assert first(100 + UNSKILLED_M - 5) == "X1"
    assert first(100 + UNSKILLED_M + 5) == "W1"


def test_a_suspended_case_counts_as_one_in_hand_and_a_done_one_does_not() -> None:
    units = (a_unit("W1", 100), a_unit("W2", 90 + LOAD_M), a_unit("W3", 120 + LOAD_M))
    board = a_board(
        a_case(1),
        a_case(2, unit_id="W1", state=CaseState.SUSPENDED),
        a_case(3, unit_id="W2", state=CaseState.FEEDBACK),
        units=units,
    )
    found = suggest_units(board, a_case(1), START, taxonomy=CORE)
    assert [(s.unit.unit_id, s.load) for s in found] == [
        ("W2", 0),
        ("W1", 1),
        ("W3", 0),
    ]


@pytest.mark.parametrize(
    ("monday", "reason", "first"),
    [
        ("", OFF_SHIFT, "W1"),
        ("00:00-24:00", ON_SHIFT, "X1"),
        (None, None, "X1"),  # no roster names them
    ],
)
def test_whom_the_roster_has_off_shift_stands_behind_the_others(
    monday, reason, first
) -> None:
    roster = () if monday is None else (monday,) * 7
    near = a_unit("X1", 50, roster=roster)
    board = a_board(units=(near, a_unit("W1", 1500)))
    found = suggest_units(board, a_case(1), START, taxonomy=CORE)
    assert found[0].unit.unit_id == first
    reasons = next(each.reasons for each in found if each.unit is near)
    assert reasons == (() if reason is None else (reason,))


def test_a_roster_is_kept_and_staff_imported_without_one_leaves_it(kit: Kit) -> None:
    w02 = kit.board().units["W02"]
    rostered = replace(w02, roster=("08:00-20:00",) * 7)
    for unit in (rostered, w02):
        kit.bus.handle(ImportTown(actor=DESK, units=(unit,)))
        assert kit.board().units["W02"].roster == rostered.roster
    kit.bus.handle(ImportTown(actor=DESK, off_roster=("W02",)))
    assert kit.board().units["W02"] == replace(rostered, roster=AT_REST)
    assert on_shift(AT_REST, START) is False, "and not round the clock"


# -- the rule by itself ---------------------------------------------------------

_WORDS = st.sets(st.sampled_from((SKILL, OWN_GRID, DIRECTS, OFF_SHIFT, "answers")))


@st.composite
def suggestions(draw: st.DrawFn) -> UnitSuggestion:
    metres = draw(st.none() | st.floats(0, 20_000))
    unit = Unit(
        unit_id=draw(st.sampled_from(("A", "B", "C"))),
        name="",
        role="",
        status=draw(st.sampled_from(UnitStatus)),
        doubt=draw(st.sampled_from(("", "outside"))),
    )
    age = None
    if metres is not None:
        age = draw(st.timedeltas(timedelta(), timedelta(hours=4)))
        unit = replace(unit, point=moved(CENTRE, 0, metres), point_at=START - age)
    reasons = tuple(sorted(draw(_WORDS)))
    return UnitSuggestion(unit, metres, age, draw(st.integers(0, 5)), reasons)


@given(suggestions(), st.floats(0, 5_000), st.integers(0, 5))
def test_nearer_or_less_busy_never_stands_lower(one, metres, cases) -> None:
    busier = replace(one, load=one.load + cases)
    assert rank(one) <= rank(busier)
    if one.distance_m is not None:
        further = replace(busier, distance_m=one.distance_m + metres)
        assert rank(one) <= rank(busier) <= rank(further)


@given(suggestions(), st.timedeltas(timedelta(), timedelta(hours=3)))
def test_an_older_position_never_stands_higher(one, older) -> None:
    if one.position_age is not None:
        assert rank(one) <= rank(replace(one, position_age=one.position_age + older))
        assert rank(one) <= rank(
            replace(
                one,
                distance_m=None,
                position_age=None,
                unit=replace(one.unit, point=None, point_at=None),
            )
        )


@given(suggestions(), st.sampled_from(UnitStatus))
def test_off_duty_never_stands_above_on_duty(one, status) -> None:
    off = replace(one, unit=replace(one.unit, status=UnitStatus.OFF_DUTY))
    assert rank(replace(one, unit=replace(one.unit, status=status))) <= rank(off)


@given(suggestions())
def test_off_shift_never_stands_above_on_shift(one) -> None:
    without = tuple(w for w in one.reasons if w != OFF_SHIFT)
    on = replace(one, reasons=(ON_SHIFT, *without))
    assert rank(on) < rank(replace(one, reasons=(OFF_SHIFT, *without)))


@given(suggestions(), st.sampled_from((SKILL, OWN_GRID, "answers")))
def test_what_speaks_for_somebody_never_puts_them_lower(one, word) -> None:
    without = replace(one, reasons=tuple(w for w in one.reasons if w != word))
    assert rank(replace(one, reasons=(*without.reasons, word))) <= rank(without)
