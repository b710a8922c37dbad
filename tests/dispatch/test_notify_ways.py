"""Each way to reach people, against a real server: what it sends, what it believes."""

import email
import email.policy
import hashlib
import hmac
from pathlib import Path

import pytest
from bus_kit import START

from dispatch.notify import http, mail, sms, webhook
from dispatch.notify.book import Notifier, Template
from dispatch.notify.contract import Item, Letter, Outcome
from dispatch.secrets import Secret
from tests.gateway_kit import (
    CUT,
    HANG,
    free_port,
    gateway,
    mail_server,
    own_certificate,
)

LOGIN = Secret("姚庄", "Kanarien#vogel/7%:@")
FIELDS = {
    "account": "{user}",
    "password": "{secret}",
    "to": ["{phone}"],
    "content": "【姚庄镇】{text}",
    "uid": "{id}",
}


def letter(to: str = "13800000001", text: str = "派遣任务，“老街”\n请签收") -> Letter:
    item = Item(
        case_number="3304211112611230001",
        cause="dispatch",
        unit_id="W01",
        department="综治办",
        text=text,
    )
    return Letter(letter_id="a" * 32, to=to, text=text, items=(item,), at=START)


def by_sms(url: str, form: str = "json", **more: object) -> Notifier:
    template = Template(fields=FIELDS, form=form, accepted={"code": ("0",)})
    return Notifier(name="sms", kind="sms", url=url, template=template, **more)  # type: ignore[arg-type]


def test_a_gateway_is_asked_as_its_template_says() -> None:
    with gateway() as there:
        for form in ("json", "form", "query"):
            sent = sms.send(letter(), by_sms(there.url, form), LOGIN)
            assert sent == Outcome(state="accepted")
    in_json, in_form, in_query = there.asked
    assert in_json.json == {
        "account": "姚庄",
        "password": LOGIN.password,
        "to": ["13800000001"],
        "content": "【姚庄镇】派遣任务，“老街”\n请签收",
        "uid": "a" * 32,
    }
    assert in_json.headers["Content-Type"] == "application/json"
    assert b"password=Kanarien%23vogel%2F7%25%3A%40" in in_form.body
    assert in_query.method == "GET"
    assert in_query.body == b""
    assert "uid=aaaa" in in_query.path


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        ((200, '{"code":22,"msg":"模板不匹配"}'), "refused", "answer"),
        ((200, "no json"), "refused", "answer"),
        ((302, ""), "refused", "answer"),
        ((404, ""), "refused", "answer"),
        ((401, ""), "not_sent", "login"),
        ((429, ""), "not_sent", "busy"),
        ((503, ""), "not_sent", "busy"),
        ((500, ""), "unknown", "broken"),
        (CUT, "unknown", "broken"),
    ],
)
def test_what_an_answer_means(answer, state: str, reason: str) -> None:
    with gateway() as there:
        there.answer = answer
        outcome = sms.send(letter(), by_sms(there.url), LOGIN)
    assert (outcome.state, outcome.reason) == (state, reason)
    assert len(there.asked) == 1


def test_a_gateway_that_repeats_the_log_in_is_not_repeated() -> None:
    with gateway() as there:
        there.answer = (400, f"wrong password {LOGIN.password} for {LOGIN.username}")
        outcome = sms.send(letter(), by_sms(there.url), LOGIN)
    assert outcome.detail == "400 wrong password … for …"


def test_who_never_answers_and_who_is_not_there_differ(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(http, "LIMIT_S", 0.2)
    with gateway() as there:
        there.answer = HANG
        hung = sms.send(letter(), by_sms(there.url), LOGIN)
        assert (hung.state, hung.reason) == ("unknown", "timeout")
    nobody = by_sms(f"http://127.0.0.1:{free_port()}/")
    gone = sms.send(letter(), nobody, LOGIN)
    assert (gone.state, gone.reason) == ("not_sent", "unreachable")
    assert sms.knock(nobody, LOGIN) == "unreachable"


def test_a_slow_talker_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "WHOLE_S", 0.2)
    with gateway() as there:
        there.answer = HANG
        outcome = sms.send(letter(), by_sms(there.url), LOGIN)
    assert (outcome.state, outcome.reason) == ("unknown", "broken")


