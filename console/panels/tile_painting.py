"""How the tiles of a wall are painted: a camera's picture, or a page of something else."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QPainter

from console.box_rules import note_picture
from console.panels.moving_tiles import MovingTiles
from console.panels.picture_tile import between_lines, paint_over, paint_tile
from console.panels.tile_look import Look, TileContent, picture_rect
from console.tiles.pages import Pages, is_page

if TYPE_CHECKING:
    from console.panels.pictures import PicturesPanel


class TilePainting(QObject):
    """Paints tile by tile, and of one that only goes on no more than its picture.

    Thread: UI only.

    Attributes:
        pages: What tiles show besides cameras.
    """

    def __init__(self, panel: "PicturesPanel") -> None:
        super().__init__(panel)
        self._panel = panel
        self._moving = MovingTiles(panel.contents.live_picture)
        self._said: dict[int, TileContent] = {}  # all but the picture, as painted last
        self.pages = Pages(panel.desk, self)

    def whole(self, painter: QPainter, rect: QRectF, tile: int) -> Look:
        """Paint a tile; return how believable it is."""
        panel = self._panel
        content = panel.content(tile)
        ratio, theme = panel.devicePixelRatioF(), panel.desk.theme
        self._moving.let_go(tile)
        self._said[tile] = replace(content, picture=None)
        shown = panel.wall.content(tile)
        if shown is not None and is_page(shown):
            self.pages.paint(painter, rect, shown, ratio)
            paint_over(painter, rect, content, theme)
            return content.look
        paint_tile(painter, rect, content, theme, ratio)
        picture, chosen = content.picture, content.focused or content.typed
        marked = chosen or content.wrong or content.dated
        if content.look is Look.LIVE and picture and not marked:
            self._moving.note(
                tile,
                content.camera_id,
                picture,
                frame=picture_rect(rect, theme),
                inside=between_lines(rect, theme.px(1)),
                ratio=ratio,
            )
        case_id = panel.desk.open_case_id
        if case_id is not None and content.look is Look.LIVE and content.where:
            panel.desk.note_painted("first_picture", case_id)
            note_picture(panel.desk)
        return content.look

    def altered(self, tile: int) -> bool:
        """Return whether anything but the picture is to be painted otherwise now.

        Of a tile that goes on, that is done with its next picture.
        """
        content = replace(self._panel.content(tile), picture=None)
        if content == self._said.get(tile):
            return False
        return not self._moving.let_go(tile)

    def next_picture(self, painter: QPainter, tile: int, ratio: float) -> bool:
        """Paint only the picture of a tile that goes on as it was; else say False.

        Whatever changes its place has all tiles painted; once a second those are
        looked for that are `altered`.
        """
        return self._moving.paint(painter, tile, ratio)
