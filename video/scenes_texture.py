"""Surfaces of the drawn scenes: asphalt, paving, plaster, windows, tiles, water.

Each function takes metres along and up (or east and ahead) and the size of a
pixel there, and returns colours. Detail finer than a pixel fades by itself.
"""

import math
from collections.abc import Callable
from functools import lru_cache

import cv2
import numpy as np

from video.scenes_eye import F32, rgb
from video.scenes_look import look
from video.scenes_overlay import sign as lettered
from video.scenes_space import Glowing, Shader

_TILE = 512
_WASHING = ("#8b9bb0", "#d9d6cf", "#a3544e", "#5b6d86", "#c9b27d", "#6f7a6a", "#b9a3a0")


@lru_cache(maxsize=8)
def _noise_tile(seed: int) -> F32:
    rng = np.random.default_rng(seed)
    total = np.zeros((_TILE, _TILE), np.float32)
    for cells, weight in ((8, 0.3), (16, 0.25), (32, 0.18), (96, 0.15), (256, 0.12)):
        coarse = rng.random((cells, cells), dtype=np.float32)
        wrapped = np.pad(coarse, 2, mode="wrap")
        step = _TILE // cells if _TILE % cells == 0 else _TILE / cells
        side = round((cells + 4) * step)
        grown = cv2.resize(wrapped, (side, side), interpolation=cv2.INTER_CUBIC)
        cut = round(2 * step)
        total += weight * grown[cut : cut + _TILE, cut : cut + _TILE]
    total -= total.min()
    total /= total.max()
    return total.astype(np.float32)


def noise(x: F32, y: F32, period_m: float, *, seed: int = 1) -> F32:
    """Return soft noise, 0 to 1, that repeats after some metres."""
    tile = _noise_tile(seed)
    scale = np.float32(_TILE / period_m)
    ix = (x * scale).astype(np.int32) & (_TILE - 1)
    iy = (y * scale).astype(np.int32) & (_TILE - 1)
    found: F32 = tile[iy, ix]
    return found


def hashed(a: F32, b: F32, *, seed: int = 0) -> F32:
    """Return a random number, 0 to 1, for each whole-numbered cell."""
    value = np.sin(a * np.float32(12.9898) + b * np.float32(78.233) + seed * 3.7)
    result: F32 = (value * np.float32(43758.547)) % np.float32(1)
    return result


def stripe(distance: F32, width: float, pixel: F32) -> F32:
    """Return how much of a pixel a line of some width covers, by distance to it."""
    cover = np.clip((width / 2 - np.abs(distance)) / pixel + 0.5, 0, 1)
    result: F32 = np.minimum(cover, width / np.maximum(pixel, 1e-4)).astype(np.float32)
    return result


def repeated(value: F32, period: float, *, offset: float = 0.0) -> F32:
    """Return the distance to the nearest of lines that repeat."""
    shifted = (value - np.float32(offset)) / np.float32(period)
    result: F32 = (shifted - np.round(shifted)) * np.float32(period)
    return result


def mix(base: F32, over: F32, share: F32) -> F32:
    """Lay one colour over another."""
    s = share[:, None]
    result: F32 = base * (1 - s) + over * s
    return result


def flat(colour: str, *, grain: float = 0.05, seed: int = 3) -> Shader:
    """Return a plain, slightly dirty surface."""
    base = rgb(colour)

    def shader(u: F32, v: F32, pixel: F32) -> F32:
        dirt = noise(u, v, 9.0, seed=seed) - 0.5
        return base * (1 + grain * 2 * dirt)[:, None]

    return shader


def asphalt(x: F32, y: F32, pixel: F32, *, tone: str = "#6e7073") -> F32:
    """Return worn asphalt with patches, oil and cracks."""
    base = rgb(tone)
    coarse = noise(x, y, 23.0, seed=2) - 0.5
    fine = noise(x, y, 2.1, seed=4) - 0.5
    shade = 1 + 0.22 * coarse + 0.12 * fine * np.clip(0.06 / pixel, 0, 1)
    colour = base * shade[:, None]
    crack = np.abs(noise(x, y, 31.0, seed=6) - 0.5)
    return mix(colour, base * 0.72, stripe(crack * 6, 0.05, pixel) * 0.5)


def paving(
    x: F32, y: F32, pixel: F32, *, tone: str, size: float, wide: float = 2.0
) -> F32:
    """Return slabs laid in bond, each of its own shade."""
    row = np.floor(y / np.float32(size))
    shifted = x + row * np.float32(size * wide / 2)
    column = np.floor(shifted / np.float32(size * wide))
    each = hashed(row, column) - 0.5
    seen = np.clip(size / (pixel * 3), 0, 1)
    shade = 1 + 0.14 * each * seen + 0.18 * (noise(x, y, 17.0, seed=2) - 0.5)
    colour = rgb(tone) * shade[:, None]
    joint = np.maximum(
        stripe(repeated(y, size), 0.02, pixel),
        stripe(repeated(shifted, size * wide), 0.02, pixel),
    )
    return mix(colour, rgb(tone) * 0.6, joint * 0.8)


