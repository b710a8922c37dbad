"""A refusal over the large picture, which covers the case where it stands otherwise."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QWidget

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
        self._case_id: int | None = None
        self.setFont(desk.theme.font(ROW, 600))
        self.setWordWrap(True)
        self.setProperty("look", "framed")
        self.setAutoFillBackground(True)
        self.hide()
        over.installEventFilter(self)
        desk.refused.connect(self._on_refused)
        desk.pending_changed.connect(self._look_again)
        standing = desk.actions.standing_refusal(desk.open_case_id)
        if standing is not None:
            self._on_refused(desk.open_case_id, standing.refused)

    def _on_refused(self, case_id: int | None, refused: Refused) -> None:
        self._case_id = case_id
        self.setText(f"✕ {refusal(refused)}")
        self._fit()
        self.show()
        self.raise_()

    def _look_again(self) -> None:
        if self._desk.actions.standing_refusal(self._case_id) is None:
            self.hide()

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
