"""The machine-readable number in a virtual camera's picture, written and read.

A thin row of dark and light cells stands at the lower left edge. It survives
H.264 and scaling to any tile from 320x180 up. Whoever reads it gets the number
that was written, or None: a check digit of ten bits and a required margin on
every cell leave no room for a guess.

The number is a position in the camera's loop in ticks of 1/75 s, so that the
small stream (15 pictures a second) and the large one (25) count the same time.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

TICKS_PER_SECOND = 75
LOOP_SECONDS = 12
LOOP_TICKS = TICKS_PER_SECOND * LOOP_SECONDS
MAX_CAMERA = 63
MAX_NUMBER = 8191

_NUMBER_BITS = 13
_CAMERA_BITS = 6
_CHECK_BITS = 10
_CELLS = 2 + _NUMBER_BITS + _CAMERA_BITS + _CHECK_BITS + 2
_POLYNOMIAL = 0x233  # CRC-10 of ATM cells
# All as shares of the picture, so that scaling does not matter.
_LEFT = 1 / 64
_CELL_WIDTH = 1 / 80
_TOP = 1 - 1 / 30
_CELL_HEIGHT = 1 / 48
_DARK, _LIGHT = 34, 188
_LEAST_CONTRAST = 70.0
_LEAST_MARGIN = 0.18  # of the contrast, between a cell and the threshold

Image = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class FrameMark:
    """What a picture says of itself.

    Attributes:
        number: Ticks of 1/75 s since the loop began, 0 to 899 in the drawn scenes
            and up to 8191 where a loop is longer.
        camera: Index of the virtual camera that drew it, 0 to 63.
    """

    number: int
    camera: int


def write_frame_mark(picture: Image, mark: FrameMark) -> None:
    """Draw the mark into a picture (BGR or BGRA), in place."""
    height, width = picture.shape[:2]
    top, bottom = round(_TOP * height), round((_TOP + _CELL_HEIGHT) * height)
    edges = [round((_LEFT + i * _CELL_WIDTH) * width) for i in range(_CELLS + 1)]
    border = max(1, height // 180)
    picture[
        top - border : bottom + border, edges[0] - border : edges[-1] + border, :3
    ] = _DARK
    for bit, left, right in zip(_cells(mark), edges, edges[1:], strict=False):
        picture[top:bottom, left:right, :3] = _LIGHT if bit else _DARK


def read_frame_mark(picture: NDArray[Any]) -> FrameMark | None:
    """Return the mark of a painted picture, or None where none can be trusted.

    Args:
        picture: Height x width x 3 or 4 (BGR or BGRA), the whole picture and
            nothing but it, at any size from 320x180.
    """
    height, width = picture.shape[:2]
    if picture.ndim != 3 or width < 160 or height < 90:
        return None
    middle = (_TOP + _CELL_HEIGHT / 2) * height
    half = _CELL_HEIGHT * height * 0.22
    rows = picture[int(middle - half) : max(int(middle + half), int(middle)) + 1, :, :3]
    grey = rows.astype(np.float32).mean(axis=(0, 2))
    means = np.empty(_CELLS, np.float32)
    for i in range(_CELLS):
        left = (_LEFT + (i + 0.3) * _CELL_WIDTH) * width
        right = (_LEFT + (i + 0.7) * _CELL_WIDTH) * width
        means[i] = grey[int(left) : max(int(right), int(left) + 1)].mean()
    light = float(min(means[0], means[-1]))
    dark = float(max(means[1], means[-2]))
    contrast = light - dark
    if contrast < _LEAST_CONTRAST:
        return None
    middle_grey = (light + dark) / 2
    if bool(np.any(np.abs(means - middle_grey) < contrast * _LEAST_MARGIN)):
        return None
    bits = [bool(value > middle_grey) for value in means[2:-2]]
    number = _value(bits[:_NUMBER_BITS])
    camera = _value(bits[_NUMBER_BITS : _NUMBER_BITS + _CAMERA_BITS])
    check = _value(bits[_NUMBER_BITS + _CAMERA_BITS :])
    if check != _check(number, camera):
        return None
    return FrameMark(number, camera)


def read_frame_number(bgra: NDArray[Any]) -> int | None:
    """Return the loop position in a painted picture, or None; see the module."""
    mark = read_frame_mark(bgra)
    return None if mark is None else mark.number


def ticks_between(earlier: int, later: int, *, loop_ticks: int = LOOP_TICKS) -> int:
    """Return how far the picture went on, over the loop's seam if need be."""
    return (later - earlier) % loop_ticks


def _cells(mark: FrameMark) -> list[bool]:
    if not (0 <= mark.number <= MAX_NUMBER and 0 <= mark.camera <= MAX_CAMERA):
        raise ValueError(f"not a frame mark: {mark}")
    bits = _bits(mark.number, _NUMBER_BITS) + _bits(mark.camera, _CAMERA_BITS)
    check = _bits(_check(mark.number, mark.camera), _CHECK_BITS)
    return [True, False, *bits, *check, False, True]


def _bits(value: int, count: int) -> list[bool]:
    return [bool(value >> i & 1) for i in range(count - 1, -1, -1)]


def _value(bits: list[bool]) -> int:
    return sum(1 << i for i, bit in enumerate(reversed(bits)) if bit)


def _check(number: int, camera: int) -> int:
    # Starting from ones keeps an all-dark row from being valid.
    register = 0x3FF
    for bit in _bits(number << _CAMERA_BITS | camera, _NUMBER_BITS + _CAMERA_BITS):
        top = bool(register >> 9 & 1) != bit
        register = (register << 1) & 0x3FF
        if top:
            register ^= _POLYNOMIAL
    return register
