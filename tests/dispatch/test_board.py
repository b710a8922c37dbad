import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from bus_kit import CENTRE, DESK, FAR_AWAY, WORKER, Kit, picture_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatch.board import CLOSED_KEPT, Board, CameBackError, GapError
from dispatch.cameras import Camera
from dispatch.case_commands import MakePromise, TurnCase
from dispatch.commands import (
    AcknowledgeAlarm,
    AddNote,
    ArriveCase,
    CheckCase,
    CloseCase,
    DepartCase,
    FinishCase,
    ImportTown,
    Moment,
    RecallUnit,
    RecordMoment,
    Refused,
    RegisterCamera,
    SendUnit,
    SignCase,
    TakeCase,
    VoidCase,
)
from dispatch.geo import moved
from dispatch.store import sqlite_url
from dispatch.units import Unit

UNITS = ("W01", "W02", "W03")
FIELD = (SignCase, DepartCase, ArriveCase)

cases = st.integers(1, 4)
units = st.sampled_from(UNITS)
devices = st.sampled_from(["S1", "S2", "T1"])
acts = st.one_of(
    st.tuples(st.just("alarm"), devices, st.booleans()),
    st.tuples(st.just("restore"), devices),
    st.tuples(st.just("reading"), devices),
    st.tuples(st.just("position"), st.integers(0, 9), st.booleans()),
    st.tuples(st.just("report"), st.sampled_from(["6002", "7002", "3001"])),
    st.tuples(st.just("take"), cases),
    st.tuples(st.just("send"), cases, units),
    st.tuples(st.just("recall"), cases),
    st.tuples(st.just("field"), cases, units, st.integers(0, 2)),
    st.tuples(st.just("finish"), cases, units),
    st.tuples(st.just("check"), cases),
    st.tuples(st.just("close"), cases),
    st.tuples(st.just("void"), cases),
    st.tuples(st.just("note"), cases),
    st.tuples(st.just("moment"), cases, st.sampled_from(Moment)),
    st.tuples(st.just("acknowledge"), cases),
    st.tuples(st.just("promise"), cases),
    st.tuples(st.just("reopen"), cases),
    st.tuples(st.just("settle"), cases),
    st.tuples(st.just("import"), units),
    st.tuples(st.just("camera"), st.integers(1, 3)),
    st.tuples(st.just("flush")),
    st.tuples(st.just("wait"), st.sampled_from([1, 60, 3600, 30 * 3600])),
)


def act(kit: Kit, wanted: tuple[object, ...]) -> None:
    """Ask the bus for something; what may not be done is not."""
    what, *rest = wanted
    case_id = rest[0] if rest and isinstance(rest[0], int) else 0
    ask = kit.bus.handle
    match what:
        case "alarm":
            ask(kit.alarm(str(rest[0]), test=bool(rest[1])))
        case "restore":
            ask(kit.restore(str(rest[0])))
        case "reading":
            kit.bus.handle_batch([kit.reading(str(rest[0])), kit.heartbeat()])
        case "position":
            far = FAR_AWAY if rest[1] else CENTRE
            ask(kit.position(point=moved(far, 90, 10.0 * case_id)))
        case "report":
            kit.report(str(rest[0]))
        case "take":
            ask(TakeCase(actor=DESK, case_id=case_id))
        case "send":
            ask(SendUnit(actor=DESK, case_id=case_id, unit_id=str(rest[1])))
        case "recall":
            ask(RecallUnit(actor=DESK, case_id=case_id))
        case "field":
            kind = FIELD[int(str(rest[2]))]
            ask(
                kind(
                    actor=WORKER,
                    case_id=case_id,
                    unit_id=str(rest[1]),
                    at=kit.clock() - timedelta(seconds=3),
                    point=CENTRE,
                )
            )
        case "finish":
            kit.finish(case_id, str(rest[1]))
        case "check":
            ask(CheckCase(actor=DESK, case_id=case_id))
        case "close":
            ask(CloseCase(actor=DESK, case_id=case_id, outcome="handled", met=True))
        case "void":
            ask(VoidCase(actor=DESK, case_id=case_id, reason="test"))
        case "note":
            ask(AddNote(actor=DESK, case_id=case_id, text="批注"))
        case "moment":
            ask(
                RecordMoment(
                    actor=DESK,
                    case_id=case_id,
                    moment=Moment(str(rest[1])),
                    at=kit.clock(),
                )
            )
        case "promise":
            due_at = kit.clock() + timedelta(days=3)
            ask(MakePromise(actor=DESK, case_id=case_id, what="修灯", due_at=due_at))
        case "reopen":
            again = TurnCase(actor=DESK, case_id=case_id, action="reopen", text="又漏")
            ask(again)
        case "acknowledge":
            ask(AcknowledgeAlarm(actor=DESK, alarm_id=case_id))
        case "settle":
            kit.settle(case_id)
        case "import":
            unit = Unit(unit_id=str(rest[0]), name="换名", role="网格长")
            ask(ImportTown(actor=DESK, units=(unit,)))
        case "camera":
            camera = Camera(camera_id=str(case_id), name="新", point=CENTRE)
            ask(RegisterCamera(actor=DESK, camera=camera))
        case "flush":
            kit.bus.flush_coalesced()
        case "wait":
            kit.clock.go(seconds=case_id)


histories = st.tuples(st.lists(acts, max_size=15), st.lists(acts, max_size=25))


