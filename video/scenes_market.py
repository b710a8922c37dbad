"""A drawn scene: a morning market in an old lane."""

import math

import numpy as np

from video.scenes import Stage
from video.scenes_effects import Smoke
from video.scenes_eye import F32, rgb
from video.scenes_look import look
from video.scenes_overlay import sign
from video.scenes_painter import (
    Actor,
    Mover,
    Path,
    standing,
    to_and_fro,
)
from video.scenes_people import Person, Rider
from video.scenes_space import Shader, Space
from video.scenes_sprites import tree
from video.scenes_texture import (
    flat,
    hashed,
    mix,
    noise,
    paving,
    repeated,
    roof_tiles,
    stripe,
    white_house,
)

_GOODS = (
    ("#6f8f3d", "#8aa84f", "#4f7031"),  # greens
    ("#b8433a", "#d2693f", "#8f2f2a"),  # tomatoes, peppers
    ("#d6b25a", "#c8853f", "#e0cf8e"),  # oranges, ginger
    ("#9aa4a8", "#7e8b91", "#b9c0c1"),  # fish on ice
    ("#b5605a", "#a04c48", "#d39a92"),  # meat
    ("#e4dcc6", "#cfc4a6", "#efe9da"),  # bean curd
)


_AWNINGS = ("#a8433c", "#3f6d8f", "#c9c3b4", "#4f7a58", "#b98b3e", "#7a4c6b")


