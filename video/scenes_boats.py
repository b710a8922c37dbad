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
        eye = brush.backdrop.eye

        def world(points: list[tuple[float, float, float]]) -> Points:
            local = np.array(points, np.float64)
            local[:, 2] += self.base + rock
            return turned(local, at, heading)

        half = self.length / 2
        stations = []
        for share in np.linspace(-1.0, 1.0, 11):
            full = 1 - abs(share) ** 2.6
            stations.append(
                (half * share, 0.16 + 0.66 * full, 0.4 + 0.4 * abs(share) ** 2.4)
            )
        wood = tone("#6a523c")
        for k in range(3):
            mirror = [
                (x, s * w * (1 - 0.1 * k), -z * (0.9 - 0.25 * k))
                for x, w, z in stations
                for s in (-1, 1)
            ]
            brush.hull(world(mirror), scaled(tone("#3d4a44"), 0.9 - 0.1 * k))
        floor = [
            (x * 0.93, s * w * 0.78, 0.16) for x, w, _ in stations for s in (-1, 1)
        ]
        brush.hull(world(floor), scaled(wood, 0.62))
        middle = world([(0.0, 0.0, 0.3)])[0]
        planks: list[tuple[float, Points, float, bool]] = []
        for (x0, w0, z0), (x1, w1, z1) in itertools.pairwise(stations):
            for side in (-1, 1):
                plank = world(
                    [
                        (x0, side * w0, z0),
                        (x1, side * w1, z1),
                        (x1 * 0.93, side * w1 * 0.78, 0.0),
                        (x0 * 0.93, side * w0 * 0.78, 0.0),
                    ]
                )
                normal = np.cross(plank[1] - plank[0], plank[3] - plank[0])
                centre = plank.mean(axis=0)
                if normal @ (centre - middle) < 0:
                    normal = -normal
                normal = normal / max(1e-6, float(np.linalg.norm(normal)))
                outside = bool(normal @ (eye.at - centre) > 0)
                sun = float(normal @ brush.backdrop.sun) * (1 if outside else -1)
                light = (0.62 if outside else 0.5) + 0.4 * max(0.0, sun)
                planks.append((eye.depth_of(tuple(centre)), plank, light, outside))
        # Inner sides first, then the outer ones that stand before them.
        for _, plank, light, _ in sorted(planks, key=lambda f: (f[3], -f[0])):
            brush.polygon(plank, scaled(wood, light))
        for (x0, w0, z0), (x1, w1, z1) in itertools.pairwise(stations):
            for side in (-1, 1):
                a, b = world([(x0, side * w0, z0), (x1, side * w1, z1)])
                brush.limb(a, b, 0.06, scaled(wood, 1.25))
        for x in (-half, half):
            ends = [
                (x, -0.16, 0.8),
                (x, 0.16, 0.8),
                (x * 0.93, 0.12, 0.0),
                (x * 0.93, -0.12, 0.0),
            ]
            if (world([(x * 1.2, 0, 0.5)])[0] - middle) @ (eye.at - middle) > 0:
                brush.polygon(world(ends), scaled(wood, 0.8))
        for x in (-half * 0.45, half * 0.5):
            bench = [
                (x - 0.12, -0.68, 0.36),
                (x + 0.12, -0.68, 0.36),
                (x + 0.12, 0.68, 0.36),
                (x - 0.12, 0.68, 0.36),
            ]
            if not self.awning:
                brush.polygon(world(bench), scaled(wood, 1.05))
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
                        scaled(tone("#2a2420"), light),
                    )
                for x in (start, start + 0.43, start + 0.87):
                    for (y0, z0), (y1, z1) in itertools.pairwise(arch):
                        a, b = world([(x, y0, z0), (x, y1, z1)])
                        brush.limb(a, b, 0.035, scaled(tone("#2a2420"), 1.8))
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
