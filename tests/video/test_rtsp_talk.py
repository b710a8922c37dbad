"""The conversation with a camera, line by line, without a socket."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video.sources import Login
from video.sources.packets import SourceError
from video.sources.rtsp_address import RtspAddress, parse_address, without_login
from video.sources.rtsp_talk import MovedError, Talk, UnsuitedError
from video.sources.rtsp_wire import Answer

DESCRIPTION = b"""v=0
m=video 0 RTP/AVP 96
a=rtpmap:96 H264/90000
a=control:trackID=1
"""
ASKS = ("www-authenticate", 'Digest realm="c", nonce="1"')
SET_UP = (
    ("session", "abc;timeout=20"),
    ("transport", "RTP/AVP/TCP;unicast;interleaved=2-3;ssrc=1"),
)
PUBLIC = (("public", "OPTIONS, DESCRIBE, GET_PARAMETER"),)
TO_PLAY = (
    Answer(200, PUBLIC),
    Answer(200, (), DESCRIPTION),
    Answer(200, SET_UP),
    Answer(200),
)


def address(text: str = "rtsp://cam:8554/live?channel=1") -> RtspAddress:
    found = parse_address(text)
    assert found is not None
    return found


def said(request: bytes) -> tuple[str, str]:
    method, url, _ = request.split(b"\r\n")[0].decode().split(" ")
    return method, url


def headers(request: bytes) -> dict[str, str]:
    lines = request.decode().strip().split("\r\n")[1:]
    return {name: value for name, _, value in (each.partition(": ") for each in lines)}


def playing(login: Login | None = None) -> Talk:
    talk = Talk(address(), login)
    talk.begin()
    for answer in TO_PLAY:
        talk.hear(answer)
    assert talk.playing
    return talk


def test_from_the_first_word_to_playing():
    talk = Talk(address(), None)
    requests = [talk.begin(), *(talk.hear(answer) for answer in TO_PLAY)]
    base = "rtsp://cam:8554/live?channel=1"
    assert [said(each) for each in requests[:-1]] == [
        ("OPTIONS", base),
        ("DESCRIBE", base),
        ("SETUP", base + "/trackID=1"),
        ("PLAY", base),
    ]
    assert headers(requests[2])["Transport"].endswith("interleaved=0-1")
    assert headers(requests[3])["Session"] == "abc"
    assert requests[4] == b""
    assert (talk.playing, talk.channel, talk.alive_every_s) == (True, 2, 10.0)
    assert said(talk.alive()) == ("GET_PARAMETER", base)
    assert said(talk.good_bye()) == ("TEARDOWN", base)


def test_a_camera_says_where_its_picture_is():
    talk = Talk(address(), None)
    talk.begin()
    talk.hear(TO_PLAY[0])
    base = (("content-base", "rtsp://user:secret@10.0.0.7/x/"),)
    request = talk.hear(Answer(200, base, DESCRIPTION))
    assert said(request) == ("SETUP", "rtsp://10.0.0.7/x/trackID=1")


def test_who_is_there_is_answered_once():
    talk = Talk(address(), Login("desk", "secret"))
    talk.begin()
    assert b"Authorization" not in talk.hear(Answer(200))
    again = talk.hear(Answer(401, (ASKS,)))
    assert said(again)[0] == "DESCRIBE"
    assert 'username="desk"' in headers(again)["Authorization"]
    assert b"secret" not in again
    assert talk.login_pending
    with pytest.raises(SourceError, match="login"):
        talk.hear(Answer(401, (("www-authenticate", 'Digest realm="c", nonce="2"'),)))


def test_a_wrong_log_in_is_not_repeated_to_keep_it_playing():
    talk = Talk(address(), Login("desk", "secret"))
    talk.begin()
    talk.hear(Answer(401, (ASKS,)))
    for answer in TO_PLAY:
        talk.hear(answer)
    assert talk.playing
    assert not talk.login_pending
    assert "Authorization" in headers(talk.alive())
    assert talk.hear(Answer(401, (ASKS,))) == b""
    for _ in range(3):
        alive = talk.alive()
        assert said(alive)[0] == "OPTIONS"
        assert "Authorization" not in headers(alive)
        assert talk.hear(Answer(401, (ASKS,))) == b""
    assert "Authorization" not in headers(talk.good_bye())


def test_an_old_nonce_is_renewed_while_it_plays():
    talk = Talk(address(), Login("desk", "secret"))
    talk.begin()
    talk.hear(Answer(401, (ASKS,)))
    for answer in TO_PLAY:
        talk.hear(answer)
    talk.alive()
    stale = ("www-authenticate", 'Digest realm="c", nonce="2", stale=true')
    again = talk.hear(Answer(401, (stale,)))
    assert 'nonce="2"' in headers(again)["Authorization"]
    assert talk.hear(Answer(200)) == b""


def test_a_camera_that_cannot_be_asked_for_parameters_is_asked_for_options():
    talk = playing()
    talk.alive()
    talk.hear(Answer(501))
    assert said(talk.alive())[0] == "OPTIONS"


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (403, "login"),
        (404, "not_found"),
        (453, "busy"),
        (500, "busy"),
        (503, "busy"),
    ],
)
def test_a_no_is_final(status: int, reason: str):
    talk = Talk(address(), None)
    talk.begin()
    talk.hear(Answer(501))  # no OPTIONS is no reason
    with pytest.raises(SourceError, match=reason):
        talk.hear(Answer(status))


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize("status", [400, 406, 461, 505])
def test_a_camera_that_wants_it_otherwise_is_left_to_others(at: int, status: int):
    talk = Talk(address(), None)
    talk.begin()
    for answer in TO_PLAY[:at]:
        talk.hear(answer)
    with pytest.raises(UnsuitedError):
        talk.hear(Answer(status))


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, (("session", "1"), ("transport", "RTP/AVP;unicast"))),
        Answer(200, (("transport", "RTP/AVP/TCP;interleaved=0-1"),)),
        Answer(200, (("session", "a b"), ("transport", "RTP/AVP/UDP"))),
    ],
)
def test_a_set_up_of_another_kind_is_left_to_others(answer: Answer):
    talk = Talk(address(), None)
    talk.begin()
    for each in TO_PLAY[:2]:
        talk.hear(each)
    with pytest.raises(UnsuitedError):
        talk.hear(answer)


def test_a_camera_may_be_elsewhere():
    talk = Talk(address(), None)
    talk.begin()
    talk.hear(Answer(200))
    with pytest.raises(MovedError) as raised:
        talk.hear(Answer(302, (("location", "rtsp://u:p@other/x"),)))
    assert raised.value.address == RtspAddress("other", 554, "rtsp://other/x")
    assert not raised.value.address.same_place(address())


def test_wait_is_no_answer_and_a_late_one_neither():
    talk = Talk(address(), None)
    talk.begin()
    assert talk.hear(Answer(100)) == b""
    assert said(talk.hear(Answer(200, (("cseq", "1"),))))[0] == "DESCRIBE"
    assert talk.hear(Answer(200, (("cseq", "1"),))) == b""


STATUS = st.sampled_from((100, 200, 301, 400, 401, 404, 461, 503))
NAMES = ("session", "transport", "location", "www-authenticate", "content-base", "cseq")
VALUES = st.sampled_from((*(v for _, v in SET_UP), ASKS[1], "rtsp://d/")) | st.text()


@given(
    st.lists(
        st.builds(
            Answer,
            STATUS,
            st.lists(st.tuples(st.sampled_from(NAMES), VALUES)).map(tuple),
            st.just(DESCRIPTION) | st.binary(max_size=80),
        ),
        max_size=8,
    ),
    st.integers(0, 4),
)
def test_whatever_a_camera_answers_no_line_of_it_comes_back_as_a_line(answers, well):
    talk = Talk(address(), Login("desk", "secret"))
    requests = [talk.begin()]
    with contextlib.suppress(SourceError, UnsuitedError, MovedError):
        for answer in (*TO_PLAY[:well], *answers):
            requests.append(talk.hear(answer))
        requests += [talk.alive(), talk.good_bye()]
    for each in filter(None, requests):
        lines = each.decode("ascii").split("\r\n")
        assert re.fullmatch(r"[A-Z_]+ rtsp://\S+ RTSP/1\.0", lines[0], re.I)
        assert all(re.match(r"[A-Za-z-]+: ", line) for line in lines[1:-2])
        assert "secret" not in each.decode("ascii")


def test_an_address_is_read_without_its_log_in():
    found = parse_address("rtsp://user:p%40ss@[fe80::1]:8554/é x?a=b")
    assert found == RtspAddress("fe80::1", 8554, "rtsp://[fe80::1]:8554/%C3%A9%20x?a=b")
    assert without_login("rtsp://u:p@c/x@y") == "rtsp://c/x@y"
    for other in (
        "rtsps://c/",
        "http://c/",
        "rtsp://",
        "rtsp://c:x/",
        "rtsp://[c/",
        "rtsp://c/x#y",
        "rtsp://c/\ud800",
        "",
    ):
        assert parse_address(other) is None


@given(st.text())
def test_no_address_breaks_it(text: str):
    for url in (text, f"rtsp://{text}", f"rtsp://c/{text}"):
        found = parse_address(url)
        assert found is None or found.text.isprintable()
