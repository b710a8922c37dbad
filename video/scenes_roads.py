"""Drawn scenes along roads: the gate of a housing estate, a crossing."""

import numpy as np

from video.scenes import Stage
from video.scenes_eye import F32, rgb
from video.scenes_look import look
from video.scenes_overlay import sign
from video.scenes_painter import Actor, Path, standing, to_and_fro
from video.scenes_people import Person, Rider
from video.scenes_space import Glowing, Space
from video.scenes_sprites import bush, pole, tree
from video.scenes_texture import (
    asphalt,
    flat,
    grass,
    lane_paint,
    mix,
    noise,
    paving,
    repeated,
    roof_tiles,
    stripe,
    windows,
)
from video.scenes_vehicles import BUS, SUV, VAN, Vehicle


def street(size: tuple[int, int]) -> Stage:
    """Build the north gate of 桃源新邨, seen from across the street."""
    eye = look().eye((-6.0, -3.0, 6.2), yaw=14, pitch=15.5, fov=74, size=size)
    space = Space(eye, sun=(-0.55, -0.42, 0.72), bounds=(-50.0, -10.0, 60.0, 90.0))
    space.sky("#d3d9db", "#aebccb")
    for x, y, w, h, wall, seed in (
        (-44, 41, 30, 18.5, "#cdbfa6", 3),
        (11.5, 36, 28, 18.5, "#d0c3ac", 8),
        (-40, 66, 34, 18.5, "#c9c3b6", 12),
        (8, 62, 36, 18.5, "#cbb9a4", 17),
    ):
        space.box(
            (x, y, 0.0),
            (w, 11.0, h),
            windows(wall=wall, height=h, seed=seed),
            top=flat("#8f8b86"),
        )
        space.box((x - 0.3, y - 0.3, h), (w + 0.6, 11.6, 0.7), flat("#a59c92"))
    for x0, x1 in ((-46.0, -8.6), (9.6, 46.0)):
        space.box((x0, 21.6, 0), (x1 - x0, 0.3, 2.1), _estate_wall, top=flat("#5a5d60"))
        space.box((x0 - 0.1, 21.5, 2.1), (x1 - x0 + 0.2, 0.5, 0.22), roof_tiles)
    _gate(space)
    for x, seed in ((-33, 4), (-24, 5), (-15.5, 6), (17, 8), (27, 9), (37, 10)):
        tree(space, (x, 18.9), height=7.4 + seed % 3 * 0.5, crown=5.8, seed=seed)
    for x, y, seed in ((-17, 31, 21), (-30, 33, 22), (13.5, 29, 23), (24, 31, 24)):
        tree(space, (x, y), height=6.2, crown=5.2, seed=seed, warm=0.12)
    for x, seed in ((-12.5, 31), (-10.4, 32), (11.8, 33), (14.2, 34)):
        bush(space, (x, 21.0), width=2.3, height=1.0, seed=seed)
    for x in (-21.0, 12.4, 31.0):
        pole(space, (x, 17.6), height=7.5)

    def marks(x: F32, y: F32, pixel: F32) -> F32:
        dash = (np.abs(repeated(x, 6.0)) < 1.5).astype(np.float32)
        middle = stripe(y - 12.6, 0.14, pixel) * dash
        edges = np.maximum(stripe(y - 8.6, 0.14, pixel), stripe(y - 16.5, 0.14, pixel))
        gate = ((y < 16.5) | (np.abs(x) > 6.4)).astype(np.float32)
        box = np.maximum(
            stripe(repeated(x + y, 1.1), 0.12, pixel),
            stripe(repeated(x - y, 1.1), 0.12, pixel),
        )
        inside = ((np.abs(x) < 4.6) & (y > 12.9) & (y < 16.2)).astype(np.float32)
        paint: F32 = np.maximum(np.maximum(middle, edges * gate), box * inside * 0.75)
        return paint

    road = lane_paint(asphalt, marks)

    def ground(x: F32, y: F32, pixel: F32) -> F32:
        colour = road(x, y, pixel)
        walk = ((y < 8.0) | (y > 17.1)) & (y < 21.6) & ((np.abs(x) > 5.8) | (y < 10))
        slabs = paving(x, y, pixel, tone="#a39e95", size=0.4)
        blind = (np.abs(y - 19.9) < 0.2) | (np.abs(y - 7.0) < 0.2)
        slabs = mix(slabs, rgb("#b59f63") * 0.95, blind.astype(np.float32) * 0.75)
        colour = np.where(walk[:, None], slabs, colour)
        kerb = np.maximum(
            stripe(y - 8.0, 0.2, pixel),
            stripe(y - 17.1, 0.2, pixel) * (np.abs(x) > 5.6),
        )
        colour = mix(colour, rgb("#b6b4ae"), kerb)
        court = (y > 21.6) & (np.abs(x) > 5.2)
        lawn = court & (noise(x, y, 60.0, seed=3) > 0.3) & (y < 34)
        colour = np.where(
            court[:, None], paving(x, y, pixel, tone="#8f8c86", size=0.5), colour
        )
        return np.where(lawn[:, None], grass(x, y, pixel), colour).astype(np.float32)

    space.ground(ground)
    actors: list[Actor] = [
        Vehicle(Path(((-46.0, 10.5), (56.0, 10.5)), 8.5, start=0.4), "#b9bdc0"),
        Vehicle(Path(((-46.0, 10.6), (56.0, 10.6)), 8.5, start=6.1), "#f0f0ec", SUV),
        Vehicle(
            Path(((58.0, 14.7), (-50.0, 14.7)), 9.0, start=3.0),
            "#23272d",
            SUV,
            electric=True,
        ),
        Vehicle(Path(((58.0, 14.6), (-50.0, 14.6)), 9.0, start=8.4), "#7b2d2c"),
        Rider(Path(((-46.0, 9.2), (56.0, 9.2)), 5.6, start=1.5), 4),
        Rider(Path(((-46.0, 9.0), (56.0, 9.0)), 5.3, start=8.0), 9),
        Rider(Path(((58.0, 16.0), (-50.0, 16.0)), 5.5, start=6.0), 15),
        Rider(
            Path(((1.4, 44.0), (1.3, 17.5), (3.2, 12.2), (40.0, 9.4)), 5.2, start=2.2),
            3,
        ),
        Person(to_and_fro((-9.5, 19.6), (-1.0, 19.2), wait=1.2), 5),
        Person(Path(((-20.0, 19.4), (-2.0, 19.4)), 1.45, start=4.0), 12),
        Person(Path(((19.5, 18.4), (3.0, 18.4)), 1.4, start=1.0), 18),
        Person(Path(((2.0, 38.0), (2.4, 21.0)), 1.42, start=7.0), 22),
        Person(Path(((-6.0, 6.2), (12.0, 6.4)), 1.5, start=5.0), 31),
        Person(standing(-4.9, 20.4, 2.3), 41, pose="stand"),
        Person(standing(6.6, 19.5, -1.2), 46, pose="talk"),
        Person(standing(7.5, 19.6, 1.7), 52, pose="talk", vest=True),
    ]
    still: list[Actor] = [
        Vehicle(standing(-7.4, 33.0, 0.05), "#3c5068"),
        Vehicle(standing(7.2, 30.0, np.pi), "#d9d9d5", SUV),
        Vehicle(standing(7.3, 36.0, np.pi), "#8f9498", electric=True),
        Vehicle(standing(-7.5, 40.0, 0.0), "#e8e6e0", VAN),
        *(
            Rider(
                standing(9.9 + 0.72 * i, 20.7, 2.9 + 0.1 * (i % 3)), 20 + i, parked=True
            )
            for i in range(6)
        ),
    ]
    return Stage(space.finish(), actors, still)


