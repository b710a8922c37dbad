"""A telephone system says who rings and where it is recorded, and brings 110 in."""

import json
from argparse import Namespace
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from window_kit import press

from console.call_line import CallLine
from console.call_requests import (
    CALL,
    MOST_BYTES,
    RECORDING,
    THREE_WAY,
    Answered,
    Rang,
    Recorded,
    heard,
    post,
)
from console.exchange import Exchange
from console.main_window import MainWindow
from console.telephone import FILE, Telephone, bring, set_telephone, telephone
from dispatch.cases import Case
from dispatch.course import Course, PhoneCall
from dispatch.numbers import PLAYED
from dispatch.places import Place
from dispatch.questions import NumberLog
from dispatch.secrets import SecretStore
from resources.home import Home

TOKEN = "t0ken"
NUMBER = "13800000777"
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


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


def said(path: str, **fields: str) -> bytes:
    return request(json.dumps(fields), first=f"POST {path} HTTP/1.1")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (request(), 204),
        (request('{"number": 110}'), 204),
        (said(CALL, number=NUMBER, call="two words"), 400),
        (said(RECORDING, call="a-1"), 400),
        (said(RECORDING, call="a-1", recording="https://pbx/1;token=geheim"), 400),
        (said(RECORDING, recording="r1"), 400),
        (said(THREE_WAY, call="a-1", to="110", state="asked"), 400),
        (said(THREE_WAY, call="a-1", to=NUMBER, state="connected"), 400),
        (said(THREE_WAY, to="110", state="connected"), 400),
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
    assert (found[1] is not None) is (status == 204)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (request(), Rang(number=NUMBER)),
        (
            said(CALL, number=NUMBER, call="a-1", recording="https://li:pw@pbx/1"),
            Rang(number=NUMBER, call="a-1", recording="https://pbx/1"),
        ),
        (
            said(CALL, number=NUMBER, call="a-1", recording="file:///1"),
            Rang(number=NUMBER, call="a-1"),
        ),
        (
            said(RECORDING, call="a-1", number=NUMBER, recording="r1"),
            Recorded(call="a-1", recording="r1"),
        ),
        (
            said(RECORDING, number="138 0000 0777", recording="r1"),
            Recorded(number=NUMBER, recording="r1"),
        ),
        (
            said(THREE_WAY, call="a-1", to="110", state="failed", reason="busy"),
            Answered(call="a-1", to="110", deed="failed", reason="busy"),
        ),
        (
            said(THREE_WAY, call="a-1", to="110", state="failed", reason="<b>"),
            Answered(call="a-1", to="110", deed="failed"),
        ),
    ],
)
def test_what_is_said_of_a_call_holds_no_log_in(data: bytes, word: object):
    assert heard(data, TOKEN) == (204, word)


@given(at=st.integers(0, len(request()) - 1))
def test_half_a_request_waits_for_the_rest(at: int):
    assert heard(request()[:at], TOKEN) is None
    assert heard(request(), TOKEN) == (204, Rang(number=NUMBER))


@given(data=st.binary(max_size=200))
def test_whatever_comes_is_no_call_without_the_token(data: bytes):
    found = heard(data, TOKEN)
    assert found is None or found[0] != 204


def typed(**said: Any) -> Namespace:
    usual = {"port": 8766, "dial": False, "off": False, "hook": "", "recordings": ""}
    return Namespace(**(usual | said))


def nobody() -> str:
    raise AssertionError("nobody is asked for what is not needed")


def test_where_it_posts_is_kept_for_its_owner_and_no_token_is_ever_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    home = Home(tmp_path)
    home.data.mkdir(parents=True, exist_ok=True)
    asked = typed()
    assert set_telephone(home, asked, nobody) == 0
    kept = telephone(home)
    assert kept is not None
    assert kept.token not in capsys.readouterr().out
    assert (home.data / FILE).stat().st_mode & 0o077 == 0
    assert set_telephone(home, asked, nobody) == 0
    assert telephone(home) == kept, "its token stays"
    for wrong in (
        typed(hook="http://pbx.town/three-way"),
        typed(hook="https://li:geheim@pbx.town/"),
        typed(recordings="https://pbx.town/"),
    ):
        assert set_telephone(home, wrong, nobody) == 2
    assert telephone(home) == kept
    hooked = typed(hook="https://127.0.0.1:1/", recordings="https://pbx/{id}")
    assert set_telephone(home, hooked, lambda: "geheim") == 0
    kept = telephone(home)
    assert kept is not None
    assert b"geheim" not in (home.data / FILE).read_bytes()
    assert "geheim" not in capsys.readouterr().out
    assert SecretStore(home).get(kept.hook_ref).password == "geheim"
    assert bring(home, kept, call="a-1", to="110") == "away", "nobody is there"
    assert set_telephone(home, typed(off=True), nobody) == 0
    assert telephone(home) is None
    with pytest.raises(KeyError):
        SecretStore(home).get(kept.hook_ref)