def grass(x: F32, y: F32, pixel: F32, *, tone: str = "#6d8249") -> F32:
    """Return lawn with worn and taller spots."""
    a = noise(x, y, 19.0, seed=2)
    b = noise(x, y, 3.3, seed=5)
    c = noise(x, y * 0.35, 0.9, seed=7)
    base = rgb(tone)
    dry = rgb("#8f8a5c")
    shade = 0.72 + 0.28 * a + 0.26 * b + 0.26 * (c - 0.5)
    return mix(base * shade[:, None], dry * shade[:, None], np.clip(a - 0.55, 0, 1))


def plaster(u: F32, v: F32, pixel: F32, *, tone: str, height: float) -> F32:
    """Return a rendered wall with rain streaks and a damp foot."""
    base = rgb(tone)
    blotch = noise(u, v, 13.0, seed=2) - 0.5
    streak = noise(u, v * 0.06, 5.0, seed=8)
    damp = np.clip(1 - v / 1.2, 0, 1) * (0.35 + 0.65 * noise(u, v, 4.0, seed=4))
    top = np.clip((v - (height - 1.5)) / 1.5, 0, 1) * streak
    shade = 1 + 0.08 * blotch - 0.16 * np.clip(streak - 0.5, 0, 1)
    return base * (shade - 0.18 * damp - 0.12 * top)[:, None]


def roof_tiles(u: F32, v: F32, pixel: F32, *, tone: str = "#54585c") -> F32:
    """Return rows of grey tiles running down the slope."""
    wave = np.cos(u * np.float32(2 * math.pi / 0.26))
    seen = np.clip(0.16 / pixel, 0, 1)
    course = stripe(repeated(v, 0.32), 0.04, pixel)
    patch = noise(u, v, 7.0, seed=2) - 0.5
    moss = np.clip(noise(u, v, 11.0, seed=9) - 0.62, 0, 1)
    shade = 1 + 0.24 * wave * seen - 0.2 * course + 0.35 * patch
    colour = rgb(tone) * shade[:, None]
    return mix(colour, rgb("#5d664c"), moss * 1.2)


