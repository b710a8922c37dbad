"""The window: everything in its place, every key where the design says."""

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from window_kit import KEYPAD, LEAVING, SHIFT, press, raise_alarm

from console.bridge import EarlierRefusals
from console.main_window import PANELS, MainWindow
from console.panels.top_bar import TopBar
from console.theme import Theme
from console.window_layout import EDGE
from dispatch.cases import CaseState
from dispatch.commands import Refused

Key = Qt.Key


def place_of(window: MainWindow, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def test_every_panel_stands_in_the_table(window: MainWindow):
    assert [panel.name for panel, _ in PANELS] == list(window.panels)


def test_laid_out_as_drawn(window: MainWindow):
    boxes = {name: place_of(window, panel) for name, panel in window.panels.items()}
    assert boxes["top_bar"] == QRect(0, 0, 1920, 44)
    assert boxes["strip"] == QRect(0, 44, 1920, 60)
    assert boxes["action_bar"] == QRect(0, 1036, 1920, 44)
    assert boxes["lanes"] == QRect(0, 104, 560, 932)
    assert abs(boxes["case"].left() - 562) <= 1
    assert abs(boxes["case"].width() - 560) <= 1
    assert abs(boxes["pictures"].left() - 1124) <= 2
    assert boxes["pictures"].right() == 1919 - EDGE
    assert abs(boxes["pictures"].height() - 514) <= 4
    assert boxes["map"].bottom() == 1035
    assert window.lanes.now_view.height() >= 5 * 60


def test_the_lanes_cannot_be_squeezed_away(window: MainWindow):
    window._columns.setSizes([1, 900, 900])
    assert window.lanes.width() >= 340


def test_a_lost_service_is_said_without_moving_anything(
    qtbot, kit: DeskKit, window: MainWindow
):
    before = {name: place_of(window, panel) for name, panel in window.panels.items()}
    kit.client.lose()
    bar = window.panels["top_bar"]
    assert isinstance(bar, TopBar)
    qtbot.waitUntil(lambda: "Working alone" in bar.notice())
    window.grab()
    after = {name: place_of(window, panel) for name, panel in window.panels.items()}
    assert before == after
    kit.client.find_again()
    qtbot.waitUntil(lambda: bar.notice() == "")


def test_what_an_earlier_run_left_behind_is_told_when_refused(
    qtbot, kit: DeskKit, window: MainWindow
):
    earlier = EarlierRefusals()
    earlier("c1", Refused("no_unit", "nobody"))  # before the desk stood
    told = []
    kit.desk.refused.connect(lambda case_id, refused: told.append((case_id, refused)))
    earlier.listen(kit.bridge.put_refused_earlier)
    qtbot.waitUntil(lambda: len(told) == 1)
    earlier("c2", Refused("state", "no", state=int(CaseState.FILED)))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert [case_id for case_id, _ in told] == [None, None]
    bar = window.panels["top_bar"]
    assert isinstance(bar, TopBar)
    assert "From before the restart" in bar.notice()
    window.grab()
    press(window, Key.Key_Escape)
    assert bar.notice() == ""


def test_in_a_narrow_window_the_map_is_a_tab(qtbot, window: MainWindow):
    window.resize(1366, 768)
    qtbot.waitUntil(lambda: not window.map.isVisible())
    assert window.pictures.isVisible()
    window.desk.actions.run("focus_5")
    assert window.map.isVisible()
    assert not window.pictures.isVisible()
    window.resize(1920, 1080)
    qtbot.waitUntil(lambda: window.map.isVisible() and window.pictures.isVisible())


def test_twice_the_pixels_twice_the_sizes(qtbot, tmp_path):
    kit = DeskKit(tmp_path, theme=Theme(scale=2))
    try:
        kit.start(qtbot)
        window = MainWindow(kit.desk)
        qtbot.addWidget(window)
        window.resize(3840, 2160)
        window.show()
        assert place_of(window, window.strip) == QRect(0, 88, 3840, 120)
        assert place_of(window, window.lanes).width() == 1120
    finally:
        kit.close()


def test_the_keypad_does_the_alarm_job(qtbot, kit: DeskKit, window: MainWindow):
    case_id = raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    assert kit.desk.open_case_id == case_id
    press(window, Key.Key_Plus, KEYPAD)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.DISPATCHED)
    assert kit.board.cases[case_id].unit_id == "W01"


