"""What shines at night in the drawn scenes: headlights, rear lights, their beams."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from video.scenes_eye import F32, Backdrop, Image

_WHITE = np.array([235.0, 248.0, 255.0], np.float32)
_RED = np.array([24.0, 22.0, 210.0], np.float32)
_BEAM = np.array([0.80, 0.95, 1.0], np.float32)


@dataclass(frozen=True, slots=True)
class Light:
    """One lamp of something that moves.

    Attributes:
        at: Where it is.
        heading: Where its vehicle goes.
        white: A headlight; else a rear light.
        strength: Against a car's.
    """

    at: tuple[float, float, float]
    heading: float
    white: bool
    strength: float = 1.0


def lights_of(actor: object, t: float) -> Sequence[Light]:
    """Return what an actor shines with, if it does."""
    found = getattr(actor, "lights", None)
    return () if found is None else found(t)


def paint_glow(picture: Image, backdrop: Backdrop, lights: Sequence[Light]) -> None:
    """Add the lamps that face the camera, with the halo they have in its lens."""
    eye = backdrop.eye
    height, width = picture.shape[:2]
    for light in lights:
        x, y, depth = eye.spot(light.at)
        column, row = round(x), round(y)
        if depth < 1.5 or not (0 <= column < width and 0 <= row < height):
            continue
        if backdrop.solid[row, column] < depth - 0.6:
            continue
        ahead = np.array([math.sin(light.heading), math.cos(light.heading)])
        away = np.array(light.at[:2]) - eye.at[:2]
        towards = -float(ahead @ away) / max(0.1, float(np.hypot(*away)))
        facing = towards if light.white else -towards
        if facing <= 0.05:
            continue
        radius = 0.11 * eye.focal / depth * (0.6 + 0.4 * light.strength)
        bright = light.strength * (0.35 + 0.65 * facing)
        tone = _WHITE if light.white else _RED
        reach = (7.0 if light.white else 3.2) * facing
        _add_spot(picture, x, y, max(0.8, radius), tone * bright, reach=reach)


def _add_spot(
    picture: Image, x: float, y: float, radius: float, tone: F32, *, reach: float
) -> None:
    half = math.ceil(radius * (2.5 + reach * 2.2))
    height, width = picture.shape[:2]
    x0, x1 = max(0, round(x) - half), min(width, round(x) + half + 1)
    y0, y1 = max(0, round(y) - half), min(height, round(y) + half + 1)
    if x0 >= x1 or y0 >= y1:
        return
    dx = (np.arange(x0, x1, dtype=np.float32) - np.float32(x))[None, :]
    dy = (np.arange(y0, y1, dtype=np.float32) - np.float32(y))[:, None]
    far = (dx * dx + dy * dy) / np.float32(radius * radius)
    spread = np.float32(max(0.3, reach))
    share = np.exp(-far * 0.9) * 1.1 + 0.34 * np.exp(-far / (spread * spread))
    region = picture[y0:y1, x0:x1]
    total = region + share[..., None].astype(np.float32) * tone
    region[:] = np.minimum(total, 255).astype(np.uint8)


def paint_beams(picture: Image, backdrop: Backdrop, lights: Sequence[Light]) -> None:
    """Light up the ground that headlights fall on."""
    if backdrop.albedo is None or not lights:
        return
    height, width = picture.shape[:2]
    cover = np.zeros((height // 4, width // 4), np.float32)
    for light in lights:
        if not light.white:
            continue
        s, c = math.sin(light.heading), math.cos(light.heading)
        for reach, wide, bright in (
            (4.0, 1.3, 0.5),
            (8.0, 2.4, 0.35),
            (14.0, 3.6, 0.2),
        ):
            corners = np.array(
                [
                    (
                        light.at[0] + ahead * s - side * c,
                        light.at[1] + ahead * c + side * s,
                        0.0,
                    )
                    for ahead, side in (
                        (0.6, -0.4),
                        (0.6, 0.4),
                        (reach, wide / 2),
                        (reach, -wide / 2),
                    )
                ]
            )
            pixels, depths = backdrop.eye.project(corners)
            if np.any(depths < 0.8):
                continue
            one = np.zeros_like(cover)
            outline = np.round(pixels / 4 * 8).astype(np.int32)
            cv2.fillConvexPoly(one, outline, bright * light.strength, shift=3)
            cover = np.maximum(cover, one) + np.minimum(cover, one) * np.float32(0.5)
    if not cover.any():
        return
    soft: F32 = cv2.GaussianBlur(cover, (0, 0), 2.2)
    hidden = np.isfinite(backdrop.solid[::4, ::4][: height // 4, : width // 4])
    soft[hidden] *= np.float32(0.25)  # what stands upright gets little of a low beam
    x, y, w, h = (v * 4 for v in cv2.boundingRect((soft > 0.004).astype(np.uint8)))
    if w == 0:
        return
    part = cv2.resize(soft, (width, height))[y : y + h, x : x + w, None]
    region = picture[y : y + h, x : x + w]
    lit = region + backdrop.albedo[y : y + h, x : x + w] * part * _BEAM
    region[:] = np.minimum(lit, 255).astype(np.uint8)
