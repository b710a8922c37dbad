"""One form for every deed of a case: built from what its command asks for."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from console import words
from console.bar_keys import ANSWER, BarKey, HasKeys
from console.case_deeds import Deed, Field
from console.deed_choices import MOST_CHOICES
from console.keys import OWN_KEYS
from console.painting import text_width
from console.panels.date_field import DateField
from console.panels.photo_field import PhotoField
from console.theme import MIN, ROW

if TYPE_CHECKING:
    from console.desk import Desk

IN_A_ROW = 400  # pixels of choices that stand side by side
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class _Editor(Protocol):
    """Whatever takes what one field asks for."""

    def value(self) -> object:
        """Return what was said."""

    def problem(self) -> str:
        """Return what is wrong with it, in words, or ""."""

    def take_keyboard(self) -> None:
        """Take the keyboard."""


class DeedForm(HasKeys, QWidget):
    """A deed's fields, and the button that names it.

    Enter goes on to what is still missing, and does the deed where nothing is. What
    ends a case takes one key more: Enter in the last field goes to the button.

    Thread: UI only.

    Args:
        desk: What every panel receives.
        deed: What is to be done.
        number: Of the case, as people say it; or how many cases.
        text: Its words as far as they were typed before.

    Attributes:
        deed: What is to be done.
        editors: What takes each field, by name.

    Signals:
        said: Everything that was said, by field.
        typed: The words of the field "text", with each letter.
        picked: A choice was made: the field, and what.
    """

    said = Signal(object)
    typed = Signal(str)
    picked = Signal(str, object)

    def __init__(self, desk: "Desk", deed: Deed, *, number: str, text: str) -> None:
        super().__init__()
        self.setProperty(OWN_KEYS, True)
        self._desk = desk
        self.deed = deed
        self.editors: dict[str, _Editor] = {}
        self._widgets: list[QWidget] = []
        theme = desk.theme
        p = theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(p(16), p(8), p(16), p(10))
        grid.setHorizontalSpacing(p(12))
        grid.setVerticalSpacing(p(8))
        grid.setColumnStretch(1, 1)
        self._title = QLabel()
        self._title.setFont(theme.font(ROW, 600))
        grid.addWidget(self._title, 0, 0, 1, 2)
        for row, field in enumerate(deed.fields, start=1):
            label = QLabel(field.label)
            label.setFont(theme.font(ROW))
            label.setProperty("look", "second")
            label.setWordWrap(True)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            made = self._editor(field)
            made.setAccessibleName(field.label)
            self._widgets.append(made)
            grid.addWidget(made, row, 1)
        after = len(deed.fields) + 1
        self.message = QLabel()
        self.message.setFont(theme.font(ROW))
        self.message.setWordWrap(True)
        self.message.setProperty("look", "framed")
        self.message.hide()
        grid.addWidget(self.message, after, 0, 1, 2)
        self.confirm = QPushButton()
        self.confirm.setFont(theme.font(ROW, 600))
        self.confirm.clicked.connect(self._on_confirm)
        grid.addWidget(self.confirm, after + 1, 0, 1, 2)
        hint = QLabel(self.tr("↑ ↓ field · ← → choose · ⏎ goes on · Esc back"))
        hint.setFont(theme.font(MIN))
        hint.setProperty("look", "quiet")
        grid.addWidget(hint, after + 2, 0, 1, 2)
        self._tie_dates()
        self.put_text(text)
        line = self.editors.get("text")
        if isinstance(line, _Words):
            line.textChanged.connect(self.typed)
        self.rename(number)

    def rename(self, number: str) -> None:
        """Say which case it is about, or how many."""
        self._title.setText(f"{self.deed.text}  {number}")
        self.confirm.setText(f"{self.deed.text} {number}")

    def start(self) -> None:
        """Take the keyboard: where the first thing is missing, else in the first."""
        editors = list(self.editors.values())
        missing = [each for each in editors if each.problem()]
        (missing or editors)[0].take_keyboard()

    def put_text(self, text: str) -> None:
        """Put words into the field "text"."""
        line = self.editors.get("text")
        if isinstance(line, _Words):
            line.setText(text)

    def values(self) -> dict[str, object]:
        """Return what was said, by field."""
        return {name: editor.value() for name, editor in self.editors.items()}

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return what Enter does now, and what puts the form away."""
        away = BarKey(words.key("Esc"), self.tr("Put away"), "back")
        cap = words.key("Num+Enter")
        if self._missing() or self._wants_second_key():
            return BarKey(cap, self.tr("Go on"), ANSWER), away
        return BarKey(cap, self.confirm.text(), ANSWER), away

    def answer(self) -> None:
        """Do what Enter does here."""
        missing = self._missing()
        if missing is not None:
            if self.focusWidget() is self._widget_of(missing):
                self._complain(missing)
            missing.take_keyboard()
        elif self._wants_second_key():
            self.confirm.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.said.emit(self.values())

    # -- inside -----------------------------------------------------------------------

    def _editor(self, field: Field) -> QWidget:
        made: _Choices | _Pick | DateField | _Words | PhotoField
        if field.photos:
            made = PhotoField(self._desk, field.photos)
            made.changed.connect(self._on_change)
        elif len(field.choices) > MOST_CHOICES:
            made = _Pick(self._desk, field)
            made.currentIndexChanged.connect(self._on_change)
        elif field.choices:
            made = _Choices(self._desk, field)
            made.group.idClicked.connect(self._on_change)
            made.group.idClicked.connect(
                lambda at: self.picked.emit(field.name, field.choices[at][0])
            )
        elif field.days is not None:
            made = DateField(self._desk, field)
            made.textChanged.connect(self._on_change)
        else:
            made = _Words(self._desk, field)
            made.textChanged.connect(self._on_change)
        self.editors[field.name] = made
        return made

    def _tie_dates(self) -> None:
        """Ask for a date only while what it is the date of is said."""
        for field in self.deed.fields:
            day, words = self.editors[field.name], self.editors.get(field.goes_with)
            if isinstance(day, DateField) and isinstance(words, _Words):
                words.textChanged.connect(lambda text, day=day: day.ask(text.strip()))
                day.ask(words.value())

    def _missing(self) -> _Editor | None:
        return next((each for each in self.editors.values() if each.problem()), None)

    def _widget_of(self, editor: _Editor) -> QWidget:
        at = list(self.editors.values()).index(editor)
        widget = self._widgets[at]
        focused = self.focusWidget()
        inside = focused is not None and widget.isAncestorOf(focused)
        return focused if inside and focused is not None else widget

    def _wants_second_key(self) -> bool:
        return self.deed.careful and not self.confirm.hasFocus()

    def _on_confirm(self) -> None:
        missing = self._missing()
        if missing is None:
            self.said.emit(self.values())
        else:
            self._complain(missing)
            missing.take_keyboard()

    def _complain(self, editor: _Editor) -> None:
        self.message.setText(editor.problem())
        self.message.show()

    def _on_change(self, *_ignored: object) -> None:
        self.message.hide()
        self._desk.hand_moved.emit()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():  # the key that asked may still be down
                self.answer()
        elif key in _STEPS:
            stops = [*self._widgets, self.confirm]
            focused = self.focusWidget()
            at = next(
                (
                    index
                    for index, stop in enumerate(stops)
                    if focused is not None
                    and (stop is focused or stop.isAncestorOf(focused))
                ),
                0,
            )
            target = min(max(at + _STEPS[key], 0), len(stops) - 1)
            if target < len(self._widgets):
                list(self.editors.values())[target].take_keyboard()
            else:
                self.confirm.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class _Words(QLineEdit):
    def __init__(self, desk: "Desk", field: Field) -> None:
        super().__init__()
        self._field = field
        self.setFont(desk.theme.font(ROW))
        if not field.needed:
            self.setPlaceholderText(
                QCoreApplication.translate("DeedForm", "May stay empty")
            )

    def value(self) -> object:
        return self.text().strip()

    def problem(self) -> str:
        said, field = self.text().strip(), self._field
        if field.word and said != field.word:
            text = QCoreApplication.translate(
                "DeedForm", 'Type "{word}" to do it: it cannot be taken back.'
            )
            return text.format(word=field.word)
        if field.needed and not said:
            text = QCoreApplication.translate("DeedForm", "Still missing: {label}.")
            return text.format(label=field.label)
        return ""

    def take_keyboard(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)


