"""Drawn scenes at the water: a park with a pond, a river with an arched bridge."""

import math

import numpy as np

from video.scenes import Stage
from video.scenes_effects import Water, mirrored
from video.scenes_overlay import sign
from video.scenes_painter import Actor, Path, standing, to_and_fro
from video.scenes_people import Person, Rider
from video.scenes_space import F32, Backdrop, Eye, Space, rgb
from video.scenes_sprites import bush, pole, reeds, tree, willow
from video.scenes_texture import (
    flat,
    grass,
    mix,
    noise,
    paving,
    repeated,
    roof_tiles,
    stripe,
    white_house,
    windows,
)
from video.scenes_vehicles import Boat

_RIVER = -1.3
_POND = -0.45


def river(size: tuple[int, int]) -> Stage:
    """Build the town river with quays, white houses, boats and a stone bridge."""
    eye = Eye((-1.0, -6.0, 5.6), yaw=3, pitch=12, fov=72, size=size)
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
            _gable(space, x=x, y=y, high=high, side=side)
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


def _gable(space: Space, *, x: float, y: float, high: float, side: int) -> None:
    # The stepped wall between houses: 马头墙.
    ridge = 14.6
    for k in range(3):
        near = 9.9 + k * 1.55
        low = high + 0.35 + k * 0.68
        x0 = near if side > 0 else -near - 1.55
        space.box(
            (x0, y - 0.28, high - 0.4), (1.55, 0.3, low - high + 0.4), flat("#d6d5cf")
        )
        space.box((x0 - 0.12, y - 0.38, low), (1.8, 0.5, 0.16), flat("#4c5053"))
    del x, ridge


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


