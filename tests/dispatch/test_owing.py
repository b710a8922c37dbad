"""What an ended case owes to people keeps it on the boards until they have it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bus_kit import DESK, Kit, picture_of
from life_kit import EVERYONE, ask
from test_kinship import a_case

from dispatch.board import CLOSED_KEPT
from dispatch.case_commands import KeepPromise, MakePromise, NoteCallBack, TurnCase
from dispatch.case_states import TRANSITIONS, CaseState
from dispatch.cases import Case
from dispatch.commands import Moment, Refused
from dispatch.joining import told
from dispatch.owing import is_owing, marked, must_be_called, settled_at
from dispatch.people import Actor, Role
from dispatch.promises import kept, promised

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LATER = AT + timedelta(days=3)
DESKS = Actor("李敏", "2号席", frozenset({Role.ACCEPTOR}))
ENDED = [state for state in CaseState if not state.is_open]
CALLER = {"channel": "hotline", "reporter_phone": "13800000001"}


def ended(state: CaseState = CaseState.CLOSED, channel: str = "device") -> Case:
    return a_case(1, state=state, channel=channel, clocks={Moment.CLOSED: AT})


@pytest.mark.parametrize("state", CaseState)
def test_an_ended_case_owes_its_caller_a_call(state: CaseState) -> None:
    owing = state in ENDED
    case = a_case(1, state=state)
    assert is_owing(case) is owing
    assert not is_owing(told(case, DESKS, AT, text="知道了").case)
    assert not is_owing(ended(state))
    with pytest.raises(Refused) as refused:
        must_be_called(case)
    assert refused.value.reason == "calls_owed"
    must_be_called(told(case, DESKS, AT, text="三次无人接听").case)


@pytest.mark.parametrize("state", ENDED)
def test_a_promise_outlives_its_case_until_it_is_kept(state: CaseState) -> None:
    due = AT + timedelta(days=2)
    step = promised(ended(state), DESKS, AT, what="修灯", to="张三", due_at=due)
    case = marked(ended(state), step.case, AT)
    assert case.clocks[Moment.OWED] == AT
    assert settled_at(case) is None
    assert marked(case, case, LATER) is case
    case = marked(case, kept(case, DESKS, LATER, number=0).case, LATER)
    assert Moment.OWED not in case.clocks
    assert settled_at(case) == LATER
    assert marked(case, case, LATER + timedelta(1)) is case


def test_a_case_that_owes_nobody_is_settled_when_it_ends() -> None:
    case = ended()
    assert marked(None, case, LATER) is case
    assert marked(ended(CaseState.HANDLING), case, LATER) is case
    assert settled_at(case) == AT
    assert settled_at(ended(CaseState.HANDLING)) is None


def test_what_goes_on_again_says_nothing_of_it() -> None:
    owing = marked(None, ended(channel="hotline"), AT)
    assert Moment.OWED in owing.clocks
    settled = marked(owing, told(owing, DESKS, AT, text="好").case, LATER)
    assert Moment.SETTLED in settled.clocks
    for before in (owing, settled):
        again = replace(before, state=CaseState.HANDLING)
        assert set(marked(before, again, LATER).clocks) == {Moment.CLOSED}


def test_what_ended_before_there_was_such_a_moment_is_as_it_was() -> None:
    """No note and no paper brings it back; what it owes from now on does."""
    old = ended(channel="hotline")
    noted = replace(old, details="存档")
    assert marked(old, noted, LATER) is noted
    heard = told(old, DESKS, LATER, text="好").case
    assert marked(old, heard, LATER) is heard
    step = promised(old, DESKS, AT, what="修灯", to="张三", due_at=LATER)
    assert marked(old, step.case, LATER).clocks[Moment.OWED] == LATER


def test_what_is_owed_keeps_a_case_on_the_boards_until_it_is_done(
    tmp_path: Path,
) -> None:
    kit = Kit(tmp_path)
    try:
        called, kept_one, free = kit.report(**CALLER), kit.report(), kit.report()
        joined_one = kit.report(joins=called, **CALLER)
        board = kit.board()
        promise = MakePromise(
            actor=DESK,
            case_id=kept_one,
            what="修灯",
            due_at=kit.clock() + timedelta(days=2),
        )
        kit.bus.handle(promise)
        for case_id in (called, kept_one, free):
            kit.bus.handle(
                TurnCase(actor=EVERYONE, case_id=case_id, action="reject", text="不归")
            )

        def on_boards(**gone_by: float) -> set[int]:
            kit.clock.go(**gone_by)
            kit.raise_case()
            board.apply(kit.feed.since(board.number))
            assert picture_of(board) == picture_of(kit.board()), "after a restart too"
            return set(board.cases) & {called, joined_one, kept_one, free}

        day = CLOSED_KEPT.total_seconds()
        assert on_boards(seconds=3 * day) == {called, joined_one, kept_one}
        for case_id in (called, joined_one):
            kit.bus.handle(NoteCallBack(actor=DESK, case_id=case_id, text="打不通"))
        assert on_boards(seconds=day / 2) == {called, joined_one, kept_one}, "a day"
        kit.bus.handle(KeepPromise(actor=DESK, case_id=kept_one, number=0))
        assert on_boards(seconds=day / 2) == {kept_one}
        assert on_boards(seconds=day) == set()
    finally:
        kit.close()


def test_whatever_ends_a_case_leaves_what_it_owes(tmp_path: Path) -> None:
    """Each action that leads to an end writes the moment by which the boards go."""
    kit = Kit(tmp_path)
    try:
        ends = [
            action
            for action, row in TRANSITIONS.items()
            if CaseState.NEW in row.starts
            and row.to in ENDED
            and action not in ("merge", "answer")  # the main one's; told there and then
        ]
        assert len(ends) >= 4
        for action in ends:
            case_id = kit.report(**CALLER)
            kit.bus.handle(ask(kit, action, case_id))
            assert Moment.OWED in kit.case(case_id).clocks, action
    finally:
        kit.close()
