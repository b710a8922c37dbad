"""The tiles of which only the picture moves: most of a wall, most of the time."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from console.panels.picture_tile import draw_picture, picture_area
from video.contract import Picture


class _Moving(NamedTuple):
    """One of them.

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


class MovingTiles:
    """Knows where the next picture of a tile goes, and paints no more than that.

    Whoever paints a tile for another reason lets go of it first.

    Thread: UI only.

    Args:
        live_picture: Gives the newest picture of a camera that is live, else None.
    """

    def __init__(self, live_picture: Callable[[str], Picture | None]) -> None:
        self._live_picture = live_picture
        self._moving: dict[int, _Moving] = {}

    def let_go(self, tile: int) -> bool:
        """Paint the whole of a tile next time; return whether it has gone on so far."""
        return self._moving.pop(tile, None) is not None

    def note(
        self,
        tile: int,
        camera_id: str,
        picture: Picture,
        *,
        frame: QRectF,
        inside: QRectF,
        ratio: float,
    ) -> None:
        """Note that a tile will go on as it was painted just now.

        Args:
            tile: Its index.
            camera_id: Its camera.
            picture: What it shows.
            frame: The room for the picture.
            inside: What of the tile no edge is painted over.
            ratio: Device pixels a pixel.
        """
        area = picture_area(frame, picture, ratio)
        to = area.intersected(inside).intersected(frame)  # never over the caption
        scale = picture.width / area.width()
        part = QRectF(
            (to.x() - area.x()) * scale,
            (to.y() - area.y()) * scale,
            to.width() * scale,
            to.height() * scale,
        )
        moving = _Moving(camera_id, picture.width, picture.height, to, part)
        self._moving[tile] = moving

    def paint(self, painter: QPainter, tile: int, ratio: float) -> bool:
        """Paint the next picture of a tile that goes on; else say False."""
        moving = self._moving.get(tile)
        if moving is None:
            return False
        camera_id, width, height, to, part = moving
        picture = self._live_picture(camera_id)
        if picture is None or picture.width != width or picture.height != height:
            return False
        draw_picture(painter, picture, to, part, ratio)
        return True
