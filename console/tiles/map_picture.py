"""The whole town on a tile: cases as their shapes, people as dots without names.

The map's own layers, painted a few milliseconds at a time when something in them is
new; nobody pans it, and nobody points at it.
"""

import math
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, QPointF, Signal
from PySide6.QtGui import QPainter

from console.layers.buildings import BuildingsLayer
from console.layers.cases import CasesLayer
from console.layers.composition import Composition
from console.layers.grids import GridsLayer
from console.layers.ground_image import GroundImage, GroundWish, grounds_of
from console.layers.guard import LayerGuard
from console.layers.layer import Label, Layer, MapScene, MapView, Mark
from console.layers.palette import palette
from console.layers.roads import RoadsLayer
from console.layers.sizes import OPEN_RING, SIZE
from console.layers.slices import Slices, one_by_one
from console.layers.units import UnitsLayer
from console.layers.viewport import EMPTY_TOWN_M, town_points
from console.layers.waters import WatersLayer
from console.theme import ROW, Theme
from console.tiles.page import theme_of
from console.tiles.wording import Wording
from dispatch.cases import Case
from dispatch.geo import MapFrame, Point
from video.tile_content import MAP, TileRef

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved

KIND: Final = MAP
MARGIN: Final = 0.08  # of the town's size, on each side
AROUND: Final = 0.25  # of it: a case as far beside the town is on its map, too
MARK_SHARE: Final = 0.27  # of a tile's height that a case's mark may have
RIM: Final = 3.0  # round a mark, of the design


class _Cases(CasesLayer):
    """The cases of a tile: nobody pans it, so each stands in it, and whole.

    One farther off than the tile shows stands at its edge, on the side where it is.
    """

    def _seen(self, view: MapView) -> Iterator[tuple[int | str, QPointF]]:
        """Yield every case, where its mark is inside."""
        open_id, scale = self.scene.desk.open_case_id, self.scene.theme.scale
        for key, at in self._points.seen(view, math.inf):
            reach = (OPEN_RING if key == open_id else SIZE / 2) + RIM
            rim = min(reach * scale, view.width / 2, view.height / 2)
            x = min(max(at.x(), rim), view.width - rim)
            y = min(max(at.y(), rim), view.height - rim)
            yield key, QPointF(x, y)

    def labels(self, view: MapView) -> Iterator[Label]:
        """Yield places, none so dear that it would cover the mark of another case."""
        for label in super().labels(view):
            yield replace(label, must=False)


# In drawing order, lowest first.
LAYERS: Final[tuple[type[Layer], ...]] = (
    WatersLayer,
    GridsLayer,
    BuildingsLayer,
    RoadsLayer,
    UnitsLayer,
    _Cases,
)


def title(_ref: TileRef) -> str:
    """Return what is shown."""
    return QCoreApplication.translate("Tile", "Map of the town")


@dataclass(slots=True)
class TileScene(MapScene):
    """What the layers of a tile draw from: the sizes are the tile's.

    Attributes:
        worn: Colours and sizes.
        wording: What it says of places.
    """

    worn: Theme | None = None
    wording: Wording = field(default_factory=Wording)

    @property
    def theme(self) -> Theme:
        """Return colours, sizes and fonts."""
        return self.worn or self.desk.theme

    def place(self, case: Case) -> str:
        """Return where a case is, as it may be read here."""
        return self.wording.place(case)


