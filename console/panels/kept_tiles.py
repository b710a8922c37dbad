"""What the tiles showed when they were last painted, for whoever measures it."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from console.panels.picture_tile import picture_area
from console.panels.tile_look import Look, picture_rect

if TYPE_CHECKING:
    from console.panels.pictures import PicturesPanel

Pixels = NDArray[np.uint8]


class KeptTiles:
    """Paints tiles through an image of their own, which is kept.

    Thread: UI only.

    Attributes:
        wanted: Somebody asked for what was painted; until then nothing is kept.
    """

    def __init__(self, panel: "PicturesPanel") -> None:
        self._panel = panel
        self._images: dict[int, QImage] = {}
        self.wanted = False

    def paint(self, painter: QPainter, rect: QRectF, tile: int) -> Look:
        """Paint a tile, and keep the picture in it as it goes to the screen."""
        panel = self._panel
        ratio, theme = panel.devicePixelRatioF(), panel.desk.theme
        image = QImage(
            round(rect.width() * ratio),
            round(rect.height() * ratio),
            QImage.Format.Format_RGB32,
        )
        image.setDevicePixelRatio(ratio)
        whole = QRectF(0, 0, rect.width(), rect.height())
        inner = QPainter(image)
        try:
            look = panel.paint_one(inner, whole, tile)
        finally:
            inner.end()
        painter.drawImage(rect.topLeft(), image)
        area = picture_rect(whole, theme)
        picture = panel.content(tile).picture
        if picture is not None:
            area = picture_area(area, picture, ratio).intersected(area)
        self._images[tile] = image.copy(
            round(area.left() * ratio),
            round(area.top() * ratio),
            round(area.width() * ratio),
            round(area.height() * ratio),
        )
        return look

    def pixels(self, tile: int) -> Pixels | None:
        """Return the picture a tile last showed, BGRA, or None.

        From the first call on every painting goes through an image that is kept:
        what is returned is what went to the screen, not what the engine has.
        """
        if not self.wanted:
            self.wanted = True
            if self._panel.isVisible():
                self._panel.repaint()
        image = self._images.get(tile)
        if image is None:
            return None
        pixels = np.frombuffer(image.constBits(), np.uint8)
        return pixels.reshape(image.height(), image.bytesPerLine() // 4, 4)[
            :, : image.width()
        ].copy()
