"""A flood at the desk: rows folded and unfolded, lives by themselves, devices shelved."""

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import CENTRE, DeskKit
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from window_kit import press

from console.main_window import MainWindow
from console.models import ROW_ROLE
from console.panels.lanes import LanesPanel
from console.panels.load_page import LoadPage
from console.panels.top_bar import TopBar
from dispatch.commands import EnrolDevice
from dispatch.devices import Device
from dispatch.geo import moved
from dispatch.people import SYSTEM

Key = Qt.Key
METER, DOOR = "B004", "B005"


def enrol(kit: DeskKit, number: int, place: str, kind: str = "water_meter") -> str:
    device_id = f"F{number:02}"
    device = Device(
        device_id=device_id,
        kind=kind,
        name=f"{place}水表",
        public_key=device_id.rjust(40, "0"),
        place_name=place,
        point=moved(CENTRE, 20 * number, 60 + 8 * number),
        grid_code="330421111001001",
    )
    kit.client.do(EnrolDevice(actor=SYSTEM, device=device))
    return device_id


def flood(kit: DeskKit, *, shelved: int = 12) -> None:
    """Let twelve meters of two buildings alarm, and somebody call for help."""
    for number in range(shelved):
        place = f"桃源新邨{8 + number % 2}幢{301 + number}"
        kit.alarm(enrol(kit, number, place), METER)
    kit.alarm("PB-YH-01", "B003")


@pytest.fixture
def lanes(qtbot, kit: DeskKit) -> LanesPanel:
    made = LanesPanel(kit.desk)
    qtbot.addWidget(made)
    made.resize(560, 932)
    made.show()
    return made


def count(lanes: LanesPanel) -> int:
    return sum(row.count for row in lanes.now_model.rows())


def test_a_flood_is_folded_and_unfolded_and_a_call_for_help_never(
    qtbot, kit: DeskKit, lanes: LanesPanel
):
    flood(kit)
    qtbot.waitUntil(lambda: len(kit.board.cases) == 13)
    kit.clock.go(seconds=2)  # wherever the pointer happens to be
    lanes.renew()
    rows = lanes.now_model.rows()
    assert [row.count for row in rows] == [1, 6, 6]
    assert rows[0].case is not None
    assert rows[0].case.category == "B003"
    assert lanes.now_head.count == 13
    assert lanes.now_head.about == [("Flood · 12 folded into 2", True)]
    # Enter unfolds one row; the row stays, for folding it again.
    lanes.focus_now()
    QTest.keyClick(lanes.now_view, Key.Key_Down)
    QTest.keyClick(lanes.now_view, Key.Key_Return)
    kit.clock.go(seconds=2)
    lanes.renew()
    assert lanes.now_model.rowCount() == 3 + 6
    QTest.keyClick(lanes.now_view, Key.Key_Return)
    # One key unfolds all of it, and folds it again.
    QTest.keyClick(lanes.now_view, Key.Key_Down)
    QTest.keyClick(lanes.now_view, Key.Key_U)
    assert [row.count for row in lanes.now_model.rows()] == [1] * 13
    assert lanes.now_head.about == [("Flood · unfolded", True)]
    QTest.keyClick(lanes.now_view, Key.Key_Down)
    QTest.keyClick(lanes.now_view, Key.Key_U)
    assert count(lanes) == 13
    assert lanes.now_model.rowCount() == 3
    # An opened case keeps a row of its own.
    opened = next(row for row in lanes.now_model.rows() if row.heap).case_ids[0]
    kit.desk.open_case(opened)
    kit.clock.go(seconds=2)
    lanes.renew()
    assert opened in [row.case_id for row in lanes.now_model.rows()]
    assert count(lanes) == 13
    # Over, everything stands by itself again.
    kit.clock.go(minutes=11)
    kit.desk.second.emit()
    lanes.renew()
    assert lanes.now_model.rowCount() == 13
    assert lanes.now_head.about == []


def test_due_is_a_count_in_a_flood_until_it_is_called(
    qtbot, kit: DeskKit, lanes: LanesPanel
):
    assert not lanes.due_view.isHidden()
    flood(kit)
    qtbot.waitUntil(lambda: kit.desk.flooding.on)
    kit.clock.go(seconds=2)
    kit.desk.tick.emit()
    assert lanes.due_view.isHidden()
    lanes.renew()
    assert ("Alt+2 shows them", False) in lanes.due_head.about
    QTest.mouseClick(lanes.due_head, Qt.MouseButton.LeftButton)
    assert not lanes.due_view.isHidden()
    lanes.focus_now()
    kit.clock.go(seconds=2)
    kit.desk.tick.emit()
    assert lanes.due_view.isHidden()


