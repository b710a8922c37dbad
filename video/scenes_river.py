"""A drawn scene: the town river with quays, boats and an arched bridge."""

import math

import numpy as np

from video.scenes import Stage
from video.scenes_boats import Boat
from video.scenes_effects import Water, mirrored
from video.scenes_eye import F32, Backdrop, Eye, rgb
from video.scenes_look import look
from video.scenes_overlay import sign
from video.scenes_painter import Actor, Path, standing, to_and_fro
from video.scenes_people import Person, Rider
from video.scenes_space import Space
from video.scenes_sprites import pole, tree, willow
from video.scenes_texture import (
    flat,
    grass,
    mix,
    noise,
    paving,
    repeated,
    roof_tiles,
    white_house,
)

_RIVER = -1.3


def river(size: tuple[int, int]) -> Stage:
    """Build the town river with quays, white houses, boats and a stone bridge."""
    eye = look().eye((-1.0, -6.0, 5.6), yaw=3, pitch=12, fov=72, size=size)
    backdrop = _river_backdrop(eye, reflected=False)
    reflection = _river_backdrop(mirrored(eye, _RIVER), reflected=True)
    water = Water(backdrop, reflection.picture, level=_RIVER, tint="#56655a")
    actors: list[Actor] = [
        Boat(Path(((-1.6, 34.0), (-2.6, 9.0)), 1.9, start=0.0), base=_RIVER),
        Boat(
            _drifting(3.1, 14.0, 0.15),
            awning=False,
            rower=False,
            base=_RIVER,
            length=5.0,
        ),
        Boat(_drifting(-4.4, 21.5, 0.0), rower=False, base=_RIVER),
        Person(Path(((-8.6, 24.0), (-8.0, 7.0)), 1.42, start=1.0), 201),
        Person(Path(((-7.6, 9.0), (-8.4, 26.0)), 1.42, start=6.0), 202),
        Person(Path(((8.4, 30.0), (7.8, 13.0)), 1.42, start=3.0), 203),
        Person(to_and_fro((8.0, 9.0), (8.2, 15.5), wait=1.0), 204),
        Person(standing(-6.7, 12.0, 1.2), 205, pose="stand"),
        Person(standing(6.9, 17.0, -1.4), 206, pose="phone"),
        Person(standing(-6.8, 19.4, 1.6), 207, pose="sit"),
        Person(
            Path(((-6.0, 38.2), (0.0, 38.2), (6.0, 38.2)), 1.1, start=0.5),
            208,
            base=2.6,
        ),
        Person(Path(((6.0, 38.6), (-6.0, 38.6)), 1.05, start=5.0), 209, base=2.6),
        Rider(Path(((-9.4, 42.0), (-9.2, -2.0)), 4.2, start=2.0), 21),
    ]
    return Stage(backdrop, actors, before=(water,))


def _drifting(x: float, y: float, heading: float):  # type: ignore[no-untyped-def]
    def at(t: float) -> tuple[tuple[float, float], float, float]:
        sway = math.sin(2 * math.pi * t / 12)
        return (
            (x + 0.12 * sway, y + 0.2 * math.cos(2 * math.pi * t / 12)),
            (heading + 0.05 * sway),
            0.0,
        )

    return at


def _river_backdrop(eye: Eye, *, reflected: bool) -> Backdrop:
    space = Space(
        eye,
        sun=(0.45, -0.4, 0.8),
        bounds=(-40.0, -12.0, 40.0, 120.0),
        haze_m=190,
        supersample=1 if reflected else 2,
    )
    if reflected:
        space.sky("#dfe3e2", "#c3ced6")
    rng = np.random.default_rng(4)
    for side in (-1, 1):
        y = -2.0 if side < 0 else 3.0
        for i in range(9):
            deep = 7.4 + 2.2 * rng.random()
            high = 3.6 + 3.0 * ((i * 3 + (side > 0)) % 2) + 0.5 * rng.random()
            x = 10.4 if side > 0 else -10.8 - 8.0
            space.box(
                (x, y, 0),
                (8.0, deep - 0.3, high),
                white_house(height=high, seed=i + side),
            )
            edge, ridge = side * 9.9, side * 14.6
            space.plane(
                (edge, y - 0.2, high - 0.2),
                (0, deep + 0.1, 0),
                (ridge - edge, 0, 2.1),
                roof_tiles,
                lit=0.5 if side < 0 else 0.85,
            )
            _gable(space, y=y, high=high, side=side)
            y += deep
        quay = side * 6.0
        space.plane(
            (quay, -12, _RIVER - 0.4),
            (0, 132, 0),
            (0, 0, -_RIVER + 0.4),
            _quay,
            lit=0.4 if side < 0 else 0.75,
        )
        space.box((quay - 0.15, -12, 0), (0.3, 132, 0.12), flat("#a7a299"), casts=False)
        for k in range(14):
            at = 1.0 + k * 3.2
            space.box((quay - 0.1, at, 0.1), (0.2, 0.2, 0.85), flat("#a39e94"))
            space.box(
                (quay - 0.05, at, 0.7), (0.1, 3.2, 0.12), flat("#aca79d"), casts=False
            )
        for i, at in enumerate((7.5, 16.5, 26.0, 34.0)):
            if side < 0:
                willow(space, (side * 7.3, at + 3), height=6.6, seed=20 + i)
            else:
                tree(space, (side * 8.2, at + 1.0), height=5.6, crown=4.2, seed=30 + i)
        pole(space, (side * 9.2, 12.0 + side * 3), height=4.2)
    for k in range(7):
        for side in (-1, 1):  # red lanterns at the houses
            hung = (side * 9.6, 4.5 + 5.4 * k + side, 2.7)
            space.lamp(hung, tone="#ff8a4a", reach_m=3.2, strength=0.7, bulb_m=0.16)
    for x in (-4.0, 0.0, 4.0):
        space.lamp((x, 37.0, 3.4), reach_m=4.0, strength=0.8, bulb_m=0.1)
    _bridge(space)
    for x, y, seed in (
        (-11, 60, 61),
        (10, 66, 62),
        (-4, 84, 63),
        (5, 90, 64),
        (14, 78, 65),
        (-15, 75, 66),
    ):
        tree(space, (x, y), height=9.5, crown=9.0, seed=seed)
    if not reflected:
        space.plane(
            (-6, -12, _RIVER),
            (12, 0, 0),
            (0, 140, 0),
            flat("#5c6b60"),
            solid=False,
            water=True,
        )
        space.sky("#dfe3e2", "#c3ced6")

    def ground(x: F32, y: F32, pixel: F32) -> F32:
        colour = paving(y, x, pixel, tone="#98938a", size=0.5)
        soil = np.abs(np.abs(x) - 7.3) < 0.45
        green = grass(x, y, pixel)
        bed = soil & (np.abs(repeated(y, 9.3, offset=10.5)) < 0.6)
        return np.where(bed[:, None], green, colour).astype(np.float32)

    for x0, width in ((-120.0, 114.0), (6.0, 114.0)):

        def shifted(u: F32, v: F32, pixel: F32, x0: float = x0) -> F32:
            return ground(u + np.float32(x0), v - np.float32(20), pixel)

        space.plane(
            (x0, -20, 0), (width, 0, 0), (0, 260, 0), shifted, solid=False, ground=True
        )
    return space.finish()


