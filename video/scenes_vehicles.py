"""Vehicles of the drawn scenes: cars, vans, buses, built from side profiles."""

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


@dataclass(frozen=True, slots=True)
class Shape:
    """A vehicle's form: metres ahead of its middle and up.

    Attributes:
        body: Side of the lower body, clockwise from the rear sill.
        cabin: Side of the glass house: rear low, rear top, front top, front low.
        width: Metres across.
        wheels: Metres ahead of the middle.
        radius: Of a wheel.
    """

    body: tuple[tuple[float, float], ...]
    cabin: tuple[tuple[float, float], ...]
    width: float
    wheels: tuple[float, ...]
    radius: float = 0.33
    tumble: float = 0.24


SEDAN = Shape(
    body=(
        (-2.3, 0.32),
        (-2.34, 0.62),
        (-2.26, 0.98),
        (-1.75, 1.02),
        (0.95, 0.98),
        (1.9, 0.86),
        (2.28, 0.66),
        (2.3, 0.32),
    ),
    cabin=((-1.85, 1.0), (-1.05, 1.44), (0.12, 1.45), (1.05, 0.97)),
    width=1.8,
    wheels=(-1.38, 1.42),
)


SUV = Shape(
    body=(
        (-2.25, 0.4),
        (-2.3, 0.75),
        (-2.24, 1.12),
        (0.95, 1.1),
        (1.85, 1.02),
        (2.22, 0.8),
        (2.25, 0.4),
    ),
    cabin=((-2.2, 1.12), (-1.95, 1.66), (0.2, 1.7), (1.0, 1.1)),
    width=1.86,
    wheels=(-1.34, 1.38),
    radius=0.37,
)


VAN = Shape(
    body=(
        (-2.2, 0.35),
        (-2.25, 1.1),
        (1.3, 1.1),
        (1.95, 0.95),
        (2.2, 0.7),
        (2.2, 0.35),
    ),
    cabin=((-2.24, 1.1), (-2.15, 1.88), (0.95, 1.9), (1.75, 1.05)),
    width=1.7,
    wheels=(-1.35, 1.4),
    tumble=0.14,
)


BUS = Shape(
    body=((-4.2, 0.4), (-4.25, 1.15), (4.2, 1.15), (4.25, 0.4)),
    cabin=((-4.25, 1.15), (-4.2, 2.95), (4.1, 2.95), (4.24, 1.15)),
    width=2.4,
    wheels=(-2.4, 2.6),
    radius=0.46,
    tumble=0.06,
)


