"""画面不符: one key says it at every seat, the same key takes it back."""

from collections.abc import Iterator

import pytest
from desk_fixtures import panel as panel
from desk_kit import DESK, START, DeskKit
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from console.layers.layer import Mark
from console.panels.map_panel import MapPanel
from console.panels.pictures import PicturesPanel
from console.panels.tile_menu import add_camera
from dispatch.people import Actor, Role
from dispatch.questions import ViewLog
from dispatch.wrong_views import FLAGGED, FlagWrongView, TakeBackWrongView

SECONDS = 1000
ZHOU = Actor("周宁", "3号席", frozenset({Role.ACCEPTOR}))


@pytest.fixture
def kit(qtbot, tmp_path) -> Iterator[DeskKit]:
    made = DeskKit(tmp_path)
    made.start(qtbot)
    made.alarm()
    qtbot.waitUntil(lambda: bool(made.board.cases))
    made.desk.open_case(next(iter(made.board.cases)))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def in_hand(panel: PicturesPanel) -> None:
    panel.setFocus()


def press(panel: PicturesPanel, key: Qt.Key = Qt.Key.Key_N) -> None:
    QTest.keyClick(panel, key)


def flagged(kit: DeskKit, camera_id: str) -> bool:
    return kit.board.cameras[camera_id].wrong_since is not None


def order(kit: DeskKit) -> list[str]:
    return [view.camera_id for view in kit.desk.views]


def test_one_key_says_it_and_the_same_key_takes_it_back(kit, panel, qtbot):
    first = panel.shown[0]
    press(panel)
    assert panel.content(0).wrong == "Wrong view …"  # nothing is believed yet
    qtbot.waitUntil(lambda: flagged(kit, first) and not kit.desk.actions.ledger)
    assert order(kit)[-1] == first
    assert "wrong_view" in kit.desk.views[-1].reasons
    assert panel.shown[0] == first  # pictures do not change places under the eyes
    assert panel.content(0).wrong == "Wrong view · 李敏 10:42"
    command = kit.client.submitted[-1]
    assert isinstance(command, FlagWrongView)
    assert (command.case_id, command.at) == (kit.desk.open_case_id, START)
    (said,) = kit.client.ask(ViewLog(camera_id=first)).result(5)[:1]
    assert (said.purpose, said.actor, said.seat) == (FLAGGED, "李敏", "2号席")
    press(panel)
    qtbot.waitUntil(lambda: not flagged(kit, first))
    assert isinstance(kit.client.submitted[-1], TakeBackWrongView)
    assert order(kit)[0] == first
    qtbot.waitUntil(lambda: panel.content(0).wrong == "")


def test_another_seat_s_word_counts_here_at_once(kit, panel, qtbot):
    first = panel.shown[0]
    kit.client.do(FlagWrongView(actor=ZHOU, camera_id=first, at=kit.clock()))
    qtbot.waitUntil(lambda: order(kit)[-1] == first)
    assert "周宁" in panel.content(0).wrong
    kit.desk.actions.run("best_views")
    panel.show_best_views()
    assert first not in panel.shown
    press(panel, Qt.Key.Key_Backspace)
    assert panel.shown[0] == first
    press(panel)  # whoever sees that it is right takes it back
    qtbot.waitUntil(lambda: not flagged(kit, first))


def test_it_waits_for_a_service_that_is_away_and_is_asked_once(kit, panel, qtbot):
    first = panel.shown[0]
    kit.client.lose()
    press(panel)
    press(panel)  # an answer is waited for
    said = [c for c in kit.client.submitted if isinstance(c, FlagWrongView)]
    assert len(said) == 1
    assert kit.desk.actions.standing_refusal(None).refused.reason == "pending"
    kit.client.find_again()
    qtbot.waitUntil(lambda: flagged(kit, first))


def test_who_has_not_the_role_is_told_so(qtbot, tmp_path):
    watcher = Actor("小沈", "5号席", DESK.roles - {Role.ACCEPTOR})
    kit = DeskKit(tmp_path, actor=watcher)
    try:
        kit.start(qtbot)
        kit.desk.wrong_views.turn("1203")
        assert kit.desk.actions.standing_refusal(None).refused.reason == "role"
        kit.desk.wrong_views.turn(None)
        kit.desk.wrong_views.turn("no such number")
        assert not kit.client.submitted
    finally:
        kit.close()


def test_the_menu_of_the_tile_says_why_and_offers_the_same(kit, panel, qtbot):
    first = panel.shown[0]
    menu = panel.made_menu()
    lines = [each.text() for each in menu.actions() if each.text()]
    reasons = lines[: lines.index(f"Wrong view: {first} 桃源新邨北门\tN")]
    assert reasons[0] == "looks here"
    assert not menu.actions()[0].isEnabled()
    assert lines[-1] == "Layout"
    menu.actions()[len(reasons) + 1].trigger()
    qtbot.waitUntil(lambda: flagged(kit, first))
    again = QMenu()
    qtbot.addWidget(again)
    again.addAction("4 pictures")
    add_camera(again, kit.desk, first)
    assert f"{first} 桃源新邨北门 shows what it should: take it back\tN" in [
        each.text() for each in again.actions()
    ]
    empty = QMenu()
    qtbot.addWidget(empty)
    add_camera(empty, kit.desk, None)
    assert not empty.actions()


def test_the_map_says_it_too(kit, panel, qtbot):
    made = MapPanel(kit.desk)
    qtbot.addWidget(made)
    layer = next(each for each in made.canvas.layers if each.name == "cameras")
    layer.renew()
    mark = Mark(kind="camera", key="1203", x=0.0, y=0.0, radius=5.0)
    assert any("looks here" in line for line in layer.card(mark))
    assert not layer._unsure("1203")
    press(panel)
    qtbot.waitUntil(lambda: flagged(kit, "1203") and not kit.desk.actions.ledger)
    assert "Wrong view · 李敏 10:42" in layer.card(mark)
    assert layer._unsure("1203")  # dashed, and no cone
