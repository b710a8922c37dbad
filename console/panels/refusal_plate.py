"""A refusal over the large picture, which covers the case where it stands otherwise."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QWidget

from console.pending import REFUSAL_STAYS, Refusal
from console.refusals import refusal
from console.theme import ROW
from dispatch.commands import Refused

if TYPE_CHECKING:
    from console.desk import Desk

CLEAR = 48  # of the picture's caption, which says how old it is


class RefusalPlate(QLabel):
    """Stands for as long as the refusal does at its row.

    Thread: UI only.

    Args:
        desk: What every panel receives.
        over: The large picture.
    """

    def __init__(self, desk: "Desk", over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over
        self._passing: Refusal | None = None
        self.setFont(desk.theme.font(ROW, 600))
        self.setWordWrap(True)
        self.setProperty("look", "framed")
        self.setAutoFillBackground(True)
        self.hide()
        over.installEventFilter(self)
        desk.refused.connect(self._on_refused)
        for changed in (desk.pending_changed, desk.case_opened, desk.second):
            changed.connect(self._renew)
        self._renew()

    def _on_refused(self, case_id: int | None, refused: Refused) -> None:
        if refused.reason == "form_open":  # it stands at no row
            at = self._desk.clock()
            self._passing = Refusal(refused=refused, action="", case_id=case_id, at=at)
        self._renew()

    def _renew(self, *_ignored: object) -> None:
        """Show what was refused last of the open case, or of none, and still stands."""
        desk, passing = self._desk, self._passing
        if passing is not None and desk.clock() - passing.at > REFUSAL_STAYS:
            passing = self._passing = None
        own = [desk.actions.standing_refusal(key) for key in (desk.open_case_id, None)]
        standing = [each for each in (*own, passing) if each is not None]
        if not standing:
            self.hide()
            return
        text = f"✕ {refusal(max(standing, key=lambda each: each.at).refused)}"
        if self.isHidden() or text != self.text():
            self.setText(text)
            self._fit()
            self.show()
            self.raise_()

    def _fit(self) -> None:
        room, p = self._over.rect(), self._desk.theme.px
        width = min(p(720), room.width() - p(32))
        high = self.heightForWidth(width)
        left = (room.width() - width) // 2
        self.setGeometry(left, room.height() - p(CLEAR) - high, width, high)

    # Qt

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._fit()
        return False
