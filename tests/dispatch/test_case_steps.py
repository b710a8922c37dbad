"""The procedure of a case: ticked off, skipped with a reason, asked for at its end."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from bus_kit import DESK, START, Kit, picture_of, refusal
from hypothesis import given
from hypothesis import strategies as st

from dispatch.case_commands import MarkStep, TurnCase
from dispatch.case_steps import (
    ANSWERED,
    DEEDS,
    DONE,
    SKIPPED,
    UNDONE,
    condition_of,
    marked,
    must_be_done,
    steps_now,
)
from dispatch.cases import Case, CaseState, Step
from dispatch.commands import (
    ArriveCase,
    CheckCase,
    CloseCase,
    Moment,
    Refused,
    SignCase,
)
from dispatch.course import Course, StepMark
from dispatch.geo import Point
from dispatch.people import Actor, Role
from dispatch.profiles import load_taxonomy
from dispatch.taxonomy import Procedure, ProcedureStep, StepAnswer

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CORE = load_taxonomy()
# 重大事故隐患: ordered stopped within two hours, and reported to the county.
HAZARD = "4006"


def a_case(category: str = HAZARD, **changed: object) -> Case:
    return Case(
        case_id=1,
        number="3304211112611230001",
        version=7,
        state=CaseState.PENDING_CLOSE,
        category=category,
        severity=1,
        place_name="桃源新邨12幢301",
        point=Point(120.95, 30.91),
        opened_at=AT,
        **changed,  # type: ignore[arg-type]
    )


def mark(case: Case, step_id: str, deed: str = DONE, reason: str = "") -> Case:
    return marked(
        case, DESK, AT, taxonomy=CORE, step_id=step_id, deed=deed, reason=reason
    ).case


def missing(case: Case) -> list[str]:
    return [each.step.step_id for each in steps_now(case, CORE) if each.is_missing]


def test_the_longest_code_that_fits_has_the_procedure() -> None:
    words = ("phone", "written", "final")
    assert tuple(step.step_id for step in CORE.steps_of("3005")) == words
    fire = ("fire", "trapped", "rescue", *words)
    assert tuple(step.step_id for step in CORE.steps_of("3001")) == fire
    assert CORE.steps_of("6002") == ()  # nothing is published of it
    assert load_taxonomy("yaozhuang").steps_of("3001") == CORE.steps_of("3001")
    assert load_taxonomy("yuncheng").steps_of("5007") == ()  # its class is left out


def test_a_branch_is_the_case_s_once_something_leads_to_it() -> None:
    call = ProcedureStep(step_id="call", name_zh="致电", name_en="call", required=True)
    ask = replace(call, step_id="ask", when={"call": "done"})
    visit = replace(call, step_id="visit", when={"call": "skipped"})
    tell = replace(call, step_id="tell", when={"visit": "done"})
    steps = (call, ask, visit, tell)
    branched = replace(CORE, procedures=(Procedure(category=HAZARD, steps=steps),))

    def said(case: Case, step_id: str, deed: str = DONE) -> Case:
        reason = "无人接听" if deed == SKIPPED else ""
        about = {"taxonomy": branched, "step_id": step_id, "deed": deed}
        return marked(case, DESK, AT, **about, reason=reason).case  # type: ignore[arg-type]

    def lacks(case: Case) -> list[str]:
        return [n.step.step_id for n in steps_now(case, branched) if n.is_missing]

    case = a_case()
    assert lacks(case) == ["call"]
    with pytest.raises(Refused, match="no step visit"):
        said(case, "visit")
    answered = said(case, "call")
    assert lacks(answered) == ["ask"]
    must_be_done(said(answered, "ask"), branched)
    silent = said(case, "call", SKIPPED)
    assert lacks(silent) == ["visit"]
    assert lacks(said(silent, "visit")) == ["tell"]
    assert lacks(said(said(silent, "visit"), "call", UNDONE)) == ["call"]


def ask(case: Case, step_id: str, deed: str = ANSWERED, **said: str) -> Step:
    """Say of a step of the question's procedure what is said of it."""
    about = {"taxonomy": ASKING, "step_id": step_id, "deed": deed}
    return marked(case, DESK, AT, **about, **said)  # type: ignore[arg-type]


def lacking(case: Case) -> list[str]:
    return [n.step.step_id for n in steps_now(case, ASKING) if n.is_missing]


