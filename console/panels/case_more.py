"""More steps of a case: the menu of what may be done now, and the form of one of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console import case_deeds, words
from console.bar_keys import ANSWER, BarKey, HasKeys
from console.case_words import CaseWords
from console.keys import OWN_KEYS
from console.painting import text_width
from console.panels.deed_form import DeedForm
from console.theme import MIN, ROW

if TYPE_CHECKING:
    from console.desk import Desk

COLUMNS = 2
MANY = 14  # deeds
ROOM = 198  # of the words of one of them where the window is narrowest
FORCED = "force_close"
DEED = "deed_"  # before the name of one that has a key of its own at a station
_STEPS = {
    Qt.Key.Key_Up: -COLUMNS,
    Qt.Key.Key_Down: COLUMNS,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
}


class DeedMenu(HasKeys, QWidget):
    """The deeds that may be done now, two in a row; arrows walk, a digit or Enter takes.

    Thread: UI only.

    Args:
        desk: What every panel receives.
        asked: The question that they answer.
        actions: What is offered, in order.

    Attributes:
        offers: What is offered, in order.

    Signals:
        chosen: The action.
    """

    chosen = Signal(str)

    def __init__(self, desk: "Desk", asked: str, actions: Sequence[str]) -> None:
        super().__init__()
        self.setProperty(OWN_KEYS, True)
        self.offers = tuple(actions)
        theme = desk.theme
        p = theme.px
        grid = QGridLayout(self)
        grid.setContentsMargins(p(16), p(8), p(16), p(10))
        grid.setSpacing(p(6 if len(actions) <= MANY else 1))  # a low window has all
        title = QLabel(asked)
        title.setFont(theme.font(ROW, 600))
        title.setWordWrap(True)
        grid.addWidget(title, 0, 0, 1, COLUMNS)
        self.buttons: list[QPushButton] = []
        for at, action in enumerate(actions):
            button = _Offer(self._text(desk, at, action))
            button.setFont(theme.font(ROW))
            button.setProperty("look", "answer")
            button.clicked.connect(lambda _on=False, a=action: self.chosen.emit(a))
            grid.addWidget(button, 1 + at // COLUMNS, at % COLUMNS)
            self.buttons.append(button)
        hint = QLabel(self.tr("Digit or arrows and ⏎ · Esc back"))
        hint.setFont(theme.font(MIN))
        hint.setProperty("look", "quiet")
        grid.addWidget(hint, 2 + len(actions) // COLUMNS, 0, 1, COLUMNS)

    def start(self) -> None:
        """Take the keyboard."""
        self.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return what Enter takes, which digits do, what puts it away."""
        away = BarKey(words.key("Esc"), self.tr("Put away"), "back")
        keys = [BarKey(f"1–{min(9, len(self.buttons))}", self.tr("Choose")), away]
        focused = self.focusWidget()
        if isinstance(focused, QPushButton) and focused in self.buttons:
            action = self.offers[self.buttons.index(focused)]
            text = case_deeds.deed_text(action)
            keys.insert(0, BarKey(words.key("Num+Enter"), text, ANSWER))
        return tuple(keys)

    def answer(self) -> None:
        """Take the one the keyboard is on."""
        focused = self.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()

    def _text(self, desk: "Desk", at: int, action: str) -> str:
        """Return a deed with its digit, and its own key where both fit."""
        text = case_deeds.deed_text(action)
        keyed = case_deeds.KEYED.get(action)
        digit = f"{at + 1}   " if at < 9 else "     "
        if keyed is not None:
            named = f"{text}  {words.key(desk.actions.action(keyed).keys[0])}"
            if text_width(digit + named, desk.theme) <= desk.theme.px(ROOM):
                text = named
        return digit + text

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = Qt.Key(event.key()), event.text()
        focused = self.focusWidget()
        if key in _STEPS and isinstance(focused, QPushButton):
            at = self.buttons.index(focused) + _STEPS[key]
            if 0 <= at < len(self.buttons):
                self.buttons[at].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.isAutoRepeat():
            return  # the key that asked is still down; it must not take too
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.answer()
        elif text.isdigit() and 1 <= int(text) <= len(self.buttons):
            self.chosen.emit(self.offers[int(text) - 1])
        else:
            super().keyPressEvent(event)


class _Offer(QPushButton):
    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            super().keyPressEvent(event)
        else:
            event.ignore()  # the menu walks and takes


