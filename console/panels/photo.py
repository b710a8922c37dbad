"""A photo of a case's log, enlarged."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from console import words
from console.clicks import Clickable
from console.painting import CENTRE, PaintedWidget, draw_text
from console.photos import PhotoShelf, in_place_of
from console.theme import MIN
from dispatch.cases import PhotoRef

if TYPE_CHECKING:
    from console.desk import Desk


class PhotoView(Clickable, PaintedWidget):
    """One photo, as large as the middle column; a click or Esc puts it away.

    Thread: UI only.
    """

    put_away = Signal()

    def __init__(
        self, desk: "Desk", shelf: PhotoShelf, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shelf = shelf
        self._ref: PhotoRef | None = None
        shelf.arrived.connect(self.update)

    def show_photo(self, ref: PhotoRef) -> None:
        """Show this photo."""
        self._ref = ref
        self.update()

    def clickable_at(self, _point: QPointF) -> bool:
        """Return that a click does something: it puts this away."""
        return True

    def clicked_on(self, _what: object) -> None:
        """Put this away."""
        self.put_away.emit()

    # Qt

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.plate)
        if self._ref is None:
            return
        room = QRectF(self.rect()).adjusted(0, 0, 0, -p(40))
        image = self._shelf.photo(self._ref)
        if image is None or image.isNull():
            draw_text(painter, room, in_place_of(image), theme, align=CENTRE)
        else:
            size = image.size().scaled(
                room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio
            )
            target = QRectF(0, 0, size.width(), size.height())
            target.moveCenter(room.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(target, image)
        caption = QRectF(p(16), room.bottom(), self.width() - p(32), p(40))
        taken = words.seconds_time(
            self._ref.taken_at, now=self._desk.clock(), zone=self._desk.zone
        )
        draw_text(
            painter,
            caption,
            self.tr("Still of {time}  {name}  ·  Esc back").format(
                time=taken, name=self._ref.name
            ),
            theme,
            colour=theme.plate_text,
            size=MIN,
        )