TRAPPED = ProcedureStep(
    step_id="trapped",
    name_zh="有人受困？",
    name_en="is anybody trapped?",
    required=True,
    answers=tuple(StepAnswer(answer_id=a, name_zh=a, name_en=a) for a in ("yes", "no")),
)
RESCUE = ProcedureStep(
    step_id="rescue",
    name_zh="报110、120",
    name_en="call 110 and 120",
    required=True,
    when={"trapped": "yes"},
)
FREED = replace(RESCUE, step_id="freed", when={"trapped": "yes", "rescue": "done"})
GUARD = replace(RESCUE, step_id="guard", required=False, when={"trapped": "no"})
ASKING = replace(
    CORE,
    procedures=(Procedure(category=HAZARD, steps=(TRAPPED, RESCUE, FREED, GUARD)),),
)


def test_a_question_leads_to_the_branch_of_its_answer() -> None:
    case = a_case()
    assert lacking(case) == ["trapped"]
    with pytest.raises(Refused) as refused:
        must_be_done(case, ASKING)
    assert refused.value.details["steps"] == "有人受困？"
    for deed, answer in ((DONE, ""), (ANSWERED, ""), (ANSWERED, "perhaps")):
        with pytest.raises(Refused) as refused:
            ask(case, "trapped", deed, answer=answer)
        assert refused.value.reason == "answer_unknown"

    no = ask(case, "trapped", answer="no")
    assert [(e.action, e.text, e.actor) for e in no.entries] == [
        ("step_answer", "trapped no", DESK.name)
    ]
    first, guard = steps_now(no.case, ASKING)
    assert (first.answer, first.by, first.at) == ("no", DESK.name, AT)
    assert guard.step is GUARD
    must_be_done(no.case, ASKING)  # what the other answer asks is not asked
    with pytest.raises(Refused, match="no step rescue"):
        ask(no.case, "rescue", DONE)
    assert ask(no.case, "trapped", answer="no").entries == ()

    yes = ask(no.case, "trapped", answer="yes")
    assert [e.text for e in yes.entries] == ["trapped yes"]
    assert lacking(yes.case) == ["rescue"]
    called = ask(yes.case, "rescue", DONE).case
    assert lacking(called) == ["freed"]
    # Back to no: what was done is none of the list, and comes back with the answer.
    back = ask(called, "trapped", answer="no").case
    assert [n.step.step_id for n in steps_now(back, ASKING)] == ["trapped", "guard"]
    again = ask(back, "trapped", answer="yes").case
    assert lacking(again) == ["freed"]
    assert lacking(ask(again, "trapped", UNDONE).case) == ["trapped"]


def test_a_question_that_is_skipped_takes_no_branch() -> None:
    case = ask(a_case(), "trapped", SKIPPED, reason="无法查明").case
    assert [n.is_passed_over for n in steps_now(case, ASKING)] == [True]
    must_be_done(case, ASKING)


def test_a_tick_from_before_a_step_asked_answers_nothing() -> None:
    ticked = StepMark(step="trapped", at=AT, by="甲")
    case = a_case(course=Course(steps=(ticked,)))
    assert lacking(case) == ["trapped"]
    assert lacking(ask(case, "trapped", answer="yes").case) == ["rescue"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["trapped", "rescue", "freed", "guard"]),
            st.sampled_from(DEEDS),
            st.sampled_from(["yes", "no"]),
        ),
        max_size=12,
    )
)
def test_only_what_its_branch_holds_keeps_a_case_open(
    said: list[tuple[str, str, str]],
) -> None:
    case = a_case()
    for step_id, deed, answer in said:
        shown = {now.step.step_id for now in steps_now(case, ASKING)}
        try:
            case = ask(case, step_id, deed, reason="x", answer=answer).case
        except Refused:
            fits = (deed == ANSWERED) == (step_id == "trapped")
            plain = deed in (SKIPPED, UNDONE)
            assert step_id not in shown or not (fits or plain)
    trapped, *branch = steps_now(case, ASKING)
    shown = {now.step.step_id for now in branch}
    assert shown <= {"yes": {"rescue", "freed"}, "no": {"guard"}}.get(
        trapped.said, set()
    )
    if lacking(case):
        with pytest.raises(Refused):
            must_be_done(case, ASKING)


def test_the_fire_that_ships_asks_whether_anybody_is_trapped() -> None:
    case = mark(a_case("3001"), "fire")
    assert missing(case) == []
    yes = {"taxonomy": CORE, "step_id": "trapped", "deed": ANSWERED, "answer": "yes"}
    case = marked(case, DESK, AT, **yes).case  # type: ignore[arg-type]
    assert missing(case) == ["rescue"]


