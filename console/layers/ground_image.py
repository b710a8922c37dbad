"""The ground of the map, painted once into an image and moved while panning.

It covers the view and a third more on each side. It is painted again when the
view leaves it, when the scale has changed by half or come to rest, and when what
it shows is new: always on a thread of its own, so that the window never waits.
"""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from console.layers.layer import Ground, MapView

MARGIN = 1 / 3
RESCALE = 1.5
# Painter calls hold the interpreter and a loop of them never lets go by itself
# (measured: 1.7 s): without this pause the window would stand still.
PAUSE_EVERY_S = 0.001

_log = logging.getLogger(__name__)


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


class _AbandonedError(Exception):
    pass


class GroundImage:
    """Holds the newest ground image and has the next one painted.

    Thread: UI only; the painting itself runs on a short-lived thread.
    """

    def __init__(self) -> None:
        self._image: QImage | None = None
        self._wish: GroundWish | None = None  # what `_image` shows
        self._next: GroundWish | None = None
        self._thread: threading.Thread | None = None
        self._painted: tuple[QImage, GroundWish] | None = None
        self._closed = False
        self.paint_ms = 0.0

    @property
    def busy(self) -> bool:
        """Return whether an image is being painted or waits to be."""
        return self._thread is not None or self._next is not None

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
        """Have an image painted; the newest wish wins."""
        if self._closed or wish.view.width < 1 or wish.view.height < 1:
            return
        self._next = wish
        self._start()

    def take(self) -> bool:
        """Take over a finished image; return whether there is a new one."""
        if self._thread is None or self._thread.is_alive():
            return False
        self._thread.join()
        self._thread = None
        new = self._painted is not None
        if self._painted is not None:
            self._image, self._wish = self._painted
            self._painted = None
        self._start()
        return new

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
        """Let a painting in progress go and wait for its thread."""
        self._closed = True
        self._next = None
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _start(self) -> None:
        if self._thread is not None or self._next is None or self._closed:
            return
        wish, self._next = self._next, None
        self._thread = threading.Thread(
            target=self._paint, args=(wish,), name="map-ground", daemon=True
        )
        self._thread.start()

    def _paint(self, wish: GroundWish) -> None:
        started = last = time.perf_counter()

        def pause() -> None:
            nonlocal last
            if self._closed:
                raise _AbandonedError
            if time.perf_counter() - last > PAUSE_EVERY_S:
                time.sleep(0)
                last = time.perf_counter()

        view = wish.view.widened(MARGIN)
        image = QImage(
            max(1, round(view.width * wish.ratio)),
            max(1, round(view.height * wish.ratio)),
            QImage.Format.Format_RGB32,
        )
        image.setDevicePixelRatio(wish.ratio)
        image.fill(wish.colour)
        painter = QPainter(image)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for ground in wish.grounds:
                painter.save()
                ground.paint(painter, view, pause)
                painter.restore()
                pause()
        except _AbandonedError:
            return
        finally:
            painter.end()
        self.paint_ms = (time.perf_counter() - started) * 1000
        self._painted = (image, wish)


def grounds_of(layers: Sequence[Ground | None]) -> tuple[Ground, ...]:
    """Return the grounds there are."""
    return tuple(each for each in layers if each is not None)
