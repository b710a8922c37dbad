"""The lanes: counts never hidden, words when empty, Enter where the hand is."""

import pytest
from desk_fixtures import kit as kit
from desk_kit import CENTRE, DESK, DeskKit
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.models import ROW_ROLE
from console.panels.lane_rows import LaneDelegate
from console.panels.lanes import LanesPanel
from dispatch.commands import RecordMoment, ReportCase, TakeCase
from dispatch.geo import moved


@pytest.fixture
def lanes(qtbot, kit: DeskKit) -> LanesPanel:
    made = LanesPanel(kit.desk)
    qtbot.addWidget(made)
    made.resize(560, 932)
    made.show()
    return made


def report(kit: DeskKit, category: str, place: str = "锦绣路36号") -> int:
    value = kit.client.do(
        ReportCase(
            actor=DESK, category=category, place_name=place, point=moved(CENTRE, 9, 90)
        )
    ).value
    assert isinstance(value, int)
    return value


def second_line(lanes: LanesPanel, case_id: int) -> str:
    for view in (lanes.now_view, lanes.due_view):
        delegate = view.itemDelegate()
        assert isinstance(delegate, LaneDelegate)
        for index in range(view.model().rowCount()):
            row = view.model().index(index, 0).data(ROW_ROLE)
            if row.case_id == case_id:
                return delegate.second_line(row, row.case)
    raise AssertionError(f"case {case_id} is in no lane")


def test_urgent_is_now_the_rest_is_due(qtbot, kit: DeskKit, lanes: LanesPanel):
    urgent, routine = report(kit, "3006"), report(kit, "5001")
    qtbot.waitUntil(lambda: len(kit.board.cases) == 2)
    assert [row.case_id for row in lanes.now_model.rows()] == [urgent]
    assert [row.case_id for row in lanes.due_model.rows()] == [routine]
    assert lanes.now_head.count == 1
    assert lanes.due_head.count == 1


def test_empty_lanes_say_what_to_do(lanes: LanesPanel):
    assert lanes.now_model.rowCount() == 0
    assert lanes.now_view.empty_text == "Nothing needs you now."
    assert "F2" in lanes.due_view.empty_text


def test_now_always_has_room_for_five(lanes: LanesPanel):
    assert lanes.now_view.height() == 5 * 60


def test_a_monday_pile_is_a_few_rows(qtbot, kit: DeskKit, lanes: LanesPanel):
    for index in range(24):
        case_id = report(kit, ("5001", "6002")[index % 2], f"锦绣路{index}号")
        kit.client.do(TakeCase(actor=DESK, case_id=case_id))
    kit.clock.go(days=3)
    qtbot.waitUntil(lambda: len(kit.board.cases) == 24)
    lanes.due_model.settle()
    lanes.renew()
    assert lanes.due_model.rowCount() == 2
    assert lanes.due_head.count == 24
    assert ("24 overdue", True) in lanes.due_head.about
    # Enter unfolds a department, and folds it again.
    lanes.focus_due()
    QTest.keyClick(lanes.due_view, Qt.Key.Key_Return)
    kit.clock.go(seconds=2)
    lanes.renew()
    assert lanes.due_model.rowCount() == 14
    QTest.keyClick(lanes.due_view, Qt.Key.Key_Home)
    QTest.keyClick(lanes.due_view, Qt.Key.Key_Return)
    kit.clock.go(seconds=2)
    lanes.renew()
    assert lanes.due_model.rowCount() == 2


def test_enter_opens_the_row_walked_to(qtbot, kit: DeskKit, lanes: LanesPanel):
    first, second = report(kit, "3006"), report(kit, "3007")
    qtbot.waitUntil(lambda: len(kit.board.cases) == 2)
    lanes.focus_now()
    QTest.keyClick(lanes.now_view, Qt.Key.Key_Down)
    QTest.keyClick(lanes.now_view, Qt.Key.Key_Return)
    assert kit.desk.open_case_id == second
    assert first != second


