"""What a click was meant for, in a widget that paints its own buttons."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent


class Clickable:
    """Lets a click do what stood under it, and only that.

    The left button has to go down and up over the same thing. The second click of
    two does nothing: where the first one changed what stands there, the person has
    not read the new words yet. Stands before the `QWidget` among the bases.

    Thread: UI only.
    """

    _meant: object = None

    def clickable_at(self, _point: QPointF) -> object:
        """Return what a click here does, equal while it does the same; or None."""
        return None

    def clicked_on(self, what: object) -> None:
        """Do what was clicked on."""

    # Qt

    def mousePressEvent(self, event: QMouseEvent) -> None:
        left = event.button() is Qt.MouseButton.LeftButton
        self._meant = self.clickable_at(event.position()) if left else None

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._meant = None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        meant, self._meant = self._meant, None
        if meant is not None and meant == self.clickable_at(event.position()):
            self.clicked_on(meant)
