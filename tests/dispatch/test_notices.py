"""What somebody is to hear of: its words, what goes together, what follows a try."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from bus_kit import START, Kit

from dispatch.notices import (
    ACCEPTED,
    FAILED,
    GATHER,
    SENDING,
    UNCERTAIN,
    WAITING,
    OpenNotice,
    after,
    is_stale,
    joined,
    letters,
    line_of,
    send_at,
    sms_number,
    text_of,
)
from dispatch.notify.book import (
    LOG_FILE,
    Notifier,
    NotifierBook,
    NotifierError,
    Template,
    check,
    filled,
    read_template,
)
from dispatch.notify.contract import Outcome, clean
from dispatch.notify.sms import is_yes
from dispatch.profiles import load_taxonomy
from dispatch.secrets import Secret

ZONE = ZoneInfo("Asia/Shanghai")
TEMPLATE = Template(fields={"to": "{phone}", "say": "{text}"})
SMS = Notifier(
    name="短信", kind="sms", url="https://sms.example/send", template=TEMPLATE
)


def notice(number: int, **changed: object) -> OpenNotice:
    known = {
        "notice_id": number,
        "case_id": number,
        "case_number": f"33042111126112300{number:02}",
        "at": START,
        "next_at": START,
        "cause": "dispatch",
        "notifier": "短信",
        "unit_id": "W01",
        "department": "综治办",
        "text": f"第{number}件",
        **changed,
    }
    return OpenNotice(**known)  # type: ignore[arg-type]


def ids(groups: list[tuple[OpenNotice, ...]]) -> list[tuple[int, ...]]:
    return [tuple(each.notice_id for each in group) for group in groups]


def test_a_text_names_kind_place_and_number_and_no_person(tmp_path: Path) -> None:
    kit = Kit(tmp_path)
    case = kit.case(
        kit.report("1002", reporter_name="张桂英", reporter_phone="13800000301")
    )
    kit.close()
    taxonomy = load_taxonomy()
    said = text_of(case, taxonomy, ZONE, cause="dispatch", at=START)
    kind = taxonomy.category("1002").name_zh
    assert said == (
        f"派遣任务，请签收。{kind}，丁栅老街，案件号{case.number}，11-23 10:00。"
    )
    due = START + timedelta(days=1)
    told = text_of(case, taxonomy, ZONE, cause="remind", kind="half", due=due, at=START)
    assert told.startswith("办理提醒：时限已过半。")
    assert told.endswith("11-24 10:00到期。")
    drill = replace(case, drill=True)
    red = text_of(drill, taxonomy, ZONE, cause="supervise", level=200, at=START)
    assert red.startswith("演练 红牌督办。")
    assert "张" not in said + told + red
    assert "138" not in said + told + red


def test_reminders_of_one_handler_wait_for_each_other() -> None:
    assert send_at("dispatch", START) == START
    assert send_at("remind", START) == START + GATHER
    later = START + timedelta(seconds=50)
    first = notice(1, cause="remind", next_at=START + GATHER)
    second = notice(2, cause="supervise", at=later, next_at=later + GATHER)
    other = notice(3, cause="remind", unit_id="W02", next_at=START + GATHER)
    sent = notice(4, next_at=START + GATHER)
    waiting = [first, second, other, sent]
    assert letters(waiting, START) == []
    now = START + GATHER
    assert ids(letters(waiting, now)) == [(4,), (1, 2), (3,)]
    # A way with one address of its own tells all of them at once.
    assert ids(letters(waiting, now, alone={"短信"})) == [(4,), (1, 2, 3)]


def test_circulars_come_after_all_else() -> None:
    many = [notice(number, cause="circular") for number in (1, 2)]
    task = notice(3, next_at=START + timedelta(seconds=9))
    late = notice(4, cause="remind", next_at=START + timedelta(seconds=9))
    waiting = [*many, late, task]
    now = START + timedelta(seconds=9)
    assert ids(letters(waiting, now)) == [(3,), (4,), (1,), (2,)]


def test_what_was_tried_together_stays_together() -> None:
    tried = [notice(n, cause="remind", letter_id="a" * 32) for n in (1, 2)]
    new = notice(3, cause="remind")
    assert ids(letters([*tried, new], START)) == [(1, 2), (3,)]
    assert letters([notice(4, state=SENDING)], START) == []


def test_one_text_of_many_is_short() -> None:
    assert joined(["甲"]) == "甲"
    assert joined(["甲", "乙"]) == "共2件：\n1. 甲\n2. 乙"
    assert joined(["甲"] * 12).endswith("10. 甲\n另有2件。")


@pytest.mark.parametrize(
    ("outcome", "once", "state"),
    [
        ("accepted", False, ACCEPTED),
        ("refused", True, FAILED),
        ("not_sent", False, WAITING),
        ("unknown", False, UNCERTAIN),
        ("unknown", True, WAITING),
    ],
)
def test_what_may_have_gone_out_is_sent_again_only_where_it_counts_once(
    outcome: str, once: bool, state: str
) -> None:
    found, next_at = after(Outcome(state=outcome), tries=1, once=once, now=START)
    assert found == state
    assert (next_at is not None) == (state == WAITING)


def test_tries_become_rarer_and_end() -> None:
    waits = []
    for tries in (1, 2, 20):
        _, at = after(Outcome(state="not_sent"), tries=tries, once=False, now=START)
        assert at is not None
        waits.append(at - START)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(minutes=10)
    assert not is_stale(notice(1), START + timedelta(minutes=29))
    assert is_stale(notice(1), START + timedelta(minutes=31))
    assert not is_stale(notice(1, cause="remind"), START + timedelta(hours=11))


def test_a_notifier_takes_what_is_for_it() -> None:
    def takes(notifier: Notifier, phone: str = "", department: str = "综治办") -> bool:
        return notifier.takes(cause="remind", department=department, phone=phone)

    assert not takes(SMS)
    assert takes(SMS, "13800000001")
    leader = Notifier(name="a", kind="sms", to="13900000000", causes=("direct",))
    assert not takes(leader)
    of_one = Notifier(name="b", kind="webhook", department="司法所")
    assert not takes(of_one)
    assert takes(of_one, department="司法所")
    assert line_of("sms", "短信", "failed", "answer 22") == "sms/短信 failed answer 22"
    assert line_of("log", "log", "accepted", "") == "log accepted"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": "a b"}, "a name is"),
        ({"name": "log"}, "a name is"),
        ({"kind": "pigeon"}, "of the kind"),
        ({"url": "ftp://x"}, "must look like https://"),
        ({"url": "https://u:p@host/"}, "leave the log-in out"),
        ({"url": "http://sms.example/"}, "http:// is only for"),
        ({"causes": ("tea",)}, "nobody is told for 'tea'"),
        ({"to": "call me"}, "no telephone number"),
        ({"template": None}, "needs the file"),
        ({"template": Template(fields={"x": "{text}"})}, "must name {phone}"),
        (
            {"template": Template(fields={"x": "{text}{phone}{pin}"})},
            "placeholder {pin}",
        ),
        ({"kind": "mail", "url": "smtps://m", "sender": "x"}, "'x' is no mailbox"),
    ],
)
def test_a_notifier_that_cannot_send_is_refused(changed, words: str) -> None:
    known = {"name": SMS.name, "kind": SMS.kind, "url": SMS.url, "template": TEMPLATE}
    with pytest.raises(NotifierError) as refused:
        check(Notifier(**{**known, **changed}))
    assert words in str(refused.value)


def test_near_addresses_may_be_spoken_to_in_clear() -> None:
    for host in ("127.0.0.1:8080", "10.1.2.3", "192.168.1.9"):
        check(Notifier(name="a", kind="webhook", url=f"http://{host}/x"))


def test_a_template_is_filled_once_and_nothing_leaks_into_it() -> None:
    values = {"phone": "138", "text": '{secret}"}', "secret": "s"}
    fields = {"a": "{phone}", "b": ["{text}", 7], "c": "{other}"}
    assert filled(fields, values) == {
        "a": "138",
        "b": ['{secret}"}', 7],
        "c": "{other}",
    }
    with pytest.raises(NotifierError):
        read_template(b'{"fields": {"a": "{phone}{text}"}, "more": 1}')
    with pytest.raises(NotifierError):
        read_template("短".encode("gb18030"))
    read = read_template('{"fields": {"手机": "{phone}", "内容": "{text}"}}'.encode())
    assert read.form == "json"


@pytest.mark.parametrize(
    ("said", "yes"),
    [
        ('{"code":0,"data":[{"status":"OK"}]}', True),
        ('{"code":"0","data":[{"status":"OK"}]}', True),
        ('{"code":22,"data":[{"status":"OK"}]}', False),
        ('{"code":0,"data":[]}', False),
        ('{"code":0}', False),
        ("<html>", False),
        ("", False),
    ],
)
def test_an_answer_must_say_what_the_template_takes_for_a_yes(
    said: str, yes: bool
) -> None:
    accepted = {"code": ("0",), "data.0.status": ("OK",)}
    assert is_yes(said, Template(fields={}, accepted=accepted)) is yes
    assert is_yes("000/Send:1", Template(fields={}, accepted={"": ("000",)}))


def test_what_the_other_side_says_is_short_and_without_the_log_in() -> None:
    login = Secret("运维", "Kanarien#vogel")
    said = clean("bad\npassword Kanarien#vogel of 运维\x00 " + "x" * 99, login)
    assert said.startswith("bad password … of …")
    assert len(said) == 60


def test_a_book_is_read_again_and_a_damaged_one_changes_nothing(
    tmp_path: Path, expected_log
) -> None:
    path = tmp_path / "notifiers.json"
    book, other = NotifierBook(path), NotifierBook(path)
    assert book.all() == ()
    assert book.find("log") == LOG_FILE
    other.put(SMS)
    assert book.all() == (SMS,)
    assert other.find("短信") == SMS
    path.write_text("{", encoding="utf-8")
    expected_log("dispatch.notify.book", "cannot be read")
    assert book.all() == (SMS,)
    with pytest.raises(NotifierError):
        book.put(SMS)
    path.unlink()
    assert book.all() == ()


def test_of_several_numbers_the_first_is_written_to() -> None:
    assert sms_number("138 0000-0001") == "13800000001"
    assert sms_number("13800000001、0573-84710001") == "13800000001"
    assert sms_number("+86 13800000001/13900000000") == "+8613800000001"
    assert sms_number("") == ""