@settings(max_examples=60)
@given(histories)
def test_a_followed_board_equals_one_that_loads_afresh(
    history: tuple[list[tuple[object, ...]], list[tuple[object, ...]]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        follow(sqlite_url(Path(folder) / "lookout.db"), *history)


@pytest.mark.parametrize("new_address", ["postgresql"], indirect=True)
@settings(
    max_examples=12,  # the rules are the same; each needs a database of its own
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=histories)
def test_a_followed_board_equals_one_that_loads_afresh_on_a_server(
    new_address: Callable[[str], sa.URL],
    history: tuple[list[tuple[object, ...]], list[tuple[object, ...]]],
) -> None:
    follow(new_address(""), *history)


def follow(
    address: str | sa.URL,
    before: list[tuple[object, ...]],
    after: list[tuple[object, ...]],
) -> None:
    """Follow what happens; the board must equal one that is loaded at the end."""
    kit = Kit(address)
    followed = Board()
    try:
        run(kit, before)
        followed.load(kit.feed.snapshot())
        run(kit, after)
        while changes := kit.feed.since(followed.number, limit=7):
            try:
                followed.apply(changes)
            except CameBackError:
                followed.load(kit.feed.snapshot())
        afresh = kit.board()
        assert picture_of(followed) == picture_of(afresh)
        assert followed.number == kit.bus.number
        # What memory says is what the store says, after a restart too.
        kit.bus = kit.new_bus()
        run(kit, [("report", "6002"), ("alarm", "S1", False)])
        followed.apply(kit.feed.since(followed.number))
        assert picture_of(followed) == picture_of(kit.board())
    finally:
        kit.close()


def run(kit: Kit, wanted: list[tuple[object, ...]]) -> None:
    for each in wanted:
        number = kit.bus.number
        try:
            act(kit, each)
        except Refused:
            if each[0] != "settle":
                assert kit.bus.number == number


def test_what_moved_is_named(kit: Kit) -> None:
    board = kit.board()
    case_id = kit.raise_case()
    kit.send(case_id)
    kit.bus.handle(kit.position())
    kit.bus.flush_coalesced()
    moved_things = board.apply(kit.feed.since(board.number))
    assert moved_things.cases == {case_id}
    assert moved_things.units == {"W01"}
    assert moved_things.alarms == set(board.alarms)
    assert moved_things.devices == {"S1", "T1"}
    assert not moved_things.everything
    assert board.load(kit.feed.snapshot()).everything


def test_changes_that_were_applied_are_passed_over(kit: Kit) -> None:
    board = kit.board()
    kit.raise_case()
    changes = kit.feed.since(board.number)
    board.apply(changes)
    shown = picture_of(board)
    assert not board.apply(changes).cases
    assert picture_of(board) == shown


def test_a_gap_is_found_out(kit: Kit) -> None:
    board = kit.board()
    kit.report()
    kit.report()
    with pytest.raises(GapError):
        board.apply(kit.feed.since(board.number)[1:])


def test_what_closed_a_day_ago_leaves_the_board(kit: Kit) -> None:
    case_id = kit.raise_case()
    kit.bus.handle(kit.restore())
    kit.settle(case_id)
    board = kit.board()
    assert case_id in board.cases
    assert board.alarms
    kit.clock.go(seconds=CLOSED_KEPT.total_seconds())
    kit.report()
    moved_things = board.apply(kit.feed.since(board.number))
    assert case_id in moved_things.cases
    assert case_id not in board.cases
    assert board.entries(case_id) == ()
    assert board.alarms == {}


def test_what_is_opened_again_stays_however_long_ago_it_closed_first(kit: Kit) -> None:
    case_id = kit.report()
    kit.settle(case_id)
    board = kit.board()
    again = TurnCase(actor=DESK, case_id=case_id, action="reopen", text="又漏了")
    kit.bus.handle(again)
    kit.clock.go(seconds=CLOSED_KEPT.total_seconds())
    kit.report()
    moved_things = board.apply(kit.feed.since(board.number))
    assert board.cases[case_id].state.is_open
    assert board.entries(case_id)
    assert moved_things.cases


@pytest.mark.parametrize("again", ["promise", "reopen"])
def test_what_comes_back_to_the_board_comes_with_all_that_was_written(
    tmp_path: Path, again: str
) -> None:
    kit = Kit(tmp_path)
    try:
        case_id = kit.raise_case()
        kit.settle(case_id)
        followed = kit.board()
        kit.clock.go(seconds=CLOSED_KEPT.total_seconds())
        kit.report()
        followed.apply(kit.feed.since(followed.number))
        act(kit, ("note", case_id))  # and it does not come back for that
        followed.apply(kit.feed.since(followed.number))
        assert picture_of(followed) == picture_of(kit.board())
        act(kit, (again, case_id))
        with pytest.raises(CameBackError):
            followed.apply(kit.feed.since(followed.number))
        followed.load(kit.feed.snapshot())
        assert len(followed.entries(case_id)) == len(kit.actions(case_id))
        assert followed.alarms_of(case_id)
        act(kit, ("note", case_id))
        followed.apply(kit.feed.since(followed.number))
        assert picture_of(followed) == picture_of(kit.board())
    finally:
        kit.close()


def test_finish_photo_reaches_the_board(kit: Kit) -> None:
    case_id = kit.report()
    kit.send(case_id)
    kit.field(SignCase, case_id)
    kit.bus.handle(
        FinishCase(
            actor=WORKER, case_id=case_id, unit_id="W01", at=kit.clock(), text="好"
        )
    )
    assert kit.board().entries(case_id)[-1].text == "好"
