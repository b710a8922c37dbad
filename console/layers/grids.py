"""Grids: thin outlines, names at the scales where they fit, the case's own brighter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from console.layers.geometry import (
    ShapeSet,
    all_coordinates_of,
    degrees_of,
    polygon_from,
)
from console.layers.layer import (
    Coordinates,
    Ground,
    Label,
    Layer,
    LegendLine,
    MapView,
)
from console.layers.palette import palette
from console.theme import MIN, ROW, Theme
from dispatch.grids import Grid

if TYPE_CHECKING:
    from dispatch.board import Moved

# A name is shown while it fits into its grid, up to so many pixels, by level.
NAMED_TO_PX = {"grid": 6000.0, "community": 1500.0}
FITS = 0.98  # of the grid's width
OWN_DASHES = [6.0, 2.5]
RIBBON = 9.0  # of the design; no road is as wide where the whole town shows
GRIDS_FROM = 0.09  # pixels a metre: with the whole town on show only communities
DASHES = [7.0, 4.0]  # a road is never dashed
RANKS = {"community": 60, "grid": 62}


@dataclass(frozen=True, slots=True)
class GridsGround:
    """Grid outlines as they go into the ground image."""

    grids: ShapeSet
    communities: ShapeSet
    line: QColor
    ribbon: QColor
    scale: float

    def paint(self, painter: QPainter, view: MapView) -> Iterator[None]:
        """Paint communities as ribbons, each with a line in it, and grids dashed."""
        painter.setTransform(view.transform(), combine=True)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # Solid: neighbours share their edge, and twice dashed is a tangle.
        for colour, width in ((self.ribbon, RIBBON), (self.line, 1.0)):
            pen = QPen(colour, width * self.scale)
            pen.setCosmetic(True)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            for _, outline in self.communities.seen(view):
                painter.drawPolygon(outline)
                yield
        if view.px_per_m < GRIDS_FROM * self.scale:
            return
        pen = QPen(self.line, 1.5 * self.scale)
        pen.setCosmetic(True)
        pen.setDashPattern(DASHES)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for _, outline in self.grids.seen(view):
            painter.drawPolygon(outline)
            yield


@dataclass(frozen=True, slots=True)
class _Named:
    grid: Grid
    outline: Coordinates
    middle: tuple[float, float]
    width: float
    height: float


class GridsLayer(Layer):
    """The tree of grids, as far as it has areas."""

    name = "grids"

    def title(self) -> str:
        """Return its name in the legend."""
        return QCoreApplication.translate("Map", "Grids")

    def concerns(self, moved: "Moved") -> bool:
        """Return whether a grid was altered."""
        return moved.everything or bool(moved.grids)

    def renew(self) -> None:
        """Read the grids of the board again."""
        frame = self.scene.frame
        self._grids: dict[str, _Named] = {}
        grids = [
            grid
            for grid in self.scene.desk.board.grids.values()
            if len(grid.outline) >= 3
        ]
        outlines = all_coordinates_of(
            frame, [degrees_of(grid.outline) for grid in grids]
        )
        for grid, outline in zip(grids, outlines, strict=True):
            low, high = outline.min(axis=0), outline.max(axis=0)
            self._grids[grid.code] = _Named(
                grid,
                outline,
                middle_of(outline),
                float(high[0] - low[0]),
                float(high[1] - low[1]),
            )
        self._own: tuple[str, QPolygonF] | None = None
        greys = palette(self.scene.theme)
        self._ground = GridsGround(
            self._set("grid"),
            self._set("community"),
            greys.grid,
            greys.ribbon,
            self.scene.theme.scale,
        )

    def ground(self) -> Ground | None:
        """Return the outlines for the ground image."""
        return self._ground

    def paint(self, painter: QPainter, view: MapView) -> None:
        """Draw the outline of the open case's grid, brighter than the others."""
        case = self.scene.desk.case
        named = self._grids.get(case.grid_code) if case is not None else None
        if named is None:
            return
        if self._own is None or self._own[0] != named.grid.code:
            self._own = (named.grid.code, polygon_from(named.outline))
        pen = QPen(self.scene.theme.edge, self.scene.theme.px(3))
        pen.setCosmetic(True)
        pen.setDashPattern(OWN_DASHES)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.save()
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setTransform(view.transform(), combine=True)
        painter.drawPolygon(self._own[1])
        painter.restore()

    def labels(self, view: MapView) -> Iterable[Label]:
        """Return the names that fit into their grids at this scale."""
        case = self.scene.desk.case
        own = case.grid_code if case is not None else ""
        theme = self.scene.theme
        for named in self._grids.values():
            level = named.grid.level
            width = named.width * view.scale
            size, weight = (ROW, 600) if level == "community" else (MIN, 400)
            words = theme.metrics(size, weight).horizontalAdvance(named.grid.name)
            if words > width * FITS or width > (
                NAMED_TO_PX.get(level, 0.0) * theme.scale
            ):
                continue
            at = view.px(*named.middle)
            if not view.sees(at):
                continue
            third = QPointF(0.0, named.height * view.scale / 3)
            sixth = third / 2
            spots = [at - sixth, at + sixth, at - third, at + third]
            if level == "community":
                # Its name matters more than its place: people stand everywhere.
                aside = QPointF(max(0.0, (width - words) / 2), 0.0)
                steps = (QPointF(), -sixth, sixth, -third, third)
                spots += [at + way + step for way in (aside, -aside) for step in steps]
            yield Label(
                text=named.grid.name,
                at=at,
                rank=RANKS.get(level, 65) - (10 if named.grid.code == own else 0),
                colour="text" if named.grid.code == own else "text2",
                centred=True,
                spots=tuple(spots),
                bold=weight == 600,
                size=size,
            )

    def legend(self) -> Sequence[LegendLine]:
        """Return its lines in the legend."""
        return (
            LegendLine(self.title(), _sample),
            LegendLine(
                QCoreApplication.translate("Map", "Village or community"),
                _community_sample,
            ),
            LegendLine(
                QCoreApplication.translate("Map", "Grid of the open case"), _own_sample
            ),
        )

    def _set(self, level: str) -> ShapeSet:
        return ShapeSet(
            [each.outline for each in self._grids.values() if each.grid.level == level]
        )


def middle_of(outline: Coordinates) -> tuple[float, float]:
    """Return the centroid of an area, where its name stands."""
    x, y = outline[:, 0], outline[:, 1]
    # Relative to its first corner: map units may be large, areas small.
    x0, y0 = float(x[0]), float(y[0])
    x, y = x - x0, y - y0
    next_x, next_y = [*x[1:], x[0]], [*y[1:], y[0]]
    cross = x * next_y - next_x * y
    area = float(cross.sum()) / 2
    if abs(area) < 1e-9:
        return x0 + float(x.mean()), y0 + float(y.mean())
    return (
        x0 + float(((x + next_x) * cross).sum()) / (6 * area),
        y0 + float(((y + next_y) * cross).sum()) / (6 * area),
    )


def _sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(palette(theme).grid, 2.0)
    pen.setDashPattern([3.0, 2.0])
    painter.setPen(pen)
    painter.drawRect(rect.adjusted(2, 4, -2, -4))


def _community_sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    greys = palette(theme)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((greys.ribbon, rect.height() / 3), (greys.grid, 1.0)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(rect.bottomLeft(), rect.topRight())


def _own_sample(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(theme.edge, 3.0)
    pen.setDashPattern([2.5, 1.5])
    painter.setPen(pen)
    painter.drawRect(rect.adjusted(2, 4, -2, -4))
