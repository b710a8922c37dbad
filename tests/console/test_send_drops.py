"""A person dropped on a case, or a case on a person: the key's command and refusals."""

from dataclasses import replace
from typing import Any

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from window_kit import press, raise_alarm

from console import tile_drag
from console.layers.layer import Mark
from console.main_window import MainWindow
from console.mark_drags import content_of
from console.send_drops import CASE_HIT, Hit, SendDrops
from console.tile_drag import UnitRef
from dispatch.cases import CaseState
from dispatch.commands import Moment
from video.tile_content import CASE, TileRef, camera

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
ACTIONS = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


def carry(surface: QWidget, at: QPointF, content: TileRef | UnitRef) -> bool:
    """Bring something over a surface; return whether it may be let go of there."""
    data = tile_drag.data_of(content)
    entered = QDragEnterEvent(at.toPoint(), ACTIONS, data, LEFT, NONE)
    QApplication.sendEvent(surface, entered)
    return entered.isAccepted()


def let_go(surface: QWidget, at: QPointF, content: TileRef | UnitRef) -> None:
    data = tile_drag.data_of(content)
    QApplication.sendEvent(surface, QDropEvent(at, ACTIONS, data, LEFT, NONE))


@pytest.fixture
def case_id(qtbot: Any, kit: DeskKit, window: MainWindow) -> int:
    """A case nobody took yet, in the lane; the desk has nothing open."""
    found = raise_alarm(qtbot, kit)
    view = window.lanes.now_view
    qtbot.waitUntil(lambda: view.model().rowCount() == 1)
    return found


def free_unit(kit: DeskKit) -> str:
    return next(u.unit_id for u in kit.board.units.values() if u.name == "王建国")


def row_middle(window: MainWindow) -> QPointF:
    view = window.lanes.now_view
    return QPointF(view.visualRect(view.model().index(0, 0)).center())


def test_a_person_dropped_on_a_row_is_sent_and_the_target_says_so_before(
    qtbot, kit: DeskKit, window: MainWindow, case_id: int
):
    view, unit_id = window.lanes.now_view, free_unit(kit)
    surface, at = view.viewport(), row_middle(window)
    target = view.drops.target
    assert carry(surface, at, UnitRef(unit_id))
    assert target.isVisible()
    assert target.allowed
    assert "王建国" in target.text
    assert kit.board.cases[case_id].place_name in target.text
    QApplication.sendEvent(surface, QDragLeaveEvent())  # Esc, or the hand moves on
    assert target.isHidden()
    assert kit.board.cases[case_id].state < CaseState.DISPATCHED
    for content, there in (
        (UnitRef(unit_id), QPointF(5, surface.height() - 3)),  # under the last row
        (UnitRef("nobody"), at),
        (camera("1203"), at),
        (TileRef(CASE, str(case_id)), at),  # a case on a case
    ):
        assert not carry(surface, there, content)
        let_go(surface, there, content)
        assert target.isHidden()
    assert kit.desk.actions.pending(case_id) is None
    carry(surface, at, UnitRef(unit_id))
    let_go(surface, at, UnitRef(unit_id))
    assert target.isHidden()
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.DISPATCHED)
    assert kit.board.cases[case_id].unit_id == unit_id

    # Once somebody is out the key refuses, and so does the hand, in the same words.
    carry(surface, at, UnitRef(unit_id))
    assert not target.allowed
    said = target.text
    let_go(surface, at, UnitRef(unit_id))
    refused = kit.desk.actions.standing_refusal(case_id)
    assert refused is not None
    assert refused.refused.reason == "one_unit"
    assert "王建国" in said


