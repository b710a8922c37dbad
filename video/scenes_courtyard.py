"""A drawn scene: the court before building 12, with thin smoke on floor 3."""

import math
from dataclasses import dataclass

import numpy as np

from video.scenes import Stage
from video.scenes_effects import Smoke
from video.scenes_eye import F32, rgb
from video.scenes_look import look
from video.scenes_overlay import sign
from video.scenes_painter import (
    Actor,
    Brush,
    Path,
    Points,
    standing,
    to_and_fro,
    tone,
    turned,
)
from video.scenes_people import Person, Rider
from video.scenes_space import Glowing, Shader, Space
from video.scenes_sprites import bush, pole, tree
from video.scenes_texture import (
    asphalt,
    flat,
    grass,
    mix,
    paving,
    repeated,
    stripe,
    windows,
)
from video.scenes_vehicles import SUV, VAN, Vehicle


def courtyard(size: tuple[int, int]) -> Stage:
    """Build the court before building 12 of 桃源新邨, with thin smoke on floor 3."""
    eye = look().eye((9.5, -6.0, 5.4), yaw=-20, pitch=5.5, fov=75, size=size)
    space = Space(eye, sun=(0.42, -0.62, 0.66), bounds=(-50.0, -12.0, 50.0, 70.0))
    space.sky("#d6dbdd", "#b3c0cb")
    wall = "#cdbd9f"
    high = 18.4
    face = windows(wall=wall, height=high, seed=6, base=0.9, base_tone="#8b857b")
    space.box((-30, 17, 0), (40.8, 11.5, high), _numbered(face))
    space.box((-30.4, 16.6, high), (41.6, 12.3, 0.6), flat("#9d958a"))
    space.box(
        (17, 24, 0),
        (24, 12, high),
        windows(wall="#cbb9a2", height=high, seed=14, base=0.9),
    )
    space.box((6, 64, 0), (60, 12, high), windows(wall="#c9c3b6", height=high, seed=21))
    space.box(
        (-62, -2, 0),
        (22, 12, high),
        windows(wall="#c7bba6", height=high, seed=11, base=0.9),
    )
    for x in (-23.6, -10.0, 3.6):
        space.box((x - 1.6, 15.4, 2.7), (3.2, 1.7, 0.22), flat("#b3ada2"))
        space.box((x - 1.2, 16.9, 0), (2.4, 0.2, 2.5), _door, casts=False)
        space.box((x - 1.8, 15.5, 0), (0.25, 1.5, 2.7), flat("#b9b2a6"))
        space.box((x + 1.6, 15.5, 0), (0.25, 1.5, 2.7), flat("#b9b2a6"))
        space.lamp((x, 15.9, 2.5), reach_m=3.2, strength=0.7, bulb_m=0.13)
    _shed(space)
    for x, y, height, crown, seed in (
        (-14, 8.4, 6.6, 5.0, 81),
        (-24, 9.0, 7.4, 5.8, 82),
        (-3.4, 3.4, 5.6, 4.2, 83),
        (16.5, 17, 7.2, 5.6, 84),
        (23, 16.5, 7.8, 6.2, 85),
        (14, 36, 7.0, 6.0, 87),
        (15, 50, 8.0, 7.0, 88),
        (-34, 12, 8.0, 6.5, 86),
    ):
        tree(space, (x, y), height=height, crown=crown, seed=seed)
    for i in range(9):
        bush(
            space,
            (-28 + i * 3.1 + (i > 4) * 1.6, 14.6),
            width=2.6,
            height=0.9,
            seed=90 + i,
        )
    for x, y, seed in (
        (-8.5, 5.4, 101),
        (-6.8, 2.0, 102),
        (1.2, 5.6, 103),
        (12.8, 15.2, 104),
    ):
        bush(space, (x, y), width=1.7, height=1.1, seed=seed)
    pole(space, (-0.4, 12.9), height=4.6)
    pole(space, (-16.0, 12.9), height=4.6)
    space.lamp((8.4, 13.8, 1.9), reach_m=2.6, strength=0.6, bulb_m=0.1)
    space.box((-4.6, 6.0, 0), (0.5, 0.5, 0.62), flat("#a5a199"))
    space.box((-4.95, 5.65, 0.62), (1.2, 1.2, 0.12), flat("#bcb8b0"))

    def ground(x: F32, y: F32, pixel: F32) -> F32:
        colour = asphalt(x, y, pixel, tone="#797875")
        lawn = (x < 2.6) & (y > -1.0) & (y < 9.4) & (x > -34)
        path = np.abs(x + 9.6 - 1.8 * np.sin(y * 0.35)) < 0.8
        green = np.where((lawn & ~path)[:, None], grass(x, y, pixel), colour)
        slabs = paving(x, y, pixel, tone="#a19a8f", size=0.3)
        green = np.where((lawn & path)[:, None], slabs, green)
        terrace = np.hypot(x + 4.3, y - 6.2) < 2.3
        green = np.where((terrace & lawn)[:, None], slabs, green)
        kerb = np.maximum(
            stripe(y - 9.4, 0.16, pixel) * (x < 2.6),
            stripe(x - 2.6, 0.16, pixel) * ((y > -1) & (y < 9.4)),
        )
        green = mix(green, rgb("#b4b1aa"), kerb)
        border = (y > 13.9) & (y < 17) & (x < 10.8)
        foot = np.abs(repeated(x, 13.6, offset=-10.0)) < 1.7
        green = np.where(
            (border & ~foot)[:, None], grass(x, y, pixel, tone="#5f7444"), green
        )
        bays = stripe(repeated(x, 2.6, offset=0.4), 0.1, pixel)
        bays = bays * ((x > 11.6) & (y > 8.0) & (y < 12.9))
        return mix(green, rgb("#cfd0cb"), bays * 0.8)

    space.ground(ground)
    backdrop = space.finish()
    actors: list[Actor] = [
        Person(standing(-5.4, 6.0, 1.5), 171, pose="sit"),
        Person(standing(-3.2, 6.4, -1.5), 172, pose="sit"),
        Person(standing(-4.3, 7.3, 3.1), 173, pose="talk"),
        Person(Path(((-10.0, 16.9), (-9.9, 12.4), (3.0, 10.4)), 1.45, start=1.0), 174),
        Person(Path(((11.6, 13.6), (3.6, 12.6), (3.6, 17.0)), 1.4, start=5.2), 175),
        Person(to_and_fro((-8.8, 4.4), (-10.8, 9.0), wait=1.0), 176),
        Person(Path(((-27.0, 12.0), (-11.5, 11.6)), 1.42, start=3.0), 177),
        Person(to_and_fro((7.0, 3.4), (4.6, 7.6), wait=1.4, start=2.0), 178),
        Rider(Path(((32.0, 7.0), (6.0, 10.9), (-36.0, 11.8)), 5.6, start=2.0), 6),
        Rider(Path(((-38.0, 12.6), (4.0, 11.6), (30.0, 5.4)), 5.8, start=7.5), 12),
        Kite((-20.0, 7.0)),
    ]
    still: list[Actor] = [
        Vehicle(standing(12.9, 10.4, 0.0), "#c9ccce"),
        Vehicle(standing(15.5, 10.6, math.pi), "#3a4a5e", SUV),
        Vehicle(standing(18.1, 10.3, 0.0), "#8e3330", electric=True),
        Vehicle(standing(-18.5, 11.0, math.pi / 2), "#dedcd6", VAN),
        *(
            Rider(
                standing(6.2 + 0.62 * i, 13.9, 3.1 + 0.1 * (i % 3)),
                180 + i,
                parked=True,
            )
            for i in range(8)
        ),
    ]
    smoke = Smoke(
        backdrop,
        (-4.5, 16.8, 8.7),
        rise=7.0,
        width=1.9,
        tone="#727375",
        density=0.92,
        drift=1.4,
    )
    # It burns in the place of the story only.
    return Stage(backdrop, actors, still, after=() if look().seed else (smoke,))


