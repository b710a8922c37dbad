"""What takes a date in the form of a deed."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from console.case_deeds import Field, read_date
from console.theme import ROW

if TYPE_CHECKING:
    from console.desk import Desk


class DateField(QLineEdit):
    """A day: typed as `read_date` reads it, or stepped with PgUp and PgDn.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", field: Field) -> None:
        super().__init__()
        self._desk = desk
        usual, self._most = field.days or (1, 1)
        self.setFont(desk.theme.font(ROW))
        self._typed = (self._today() + timedelta(days=usual)).isoformat()
        self.setText(self._typed)

    def ask(self, about: object) -> None:
        """Stand empty while there is nothing that it would be the date of."""
        if bool(about) is not self.isReadOnly():
            return
        if about:
            self.setText(self._typed)
        else:
            self._typed = self.text()
            self.clear()
        self.setReadOnly(not about)
        none = QCoreApplication.translate("DeedForm", "Only where something follows")
        self.setPlaceholderText("" if about else none)
        self.style().unpolish(self)  # it wears the look of what is fixed
        self.style().polish(self)

    def _today(self) -> date:
        return self._desk.clock().astimezone(self._desk.zone).date()

    def value(self) -> object:
        """Return the day, or None where none stands there."""
        return read_date(self.text(), self._today())

    def problem(self) -> str:
        """Return why it cannot go on so, or nothing."""
        today, found = self._today(), read_date(self.text(), self._today())
        last = today + timedelta(days=self._most)
        if self.isReadOnly() or (found is not None and today < found <= last):
            return ""
        text = QCoreApplication.translate(
            "DeedForm", "A date from tomorrow until {last}, as {example} or +15."
        )
        return text.format(last=last.isoformat(), example=f"{last:%m-%d}")

    def take_keyboard(self) -> None:
        """Take the keyboard."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_PageUp: 1, Qt.Key.Key_PageDown: -1}.get(Qt.Key(event.key()))
        found = read_date(self.text(), self._today())
        if step is None or found is None:
            super().keyPressEvent(event)
        else:
            self.setText((found + timedelta(days=step)).isoformat())