def _estate_wall(u: F32, v: F32, pixel: F32) -> F32:
    base = rgb("#d7d2c6") * (1 + 0.14 * (noise(u, v, 11.0, seed=2) - 0.5))[:, None]
    panel = repeated(u, 3.0)
    opening = (np.abs(panel) < 1.15) & (v > 0.75) & (v < 1.85)
    bars = stripe(repeated(u, 0.16), 0.035, pixel)
    behind = mix(rgb("#4d5a3f") * np.ones_like(base), rgb("#2f3235"), bars * 0.8)
    base = np.where(opening[:, None], behind, base)
    foot = np.clip(1 - v / 0.5, 0, 1) * 0.25
    return (base * (1 - foot)[:, None]).astype(np.float32)


def _gate(space: Space) -> None:
    stone = flat("#b2aca2", grain=0.08)
    for x in (-6.6, 5.2):
        space.box((x, 21.2, 0), (1.4, 1.2, 5.2), stone)
        space.box((x - 0.2, 21.0, 5.2), (1.8, 1.6, 0.3), flat("#7d7a75"))
    space.box((-7.6, 21.1, 5.5), (15.2, 1.4, 1.5), Glowing(_gate_sign, _gate_glow))
    space.box((-8.1, 20.8, 7.0), (16.2, 2.0, 0.3), roof_tiles)
    booth = Glowing(_booth, _booth_glow)
    space.box((-2.0, 21.0, 0), (2.1, 2.0, 2.5), booth, top=flat("#d8d8d6"))
    space.box((-2.2, 20.8, 2.5), (2.5, 2.4, 0.18), flat("#c9cbcc"))
    for x in (-5.0, 4.0):
        space.lamp((x, 20.6, 5.2), reach_m=4.5, strength=0.7, bulb_m=0.1)
    space.lamp((-1.0, 20.4, 2.2), reach_m=3.0, strength=0.6, bulb_m=0.0)
    for x in (-16.0, 4.0, 24.0):  # along the near pavement, behind the camera
        space.lamp((x, 5.0, 7.3), reach_m=9.0, strength=1.1)
    for x0, x1 in ((-5.2, -2.1), (0.4, 4.7)):
        space.box((x0, 21.5, 0.95), (x1 - x0, 0.08, 0.1), _barrier, casts=False)
    for x in (0.2, -2.3):
        space.box((x, 21.35, 0), (0.3, 0.3, 1.1), flat("#c58a2b"))


