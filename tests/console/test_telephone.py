"""A telephone system posts who rings: only with its token, and F2 has the number."""

from argparse import Namespace
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from window_kit import press

from console.call_line import CallLine
from console.main_window import MainWindow
from console.telephone import (
    FILE,
    MOST_BYTES,
    Telephone,
    heard,
    post_call,
    set_telephone,
    telephone,
)
from resources.home import Home

TOKEN = "t0ken"


def request(
    body: str = '{"number": "+86 138 0000 0777"}',
    *,
    first: str = "POST /call HTTP/1.1",
    token: str = TOKEN,
    length: str | None = None,
) -> bytes:
    sent = body.encode()
    count = str(len(sent)) if length is None else length
    head = f"{first}\r\nAuthorization: Bearer {token}\r\nContent-Length: {count}"
    return head.encode() + b"\r\n\r\n" + sent


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (request(), 204),
        (request('{"number": 110}'), 204),
        (request(token="other"), 401),
        (request(token=""), 401),
        (request(first="GET /call HTTP/1.1"), 404),
        (request(first="POST / HTTP/1.1"), 404),
        (request(""), 400),
        (request("[]"), 400),
        (request('{"number": "nobody"}'), 400),
        (request('{"number": "' + "1" * 30 + '"}'), 400),
        (request(length="-1"), 400),
        (request(length=str(MOST_BYTES + 1)), 413),
        (b"x" * (MOST_BYTES + 1), 413),
    ],
)
def test_only_a_call_with_the_token_is_taken(data: bytes, status: int):
    found = heard(data, TOKEN)
    assert found is not None
    assert found[0] == status
    assert bool(found[1]) is (status == 204)


@given(at=st.integers(0, len(request()) - 1))
def test_half_a_request_waits_for_the_rest(at: int):
    assert heard(request()[:at], TOKEN) is None
    assert heard(request(), TOKEN) == (204, "13800000777")


@given(data=st.binary(max_size=200))
def test_whatever_comes_is_no_call_without_the_token(data: bytes):
    found = heard(data, TOKEN)
    assert found is None or found[0] != 204


def test_where_it_posts_is_kept_for_its_owner_and_the_token_is_never_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    home = Home(tmp_path)
    home.data.mkdir(parents=True, exist_ok=True)
    asked = Namespace(port=8766, dial=False, off=False)
    assert set_telephone(home, asked) == 0
    kept = telephone(home)
    assert kept is not None
    assert kept.token not in capsys.readouterr().out
    assert (home.data / FILE).stat().st_mode & 0o077 == 0
    assert set_telephone(home, asked) == 0
    assert telephone(home) == kept, "its token stays"
    assert set_telephone(home, Namespace(port=0, dial=False, off=True)) == 0
    assert telephone(home) is None


def test_who_rings_stands_in_the_next_report(qtbot, kit: DeskKit, window: MainWindow):
    line = CallLine(Telephone(port=0, token=TOKEN), kit.desk)
    assert line.listen()
    line.called.connect(kit.desk.called)
    told: list[str] = []
    kit.desk.said.connect(told.append)
    with ThreadPoolExecutor(1) as worker:
        for token, status in (("other", 401), (TOKEN, 204)):
            there = Telephone(port=line.port, token=token)
            future = worker.submit(post_call, there, "138 0000 0777")
            qtbot.waitUntil(future.done)
            assert future.result(5) == status
    line.close()
    assert ["0777" in each and "138" not in each for each in told] == [True]
    press(window, Qt.Key.Key_F2)
    assert window.form.phone.text() == "13800000777"
    assert window.form.channel == 0
    press(window, Qt.Key.Key_F2)
    assert window.form.phone.text() == "", "one call, one report"
