"""联合处置: who has a part in a case, how it stands, since when, and until when."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from console import part_words
from console.painting import (
    RIGHT,
    PaintedWidget,
    draw_text,
    fitting,
    text_width,
)
from console.part_words import PartRow
from console.shapes import TimeLook, paint_time
from console.theme import MIN

if TYPE_CHECKING:
    from console.desk import Desk

HEAD, ROW_HEIGHT, ROW_LOW = 34, 34, 28
WHO = 0.44  # of the width
MOST_LOW = 3  # rows in a low window: whoever answers for it, and two more


class PartsView(PaintedWidget):
    """Paints the table of a joint case; hidden where nobody has a part in it.

    Thread: UI only.
    """

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.low = False  # the window is too low for all of them
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        desk.second.connect(self.update)
        desk.moved.connect(self._renew)
        desk.case_opened.connect(self._renew)
        desk.looks.changed.connect(self._renew)

    def rows(self) -> list[PartRow]:
        """Return the rows of the open case; none: nobody has a part in it."""
        case = self._desk.case
        return [] if case is None else part_words.rows(self._desk, case)

    def _shown(self) -> list[PartRow]:
        """Return what there is room for; in a low window those who are waited for."""
        found = self.rows()
        if not self.low or len(found) <= MOST_LOW:
            return found
        first, *others = found
        waited = sorted(others, key=lambda row: not row.waits)
        return [first, *waited[: MOST_LOW - 1]]

    def _renew(self, *_ignored: object) -> None:
        self.updateGeometry()
        self.update()

    def _row(self) -> int:
        return self._desk.theme.px(ROW_LOW if self.low else ROW_HEIGHT)

    # Qt

    def sizeHint(self) -> QSize:
        p = self._desk.theme.px
        height = p(HEAD) + len(self._shown()) * self._row() + p(6)
        return QSize(p(520), height)

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.surface)
        case, shown = self._desk.case, self._shown()
        if case is None or not shown:
            return
        painter.fillRect(p(16), 0, self.width() - p(32), 1, theme.line)
        head = QRectF(p(16), 0, self.width() - p(32), p(HEAD))
        draw_text(painter, head, self.tr("Joint handling"), theme, colour=theme.text2)
        said = part_words.counted(case)
        draw_text(painter, head, said, theme, colour=theme.text2, size=MIN, align=RIGHT)
        row = QRectF(p(16), p(HEAD), self.width() - p(32), self._row())
        for each in shown:
            self._paint_row(painter, row, each)
            row.translate(0, row.height())

    def _paint_row(self, painter: QPainter, row: QRectF, each: PartRow) -> None:
        theme = self._desk.theme
        p = theme.px
        who, rest = QRectF(row), QRectF(row)
        who.setWidth(row.width() * WHO)
        rest.setLeft(who.right() + p(12))
        if each.left:
            look = TimeLook.INVERSE if each.late else TimeLook.PLAIN
            rest.setRight(
                paint_time(painter, rest, each.left, theme, look=look).left() - p(12)
            )
        if each.responsible:
            said = self.tr("responsible")
            used = text_width(said, theme, size=MIN)
            draw_text(
                painter, who, said, theme, colour=theme.text2, size=MIN, align=RIGHT
            )
            who.setRight(who.right() - used - p(8))
        draw_text(
            painter, who, each.who, theme, weight=600 if each.responsible else 400
        )
        text = fitting([each.state, each.since], rest.width(), theme, between=" ")
        draw_text(painter, rest, text, theme)
