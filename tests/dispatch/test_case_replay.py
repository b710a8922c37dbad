"""The soak's judge of cases: a true case passes, each kind of lie is named."""

from dataclasses import replace
from pathlib import Path

import pytest
from bus_kit import WORKER, Kit

from dispatch.cases import CaseState
from dispatch.commands import Moment, ReturnCase, SignCase
from tests.soak.replay import faults_of, inconsistent_cases


@pytest.fixture
def kit(tmp_path: Path):
    made = Kit(tmp_path)
    yield made
    made.close()


def a_case_with_a_story(kit: Kit) -> int:
    case_id = kit.raise_case()
    kit.bus.handle(kit.alarm())
    kit.send(case_id)
    kit.field(SignCase, case_id)
    kit.bus.handle(
        ReturnCase(
            actor=WORKER, case_id=case_id, unit_id="W01", at=kit.clock(), reason="忙"
        )
    )
    kit.bus.handle(kit.restore())
    kit.settle(case_id)
    return case_id


def test_cases_that_were_really_handled_are_consistent(kit: Kit) -> None:
    a_case_with_a_story(kit)
    kit.report()
    assert inconsistent_cases(kit.store) == (2, [])


@pytest.mark.parametrize(
    ("lie", "named"),
    [
        ({"state": CaseState.ON_SCENE}, "state"),
        ({"unit_id": "W09"}, "unit"),
        ({"version": 3}, "version"),
        ({"alarm_count": 7}, "alarms"),
        ({"clocks": {}}, "clocks"),
    ],
)
def test_a_case_that_is_not_its_log_is_named(
    kit: Kit, lie: dict[str, object], named: str
) -> None:
    case_id = a_case_with_a_story(kit)
    board = kit.board()
    case = replace(board.cases[case_id], **lie)  # type: ignore[arg-type]
    faults = faults_of(case, board.entries(case_id), board.alarms_of(case_id))
    assert [fault.split(":")[0] for fault in faults] == [named]


def test_a_log_with_a_gap_is_named(kit: Kit) -> None:
    case_id = a_case_with_a_story(kit)
    board = kit.board()
    log = [e for e in board.entries(case_id) if e.action != "sign"]
    assert faults_of(board.cases[case_id], log, ())
    assert faults_of(board.cases[case_id], [], ()) == ["its log has no beginning"]
    assert Moment.SIGNED in board.cases[case_id].clocks
