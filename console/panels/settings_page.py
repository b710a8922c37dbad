"""Language, looks, sound and roles of this desk, all by keyboard.

What is chosen is kept, but for the roles: those are the seat's until its end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console import words
from console.looks import SHARES
from console.own_name import as_called
from console.profile_words import profile_lines
from console.sounds import VOLUMES
from console.theme import MIN, ROW, TITLE
from dispatch.people import Role

if TYPE_CHECKING:
    from console.desk import Desk

# A language is called what its speakers call it, in every language.
LANGUAGE_NAMES = {"zh_CN": "中文", "en": "English"}
IN_A_LINE = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the page: a name and what can be chosen.

    Attributes:
        values: What can be chosen.
        now: What is chosen.
        choose: Chooses.
    """

    values: tuple[object, ...]
    now: Callable[[], object]
    choose: Callable[[object], None]


class SettingsPage(QWidget):
    """Rows of buttons: up and down go from row to row, left and right choose.

    Thread: UI only.
    """

    name = "settings_page"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.choices = self._made_choices()
        self.groups: list[QButtonGroup] = []
        self._labels: list[QLabel] = []
        self._title = QLabel()
        self._hint = QLabel()
        self._note = QLabel()
        self.rules = QLabel()
        self._try = QPushButton()
        self._scroll = QScrollArea()  # a low window has not room for all rows
        self._build()
        self._renew()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        desk.looks.changed.connect(self._renew)
        desk.sounds.changed.connect(self._renew)
        desk.seat.changed.connect(self._renew)

    def _made_choices(self) -> tuple[Choice, ...]:
        looks, sounds = self._desk.looks, self._desk.sounds
        decoding, seat = self._desk.decoding, self._desk.seat
        return (
            Choice(
                tuple(LANGUAGE_NAMES),
                lambda: looks.language,
                lambda value: looks.set_language(str(value)),
            ),
            Choice(
                ("dark", "light"),
                lambda: looks.background,
                lambda value: looks.set_background(str(value)),
            ),
            Choice(
                (False, True),
                lambda: looks.still,
                lambda value: looks.set_still(bool(value)),
            ),
            Choice(
                SHARES,
                lambda: looks.share,
                lambda value: looks.set_share(int(str(value))),
            ),
            Choice(
                VOLUMES,
                lambda: sounds.volume,
                lambda value: sounds.set_volume(int(str(value))),
            ),
            Choice(
                (False, True),
                lambda: sounds.only_p1,
                lambda value: sounds.set_only_p1(bool(value)),
            ),
            Choice(
                (True, False),
                lambda: sounds.speech,
                lambda value: sounds.set_speech(bool(value)),
            ),
            Choice(
                (True, False),
                lambda: decoding.automatic,
                lambda value: decoding.set_automatic(bool(value)),
            ),
            Choice(
                seat.parts(),
                lambda: seat.part,
                lambda value: seat.choose(str(value)),
            ),
        )

    def _words(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the name of each line and of what can be chosen in it."""
        return (
            (self.tr("Language"), tuple(LANGUAGE_NAMES.values())),
            (self.tr("Background"), (self.tr("Dark"), self.tr("Light"))),
            (self.tr("Alarms"), (self.tr("Blink"), self.tr("Stand still"))),
            (self.tr("Size"), tuple(f"{each} %" for each in SHARES)),
            (
                self.tr("Sound"),
                (self.tr("Low"), self.tr("Medium"), self.tr("Full")),
            ),
            (
                self.tr("Heard"),
                (self.tr("Everything"), self.tr("Danger to life")),
            ),
            (self.tr("Speech"), (self.tr("On"), self.tr("Off"))),
            (self.tr("Hardware"), (self.tr("Automatic"), self.tr("Off"))),
            (self.tr("Roles"), tuple(map(self._part, self._desk.seat.parts()))),
        )

    def _part(self, part: str) -> str:
        return words.role(Role(part)) if part else self.tr("All")

    # -- inside -----------------------------------------------------------------------

    def _build(self) -> None:
        theme = self._desk.theme
        p = theme.px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(p(16), p(10), p(16), p(12))
        outer.setSpacing(p(10))
        self._title.setFont(theme.font(TITLE, 600))
        outer.addWidget(self._title)
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(p(10))
        grid = QGridLayout()
        grid.setHorizontalSpacing(p(12))
        grid.setVerticalSpacing(p(6))
        for row, choice in enumerate(self.choices):
            label = QLabel()
            label.setFont(theme.font(ROW))
            label.setFixedHeight(p(40))
            label.setProperty("look", "second")
            self._labels.append(label)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(self._buttons(row, choice), row, 1)
        grid.setColumnStretch(1, 1)
        rows.addLayout(grid)
        self._try.setFont(theme.font(ROW))
        self._try.clicked.connect(self._desk.sounds.try_out)
        line = QHBoxLayout()
        line.addWidget(self._try)
        line.addStretch(1)
        rows.addLayout(line)
        for label in (self._note, self.rules, self._hint):
            label.setFont(theme.font(MIN))
            label.setWordWrap(True)
            label.setProperty("look", "quiet")
        rows.addWidget(self._note)
        rows.addWidget(self.rules)
        rows.addStretch(1)
        self._scroll.setWidget(body)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self._hint)

    def _buttons(self, row: int, choice: Choice) -> QGridLayout:
        theme = self._desk.theme
        layout = QGridLayout()
        layout.setSpacing(theme.px(6))
        group = QButtonGroup(self)
        # The last line is the roles, whose names are long.
        in_a_line = IN_A_LINE if row < len(self.choices) - 1 else 2
        for index, _value in enumerate(choice.values):
            button = _Choosing()
            button.setProperty("look", "choice")
            button.setFont(theme.font(ROW))
            button.setCheckable(True)
            button.walked.append(self._walk)
            group.addButton(button, index)
            layout.addWidget(button, *divmod(index, in_a_line))
        group.idClicked.connect(lambda index, row=row: self._choose(row, index))
        layout.setColumnStretch(in_a_line, 1)
        layout.setContentsMargins(0, 0, 0, 0)
        self.groups.append(group)
        return layout

    def _choose(self, row: int, index: int) -> None:
        choice = self.choices[row]
        if choice.values[index] != choice.now():
            choice.choose(choice.values[index])

    def _renew(self) -> None:
        """Say everything in the desk's language, and show what is chosen."""
        self._title.setText(self.tr("Language, looks and sound"))
        for label, group, choice, (name, names) in zip(
            self._labels, self.groups, self.choices, self._words(), strict=True
        ):
            label.setText(name)
            now = choice.now()
            for index, (value, text) in enumerate(
                zip(choice.values, names, strict=True)
            ):
                button = group.button(index)
                button.setText(text)
                button.setAccessibleName(f"{name}: {text}")
                button.setChecked(value == now)
        self._try.setText(self.tr("Let me hear it"))
        notes = [
            self.tr("Another size: at the next start, as far as the monitor has room."),
            self.tr("Roles: until this desk is closed; nobody checks them."),
        ]
        if not self._desk.sounds.works():
            notes.append(
                self.tr("No sound comes out of this machine: lookout doctor says why.")
            )
        elif self._desk.sounds.speech and not self._desk.sounds.speaks():
            notes.append(
                self.tr("This machine has no voice: lookout doctor says what to do.")
            )
        note = ("" if words.is_chinese() else " ").join(notes)
        self._note.setText(as_called(note, note))
        self.rules.setText("\n".join(profile_lines(self._desk)))
        self._hint.setText(self.tr("↑ ↓ line · ← → choose · Esc back"))

    def _walk(self, button: "_Choosing", rows: int, steps: int) -> None:
        at = next(
            index for index, group in enumerate(self.groups) if button.group() is group
        )
        if rows:
            row = at + rows
            if row == len(self.groups):
                self._focus(self._try)
            elif row >= 0:
                self._focus_row(row)
            return
        group = self.groups[at]
        count = len(group.buttons())
        target = min(max(group.id(button) + steps, 0), count - 1)
        chosen = group.button(target)
        self._focus(chosen)
        chosen.click()

    def _focus_row(self, row: int) -> None:
        group = self.groups[row]
        self._focus(group.checkedButton() or group.button(0))

    def _focus(self, button: QAbstractButton) -> None:
        button.setFocus(Qt.FocusReason.TabFocusReason)
        if button is self._try:  # with the words below, which no key walks to
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.maximum())
        self._scroll.ensureWidgetVisible(button)

    # Qt

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus_row(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Up and self._try.hasFocus():
            self._focus_row(len(self.groups) - 1)
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class _Choosing(QPushButton):
    """A button of a row; the arrows walk as they stand on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.walked: list[Callable[[_Choosing, int, int], None]] = []

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
        }
        if event.key() in moves:
            rows, steps = moves[Qt.Key(event.key())]
            for walk in self.walked:
                walk(self, rows, steps)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)
