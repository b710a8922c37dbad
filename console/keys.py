"""Keys: function keys and chords everywhere, the keypad where nobody is typing."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from console.action_table import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.desk import Desk

OWN_KEYS = "ownKeys"  # a widget with this property wants the keypad for itself
_TYPED_INTO = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)
_NUM = {
    "Enter": Qt.Key.Key_Enter,
    "+": Qt.Key.Key_Plus,
    "-": Qt.Key.Key_Minus,
    "*": Qt.Key.Key_Asterisk,
    ".": Qt.Key.Key_Period,
    "Del": Qt.Key.Key_Delete,
    **{str(digit): Qt.Key(Qt.Key.Key_0 + digit) for digit in range(10)},
}


def keypad_sequence(text: str) -> QKeySequence:
    """Return the key sequence of `Num+…`, `Shift+Num+…`."""
    modifiers = Qt.KeyboardModifier.KeypadModifier
    if text.startswith("Shift+"):
        modifiers |= Qt.KeyboardModifier.ShiftModifier
        text = text.removeprefix("Shift+")
    key = _NUM[text.removeprefix("Num+")]
    return QKeySequence(QKeyCombination(modifiers, key))


def is_typed_into(widget: QWidget | None) -> bool:
    """Return whether keys belong to a widget: a text field, or one that says so."""
    while widget is not None:
        if isinstance(widget, _TYPED_INTO) or widget.property(OWN_KEYS):
            return True
        widget = widget.parentWidget()
    return False


class Keys(QObject):
    """Binds the keys of every action to a window.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", window: QWidget) -> None:
        super().__init__(window)  # ends with it, and so does listening to the focus
        self._window = window
        self._keypad: list[QShortcut] = []
        self._held: Qt.Key | None = None  # the key of the keypad that acted last
        self._watched: QWidget | None = None
        for action in ACTIONS:
            for text in action.keys:
                self._bind(QKeySequence(text), partial(desk.actions.run, action.name))
            for text in action.keypad:
                self.bind_keypad(text, partial(desk.actions.run, action.name))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def bind_keypad(self, text: str, act: "Callable[[], object]") -> None:
        """Bind a key of the keypad to something the window does."""
        key = _NUM[text.removeprefix("Shift+").removeprefix("Num+")]

        def act_once() -> None:
            self._held = key
            act()

        self._keypad.append(self._bind(keypad_sequence(text), act_once))

    def _bind(self, keys: QKeySequence, act: "Callable[[], object]") -> QShortcut:
        shortcut = QShortcut(keys, self._window)
        shortcut.setAutoRepeat(False)  # a key held down must not send a second person
        shortcut.activated.connect(lambda: act())
        return shortcut

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        free = not is_typed_into(new)
        for shortcut in self._keypad:
            shortcut.setEnabled(free)
        self._let_go()
        if new is not None and not free and self._held is not None:
            # The key may still be down: its repetitions are not meant for this field.
            self._watched = new
            new.installEventFilter(self)

    def _let_go(self) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None

    # Qt

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        if event.isAutoRepeat():
            return event.key() == self._held
        self._held = None
        self._let_go()
        return False