def test_a_step_that_somebody_ticks_is_done_and_says_who_and_when() -> None:
    case = mark(a_case(), "stop")
    assert case.version == 7  # nobody else's key is refused for it
    done, open_ = steps_now(case, CORE)
    assert (done.at, done.by, done.skipped, done.is_missing) == (AT, "李敏", "", False)
    assert (open_.at, open_.is_missing) == (None, True)
    with pytest.raises(Refused) as refused:
        must_be_done(case, CORE)
    assert refused.value.reason == "steps_missing"
    assert refused.value.details["steps"] == "报县"
    must_be_done(mark(case, "report"), CORE)


def test_a_step_is_skipped_with_a_reason_that_the_supervisor_reads() -> None:
    with pytest.raises(Refused) as refused:
        mark(a_case(), "report", SKIPPED, "  ")
    assert refused.value.reason == "reason_missing"
    case = mark(mark(a_case(), "stop"), "report", SKIPPED, " 县里同时到场 ")
    must_be_done(case, CORE)
    *_, passed = steps_now(case, CORE)
    assert (passed.is_passed_over, passed.skipped) == (True, "县里同时到场")


def test_a_moment_of_the_case_proves_a_step() -> None:
    case = a_case("B001")
    assert missing(case) == ["visit"]
    at = AT + timedelta(minutes=4)
    arrived = replace(case, clocks={Moment.ARRIVED: at})
    *_, visit = steps_now(arrived, CORE)
    assert (visit.at, visit.by, missing(arrived)) == (at, "", [])
    # One that was skipped and took place after all, took place.
    skipped = mark(case, "visit", SKIPPED, "误报")
    *_, visit = steps_now(replace(skipped, clocks={Moment.ARRIVED: at}), CORE)
    assert (visit.at, visit.skipped) == (at, "")