def market(size: tuple[int, int]) -> Stage:
    """Build a morning market in an old lane."""
    eye = look().eye((0.9, -3.2, 4.9), yaw=-4, pitch=17, fov=78, size=size)
    space = Space(
        eye, sun=(0.5, -0.25, 0.83), bounds=(-30.0, -10.0, 30.0, 80.0), haze_m=200
    )
    space.sky("#dde0df", "#c3cbd0")
    for side in (-1, 1):
        for i in range(5):
            depth = 9.6
            y = -4.0 + i * 9.8
            high = 6.0 + 0.7 * ((i * 7 + side) % 3)
            x = side * 6.6 if side > 0 else -6.6 - 8.0
            face = white_house(height=high, seed=i * 3 + side, shop=True)
            space.box((x, y, 0), (8.0, depth, high), face)
            edge = 5.7 * side
            ridge = side * 10.6
            low, top = high - 0.15, high + 2.1
            space.plane(
                (edge, y - 0.3, low),
                (0, depth + 0.6, 0),
                (ridge - edge, 0, top - low),
                roof_tiles,
                lit=0.5 if side < 0 else 0.8,
            )
    space.box((-14, 47, 0), (28, 8, 7.5), white_house(height=7.5, seed=9))
    space.plane((-14.5, 46.6, 7.4), (29, 0, 0), (0, 4.5, 2.3), roof_tiles, lit=0.6)
    _arch(space)
    tree(space, (-9.5, 58), height=13, crown=9, seed=71)
    tree(space, (10.5, 57), height=12, crown=8, seed=72)
    for i in range(9):
        y = 3.2 + i * 3.5
        for side in (-1, 1):
            _stall(
                space,
                y=y + (0.9 if side > 0 else 0),
                side=side,
                kind=(i * 2 + side) % 6,
            )

    for i in range(9):
        for side in (-1, 1):
            at = (side * 2.25, 3.6 + i * 3.5 + (0.9 if side > 0 else 0), 1.95)
            space.lamp(at, reach_m=3.0, strength=0.85, bulb_m=0.07)

    def ground(x: F32, y: F32, pixel: F32) -> F32:
        colour = paving(y, x, pixel, tone="#8b8882", size=0.42)
        wet = np.clip(noise(x, y, 8.0, seed=5) * 1.8 - 0.75, 0, 1)
        colour = mix(colour, rgb("#5f6264"), wet * 0.6)
        gutter = stripe(np.abs(x) - 2.15, 0.28, pixel)
        colour = mix(colour, rgb("#55544f"), gutter * 0.8)
        leaf = (hashed(np.floor(x / 0.09), np.floor(y / 0.09)) > 0.994) & (
            np.abs(x) > 1.0
        )
        return mix(colour, rgb("#6d8a45"), leaf * np.clip(0.05 / pixel, 0, 1))

    space.ground(ground)
    backdrop = space.finish()
    actors: list[Actor] = []
    for i in range(9):
        y = 3.2 + i * 3.5
        actors.append(Person(_at_work(-4.5, y + 0.4, math.pi / 2), 80 + i, pose="work"))
        actors.append(Person(_at_work(4.5, y + 1.5, -math.pi / 2), 90 + i, pose="work"))
    for i, (x0, y0, x1, y1, start) in enumerate(
        (
            (-3.1, 16.0, 0.2, 0.0, 0.5),
            (3.1, 17.2, -0.9, 1.0, 4.0),
            (-3.0, 30.0, -0.6, 13.5, 2.0),
            (3.0, 28.0, 1.2, 12.0, 7.5),
            (3.1, 38.0, 0.4, 21.0, 9.5),
            (-3.1, 40.0, -0.8, 24.5, 5.5),
        )
    ):
        actors.append(
            Person(
                Path(((x0, y0), (x1, y0 - 1.6), (x1 * 0.7, y1)), 1.42, start=start),
                101 + i,
            )
        )
        actors.append(
            Person(
                Path(
                    ((x1 * 0.4 + 0.7, y1), (x1 * 0.5 + 0.5, y0 - 1.4), (-x0, y0)),
                    1.36,
                    start=start + 5.6,
                ),
                121 + i,
            )
        )
    for i, (x, y, heading) in enumerate(
        (
            (-1.7, 6.2, -1.5),
            (-1.6, 7.0, -1.8),
            (1.75, 8.6, 1.5),
            (-1.7, 13.5, -1.6),
            (1.7, 15.4, 1.4),
            (1.6, 20.0, 1.6),
            (-1.6, 21.2, -1.5),
            (1.65, 26.0, 1.5),
            (-1.7, 28.0, -1.5),
            (1.7, 4.6, 1.3),
        )
    ):
        actors.append(
            Person(standing(x, y, heading), 140 + i, pose="talk" if i % 2 else "work")
        )
    actors.append(Rider(Path(((0.1, 41.0), (-0.2, 24.0), (0.3, -2.0)), 3.7), 33))
    actors.append(
        Person(to_and_fro((0.3, 10.5), (-0.7, 4.8), wait=1.6), 160, vest=True)
    )
    steam = Smoke(
        backdrop,
        (2.75, 7.9, 1.35),
        rise=2.0,
        width=0.7,
        tone="#e9ecec",
        density=0.5,
        drift=-0.4,
    )
    return Stage(backdrop, actors, after=(steam,))


def _at_work(x: float, y: float, heading: float) -> Mover:
    def at(t: float) -> tuple[tuple[float, float], float, float]:
        shift = 0.35 * math.sin(2 * math.pi * t / 12 + x * 3 + y)
        return (x, y + shift), heading + 0.4 * math.sin(2 * math.pi * t / 6 + y), 0.0

    return at


def _arch(space: Space) -> None:
    stone = flat("#a9a59c", grain=0.1)
    for x in (-5.2, 4.4):
        space.box((x, 42, 0), (0.8, 0.8, 5.4), stone)
    space.box((-5.4, 41.9, 4.6), (10.8, 0.9, 1.6), _arch_board)
    space.plane((-6.2, 41.3, 6.1), (12.4, 0, 0), (0, 1.2, 0.9), roof_tiles, lit=0.6)


def _arch_board(u: F32, v: F32, pixel: F32) -> F32:
    colour = rgb("#6d241f") * np.ones((u.size, 1), np.float32)
    letters = sign("market", (u - 1.6) / 7.6, (v - 0.15) / 1.3)
    return mix(colour, rgb("#e3c479"), letters)


