"""Boats of the drawn scenes: wooden, with mat roofs and someone at the oar."""

import itertools
import math
from dataclasses import dataclass

import numpy as np

from video.scenes_painter import Brush, Mover, Points, scaled, tone, turned


@dataclass(slots=True)
class Boat:
    """A wooden boat, with an awning or without, sculled or drifting.

    Attributes:
        mover: Where, which way and how far gone.
        awning: Carries the black mat roof.
        rower: Someone stands at the stern oar.
        length: Metres.
    """

    mover: Mover
    awning: bool = True
    rower: bool = True
    length: float = 6.0
    base: float = -1.2
    reach: float = 4.6

    def place(self, t: float) -> tuple[float, float] | None:
        """Return where it is."""
        found = self.mover(t)
        return None if found is None else found[0]

    def shadow(self, t: float) -> list[Points]:
        """Return none: the water shows its reflection instead."""
        return []

    def paint(self, brush: Brush, t: float) -> None:
        """Draw the reflection, the hull, the mats and whoever sculls."""
        found = self.mover(t)
        if found is None:
            return
        at, heading, _ = found
        rock = 0.03 * math.sin(2 * math.pi * t / 4)
        half = self.length / 2

        def world(points: list[tuple[float, float, float]]) -> Points:
            local = np.array(points, np.float64)
            local[:, 2] += self.base + rock
            return turned(local, at, heading)

        stations = [
            (-half, 0.25, 0.75),
            (-half * 0.7, 0.62, 0.5),
            (0.0, 0.8, 0.42),
            (half * 0.7, 0.55, 0.52),
            (half, 0.12, 0.85),
        ]
        wood, dark = tone("#5f4a36"), tone("#2a2420")
        for k in range(3):
            mirror = world(
                [
                    (x, s * w * (1 - 0.1 * k), -z * (0.9 - 0.25 * k))
                    for x, w, z in stations
                    for s in (-1, 1)
                ]
            )
            brush.hull(mirror, scaled(tone("#3d4a44"), 0.9 - 0.1 * k))
        eye = brush.backdrop.eye
        sides = sorted((-1, 1), key=lambda s: -eye.depth_of(world([(0, s, 0.3)])[0]))
        for side in sides:
            rim = [(x, side * w, z) for x, w, z in stations]
            keel = [(x * 0.9, side * w * 0.75, 0.0) for x, w, z in reversed(stations)]
            inside = side == sides[0]
            brush.polygon(world(rim + keel), scaled(wood, 0.55 if inside else 1.0))
            if inside:
                floor = [
                    (x * 0.95, s * w * 0.9, z * 0.5)
                    for x, w, z in stations
                    for s in (-1, 1)
                ]
                brush.hull(world(floor), scaled(wood, 0.42))
        for (x0, w0, z0), (x1, w1, z1) in itertools.pairwise(stations):
            a, b = world([(x0, sides[1] * w0, z0), (x1, sides[1] * w1, z1)])
            brush.limb(a, b, 0.07, scaled(wood, 1.35))
        if self.awning:
            for start in (-1.3, 0.05):
                arch = [
                    (0.74 * math.cos(a), 0.45 + 0.95 * math.sin(a))
                    for a in np.linspace(0, math.pi, 9)
                ]
                for (y0, z0), (y1, z1) in itertools.pairwise(arch):
                    light = 0.7 + 0.75 * max(0.0, (z0 + z1) / 2 - 0.45)
                    brush.polygon(
                        world(
                            [
                                (start, y0, z0),
                                (start, y1, z1),
                                (start + 1.3, y1, z1),
                                (start + 1.3, y0, z0),
                            ]
                        ),
                        scaled(dark, light),
                    )
                for x in (start, start + 0.43, start + 0.87):
                    for (y0, z0), (y1, z1) in itertools.pairwise(arch):
                        a, b = world([(x, y0, z0), (x, y1, z1)])
                        brush.limb(a, b, 0.035, scaled(dark, 1.8))
        if self.rower:
            self._rower(brush, world, t)

    def _rower(self, brush: Brush, world, t: float) -> None:  # type: ignore[no-untyped-def]
        sway = math.sin(2 * math.pi * t / 2)
        x = -self.length / 2 + 0.85
        legs, top = tone("#2b2f3a"), tone("#33506b")
        for s in (-1, 1):
            a, b = world([(x, s * 0.14, 0.45), (x + 0.05, s * 0.1, 1.15)])
            brush.limb(a, b, 0.14, legs)
        lean = 0.1 * sway
        hull = world(
            [
                (x + 0.03 + d, s * w, z)
                for z, w, d in (
                    (1.1, 0.16, 0.0),
                    (1.55, 0.2, 0.06 + lean),
                    (1.68, 0.14, 0.07 + lean),
                )
                for s in (-1, 1)
            ]
        )
        brush.hull(hull, top)
        hand = (x - 0.35, 0.1 + 0.2 * sway, 1.25)
        for s in (-1, 1):
            a, b = world([(x + 0.06 + lean, s * 0.19, 1.58), hand])
            brush.limb(a, b, 0.09, scaled(top, 0.9))
        a, b = world([hand, (x - 2.2, -0.35 * sway, -0.1)])
        brush.limb(a, b, 0.06, tone("#7a6348"))
        head = world([(x + 0.1 + lean, 0, 1.86)])[0]
        brush.blob(head, 0.1, tone("#b98a68"), tall=1.2)
        brim = world(
            [
                (x + 0.1 + lean + 0.3 * math.cos(a), 0.3 * math.sin(a), 1.93)
                for a in np.linspace(0, 2 * math.pi, 10)
            ]
        )
        brush.polygon(brim, tone("#b99f6a"))
        brush.hull(
            np.vstack(
                [
                    world([(x + 0.1 + lean, 0, 2.1)]),
                    (brim + head * 2) / 3 + np.array([0, 0, 0.05]),
                ]
            ),
            tone("#cdb57f"),
        )
