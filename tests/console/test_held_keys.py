"""A key that is held down acts once, and answers no question it asked."""

from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_kit import KEYPAD, press, raise_alarm

from console.main_window import MainWindow
from dispatch.cases import CaseState
from dispatch.commands import ArriveCase, CloseCase, DepartCase, SignCase

Key = Qt.Key


def photo() -> bytes:
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(0)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")
    return bytes(buffer.data().data())


def hold(key: Key, text: str, *, window: MainWindow, times: int = 5) -> None:
    """Press a key of the keypad and keep it down."""
    for time in range(times):
        target = QApplication.focusWidget() or window
        QTest.simulateEvent(target, True, key, KEYPAD, text, time > 0)


def test_a_held_key_acts_once(qtbot, kit: DeskKit, window: MainWindow):
    case_id = raise_alarm(qtbot, kit)
    hold(Key.Key_Enter, "\r", window=window)
    assert kit.desk.open_case_id == case_id
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    hold(Key.Key_Enter, "\r", window=window, times=1)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.DISPATCHED)
    asked = [type(command).__name__ for command in kit.client.submitted]
    assert asked.count("TakeCase") == 1
    assert asked.count("SendUnit") == 1


def test_a_held_enter_asks_and_does_not_answer(qtbot, kit: DeskKit, window: MainWindow):
    """The Enter that asks how a case ended must not close it as well."""
    case_id = raise_alarm(qtbot, kit)
    press(window, Key.Key_Enter, KEYPAD)
    press(window, Key.Key_Plus, KEYPAD)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.DISPATCHED)
    for kind in (SignCase, DepartCase, ArriveCase):
        kit.field(kind, case_id, "W01")
    kit.restore()
    kit.finish(case_id, "W01", photo())
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.FEEDBACK)
    press(window, Key.Key_Enter, KEYPAD)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.PENDING_CLOSE)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    hold(Key.Key_Enter, "\r", window=window)
    assert window.case.choice() is not None
    assert not any(isinstance(c, CloseCase) for c in kit.client.submitted)
    hold(Key.Key_Enter, "\r", window=window, times=1)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.CLOSED)


def test_a_held_key_does_not_run_into_a_field(qtbot, kit: DeskKit, window: MainWindow):
    press(window, Key.Key_F2)
    press(window, Key.Key_F1)
    hold(Key.Key_Period, ".", window=window)
    assert window.form.place.line.hasFocus()
    assert window.form.is_empty()
    hold(Key.Key_Period, ".", window=window)
    assert window.form.place.line.text() == "....."
