"""Waters: rivers and lakes, darkest of all and the only thing that leans to blue."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from console.layers.geometry import ShapeSet, all_coordinates_of
from console.layers.layer import (
    Ground,
    Label,
    Layer,
    LegendLine,
    MapView,
)
from console.layers.line_names import name_along
from console.layers.map_data import Area, Line
from console.layers.palette import palette
from console.theme import MIN, Theme

RIVER_M = 18.0
LEAST_PX = 2.5
NAMED_FROM_PX = 150.0


@dataclass(frozen=True, slots=True)
class WatersGround:
    """Waters as they go into the ground image."""

    areas: ShapeSet
    lines: ShapeSet
    widths: tuple[float, ...]
    colour: QColor
    shore: QColor
    scale: float

    def paint(self, painter: QPainter, view: MapView) -> Iterator[None]:
        """Paint areas with their shore, then narrow waters as lines."""
        transform = view.transform()
        pen = QPen(self.shore, self.scale)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(self.colour)
        painter.setTransform(transform, combine=True)
        for _, outline in self.areas.seen(view):
            painter.drawPolygon(outline)
            yield
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # All shores, then all waters, so that mouths stay open.
        for colour, more in ((self.shore, 2.0), (self.colour, 0.0)):
            for index, line in self.lines.seen(view):
                width = max(LEAST_PX * self.scale, self.widths[index] * view.px_per_m)
                pen = QPen(colour, width + more * self.scale)
                pen.setCosmetic(True)
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                painter.drawPolyline(line)
                yield


class WatersLayer(Layer):
    """Rivers and lakes."""

    name = "waters"
    still = True

    def title(self) -> str:
        """Return its name in the legend."""
        return QCoreApplication.translate("Map", "Waters")

    def renew(self) -> None:
        """Read the town's waters again."""
        frame = self.scene.frame
        waters = self.scene.data.waters
        areas = [each for each in waters if isinstance(each, Area)]
        lines = [each for each in waters if isinstance(each, Line)]
        greys = palette(self.scene.theme)
        outlines = all_coordinates_of(frame, [each.outline for each in areas])
        ways = all_coordinates_of(frame, [each.points for each in lines])
        self._named = [
            (each.name, outline)
            for each, outline in zip(areas, outlines, strict=True)
            if each.name
        ]
        self._lines = [
            (each.name, way)
            for each, way in zip(lines, ways, strict=True)
            if each.name and len(way) > 1
        ]
        self._ground = WatersGround(
            ShapeSet(outlines),
            ShapeSet(ways),
            tuple(each.width_m or RIVER_M for each in lines),
            greys.water,
            greys.shore,
            self.scene.theme.scale,
        )

    def ground(self) -> Ground | None:
        """Return the waters for the ground image."""
        return self._ground

    def labels(self, view: MapView) -> Iterable[Label]:
        """Return the names of waters that are large on the screen."""
        for name, line in self._lines:
            yield from name_along(name, line, view, self.scene.theme, rank=80)
        for name, outline in self._named:
            low, high = outline.min(axis=0), outline.max(axis=0)
            if float((high - low).max()) * view.scale < NAMED_FROM_PX:
                continue
            inside = outline[
                (outline[:, 0] > view.left)
                & (outline[:, 0] < view.right)
                & (outline[:, 1] < view.top)
                & (outline[:, 1] > view.bottom)
            ]
            if len(inside) < 2:
                continue
            middle = inside.mean(axis=0)
            yield Label(
                text=name,
                at=view.px(float(middle[0]), float(middle[1])),
                rank=80,
                colour="text3",
                centred=True,
                size=MIN,
            )

    def legend(self) -> Sequence[LegendLine]:
        """Return its line in the legend."""
        return (LegendLine(self.title(), _sample),)


def _sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    greys = palette(theme)
    painter.setPen(QPen(greys.shore, 1.0))
    painter.setBrush(greys.water)
    painter.drawRect(rect.adjusted(1, rect.height() * 0.2, -1, -rect.height() * 0.2))
