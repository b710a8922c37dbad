"""Reports in the window: left in any way they are parked, and always in reach."""

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import CENTRE, DeskKit, type_text
from PySide6.QtCore import Qt
from window_kit import KEYPAD, LEAVING, SHIFT, press, raise_alarm

from console import words
from console.main_window import MainWindow
from dispatch.cases import CaseState

Key = Qt.Key


def test_a_report_by_keyboard_to_dispatched(qtbot, kit: DeskKit, window: MainWindow):
    press(window, Key.Key_F2)
    qtbot.waitUntil(lambda: window.form.place.line.hasFocus())
    type_text(window.form.place.line, "农贸")
    qtbot.waitUntil(lambda: bool(window.form.place.results()))
    press(window, Key.Key_Tab)
    assert window.form.place.value is not None
    type_text(window.form.kind.line, "消防通道")
    press(window, Key.Key_Return)
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: kit.desk.open_case_id is not None)
    case = kit.desk.case
    assert case is not None
    assert case.category == "4001"
    assert "农贸" in case.place_name
    qtbot.waitUntil(lambda: window.case.isVisible())
    press(window, Key.Key_F6)
    qtbot.waitUntil(lambda: kit.board.cases[case.case_id].state is CaseState.DISPATCHED)


def test_a_parked_report_keeps_every_letter(qtbot, kit: DeskKit, window: MainWindow):
    press(window, Key.Key_F2)
    qtbot.waitUntil(lambda: window.form.place.line.hasFocus())
    type_text(window.form.place.line, "桃源新邨")
    type_text(window.form.details, "楼道有烟味")
    press(window, Key.Key_Escape)
    assert window.case.isVisible()
    assert kit.desk.actions.allowed("parked_report")
    # An alarm in between takes the middle, never the text.
    case_id = raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    assert kit.desk.open_case_id == case_id
    press(window, Key.Key_F2, SHIFT)
    assert window.form.isVisible()
    assert window.form.place.line.text() == "桃源新邨"
    assert window.form.details.toPlainText() == "楼道有烟味"


def test_a_second_call_gets_a_form_of_its_own(qtbot, kit: DeskKit, window: MainWindow):
    press(window, Key.Key_F2)
    first = window.form
    type_text(first.details, "一")
    press(window, Key.Key_Escape)
    press(window, Key.Key_F2)
    assert window.form is not first
    assert window.form.is_empty()
    type_text(window.form.details, "二")
    press(window, Key.Key_F2, SHIFT)
    assert window.form is first
    press(window, Key.Key_F2, SHIFT)
    assert window.form.details.toPlainText() == "二"


def test_an_alarm_parks_the_form_and_shows_the_case(
    qtbot, kit: DeskKit, window: MainWindow
):
    press(window, Key.Key_F2)
    type_text(window.form.details, "半句")
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    assert window.case.isVisible()
    assert kit.desk.actions.allowed("parked_report")


@pytest.mark.parametrize("way", LEAVING)
def test_however_a_form_is_left_it_is_parked(
    qtbot, kit: DeskKit, window: MainWindow, way: str
):
    case_id = raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    press(window, Key.Key_F2)
    type_text(window.form.details, "半句")
    assert window.map.canvas.picking
    assert not kit.desk.actions.allowed("parked_report")
    if way == "F8":  # not allowed yet; what it asks is the same
        kit.desk.actions.wanted.emit("close")
    else:
        press(window, *LEAVING[way])
    assert not window.form.isVisible()
    assert not window.map.canvas.picking
    assert kit.desk.actions.allowed("parked_report")
    press(window, Key.Key_F2, SHIFT)
    assert window.form.isVisible()
    assert window.form.details.toPlainText() == "半句"


def test_saving_one_report_keeps_the_parked_one_in_reach(
    qtbot, kit: DeskKit, window: MainWindow
):
    press(window, Key.Key_F2)
    type_text(window.form.details, "甲")
    press(window, Key.Key_F2)  # the next call, while the first is still shown
    assert window.form.is_empty()
    assert window.form.isVisible()
    window.form.set_place("桃源", CENTRE)
    type_text(window.form.kind.line, "1002")
    window.form.kind.take_highlighted()
    window.form.save()
    qtbot.waitUntil(lambda: kit.desk.open_case_id is not None)
    assert kit.desk.actions.allowed("parked_report")
    press(window, Key.Key_F2, SHIFT)
    assert window.form.isVisible()
    assert window.form.details.toPlainText() == "甲"


