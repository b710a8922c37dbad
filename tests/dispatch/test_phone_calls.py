"""Calls about a case: no log-in is kept of a recording, 三方转接 goes in order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_kinship import a_case

from dispatch import phone_calls
from dispatch.cases import Case
from dispatch.commands import Refused
from dispatch.people import Actor, Role

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DESK = Actor("李敏", "2号席", frozenset({Role.ACCEPTOR}))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("rec-20261123-0001", "rec-20261123-0001"),
        ("2026/11/23/0001.wav", "2026/11/23/0001.wav"),
        ("https://pbx.town/rec/1.wav", "https://pbx.town/rec/1.wav"),
        ("https://li:geheim@pbx.town:8443/rec/1", "https://pbx.town:8443/rec/1"),
        ("https://geheim@pbx.town/rec/1#geheim", "https://pbx.town/rec/1"),
        ("https://pbx/play?id=17&token=geheim", "https://pbx/play?id=17"),
        ("https://pbx/play?X-Sig=geheim&uuid=ab-1", "https://pbx/play?uuid=ab-1"),
        ("https://pbx/play?id=http://x?p=geheim", "https://pbx/play"),
        ("http://[fd00::7]/rec/1", "http://[fd00::7]/rec/1"),
        ("https://pbx/rec;jsessionid=geheim", ""),
        ("file:///etc/passwd", ""),
        ("javascript://x/%0aalert(1)", ""),
        ("sip:li:geheim@pbx", ""),
        ("https://pbx:99999/1", ""),
        ("https://pbx/" + "a" * 600, ""),
        ("", ""),
        ("two words", ""),
    ],
)
def test_what_names_a_recording_holds_no_log_in(said: str, kept: str) -> None:
    found = phone_calls.recording_of(said)
    assert found == kept
    assert "geheim" not in found
    assert phone_calls.recording_of(found) == found, "cleaned once, clean"


@given(st.text(max_size=80), st.text(max_size=30))
def test_whatever_is_said_is_cleaned_for_good(text: str, secret: str) -> None:
    for said in (text, f"https://{text}@pbx/{secret}", f"https://pbx/?token={secret}"):
        found = phone_calls.recording_of(said)
        assert phone_calls.recording_of(found) == found
        assert "@" not in found.partition("://")[2].partition("/")[0]
        assert "token" not in found.partition("?")[2]


def with_call(number: int, call: str, **fields: object) -> Case:
    case = replace(a_case(number), opened_at=AT, **fields)  # type: ignore[arg-type]
    return phone_calls.rang(case, call)


def test_a_recording_finds_the_call_it_was_made_of() -> None:
    first = with_call(1, "a-1", reporter_phone="138 0000 0777")
    second = with_call(2, "a-2", reporter_phone="138 0000 0777")
    other = replace(a_case(3), opened_at=AT, reporter_phone="13800000777")

    def found(call: str, number: str, after: timedelta, *cases: Case) -> Case | None:
        return phone_calls.case_of(cases, call=call, number=number, at=AT + after)

    soon, number = timedelta(minutes=9), "13800000777"
    assert found("a-1", "", soon, first, second, other) is first
    assert found("a-9", "", soon, first, second, other) is None
    assert found("", number, soon, first, second, other) is second
    step = phone_calls.recorded(second, DESK, AT, call="a-2", recording="r2")
    assert found("", number, soon, first, step.case, other) is first
    assert found("", number, timedelta(days=2), first) is None
    assert found("", "13800000778", soon, first) is None


def test_a_recording_is_kept_once_and_named_in_the_log_by_no_address() -> None:
    case = with_call(1, "a-1")
    step = phone_calls.recorded(case, DESK, AT, call="a-1", recording="r1")
    assert [(e.action, e.text) for e in step.entries] == [("recorded", "")]
    later = phone_calls.recorded(step.case, DESK, AT, call="b-1", recording="r2").case
    assert phone_calls.recordings(later) == (("b-1", "r2"), ("a-1", "r1"))
    assert later.version == case.version, "nobody is kept from taking it"
    for call, recording, reason in (
        ("a-1", "r1", "nothing_new"),
        ("a-1", "https://li:geheim@pbx/1", "recording"),
        ("", "r3", "call"),
        ("two words", "r3", "call"),
    ):
        with pytest.raises(Refused) as refused:
            phone_calls.recorded(later, DESK, AT, call=call, recording=recording)
        assert refused.value.reason == reason


def test_somebody_is_asked_into_a_call_and_comes_or_does_not() -> None:
    case, later = with_call(1, "a-1"), AT + timedelta(seconds=14)

    def said(case: Case, deed: str, to: str = "110", reason: str = "") -> Case:
        step = phone_calls.three_way(
            case, DESK, later, to=to, deed=deed, said_at=AT, reason=reason, call="a-1"
        )
        (entry,) = step.entries
        assert entry.action == phone_calls.LINES[deed]
        assert entry.text == f"{to} {reason}".strip()
        return step.case

    for wrong, deed, reason in (
        ("110", phone_calls.CONNECTED, "third_not_asked"),
        ("13800000777", phone_calls.ASKED, "third"),
        ("110", "sung", "third"),
    ):
        with pytest.raises(Refused) as refused:
            said(case, deed, wrong)
        assert refused.value.reason == reason
    case = said(case, phone_calls.ASKED)
    with pytest.raises(Refused):
        said(case, phone_calls.ASKED)
    case = said(case, phone_calls.ASKED, "119")
    case = said(case, phone_calls.FAILED, "110", "silent")
    late = said(case, phone_calls.CONNECTED)
    assert late.course.three_ways[0].connected, "later than anybody waited"
    with pytest.raises(Refused):
        said(late, phone_calls.FAILED)
    case = said(case, phone_calls.ASKED)
    case = said(case, phone_calls.CONNECTED)
    stands = [
        (each.to, each.connected, each.answered_at) for each in case.course.three_ways
    ]
    assert stands == [("110", False, AT), ("119", False, None), ("110", True, AT)]
    asked = phone_calls.waiting(case)
    assert asked is not None
    assert asked.to == "119"


def test_a_three_way_in_one_call_too_many_is_noted_of_none() -> None:
    case = a_case(1)
    for number in range(phone_calls.MOST_CALLS):
        case = phone_calls.rang(case, f"a-{number}")

    def asked(call: str) -> str:
        step = phone_calls.three_way(
            case, DESK, AT, to="120", deed="asked", said_at=AT, call=call
        )
        (entry,) = step.entries
        assert entry.action == "three_way_asked"
        assert step.case.course.calls == case.course.calls
        return step.case.course.three_ways[-1].call

    assert asked("a-3") == "a-3"
    assert asked("b-1") == ""
    with pytest.raises(Refused):
        asked("no call")
