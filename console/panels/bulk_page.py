"""The page of 批量办理: what may be done with the marked cases, and with which of them."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from console import case_deeds, words
from console.bar_keys import BarKey, HasKeys
from console.keys import OWN_KEYS
from console.panels.case_more import DeedMenu
from console.panels.deed_form import DeedForm
from console.panels.wall_parts import PlainList
from console.refusals import refusal
from console.theme import MIN, ROW, TITLE
from dispatch.board import Moved

if TYPE_CHECKING:
    from console.bulk import Outlook
    from console.desk import Desk
    from dispatch.cases import Case

LINES = 12


class BulkPage(HasKeys, QWidget):
    """Menu, then form of a deed, over a list that says what it would do to each case.

    Thread: UI only.

    Attributes:
        shown: The menu or the form, or None where nothing can be done.
        rows: The marked cases.

    Signals:
        put_away: It was asked for.
    """

    name = "bulk_page"
    put_away = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(OWN_KEYS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk = desk
        self.shown: DeedMenu | DeedForm | None = None
        theme = desk.theme
        p = theme.px
        self._title, self._about, self._hint = QLabel(), QLabel(), QLabel()
        self._title.setFont(theme.font(TITLE, 600))
        self._about.setFont(theme.font(ROW, 600))
        self._hint.setFont(theme.font(MIN))
        self._hint.setProperty("look", "quiet")
        self._holder = QVBoxLayout()
        self.rows = PlainList(desk, LINES)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, p(10), 0, p(12))
        layout.setSpacing(p(8))
        for label in (self._title, self._about, self._hint):
            label.setWordWrap(True)
            label.setContentsMargins(p(16), 0, p(16), 0)
        layout.addWidget(self._title)
        layout.addLayout(self._holder)
        layout.addWidget(self._about)
        beside = QVBoxLayout()
        beside.setContentsMargins(p(16), 0, p(16), 0)
        beside.addWidget(self.rows)
        layout.addLayout(beside, 1)
        layout.addWidget(self._hint)
        desk.bulk.changed.connect(self._renew)
        desk.moved.connect(self._renew)
        desk.looks.changed.connect(self._begin)

    def go_back(self) -> bool:
        """Go from the form to the menu; return whether a form stood here."""
        if not self.isVisible() or not isinstance(self.shown, DeedForm):
            return False
        self._begin()
        return True

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return what puts the page away; menu and form have keys of their own."""
        return (BarKey(words.key("Esc"), self.tr("Put away"), "back"),)

    # -- inside -----------------------------------------------------------------------

    def _begin(self) -> None:
        """Offer what may be done with the marked cases."""
        offers = self._desk.bulk.offers()
        menu = None
        if offers:
            title = self.tr("What is to be done with all of them?")
            menu = DeedMenu(self._desk, title, offers)
            menu.chosen.connect(self._show_form)
        self._show(menu)

    def _show_form(self, action: str) -> None:
        possible = [
            each.case
            for each in self._desk.bulk.preview(action)
            if each.refused is None
        ]
        if not possible:
            self._begin()
            return
        deed = case_deeds.deed_of(self._desk, possible[0], action)
        deed = replace(deed, careful=True)  # whatever is done to many takes a key more
        number = self.tr("{n} cases").format(n=len(possible))
        form = DeedForm(self._desk, deed, number=number, text="")
        form.said.connect(self._on_said)
        self._show(form)

    def _show(self, widget: DeedMenu | DeedForm | None) -> None:
        old, self.shown = self.shown, widget
        if widget is not None:
            self._holder.addWidget(widget)
            if self._has_keyboard():
                widget.start()
        elif self.isVisible():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if old is not None:
            old.hide()
            self._holder.removeWidget(old)
            old.deleteLater()
        self._say()

    def _on_said(self, values: dict[str, object]) -> None:
        if isinstance(self.shown, DeedForm):
            self._desk.bulk.ask(self.shown.deed.action, values)
            self.put_away.emit()

    def _has_keyboard(self) -> bool:
        """Return whether the keyboard is here: whoever walks in the lane keeps it."""
        focused = QApplication.focusWidget()
        return self.isVisible() and (
            focused is self or (focused is not None and self.isAncestorOf(focused))
        )

    def _renew(self, *what: object) -> None:
        """Follow what others do to these cases meanwhile."""
        if not self.isVisible():
            return
        (moved,) = what or (None,)
        bulk, shown = self._desk.bulk, self.shown
        if isinstance(moved, Moved) and not (
            moved.everything or any(each in bulk for each in moved.cases)
        ):
            return
        if isinstance(shown, DeedForm):
            possible = [
                each for each in bulk.preview(shown.deed.action) if not each.refused
            ]
            shown.rename(self.tr("{n} cases").format(n=len(possible)))
            if not possible:
                self._begin()
        elif (shown.offers if shown is not None else ()) != tuple(bulk.offers()):
            self._begin()
        self._say()

    def _say(self) -> None:
        """Say what is marked, and what would become of each."""
        bulk, shown = self._desk.bulk, self.shown
        self._title.setText(self.tr("Done together: {n} cases").format(n=len(bulk)))
        if isinstance(shown, DeedForm):
            looks = bulk.preview(shown.deed.action)
            looks.sort(key=lambda each: each.refused is None)
            no = sum(1 for each in looks if each.refused is not None)
            about = self.tr("Possible for {n} of them.").format(n=len(looks) - no)
            if no:
                about = self.tr(
                    "Possible for {n} of them; {no} stay as they are, marked."
                ).format(n=len(looks) - no, no=no)
            self._about.setText(about)
            self.rows.show_rows([self._line(each) for each in looks])
        else:
            none = self.tr("With none of them anything can be done together.")
            self._about.setText(none if len(bulk) and shown is None else "")
            self.rows.show_rows([self._case(each) for each in bulk.cases()])
        self.rows.setCurrentRow(-1)
        self.rows.empty = self.tr(
            "None is marked. Alt+2, then Space marks a row, A all of them."
        )
        self._about.setVisible(bool(self._about.text()))
        self._hint.setText(self.tr("Nothing is asked before the button is pressed."))
        self._hint.setVisible(shown is not None)

    def _case(self, case: "Case") -> str:
        kind = words.category(self._desk.actions.taxonomy, case.category)
        number = words.case_number(case)
        place = f"{number} {case.place_name}"
        return " · ".join((place, kind, words.state(case.state)))

    def _line(self, look: "Outlook") -> str:
        if look.refused is None:
            return self._case(look.case)
        number = words.case_number(look.case)
        return f"✕ {number} {look.case.place_name} · {refusal(look.refused)}"

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._begin()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.shown is not None:
            self.shown.start()
