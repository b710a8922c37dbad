"""How the tiles of a wall are painted: a camera's picture, or a page of something else."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QPainter

from console.panels.picture_tile import (
    between_lines,
    draw_picture,
    paint_over,
    paint_tile,
    picture_area,
)
from console.panels.tile_look import Look, picture_rect
from console.tiles.pages import Pages, is_page

if TYPE_CHECKING:
    from console.panels.pictures import PicturesPanel


class GoingOn(NamedTuple):
    """A tile of which only the picture moves.

    Attributes:
        camera_id: Its camera.
        width, height: Of the picture, in pixels.
        to: Where it is seen.
        part: What of it, in its own pixels.
    """

    camera_id: str
    width: int
    height: int
    to: QRectF
    part: QRectF


class TilePainting(QObject):
    """Paints tile by tile, and of one that only goes on no more than its picture.

    Thread: UI only.

    Attributes:
        pages: What tiles show besides cameras.
    """

    def __init__(self, panel: "PicturesPanel") -> None:
        super().__init__(panel)
        self._panel = panel
        self._going_on: dict[int, GoingOn] = {}
        self.pages = Pages(panel.desk, self)

    def whole(self, painter: QPainter, rect: QRectF, tile: int) -> Look:
        """Paint a tile; return how believable it is."""
        panel = self._panel
        content = panel.content(tile)
        ratio, theme = panel.devicePixelRatioF(), panel.desk.theme
        self._going_on.pop(tile, None)
        shown = panel.wall.tiles[tile]
        if shown is not None and is_page(shown):
            self.pages.paint(painter, rect, shown, ratio)
            paint_over(painter, rect, content, theme)
            return content.look
        paint_tile(painter, rect, content, theme, ratio)
        picture, chosen = content.picture, content.focused or content.typed
        if content.look is Look.LIVE and picture and not (chosen or content.wrong):
            area = picture_area(picture_rect(rect, theme), picture, ratio)
            self._going_on[tile] = GoingOn(
                content.camera_id,
                picture.width,
                picture.height,
                *between_lines(rect, area, picture, theme),
            )
        case_id = panel.desk.open_case_id
        if case_id is not None and content.look is Look.LIVE and content.where:
            panel.desk.note_painted("first_picture", case_id)
        return content.look

    def next_picture(self, painter: QPainter, tile: int, ratio: float) -> bool:
        """Paint only the picture of a tile that goes on as it was; else say False.

        Whatever changes its words or its place has all tiles painted, and so does
        each second.
        """
        before = self._going_on.get(tile)
        if before is None:
            return False
        camera_id, width, height, to, part = before
        picture = self._panel.contents.live_picture(camera_id)
        if picture is None or picture.width != width or picture.height != height:
            return False
        draw_picture(painter, picture, to, part, ratio)
        return True
