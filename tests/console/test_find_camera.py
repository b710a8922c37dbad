"""F3: a camera by number, name or initials, from wherever the hand is."""

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import CENTRE, type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_kit import press

from console.camera_search import CameraSearch
from dispatch.cameras import Camera

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
NAMES = {
    "12": "桃源新邨北门",
    "120": "桃源路口",
    "1203": "丁栅老街",
    "7": "重庆路东",
    "31": "12幢东侧",
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12", ["12", "120", "1203", "31"]),
        ("桃源", ["12", "120"]),
        ("tyl", ["120"]),
        ("xcbm", ["12"]),
        ("cql", ["7"]),
        ("桃源 0", ["120"]),
        ("TYX", ["12"]),
        (" ", []),
        ("没有", []),
    ],
)
def test_number_name_and_initials(text: str, found: list[str]):
    cameras = [
        Camera(camera_id=number, name=name, point=CENTRE)
        for number, name in NAMES.items()
    ]
    search = CameraSearch()
    assert [each.camera_id for each in search.find(cameras, text, limit=9)] == found
    assert len(search.find(cameras, text, limit=1)) == min(1, len(found))


def focused_camera(window) -> str | None:
    content = window.pictures.wall.focused_content
    return None if content is None else content.camera_id


@pytest.mark.parametrize("panel", ["lanes", "case", "map", "pictures"])
def test_from_any_panel_it_is_typed_chosen_and_shown(qtbot, window, panel: str):
    number = {"lanes": 1, "case": 3, "map": 5, "pictures": 4}[panel]
    press(window, Key(Key.Key_0 + number), Qt.KeyboardModifier.AltModifier)
    press(window, Key.Key_F3)
    line = QApplication.focusWidget()
    assert line is window.find_page.finder.line
    QTest.keyClicks(line, "12")
    finder = window.find_page.finder
    qtbot.waitUntil(lambda: len(finder.results()) == 5, timeout=5000)
    press(window, Key.Key_Down)
    press(window, Key.Key_Return)
    assert focused_camera(window) == "1207"
    assert window.pictures.isAncestorOf(QApplication.focusWidget()) or (
        QApplication.focusWidget() is window.pictures
    )
    assert not window.find_page.isVisible()
    assert finder.text() == ""


def test_an_enter_that_comes_before_the_results_waits_for_them(qtbot, window):
    press(window, Key.Key_K, CTRL)
    type_text(window.find_page.finder.line, "nmsc")
    window.find_page.finder.line.textEdited.emit("nmsc")
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: focused_camera(window) == "1190", timeout=5000)


def test_escape_goes_back_to_where_it_was_and_a_report_stays(qtbot, window):
    press(window, Key.Key_F2)
    form = window.form
    press(window, Key.Key_F3)
    assert window.find_page.isVisible()
    press(window, Key.Key_Escape)
    assert form.isVisible()
    press(window, Key.Key_F3)
    QTest.keyClicks(window.find_page.finder.line, "1220")
    qtbot.waitUntil(lambda: bool(window.find_page.finder.results()), timeout=5000)
    press(window, Key.Key_Return)
    assert form.isVisible()
    assert focused_camera(window) == "1220"
