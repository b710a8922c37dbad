"""A wall on a monitor: tiles and nothing else, for eyes some metres away."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)

from console.kept_walls import KeptWall
from console.painting import CENTRE, draw_text
from console.panels.moving_tiles import MovingTiles
from console.panels.picture_tile import between_lines
from console.panels.picture_words import reason_words, status_words
from console.panels.tile_contents import TileContents
from console.panels.tile_dates import again_words, dated_words, is_stills
from console.panels.tile_look import LOOK_EVERY_TICKS, Look
from console.panels.tiled import Tiled
from console.panels.tour_tiles import TourTiles
from console.panels.wall_heads import Head, head_height, heads, paint_head
from console.panels.wall_layout import tile_rect
from console.panels.wall_tile import (
    WallTile,
    edge,
    paint_edges,
    paint_wall_tile,
    picture_rect,
)
from console.panels.wall_wants import shown_by
from console.seen_window import SeenWindow
from console.shown import Shown
from console.theme import MIN, Theme
from console.tiles.pages import Pages, is_page
from console.visitors import Visitors
from console.wall_sizes import DISTANCE_M, wall_scale
from console.wall_wording import WallWording
from console.wrong_views import wrong_view
from video.layouts import Layout
from video.tile_content import TileRef
from video.wall import TileWall

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved
    from video.contract import Picture


class WallWindow(Tiled):
    """One wall. No key acts here and none closes it; the pointer is not shown.

    Thread: UI only.

    Attributes:
        key: Of the monitor it belongs to.
        wall: What stands in its tiles.
        case_tiles: Those that an urgent case takes; none: it takes no tile.
        distance_m: From where it is read.
        pages: What tiles show besides cameras.
        plates: The first number to type while somebody chooses a tile, else 0.
        chosen: The tile that the desk sends to, or -1.

    Signals:
        put_away: It was closed as an ordinary window is.
        altered: Other things stand in it than a moment ago.
    """

    put_away = Signal()
    altered = Signal()

    def __init__(self, desk: "Desk", kept: KeptWall, visitors: Visitors) -> None:
        super().__init__(desk)
        self.key = kept.key
        self.wall = TileWall(kept.parsed_layout())
        self.wall.pin(kept.contents())
        self.tours = TourTiles(desk, self.wall, desk.wants)
        self.case_tiles = frozenset(kept.case_tiles)
        self.distance_m = kept.distance_m or DISTANCE_M
        self.plates = 0
        self.chosen = -1
        self.ending = False  # the desk takes it away: nobody is told
        self._visitors = visitors
        self._wording = WallWording(desk, visitors, self)
        self.pages = Pages(desk, self, self._wording)
        self._contents = TileContents(desk, None, desk.wants.refused)
        self._theme = Theme(desk.theme.tokens)
        self._moving = MovingTiles(self._contents.live_picture)
        self._looks: tuple[Look, ...] = ()
        self._stills: tuple[bool, ...] = ()
        self._held: tuple[str, ...] = ()
        self._heads: dict[int, Head] = {}
        self._ticks = 0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._seen = SeenWindow(self)
        self._seen.changed.connect(self.declare)
        self._follow(self.pages)
        desk.tick.connect(self._on_tick)
        desk.second.connect(self._on_second)
        desk.looks.changed.connect(self._on_looks)
        desk.wall.changed.connect(self.renew)
        desk.moved.connect(self._on_moved)
        visitors.changed.connect(self._on_visitors)
        self._on_looks()

    # -- what stands in it -------------------------------------------------------------

    def kept(self, name: str, *, is_open: bool) -> KeptWall:
        """Return what is to be remembered of it."""
        return KeptWall(
            key=self.key,
            name=name,
            is_open=is_open,
            layout=str(self.wall.layout),
            tiles=tuple("" if each is None else str(each) for each in self.wall.pinned),
            case_tiles=tuple(sorted(self.case_tiles)),
            distance_m=self.distance_m,
        )

    def show_content(self, content: TileRef, tile: int) -> None:
        """Show anything in a tile."""
        self.wall.show(content, tile)
        self._changed()

    def empty(self, tile: int) -> None:
        """Show nothing in a tile."""
        if self.wall.clear(tile):
            self._changed()

    def back(self, tile: int) -> bool:
        """Return a tile to what it showed before."""
        done = self.wall.back(tile)
        self._changed()
        return done

    def choose_layout(self, layout: Layout) -> None:
        """Have another layout."""
        self.wall.reshape(layout)
        self._changed()

    def put_up(self, layout: Layout, contents: Sequence[TileRef | None]) -> None:
        """Have a scene stand here; what a case has taken stays until it gives it back."""
        self.wall.reshape(layout)
        self.wall.pin(contents)
        self.wall.forget(self.desk.board.cameras)
        self._changed()

    def have_case(
        self, case_id: int | None, tiles: frozenset[int], waiting: Collection[int]
    ) -> None:
        """Show the best views of a case in some tiles; None: what is under them.

        Cases that wait find their tiles as they left them.
        """
        if case_id != self.wall.case_id:
            self.wall.open_case(None, waiting=(*waiting, case_id or 0))
        self.wall.alarm_tiles = tiles
        self.wall.open_case(case_id, waiting=waiting)
        self.offer_views()

    def offer_views(self) -> None:
        """Let the case's tiles have its best views as they are now."""
        self.wall.offer(self.desk.views_for(self.wall.case_id))
        self.renew()

    def look_from(self, distance_m: float) -> None:
        """Make the words as large as the eye needs from a distance."""
        self.distance_m = distance_m
        self._on_looks()
        self.altered.emit()

    def renew(self) -> None:
        """Say again what is wanted, and paint all of it."""
        self.tours.sync()
        self._heads = heads(
            self.desk, self.wall, self._wording, visitors=self._visitors.on
        )
        self._held = self._held_now()
        self.declare()
        self.paint_all()

    def declare(self) -> None:
        """Tell the engine what is wanted here; what nobody sees is not."""
        shown = Shown()
        if not self.ending:
            shown = shown_by(
                self,
                seen=self._seen.is_seen(),
                picture=lambda at: picture_rect(self.tile_rect(at), self._theme),
                hidden=lambda each: bool(self._hidden(each)),
            )
        self.desk.wants.show(f"wall {self.key}", shown)

    # -- painting ------------------------------------------------------------------------

    @property
    def theme(self) -> Theme:
        """Return colours, and sizes for the eye's distance."""
        return self._theme

    def tile_rect(self, tile: int) -> QRectF:
        """Return a tile with its caption, below its head where it has one."""
        rect = self._place(tile)
        if tile in self._heads:
            rect.setTop(rect.top() + head_height(rect, self._theme))
        return rect

    def _place(self, tile: int) -> QRectF:
        return tile_rect(self.wall.layout, tile, self.size(), self.devicePixelRatioF())

    def content(self, tile: int) -> WallTile:
        """Return what a tile shows now."""
        plate = self.plates + tile if self.plates else 0
        chosen = tile == self.chosen
        camera_id = self.shown[tile]
        camera = self.desk.board.cameras.get(camera_id or "")
        if camera_id is None or camera is None:
            gone = tuple(filter(None, (self.tours.gone(tile),)))
            return WallTile(words=gone, plate=plate, chosen=chosen)
        look = self._contents.look(camera_id)
        if look is Look.STILL:  # the desk's own; a wall shows what is of now
            look = Look.WAITING
        picture = self._picture(camera_id)
        return WallTile(
            number=camera_id,
            place=self._wording.camera(camera),
            look=look,
            words=self._words(camera_id, look, wrong=camera.wrong_since is not None),
            dated=dated_words(self.desk, camera_id, look, picture),
            picture=picture,
            hidden=self._hidden(camera_id),
            plate=plate,
            chosen=chosen,
            tour=self.tours.said(tile, named=False),
        )

    def _held_now(self) -> tuple[str, ...]:
        return tuple(self._hidden(each) for each in self.shown if each)

    def _hidden(self, camera_id: str) -> str:
        """Return what stands in place of a picture that is not for the room, or ""."""
        camera = self.desk.board.cameras.get(camera_id)
        if camera is not None and camera.sealed:
            return self.tr("Sealed")
        held = self._visitors.held_for(camera_id)
        return "" if held is None else self.tr("Held back")

    def _words(self, camera_id: str, look: Look, *, wrong: bool) -> tuple[str, ...]:
        engine, found = self.desk.engine, []
        if wrong:
            found.append(wrong_view())  # who says so is a person's name
        picture = self._picture(camera_id)
        if look in (Look.LIVE, Look.AGAIN) and picture is not None:
            return tuple(found)
        reason = "" if engine is None else engine.status(camera_id).reason
        status = status_words(look, picture, 0.0, reason=reason)
        if look is Look.AGAIN:
            status = again_words(self.desk, picture)
        found.append(status)
        if engine is not None and look is Look.OFF:
            found.append(reason_words(reason))
        return tuple(each for each in found if each)

    def _picture(self, camera_id: str) -> "Picture | None":
        engine = self.desk.engine
        if engine is None or self.desk.wants.refused(camera_id) is not None:
            return None
        return engine.picture(camera_id)

    def _changed(self) -> None:
        self.altered.emit()
        self.renew()

    def _on_visitors(self) -> None:
        self.pages.forget()  # at once: nothing may stand there a second longer
        self.renew()

    def _on_moved(self, moved: "Moved") -> None:
        """Hold a picture back at once: a case came or grew, a camera drove up to one."""
        near = moved.cases or moved.carried or moved.everything
        if not near or not self._visitors.on:
            return
        if self._held_now() != self._held:
            self.renew()

    def _on_tick(self) -> None:
        self._ticks += 1
        if self._seen.is_seen() and self.tours.advance():
            self.renew()
        if not self.isVisible() or self._ticks % LOOK_EVERY_TICKS:
            return
        looks = tuple(map(self._contents.look, self.shown))
        stills = tuple(is_stills(self.desk, each) for each in self.shown)
        if (looks, stills) != (self._looks, self._stills):
            self._looks, self._stills = looks, stills
            self.paint_all()

    def _on_second(self) -> None:
        """Follow ages, and cases that came or went near a camera."""
        if not self.isVisible():
            return
        if self._contents.improve(self.wall):
            self.renew()
        if self._visitors.on:
            self.declare()
            self.paint_all()
        # Ages go on; and pages that nobody paints are let go.
        looks = zip(self._looks, self.wall.tiles, strict=False)
        self._update_tiles(
            [
                at
                for at, (look, shown) in enumerate(looks)
                if look is not Look.LIVE or is_page(shown)
            ]
        )

    def _on_looks(self) -> None:
        screen = self.screen()
        size, physical = screen.size(), screen.physicalSize()
        scale = wall_scale(
            size.width(),
            size.height(),
            physical.width(),
            physical.height(),
            distance_m=self.distance_m,
        )
        if self.height() and not self.isFullScreen():
            scale *= self.height() / size.height()  # a window is a wall in small
        self._theme = Theme(self.desk.theme.tokens, scale=scale)
        self.pages.least = self._theme.px(MIN)
        self.pages.forget()
        lookout = QCoreApplication.translate("MainWindow", "Lookout")
        wall = self.tr("Wall")
        self.setWindowTitle(f"{lookout} {wall}")
        self.renew()

    def _paint_tile(
        self, painter: QPainter, rect: QRectF, tile: int, ratio: float
    ) -> None:
        content, shown = self.content(tile), self.wall.tiles[tile]
        self._moving.let_go(tile)
        painter.setClipRect(rect)
        if shown is not None and is_page(shown):
            self.pages.paint(painter, rect, shown, ratio)
            paint_edges(painter, rect, content, self._theme)
        else:
            paint_wall_tile(painter, rect, content, self._theme, ratio)
            self._note_moving(tile, content, rect, ratio)
        painter.setClipping(False)

    def _note_moving(
        self, tile: int, content: WallTile, rect: QRectF, ratio: float
    ) -> None:
        # How far a tour is moves, too.
        words = content.words or content.dated or content.hidden
        said = words or content.plate or content.tour
        if content.picture is not None and content.look is Look.LIVE and not said:
            self._moving.note(
                tile,
                content.number,
                content.picture,
                frame=picture_rect(rect, self._theme),
                inside=between_lines(rect, edge(self._theme)),
                ratio=ratio,
            )

    def _paint_heads(self, painter: QPainter) -> None:
        for tile, head in self._heads.items():
            rect = self._place(tile)
            rect.setBottom(self.tile_rect(tile).top())
            paint_head(painter, rect, head, self._theme)

    def _paint_hint(self, painter: QPainter) -> None:
        """Say what to do with a wall on which nothing stands."""
        theme = self._theme
        text = self.tr("F12 at the desk brings pictures here")
        box = QRectF(self.rect())
        draw_text(painter, box, text, theme, colour=theme.text3, size=MIN, align=CENTRE)

    # Qt

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            ratio, tiles = self.devicePixelRatioF(), range(self.wall.layout.count)
            if self._only is None:
                painter.fillRect(self.rect(), self._theme.bg)
                self._stale = False
                self._paint_heads(painter)
            for tile in tiles if self._only is None else sorted(self._only):
                if self._only is None or not self._moving.paint(painter, tile, ratio):
                    self._paint_tile(painter, self.tile_rect(tile), tile, ratio)
            if not any(self.wall.tiles) and not self.plates:
                self._paint_hint(painter)
        finally:
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # driven from the desk: no key does anything here, Esc neither

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._on_looks()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_looks()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not self.ending:
            self.put_away.emit()
