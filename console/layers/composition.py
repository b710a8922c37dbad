"""The drawn map as one image, painted again only when something in it is new.

Whatever lies over it (the choice, a card, the focus) is drawn each time; what it
takes to place the words is kept as long as nothing of it moves.
"""

import time
from collections.abc import Hashable, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from console.layers.furniture import paint_scale_bar, scale_bar_rect
from console.layers.ground_image import GroundImage
from console.layers.labels import LabelBook
from console.layers.layer import Label, Layer, MapScene, MapView
from console.layers.palette import palette

Placed = list[tuple[Label, QRectF]]


class Composition:
    """Ground, layers, words and scale bar.

    Thread: UI only.

    Attributes:
        composed: How often it was painted anew.
        compose_ms: What that took the last time.
    """

    def __init__(
        self, scene: MapScene, layers: Sequence[Layer], ground: GroundImage
    ) -> None:
        self._scene = scene
        self._layers = layers
        self._ground = ground
        self._book = LabelBook(scene.theme)
        self._image: QPixmap | None = None
        self._shows: tuple[MapView, float] | None = None
        self._looks: Hashable = None
        self._words: dict[str, tuple[MapView, list[Label]]] = {}
        self._placing: tuple[object, ...] | None = None
        self._placed: Placed = []
        self.composed = 0
        self.compose_ms = 0.0

    @property
    def behind(self) -> bool:
        """Return whether words are still to come."""
        return self._book.behind

    def spoil(self) -> None:
        """Have it painted anew the next time it is drawn."""
        self._image = None

    def forget_words(self) -> None:
        """Ask the still layers for their words again: what they tell of is new."""
        self._words.clear()

    def has_aged(self, view: MapView) -> bool:
        """Return whether time alone has changed what should be seen."""
        return self._image is not None and self._time_look(view) != self._looks

    def prepare(self, view: MapView, ratio: float) -> QPixmap:
        """Return the image, painted anew if it has to be.

        Asked for before the window paints, it does not add to the window's painting.
        """
        if self._image is None or self._shows != (view, ratio):
            started = time.perf_counter()
            self._image = self._painted(view, ratio)
            self._shows = (view, ratio)
            self.composed += 1
            self.compose_ms = (time.perf_counter() - started) * 1000
        return self._image

    def draw(self, painter: QPainter, view: MapView, ratio: float) -> None:
        """Draw the image as it should be now."""
        painter.drawPixmap(0, 0, self.prepare(view, ratio))

    def _painted(self, view: MapView, ratio: float) -> QPixmap:
        theme = self._scene.theme
        image = QPixmap(
            max(1, round(view.width * ratio)), max(1, round(view.height * ratio))
        )
        image.setDevicePixelRatio(ratio)
        image.fill(palette(theme).land)
        self._looks = self._time_look(view)
        painter = QPainter(image)
        try:
            self._ground.draw(painter, view)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shown = [layer for layer in self._layers if layer.shown]
            for layer in shown:
                painter.save()
                layer.paint(painter, view)
                painter.restore()
            for layer in shown:
                painter.save()
                layer.paint_top(painter, view)
                painter.restore()
            self._book.draw(painter, self._words_placed(shown, view), ratio)
            paint_scale_bar(painter, view, theme)
        finally:
            painter.end()
        return image

    def _time_look(self, view: MapView) -> Hashable:
        return tuple(layer.time_look(view) for layer in self._layers if layer.shown)

    def _words_placed(self, shown: Sequence[Layer], view: MapView) -> Placed:
        theme = self._scene.theme
        labels = [label for layer in shown for label in self._labels(layer, view)]
        boxes = []
        for layer in shown:
            for mark in layer.marks(view):
                at, radius = view.px(mark.x, mark.y), mark.radius * theme.scale
                boxes.append(
                    QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
                )
        walls = [*self._scene.walls, scale_bar_rect(view, theme)]
        placing = (view, labels, boxes, walls)
        if placing != self._placing:
            self._placed = self._book.place(labels, view, boxes, walls)
            self._placing = placing
        return self._placed

    def _labels(self, layer: Layer, view: MapView) -> list[Label]:
        """Return a layer's words; those of the ground are kept while the view rests."""
        if not layer.still:
            return list(layer.labels(view))
        kept = self._words.get(layer.name)
        if kept is None or kept[0] != view:
            kept = self._words[layer.name] = (view, list(layer.labels(view)))
        return kept[1]
