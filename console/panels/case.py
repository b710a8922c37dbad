"""The case panel: the middle column, what I do now."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from console import words
from console.case_words import NOTE, line_of
from console.panels.case_called import CalledQuestion
from console.panels.case_choices import InlineChoice, NoteLine
from console.panels.case_clocks import ClocksView
from console.panels.case_contacts import ContactQuestion
from console.panels.case_forms import CaseForms
from console.panels.case_head import CaseHead, StepView
from console.panels.case_log import LogView, SectionHead
from console.panels.case_more import MoreSteps
from console.panels.case_parts import PartsView
from console.panels.case_people import PeopleView
from console.panels.case_phone import PhoneQuestion
from console.panels.case_recall import RecallQuestion
from console.panels.case_room import LOW, make_room
from console.panels.case_steps import (
    StepsView,
    closing_question,
    still_alarmed,
    voiding_question,
)
from console.panels.home import HomePage
from console.panels.kin_view import KinView
from console.panels.photo import PhotoView
from console.panels.third_question import ThirdQuestion
from console.send_drops import UnitPull, let_open_case_take
from console.status_drops import StatusDrops
from dispatch.cases import Case, PhotoRef

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved


class CasePanel(QStackedWidget):
    """Shows the open case; when none is open 本班, or another page that is given.

    Thread: UI only.

    Signals:
        answered: What had the keyboard is put away; it belongs elsewhere now.
    """

    name = "case"

    answered = Signal()

    def __init__(self, desk: "Desk", home: QWidget | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._choice: InlineChoice | None = None
        self._choice_kind = ""
        self._newest_alarm = 0  # of the case, when it was asked why it is void
        self._contacts = ContactQuestion(desk, self)
        self._phone = PhoneQuestion(desk, self)
        self._questions: dict[str, RecallQuestion | CalledQuestion | ThirdQuestion] = {
            "recall": RecallQuestion(desk, self),
            "call_back": CalledQuestion(desk, self),
            "third": ThirdQuestion(desk, self),
        }
        self._noting: int | None = None  # the case whose note stands in the line
        self._asking: int | None = None  # the case that is asked how it ended
        self._words = desk.typed
        self.home = home or HomePage(desk)
        self._page = QWidget()
        self.head = CaseHead(desk)
        self.clocks = ClocksView(desk)
        self.step = StepView(desk)
        self.kin = KinView(desk, desk.same.case, of_case=True)
        self.steps = StepsView(desk)
        self.more = MoreSteps(desk, self._words)
        self.parts = PartsView(desk)
        self.people = PeopleView(desk)
        UnitPull(desk, self.people, self.people.unit_at)
        let_open_case_take(desk, self.head)
        StatusDrops(desk, self)
        self.log = LogView(desk)
        self.forms = CaseForms(desk)
        self.note = NoteLine(desk)
        self.note.hide()
        self._layout = QVBoxLayout(self._page)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.log_head = SectionHead(desk, self.tr("Log"))
        for widget in (
            self.head,
            self.step,
            self.kin,
            self.more,
            self.clocks,
            self.steps,
            self.parts,
            self.people,
            self.forms,
            self.log_head,
            self.note,
        ):
            self._layout.addWidget(widget)
        self.log.setMinimumHeight(desk.theme.px(64))
        self._layout.addWidget(self.log, 1)
        self._photo = PhotoView(desk, self.log.shelf)
        self.addWidget(self.home)
        self.addWidget(self._page)
        self.addWidget(self._photo)
        self.note.written.connect(self._on_note)
        self.note.line.textChanged.connect(self._keep_half_note)
        self.log.photo_wanted.connect(self._on_photo)
        self._photo.put_away.connect(self.go_back)
        for renewed in (desk.pending_changed, self.steps.folded, self.kin.changed):
            renewed.connect(self._fit)
        self.steps.skip_wanted.connect(self.choose_skip)
        desk.case_opened.connect(self._on_opened)
        desk.moved.connect(self._on_moved)
        desk.actions.wanted.connect(self._on_wanted)
        desk.looks.changed.connect(self._on_looks)
        self.forms.changed.connect(self._on_written)
        desk.refused.connect(self._fit)  # its words take room
        desk.second.connect(self._keep_words)
        self._words.came_back.connect(self._on_words_back)
        self.more.changed.connect(self._on_written)
        for gone in (self.more.put_away, self.forms.done):
            gone.connect(self.answered)

    def start(self) -> None:
        """Take the keyboard."""
        for form in (self.more.shown, self.forms.shown):
            if form is not None:
                form.start()
                return
        at_case = self._desk.case is not None
        target = (self._choice or self.people) if at_case else self.home
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose_outcome(self) -> None:
        """Ask how the case ended, or before anyone handles it why it is void."""
        case = self._desk.case
        if case is None:
            return
        if case.may("void"):
            alarms = self._desk.board.alarms_of(case.case_id)
            self._newest_alarm = max((alarm.alarm_id for alarm in alarms), default=0)
            self._show_choice(
                "void",
                voiding_question(case),
                [words.outcome(each) for each in words.VOID_REASONS],
                words_hint=self.tr("Words on it; another reason needs them"),
                deed=self.tr("Void {number}: {answer}"),
                careful=True,
                wordy=(list(words.VOID_REASONS).index("other"),),
            )
            return
        self._show_choice(
            "close",
            *closing_question(self._desk, case),
            words_hint=self.tr("Words on it (may stay empty)"),
            deed=self.tr("Close {number}: {answer}"),
            careful=still_alarmed(self._desk, case) or case.drill,
        )

    def choose(self, kind: str) -> None:
        """Ask one of the questions that know by themselves how they are asked."""
        case = self._desk.case
        if case is None or self._desk.actions.is_reporting():
            return
        question = self._questions[kind]
        self._show_choice(kind, **question.begin(case))
        if isinstance(question, CalledQuestion):
            question.listen(self._choice)

    def choose_phone(self) -> None:
        """Ask what the unit that was sent says on the telephone."""
        question = self._phone.begin(self._desk.case)
        if not question:
            return
        self._show_choice(
            "phone",
            question,
            self._phone.texts(),
            words_hint=self._phone.words_hint(),
            deed="{answer}",
            careful=self._phone.answers[0] != "finish",  # that one asks for words
            wordy=self._phone.wordy(),
        )
        self._phone.listen(self._choice)

    def choose_skip(self) -> None:
        """Ask why a step is left out; the supervisor reads it."""
        self._show_choice(
            "skip",
            self.steps.skip_question(),
            [self.tr("Skip this step")],
            words_hint=self.tr("Why it is left out"),
            deed="{answer}",
            wordy=(0,),
        )
        self._phone.listen(self._choice)

    def choose_contact(self) -> None:
        """Show whom to call; the answer copies the number."""
        answers = self._contacts.begin(self._desk.case)
        if not answers:
            self._show_choice("none", self._contacts.no_answers(), [])
            return
        self._show_choice(
            "contact",
            self.tr("Copy whose number?"),
            answers,
            plain=self.tr("Copy this number"),
        )

    def write_note(self) -> None:
        """Open the line for a note."""
        if self._desk.case is not None:
            self.setCurrentWidget(self._page)
        self.note.show()
        self._fit()
        self.note.start()

    def go_back(self) -> bool:
        """Put away what lies on top; return whether there was something."""
        if self.currentWidget() is self._photo:
            self.setCurrentWidget(self._page)
            return True
        if self._choice is not None:
            self._drop_choice()
            return True
        if self.more.go_back():
            return True
        if self.note.isVisible():
            self.note.hide()
            self._fit()
            return True
        forget = self._desk.actions.forget_refusal
        return self.forms.put_away() or forget(self._desk.open_case_id)

    def choice(self) -> InlineChoice | None:
        """Return the question that stands in the case, or None."""
        return self._choice

    @property
    def written(self) -> QWidget | None:
        """Return the menu or the form that stands here, or None."""
        return self.more.shown or self.forms.shown

    def asks(self) -> bool:
        """Return whether a question, a menu or a form has the keyboard here."""
        return self._choice is not None or self.written is not None

    # -- inside -----------------------------------------------------------------------

    def _fit(self) -> None:
        make_room(self, low=self.height() < self._desk.theme.px(LOW))

    def _on_written(self) -> None:
        """Make room for the menu or a form, or take it back."""
        if self.written is not None:
            self._drop_choice()
            self.setCurrentWidget(self._page)
        self._fit()

    def _show_choice(
        self, kind: str, title: str, answers: list[str], *, deed: str = "", **how: Any
    ) -> None:
        """Put a question into the case; `how` it is asked, see `InlineChoice`."""
        case = self._desk.case
        number = words.case_number(case) if case is not None else ""
        self._drop_choice()
        self.more.close_all()
        self.forms.put_away()
        self.setCurrentWidget(self._page)
        deed = deed.format(number=number, answer="{answer}")
        choice = InlineChoice(self._desk, title, answers, deed=deed, **how)
        choice.chosen.connect(self._on_choice)
        self._choice, self._choice_kind = choice, kind
        self._asking = self._desk.open_case_id
        if choice.line is not None:
            choice.line.setText(
                self._words.half(self._asking or 0, line_of(self._choice_kind))
            )
            choice.line.textChanged.connect(self._keep_half_opinion)
        self._layout.insertWidget(self._layout.indexOf(self.step) + 1, choice)
        self._fit()
        choice.start()

    def _drop_choice(self) -> None:
        if self._choice is not None:
            self._keep_half_opinion()
            focused = QApplication.focusWidget()
            had = focused is not None and self._choice.isAncestorOf(focused)
            self._choice.hide()
            self._layout.removeWidget(self._choice)
            self._choice.deleteLater()
            self._choice = None
            self._fit()
            if had:
                self.answered.emit()

    def _on_choice(self, index: int, text: str) -> None:
        case, kind = self._desk.case, self._choice_kind
        self._drop_choice()
        sent = ""
        if kind == "close" and case is not None:
            outcome = list(words.OUTCOMES)[index]
            sent = self._desk.actions.close_case(case, outcome, opinion=text.strip())
        elif kind == "void" and case is not None:
            reason = list(words.VOID_REASONS)[index]
            sent = self._desk.actions.void_case(
                case, reason, newest_alarm=self._newest_alarm, text=text.strip()
            )
        elif kind == "phone" and case is not None:
            said = self._phone.say(case, index, text.strip())
            sent = said if self._phone.carries_words(index) else ""
        elif kind == "contact":
            self._contacts.copy(case, index)
        elif kind in self._questions and case is not None:
            sent = self._questions[kind].say(case, index, text)
        elif kind == "skip":
            sent = self.steps.skip(text.strip())
        if sent and case is not None:
            line = line_of(kind)
            self._words.send(sent, case_id=case.case_id, line=line, text=text)

    def _on_note(self, text: str) -> None:
        case = self._desk.case
        if case is None:
            return
        sent = self._desk.actions.add_note(case, text)
        self._words.send(sent, case_id=case.case_id, line=NOTE, text=text)
        self.note.line.clear()
        self.note.hide()
        self._fit()

    def _on_words_back(self, case_id: int, line: str) -> None:
        """Put refused words where they were typed, where that is on the screen."""
        if line == NOTE and case_id == self._noting:
            self.note.line.setText(self._words.half(case_id, NOTE))
            self.note.show()
            self._fit()
            return
        asked = self._choice.line if self._choice is not None else None
        here = (case_id, line) == (self._asking, line_of(self._choice_kind))
        if here and asked is not None:
            asked.setText(self._words.half(case_id, line))

    def _on_photo(self, ref: PhotoRef) -> None:
        self._photo.show_photo(ref)
        self.setCurrentWidget(self._photo)

    def _on_looks(self) -> None:
        """Ask again in the other language what is being asked."""
        self.log_head.text = self.tr("Log")
        self.note.name_words()
        kind, choice = self._choice_kind, self._choice
        if choice is None:
            return
        picked = choice.picked
        self._drop_choice()
        self._on_wanted({"void": "close", "none": "contact"}.get(kind, kind))
        if self._choice is not None and picked is not None:
            self._choice.pick(picked)

    def _on_wanted(self, what: str) -> None:
        ask = {
            "close": self.choose_outcome,
            "contact": self.choose_contact,
            "phone": self.choose_phone,
            "note": self.write_note,
            "skip": self.choose_skip,
            "steps": self.steps.start,
            "uncover": lambda: self.setCurrentWidget(self._page),
        }.get(what)
        if what in self._questions:
            self.choose(what)
        elif ask is not None:
            ask()

    def _on_opened(self, case_id: int | None) -> None:
        self._drop_choice()
        self._keep_half_note()
        self.note.hide()
        self._noting = case_id
        self.note.line.setText(self._words.half(case_id or 0, NOTE))
        self.setCurrentWidget(self.home if case_id is None else self._page)
        self._renew()

    def _keep_half_note(self, *_ignored: object) -> None:
        """Keep what is written of a note for when its case is opened again."""
        if self._noting is not None:
            self._words.keep(self._noting, NOTE, self.note.line.text())

    def _keep_half_opinion(self, *_ignored: object) -> None:
        """Keep the words on an outcome for when it is asked again."""
        line = self._choice.line if self._choice is not None else None
        if line is not None and self._asking is not None:
            self._words.keep(self._asking, line_of(self._choice_kind), line.text())

    def _keep_words(self) -> None:
        self._keep_half_note()
        self._keep_half_opinion()
        self._words.save()

    def _on_moved(self, moved: "Moved") -> None:
        case_id = self._desk.open_case_id
        if moved.everything or case_id in moved.cases:
            case = self._desk.case
            if self._choice is not None and case and self._is_late(case):
                self._drop_choice()
            self._renew()
        elif moved.places or moved.grids or moved.alarms:
            self.head.renew()

    def _is_late(self, case: Case) -> bool:
        """Return whether what is being asked was answered elsewhere."""
        if self._choice_kind == "void":
            return not case.may("void")
        if self._choice_kind == "phone":
            return self._phone.is_late(case)
        if self._choice_kind in self._questions:
            return self._questions[self._choice_kind].is_late(case)
        return self._choice_kind in ("close", "skip") and not case.state.is_open

    def _renew(self) -> None:
        case = self._desk.case
        self.head.renew()
        self.step.renew()
        self.clocks.show_case(case)
        self.steps.renew()
        self.log.show_case(case.case_id if case is not None else None)
        self._fit()

    # Qt

    def minimumSizeHint(self) -> QSize:
        return QSize(self._desk.theme.px(300), self._desk.theme.px(400))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        self._keep_words()  # the window closes, maybe
        super().hideEvent(event)