class _Choices(QWidget):
    """Buttons of which one stands chosen: digits and ← → choose."""

    def __init__(self, desk: "Desk", field: Field) -> None:
        super().__init__()
        self._field = field
        theme = desk.theme
        p = theme.px
        texts = [f"{at + 1} {text}" for at, (_, text) in enumerate(field.choices)]
        wide = sum(text_width(text, theme) + p(30) for text in texts)
        beside = wide <= p(IN_A_ROW)
        ways = QBoxLayout.Direction
        layout = QBoxLayout(ways.LeftToRight if beside else ways.TopToBottom, self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(p(6))
        self.group = QButtonGroup(self)
        for at, text in enumerate(texts):
            button = _Choice(self, text)
            button.setFont(theme.font(ROW))
            button.setCheckable(True)
            button.setProperty("look", "choice" if beside else "answer")
            button.setChecked(at == field.first)
            self.group.addButton(button, at)
            layout.addWidget(button)
        if beside:
            layout.addStretch(1)

    def value(self) -> object:
        at = self.group.checkedId()
        return self._field.choices[at][0] if at >= 0 else None

    def problem(self) -> str:
        if self.group.checkedId() >= 0:
            return ""
        text = QCoreApplication.translate("DeedForm", "Still to be chosen: {label}.")
        return text.format(label=self._field.label)

    def take_keyboard(self) -> None:
        button = self.group.checkedButton() or self.group.button(0)
        button.setFocus(Qt.FocusReason.TabFocusReason)

    def choose(self, at: int) -> None:
        """Let one stand chosen, and the keyboard with it."""
        button = self.group.button(min(max(at, 0), len(self._field.choices) - 1))
        button.setFocus(Qt.FocusReason.TabFocusReason)
        button.click()


class _Pick(QComboBox):
    """One of many: Space opens the list, ← → go through it."""

    def __init__(self, desk: "Desk", field: Field) -> None:
        super().__init__()
        self._field = field
        self.setFont(desk.theme.font(ROW))
        self.setPlaceholderText(
            QCoreApplication.translate("DeedForm", "Space opens the list")
        )
        self.addItems([text for _, text in field.choices])
        self.setMaxVisibleItems(len(field.choices))
        self.setCurrentIndex(-1 if field.first is None else field.first)

    def value(self) -> object:
        at = self.currentIndex()
        return self._field.choices[at][0] if at >= 0 else None

    def problem(self) -> str:
        if self.currentIndex() >= 0:
            return ""
        text = QCoreApplication.translate("DeedForm", "Still to be chosen: {label}.")
        return text.format(label=self._field.label)

    def take_keyboard(self) -> None:
        self.setFocus(Qt.FocusReason.TabFocusReason)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if step is not None:
            self.setCurrentIndex(
                min(max(self.currentIndex() + step, 0), self.count() - 1)
            )
        elif key in _STEPS:
            event.ignore()  # the form walks
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # nothing is chosen by rolling past it


class _Choice(QPushButton):
    def __init__(self, choices: _Choices, text: str) -> None:
        super().__init__(text)
        self._choices = choices

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self._choices.group.id(self)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        text = event.text()
        if step is not None:
            self._choices.choose(at + step)
        elif text.isdigit() and 1 <= int(text) <= len(self._choices.group.buttons()):
            self._choices.choose(int(text) - 1)
        elif event.key() == Qt.Key.Key_Space:
            self.click()
        else:
            event.ignore()  # the form walks and goes on
