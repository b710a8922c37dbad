"""A case under the form of a report is left alone; one case has one unit at a time."""

from dataclasses import replace

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import START, DeskKit, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from window_kit import KEYPAD, SHIFT, press, raise_alarm

from console.action_rules import send_refusal
from console.main_window import MainWindow
from console.refusals import refusal
from dispatch.cases import CaseState, PhotoRef

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def filed(qtbot, kit: DeskKit, window: MainWindow) -> int:
    case_id = raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.FILED)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    return case_id


def test_nobody_is_sent_to_the_case_under_the_form(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = filed(qtbot, kit, window)
    press(window, Key.Key_F2)
    type_text(window.form.details, "半句")
    asked = len(kit.client.submitted)
    press(window, Key.Key_F6)
    window.form._park_button.setFocus()
    press(window, Key.Key_Plus, KEYPAD)
    assert len(kit.client.submitted) == asked
    assert "Save the report first" in window.form._message.text()
    assert window.form._message.isVisible()
    assert not kit.desk.actions.allowed("send")
    press(window, Key.Key_Escape)
    press(window, Key.Key_F6)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.DISPATCHED)


@pytest.mark.parametrize("name", ["take", "send", "recall", "check", "close", "next"])
def test_no_key_changes_the_case_under_the_form(
    qtbot, kit: DeskKit, window: MainWindow, name: str
):
    filed(qtbot, kit, window)
    press(window, Key.Key_F2)
    refused = kit.desk.actions.refusal(name)
    assert refused is not None
    assert refused.reason in ("form_open", "nothing")
    asked = len(kit.client.submitted)
    kit.desk.actions.run(name)
    assert len(kit.client.submitted) == asked
    assert window.form.isVisible()


def test_no_key_changes_the_case_under_a_page(qtbot, kit: DeskKit, window: MainWindow):
    case_id = filed(qtbot, kit, window)
    asked = len(kit.client.submitted)
    pages = ("keys", "settings", "bulk", "sheet", "find_case", "wall", "wall_check")
    for name in pages:
        kit.desk.actions.run(name)
        assert not window.case.isVisible(), name
        assert kit.desk.actions.is_covered(), name
        assert kit.desk.actions.allowed("send"), "what F1 lists is what the case allows"
        press(window, Key.Key_F6)
        assert window.case.isVisible(), "the page has given way"
        assert "press again" in window.case.step.refusal_text()
        kit.desk.actions.ledger.forget_refusal(case_id)
    assert len(kit.client.submitted) == asked
    kit.desk.actions.run("settings")
    press(window, Key.Key_F8)
    assert window.case.choice() is not None, "a question puts the case in sight itself"
    press(window, Key.Key_Escape)
    assert not kit.desk.actions.is_covered()
    press(window, Key.Key_F6)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.DISPATCHED)


def test_no_key_changes_the_case_under_a_picture(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = filed(qtbot, kit, window)
    asked = len(kit.client.submitted)
    press(window, Key.Key_F11)
    assert kit.desk.actions.is_covered()
    press(window, Key.Key_F6)
    assert not window.pictures.enlarged
    assert "press again" in window.case.step.refusal_text()
    photo = PhotoRef(digest="0", name="a.jpg", media_type="image/jpeg", taken_at=START)
    window.case.log.photo_wanted.emit(photo)
    assert kit.desk.actions.is_covered(), "a photo of its log lies over it"
    press(window, Key.Key_F6)
    assert window.case.head.isVisible()
    assert len(kit.client.submitted) == asked
    press(window, Key.Key_F6)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.DISPATCHED)


def test_a_page_over_a_report_gives_way_to_the_report(
    qtbot, kit: DeskKit, window: MainWindow
):
    filed(qtbot, kit, window)
    press(window, Key.Key_F2)
    type_text(window.form.details, "半句")
    asked = len(kit.client.submitted)
    kit.desk.actions.run("find")
    assert not window.form.isVisible()
    for _ in range(2):
        press(window, Key.Key_F6)
        assert window.form.isVisible(), "not the earlier case"
        assert "Save the report first" in window.form._message.text()
    assert "半句" in window.form.details.toPlainText()
    assert len(kit.client.submitted) == asked


def test_whom_to_bring_in_is_asked_in_sight(qtbot, kit: DeskKit, window: MainWindow):
    filed(qtbot, kit, window)
    for name in ("contacts", "keys", "settings", "enlarge"):
        kit.desk.actions.run(name)
        assert kit.desk.actions.is_covered(), name
        press(window, Key.Key_F9, CTRL)
        choice = window.case.choice()
        assert choice is not None
        assert not kit.desk.actions.is_covered(), name
        assert choice.isAncestorOf(QApplication.focusWidget()), name
        press(window, Key.Key_Escape)
        assert window.case.choice() is None
    press(window, Key.Key_F9, CTRL)
    kit.desk.actions.run("settings")
    held = QApplication.focusWidget()
    window.case._on_looks()  # it is asked again, in the other language
    assert window.case.choice() is not None
    assert QApplication.focusWidget() is held, "nothing out of sight has the keyboard"
    press(window, Key.Key_Escape)
    window.case.go_back()

    # The form on the line comes before the case under it.
    press(window, Key.Key_F2)
    for name in ("contacts", "enlarge"):
        kit.desk.actions.run(name)
        press(window, Key.Key_F9, CTRL)
        assert window.form.isVisible(), name
        assert not window.pictures.enlarged
        assert window.case.choice() is None
        choice = window.form.call.choice()
        assert choice is not None
        assert choice.isAncestorOf(QApplication.focusWidget()), name
        press(window, Key.Key_Escape)
        assert window.form.call.choice() is None


def test_what_changes_the_open_case_at_once_has_to_be_in_sight(kit: DeskKit):
    at_once = {each.name for each in kit.desk.actions.table if each.in_sight}
    assert at_once == {
        *("take", "check", "send", "recall", "promise_kept", "join", "separate"),
        "disprove",
    }


def test_a_second_unit_is_refused_with_the_true_words(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = filed(qtbot, kit, window)
    press(window, Key.Key_F6)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.DISPATCHED)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    press(window, Key.Key_F6)
    said = window.case.step.refusal_text()
    assert "王建国 is under way for this case" in said
    assert "Shift+F6" in said
    press(window, Key.Key_F6, SHIFT)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.FILED)


def test_who_is_to_be_sent_after_the_end_hears_of_the_state(
    qtbot, kit: DeskKit, window: MainWindow
):
    filed(qtbot, kit, window)
    kit.desk.actions.run("send")
    qtbot.waitUntil(lambda: kit.desk.case.state is CaseState.DISPATCHED)
    done = replace(kit.desk.case, state=CaseState.FEEDBACK)
    refused = send_refusal(kit.desk, done, None)
    assert refused is not None
    assert refused.reason == "state"
    assert refusal(refused)


def test_after_an_answer_the_lane_has_the_keyboard(
    qtbot, kit: DeskKit, window: MainWindow
):
    filed(qtbot, kit, window)
    press(window, Key.Key_F9)
    choice = window.case.choice()
    assert choice is not None
    qtbot.waitUntil(choice.buttons[0].hasFocus)
    press(window, Key.Key_1)
    press(window, Key.Key_Return)
    assert window.case.choice() is None
    focused = QApplication.focusWidget()
    assert focused is window.lanes.now_view
