"""Shapes that carry meaning: severities, doubt, deadlines, as painter paths.

Never colour alone: a severity is a shape, a digit and a colour; doubt is a dashed
outline and an age; time is inverse video.
"""

from datetime import datetime
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from console.painting import tell
from console.theme import ROW, Theme
from console.unit_kinds import UnitKind
from dispatch.units import UnitStatus


class BadgeLook(Enum):
    """How a severity badge is drawn."""

    FILLED = "filled"
    OUTLINE = "outline"
    DOUBLE = "double"  # unacknowledged, where nothing may blink
    DIM = "dim"  # the dark half of a slow blink
    GREY = "grey"  # nothing left to do


class TimeLook(Enum):
    """How time left is drawn; deadlines never use an alarm's colour."""

    PLAIN = "plain"
    BOXED = "boxed"  # less than a fifth left, or it will be late
    INVERSE = "inverse"  # overdue


def badge_look(
    *, acknowledged: bool, active: bool, now: datetime, reduced_motion: bool
) -> BadgeLook:
    """Return how an alarm's badge is drawn at a moment; only badges ever blink.

    Unacknowledged blinks at 1 Hz; unacknowledged but restored is an outline that
    blinks at 0.5 Hz; acknowledged is steady, and grey once restored too.
    """
    if acknowledged:
        return BadgeLook.FILLED if active else BadgeLook.GREY
    if active:
        if reduced_motion:
            return BadgeLook.DOUBLE
        return BadgeLook.FILLED if now.microsecond < 500_000 else BadgeLook.OUTLINE
    if reduced_motion or now.second % 2 == 0:
        return BadgeLook.OUTLINE
    return BadgeLook.DIM


def severity_path(severity: int, rect: QRectF) -> QPainterPath:
    """Return the shape of a severity: triangle, diamond, square, circle."""
    path = QPainterPath()
    if severity <= 1:
        path.addPolygon(
            QPolygonF(
                [
                    QPointF(rect.center().x(), rect.top()),
                    QPointF(rect.right(), rect.bottom()),
                    QPointF(rect.left(), rect.bottom()),
                ]
            )
        )
        path.closeSubpath()
    elif severity == 2:
        path.addPolygon(
            QPolygonF(
                [
                    QPointF(rect.center().x(), rect.top()),
                    QPointF(rect.right(), rect.center().y()),
                    QPointF(rect.center().x(), rect.bottom()),
                    QPointF(rect.left(), rect.center().y()),
                ]
            )
        )
        path.closeSubpath()
    elif severity == 3:
        inset = rect.width() * 0.08
        path.addRect(rect.adjusted(inset, inset, -inset, -inset))
    else:
        inset = rect.width() * 0.04
        path.addEllipse(rect.adjusted(inset, inset, -inset, -inset))
    return path