def _gable(space: Space, *, y: float, high: float, side: int) -> None:
    # The stepped wall between houses: 马头墙.
    for k in range(3):
        near = 9.9 + k * 1.55
        low = high + 0.35 + k * 0.68
        x0 = near if side > 0 else -near - 1.55
        space.box(
            (x0, y - 0.28, high - 0.4), (1.55, 0.3, low - high + 0.4), flat("#d6d5cf")
        )
        space.box((x0 - 0.12, y - 0.38, low), (1.8, 0.5, 0.16), flat("#4c5053"))


def _quay(u: F32, v: F32, pixel: F32) -> F32:
    colour = paving(u, v, pixel, tone="#8b877d", size=0.34)
    wet = np.clip((0.85 + 0.2 * noise(u, v, 4.0, seed=3) - v) / 0.25, 0, 1)
    moss = np.clip(noise(u, v, 5.0, seed=9) - 0.42, 0, 1)
    colour = mix(colour, rgb("#56603f"), moss * 1.1)
    return mix(colour, colour * 0.55, wet)


def _bridge(space: Space) -> None:
    y0, depth = 37.0, 3.2
    parts = 26
    for i in range(parts):
        x0 = -9.0 + 18.0 * i / parts
        x1 = x0 + 18.0 / parts
        middle = (x0 + x1) / 2
        deck = (
            2.75 * math.cos(middle / 9.0 * math.pi / 2) ** 1.15
            if abs(middle) < 9
            else 0
        )
        inside = abs(middle) < 4.6
        arch = (
            _RIVER + math.sqrt(max(0.0, 4.6**2 - middle**2)) * 0.78
            if inside
            else _RIVER - 0.3
        )
        arch = min(arch, deck - 0.35)
        space.box(
            (x0, y0, arch),
            (x1 - x0 + 0.01, depth, max(0.1, deck - arch)),
            _bridge_stone(x0),
        )
        space.box(
            (x0, y0 - 0.05, deck + 0.0), (x1 - x0 + 0.01, 0.2, 0.8), flat("#a8a49a")
        )
        space.box(
            (x0, y0 + depth - 0.2, deck), (x1 - x0 + 0.01, 0.2, 0.8), flat("#a8a49a")
        )
    for x in (-5.4, -2.7, 0.0, 2.7, 5.4):
        deck = 2.75 * math.cos(x / 9.0 * math.pi / 2) ** 1.15
        space.box((x - 0.14, y0 - 0.12, deck), (0.28, 0.3, 1.15), flat("#b5b1a8"))
    space.box((-1.5, y0 - 0.16, 2.05), (3.0, 0.08, 0.85), _bridge_name, casts=False)


def _bridge_name(u: F32, v: F32, pixel: F32) -> F32:
    stone = rgb("#b7b2a7") * np.ones((u.size, 1), np.float32)
    return mix(
        stone, rgb("#6b2a22"), sign("bridge", (u - 0.3) / 2.4, (v - 0.05) / 0.75)
    )


def _bridge_stone(x0: float):  # type: ignore[no-untyped-def]
    def shader(u: F32, v: F32, pixel: F32) -> F32:
        colour = paving(u + np.float32(x0), v, pixel, tone="#99958b", size=0.36)
        moss = np.clip(noise(u + np.float32(x0), v, 6.0, seed=9) - 0.5, 0, 1)
        return mix(colour, rgb("#5f6848"), moss)

    return shader
