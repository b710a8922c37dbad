"""What a camera shows while its own picture is still being drawn: it says so."""

import math

import cv2
import numpy as np

from video.scenes_eye import Image
from video.scenes_overlay import LETTERING, lettering

_GROUND, _FACE, _QUIET = (42, 36, 30), (214, 206, 196), (96, 86, 76)


class Preparing:
    """A dark card that says that the picture is being prepared, and a sign of life.

    Thread: one at a time.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        width, height = size
        card = np.empty((height, width, 3), np.uint8)
        card[:] = _GROUND
        words = lettering(LETTERING / "sign-preparing.png")
        if words is not None:
            high = round(height * 0.085)
            wide = round(words.shape[1] * high / words.shape[0])
            face = cv2.resize(words, (wide, high), interpolation=cv2.INTER_AREA)
            x, y = (width - wide) // 2, round(height * 0.42)
            share = face[..., None].astype(np.float32) / 255
            region = card[y : y + high, x : x + wide]
            region[:] = region * (1 - share) + np.array(_FACE, np.float32) * share
        self._card: Image = card

    def draw(self, t: float) -> Image:
        """Return the card at a time of the loop."""
        picture = self._card.copy()
        height, width = picture.shape[:2]
        x, y, half = width // 2, round(height * 0.6), round(width * 0.09)
        thick = max(2, height // 180)
        cv2.line(picture, (x - half, y), (x + half, y), _QUIET, thick)
        at = x + round(half * math.sin(2 * math.pi * t / 3))
        cv2.circle(picture, (at, y), thick * 2, _FACE, -1)
        return picture
