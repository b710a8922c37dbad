"""How a log-in is said: as the standard's own examples have it, and never twice."""

import contextlib
import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.sources import Login
from video.sources.rtsp_login import RtspLogin, UnknownLoginError

MUFASA = Login("Mufasa", "Circle of Life")
URL = "rtsp://c/1"


def words(header: str) -> dict[str, str]:
    found = re.findall(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))', header)
    return {name: quoted or plain for name, quoted, plain in found}


@pytest.mark.parametrize(
    ("algorithm", "digest"), [("MD5", hashlib.md5), ("SHA-256", hashlib.sha256)]
)
def test_digest_is_what_the_standard_says(algorithm: str, digest):
    door = RtspLogin(MUFASA)
    assert door.asked(
        [f'Digest realm="r@h", qop="auth-int, auth", algorithm={algorithm}, nonce="n"']
    )
    said = words(door.header("PLAY", URL))

    def hashed(text: str) -> str:
        return str(digest(text.encode()).hexdigest())

    user = hashed("Mufasa:r@h:Circle of Life")
    asked = hashed(f"PLAY:{URL}")
    middle = f"n:{said['nc']}:{said['cnonce']}:auth"
    assert said["response"] == hashed(f"{user}:{middle}:{asked}")
    assert (said["nc"], said["uri"], said["qop"]) == ("00000001", URL, "auth")
    assert words(door.header("PLAY", URL))["nc"] == "00000002"


def test_digest_without_qop_is_the_old_one():
    """The example of RFC 2069, as its erratum has it."""
    door = RtspLogin(Login("Mufasa", "CircleOfLife"))
    door.asked(['Digest realm="testrealm@host.com", nonce="dcd98b", opaque="5ccc"'])
    said = words(door.header("GET", "/dir/index.html"))

    def md5(text: str) -> str:
        return hashlib.md5(text.encode()).hexdigest()

    user = md5("Mufasa:testrealm@host.com:CircleOfLife")
    assert said["response"] == md5(f"{user}:dcd98b:{md5('GET:/dir/index.html')}")
    assert said["opaque"] == "5ccc"
    assert "qop" not in said


def test_basic_only_where_nothing_better_is_offered():
    offers = ['Basic realm="c"', 'Digest realm="c", nonce="n"']
    door = RtspLogin(MUFASA)
    assert door.asked([", ".join(offers)])
    assert door.header("PLAY", URL).startswith("Digest ")
    door = RtspLogin(MUFASA)
    assert door.asked(offers[:1])
    assert door.header("PLAY", URL) == "Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl"


def test_a_refused_log_in_is_not_said_again():
    door = RtspLogin(MUFASA)
    assert door.asked(['Digest realm="c", nonce="1"'])
    assert not door.asked(['Digest realm="c", nonce="2"'])


def test_an_old_nonce_is_renewed_once_until_it_was_good():
    door = RtspLogin(MUFASA)
    door.asked(['Digest realm="c", nonce="1"'])
    assert door.asked(['Digest realm="c", nonce="2", stale=TRUE'])
    assert words(door.header("PLAY", URL))["nonce"] == "2"
    assert not door.asked(['Digest realm="c", nonce="3", stale=true'])
    door.accepted()
    assert door.asked(['Digest realm="c", nonce="4", stale=true'])


def test_another_realm_is_told_nothing():
    door = RtspLogin(MUFASA)
    door.asked(['Digest realm="c", nonce="1"'])
    assert not door.asked(['Digest realm="d", nonce="2", stale=true'])


def test_who_has_nothing_to_say_says_nothing():
    door = RtspLogin(None)
    assert not door.asked(['Digest realm="c", nonce="1"'])
    assert door.header("PLAY", URL) == ""


@pytest.mark.parametrize(
    "offer",
    [
        "",
        "Bearer x",
        'Digest realm="c", nonce="1", qop="auth-int"',
        'Digest realm="c", nonce="1", algorithm=SHA-512-256',
    ],
)
def test_other_ways_are_left_to_others(offer: str):
    with pytest.raises(UnknownLoginError):
        RtspLogin(MUFASA).asked([offer])


@pytest.mark.parametrize(
    ("name", "offer"),
    [("a:b", "Basic realm=c"), ("a\r\nX: b", 'Digest realm="c", nonce="n"')],
)
def test_a_name_that_cannot_be_said_is_not_said(name: str, offer: str):
    door = RtspLogin(Login(name, "secret"))
    assert not door.asked([offer])
    assert door.header("PLAY", URL) == ""


def test_the_password_is_not_kept_once_the_realm_is_known():
    door = RtspLogin(MUFASA)
    door.asked(['Digest realm="c", nonce="1"'])
    assert MUFASA.password not in repr(door) + repr(vars(door)) + door.header("P", URL)


@given(st.text(max_size=200))
def test_no_challenge_breaks_it(text: str):
    door = RtspLogin(MUFASA)
    for _ in range(2):
        with contextlib.suppress(UnknownLoginError):
            door.asked([text, f"Digest {text}", f'Digest nonce="1", {text}'])
    door.header("PLAY", URL)