def paint_severity(
    painter: QPainter,
    rect: QRectF,
    severity: int,
    theme: Theme,
    *,
    look: BadgeLook = BadgeLook.FILLED,
    doubt: bool = False,
) -> None:
    """Paint a severity badge: shape, digit, colour; dashed around it when in doubt."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if doubt:
        gap = rect.width() * 0.16
        paint_dashes(painter, rect, theme)
        rect = rect.adjusted(gap, gap, -gap, -gap)
    path = severity_path(severity, rect)
    fill = theme.severity(severity)
    ink = theme.severity_ink(severity)
    stroke = max(2.0, rect.width() / 14)
    if look is BadgeLook.GREY:
        fill, ink = theme.text3, theme.bg
    if look in (BadgeLook.OUTLINE, BadgeLook.DOUBLE, BadgeLook.DIM):
        inner = severity_path(severity, _inset(rect, severity, stroke / 2))
        # In the light theme the colours alone do not stand off the panel.
        edge = theme.text if theme.tokens.outlined else fill
        if look is BadgeLook.DIM:
            edge = theme.line
        painter.setPen(_pen(edge, stroke))
        painter.setBrush(theme.bg)
        painter.drawPath(inner)
        if look is BadgeLook.DOUBLE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawPath(
                severity_path(severity, _inset(rect, severity, stroke * 2))
            )
        else:
            ink = theme.text
    else:
        painter.setBrush(fill)
        if theme.tokens.outlined and look is not BadgeLook.GREY:
            painter.setPen(_pen(theme.text, max(2.0, theme.scale * 2)))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPath(path)
    _paint_digit(painter, rect, severity, theme, ink)
    painter.restore()


def _inset(rect: QRectF, severity: int, by: float) -> QRectF:
    if severity <= 1:  # a triangle's corners run far outside of its stroke
        return rect.adjusted(by * 1.7, by * 2.0, -by * 1.7, -by)
    if severity == 2:
        return rect.adjusted(by * 1.4, by * 1.4, -by * 1.4, -by * 1.4)
    return rect.adjusted(by, by, -by, -by)


def _paint_digit(
    painter: QPainter, rect: QRectF, severity: int, theme: Theme, ink: QColor
) -> None:
    font = theme.font(ROW, 700)
    size = rect.height() * (0.52 if severity <= 1 else 0.60)
    if severity == 2:
        size = rect.height() * 0.54
    font = type(font)(font)
    font.setPixelSize(max(9, round(size)))
    painter.setFont(font)
    painter.setPen(ink)
    box = QRectF(rect)
    if severity <= 1:
        box.setTop(rect.top() + rect.height() * 0.34)
        box.setBottom(rect.bottom() + rect.height() * 0.02)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(severity))


def paint_dashes(
    painter: QPainter, rect: QRectF, theme: Theme, *, radius: float = 3.0
) -> None:
    """Paint the dashed outline that says 存疑: old, frozen, not to be believed."""
    pen = QPen(theme.doubt, max(2.0, 2.0 * theme.scale))
    pen.setDashPattern([2.5, 2.0])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = pen.widthF() / 2
    painter.drawRoundedRect(
        rect.adjusted(half, half, -half, -half),
        radius * theme.scale,
        radius * theme.scale,
    )


def paint_time(
    painter: QPainter,
    rect: QRectF,
    text: str,
    theme: Theme,
    *,
    look: TimeLook,
    size: int = ROW,
    high: float = 0.0,
) -> QRectF:
    """Paint time left at the right end of a rectangle; return what it took.

    Its box is as high as is said, or has the height of a line.
    """
    metrics = theme.metrics(size, 600)
    pad = theme.px(8) if look is not TimeLook.PLAIN else 0
    width = metrics.horizontalAdvance(text) + 2 * pad
    height = high or theme.px(size * 1.4)
    box = QRectF(
        rect.right() - width, rect.center().y() - height / 2, width, height
    ).toRect()
    painter.save()
    painter.setFont(theme.font(size, 600))
    if look is TimeLook.INVERSE:
        painter.fillRect(box, theme.text)
        painter.setPen(theme.bg)
    else:
        if look is TimeLook.BOXED:
            painter.setPen(_pen(theme.text, max(2.0, 2.0 * theme.scale)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.setPen(theme.text)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
    painter.drawText(QRectF(box), flags, text)
    tell(painter, QRectF(box), text, theme, size=size, weight=600)
    painter.restore()
    return QRectF(box)


def paint_focus(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint the focus ring: no hue, three pixels, with a gap of background."""
    painter.save()
    width = 3.0 * theme.scale
    gap = 2.0 * theme.scale
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(theme.focus, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    half = width / 2
    outer = rect.adjusted(half, half, -half, -half)
    painter.drawRect(outer)
    painter.setPen(QPen(theme.bg, gap))
    inset = half + gap / 2
    painter.drawRect(outer.adjusted(inset, inset, -inset, -inset))
    painter.restore()


def paint_speaker(
    painter: QPainter, rect: QRectF, colour: QColor, *, crossed: bool
) -> None:
    """Paint a loudspeaker with its waves; crossed: less is heard than could be."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = rect.width()

    def at(x: float, y: float) -> QPointF:
        return QPointF(rect.left() + x * side, rect.top() + y * side)

    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(
        QPolygonF(
            [
                at(0.05, 0.36),
                at(0.25, 0.36),
                at(0.5, 0.12),
                at(0.5, 0.88),
                at(0.25, 0.64),
                at(0.05, 0.64),
            ]
        )
    )
    painter.setPen(_pen(colour, max(1.5, side / 11)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if crossed:
        painter.drawLine(at(0.64, 0.34), at(0.94, 0.66))
        painter.drawLine(at(0.94, 0.34), at(0.64, 0.66))
    else:
        for reach in (0.16, 0.34):
            box = QRectF(at(0.56 - reach, 0.5 - reach), at(0.56 + reach, 0.5 + reach))
            painter.drawArc(box, -50 * 16, 100 * 16)
    painter.restore()


def unit_path(kind: UnitKind, rect: QRectF) -> QPainterPath:
    """Return the shape of a kind of unit, within the same box as the circle."""
    path = QPainterPath()
    side = rect.width()

    def at(x: float, y: float) -> QPointF:
        return QPointF(rect.left() + x * side, rect.top() + y * side)

    if kind is UnitKind.POLICE:  # a shield
        path.moveTo(at(0.06, 0.08))
        path.lineTo(at(0.94, 0.08))
        path.lineTo(at(0.94, 0.5))
        path.quadTo(at(0.9, 0.82), at(0.5, 1.0))
        path.quadTo(at(0.1, 0.82), at(0.06, 0.5))
    elif kind is UnitKind.FIRE:  # a house
        path.moveTo(at(0.5, 0.0))
        path.lineTo(at(1.0, 0.46))
        path.lineTo(at(0.86, 0.46))
        path.lineTo(at(0.86, 0.98))
        path.lineTo(at(0.14, 0.98))
        path.lineTo(at(0.14, 0.46))
        path.lineTo(at(0.0, 0.46))
    elif kind is UnitKind.VEHICLE:  # a long body; its wheels are painted
        path.moveTo(at(0.0, 0.74))
        path.lineTo(at(0.0, 0.24))
        path.lineTo(at(0.66, 0.24))
        path.lineTo(at(1.0, 0.5))
        path.lineTo(at(1.0, 0.74))
    elif kind is UnitKind.VOLUNTEER:  # a heart
        path.moveTo(at(0.5, 0.97))
        path.cubicTo(at(-0.28, 0.44), at(0.1, -0.18), at(0.5, 0.2))
        path.cubicTo(at(0.9, -0.18), at(1.28, 0.44), at(0.5, 0.97))
    else:
        path.addEllipse(rect)
    path.closeSubpath()
    return path


def paint_unit(
    painter: QPainter,
    rect: QRectF,
    status: UnitStatus,
    theme: Theme,
    *,
    kind: UnitKind = UnitKind.STAFF,
) -> None:
    """Paint a unit: its kind is the shape, its status how that is filled.

    Outline free, filled busy, a dot inside on scene, a cross off duty.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    stroke = max(1.5, rect.width() / 9)
    ring = rect.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2)
    painter.setPen(_pen(theme.text3, stroke))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if status is UnitStatus.OFF_DUTY:
        painter.drawLine(ring.topLeft(), ring.bottomRight())
        painter.drawLine(ring.topRight(), ring.bottomLeft())
    else:
        if status in (UnitStatus.ASSIGNED, UnitStatus.EN_ROUTE):
            painter.setBrush(theme.text3)
        painter.drawPath(unit_path(kind, ring))
        painter.setBrush(theme.text3)
        painter.setPen(Qt.PenStyle.NoPen)
        side = rect.width()
        if kind is UnitKind.VEHICLE:
            for x in (0.27, 0.75):
                wheel = QPointF(rect.left() + x * side, rect.top() + 0.8 * side)
                painter.drawEllipse(wheel, side * 0.15, side * 0.15)
        if status is UnitStatus.ON_SCENE:
            dot = side * (0.13 if kind is UnitKind.VEHICLE else 0.22)
            painter.drawEllipse(rect.center(), dot, dot)
    painter.restore()


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def paint_doubt(painter: QPainter, at: QPointF, radius: float, theme: Theme) -> None:
    """Paint the dashes of doubt round a mark; a square would look like a case."""
    pen = QPen(theme.doubt, theme.px(2))
    pen.setDashPattern([2.5, 2.0])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, radius, radius)


def paint_cross(painter: QPainter, at: QPointF, half: float, theme: Theme) -> None:
    """Paint the cross on a mark that nothing comes from: a camera, a device."""
    painter.setPen(QPen(theme.text2, theme.px(2)))
    painter.drawLine(at + QPointF(-half, -half), at + QPointF(half, half))
    painter.drawLine(at + QPointF(-half, half), at + QPointF(half, -half))
