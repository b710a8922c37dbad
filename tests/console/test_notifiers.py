"""`lookout notify`, the doctor's look at it, and what the desk says of a delivery."""

import io
import json
from pathlib import Path

import pytest
from desk_kit import DESK, DeskKit

from console import doctor_notify, notice_words
from console.cli import main
from console.doctor import Level, examine
from console.panels.case import CasePanel
from console.plain_words import CHINESE, ENGLISH, PlainWords
from console.translation import load_translation
from dispatch.commands import ReportCase, SendUnit
from dispatch.delivery import open_notices
from dispatch.notices import NoteDelivery, Told
from dispatch.people import SYSTEM
from resources.home import Home
from tests.gateway_kit import free_port, gateway

CANARY = "Kanarien#vogel/7%:@"
TEMPLATE = {
    "fields": {"key": "{secret}", "to": "{phone}", "text": "{text}"},
    "accepted": {"code": ["0"]},
}
SAY = PlainWords("Notice", CHINESE)


@pytest.fixture
def template(tmp_path: Path) -> str:
    path = tmp_path / "template.json"
    path.write_text(json.dumps(TEMPLATE), encoding="utf-8")
    return str(path)


@pytest.fixture
def run(home: Home, capsys, monkeypatch):
    def run(*words: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{CANARY}\n"))
        status = main(["notify", *words, "--home", str(home.root)])
        heard = capsys.readouterr()
        assert CANARY not in heard.out + heard.err
        return status, heard.out + heard.err

    return run


def test_a_gateway_is_set_up_listed_tried_and_taken_away(run, home: Home, template):
    assert "还没有设置" in run("list")[1]
    with gateway() as there:
        add = ("add", "短信", "--kind", "sms", "--url", there.url)
        assert run(*add)[0] == 2  # how is it asked?
        assert run(*add, "--template", template, "--password-stdin")[0] == 0
        assert there.url in run("list")[1]
        assert run("test", "短信") == (2, "lookout: 发给哪个号码？请写 --to 号码\n")
        status, said = run("test", "短信", "--to", "13800000001")
        assert (status, said) == (0, "短信 已送达网关\n")
        assert there.asked[0].json["key"] == CANARY
        (found,) = examine("notify", doctor_notify.notifiers, home)
        assert found.level is Level.OK
        there.answer = (200, '{"code":22}')
        status, said = run("test", "短信", "--to", "13800000001")
        assert status == 3
        assert "对方拒收" in said
    (found,) = examine("notify", doctor_notify.notifiers, home)
    assert found.level is Level.WRONG
    assert CANARY not in (home.data / "notifiers.json").read_text(encoding="utf-8")
    assert run("remove", "短信")[0] == 0
    assert CANARY not in (home.data / "secrets.json").read_text(encoding="utf-8")
    assert run("remove", "短信")[0] == 2
    (found,) = examine("notify", doctor_notify.notifiers, home)
    assert found.level is Level.LOOK


def test_what_will_not_do_is_refused_before_a_password_is_asked(run, tmp_path):
    for words in (
        ("--kind", "webhook", "--url", f"https://u:{CANARY}@host/x"),
        ("--kind", "webhook", "--url", "http://host.example/x"),
        ("--kind", "mail", "--url", "smtps://host", "--to", "nobody"),
        ("--kind", "sms", "--url", "https://h", "--template", str(tmp_path / "none")),
    ):
        status, said = run("add", "x", *words)
        assert status == 2
        assert said.startswith("lookout: ")
        assert "还没有设置" in run("list")[1]


def test_a_way_that_does_not_answer_is_named_by_the_doctor(run, home: Home):
    url = f"http://127.0.0.1:{free_port()}/"
    add = ("add", "内部系统", "--kind", "webhook", "--url", url, "--password-stdin")
    assert run(*add)[0] == 0
    (found,) = examine("notify", doctor_notify.notifiers, home)
    assert found.level is Level.WRONG
    assert found.values["name"] == "内部系统"


@pytest.mark.parametrize(
    ("line", "head", "rest"),
    [
        ("sms accepted", "短信 已送达网关", ""),
        ("mail accepted", "邮件 已交给邮件服务器", ""),
        (
            "log accepted no_notifier",
            "通知只写入日志文件",
            "没有人由此得知：没有设置短信、邮件或推送（lookout notify add --help）。",
        ),
        ("sms/值班 waiting unreachable", "短信 值班 尚未送出", "连不上，自动重试。"),
        (
            "sms failed answer 22 模板不匹配",
            "短信 被拒收",
            "对方拒收 (22 模板不匹配)，请改打电话。",
        ),
        (
            "webhook uncertain crash",
            "推送 是否送达不明",
            "发送时服务中断；可能已送达，为免重复不再自动发送，请打电话确认。",
        ),
        ("gone given_up removed", "gone 放弃发送", "这种通知方式已删除，请改打电话。"),
    ],
)
def test_a_delivery_in_words(monkeypatch, line: str, head: str, rest: str):
    monkeypatch.setattr("console.own_name.own_name", lambda: "lookout")
    assert notice_words.delivery(line, SAY) == (head, rest)


def test_whoever_has_a_terminal_is_not_said_to_have_heard_nothing():
    line = "log accepted no_notifier"
    said = notice_words.delivery(line, SAY, rang=True)
    assert said == ("终端已通知；未设置短信", "")
    failed = "sms failed answer 22"
    assert notice_words.delivery(failed, SAY, rang=True)[0] == "短信 被拒收"


def test_every_reason_has_its_words(monkeypatch):
    monkeypatch.setattr("console.own_name.own_name", lambda: "lookout")
    chinese, english = PlainWords("Notice", CHINESE), PlainWords("Notice", ENGLISH)
    for reason, text in notice_words.REASONS.items():
        assert notice_words.why(reason, english) == text
        assert notice_words.why(reason, chinese) != text


def test_the_desk_shows_whether_it_arrived(qtbot, qapp, tmp_path):
    kit = DeskKit(tmp_path)
    panel = CasePanel(kit.desk)
    qtbot.addWidget(panel)
    kit.start(qtbot)
    translator = load_translation(qapp)
    try:
        report = ReportCase(
            actor=DESK,
            category="1002",
            place_name="丁栅老街",
            point=kit.board.town.origin,
        )
        case_id = kit.client.do(report).value
        assert isinstance(case_id, int)
        kit.client.do(SendUnit(actor=DESK, case_id=case_id, unit_id="W01"))
        (notice,) = open_notices(kit.store)
        told = Told(notice_id=notice.notice_id, case_id=case_id, unit_id="W01")
        for state, line in (
            ("waiting", "sms waiting timeout"),
            ("accepted", "sms accepted"),
        ):
            kit.client.do(
                NoteDelivery(
                    actor=SYSTEM,
                    notices=(told,),
                    letter_id="a" * 32,
                    state=state,
                    line=line,
                )
            )
        log = kit.board.entries
        qtbot.waitUntil(
            lambda: [e.action for e in log(case_id)].count("notify") == 2, timeout=5000
        )
        kit.desk.open_case(case_id)
        entries = log(case_id)
        lines = [panel.log.itemDelegate().lines(entry) for entry in entries[-2:]]
        assert lines == [
            ("短信 尚未送出  王建国", "超时没有答复，自动重试。"),
            ("短信 已送达网关  王建国", ""),
        ]
    finally:
        qapp.removeTranslator(translator)
        kit.close()
