"""The desk of a town without terminals: who is sent is telephoned, and says so."""

from dataclasses import replace

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from window_kit import KEYPAD, press, raise_alarm

from console.by_phone import lacks_terminal
from console.main_window import MainWindow
from console.panels.case_log import ENTRY
from dispatch.cases import CaseState
from dispatch.commands import (
    EnrolDevice,
    Moment,
    RecallUnit,
    SendUnit,
    SignCase,
)
from dispatch.people import SYSTEM, Actor
from dispatch.phone_commands import ArriveByPhone, FinishByPhone, SignByPhone

Key = Qt.Key
NUMBER = "13800000001"


def until(qtbot, kit: DeskKit, case_id: int, state: CaseState) -> None:
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is state)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)


@pytest.fixture
def without(qtbot, kit: DeskKit) -> None:
    """W01, the nearest, carries no terminal."""
    device = replace(kit.board.devices["TW01"], revoked=True)
    kit.client.do(EnrolDevice(actor=SYSTEM, device=device))
    qtbot.waitUntil(lambda: kit.board.devices["TW01"].revoked)


def sent(qtbot, kit: DeskKit, window: MainWindow) -> int:
    case_id = raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    until(qtbot, kit, case_id, CaseState.FILED)
    press(window, Key.Key_Enter, KEYPAD)
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    return case_id


def log_lines(window: MainWindow) -> list[tuple[str, str]]:
    model, delegate = window.case.log.model(), window.case.log.itemDelegate()
    rows = range(model.rowCount())
    return [delegate.lines(model.index(row, 0).data(ENTRY)) for row in rows]


def test_a_sending_in_doubt_says_so_beside_the_telephone(
    qtbot, kit: DeskKit, window: MainWindow, without
):
    case_id = sent(qtbot, kit, window)
    entries = kit.board.entries(case_id)
    entry = next(each for each in entries if each.action == "dispatch")
    delegate = window.case.log.itemDelegate()
    _, text = delegate.lines(replace(entry, doubt="holidays"))
    assert text == (
        "No terminal: to be told by telephone"
        " · holidays not announced: by weekends alone"
    )


def test_a_fire_is_ended_as_handled_by_the_keypad_and_the_telephone(
    qtbot, kit: DeskKit, window: MainWindow, without
):
    case_id = sent(qtbot, kit, window)
    panel = window.case
    assert panel.people.phone_line() == f"No terminal. Please telephone: {NUMBER}"
    assert panel.step.step() == ("⏎", "Tell 王建国 by telephone", True)
    text = "No terminal: to be told by telephone"
    assert ("Sent 王建国  李敏 2号席", text) in log_lines(window)

    press(window, Key.Key_Enter, KEYPAD)
    choice = panel.choice()
    assert choice is not None
    assert NUMBER in choice.title.text()
    qtbot.waitUntil(choice.hasFocus)
    press(window, Key.Key_Enter, KEYPAD)  # a key too many tells nobody
    assert panel.choice() is choice
    press(window, Key.Key_1, KEYPAD)
    kit.clock.go(seconds=20)
    press(window, Key.Key_Enter, KEYPAD)
    until(qtbot, kit, case_id, CaseState.HANDLING)
    assert panel.choice() is None
    assert panel.people.phone_line() == "No terminal. F9 shows the number."

    press(window, Key.Key_Enter, KEYPAD)
    choice = panel.choice()
    assert choice is not None
    assert [b.text() for b in choice.buttons] == ["1   On scene", "2   Reported done"]
    qtbot.waitUntil(choice.hasFocus)
    kit.clock.go(minutes=4)
    press(window, Key.Key_Enter, KEYPAD)  # nor does it claim that somebody is there
    assert panel.choice() is choice
    press(window, Key.Key_1, KEYPAD)
    press(window, Key.Key_Enter, KEYPAD)
    until(qtbot, kit, case_id, CaseState.ON_SCENE)

    press(window, Key.Key_Enter, KEYPAD)
    choice = panel.choice()
    assert choice is not None
    assert choice.line is not None
    qtbot.waitUntil(choice.line.hasFocus)  # the only answer, and it needs words
    press(window, Key.Key_1, KEYPAD)  # its number, as of old, is none of them
    press(window, Key.Key_Enter, KEYPAD)
    assert panel.choice() is choice
    assert choice.line.hasFocus()
    assert choice.line.text() == ""
    type_text(choice.line, "明火已扑灭")
    press(window, Key.Key_Return)
    until(qtbot, kit, case_id, CaseState.FEEDBACK)
    heading, said = log_lines(window)[0]
    assert heading == "Reported done by telephone  王建国, entered by 李敏 2号席"
    assert said == "明火已扑灭"

    kit.restore()
    press(window, Key.Key_F7)
    until(qtbot, kit, case_id, CaseState.PENDING_CLOSE)
    press(window, Key.Key_F8)
    choice = panel.choice()
    assert choice is not None
    qtbot.waitUntil(choice.buttons[0].hasFocus)
    press(window, Key.Key_Return)
    until(qtbot, kit, case_id, CaseState.CLOSED)
    case = kit.board.cases[case_id]
    assert case.outcome == "handled"
    signed, sent_at = case.clocks[Moment.SIGNED], case.clocks[Moment.DISPATCHED]
    assert (signed - sent_at).total_seconds() == 20
    kinds = (SignByPhone, ArriveByPhone, FinishByPhone)
    said_by = [c for c in kit.client.submitted if isinstance(c, kinds)]
    assert [type(c) for c in said_by] == list(kinds)


