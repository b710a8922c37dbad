"""The drawn map as one image, painted again only when something in it is new.

It is painted a few milliseconds at a time; until the new one is ready the old one
stands, moved along with the view. Whatever lies over it (scale bar, the choice, a
card, the focus) is drawn each time; what it takes to place the words is kept as
long as nothing of it moves.
"""

import time
from collections.abc import Generator, Hashable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QPainter, QPixmap

from console.layers.beside import cases_at
from console.layers.furniture import scale_bar_rect
from console.layers.ground_image import GroundImage
from console.layers.guard import CountingPainter, LayerGuard
from console.layers.labels import LabelBook, Placed
from console.layers.layer import Label, Layer, MapScene, MapView
from console.layers.palette import palette
from console.layers.slices import Slices, Work

AGAIN_AFTER_S = 1.0  # a painting that failed as a whole is tried again after this


class Composition(QObject):
    """Ground, layers and words.

    Thread: UI only.

    Attributes:
        stale: Something in it is new and not painted yet.
        composed: How often it was painted anew.
        slices: Paints the next one.

    Signals:
        painted: There is a new image.
    """

    painted = Signal()

    def __init__(
        self,
        scene: MapScene,
        layers: Sequence[Layer],
        ground: GroundImage,
        parent: QObject | None = None,
        *,
        guard: LayerGuard | None = None,
    ) -> None:
        super().__init__(parent)
        self._scene = scene
        self._layers = layers
        self._guard = guard or LayerGuard()
        self._ground = ground
        self._book = LabelBook(scene.theme)
        self._image: QPixmap | None = None
        self._shows: tuple[MapView, float] | None = None
        self._next: tuple[MapView, float] | None = None  # what is being painted
        self._looks: Hashable = None
        self._words: dict[str, tuple[MapView, list[Label]]] = {}
        self._placing: tuple[object, ...] | None = None
        self._placed: Placed = []
        self._not_before = 0.0
        self.stale = True
        self.composed = 0
        self.slices = Slices(self)
        self.slices.finished.connect(self._on_image)

    @property
    def behind(self) -> bool:
        """Return whether words are still to come."""
        return self._book.behind

    def spoil(self) -> None:
        """Say that something in it is new."""
        self.stale = True

    def forget_words(self) -> None:
        """Ask the still layers for their words again: what they tell of is new."""
        self._words.clear()

    def has_aged(self, view: MapView) -> bool:
        """Return whether time alone has changed what should be seen."""
        return self._image is not None and self._time_look(view) != self._looks

    def serves(self, view: MapView, ratio: float) -> bool:
        """Return whether it shows what the window should show now."""
        return not self.stale and not self.slices.busy and self._shows == (view, ratio)

    def want(self, view: MapView, ratio: float) -> None:
        """Have it painted if it has to be.

        One that is under way is finished first, so that a map that is always moved
        is also always painted.
        """
        if self.slices.busy or self.serves(view, ratio):
            return
        if time.monotonic() < self._not_before:
            return  # whoever asks at each tick asks again
        self.stale = False
        self._next = (view, ratio)
        self.slices.begin(self._painting(view, ratio))

    def draw(self, painter: QPainter, view: MapView, ratio: float) -> None:
        """Draw the newest image where it belongs now."""
        if self._image is None or self._shows is None:
            self._ground.draw(painter, view)
            return
        shown, made_for = self._shows
        if shown == view and made_for == ratio:
            painter.drawPixmap(0, 0, self._image)
            return
        self._ground.draw(painter, view)  # it reaches further than the window
        if shown.frame == view.frame:
            change = view.scale / shown.scale
            at = view.px(shown.left, shown.top)
            painter.drawPixmap(
                QRectF(at.x(), at.y(), shown.width * change, shown.height * change),
                self._image,
                QRectF(self._image.rect()),
            )

    def close(self) -> None:
        """Let a painting in progress go."""
        self.slices.drop()

    def _on_image(self, image: QPixmap) -> None:
        self._image, self._shows = image, self._next
        self.composed += 1
        self.painted.emit()

    def _painting(self, view: MapView, ratio: float) -> Work[QPixmap]:
        """Paint layer after layer; return the image."""
        theme = self._scene.theme
        done = False
        image = QPixmap(
            max(1, round(view.width * ratio)), max(1, round(view.height * ratio))
        )
        image.setDevicePixelRatio(ratio)
        yield
        image.fill(palette(theme).land)
        yield
        painter = CountingPainter(image)
        try:
            self._ground.draw(painter, view)
            yield
            self._looks = self._time_look(view)
            yield
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            shown = [layer for layer in self._layers if layer.shown]
            for layer, paint in (
                *((layer, layer.paint) for layer in shown),
                *((layer, layer.paint_top) for layer in shown),
            ):
                self._guard.paint(layer, painter, partial(paint, painter, view))
                yield
            placed = yield from self._words_placed(shown, view)
            yield
            yield from self._book.draw(painter, placed, ratio)
            done = True
        finally:
            painter.restore_to(0)
            painter.end()  # also when nobody wants the rest of it any more
            if not done:
                self.stale = True
                self._not_before = time.monotonic() + AGAIN_AFTER_S
        return image

    def _time_look(self, view: MapView) -> Hashable:
        return tuple(
            self._guard.ask(layer, partial(layer.time_look, view), None)
            for layer in self._layers
            if layer.shown
        )

    def _words_placed(
        self, shown: Sequence[Layer], view: MapView
    ) -> Generator[None, None, Placed]:
        theme = self._scene.theme
        labels: list[Label] = []
        for layer in shown:
            labels += self._labels(layer, view)
            yield
        boxes = []
        for layer in shown:
            for mark in self._guard.marks(layer, view):
                if mark.quiet:
                    continue
                at, radius = view.px(mark.x, mark.y), mark.radius * theme.scale
                boxes.append(
                    QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
                )
        bar = scale_bar_rect(view, theme, cases_at(self._scene, view))
        walls = [*self._scene.walls, bar]
        placing = (view, labels, boxes, walls)
        if placing != self._placing:
            self._placed = yield from self._book.place(labels, view, boxes, walls)
            self._placing = placing
        return self._placed

    def _labels(self, layer: Layer, view: MapView) -> list[Label]:
        """Return a layer's words; those of the ground are kept while the view rests."""
        if not layer.still:
            return self._guard.labels(layer, view)
        kept = self._words.get(layer.name)
        if kept is None or kept[0] != view:
            kept = self._words[layer.name] = (view, self._guard.labels(layer, view))
        return kept[1]
