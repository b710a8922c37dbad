"""What would be better of a stream's settings, from what was measured of it."""

from fractions import Fraction
from functools import partial
from itertools import pairwise

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.advice import ADVICE, Measured, Meter, advice
from video.slices import is_b_picture

FINE = {"codec": "h264", "width": 640, "height": 360, "fps": 15.0, "group_s": 2.0}


@pytest.mark.parametrize(
    ("odd", "small", "has_small", "cores", "codes"),
    [
        ({}, True, True, 2, ()),
        ({}, False, False, 2, ()),
        ({"width": 1920, "height": 1080}, False, True, 2, ()),
        ({"width": 1920, "height": 1080}, False, False, 2, ("no_small",)),
        ({"width": 1920, "height": 1080}, True, True, 2, ("small_large",)),
        ({"width": 7680, "height": 4320}, False, True, 8, ("too_large",)),
        ({"group_s": 2.1}, True, True, 2, ()),
        ({"group_s": 4.0}, True, True, 2, ("long_group",)),
        ({"reordered": True}, True, True, 2, ("b_frames",)),
        ({"codec": "hevc"}, True, True, 2, ("h265_weak",)),
        ({"codec": "hevc"}, True, True, 4, ()),
        ({"codec": "mjpeg", "group_s": 0.1}, True, True, 2, ("jpeg",)),
        ({"fps": 25.0}, True, True, 2, ()),
        ({"fps": 50.0}, True, True, 2, ("fast",)),
        ({"width": 0, "height": 0, "fps": 0.0}, True, True, 2, ()),
        (
            {"codec": "hevc", "group_s": 10.0, "reordered": True},
            True,
            True,
            2,
            ("long_group", "b_frames", "h265_weak"),
        ),
    ],
)
def test_what_is_advised(odd, small, has_small, cores, codes):
    measured = Measured(**FINE | odd)
    assert advice(measured, small=small, has_small=has_small, cores=cores) == codes


@given(
    st.builds(
        Measured,
        codec=st.sampled_from(("h264", "hevc", "mjpeg", "vp8")),
        width=st.integers(0, 9000),
        height=st.integers(0, 9000),
        fps=st.floats(0, 200),
        group_s=st.floats(0, 100),
        reordered=st.booleans(),
    ),
    st.booleans(),
    st.booleans(),
    st.integers(1, 64),
)
def test_every_code_is_known_and_said_once_in_order(measured, small, has, cores):
    codes = advice(measured, small=small, has_small=has, cores=cores)
    places = [ADVICE.index(code) for code in codes]
    assert all(a < b for a, b in pairwise(places))


def metered(count: int, *, rate: float, group: int, order: tuple[int, ...] = (0,)):
    meter = Meter()
    for at in range(count):
        place = at // len(order) * len(order) + order[at % len(order)]
        b = at % len(order) > 1
        meter.packet(100.0 + place / rate, key=at % group == 0, is_b=lambda b=b: b)
    return meter


def test_a_meter_counts_groups_and_pictures():
    meter = metered(61, rate=15, group=30)
    seen = meter.measured("h264", width=640, height=360)
    assert (seen.fps, seen.group_s, seen.reordered) == (15.0, 2.0, False)
    assert meter.groups == 2


def test_a_group_that_has_not_ended_counts_as_long_as_it_is():
    seen = metered(100, rate=10, group=1000).measured("h264", width=0, height=0)
    assert seen.group_s == 9.9


def test_pictures_out_of_order_are_b_frames():
    meter = metered(60, rate=15, group=30, order=(0, 3, 1, 2))
    assert meter.measured("h264", width=0, height=0).reordered


CODED = {"h264": ("libx264", "x264-params"), "hevc": ("libx265", "x265-params")}
X265 = ":pools=none:frame-threads=1:log-level=none"


def coded(codec: str, *, b_frames: int, count: int = 40) -> list[tuple[float, bytes]]:
    """Return a short stream: when each picture is shown, in order of their coding."""
    encoder, params = CODED[codec]
    made = av.CodecContext.create(encoder, "w")
    made.width, made.height, made.pix_fmt = 64, 48, "yuv420p"
    made.time_base, made.framerate = Fraction(1, 20), Fraction(20)
    own = f"bframes={b_frames}:b-adapt=0:keyint=20:scenecut=0"
    own += X265 if codec == "hevc" else ""
    made.options = {"preset": "ultrafast", params: own}
    packets = []
    for at in range(count):
        picture = av.VideoFrame(64, 48, "yuv420p")
        for plane in picture.planes:
            plane.update(bytes([at * 5 % 256]) * plane.buffer_size)
        picture.pts = at
        packets += made.encode(picture)
    return [(each.pts / 20, bytes(each)) for each in packets + made.encode(None)]


def seen(codec: str, stream: list[tuple[float, bytes]]) -> Measured:
    meter = Meter()
    for at, data in stream:
        meter.packet(at, key=False, is_b=partial(is_b_picture, codec, data))
    return meter.measured(codec, width=0, height=0)


@pytest.mark.parametrize("codec", list(CODED))
@pytest.mark.parametrize("uneven", [False, True])
def test_b_frames_are_what_the_pictures_say(codec: str, uneven: bool):
    """A clock that is set, and stamps that are uneven, go back without a B-frame."""

    def stamped(stream: list[tuple[float, bytes]]) -> list[tuple[float, bytes]]:
        jump = {0: 0.4, 9: -0.09, 15: 0.03, 16: -0.06, 30: -0.2} if uneven else {}
        return [(at + jump.get(n, 0.0), data) for n, (at, data) in enumerate(stream)]

    assert not seen(codec, stamped(coded(codec, b_frames=0))).reordered
    assert seen(codec, stamped(coded(codec, b_frames=2))).reordered


@given(st.binary(max_size=60), st.sampled_from(("h264", "hevc", "mjpeg")))
def test_no_bytes_disturb_the_look_into_a_picture(data: bytes, codec: str):
    assert is_b_picture(codec, b"\x00\x00\x01" + data) in (True, False)


def test_nothing_seen_is_nothing_said():
    seen = Meter().measured("h264", width=0, height=0)
    assert seen == Measured(codec="h264")
    assert advice(seen, small=False, has_small=False, cores=1) == ()


def test_a_meter_says_what_a_stream_takes_of_the_network():
    meter = Meter()
    for at in range(16):
        meter.packet(at / 15, key=at == 0, size=10_000)
    assert meter.measured("h264", width=0, height=0).mbit_s == 1.28