def park(size: tuple[int, int]) -> Stage:
    """Build the town park: lawn, pond, pavilion, joggers, morning exercise."""
    eye = Eye((3.0, -5.0, 5.2), yaw=-8, pitch=13, fov=74, size=size)
    backdrop = _park_backdrop(eye, reflected=False)
    reflection = _park_backdrop(mirrored(eye, _POND), reflected=True)
    water = Water(backdrop, reflection.picture, level=_POND, tint="#5b6a52", calm=0.55)
    actors: list[Actor] = [
        Person(
            Path(((14.0, -1.0), (5.4, 6.0), (4.0, 14.0), (8.5, 24.0)), 2.5, start=0.0),
            211,
        ),
        Person(
            Path(((7.4, 25.0), (3.4, 14.0), (4.8, 6.0), (12.0, -1.0)), 2.6, start=5.0),
            212,
        ),
        Person(Path(((4.4, 12.0), (6.4, 3.0), (11.0, -1.2)), 1.4, start=2.0), 213),
        Person(Path(((4.0, 13.0), (6.0, 3.4), (10.4, -1.2)), 1.4, start=2.1), 214),
        Person(to_and_fro((4.3, 18.0), (7.2, 23.0), wait=1.2, start=3.0), 215),
        Person(standing(1.0, 11.0, 2.2), 216, pose="sit"),
        Person(standing(1.1, 12.0, 2.0), 217, pose="sit"),
        Person(standing(-10.6, 30.6, 2.9), 218, pose="sit", base=0.4),
        Person(standing(-9.4, 30.4, 3.1), 219, pose="talk", base=0.4),
    ]
    for i in range(7):
        x, y = 10.4 + (i % 4) * 1.8 + 0.4 * (i // 4), 13.2 + (i // 4) * 2.0
        actors.append(Person(standing(x, y, math.pi + 0.1), 220 + i, pose="work"))
    actors.append(Person(standing(12.8, 10.6, 0.1), 230, pose="work", vest=True))
    return Stage(backdrop, actors, before=(water,))


def _pond_edge(x: F32, y: F32) -> F32:
    a = np.hypot((x + 8.2) / 9.2, (y - 15.5) / 10.2)
    b = np.hypot((x + 13.5) / 8.0, (y - 23.0) / 7.0)
    ripple = 0.05 * np.sin(x * 0.9) + 0.05 * np.cos(y * 0.7)
    return (np.minimum(a, b) + ripple).astype(np.float32)


def _park_backdrop(eye: Eye, *, reflected: bool) -> Backdrop:
    space = Space(
        eye,
        sun=(-0.5, -0.38, 0.78),
        bounds=(-50.0, -12.0, 50.0, 110.0),
        haze_m=210,
        supersample=1 if reflected else 2,
    )
    _pavilion(space)
    for x, y, height, crown, seed in (
        (-20, 38, 9.5, 8.2, 301),
        (-2, 37, 9.0, 7.6, 302),
        (8, 39, 10.0, 8.4, 303),
        (19, 36, 9.2, 7.8, 304),
        (28, 29, 8.6, 7.2, 305),
        (-30, 33, 9.4, 8.0, 306),
        (20.5, 19, 7.6, 6.4, 307),
        (15.5, 26, 7.0, 5.8, 308),
        (-38, 22, 9.0, 8.0, 309),
        (-12, 46, 11.0, 9.0, 310),
        (14, 50, 12.0, 9.5, 311),
        (32, 44, 11.0, 9.0, 312),
    ):
        tree(
            space,
            (x, y),
            height=height,
            crown=crown,
            seed=seed,
            warm=0.25 * (seed % 3 == 0),
        )
    for x, y, seed in (
        (-17.8, 11.0, 321),
        (-5.4, 27.4, 322),
        (-16, 33.0, 323),
        (1.9, 22.6, 324),
    ):
        willow(space, (x, y), height=7.0, seed=seed)
    for x, y, width, seed in (
        (16.5, 8.0, 2.4, 331),
        (18.6, 10.5, 2.0, 332),
        (11.0, 27.5, 3.0, 333),
        (4.0, 31.0, 2.6, 334),
        (0.6, 32.5, 2.2, 335),
        (-24, 30, 3.0, 336),
        (15, 3.5, 2.0, 337),
    ):
        bush(space, (x, y), width=width, height=width * 0.5, seed=seed)
    for x, y, seed in (
        (-0.6, 8.2, 341),
        (-2.2, 6.6, 342),
        (0.4, 18.5, 343),
        (-14.6, 29.0, 344),
        (-5.4, 5.6, 345),
    ):
        reeds(space, (x, y), width=1.5, height=1.15, seed=seed, z=-0.35)
    for x, y in ((8.3, 8.0), (6.8, 19.0)):
        pole(space, (x, y), height=3.8)
    for y in (11.0, 12.1):
        space.box((0.7, y - 0.6, 0.42), (0.5, 1.15, 0.07), flat("#7b5b3f"))
        space.box((0.78, y - 0.5, 0), (0.3, 0.08, 0.42), flat("#55585a"))
    space.box((7.8, 1.4, 0), (2.2, 0.5, 1.15), _park_stone, top=flat("#a9a59d"))
    space.box((-60, 84, 0), (52, 12, 17), windows(wall="#c3c0b8", height=17, seed=31))
    space.box((4, 88, 0), (60, 12, 21), windows(wall="#bfb6a6", height=21, seed=33))
    if not reflected:

        def pond(u: F32, v: F32, pixel: F32) -> F32:
            return rgb("#5b6a58") * np.ones((u.size, 1), np.float32)

        _pond_plane(space, pond)
    space.sky("#dbe1e1", "#b5c5d3")

    def ground(x: F32, y: F32, pixel: F32) -> F32:
        colour = grass(x, y, pixel)
        curve = np.where(
            y < 6,
            5.4 + (6 - y) * 1.15,
            np.where(y < 14, 5.4 - (y - 6) * 0.17, 4.0 + (y - 14) * 0.42),
        )
        away = np.abs(x - curve)
        slabs = paving(x, y, pixel, tone="#a99d8f", size=0.3)
        red = paving(x, y, pixel, tone="#8f5f52", size=0.3)
        path = np.clip((1.5 - away) / np.maximum(pixel, 0.02) + 0.5, 0, 1)
        colour = mix(colour, np.where((away < 0.75)[:, None], red, slabs), path)
        plaza = np.hypot(x - 12.8, (y - 13.4) * 1.15) < 4.9
        colour = np.where(
            plaza[:, None], paving(x, y, pixel, tone="#9e9a93", size=0.5), colour
        )
        edge = _pond_edge(x, y)
        bank = np.clip((1.09 - edge) / 0.05, 0, 1)
        stone = paving(x, y, pixel, tone="#8d897e", size=0.45)
        return mix(colour, stone * (0.8 + 0.3 * noise(x, y, 3.0))[:, None], bank)

    if reflected:
        return space.finish()
    space.ground(ground)
    return space.finish()


def _pond_plane(space: Space, shader) -> None:  # type: ignore[no-untyped-def]
    space.plane(
        (-32, 1, 0.01),
        (36, 0, 0),
        (0, 36, 0),
        shader,
        solid=False,
        water=True,
        keep=lambda u, v: _pond_edge(u - np.float32(32), v + np.float32(1)) < 1.0,
    )


def _pavilion(space: Space) -> None:
    x, y = -10.0, 30.5
    space.box((x - 2.3, y - 2.0, 0), (4.6, 4.2, 0.4), flat("#aaa59b"))
    for dx in (-1.9, 1.9):
        for dy in (-1.6, 1.6):
            space.box(
                (x + dx - 0.11, y + dy - 0.11, 0.4), (0.22, 0.22, 2.6), flat("#6e2f27")
            )
    space.box((x - 1.9, y - 1.65, 2.65), (3.8, 0.1, 0.3), flat("#5b3a2c"), casts=False)
    space.box((x - 1.9, y + 1.5, 0.75), (3.8, 0.1, 0.1), flat("#6e2f27"), casts=False)
    low, high, wide, deep = 2.85, 4.7, 3.0, 2.6
    for k in range(12):
        t0, t1 = k / 12, (k + 1) / 12
        # The eaves sweep up: a concave roof of narrow rings.
        w0, w1 = wide * (1 - t0) ** 0.8, wide * (1 - t1) ** 0.8
        d0, d1 = deep * (1 - t0) ** 0.8, deep * (1 - t1) ** 0.8
        z0, z1 = low + (high - low) * t0**1.35, low + (high - low) * t1**1.35
        for side in (-1, 1):
            space.plane(
                (x - w0, y + side * d0, z0),
                (2 * w0, 0, 0),
                (0, side * (d1 - d0), z1 - z0),
                roof_tiles,
                lit=0.7,
            )
            space.plane(
                (x + side * w0, y - d0, z0),
                (0, 2 * d0, 0),
                (side * (w1 - w0), 0, z1 - z0),
                roof_tiles,
                lit=0.5,
            )
    space.box((x - 0.1, y - 0.1, high), (0.2, 0.2, 0.6), flat("#4e5153"), casts=False)
    space.lit.cast(
        np.array([(x + a * wide, y + b * deep, 2.9) for a in (-1, 1) for b in (-1, 1)])
    )


def _park_stone(u: F32, v: F32, pixel: F32) -> F32:
    colour = flat("#a7a299", grain=0.16)(u, v, pixel)
    grain = noise(u, v, 1.4, seed=5) - 0.5
    colour = colour * (1 + 0.25 * grain)[:, None]
    return mix(
        colour,
        rgb("#7d2a22"),
        sign("park", (u - 0.25) / 1.7, (v - 0.3) / 0.6)
        * (stripe(u * 0, 1.0, pixel) > 0),
    )
