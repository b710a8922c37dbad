"""Rings: what lies within some ground metres of the open case."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from console import words
from console.layers.geometry import ground_circle
from console.layers.layer import Label, Layer, LegendLine, MapView
from console.theme import MIN, Theme
from dispatch.cases import Case
from dispatch.geo import Point, distance_m, moved
from dispatch.units import Unit


class RingsLayer(Layer):
    """The ring round the open case, and the way of whoever would be sent."""

    name = "rings"

    def title(self) -> str:
        """Return its name in the legend."""
        return QCoreApplication.translate("Map", "Ring (ground metres)")

    def paint(self, painter: QPainter, view: MapView) -> None:
        """Draw the ring, and a line to the person who is to be sent."""
        case = self.scene.desk.case
        if case is None:
            return
        theme = self.scene.theme
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(theme.text2, theme.px(2))
        pen.setCosmetic(True)
        painter.setPen(pen)
        ring = ground_circle(view.frame, case.point, float(self.scene.ring_m))
        painter.setTransform(view.transform(), combine=True)
        painter.drawPolygon(ring)
        painter.restore()
        unit = self._goes(case)
        if unit is not None and unit.point is not None:
            pen = QPen(theme.text2, theme.px(1.5), Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(view.px_of(case.point), view.px_of(unit.point))

    def _goes(self, case: Case) -> Unit | None:
        """Return who would be sent to a case, or is; nobody to one that has ended."""
        if not case.state.is_open:
            return None
        desk = self.scene.desk
        return desk.board.units.get(desk.highlighted_unit_id or case.unit_id)

    def labels(self, view: MapView) -> Iterable[Label]:
        """Return the ring's radius and the distance of whoever is to be sent."""
        case = self.scene.desk.case
        if case is None:
            return
        spot = self._ring_spot(view, case.point)
        text = words.distance(self.scene.ring_m)
        if spot is None:
            beyond = QCoreApplication.translate("Map", "Ring {distance}, out of view")
            text = beyond.format(distance=text)
        yield Label(
            text=text,
            at=spot or QPointF(view.width / 2, _margin(self.scene.theme)),
            rank=20,
            colour="text2",
            centred=True,
            plate=True,
            size=MIN,
        )
        unit = self._goes(case)
        if unit is not None and unit.point is not None:
            start, end = view.px_of(case.point), view.px_of(unit.point)
            if (end - start).manhattanLength() > 90 * self.scene.theme.scale:
                yield Label(
                    text=words.distance(distance_m(case.point, unit.point)),
                    at=start + (end - start) * 0.5,
                    spots=tuple(start + (end - start) * k for k in (0.6, 0.7, 0.4)),
                    rank=12,
                    colour="text",
                    centred=True,
                    plate=True,
                    size=MIN,
                )

    def _ring_spot(self, view: MapView, middle: Point) -> QPointF | None:
        """Return where the radius stands on the ring; None: it is larger than this."""
        margin = _margin(self.scene.theme)
        for bearing in (0.0, 180.0, 90.0, 270.0):
            at = view.px_of(moved(middle, bearing, float(self.scene.ring_m)))
            if view.sees(at, -margin):
                return at
        return None

    def legend(self) -> Sequence[LegendLine]:
        """Return its line in the legend."""
        return (LegendLine(self.title(), _sample),)


def _margin(theme: Theme) -> float:
    return 24 * theme.scale


def _sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.text2, 2.0))
    painter.drawEllipse(rect.adjusted(2, 2, -2, -2))
