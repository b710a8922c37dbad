"""The surfaces of the driven scene: house fronts, the street, trees, drawn once.

One block of a lattice, the same from each of its four sides.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from video.scenes_eye import F32, Eye, Image, rgb
from video.scenes_look import Lamp, lamplight, look
from video.scenes_overlay import sign
from video.scenes_space import Glowing, Shader
from video.scenes_sprites import crown_picture
from video.scenes_texture import (
    asphalt,
    grass,
    mix,
    noise,
    paving,
    repeated,
    stripe,
    windows,
)

BLOCK = 54.0  # from house front to house front
PITCH = 72.0  # from block to block
_PIECE = 9.0
_HIGH = 13.0
_PX_PER_M = 30
_GROUND_PX_PER_M = 24
_NAMES = ("shop-6", "shop-1", "shop-3", "shop-2", "shop-5", "shop-4")
_BOARDS = ("#8e2f2a", "#2e5b4c", "#27466f", "#a5702a", "#5c3a2c", "#4a4d52")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of house front.

    Attributes:
        corners: Four points, from the lower left as one stands before it.
        kind: Which picture it carries.
    """

    corners: tuple[tuple[float, float, float], ...]
    kind: int

    def depth(self, eye: Eye) -> float:
        """Return how far ahead its middle lies."""
        (ax, ay, _), (bx, by, _) = self.corners[0], self.corners[1]
        return eye.depth_of(((ax + bx) / 2, (ay + by) / 2, 0.0))

    def seen(self, eye: Eye, reach: float) -> bool:
        """Return whether it faces the camera and lies before it."""
        (ax, ay, _), (bx, by, _) = self.corners[0], self.corners[1]
        near, far = eye.spot((ax, ay, 2.0)), eye.spot((bx, by, 2.0))
        if min(near[2], far[2]) < 0.6 or min(near[2], far[2]) > reach:
            return False
        if max(near[0], far[0]) < 0 or min(near[0], far[0]) > eye.size[0]:
            return False
        outward = (by - ay, ax - bx)
        facing = outward[0] * (eye.at[0] - ax) + outward[1] * (eye.at[1] - ay)
        return bool(facing > 0)


class Textures:
    """Everything that does not move, for one look.

    Thread: one at a time.
    """

    def __init__(self) -> None:
        self._night = look().night
        self.lamps = _lamps() if self._night else []
        self._fronts = [self._levels(kind) for kind in range(6)]
        self._street, self._albedo = _street(self._night, self.lamps)
        self.pieces = _pieces()
        self.trees = [
            (x + bx * PITCH, y + by * PITCH, kind)
            for bx in range(-3, 4)
            for by in range(-3, 4)
            for x, y, kind in _block_trees()
        ]

    def _levels(self, kind: int) -> list[Image]:
        """Return a front's picture and its halves, for what is far."""
        picture = _front(kind, self._night)
        levels = [picture]
        while levels[-1].shape[0] > 40:
            levels.append(cv2.pyrDown(levels[-1]))
        return levels

    def paint(
        self, picture: Image, piece: Piece, eye: Eye, veil: tuple[float, F32]
    ) -> None:
        """Draw a front."""
        pixels, depths = eye.project(np.array(piece.corners))
        if np.any(depths < 0.5):
            return
        width, height = eye.size
        x0, y0 = np.maximum(np.floor(pixels.min(axis=0)).astype(int), 0)
        x1 = min(width, math.ceil(pixels[:, 0].max()) + 1)
        y1 = min(height, math.ceil(pixels[:, 1].max()) + 1)
        if x0 >= x1 or y0 >= y1:
            return
        wide = abs(float(pixels[1, 0] - pixels[0, 0]))
        high = abs(float(pixels[3, 1] - pixels[0, 1]))
        levels = self._fronts[piece.kind]
        least = min(
            levels[0].shape[1] / max(wide, 1), levels[0].shape[0] / max(high, 1)
        )
        level = min(len(levels) - 1, max(0, round(math.log2(max(1.0, least)))))
        front = levels[level]
        h, w = front.shape[:2]
        share, haze = veil
        if share > 0.02:
            front = cv2.addWeighted(
                front,
                1 - share,
                np.full_like(front, 0) + haze.astype(np.uint8),
                share,
                0,
            )
        source = np.array([(0, h), (w, h), (w, 0), (0, 0)], np.float32)
        target = (pixels - (x0, y0)).astype(np.float32)
        matrix = cv2.getPerspectiveTransform(source, target)
        region = np.ascontiguousarray(picture[y0:y1, x0:x1])
        cv2.warpPerspective(
            front,
            matrix,
            (int(x1 - x0), int(y1 - y0)),
            dst=region,
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_TRANSPARENT,
        )
        picture[y0:y1, x0:x1] = region

    def ground(self, east: F32, ahead: F32, depth: F32) -> tuple[F32, Image | None]:
        """Return the street at positions, and at night what full light would show."""
        scale = np.float32(_GROUND_PX_PER_M)
        column = (east + np.float32(PITCH / 2)) % np.float32(PITCH) * scale
        row = (ahead + np.float32(PITCH / 2)) % np.float32(PITCH) * scale
        near = _sampled(self._street[0], column, row)
        blur = np.clip((depth - 12) / 30, 0, 1)[..., None]
        far = _sampled(self._street[1], column / 8, row / 8)
        seen: F32 = near + (far - near.astype(np.float32)) * blur
        if self._albedo is None:
            return seen, None
        return seen, _sampled(self._albedo, column / 4, row / 4)


