"""Trees, bushes and other soft things of the drawn scenes, painted leaf by leaf."""

import itertools
import math

import cv2
import numpy as np

from video.scenes_eye import F32, Sprite, rgb
from video.scenes_look import look
from video.scenes_space import Space

_LEAVES = ("#3d5230", "#4c6339", "#5c7442", "#71884f", "#8a9b5d")


def _premultiplied(colour: F32, alpha: F32) -> F32:
    image = np.dstack([colour * alpha[..., None], alpha])
    return image.astype(np.float32)


def _paint_crown(
    width: int,
    height: int,
    *,
    seed: int,
    shape: float,
    tones: tuple[str, ...] = _LEAVES,
    warm: float = 0.0,
) -> tuple[F32, F32]:
    rng = np.random.default_rng(seed)
    crown = np.zeros((height, width, 4), np.float32)
    palette = [
        rgb(t) * np.array([1 - warm * 0.3, 1.0, 1 + warm], np.float32) for t in tones
    ]
    clusters = []
    for _ in range(46):
        angle = rng.uniform(0, 2 * math.pi)
        reach = math.sqrt(rng.uniform(0, 1)) * 0.78
        cx = 0.5 + 0.5 * reach * math.cos(angle)
        cy = 0.5 + 0.5 * reach * math.sin(angle) * shape
        clusters.append((cx, cy, rng.uniform(0.09, 0.17)))
    # Lower, inner clusters first; light comes from the upper left.
    clusters.sort(key=lambda c: -c[1] + rng.uniform(-0.15, 0.15))
    leaves = 130
    for cx, cy, radius in clusters:
        high = np.clip(0.85 - cy + (0.5 - cx) * 0.35, 0, 1)
        angles = rng.uniform(0, 2 * math.pi, leaves)
        reaches = rng.uniform(0, 1, leaves) ** 0.6
        xs = (cx + radius * reaches * np.cos(angles)) * width
        ys = (cy + radius * reaches * np.sin(angles) * 0.8) * height
        up = -np.sin(angles) * 0.5 - np.cos(angles) * 0.3
        levels = high * 2.6 + up * reaches * 1.6 + rng.normal(0, 0.55, leaves)
        levels = np.clip(levels + np.arange(leaves) / leaves * 0.7, 0, len(tones) - 1)
        shades = rng.uniform(0.86, 1.12, leaves)
        sizes = np.maximum(1, np.round(width * rng.uniform(0.006, 0.016, leaves)))
        turns = rng.uniform(0, 180, leaves)
        for x, y, level, shade, size, turn in zip(
            *(a.tolist() for a in (xs, ys, levels, shades, sizes, turns)), strict=True
        ):
            b, g, r = (palette[int(level)] * shade).tolist()
            axes = (int(size), max(1, round(size * 0.6)))
            cv2.ellipse(
                crown, (round(x), round(y)), axes, turn, 0, 360, (b, g, r, 1.0), -1
            )
    return crown[..., :3].copy(), crown[..., 3].copy()


def tree(
    space: Space,
    at: tuple[float, float],
    *,
    height: float,
    crown: float,
    seed: int,
    trunk: float = 0.35,
    warm: float = 0.0,
    clear: float = 0.34,
) -> None:
    """Plant a round-headed tree, such as a camphor.

    Args:
        space: Where.
        at: East and ahead.
        height: Metres to the top.
        crown: Width of the crown.
        seed: Which tree.
        trunk: Trunk's width at the foot.
        warm: Autumn, 0 to 1.
        clear: Share of the height without leaves.
    """
    picture, wide = crown_picture(
        height=height, crown=crown, seed=seed, trunk=trunk, warm=warm, clear=clear
    )
    space.sprite(Sprite(picture, (*at, 0.0), wide))
    seed = look().seeded(seed)
    space.lit.cast_crown((*at, height * 0.62), crown * 0.46, seed=seed)


