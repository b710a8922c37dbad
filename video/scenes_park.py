"""A drawn scene: the town park with a pond, a pavilion and morning exercise."""

import math

import numpy as np

from video.scenes import Stage
from video.scenes_effects import Water, mirrored
from video.scenes_eye import F32, Backdrop, Eye, rgb
from video.scenes_look import look
from video.scenes_overlay import sign
from video.scenes_painter import Actor, Path, standing, to_and_fro
from video.scenes_people import Person
from video.scenes_space import Space
from video.scenes_sprites import bush, pole, reeds, tree, willow
from video.scenes_texture import (
    flat,
    grass,
    mix,
    noise,
    paving,
    roof_tiles,
    stripe,
    windows,
)

_POND = -0.45


def park(size: tuple[int, int]) -> Stage:
    """Build the town park: lawn, pond, pavilion, joggers, morning exercise."""
    eye = look().eye((3.0, -5.0, 5.2), yaw=-8, pitch=13, fov=74, size=size)
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
        (-20.0, 38.0, 9.5, 8.2, 301),
        (-2.0, 37.0, 9.0, 7.6, 302),
        (8.0, 39.0, 10.0, 8.4, 303),
        (19.0, 36.0, 9.2, 7.8, 304),
        (28.0, 29.0, 8.6, 7.2, 305),
        (-30.0, 33.0, 9.4, 8.0, 306),
        (20.5, 19, 7.6, 6.4, 307),
        (15.5, 26, 7.0, 5.8, 308),
        (-38.0, 22.0, 9.0, 8.0, 309),
        (-12.0, 46.0, 11.0, 9.0, 310),
        (14.0, 50.0, 12.0, 9.5, 311),
        (32.0, 44.0, 11.0, 9.0, 312),
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
    for at in ((-10.0, 29.0, 2.5), (-17.0, 30.0, 3.2), (-24.0, 26.0, 3.2)):
        space.lamp(at, reach_m=6.0, strength=0.9, bulb_m=0.12)
    space.lamp((14.5, 15.5, 4.0), reach_m=7.0, strength=0.9, bulb_m=0.14)
    space.lamp((-3.0, 0.0, 4.5), reach_m=7.0, strength=0.7)
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