def _sampled(texture: Image, column: F32, row: F32) -> Image:
    found: Image = cv2.remap(
        texture,
        column.astype(np.float32),
        row.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_WRAP,
    )
    return found


def _shaded(shader: Shader, width: float, height: float, per_m: float) -> F32:
    """Return a surface's colours by day as a picture, its foot at the lower edge."""
    w, h = round(width * per_m), round(height * per_m)
    u, v = np.meshgrid(
        (np.arange(w, dtype=np.float32) + 0.5) / np.float32(per_m),
        (h - np.arange(h, dtype=np.float32) - 0.5) / np.float32(per_m),
    )
    pixel = np.full(w * h, 1 / per_m, np.float32)
    colours: F32 = shader(u.ravel(), v.ravel(), pixel).reshape(h, w, 3)
    return colours


def _front(kind: int, night: bool) -> Image:
    wall = ("#cdbfa6", "#d0c3ac", "#c9c3b6", "#cbb9a4", "#c6bfae", "#d4cfc4")[kind]
    upper = windows(wall=wall, height=_HIGH, base=3.7, bay=3.0, seed=kind * 7 + 3)

    def shader(u: F32, v: F32, pixel: F32) -> F32:
        colour = upper(u, v, pixel)
        front = (v < 2.8) & (np.abs(u - 4.5) < 4.1)
        glass = rgb("#3c4448") * (0.65 + 0.5 * noise(u, v, 5.0, seed=7))[:, None]
        bars = np.maximum(
            stripe(repeated(u, 1.6), 0.08, pixel), stripe(v - 2.1, 0.07, pixel)
        )
        glass = mix(glass, rgb("#b6babb"), bars)
        plain = rgb("#a7a39a") * (1 + 0.1 * (noise(u, v, 3.0, seed=2) - 0.5))[:, None]
        colour = np.where((v < 3.7)[:, None], plain, colour)
        colour = np.where(front[:, None], glass, colour)
        board = (v > 2.85) & (v < 3.6) & (np.abs(u - 4.5) < 4.2)
        letters = sign(_NAMES[kind], (u - 3.1) / 2.8, (v - 2.9) / 0.66)
        tone = rgb(_BOARDS[kind]) * np.ones((u.size, 1), np.float32)
        painted = mix(tone, rgb("#f1e6c6"), letters)
        colour = np.where(board[:, None], painted, colour)
        edge = np.clip(1 - v / 0.3, 0, 1) * 0.4
        return (colour * (1 - edge)[:, None]).astype(np.float32)

    colours = _shaded(shader, _PIECE, _HIGH, _PX_PER_M) * np.float32(0.86)
    if night:

        def glow(u: F32, v: F32, pixel: F32) -> F32:
            front = (v < 2.8) & (np.abs(u - 4.5) < 4.1) & (kind % 3 != 1)
            light = 0.5 + 0.4 * np.clip(v / 2.8, 0, 1)
            own: F32 = rgb("#fff0d0") * (front * light)[:, None]
            board = (v > 2.85) & (v < 3.6) & (np.abs(u - 4.5) < 4.2) & (kind % 3 != 1)
            own = own + shader(u, v, pixel) * (board * np.float32(0.8))[:, None]
            if isinstance(upper, Glowing):
                own = np.where((v > 3.7)[:, None], upper.glow(u, v, pixel), own)
            return own.astype(np.float32)

        height = np.linspace(_HIGH, 0, colours.shape[0], dtype=np.float32)
        lamp = 0.22 + 0.4 * np.exp(-(((height - 3.5) / 4.5) ** 2))
        colours = colours * (rgb("#ffe3b8") * lamp[:, None])[:, None, :]
        colours = colours + _shaded(glow, _PIECE, _HIGH, _PX_PER_M)
    finished: Image = np.clip(colours * 255, 0, 255).astype(np.uint8)
    return finished


def _pieces() -> list[Piece]:
    made = []
    half, count = BLOCK / 2, round(BLOCK / _PIECE)
    for bx in range(-3, 4):
        for by in range(-3, 4):
            for quarter in range(4):
                for k in range(count):
                    # The western front, from north to south: left to right as seen.
                    ends = [
                        (-half, half - k * _PIECE),
                        (-half, half - (k + 1) * _PIECE),
                    ]
                    for _ in range(quarter):
                        ends = [(y, -x) for x, y in ends]
                    (ax, ay), (bx_, by_) = (
                        (x + bx * PITCH, y + by * PITCH) for x, y in ends
                    )
                    corners = (
                        (ax, ay, 0.0),
                        (bx_, by_, 0.0),
                        (bx_, by_, _HIGH),
                        (ax, ay, _HIGH),
                    )
                    made.append(Piece(corners, k % 6))
    return made


