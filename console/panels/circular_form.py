"""A circular to several people: what it says, who gets it, and what became of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from console import notice_words, words
from console.bar_keys import BarKey, HasKeys
from console.case_deeds import Deed, Field
from console.panels.deed_form import DeedForm
from console.panels.duty_rows import masked_number
from console.panels.wall_parts import PlainList, label
from console.pending import Pending, refusal_in
from console.refusals import refusal
from console.theme import ROW
from dispatch.circulars import CircularsOf, SendCircular, Sent, filled
from dispatch.commands import Refused
from dispatch.notices import ACCEPTED, FAILED, GIVEN_UP, SENDING, UNCERTAIN, WAITING

if TYPE_CHECKING:
    from concurrent.futures import Future
    from typing import Any

    from console.desk import Desk
    from dispatch.cases import Case
    from dispatch.units import Unit

LINES = 10
_TITLES = {
    "gather": QT_TRANSLATE_NOOP("Circular", "Gather"),
    "stand_by": QT_TRANSLATE_NOOP("Circular", "Stand by"),
    "inform": QT_TRANSLATE_NOOP("Circular", "For information"),
    "stand_down": QT_TRANSLATE_NOOP("Circular", "Stand down"),
}
_STATES = {
    WAITING: QT_TRANSLATE_NOOP("Circular", "not sent yet"),
    SENDING: QT_TRANSLATE_NOOP("Circular", "being sent"),
    ACCEPTED: QT_TRANSLATE_NOOP("Circular", "taken by the gateway"),
    FAILED: QT_TRANSLATE_NOOP("Circular", "refused: telephone instead"),
    GIVEN_UP: QT_TRANSLATE_NOOP("Circular", "given up: telephone instead"),
    UNCERTAIN: QT_TRANSLATE_NOOP("Circular", "uncertain, not sent again: telephone"),
}
_GOES_ON = (WAITING, SENDING)


class CircularForm(HasKeys, QWidget):
    """Words, then a second key on the button; below it who gets it, then its fate.

    Thread: UI only.

    Args:
        desk: What every panel receives.
        case: What it is about.
        units: Whom it is for.
        text: Own words that were written for this case before, or "".

    Attributes:
        case: What it is about, as it was when this was begun.
        form: What is being written, or None once it was asked for.
        rows: Who gets it, and what became of it.

    Signals:
        asked: The service was asked to send it: whoever goes back asks for another.
        given_back: The service refused; it is not asked for any more.
    """

    asked = Signal()
    given_back = Signal()

    def __init__(
        self, desk: "Desk", case: "Case", units: list["Unit"], text: str = ""
    ) -> None:
        super().__init__()
        self._desk, self.case, self._units = desk, case, units
        self._command_id = ""
        self._states: tuple[Sent, ...] = ()
        self._asking = False
        self._about = label(desk, size=ROW)
        self._about.setTextFormat(Qt.TextFormat.PlainText)  # whatever is typed
        self.rows = PlainList(desk, LINES)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.form: DeedForm | None = self._new_form(text)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(desk.theme.px(8))
        layout.addWidget(self.form)
        layout.addWidget(self._about)
        layout.addWidget(self.rows, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        desk.actions.answered.connect(self._on_answered)
        desk.second.connect(self._ask)
        self._say()

    def start(self) -> None:
        """Take the keyboard."""
        if self.form is not None:
            self.form.start()
        else:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reached(self) -> list["Unit"]:
        """Return who has a number, and so gets it."""
        return [unit for unit in self._units if unit.phone]

    def is_asked(self) -> bool:
        """Return whether the service was asked to send it, and has not refused."""
        return bool(self._command_id)

    def own_words(self) -> str:
        """Return what is written here and was not asked for, where no template says it."""
        if self.form is None or self.is_asked():
            return ""
        text = str(self.form.values()["text"])
        return "" if text in map(self._filled, _TITLES) else text

    def bar_keys(self) -> tuple[BarKey, ...]:
        """Return what puts it away; the form has keys of its own."""
        back = QCoreApplication.translate("BarKeys", "Back")
        return (BarKey(words.key("Esc"), back, "back"),)

    def reword(self) -> None:
        """Say it in other words from now on; what was written stays, and its kind."""
        old = self.form
        if old is not None and not self.is_asked():
            values, focused = old.values(), QApplication.focusWidget()
            held = focused is not None and old.isAncestorOf(focused)
            kind = [*_TITLES].index(str(values["template"]))
            self.form = self._new_form(str(values["text"]), kind)
            self._layout.replaceWidget(old, self.form)
            old.hide()
            old.deleteLater()
            if held:
                self.start()
        self._say()

    # -- inside -----------------------------------------------------------------------

    def _new_form(self, text: str, kind: int = 0) -> DeedForm:
        choices = tuple((key, _words(text)) for key, text in _TITLES.items())
        fields = (
            Field(name="template", label=self.tr("Kind"), choices=choices, first=kind),
            Field(name="text", label=self.tr("Text"), needed=True),
        )
        deed = Deed(
            action="circular", text=self.tr("Send to"), fields=fields, careful=True
        )
        number = self.tr("{n} people").format(n=len(self.reached()))
        form = DeedForm(
            self._desk, deed, number=number, text=text or self._filled("gather")
        )
        form.said.connect(self._on_said)
        form.picked.connect(lambda _name, kind: self._on_kind(str(kind)))
        form.typed.connect(self._say)
        return form

    def _on_kind(self, kind: str) -> None:
        if self.form is not None and not self.own_words():
            self.form.put_text(self._filled(kind))

    def _filled(self, template: str) -> str:
        return filled(template, self.case, self._desk.actions.taxonomy)

    def _on_said(self, values: dict[str, object]) -> None:
        link = self._desk.link
        if self.form is None or self._command_id:
            return  # it is asked once, until the answer is here
        if not self.reached():
            refused: Refused | None = Refused("circular_no_number", "no number")
        elif link is None or not link.connected:
            refused = Refused("circular_away", "the service is away")
        else:
            refused = self._desk.actions.may_ask(SendCircular)
        if refused is not None:
            self._complain(refused)
            return
        command = SendCircular(
            actor=self._desk.actor,
            case_id=self.case.case_id,
            units=tuple(unit.unit_id for unit in self.reached()),
            text=str(values["text"]),
            at=self._desk.clock(),
        )
        self._command_id = command.command_id
        self._desk.actions.submit(command, action="circular", case_id=self.case.case_id)
        self.asked.emit()

    def _on_answered(self, pending: Pending, refused: Refused | None) -> None:
        if pending.command_id != self._command_id or self.form is None:
            return
        if refused is not None:
            self._command_id = ""
            self._complain(refused)
            self.given_back.emit()
            return
        form, self.form = self.form, None
        self.start()  # before it goes, lest the keyboard go elsewhere
        form.hide()
        form.deleteLater()
        self._ask()

    def _complain(self, refused: Refused) -> None:
        if self.form is not None:
            self.form.message.setText(refusal(refused))
            self.form.message.show()
            self.form.start()

    def _ask(self) -> None:
        """Ask what became of it, until that is final of everybody."""
        open_still = not self._states or any(e.state in _GOES_ON for e in self._states)
        if self.form is None and open_still and not self._asking and self.isVisible():
            self._asking = True
            future = self._desk.ask(CircularsOf(case_id=self.case.case_id))
            self._desk.bridge.when_done(future, self._take)

    def _take(self, future: "Future[Any]") -> None:
        if not isValid(self):
            return  # it was put away meanwhile
        self._asking = False
        if refusal_in(future) is None:
            self._states = tuple(
                each for each in future.result() if each.circular_id == self._command_id
            )
            self._say()

    def _say(self, *_ignored: object) -> None:
        number = words.case_number(self.case)
        if self.form is None:
            done = sum(1 for each in self._states if each.state == ACCEPTED)
            text = self.tr("{number}: {done} of {n} sent").format(
                number=number, done=done, n=len(self._states)
            )
            self._about.setText(text)
            self.rows.show_rows([self._fate(each) for each in self._states])
        else:
            text = self.tr("About {number}. It goes out as: {text}").format(
                number=number, text=str(self.form.values()["text"])
            )
            self._about.setText(text)
            self.rows.show_rows([self._line(unit) for unit in self._units])
        self.rows.setCurrentRow(-1)

    def _line(self, unit: "Unit") -> str:
        if not unit.phone:
            return self.tr("✕ {name} · no number: is not told").format(name=unit.name)
        return f"{unit.name} · {unit.role} · {masked_number(unit.phone)}"

    def _fate(self, each: Sent) -> str:
        unit = self._desk.board.units.get(each.unit_id)
        name = each.way if unit is None else unit.name
        state = _words(_STATES.get(each.state, each.state))
        parts = [name, state]
        if each.reason:
            parts.append(notice_words.why(each.reason, words.notice))
        return " · ".join(parts)


def _words(text: object) -> str:
    return QCoreApplication.translate("Circular", str(text))
