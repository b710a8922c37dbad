"""Roads: the lines people find their way by, wider for the main ones."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from console.layers.geometry import ShapeSet, all_coordinates_of
from console.layers.layer import (
    Coordinates,
    Ground,
    Label,
    Layer,
    LegendLine,
    MapView,
)
from console.layers.line_names import name_along
from console.layers.palette import palette
from console.theme import Theme

# kind: width on the ground in metres, least width in pixels, shown from px a metre
KINDS = {
    "main": (16.0, 3.0, 0.0),
    "street": (9.0, 2.0, 0.05),
    "lane": (5.0, 1.5, 0.25),
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
    scale: float

    def paint(self, painter: QPainter, view: MapView) -> Iterator[None]:
        """Paint all casings, then all fills, so that crossings stay open."""
        painter.setTransform(view.transform(), combine=True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        seen = []
        for index, line in self.lines.seen(view):
            kind = KINDS[self.kinds[index]]
            if view.px_per_m >= kind[2]:
                seen.append((kind, index, line))
            yield  # a line's polygon may just have been made
        seen.sort(key=lambda each: -each[0][0])
        for casing in (True, False):
            # lanes first, so that the main road runs over them
            for (usual, least, _), index, line in reversed(seen):
                width = (self.widths[index] or usual) * view.px_per_m
                width = max(least * self.scale, width)
                if casing and width < 4.0 * self.scale:
                    continue
                colour = self.casing if casing else self.fills[self.kinds[index]]
                pen = QPen(colour, width + 2.0 * self.scale if casing else width)
                pen.setCosmetic(True)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                painter.drawPolyline(line)
                yield


class RoadsLayer(Layer):
    """Roads with their names along them."""

    name = "roads"
    still = True

    def title(self) -> str:
        """Return its name in the legend."""
        return QCoreApplication.translate("Map", "Roads")

    def renew(self) -> None:
        """Read the town's roads again."""
        frame = self.scene.frame
        greys = palette(self.scene.theme)
        roads = self.scene.data.roads
        kinds = tuple(each.kind if each.kind in KINDS else "street" for each in roads)
        lines = all_coordinates_of(frame, [each.points for each in roads])
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
                "main": greys.main,
                "street": greys.street,
                "lane": greys.lane,
            },
            greys.casing,
            self.scene.theme.scale,
        )

    def ground(self) -> Ground | None:
        """Return the roads for the ground image."""
        return self._ground

    def labels(self, view: MapView) -> Iterable[Label]:
        """Return each road's name along its longest straight piece in view."""
        for name, kind, line in self._named:
            if view.px_per_m >= NAMED_FROM_PX_PER_M[kind]:
                rank = 70 if kind == "main" else 72
                yield from name_along(name, line, view, self.scene.theme, rank=rank)

    def legend(self) -> Sequence[LegendLine]:
        """Return its line in the legend."""
        return (LegendLine(self.title(), _sample),)


def _sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    painter.setPen(QPen(palette(theme).main, max(3.0, rect.height() / 5)))
    painter.drawLine(rect.bottomLeft(), rect.topRight())