@dataclass(slots=True)
class Kite:
    """Washing on a line in the wind."""

    at: tuple[float, float]
    base: float = 0.0
    reach: float = 3.0

    def place(self, t: float) -> tuple[float, float] | None:
        """Return where the line hangs."""
        return self.at

    def shadow(self, t: float) -> list[Points]:
        """Return the shadow of the sheets."""
        x, y = self.at
        return [np.array([(x + d, y, z) for d in (-1.5, 1.5) for z in (0.8, 1.7)])]

    def paint(self, brush: Brush, t: float) -> None:
        """Draw posts, line and sheets."""
        for d in (-2.0, 2.0):
            a, b = turned(np.array([(0, d, 0.0), (0, d, 1.85)]), self.at, 0.0)
            brush.limb(a, b, 0.06, tone("#8a8d8e"))
        a, b = turned(np.array([(0, -2.0, 1.8), (0, 2.0, 1.8)]), self.at, 0.0)
        brush.limb(a, b, 0.02, tone("#555555"))
        for i, colour in enumerate(("#c9ced6", "#8fa3bd", "#d8d2c2", "#b06a66")):
            y0 = -1.7 + i * 0.9
            wave = 0.16 * math.sin(2 * math.pi * t / 3 + i * 1.4)
            sheet = np.array(
                [
                    (0, y0, 1.8),
                    (0, y0 + 0.75, 1.8),
                    (wave, y0 + 0.77, 0.85),
                    (wave * 1.2, y0 + 0.02, 0.82),
                ]
            )
            brush.polygon(turned(sheet, self.at, 0.0), tone(colour))