def crown_picture(
    *,
    height: float,
    crown: float,
    seed: int,
    trunk: float = 0.35,
    warm: float = 0.0,
    clear: float = 0.34,
) -> tuple[F32, float]:
    """Return a tree as a picture with alpha, and its width; see `tree`."""
    seed = look().seeded(seed)
    width = 420
    total = round(width * height / crown)
    crown_px = round(total * (1 - clear) * 1.06)
    colour, alpha = _paint_crown(width, crown_px, seed=seed, shape=0.96, warm=warm)
    picture = np.zeros((total, width, 3), np.float32)
    cover = np.zeros((total, width), np.float32)
    per_m = width / crown
    rng = np.random.default_rng(seed + 100)
    bark = rgb("#5d554b")
    half = trunk * per_m / 2
    fork = round(total * (1 - clear) * 0.95)
    x = width / 2
    lean = rng.uniform(-0.04, 0.04) * width
    foot = np.array(
        [
            [x - half * 1.35, total],
            [x + half * 1.35, total],
            [x + half * 0.7 + lean, fork * 0.6],
            [x - half * 0.7 + lean, fork * 0.6],
        ]
    )
    cv2.fillPoly(picture, [foot.astype(np.int32)], (bark * 0.8).tolist())
    cv2.fillPoly(cover, [foot.astype(np.int32)], 1.0)
    lit = foot.copy()
    lit[1:3, 0] -= half * 1.0
    cv2.fillPoly(picture, [lit.astype(np.int32)], (bark * 1.12).tolist())
    for side in (-0.3, -0.15, 0.12, 0.28):
        tip = (round(x + lean + side * width), round(fork * rng.uniform(0.35, 0.55)))
        start = (round(x + lean * 0.6), round(fork + (total - fork) * 0.1))
        thick = max(2, round(half * 0.7))
        cv2.line(picture, start, tip, (bark * 0.7).tolist(), thick)
        cv2.line(cover, start, tip, 1.0, thick)
    under = cover[:crown_px] * (1 - alpha)
    picture[:crown_px] = (
        picture[:crown_px] * under[..., None] + colour * alpha[..., None]
    )
    cover[:crown_px] = np.maximum(alpha, under)
    return _premultiplied(picture, cover), crown


def willow(space: Space, at: tuple[float, float], *, height: float, seed: int) -> None:
    """Plant a willow with hanging branches."""
    width, total = 460, 460
    rng = np.random.default_rng(look().seeded(seed))
    picture = np.zeros((total, width, 4), np.float32)
    bark = (*rgb("#4f4a40").tolist(), 1.0)
    lean = rng.uniform(-30, 30)
    points = [(230, total), (230 + lean * 0.4, 330), (230 + lean, 200)]
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        cv2.line(picture, (round(ax), round(ay)), (round(bx), round(by)), bark, 15)
    top = 230 + lean
    for layer in range(3):
        for _ in range(120):
            start_x = top + rng.normal(0, 55)
            start_y = 60 + abs(start_x - top) * 0.55 + rng.uniform(-30, 45)
            reach = (start_x - top) * rng.uniform(0.5, 1.3)
            fall = rng.uniform(110, 300)
            tone = rgb(_LEAVES[1 + layer]) * rng.uniform(0.8, 1.15)
            tone = tone * np.array([0.85, 1.05, 0.98], np.float32)
            blue, green, red = tone.tolist()
            steps = int(fall / 7)
            sways = rng.normal(0, 1.6, steps).tolist()
            turns = rng.uniform(-25, 25, steps).tolist()
            for k in range(steps):
                t = k / steps
                px = start_x + reach * math.sin(t * 1.5) + sways[k]
                py = start_y - 26 * math.sin(t * 2.2) * (1 - t) + fall * t
                if py > total - 40:
                    break
                f = 1.12 - 0.4 * t
                leaf = (blue * f, green * f, red * f, 1.0)
                centre = (round(px), round(py))
                cv2.ellipse(picture, centre, (2, 5), turns[k], 0, 360, leaf, -1)
    image = _premultiplied(picture[..., :3], picture[..., 3])
    space.sprite(Sprite(image, (*at, 0.0), height * 0.98))
    space.lit.cast_crown((*at, height * 0.5), height * 0.36, seed=seed, density=0.6)