def test_shift_plus_chooses_the_next(qtbot, kit: DeskKit, window: MainWindow):
    raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    first = kit.desk.highlighted_unit_id
    press(window, Key.Key_Plus, KEYPAD | SHIFT)
    assert kit.desk.highlighted_unit_id not in (None, first)


def test_minus_only_acknowledges(qtbot, kit: DeskKit, window: MainWindow):
    raise_alarm(qtbot, kit)
    press(window, Key.Key_Minus, KEYPAD)
    qtbot.waitUntil(lambda: window.strip.shown() is None)
    assert kit.desk.open_case_id is None


def test_the_main_enter_works_in_strip_and_lanes(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = raise_alarm(qtbot, kit)
    window.strip.setFocus()
    press(window, Key.Key_Return)
    assert kit.desk.open_case_id == case_id
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    window.lanes.now_view.setFocus()
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.DISPATCHED)


def test_the_keypad_belongs_to_a_text_field(qtbot, kit: DeskKit, window: MainWindow):
    raise_alarm(qtbot, kit)
    press(window, Key.Key_F2)
    qtbot.waitUntil(lambda: window.form.place.line.hasFocus())
    press(window, Key.Key_Plus, KEYPAD)
    press(window, Key.Key_Minus, KEYPAD)
    press(window, Key.Key_7, KEYPAD)
    assert window.form.place.line.text() == "+-7"
    assert window.strip.shown() is not None
    # Chords work all the same.
    press(window, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.strip.shown() is None)
    assert window.form.isVisible()


@pytest.mark.parametrize("over", [Key.Key_F1, Key.Key_F2])
def test_the_open_case_opened_again_is_shown(
    qtbot, kit: DeskKit, window: MainWindow, over: Key
):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    press(window, over)
    assert not window.case.isVisible()
    kit.desk.open_case(case_id)
    assert window.case.isVisible()


@pytest.mark.parametrize("way", ["F1", "F2", "F9", "Ctrl+N", "Alt+5", "case", "again"])
def test_a_large_picture_never_hides_what_was_called_up(
    qtbot, kit: DeskKit, window: MainWindow, way: str
):
    case_id = raise_alarm(qtbot, kit)
    if way != "case":
        kit.desk.open_case(case_id)
    press(window, Key.Key_F11)
    assert window.pictures.enlarged
    if way in ("case", "again"):
        kit.desk.open_case(case_id)
    elif way == "Alt+5":
        press(window, Key.Key_5, Qt.KeyboardModifier.AltModifier)
    elif way == "F2":
        press(window, Key.Key_F2)
    else:
        press(window, *LEAVING[way])
    assert not window.pictures.enlarged


def test_f11_needs_no_case(qtbot, kit: DeskKit, window: MainWindow):
    assert kit.desk.open_case_id is None
    press(window, Key.Key_F11)
    assert window.pictures.enlarged
    assert "F11 Back to its size" in window.action_bar.texts()
    press(window, Key.Key_F11)
    assert not window.pictures.enlarged
    assert "F11 Enlarge" in window.action_bar.texts()
    window.pictures.setFocus()
    press(window, Key.Key_Return)
    assert window.pictures.enlarged
    press(window, Key.Key_F11)
    assert not window.pictures.enlarged


def test_escape_goes_back_step_by_step(qtbot, kit: DeskKit, window: MainWindow):
    case_id = raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    press(window, Key.Key_F9)
    assert window.case.choice() is not None
    press(window, Key.Key_Escape)
    assert window.case.choice() is None
    press(window, Key.Key_F1)
    assert window.keys_page.isVisible()
    press(window, Key.Key_Escape)
    assert kit.desk.open_case_id == case_id
    press(window, Key.Key_Period, KEYPAD)
    assert kit.desk.open_case_id is None
    assert window.case.home.isVisible()


