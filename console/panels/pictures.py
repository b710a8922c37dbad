"""Pictures: the open case's best views, or what was pinned, in 1 to 64 tiles.

Pull painting: one look at the engine a tick, one repaint of the whole wall when
something changed. Nothing is queued, nothing signals once a frame.
"""

import time
from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from console import wall_rules
from console.desk import Desk
from console.panels import tile_choice, tile_keys, wall_memory
from console.panels.enlarged import EnlargedPicture
from console.panels.number_plate import NumberPlate
from console.panels.painted import Pixels, painted_pixels
from console.panels.picture_tile import picture_area
from console.panels.refusal_plate import RefusalPlate
from console.panels.tile_contents import TileContents
from console.panels.tile_dates import withdrawn_words
from console.panels.tile_drops import TileDrops
from console.panels.tile_look import LOOK_EVERY_TICKS, Look, TileContent, picture_rect
from console.panels.tile_menu import add_camera, add_tour
from console.panels.tile_painting import TilePainting
from console.panels.tile_replay import TileReplay
from console.panels.tiled import Tiled
from console.panels.tour_tiles import TourTiles
from console.panels.wall_layout import (
    LayoutChoice,
    layout_menu,
    tile_at,
    tile_rect,
)
from console.panels.wall_wants import shown_by
from console.seen_window import SeenWindow
from video import tile_content
from video.layouts import Layout
from video.tile_content import TileRef
from video.wall import TileWall

if TYPE_CHECKING:
    from dispatch.board import Moved


