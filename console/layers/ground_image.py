"""The ground of the map, painted once into an image and moved while panning.

It covers the view and a third more on each side. It is painted again when the
view leaves it, when the scale has changed by half or come to rest, and when what
it shows is new.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QColor, QImage, QPainter

from console.layers.layer import Ground, MapView
from console.layers.slices import Slices, Work

MARGIN = 1 / 3
RESCALE = 1.5


@dataclass(frozen=True, slots=True)
class GroundWish:
    """What the ground image should be.

    Attributes:
        view: What the window shows.
        grounds: What to paint, lowest first.
        colour: Of land with nothing on it.
        ratio: Device pixels a pixel.
        stamp: Another number means that the grounds are new.
    """

    view: MapView
    grounds: tuple[Ground, ...]
    colour: QColor
    ratio: float
    stamp: int


class GroundImage(QObject):
    """Holds the newest ground image and paints the next one.

    Thread: UI only.

    Attributes:
        slices: Paints the next one.

    Signals:
        painted: There is a new image.
    """

    painted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._wish: GroundWish | None = None  # what `_image` shows
        self.slices = Slices(self)
        self.slices.finished.connect(self._on_image)

    @property
    def busy(self) -> bool:
        """Return whether an image is being painted."""
        return self.slices.busy

    @property
    def ready(self) -> bool:
        """Return whether there is an image at all."""
        return self._image is not None

    def serves(self, wish: GroundWish, *, resting: bool) -> bool:
        """Return whether the image is good enough for what the window shows now."""
        if self._wish is None or self._wish.stamp != wish.stamp:
            return False
        change = wish.view.scale / self._wish.view.scale
        if resting and abs(change - 1.0) > 1e-6:
            return False
        if not 1 / RESCALE <= change <= RESCALE:
            return False
        return (
            self._wish.ratio == wish.ratio
            and self._wish.view.frame == wish.view.frame
            and self._wish.view.widened(MARGIN).covers(wish.view.widened(MARGIN / 4))
        )

    def want(self, wish: GroundWish) -> None:
        """Have an image painted; the newest wish wins, also over one under way."""
        if wish.view.width < 1 or wish.view.height < 1:
            return
        self.slices.begin(_painting(wish))

    def draw(self, painter: QPainter, view: MapView) -> None:
        """Draw the image where it belongs now."""
        if (
            self._image is None
            or self._wish is None
            or self._wish.view.frame != (view.frame)
        ):
            return
        source = self._wish.view.widened(MARGIN)
        at = view.px(source.left, source.top)
        change = view.scale / source.scale
        if abs(change - 1.0) < 1e-9:
            # Whole device pixels: a half would blur all lines while panning.
            ratio = self._wish.ratio
            at.setX(round(at.x() * ratio) / ratio)
            at.setY(round(at.y() * ratio) / ratio)
            painter.drawImage(at, self._image)
            return
        painter.drawImage(
            QRectF(at.x(), at.y(), source.width * change, source.height * change),
            self._image,
        )

    def close(self) -> None:
        """Let a painting in progress go."""
        self.slices.drop()

    def _on_image(self, done: tuple[QImage, GroundWish]) -> None:
        self._image, self._wish = done
        self.painted.emit()


def _painting(wish: GroundWish) -> Work[tuple[QImage, GroundWish]]:
    """Paint shape after shape; return the image."""
    view = wish.view.widened(MARGIN)
    image = QImage(
        max(1, round(view.width * wish.ratio)),
        max(1, round(view.height * wish.ratio)),
        QImage.Format.Format_RGB32,
    )
    image.setDevicePixelRatio(wish.ratio)
    yield
    image.fill(wish.colour)
    yield
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for ground in wish.grounds:
            painter.save()
            try:
                yield from ground.paint(painter, view)
            finally:
                painter.restore()
    finally:
        # Also when nobody wants the rest of it any more.
        painter.end()
    return image, wish


def grounds_of(layers: Sequence[Ground | None]) -> tuple[Ground, ...]:
    """Return the grounds there are."""
    return tuple(each for each in layers if each is not None)
