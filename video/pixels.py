"""Turn a decoded frame into a tile of BGRA pixels, at the least cost.

The planes are resized first and converted after, because a tile is smaller than a
frame. OpenCV's conversion takes everything for BT.601 of limited range; frames of
full range or BT.709 are brought to that on the small planes before.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias

import av
import cv2
import numpy as np
from av.video.plane import VideoPlane
from numpy.typing import NDArray

_Bytes: TypeAlias = NDArray[np.uint8]
_Matrix: TypeAlias = NDArray[np.float64]

_PLANAR: Final = frozenset(
    f"yuv{full}{shape}p" for full in ("", "j") for shape in ("420", "422", "444")
)
_NV12: Final = "nv12"  # what decoders in hardware hand over: U and V in one plane
_BT709: Final = 1
_UNSPECIFIED: Final = (0, 2)
_FULL_RANGE: Final = 2
_HD_ROWS: Final = 720  # players take untagged pictures of this height for BT.709


@lru_cache(256)  # asked for every picture
def fit(
    width: int,
    height: int,
    *,
    into_width: int,
    into_height: int,
    sample_aspect: float = 1.0,
) -> tuple[int, int]:
    """Return the largest even size of this shape that fits into a tile."""
    shape = width * sample_aspect / height
    fitted = min(into_width, into_height * shape)
    return _even(fitted), _even(fitted / shape)


def _even(length: float) -> int:
    return max(2, int(length + 0.5) // 2 * 2)


def _to_rgb(red: float, blue: float, *, full: bool) -> _Matrix:
    """Return the matrix from centred Y, U, V to RGB for these luma weights."""
    luma, chroma = (1.0, 1.0) if full else (255 / 219, 255 / 224)
    green = 1 - red - blue
    u, v = 2 * (1 - blue) * chroma, 2 * (1 - red) * chroma
    return np.array(
        [
            [luma, 0.0, v],
            [luma, -u * blue / green, -v * red / green],
            [luma, u, 0.0],
        ]
    )


def _correction(*, bt709: bool, full: bool) -> _Matrix:
    red, blue = (0.2126, 0.0722) if bt709 else (0.299, 0.114)
    target = _to_rgb(0.299, 0.114, full=False)
    matrix: _Matrix = np.linalg.inv(target) @ _to_rgb(red, blue, full=full)
    return matrix


_CORRECTIONS: Final = {
    (bt709, full): _correction(bt709=bt709, full=full)
    for bt709 in (False, True)
    for full in (False, True)
}


def _rows(plane: VideoPlane, *, samples: int = 1) -> _Bytes:
    """Return a plane's pixels without what stands behind each row."""
    # One call that makes a view: this is done three times a picture.
    across = (plane.width,) if samples == 1 else (plane.width, samples)
    steps = (plane.line_size, 1) if samples == 1 else (plane.line_size, samples, 1)
    shape = (plane.height, *across)
    return np.ndarray(shape, np.uint8, memoryview(plane), 0, steps)


class TileMaker:
    """Makes tiles of one stream; keeps its planes from frame to frame.

    Thread: one decoder's.
    """

    def __init__(self) -> None:
        self._size = (0, 0)
        self._i420: _Bytes = np.empty((0, 0), np.uint8)
        self._y = self._u = self._v = self._i420

    def paint(
        self, frame: av.VideoFrame, out: memoryview, *, size: tuple[int, int]
    ) -> None:
        """Write the frame, scaled to `size` (even numbers), into `out` as BGRA."""
        name = frame.format.name
        if name not in _PLANAR and name != _NV12:
            frame = frame.reformat(format="yuv420p")
        if size != self._size:
            self._resize(size)
        width, height = size
        half = (width // 2, height // 2)
        planes: Sequence[VideoPlane] = frame.planes
        targets: tuple[_Bytes, ...] = (self._y, self._u, self._v)
        if name == _NV12:
            both = _rows(planes[1], samples=2)
            tint = cv2.resize(both, half, interpolation=cv2.INTER_LINEAR)
            cv2.split(tint, (self._u, self._v))
            planes, targets = planes[:1], targets[:1]
        shapes = (size, half, half)[: len(targets)]
        for plane, target, shape in zip(planes, targets, shapes, strict=True):
            pixels = _rows(plane)
            if (plane.width, plane.height) == shape:
                np.copyto(target, pixels)
            else:
                # Of half the size that is the same pixels, and a quarter of the work.
                half_size = (plane.width, plane.height) == (2 * shape[0], 2 * shape[1])
                how = cv2.INTER_AREA if half_size else cv2.INTER_LINEAR
                cv2.resize(pixels, shape, dst=target, interpolation=how)
        self._correct(frame)
        tile: _Bytes = np.ndarray((height, width, 4), np.uint8, out)
        cv2.cvtColor(self._i420, cv2.COLOR_YUV2BGRA_I420, dst=tile)

    def _resize(self, size: tuple[int, int]) -> None:
        width, height = self._size = size
        area, quarter = width * height, width * height // 4
        whole = np.empty(area + 2 * quarter, np.uint8)
        half = (height // 2, width // 2)
        self._i420 = whole.reshape(height * 3 // 2, width)
        self._y = whole[:area].reshape(height, width)
        self._u = whole[area : area + quarter].reshape(half)
        self._v = whole[area + quarter :].reshape(half)

    def _correct(self, frame: av.VideoFrame) -> None:
        full = int(frame.color_range) == _FULL_RANGE or frame.format.name.startswith(
            "yuvj"
        )
        space = int(frame.colorspace)
        bt709 = space == _BT709 or (space in _UNSPECIFIED and frame.height >= _HD_ROWS)
        if not full and not bt709:
            return
        matrix: Any = _CORRECTIONS[bt709, full].tolist()
        (luma, y_u, y_v), (_, u_u, u_v), (_, v_u, v_v) = matrix
        black = 0 if full else 16
        if bt709:
            tint = cv2.addWeighted(self._u, y_u, self._v, y_v, 128 * (1 - y_u - y_v))
            tint = cv2.resize(tint, self._size, interpolation=cv2.INTER_NEAREST)
            gamma = 16 - luma * black - 128
            cv2.addWeighted(self._y, luma, tint, 1.0, gamma, dst=self._y)
            blue = cv2.addWeighted(self._u, u_u, self._v, u_v, 128 * (1 - u_u - u_v))
            cv2.addWeighted(
                self._u, v_u, self._v, v_v, 128 * (1 - v_u - v_v), dst=self._v
            )
            np.copyto(self._u, blue)
        else:
            cv2.convertScaleAbs(self._y, dst=self._y, alpha=luma, beta=16.0)
            for plane, scale in ((self._u, u_u), (self._v, v_v)):
                cv2.convertScaleAbs(
                    plane, dst=plane, alpha=scale, beta=128 * (1 - scale)
                )


def warm_up() -> None:
    """Choose the quick way, and pay for the first call before anybody waits for it."""
    # A tenth to a third off a resize where OpenCV has it, at most one level apart.
    cv2.ipp.setUseIPP_NotExact(True)
    size = (64, 48)
    frame = av.VideoFrame(128, 96, "yuv420p")
    TileMaker().paint(frame, memoryview(bytearray(64 * 48 * 4)), size=size)
    av.CodecContext.create("h264", "r").open()
