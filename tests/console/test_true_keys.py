"""No key is named that does something else: not while a question has the keyboard."""

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit, type_text
from PySide6.QtCore import Qt
from window_kit import KEYPAD, press, raise_alarm

from console import words
from console.main_window import MainWindow
from console.panels.case_steps import handled_answer
from dispatch.cases import CaseState
from dispatch.commands import (
    AddNote,
    ArriveCase,
    CheckCase,
    FinishCase,
    RecordMoment,
    SendUnit,
    SignCase,
    TakeCase,
)
from dispatch.people import Actor
from dispatch.phone_commands import FinishByPhone

Key = Qt.Key


def until(qtbot, kit: DeskKit, case_id: int, state: CaseState) -> None:
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is state)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)


def filed(qtbot, kit: DeskKit, window: MainWindow) -> int:
    case_id = raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    until(qtbot, kit, case_id, CaseState.FILED)
    return case_id


def reported_done(qtbot, kit: DeskKit, window: MainWindow) -> int:
    """A case whose unit has reported done; it awaits its check."""
    case_id = filed(qtbot, kit, window)
    press(window, Key.Key_F6)
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    for step in (SignCase, ArriveCase):
        kit.field(step, case_id, "W01")
    kit.field(FinishCase, case_id, "W01", text="已处置", photos=())
    kit.restore()
    until(qtbot, kit, case_id, CaseState.FEEDBACK)
    return case_id


def another_alarm(qtbot, kit: DeskKit) -> int:
    kit.alarm("PB-YH-01", "B003")
    qtbot.waitUntil(lambda: len(kit.board.cases) == 2)
    kit.clock.go(seconds=1)  # what stood in the strip before was seen to go
    return max(kit.board.cases)