def test_who_may_not_and_what_is_none_is_refused() -> None:
    device = Actor("S1", "", frozenset({Role.DEVICE}))
    said = {"taxonomy": CORE, "step_id": "stop", "deed": DONE}
    for case, by, changed, reason in (
        (a_case(), device, {}, "role"),
        (replace(a_case(), state=CaseState.CLOSED), DESK, {}, "state"),
        (a_case(), DESK, {"step_id": "dance"}, "step_unknown"),
        (a_case(), DESK, {"deed": "step_burn"}, "step_unknown"),
        (a_case("6002"), DESK, {}, "step_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            marked(case, by, AT, **{**said, **changed})  # type: ignore[arg-type]
        assert refused.value.reason == reason


MARKS = st.lists(
    st.tuples(
        st.sampled_from(["stop", "report"]),
        st.sampled_from([DONE, SKIPPED, UNDONE]),
        st.sampled_from(["甲", "乙"]),
    ),
    max_size=12,
)


@given(MARKS)
def test_what_was_said_last_of_a_step_holds_and_said_again_is_nothing(
    said: list[tuple[str, str, str]],
) -> None:
    case, last = a_case(), {}
    for step_id, deed, reason in said:
        case = mark(case, step_id, deed, reason)
        last[step_id] = (deed, reason if deed == SKIPPED else "")
        step = marked(
            case, DESK, AT, taxonomy=CORE, step_id=step_id, deed=deed, reason=reason
        )
        assert step.entries == ()
        assert step.case is case
    assert case.version == 7
    kept = {each.step: each for each in case.course.steps}
    assert len(kept) == len(case.course.steps)
    for step_id in ("stop", "report"):
        deed, reason = last.get(step_id, (UNDONE, ""))
        assert (step_id in missing(case)) is (deed == UNDONE)
        assert (step_id in kept) is (deed != UNDONE)
        assert kept.get(step_id, StepMark(step="", at=AT, by="")).skipped == reason


# -- over the bus -------------------------------------------------------------


@pytest.fixture
def kit(store_address: str | sa.URL) -> Iterator[Kit]:
    kit = Kit(store_address)
    yield kit
    kit.close()


def done(kit: Kit, category: str = HAZARD) -> int:
    """Report a case and bring it to 待结案."""
    case_id = kit.report(category)
    kit.send(case_id)
    for kind in (SignCase, ArriveCase):
        kit.field(kind, case_id)
    kit.finish(case_id)
    kit.bus.handle(CheckCase(actor=DESK, case_id=case_id))
    return case_id


def close(case_id: int, **said: object) -> CloseCase:
    asked = {"outcome": "handled", "met": True, **said}
    return CloseCase(actor=DESK, case_id=case_id, **asked)  # type: ignore[arg-type]


def tick(kit: Kit, case_id: int, step: str, deed: str = DONE, reason: str = "") -> None:
    kit.bus.handle(
        MarkStep(actor=DESK, case_id=case_id, step=step, deed=deed, reason=reason)
    )


def test_a_case_is_closed_when_its_steps_and_its_condition_are(kit: Kit) -> None:
    case_id = done(kit)
    assert refusal(kit, close(case_id)).reason == "steps_missing"
    assert refusal(kit, close(case_id, outcome="test")).reason == "steps_missing"
    tick(kit, case_id, "stop")
    kit.clock.go(minutes=1)
    tick(kit, case_id, "report", SKIPPED, "县里同时到场")
    assert refusal(kit, close(case_id, outcome="")).reason == "outcome"
    refused = refusal(kit, close(case_id, met=False))
    assert refused.reason == "condition_unmet"
    assert refused.details["condition"] == "整改验收合格"
    kit.bus.handle(close(case_id))
    case = kit.case(case_id)
    assert (case.state, case.course.condition_met) == (CaseState.CLOSED, True)
    log = [(e.action, e.text) for e in kit.board().entries(case_id)[-3:]]
    assert log == [
        ("step_done", "stop"),
        ("step_skip", "report 县里同时到场"),
        ("close", ""),
    ]
    again = MarkStep(actor=DESK, case_id=case_id, step="stop", deed=UNDONE)
    assert refusal(kit, again).reason == "state"


def test_only_what_is_handled_needs_the_condition(kit: Kit) -> None:
    case_id = done(kit, "6002")
    assert condition_of(kit.case(case_id), CORE) == "收回店内"
    kit.bus.handle(close(case_id, outcome="not_found", met=True))
    assert not kit.case(
        case_id
    ).course.condition_met  # nothing was met, whatever is said


def test_what_is_opened_again_has_its_condition_before_it(kit: Kit) -> None:
    case_id = done(kit, "6002")
    kit.bus.handle(close(case_id))
    kit.bus.handle(TurnCase(actor=DESK, case_id=case_id, action="reopen", text="又来"))
    assert not kit.case(case_id).course.condition_met


def test_a_case_is_not_handled_while_its_alarm_stands(kit: Kit) -> None:
    case_id = kit.raise_case()
    kit.send(case_id)
    for kind in (SignCase, ArriveCase):
        kit.field(kind, case_id)
    kit.finish(case_id)
    kit.bus.handle(CheckCase(actor=DESK, case_id=case_id))
    assert refusal(kit, close(case_id)).reason == "alarm_active"
    kit.bus.handle(kit.restore())
    kit.bus.handle(close(case_id))
    assert kit.case(case_id).outcome == "handled"


def test_a_detector_that_never_ends_keeps_no_case_open(kit: Kit) -> None:
    case_id = kit.raise_case()
    kit.settle(case_id)
    assert kit.case(case_id).outcome == "false_alarm"


def test_two_seats_tick_off_one_list_and_a_board_follows(kit: Kit) -> None:
    case_id = done(kit)
    board, version = kit.board(), kit.case(case_id).version
    for step in ("stop", "report"):
        said = MarkStep(
            actor=DESK, case_id=case_id, seen=version - 1, step=step, deed=DONE
        )
        kit.bus.handle(said)
    before = kit.feed.number()
    tick(kit, case_id, "stop")  # the other seat was faster: the first word stands
    assert kit.feed.number() == before
    board.apply(kit.feed.since(board.number))
    assert picture_of(board) == picture_of(kit.board())
    assert kit.case(case_id).version == version
    kit.bus = kit.new_bus()
    marks = kit.bus._at_hand()[0].things["case"][case_id].course.steps
    assert marks == tuple(
        StepMark(step=step, at=START, by=DESK.name) for step in ("stop", "report")
    )


def test_a_procedure_of_the_town_replaces_that_of_its_kind() -> None:
    own = ProcedureStep(step_id="call", name_zh="致电", name_en="call", required=True)
    taxonomy = replace(CORE, procedures=(Procedure(category="60", steps=(own,)),))
    assert taxonomy.steps_of("6002") == (own,)
    assert taxonomy.steps_of("5001") == ()
