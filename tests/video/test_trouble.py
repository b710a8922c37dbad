"""What is wrong with a connection: from what came in and what became of it."""

import itertools

import pytest
from bad_cameras import coded
from hypothesis import given
from hypothesis import strategies as st

from video.contract import REASONS
from video.limits import too_large
from video.trouble import KEY_WAIT_S, Trouble, size_of

LATER = 100.0 + KEY_WAIT_S + 0.1


def test_a_key_frame_that_does_not_come_is_said_only_of_what_sends():
    trouble = Trouble()
    trouble.want_key(100.0)
    assert trouble.reason(LATER) == ""  # silent: that is another matter
    trouble.arrived(key=False)
    assert trouble.reason(100.0 + KEY_WAIT_S) == ""
    assert trouble.reason(LATER) == "no_key_frame"
    trouble.arrived(key=True)
    assert trouble.reason(LATER) == ""


def test_no_picture_out_of_all_that_came():
    trouble = Trouble()
    for _ in range(60):
        trouble.decoded(100.0, frames=0, damaged=0)
    assert trouble.reason(100.0) == ""
    assert trouble.reason(LATER) == "no_picture"
    trouble.decoded(LATER, frames=1, damaged=0)
    assert trouble.reason(LATER) == ""


def test_damage_is_said_and_does_not_flutter():
    trouble = Trouble()
    said = []
    for at in range(200):
        bad = at % 4 == 0 and at < 120
        trouble.decoded(100.0, frames=1, damaged=int(bad))
        said.append(trouble.reason(100.0))
    assert set(said) == {"", "damaged"}
    turns = [a != b for a, b in itertools.pairwise(said)]
    assert sum(turns) == 2
    assert said[-1] == ""


@pytest.mark.parametrize("pattern", [(1,), (0, 1), (0, 0, 0, 4), (0, 2)])
def test_pictures_that_come_late_or_by_halves_are_no_damage(pattern):
    trouble = Trouble()
    for _ in range(100):
        for frames in pattern:
            trouble.decoded(100.0, frames=frames, damaged=0)
    assert trouble.reason(LATER) == ""


def test_a_picture_for_every_key_frame_only_is_damage():
    trouble = Trouble()
    for at in range(150):
        trouble.decoded(100.0, frames=int(at % 15 == 0), damaged=0)
    assert trouble.reason(LATER) == "damaged"


@given(
    st.lists(
        st.one_of(
            st.builds(lambda key: ("arrived", key), st.booleans()),
            st.just(("want_key", None)),
            st.just(("failed", None)),
            st.tuples(st.just("decoded"), st.integers(0, 3)),
        ),
        max_size=200,
    ),
    st.floats(0, 60),
)
def test_whatever_happens_it_is_one_of_the_reasons(happened, later):
    trouble = Trouble()
    for what, value in happened:
        match what:
            case "arrived":
                trouble.arrived(key=value)
            case "want_key":
                trouble.want_key(100.0)
            case "failed":
                trouble.failed(100.0)
            case _:
                trouble.decoded(100.0, frames=value, damaged=value // 2)
    assert trouble.reason(100.0 + later) in REASONS


@pytest.mark.parametrize("codec", ["h264", "hevc"])
def test_a_size_is_read_without_decoding(codec):
    loop = coded(codec, (640, 384), pictures=2)
    packet = b"".join(b"\x00\x00\x00\x01" + nal for nal in loop.units[0].nals)
    assert size_of(codec, packet) == (640, 384)
    assert size_of(codec, packet[:40][::-1]) == (0, 0)
    assert size_of("codec of tomorrow", packet) == (0, 0)


def test_what_is_too_large():
    assert not too_large(4000, 3000)  # a fisheye of 12 megapixels
    assert not too_large(0, 0)
    assert too_large(7680, 4320)
