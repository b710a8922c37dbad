"""Plates on pictures: second text on them, and the number that is being typed."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from console.painting import CENTRE, draw_text, text_width, wrapped
from console.theme import CLOCK, ROW, Theme

QUIET = 0.75  # how much of the plate's ink second text has


def plate_quiet(theme: Theme) -> QColor:
    """Return the colour of second text on a plate, the same in every theme."""
    ink, plate = theme.plate_text, theme.plate

    def mixed(one: int, other: int) -> int:
        return round(one * QUIET + other * (1 - QUIET))

    return QColor(
        mixed(ink.red(), plate.red()),
        mixed(ink.green(), plate.green()),
        mixed(ink.blue(), plate.blue()),
    )


def paint_typed(
    painter: QPainter, frame: QRectF, number: str, name: str, theme: Theme
) -> None:
    """Paint the number being typed on a plate, with the name it would call."""
    pad = theme.px(48)
    names = wrapped(name, max(theme.px(80), frame.width() - pad), theme) or [""]
    width = pad + max(
        text_width(number, theme, size=CLOCK, weight=600),
        *(text_width(line, theme, size=ROW) for line in names),
    )
    row = theme.px(32)
    high = theme.px(64) + row * len(names)
    box = QRectF(0, 0, min(width, frame.width()), high)
    box.moveCenter(frame.center())
    painter.setPen(QPen(theme.plate_text, theme.px(2)))
    painter.setBrush(theme.plate)
    painter.drawRect(box)
    top = box.top() + theme.px(6)
    draw_text(
        painter,
        QRectF(box.left(), top, box.width(), theme.px(48)),
        number,
        theme,
        colour=theme.plate_text,
        size=CLOCK,
        weight=600,
        align=CENTRE,
    )
    for index, line in enumerate(names):
        draw_text(
            painter,
            QRectF(box.left(), top + theme.px(48) + index * row, box.width(), row),
            line,
            theme,
            colour=plate_quiet(theme),
            align=CENTRE,
        )
