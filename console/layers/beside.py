"""People at a case stand beside its mark, which would hide them, tied to their place.

Straight away from the case, at the same distance in pixels whatever the scale: so they
keep still while one zooms, and slide to their own place where the two lie apart.
"""

import math
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from console.layers.points import Points
from console.layers.sizes import OPEN_RING, SIZE, UNIT_RADIUS

if TYPE_CHECKING:
    from console.layers.layer import MapScene, MapView

GAP = 3.0
SAME_SPOT_M = 1.0  # nearer than this nobody can say on which side somebody is
TO_THE_LEFT = math.pi  # the words of a case stand on its right where they can
STEP = math.radians(15)
TURNS = (0.0, *(side * step * STEP for step in range(1, 13) for side in (1, -1)))

# A crowd beside a flood of cases tells nobody apart; closer, there are fewer in view.
MOST = 60

Circle = tuple[QPointF, float]


def cases_at(scene: "MapScene", view: "MapView") -> list[Circle]:
    """Return where cases in view stand, and how large they are drawn."""
    scale, opened = scene.theme.scale, scene.desk.open_case_id
    return [
        (at, (OPEN_RING if key == opened else SIZE / 2) * scale)
        for key, at in scene.cases.seen(view, SIZE)
    ]


class BesideCases:
    """Keeps those places as long as nothing moves: several layers ask for them.

    Thread: UI only.
    """

    def __init__(self) -> None:
        self._people: Points | None = None
        self._key: Hashable = None
        self._spots: dict[int | str, QPointF] = {}

    def spots(
        self, people: Points, cases: Sequence[Circle], view: "MapView", scale: float
    ) -> dict[int | str, QPointF]:
        """Return what `beside_cases` returns."""
        key = (view, scale, tuple((at.x(), at.y(), size) for at, size in cases))
        if self._people is not people or self._key != key:
            self._people, self._key = people, key
            self._spots = beside_cases(people, cases, view, scale)
        return self._spots


def beside_cases(
    people: Points, cases: Sequence[Circle], view: "MapView", scale: float
) -> dict[int | str, QPointF]:
    """Return where those are drawn whom a case's mark would cover, in pixels.

    Nobody stands aside where that concerns more than sixty cases, or people.

    Args:
        people: Where they are.
        cases: Middle and radius of each case's mark.
        view: What is looked at.
        scale: Of the theme.
    """
    if len(cases) > MOST:
        return {}
    covered: dict[int | str, Circle] = {}
    about: set[int | str] = set()
    for middle, size in cases:
        reach = size + (UNIT_RADIUS + GAP) * scale
        wide = (reach + 2 * UNIT_RADIUS * scale) / view.scale
        about.update(people.within(view.map_of(middle), wide))
        for key in people.within(view.map_of(middle), reach / view.scale):
            known = covered.get(key)
            own = view.px(*people.where(key))
            if known is None or _away(own, middle) < _away(own, known[0]):
                covered[key] = middle, reach
    if len(covered) > MOST:
        return {}
    taken = [view.px(*people.where(key)) for key in about if key not in covered]
    spots: dict[int | str, QPointF] = {}
    for key in sorted(covered, key=str):
        middle, reach = covered[key]
        own = view.px(*people.where(key))
        near = _away(own, middle) < SAME_SPOT_M * view.px_per_m
        out = math.atan2(own.y() - middle.y(), own.x() - middle.x())
        spots[key] = _free(
            middle, reach, TO_THE_LEFT if near else out, cases, taken, scale
        )
        taken.append(spots[key])
    return spots


def _free(
    middle: QPointF,
    reach: float,
    out: float,
    cases: Sequence[Circle],
    taken: Sequence[QPointF],
    scale: float,
) -> QPointF:
    """Return the place on a circle nearest to a direction that nothing else takes."""
    radius = UNIT_RADIUS * scale
    marks = [
        (other.x(), other.y(), size + radius)
        for other, size in cases
        if other is not middle
    ]
    marks += [(other.x(), other.y(), 2 * radius + GAP * scale) for other in taken]
    # What lies farther off than the circle and itself takes no place on it.
    marks = [
        (left, top, apart)
        for left, top, apart in marks
        if math.hypot(middle.x() - left, middle.y() - top) < reach + apart
    ]
    for turn in TURNS:
        x = middle.x() + reach * math.cos(out + turn)
        y = middle.y() + reach * math.sin(out + turn)
        if all(math.hypot(x - left, y - top) >= apart for left, top, apart in marks):
            return QPointF(x, y)
    return middle + QPointF(reach * math.cos(out), reach * math.sin(out))


def _away(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())