def _gate_sign(u: F32, v: F32, pixel: F32) -> F32:
    colour = np.broadcast_to(rgb("#8d8a86"), (u.size, 3)).copy()
    board = (u > 3.2) & (u < 12.0) & (v > 0.22) & (v < 1.28)
    colour = np.where(board[:, None], rgb("#5c2420"), colour)
    letters = sign("gate", (u - 4.9) / 5.4, (v - 0.2) / 1.1) * board
    return mix(colour, rgb("#dcb765"), letters)


def _gate_glow(u: F32, v: F32, pixel: F32) -> F32:
    board = (u > 3.2) & (u < 12.0) & (v > 0.22) & (v < 1.28)
    letters = sign("gate", (u - 4.9) / 5.4, (v - 0.2) / 1.1) * board
    glow: F32 = rgb("#ffcf70") * (0.95 * letters)[:, None]
    return glow


def _booth_glow(u: F32, v: F32, pixel: F32) -> F32:
    glass = (np.abs(repeated(u, 1.0, offset=0.5)) < 0.42) & (v > 0.95) & (v < 2.2)
    glow: F32 = rgb("#e8eef0") * (0.75 * glass)[:, None]
    return glow


def _booth(u: F32, v: F32, pixel: F32) -> F32:
    colour = np.broadcast_to(rgb("#c6c9ca"), (u.size, 3)).copy()
    glass = (np.abs(repeated(u, 1.0, offset=0.5)) < 0.42) & (v > 0.95) & (v < 2.2)
    shine = 0.75 + 0.5 * np.clip((v - 0.9) / 1.3, 0, 1)
    colour = np.where(glass[:, None], rgb("#56646c") * shine[:, None], colour)
    return mix(colour, rgb("#2f5c93"), ((v < 0.85) & (v > 0.6)).astype(np.float32))


def _barrier(u: F32, v: F32, pixel: F32) -> F32:
    red = (np.floor(u / 0.5) % 2 == 0)[:, None]
    return np.where(red, rgb("#b23a33"), rgb("#e2e0da")).astype(np.float32)


