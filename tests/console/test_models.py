"""Lane rows keep their identity, and nothing jumps under the hand."""

from datetime import timedelta

import pytest
from desk_kit import CENTRE, START, Clock
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from console.models import HOLD, ROW_ROLE, LaneModel
from console.panels.case_log import LogModel
from dispatch.cases import Case, CaseState, LogEntry
from dispatch.queueing import LaneRow

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def row(case_id: int, *, severity: int = 2) -> LaneRow:
    case = Case(
        case_id=case_id,
        number=f"330421111261123{case_id:04}",
        version=1,
        state=CaseState.NEW,
        category="B001",
        severity=severity,
        place_name=f"桃源新邨{case_id}幢",
        point=CENTRE,
        opened_at=START,
    )
    return LaneRow(
        key=("case", case_id),
        case=case,
        case_ids=(case_id,),
        severity=severity,
        department="应消站",
        unacknowledged=True,
        since=START,
        due_at=START + timedelta(minutes=15),
        overdue=False,
    )


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def model(clock):
    made = LaneModel(clock=clock, describe=lambda row: str(row.case_id))
    tester = QAbstractItemModelTester(made, FATAL)
    yield made
    del tester


def ids(model: LaneModel) -> list[int | None]:
    return [each.case_id for each in model.rows()]


def test_rows_come_go_and_move(model: LaneModel):
    for wanted in ([1, 2, 3], [4, 1, 2, 3], [3, 1, 4], [], [2], [5, 2, 1]):
        model.set_rows([row(each) for each in wanted])
        assert ids(model) == wanted


@given(steps=st.lists(st.lists(st.integers(1, 9), unique=True), max_size=8))
def test_any_rows_from_any_rows(steps):
    model = LaneModel(clock=Clock(), describe=lambda row: str(row.case_id))
    tester = QAbstractItemModelTester(model, FATAL)
    for wanted in steps:
        model.set_rows([row(each, severity=1 + each % 4) for each in wanted])
        assert ids(model) == wanted
        assert model.rowCount() == len(wanted)
    del tester


def test_a_selection_stays_with_its_case(model: LaneModel):
    from PySide6.QtCore import QPersistentModelIndex

    model.set_rows([row(1), row(2), row(3)])
    kept = QPersistentModelIndex(model.index(1, 0))
    model.set_rows([row(9), row(3), row(2), row(1)])
    assert kept.data(ROW_ROLE).case_id == 2


def test_nothing_moves_under_the_hand(model: LaneModel, clock: Clock):
    model.set_rows([row(1), row(2)])
    model.touch()
    model.set_rows([row(3), row(2, severity=4), row(1)])
    assert ids(model) == [1, 2]
    assert model.rows()[1].severity == 4, "contents are fresh all the same"
    model.settle()
    assert ids(model) == [1, 2]
    clock.go(seconds=HOLD.total_seconds() + 0.1)
    model.settle()
    assert ids(model) == [3, 2, 1]


def test_a_hand_that_never_rests_holds_a_row_only_so_long(
    model: LaneModel, clock: Clock
):
    model.set_rows([row(1), row(2)])
    for _ in range(20):
        clock.go(seconds=0.1)
        model.touch()
        model.set_rows([row(3, severity=1), row(1), row(2)])
        model.settle()
        if ids(model) == [3, 1, 2]:
            break
    assert timedelta(0) <= clock() - START - HOLD < timedelta(seconds=0.3)
    model.touch()
    model.set_rows([row(4), row(3), row(1), row(2)])
    assert ids(model) == [3, 1, 2], "the next one waits anew"


def test_what_does_not_move_does_not_wait(model: LaneModel):
    model.set_rows([row(1), row(2)])
    model.touch()
    model.set_rows([row(1, severity=1), row(2)])
    assert model.rows()[0].severity == 1


def test_what_arrives_below_moves_nothing_and_does_not_wait(model: LaneModel):
    model.touch()
    model.set_rows([row(1)])
    assert ids(model) == [1], "an empty lane holds no alarm back"
    model.touch()
    model.set_rows([row(1), row(2)])
    assert ids(model) == [1, 2]
    model.set_rows([row(1)])
    assert ids(model) == [1, 2], "what goes would be missed by the hand"


def test_new_rows_are_counted_until_seen(model: LaneModel):
    told: list[int] = []
    model.new_rows.connect(told.append)
    model.set_rows([row(1)])
    assert model.new_count == 0, "the first load is not news"
    model.set_rows([row(2), row(3), row(1)])
    model.set_rows([row(4), row(2), row(3), row(1)])
    assert model.new_count == 3
    model.seen()
    assert told == [2, 3, 0]


def test_rows_can_be_read_aloud(model: LaneModel):
    model.set_rows([row(7)])
    index = model.index(0, 0)
    assert index.data(Qt.ItemDataRole.DisplayRole) == "7"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "7"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None


def entry(number: int) -> LogEntry:
    return LogEntry(
        case_id=1,
        at=START + timedelta(seconds=number),
        actor="李敏",
        seat="2号席",
        action="note",
        from_state=CaseState.NEW,
        to_state=CaseState.NEW,
        text=str(number),
    )


def test_the_log_grows_at_the_top(qapp):
    model = LogModel()
    tester = QAbstractItemModelTester(model, FATAL)
    entries = tuple(entry(number) for number in range(5))
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.set_entries(entries[:2], same_case=False)
    model.set_entries(entries, same_case=True)
    model.set_entries(entries, same_case=True)
    assert len(resets) == 1
    texts = [model.index(i, 0).data() for i in range(model.rowCount())]
    assert texts[0].endswith("4")
    assert texts[-1].endswith("0")
    del tester