def test_what_the_hand_walks_to_stays_its_own_when_a_flood_folds_it(
    qtbot, kit: DeskKit, lanes: LanesPanel
):
    flood(kit, shelved=8)
    qtbot.waitUntil(lambda: len(kit.board.cases) == 9)
    kit.clock.go(seconds=2)
    lanes.renew()
    lanes.focus_now()
    walked = lanes.now_model.rows()[4]
    lanes.now_view.setCurrentIndex(lanes.now_model.index(4, 0))
    # Due, too, waits for the hand before it goes.
    lanes.due_model.touch()
    for number in range(8, 12):
        kit.alarm(
            enrol(kit, number, f"桃源新邨{8 + number % 2}幢{301 + number}"), METER
        )
    qtbot.waitUntil(lambda: len(kit.board.cases) == 13)
    assert not lanes.due_view.isHidden()
    kit.clock.go(seconds=2)
    lanes.renew()
    assert lanes.due_view.isHidden()
    row = lanes.now_view.currentIndex().data(ROW_ROLE)
    assert row.heap is not None
    assert walked.case_id in row.case_ids
    assert lanes.now_view.walked
    # The lane has all the room there is, and asks for no more.
    assert lanes.now_view.minimumHeight() < lanes.now_view.height()
    assert lanes.now_view.maximumHeight() > 10_000
    # A row that is nowhere any more leaves no other under Enter.
    lanes.now_view.setCurrentIndex(lanes.now_model.index(0, 0))
    lanes.now_model.set_rows(lanes.now_model.rows()[1:])
    assert not lanes.now_view.walked
    said: list[str] = []
    kit.desk.said.connect(said.append)
    QTest.keyClick(lanes.now_view, Key.Key_Return)
    assert said == ["The row you were at is gone."]
    assert kit.desk.open_case_id is None


def test_the_load_and_the_noisiest_with_what_is_proposed(
    qtbot, kit: DeskKit, window: MainWindow
):
    flood(kit, shelved=3)
    for _ in range(20):
        kit.clock.go(seconds=70)
        kit.alarm("F01", METER)
    qtbot.waitUntil(lambda: sum(a.count for a in kit.board.alarms.values()) == 24)
    bar = window.panels["top_bar"]
    assert isinstance(bar, TopBar)
    bar.grab()
    assert bar.clickable_at(bar._load_box.center()) == "load"
    press(window, Key.Key_8, Qt.KeyboardModifier.AltModifier)
    page = window.panels["load_page"]
    assert isinstance(page, LoadPage)
    assert page.isVisible()
    assert page.noises[0].device_id == "F01"
    assert page.noises[0].proposal == "shelve"
    assert page.load.day == 4
    # S shelves it until a time, folded at the end of its lane, and brings it back.
    press(window, Key.Key_S)
    assert kit.desk.flooding.shelved_until("F01") is not None
    kit.clock.go(seconds=2)  # wherever the pointer happens to be
    window.lanes.renew()
    rows = window.lanes.now_model.rows()
    assert rows[-1].heap is not None
    assert rows[-1].heap.about == "F01"
    assert count(window.lanes) == 4
    press(window, Key.Key_S)
    assert kit.desk.flooding.shelved_until("F01") is None
    press(window, Key.Key_S)
    kit.clock.go(minutes=31)
    kit.desk.second.emit()
    assert kit.desk.flooding.shelved_until("F01") is None
    # What it says of another kind ends the shelf, and is heard.
    press(window, Key.Key_S)
    assert all(a.device_id != "F01" for a in kit.desk.sounds._sounding())
    kit.alarm("F01", DOOR)
    qtbot.waitUntil(lambda: kit.desk.flooding.shelved_until("F01") is None)
    assert DOOR in {a.category for a in kit.desk.sounds._sounding()}
    # A life is not shelved.
    said: list[str] = []
    kit.desk.said.connect(said.append)
    page.walk([each.device_id for each in page.noises].index("PB-YH-01") - page._row)
    press(window, Key.Key_S)
    assert said == ["What concerns a life is not shelved."]
    assert kit.desk.flooding.shelved_until("PB-YH-01") is None
    # M registers its repair, once.
    page.walk(-9)
    press(window, Key.Key_M)
    press(window, Key.Key_M)
    assert said[-1] == "Its repair is being asked for."
    qtbot.waitUntil(
        lambda: any(case.category == "B010" for case in kit.board.cases.values())
    )
    qtbot.waitUntil(lambda: said[-1].endswith("asked for"))
    press(window, Key.Key_M)
    assert said[-1].startswith("Its repair is asked for already")
    assert sum(case.category == "B010" for case in kit.board.cases.values()) == 1
    # Enter opens its newest case.
    press(window, Key.Key_Return)
    opened = kit.desk.case
    assert opened is not None
    assert opened.category in (METER, DOOR)
    assert not page.isVisible()
