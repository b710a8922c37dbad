"""The limits of a case that reports are joined to, and parted from again."""

import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_kinship import a_case
from test_stages import TIMING, a_clock, town

from dispatch.case_states import CaseState
from dispatch.cases import Case
from dispatch.course import Course, Limit, Pause, Stage
from dispatch.joining import joined, parted
from dispatch.people import Actor, Role
from dispatch.stages import RELIMITED

SEAT = Actor("李敏", "2号席", frozenset({Role.ACCEPTOR}))
AT_NIGHT = town("2026-11-23 23:00")


def filed(severity: int, begun: str) -> Case:
    """Return a case that waits for somebody to be sent, with its clocks."""
    case = a_case(1, severity, state=CaseState.FILED, opened_at=town(begun))
    return TIMING.clocked(None, case, town(begun))[0]


def with_report(
    case: Case, severity: int, at: str, *, apart: bool = False, report: int = 2
) -> tuple[Case, list[str]]:
    """Return a case that another was joined to, or parted from, and what the log says."""
    other = a_case(report, severity)
    step = (parted if apart else joined)(case, other, SEAT, town(at))
    step, _ = TIMING.timed(case, step, town(at))
    return step.case, [f"{e.action} {e.text}" for e in step.entries[1:]]


def limit_of(case: Case) -> tuple[Limit | None, datetime | None, datetime | None]:
    """Return how long a case may wait for somebody to be sent: what, from, until."""
    clock = case.course.clock(Stage.DISPATCH)
    assert clock is not None
    return clock.limit, clock.counted_from, clock.due_at


@pytest.mark.parametrize(
    ("own", "begun", "graver", "raised_at", "due"),
    [
        # A day for P4, half an hour for P3, ten minutes for P2, one for P1: from then.
        (4, "2026-11-23 10:00", 3, "2026-11-23 20:00", "2026-11-23 20:30"),
        (4, "2026-11-23 10:00", 2, "2026-11-23 10:20", "2026-11-23 10:30"),
        (3, "2026-11-23 10:00", 1, "2026-11-23 10:05", "2026-11-23 10:06"),
        # Never later than before, nor where it has run out already.
        (3, "2026-11-23 10:00", 2, "2026-11-23 10:25", "2026-11-23 10:30"),
        (3, "2026-11-23 10:00", 1, "2026-11-23 10:40", "2026-11-23 10:30"),
    ],
)
def test_a_graver_report_shortens_the_limits_that_run(
    own: int, begun: str, graver: int, raised_at: str, due: str
) -> None:
    before = filed(own, begun)
    was = before.course.clock(Stage.DISPATCH)
    case, log = with_report(before, graver, raised_at)
    now = case.course.clock(Stage.DISPATCH)
    assert was is not None
    assert was.due_at is not None
    assert now is not None
    assert now.due_at is not None
    assert abs(now.due_at - town(due)) < timedelta(seconds=1)
    assert now.begun_at == was.begun_at
    line = [f"{RELIMITED} dispatch"] if town(due) < was.due_at else []
    assert log == [f"raised {own} → {graver}", *line]

    again, log = with_report(case, graver, raised_at, apart=True)
    assert again.course == before.course, "parted again it is what it was"
    assert log[0] == f"lowered {graver} → {own}"


@pytest.mark.parametrize(
    ("joins", "gone", "at", "due"),
    [
        # One that came too late to shorten anything moves nothing by staying.
        ([(3, "24 09:50"), (2, "24 09:55")], 1, "24 09:56", "24 10:00"),
        ([(1, "24 09:50"), (3, "24 09:51")], 0, "24 09:52", "24 10:00"),
        # What stays goes on from when it was joined, not from when the other was.
        ([(3, "23 11:00"), (1, "23 11:20")], 1, "23 11:22", "23 11:30"),
        # The gravest of them is not the one that ends first.
        ([(2, "23 11:00"), (1, "23 11:09")], 0, "23 11:09", "23 11:10"),
        ([(2, "23 11:00"), (1, "23 11:20")], 0, "23 11:21", "23 11:21"),
    ],
)
def test_what_stays_joined_has_its_limits_whatever_is_parted(
    joins: list[tuple[int, str]], gone: int, at: str, due: str
) -> None:
    case = filed(4, "2026-11-23 10:00")
    for place, (severity, when) in enumerate(joins):
        case, _ = with_report(case, severity, f"2026-11-{when}", report=place + 2)
    case, _ = with_report(
        case, joins[gone][0], f"2026-11-{at}", apart=True, report=gone + 2
    )
    assert limit_of(case)[2] == town(f"2026-11-{due}")