def place_of(kit: DeskKit) -> Place:
    return next(iter(kit.board.places.values()))


def saved(qtbot: Any, kit: DeskKit, window: MainWindow) -> Case:
    """Save the report at hand; return its case, which is open then."""
    place = place_of(kit)
    window.form.set_place(place.name, place.point)
    window.form._send("5001")
    qtbot.waitUntil(lambda: kit.desk.case is not None)
    assert kit.desk.case is not None
    return kit.desk.case


def test_a_call_is_recorded_and_110_brought_in(
    qtbot, kit: DeskKit, window: MainWindow, tmp_path: Path
):
    """Through real sockets both ways: a telephone system rings, brings in, records."""
    home = Home(tmp_path / "home")
    home.data.mkdir(parents=True, exist_ok=True)
    SecretStore(home).put("telephone:1", "", "geheim")
    calls, told, opened = kit.desk.calls, [], []
    kit.desk.said.connect(told.append)
    calls.open_address = lambda address: opened.append(address) is None
    first = CallLine(Telephone(port=0, token=TOKEN), home, kit.desk)
    assert first.listen()
    here = Telephone(port=first.port, token=TOKEN)
    with Exchange(here, token="geheim") as exchange, ThreadPoolExecutor(1) as worker:
        kept = Telephone(
            port=0, token=TOKEN, hook=exchange.hook, hook_ref="telephone:1"
        )
        line = CallLine(kept, home, kit.desk)
        first.heard.connect(calls.hear)
        calls.system, calls.recordings = line.bring, "https://pbx/rec/{id}"

        def says(path: str, *, token: str = TOKEN, **fields: str) -> int:
            future = worker.submit(post, first.port, token, path, fields)
            qtbot.waitUntil(future.done)
            return future.result(5)

        assert says(CALL, token="other", number=NUMBER) == 401
        assert says(CALL, number="138 0000 0777", call="a-1") == 204
        assert ["0777" in each and "138" not in each for each in told] == [True]
        press(window, Key.Key_F2)
        form = window.form
        assert (form.phone.text(), form.channel) == (NUMBER, 0)

        # Danger to life: 110 comes in before the report is saved.
        press(window, Key.Key_F9, CTRL)
        assert form.call.choice() is not None
        press(window, Key.Key_Escape)
        assert form.call.choice() is None
        assert kit.desk.actions.is_reporting(), "the question alone is put away"
        press(window, Key.Key_F9, CTRL)
        press(window, Key.Key_Return)
        qtbot.waitUntil(lambda: exchange.asked == [("a-1", "110")])
        qtbot.waitUntil(lambda: len(calls.said_of("a-1")) == 2)
        case = saved(qtbot, kit, window)
        qtbot.waitUntil(
            lambda: (
                [
                    (each.to, each.connected)
                    for each in kit.board.cases[case.case_id].course.three_ways
                ]
                == [("110", True)]
            )
        )
        press(window, Key.Key_F2)
        assert (form.phone.text(), form.call.call) == ("", ""), "one call, one report"
        press(window, Key.Key_Escape)

        # At the case: another one fails.
        exchange.answers = "busy"
        press(window, Key.Key_F9, CTRL)
        assert window.case.choice() is not None
        press(window, Key.Key_2)
        press(window, Key.Key_Return)
        log = kit.board.entries
        qtbot.waitUntil(lambda: log(case.case_id)[-1].action == "three_way_failed")
        lines = [
            (each.action, each.text)
            for each in log(case.case_id)
            if each.action != "moment"
        ]
        assert lines[1:] == [
            ("three_way_asked", "110"),
            ("three_way_connected", "110"),
            ("three_way_asked", "119"),
            ("three_way_failed", "119 busy"),
        ]

        # Long after the call its recording comes, with a log-in that nobody keeps.
        assert not kit.desk.actions.allowed("recording")
        said = "https://li:geheim@pbx/rec?id=17&token=geheim"
        assert says(RECORDING, call="a-1", recording=said) == 204
        qtbot.waitUntil(lambda: kit.desk.actions.allowed("recording"))
        assert says(RECORDING, number=NUMBER, recording="r2") == 204
        qtbot.waitUntil(
            lambda: len(kit.board.cases[case.case_id].course.calls[0].recordings) == 2
        )
        assert "geheim" not in repr((kit.board.cases[case.case_id], *log(case.case_id)))
        assert any("Ctrl+Shift+F9" in text for _, text in window.case.head.facts())
        press(window, Key.Key_F9, CTRL | SHIFT)
        press(window, Key.Key_F9, CTRL | SHIFT)
        assert opened == ["https://pbx/rec/r2", "https://pbx/rec?id=17"]
        reads = kit.desk.ask(NumberLog(case_id=case.case_id)).result(5)
        assert [(each.deed, each.owner.ref) for each in reads] == [(PLAYED, "a-1")] * 2
        line.close()
    first.close()


