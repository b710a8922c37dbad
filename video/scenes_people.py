"""People of the drawn scenes: jointed figures that walk, stand, sit and ride."""

import itertools
import math
from dataclasses import dataclass

import numpy as np

from video.scenes_night import Light
from video.scenes_painter import (
    Brush,
    Colour,
    Mover,
    Points,
    scaled,
    tone,
    turned,
    turned_one,
)

_SKIN = "#c99a78"
_HAIR = ("#1d1a19", "#2a2421", "#55504c", "#8d8984")
_TOPS = (
    "#8a2f35",
    "#2f4a6b",
    "#d8d5cc",
    "#3d3f45",
    "#6f7f5a",
    "#b98c4a",
    "#4b3a5c",
    "#a3adb5",
    "#c4636a",
    "#27564f",
    "#efe9dc",
    "#5b4a3f",
    "#37383c",
    "#7f94ad",
)
_LEGS = ("#22252c", "#3a4660", "#5a5550", "#2e2c2b", "#6b6a63", "#1c2230", "#484038")


@dataclass(slots=True)
class Person:
    """Someone on foot.

    Attributes:
        mover: Where, which way and how far gone, by time.
        seed: Chooses clothes, hair and height.
        pose: "walk", "stand", "talk", "work", "phone" or "sit".
        base: Height of the floor.
        vest: Wears the red waistcoat of a volunteer.
    """

    mover: Mover
    seed: int
    pose: str = "walk"
    base: float = 0.0
    vest: bool = False
    reach: float = 1.25

    def place(self, t: float) -> tuple[float, float] | None:
        """Return where they are."""
        found = self.mover(t)
        return None if found is None else found[0]

    def shadow(self, t: float) -> list[Points]:
        """Return legs, trunk and head as strips across the sun."""
        found = self.mover(t)
        if found is None:
            return []
        (x, y), _, _ = found
        high = self._height()
        low = 0.45 if self.pose == "sit" else 0.0
        trunk = np.array(
            [
                (x + dx, y + dy, self.base + z)
                for z, r in ((0.04, 0.13), (0.5 * high, 0.2), (0.8 * high, 0.22))
                for dx, dy in ((-r, 0), (r, 0), (0, -r * 0.6), (0, r * 0.6))
            ]
        )
        head = np.array(
            [
                (
                    x + 0.12 * math.cos(a),
                    y + 0.1 * math.sin(a),
                    self.base + high * 0.93 - low,
                )
                for a in np.linspace(0, 2 * math.pi, 8)
            ]
        )
        return [trunk, head]

    def paint(self, brush: Brush, t: float) -> None:
        """Draw the figure limb by limb, the far side first."""
        found = self.mover(t)
        if found is None:
            return
        at, heading, gone = found
        rng = np.random.default_rng(self.seed)
        top = tone(str(rng.choice(_TOPS)), 0.95)
        legs = tone(str(rng.choice(_LEGS)))
        hair = tone(str(rng.choice(_HAIR, p=(0.5, 0.25, 0.15, 0.1))))
        skin = tone(_SKIN, rng.uniform(0.85, 1.05))
        shoes = tone(str(rng.choice(("#1b1b1d", "#d9d7d2", "#4a3428"))))
        skirt = rng.random() < 0.14
        bag = rng.random() < 0.45
        long_coat = rng.random() < 0.3
        high = self._height()
        walking = self.pose == "walk"
        sitting = self.pose == "sit"
        phase = gone / (0.41 * high) * math.pi if walking else 0.0
        idle = t * 2 * math.pi / 12
        bob = 0.018 * math.cos(2 * phase) if walking else 0.006 * math.sin(idle * 3)
        hip = 0.53 * high + bob - (0.42 if sitting else 0)
        shoulder = hip + 0.29 * high
        if not walking:
            heading += 0.3 * math.sin(idle * 2 + self.seed)

        def world(ahead: float, left: float, up: float) -> tuple[float, float, float]:
            return turned_one((ahead, left, up + self.base), at, heading)

        def leg(side: int) -> None:
            swing = math.sin(phase + (0 if side > 0 else math.pi)) * 0.46
            bend = max(0.0, math.cos(phase + (0 if side > 0 else math.pi))) * 0.75
            if not walking:
                swing, bend = 0.03 * side, 0.0
            upper, lower = 0.26 * high, 0.25 * high
            if sitting:
                swing, bend = 1.4, 1.35
            y = 0.085 * side
            knee = (upper * math.sin(swing), y, hip - upper * math.cos(swing))
            shin = swing - bend
            foot = (
                knee[0] + lower * math.sin(shin),
                y,
                max(0.05, knee[2] - lower * math.cos(shin)),
            )
            shade = scaled(legs, 0.8 if side < 0 else 1.0)
            bare = skin if skirt else shade
            brush.limb(world(0, y, hip), world(*knee), 0.17, shade, end=0.13)
            brush.limb(world(*knee), world(*foot), 0.125, bare, end=0.085)
            toe = (foot[0] + 0.15, y, max(0.03, foot[2] - 0.02))
            brush.limb(world(*foot), world(*toe), 0.09, shoes, end=0.07)

        def arm(side: int) -> None:
            swing = -math.sin(phase + (0 if side > 0 else math.pi)) * 0.5
            fore = 0.25 + max(0.0, swing) * 0.5
            if self.pose in ("talk", "work", "phone", "sit"):
                lift = math.sin(
                    idle * (4 if self.pose == "work" else 3) + side + self.seed
                )
                swing, fore = 0.45 + 0.2 * lift, 1.2 + 0.35 * lift
                if self.pose == "phone" and side > 0:
                    swing, fore = 0.5, 2.2
            elif not walking:
                swing, fore = 0.06, 0.2
            y = 0.19 * side
            upper = 0.17 * high
            elbow = (
                upper * math.sin(swing),
                y * 1.12,
                shoulder - 0.03 - upper * math.cos(swing),
            )
            angle = swing + fore
            hand = (
                elbow[0] + 0.16 * high * math.sin(angle),
                y * 1.05,
                elbow[2] - 0.16 * high * math.cos(angle),
            )
            sleeve = scaled(top, 0.78 if side < 0 else 0.96)
            brush.limb(
                world(0, y, shoulder - 0.02), world(*elbow), 0.11, sleeve, end=0.095
            )
            brush.limb(world(*elbow), world(*hand), 0.09, sleeve, end=0.065)
            brush.blob(world(*hand), 0.045, skin)
            if bag and side > 0 and walking:
                held = world(hand[0], hand[1] * 1.15, hand[2] - 0.2)
                brush.limb(world(*hand), held, 0.03, shoes)
                brush.limb(
                    held,
                    world(hand[0], hand[1] * 1.15, hand[2] - 0.32),
                    0.2,
                    tone("#b9b4ab" if self.seed % 3 else "#9a4038"),
                )

        depth = brush.backdrop.eye.depth_of
        near = 1 if depth(world(0, 0.2, 1)) < depth(world(0, -0.2, 1)) else -1
        arm(-near)
        leg(-near)
        leg(near)
        low = hip - (0.2 if (skirt or long_coat) and not sitting else 0.06)
        self._trunk(brush, world, low=low, shoulder=shoulder, top=top)
        head = world(0.03, 0, shoulder + 0.145 * high)
        brush.limb(world(0.01, 0, shoulder), head, 0.1, scaled(skin, 0.85))
        brush.blob(head, 0.098, skin, tall=1.22)
        brush.blob(world(-0.025, 0, shoulder + 0.172 * high), 0.104, hair, tall=0.95)
        if skirt:
            brush.blob(world(-0.06, 0, shoulder + 0.11 * high), 0.085, hair, tall=1.3)
        arm(near)

    def _trunk(self, brush: Brush, world, *, low: float, shoulder: float, top: Colour):  # type: ignore[no-untyped-def]
        rows = (
            (low, 0.165),
            (low + 0.16, 0.15),
            (shoulder - 0.1, 0.195),
            (shoulder, 0.165),
        )
        points = np.array(
            [world(d, s * w, z) for z, w in rows for s in (-1, 1) for d in (-0.1, 0.1)]
        )
        brush.hull(points, scaled(top, 0.74))
        sun = brush.backdrop.sun
        lit = np.array([(p[0], p[1], p[2]) for p in points])
        middle = lit.mean(axis=0)
        lit = middle + (lit - middle) * np.array([0.66, 0.66, 0.97])
        lit[:, :2] += 0.05 * sun[:2] / max(0.3, float(np.hypot(sun[0], sun[1])))
        brush.hull(lit, top)
        if self.vest:
            brush.hull(
                middle + (lit - middle) * np.array([1.1, 1.1, 0.85]), tone("#b8322c")
            )

    def _height(self) -> float:
        return 1.55 + 0.24 * ((self.seed * 37 % 101) / 101)


