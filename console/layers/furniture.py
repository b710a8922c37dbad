"""What belongs to the map but to no layer: scale bar, north, cards, the prompt."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from console import words
from console.layers.beside import Circle
from console.layers.layer import MapScene, MapView, Mark
from console.layers.palette import palette
from console.shapes import paint_focus
from console.theme import MIN, Theme

BAR_PX = 150.0  # the scale bar is at most this long
PLATE_ALPHA = 235


def round_metres(metres: float) -> int:
    """Return the largest 1, 2 or 5 times a power of ten that is not larger."""
    power = 10 ** math.floor(math.log10(max(metres, 1.0)))
    for step in (5, 2, 1):
        if step * power <= metres:
            return int(step * power)
    return int(power)


def scale_bar(view: MapView, theme: Theme) -> tuple[int, float]:
    """Return the ground metres the scale bar stands for, and its length in pixels."""
    per_m = view.px_per_m_here()
    metres = round_metres(theme.px(BAR_PX) / per_m)
    return metres, metres * per_m


def scale_bar_rect(view: MapView, theme: Theme, marks: Sequence[Circle] = ()) -> QRectF:
    """Return what scale bar and north arrow take; no word may stand there.

    Bottom left, or where the next room is that none of the marks has: neither a case
    nor the scale may be covered.
    """
    metres, length = scale_bar(view, theme)
    text = theme.metrics(MIN, 400).horizontalAdvance(words.distance(metres))
    width, high = theme.px(60) + length + text, float(theme.px(42))
    bottom = view.height - high
    spots = [(0.0, bottom), (view.width - width, bottom)]
    spots += [(0.0, bottom - step * high) for step in (1, 2, 3)]
    for left, top in spots:
        box = QRectF(left, top, width, high)
        if not any(_reaches(box, at, radius) for at, radius in marks):
            return box
    return QRectF(0, bottom, width, high)


def _reaches(box: QRectF, at: QPointF, radius: float) -> bool:
    return box.adjusted(-radius, -radius, radius, radius).contains(at)


def paint_scale_bar(
    painter: QPainter, view: MapView, theme: Theme, marks: Sequence[Circle] = ()
) -> None:
    """Paint north and the scale bar on a ground of their own, over everything else."""
    metres, length = scale_bar(view, theme)
    whole = scale_bar_rect(view, theme, marks)
    left, base = whole.left() + theme.px(40), whole.bottom() - theme.px(14)
    plate = QColor(palette(theme).land)
    plate.setAlpha(PLATE_ALPHA)
    painter.fillRect(whole, plate)
    pen = QPen(theme.text2, theme.px(2))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    tick = theme.px(7)
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(left, base - tick),
                QPointF(left, base),
                QPointF(left + length, base),
                QPointF(left + length, base - tick),
            ]
        )
    )
    painter.setFont(theme.font(MIN, 400))
    painter.drawText(QPointF(left + length + theme.px(8), base), words.distance(metres))
    # North is up, always; the arrow says so to whoever has not been here before.
    middle = whole.left() + theme.px(20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.text2)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(middle, base - theme.px(24)),
                QPointF(middle + theme.px(8), base - theme.px(2)),
                QPointF(middle, base - theme.px(8)),
                QPointF(middle - theme.px(8), base - theme.px(2)),
            ]
        )
    )


def paint_pointed(
    painter: QPainter,
    view: MapView,
    marks: tuple[Mark | None, Mark | None],
    card: Sequence[str],
    scene: MapScene,
) -> None:
    """Paint the frame round the chosen mark, and the card of what is pointed at.

    Args:
        painter: At the view's pixels.
        view: What is looked at.
        marks: The chosen one, and the one under the pointer.
        card: Lines of the card, of the second of them if there is one.
        scene: Theme and what words stay clear of.
    """
    theme = scene.theme
    chosen, hovered = marks
    if chosen is not None:
        at, half = view.px(chosen.x, chosen.y), chosen.radius * theme.scale
        half += theme.px(7)
        box = QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half)
        paint_focus(painter, box, theme)
    shown = hovered or chosen
    if shown is not None and card:
        spot = view.px(shown.x, shown.y), shown.radius * theme.scale
        paint_card(painter, view, spot, card, scene.walls, theme)


def paint_card(
    painter: QPainter,
    view: MapView,
    mark: tuple[QPointF, float],
    lines: Sequence[str],
    walls: Sequence[QRectF],
    theme: Theme,
) -> QRectF:
    """Paint what is known of a mark beside it, clear of buttons and legend.

    Args:
        painter: At the view's pixels.
        view: What is looked at.
        mark: Its middle and its radius in pixels.
        lines: The first one is its name.
        walls: What the card may not cover, if that can be had.
        theme: Colours and sizes.
    """
    at, radius = mark
    pad = theme.px(10)
    weights = [600] + [400] * (len(lines) - 1)
    width = max(
        theme.metrics(MIN, weight).horizontalAdvance(line)
        for line, weight in zip(lines, weights, strict=True)
    )
    step = theme.metrics(MIN, 400).height() * 1.1
    box = QRectF(0, 0, width + 2 * pad, step * len(lines) + 2 * pad)
    away = radius + theme.px(14)
    room = QRectF(0, 0, view.width, view.height)
    for left, top in (
        (at.x() + away, at.y() + away),
        (at.x() - away - box.width(), at.y() + away),
        (at.x() + away, at.y() - away - box.height()),
        (at.x() - away - box.width(), at.y() - away - box.height()),
    ):
        box.moveTo(left, top)
        if room.contains(box) and not any(wall.intersects(box) for wall in walls):
            break
    painter.setPen(QPen(theme.edge, theme.px(1)))
    painter.setBrush(theme.raised)
    painter.drawRoundedRect(box, theme.px(3), theme.px(3))
    for index, (line, weight) in enumerate(zip(lines, weights, strict=True)):
        painter.setFont(theme.font(MIN, weight))
        painter.setPen(theme.text if index == 0 else theme.text2)
        painter.drawText(
            QRectF(box.left() + pad, box.top() + pad + index * step, width + 1, step),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            line,
        )
    return box


def paint_picking(painter: QPainter, theme: Theme) -> None:
    """Paint what the map waits for, upper left, in inverse video."""
    text = QCoreApplication.translate("Map", "Click the place of the report")
    metrics = theme.metrics(MIN, 600)
    box = QRectF(
        theme.px(8),
        theme.px(8),
        metrics.horizontalAdvance(text) + theme.px(24),
        theme.px(36),
    )
    painter.fillRect(box, theme.text)
    painter.setPen(theme.bg)
    painter.setFont(theme.font(MIN, 600))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