def windows(
    *,
    wall: str,
    height: float,
    bay: float = 3.4,
    floor: float = 2.9,
    base: float = 0.0,
    base_tone: str = "#8d8a84",
    seed: int = 1,
    balcony: bool = True,
    margin: float = 0.4,
    width: float = 1.9,
) -> Shader:
    """Return the face of a housing block: bays, sills, air conditioners, bars."""
    wall, seed = look().wall(wall), look().seeded(seed)

    def glow(u: F32, v: F32, pixel: F32) -> F32:
        level = np.floor((v - base) / np.float32(floor))
        column = np.floor(u / np.float32(bay))
        x = np.abs(u - (column + 0.5) * np.float32(bay))
        y = (v - base) - level * np.float32(floor)
        top = np.float32(2.4)
        open_ = (x < width / 2) & (y > 0.95) & (y < top) & (v > base)
        open_ = open_ & (v < height - margin - 0.3)
        at_home = hashed(column * 1.7 + 3, level * 2.3, seed=seed + 11)
        kind = hashed(level * 1.3, column + 7, seed=seed + 17)
        tone = np.where(
            (kind > 0.72)[:, None],
            rgb("#dfe8ef"),
            np.where((kind > 0.2)[:, None], rgb("#ffd79a"), rgb("#f0b26a")),
        )
        strength = (0.45 + 0.5 * kind) * (0.75 + 0.25 * (y - 0.95) / 1.45)
        bar = np.maximum(stripe(x, 0.07, pixel), stripe(y - 1.5, 0.05, pixel))
        on = open_ & (at_home > 0.62)
        result: F32 = tone * (on * strength * (1 - 0.7 * bar))[:, None]
        return result.astype(np.float32)

    def shader(u: F32, v: F32, pixel: F32) -> F32:
        colour = plaster(u, v, pixel, tone=wall, height=height)
        level = np.floor((v - base) / np.float32(floor))
        column = np.floor(u / np.float32(bay))
        x = u - (column + 0.5) * np.float32(bay)
        y = (v - base) - level * np.float32(floor)
        inside = (v > base) & (v < height - margin - 0.3)
        chance = hashed(column, level, seed=seed)
        other = hashed(level, column, seed=seed + 5)
        half = width / 2
        # A line of slab at each floor, drain pipes between bays.
        slab = stripe(y, 0.12, pixel) * inside
        colour = mix(colour, rgb(wall) * 0.82, slab * 0.8)
        pipe = stripe(repeated(u, bay * 2, offset=0.0), 0.11, pixel)
        colour = mix(colour, rgb("#b9bab7"), pipe * 0.75)
        colour = mix(
            colour, rgb(wall) * 0.6, stripe(repeated(u, bay * 2) - 0.09, 0.06, pixel)
        )
        top = np.where(balcony, 2.45, 2.35)
        sill = np.where((chance < 0.45) & balcony, 0.25, 0.95)
        frame = (np.abs(x) < half) & (y > sill) & (y < top) & inside
        glass_up = np.clip((y - sill) / (top - sill), 0, 1)
        sky = noise(column * 3.1 + x * 0.2, level * 1.7 + y * 0.15, 9.0, seed=3)
        shine = 0.62 + 0.8 * glass_up * (0.4 + 0.6 * other) + 0.35 * (sky - 0.5)
        glass = rgb("#4d5a61") * shine[:, None]
        curtain = (other > 0.55) & (np.abs(x) > half * (0.95 - other))
        cloth = np.where(
            (chance * 7 % 1 > 0.5)[:, None], rgb("#a59a86"), rgb("#8d97a0")
        )
        glass = np.where(
            curtain[:, None], cloth * (0.75 + 0.2 * glass_up)[:, None], glass
        )
        # Reveal: the head of the opening throws a shade on the glass.
        glass = glass * (1 - 0.4 * np.clip(1 - (top - y) / 0.28, 0, 1))[:, None]
        colour = np.where(frame[:, None], glass, colour)
        rail = np.maximum(
            stripe(np.abs(x) - half, 0.09, pixel),
            np.maximum(
                stripe(x, 0.07, pixel), stripe(np.abs(x) - half / 2, 0.04, pixel)
            ),
        )
        rail = rail * ((y > sill) & (y < top) & inside)
        rail = np.maximum(
            rail,
            np.maximum(stripe(y - sill, 0.09, pixel), stripe(y - top, 0.07, pixel))
            * ((np.abs(x) < half + 0.05) & inside),
        )
        colour = mix(colour, rgb("#d8dad8"), rail * 0.85)
        ledge = stripe(y - sill + 0.1, 0.1, pixel) * (np.abs(x) < half + 0.12) * inside
        colour = mix(colour, rgb(wall) * 1.06, ledge)
        shade = stripe(y - sill + 0.22, 0.16, pixel) * (np.abs(x) < half + 0.1) * inside
        colour = mix(colour, rgb(wall) * 0.55, shade * 0.6)
        # Solid parapet of a balcony.
        bars = (chance < 0.45) & balcony & (y > sill) & (y < sill + 0.95) & frame
        fence = stripe(repeated(x, 0.14), 0.035, pixel) * bars
        colour = mix(colour, rgb("#c3c7c8"), fence * 0.9)
        # Air conditioners hang below some windows.
        unit = (
            (chance > 0.5)
            & (np.abs(x - 0.35) < 0.42)
            & (y > 0.12)
            & (y < 0.72)
            & inside
            & (level > 0)
        )
        fan = np.hypot(x - 0.25, y - 0.42)
        box = rgb("#cfd0cb") * (1 - 0.35 * (fan < 0.22) - 0.2 * (x > 0.6))[:, None]
        colour = np.where(unit[:, None], box, colour)
        under = (chance > 0.5) & (np.abs(x - 0.4) < 0.42) & (y > -0.05) & (y < 0.12)
        colour = mix(colour, rgb(wall) * 0.5, (under & inside & (level > 0)) * 0.5)
        # Washing on some balconies.
        wash = (chance < 0.22) & frame & (y > top - 0.95) & (y < top - 0.2)
        piece = hashed(np.floor(x / 0.34), column + level * 13, seed=seed + 2)
        cloths = np.stack([rgb(c) for c in _WASHING])
        tones = cloths[
            np.minimum(piece * len(cloths), len(cloths) - 1).astype(np.int32)
        ]
        colour = np.where((wash & (piece > 0.25))[:, None], tones * 0.85, colour)
        foot = np.clip(1 - (v - 0.9) / np.maximum(pixel, 0.02), 0, 1) * (v < 0.95)
        stone = paving(u, v, pixel, tone=base_tone, size=0.3)
        colour = mix(colour, stone, foot)
        return colour.astype(np.float32)

    return Glowing(shader, glow)