class MoreSteps(QWidget):
    """Where menu and form stand in a case; hidden while neither does.

    Thread: UI only.

    Args:
        desk: What every panel receives.
        typed: Keeps what is typed at a case.

    Signals:
        changed: Something stands here, or nothing any more.
        put_away: It has gone with the keyboard in it.
    """

    changed = Signal()
    put_away = Signal()

    def __init__(self, desk: "Desk", typed: CaseWords) -> None:
        super().__init__()
        self._desk = desk
        self._typed = typed
        self._shown: DeedMenu | DeedForm | None = None
        self._from_menu = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()
        desk.actions.wanted.connect(self._begin)
        desk.case_opened.connect(self.close_all)
        desk.moved.connect(self._renew)
        desk.looks.changed.connect(self._say_again)

    @property
    def shown(self) -> DeedMenu | DeedForm | None:
        """Return the menu or the form that stands here, or None."""
        return self._shown

    def go_back(self) -> bool:
        """Go from form to menu, or put away; return whether something stood here."""
        if self._shown is None:
            return False
        if self._from_menu and isinstance(self._shown, DeedForm):
            self._show_menu()
        else:
            self.close_all()
        return True

    def close_all(self, *_ignored: object) -> None:
        """Put away what stands here; words half typed are kept."""
        if self._shown is not None:
            self._show(None)

    # -- inside -----------------------------------------------------------------------

    def _begin(self, wanted: str) -> None:
        """Show the menu, or the form of a deed that has a key of its own."""
        if wanted == "more":
            self._show_menu()
            return
        keyed = {
            "more_back": case_deeds.way_back(self._desk),
            "more_force": FORCED,
            "more_reinforce": "reinforce",
        }
        if wanted in keyed or wanted.startswith(DEED):
            self._from_menu = False
            self._show_form(keyed.get(wanted) or wanted.removeprefix(DEED))

    def _renew(self, *_ignored: object) -> None:
        """Put away what may not be done any more; offer what may be now."""
        case, shown = self._desk.case, self._shown
        if shown is None:
            return
        if case is None:
            self.close_all()
        elif isinstance(shown, DeedMenu):
            if tuple(case_deeds.offered(self._desk, case)) != shown.offers:
                self._show_menu()
        else:
            action = shown.deed.action
            refused = case_deeds.refusal_of(self._desk, case, action)
            if refused is not None:  # somebody was quicker, or the clock
                self.close_all()
                self._desk.actions.refuse_here(case.case_id, action, refused)

    def _say_again(self) -> None:
        """Say it in the desk's language."""
        if isinstance(self._shown, DeedMenu):
            self._show_menu()
        elif self._shown is not None:
            self._show_form(self._shown.deed.action)

    def _show_menu(self) -> None:
        case = self._desk.case
        actions = [] if case is None else case_deeds.offered(self._desk, case)
        if case is None or not actions:
            self.close_all()
            return
        state, number = words.state(case.state), words.case_number(case)
        asked = self.tr('{number} is "{state}": what is to be done?')
        asked = asked.format(number=number, state=state)
        menu = DeedMenu(self._desk, asked, actions)
        menu.chosen.connect(self._on_chosen)
        self._from_menu = True
        self._show(menu)

    def _show_form(self, action: str) -> None:
        case = self._desk.case
        if case is None or not action:
            return
        deed = case_deeds.deed_of(self._desk, case, action)
        half = self._typed.half(case.case_id, action)
        number = words.case_number(case)
        form = DeedForm(self._desk, deed, number=number, text=half)
        case_id = case.case_id
        form.typed.connect(lambda text: self._typed.keep(case_id, action, text))
        form.said.connect(self._on_said)
        self._show(form)

    def _show(self, widget: DeedMenu | DeedForm | None) -> None:
        old, self._shown = self._shown, widget
        focused = QApplication.focusWidget()
        had = old is not None and focused is not None and old.isAncestorOf(focused)
        if widget is not None:
            self._layout.addWidget(widget)
        self.setVisible(widget is not None)
        self.changed.emit()
        if widget is not None:
            widget.start()
        if old is not None:
            old.hide()
            self._layout.removeWidget(old)
            old.deleteLater()
        if widget is None and had:
            self.put_away.emit()

    def _on_chosen(self, action: str) -> None:
        keyed = case_deeds.KEYED.get(action)
        if keyed is None:
            self._show_form(action)
            return
        self.close_all()
        self._desk.actions.run(keyed)

    def _on_said(self, values: dict[str, object]) -> None:
        case, form = self._desk.case, self._shown
        if case is None or not isinstance(form, DeedForm):
            return
        action = form.deed.action
        self.close_all()
        sent = case_deeds.ask(self._desk, case, action, values)
        text = str(values.get("text", ""))
        self._typed.send(sent, case_id=case.case_id, line=action, text=text)
