"""What is said of an alarm, how its numbers are said, and when."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from desk_kit import CENTRE
from hypothesis import given
from hypothesis import strategies as st
from test_sounds import Room
from test_sounds import rooms as rooms

from console import spoken
from console.tones import Tone
from dispatch.alarms import Alarm
from dispatch.commands import RaiseAlarm
from dispatch.profiles import load_taxonomy

AT = datetime(2026, 11, 23, 2, 42, 7, tzinfo=UTC)
CORE = load_taxonomy()
ALARM = Alarm(
    alarm_id=1,
    device_id="SD-12-301",
    category="B001",
    severity=1,
    place_name="桃源新邨12幢301",
    point=CENTRE,
    first_at=AT,
    last_at=AT,
)
PLACE = "桃源新邨十二幢三零一"


@pytest.fixture
def chinese(rooms):
    """A desk that speaks Chinese; the application has its own words back after."""
    room = rooms()
    room.kit.desk.looks.set_language("zh_CN")
    yield room
    room.kit.desk.looks.hush()


# -- numbers and signs ------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("桃源新邨12幢301", PLACE),
        ("桃源新邨8幢502", "桃源新邨八幢五零二"),
        ("桃源新邨20幢1102室", "桃源新邨二十幢一一零二室"),
        ("银水庙村3号", "银水庙村三号"),
        ("渔民村60号", "渔民村六十号"),
        ("G320国道", "G三二零国道"),
        ("3#楼2单元", "三号楼二单元"),
        ("新景社区12-301", "新景社区十二，三零一"),
        ("05幢10室", "零五幢十室"),
        ("桃源农贸市场（东门）", "桃源农贸市场，东门"),
        ("12 Market St.", "12 Market St"),
        ("Block 12, Flat 301", "Block 12, Flat 3 0 1"),
        ("[[x]] <b>\x01\n门", "x，b，门"),
        ("", ""),
        ("…", ""),
    ],
)
def test_as_the_trade_says_it(written: str, said: str):
    assert spoken.said_aloud(written) == said


@given(st.text(max_size=60))
def test_a_voice_is_given_no_sign_but_stops(text: str):
    said = spoken.said_aloud(text)
    assert not set(said) & set('[]<>&|\\"`#_/\n\r\t\x00\x01')
    assert said.isprintable() or not text.isprintable()
    assert spoken.said_aloud(said) == said


@given(st.text("幢号室村0123456789- ", max_size=20))
def test_a_chinese_voice_is_given_no_digits(text: str):
    said = spoken.said_aloud(f"桃源{text}")
    assert not re.search(r"\d", said)


@given(st.from_regex(r"[0-9]{3,8}", fullmatch=True))
def test_three_digits_and_more_one_by_one(digits: str):
    said = spoken.said_aloud(f"{digits}室")
    assert [spoken.DIGITS.index(each) for each in said[:-1]] == [*map(int, digits)]
    assert spoken.said_aloud(f"Flat {digits}") == f"Flat {' '.join(digits)}"


def test_numbers_under_a_hundred():
    said = [spoken.number(value) for value in range(100)]
    assert len(set(said)) == 100
    assert [said[value] for value in (0, 2, 10, 12, 20, 99)] == [
        *("零", "二", "十", "十二", "二十", "九十九")
    ]


@given(st.text("桃源新邨12幢", max_size=60))
def test_no_number_is_cut_in_two(place: str):
    cut = spoken.shortened(place)
    assert place.startswith(cut)
    assert len(cut) <= spoken.LONGEST
    if len(place) > len(cut):
        assert not (cut[-1:].isdigit() and place[len(cut)].isdigit())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (f"一级告警，{PLACE}，烟感", [f"一级告警，{PLACE}，烟感"]),
        (
            f"Danger to life. {PLACE}. Smoke alarm.",
            ["Danger to life", PLACE, "Smoke alarm"],
        ),
        ("东门，一键报警 SOS，等两起", ["东门，一键报警", "SOS", "等两起"]),
        ("G三二零国道", ["G", "三二零国道"]),
        ("Drill", ["Drill"]),
        ("，. ", []),
        ("", []),
    ],
)
def test_each_part_is_for_one_voice(text: str, parts: list[str]):
    assert spoken.parts_of(text) == parts


def test_chinese_by_its_syllables():
    assert spoken.pinyin_of(f"{PLACE}，烟感") == (
        "tao2 yuan2 xin1 cun1 shi2 er4 zhuang4 san1 ling2 yi1, yan1 gan3"
    )
    assert spoken.pinyin_of("丁栅，俞汇") == "ding1 zha4, yu2 hui4"
    assert spoken.pinyin_of("重庆路三弄") == "chong2 qing4 lu4 san1 long4"
    assert spoken.pinyin_of("Drill") == ""


@given(st.text("桃源新邨十二幢三零一烟感女绿，", max_size=30))
def test_a_syllable_for_each_sign(text: str):
    said = spoken.pinyin_of(text)
    assert re.fullmatch(r"([a-zü]+[1-5](,? |$))*", said)
    assert len(said.split()) == len(text.replace("，", ""))


# -- which alarm --------------------------------------------------------------------


def test_the_newest_is_said_and_how_many_there_are():
    later = replace(ALARM, alarm_id=2, first_at=AT + timedelta(seconds=1))
    same = replace(later, alarm_id=3)
    assert spoken.chosen([ALARM]) == (ALARM, 1)
    assert spoken.chosen([later, ALARM]) == (later, 2)
    assert spoken.chosen([later, same, ALARM]) == (same, 3)


def test_a_true_one_is_said_before_any_of_a_drill():
    drill = replace(ALARM, alarm_id=2, drill=True, first_at=AT + timedelta(seconds=1))
    assert spoken.chosen([ALARM, drill]) == (ALARM, 1)
    assert spoken.chosen([drill]) == (drill, 1)


def test_the_sentence_in_chinese(chinese):
    assert spoken.of_alarm(ALARM, 1, CORE) == f"一级告警，{PLACE}，烟感"
    assert spoken.of_alarm(ALARM, 2, CORE) == f"一级告警，{PLACE}，烟感，等两起"
    assert spoken.of_alarm(ALARM, 12, CORE).endswith("烟感，等十二起")
    assert spoken.of_alarm(ALARM, 120, CORE).endswith("烟感，等一二零起")
    assert spoken.drill() == "演练"
    for category in CORE.categories:
        said = spoken.said_aloud(spoken.kind_of(category.name_zh))
        assert spoken.is_chinese(said)
        assert not re.search(r"[0-9()（）·/]", said)


def test_the_sentence_in_english():
    said = spoken.of_alarm(ALARM, 1, CORE)
    assert said == f"Danger to life. {PLACE}. Smoke alarm."
    assert spoken.is_chinese(said)  # that voice reads Latin letters as English
    said = spoken.of_alarm(replace(ALARM, place_name="Block 12"), 3, CORE)
    assert said == "Danger to life. Block 12. Smoke alarm. 3 in all."
    assert not spoken.is_chinese(said)


# -- when ---------------------------------------------------------------------------


def drill_alarm(room: Room, device="PB-YH-01", category="B003") -> None:
    count = len(room.kit.board.alarms)
    room.kit.client.do(
        RaiseAlarm(**room.kit.said(device), category=category, drill=True)
    )
    room.qtbot.waitUntil(lambda: len(room.kit.board.alarms) > count)


def test_the_tone_is_asked_for_first_then_the_sentence_and_so_again(chinese):
    room = chinese
    room.alarm()
    assert room.sink.order == [Tone.P1, "say"]
    assert room.sink.said == [(f"一级告警，{PLACE}，烟感", 1.0)]
    assert room.go(10) == [Tone.P1]
    assert room.sink.order == [Tone.P1, "say"] * 2
    assert len(set(room.sink.said)) == 1
    room.alarm("PB-YH-01", "B003")
    assert room.sink.said[-1][0].startswith("一级告警，俞汇小学东门，一键报警")
    assert room.sink.said[-1][0].endswith("，等两起")


def test_nothing_but_danger_to_life_is_said(rooms):
    room = rooms()
    second = next(
        each.code
        for each in CORE.categories
        if each.severity == 2 and each.code.startswith("B")
    )
    room.alarm("SD-12-301", second)
    assert Tone.P2 in room.sink.order
    assert room.sink.said == []


def test_acknowledging_cuts_it_off(rooms):
    room = rooms()
    room.alarm()
    room.kit.desk.actions.run("acknowledge")
    room.qtbot.waitUntil(lambda: room.sink.order[-1] == "hush")
    room.go(30)
    assert room.sink.order == [Tone.P1, "say", "hush"]


def test_pause_cuts_it_off(rooms):
    room = rooms()
    room.alarm()
    assert room.kit.desk.actions.run("quiet")
    assert room.sink.order == [Tone.P1, "say", "hush"]
    room.go(59)
    assert room.sink.order == [Tone.P1, "say", "hush"]


@pytest.mark.parametrize(("voice", "after"), [(True, 8), (False, 2)])
def test_a_lesser_sound_waits_until_it_has_been_said(rooms, voice: bool, after: int):
    room = rooms()
    room.sink.voice = voice
    room.alarm()
    room.kit.client.lose()
    room.qtbot.waitUntil(lambda: not room.kit.desk.link.connected)
    assert room.go(after - 1) == []
    assert room.go(1) == [Tone.ALONE]


def test_it_can_be_switched_off_and_is_kept(rooms):
    room = rooms()
    assert room.sounds.speech
    assert room.sink.word == "Drill"
    room.alarm()
    room.sounds.set_speech(False)
    assert room.sink.order == [Tone.P1, "say", "hush"]
    assert room.sink.word == ""
    room.go(10)
    assert room.sink.order == [Tone.P1, "say", "hush", Tone.P1]
    assert not room.sounds.speech
    room.sounds.set_speech(True)  # and it is heard how it sounds
    assert room.sink.said[-1] == (spoken.to_try(), 1.0)
    assert room.sink.word == "Drill"


def test_as_loud_as_its_tone(rooms):
    room = rooms()
    room.sounds.set_volume(25)
    room.alarm()
    assert [volume for _, volume in room.sink.said] == [0.25, 0.25]


def test_in_a_drill_the_word_comes_first_and_follows_the_language(chinese):
    room = chinese
    assert room.sink.word == "演练"
    drill_alarm(room)
    assert [drill for _, _, _, drill in room.sink.asked] == [True]
    assert room.sink.order == [Tone.P1, "say"]
    room.alarm()  # a true one: no word before it, and it is the one that is said
    assert [drill for _, _, _, drill in room.sink.asked] == [True, False]
    assert room.sink.said[-1][0] == f"一级告警，{PLACE}，烟感"
    room.kit.desk.looks.set_language("en")
    assert room.sink.word == "Drill"


def test_a_desk_that_is_quiet_asks_for_nothing_to_be_said(rooms):
    room = rooms()
    assert room.go(20) == []
    assert room.sink.order == []
