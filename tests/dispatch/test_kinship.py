"""Same thing? Alike from either side, said in facts; joined and parted, nothing is lost."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.case_states import CaseState
from dispatch.cases import Case
from dispatch.course import NO_COURSE, Joined
from dispatch.geo import Point, moved
from dispatch.joining import (
    heard_of,
    joined,
    known_of,
    owed_calls,
    parted,
    told,
    unheard,
)
from dispatch.kinship import (
    KINDRED,
    SAME,
    Matter,
    kindred_of,
    likeness,
    main_of,
    matter_of,
)
from dispatch.people import Actor, Role
from dispatch.profiles import load_taxonomy

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CENTRE = Point(120.95, 30.91)
DESK = Actor("李敏", "2号席", frozenset({Role.ACCEPTOR}))
RULES = load_taxonomy().rules

points = st.builds(
    lambda bearing, metres: moved(CENTRE, bearing, metres),
    st.floats(0, 360),
    st.floats(0, 300),
)
matters = st.builds(
    Matter,
    category=st.sampled_from(["", "3001", "B001", "1002", "6002"]),
    place_name=st.sampled_from(["", "桃源新邨12幢", "丁栅老街"]),
    point=points,
    at=st.integers(0, 1800).map(lambda minutes: AT + timedelta(minutes=minutes)),
    phone=st.sampled_from(["", "13800000001", "+86 138 0000 0001", "110"]),
    drill=st.booleans(),
)


def a_case(case_id: int, severity: int = 3, **changed: object) -> Case:
    values = {
        "case_id": case_id,
        "number": f"33042111126112300{case_id:02}",
        "version": 1,
        "state": CaseState.NEW,
        "category": "3001",
        "severity": severity,
        "place_name": "丁栅老街",
        "point": CENTRE,
        "channel": "hotline",
        "reporter_phone": "13800000001",
        "opened_at": AT,
        **changed,
    }
    return Case(**values)  # type: ignore[arg-type]


def a_matter(**changed: object) -> Matter:
    return replace(matter_of(a_case(1)), **changed)  # type: ignore[arg-type]


@given(one=matters, other=matters)
def test_it_is_the_same_from_either_side(one: Matter, other: Matter) -> None:
    assert likeness(one, other, RULES) == likeness(other, one, RULES)


@given(matter=matters)
def test_a_report_is_like_itself(matter: Matter) -> None:
    why = likeness(matter, matter, RULES)
    assert why is not None
    assert (why.metres, why.minutes, why.same_place) == (0, 0, True)


def test_what_speaks_for_it_is_told_in_facts() -> None:
    other = a_matter(
        category="B001",
        place_name="别处",
        point=moved(CENTRE, 90, 35),
        at=AT + timedelta(minutes=4),
        phone="+86 138-0000-0001",
    )
    why = likeness(a_matter(), other, RULES)
    assert why is not None
    assert why.metres == pytest.approx(35, abs=0.1)
    assert (why.minutes, why.kind) == (4, KINDRED)
    assert (why.same_caller, why.same_place) == (True, False)


@pytest.mark.parametrize(
    "changed",
    [
        {"point": moved(CENTRE, 0, RULES.merge_m + 1)},
        {"at": AT + timedelta(hours=RULES.merge_hours, seconds=1)},
        {"category": "1002"},
        {"drill": True},
    ],
)
def test_what_is_far_late_of_another_kind_or_a_drill_is_another(
    changed: dict[str, object],
) -> None:
    assert likeness(a_matter(), a_matter(**changed), RULES) is None


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({}, {"point": moved(CENTRE, 0, 50), "place_name": "x"}),
        ({}, {"at": AT + timedelta(hours=3)}),
        ({}, {"category": "B001"}),
        ({}, {"phone": ""}),
        ({"category": "B001"}, {"category": ""}),
        (
            {"point": moved(CENTRE, 0, 50), "place_name": "x"},
            {"point": moved(CENTRE, 0, 150), "place_name": "x"},
        ),
    ],
)
def test_the_likeliest_comes_first(
    better: dict[str, object], worse: dict[str, object]
) -> None:
    one, other = (
        likeness(a_matter(), a_matter(**changed), RULES) for changed in (better, worse)
    )
    assert one is not None
    assert other is not None
    assert one.score > other.score


def test_who_is_not_known_is_not_the_same_caller() -> None:
    for phone in ("", "110"):
        why = likeness(a_matter(phone=phone), a_matter(phone=phone), RULES)
        assert why is not None
        assert not why.same_caller


def test_kindred_kinds_are_those_of_the_profile() -> None:
    taxonomy = load_taxonomy()
    for group in taxonomy.rules.kindred:
        assert len(group) > 1
        assert all(taxonomy.find(code) is not None for code in group), group
    for code in ("3001", "7001"):
        for other in kindred_of(code, RULES):
            assert code in kindred_of(other, RULES)
    assert "B001" in kindred_of("3001", RULES)
    assert kindred_of("9002", RULES) == ("9001",)
    why = likeness(a_matter(), a_matter(), RULES)
    assert why is not None
    assert why.kind == SAME


def test_the_case_somebody_was_sent_to_goes_on_else_the_older() -> None:
    older, newer = a_case(1), a_case(2, opened_at=AT + timedelta(minutes=3))
    assert main_of(older, newer) == main_of(newer, older) == (older, newer)
    sent = replace(newer, state=CaseState.EN_ROUTE)
    assert main_of(older, sent) == main_of(sent, older) == (sent, older)


@given(
    own=st.integers(1, 4),
    severities=st.lists(st.integers(1, 4), min_size=1, max_size=5),
    chance=st.randoms(),
)
def test_joined_and_parted_in_any_order_it_is_what_it_was(
    own: int, severities: list[int], chance: random.Random
) -> None:
    main = grown = a_case(1, own)
    reports = [a_case(number, s) for number, s in enumerate(severities, 2)]
    for report in reports:
        grown = joined(grown, report, DESK, AT).case
    assert grown.severity == min(own, *severities)
    numbers = [main.number, *(report.number for report in reports)]
    assert [each.number for each in owed_calls(grown)] == numbers
    assert grown.version == main.version
    chance.shuffle(reports)
    for report in reports:
        grown = parted(grown, report, DESK, AT).case
    assert grown == main


@given(severities=st.tuples(*[st.integers(1, 4)] * 3))
def test_what_was_joined_to_a_joined_one_comes_and_goes_with_it(
    severities: tuple[int, int, int],
) -> None:
    third, second, first = (a_case(n, s) for n, s in enumerate(severities, 1))
    second = joined(second, first, DESK, AT).case
    all_three = joined(third, second, DESK, AT).case
    assert all_three.severity == min(severities)
    assert len(owed_calls(all_three)) == 3
    assert parted(all_three, second, DESK, AT).case == third
    alone = parted(all_three, first, DESK, AT).case
    assert alone.severity == min(severities[:2])


def test_raising_and_lowering_are_lines_of_the_log() -> None:
    step = joined(a_case(1, 3), a_case(2, 1), DESK, AT)
    assert [(e.action, e.text) for e in step.entries] == [
        ("joined", "3304211112611230002"),
        ("raised", "3 → 1"),
    ]
    step = parted(step.case, a_case(2, 1), DESK, AT)
    assert [(e.action, e.text) for e in step.entries][1] == ("lowered", "1 → 3")
    step = joined(a_case(1, 3), a_case(2, 4), DESK, AT)
    assert [entry.action for entry in step.entries] == ["joined"]


def test_each_caller_is_owed_a_call_of_their_own() -> None:
    nobody = a_case(3, reporter_phone="")
    device, worker = a_case(4, channel="device"), a_case(5, channel="grid_worker")
    main = a_case(1)
    for report in (a_case(2), nobody, device, worker):
        main = joined(main, report, DESK, AT).case
    assert [each.case_id for each in owed_calls(main)] == [1, 2]
    main = told(main, DESK, AT, text="满意").case
    assert [each.case_id for each in owed_calls(main)] == [2]
    heard = told(a_case(2), DESK, AT, text="好").case
    main = heard_of(main, heard).case
    assert owed_calls(main) == ()
    again = replace(main, course=unheard(main.course))
    assert [each.case_id for each in owed_calls(again)] == [1, 2]
    again = known_of(again, heard).case
    assert [each.case_id for each in owed_calls(again)] == [1, 2], (
        "heard the time before"
    )
    nameless = known_of(again, replace(heard, reporter_phone="")).case
    assert [each.case_id for each in owed_calls(nameless)] == [1]


def test_who_was_called_before_it_was_joined_is_not_called_again() -> None:
    report = told(a_case(2), DESK, AT, text="好").case
    main = joined(a_case(1), report, DESK, AT).case
    assert main.course.joined == (
        Joined(
            case_id=2,
            number=report.number,
            severity=3,
            caller=True,
            called_back=True,
            at=AT,
        ),
    )
    assert [each.case_id for each in owed_calls(main)] == [1]
    assert a_case(9).course == NO_COURSE