def _around(points: list[tuple[float, float, int]]) -> list[tuple[float, float, int]]:
    """Return what stands on the western side on all four."""
    found = []
    for x, y, kind in points:
        for _ in range(4):
            found.append((x, y, kind))
            x, y = y, -x
    return found


def _block_trees() -> list[tuple[float, float, int]]:
    x = -BLOCK / 2 - 2.75
    return _around([(x, y, i % 2) for i, y in enumerate((-21.0, -7.5, 5.5, 19.0))])


def _lamps() -> list[Lamp]:
    x = -BLOCK / 2 - 3.0
    around = _around([(x - 1.0, y, 0) for y in (-27.0, -14.0, 0.0, 13.0)])
    # Those of the blocks beside it shine here too.
    return [
        Lamp((px + dx * PITCH, py + dy * PITCH, 7.0), reach_m=9.0, strength=1.15)
        for px, py, _ in around
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
        if max(abs(px + dx * PITCH), abs(py + dy * PITCH)) < PITCH / 2 + 12
    ]


def _street(night: bool, lamps: list[Lamp]) -> tuple[tuple[Image, Image], Image | None]:
    """Return the street of one block near and far, and unlit if it is night."""
    count = round(PITCH * _GROUND_PX_PER_M)
    line = (np.arange(count, dtype=np.float32) + 0.5) / _GROUND_PX_PER_M - PITCH / 2
    rows = []
    for start in range(0, count, 216):  # in strips, for the memory's sake
        x, y = np.meshgrid(line, line[start : start + 216])
        rows.append(_street_at(x.ravel(), y.ravel()).reshape(-1, count, 3))
    day = np.vstack(rows) * np.float32(0.84)
    albedo = None
    if night:
        shrunk = cv2.resize(day, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
        albedo = np.clip(shrunk * 255, 0, 255).astype(np.uint8)
        x, y = np.meshgrid(line[::8], line[::8])
        light = lamplight(lamps, x, y, np.zeros_like(x))
        day = day * cv2.resize(light, (count, count), interpolation=cv2.INTER_LINEAR)
    near: Image = np.clip(day * 255, 0, 255).astype(np.uint8)
    far = cv2.resize(near, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    return (near, far), albedo


def _street_at(x: F32, y: F32) -> F32:
    pixel = np.full(x.shape, 1 / _GROUND_PX_PER_M, np.float32)
    ax, ay = np.abs(x), np.abs(y)
    out = np.maximum(ax, ay) - np.float32(BLOCK / 2)  # metres before the houses
    along = np.where(ax > ay, y, x)
    other = np.minimum(ax, ay) - np.float32(BLOCK / 2)
    # Textures repeat after 72 m only where their periods divide it.
    colour = asphalt(x % 72, y % 72, pixel)
    walk = out < 3.2
    slabs = paving(np.where(ax > ay, y, x), out, pixel, tone="#a39e95", size=0.4)
    slabs = mix(
        slabs, rgb("#b59f63"), (np.abs(out - 1.4) < 0.2).astype(np.float32) * 0.7
    )
    colour = np.where(walk[:, None], slabs, colour)
    bed = (np.abs(out - 2.75) < 0.4) & (
        np.abs(repeated(along, 13.2, offset=-7.6)) < 0.5
    )
    colour = np.where(bed[:, None], grass(x, y, pixel), colour)
    colour = mix(colour, rgb("#b8b6b0"), stripe(out - 3.25, 0.18, pixel))
    straight = other < 0
    bays = stripe(repeated(along, 6.2, offset=1.9), 0.1, pixel)
    bays = bays * ((out > 3.4) & (out < 5.5) & (np.abs(along) < 21))
    edge = stripe(out - 5.55, 0.1, pixel) * (np.abs(along) < 21)
    dash = (np.abs(repeated(along, 6.0)) < 1.5).astype(np.float32)
    middle = stripe(out - 9.0, 0.16, pixel) * dash * straight * (np.abs(along) < 22)
    zebra = stripe(repeated(out, 1.0), 0.48, pixel) * (
        (out > 3.4) & (np.abs(np.abs(along) - 24.6) < 1.6) & straight
    )
    paint = np.maximum(np.maximum(bays, edge), np.maximum(middle, zebra))
    worn = 0.55 + 0.45 * np.clip(noise(x, y, 2.25, seed=6) * 2 - 0.35, 0, 1)
    return mix(colour, rgb("#d5d6d2"), paint * worn).astype(np.float32)


@lru_cache(maxsize=8)
def crown(kind: int, *, night: bool) -> tuple[Image, float]:
    """Return a street tree's picture, colours multiplied by alpha, and its width."""
    picture, wide_m = crown_picture(height=6.6, crown=4.6, seed=60 + kind)
    made: Image = np.clip(picture * 255, 0, 255).astype(np.uint8)
    return made, wide_m