class MapPicture(QObject):
    """The map of one tile, of one size.

    Thread: UI only.

    Signals:
        painted: It looks different now.
    """

    painted = Signal()

    def __init__(
        self,
        desk: "Desk",
        letters: int,
        size: tuple[float, float],
        ratio: float,
        wording: Wording,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._size = size
        self._ratio = ratio
        self._stamp = 0
        # Marks that filled a small tile would show no town; words as small are none.
        marks = int(MARK_SHARE * size[1] * ROW / SIZE)
        theme = theme_of(desk.theme, max(1, min(letters, marks)))
        worded = letters <= marks
        self._scene = TileScene(desk, data=desk.map_data, worn=theme, wording=wording)
        self._layers = [layer(self._scene) for layer in LAYERS]
        self._guard = LayerGuard()
        self._ground = GroundImage(self)
        self._composition = Composition(
            self._scene,
            [
                each if worded and each.name == CasesLayer.name else _Silent(each)
                for each in self._layers
            ],
            self._ground,
            self,
            guard=self._guard,
        )
        self._renewing = Slices(self)
        self._renewing.finished.connect(self._renewed)
        self._ground.painted.connect(self._on_ground)
        self._composition.painted.connect(self.painted)
        self._view: MapView | None = None
        self._renew()

    def draw(self, painter: QPainter) -> None:
        """Draw the newest picture; the bare land before the first one."""
        if self._view is None:
            width, height = self._size
            painter.fillRect(
                0, 0, round(width), round(height), palette(self._scene.theme).land
            )
        else:
            self._composition.draw(painter, self._view, self._ratio)

    def apply(self, moved: "Moved") -> None:
        """Follow a batch of changes."""
        if moved.everything:
            self._renew()
            return
        for layer in self._layers:
            if layer.concerns(moved):
                before = layer.ground()
                self._guard.ask(layer, layer.renew, None)
                if layer.ground() is not before:
                    self._stamp += 1
                self._composition.spoil()
                if layer.name == CasesLayer.name and self._view is not None:
                    self._view = self._fitted()

    def on_second(self) -> None:
        """Have painted what is new since the last second, or has aged."""
        if self._desk.map_data is not self._scene.data:
            self._scene.data = self._desk.map_data
            self._renew()
        view = self._view
        if view is None or self._renewing.busy:
            return
        if self._composition.has_aged(view):
            self._composition.spoil()
        self._want(view)

    @property
    def settled(self) -> bool:
        """Return whether everything is painted."""
        return (
            self._view is not None
            and not (self._renewing.busy or self._ground.busy)
            and self._composition.serves(self._view, self._ratio)
            and not self._composition.behind
        )

    def close(self) -> None:
        """Let paintings in progress go."""
        self._renewing.drop()
        self._composition.close()
        self._ground.close()

    # -- within ----------------------------------------------------------------------

    def _renew(self) -> None:
        ask = self._guard.ask
        steps = (partial(ask, each, each.renew, None) for each in self._layers)
        self._renewing.begin(one_by_one(steps))

    def _renewed(self, _: object = None) -> None:
        self._stamp += 1
        self._view = self._fitted()
        self._composition.forget_words()
        self._composition.spoil()
        self._want(self._view)

    def _fitted(self) -> MapView:
        """Return the view of the town, and of the cases beside it."""
        board = self._desk.board
        cases = [each.point for each in board.cases.values() if each.state.is_open]
        mark = (SIZE / 2 + RIM) * self._scene.theme.scale
        return town_view(
            town_points(board), self._desk.frame, self._size, mark, cases=cases
        )

    def _on_ground(self) -> None:
        self._composition.spoil()
        if self._view is not None:
            self._want(self._view)

    def _want(self, view: MapView) -> None:
        wish = GroundWish(
            view,
            grounds_of([each.ground() for each in self._layers]),
            palette(self._scene.theme).land,
            self._ratio,
            self._stamp,
        )
        if not self._ground.busy and not self._ground.serves(wish, resting=True):
            self._ground.want(wish)
        if self._composition.behind:
            self._composition.spoil()
        self._composition.want(view, self._ratio)


class _Silent(Layer):
    """A layer without its words: what a wall shows of people is no name."""

    name = "silent"

    def __init__(self, layer: Layer) -> None:
        super().__init__(layer.scene)
        self._layer = layer

    def paint(self, painter: QPainter, view: MapView) -> None:
        """Draw what the layer draws."""
        self._layer.paint(painter, view)

    def paint_top(self, painter: QPainter, view: MapView) -> None:
        """Draw what the layer draws over the others."""
        self._layer.paint_top(painter, view)

    def time_look(self, view: MapView) -> Hashable:
        """Return what changes by time alone."""
        return self._layer.time_look(view)

    def labels(self, view: MapView) -> Iterable[Label]:
        """Return nothing."""
        return ()

    def marks(self, view: MapView) -> Iterable[Mark]:
        """Return what the words of the cases are not to cover."""
        return self._layer.marks(view)


def town_view(
    points: Iterable[Point],
    frame: MapFrame,
    size: tuple[float, float],
    mark: float = 0.0,
    *,
    cases: Iterable[Point] = (),
) -> MapView:
    """Return the view that shows a whole town in the middle of a tile.

    Args:
        points: Of the town.
        frame: Of the map.
        size: Of the tile, in pixels.
        mark: Half a mark's width, in pixels: none at the town's edge is cut.
        cases: Those a little beside the town are in it, too.
    """
    at = list(_mapped(points, frame))
    half = EMPTY_TOWN_M / frame.ground_m_per_unit
    xs = [each.x() for each in at] or [-half, half]
    ys = [each.y() for each in at] or [-half, half]
    left, right, low, high = min(xs), max(xs), min(ys), max(ys)
    around = AROUND * max(right - left, high - low)
    for each in _mapped(cases, frame):
        if (
            left - around <= each.x() <= right + around
            and low - around <= each.y() <= high + around
        ):
            xs.append(each.x())
            ys.append(each.y())
    least = half / 5  # a single point is no town
    wide = max(max(xs) - min(xs), least) * (1 + 2 * MARGIN)
    high = max(max(ys) - min(ys), least) * (1 + 2 * MARGIN)
    width, height = max(1.0, size[0]), max(1.0, size[1])
    room = max(1.0, width - 2 * mark), max(1.0, height - 2 * mark)
    scale = min(room[0] / wide, room[1] / high)
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    left, top = middle[0] - width / scale / 2, middle[1] + height / scale / 2
    return MapView(left, top, scale, width, height, frame)


def _mapped(points: Iterable[Point], frame: MapFrame) -> Iterator[QPointF]:
    for point in points:
        yield QPointF(*frame.to_map(point))
