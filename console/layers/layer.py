"""What a map layer is: the ground it prepares, the marks it draws, what a point hits.

A layer is one file: which of the board's records concern it, how it draws, what a
point hits and what its legend says. The ordered tuple `LAYERS` stands in
`console.canvas`.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QTransform

from console.desk import Desk
from console.layers.beside import BesideCases
from console.layers.map_data import MapData
from console.layers.points import Points
from console.theme import ROW, Theme
from dispatch.geo import MapFrame, Point, distance_m

if TYPE_CHECKING:
    from dispatch.board import Moved
    from dispatch.cases import Case

Coordinates = NDArray[np.float64]  # n rows of x, y in map units

RING_RADII_M = (100, 200, 300, 500, 1000)
RING_M = 300  # as each case begins


@dataclass(frozen=True, slots=True)
class MapView:
    """The part of the map that a painter sees, north up.

    Attributes:
        left: Map x of the left edge.
        top: Map y of the upper edge.
        scale: Pixels a map unit.
        width: In pixels.
        height: In pixels.
        frame: The frame the map units belong to.
    """

    left: float
    top: float
    scale: float
    width: float
    height: float
    frame: MapFrame

    @property
    def right(self) -> float:
        """Return map x of the right edge."""
        return self.left + self.width / self.scale

    @property
    def bottom(self) -> float:
        """Return map y of the lower edge."""
        return self.top - self.height / self.scale

    @property
    def centre(self) -> tuple[float, float]:
        """Return the middle in map units."""
        return (
            self.left + self.width / self.scale / 2,
            self.top - self.height / self.scale / 2,
        )

    @property
    def px_per_m(self) -> float:
        """Return pixels a ground metre, true enough to choose a level of detail."""
        return self.scale / self.frame.ground_m_per_unit

    def px_per_m_here(self) -> float:
        """Return pixels a ground metre at the middle, measured on the ellipsoid."""
        x, y = self.centre
        half = 50.0 / self.scale
        west = self.frame.to_point(x - half, y)
        east = self.frame.to_point(x + half, y)
        return 100.0 / distance_m(west, east)

    def px(self, x: float, y: float) -> QPointF:
        """Return a map position in pixels."""
        return QPointF((x - self.left) * self.scale, (self.top - y) * self.scale)

    def px_of(self, point: Point) -> QPointF:
        """Return a point of the ground in pixels."""
        return self.px(*self.frame.to_map(point))

    def map_of(self, at: QPointF) -> tuple[float, float]:
        """Return the map position of a pixel."""
        return self.left + at.x() / self.scale, self.top - at.y() / self.scale

    def sees(self, at: QPointF, margin: float = 0.0) -> bool:
        """Return whether a pixel lies in the view or a margin around it."""
        return (
            -margin <= at.x() <= self.width + margin
            and -margin <= at.y() <= self.height + margin
        )

    def holds(self, box: QRectF) -> bool:
        """Return whether a box of pixels lies in the view, whole."""
        return QRectF(0, 0, self.width, self.height).contains(box)

    def transform(self) -> QTransform:
        """Return the transformation from map units to pixels."""
        return QTransform(
            self.scale,
            0.0,
            0.0,
            -self.scale,
            -self.left * self.scale,
            self.top * self.scale,
        )

    def widened(self, share: float) -> "MapView":
        """Return this view with more on each side, as a share of its size."""
        return MapView(
            self.left - self.width * share / self.scale,
            self.top + self.height * share / self.scale,
            self.scale,
            self.width * (1 + 2 * share),
            self.height * (1 + 2 * share),
            self.frame,
        )

    def covers(self, other: "MapView") -> bool:
        """Return whether all that another view sees is in this one."""
        return (
            self.left <= other.left
            and self.top >= other.top
            and self.right >= other.right
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """Words beside a mark, drawn where they cover no other.

    Attributes:
        text: What stands there.
        at: The mark's middle, in pixels.
        gap: Distance from the middle at which words may begin.
        rank: Lower is placed first; what finds no room is left out.
        colour: Name of a theme colour.
        plate: On a solid plate, for what is chosen or must be read first.
        centred: Over the point itself, not beside it (grid names).
        spots: Other places where a centred one may stand, in pixels.
        angle: Degrees clockwise; for names along roads.
        bold: Weight 600.
        must: Stands there even where it covers something.
        size: Of the design, never under `theme.MIN`.
    """

    text: str
    at: QPointF
    gap: float = 0.0
    rank: int = 50
    colour: str = "text2"
    plate: bool = False
    centred: bool = False
    spots: tuple[QPointF, ...] = ()
    angle: float = 0.0
    bold: bool = False
    must: bool = False
    size: int = ROW


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """Something on the map that can be pointed at.

    Attributes:
        kind: "case", "unit", "camera", "place" or "device".
        key: Its id on the board.
        x: Map units.
        y: Map units.
        radius: How large it is drawn, of the design.
        quiet: It has a card and nothing more: no key stops at it, and no word of
            others keeps off it.
    """

    kind: str
    key: int | str
    x: float
    y: float
    radius: float
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class LegendLine:
    """One line of the legend.

    Attributes:
        text: What it means.
        paint: Draws the sample into a rectangle.
    """

    text: str
    paint: Callable[[QPainter, QRectF, Theme], None]


class Ground(Protocol):
    """What a layer has drawn into the ground image, a slice at a time.

    Never changed once it is made.
    """

    def paint(self, painter: QPainter, view: MapView) -> Iterator[None]:
        """Paint shapes without words, yielding after each of them.

        Between two shapes the window may have its turn.
        """


@dataclass(slots=True)
class MapScene:
    """What layers draw from.

    Thread: UI only.

    Attributes:
        desk: Board, clock, theme, open case.
        data: Roads, waters and buildings.
        tiles: Cameras in the picture tiles, in order; None is an empty tile.
        ring_m: Radius of the ring round the open case, ground metres.
        walls: Boxes in pixels that words and numbers stay clear of: buttons, legend.
        people: Where everyone is, as their layer last read the board.
        cases: Where every open case is, likewise.
        beside: Where those are drawn whom a case's mark would cover.
    """

    desk: Desk
    data: MapData = field(default_factory=MapData)
    tiles: tuple[str | None, ...] = ()
    ring_m: int = RING_M
    walls: list[QRectF] = field(default_factory=list)
    people: Points = field(default_factory=lambda: Points({}))
    cases: Points = field(default_factory=lambda: Points({}))
    beside: BesideCases = field(default_factory=BesideCases)

    @property
    def theme(self) -> Theme:
        """Return colours, sizes and fonts."""
        return self.desk.theme

    @property
    def frame(self) -> MapFrame:
        """Return the frame of the town."""
        return self.desk.frame

    def place(self, case: "Case") -> str:
        """Return where a case is, in words; "" where that may not be read."""
        return case.place_name

    def now(self) -> datetime:
        """Return the time of the desk's clock."""
        return self.desk.clock()


