"""Keys pressed in the desk's window."""

from typing import Any

from desk_kit import DeskKit
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.main_window import MainWindow

KEYPAD = Qt.KeyboardModifier.KeypadModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key

LEAVING = {
    "F1": (Key.Key_F1, Qt.KeyboardModifier.NoModifier),
    "Alt+3": (Key.Key_3, Qt.KeyboardModifier.AltModifier),
    "Alt+6": (Key.Key_6, Qt.KeyboardModifier.AltModifier),
    "F8": (Key.Key_F8, Qt.KeyboardModifier.NoModifier),
    "F9": (Key.Key_F9, Qt.KeyboardModifier.NoModifier),
    "Ctrl+N": (Key.Key_N, Qt.KeyboardModifier.ControlModifier),
    "Esc": (Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
}


def press(
    window: MainWindow, key: Key, modifiers=Qt.KeyboardModifier.NoModifier
) -> None:
    target = QApplication.focusWidget() or window
    QTest.keyClick(target, key, modifiers)


def raise_alarm(qtbot: Any, kit: DeskKit) -> int:
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.alarms))
    return max(kit.board.cases)
