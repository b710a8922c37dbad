"""The bar says each thing once, with every key for it; and quietly what was done."""

from pathlib import Path
from types import SimpleNamespace

from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from window_kit import KEYPAD, press, raise_alarm

from console.check import Check
from console.main_window import MainWindow
from dispatch.cases import CaseState
from video.tile_content import TOUR, TileRef
from video.tours import Stop, Tour

Key = Qt.Key


def test_each_thing_stands_there_once(qtbot, kit: DeskKit, window: MainWindow):
    bar = window.action_bar
    case_id = raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.FILED)
    qtbot.waitUntil(lambda: "⏎ F6 Send 王建国" in bar.texts())
    assert sum("Send 王建国" in text for text in bar.texts()) == 1
    assert "F8 Void the case" in bar.texts()
    assert bar.main() == ["Send 王建国"], "to void stands beside it, not before it"
    bar.grab()
    assert bar._boxes[0][1] == "send"


def test_a_copied_number_is_said(qtbot, kit: DeskKit, window: MainWindow):
    raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    press(window, Key.Key_F9)
    choice = window.case.choice()
    assert choice is not None
    who, phone = choice.buttons[0].text().removeprefix("1   ").rsplit("  ", 1)
    qtbot.waitUntil(choice.buttons[0].hasFocus)
    press(window, Key.Key_Return)
    assert QGuiApplication.clipboard().text() == phone
    bar = window.action_bar
    assert bar.said() == f"Copied {who} {phone[:4]}…"
    before = bar.grab().toImage()
    bar._said_over.timeout.emit()
    assert bar.said() == ""
    assert bar.grab().toImage() != before


def test_a_picture_of_the_window_waits_for_the_bar(
    qtbot, kit: DeskKit, window: MainWindow, tmp_path: Path
):
    beat = SimpleNamespace(pause=lambda: None, start=lambda: None)
    check = SimpleNamespace(
        _shots=tmp_path, _window=window, _beat=beat, _pause=lambda _seconds: ()
    )
    raise_alarm(qtbot, kit)
    bar = window.action_bar
    bar._soon.stop()
    bar._cells = bar._cells[:1]  # as it was before the alarm
    bar.grab()
    steps = Check._shot(check, "desk-signal")
    name, _, condition = next(steps)
    assert name == "bar"
    assert not condition()
    bar.renew()
    qtbot.waitUntil(condition)
    assert any("Acknowledge alarm" in text for text in bar.texts())
    assert list(steps) == []
    assert (tmp_path / "desk-signal.png").exists()


def test_a_tour_that_is_held_goes_on_with_its_key(kit: DeskKit, window: MainWindow):
    stops = (Stop("1215"), Stop("1220"))
    kit.desk.wall.save_tour(Tour(key="t1", name="河边", stops=stops))
    window.pictures.show_content(TileRef(TOUR, "t1"), 0)
    window.pictures.choose_tile(0)
    press(window, Key.Key_4, Qt.KeyboardModifier.AltModifier)
    bar = window.action_bar
    for said in ("J Hold", "J Go on", "J Hold"):
        bar.renew()
        assert said in bar.texts()
        press(window, Key.Key_J)


def test_single_keys_stand_there_where_they_act_and_a_click_types_them(
    kit: DeskKit, window: MainWindow
):
    bar = window.action_bar
    single = ("T Layout", "B Content", ", 10 s back", "V Listen")
    assert not set(single) & set(bar.texts()), "the lanes have the keyboard"
    press(window, Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert set(single) <= set(bar.texts())
    bar.resize(3000, bar.height())  # all of them have room
    bar.grab()
    before = window.pictures.wall.layout
    box = next(box for box, name, _text in bar._boxes if name == "type T")
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert window.pictures.wall.layout != before
    press(window, Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert "L Layers" in bar.texts()
    assert "T Layout" not in bar.texts()
