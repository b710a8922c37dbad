"""The reports being taken down: the one at hand, the parked ones, what is kept of them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from console.call_requests import Rang
from console.calls import RINGS
from console.drafts import FILE, Drafts, draft_of, draft_of_report, fill
from console.panels.intake_form import IntakeForm
from dispatch.commands import Refused, ReportCase

if TYPE_CHECKING:
    from console.desk import Desk


class ReportForms(QObject):
    """The forms of the middle; a form that is not shown is parked as it stands.

    Thread: UI only.

    Args:
        desk: What every panel receives.
        pages: Where the forms stand.
        form: The first one.

    Attributes:
        form: The one at hand.

    Signals:
        parked: Somebody put the form at hand aside.
        saved: A form and the id of the case its report became.
    """

    parked = Signal()
    saved = Signal(object, int)

    def __init__(self, desk: "Desk", pages: QStackedWidget, form: IntakeForm) -> None:
        super().__init__(pages)
        self._desk, self._pages = desk, pages
        self._drafts = Drafts(Path(desk.settings.fileName()).with_name(FILE))
        self._parked: list[IntakeForm] = []
        self.form = form
        self._connect(form)
        self._calling: Rang | None = None  # who rang last, and when
        self._rang_at = desk.clock()
        desk.calls.rang.connect(self._on_rang)

    @property
    def showing(self) -> bool:
        """Return whether the form at hand is the page that is shown."""
        return self._pages.currentWidget() is self.form

    @property
    def some_parked(self) -> bool:
        """Return whether a report waits that is not to be seen now."""
        return bool(self._parked) or not (self.showing or self.form.is_empty())

    def begin(self) -> None:
        """Have an empty form at hand; what is parked stays parked."""
        if not self.form.is_empty():
            self._parked.append(self.form)
            self.form = self._made()
        rang, self._calling = self._calling, None
        if rang is not None and self._desk.clock() - self._rang_at < RINGS:
            self.form.phone.setText(rang.number)
            self.form.call.call = rang.call

    def take_up(self) -> None:
        """Have a parked form at hand; each in turn, where there are several."""
        if self.form.is_empty() and self._parked:
            empty, self.form = self.form, self._parked.pop()
            self._drop(empty)
        elif self._parked and self.showing:
            self._parked.insert(0, self.form)
            self.form = self._parked.pop()

    def let_go(self, form: IntakeForm) -> None:
        """Have a parked form no longer: its report was saved."""
        if form in self._parked:
            self._parked.remove(form)
            self._drop(form)

    def take_back(self, report: ReportCase, refused: Refused) -> None:
        """Park a report of an earlier run that was refused, as it was typed."""
        form = self._made()
        fill(form, draft_of_report(report, self._desk.actions.taxonomy), refused)
        self._parked.append(form)
        self.keep_drafts()

    def keep_drafts(self) -> None:
        """Keep what is half typed for when this desk is opened again."""
        drafts = [draft_of(form) for form in (*self._parked, self.form)]
        self._drafts.keep([each for each in drafts if each is not None])

    def bring_drafts_back(self) -> None:
        """Park the reports that were half typed when the desk was closed."""
        for draft in self._drafts.load():
            self.begin()
            fill(self.form, draft)
        self._desk.pending_changed.emit()  # the bar offers the way back to them

    def _on_rang(self, rang: Rang) -> None:
        self._calling, self._rang_at = rang, self._desk.clock()
        said = self.tr("A call, its number ends in {end}. F2 takes it down.")
        self._desk.said.emit(said.format(end=rang.number[-4:]))

    def _made(self) -> IntakeForm:
        form = IntakeForm(self._desk)
        self._connect(form)
        self._pages.addWidget(form)
        return form

    def _connect(self, form: IntakeForm) -> None:
        form.parked.connect(self.parked)
        form.saved.connect(partial(self.saved.emit, form))

    def _drop(self, form: IntakeForm) -> None:
        self._pages.removeWidget(form)
        form.hide()
        form.deleteLater()
