"""Promised and kept: nothing is forgotten, and the next one due stands first."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_kinship import a_case

from dispatch.commands import Refused
from dispatch.people import Actor, Role
from dispatch.promises import LONGEST, kept, open_promises, promised

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DESK = Actor("李敏", "2号席", frozenset({Role.ACCEPTOR}))


@given(st.lists(st.integers(1, 600), max_size=6), st.data())
def test_what_is_not_kept_is_owed_the_soonest_first(
    minutes: list[int], data: st.DataObject
) -> None:
    case = a_case(1)
    for number, each in enumerate(minutes):
        due = AT + timedelta(minutes=each)
        step = promised(case, DESK, AT, what=f"回电{number}", to="", due_at=due)
        case = step.case
    waiting = set(range(len(minutes)))
    assert {number for number, _ in open_promises(case)} == waiting
    dues = [promise.due_at for _, promise in open_promises(case)]
    assert dues == sorted(dues)
    for number in data.draw(st.permutations(sorted(waiting))):
        case = kept(case, DESK, AT, number=number).case
        waiting.discard(number)
        assert {each for each, _ in open_promises(case)} == waiting
        with pytest.raises(Refused):
            kept(case, DESK, AT, number=number)
    assert len(case.course.promises) == len(minutes)


@pytest.mark.parametrize("due", [AT, AT - timedelta(1), AT + LONGEST + timedelta(1)])
def test_a_promise_is_for_a_time_ahead(due: datetime) -> None:
    with pytest.raises(Refused) as refused:
        promised(a_case(1), DESK, AT, what="回电", to="", due_at=due)
    assert refused.value.reason == "date"


def test_a_promise_says_what_and_is_a_line_of_the_log() -> None:
    due = AT + timedelta(minutes=13)
    with pytest.raises(Refused):
        promised(a_case(1), DESK, AT, what=" ", to="张三", due_at=due)
    step = promised(a_case(1), DESK, AT, what="回电", to="张三", due_at=due)
    assert [(e.action, e.text) for e in step.entries] == [("promised", "回电")]
    (entry,) = kept(step.case, DESK, AT, number=0).entries
    assert (entry.action, entry.text) == ("promise_kept", "回电")
