"""What a pixel or a key points at on the map."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF

from console.layers.guard import LayerGuard
from console.layers.layer import Layer, MapView, Mark

HIT_PX = 6.0


def marks_of(layers: Sequence[Layer], view: MapView, guard: LayerGuard) -> list[Mark]:
    """Return everything in view that can be pointed at, topmost first."""
    found: list[Mark] = []
    for layer in reversed(layers):
        if layer.shown:
            found += guard.marks(layer, view)
    return found


def found_again(
    layers: Sequence[Layer], view: MapView, guard: LayerGuard, mark: Mark | None
) -> Mark | None:
    """Return what was pointed at, where it stands now; None: it is gone."""
    if mark is None:
        return None
    for layer in layers:
        if layer.kind != mark.kind or not layer.shown:
            continue
        for each in guard.marks(layer, view):
            if each.key == mark.key:
                return each
        at = layer.where(mark.key)  # out of sight, or in a heap with others
        return replace(mark, x=at[0], y=at[1]) if at is not None else None
    return None


def mark_at(
    marks: Iterable[Mark], view: MapView, at: QPointF, *, scale: float
) -> Mark | None:
    """Return what is drawn at a pixel, the topmost and nearest."""
    best: tuple[float, Mark] | None = None
    for mark in marks:
        middle = view.px(mark.x, mark.y)
        away = math.hypot(middle.x() - at.x(), middle.y() - at.y())
        away -= mark.radius * scale
        if away <= HIT_PX * scale and (best is None or away < min(best[0], -1.0)):
            best = (away, mark)
    return best[1] if best is not None else None


def next_mark(
    marks: Iterable[Mark],
    view: MapView,
    walls: Sequence[QRectF],
    *,
    chosen: Mark | None,
    step: int,
) -> Mark | None:
    """Return the next object outward from the middle; None past the last one."""
    x, y = view.centre
    reachable = [mark for mark in marks if _is_reachable(mark, view, walls)]
    reachable.sort(key=lambda mark: math.hypot(mark.x - x, mark.y - y))
    keys = [(mark.kind, mark.key) for mark in reachable]
    if chosen is not None and (chosen.kind, chosen.key) in keys:
        index = keys.index((chosen.kind, chosen.key)) + step
    else:
        index = 0 if step > 0 else len(reachable) - 1
    return reachable[index] if 0 <= index < len(reachable) else None


def _is_reachable(mark: Mark, view: MapView, walls: Sequence[QRectF]) -> bool:
    at = view.px(mark.x, mark.y)
    if mark.quiet or not view.sees(at):
        return False
    return not any(wall.contains(at) for wall in walls)


def card_of(layers: Sequence[Layer], mark: Mark | None) -> tuple[str, ...]:
    """Return the lines of the card of a mark, or none."""
    if mark is None:
        return ()
    return tuple(
        line for layer in layers if layer.kind == mark.kind for line in layer.card(mark)
    )
