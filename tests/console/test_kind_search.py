"""Which kind of case stands first for what was typed."""

import pytest

from console.kind_search import KindSearch
from dispatch.profiles import load_taxonomy


@pytest.mark.parametrize(("typed", "first"), [("lj", "waste"), ("js", "Flooding")])
def test_letters_of_a_word_come_before_letters_out_of_two(qapp, typed: str, first: str):
    names = [each.text for each in KindSearch(load_taxonomy()).find(typed, limit=9)]
    assert first in names[0]


def test_nothing_typed_finds_nothing(qapp):
    assert KindSearch(load_taxonomy()).find("", limit=9) == []


def test_what_a_caller_says_finds_a_kind_with_the_words_that_speak_for_it(qapp):
    found = KindSearch(load_taxonomy()).find("路边一大堆垃圾好几天没人收", limit=3)
    assert found[0].key == "5001"
    assert set(found[0].about.split(" · ")) == {"垃圾", "没人收"}