def bush(
    space: Space,
    at: tuple[float, float],
    *,
    width: float,
    height: float,
    seed: int,
    tones: tuple[str, ...] = _LEAVES,
    z: float = 0.0,
) -> None:
    """Plant a clipped or wild bush."""
    seed = look().seeded(seed)
    wide = 300
    high = max(40, round(wide * height / width))
    colour, alpha = _paint_crown(wide, high, seed=seed, shape=0.94, tones=tones)
    image = _premultiplied(colour, alpha)
    space.sprite(Sprite(image, (*at, z - height * 0.06), width))
    space.lit.cast_crown((*at, height * 0.4 + z), width * 0.45, seed=seed)


def reeds(
    space: Space,
    at: tuple[float, float],
    *,
    width: float,
    height: float,
    seed: int,
    z: float = 0.0,
) -> None:
    """Plant reeds or tall grass."""
    wide = 240
    high = round(wide * height / width)
    rng = np.random.default_rng(seed)
    picture = np.zeros((high, wide, 3), np.float32)
    cover = np.zeros((high, wide), np.float32)
    for _ in range(260):
        foot = rng.uniform(12, wide - 12)
        tip = foot + rng.normal(0, 16)
        top = high * rng.uniform(0.0, 0.55)
        tone = rgb(_LEAVES[int(rng.integers(1, 5))]) * rng.uniform(0.85, 1.2)
        tone = tone * np.array([0.9, 1, 1.08], np.float32)
        a, b = (round(foot), high), (round(tip), round(top))
        cv2.line(picture, a, b, tone.tolist(), 2)
        cv2.line(cover, a, b, 1.0, 2)
    space.sprite(Sprite(_premultiplied(picture, cover), (*at, z), width))


def pole(
    space: Space,
    at: tuple[float, float],
    *,
    height: float,
    tone: str = "#8f9496",
    lamp: bool = True,
) -> None:
    """Set up a street lamp or a plain pole."""
    high = 700
    wide = 240
    per_m = high / height
    picture = np.zeros((high, wide, 3), np.float32)
    cover = np.zeros((high, wide), np.float32)
    x = wide // 2
    half = max(2, round(0.09 * per_m))
    base = rgb(tone)
    top = round(0.35 * per_m) if lamp else 0
    for image, dark, light in (
        (picture, (base * 0.72).tolist(), (base * 1.15).tolist()),
        (cover, 1.0, 1.0),
    ):
        cv2.rectangle(image, (x - half, top), (x + half, high), dark, -1)
        cv2.rectangle(image, (x - half, top), (x, high), light, -1)
        if lamp:
            arm = round(1.1 * per_m)
            cv2.line(
                image, (x, top), (min(wide - 14, x + arm), max(4, top - 14)), dark, half
            )
            cv2.ellipse(
                image,
                (min(wide - 24, x + arm), max(6, top - 12)),
                (max(6, round(0.35 * per_m)), max(3, round(0.09 * per_m))),
                0,
                0,
                360,
                light,
                -1,
            )
    space.sprite(Sprite(_premultiplied(picture, cover), (*at, 0.0), wide / per_m))
    points = np.array(
        [(at[0] + dx, at[1], z) for dx in (-0.08, 0.08) for z in (0.0, height)]
    )
    space.lit.cast(points, density=0.9)
    if lamp:
        reach = 5.0 + height * 0.6
        hung = (at[0] + min(96, 1.1 * per_m) / per_m, at[1] - 0.2, height - 0.3)
        space.lamp(hung, reach_m=reach, strength=1.35, bulb_m=0.2)