def test_escape_takes_the_maps_things_back_before_the_case(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    press(window, Key.Key_5, Qt.KeyboardModifier.AltModifier)
    press(window, Key.Key_L)
    assert window.map.legend is not None
    press(window, Key.Key_Escape)
    assert window.map.legend is None
    assert kit.desk.open_case_id == case_id
    press(window, Key.Key_F2)
    window.map.setFocus()
    press(window, Key.Key_Escape)
    assert not window.map.canvas.picking
    assert window.form.isVisible()
    press(window, Key.Key_Escape)
    assert window.case.isVisible()
    window.map.toggle_legend()
    window.lanes.focus_now()
    press(window, Key.Key_Escape)
    assert window.map.legend is None
    assert kit.desk.open_case_id == case_id
    press(window, Key.Key_Escape)
    assert kit.desk.open_case_id is None


def test_nothing_covers_strip_and_lane(qtbot, kit: DeskKit, window: MainWindow):
    raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    strip, lane = window.strip, window.lanes.now_view
    for key in (Key.Key_F2, Key.Key_Escape, Key.Key_F1, Key.Key_F1, Key.Key_F11):
        press(window, key)
        QApplication.processEvents()
        for widget in (strip, lane):
            box = place_of(window, widget)
            for x, y in ((40, 12), (box.width() // 2, box.height() // 2)):
                found = window.childAt(box.topLeft() + QPoint(x, y))
                while found is not None and found is not widget:
                    found = found.parentWidget()
                assert found is widget, key
    assert window.pictures.enlarged
    press(window, Key.Key_F11)
    assert not window.pictures.enlarged


def test_focus_keys_go_where_they_say(qtbot, kit: DeskKit, window: MainWindow):
    raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    alt = Qt.KeyboardModifier.AltModifier
    for key, widget in (
        (Key.Key_2, window.lanes.due_view),
        (Key.Key_1, window.lanes.now_view),
        (Key.Key_4, window.pictures),
        (Key.Key_3, window.case.people),
        (Key.Key_6, window.case.people),
    ):
        press(window, key, alt)
        assert QApplication.focusWidget() is widget, key
    press(window, Key.Key_5, alt)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert window.map.isAncestorOf(focused)


def test_digits_of_the_keypad_call_a_camera(qtbot, kit: DeskKit, window: MainWindow):
    for digit in "1220":
        press(window, getattr(Key, f"Key_{digit}"), KEYPAD)
    assert window.pictures.plate.typed == "1220"
    press(window, Key.Key_Enter, KEYPAD)
    assert window.pictures.plate.typed == ""
    assert "1220" in window.pictures.shown
    assert kit.desk.open_case_id is None


def test_the_edge_of_the_window_burns_while_unacknowledged(
    qtbot, kit: DeskKit, window: MainWindow
):
    assert not any(edge.isVisible() for edge in window._layout.edges)
    raise_alarm(qtbot, kit)
    assert all(edge.isVisible() for edge in window._layout.edges)
    edges = [edge.geometry() for edge in window._layout.edges]
    for panel in (window.pictures, window.map):  # read at the right, from edge to edge
        assert not any(place_of(window, panel).intersects(each) for each in edges)
    window.pictures.enlarge(True)
    overlay = window.pictures._overlay
    assert overlay is not None
    assert not any(place_of(window, overlay).intersects(each) for each in edges)
    window.pictures.enlarge(False)
    press(window, Key.Key_Minus, KEYPAD)
    qtbot.waitUntil(lambda: not any(edge.isVisible() for edge in window._layout.edges))


def test_sizes_are_remembered(qtbot, kit: DeskKit, window: MainWindow):
    window._columns.setSizes([500, 640, 776])
    kept = window._columns.sizes()
    window.close()
    again = MainWindow(kit.desk)
    qtbot.addWidget(again)
    again.resize(1920, 1080)
    again.show()
    assert again._columns.sizes() == kept


@pytest.mark.parametrize("times", [1, 2, 3])
def test_f1_shows_what_is_valid_then_all_keys_then_goes(
    qtbot, window: MainWindow, times: int
):
    window.pictures.setFocus()
    for _ in range(times):
        press(window, Key.Key_F1)
    assert window.keys_page.isVisible() == (times < 3)
    texts = [line.text for line in window.keys_page.shown_lines()]
    assert "New report" in texts
    assert ("Close the case" in texts) == (times > 1)  # no case is open
    caps = " ".join(cap for line in window.keys_page.shown_lines() for cap in line.caps)
    for key in ("*", "0–9", "Backspace"):  # where the keyboard was
        assert key in caps
    assert ("Home" in caps) == (times > 1)


def test_f1_has_as_many_pages_as_it_needs(qtbot, window: MainWindow):
    window.resize(1366, 768)
    press(window, Key.Key_F1)
    press(window, Key.Key_F1)
    page = window.keys_page
    pages = page.pages()
    assert len(pages) > 1
    assert [line for each in pages for line in each] == page.shown_lines()
    assert all(each[-1].caps for each in pages)
    for _ in pages:
        press(window, Key.Key_PageDown)
    assert page._page == len(pages) - 1
    press(window, Key.Key_PageUp)
    assert page._page == len(pages) - 2
