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
from dispatch.cases import Case, Step
from dispatch.course import Course, Limit, Pause, Stage, StageClock
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


REMINDING = replace(
    TIMING,
    taxonomy=replace(
        TIMING.taxonomy,
        rules=replace(
            TIMING.taxonomy.rules, remind=("dispatch",), before=("half", "four_fifths")
        ),
    ),
)


class Dispatching:
    """A case of P4 that waits for somebody to be sent, and what was told of that."""

    def __init__(self) -> None:
        self.begun = town("2026-11-23 08:00")
        case = a_case(1, 4, state=CaseState.FILED, opened_at=self.begun)
        self.case, _ = REMINDING.clocked(None, case, self.begun)
        self.sent: list[tuple[object, str]] = []  # when that limit ends, and what

    @property
    def clock(self) -> StageClock:
        (clock,) = self.case.course.clocks
        return clock

    def remind(self, at: datetime) -> tuple[str, ...]:
        """Tell what is due at a time, as the service does."""
        clock, kinds = REMINDING.remind(self.clock, at)
        self.case = replace(
            self.case, course=replace(self.case.course, clocks=(clock,))
        )
        self.sent += [(clock.due_at, kind) for kind in kinds]
        return kinds

    def join(self, number: int, severity: int, at: datetime) -> None:
        self._relate(joined(self.case, a_case(number, severity), SEAT, at), at)

    def part(self, number: int, severity: int, at: datetime) -> None:
        self._relate(parted(self.case, a_case(number, severity), SEAT, at), at)

    def _relate(self, step: Step, at: datetime) -> None:
        self.case = REMINDING.timed(self.case, step, at)[0].case


def test_what_fell_due_while_a_shorter_limit_ran_is_told_once_it_is_over() -> None:
    case = Dispatching()
    case.join(2, 3, town("2026-11-23 19:00"))  # half an hour, from then
    assert case.remind(town("2026-11-23 20:30")) == ("half", "four_fifths", "due")
    case.part(2, 3, town("2026-11-23 21:00"))
    assert case.clock.due_at == town("2026-11-24 08:00")
    assert case.clock.next_at == town("2026-11-23 20:00"), "its own half went by"
    assert case.remind(town("2026-11-23 21:00")) == ("half",)
    assert case.remind(town("2026-11-23 21:01")) == ()
    # Again, and nothing that was told comes a second time.
    case.join(3, 3, town("2026-11-23 21:02"))
    case.part(3, 3, town("2026-11-23 21:03"))
    assert case.remind(town("2026-11-23 21:04")) == ()
    assert case.remind(town("2026-11-24 08:00")) == ("four_fifths", "due")


@given(
    happens=st.lists(
        st.tuples(st.sampled_from(("join", "part", "tell")), st.integers(0, 400)),
        max_size=25,
    ),
    chance=st.randoms(),
)
def test_each_reminder_is_told_once_of_its_limit_whatever_ran_between(
    happens: list[tuple[str, int]], chance: random.Random
) -> None:
    case, there, at = Dispatching(), dict[int, int](), town("2026-11-23 08:00")
    for number, (what, minutes) in enumerate([*happens, ("tell", 1)], 2):
        at += timedelta(minutes=minutes)
        if what == "join":
            there[number] = chance.randint(1, 4)
            case.join(number, there[number], at)
        elif what == "part" and there:
            gone = chance.choice(sorted(there))
            case.part(gone, there.pop(gone), at)
        else:
            case.remind(at)
            behind = {
                kind for kind, when in REMINDING.reminders(case.clock) if when <= at
            }
            assert behind <= set(case.clock.told), "nothing that is due is left out"
    assert len(set(case.sent)) == len(case.sent), "and nothing comes twice"


def test_a_graver_report_counts_from_when_it_was_joined_while_the_case_stands() -> None:
    """To be there: two hours for P2, a quarter for P1; it stands from 10:30 to noon."""
    case = a_case(1, 2, state=CaseState.HANDLING, opened_at=town("2026-11-23 10:00"))
    case, _ = TIMING.clocked(None, case, town("2026-11-23 10:00"))
    begins, ends = town("2026-11-23 10:30"), town("2026-11-23 12:00")
    stands = replace(case, state=CaseState.SUSPENDED)
    stands, _ = TIMING.clocked(case, stands, begins, "approve_suspend")
    for at, due in ((None, "13:30"), ("10:40", "12:15"), ("11:59", "12:15")):
        held = stands
        if at is not None:
            held, _ = with_report(stands, 1, f"2026-11-23 {at}")
        goes, _ = TIMING.clocked(
            held, replace(held, state=CaseState.HANDLING), ends, "resume"
        )
        arrive = goes.course.clock(Stage.ARRIVE)
        assert arrive is not None
        assert arrive.due_at == town(f"2026-11-23 {due}")


def test_a_limit_that_stands_is_not_moved() -> None:
    pause = Pause(begun_at=town("2026-11-23 11:00"), reason="suspend")
    clock = replace(a_clock("2026-11-23 10:00", "urgent_hour", 24), pauses=(pause,))
    case = a_case(1, state=CaseState.SUSPENDED, course=Course(clocks=(clock,)))
    assert with_report(case, 1, "2026-11-23 12:00")[0].course.clocks == (clock,)
