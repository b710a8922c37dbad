"""The number in the picture: read at every tile size, or not read at all."""

from fractions import Fraction

import av
import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from video.frame_code import (
    MAX_NUMBER,
    FrameMark,
    read_frame_mark,
    read_frame_number,
    ticks_between,
    write_frame_mark,
)

SIZES = ((320, 180), (400, 225), (398, 224), (480, 270), (560, 315), (640, 360),
         (801, 450), (960, 540), (1280, 720), (1360, 765), (1920, 1080))  # fmt: skip


def busy(width: int, height: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 255, (9, 16, 3), dtype=np.uint8)
    picture = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return cv2.add(picture, rng.integers(0, 30, picture.shape, dtype=np.uint8))


def through_h264(pictures: list[np.ndarray], bit_rate: int) -> list[np.ndarray]:
    height, width = pictures[0].shape[:2]
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.time_base, encoder.framerate = Fraction(1, 15), Fraction(15)
    encoder.bit_rate, encoder.gop_size, encoder.max_b_frames = bit_rate, 30, 0
    encoder.options = {
        "preset": "veryfast",
        "x264-params": "vbv-maxrate=600:vbv-bufsize=900",
    }
    decoder = av.CodecContext.create("h264", "r")
    packets = []
    for i, picture in enumerate(pictures):
        frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
        frame.pts = i
        packets += encoder.encode(frame)
    packets += encoder.encode(None)
    found = []
    for packet in [*packets, None]:
        found += [f.to_ndarray(format="bgra") for f in decoder.decode(packet)]
    return found


def test_it_survives_h264_and_every_tile_size() -> None:
    numbers = [(i * 1237) % MAX_NUMBER for i in range(40)]
    pictures = []
    for i, number in enumerate(numbers):
        picture = busy(640, 360, i // 20)
        write_frame_mark(picture, FrameMark(number, i % 64))
        pictures.append(picture)
    decoded = through_h264(pictures, 600_000)
    assert len(decoded) == len(numbers)
    for width, height in SIZES:
        for how in (cv2.INTER_LINEAR, cv2.INTER_AREA, cv2.INTER_NEAREST):
            for i, picture in enumerate(decoded[::4]):
                tile = cv2.resize(picture, (width, height), interpolation=how)
                want = FrameMark(numbers[i * 4], i * 4 % 64)
                assert read_frame_mark(tile) == want, (width, height, how)


@pytest.mark.parametrize("size", SIZES)
def test_it_is_read_as_drawn(size: tuple[int, int]) -> None:
    for number in (0, 1, 511, 512, 899, 4096, 8191):
        picture = busy(*size, seed=number)
        write_frame_mark(picture, FrameMark(number, 5))
        assert read_frame_number(picture) == number


@given(
    seed=st.integers(0, 2**32 - 1),
    number=st.integers(0, MAX_NUMBER),
    rows=st.integers(-6, 6),
    columns=st.integers(-40, 40),
    level=st.floats(0.0, 1.0),
)
@settings(max_examples=150)
def test_a_damaged_mark_is_none_or_right(
    seed: int, number: int, rows: int, columns: int, level: float
) -> None:
    picture = busy(400, 225, 1)
    write_frame_mark(picture, FrameMark(number, 3))
    moved = np.roll(picture, (rows, columns), axis=(0, 1))
    noise = np.random.default_rng(seed).normal(0, 90 * level, moved.shape)
    spoiled = np.clip(moved + noise, 0, 255).astype(np.uint8)
    assert read_frame_number(spoiled) in (None, number)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=150)
def test_a_picture_without_a_mark_has_no_number(seed: int) -> None:
    rng = np.random.default_rng(seed)
    black_and_white = (rng.random((180, 320, 4)) > 0.5).astype(np.uint8) * 255
    cells = (rng.random((45, 64)) > 0.5).astype(np.uint8) * 255
    blocks = cv2.resize(cells, (640, 450), interpolation=cv2.INTER_NEAREST)
    assert read_frame_number(black_and_white) is None
    assert read_frame_number(np.dstack([blocks] * 4)) is None
    assert read_frame_number(busy(400, 225, seed)) is None


@pytest.mark.parametrize("shape", [(0, 0, 4), (10, 10, 4), (89, 320, 3), (180, 320)])
def test_what_is_no_picture_has_no_number(shape: tuple[int, ...]) -> None:
    assert read_frame_number(np.zeros(shape, np.uint8)) is None


def test_time_goes_on_over_the_seam() -> None:
    assert ticks_between(890, 10) == 20
    assert ticks_between(10, 10) == 0
    assert ticks_between(4490, 10, loop_ticks=4500) == 20


@pytest.mark.parametrize(
    "mark", [FrameMark(8192, 0), FrameMark(-1, 0), FrameMark(0, 64)]
)
def test_what_does_not_fit_is_refused(mark: FrameMark) -> None:
    with pytest.raises(ValueError, match="not a frame mark"):
        write_frame_mark(np.zeros((360, 640, 3), np.uint8), mark)