def test_enter_in_the_close_list_is_not_called_opening_the_new_alarm(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = reported_done(qtbot, kit, window)
    press(window, Key.Key_F7)
    until(qtbot, kit, case_id, CaseState.PENDING_CLOSE)
    press(window, Key.Key_F8)
    choice = window.case.choice()
    assert choice is not None
    qtbot.waitUntil(choice.buttons[0].hasFocus)
    new = another_alarm(qtbot, kit)
    number = words.case_number(kit.board.cases[case_id])
    bar = window.action_bar
    case = kit.board.cases[case_id]
    handled = handled_answer(kit.desk, case, words.outcome("handled"))
    closes = f"⏎ Close {number}: {handled}"
    acknowledges = "Ctrl+⏎ Acknowledge alarm"
    qtbot.waitUntil(lambda: acknowledges in bar.texts())
    last = len(choice.buttons)
    own = [closes, f"1–{last} Choose", "Esc Put away"]
    assert [text for text in bar.texts() if "Silence" not in text] == [
        *own,
        acknowledges,
    ]
    assert bar.main() == [closes.removeprefix("⏎ ")]
    assert ("open_worst", "", "Open") in window.strip.offers()
    press(window, Key.Key_2)  # another answer: the bar names that one
    other = list(words.OUTCOMES)[1]
    assert f"⏎ Close {number}: {words.outcome(other)}" in bar.texts()
    press(window, Key.Key_Enter, KEYPAD)
    until(qtbot, kit, case_id, CaseState.CLOSED)
    assert kit.board.cases[case_id].outcome == other
    assert kit.board.cases[new].state is CaseState.NEW
    qtbot.waitUntil(lambda: "⏎ Open and take" in bar.texts())


def test_nobody_can_be_sent_by_the_keys_of_the_void_list(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = filed(qtbot, kit, window)
    bar = window.action_bar
    qtbot.waitUntil(lambda: "⏎ F6 Send 王建国" in bar.texts())
    assert window.case.step.step()[0] == "+"
    press(window, Key.Key_F8)
    choice = window.case.choice()
    assert choice is not None
    qtbot.waitUntil(choice.hasFocus)
    last = len(choice.buttons)
    assert bar.texts() == [f"1–{last} Choose", "Esc Put away"]
    assert window.case.step.step()[0] == "F6", "the keypad's + sends nobody from here"
    asked = len(kit.client.submitted)
    press(window, Key.Key_Enter, KEYPAD)
    assert len(kit.client.submitted) == asked
    assert window.case.choice() is choice

    index = list(words.VOID_REASONS).index("other")
    press(window, getattr(Key, f"Key_{index + 1}"))
    assert bar.texts()[0] == "⏎ Write words"
    press(window, Key.Key_Enter, KEYPAD)
    assert choice.line is not None
    assert choice.line.hasFocus()
    assert bar.texts() == ["Esc Put away"]
    type_text(choice.line, "误触")
    press(window, Key.Key_Enter, KEYPAD)
    assert len(kit.client.submitted) == asked, "no key was named, none has voided it"
    press(window, Key.Key_Up)
    assert bar.texts()[0].startswith("⏎ Void ")
    press(window, Key.Key_Escape)
    assert window.case.choice() is None
    qtbot.waitUntil(lambda: "⏎ F6 Send 王建国" in bar.texts())
    assert kit.board.cases[case_id].state is CaseState.FILED


def test_a_click_in_the_bar_answers_the_question(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = filed(qtbot, kit, window)
    press(window, Key.Key_F8)
    choice = window.case.choice()
    assert choice is not None
    qtbot.waitUntil(choice.hasFocus)
    press(window, Key.Key_1)
    qtbot.waitUntil(choice.buttons[0].hasFocus)
    bar = window.action_bar
    bar.grab()
    (answer,) = [box.center() for box, name, _ in bar._boxes if name == "answer"]
    meant = bar.clickable_at(answer)
    (digits,) = [box.center() for box, name, _ in bar._boxes if not name]
    assert bar.clickable_at(digits) is None
    press(window, Key.Key_2)
    bar.clicked_on(meant)  # by now Enter does something else
    assert window.case.choice() is not None
    press(window, Key.Key_1)
    bar.clicked_on(meant)
    until(qtbot, kit, case_id, CaseState.VOIDED)
    bar.clicked_on(meant)  # nobody asks any more


def test_a_note_is_saved_by_enter_once_there_is_one(
    qtbot, kit: DeskKit, window: MainWindow
):
    filed(qtbot, kit, window)
    press(window, Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.case.note.line.hasFocus)
    bar = window.action_bar
    assert bar.texts() == ["Esc Put away"]
    type_text(window.case.note.line, "已电话告知")
    assert bar.texts() == ["⏎ Save the note", "Esc Put away"]
    asked = len(kit.client.submitted)
    press(window, Key.Key_Enter, KEYPAD)
    assert [type(c) for c in kit.client.submitted[asked:]] == [AddNote], "sends nobody"
    qtbot.waitUntil(lambda: "Keypad ⏎ F6 Send 王建国" in bar.texts())


def test_words_said_by_telephone_are_answered_once_by_the_keypad(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = filed(qtbot, kit, window)
    press(window, Key.Key_F6)
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    for step in (SignCase, ArriveCase):
        kit.field(step, case_id, "W01")
    until(qtbot, kit, case_id, CaseState.ON_SCENE)
    press(window, Key.Key_F7)
    choice = window.case.choice()
    assert choice is not None
    assert choice.line is not None
    qtbot.waitUntil(choice.line.hasFocus)  # the only answer, and it needs words
    bar = window.action_bar
    assert bar.texts() == ["Esc Put away"]
    press(window, Key.Key_Enter, KEYPAD)
    assert bar.texts() == ["Esc Put away"]
    type_text(choice.line, "明火已扑灭")
    assert bar.texts() == ["⏎ Reported done", "Esc Put away"]
    another_alarm(qtbot, kit)  # which the same Enter must not open
    asked = len(kit.client.submitted)
    press(window, Key.Key_Enter, KEYPAD)
    until(qtbot, kit, case_id, CaseState.FEEDBACK)
    said = [type(c) for c in kit.client.submitted[asked:]]
    assert [each for each in said if each is not RecordMoment] == [FinishByPhone]
    assert kit.desk.open_case_id == case_id


def test_a_form_shows_its_own_keys_and_no_step_of_the_case_under_it(
    qtbot, kit: DeskKit, window: MainWindow
):
    filed(qtbot, kit, window)
    press(window, Key.Key_F2)
    qtbot.waitUntil(lambda: "Ctrl+S Save report" in window.action_bar.texts())
    another_alarm(qtbot, kit)
    qtbot.waitUntil(lambda: "Ctrl+⏎ Acknowledge alarm" in window.action_bar.texts())
    texts = window.action_bar.texts()
    assert texts[:2] == ["Ctrl+S Save report", "Esc Put aside"]
    assert not any("Open" in text or "Contact" in text for text in texts)
    press(window, Key.Key_Escape)
    assert not window.form.isVisible()


def test_one_enter_is_named_once(qtbot, kit: DeskKit, window: MainWindow):
    case_id = reported_done(qtbot, kit, window)
    step = window.case.step
    assert step.step() == ("⏎", "Check passed", True)
    new = another_alarm(qtbot, kit)
    bar = window.action_bar
    qtbot.waitUntil(lambda: "⏎ Open and take" in bar.texts())
    assert step.step() == ("F7", "Check passed", True)
    assert "F7 Check passed" in bar.texts()
    assert ("open_worst", "⏎", "Open") in window.strip.offers()
    press(window, Key.Key_F7)
    until(qtbot, kit, case_id, CaseState.PENDING_CLOSE)
    assert kit.client.submitted[-1].__class__ is CheckCase
    kit.desk.open_case(new)  # its own alarm is still in the strip
    assert ("open_worst", "", "Open") in window.strip.offers()
    qtbot.waitUntil(lambda: "⏎ F7 Accept and file" in bar.texts())


@pytest.mark.parametrize("sent", [False, True])
def test_what_another_desk_has_accepted_is_only_opened(
    qtbot, kit: DeskKit, window: MainWindow, sent: bool
):
    case_id = raise_alarm(qtbot, kit)
    other = Actor("演示值班", "3号席", kit.desk.actor.roles)
    kit.client.do(TakeCase(actor=other, case_id=case_id))
    if sent:
        kit.client.do(SendUnit(actor=other, case_id=case_id, unit_id="W01"))
    state = CaseState.DISPATCHED if sent else CaseState.FILED
    until(qtbot, kit, case_id, state)
    kit.clock.go(seconds=1)
    qtbot.waitUntil(lambda: "⏎ Open the case" in window.action_bar.texts())
    asked = len(kit.client.submitted)
    press(window, Key.Key_Enter, KEYPAD)
    assert kit.desk.open_case_id == case_id
    assert len(kit.client.submitted) == asked
