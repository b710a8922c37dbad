"""Where the forms stand that are written about the open case: its report, a promise."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.panels.complete_form import CompleteForm
from console.panels.promise_form import PromiseForm

if TYPE_CHECKING:
    from console.desk import Desk


class CaseForms(QWidget):
    """Holds them, one at a time to be seen, and the keyboard while one is on its way.

    Thread: UI only.

    Signals:
        changed: One of them came, or went.
        done: One has gone that had the keyboard: what it said was taken.
    """

    changed = Signal()
    done = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.completing = CompleteForm(desk, self)
        self.promising = PromiseForm(desk, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for form in (self.completing, self.promising):
            layout.addWidget(form)
            form.installEventFilter(self)
        desk.actions.wanted.connect(self._begin)

    @property
    def shown(self) -> CompleteForm | PromiseForm | None:
        """Return the form that stands here, or None."""
        forms = (self.completing, self.promising)
        return next((form for form in forms if not form.isHidden()), None)

    def put_away(self) -> bool:
        """Hide what is shown, with its text; return whether there was something."""
        form = self.shown
        if form is not None:
            form.hide()
        return form is not None

    # -- inside -----------------------------------------------------------------------

    def _begin(self, wanted: str) -> None:
        forms: dict[str, CompleteForm | PromiseForm] = {
            "complete": self.completing,
            "promise": self.promising,
        }
        form = forms.get(wanted)
        if form is None or self._desk.case is None:
            return
        if form is not self.shown:
            self.put_away()
        form.start()

    # Qt

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.changed.emit()
            if self.hasFocus() and self.shown is None:
                self.done.emit()
        return False