def test_a_certificate_must_be_trusted(tmp_path: Path) -> None:
    own = own_certificate(tmp_path)
    with gateway(cert=own) as there:
        outcome = sms.send(letter(), by_sms(there.url), LOGIN)
        assert (outcome.state, outcome.reason) == ("not_sent", "tls")
        assert there.asked == []
        trusting = by_sms(there.url, ca=str(own))
        assert sms.knock(trusting, LOGIN) == ""
        assert sms.send(letter(), trusting, LOGIN).state == "accepted"
        lost = by_sms(there.url, ca=str(tmp_path / "none.pem"))
        assert sms.send(letter(), lost, LOGIN).reason == "tls"


def test_a_password_that_no_header_can_hold_is_in_no_error() -> None:
    template = Template(
        fields={"a": "{phone}{text}"}, headers={"Authorization": "{secret}"}
    )
    with gateway() as there:
        notifier = Notifier(name="a", kind="sms", url=there.url, template=template)
        outcome = sms.send(letter(), notifier, Secret("u", "two\nlines"))
        assert outcome == Outcome(state="not_sent", reason="template")
        assert there.asked == []


def test_a_program_is_told_in_json_that_it_can_verify() -> None:
    with gateway() as there:
        there.answer = (204, "")
        notifier = Notifier(name="a", kind="webhook", url=there.url)
        assert webhook.send(letter(""), notifier, LOGIN).state == "accepted"
        assert webhook.send(letter(""), notifier, None).reason == "no_secret"
    (asked,) = there.asked
    assert asked.json["id"] == asked.headers["Idempotency-Key"] == "a" * 32
    assert asked.json["notices"][0]["case_number"] == "3304211112611230001"
    signed = asked.headers["X-Lookout-Timestamp"].encode() + b"." + asked.body
    key = LOGIN.password.encode()
    made = hmac.new(key, signed, hashlib.sha256).hexdigest()
    assert asked.headers["X-Lookout-Signature"] == f"sha256={made}"


def by_mail(url: str) -> Notifier:
    return Notifier(
        name="mail",
        kind="mail",
        url=url,
        to="duty@town.example",
        sender="l@town.example",
    )


def test_a_mail_arrives_with_its_words() -> None:
    with mail_server() as there:
        assert mail.knock(by_mail(there.url), None) == ""
        assert there.mails == []
        assert mail.send(letter(), by_mail(there.url), None).state == "accepted"
    (raw,) = there.mails
    got = email.message_from_bytes(raw, policy=email.policy.default)
    assert got["Subject"] == "派遣任务，“老街”"
    assert got["Message-ID"] == f"<{'a' * 32}@lookout>"
    assert got.get_content().split() == ["派遣任务，“老街”", "请签收"]


@pytest.mark.parametrize(
    ("answers", "state", "reason"),
    [
        ({"RCPT": "550 nobody of that name"}, "refused", "answer"),
        ({"RCPT": "451 later"}, "not_sent", "busy"),
        ({"MAIL": ""}, "not_sent", "unreachable"),
        ({"DATA": "554 no"}, "refused", "answer"),
        ({".": "452 full"}, "not_sent", "busy"),
        ({".": ""}, "unknown", "broken"),
    ],
)
def test_what_a_mail_server_s_word_means(answers, state: str, reason: str) -> None:
    with mail_server() as there:
        there.answers = answers
        outcome = mail.send(letter(), by_mail(there.url), None)
    assert (outcome.state, outcome.reason) == (state, reason)


def test_a_mail_server_that_takes_no_log_in_is_not_given_one() -> None:
    with mail_server() as there:
        outcome = mail.send(letter(), by_mail(there.url), LOGIN)
        assert (outcome.state, outcome.reason) == ("not_sent", "login")
        nobody = by_mail(f"smtps://127.0.0.1:{free_port()}")
        assert mail.knock(nobody, LOGIN) == "unreachable"
