"""What a camera writes into its picture: its name, its clock; and lettering on signs.

The letters ship as small pictures with the sample town. A camera without one
shows its number only.
"""

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

import resources
from video.scenes_eye import F32, Image
from video.scenes_look import look

LETTERING = Path(resources.__file__).parent / "samples" / "yaozhuang-small" / "overlay"
_PLACES = ("gate", "block", "park", "bridge", "market")
_DIGITS = "0123456789:"
_START_OF_CLOCK_S = 10 * 3600 + 30 * 60  # 10:30:00, marked 演示
_START_AT_NIGHT_S = 22 * 3600 + 10 * 60


@lru_cache(maxsize=64)
def lettering(path: Path) -> Image | None:
    """Return a picture of letters, white on black, or None where it is missing."""
    try:
        data = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError:
        return None
    found = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    return None if found is None else np.asarray(found, np.uint8)


def sign(name: str, u: F32, v: F32) -> F32:
    """Return how much of a sign's letters lies at shares (0 to 1) of its board."""
    picture = lettering(LETTERING / f"sign-{name}.png")
    if picture is None:
        return np.zeros_like(u)
    if look().seed and name in _PLACES:
        return np.zeros_like(u)  # a place like it, of another name
    if look().mirrored:
        u = 1 - u  # the whole picture is turned over later
    height, width = picture.shape
    x = np.clip(u * width, 0, width - 1).astype(np.int32)
    y = np.clip((1 - v) * height, 0, height - 1).astype(np.int32)
    inside = (u >= 0) & (u < 1) & (v >= 0) & (v < 1)
    letters: F32 = picture[y, x].astype(np.float32) / 255 * inside
    return letters


class Overlay:
    """Draws one camera's lettering into its pictures."""

    def __init__(
        self,
        size: tuple[int, int],
        *,
        camera_id: str,
        label: Path | None,
        night: bool = False,
    ) -> None:
        self._size = size
        self._start_s = _START_AT_NIGHT_S if night else _START_OF_CLOCK_S
        self._line = max(14, round(size[1] * 0.056))
        digits = lettering(LETTERING / "digits.png")
        self._cells: list[Image] = []
        if digits is not None:
            sheet = self._fitted(digits)
            step = sheet.shape[1] / len(_DIGITS)
            self._cells = [
                sheet[:, round(i * step) : round((i + 1) * step)]
                for i in range(len(_DIGITS))
            ]
        demo = lettering(LETTERING / "demo.png")
        self._demo = None if demo is None else self._fitted(demo)
        name = None if label is None else lettering(label)
        if name is not None:
            self._name: Image | None = self._fitted(name)
        elif self._cells and camera_id and all(c in _DIGITS for c in camera_id):
            self._name = np.hstack([self._cells[_DIGITS.index(c)] for c in camera_id])
        else:
            self._name = None

    def draw(self, picture: Image, t: float) -> None:
        """Write name and clock into a picture, in place."""
        width, height = self._size
        left, top = round(width * 0.018), round(height * 0.022)
        x = left
        if self._demo is not None:
            x += self._stamp(picture, self._demo, x, top) + self._line // 3
        seconds = self._start_s + int(t)
        text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        if self._cells:
            row = np.hstack([self._cells[_DIGITS.index(c)] for c in text])
            self._stamp(picture, row, x, top)
        if self._name is not None:
            right = width - left - self._name.shape[1]
            self._stamp(picture, self._name, right, height - top - self._line)

    def _fitted(self, picture: Image) -> Image:
        width = max(1, round(picture.shape[1] * self._line / picture.shape[0]))
        fitted = cv2.resize(picture, (width, self._line), interpolation=cv2.INTER_AREA)
        return np.asarray(fitted, np.uint8)

    def _stamp(self, picture: Image, mask: Image, x: int, y: int) -> int:
        height, width = mask.shape
        region = picture[y : y + height, x : x + width]
        if region.shape[:2] != mask.shape:
            return 0
        # White letters with a dark rim can be read on any ground.
        rim = cv2.dilate(mask, np.ones((3, 3), np.uint8)).astype(np.float32) / 255
        face = mask.astype(np.float32) / 255
        blended = region * (1 - 0.75 * rim[..., None])
        blended = blended * (1 - face[..., None]) + 238 * face[..., None]
        region[:] = blended.astype(np.uint8)
        return int(width)
