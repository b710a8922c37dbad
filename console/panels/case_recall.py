"""The question whether a unit that has signed is taken back."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from dispatch.cases import Case

if TYPE_CHECKING:
    from console.desk import Desk


class RecallQuestion(QObject):
    """Who was on the way, when it was asked.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._unit_id = ""

    def begin(self, case: Case) -> dict[str, Any]:
        """Begin to ask about a case; return how it is asked, see `InlineChoice`."""
        self._unit_id = case.unit_id
        unit = self._desk.board.units.get(case.unit_id)
        name = unit.name if unit is not None else case.unit_id
        return {
            "title": self.tr(
                "{name} has signed. Take back? The times of sending, signing and"
                " arriving are cleared for the next one; the log keeps them."
            ).format(name=name),
            "answers": [self.tr("Take back {name}").format(name=name)],
            "deed": "{answer}",
            "careful": True,
        }

    def say(self, case: Case, _index: int, _text: str) -> str:
        """Take the unit back; return "": no words are lost with it."""
        self._desk.actions.recall(case)
        return ""

    def is_late(self, case: Case) -> bool:
        """Return whether somebody else is out for it, or nobody any more."""
        return case.unit_id != self._unit_id or not case.may("recall")
