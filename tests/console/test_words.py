"""Words are complete, exact, and never say 刚刚."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import refusals, words
from console.action_table import ACTIONS
from console.looked_at import LookedAt
from console.painting import fitting, text_width
from console.theme import Theme
from console.translation import load_translation
from dispatch.case_states import OUTCOMES, VOID_REASONS
from dispatch.cases import CaseState
from dispatch.commands import Moment, Refused
from dispatch.course import Stage
from dispatch.people import Role
from dispatch.units import UnitStatus

ROOT = Path(__file__).parents[2]
TS = ROOT / "resources" / "translations" / "lookout_zh_CN.ts"
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 2, 42, 7, tzinfo=UTC)


@pytest.fixture
def chinese(qapp):
    translator = load_translation(qapp)
    yield
    qapp.removeTranslator(translator)


def messages():
    for context in ElementTree.parse(TS).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            yield name, message


def test_everything_has_a_label():
    assert set(words.STATES) == set(CaseState)
    assert set(words.MOMENTS) == set(Moment)
    assert set(words.UNIT_STATES) == set(UnitStatus)
    assert set(words.STAGES) == set(Stage)
    assert set(words.ROLES) == set(Role)
    assert tuple(words.OUTCOMES) == OUTCOMES
    assert tuple(words.VOID_REASONS) == VOID_REASONS
    assert set(words.SEVERITIES) == {1, 2, 3, 4}


def test_every_refusal_has_words():
    """Each reason given anywhere in the programs has a sentence."""
    given = set()
    for folder in ("dispatch", "console"):
        for path in (ROOT / folder).rglob("*.py"):
            given |= set(re.findall(r'Refused\(\s*"(\w+)"', path.read_text("utf-8")))
    assert len(given) > 20
    assert given - set(refusals.REFUSALS) == set()


def test_every_log_action_has_words():
    source = (ROOT / "dispatch" / "cases.py").read_text("utf-8")
    found = set(re.findall(r'_(?:step|entry)\(\s*"(\w+)"', source)) | {"report"}
    assert found
    assert found <= set(words.LOG_ACTIONS)


def test_refusals_say_what_to_do(chinese):
    for reason in refusals.REFUSALS:
        text = refusals.refusal(Refused(reason, "x"))
        assert len(re.findall("[。；，]", text)) >= 1, text
        assert text.endswith("。"), text
    busy = Refused("unit_busy", "x", unit="W01", name="王建国", case_id=7)
    assert "王建国" in refusals.refusal(busy)
    version = Refused("version", "x", state=int(CaseState.DISPATCHED))
    assert "待签收" in refusals.refusal(version)
    ended = refusals.refusal(Refused("state", "x", state=int(CaseState.CLOSED)))
    assert "已结案" in ended
    assert "下一步" not in ended
    assert ended.endswith("。")
    role = Refused("role", "x", roles="shift_leader")
    assert "值班长" in refusals.refusal(role)
    assert "odd" in refusals.refusal(Refused("never_heard_of", "odd"))


def test_no_entry_is_unfinished():
    unfinished = [
        (name, message.findtext("source"))
        for name, message in messages()
        if message.find("translation").get("type")
        or not message.findtext("translation")
    ]
    assert unfinished == []


def test_translations_keep_their_gaps():
    for name, message in messages():
        source = message.findtext("source") or ""
        target = message.findtext("translation") or ""
        assert set(re.findall(r"\{\w+\}|%\d", source)) == set(
            re.findall(r"\{\w+\}|%\d", target)
        ), (name, source)


def test_translations_are_collected_and_compiled():
    done = subprocess.run(
        [sys.executable, "packaging/update_translations.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_never_just_now():
    for _, message in messages():
        assert "刚刚" not in (message.findtext("translation") or "")


def test_the_words_of_the_design(chinese):
    assert [words.state(state) for state in CaseState] == [
        *("待受理", "核实中", "待立案", "待派遣", "待签收", "回退待重派"),
        *("处置中", "已出动", "已到场", "挂账中", "待核查", "核查中", "待结案"),
        *("已结案", "强制结案", "不予受理", "不予立案", "作废", "移交", "并入主案"),
    ]
    assert [
        words.moment(moment)
        for moment in (
            Moment.SIGNAL,
            Moment.ON_SCREEN,
            Moment.ACKNOWLEDGED,
            Moment.FIRST_PICTURE,
            Moment.DISPATCHED,
            Moment.SIGNED,
            Moment.ARRIVED,
            Moment.CLOSED,
        )
    ] == ["信号", "上屏", "确认", "首画面", "派遣", "签收", "到场", "结案"]
    assert words.is_chinese()


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (0, "0秒"),
        (41, "41秒"),
        (59.9, "59秒"),
        (60, "1分"),
        (12 * 60 + 59, "12分"),
        (3600, "1时"),
        (2 * 3600 + 600, "2时10分"),
        (3 * 86400 + 2 * 3600, "3天2时"),
        (86400, "1天"),
        (-5, "0秒"),
    ],
)
def test_spans(chinese, length, text):
    assert words.span(timedelta(seconds=length)) == text


def test_past_times():
    def clock_time(**age):
        return words.clock_time(NOW - timedelta(**age), now=NOW, zone=ZONE)

    assert clock_time(hours=1) == "09:42"
    assert clock_time(hours=11) == "11-22 23:42"
    assert clock_time(days=3) == "11-20 10:42"
    assert clock_time(seconds=-30) == "10:42"  # a clock that runs ahead


def test_left_and_distances(chinese):
    assert words.left(timedelta(hours=2, minutes=10)) == "剩 2时10分"
    assert words.left(-timedelta(days=3, hours=2)) == "超期 3天2时"
    assert words.ago(timedelta(seconds=40)) == "40秒前"
    assert words.distance(12.4) == "12米"
    assert words.distance(183) == "180米"
    assert words.distance(994) == "990米"
    assert words.distance(1448) == "1.4公里"
    assert words.fine(timedelta(seconds=0.42)) == "0.4秒"
    assert words.fine(timedelta(seconds=125)) == "2分05秒"
    assert words.counting(timedelta(seconds=41)) == "00:41"
    assert words.counting(timedelta(hours=1, seconds=161)) == "1:02:41"


def test_names_are_masked():
    assert words.masked("张桂英") == "张*"
    assert words.masked("") == ""


def test_keys_read_as_on_the_caps():
    assert words.key("Ctrl+Return") == "Ctrl+⏎"
    assert words.key("Num++") == "+"
    assert words.key("Num+-") == "−"
    names = [action.name for action in ACTIONS]
    assert len(names) == len(set(names))


def test_english_is_the_source(qapp):
    assert load_translation(qapp, "en") is None
    assert not words.is_chinese()
    assert words.state(CaseState.NEW) == "To accept"


@pytest.mark.parametrize(
    "name", ["姚庄卫生院", "桃源物业", "嘉善某某物业服务有限公司", "派出所", "ABC Ltd"]
)
def test_an_organisation_is_nobody_to_mask(name: str):
    assert words.masked(name) == name


@pytest.mark.parametrize("name", ["王院", "欧阳建国", "阿依古丽·买买提", "John Smith"])
def test_what_may_be_a_person_is_masked(name: str):
    assert words.masked(name) == f"{name[0]}*"


def test_time_left_briefly(chinese):
    assert words.left_briefly(timedelta(hours=2, minutes=10)) == "剩 2时"
    assert words.left_briefly(-timedelta(days=3, hours=2)) == "超期 3天"
    assert words.left_briefly(timedelta(minutes=10)) == "剩 10分"


@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1), st.floats(0, 400))
def test_parts_are_left_out_whole(qapp, parts: list[str], width: float):
    theme = Theme()
    shown = fitting(parts, width, theme)
    count = len(shown.split(" · "))
    assert shown == " · ".join(parts[:count])
    assert count == 1 or text_width(shown, theme) <= width


@given(st.lists(st.sampled_from([1, 2, 3, None, -1, -2]), max_size=30))
def test_the_way_back_never_leads_astray(steps: list[int | None]):
    """Opening forgets what lay ahead; back and forward only go where one was."""
    looked, at = LookedAt(), None
    opened: set[int] = set()
    for step in steps:
        if step is None or step > 0:
            at = step
            looked.note(step)
            opened |= {step} if step else set()
        else:
            found = looked.beside(1 if step == -2 else -1, at, {1, 2, 3})
            assert found == 0 or (found in opened and found != at)
            if found:
                looked.go(found)
                at = found
                looked.note(found)