@given(
    own=st.integers(1, 4),
    reports=st.lists(
        st.tuples(st.integers(1, 4), st.integers(1, 1500)), min_size=1, max_size=5
    ),
    chance=st.randoms(),
)
def test_limits_go_by_what_is_joined_and_not_by_what_was(
    own: int, reports: list[tuple[int, int]], chance: random.Random
) -> None:
    """However they were parted; and never later than without any of them."""
    begun = town("2026-11-23 10:00")
    alone = filed(own, "2026-11-23 10:00")
    numbered = list(enumerate(sorted(reports, key=lambda each: each[1]), 2))

    def joined_all(some: list[tuple[int, tuple[int, int]]]) -> Case:
        case = alone
        for number, (severity, minutes) in some:
            at = begun + timedelta(minutes=minutes)
            step = joined(case, a_case(number, severity), SEAT, at)
            before, case = case, TIMING.timed(case, step, at)[0].case
            assert limit_of(case)[2] <= limit_of(before)[2]  # type: ignore[operator]
        return case

    case, stay = joined_all(numbered), list(numbered)
    at = begun + timedelta(minutes=1501)
    while stay:
        number, (severity, _) = one = chance.choice(stay)
        stay.remove(one)
        step = parted(case, a_case(number, severity), SEAT, at)
        case = TIMING.timed(case, step, at)[0].case
        assert limit_of(case) == limit_of(joined_all(stay))
        assert limit_of(case)[2] <= limit_of(alone)[2]  # type: ignore[operator]
    assert limit_of(case) == limit_of(alone)


def test_a_case_that_is_itself_joined_has_its_own_limits_when_it_goes_on() -> None:
    before = filed(2, "2026-11-23 10:00")
    case, _ = with_report(before, 1, "2026-11-23 10:02")
    case = TIMING.clocked(case, replace(case, state=CaseState.MERGED), AT_NIGHT)[0]
    assert case.deadline is None
    case, _ = with_report(case, 1, "2026-11-23 10:03", apart=True)
    assert case.deadline is None
    case = TIMING.clocked(case, replace(case, state=CaseState.FILED), AT_NIGHT)[0]
    assert limit_of(case) == limit_of(before)


def test_a_report_that_is_no_graver_moves_no_limit() -> None:
    before = filed(3, "2026-11-23 10:00")
    case, log = with_report(before, 3, "2026-11-23 10:10")
    assert case.course.clocks == before.course.clocks
    assert log == []


def test_what_was_told_of_the_longer_limit_is_told_again_of_the_shorter() -> None:
    rules = replace(TIMING.taxonomy.rules, remind=("dispatch",), before=("half",))
    timing = replace(TIMING, taxonomy=replace(TIMING.taxonomy, rules=rules))
    case = a_case(1, 4, state=CaseState.FILED, opened_at=town("2026-11-23 08:00"))
    case, _ = timing.clocked(None, case, town("2026-11-23 08:00"))
    at = town("2026-11-23 21:00")
    clock, kinds = timing.remind(case.course.clocks[0], at)
    assert kinds == ("half",)
    case = replace(case, course=replace(case.course, clocks=(clock,)))
    step, _ = timing.timed(case, joined(case, a_case(2, 3), SEAT, at), at)
    (clock,) = step.case.course.clocks
    assert clock.told == ()
    assert clock.next_at == at + timedelta(minutes=15)

    at += timedelta(minutes=1)
    step, before = parted(step.case, a_case(2, 3), SEAT, at), step.case
    (clock,) = timing.timed(before, step, at)[0].case.course.clocks
    assert clock.told == ("half",), "of one deadline it is told once"


def test_a_limit_that_stands_is_not_moved() -> None:
    pause = Pause(begun_at=town("2026-11-23 11:00"), reason="suspend")
    clock = replace(a_clock("2026-11-23 10:00", "urgent_hour", 24), pauses=(pause,))
    case = a_case(1, state=CaseState.SUSPENDED, course=Course(clocks=(clock,)))
    assert with_report(case, 1, "2026-11-23 12:00")[0].course.clocks == (clock,)
