"""Small choices made inside the case, by keyboard: an outcome, whom to call, a note."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console import words
from console.bar_keys import ANSWER, BarKey, HasKeys
from console.keys import OWN_KEYS
from console.theme import MIN, ROW

if TYPE_CHECKING:
    from console.desk import Desk

_WALKS = (Qt.Key.Key_Down, Qt.Key.Key_Up)


class InlineChoice(HasKeys, QWidget):
    """A question with numbered answers and, where wanted, a line of words.

    What cannot be taken back takes two steps by hand and by key alike: a click or a
    digit chooses, and the button that names the deed, or Enter, does it.

    Thread: UI only.

    Args:
        desk: What every panel receives.
        title: The question.
        answers: What can be chosen.
        words_hint: What the line of words is for; "" for none.
        deed: What choosing leads to, with a gap for the answer; "": a click does it.
        plain: What Enter does where there is no deed to name.
        careful: Nothing stands chosen before somebody chooses.
        wordy: The answers that are nothing without words.
        parent: Of the widget.

    Signals:
        chosen: Index of the answer, and the words.
    """

    chosen = Signal(int, str)

    def __init__(
        self,
        desk: "Desk",
        title: str,
        answers: Sequence[str],
        *,
        words_hint: str = "",
        deed: str = "",
        plain: str = "",
        careful: bool = False,
        wordy: Collection[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty(OWN_KEYS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk = desk
        self._careful = careful
        self._plain = plain
        self._wordy = frozenset(wordy)
        self._line_answers = False
        self._starts = False  # as soon as it is shown
        self._answers = tuple(answers)
        self._deed = deed
        self._picked: int | None = None
        theme = desk.theme
        p = theme.px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(p(16), p(8), p(16), p(10))
        layout.setSpacing(p(6))
        self.title = QLabel(title)
        self.title.setFont(theme.font(ROW, 600))
        self.title.setWordWrap(True)
        layout.addWidget(self.title)
        self.buttons: list[QPushButton] = []
        for index, answer in enumerate(answers):
            button = _Answer(f"{index + 1}   {answer}")
            button.setCheckable(bool(deed))
            button.setFont(theme.font(ROW))
            button.setProperty("look", "answer")
            button.setAutoDefault(True)
            button.clicked.connect(lambda _on=False, i=index: self._on_click(i))
            button.focused.connect(lambda i=index: self.pick(i))
            layout.addWidget(button)
            self.buttons.append(button)
        self.line: _Words | None = None
        if words_hint:
            self.line = _Words()
            self.line.setFont(theme.font(ROW))
            self.line.setPlaceholderText(words_hint)
            self.line.textChanged.connect(desk.hand_moved)
            layout.addWidget(self.line)
        self.confirm = QPushButton(self.tr("Choose one above first"))
        self.confirm.setFont(theme.font(ROW, 600))
        self.confirm.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.confirm.setEnabled(False)
        self.confirm.clicked.connect(self._confirm)
        layout.addWidget(self.confirm)
        self.confirm.setHidden(not deed)
        self.hint = QLabel(self.tr("Digit or ↑↓ chooses, ⏎ does it · Esc back"))
        self.hint.setFont(theme.font(MIN))
        self.hint.setProperty("look", "quiet")
        layout.addWidget(self.hint)

    def start(self) -> None:
        """Take the keyboard; where a page lies over it, when it is in sight again."""
        parent = self.parentWidget()
        covered = parent is not None and not parent.isVisible()
        self._starts = covered and self.window().isVisible()
        if self._starts:
            return
        if self._careful:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def pick(self, index: int) -> None:
        """Let an answer stand chosen; nothing is done yet."""
        if not self._deed:
            return
        self._picked = index
        for at, button in enumerate(self.buttons):
            button.setChecked(at == index)
        self.confirm.setText(self._deed.format(answer=self._answers[index]))
        self.confirm.setEnabled(True)
        self._desk.hand_moved.emit()

    def answer_in_line(self, *, means_last: bool = True) -> None:
        """Let Enter after the words do it; they mean the last answer, or the chosen."""
        if self.line is None:
            return
        last = len(self.buttons) - 1
        self._line_answers = True
        if means_last:
            self.line.textEdited.connect(lambda: self.pick(last))
        self.line.returnPressed.connect(self.confirm.click)
        if not last:  # nothing to choose: the words are all it waits for
            self.line.number = "1"
            self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return what Enter does now, which digits choose, what puts it away."""
        keys = []
        index = self._at_enter()
        if index is not None:
            wants_words = self._wants_words(index)
            if not wants_words:
                text = self._deed.format(answer=self._answers[index]) or self._plain
                keys.append(BarKey(words.key("Num+Enter"), text, ANSWER))
            elif not self._in_line():
                keys.append(
                    BarKey(words.key("Num+Enter"), self.tr("Write words"), ANSWER)
                )
        if self.buttons and not self._in_line():
            last = len(self.buttons)
            cap = "1" if last == 1 else f"1–{last}"
            keys.append(BarKey(cap, self.tr("Choose")))
        keys.append(BarKey(words.key("Esc"), self.tr("Put away"), "back"))
        return tuple(keys)

    def answer(self) -> None:
        """Do what Enter does here."""
        index = self._at_enter()
        if index is not None:
            self._choose(index)

    def _at_enter(self) -> int | None:
        """Return the answer that Enter is about where the keyboard is, or None."""
        focused = self.focusWidget()
        if isinstance(focused, QPushButton) and focused in self.buttons:
            return self.buttons.index(focused)
        if focused is self.confirm or (self._in_line() and self._line_answers):
            return self._picked
        return None

    def _in_line(self) -> bool:
        return self.line is not None and self.line.hasFocus()

    def _wants_words(self, index: int) -> bool:
        """Return whether an answer still lacks the words it needs."""
        line = self.line
        return index in self._wordy and line is not None and not line.text().strip()

    @property
    def picked(self) -> int | None:
        """Return which answer stands chosen, or None."""
        return self._picked

    def _on_click(self, index: int) -> None:
        if self._deed:
            self.pick(index)
        else:
            self._choose(index)

    def _confirm(self) -> None:
        if self._picked is not None:
            self._choose(self._picked)

    def _choose(self, index: int) -> None:
        if self.line is not None and self._wants_words(index):
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.chosen.emit(index, self.line.text() if self.line is not None else "")

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._starts:
            self.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() and event.key() not in _WALKS:
            return  # the key that asked is still down; it must not answer too
        text = event.text()
        if (
            not self._in_line()
            and text.isdigit()
            and 1 <= int(text) <= len(self.buttons)
        ):
            # It only chooses: what cannot be taken back takes a second key.
            at = int(text) - 1
            self.buttons[at].setFocus(Qt.FocusReason.ShortcutFocusReason)
            if self.line is not None and self._line_answers and self._wants_words(at):
                self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        if event.key() in _WALKS:
            self._walk(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._in_line():  # a line that answers has done so
                self.answer()
            return
        super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        stops: list[QWidget] = [*self.buttons]
        if self.line is not None:
            stops.append(self.line)
        focused = self.focusWidget()
        at = stops.index(focused) if focused in stops else -step
        stops[(at + step) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)


class _Answer(QPushButton):
    focused = Signal()

    # Qt

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            super().keyPressEvent(event)
        else:
            event.ignore()  # the question walks and chooses


class _Words(QLineEdit):
    """The line of words.

    Attributes:
        number: Of the only answer; typed first, out of habit, it is no word.
    """

    number = ""

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = self.number
        if event.text():
            self.number = ""
        if not number or self.text() or event.text() != number:
            super().keyPressEvent(event)


class NoteLine(HasKeys, QWidget):
    """One line for a note; Enter saves, Esc puts it away with its text kept.

    Thread: UI only.

    Signals:
        written: The text; it stands until it is on its way.
    """

    written = Signal(str)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(OWN_KEYS, True)
        theme = desk.theme
        p = theme.px
        layout = QHBoxLayout(self)
        layout.setContentsMargins(p(16), p(8), p(16), p(8))
        self._label = QLabel()
        self._label.setFont(theme.font(ROW, 600))
        self.line = QLineEdit()
        self.line.setFont(theme.font(ROW))
        self.line.returnPressed.connect(self.answer)
        self.line.textChanged.connect(desk.hand_moved)
        layout.addWidget(self._label)
        layout.addWidget(self.line, 1)
        self.name_words()

    def name_words(self) -> None:
        """Say what is to be typed, in the desk's language."""
        self._label.setText(self.tr("Note"))
        self.line.setPlaceholderText(self.tr("⏎ saves · Esc keeps the text"))

    def start(self) -> None:
        """Take the keyboard."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return what saves the note, once there is one, and what puts it away."""
        away = BarKey(words.key("Esc"), self.tr("Put away"), "back")
        if not self.line.text().strip():
            return (away,)
        save = self.tr("Save the note")
        return BarKey(words.key("Num+Enter"), save, ANSWER), away

    def answer(self) -> None:
        """Save the note, if there is one."""
        text = self.line.text().strip()
        if text:
            self.written.emit(text)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)  # Enter ends here: the line had it