def test_without_a_telephone_system_the_dialler_rings_110_and_the_seat_says_how(
    qtbot, kit: DeskKit, window: MainWindow
):
    dialled: list[str] = []
    kit.desk.calls.open_address = lambda address: dialled.append(address) is None
    press(window, Key.Key_F2)
    case = saved(qtbot, kit, window)
    press(window, Key.Key_F9, CTRL)
    press(window, Key.Key_Return)
    assert dialled == ["tel:110"]
    entries = kit.board.entries
    qtbot.waitUntil(lambda: entries(case.case_id)[-1].text == "110 dialled")
    press(window, Key.Key_F9, CTRL)
    press(window, Key.Key_2)
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: entries(case.case_id)[-1].text == "110 by_hand")
    assert entries(case.case_id)[-1].action == "three_way_failed"


def test_who_is_never_heard_of_has_failed_after_a_minute(qtbot, kit: DeskKit):
    calls, place = kit.desk.calls, place_of(kit)
    calls.hear(Rang(number=NUMBER, call="a-1"))
    kit.desk.actions.report(
        category="5001", place_name=place.name, point=place.point, call="a-1"
    )
    qtbot.waitUntil(lambda: bool(kit.board.cases))
    (case,) = kit.board.cases.values()
    assert [each.call for each in case.course.calls] == ["a-1"]
    with ThreadPoolExecutor(1) as worker:
        calls.system = lambda _call, _to: worker.submit(str)
        for _ in range(2):  # a key too many asks once
            calls.bring("110", case=case)
        entries = kit.board.entries
        qtbot.waitUntil(lambda: entries(case.case_id)[-1].action == "three_way_asked")
        kit.clock.go(seconds=61)
        calls._on_second()
        qtbot.waitUntil(lambda: entries(case.case_id)[-1].text == "110 silent")
    assert [each.action for each in entries(case.case_id)] == [
        "report",
        "three_way_asked",
        "three_way_failed",
    ]


def test_110_is_brought_into_the_call_of_the_case_alone(qtbot, kit: DeskKit):
    calls, place, bare = kit.desk.calls, place_of(kit), Course()
    kit.desk.actions.report(category="5001", place_name=place.name, point=place.point)
    qtbot.waitUntil(lambda: bool(kit.board.cases))
    (case,) = kit.board.cases.values()
    nobody = replace(case, course=bare)
    case = replace(
        case,
        reporter_phone="138 0000 0777",
        course=replace(bare, calls=(PhoneCall(call="a-1"),)),
    )
    calls.hear(Rang(number="13900000888", call="b-1"))
    assert calls._call_of(case) == "a-1", "a stranger's call is left alone"
    assert calls._call_of(nobody) == "", "dialled by hand"
    calls.hear(Rang(number=NUMBER, call="a-2"))
    calls.hear(Rang(number="13900000888", call="b-2"))
    assert calls._call_of(case) == "a-2", "who reported it rings again"
    kit.clock.go(seconds=181)
    assert calls._call_of(case) == "a-1"


def test_the_form_asks_no_longer_what_the_system_answered(
    qtbot, kit: DeskKit, window: MainWindow
):
    calls = kit.desk.calls
    calls.system = lambda _call, _to: Future()
    calls.hear(Rang(number=NUMBER, call="a-1"))
    press(window, Key.Key_F2)
    press(window, Key.Key_F9, CTRL)
    press(window, Key.Key_Return)
    press(window, Key.Key_F9, CTRL)
    calls.hear(Answered(call="a-2", to="110", deed="connected"))
    assert window.form.call.choice() is not None, "another call"
    calls.hear(Answered(call="a-1", to="110", deed="connected"))
    assert window.form.call.choice() is None
    press(window, Key.Key_F9, CTRL)
    assert window.form.call.choice() is not None
