"""The map's canvas: view and mouse from pyqtgraph, everything drawn by the layers.

The layers are painted into an image by slices, which the window copies. Positions are
Web Mercator offsets from the town's origin, north up; distances are ground metres.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from console.desk import Desk
from console.layers.beside import cases_at
from console.layers.buildings import BuildingsLayer
from console.layers.cameras import CamerasLayer
from console.layers.cases import CasesLayer
from console.layers.composition import Composition
from console.layers.devices import DevicesLayer
from console.layers.furniture import paint_picking, paint_pointed, paint_scale_bar
from console.layers.grids import GridsLayer
from console.layers.ground_image import GroundImage, GroundWish, grounds_of
from console.layers.guard import LayerGuard
from console.layers.layer import RING_RADII_M, Layer, MapScene, MapView, Mark
from console.layers.map_data import MapData
from console.layers.palette import palette
from console.layers.places import PlacesLayer
from console.layers.pointing import card_of, found_again, mark_at, marks_of, next_mark
from console.layers.rings import RingsLayer
from console.layers.roads import RoadsLayer
from console.layers.slices import Slices, one_by_one
from console.layers.units import UnitsLayer
from console.layers.viewport import Painted, Viewport, town_points
from console.layers.waters import WatersLayer
from console.map_keys import press
from console.shapes import paint_focus

if TYPE_CHECKING:
    from dispatch.board import Moved

# In drawing order, lowest first. A new layer is one file and one line here.
LAYERS: tuple[type[Layer], ...] = (
    WatersLayer,
    GridsLayer,  # under the roads, which often run along an edge
    BuildingsLayer,
    RoadsLayer,
    RingsLayer,
    PlacesLayer,
    DevicesLayer,
    CamerasLayer,
    UnitsLayer,
    CasesLayer,
)

RING_SHARE = 0.78  # of the shorter side, when the open case is centred
REST_TICKS = 4  # the scale has come to rest when it held for so many ticks
SOON_MS = 12  # after the tick that the pictures are painted at
GAP_MS = 30  # between two paintings
MOVES_MS = 500  # people who walk, cars that drive are drawn anew so often


class MapCanvas(pyqtgraph.GraphicsView):
    """The drawn map with its keys and mouse.

    Thread: UI only.

    Signals:
        activated: `Mark`, when someone acts on it.
        pointed: `Point` of the ground that was clicked, where nothing stands.
        selected: `Mark` or None.
    """

    activated = Signal(object)
    pointed = Signal(object)
    selected = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, background=palette(desk.theme).land)
        self.desk = desk
        self.scene_data = MapScene(desk)
        self.layers = [layer(self.scene_data) for layer in LAYERS]
        self.selection: Mark | None = None
        self._hovered: Mark | None = None
        self._renewing = Slices(self)
        self._renewing.finished.connect(self._renewed)
        self._ground = GroundImage(self)
        self._guard = LayerGuard()
        self._composition = Composition(
            self.scene_data, self.layers, self._ground, self, guard=self._guard
        )
        self._painted_at = 0.0
        self._top_wanted = True
        self._card: tuple[str, ...] = ()
        self._update_timer = QTimer(self)
        self._update_timer.setSingleShot(True)
        self._update_timer.timeout.connect(self._update)
        self._looking_timer = QTimer(self)
        self._looking_timer.setSingleShot(True)
        self._looking_timer.setInterval(MOVES_MS)
        self._looking_timer.timeout.connect(self.refresh)
        self._ground.painted.connect(self.refresh)
        self._stamp = 0
        self._rest = 0
        self._last_scale = 0.0
        self._home_wanted = True
        self.picking = False
        self.paints = 0
        self.setFrameStyle(0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport_box = Viewport(lambda: desk.frame)
        self._painted = Painted(self.viewport_box, self.paint_map)
        self._composition.painted.connect(self._show)
        self.setCentralItem(self.viewport_box)
        self.viewport_box.sigRangeChanged.connect(self._on_range)
        self.viewport_box.sigResized.connect(self._on_range)
        self.scene().sigMouseClicked.connect(self._on_click)
        self.scene().sigMouseMoved.connect(self._on_move)
        self.renew_all()

    # -- what is shown -------------------------------------------------------------

    def set_map_data(self, data: MapData) -> None:
        """Put a town's roads, waters and buildings under everything."""
        self.scene_data.data = data
        self.renew_all()

    def set_tiles(self, camera_ids: Sequence[str | None]) -> None:
        """Say which cameras stand in the picture tiles, in order."""
        tiles = tuple(camera_ids)
        if tiles != self.scene_data.tiles:
            self.scene_data.tiles = tiles
            self.refresh()

    def set_ring(self, step: int) -> None:
        """Make the ring round the open case larger or smaller."""
        radii = RING_RADII_M
        index = radii.index(self.scene_data.ring_m) + step
        self.scene_data.ring_m = radii[min(max(index, 0), len(radii) - 1)]
        self.refresh()

    def set_layer_shown(self, name: str, shown: bool) -> None:
        """Show or hide one layer."""
        for layer in self.layers:
            if layer.name == name:
                layer.shown = shown
        self._stamp += 1
        self.refresh()

    def renew_all(self) -> None:
        """Read the whole board again."""
        self._renewing.drop()
        for renew in self._renewals():
            renew()
        self._renewed()

    def _renewals(self) -> Iterator[Callable[[], None]]:
        ask = self._guard.ask
        return (partial(ask, layer, layer.renew, None) for layer in self.layers)

    def _renewed(self, _: object = None) -> None:
        self._stamp += 1
        self._composition.forget_words()
        self.viewport_box.set_town(town_points(self.desk.board))
        if self._home_wanted:
            self.show_town()
            self._home_wanted = not self.viewport_box.knows_town
        self._follow_choice()
        self.refresh()

    def apply(self, moved: "Moved") -> None:
        """Follow a batch of changes."""
        if moved.everything:
            self._renewing.begin(one_by_one(self._renewals()))
            return
        for layer in self.layers:
            if layer.concerns(moved):
                before = layer.ground()
                self._guard.ask(layer, layer.renew, None)
                if layer.ground() is not before:
                    self._stamp += 1
                    self._composition.forget_words()
                if not layer.only_drifts(moved):
                    self.refresh()
                elif not self._looking_timer.isActive():
                    self._looking_timer.start()  # people walk; they do not jump
        self._follow_choice()

    def _follow_choice(self) -> None:
        """Let the choice and the card go with what they are of, or go with it."""
        chosen, hovered = self.selection, self._hovered
        if chosen is None and hovered is None:
            return
        view = self.view()
        self._hovered = found_again(self.layers, view, self._guard, hovered)
        stands = found_again(self.layers, view, self._guard, chosen)
        if stands != chosen:
            self.selection = stands
            if stands is None:
                self.selected.emit(None)
        if (stands, self._hovered) != (chosen, hovered):
            self.refresh_top()

    def on_tick(self) -> None:
        """See whether a new ground image is needed, or words are still to come."""
        if not self.isVisible():
            return
        if self._composition.behind:
            self.refresh()
        elif not self._serves():
            self._soon()
        scale = self.viewport_box.scale_now
        self._rest = self._rest + 1 if scale == self._last_scale else 0
        self._last_scale = scale
        self._consider_ground()

    def on_second(self) -> None:
        """Have painted what time alone has changed: ages, doubts, lost signals."""
        if not self.isVisible():
            return
        if self._composition.has_aged(self.view()):
            self.refresh()
        elif self._card and self._card != self._card_lines():
            self.refresh_top()

    def refresh(self) -> None:
        """Have the map painted anew."""
        self._composition.spoil()
        self._soon()

    def refresh_top(self) -> None:
        """Have what lies over the map painted again: choice, card, focus."""
        self._top_wanted = True
        self._soon()

    def _soon(self) -> None:
        """See to the painting a little later.

        So many wishes are one painting, and none comes in one go with the pictures,
        which are painted at the tick.
        """
        if not self._update_timer.isActive():
            since = (time.perf_counter() - self._painted_at) * 1000
            self._update_timer.start(max(SOON_MS, round(GAP_MS - since)))

    def _update(self) -> None:
        if not self.isVisible():
            return
        self._composition.want(self.view(), self.devicePixelRatioF())
        if self._top_wanted:
            self._show()

    def _show(self) -> None:
        self._top_wanted = True  # until it has been painted
        self._painted.update()

    def _serves(self) -> bool:
        return self._composition.serves(self.view(), self.devicePixelRatioF())

    @property
    def settled(self) -> bool:
        """Return whether everything is painted, and as sharp as it will be."""
        return (
            self._serves()
            and not self._composition.behind
            and not self._top_wanted
            and not self._ground.busy
            and not self._renewing.busy
            and self._ground.serves(self._ground_wish(), resting=True)
        )

    def set_walls(self, walls: Sequence[QRectF]) -> None:
        """Say what covers the map: buttons and legend."""
        self.scene_data.walls = list(walls)
        self.refresh()

    # -- where the view is -----------------------------------------------------------

    def view(self) -> MapView:
        """Return what the window shows now."""
        return self.viewport_box.view()

    def show_town(self) -> None:
        """Show the whole town."""
        self.viewport_box.show_town()

    def show_open_case(self) -> None:
        """Centre the open case, with its ring filling the view."""
        case = self.desk.case
        if case is not None:
            self.viewport_box.centre_on(case.point, self.scene_data.ring_m / RING_SHARE)

    def zoom(self, factor: float) -> None:
        """Zoom about the middle."""
        self.viewport_box.zoom(factor)

    def pan(self, right: float, up: float) -> None:
        """Move the view by shares of its size."""
        self.viewport_box.pan(right, up)

    # -- what can be pointed at --------------------------------------------------------

    def marks(self) -> list[Mark]:
        """Return everything in view that can be pointed at, topmost first."""
        return marks_of(self.layers, self.view(), self._guard)

    def mark_at(self, at: QPointF) -> Mark | None:
        """Return what is drawn at a pixel, the topmost and nearest."""
        scale = self.desk.theme.scale
        return mark_at(self.marks(), self.view(), at, scale=scale)

    def select_next(self, step: int) -> bool:
        """Choose the next object outward from the middle; False when there is none."""
        walls = self.scene_data.walls
        self.select(
            next_mark(
                self.marks(), self.view(), walls, chosen=self.selection, step=step
            )
        )
        return self.selection is not None

    def select(self, mark: Mark | None) -> None:
        """Choose an object, or none."""
        self.selection = mark
        self.selected.emit(mark)
        self.refresh_top()

    def act(self) -> bool:
        """Act on the chosen object; False when there is none."""
        if self.selection is None:
            return False
        self.activated.emit(self.selection)
        return True

    def close_canvas(self) -> None:
        """Stop painting the ground."""
        self._update_timer.stop()
        self._looking_timer.stop()
        self._renewing.drop()
        self._composition.close()
        self._ground.close()

    # -- painting ------------------------------------------------------------------------

    def paint_map(self, painter: QPainter) -> None:
        """Paint the map, and what lies over it."""
        self._top_wanted = False
        view = self.view()
        theme = self.desk.theme
        self._composition.draw(painter, view, self.devicePixelRatioF())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_scale_bar(painter, view, theme, cases_at(self.scene_data, view))
        self._card = self._card_lines()
        pointed = (self.selection, self._hovered)
        paint_pointed(painter, view, pointed, self._card, self.scene_data)
        if self.picking:
            paint_picking(painter, theme)
        if self.hasFocus():
            paint_focus(painter, QRectF(0, 0, view.width, view.height), theme)
        painter.restore()
        self._painted_at = time.perf_counter()
        self.paints += 1

    def _card_lines(self) -> tuple[str, ...]:
        return card_of(self.layers, self._hovered or self.selection)

    # -- within ----------------------------------------------------------------------------

    def _ground_wish(self) -> GroundWish:
        return GroundWish(
            self.view(),
            grounds_of([each.ground() for each in self.layers if each.shown]),
            palette(self.desk.theme).land,
            self.devicePixelRatioF(),
            self._stamp,
        )

    def _consider_ground(self) -> None:
        if self._ground.busy:
            return
        wish = self._ground_wish()
        if not self._ground.serves(wish, resting=self._rest >= REST_TICKS):
            self._ground.want(wish)

    def _on_range(self, *_: object) -> None:
        self._consider_ground()
        self.desk.bridge.stir()
        self.refresh_top()  # moved at once, painted anew after

    def _on_click(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = self.viewport_box.pixel_of(event.scenePos())
        if self.picking:
            self.pointed.emit(self.desk.frame.to_point(*self.view().map_of(at)))
            return
        mark = self.mark_at(at)
        self.select(mark)
        if mark is not None:
            self.activated.emit(mark)

    def _on_move(self, scene_at: QPointF) -> None:
        mark = self.mark_at(self.viewport_box.pixel_of(scene_at))
        if mark != self._hovered:
            self._hovered = mark
            self.refresh_top()
        shape = Qt.CursorShape.ArrowCursor
        if self.picking:
            shape = Qt.CursorShape.CrossCursor
        elif mark is not None:
            shape = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)

    # Qt

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        if not press(self, ev):
            ev.ignore()

    def keyReleaseEvent(self, ev: QKeyEvent) -> None:
        ev.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go from object to object; past the last one the next panel has its turn."""
        if self.select_next(1 if forward else -1):
            return True
        return bool(super().focusNextPrevChild(forward))

    def focusInEvent(self, ev: QFocusEvent) -> None:
        super().focusInEvent(ev)
        self.refresh_top()

    def focusOutEvent(self, ev: QFocusEvent) -> None:
        super().focusOutEvent(ev)
        self.refresh_top()

    def leaveEvent(self, ev: Any) -> None:
        super().leaveEvent(ev)
        self._hovered = None
        self.refresh_top()

    def resizeEvent(self, ev: QResizeEvent) -> None:
        super().resizeEvent(ev)
        if hasattr(self, "_painted"):
            self._painted.prepareGeometryChange()
