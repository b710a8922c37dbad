"""One map layer that fails must not take the map away: it is left out, the rest stands."""

import logging
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QPainter

from console.layers.layer import Label, Layer, MapView, Mark

_log = logging.getLogger("lookout.map")

T = TypeVar("T")


class CountingPainter(QPainter):
    """Knows how often it was saved, so that a half-done layer can be undone.

    Thread: UI only.

    Attributes:
        depth: Saved states that nobody has restored yet.
    """

    depth = 0

    def restore_to(self, depth: int) -> None:
        """Restore every state that was saved beyond `depth`."""
        while self.depth > depth:
            self.restore()

    # Qt

    def save(self) -> None:
        super().save()
        self.depth += 1

    def restore(self) -> None:
        super().restore()
        self.depth -= 1


class LayerGuard:
    """Asks layers, and says once of each layer that it has failed.

    Thread: UI only.
    """

    def __init__(self) -> None:
        self._told: set[str] = set()

    def ask(self, layer: Layer, question: Callable[[], T], otherwise: T) -> T:
        """Return a layer's answer, or what stands for it where the layer fails."""
        try:
            return question()
        except Exception:  # noqa: BLE001 - whatever it is, the other layers go on
            if layer.name not in self._told:
                self._told.add(layer.name)
                _log.exception("the map goes on without its layer %s", layer.name)
            return otherwise

    def marks(self, layer: Layer, view: MapView) -> list[Mark]:
        """Return what of a layer can be pointed at, nothing where it fails."""
        nothing: list[Mark] = []
        return self.ask(layer, lambda: list(layer.marks(view)), nothing)

    def labels(self, layer: Layer, view: MapView) -> list[Label]:
        """Return a layer's words, none where it fails."""
        nothing: list[Label] = []
        return self.ask(layer, lambda: list(layer.labels(view)), nothing)

    def paint(
        self, layer: Layer, painter: CountingPainter, paint: Callable[[], None]
    ) -> None:
        """Let a layer paint; the painter is afterwards as it was before."""
        depth = painter.depth
        painter.save()
        try:
            self.ask(layer, paint, None)
        finally:
            painter.restore_to(depth)
