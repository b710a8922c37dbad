"""What has the keyboard to itself, and which keys it has: the bottom bar shows these."""

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from console import words

ANSWER = "answer"  # what a click on the Enter of a question does
TYPED = "type "  # before a key that a click types where the keyboard is
ALARM = ("acknowledge", "quiet")  # an alarm waits for no answer: its chords stay


@dataclass(frozen=True, slots=True)
class BarKey:
    """One key of whatever has the keyboard.

    Attributes:
        cap: What stands on the key.
        text: What it does there, in the operator's words.
        press: What a click does: an action's name, or `ANSWER`; "" for nothing.
    """

    cap: str
    text: str
    press: str = ""


class HasKeys:
    """Tells the bottom bar what keys do while a widget has the keyboard.

    Stands before the `QWidget` among the bases. What is not named here and not
    `beside` does not stand in the bar: the hand is at an answer, not at the case.

    Thread: UI only.

    Attributes:
        beside: Actions whose chords stand in the bar all the same.
    """

    beside: ClassVar[tuple[str, ...]] = ALARM

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return the keys as they are now, the most important first."""
        return ()

    def answer(self) -> None:
        """Do what Enter does here."""


class FormKeys(HasKeys):
    """The keys of the form of a report.

    Thread: UI only.
    """

    beside: ClassVar[tuple[str, ...]] = (
        *ALARM,
        "new_report",
        "parked_report",
        "join",
        "enlarge",
    )

    @property
    def locked(self) -> bool:
        """Return whether it is on its way, and no key saves it."""
        return False

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return what saves it and what puts it aside; Enter is of each field."""
        aside = BarKey(
            words.key("Esc"), QCoreApplication.translate("BarKeys", "Put aside"), "back"
        )
        if self.locked:
            return (aside,)
        save = QCoreApplication.translate("Action", "Save report")
        return BarKey(words.key("Ctrl+S"), save, "save_report"), aside


def keys_beside(widget: QWidget | None) -> tuple[BarKey, ...]:
    """Return the single keys of whatever has the focus, beside those of the actions.

    A panel has them that has a method `keys_here`; it keeps every other key.
    """
    while widget is not None:
        here = getattr(widget, "keys_here", None)
        if callable(here):
            return tuple(here())
        widget = widget.parentWidget()
    return ()


def typed(cap: str, text: str, key: str = "") -> BarKey:
    """Return a key that a click types.

    Args:
        cap: What stands on it.
        text: What it does.
        key: As Qt calls it, where that is not what stands on it.
    """
    return BarKey(cap, text, f"{TYPED}{key or cap}")


def type_key(widget: QWidget | None, press: str) -> None:
    """Type a key where the keyboard is, as a finger would."""
    if widget is None:
        return
    key = Qt.Key[f"Key_{press.removeprefix(TYPED)}"]
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
        QCoreApplication.sendEvent(widget, event)


def keys_at(widget: QWidget | None) -> HasKeys | None:
    """Return what has the keyboard to itself where a widget has it."""
    while widget is not None:
        if isinstance(widget, HasKeys):
            return widget
        widget = widget.parentWidget()
    return None
