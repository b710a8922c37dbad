"""Words that mean one thing: none of them stands for another one anywhere."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "resources" / "translations" / "lookout_zh_CN.ts"
GUIDE = ROOT / "docs" / "user-guide.md"

# A word nobody may use, and what is said instead.
NEVER = {
    "确定": "the act itself",
    "停放": "暂存",
    "报案": "登记",
    "入网": "准入",
    "刚刚": "an age in words",
    "画面之外": "图外: 画面 is a camera's picture",
    "未核实": "存疑: 核实 is done to a report before it is filed",
}
# A word that is kept for one thing, and what its English must speak of.
KEPT = {
    "搁置": ("shelve",),
    "核实": ("verif",),
    "暂存": ("aside", "park"),
    "准入": ("enrol", "on its list"),  # 准入清单 is the trade's own word
    "消音": ("silen",),
}
# What the English speaks of, and the word that it must not be given.
NOT_FOR = {"enrol": "登记", "shelve": "暂存", "aside": "搁置"}


def pairs() -> list[tuple[str, str]]:
    """Return every text of the interface, English and Chinese."""
    return [
        (each.findtext("source") or "", "".join(each.itertext()).strip())
        for each in ET.parse(TRANSLATIONS).iter("message")
    ]


def chinese() -> list[str]:
    """Return every Chinese text: of the interface, and each line of the guide."""
    interface = [
        each.findtext("translation") or ""
        for each in ET.parse(TRANSLATIONS).iter("message")
    ]
    return [*interface, *GUIDE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("word", NEVER)
def test_a_word_that_is_not_ours_stands_nowhere(word):
    assert [text for text in chinese() if word in text] == [], NEVER[word]


@pytest.mark.parametrize("word", KEPT)
def test_a_word_kept_for_one_thing_is_used_for_nothing_else(word):
    wrong = [
        text
        for source, text in pairs()
        if word in text and not any(each in source.lower() for each in KEPT[word])
    ]
    assert wrong == []


@pytest.mark.parametrize("thing", NOT_FOR)
def test_a_thing_is_not_called_by_anothers_word(thing):
    wrong = [
        text
        for source, text in pairs()
        if thing in source.lower() and NOT_FOR[thing] in text
    ]
    assert wrong == []