def crossing(size: tuple[int, int]) -> Stage:
    """Build a crossing with signals, shops and zebra stripes."""
    eye = look().eye((1.0, -5.5, 7.2), yaw=-7, pitch=17.5, fov=76, size=size)
    space = Space(eye, sun=(0.5, -0.5, 0.75), bounds=(-55.0, -10.0, 55.0, 95.0))
    space.sky("#d6dadb", "#b6c2cc")
    for x, y, w, h, seed in ((-50.0, 27.0, 39, 6.6, 2), (12.5, 27, 40, 6.6, 5)):
        space.box((x, y, 0), (w, 10, h), _shop_row(h, seed), top=flat("#85817c"))
        space.box((x - 0.2, y - 0.5, h), (w + 0.4, 10.8, 0.5), flat("#6e6c69"))
    for x, y, w, h, wall, seed in (
        (-52.0, 42.0, 40, 17.0, "#c6bfae", 4),
        (14, 44, 44, 19.5, "#c9b69d", 9),
        (-20.0, 92.0, 52, 26.0, "#b9bcbd", 13),
    ):
        space.box((x, y, 0), (w, 12, h), windows(wall=wall, height=h, seed=seed))
    for x, y, seed in (
        (-14.0, 25.2, 41),
        (-22, 25.4, 42),
        (-31, 25.2, 43),
        (16.5, 25.3, 44),
        (26, 25.2, 45),
        (35, 25.4, 46),
        (-8.6, 38, 47),
        (8.8, 38, 48),
        (-8.6, 52, 49),
        (8.8, 52, 50),
        (-8.6, 66, 51),
        (8.8, 66, 52),
    ):
        tree(space, (x, y), height=6.6 + seed % 3 * 0.4, crown=5.0, seed=seed)
    for x in (-8.6, 8.6):
        pole(space, (x, 23.9), height=6.2, lamp=False)
        space.box(
            (min(x, x * 0.35), 23.9, 5.7), (abs(x) * 0.65, 0.14, 0.14), flat("#8b9092")
        )
        _signal(space, (x * 0.42, 23.75, 5.25), "red")
    for x in (-20.0, 22.0):
        pole(space, (x, 24.3), height=8.0)
    for x in (-16.0, -4.0, 6.0, 18.0, 30.0, -30.0):
        space.lamp((x, 25.0, 2.4), reach_m=4.0, strength=0.5, bulb_m=0.0)
    for x, y in ((-8.0, 6.0), (9.0, 6.0)):  # of the street behind the camera
        space.lamp((x, y, 7.5), reach_m=10.0, strength=1.2)
    for x in (-8.6, 8.6):
        for y in (34.0, 56.0):
            space.lamp((x, y, 7.0), reach_m=9.0, strength=1.1)
    pole(space, (-9.0, 6.6), height=4.0, lamp=False)
    _signal(space, (-9.0, 6.5, 3.6), "green")

    def marks(x: F32, y: F32, pixel: F32) -> F32:
        def bars(value: F32, across: F32, low: float, high: float, reach: float) -> F32:
            inside = (value > low) & (value < high) & (np.abs(across) < reach)
            return stripe(repeated(across, 1.0), 0.48, pixel) * inside

        near = bars(y, x, 5.6, 8.6, 6.3)
        far = bars(y, x, 24.6, 27.4, 6.3) * (np.abs(x) < 6.3)
        left = bars(-x, y - 16, 8.2, 11.2, 6.4)
        right = bars(x, y - 16, 8.2, 11.2, 6.4)
        zebra = np.maximum(np.maximum(near, far), np.maximum(left, right))
        stop = np.maximum(
            stripe(y - 28.6, 0.3, pixel) * ((x < -0.1) & (x > -6.4)),
            stripe(x - 12.4, 0.3, pixel) * ((y > 16.1) & (y < 22.3)),
        )
        stop = np.maximum(stop, stripe(x + 12.4, 0.3, pixel) * ((y < 15.9) & (y > 9.7)))
        outside = np.abs(x) > 12.5
        dash = np.abs(repeated(x, 6.0)) < 1.6
        lanes = stripe(y - 16, 0.12, pixel) * outside
        lanes = np.maximum(
            lanes, stripe(np.abs(y - 16) - 3.2, 0.12, pixel) * outside * dash
        )
        far_lane = stripe(x, 0.14, pixel) * (y > 28.6)
        dash_y = np.abs(repeated(y, 6.0)) < 1.6
        far_lane = np.maximum(
            far_lane, stripe(np.abs(x) - 3.2, 0.12, pixel) * ((y > 28.6) & dash_y)
        )
        paint: F32 = np.maximum(np.maximum(zebra, stop), np.maximum(lanes, far_lane))
        return paint

    road = lane_paint(asphalt, marks)

    def ground(x: F32, y: F32, pixel: F32) -> F32:
        colour = road(x, y, pixel)
        corner = np.hypot(np.maximum(0, 10.0 - np.abs(x)), np.maximum(0, y * 0 + 0))
        off = (np.abs(x) > 6.6) & ((y > 22.9) | (y < 9.1))
        rounded = (np.abs(x) < 9.0) & (
            (np.abs(y - 22.9) < 2.4) | (np.abs(y - 9.1) < 2.4)
        )
        inner = np.hypot(
            np.abs(x) - 9.0, np.maximum(0, np.where(y > 16, 25.3 - y, y - 6.7))
        )
        walk = off & (~rounded | (inner < 2.4)) & (corner >= 0)
        slabs = paving(x, y, pixel, tone="#9d9891", size=0.35)
        blind = ((np.abs(y - 24.6) < 0.2) | (np.abs(y - 7.2) < 0.2)) & (np.abs(x) > 8.6)
        slabs = mix(slabs, rgb("#b29a58"), blind.astype(np.float32) * 0.75)
        colour = np.where(walk[:, None], slabs, colour)
        kerb = stripe(np.abs(x) - 6.6, 0.2, pixel) * ((y > 25.3) | (y < 6.7))
        kerb = np.maximum(
            kerb, stripe(np.abs(y - 16) - 6.9, 0.2, pixel) * (np.abs(x) > 9.0)
        )
        colour = mix(colour, rgb("#b8b6b0"), kerb)
        bed = (np.abs(np.abs(x) - 8.6) < 1.0) & (y > 30)
        return np.where(bed[:, None], grass(x, y, pixel), colour).astype(np.float32)

    space.ground(ground)
    actors: list[Actor] = [
        Vehicle(
            Path(((-52.0, 14.4), (56.0, 14.4)), 9.0, start=0.0),
            "#e9e8e4",
            SUV,
            electric=True,
        ),
        Vehicle(Path(((-52.0, 14.3), (56.0, 14.3)), 9.0, start=2.6), "#2b3036"),
        Vehicle(Path(((-52.0, 11.4), (56.0, 11.4)), 8.6, start=6.8), "#7f868b"),
        Vehicle(Path(((56.0, 17.7), (-54.0, 17.7)), 9.4, start=1.5), "#8c2f2d"),
        Vehicle(
            Path(((58.0, 20.6), (-58.0, 20.6)), 7.8, start=5.0),
            "#dfe5e4",
            BUS,
            stripe="#2f7a5c",
        ),
        Vehicle(
            Path(((56.0, 17.6), (-54.0, 17.6)), 9.4, start=9.2),
            "#48617c",
            electric=True,
        ),
        Rider(Path(((-50.0, 10.2), (50.0, 10.2)), 5.6, start=3.5), 2),
        Rider(Path(((-50.0, 10.0), (50.0, 10.0)), 5.2, start=9.0), 7),
        Rider(Path(((50.0, 21.9), (-50.0, 21.9)), 5.4, start=0.8), 13),
        Rider(Path(((50.0, 22.0), (-50.0, 22.0)), 5.7, start=7.0), 17),
        Person(Path(((-10.0, 7.3), (9.4, 7.0)), 1.68, start=1.0), 3),
        Person(Path(((-10.0, 6.3), (9.4, 6.6)), 1.62, start=1.6), 8),
        Person(Path(((10.0, 7.9), (-9.6, 7.8)), 1.66, start=4.2), 14),
        Person(Path(((10.0, 6.8), (-9.6, 6.4)), 1.7, start=8.0), 21),
        Person(to_and_fro((13.0, 24.4), (20.0, 24.5)), 26),
        Person(Path(((-30.0, 25.9), (-14.0, 25.9)), 1.4, start=2.0), 33),
        Person(standing(-8.0, 24.6, 3.0), 36, pose="stand"),
        Person(standing(-7.5, 25.1, 3.2), 37, pose="phone"),
        Person(standing(7.8, 24.9, -2.9), 43, pose="stand"),
        Person(standing(17.5, 26.4, 2.8), 47, pose="talk"),
        Person(standing(18.4, 26.2, -2.2), 48, pose="talk"),
    ]
    still: list[Actor] = [
        Vehicle(standing(-1.7, 31.5, np.pi), "#d5d6d4"),
        Vehicle(standing(-4.9, 31.6, np.pi), "#39485a", SUV),
        Vehicle(standing(-1.8, 37.3, np.pi), "#b79a5b", VAN),
        Vehicle(standing(-5.0, 37.4, np.pi), "#6f2b2b"),
        *(
            Rider(
                standing(-19.5 + 0.75 * i, 26.2, 3.0 + 0.12 * (i % 2)),
                60 + i,
                parked=True,
            )
            for i in range(7)
        ),
        *(
            Rider(standing(21.0 + 0.75 * i, 26.2, 3.1), 70 + i, parked=True)
            for i in range(5)
        ),
    ]
    return Stage(space.finish(), actors, still)