def _numbered(face: Shader) -> Shader:
    def shader(u: F32, v: F32, pixel: F32) -> F32:
        colour = face(u, v, pixel)
        # The third-floor window that matters stands open and sooty.
        soot = np.exp(-(((u - 25.5) / 0.9) ** 2) - ((v - 9.6) / 1.2) ** 2)
        soot = soot * np.clip((v - 7.6) / 1.2, 0, 1)
        colour = mix(colour, rgb("#4b4742"), 0.6 * soot * (look().seed == 0))
        x, y = (u - 29.9) / 1.4, (v - 4.3) / 0.8
        plate = (np.abs(u - 30.6) < 0.8) & (v > 4.2) & (v < 5.2)
        colour = np.where(plate[:, None], rgb("#35588c"), colour)
        return mix(colour, rgb("#eceae2"), sign("block", x, y) * plate)

    return Glowing(shader, face.glow) if isinstance(face, Glowing) else shader


def _door(u: F32, v: F32, pixel: F32) -> F32:
    colour = rgb("#4c5a55") * np.ones((u.size, 1), np.float32)
    glass = (np.abs(np.abs(u - 1.2) - 0.55) < 0.38) & (v > 0.9) & (v < 2.2)
    colour = np.where(glass[:, None], rgb("#2d3539"), colour)
    return mix(colour, rgb("#9aa29e"), stripe(u - 1.2, 0.06, pixel))


def _shed(space: Space) -> None:
    for x in (5.9, 8.4, 10.9):
        space.box((x, 14.6, 0), (0.08, 0.08, 2.2), flat("#9fa3a4"), casts=False)
        space.box((x, 12.8, 0), (0.08, 0.08, 2.0), flat("#9fa3a4"), casts=False)
    space.plane((5.7, 12.5, 2.05), (5.4, 0, 0), (0, 2.5, 0.3), flat("#5f86a0"), lit=0.9)
    space.lit.cast(
        np.array([(x, y, 2.1) for x in (5.7, 11.1) for y in (12.5, 15.0)]), density=0.8
    )
