"""Whoever reads a telephone number here is written down, with no number."""

from dataclasses import replace

from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from test_phone_desk import sent as sent_by_keypad
from test_phone_desk import without as without
from window_kit import KEYPAD, press, raise_alarm

from console.main_window import MainWindow
from dispatch.cases import CaseState
from dispatch.numbers import NoteNumbers, NumberOf
from dispatch.questions import NumberLog, NumberRead

Key = Qt.Key
W01 = NumberOf(kind="unit", ref="W01")
HOME = NumberOf(kind="place", ref="P1")


def reads(kit: DeskKit, case_id: int) -> list[NumberRead]:
    """Return the looks that are written down, oldest first."""
    return list(reversed(kit.desk.ask(NumberLog(case_id=case_id)).result(5)))


def told(kit: DeskKit) -> list[NoteNumbers]:
    return [c for c in kit.client.submitted if isinstance(c, NoteNumbers)]


def opened(qtbot, kit: DeskKit, window: MainWindow) -> int:
    case_id = raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.FILED)
    qtbot.waitUntil(lambda: kit.desk.highlighted_unit_id == "W01")
    return case_id


def test_numbers_shown_and_the_one_copied_are_written_down(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = opened(qtbot, kit, window)
    assert told(kit) == [], "a masked name is not a number"
    press(window, Key.Key_F9)
    choice = window.case.choice()
    assert choice is not None
    qtbot.waitUntil(choice.buttons[0].hasFocus)
    kit.clock.go(seconds=3)
    press(window, Key.Key_2)
    assert window.action_bar.texts()[0] == "⏎ Copy this number"
    press(window, Key.Key_Return)
    number = QGuiApplication.clipboard().text()
    assert number == kit.board.units["W01"].phone
    found = reads(kit, case_id)
    assert [(each.owner, each.deed) for each in found] == [
        (HOME, "shown"),
        (W01, "shown"),
        (W01, "copied"),
    ]
    actor = kit.desk.actor
    assert {(each.actor, each.seat) for each in found} == {(actor.name, actor.seat)}
    assert found[-1].at == kit.clock()
    assert (found[-1].at - found[0].at).total_seconds() == 3
    assert number not in repr(told(kit))
    assert number not in repr(found)


def test_a_look_while_the_service_is_away_waits(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = opened(qtbot, kit, window)
    kit.client.lose()
    at = kit.clock()
    press(window, Key.Key_F9)
    assert window.case.choice() is not None, "whoever has to call can call"
    press(window, Key.Key_Escape)
    kit.clock.go(minutes=3)
    kit.client.find_again()
    assert [(each.owner, each.at) for each in reads(kit, case_id)] == [
        (HOME, at),
        (W01, at),
    ]


def test_the_number_in_the_telephone_question_is_written_down(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = opened(qtbot, kit, window)
    press(window, Key.Key_F6)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.DISPATCHED)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    assert told(kit) == []
    press(window, Key.Key_F7)
    assert window.case.choice() is not None
    assert [each.owner for each in reads(kit, case_id)] == [W01]


def test_without_a_number_nothing_is_read(qtbot, kit: DeskKit, window: MainWindow):
    case_id = opened(qtbot, kit, window)
    press(window, Key.Key_F6)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.DISPATCHED)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    kit.board.units["W01"] = replace(kit.board.units["W01"], phone="")
    press(window, Key.Key_F7)
    assert window.case.choice() is not None
    assert told(kit) == []


def test_the_number_that_stands_unasked_is_written_down_once(
    qtbot, kit: DeskKit, window: MainWindow, without
):
    case_id = sent_by_keypad(qtbot, kit, window)
    assert "Please telephone" in window.case.people.phone_line()
    window.case.people._renew()
    assert [each.owner for each in reads(kit, case_id)] == [W01]
    kit.desk.open_case(None)
    kit.desk.open_case(case_id)  # another look
    assert [each.owner for each in reads(kit, case_id)] == [W01, W01]
