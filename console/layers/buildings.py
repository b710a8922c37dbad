"""Buildings: quiet blocks, drawn once they are large enough to be told apart."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from console.layers.geometry import ShapeSet, all_coordinates_of
from console.layers.layer import (
    Ground,
    Label,
    Layer,
    LegendLine,
    MapScene,
    MapView,
)
from console.layers.map_data import MapData
from console.layers.palette import palette
from console.theme import MIN, Theme
from dispatch.geo import MapFrame

SHOWN_FROM_PX_PER_M = 0.12
NAMED_FROM_PX_PER_M = 1.1


@dataclass(frozen=True, slots=True)
class BuildingsGround:
    """Buildings as they go into the ground image."""

    areas: ShapeSet
    fill: QColor
    outline: QColor
    scale: float

    def paint(self, painter: QPainter, view: MapView) -> Iterator[None]:
        """Paint the blocks."""
        if view.px_per_m < SHOWN_FROM_PX_PER_M:
            return
        pen = QPen(self.outline, self.scale)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(self.fill)
        painter.setTransform(view.transform(), combine=True)
        for _, outline in self.areas.seen(view):
            painter.drawPolygon(outline)
            yield


class BuildingsLayer(Layer):
    """Buildings with their names at street scale."""

    name = "buildings"
    still = True

    def title(self) -> str:
        """Return its name in the legend."""
        return QCoreApplication.translate("Map", "Buildings")

    def __init__(self, scene: MapScene) -> None:
        super().__init__(scene)
        self._read: tuple[MapData, MapFrame] | None = None

    def renew(self) -> None:
        """Read the town's buildings again, where they or the map's origin are others."""
        data, frame = self.scene.data, self.scene.frame
        if self._read is None or self._read[0] is not data or self._read[1] != frame:
            self._read = data, frame
            outlines = all_coordinates_of(
                frame, [each.outline for each in data.buildings]
            )
            self._named = [
                (each.name, outline.mean(axis=0))
                for each, outline in zip(data.buildings, outlines, strict=True)
                if each.name
            ]
            self._shapes = ShapeSet(outlines)
        greys = palette(self.scene.theme)
        self._ground = BuildingsGround(
            self._shapes, greys.building, greys.building_edge, self.scene.theme.scale
        )

    def ground(self) -> Ground | None:
        """Return the buildings for the ground image."""
        return self._ground

    def labels(self, view: MapView) -> Iterable[Label]:
        """Return building names at street scale."""
        if view.px_per_m < NAMED_FROM_PX_PER_M:
            return
        for name, middle in self._named:
            at = view.px(float(middle[0]), float(middle[1]))
            if view.sees(at):
                yield Label(
                    text=name, at=at, rank=75, colour="text3", centred=True, size=MIN
                )

    def legend(self) -> Sequence[LegendLine]:
        """Return its line in the legend."""
        return (LegendLine(self.title(), _sample),)


def _sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    greys = palette(theme)
    painter.setPen(QPen(greys.building_edge, 1.0))
    painter.setBrush(greys.building)
    quarter = rect.width() / 5
    painter.drawRect(rect.adjusted(quarter, quarter, -quarter, -quarter))
