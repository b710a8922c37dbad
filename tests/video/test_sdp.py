"""Descriptions of pictures: those that are read, and those that are left to others."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.sources.sdp import Described, SdpError, parse, resolve

H264 = """v=0
o=- 1 1 IN IP4 10.0.0.7
s=gate
a=control:rtsp://10.0.0.7/live/
t=0 0
m=audio 0 RTP/AVP 8
a=rtpmap:8 PCMA/8000
a=control:trackID=9
m=video 0 RTP/AVP 96
b=AS:5000
a=rtpmap:96 H264/90000
a=fmtp:96 packetization-mode=1;profile-level-id=64001F; sprop-parameter-sets=Z2QAH6y0,aO48sA==
a=control:trackID=1
m=application 0 RTP/AVP 107
a=control:trackID=5
"""
H265 = """v=0
m=video 0 RTP/AVP 97
a=rtpmap:97 h265/90000
a=fmtp:97 sprop-sps=QgEBAWAAAAM=; sprop-vps=QAEMAf//; sprop-pps=RAHAc8CJ
"""


def test_the_picture_is_found_among_sound_and_words():
    assert parse(H264.replace("\n", "\r\n").encode()) == Described(
        "h264",
        96,
        (b"\x67\x64\x00\x1f\xac\xb4", b"\x68\xee\x3c\xb0"),
        "trackID=1",
        "rtsp://10.0.0.7/live/",
    )


def test_parameter_sets_of_h265_are_put_in_order():
    described = parse(H265.encode())
    assert described.codec == "hevc"
    assert [each[0] >> 1 for each in described.parameters] == [32, 33, 34]
    assert (described.control, described.session_control) == ("", "")


def test_parameter_sets_that_cannot_be_read_come_with_the_pictures():
    assert parse(H264.replace("Z2QA", "Z2Q!").encode()).parameters == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("v=0", "v=9"),
        ("m=video", "m=sound"),
        ("H264/90000", "JPEG/90000"),
        ("H264/90000", "H264/8000"),
        ("a=rtpmap:96", "a=rtpmap:95"),
        ("RTP/AVP 96", "RTP/SAVP 96"),
        ("packetization-mode=1", "packetization-mode=2"),
    ],
)
def test_anything_else_is_left_to_others(old: str, new: str):
    with pytest.raises(SdpError):
        parse(H264.replace(old, new).encode())


def test_pictures_out_of_decoding_order_are_left_to_others():
    with pytest.raises(SdpError):
        parse(H265.replace("sprop-sps", "sprop-max-don-diff=2;sprop-sps").encode())


@given(st.binary(max_size=600))
def test_rubbish_is_an_error_of_this_module_and_no_other(body: bytes):
    with contextlib.suppress(SdpError):
        parse(body)


@given(st.integers(0, len(H264)), st.text(max_size=30))
def test_a_description_with_something_in_it_never_breaks_it(at: int, noise: str):
    with contextlib.suppress(SdpError):
        parse((H264[:at] + noise + H264[at:]).encode("utf-8", "surrogatepass"))


def test_control_addresses_are_joined_as_cameras_expect():
    base = "rtsp://c/cam?channel=1"
    assert resolve(base, "*") == resolve(base, "") == base
    assert resolve(base, "trackID=0") == base + "/trackID=0"
    assert resolve("rtsp://c/cam/", "trackID=0") == "rtsp://c/cam/trackID=0"
    assert resolve(base, "rtsp://d/x") == "rtsp://d/x"