def test_people_come_off_the_map_and_out_of_the_list_and_take_cases(
    qtbot, kit: DeskKit, window: MainWindow, case_id: int, monkeypatch
):
    carried: list[object] = []
    monkeypatch.setattr(
        tile_drag, "drag", lambda _source, _desk, content: carried.append(content)
    )
    mark = Mark(kind="unit", key="U-1", x=0.0, y=0.0, radius=9.0)
    assert content_of(mark) == UnitRef("U-1")
    kit.desk.open_case(case_id)
    people = window.case.people
    qtbot.waitUntil(lambda: bool(people.shown_rows()))
    first = people.shown_rows()[0].unit.unit_id
    at = QPointF(60, people._head() + 6)
    assert people.unit_at(at) == first
    QTest.mousePress(people, LEFT, NONE, at.toPoint())
    far = at + QPointF(40, 0)
    move = QMouseEvent(
        QMouseEvent.Type.MouseMove, far, people.mapToGlobal(far), LEFT, LEFT, NONE
    )
    QApplication.sendEvent(people, move)
    QTest.mouseRelease(people, LEFT, NONE, far.toPoint())
    assert carried == [UnitRef(first)]
    assert kit.desk.highlighted_unit_id == first, "a press chooses, as it did"
    head = window.case.head
    (drops,) = (each for each in head.children() if isinstance(each, SendDrops))
    middle = QPointF(QPoint(head.width() // 2, head.height() // 2))
    assert carry(head, middle, UnitRef(first))
    assert drops.target.allowed

    # On the map a case is dropped on a person.
    canvas = window.map.canvas
    mark = Mark(kind="unit", key=first, x=0.0, y=0.0, radius=9.0)
    monkeypatch.setattr(canvas, "mark_at", lambda _at: mark)
    surface, at = canvas.viewport(), QPointF(80, 60)
    content = TileRef(CASE, str(case_id))
    assert not carry(surface, at, UnitRef(first)), "a person on a person"
    assert carry(surface, at, content)
    assert window.map.drops.target.isVisible()
    let_go(surface, at, content)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].unit_id == first)


def cell(window: MainWindow, moment: Moment) -> QPointF:
    clocks = window.case.clocks
    spots = (
        QPointF(x, y)
        for y in range(0, clocks.height(), 10)
        for x in range(0, clocks.width(), 20)
    )
    for at in spots:
        found = clocks.cell_at(at)
        if found is not None and found[0] is moment:
            return found[1].center()
    raise AssertionError(f"there is no clock for {moment}")


def test_who_was_sent_is_dropped_on_a_clock_which_asks_as_the_key_does(
    qtbot, kit: DeskKit, window: MainWindow, case_id: int
):
    kit.desk.open_case(case_id)
    people, clocks, unit_id = window.case.people, window.case.clocks, free_unit(kit)
    at = cell(window, Moment.DISPATCHED)
    assert not carry(clocks, cell(window, Moment.SIGNED), UnitRef(unit_id))
    assert carry(clocks, at, UnitRef(unit_id))
    let_go(clocks, at, UnitRef(unit_id))
    qtbot.waitUntil(lambda: people.sent() is not None)
    case = kit.board.cases[case_id]
    assert people.unit_at(QPointF(60, people._head() + 6)) == unit_id
    at = cell(window, Moment.SIGNED)
    other = next(each for each in kit.board.units if each != unit_id)
    assert not carry(clocks, at, UnitRef(other)), "they were not sent"
    qtbot.waitUntil(lambda: kit.desk.actions.allowed("phone"))
    assert carry(clocks, at, UnitRef(unit_id))
    let_go(clocks, at, UnitRef(unit_id))
    choice = window.case.choice()
    assert choice is not None
    assert choice.picked == 0
    assert kit.board.cases[case_id].state is case.state, "Enter says it, as after F7"
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: Moment.SIGNED in kit.board.cases[case_id].clocks)
    assert not carry(clocks, at, UnitRef(unit_id)), "that is so already"


def test_rows_that_moved_under_a_still_hand_send_nobody_elsewhere(
    qtbot, kit: DeskKit, window: MainWindow, case_id: int, monkeypatch
):
    desk, unit_id = kit.desk, free_unit(kit)
    case = kit.board.cases[case_id]
    kit.board.cases[9999] = replace(case, case_id=9999, place_name="别处")
    sent: list[int] = []
    monkeypatch.setattr(desk.actions, "send", lambda case, _: sent.append(case.case_id))
    surface, there, at = QWidget(), [case_id], QPointF(5, 5)
    qtbot.addWidget(surface)
    drops = SendDrops(
        desk, surface, lambda _at: Hit(CASE_HIT, there[0], QRectF(0, 0, 50, 20))
    )
    carry(surface, at, UnitRef(unit_id))
    there[0] = 9999
    let_go(surface, at, UnitRef(unit_id))
    assert sent == []
    assert "别处" in drops.target.text, "it says what stands there now"
    assert not drops.target.isHidden()
    drops._put_away()
    assert drops.target.isHidden()
    carry(surface, at, UnitRef(unit_id))
    let_go(surface, at, UnitRef(unit_id))
    assert sent == [9999]
    model, view = window.lanes.now_model, window.lanes.now_view
    model.let_go()
    carry(view.viewport(), row_middle(window), UnitRef(unit_id))
    assert model.under_hand(), "the rows wait for a hand that carries"
