"""What a small camera makes of a drawn scene: its sky, its sensor, its lens."""

import math

import cv2
import numpy as np

from video.scenes_eye import F32, Image


def clouds(width: int, height: int) -> F32:
    """Return a soft pattern for a sky, about 0 to 1."""
    rng = np.random.default_rng(5)
    total = np.zeros((height, width), np.float32)
    for size, weight in ((6, 0.6), (14, 0.3), (40, 0.1)):
        coarse = rng.random((size // 2 + 2, size), dtype=np.float32)
        total += weight * cv2.resize(
            coarse, (width, height), interpolation=cv2.INTER_CUBIC
        )
    return total


def develop(colour: F32) -> Image:
    """Give a drawn picture the look of a small camera's sensor and lens."""
    height, width = colour.shape[:2]
    grey = colour @ np.array([0.11, 0.59, 0.30], np.float32)
    colour = grey[..., None] + (colour - grey[..., None]) * np.float32(0.74)
    colour = np.clip(colour, 0, 1.2)
    curved = colour + np.float32(0.10) * np.sin(
        (np.clip(colour, 0, 1) - 0.5) * 2 * math.pi
    ) * np.float32(0.5)
    y, x = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    vignette = (1 - 0.17 * (x * x * 0.8 + y * y * 0.5)).astype(np.float32)
    curved = curved * vignette[..., None] * np.array([1.015, 1.0, 0.985], np.float32)
    soft = cv2.GaussianBlur(curved, (0, 0), 0.55 * width / 1280 + 0.25)
    wide = cv2.GaussianBlur(soft, (0, 0), 1.6 * width / 1280 + 0.4)
    sharp = soft + (soft - wide) * 0.55  # cheap cameras sharpen too much
    developed: Image = np.clip(sharp * 255, 0, 255).astype(np.uint8)
    return developed
