"""Kinds by the words of a report, and by which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.kind_words import kind_words, propose
from dispatch.profiles import load_taxonomy
from dispatch.taxonomy import raised_by_devices

CORE = load_taxonomy()
WORDS = sorted({word for words in kind_words().values() for word in words})


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ("桃源新邨12幢楼下着火了，冒黑烟", "3001", {"着火", "黑烟"}),
        ("路边一大堆垃圾好几天没人收", "5001", {"垃圾", "没人收"}),
        ("锦绣路井盖没了，小孩差点掉下去", "7001", {"井盖没了"}),
        ("路过井盖响，咣当咣当", "7002", {"井盖响", "咣当"}),
        ("老板拖欠工资三个月", "1004", {"拖欠", "工资"}),
        ("我妈老年痴呆，早上出门走丢了", "2008", {"走丢", "老年痴呆"}),
        ("半夜施工打桩，睡不着", "6009", {"半夜施工", "打桩"}),
        ("厨房有煤气味", "3002", {"煤气味"}),
        ("两个人困在电梯里", "9004", {"困在电梯"}),
        ("田里有人烧稻草", "8004", {"烧稻草"}),
        ("隔壁在楼道里给电瓶车充电，拉了飞线", "4003", {"飞线", "电瓶车", "充电"}),
        ("请问居住证怎么办理", "A001", {"请问", "怎么办理"}),
        ("桥下路面积水半米深", "3006", {"积水"}),
        ("唱歌喇叭太吵", "6006", {"唱歌", "喇叭", "太吵"}),
    ],
)
def test_what_callers_say(said: str, code: str, words: set[str]) -> None:
    first = propose(said, CORE)[0]
    assert first.code == code
    assert words <= set(first.words)


def test_nothing_said_proposes_nothing() -> None:
    assert propose("", CORE) == []
    assert propose("你好，我姓李", CORE) == []


@given(said=st.lists(st.sampled_from(WORDS), max_size=4), more=st.sampled_from(WORDS))
def test_every_reason_stands_in_the_text_and_more_words_take_none_away(
    said: list[str], more: str
) -> None:
    text = "，".join(said)
    before = {each.code: each for each in propose(text, CORE, limit=99)}
    after = {each.code: each for each in propose(f"{text}，{more}", CORE, limit=99)}
    weights = [each.weight for each in before.values()]
    assert weights == sorted(weights, reverse=True)
    for code, each in before.items():
        assert all(word.casefold() in text.casefold() for word in each.words)
        assert each.weight == sum(kind_words()[code][word] for word in each.words)
        assert code in after


def test_the_words_are_of_kinds_that_people_report() -> None:
    for code, words in kind_words().items():
        assert CORE.find(code) is not None
        assert not raised_by_devices(code)
        assert words
        assert all(word and weight > 0 for word, weight in words.items())


def test_other_words_may_be_given() -> None:
    (found,) = propose("abc", CORE, words={"3001": {"ab": 1, "b": 2}, "none": {"a": 9}})
    assert (found.code, found.weight, found.words) == ("3001", 1, ("ab",))