@dataclass(slots=True)
class Vehicle:
    """A car, van or bus.

    Attributes:
        mover: Where, which way and how far gone.
        colour: "#rrggbb" of the paint.
        shape: Its form.
        electric: Has a green number plate.
        braking: Rear lights on.
    """

    mover: Mover
    colour: str
    shape: Shape = SEDAN
    electric: bool = False
    stripe: str = ""
    base: float = 0.0

    @property
    def reach(self) -> float:
        """Return half the size of what it may cover."""
        return max(3.2, -self.shape.body[0][0] * 1.35)

    def place(self, t: float) -> tuple[float, float] | None:
        """Return where it is."""
        found = self.mover(t)
        return None if found is None else found[0]

    def shadow(self, t: float) -> list[Points]:
        """Return the body's and the roof's outlines."""
        found = self.mover(t)
        if found is None:
            return []
        at, heading, _ = found
        half = self.shape.width / 2
        length = -self.shape.body[0][0]
        low = np.array(
            [
                (x, y, z)
                for x in (-length, length)
                for y in (-half, half)
                for z in (0.05, 0.95)
            ]
        )
        roof = self.shape.cabin
        high = np.array(
            [(x, y * (half - self.shape.tumble), z) for x, z in roof for y in (-1, 1)]
        )
        return [turned(low, at, heading), turned(high, at, heading)]

    def lights(self, t: float) -> list[Light]:
        """Return its headlights and rear lights; what is parked has them off."""
        found = self.mover(t)
        if found is None or found[2] == 0.0:
            return []
        at, heading, _ = found
        half, front = self.shape.width / 2 * 0.78, self.shape.body[-1][0]
        high = self.shape.body[-2][1] + 0.02
        return [
            Light(turned_one((x, side * half, high), at, heading), heading, white)
            for x, white in ((front, True), (-front, False))
            for side in (-1, 1)
        ]

    def paint(self, brush: Brush, t: float) -> None:
        """Draw the faces the camera sees, the far ones first."""
        found = self.mover(t)
        if found is None:
            return
        at, heading, gone = found
        shape = self.shape
        paint, half = tone(self.colour), shape.width / 2
        roof_half = half - shape.tumble
        sun, eye = brush.backdrop.sun, brush.backdrop.eye

        def shade(
            points: Points, colour: Colour, outward: Points
        ) -> tuple[Colour, bool]:
            normal = np.cross(points[1] - points[0], points[2] - points[0])
            if normal @ outward < 0:
                normal = -normal
            normal = normal / max(1e-6, float(np.linalg.norm(normal)))
            seen = bool(normal @ (eye.at - points.mean(axis=0)) > 0)
            light = (
                0.56 + 0.36 * max(0.0, float(normal @ sun)) + 0.16 * max(0.0, normal[2])
            )
            return scaled(colour, light), seen

        middle = turned(np.array([[0.0, 0.0, 0.7]]), at, heading)[0]

        def face(local: list[tuple[float, float, float]], colour: Colour) -> bool:
            points = turned(np.array(local), at, heading)
            filled, seen = shade(points, colour, points.mean(axis=0) - middle)
            if seen:
                brush.polygon(points, filled)
            return seen

        # The dark underside between the wheels.
        under = [
            (x, y, 0.2)
            for x in (-2.0 * half, 2.0 * half)
            for y in (-half * 0.9, half * 0.9)
        ]
        brush.hull(turned(np.array(under), at, heading), tone("#17181a"))
        for (x0, z0), (x1, z1) in zip(shape.body, shape.body[1:], strict=False):
            face(
                [(x0, -half, z0), (x0, half, z0), (x1, half, z1), (x1, -half, z1)],
                paint,
            )
        sides = [1, -1]
        depth = eye.depth_of
        sides.sort(
            key=lambda s: -depth(turned(np.array([[0, s * half, 0.5]]), at, heading)[0])
        )
        for side in sides:
            seen = face([(x, side * half, z) for x, z in shape.body], paint)
            if seen:
                self._side(brush, at, heading, side=side, gone=gone)
        glass = tone("#39434b")
        cabin = shape.cabin
        inner = (half - 0.06, roof_half, roof_half, half - 0.06)
        # Rear window, roof, windscreen, then the sides.
        for i, (colour, inset) in enumerate(
            ((glass, 0.08), (paint, 0.0), (glass, 0.07))
        ):
            (x0, z0), (x1, z1) = cabin[i], cabin[i + 1]
            w0, w1 = inner[i], inner[i + 1]
            if i != 1:
                face([(x0, -w0, z0), (x0, w0, z0), (x1, w1, z1), (x1, -w1, z1)], paint)
            k = inset
            quad = [
                (x0 + (x1 - x0) * k, -(w0 - k), z0 + (z1 - z0) * k),
                (x0 + (x1 - x0) * k, w0 - k, z0 + (z1 - z0) * k),
                (x1 - (x1 - x0) * k, w1 - k, z1 - (z1 - z0) * k),
                (x1 - (x1 - x0) * k, -(w1 - k), z1 - (z1 - z0) * k),
            ]
            if face(quad, colour) and i != 1:
                # The sky in the upper half of the glass.
                upper = [
                    tuple(np.array(quad[0]) * 0.45 + np.array(quad[3]) * 0.55),
                    tuple(np.array(quad[1]) * 0.72 + np.array(quad[2]) * 0.28),
                    quad[2],
                    quad[3],
                ]
                face(
                    [(float(a), float(b), float(c)) for a, b, c in upper],
                    tone("#70808b"),
                )
        for side in sides:
            outline = [(x, side * w, z) for (x, z), w in zip(cabin, inner, strict=True)]
            if not face(outline, paint):
                continue
            centre = np.mean(np.array(outline), axis=0)
            small = centre + (np.array(outline) - centre) * np.array([0.9, 1.0, 0.76])
            face([(float(a), float(b), float(c)) for a, b, c in small], glass)
            pillars = (-0.42,) if shape is not BUS else (-2.6, -1.3, 0.0, 1.3, 2.6)
            low, high = small[:, 2].min(), small[:, 2].max()
            for x in pillars:
                bottom = np.array([x, side * (half - 0.06), low])
                top = np.array([x + 0.05, side * roof_half, high])
                a, b = turned(np.array([bottom, top]), at, heading)
                brush.limb(a, b, 0.08, scaled(paint, 0.6))
        self._lights(brush, at, heading)

    def _side(
        self,
        brush: Brush,
        at: tuple[float, float],
        heading: float,
        *,
        side: int,
        gone: float,
    ) -> None:
        shape, half = self.shape, self.shape.width / 2
        y = side * (half + 0.01)
        if self.stripe:
            length = -shape.body[0][0] * 0.98
            band = [
                (-length, y, 0.55),
                (length, y, 0.55),
                (length, y, 0.78),
                (-length, y, 0.78),
            ]
            brush.polygon(turned(np.array(band), at, heading), tone(self.stripe, 0.85))
        sill = [
            (shape.wheels[0], y, 0.34),
            (shape.wheels[1], y, 0.34),
            (shape.wheels[1], y, 0.46),
            (shape.wheels[0], y, 0.46),
        ]
        brush.polygon(
            turned(np.array(sill), at, heading), scaled(tone(self.colour), 0.4)
        )
        length = -shape.body[0][0]
        high = max(z for _, z in shape.body) - 0.08
        for z0, z1, factor in ((0.38, 0.56, 0.74), (high - 0.07, high - 0.02, 1.22)):
            band = [
                (-length * 0.97, y, z0),
                (length * 0.6, y, z0),
                (length * 0.6, y, z1),
                (-length * 0.97, y, z1),
            ]
            brush.polygon(
                turned(np.array(band), at, heading),
                scaled(tone(self.colour), factor * 0.8),
            )
        line = turned(np.array([(-0.38, y, 0.45), (-0.4, y, 0.98)]), at, heading)
        brush.limb(line[0], line[1], 0.025, scaled(tone(self.colour), 0.45))
        for x in shape.wheels:
            for radius, colour in (
                (shape.radius + 0.05, tone("#121314")),
                (shape.radius, tone("#232425")),
                (shape.radius * 0.62, tone("#8d9295")),
                (shape.radius * 0.5, tone("#5d6265")),
            ):
                ring = [
                    (
                        x + radius * math.cos(a),
                        y * 1.004,
                        shape.radius + radius * math.sin(a),
                    )
                    for a in np.linspace(0, 2 * math.pi, 18)
                ]
                brush.polygon(turned(np.array(ring), at, heading), colour)
            turn = -gone / shape.radius
            for k in range(5):
                a = turn + k * 2 * math.pi / 5
                tip = (
                    x + shape.radius * 0.55 * math.cos(a),
                    y * 1.006,
                    shape.radius + shape.radius * 0.55 * math.sin(a),
                )
                ends = turned(
                    np.array([(x, y * 1.006, shape.radius), tip]), at, heading
                )
                brush.limb(ends[0], ends[1], 0.05, tone("#a8adb0"))

    def _lights(self, brush: Brush, at: tuple[float, float], heading: float) -> None:
        shape, half = self.shape, self.shape.width / 2
        front = shape.body[-1][0]
        eye = brush.backdrop.eye
        nose = turned(np.array([[front + 1.0, 0, 0.6], [front, 0, 0.6]]), at, heading)
        facing = float((nose[0] - nose[1]) @ (eye.at - nose[1])) > 0
        x = front - 0.12 if facing else -front + 0.06
        high = shape.body[-2][1] if facing else shape.body[1][1] + 0.14
        lamp = tone("#e9e8dc") if facing else tone("#8f1f1e")
        for s in (-1, 1):
            quad = [
                (x, s * half * 0.98, high - 0.02),
                (x, s * half * 0.58, high - 0.02),
                (x, s * half * 0.62, high + 0.12),
                (x, s * half * 0.94, high + 0.13),
            ]
            quad = [(a + (0.14 if facing else -0.06), b, c) for a, b, c in quad]
            brush.polygon(turned(np.array(quad), at, heading), lamp)
        end = front + 0.02 if facing else -front - 0.04
        plate = [
            (end, -0.23, 0.46),
            (end, 0.23, 0.46),
            (end, 0.23, 0.6),
            (end, -0.23, 0.6),
        ]
        colour = tone("#7fbf9a") if self.electric else tone("#2b5aa8")
        brush.polygon(turned(np.array(plate), at, heading), colour)
        if facing:
            grille = [
                (end, -0.55, 0.62),
                (end, 0.55, 0.62),
                (end - 0.03, 0.5, 0.76),
                (end - 0.03, -0.5, 0.76),
            ]
            brush.polygon(turned(np.array(grille), at, heading), tone("#1b1d1f"))
