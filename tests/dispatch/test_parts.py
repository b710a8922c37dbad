"""联合处置: each department turns its own part, and the case waits for all of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dispatch.case_parts import due_at, own_part, part_of, possible, turned
from dispatch.case_states import CaseState
from dispatch.case_turns import assign, feed_back
from dispatch.cases import Case
from dispatch.commands import Moment, Refused
from dispatch.geo import Point
from dispatch.parts import PartState
from dispatch.people import Actor, Role, Scope
from dispatch.taxonomy import RouteRule, Rules
from dispatch.units import Unit

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SQUAD, MARKET, POLICE = "综合执法队", "市场监管所", "派出所"
DESK = Actor("李敏", "2号席", frozenset(Role) - {Role.DEVICE, Role.SYSTEM})
RULES = Rules()
CASE = Case(
    case_id=1,
    number="3304211112611230001",
    version=4,
    state=CaseState.HANDLING,
    category="6002",
    severity=3,
    place_name="老街",
    point=Point(120.95, 30.91),
    grid_code="330421111001",
    department=SQUAD,
    opened_at=AT,
    deadline=AT + timedelta(days=3),
    clocks={Moment.DISPATCHED: AT},
)


def station(department: str, grid: str = "") -> Actor:
    scope = Scope(department, grid)
    return Actor("小张", f"{department}站", frozenset({Role.DEPARTMENT}), scope)


def do(
    case: Case,
    action: str,
    department: str = MARKET,
    by: Actor = DESK,
    text: str = "查",
    rules: Rules = RULES,
) -> Case:
    said = {"department": department, "text": text, "rules": rules}
    return turned(case, action, by, AT, **said).case  # type: ignore[arg-type]


def reason(
    case: Case,
    action: str,
    department: str = MARKET,
    by: Actor = DESK,
    text: str = "查",
    rules: Rules = RULES,
) -> str:
    with pytest.raises(Refused) as refused:
        do(case, action, department, by, text, rules)
    return refused.value.reason


def test_the_case_is_done_when_every_part_is_done_or_released() -> None:
    case = do(do(CASE, "part_assign"), "part_assign", POLICE)
    squad = station(SQUAD)
    for action, whose in (
        ("part_sign", MARKET),
        ("part_done", MARKET),
        ("part_sign", POLICE),
    ):
        with pytest.raises(Refused) as refused:
            feed_back(case, squad, AT, text="已收回", photos=())
        assert refused.value.reason == "parts_open"
        assert POLICE in str(refused.value.details["departments"])
        case = do(case, action, whose, station(whose))
    # Given back is not done: the command room assigns it again, or releases it.
    case = do(case, "part_return", POLICE, station(POLICE))
    with pytest.raises(Refused, match="neither"):
        feed_back(case, squad, AT, text="已收回", photos=())
    again = do(case, "part_assign", POLICE)
    assert part_of(again, POLICE) is not None
    case = do(case, "part_release", POLICE)
    done = feed_back(case, squad, AT, text="已收回", photos=())
    assert done.case.state is CaseState.FEEDBACK
    assert reason(done.case, "part_assign", POLICE) == "state"


def test_each_line_of_the_log_names_whose_part_it_was() -> None:
    step = turned(
        CASE, "part_assign", DESK, AT, department=MARKET, rules=RULES, text="查证照"
    )
    (entry,) = step.entries
    assert (entry.action, entry.text) == ("part_assign", f"{MARKET} · 查证照")
    assert entry.from_state is entry.to_state is CaseState.HANDLING
    assert step.case.version == CASE.version, "nobody's decision in hand is undone"


def test_a_part_is_turned_by_whoever_it_is_and_in_order() -> None:
    case = do(CASE, "part_assign")
    assert reason(case, "part_done", by=station(MARKET)) == "part", "not signed yet"
    assert reason(case, "part_sign", by=station(POLICE)) == "not_yours"
    assert reason(case, "part_sign", POLICE) == "part"
    assert reason(case, "part_assign") == "part", "it has it already"
    assert reason(case, "part_assign", SQUAD) == "department", "it answers for it"
    assert reason(case, "part_return", by=station(MARKET), text=" ") == (
        "reason_missing"
    )
    assert reason(case, "part_assign", POLICE, station(SQUAD)) == "role"
    assert reason(case, "part_release", by=station(MARKET)) == "role"
    assert reason(case, "part_jump") == "action"
    nobody = Actor("某人", "3号席", frozenset({Role.DEPARTMENT}))
    assert reason(case, "part_release", by=nobody) == "role"
    assert do(case, "part_sign", by=nobody), "entered for them, as on the telephone"


def test_a_joint_centre_releases_the_parts_of_its_own_cases() -> None:
    rules = Rules(routes=(RouteRule(to=SQUAD, joint=True),))
    case = do(CASE, "part_assign", by=station(SQUAD), rules=rules)
    assert reason(case, "part_release", by=station(MARKET), rules=rules) == "role"
    released = do(case, "part_release", by=station(SQUAD), rules=rules)
    part = part_of(released, MARKET)
    assert part is not None
    assert part.state is PartState.RELEASED


def test_whoever_answers_for_the_case_has_no_part_besides() -> None:
    case = do(CASE, "part_assign")
    handed = assign(case, "hand_on", DESK, AT, to=MARKET, text="属其职责").case
    assert part_of(handed, MARKET) is None
    assert own_part(Scope(MARKET), handed) is None
    back = assign(handed, "hand_on", DESK, AT, to=SQUAD, text="属其职责").case
    assert part_of(back, MARKET) is None, "it has handed the whole on"


def test_a_station_has_the_case_as_long_as_the_part_is_its_own() -> None:
    case = do(CASE, "part_assign")
    assert own_part(Scope(MARKET), case)
    assert own_part(Scope(MARKET, "330421111001"), case)
    assert own_part(Scope(MARKET, "330421111002"), case) is None
    assert own_part(Scope(SQUAD), case) is None
    assert own_part(Scope(MARKET), do(case, "part_return")) is None
    assert own_part(Scope(MARKET), do(case, "part_release")) is None
    assert own_part(Scope(MARKET), do(do(case, "part_sign"), "part_done"))


def test_until_when_and_with_whom_something_may_be_done() -> None:
    by = AT + timedelta(hours=1)
    case = turned(
        CASE,
        "part_assign",
        DESK,
        AT,
        department=MARKET,
        rules=RULES,
        sign_by=by,
    ).case
    (part,) = case.course.parts
    assert due_at(case, part) == by
    signed = do(case, "part_sign")
    assert due_at(signed, signed.course.parts[0]) == CASE.deadline
    done = do(signed, "part_done")
    assert due_at(done, done.course.parts[0]) is None
    known = (POLICE, MARKET, SQUAD)
    assert possible(case, "part_assign", known, None) == (POLICE,)
    assert possible(done, "part_assign", known, None) == (MARKET, POLICE)
    assert possible(case, "part_sign", (), None) == (MARKET,)
    assert possible(case, "part_sign", (), Scope(POLICE)) == ()
    assert possible(case, "part_return", (), Scope(MARKET)) == (MARKET,)


def test_a_part_ends_for_good_when_its_department_answers_for_the_case() -> None:
    """However the case came to it: handed on later, the part does not come back."""
    case = do(do(CASE, "part_assign"), "part_assign", POLICE)
    reported = replace(case, state=CaseState.ACCEPTED)
    unit = Unit(unit_id="M1", name="市监小王", role="执法员", department=MARKET)
    for came in (
        reported.file(DESK, AT, standard_id="6002-1", department=MARKET),
        replace(case, state=CaseState.FILED).dispatch(
            DESK, AT, unit=unit, department=MARKET
        ),
        assign(case, "hand_on", DESK, AT, to=MARKET, text="属其"),
    ):
        assert [p.department for p in came.case.course.parts] == [POLICE]
        on = replace(came.case, state=CaseState.HANDLING)
        gone = assign(on, "hand_on", DESK, AT, to=SQUAD, text="属其").case
        assert part_of(gone, MARKET) is None
        assert part_of(gone, POLICE) is not None
    kept = reported.file(DESK, AT, standard_id="6002-1").case
    assert part_of(kept, MARKET) is not None