class Layer:
    """One layer of the map; a layer overrides what it needs.

    Thread: UI only.

    Attributes:
        name: Stable word, under which its visibility is remembered.
        kind: The kind of its marks, or "".
        still: Its words depend on nothing but the view and what `renew` read.
        shown: Whether the operator wants to see it.
    """

    name: ClassVar[str]
    kind: ClassVar[str] = ""
    still: ClassVar[bool] = False

    def __init__(self, scene: MapScene) -> None:
        self.scene = scene
        self.shown = True
        self._points = Points({})  # of a layer whose records are points

    def title(self) -> str:
        """Return its name in the legend."""
        return self.name

    def concerns(self, moved: "Moved") -> bool:
        """Return whether a batch of changes concerns this layer."""
        return moved.everything

    def only_drifts(self, moved: "Moved") -> bool:
        """Return whether a batch did nothing but let things move along.

        Such a batch is painted a little later, together with the next ones.
        """
        return False

    def renew(self) -> None:
        """Read the board again."""

    def ground(self) -> Ground | None:
        """Return what belongs into the ground image, or None."""
        return None

    def paint(self, painter: QPainter, view: MapView) -> None:
        """Draw what moves, in pixels."""

    def paint_top(self, painter: QPainter, view: MapView) -> None:
        """Draw what lies over the other layers' marks, in pixels."""

    def time_look(self, view: MapView) -> Hashable:
        """Return what of its look changes by time alone, to be compared."""
        return ()

    def labels(self, view: MapView) -> Iterable[Label]:
        """Return the words that go with it."""
        return ()

    def marks(self, view: MapView) -> Iterable[Mark]:
        """Return what can be pointed at in the view."""
        return ()

    def where(self, key: int | str) -> tuple[float, float] | None:
        """Return where what a mark is of stands now; None where it is gone."""
        return self._points.get(key)

    def card(self, mark: Mark) -> Sequence[str]:
        """Return the lines of the card shown for one of its marks."""
        return ()

    def legend(self) -> Sequence[LegendLine]:
        """Return its lines in the legend."""
        return ()
