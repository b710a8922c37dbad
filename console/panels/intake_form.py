"""The form of a new report: place and kind found while typing, saved by Enter."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from console import words
from console.bar_keys import FormKeys
from console.drafts import CHANNELS
from console.found import Found
from console.kind_search import KindSearch
from console.panels.call_view import CallView
from console.panels.channel_choice import ChannelChoice
from console.panels.finder import Finder
from console.panels.history_view import HistoryView
from console.panels.kin_view import KinView
from console.panels.place_finder import PlaceFinder
from console.refusals import refusal
from console.same_thing import query_of
from console.theme import MIN, ROW, TITLE
from dispatch.commands import Refused
from dispatch.geo import Point
from dispatch.kinship import Matter
from dispatch.places import Place
from dispatch.questions import Kin

if TYPE_CHECKING:
    from console.desk import Desk

RESULTS = 5
RESULTS_LOW = 3
LOW = 760  # below this not every field finds room beside five results


class IntakeForm(FormKeys, QWidget):
    """Takes a report without leaving the desk; parked, it keeps every letter.

    Thread: UI only.

    Signals:
        saved: Case id of the new case.
        parked: The form shall be put aside with what stands in it.
    """

    name = "intake_form"

    saved = Signal(int)
    parked = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._command_id = ""
        self._main: int | None = None  # which case it is joined to, on its way
        self.place = PlaceFinder(desk)
        self.kind = Finder(desk, twice=True)
        self.reporter = QLineEdit()
        self.phone = QLineEdit()
        self.details = QPlainTextEdit()
        self.details.setTabChangesFocus(True)
        self.kin = KinView(desk, desk.same.report, of_case=False)
        self.history = HistoryView(desk)
        self._channels = ChannelChoice(desk)
        self.call = CallView(desk)
        self._message = QLabel()
        self._save_button = QPushButton()
        self._park_button = QPushButton()
        self._title = QLabel()
        self._hint = QLabel()
        self._labels: list[QLabel] = []
        self._build()
        self._name_words()
        self.place.searched.connect(self._message.hide)
        self.place.chosen.connect(self._message.hide)
        for changed in (self.place.chosen, self.kind.chosen, self.phone.textChanged):
            changed.connect(self._look_for_kin)
        self.place.confirmed.connect(self._after_place)
        self.kind.searched.connect(self._on_kind_text)
        self.kind.confirmed.connect(self.save)
        self.call.answered.connect(self.start)
        desk.actions.reported.connect(self._on_reported)
        desk.actions.wanted.connect(self._on_wanted)
        desk.pending_changed.connect(self._on_pending)
        desk.link_changed.connect(self._on_pending)
        desk.refused.connect(self._on_refused)
        desk.looks.changed.connect(self._name_words)

    # -- what can be done with it ---------------------------------------------------

    def start(self) -> None:
        """Take the keyboard, at the first field that is still empty."""
        first = self.place if self.place.value is None else self.kind
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def is_empty(self) -> bool:
        """Return whether nothing would be lost."""
        return not any(
            (
                self.place.line.text().strip(),
                self.kind.line.text().strip(),
                self.reporter.text().strip(),
                self.phone.text().strip(),
                self.details.toPlainText().strip(),
            )
        )

    @property
    def locked(self) -> bool:
        """Return whether it is on its way: what is typed now would be lost.

        Until its own answer is here: the case may come first, and is no answer yet.
        """
        return bool(self._command_id)

    @property
    def channel(self) -> int:
        """Return by which of the `CHANNELS` it came."""
        return self._channels.index

    @channel.setter
    def channel(self, index: int) -> None:
        self._channels.index = index

    def say_kept(self) -> None:
        """Say quietly that this was typed before the desk was closed."""
        self._hint.setText(self.tr("Kept from before this desk was closed."))

    def say_refused(self, refused: Refused) -> None:
        """Say why this report of an earlier run was not saved."""
        self._say(refusal(refused))

    def park(self) -> None:
        """Put the question in it away, or the form aside, with what stands in it."""
        if not self.call.go_back():
            self.parked.emit()

    def clear(self) -> None:
        """Empty every field."""
        self.place.clear()
        self.kind.clear()
        self.reporter.clear()
        self.phone.clear()
        self.details.clear()
        self._message.clear()
        self._command_id, self._main = "", None
        self.call.call = ""
        self._channels.index = 0
        self._lock(False)
        self._look_for_kin()

    def set_place(self, name: str, point: Point) -> None:
        """Choose a place from outside, such as by a click on the map."""
        if self.locked:
            return
        self.place.set_value(
            Found(Place(place_id="", name=name, kind="", point=point), name)
        )

    def save(self) -> None:
        """Save the report, or say what is missing and go there."""
        if self.locked:
            return
        if not self.place.take_highlighted(self.save):
            if self.place.awaiting:
                return  # saved once the place is found
            self._say(
                self.tr("Not saved: the place is missing. Type part of its name.")
            )
            self.place.setFocus()
            return
        if self.kind.value is None:
            self._say(self._look_at_the_kind())
            self.kind.setFocus()
            return
        self._send(str(self.kind.value.key))

    def join(self) -> None:
        """Save the report as a part of the case that is the same thing.

        One without a kind is of that case's.
        """
        kin = self._desk.same.report.chosen
        if not self.locked and kin is not None:
            kind = self.kind.value
            self._send(str(kind.key) if kind is not None else kin.category, kin)

    # -- inside -----------------------------------------------------------------------

    def _send(self, category: str, kin: Kin | None = None) -> None:
        refused = self._desk.actions.refusal("new_report")
        if refused is not None:
            self._say(refusal(refused))
            return
        place = self.place.value
        if place is None or not isinstance(place.key, Place):
            return
        self._main = None if kin is None else kin.case_id
        self._command_id = self._desk.actions.report(
            category=category,
            place_name=place.key.name,
            point=place.key.point,
            channel=CHANNELS[self.channel],
            details=self.details.toPlainText().strip(),
            reporter_name=self.reporter.text().strip(),
            reporter_phone=self.phone.text().strip(),
            joins=self._main,
            call=self.call.call,
        )
        self._on_pending()

    def _look_at_the_kind(self) -> str:
        """Put a kind there for somebody to look at; return what to do.

        What only stood first in a list, or in what was said, nobody has chosen.
        """
        if self.kind.take_highlighted():
            return self.tr("Not saved yet: look at the kind, then press Enter.")
        said = self.details.toPlainText()
        proposed = [] if self.kind.text() else self._kinds.propose(said, limit=1)
        if not proposed:
            return self.tr("Not saved: the kind is missing. Type a word of it.")
        self.kind.set_value(proposed[0])
        return self.tr(
            'Not saved yet: "{words}" speaks for this kind. Look at it, then press Enter.'
        ).format(words=proposed[0].about)

    def _look_for_kin(self, *_ignored: object) -> None:
        """Look for what may be the same thing as what stands here, and for what was."""
        if not self.isVisible():
            return  # another form is at hand, or none
        value, kind = self.place.value, self.kind.value
        phone = self.phone.text().strip()
        place = value.key if value is not None else None
        place = place if isinstance(place, Place) and not self.locked else None
        self.history.look(place, phone)
        finder = self._desk.same.report
        if place is None:
            finder.look(None)
            return
        matter = Matter(
            category=str(kind.key) if kind is not None else "",
            place_name=place.name,
            point=place.point,
            at=self._desk.clock(),
            phone=phone,
        )
        finder.look(query_of(matter, self._desk.actions.taxonomy.rules))

    def _on_wanted(self, what: str) -> None:
        if what == "join" and self.isVisible():
            self.join()

    def _build(self) -> None:
        theme = self._desk.theme
        p = theme.px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(p(16), p(10), p(16), p(12))
        outer.setSpacing(p(10))
        self._title.setFont(theme.font(TITLE, 600))
        outer.addWidget(self._title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(p(8))
        grid.setVerticalSpacing(p(10))
        grid.setColumnMinimumWidth(0, p(88))
        fields: list[QWidget] = [
            self.place,
            self.kind,
            self._channels,
            self.reporter,
            self.phone,
            self.details,
        ]
        for row, field in enumerate(fields):
            label = QLabel()
            label.setFont(theme.font(ROW))
            label.setFixedHeight(p(44))
            label.setProperty("look", "second")
            label.setBuddy(field)
            self._labels.append(label)
            field.setFont(theme.font(ROW))
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, row, 1)
        self.details.setMinimumHeight(p(44))
        self.details.setMaximumHeight(p(120))
        outer.addLayout(grid)
        outer.addWidget(self.call)
        outer.addWidget(self.kin)
        outer.addWidget(self.history)
        self._message.setFont(theme.font(ROW))
        self._message.setWordWrap(True)
        self._message.setProperty("look", "framed")
        self._message.hide()
        outer.addWidget(self._message)
        buttons = QHBoxLayout()
        buttons.setSpacing(p(12))
        self._save_button.setFont(theme.font(ROW, 600))
        self._save_button.clicked.connect(self.save)
        self._park_button.setFont(theme.font(ROW))
        self._park_button.clicked.connect(self.park)
        buttons.addWidget(self._save_button)
        buttons.addWidget(self._park_button)
        buttons.addStretch(1)
        outer.addLayout(buttons)
        self._hint.setFont(theme.font(MIN))
        self._hint.setWordWrap(True)
        self._hint.setProperty("look", "quiet")
        outer.addWidget(self._hint)
        outer.addStretch(1)

    def _name_words(self) -> None:
        self._title.setText(self.tr("New report"))
        names = (
            self.tr("Place"),
            self.tr("Kind"),
            self.tr("Came by"),
            self.tr("Reporter"),
            self.tr("Telephone"),
            self.tr("Details"),
        )
        for label, name in zip(self._labels, names, strict=True):
            label.setText(name)
        self.place.set_words(
            self.tr("Name, address or initials"),
            self.tr("No such place. Type another part of its name."),
        )
        self.kind.set_words(
            self.tr("Words, initials or code"),
            self.tr("No such kind. Type another word."),
        )
        self._channels.name_words()
        self._park_button.setText(self.tr("Put aside  Esc"))
        self._hint.setText(
            self.tr(
                "⏎ chooses the kind, ⏎ saves. Ctrl+I in the case completes it later."
            )
        )
        self._message.hide()  # said in the language that was spoken then
        self._kinds = KindSearch(self._desk.actions.taxonomy)
        chosen = self.kind.value
        if chosen is not None:
            name = words.category(self._desk.actions.taxonomy, str(chosen.key))
            self.kind.set_value(replace(chosen, text=name))
        self._on_kind_text(self.kind.text())
        self._on_pending()

    def _on_kind_text(self, text: str) -> None:
        self.kind.show_results(self._kinds.find(text, limit=RESULTS), text)

    def _after_place(self) -> None:
        self.kind.setFocus(Qt.FocusReason.TabFocusReason)

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.show()

    def _on_reported(self, case_id: int, command_id: str) -> None:
        if command_id == self._command_id:
            main = self._main
            self.clear()
            self.saved.emit(case_id if main is None else main)

    def _on_refused(self, _case_id: int | None, refused: Refused) -> None:
        """Say here what was asked of the case that this form covers."""
        if refused.reason == "form_open" and self.isVisible():
            self._say(refusal(refused))

    def _on_pending(self, *_ignored: object) -> None:
        ledger = self._desk.actions.ledger
        refused = ledger.take_report_refusal(self._command_id)
        if refused is not None:
            self._command_id = ""
        self._lock(self.locked)
        if self.locked or refused is not None:
            self._look_for_kin()
        if self.locked:
            pending = ledger.of_command(self._command_id)
            waits = pending is not None and pending.waits(self._desk.clock())
            text = self.tr("Waiting for the service") if waits else "…"
            self._save_button.setText(text)
            if self._desk.link and not self._desk.link.connected:
                self._say(
                    self.tr(
                        "The service is away. The report is kept on this desk and"
                        " is sent by itself when it is back."
                    )
                )
            return
        self._save_button.setText(self.tr("Save report  ⏎"))
        if refused is not None:
            self._say(refusal(refused))

    def _lock(self, on: bool) -> None:
        """Take no more letters while what stands there is on its way."""
        if self.details.isReadOnly() is on:
            return
        for field in (
            self.place.line,
            self.kind.line,
            self.reporter,
            self.phone,
            self.details,
        ):
            field.setReadOnly(on)
            field.style().unpolish(field)  # it wears the look of what is fixed
            field.style().polish(field)
        self._channels.setEnabled(not on)
        self._save_button.setEnabled(not on)

    # Qt

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = self.height() < self._desk.theme.px(LOW)
        self._hint.setVisible(not low)
        for finder in (self.place, self.kind):
            finder.show_at_most(RESULTS_LOW if low else RESULTS)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_for_kin()

    def hideEvent(self, event: QHideEvent) -> None:
        self._desk.same.report.look(None)
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
            return
        super().keyPressEvent(event)