def _signal(space: Space, at: tuple[float, float, float], lit: str) -> None:
    def face(u: F32, v: F32, pixel: F32) -> F32:
        colour = np.broadcast_to(rgb("#1c1e20"), (u.size, 3)).copy()
        lamps = (
            ("red", 1.15, "#ff5a4a"),
            ("amber", 0.7, "#ffc04a"),
            ("green", 0.25, "#4dffb0"),
        )
        for name, height, tone in lamps:
            disc = np.hypot(u - 0.25, v - height) < 0.17
            bright = rgb(tone) * (1.15 if name == lit else 0.18)
            colour = np.where(disc[:, None], bright, colour)
        return colour.astype(np.float32)

    def glow(u: F32, v: F32, pixel: F32) -> F32:
        dark = rgb("#1c1e20") * np.float32(0.4)
        shining: F32 = np.maximum(face(u, v, pixel) - dark, 0)
        return shining

    x, y, z = at
    lit_face = Glowing(face, glow)
    space.box((x - 0.25, y, z - 0.7), (0.5, 0.3, 1.4), lit_face, casts=False)


def _shop_row(height: float, seed: int):  # type: ignore[no-untyped-def]
    upper = windows(
        wall="#c9c4b8",
        height=height,
        base=3.6,
        bay=2.6,
        width=1.5,
        floor=2.8,
        balcony=False,
        seed=seed,
    )
    names = ("shop-6", "shop-5", "shop-1", "shop-2", "shop-4", "shop-3")
    boards = ("#8e2f2a", "#2e5b4c", "#27466f", "#a5702a", "#5c3a2c", "#4a4d52")

    def shader(u: F32, v: F32, pixel: F32) -> F32:
        colour = upper(u, v, pixel)
        number = np.floor(u / 5.2).astype(np.int32)
        x = u - number * np.float32(5.2)
        open_front = (v < 2.7) & (x > 0.35) & (x < 4.85)
        shine = 0.6 + 0.5 * noise(u, v, 5.0, seed=7)
        glass = rgb("#3c4448") * shine[:, None]
        lamp = np.exp(-((v - 2.3) ** 2) * 6) * (0.5 + 0.5 * np.cos(x * 4))
        glass = glass + rgb("#fff0c8") * (0.25 * np.clip(lamp, 0, 1))[:, None]
        frame = np.maximum(
            stripe(repeated(x, 1.5, offset=0.35), 0.08, pixel),
            stripe(v - 2.0, 0.07, pixel),
        )
        glass = mix(glass, rgb("#b6babb"), frame)
        colour = np.where(
            (v < 3.6)[:, None],
            rgb("#aaa69d") * np.ones((u.size, 1), np.float32),
            colour,
        )
        colour = np.where(open_front[:, None], glass, colour)
        board = (v > 2.75) & (v < 3.55) & (x > 0.15) & (x < 5.05)
        for k, (name, tone) in enumerate(zip(names, boards, strict=True)):
            mine = board & ((number + seed) % 6 == k)
            if not mine.any():
                continue
            letters = sign(name, (x - 1.2) / 2.8, (v - 2.82) / 0.66)
            painted = mix(
                rgb(tone) * np.ones((u.size, 1), np.float32), rgb("#f1e6c6"), letters
            )
            colour = np.where(mine[:, None], painted, colour)
        return colour.astype(np.float32)

    def glow(u: F32, v: F32, pixel: F32) -> F32:
        number = np.floor(u / 5.2).astype(np.int32)
        x = u - number * np.float32(5.2)
        open_now = (number * 7 + seed) % 4 != 0
        front = (v < 2.7) & (x > 0.35) & (x < 4.85) & open_now
        light = 0.45 + 0.5 * np.clip(v / 2.7, 0, 1) * noise(u, v, 3.0, seed=7)
        own: F32 = rgb("#fff0d0") * (front * light)[:, None]
        board = (v > 2.75) & (v < 3.55) & (x > 0.15) & (x < 5.05) & open_now
        own = own + shader(u, v, pixel) * (board * np.float32(0.8))[:, None]
        if isinstance(upper, Glowing):
            own = np.where((v > 3.6)[:, None], upper.glow(u, v, pixel), own)
        return own.astype(np.float32)

    return Glowing(shader, glow)
