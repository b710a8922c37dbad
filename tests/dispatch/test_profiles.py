"""Profiles: what each town counts by, and clear words where one is wrong."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from bus_kit import DESK, Kit, refusal

from dispatch.case_commands import SendDirect, TurnCase
from dispatch.case_states import CaseState
from dispatch.course import Limit, Stage
from dispatch.profiles import extend, load_taxonomy, made, profile_names
from dispatch.taxonomy import DirectRule

CATEGORY = {
    "code": "1001",
    "name_zh": "甲",
    "name_en": "a",
    "severity": 3,
    "department": "综治办",
    "standards": [
        {
            "standard_id": "1001-1",
            "condition": "属实",
            "limit_code": "work_day",
            "limit_value": 1,
        }
    ],
}
STEP = {"step_id": "call", "name_zh": "致电", "name_en": "call"}
YES = {"answer_id": "yes", "name_zh": "是", "name_en": "Yes"}
REAL: dict[str, Any] = {
    "step_id": "real",
    "name_zh": "确有火情？",
    "name_en": "is it a fire?",
    "answers": [YES, {**YES, "answer_id": "no"}],
}
BASE: dict[str, Any] = {
    "name": "base",
    "classes": [{"code": "10", "name_zh": "甲", "name_en": "a"}],
    "categories": [CATEGORY],
    "rules": {"enquiries": []},
}


def procedure(*steps: dict[str, Any]) -> dict[str, Any]:
    return {"procedures": [{"category": "10", "steps": steps}]}


def test_every_profile_loads_and_says_whose_it_is() -> None:
    assert profile_names() == [
        "baohe",
        "core",
        "jinniu",
        "shengzhou",
        "yaozhuang",
        "yuncheng",
    ]
    for name in profile_names():
        taxonomy = load_taxonomy(name)
        assert taxonomy.name == name
        assert taxonomy.find("B001") is not None  # devices raise cases everywhere
        assert name == "core" or taxonomy.title_zh


def test_what_the_towns_have_published() -> None:
    yaozhuang, shengzhou = load_taxonomy("yaozhuang"), load_taxonomy("shengzhou")
    assert yaozhuang.rules.within == Limit(code="natural_day", value=7)
    assert set(yaozhuang.rules.before) == {"half", "four_fifths", "day_before"}
    *_, routine = shengzhou.rules.stages["dispatch"]
    assert routine == Limit(code="natural_day", value=1)
    # A day is the most for what is routine; danger to life waits no longer than before.
    grave, core = shengzhou.rules.stages["dispatch"][:3], load_taxonomy().rules.stages
    assert grave == core["dispatch"][:3]
    assert shengzhou.rules.within == Limit(code="natural_day", value=3)
    online = load_taxonomy("jinniu").rules.online
    assert online is not None
    hours = [limit.value for limit in (online.answer, online.solve, online.hard)]
    assert hours == [2, 24, 72]


def test_the_national_form_has_a_limit_for_each_condition() -> None:
    taxonomy = load_taxonomy("yuncheng")
    cover = taxonomy.category("C103")
    assert [(s.limit_code, s.limit_value) for s in cover.standards] == [
        ("urgent_hour", 2),
        ("work_hour", 4),
        ("work_day", 2),
        ("work_day", 5),
    ]
    assert all(standard.condition for standard in cover.standards)
    assert taxonomy.find("6002") is None  # its own street order stands for the core's
    assert taxonomy.category("0405").name_zh == "店外经营"


def test_a_case_runs_by_the_profile_of_its_town(tmp_path) -> None:
    kit = Kit(tmp_path)
    kit.bus = kit.new_bus(taxonomy=load_taxonomy("jinniu"))
    online, by_phone = kit.report("1002", channel="wechat"), kit.report("1002")
    for case_id, unit_id, hours in ((online, "W01", 24), (by_phone, "W02", 72)):
        kit.send(case_id, unit_id)
        took = kit.case(case_id).deadline - kit.clock()
        assert took.total_seconds() == hours * 3600
    assert kit.case(by_phone).course.clock(Stage.CONTACT).limit is None
    kit.close()


def test_what_is_reported_online_keeps_a_shorter_limit_of_its_kind(tmp_path) -> None:
    kit = Kit(tmp_path)
    kit.bus = kit.new_bus(taxonomy=load_taxonomy("jinniu"))
    case_id = kit.report("6002", channel="wechat")  # two hours by its standard
    kit.send(case_id)
    assert kit.case(case_id).deadline - kit.clock() == timedelta(hours=2)
    kit.close()


def test_a_short_case_of_yaozhuang_is_reminded_of_before_its_deadline(tmp_path) -> None:
    kit = Kit(tmp_path)
    kit.bus = kit.new_bus(taxonomy=load_taxonomy("yaozhuang"))
    case_id = kit.report("6002")  # two hours
    kit.send(case_id)
    for _ in range(7):
        kit.clock.go(minutes=15)
        kit.keep_time()
    assert kit.actions(case_id).count("remind") == 2  # at the half and four fifths
    kit.close()


def test_what_is_reported_online_is_answered_within_two_hours(tmp_path) -> None:
    kit = Kit(tmp_path)
    kit.bus = kit.new_bus(taxonomy=load_taxonomy("jinniu"))
    reported_at, case_id = kit.clock(), kit.report("1002", channel="wechat")
    due = reported_at + timedelta(hours=2)
    kit.clock.go(minutes=20)
    kit.take(case_id)
    clock = kit.case(case_id).course.clock(Stage.CONTACT)
    assert (clock.begun_at, clock.due_at) == (reported_at, due)
    kit.bus.handle(TurnCase(actor=DESK, case_id=case_id, action="contact"))
    kit.send(case_id)
    assert kit.case(case_id).course.clock(Stage.CONTACT) is None
    kit.close()


def test_a_direct_report_goes_up_to_where_its_rule_says(tmp_path) -> None:
    rule = DirectRule(severity=3, category="10", level="county")
    core = load_taxonomy()
    kit = Kit(tmp_path)
    kit.bus = kit.new_bus(
        taxonomy=replace(core, rules=replace(core.rules, direct=(rule,)))
    )
    dispute, street = kit.report("1002"), kit.report("6002")
    kit.bus.handle(SendDirect(actor=DESK, case_id=dispute, unit_id="W01"))
    case = kit.case(dispute)
    assert (case.state, case.course.level) == (CaseState.DISPATCHED, "county")
    assert case.deadline is not None
    direct = SendDirect(actor=DESK, case_id=street, unit_id="W02")
    assert refusal(kit, direct).reason == "no_direct"
    kit.close()


@pytest.mark.parametrize(
    ("own", "says"),
    [
        (
            {
                "categories": [
                    {
                        **CATEGORY,
                        "standards": [{**CATEGORY["standards"][0], "first": "nap"}],
                    }
                ]
            },
            "standard 1001-1: first nap",
        ),
        ({"rules": {"withn": None}}, "nobody knows withn"),
        ({"klasses": []}, "nobody knows klasses"),
        ({"without": ["10"]}, "has a category, and of what"),
        ({"categories": [{**CATEGORY, "severity": 9}]}, "1001 lacks severity"),
        ({"categories": [{"code": "1001"}]}, "missing required field `name_zh`"),
        ({"rules": {"stages": {"nap": [None]}}}, "no stage nap"),
        ({"rules": {"stages": {"sign": [None, None]}}}, "one for each severity"),
        ({"rules": {"within": {"code": "moon", "value": 1}}}, "1 moon is no limit"),
        ({"rules": {"yellow": {"code": "work_day", "value": 0}}}, "is no limit"),
        ({"rules": {"enquiries": ["Z999"]}}, "no category Z999"),
        ({"rules": {"remind": ["tea"]}}, "nobody reminds of tea"),
        ({"rules": {"direct": [{"severity": 1, "level": "moon"}]}}, "no level moon"),
        ({"rules": {"direct": [{"severity": 1, "category": "9"}]}}, "of .9. fits no"),
        ({"rules": {"direct": [{"severity": 1, "copies": [""]}]}}, "nobody's copy"),
        ({"rules": {"admits": [{"to": "村", "categories": []}]}}, "takes fits no case"),
        ({"rules": {"extensions": -1}}, "below zero"),
        ({"former": []}, "nobody knows former"),
        ({"rules": {"routes": [{"to": ""}]}}, "route to .. fits no case"),
        ({"rules": {"routes": [{"to": "甲", "severities": [5]}]}}, "fits no case"),
        ({"rules": {"routes": [{"to": "甲", "category": "99"}]}}, "fits no case"),
        ({"procedures": [{"category": "99", "steps": []}]}, "99 is double or of no"),
        ({"procedures": [{"category": "10", "steps": []}]}, "10 has no steps"),
        (
            {"procedures": [{"category": "10", "steps": [{**STEP, "moment": "tea"}]}]},
            "procedure 10: step .call. is none",
        ),
        (
            procedure({**STEP, "when": {"tea": "done"}}),
            "procedure 10: .call. asks about .tea.: no such step",
        ),
        (
            procedure({**STEP, "when": {"call": "done"}}),
            ".call. does not come before .call.",
        ),
        (
            procedure({**STEP, "when": {"real": "yes"}}, REAL),
            ".real. does not come before .call.",
        ),
        (
            procedure(REAL, {**STEP, "when": {"real": "perhaps"}}),
            ".real. is never .perhaps.: .call.",
        ),
        (
            procedure(REAL, {**STEP, "when": {"real": "done"}}),
            ".real. is never .done.",
        ),
        (
            procedure({**REAL, "answers": REAL["answers"][:1]}),
            ".real. asks, and has not two answers",
        ),
        (procedure({**REAL, "answers": REAL["answers"] * 2}), ".real. asks, and has"),
        (procedure({**REAL, "moment": "arrived"}), ".real. asks, and has"),
        (
            {"procedures": [{"category": "1001", "steps": [STEP, STEP]}]},
            "1001 has no steps, or one twice",
        ),
    ],
)
def test_a_profile_that_is_wrong_says_where(own: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says) as refused:
        made("own", extend(BASE, {"name": "own", **own}))
    assert str(refused.value).startswith("profile own: ")


def test_a_profile_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(ValueError, match="no profile moon; there are baohe, core"):
        load_taxonomy("moon")