class PicturesPanel(Tiled):
    """Tiles side by side, the caption under each picture.

    Thread: UI only.

    Signals:
        shown_changed: The cameras in the tiles, in order; None for an empty one.
        enlarged_changed: Whether the focused tile covers the middle and the right.
    """

    name = "pictures"
    keys_here = tile_keys.keys_here  # for the bottom bar
    shown_changed = Signal(object)
    enlarged_changed = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.layouts = LayoutChoice(desk.settings, chosen=self._reshape)
        self.wall = TileWall(self.layouts.layout)
        self.wall.alarm_tiles = wall_memory.remembered_case_tiles(desk.settings)
        self.wants = desk.wants
        self._seen = SeenWindow(self)
        self._seen.changed.connect(self._declare)
        self.tours = TourTiles(desk, self.wall, self.wants)
        self.plate = NumberPlate(self)
        self.plate.knows = partial(wall_rules.knows, desk)
        self.contents = TileContents(desk, self.plate, self.wants.refused)
        self.again = TileReplay(self)
        self.last_paint_ms, self.paints = 0.0, 0
        self.enlarge_area: Callable[[], QRect] | None = None
        self._overlay: EnlargedPicture | None = None
        self._looks: tuple[Look, ...] = ()
        self.drops = TileDrops(self)
        self.painting = TilePainting(self)
        self._ticks = 0
        self._shown: object = None
        self._follows: object = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._name_words()
        self.setMinimumSize(320, 240)
        self.plate.changed.connect(self.update_pictures)
        self.plate.called.connect(partial(wall_rules.call_typed, self))
        self._follow(self.painting.pages)
        desk.tick.connect(self._on_tick)
        desk.second.connect(self._on_second)
        desk.moved.connect(self._on_moved)
        desk.case_opened.connect(self._on_followed)
        desk.views_changed.connect(self._on_followed)
        desk.pending_changed.connect(self.update_pictures)
        desk.looks.changed.connect(self._name_words)
        desk.wall.changed.connect(self._changed)
        self.pinned = wall_memory.Pinned(desk.settings, self.wall)
        self._pin_first()
        self._sync()

    def _name_words(self) -> None:
        self.setAccessibleName(self.tr("Pictures"))
        self.update_pictures()

    # -- what stands in the tiles --------------------------------------------------

    @property
    def focused_camera(self) -> str | None:
        """Return the camera of the tile that keys act on."""
        return self.shown[self.wall.focused]

    @property
    def focused_tile(self) -> int:
        """Return the index of the tile that keys act on."""
        return self.wall.focused

    @property
    def enlarged(self) -> bool:
        """Return whether the focused tile is shown large."""
        return self.wall.enlarged

    def show_camera(self, camera_id: str, tile: int | None = None) -> bool:
        """Show a camera in a tile, the focused one if none is named."""
        if camera_id not in self.desk.board.cameras:
            return False
        self.show_content(tile_content.camera(camera_id), tile)
        return True

    def show_content(self, content: TileRef, tile: int | None = None) -> None:
        """Show anything in a tile, the focused one if none is named."""
        self.wall.show(content, tile)
        self.by_hand()

    def by_hand(self, done: bool = True) -> bool:
        """Keep and show what somebody has just put into the tiles."""
        self.pinned.keep()
        self._changed()
        return done

    def show_best_views(self) -> None:
        """Show the best views of the open case again, as they rank now."""
        self.wall.best()
        self._changed()

    def next_views(self) -> bool:
        """Show the next of the best views, as many as there are tiles."""
        done = self.wall.next_views()
        self._changed()
        return done

    def previous_content(self) -> bool:
        """Return the focused tile to what it showed before."""
        return self.by_hand(self.wall.back())

    def choose_tile(self, tile: int) -> None:
        """Let keys act on a tile, if it is one."""
        if 0 <= tile < len(self.wall.tiles):
            self.wall.focused = tile
            self._changed()

    def move_focus(self, right: int, down: int) -> None:
        """Let keys act on the neighbouring tile."""
        self.wall.move_focus(right, down)
        self._changed()

    def choose_layout(self, layout: Layout) -> None:
        """Have another layout; what stands in a tile stays in the tile of that number."""
        self.layouts.choose(layout)

    def _reshape(self, cut: bool) -> None:
        if self.wall.layout != self.layouts.layout:
            self.wall.reshape(self.layouts.layout, by_place=cut)
            if cut:
                self.pinned.keep()
            self._pin_first()
        self._sync()

    def enlarge(self, on: bool | None = None) -> None:
        """Show the focused tile large, or return to exactly what was there."""
        on = not self.wall.enlarged if on is None else on
        if on == self.wall.enlarged or (on and self.wall.focused_content is None):
            return
        self.wall.enlarged = on
        self._changed()

    def go_back(self) -> bool:
        """Take one step back: a typed number, to live, the large picture; or False."""
        if self.plate.clear() or self.desk.replay.live():
            return True
        if self.wall.enlarged:
            self.enlarge(False)
            return True
        return False

    # -- calling a camera by its number ----------------------------------------------

    def type_digit(self, digit: str) -> None:
        """Take one digit of a camera's number, wherever the keyboard is."""
        self.plate.add(digit)

    def made_menu(self) -> QMenu:
        """Return the menu of the focused tile: its camera, its content, the layouts."""
        menu = add_tour(QMenu(self), self.tours, self.focused_tile)
        add_camera(menu, self.desk, self.focused_camera)
        menu.addMenu(tile_choice.content_menu(self, menu))
        self.again.add_line(menu)
        layouts = layout_menu(menu, self.layouts, self.choose_layout)
        tile_choice.add_shaping(layouts, self)
        menu.addMenu(layouts)
        return menu

    # -- painting ----------------------------------------------------------------------

    def update_pictures(self) -> None:
        """Have the wall painted again, and the large picture where there is one."""
        self.paint_all()
        if self._overlay is not None:
            self._overlay.update()

    def tile_rect(self, tile: int) -> QRectF:
        """Return a tile with its caption."""
        room, ratio = self.again.room(), self.devicePixelRatioF()
        return tile_rect(self.wall.layout, tile, room, ratio)

    def tile_at(self, point: QPointF) -> int:
        """Return the tile under a point, or -1 beside them."""
        room, ratio = self.again.room(), self.devicePixelRatioF()
        return tile_at(self.wall.layout, point, room, ratio)

    def content(self, tile: int) -> TileContent:
        """Return what a tile shows now."""
        chosen = tile == self.wall.focused
        content = self.contents.of(
            self.shown[tile],
            number=tile + 1,
            focused=(chosen and self.hasFocus()) or tile == self.drops.over,
            typed=self.plate.typed if chosen else "",
            emptied=withdrawn_words(self.desk, self.wall.withdrawn(tile)),
        )
        return self.tours.dressed(tile, content)

    def paint_one(self, painter: QPainter, rect: QRectF, tile: int) -> Look:
        """Paint a tile; return how believable it is."""
        return self.painting.whole(painter, rect, tile)

    def painted_tile_image(self, tile: int) -> Pixels | None:
        """Return the picture in a tile as it stands in the window, BGRA, or None."""
        area = picture_rect(self.tile_rect(tile), self.desk.theme)
        if (picture := self.content(tile).picture) is not None:
            area &= picture_area(area, picture, self.devicePixelRatioF())
        return painted_pixels(self, area)

    def fit_tiles(self) -> None:
        """Fit the tiles into the room there is."""
        self._stale = True
        self._declare()

    # -- within ---------------------------------------------------------------------------

    def _on_followed(self, *_ignored: object) -> None:
        """Follow; of a case just opened and of its views once, told of either."""
        if self._follows != (self.desk.open_case_id, self.desk.views):
            self._sync()

    def _sync(self) -> None:
        """Follow the open case and its views."""
        self._follows = self.desk.open_case_id, self.desk.views
        self.wall.open_case(self.desk.open_case_id)
        self.wall.offer([view.camera_id for view in self.desk.views])
        self._changed()

    def _changed(self) -> None:
        self.tours.sync()
        if (shown := (self.wall.tiles, self.shown)) != self._shown:
            self._shown = shown
            self.shown_changed.emit(self.shown)
        self._show_overlay()
        self.again.follow()
        self._declare()
        self.update_pictures()

    def _declare(self) -> None:
        """Tell the engine what is wanted, in pixels of the screen."""
        seen, case_id = self._seen.is_seen(), self.wall.case_id
        large = None if self._overlay is None else QRectF(self._overlay.rect())

        def picture(tile: int) -> QRectF:
            chosen = large if tile == self.wall.focused else None
            return picture_rect(chosen or self.tile_rect(tile), self.desk.theme)

        shown = shown_by(self, seen=seen, picture=picture, called_for=case_id)
        self.wants.show(self.name, shown)
        in_sight = self.shown if large is None else (self.focused_camera,)
        self.desk.listening.follow(in_sight if seen else ())

    def _on_tick(self) -> None:
        if self._seen.is_seen() and self.tours.advance():
            self._changed()
        if not self.isVisible():
            return
        self._ticks += 1
        due = self._ticks % LOOK_EVERY_TICKS == 0
        if due and tuple(map(self.contents.look, self.shown)) != self._looks:
            self.update_pictures()

    def _update_tiles(self, tiles: Collection[int]) -> None:
        super()._update_tiles(tiles)
        if self._overlay is not None and self.wall.focused in tiles:
            self._overlay.update()

    def _on_second(self) -> None:
        self.contents.on_second()
        if self.contents.improve(self.wall):
            self._changed()
        self.plate.on_second()
        if self.isVisible():
            tiles = range(self.wall.layout.count)
            self._update_tiles(list(filter(self.painting.altered, tiles)))

    def _on_moved(self, moved: "Moved") -> None:
        if moved.everything or moved.cameras:
            self.wall.forget(self.desk.board.cameras)
            self._pin_first()
            self._changed()

    def _pin_first(self) -> None:
        """Pin the first cameras where nobody has chosen yet."""
        cameras = self.desk.board.cameras
        known = {each for each in cameras if not cameras[each].sealed}
        self.pinned.fill(known, self.desk.clock())

    def _show_overlay(self) -> None:
        if self.wall.enlarged == (self._overlay is not None):
            return
        if self._overlay is None:
            self._overlay = EnlargedPicture(
                self,
                lambda painter, rect: self.paint_one(painter, rect, self.focused_tile),
            )
            self._overlay.put_away.connect(lambda: self.enlarge(False))
            RefusalPlate(self.desk, self._overlay)
            self._overlay.show_over(self.enlarge_area)
        else:
            self._overlay.hide()
            self._overlay.deleteLater()
            self._overlay = None
        self.enlarged_changed.emit(self.wall.enlarged)

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        started = time.perf_counter()
        painter, count = QPainter(self), self.wall.layout.count
        ratio = self.devicePixelRatioF()
        looks = [*self._looks, *[Look.EMPTY] * count][:count]
        try:
            if self._only is None:
                painter.fillRect(self.rect(), self.desk.theme.bg)
                self._stale = False
            for tile in range(count) if self._only is None else sorted(self._only):
                covered = self._overlay is not None and tile == self.wall.focused
                if covered and self._only is not None:
                    continue
                if self._only is None or not self.painting.next_picture(
                    painter, tile, ratio
                ):
                    looks[tile] = self.paint_one(painter, self.tile_rect(tile), tile)
        finally:
            # An exception that left it open would make every later tick fail too.
            painter.end()
        self._looks = tuple(looks)
        self.paints += 1
        self.last_paint_ms = (time.perf_counter() - started) * 1000

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not tile_keys.press(self, event):
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.choose_tile(self.tile_at(event.position()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.made_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.enlarge(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update_pictures()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update_pictures()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._overlay is not None:
            self._overlay.fit(self.enlarge_area)
        self.again.fit()
        self.fit_tiles()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit_tiles()
