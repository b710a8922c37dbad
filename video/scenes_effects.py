"""What flows in the drawn scenes: water with its reflections, smoke and steam."""

import math

import cv2
import numpy as np

from video.scenes_eye import F32, Backdrop, Eye, Image, rgb
from video.scenes_texture import noise


def mirrored(eye: Eye, level: float) -> Eye:
    """Return the camera that sees what still water at a level would reflect."""
    mirror = eye.scaled(1.0)
    mirror.at = np.array([eye.at[0], eye.at[1], 2 * level - eye.at[2]])
    mirror.forward = eye.forward * np.array([1.0, 1.0, -1.0])
    mirror.right = eye.right
    mirror.down = np.cross(mirror.forward, mirror.right)
    return mirror


class Water:
    """Moves the reflection on a backdrop's water, in place, once a picture."""

    _WAVES = (
        # metres, direction in degrees, turns in a loop, height
        (2.3, 20.0, 7, 1.0),
        (1.3, -35.0, -9, 0.8),
        (0.75, 75.0, 11, 0.7),
        (4.1, -80.0, 4, 0.9),
    )

    def __init__(
        self,
        backdrop: Backdrop,
        reflection: Image,
        *,
        level: float,
        tint: str,
        calm: float = 1.0,
    ) -> None:
        rows = np.nonzero(backdrop.water.max(axis=1) > 0.02)[0]
        self._top, self._end = int(rows[0]), int(rows[-1]) + 1
        self._mask = backdrop.water[self._top : self._end, :, None]
        eye = backdrop.eye
        width = eye.size[0]
        self._half = (width // 2, max(1, (self._end - self._top) // 2))
        xs = ((np.linspace(0, width, self._half[0]) - width / 2) / eye.focal)[None, :]
        ys = (
            (np.linspace(self._top, self._end, self._half[1]) - eye.size[1] / 2)
            / eye.focal
        )[:, None]
        ray = [eye.forward[i] + xs * eye.right[i] + ys * eye.down[i] for i in range(3)]
        down = np.minimum(ray[2], -1e-3)
        depth = np.clip((level - eye.at[2]) / down, 1.0, 400.0)
        east, ahead = eye.at[0] + depth * ray[0], eye.at[1] + depth * ray[1]
        self._phases: list[tuple[F32, int, float, float]] = []
        for metres, degrees, turns, height in self._WAVES:
            k = 2 * math.pi / metres
            c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
            # Bent by slow noise, or the crests would stand like a fence.
            wander = noise(east + metres * 9, ahead * 1.3, 15.0, seed=2) - 0.5
            phase = (k * (east * c + ahead * s) + 14.0 * wander) % (2 * math.pi)
            self._phases.append((phase.astype(np.float32), turns, height, s))
        # Ripples are seen flatter far away, and finer than a pixel not at all.
        reach = np.clip(11.0 / depth, 0.12, 1.0)
        self._reach = (reach * 7.0 * calm * width / 1280).astype(np.float32)
        steep = np.clip(
            -ray[2] / np.sqrt(ray[0] ** 2 + ray[1] ** 2 + ray[2] ** 2), 0, 1
        )
        mirror = 0.2 + 0.72 * (1 - steep) ** 2.2
        large = cv2.resize(mirror.astype(np.float32), (width, self._end - self._top))
        self._mirror = large[..., None].astype(np.float32)
        night = np.float32(1.0 if backdrop.light is None else 0.16)
        self._tint = rgb(tint) * np.float32(255) * night
        flipped = cv2.GaussianBlur(reflection[::-1].copy(), (0, 0), 1.2)
        self._reflection = np.ascontiguousarray(flipped)
        self._columns = np.broadcast_to(
            np.arange(width, dtype=np.float32), (self._end - self._top, width)
        )
        self._rows = np.arange(self._top, self._end, dtype=np.float32)[:, None]

    def __call__(self, picture: Image, t: float) -> None:
        """Draw the water of one moment."""
        slope = np.zeros_like(self._reach)
        for phase, turns, height, _ in self._phases:
            shifted = phase + np.float32(2 * math.pi * turns * t / 12)
            slope += np.sin(shifted) * np.float32(height)
        size = (self._columns.shape[1], self._columns.shape[0])
        bent = cv2.resize(slope * self._reach, size, interpolation=cv2.INTER_LINEAR)
        seen = cv2.remap(
            self._reflection,
            self._columns + bent * np.float32(0.35),
            self._rows + bent,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ).astype(np.float32)
        glint = 1 + np.float32(0.011) * bent[..., None]
        water = (seen * self._mirror + self._tint * (1 - self._mirror)) * glint
        region = picture[self._top : self._end]
        region[:] = np.clip(region + (water - region) * self._mask, 0, 255).astype(
            np.uint8
        )


class Smoke:
    """Draws smoke or steam that rises from a point and drifts, for ever."""

    def __init__(
        self,
        backdrop: Backdrop,
        source: tuple[float, float, float],
        *,
        rise: float,
        width: float,
        tone: str,
        density: float,
        drift: float = 0.6,
    ) -> None:
        self._backdrop, self._source = backdrop, source
        self._rise, self._width, self._drift = rise, width, drift
        self._tone, self._density = rgb(tone) * 255, density
        if backdrop.light is not None:
            self._tone = self._tone * np.minimum(backdrop.light(*source), 1)
        rng = np.random.default_rng(11)
        self._puffs = [
            (i / 26, rng.uniform(-1, 1), rng.uniform(0.7, 1.3), int(rng.integers(1, 3)))
            for i in range(26)
        ]

    def __call__(self, picture: Image, t: float) -> None:
        """Draw the smoke of one moment."""
        eye = self._backdrop.eye
        _x, _y, _z = self._source
        low = eye.spot(self._source)
        scale = eye.focal / low[2]
        height = round((self._rise + self._width) * scale) + 8
        width = round((self._width * 3 + abs(self._drift) * 2) * scale) + 8
        cover = np.zeros((height // 2 + 1, width // 2 + 1), np.float32)
        for start, side, size, rounds in self._puffs:
            age = (start + t * rounds / 12) % 1.0
            px = (
                0.5 * width
                + (
                    self._drift * age**1.4
                    + side * self._width * 0.35 * age
                    + 0.15 * math.sin(6.3 * (age * 2 + start))
                )
                * scale
            ) / 2
            py = (height - 4 - age * self._rise * scale) / 2
            radius = max(1.5, (0.12 + self._width * 0.5 * age) * size * scale / 2)
            fade = math.sin(math.pi * min(1.0, age * 1.06)) ** 0.8
            spot = np.zeros_like(cover)
            cv2.circle(spot, (round(px), round(py)), round(radius), fade, -1)
            cover += spot * np.float32(0.8)
        soft = cv2.GaussianBlur(cover, (0, 0), max(1.0, 0.12 * self._width * scale))
        soft = cv2.resize(1 - np.exp(-soft), (width, height)) * self._density
        left, top = round(low[0] - width / 2), round(low[1] - height + 4)
        x0, y0 = max(0, left), max(0, top)
        x1, y1 = min(eye.size[0], left + width), min(eye.size[1], top + height)
        if x0 >= x1 or y0 >= y1:
            return
        alpha = soft[y0 - top : y1 - top, x0 - left : x1 - left, None]
        region = picture[y0:y1, x0:x1]
        region[:] = (region * (1 - alpha) + self._tone * alpha).astype(np.uint8)