def white_house(*, height: float, seed: int = 1, shop: bool = False) -> Shader:
    """Return the face of a white Jiangnan house with dark wood openings."""
    seed = look().seeded(seed)
    tone = "#d9d8d2" if look().seed == 0 else look().wall(f"#d9d8d{seed % 10}")

    def glow(u: F32, v: F32, pixel: F32) -> F32:
        column = np.floor(u / 3.0)
        x = u - (column + 0.5) * np.float32(3.0)
        chance = hashed(column, column * 0 + 5, seed=seed + 3)
        on: F32 = np.zeros(u.shape, np.float32)
        for low, high, half in ((1.0, 2.4, 0.7), (3.6, 5.0, 0.75)):
            if high < height - 0.2 and not (shop and low < 3):
                inside = (np.abs(x) < half) & (v > low) & (v < high)
                on = np.maximum(on, inside * (chance * (low + 1.3) % 1.0 > 0.5) * 0.62)
        lattice = np.maximum(
            stripe(repeated(x, 0.25), 0.05, pixel),
            stripe(repeated(v, 0.3), 0.05, pixel),
        )
        on = on * (1 - 0.75 * lattice)
        if shop:
            inside = (np.abs(x) < 1.32) & (v < 2.6) & (chance > 0.25)
            on = np.maximum(on, inside * (0.3 + 0.5 * np.clip(v / 2.6, 0, 1)))
        result: F32 = rgb("#ffc883") * on[:, None]
        return result.astype(np.float32)

    def shader(u: F32, v: F32, pixel: F32) -> F32:
        colour = plaster(u, v, pixel, tone=tone, height=height)
        grime = np.clip(noise(u, v * 0.2, 6.0, seed=8) - 0.45, 0, 1)
        colour = mix(colour, rgb("#8f908c"), grime * 0.9)
        column = np.floor(u / 3.0)
        x = u - (column + 0.5) * np.float32(3.0)
        chance = hashed(column, column * 0, seed=seed)
        for low, high, half in ((3.6, 5.0, 0.75), (1.0, 2.4, 0.7)):
            if high > height - 0.2 or (shop and low < 3):
                continue
            opening = (np.abs(x) < half) & (v > low) & (v < high)
            dark = rgb("#39322c") * (0.8 + 0.5 * chance)[:, None]
            lattice = np.maximum(
                stripe(repeated(x, 0.25), 0.05, pixel),
                stripe(repeated(v, 0.3), 0.05, pixel),
            )
            wood = mix(dark, rgb("#6b5240"), lattice * 0.8)
            colour = np.where(opening[:, None], wood, colour)
            head = stripe(v - high - 0.1, 0.14, pixel) * (np.abs(x) < half + 0.2)
            colour = mix(colour, rgb("#5b5f61"), head)
        if shop:
            opening = (np.abs(x) < 1.32) & (v < 2.6)
            depth = np.clip(v / 2.6, 0, 1)
            dark = rgb("#3b332c") * (0.6 + 0.7 * depth)[:, None]
            goods = hashed(
                np.floor(x / 0.3), np.floor(v / 0.28) + column * 5, seed=seed
            )
            cloths = np.stack([rgb(c) for c in _WASHING])
            tint = cloths[(goods * 6.99).astype(np.int32)]
            shelf = (v > 0.3) & (v < 1.9) & (goods > 0.4)
            dark = np.where(shelf[:, None], tint * 0.5, dark)
            colour = np.where(opening[:, None], dark, colour)
            sign = (v > 2.65) & (v < 3.35) & (np.abs(x) < 1.4)
            board = np.where(
                (chance > 0.66)[:, None],
                rgb("#8c3b30"),
                np.where((chance > 0.33)[:, None], rgb("#3f5a52"), rgb("#5b4632")),
            ) * np.ones((u.size, 1), np.float32)
            names = ("shop-1", "shop-2", "shop-3", "shop-4", "shop-5")
            for k, name in enumerate(names):
                mine = sign & ((column.astype(np.int32) + seed) % 5 == k)
                if mine.any():
                    letters = lettered(name, (x + 1.15) / 2.3, (v - 2.7) / 0.6) * mine
                    board = mix(board, rgb("#e6dcbc"), letters)
            colour = np.where(sign[:, None], board, colour)
            colour = mix(colour, rgb("#2c2724"), stripe(v - 2.62, 0.1, pixel) * 0.7)
        return colour.astype(np.float32)

    return Glowing(shader, glow)


def lane_paint(
    road: Callable[[F32, F32, F32], F32], marks: Callable[[F32, F32, F32], F32]
) -> Shader:
    """Return a road with worn white paint where the marks say."""

    def shader(x: F32, y: F32, pixel: F32) -> F32:
        colour = road(x, y, pixel)
        worn = 0.55 + 0.45 * np.clip(noise(x, y, 2.7, seed=6) * 2 - 0.35, 0, 1)
        return mix(colour, rgb("#d5d6d2"), marks(x, y, pixel) * worn)

    return shader
