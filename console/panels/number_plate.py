"""A camera's number while it is being typed, wherever the keyboard is.

While it stands on its plate Enter, Backspace and Esc are its own, but for chords and
for whoever types a text; a few seconds later they belong to the alarms again.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from console.keys import is_typed_into
from dispatch.cameras import NUMBER_DIGITS

STANDS_SECONDS = 4
KEYS = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Escape,
)


class NumberPlate(QObject):
    """Holds the digits typed so far.

    Thread: UI only.

    Attributes:
        typed: The digits, "" when nothing stands on the plate.
        unknown: They were called, and no camera has this number.
        knows: Says whether a camera has a number.

    Signals:
        changed: Other digits, or none.
        called: The number that Enter was pressed on.
    """

    changed = Signal()
    called = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.typed = ""
        self.unknown = False
        self.knows: Callable[[str], bool] = lambda _number: True
        self._seconds = 0

    def add(self, digit: str) -> None:
        """Take one digit; after a number nobody has, begin another."""
        before = "" if self.unknown else self.typed
        self._put((before + digit)[-NUMBER_DIGITS:])

    def clear(self) -> bool:
        """Take the plate away; return whether there was one."""
        was = bool(self.typed)
        self._put("")
        return was

    def call(self) -> None:
        """Call what was typed; a number nobody has stays there, and says so."""
        number = self.typed
        if number and not self.knows(number):
            self._put(number)
            self.unknown = True
            self.changed.emit()
            return
        self._put("")
        if number:
            self.called.emit(number)

    def on_second(self) -> None:
        """Let a forgotten number go: Enter may be needed for an alarm."""
        self._seconds += 1
        if self.typed and self._seconds > STANDS_SECONDS:
            self._put("")

    def _put(self, typed: str) -> None:
        application = QCoreApplication.instance()
        if application is not None and bool(typed) != bool(self.typed):
            # Before all shortcuts, and only as long as the plate stands.
            if typed:
                application.installEventFilter(self)
            else:
                application.removeEventFilter(self)
        self.typed = typed
        self.unknown = False
        self._seconds = 0
        self.changed.emit()

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            not self.typed
            or not isinstance(watched, QWidget)
            or not isinstance(event, QKeyEvent)
            or event.type() == QEvent.Type.KeyRelease
            or event.key() not in KEYS
            or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            # A field hands what it does not want on to its parents: what counts is
            # who has the keyboard, not who is offered the key.
            or is_typed_into(QApplication.focusWidget())
        ):
            return False
        event.accept()
        if event.type() == QEvent.Type.ShortcutOverride:
            return True
        if event.isAutoRepeat() and event.key() != Qt.Key.Key_Backspace:
            return True  # held down since before the number was complete
        if event.key() == Qt.Key.Key_Backspace:
            self._put(self.typed[:-1])
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            self.call()
        return True