@dataclass(slots=True)
class Rider:
    """Someone on an electric scooter, the vehicle of every Chinese town.

    Attributes:
        mover: Where, which way and how far gone.
        seed: Chooses colours.
        parked: Nobody sits on it.
    """

    mover: Mover
    seed: int
    parked: bool = False
    base: float = 0.0
    reach: float = 1.5

    def place(self, t: float) -> tuple[float, float] | None:
        """Return where it is."""
        found = self.mover(t)
        return None if found is None else found[0]

    def shadow(self, t: float) -> list[Points]:
        """Return the scooter's and the rider's shadows."""
        found = self.mover(t)
        if found is None:
            return []
        at, heading, _ = found
        low = np.array(
            [(x, y, z) for x in (-0.75, 0.75) for y in (-0.1, 0.1) for z in (0.05, 0.6)]
        )
        shapes = [turned(low, at, heading)]
        if not self.parked:
            high = np.array(
                [
                    (x, y, z)
                    for x in (-0.35, 0.1)
                    for y in (-0.2, 0.2)
                    for z in (0.7, 1.5)
                ]
            )
            shapes.append(turned(high, at, heading))
        return shapes

    def lights(self, t: float) -> list[Light]:
        """Return its lamp and its rear light; what is parked has them off."""
        found = self.mover(t)
        if found is None or self.parked:
            return []
        at, heading, _ = found
        return [
            Light(turned_one((0.55, 0.0, 0.88), at, heading), heading, True, 0.6),
            Light(turned_one((-0.8, 0.0, 0.7), at, heading), heading, False, 0.6),
        ]

    def paint(self, brush: Brush, t: float) -> None:
        """Draw wheels, body and rider."""
        found = self.mover(t)
        if found is None:
            return
        at, heading, _ = found
        rng = np.random.default_rng(self.seed)
        body = tone(
            str(
                rng.choice(
                    ("#b43a34", "#e4e2dc", "#2d3138", "#4a7fa8", "#d9b24a", "#6aa08a")
                )
            ),
            0.95,
        )
        top = tone(str(rng.choice(_TOPS)))
        legs = tone(str(rng.choice(_LEGS)))
        helmet = tone(
            str(rng.choice(("#e6e6e2", "#d8a53a", "#26282c", "#b5403c", "#6c9dbf")))
        )
        dark, metal = tone("#1d1e20"), tone("#7d8184")

        def world(ahead: float, left: float, up: float) -> tuple[float, float, float]:
            return turned_one((ahead, left, up + self.base), at, heading)

        def line(
            points: list[tuple[float, float, float]], width: float, colour: Colour
        ) -> None:
            for a, b in itertools.pairwise(points):
                brush.limb(world(*a), world(*b), width, colour)

        for x in (-0.6, 0.62):
            ring = [
                (x + 0.22 * math.cos(a), 0.0, 0.24 + 0.22 * math.sin(a))
                for a in np.linspace(0, 2 * math.pi, 13)
            ]
            line(ring, 0.09, dark)
            brush.blob(world(x, 0, 0.24), 0.1, metal)
        line(
            [(-0.55, 0, 0.42), (-0.2, 0, 0.32), (0.25, 0, 0.3)],
            0.24,
            scaled(body, 0.72),
        )
        line([(-0.7, 0, 0.62), (-0.1, 0, 0.6)], 0.26, body)
        line([(-0.68, 0, 0.74), (-0.08, 0, 0.74)], 0.22, dark)
        line([(0.25, 0, 0.3), (0.42, 0, 0.75), (0.36, 0, 1.0)], 0.2, body)
        line([(0.62, 0, 0.24), (0.45, 0, 0.72)], 0.08, metal)
        line([(0.33, -0.3, 1.04), (0.36, 0, 1.02), (0.33, 0.3, 1.04)], 0.05, dark)
        brush.blob(world(0.5, 0, 0.88), 0.08, tone("#d9d6c4"))
        if self.seed % 3 == 0:
            line([(-0.86, 0, 0.92), (-0.66, 0, 0.92)], 0.34, scaled(body, 0.85))
        if self.parked:
            return
        depth = brush.backdrop.eye.depth_of
        near = 1 if depth(world(0, 0.3, 1)) < depth(world(0, -0.3, 1)) else -1
        for side in (-near, near):
            shade = scaled(legs, 1.0 if side == near else 0.8)
            line([(-0.28, 0.1 * side, 0.8), (0.1, 0.14 * side, 0.76)], 0.17, shade)
            line([(0.1, 0.14 * side, 0.76), (0.14, 0.12 * side, 0.38)], 0.12, shade)
            if side == near:
                rows = (
                    (0.8, -0.3, 0.16),
                    (1.1, -0.27, 0.17),
                    (1.32, -0.2, 0.2),
                    (1.38, -0.18, 0.14),
                )
                hull = np.array(
                    [
                        world(x + d, s * w, z)
                        for z, x, w in rows
                        for s in (-1, 1)
                        for d in (-0.1, 0.1)
                    ]
                )
                brush.hull(hull, scaled(top, 0.78))
                middle = hull.mean(axis=0)
                lit = middle + (hull - middle) * 0.72 + np.array([0, 0, 0.05])
                brush.hull(lit, top)
                head = world(-0.13, 0, 1.56)
                brush.blob(head, 0.1, tone(_SKIN), tall=1.2)
                brush.blob(world(-0.15, 0, 1.62), 0.135, helmet, tall=0.85)
            line(
                [
                    (-0.19, 0.19 * side, 1.32),
                    (0.02, 0.26 * side, 1.08),
                    (0.32, 0.27 * side, 1.05),
                ],
                0.1,
                scaled(top, 0.95 if side == near else 0.75),
            )