def _stall(space: Space, *, y: float, side: int, kind: int) -> None:
    near, far = 2.25, 4.0
    x0 = near if side > 0 else -far
    width, length = far - near, 2.5
    space.box((x0, y, 0), (width, length, 0.72), _crates(kind), top=_heap(kind))
    cloth = _AWNINGS[(kind * 5 + (2 if side > 0 else 0) + int(y)) % len(_AWNINGS)]
    low, high = 2.25, 2.85
    edge = side * 1.75
    back = side * 5.2

    def canvas(u: F32, v: F32, pixel: F32) -> F32:
        band = (np.floor(u / 0.42) % 2 == 0)[:, None]
        sag = (
            1
            + 0.16 * (noise(u, v, 5.0, seed=3) - 0.5)
            - 0.1 * np.abs(repeated(u, 1.45))
        )
        two = kind % 3 != 2
        light = rgb("#dcd6c8") if two else rgb(cloth)
        return (np.where(band, rgb(cloth), light) * sag[:, None]).astype(np.float32)

    space.plane(
        (edge, y - 0.2, low),
        (0, length + 0.45, 0),
        (back - edge, 0, high - low),
        canvas,
        lit=0.78 if side < 0 else 0.9,
    )
    space.plane(
        (edge, y - 0.2, low - 0.24),
        (0, length + 0.45, 0),
        (0, 0, 0.26),
        canvas,
        lit=0.6,
    )
    space.lit.cast(
        np.array(
            [(x, yy, low) for x in (edge, back) for yy in (y - 0.2, y + length + 0.25)]
        ),
        density=0.85,
    )
    for yy in (y - 0.12, y + length + 0.12):
        space.box(
            (side * 1.82 - 0.03, yy, 0), (0.06, 0.06, 2.2), flat("#b9bcbc"), casts=False
        )


def _crates(kind: int) -> Shader:
    base = ("#7c6a50", "#5d6f7d", "#8f8f8a")[kind % 3]

    def shader(u: F32, v: F32, pixel: F32) -> F32:
        gap = np.maximum(
            stripe(repeated(v, 0.24), 0.05, pixel),
            stripe(repeated(u, 0.62), 0.05, pixel),
        )
        each = hashed(np.floor(u / 0.62), np.floor(v / 0.24), seed=kind)
        colour = rgb(base) * (0.8 + 0.4 * each)[:, None]
        return mix(colour, rgb(base) * 0.4, gap)

    return shader


def _heap(kind: int) -> Shader:
    tones = [rgb(c) for c in _GOODS[kind % len(_GOODS)]]
    others = [rgb(c) for c in _GOODS[(kind + 2) % len(_GOODS)]]

    def shader(u: F32, v: F32, pixel: F32) -> F32:
        boxed = np.floor(v / 0.82) + 3 * np.floor(u / 0.6)
        pick = hashed(boxed, boxed * 0 + kind)
        size = np.where(pick > 0.5, 0.11, 0.07)
        a, b = np.floor(u / size), np.floor(v / size)
        each = hashed(a, b, seed=kind)
        x, y = u / size - a - 0.5, v / size - b - 0.5
        round_shade = 1.15 - 1.3 * (x * x + y * y) + 0.25 * (-x - y)
        first, second, third = (
            np.where((pick > 0.62)[:, None], o, t)
            for t, o in zip(tones, others, strict=True)
        )
        colour = np.where(
            (each > 0.66)[:, None],
            first,
            np.where((each > 0.33)[:, None], second, third),
        )
        seen = np.clip(0.08 / pixel, 0.2, 1)
        colour = colour * (1 + (round_shade - 1) * seen)[:, None]
        rim = np.maximum(
            stripe(repeated(v, 0.82), 0.06, pixel),
            stripe(repeated(u, 0.6), 0.05, pixel),
        )
        return mix(colour, rgb("#6a5a45"), rim)

    return shader
