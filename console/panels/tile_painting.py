"""How the tiles of a wall are painted: a camera's picture, or a page of something else."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QPainter

from console.panels.picture_tile import paint_next, paint_over, paint_tile
from console.panels.tile_look import Look
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
        self._going_on: dict[int, tuple[str, int, int]] = {}  # only the picture moves
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
        marked = chosen or content.wrong or content.dated
        if content.look is Look.LIVE and picture and not marked:
            self._going_on[tile] = content.camera_id, picture.width, picture.height
        case_id = panel.desk.open_case_id
        if case_id is not None and content.look is Look.LIVE and content.where:
            panel.desk.note_painted("first_picture", case_id)
        return content.look

    def next_picture(self, painter: QPainter, rect: QRectF, tile: int) -> bool:
        """Paint only the picture of a tile that goes on as it was; else say False.

        Whatever changes its words has all tiles painted, and so does each second.
        """
        before = self._going_on.get(tile)
        if before is None:
            return False
        camera_id, width, height = before
        panel = self._panel
        picture = panel.contents.live_picture(camera_id)
        if picture is None or (picture.width, picture.height) != (width, height):
            return False
        ratio = panel.devicePixelRatioF()
        paint_next(painter, rect, picture, panel.desk.theme, ratio)
        return True
