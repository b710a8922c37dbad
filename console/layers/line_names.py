"""Names along roads and narrow waters."""

import math
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPointF

from console.layers.layer import Coordinates, Label, MapView
from console.theme import MIN, Theme

BEND_DEG = 9.0  # a line that turns less than this is straight enough for a name


def name_along(
    name: str, line: Coordinates, view: MapView, theme: Theme, *, rank: int
) -> Iterator[Label]:
    """Yield a line's name on its longest straight piece in view, if it fits there."""
    piece = longest_piece(line, view)
    if piece is None:
        return
    start, end = piece
    across, down = end.x() - start.x(), end.y() - start.y()
    if math.hypot(across, down) < theme.metrics(MIN).horizontalAdvance(name) * 1.2:
        return
    angle = math.degrees(math.atan2(down, across))
    if not -90.0 < angle <= 90.0:
        angle -= math.copysign(180.0, angle)
    yield Label(
        text=name,
        at=(start + end) / 2,
        rank=rank,
        colour="text3",
        centred=True,
        angle=0.0 if abs(angle) < 2.0 else angle,
        size=MIN,
    )


def longest_piece(line: Coordinates, view: MapView) -> tuple[QPointF, QPointF] | None:
    """Return the longest nearly straight piece, cut off at the edges of the view."""
    x = (line[:, 0] - view.left) * view.scale
    y = (view.top - line[:, 1]) * view.scale
    best: tuple[float, tuple[QPointF, QPointF]] | None = None
    first = 0
    headings = np.degrees(np.arctan2(np.diff(y), np.diff(x)))
    for index in range(1, len(line)):
        last = index == len(line) - 1
        if not last:
            turn = abs((headings[index] - headings[first] + 180.0) % 360.0 - 180.0)
            if turn < BEND_DEG:
                continue
        cut = _clipped(
            float(x[first]), float(y[first]), float(x[index]), float(y[index]), view
        )
        first = index
        if cut is None:
            continue
        length = math.hypot(cut[2] - cut[0], cut[3] - cut[1])
        if best is None or length > best[0]:
            best = (length, (QPointF(cut[0], cut[1]), QPointF(cut[2], cut[3])))
    return None if best is None else best[1]


def _clipped(
    x0: float, y0: float, x1: float, y1: float, view: MapView
) -> tuple[float, float, float, float] | None:
    """Return the part of a straight line within the view (Liang and Barsky)."""
    dx, dy = x1 - x0, y1 - y0
    first, last = 0.0, 1.0
    for step, room in (
        (-dx, x0),
        (dx, view.width - x0),
        (-dy, y0),
        (dy, view.height - y0),
    ):
        if step == 0:
            if room < 0:
                return None
            continue
        at = room / step
        if step < 0:
            first = max(first, at)
        else:
            last = min(last, at)
    if first >= last:
        return None
    return x0 + first * dx, y0 + first * dy, x0 + last * dx, y0 + last * dy
