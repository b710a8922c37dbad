"""Roads: the lines people find their way by, wider for the main ones."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from console.layers.geometry import ShapeSet, coordinates_of
from console.layers.layer import (
    Coordinates,
    Ground,
    Label,
    Layer,
    LegendLine,
    MapView,
)
from console.theme import MIN, Theme

# kind: width on the ground in metres, least width in pixels, shown from px a metre
KINDS = {
    "main": (16.0, 3.0, 0.0),
    "street": (9.0, 1.5, 0.05),
    "lane": (5.0, 1.0, 0.25),
}
NAMED_FROM_PX_PER_M = {"main": 0.12, "street": 0.35, "lane": 0.9}


@dataclass(frozen=True, slots=True)
class RoadsGround:
    """Roads of one kind as they go into the ground image."""

    lines: ShapeSet
    kinds: tuple[str, ...]
    widths: tuple[float, ...]
    fills: dict[str, QColor]
    casing: QColor

    def paint(
        self, painter: QPainter, view: MapView, pause: Callable[[], None]
    ) -> None:
        """Paint all casings, then all fills, so that crossings stay open."""
        painter.setTransform(view.transform(), combine=True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        seen = [
            (KINDS[self.kinds[index]], index, line)
            for index, line in self.lines.seen(view)
        ]
        seen = [each for each in seen if view.px_per_m >= each[0][2]]
        seen.sort(key=lambda each: -each[0][0])
        for casing in (True, False):
            # lanes first, so that the main road runs over them
            for (usual, least, _), index, line in reversed(seen):
                width = max(least, (self.widths[index] or usual) * view.px_per_m)
                if casing and width < 4.0:
                    continue
                colour = self.casing if casing else self.fills[self.kinds[index]]
                pen = QPen(colour, width + 2.0 if casing else width)
                pen.setCosmetic(True)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                painter.drawPolyline(line)
                pause()


class RoadsLayer(Layer):
    """Roads with their names along them."""

    name = "roads"

    def title(self) -> str:
        """Return its name in the legend."""
        return QCoreApplication.translate("Map", "Roads")

    def renew(self) -> None:
        """Read the town's roads again."""
        frame = self.scene.frame
        theme = self.scene.theme
        roads = self.scene.data.roads
        kinds = tuple(each.kind if each.kind in KINDS else "street" for each in roads)
        lines = [coordinates_of(frame, each.points) for each in roads]
        self._named: list[tuple[str, str, Coordinates]] = [
            (each.name, kind, line)
            for each, kind, line in zip(roads, kinds, lines, strict=True)
            if each.name and len(line) > 1
        ]
        self._ground = RoadsGround(
            ShapeSet(lines),
            kinds,
            tuple(each.width_m for each in roads),
            {
                "main": QColor(theme.line),
                "street": QColor(theme.line),
                "lane": QColor(theme.raised),
            },
            QColor(theme.bg),
        )

    def ground(self) -> Ground | None:
        """Return the roads for the ground image."""
        return self._ground

    def labels(self, view: MapView) -> Iterable[Label]:
        """Return each road's name along its longest straight piece in view."""
        for name, kind, line in self._named:
            if view.px_per_m < NAMED_FROM_PX_PER_M[kind]:
                continue
            piece = _longest_piece(line, view)
            if piece is None:
                continue
            start, end = piece
            length = math.hypot(end.x() - start.x(), end.y() - start.y())
            if length < MIN * (len(name) + 1) * self.scene.theme.scale:
                continue
            angle = math.degrees(math.atan2(end.y() - start.y(), end.x() - start.x()))
            if not -90.0 < angle <= 90.0:
                angle -= math.copysign(180.0, angle)
            yield Label(
                text=name,
                at=(start + end) / 2,
                rank=70 if kind == "main" else 72,
                colour="text3",
                centred=True,
                angle=angle,
                size=MIN,
            )

    def legend(self) -> Sequence[LegendLine]:
        """Return its line in the legend."""
        return (LegendLine(self.title(), _sample),)


def _longest_piece(line: Coordinates, view: MapView) -> tuple[QPointF, QPointF] | None:
    """Return the longest straight piece, cut off at the edges of the view."""
    x = (line[:, 0] - view.left) * view.scale
    y = (view.top - line[:, 1]) * view.scale
    best: tuple[float, QPointF, QPointF] | None = None
    for i in range(len(line) - 1):
        cut = _clipped(float(x[i]), float(y[i]), float(x[i + 1]), float(y[i + 1]), view)
        if cut is None:
            continue
        length = float(np.hypot(cut[2] - cut[0], cut[3] - cut[1]))
        if best is None or length > best[0]:
            best = (length, QPointF(cut[0], cut[1]), QPointF(cut[2], cut[3]))
    return None if best is None else best[1:]


def _clipped(
    x0: float, y0: float, x1: float, y1: float, view: MapView
) -> tuple[float, float, float, float] | None:
    """Return the part of a straight line within the view (Liang and Barsky)."""
    dx, dy = x1 - x0, y1 - y0
    first, last = 0.0, 1.0
    for step, room in (
        (-dx, x0),
        (dx, view.width - x0),
        (-dy, y0),
        (dy, view.height - y0),
    ):
        if step == 0:
            if room < 0:
                return None
            continue
        at = room / step
        if step < 0:
            first = max(first, at)
        else:
            last = min(last, at)
    if first >= last:
        return None
    return x0 + first * dx, y0 + first * dy, x0 + last * dx, y0 + last * dy


def _sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    painter.setPen(QPen(theme.line, max(3.0, rect.height() / 5)))
    painter.drawLine(rect.bottomLeft(), rect.topRight())
