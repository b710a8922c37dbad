"""Cases are found by what was written of them, in both stores alike."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from bus_kit import Kit
from hypothesis import given
from hypothesis import strategies as st

from dispatch import case_search
from dispatch.case_search import HEAP_BITS, write_terms
from dispatch.case_terms import plain, terms_of, words_of
from dispatch.desk_queries import read_answer, write_answer
from dispatch.history import answer
from dispatch.questions import (
    FindCases,
    FoundCase,
    FoundCases,
    ReadCase,
    WholeCase,
)
from dispatch.rows import CASES

PLACE = "姚庄镇桃源新村12幢301室"
DETAILS = "楼道里堆了电瓶车，正在充电"
NAME = "沈根宝"
PHONE = "13800571234"


def found(kit: Kit, text: str, **more: Any) -> Sequence[FoundCase]:
    answered: FoundCases = answer(FindCases(text=text, **more), kit.store)
    return answered.cases


def report(kit: Kit, **fields: Any) -> int:
    given_ = {
        "place_name": PLACE,
        "details": DETAILS,
        "reporter_name": NAME,
        "reporter_phone": PHONE,
    }
    return kit.report(**(given_ | fields))


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("桃源", "place"),
        ("新村12幢", "place"),
        ("12 幢", "place"),
        ("１２幢", "place"),
        ("电瓶车", "details"),
        ("车，正", "details"),
        ("根宝", "name"),
        ("13800571234", "phone"),
        ("138 0057 1234", "phone"),
        ("1234", "phone"),
        ("tyxc", "place"),
        ("TYXC", "place"),
        ("sgb", "name"),
    ],
)
def test_a_case_is_found_by_what_was_written_of_it(kit: Kit, text: str, by: str):
    case_id = report(kit)
    report(kit, place_name="别处", details="", reporter_name="", reporter_phone="")
    (case,) = found(kit, text)
    assert (case.case_id, case.by) == (case_id, (by,))
    assert not any(NAME in str(v) or PHONE in str(v) for v in case.by)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "桃",
        "桃源电瓶",
        "源桃",
        "%%",
        "桃 源",
        "138005",
        "0571",
        "tyxy",
        "沈宝",
        '"',
        "' OR 1",
    ],
)
def test_what_was_not_written_is_not_found(kit: Kit, text: str):
    report(kit)
    assert found(kit, text) == ()


def test_all_words_of_a_question_have_to_be_there(kit: Kit):
    case_id = report(kit)
    report(kit, details="井盖缺失")
    assert [c.case_id for c in found(kit, "桃源 电瓶")] == [case_id]
    assert found(kit, "桃源 电瓶 井盖") == ()
    assert found(kit, "桃源 电瓶")[0].by == ("place", "details")


def test_a_case_number_is_found_whole_and_by_its_end(kit: Kit):
    case_id = report(kit)
    number = kit.case(case_id).number
    for text in (number, number[-4:], number[-6:]):
        assert case_id in [case.case_id for case in found(kit, text)]
    assert found(kit, number)[0].by == ("number",)


def test_the_newest_come_first_and_the_next_page_after_them(kit: Kit):
    ids = [report(kit) for _ in range(7)]
    first = answer(FindCases(text="桃源", limit=3), kit.store)
    after = answer(FindCases(text="桃源", limit=9, before=first.before), kit.store)
    assert [case.case_id for case in first.cases + after.cases] == ids[::-1]
    assert (first.before, after.before) == (ids[4], None)


def test_a_search_that_is_given_up_says_where_it_stands(kit: Kit, monkeypatch):
    monkeypatch.setattr(case_search, "_MOST_LOOKED_AT", 2)
    monkeypatch.setattr(case_search, "_AT_ONCE", 2)
    wanted = report(kit, place_name="源新桃源")
    for _ in range(3):
        report(kit, place_name="新桃源新", details="", reporter_name="")
    page = answer(FindCases(text="源新桃"), kit.store)
    assert page.cases == ()
    page = answer(FindCases(text="源新桃", before=page.before), kit.store)
    assert [case.case_id for case in page.cases] == [wanted]


@pytest.mark.parametrize("text", ["13911112222", "139 1111 2222", "+86 13911112222"])
def test_a_number_in_the_report_is_found_like_that_of_who_reported_it(kit: Kit, text):
    case_id = report(kit, details=f"房东电话 {text}，没人接", reporter_phone="")
    for asked in ("13911112222", "2222", "139 1111 2222"):
        (case,) = found(kit, asked)
        assert (case.case_id, case.by) == (case_id, ("phone",))
    for part in ("1391", "111122", "1111", "86139"):
        assert found(kit, part) == ()
    assert found(kit, "电话没人")[0].by == ("details",)


def test_two_short_numbers_are_two_words(kit: Kit):
    case_id = report(kit)
    number = kit.case(case_id).number
    (case,) = found(kit, f"{number[-4:]} 301")
    assert case.by == ("number", "place")


def test_a_drill_is_found_as_one(kit: Kit):
    case = kit.case(report(kit))
    with kit.store.writing() as connection:
        CASES.save(connection, [(case, replace(case, drill=True))])
    assert found(kit, "桃源")[0].drill


def test_what_is_written_otherwise_later_is_found_so(kit: Kit):
    case_id = report(kit)
    case = kit.case(case_id)
    altered = replace(case, place_name="银水庙村")
    with kit.store.writing() as connection:
        CASES.save(connection, [(case, altered)])
        write_terms(connection, {case_id: altered}, {case_id: False})
    assert found(kit, "桃源") == ()
    assert [case.case_id for case in found(kit, "银水庙")] == [case_id]


def test_old_cases_are_found_behind_any_number_of_new_ones(kit: Kit):
    heap = 1 << HEAP_BITS
    cases = [report(kit, place_name="银水庙村")]
    for behind in (heap, 2 * heap - 1, 9 * heap - 1, 10 * heap):
        with kit.store.writing() as connection:
            connection.execute(
                sa.text("UPDATE counters SET case_number = :n"), {"n": behind}
            )
        kit.bus = kit.new_bus()
        cases.insert(0, report(kit))
        assert cases[0] > behind
    *new, old = cases
    assert [case.case_id for case in found(kit, "银水")] == [old]
    assert [case.case_id for case in found(kit, "电瓶")] == [*new, old]
    for before, *older in (cases[n:] for n in range(len(cases))):
        query = FindCases(text="电瓶", before=before)
        assert [case.case_id for case in answer(query, kit.store).cases] == older


TEXTS = st.text(alphabet="桃源新村12幢 ａB-3楼道", max_size=14)


@given(written=TEXTS, question=TEXTS)
def test_an_index_leads_to_whatever_a_look_would_find(written: str, question: str):
    fields = ("", "", "", written, "", written[::-1])
    terms = set(terms_of(fields).split())
    for word in words_of(question):
        if word.why(fields):
            assert any(terms.issuperset(way) for way in word.ways)
        if word.text in plain(written):
            assert word.why(fields) == "place"


def test_a_case_is_read_whole_and_comes_over_the_line_as_it_is(kit: Kit):
    case_id = report(kit)
    query = ReadCase(case_id=case_id)
    whole: WholeCase = answer(query, kit.store)
    assert whole.case == kit.case(case_id)
    assert [entry.action for entry in whole.entries] == ["report"]
    assert read_answer(query, write_answer(whole)) == whole
    assert answer(ReadCase(case_id=case_id + 1), kit.store) == WholeCase(case=None)
    (found_,) = found(kit, PHONE)
    assert (found_.owner, found_.unit_id) == ("", "")
