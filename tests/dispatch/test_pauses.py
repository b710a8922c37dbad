"""What stands while a case stands (挂账): every clock that runs, and nothing else."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_kinship import a_case
from test_stages import TIMING, town

from dispatch.case_log import LogEntry, stood
from dispatch.case_states import CaseState
from dispatch.cases import Case
from dispatch.course import Stage
from dispatch.stages import Ended

WAY = {
    "sign": CaseState.HANDLING,
    "depart": CaseState.EN_ROUTE,
    "arrive": CaseState.ON_SCENE,
    "approve_suspend": CaseState.SUSPENDED,
    "resume": CaseState.HANDLING,
    "finish": CaseState.FEEDBACK,
    "force_close": CaseState.FORCE_CLOSED,
}


def lived(*steps: str) -> tuple[Case, list[Ended]]:
    """Return a case of P2 after steps such as "11:00 arrive", and the stages it ended.

    It was sent at ten: two hours to be there.
    """
    begun = town("2026-11-23 10:00")
    case = a_case(1, 2, state=CaseState.DISPATCHED, opened_at=begun)
    case, _ = TIMING.clocked(None, case, begun)
    over: list[Ended] = []
    for step in steps:
        when, action = step.rsplit(" ", 1)
        after = replace(case, state=WAY.get(action, case.state))
        case, ended = TIMING.clocked(case, after, day(when), action)
        over += ended
    return case, over


def day(when: str) -> datetime:
    return town(f"2026-11-{when}" if " " in when else f"2026-11-23 {when}")


@pytest.mark.parametrize(
    ("suspended", "resumed", "due"),
    [
        ("10:30", "24 09:00", "24 10:30"),  # an hour and a half was left
        ("10:30", "10:30", "12:00"),
        ("12:00", "24 09:00", "12:00"),  # it had run out when it was suspended
        ("12:01", "24 09:00", "12:00"),
        ("11:59", "12-31 23:59", "2027-01-01 00:00"),
    ],
)
def test_the_clock_of_being_there_stands_with_the_case(
    suspended: str, resumed: str, due: str
) -> None:
    if resumed.startswith("12-"):
        resumed_at, due_at = town(f"2026-{resumed}"), town(due)
    else:
        resumed_at, due_at = day(resumed), day(due)
    case, over = lived("10:10 sign", f"{suspended} approve_suspend")
    arrive = case.course.clock(Stage.ARRIVE)
    assert arrive is not None
    assert arrive.is_paused
    assert (arrive.due_at, arrive.next_at) == (None, None)
    assert case.deadline is None
    goes = replace(case, state=CaseState.HANDLING)
    case, more = TIMING.clocked(case, goes, resumed_at, "resume")
    arrive = case.course.clock(Stage.ARRIVE)
    assert arrive is not None
    assert arrive.begun_at == town("2026-11-23 10:00"), "it is the same clock"
    assert arrive.due_at == due_at
    assert [each.clock.stage for each in (*over, *more)] == [Stage.SIGN]


def test_who_comes_after_the_pause_in_time_is_in_time() -> None:
    case, over = lived(
        *("10:10 sign", "10:20 depart", "10:30 approve_suspend"),
        *("24 09:00 resume", "24 10:29 arrive"),
    )
    (arrived,) = (each for each in over if each.clock.stage is Stage.ARRIVE)
    assert not arrived.overdue
    assert case.course.clock(Stage.HANDLE) is not None
    _, over = lived("10:30 approve_suspend", "24 09:00 resume", "24 10:31 arrive")
    assert [e.overdue for e in over if e.clock.stage is Stage.ARRIVE] == [True]


def test_a_pause_begins_nothing_that_was_over() -> None:
    case, over = lived(
        *("10:05 contact", "10:10 sign", "10:30 arrive", "10:40 approve_suspend"),
        *("24 09:00 resume",),
    )
    assert [each.stage for each in case.course.clocks] == [Stage.HANDLE]
    case, more = lived(
        *("10:05 contact", "10:10 sign", "10:30 arrive", "10:40 approve_suspend"),
        *("24 09:00 resume", "24 09:30 arrive", "24 10:00 finish"),
    )
    ended = [each.clock.stage for each in more]
    assert ended.count(Stage.ARRIVE) == ended.count(Stage.CONTACT) == 1
    assert len(over) < len(more)


def test_what_ends_while_it_stands_ends_all_of_its_clocks() -> None:
    case, over = lived("10:10 sign", "10:30 approve_suspend", "25 10:00 force_close")
    assert case.course.clocks == ()
    ended = {each.clock.stage: each for each in over if each.action == "force_close"}
    assert ended.keys() == {Stage.CONTACT, Stage.ARRIVE, Stage.HANDLE}
    assert not ended[Stage.ARRIVE].overdue
    (pause,) = ended[Stage.ARRIVE].clock.pauses
    assert (pause.begun_at, pause.ended_at) == (day("10:30"), day("25 10:00"))


# -- the same in the log, for the clocks that a desk shows -----------------------


def line(at: datetime, state: CaseState, before: CaseState) -> LogEntry:
    return LogEntry(
        case_id=1,
        at=at,
        actor="李敏",
        seat="2号席",
        action="note" if state is before else "approve_suspend",
        from_state=before,
        to_state=state,
    )


@given(
    stands=st.lists(st.booleans(), min_size=1, max_size=12),
    minutes=st.lists(st.integers(0, 600), min_size=12, max_size=12),
    until=st.integers(0, 8000),
)
def test_how_long_a_case_stood_is_told_by_its_log(
    stands: list[bool], minutes: list[int], until: int
) -> None:
    begun = town("2026-11-23 10:00")
    entries, at, before = [], 0, CaseState.HANDLING
    expected = 0  # minute by minute
    states: list[tuple[int, bool]] = [(0, False)]
    for stands_now, more in zip(stands, minutes, strict=False):
        at += more
        state = CaseState.SUSPENDED if stands_now else CaseState.HANDLING
        entries.append(line(begun + timedelta(minutes=at), state, before))
        states.append((at, stands_now))
        before = state
    for (start, suspended), (end, _) in zip(
        states, [*states[1:], (until, False)], strict=True
    ):
        if suspended:
            expected += max(0, min(end, until) - min(start, until))
    found = stood(entries, begun + timedelta(minutes=until))
    assert found == timedelta(minutes=expected)