def test_pending_and_refusal_stand_at_the_row(qtbot, kit: DeskKit, lanes: LanesPanel):
    case_id = report(kit, "3006")
    qtbot.waitUntil(lambda: len(kit.board.cases) == 1)
    assert "To accept" in second_line(lanes, case_id)
    kit.client.lose()
    kit.desk.open_case(case_id)
    kit.desk.actions.run("take")
    assert "…" in second_line(lanes, case_id)
    kit.clock.go(seconds=3)
    assert "Waiting for the service" in second_line(lanes, case_id)
    kit.client.find_again()
    qtbot.waitUntil(lambda: "To send" in second_line(lanes, case_id))
    kit.desk.actions.run("recall")
    assert second_line(lanes, case_id).startswith("✕")


def test_a_row_waits_for_the_hand(qtbot, kit: DeskKit, lanes: LanesPanel):
    first = report(kit, "3006")
    qtbot.waitUntil(lambda: lanes.now_model.rowCount() == 1)
    QTest.mouseMove(lanes.now_view.viewport())
    lanes.now_model.touch()
    kit.alarm()
    qtbot.waitUntil(lambda: len(kit.board.cases) == 2)
    assert [row.case_id for row in lanes.now_model.rows()] == [first]
    kit.clock.go(seconds=1.6)
    lanes.now_model.settle()
    assert lanes.now_model.rowCount() == 2
    assert lanes.now_head.new == 1


def test_an_alarm_comes_at_once_into_an_empty_lane_under_the_pointer(
    qtbot, kit: DeskKit, lanes: LanesPanel
):
    lanes.now_model.touch()  # and the desk's clock stands: the hand never leaves
    kit.alarm()
    qtbot.waitUntil(lambda: lanes.now_model.rowCount() == 1, timeout=5000)


def test_rows_age_without_a_change(qtbot, kit: DeskKit, lanes: LanesPanel):
    report(kit, "5001")
    qtbot.waitUntil(lambda: lanes.due_model.rowCount() == 1)
    assert not lanes.due_model.rows()[0].overdue
    kit.clock.go(hours=25)
    kit.desk.second.emit()
    assert lanes.due_model.rows()[0].overdue
    assert ("1 overdue", True) in lanes.due_head.about


def test_now_grows_to_eight_rows_and_scrolls(qtbot, kit: DeskKit, lanes: LanesPanel):
    for index in range(40):
        report(kit, "3006", f"锦绣路{index}号")
    qtbot.waitUntil(lambda: len(kit.board.cases) == 40)
    kit.clock.go(seconds=2)  # wherever the pointer happens to be
    lanes.renew()
    assert lanes.now_model.rowCount() == 40
    image = lanes.grab()
    assert not image.isNull()
    assert lanes.now_view.height() == 8 * 60


def recorded(kit: DeskKit) -> set[int]:
    return {c.case_id for c in kit.client.submitted if isinstance(c, RecordMoment)}


def test_only_rows_that_were_painted_were_on_screen(
    qtbot, kit: DeskKit, lanes: LanesPanel
):
    made = [report(kit, "3006", f"锦绣路{index}号") for index in range(20)]
    qtbot.waitUntil(lambda: len(kit.board.cases) == 20)
    kit.clock.go(seconds=2)  # wherever the pointer happens to be
    lanes.renew()
    lanes.grab()
    assert made[0] in recorded(kit)
    assert made[-1] not in recorded(kit)
    lanes.now_view.scrollToBottom()
    lanes.grab()
    assert made[-1] in recorded(kit)


@pytest.mark.parametrize("touched", ["now", "due"])
def test_now_does_not_push_due_away_under_the_hand(
    qtbot, kit: DeskKit, lanes: LanesPanel, touched: str
):
    kit.clock.go(seconds=2)  # wherever the pointer happens to be
    model = lanes.now_model if touched == "now" else lanes.due_model
    for index in range(7):
        report(kit, "3006", f"锦绣路{index}号")
        model.touch()
    qtbot.waitUntil(lambda: len(kit.board.cases) == 7)
    assert lanes.now_view.height() == 5 * 60
    for _ in range(16):
        kit.clock.go(seconds=0.1)
        model.touch()
        kit.desk.tick.emit()
    assert lanes.now_view.height() == 7 * 60, "and no longer than that"