def test_who_has_a_terminal_and_does_not_answer_is_telephoned_with_f7(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = sent(qtbot, kit, window)
    assert window.case.people.phone_line() == ""
    assert window.case.step.step() == ("", "Waiting for 王建国 to sign", False)
    press(window, Key.Key_Enter, KEYPAD)
    assert window.case.choice() is None
    bar = window.action_bar
    assert any(text.startswith("F7 ") for text in bar.texts())
    assert bar.main() == [], "his terminal tells him"
    press(window, Key.Key_F7)
    choice = window.case.choice()
    assert choice is not None
    qtbot.waitUntil(choice.hasFocus)
    press(window, Key.Key_1)
    press(window, Key.Key_Return)
    until(qtbot, kit, case_id, CaseState.HANDLING)
    assert not lacks_terminal(kit.desk, kit.board.cases[case_id])


def test_a_question_that_the_terminal_answers_goes_away(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = sent(qtbot, kit, window)
    press(window, Key.Key_F7)
    assert window.case.choice() is not None
    kit.field(SignCase, case_id, "W01")
    until(qtbot, kit, case_id, CaseState.HANDLING)
    assert window.case.choice() is None


def test_a_question_about_somebody_taken_back_goes_away(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = sent(qtbot, kit, window)
    press(window, Key.Key_F7)
    kit.client.do(RecallUnit(actor=kit.desk.actor, case_id=case_id))
    until(qtbot, kit, case_id, CaseState.FILED)
    assert window.case.choice() is None


def test_another_seat_asks_for_the_number(
    qtbot, kit: DeskKit, window: MainWindow, without
):
    case_id = raise_alarm(qtbot, kit)
    other = Actor("周", "3号席", kit.desk.actor.roles)
    kit.client.do(SendUnit(actor=other, case_id=case_id, unit_id="W01"))
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    kit.desk.open_case(case_id)
    assert window.case.people.phone_line() == "No terminal. F9 shows the number."
    assert window.case.people.sizeHint().height() > 0


def test_who_is_taken_back_has_to_be_telephoned_too(
    qtbot, kit: DeskKit, window: MainWindow, without
):
    case_id = sent(qtbot, kit, window)
    press(window, Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    until(qtbot, kit, case_id, CaseState.FILED)
    heading, said = log_lines(window)[0]
    assert heading.startswith("Taken back 王建国")
    assert said == "No terminal: to be told by telephone"


def test_without_a_number_it_is_said(qtbot, kit: DeskKit, window: MainWindow, without):
    sent(qtbot, kit, window)
    kit.board.units["W01"] = replace(kit.board.units["W01"], phone="")
    line = window.case.people.phone_line()
    assert line == "No terminal, and no number is registered."
    press(window, Key.Key_F7)
    choice = window.case.choice()
    assert choice is not None
    assert "(no number)" in choice.title.text()


def test_a_dispatcher_is_needed(qtbot, kit: DeskKit, window: MainWindow, without):
    sent(qtbot, kit, window)
    few = kit.desk.actor.roles - SignByPhone.needs
    kit.desk.actor = replace(kit.desk.actor, roles=few)
    refused = kit.desk.actions.refusal("phone")
    assert refused is not None
    assert refused.reason == "role"


def test_unsigned_too_long_is_marked(qtbot, kit: DeskKit, window: MainWindow):
    """On the case, in its lane and among its clocks, by inversion and in words."""
    case_id = sent(qtbot, kit, window)
    case = kit.board.cases[case_id]
    delegate = window.lanes.now_view.itemDelegate()
    kit.clock.go(seconds=59)
    assert window.case.head.state_text() == "Not yet signed"
    assert delegate.unsigned_text(case) == ""
    kit.clock.go(minutes=9, seconds=1)
    assert window.case.head.state_text() == "Not yet signed 10 min"
    assert delegate.unsigned_text(case) == "Not yet signed 10 min"
    (row,) = [
        cell for cell in window.case.clocks.texts(kit.clock()) if "Sig" in cell[0]
    ][1:]
    assert row[2], "past its target"
    window.grab()
    kit.field(SignCase, case_id, "W01")
    until(qtbot, kit, case_id, CaseState.HANDLING)
    assert window.case.head.state_text() == "Handling"
    assert delegate.unsigned_text(kit.board.cases[case_id]) == ""
    assert QApplication.focusWidget() is not None
