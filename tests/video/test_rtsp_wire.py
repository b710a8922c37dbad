"""RTSP as bytes: cut anywhere, too long, or no RTSP at all."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.sources.rtsp_wire import (
    MAX_BODY,
    MAX_HEAD,
    Answer,
    Frame,
    Wire,
    WireError,
    request,
)

WORD = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=12)
ANSWERS = st.builds(
    Answer,
    st.integers(100, 599),
    st.lists(st.tuples(WORD.map(lambda w: f"x-{w}"), WORD), max_size=4).map(tuple),
    st.binary(max_size=300),
)
FRAMES = st.tuples(st.integers(0, 255), st.binary(max_size=2_000))


def sent(message: Frame | Answer) -> bytes:
    if isinstance(message, tuple):
        channel, packet = message
        return b"$" + bytes((channel,)) + len(packet).to_bytes(2) + packet
    lines = [f"RTSP/1.0 {message.status} Whatever"]
    lines += [f"{name}: {value}" for name, value in message.headers]
    lines.append(f"Content-Length: {len(message.body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + message.body


def plain(message: Frame | Answer) -> object:
    if isinstance(message, tuple):
        return message
    kept = tuple(each for each in message.headers if each[0] != "content-length")
    return message.status, kept, message.body


@given(st.lists(FRAMES | ANSWERS, max_size=8), st.lists(st.integers(1, 700)))
def test_what_is_sent_is_heard_wherever_it_is_cut(messages, cuts):
    data = b"".join(sent(each) for each in messages)
    wire, heard, at = Wire(), [], 0
    for size in (*cuts, len(data) + 1):
        heard += wire.feed(data[at : at + size])
        at += size
    assert [plain(each) for each in heard] == [plain(each) for each in messages]


@given(st.lists(st.binary(max_size=400), max_size=10))
def test_rubbish_is_an_error_of_this_module_and_no_other(pieces):
    wire = Wire()
    for piece in pieces:
        with contextlib.suppress(WireError):
            wire.feed(piece)


@given(st.binary(min_size=1, max_size=60), st.integers(0, 400))
def test_an_answer_with_bits_turned_over_never_breaks_it(noise, at):
    data = bytearray(sent(Answer(200, (("session", "1"),), b"v=0\r\n" * 10)))
    at %= len(data)
    data[at : at + len(noise)] = noise
    with contextlib.suppress(WireError):
        Wire().feed(bytes(data))


def test_what_a_camera_asks_is_passed_over():
    asked = b"OPTIONS rtsp://desk/ RTSP/1.0\r\nCSeq: 1\r\nContent-Length: 3\r\n\r\nabc"
    assert Wire().feed(asked + b"$\x00\x00\x01x") == [(0, b"x")]


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\x00\x01",
        b"RTSP/1.0 200 OK\r\n" + b"a: b\r\n" * 200 + b"\r\n",
        b"RTSP/1.0 200 OK\r\na: " + b"b" * MAX_HEAD,
        b"RTSP/1.0 200 OK\r\nContent-Length: %d\r\n\r\n" % (MAX_BODY + 1),
        b"RTSP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"RTSP/1.0 200 OK\nCSeq: 1\n\n",
    ],
)
def test_what_is_not_rtsp_or_has_no_end_is_said_so(data: bytes):
    with pytest.raises(WireError):
        Wire().feed(data)


def test_a_name_may_come_twice():
    answer = Wire().feed(b"RTSP/1.0 401 No\r\nA: 1\r\na:2\r\n\r\n")[0]
    assert isinstance(answer, Answer)
    assert (answer.header("a"), answer.every("a")) == ("1", ("1", "2"))


def test_a_request_is_lines_and_holds_no_other_line():
    assert request("PLAY", "rtsp://c/1", 4, [("Session", "7")]) == (
        b"PLAY rtsp://c/1 RTSP/1.0\r\nCSeq: 4\r\nSession: 7\r\n\r\n"
    )
    with pytest.raises(WireError) as raised:
        request("PLAY", "rtsp://c/1", 4, [("Authorization", "secret\r\nX: 1")])
    assert "secret" not in str(raised.value)
