"""The question whom to bring into a call, or whether they came; 三方转接."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from console.call_requests import Answered
from console.call_rules import name_of
from dispatch import phone_calls
from dispatch.cases import Case
from dispatch.phone_calls import ASKED, CONNECTED, FAILED, THIRD

if TYPE_CHECKING:
    from console.desk import Desk


class ThirdQuestion(QObject):
    """Who can be brought in, as it was asked; 110 first, so that Enter means it.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: list[tuple[str, str]] = []

    def begin(self, case: Case | None, call: str = "") -> dict[str, Any]:
        """Begin to ask about a case, or a call without one; see `InlineChoice`."""
        out = self._out(case, call)
        told = [(to, deed) for to in out for deed in (CONNECTED, FAILED)]
        self._shown = told + [(to, ASKED) for to in THIRD if to not in out]
        texts = {
            ASKED: self.tr("Bring in {who}"),
            CONNECTED: self.tr("{who} is on the line"),
            FAILED: self.tr("{who} did not come"),
        }
        return {
            "title": self.tr("Whom to bring into the call?"),
            "answers": [
                texts[deed].format(who=name_of(to)) for to, deed in self._shown
            ],
            "deed": "{answer}",
        }

    def is_late(self, case: Case | None, call: str = "") -> bool:
        """Return whether somebody came, failed or was asked for meanwhile."""
        out = {to for to, deed in self._shown if deed == FAILED}
        return self._out(case, call) != [to for to in THIRD if to in out]

    def say(
        self, case: Case | None, index: int, _text: str = "", call: str = ""
    ) -> str:
        """Have it done, or written down; return "": no words are lost with it."""
        to, deed = self._shown[index]
        if deed == ASKED:
            self._desk.calls.bring(to, case=case, call=call)
        else:
            self._desk.calls.answer(to, deed, case=case, call=call)
        return ""

    def _out(self, case: Case | None, call: str) -> list[str]:
        """Return who was asked for and has neither come nor failed."""
        if case is not None:
            return [to for to in THIRD if phone_calls.waiting(case, to) is not None]
        last: dict[str, str] = {}
        for said in self._desk.calls.said_of(call):
            if isinstance(said.word, Answered):
                last[said.word.to] = said.word.deed
        return [to for to in THIRD if last.get(to) == ASKED]