def test_a_report_saved_late_does_not_take_the_next_form_away(
    qtbot, kit: DeskKit, window: MainWindow
):
    kit.client.lose()
    press(window, Key.Key_F2)
    window.form.set_place("桃源", CENTRE)
    type_text(window.form.kind.line, "1002")
    window.form.kind.take_highlighted()
    window.form.save()
    press(window, Key.Key_F2)
    type_text(window.form.details, "乙")
    kit.client.find_again()
    qtbot.waitUntil(lambda: len(kit.board.cases) == 1)
    qtbot.waitUntil(lambda: not window.forms._parked)
    assert window.form.isVisible()
    assert window.form.details.toPlainText() == "乙"
    assert kit.desk.open_case_id is None


def test_a_case_that_goes_leaves_the_form_in_peace(
    qtbot, kit: DeskKit, window: MainWindow
):
    kit.desk.open_case(raise_alarm(qtbot, kit))
    press(window, Key.Key_F2)
    kit.desk.open_case(None)
    assert window.form.isVisible()


def test_the_keys_page_returns_to_the_form(qtbot, window: MainWindow):
    press(window, Key.Key_F2)
    press(window, Key.Key_F1)
    press(window, Key.Key_Escape)
    assert window.form.isVisible()


def saved_while_away(kit: DeskKit, window: MainWindow) -> None:
    kit.client.lose()
    press(window, Key.Key_F2)
    window.form.set_place("桃源", CENTRE)
    type_text(window.form.kind.line, "1002")
    window.form.kind.take_highlighted()
    window.form.save()


def test_a_report_saved_late_leaves_the_case_under_the_hand(
    qtbot, kit: DeskKit, window: MainWindow
):
    at_hand = raise_alarm(qtbot, kit)
    saved_while_away(kit, window)
    press(window, Key.Key_Escape)
    kit.desk.open_case(at_hand)
    press(window, *LEAVING["Ctrl+N"])
    qtbot.waitUntil(window.case.note.line.hasFocus)
    type_text(window.case.note.line, "半句")
    kit.client.find_again()
    bar = window.panels["action_bar"]
    qtbot.waitUntil(lambda: bar.said() != "")
    number = words.case_number(kit.board.cases[max(kit.board.cases)])
    assert bar.said() == f"Registered {number}"
    assert kit.desk.open_case_id == at_hand
    assert window.case.note.line.hasFocus()
    assert window.case.note.line.text() == "半句"
    bar.grab()
    bar._said_over.timeout.emit()
    assert bar.said() == ""


def test_a_report_saved_late_leaves_the_next_form_while_it_is_empty(
    qtbot, kit: DeskKit, window: MainWindow
):
    saved_while_away(kit, window)
    press(window, Key.Key_F2)  # an input method may compose in it
    assert window.form.is_empty()
    kit.client.find_again()
    qtbot.waitUntil(lambda: len(kit.board.cases) == 1)
    qtbot.waitUntil(lambda: not window.forms._parked)
    assert window.form.isVisible()
    assert kit.desk.open_case_id is None


def test_who_opened_another_case_keeps_it(qtbot, kit: DeskKit, window: MainWindow):
    at_hand = raise_alarm(qtbot, kit)
    kit.desk.open_when_there(at_hand + 1)
    kit.desk.open_case(at_hand)
    kit.alarm("PB-YH-01", "B005")
    qtbot.waitUntil(lambda: at_hand + 1 in kit.board.cases)
    qtbot.waitUntil(lambda: window.action_bar.said() != "")
    assert kit.desk.open_case_id == at_hand


def test_a_form_begun_before_the_saved_case_is_there_stays(
    qtbot, kit: DeskKit, window: MainWindow
):
    at_hand = raise_alarm(qtbot, kit)
    kit.desk.open_when_there(at_hand + 1)
    press(window, Key.Key_F2)
    kit.alarm("PB-YH-01", "B005")
    qtbot.waitUntil(lambda: window.action_bar.said() != "")
    assert window.form.isVisible()
    assert kit.desk.open_case_id is None
