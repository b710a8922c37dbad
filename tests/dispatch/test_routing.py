"""Who answers for a case, by the rules of a town, and whom that puts first."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bus_kit import CENTRE, DESK, START, Kit
from hypothesis import given
from hypothesis import strategies as st

from dispatch.case_commands import AssignCase
from dispatch.cases import Case, CaseState
from dispatch.commands import ImportTown, Refused
from dispatch.geo import moved
from dispatch.grids import Grid
from dispatch.profile_use import UseProfile
from dispatch.profiles import load_taxonomy
from dispatch.recommending import suggest_units
from dispatch.routing import Route, departments, leader_of, route
from dispatch.taxonomy import GRID_LEADER, RouteRule, Rules, Taxonomy
from dispatch.units import Unit

BAOHE, CORE = load_taxonomy("baohe"), load_taxonomy()
CODE = "330421111001001"
GRIDS = {
    each.code: each
    for each in (
        Grid(code="330421111", name="镇", level="town"),
        Grid(code="330421111001", name="社区", level="community", parent="330421111"),
        Grid(code=CODE, name="第一网格", level="grid", parent="330421111001"),
    )
}


def led(code: str) -> dict[str, Grid]:
    return {**GRIDS, code: replace(GRIDS[code], leader_unit_id="L1")}


def ruled(*routes: RouteRule) -> Taxonomy:
    return replace(CORE, rules=Rules(routes=routes))


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    kit = Kit(tmp_path)
    yield kit
    kit.close()


@pytest.fixture
def case(kit: Kit) -> Case:
    return kit.case(kit.report("6002"))


def test_a_town_without_rules_goes_by_the_kind(case: Case) -> None:
    assert route(case, CORE, led(CODE)) == Route("综合执法队")


def test_light_ones_go_to_the_grid_grave_and_joint_ones_to_the_centre(
    case: Case,
) -> None:
    def of(category: str) -> Route:
        kind = BAOHE.category(category)
        changed = replace(case, category=category, severity=kind.severity)
        return route(changed, BAOHE, led(CODE))

    assert of("6002") == Route("网格长", "L1")  # routine, one department
    assert of("6006") == Route("综合执法队")  # normal, one department: by its kind
    assert of("7001") == Route("联合执法中心")  # danger to life
    assert of("4004") == Route("联合执法中心")  # normal, and two have a hand in it
    assert of("5002") == Route("联合执法中心")  # routine, but two have: not light


def test_the_nearest_leader_above_answers_and_nobody_where_there_is_none(
    case: Case,
) -> None:
    for code in GRIDS:
        assert leader_of(CODE, led(code)) == "L1"
        assert route(case, BAOHE, led(code)) == Route("网格长", "L1")
    assert route(case, BAOHE, GRIDS) == Route("综合执法队")
    assert leader_of("", led(CODE)) == ""
    circle = {"1": Grid(code="1", name="", level="grid", parent="1")}
    assert leader_of("1", circle) == ""


def test_a_rule_of_a_grid_and_a_kind_is_of_both(case: Case) -> None:
    rule = RouteRule(to="园区管委会", grid="330421111001", category="60")
    assert route(case, ruled(rule), GRIDS).department == "园区管委会"
    for other in (
        replace(case, grid_code="330421111002001"),
        replace(case, category="5001"),
    ):
        assert route(other, ruled(rule), GRIDS).department != "园区管委会"


RULES = st.builds(
    RouteRule,
    to=st.sampled_from(["甲", "乙", GRID_LEADER]),
    grid=st.sampled_from(["", "330421111001", "9"]),
    category=st.sampled_from(["", "60", "6002", "10"]),
    severities=st.sampled_from([(), (4,), (1, 2)]),
    joint=st.booleans(),
)


@given(st.lists(RULES, max_size=5), st.booleans())
def test_the_first_rule_that_fits_holds(
    rules: list[RouteRule], has_leader: bool
) -> None:
    case = Case(
        case_id=1,
        number="1",
        version=1,
        state=CaseState.NEW,
        category="6002",
        severity=4,
        place_name="",
        point=CENTRE,
        grid_code=CODE,
        opened_at=START,
    )
    fitting = [
        each
        for each in rules
        if each.grid in ("", "330421111001")
        and each.category in ("", "60", "6002")
        and each.severities in ((), (4,))
        and not each.joint
        and (has_leader or each.to != GRID_LEADER)
    ]
    expected = "综合执法队"
    if fitting:
        expected = "网格长" if fitting[0].to == GRID_LEADER else fitting[0].to
    grids = led(CODE) if has_leader else GRIDS
    assert route(case, ruled(*rules), grids).department == expected


def test_it_is_decided_when_a_case_is_filed_and_the_leader_comes_first(
    kit: Kit,
) -> None:
    leader = Unit(
        unit_id="L1",
        name="徐志明",
        role="网格长",
        point=moved(CENTRE, 90, 900),
        point_at=kit.clock(),
    )
    grid = replace(kit.board().grids[CODE], leader_unit_id="L1")
    kit.bus.handle(ImportTown(actor=DESK, units=(leader,)))
    kit.bus.handle(ImportTown(actor=DESK, grids=(grid,)))
    kit.bus.handle(UseProfile(actor=DESK, profile="baohe"))
    case_id = kit.report("6002")
    kit.take(case_id)
    case, board = kit.case(case_id), kit.board()
    assert case.department == "网格长"
    found = suggest_units(board, case, kit.clock(), taxonomy=BAOHE, limit=2)
    assert found[0].unit.unit_id == "L1"
    assert len(found) == 2
    assert "L1" not in [each.unit.unit_id for each in found[1:]]


def test_departments_are_those_of_kinds_rules_and_people() -> None:
    rules = ruled(RouteRule(to="综治中心"), RouteRule(to=GRID_LEADER))
    unit = Unit(unit_id="U1", name="王", role="网格员", department="东村委")
    people = [unit, replace(unit, department="")]
    known = departments(rules, people, frozenset({"西村委", ""}))
    assert {"综治中心", "东村委", "西村委"} <= known
    assert {each.department for each in CORE.categories} - {""} <= known
    assert not {GRID_LEADER, ""} & known


def test_a_case_goes_to_no_department_that_nobody_knows(tmp_path: Path) -> None:
    kit = Kit(tmp_path)
    try:
        case_id = kit.report()
        kit.take(case_id)
        typo = AssignCase(
            actor=DESK, case_id=case_id, action="assign", department="综合执发队"
        )
        with pytest.raises(Refused) as refused:
            kit.bus.handle(typo)
        assert refused.value.reason == "unknown_department"
        assert refused.value.details == {"to": "综合执发队"}
        assert kit.case(case_id).state is CaseState.FILED
        kit.bus = kit.new_bus(stations=lambda: frozenset({"综合执发队"}))
        kit.bus.handle(replace(typo, command_id="1" * 32))
        assert kit.case(case_id).department == "综合执发队", "it has a station"
    finally:
        kit.close()
