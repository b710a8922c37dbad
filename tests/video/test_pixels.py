import av
import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.pixels import TileMaker, fit, warm_up

COLOURS = {  # BGR
    "grey": (128, 128, 128),
    "white": (255, 255, 255),
    "black": (0, 0, 0),
    "red": (30, 30, 200),
    "green": (40, 180, 40),
    "blue": (190, 60, 20),
    "skin": (140, 170, 220),
}
FULL, LIMITED = 2, 1
BT601, BT709 = 5, 1


def frame_of(colour, *, form, matrix, size=(320, 180)):
    """Return a frame of one colour, coded by a standard, its fields set to say so."""
    full = form.startswith("yuvj")
    red, blue = (0.2126, 0.0722) if matrix == BT709 else (0.299, 0.114)
    b, g, r = (value / 255 for value in colour)
    luma = red * r + (1 - red - blue) * g + blue * b
    u, v = (b - luma) / (2 * (1 - blue)), (r - luma) / (2 * (1 - red))
    if full:
        values = (255 * luma, 128 + 255 * u, 128 + 255 * v)
    else:
        values = (16 + 219 * luma, 128 + 224 * u, 128 + 224 * v)
    frame = av.VideoFrame(*size, form)
    for plane, value in zip(frame.planes, values, strict=True):
        level = min(255, max(0, round(value)))
        plane.update(bytes([level]) * plane.buffer_size)
    frame.colorspace = matrix
    frame.color_range = FULL if full else LIMITED
    return frame


def tile(frame, size):
    out = bytearray(size[0] * size[1] * 4)
    TileMaker().paint(frame, memoryview(out), size=size)
    return np.frombuffer(out, np.uint8).reshape(size[1], size[0], 4)


@pytest.mark.parametrize("matrix", [BT601, BT709])
@pytest.mark.parametrize("form", ["yuv420p", "yuvj420p", "yuv422p", "yuv444p"])
@pytest.mark.parametrize("colour", COLOURS)
def test_a_colour_comes_out_as_it_went_in(colour, form, matrix):
    pixels = tile(frame_of(COLOURS[colour], form=form, matrix=matrix), (160, 90))
    assert (pixels[..., 3] == 255).all()
    error = np.abs(pixels[..., :3].astype(int) - COLOURS[colour]).max()
    assert error <= 4


def test_a_frame_of_ten_bits_is_shown_too():
    frame = frame_of(COLOURS["red"], form="yuv420p", matrix=BT601)
    deep = frame.reformat(format="yuv420p10le")
    pixels = tile(deep, (160, 90))
    assert np.abs(pixels[..., :3].astype(int) - COLOURS["red"]).max() <= 6


@pytest.mark.parametrize("size", [(320, 180), (322, 182), (321, 181), (1280, 720)])
def test_what_a_decoder_in_hardware_hands_over_is_the_same_picture(size):
    grid = np.indices(size[::-1])
    picture = np.stack([grid[1] % 256, grid[0] % 256, grid.sum(0) // 4 % 256], axis=-1)
    frame = av.VideoFrame.from_ndarray(picture.astype(np.uint8), format="bgr24")
    planar = frame.reformat(format="yuv420p")
    expected = tile(planar, (160, 90)).astype(int)
    found = tile(planar.reformat(format="nv12"), (160, 90)).astype(int)
    # One step of rounding in a tint is two of blue, which the matrix makes bigger.
    assert np.abs(found - expected).max() <= 4


def test_rows_longer_than_the_picture_are_cut():
    # 322 pixels: FFmpeg pads the rows of the planes.
    frame = frame_of(COLOURS["green"], form="yuv420p", matrix=BT601, size=(322, 182))
    assert frame.planes[0].line_size > frame.planes[0].width
    pixels = tile(frame, (200, 112))
    assert np.abs(pixels[..., :3].astype(int) - COLOURS["green"]).max() <= 4


def pattern():
    """Return a frame of 640x360 with steps in every colour."""
    grid = np.indices((360, 640))
    picture = np.stack(
        [grid[1] % 256, grid[0] % 256, (grid[0] + grid[1]) // 4 % 256], axis=-1
    ).astype(np.uint8)
    picture = np.kron(picture[::8, ::8], np.ones((8, 8, 1), np.uint8))
    frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
    return frame.reformat(format="yuv420p", dst_colorspace=BT601)


def test_a_pattern_agrees_with_libswscale():
    frame = pattern()
    theirs = frame.reformat(width=320, height=180, format="bgra").to_ndarray()
    ours = tile(frame, (320, 180))
    assert np.abs(ours.astype(int) - theirs.astype(int)).mean() < 3.0


@pytest.mark.parametrize("size", [(262, 148), (320, 180), (480, 270), (954, 536)])
def test_the_quick_way_of_a_worker_makes_the_same_picture(size):
    frame = pattern()
    was = cv2.ipp.useIPP_NotExact()
    cv2.ipp.setUseIPP_NotExact(False)
    exact = tile(frame, size).astype(int)
    try:
        warm_up()
        quick = tile(frame, size).astype(int)
    finally:
        cv2.ipp.setUseIPP_NotExact(was)
    assert np.abs(quick - exact).max() <= 5  # a level of each plane, in BGR
    assert np.abs(quick - exact).mean() < 1.0
    assert size != (320, 180) or (quick == exact).all()


@given(
    st.integers(16, 4_000),
    st.integers(16, 4_000),
    st.integers(2, 2_000),
    st.integers(2, 2_000),
)
def test_a_tile_is_even_fits_and_keeps_the_shape(width, height, into_w, into_h):
    fitted_w, fitted_h = fit(width, height, into_width=into_w, into_height=into_h)
    assert fitted_w % 2 == fitted_h % 2 == 0
    assert 2 <= fitted_w <= max(2, into_w)
    assert 2 <= fitted_h <= max(2, into_h)
    assert fitted_w >= into_w - 2 or fitted_h >= into_h - 2


def test_common_tiles_are_met_exactly():
    assert fit(640, 360, into_width=480, into_height=270) == (480, 270)
    assert fit(1920, 1080, into_width=1360, into_height=765) == (1360, 764)
    assert fit(704, 576, into_width=480, into_height=270, sample_aspect=16 / 11) == (
        480,
        270,
    )
    assert fit(640, 480, into_width=640, into_height=360) == (480, 360)
