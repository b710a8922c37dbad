"""Keys: function keys and chords everywhere, the keypad where nobody is typing."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
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
    "/": Qt.Key.Key_Slash,
    ".": Qt.Key.Key_Period,
    "Del": Qt.Key.Key_Delete,
    **{str(digit): Qt.Key(Qt.Key.Key_0 + digit) for digit in range(10)},
}


_ALL = (
    Qt.KeyboardModifier.KeypadModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def keypad_keys(text: str) -> tuple[Qt.KeyboardModifier, Qt.Key]:
    """Return the modifiers and the key of `Num+…`, `Shift+Num+…`."""
    modifiers = Qt.KeyboardModifier.KeypadModifier
    if text.startswith("Shift+"):
        modifiers |= Qt.KeyboardModifier.ShiftModifier
        text = text.removeprefix("Shift+")
    return modifiers, _NUM[text.removeprefix("Num+")]


def is_typed_into(widget: QWidget | None) -> bool:
    """Return whether keys belong to a widget: a text field, or one that says so."""
    while widget is not None:
        if isinstance(widget, _TYPED_INTO) or widget.property(OWN_KEYS):
            return True
        widget = widget.parentWidget()
    return False


class Keys(QObject):
    """Binds the keys of every action to a window.

    Chords are shortcuts. The keypad is not: X11 loses the difference between its
    `+` and the other one on the way to a shortcut, so its presses are taken as
    they come in.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", window: QWidget) -> None:
        super().__init__(window)  # ends with it
        self._window = window
        self._keypad: dict[tuple[Qt.KeyboardModifier, Qt.Key], Callable[[], object]]
        self._keypad = {}
        self._held: int | None = None  # the key of the keypad that acted last
        for action in desk.actions.table:
            for text in action.keys:
                self._bind(QKeySequence(text), partial(desk.actions.run, action.name))
            for text in action.keypad:
                self.bind_keypad(text, partial(desk.actions.run, action.name))
        # Where keys arrive, and nowhere else: to look at each event of the program
        # took a hundredth of the processor (1,150 a second, 10 µs each).
        window.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)
            self._follow(None, QApplication.focusWidget())

    def _follow(self, left: QWidget | None, focused: QWidget | None) -> None:
        """Look at the keys of whoever has the keyboard now."""
        if left is not None and left is not self._window:
            left.removeEventFilter(self)
        if focused is not None:
            focused.installEventFilter(self)

    def bind_keypad(self, text: str, act: "Callable[[], object]") -> None:
        """Bind a key of the keypad to something the window does."""
        self._keypad[keypad_keys(text)] = act

    def _bind(self, keys: QKeySequence, act: "Callable[[], object]") -> QShortcut:
        shortcut = QShortcut(keys, self._window)
        shortcut.setAutoRepeat(False)  # a key held down must not send a second person
        shortcut.activated.connect(lambda: act())
        return shortcut

    def _take(self, event: QKeyEvent, watched: QWidget) -> bool:
        if event.isAutoRepeat() and event.key() == self._held:
            return True  # still the press that acted, wherever the focus went
        if not event.isAutoRepeat():
            self._held = None
        if event.type() is QEvent.Type.KeyRelease:
            return False
        act = self._keypad.get((event.modifiers() & _ALL, Qt.Key(event.key())))
        if act is None or is_typed_into(QApplication.focusWidget()):
            return False
        if is_typed_into(watched):
            return False  # it was answered there, and the focus has gone on since
        if not event.isAutoRepeat():
            self._held = event.key()
            act()
        return True

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        return watched.window() is self._window and self._take(event, watched)
