"""Dragging into tiles: from another tile, off the map, out of a lane, and back."""

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import panel as panel
from desk_fixtures import window as window
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_kit import raise_alarm

from console import tile_drag
from console.layers.layer import Mark
from console.mark_drags import content_of
from console.panels.tile_choice import is_case_tile, let_cases_take
from console.tile_drag import UnitRef
from video.tile_content import LANE_NOW, TOWN_MAP, TileRef, camera

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
ACTIONS = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


@pytest.fixture
def dragged(monkeypatch) -> list[TileRef]:
    """What the hand was given to carry; the offscreen platform carries nothing."""
    carried: list[TileRef] = []
    monkeypatch.setattr(
        tile_drag, "drag", lambda _source, _desk, content: carried.append(content)
    )
    return carried


def bring(panel, tile: int, data: QMimeData, *, drop: bool = True) -> bool:
    """Carry something over a tile; return whether it may be dropped there."""
    at = panel.tile_rect(tile).center()
    entered = QDragEnterEvent(at.toPoint(), ACTIONS, data, LEFT, NONE)
    QApplication.sendEvent(panel, entered)
    if drop:
        QApplication.sendEvent(panel, QDropEvent(at, ACTIONS, data, LEFT, NONE))
    return entered.isAccepted()


def test_a_tile_dragged_onto_another_changes_places_and_backspace_undoes(
    panel, qtbot, dragged
):
    before = panel.wall.tiles
    start = panel.tile_rect(0).center()
    far = start + QPointF(40, 0)
    QTest.mousePress(panel, LEFT, NONE, start.toPoint())
    for at in (start + QPointF(1, 0), far):
        move = QMouseEvent(
            QMouseEvent.Type.MouseMove, at, panel.mapToGlobal(at), LEFT, LEFT, NONE
        )
        QApplication.sendEvent(panel, move)
    QTest.mouseRelease(panel, LEFT, NONE, far.toPoint())
    assert dragged == [before[0]]
    assert bring(panel, 2, tile_drag.data_of(dragged[0]))
    assert panel.wall.tiles == (before[2], before[1], before[0], before[3])
    assert panel.focused_tile == 2
    qtbot.keyClick(panel, Qt.Key.Key_Backspace)
    assert panel.wall.tiles == before


def test_what_no_tile_can_show_may_not_be_dropped(kit, panel):
    before = panel.wall.tiles
    words = QMimeData()
    words.setText("1203")
    strange = QMimeData()
    strange.setData(tile_drag.MIME, b"\xff")
    unknown = [camera("9999"), TileRef("case", "99"), TileRef("case", "x")]
    for data in (words, strange, *map(tile_drag.data_of, unknown)):
        assert not bring(panel, 1, data)
    assert panel.wall.tiles == before
    assert panel.drops.over is None


def test_the_tile_that_would_take_it_is_marked_until_it_is_left(panel):
    bring(panel, 3, tile_drag.data_of(LANE_NOW), drop=False)
    assert panel.drops.over == 3
    assert panel.content(3).focused
    QApplication.sendEvent(panel, QDragLeaveEvent())
    assert panel.drops.over is None
    assert not panel.content(3).focused


def test_a_case_goes_from_its_lane_into_a_tile(kit, window, qtbot, dragged):
    case_id = raise_alarm(qtbot, kit)
    view = window.lanes.now_view
    qtbot.waitUntil(lambda: view.model().rowCount() == 1, timeout=5000)
    view.setCurrentIndex(view.model().index(0, 0))
    assert view.model().flags(view.currentIndex()) & Qt.ItemFlag.ItemIsDragEnabled
    view.startDrag(Qt.DropAction.CopyAction)
    assert dragged == [TileRef("case", str(case_id))]
    assert bring(window.pictures, 1, tile_drag.data_of(dragged[0]))
    assert window.pictures.wall.tiles[1] == dragged[0]
    case = kit.board.cases[case_id]
    assert case.place_name in tile_drag.name_of(kit.desk, dragged[0])


def test_a_camera_is_dragged_off_the_map_and_a_click_still_calls_it(
    kit, window, qtbot, dragged, monkeypatch
):
    surface = window.map.canvas.viewport()
    mark = Mark(kind="camera", key="1203", x=0.0, y=0.0, radius=9.0)
    monkeypatch.setattr(window.map.canvas, "mark_at", lambda _at: mark)
    shown: list[str] = []
    window.map.camera_called.connect(shown.append)
    at = QPoint(200, 150)
    QTest.mousePress(surface, LEFT, NONE, at)
    move = QPointF(at + QPoint(30, 0))
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove, move, surface.mapToGlobal(move), LEFT, LEFT, NONE
    )
    QApplication.sendEvent(surface, event)
    QTest.mouseRelease(surface, LEFT, NONE, move.toPoint())
    assert dragged == [camera("1203")]
    assert shown == []
    QTest.mouseClick(surface, LEFT, NONE, at)
    qtbot.waitUntil(lambda: shown == ["1203"], timeout=5000)
    assert len(dragged) == 1


def test_a_person_is_taken_off_the_map_and_nothing_where_nothing_is():
    mark = Mark(kind="unit", key="W01", x=0.0, y=0.0, radius=9.0)
    assert content_of(mark) == UnitRef("W01")  # no tile takes it: a case does
    assert content_of(None) is None


def test_the_keyboard_changes_places_too(panel, qtbot):
    before = panel.wall.tiles
    qtbot.keyClick(panel, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert panel.wall.tiles == (before[1], before[0], *before[2:])
    assert panel.focused_tile == 1
    qtbot.keyClick(panel, Qt.Key.Key_Backspace)
    assert panel.wall.tiles == before


def test_a_tile_is_kept_from_cases_and_that_is_remembered(kit, panel, qtbot):
    panel.show_content(TOWN_MAP, 3)
    let_cases_take(panel, 3, False)
    again = type(panel)(kit.desk)
    qtbot.addWidget(again)
    assert again.wall.alarm_tiles == panel.wall.alarm_tiles
    assert not is_case_tile(again, 3)
    kit.desk.open_case(raise_alarm(qtbot, kit))
    assert panel.wall.tiles[3] == TOWN_MAP
    kit.desk.open_case(None)
    let_cases_take(panel, 3, True)
    assert panel.wall.alarm_tiles is None


def test_the_menu_shapes_the_layout(panel):
    menu = panel.made_menu()
    layouts = next(each.menu() for each in menu.actions() if each.text() == "Layout")
    said = {each.text().partition("\t")[0]: each for each in layouts.actions()}
    said["Join with the tile to the right"].trigger()
    assert panel.wall.layout.count == 3
    said["Take the last change back"].trigger()
    assert panel.wall.layout.count == 4
    assert said["Cases may take this tile"].isChecked()
    menu.deleteLater()
