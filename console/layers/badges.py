"""Where the numbers of the cameras in the tiles stand, so that each can be read."""

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from console.layers.layer import MapView

STEPS = 7  # how far away a number looks for room, in its own diameters
TURNS = tuple(
    math.radians(sign * turn)
    for turn in range(0, 181, 20)
    for sign in ((1, -1) if 0 < turn < 180 else (1,))
)
GAP = 2.0


def badge_spots(
    wanted: Mapping[str, QPointF],
    taken: Sequence[tuple[QPointF, float]],
    walls: Sequence[QRectF],
    view: MapView,
    radius: float,
) -> dict[str, QPointF]:
    """Return where each number stands: at its camera, or beside with nothing under it.

    What has to give way goes outward, away from the middle of the crowd.

    Args:
        wanted: The cameras' own places by key, in the order of their numbers.
        taken: Middle and radius of what no number may cover.
        walls: Boxes that no number may touch.
        view: What is looked at.
        radius: Of a number.
    """
    spots: dict[str, QPointF] = {}
    near = [at for at in wanted.values() if view.sees(at, radius)]
    near += [
        at
        for at, size in taken
        if any(_away(at, other) < 4 * radius + size for other in near)
    ]
    middle = QPointF(
        sum(at.x() for at in near) / max(1, len(near)),
        sum(at.y() for at in near) / max(1, len(near)),
    )
    blocked = [(at.x(), at.y(), size + radius + GAP) for at, size in taken]
    for key, at in wanted.items():
        spot = at
        if view.sees(at, radius):
            circles = np.array(blocked).reshape(-1, 3)
            spot = next(
                (
                    place
                    for place in _places(at, middle, radius)
                    if _is_free(place, circles, walls, view, radius)
                ),
                at,
            )
        spots[key] = spot
        blocked.append((spot.x(), spot.y(), 2 * radius + GAP))
    return spots


def _places(at: QPointF, middle: QPointF, radius: float) -> Iterator[QPointF]:
    """Yield the camera's own place, then others, nearest and most outward first."""
    yield at
    out = math.atan2(at.y() - middle.y(), at.x() - middle.x())
    for step in range(1, 2 * STEPS + 1):
        for turn in TURNS:
            reach = step * radius
            yield at + QPointF(
                reach * math.cos(out + turn), reach * math.sin(out + turn)
            )


def _is_free(
    at: QPointF,
    circles: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
    walls: Sequence[QRectF],
    view: MapView,
    radius: float,
) -> bool:
    if len(circles):
        away = np.hypot(circles[:, 0] - at.x(), circles[:, 1] - at.y())
        if bool((away < circles[:, 2]).any()):
            return False
    box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
    return view.sees(at, -radius) and not any(wall.intersects(box) for wall in walls)


def _away(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())
