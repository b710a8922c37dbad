from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from shelf_kit import ON_THE_SHELF, shelf

from dispatch import case_forces, case_handover, case_parts, case_turns, ownership
from dispatch.case_states import CLEARS, LEAVES, SENT, Leads
from dispatch.cases import TRANSITIONS, Case, CaseState, Step
from dispatch.commands import Moment, Refused
from dispatch.course import (
    NO_COURSE,
    Claim,
    Course,
    Force,
    Limit,
    Part,
    PartState,
    Stage,
    StageClock,
)
from dispatch.geo import Point
from dispatch.meetings import Meeting, held
from dispatch.people import Actor, Role
from dispatch.taxonomy import Rules
from dispatch.units import Unit, UnitStatus
from tests.soak.replay import NO_OTHER_VERSION

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WAITS = st.integers(0, 90)  # seconds
DESK = Actor("李敏", "2号席", frozenset(Role) - {Role.DEVICE})
THEIRS = replace(DESK, name="陈芳", seat="3号席")
WORKER = Actor("W01", "", frozenset({Role.HANDLER}))
UNIT = Unit(unit_id="W01", name="王建国", role="专职网格员")
HANDLE = StageClock(
    stage=Stage.HANDLE,
    begun_at=AT,
    limit=Limit(code="work_day", value=1),
    due_at=AT + timedelta(days=1),
)
SOON = AT + timedelta(days=5)
CLAIM = Claim(seat="3号席", name="陈芳", at=AT)
PART = Part(department="派出所", state=PartState.ASSIGNED, since=AT)
# What some actions need to have gone before.
READY = {
    "request_extend": Course(clocks=(HANDLE,)),
    "endorse_extend": Course(asked="extend"),
    "approve_extend": Course(asked="extend_endorsed", clocks=(HANDLE,)),
    "refuse_extend": Course(asked="extend"),
    "approve_suspend": Course(asked="suspend", asked_until=SOON),
    "refuse_suspend": Course(asked="suspend", asked_until=SOON),
    "unsupervise": Course(supervision=100),
    "unexpedite": Course(expedited=True),
    "appeal": Course(overdue=True),
    "endorse_appeal": Course(overdue=True, appeal="asked"),
    "grant_appeal": Course(overdue=True, appeal="endorsed"),
    "refuse_appeal": Course(overdue=True, appeal="asked"),
    "handover_reopen": Course(handed="closed"),
    "force_arrive": Course(forces=(Force(name="gas", called_at=AT),)),
    "force_leave": Course(forces=(Force(name="gas", called_at=AT),)),
    "own_yes": Course(claim=CLAIM),
    "own_no": Course(claim=CLAIM),
    "own_lapse": Course(claim=CLAIM),
    "part_sign": Course(parts=(PART,)),
    "part_return": Course(parts=(PART,)),
    "part_done": Course(parts=(replace(PART, state=PartState.SIGNED),)),
    "part_release": Course(parts=(PART,)),
    **dict.fromkeys(
        ("force_sign", "force_depart", "force_return"),
        Course(forces=(Force(unit_id="W02", called_at=AT),)),
    ),
    "unshelve": ON_THE_SHELF,
    "unmerge": Course(merged_into=2, before=CaseState.FILED),
}
BEGIN = {"report", "self_report"}
RULES = Rules()


def a_case(state: CaseState = CaseState.NEW, **changed: object) -> Case:
    values = {
        "case_id": 1,
        "number": "3304211112611230001",
        "version": 1,
        "state": state,
        "category": "B001",
        "severity": 1,
        "place_name": "桃源新邨12幢301",
        "point": Point(120.95, 30.91),
        "opened_at": AT,
        "unit_id": "W01" if state >= CaseState.DISPATCHED else "",
        **changed,
    }
    return Case(**values)  # type: ignore[arg-type]


def act(case: Case, action: str, at: datetime = AT, unit: Unit = UNIT) -> Step:
    """Do one transition with everything it asks for."""
    said = {"unit_id": unit.unit_id, "said_at": at}
    match action:
        case "file":
            return case.file(DESK, at, standard_id="B001-1")
        case "dispatch":
            return case.dispatch(DESK, at, unit=unit)
        case "urgent_direct":
            return case.dispatch(DESK, at, unit=unit, action=action)
        case "close":
            return case.close(DESK, at, outcome="handled")
        case "void":
            return case.void(DESK, at, reason="false_alarm", text="油烟")
        case "finish":
            return case.finish(WORKER, at, text="误报", **said)  # type: ignore[arg-type]
        case "return":
            return case.hand_back(WORKER, at, unit_id=unit.unit_id, reason="走不开")
        case "sign" | "depart" | "arrive":
            return case.go_on(action, WORKER, at, **said)  # type: ignore[arg-type]
        case "accept" | "recall":
            return getattr(case, action)(DESK, at)  # type: ignore[no-any-return]
        case "request_suspend":
            return case_turns.request_suspension(
                case, DESK, at, until=at + timedelta(days=5), text="无预算", rules=RULES
            )
        case "shelve" | "unshelve":
            return shelf(case, action, DESK, at)
        case "supervise":
            return case_turns.supervise(case, DESK, at, level=100, text="催办")
        case "transfer":
            return case_turns.transfer(
                case, DESK, at, to="county", text="属县管", number="X1"
            )
        case "reinforce":
            other = replace(unit, unit_id="W02", case_id=None)
            return case_forces.reinforce(case, DESK, at, unit=other, text="")
        case "call_force":
            return case_forces.call(case, DESK, at, name="119", text="")
        case "force_arrive" | "force_leave":
            return case_forces.move(case, action, DESK, at, key="gas")
        case "own_ask" | "own_offer" | "own_yes" | "own_no":
            by = THEIRS if action == "own_ask" else DESK
            return ownership.turned(
                case,
                action,
                by,
                at,
                said_at=at,
                seat=THEIRS.seat,
                claim_at=None if case.course.claim is None else case.course.claim.at,
            )
        case "own_lapse":
            case.must(action, DESK)
            if case.course.claim is None:
                raise Refused("nothing_claimed", "nobody has asked")
            return ownership.lapsed(case, at)
        case "part_assign" | "part_sign" | "part_return" | "part_done" | "part_release":
            return case_parts.turned(
                case, action, DESK, at, department="派出所", rules=RULES, text="查"
            )
        case "force_sign" | "force_depart" | "force_return":
            helper = case_forces.called(case, "W02", 1)
            done = case_forces.answer(
                case, helper, action, WORKER, at, said_at=at, text="走不开"
            )
            return done or Step(replace(case, version=case.version + 1), ())
        case "handover_accept":
            return case_handover.accepted(case, DESK, at, text="", number="D1")
        case "assign" | "hand_on":
            return case_turns.assign(case, action, DESK, at, to="卫生院", text="属其")
        case "consult" | "mediate":
            said = Meeting(participants="村委会", decision="补偿", agreement="none")
            return held(case, action, DESK, at, meeting=said)
        case "merge":
            main = a_case(case_id=2, number="M", category=case.category)
            return case_turns.merge(case, DESK, at, main=main, text="", rules=RULES)
        case _:
            return case_turns.turn(case, action, DESK, at, text="理由", rules=RULES)


@pytest.mark.parametrize("action", sorted(TRANSITIONS.keys() - BEGIN))
@pytest.mark.parametrize("state", CaseState)
def test_each_action_works_from_its_states_and_no_others(
    action: str, state: CaseState
) -> None:
    category = "A001" if action == "answer" else "B001"
    case = a_case(
        state,
        course=READY.get(action, NO_COURSE),
        category=category,
        owner_seat=DESK.seat,
        reporter_phone="13800000000",
        standard_id="B001-1",
    )
    row = TRANSITIONS[action]
    leads_to = {Leads.NOWHERE: state, Leads.BACK: CaseState.FILED}.get(row.to, row.to)
    if state in row.starts:
        step = act(case, action)
        assert step.case.state is leads_to
        assert step.case.version == (1 if action in NO_OTHER_VERSION else 2)
        (entry,) = step.entries
        assert (entry.action, entry.from_state, entry.to_state) == (
            action,
            state,
            leads_to,
        )
        assert case.may(action)
    else:
        assert not case.may(action)
        with pytest.raises(Refused) as refused:
            act(case, action)
        assert refused.value.reason in ("state", "not_sent")


@pytest.mark.parametrize("action", sorted(TRANSITIONS.keys() - BEGIN))
def test_who_has_none_of_its_roles_may_not(action: str) -> None:
    row = TRANSITIONS[action]
    case = a_case(min(row.starts), course=READY.get(action, NO_COURSE))
    others = Actor("某人", "9号席", frozenset(Role) - row.roles)
    with pytest.raises(Refused) as refused:
        case.must(action, others, "理由")
    assert refused.value.reason == "role"
    for role in row.roles:
        case.must(action, Actor("某人", "9号席", frozenset({role})), "理由")
    if row.wordy:
        with pytest.raises(Refused, match="with a reason"):
            case.must(action, DESK, "  ")


def test_taking_gives_the_seat_the_case() -> None:
    case = a_case().accept(DESK, AT).case
    assert (case.owner, case.owner_seat) == ("李敏", "2号席")
    assert case.clocks[Moment.ACKNOWLEDGED] == AT


def test_filing_needs_a_standard_and_closing_an_outcome() -> None:
    with pytest.raises(Refused) as refused:
        a_case(CaseState.ACCEPTED).file(DESK, AT, standard_id="")
    assert refused.value.reason == "standard"
    with pytest.raises(Refused) as refused:
        a_case(CaseState.PENDING_CLOSE).close(DESK, AT, outcome="")
    assert refused.value.reason == "outcome"
    with pytest.raises(Refused, match="without an outcome"):
        a_case(CaseState.PENDING_CLOSE).close(DESK, AT, outcome="whatever")


def test_a_task_is_handed_back_with_a_reason() -> None:
    case = a_case(CaseState.DISPATCHED)
    with pytest.raises(Refused, match="with a reason") as refused:
        case.hand_back(WORKER, AT, unit_id=case.unit_id, reason="  ")
    assert refused.value.reason == "reason_missing"


@pytest.mark.parametrize(
    ("unit", "reason"),
    [
        (
            Unit(unit_id="W3", name="周亮", role="", status=UnitStatus.OFF_DUTY),
            "unit_off_duty",
        ),
        (
            Unit(
                unit_id="W3",
                name="周亮",
                role="",
                status=UnitStatus.EN_ROUTE,
                case_id=7,
            ),
            "unit_busy",
        ),
    ],
)
def test_who_cannot_come_is_not_sent(unit: Unit, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        act(a_case(CaseState.FILED), "dispatch", unit=unit)
    assert refused.value.reason == reason
    assert refused.value.details["name"] == "周亮"


def test_only_the_unit_that_was_sent_speaks_for_the_case() -> None:
    case = a_case(CaseState.DISPATCHED)
    with pytest.raises(Refused) as refused:
        case.go_on("sign", WORKER, AT, unit_id="W02", said_at=AT)
    assert refused.value.reason == "not_sent"


def test_recall_empties_the_case_of_its_unit() -> None:
    step = act(a_case(CaseState.ON_SCENE), "recall")
    assert step.case.unit_id == ""
    clocks = dict.fromkeys(Moment, AT)
    recalled = act(a_case(CaseState.HANDLING, clocks=clocks), "recall").case
    assert clocks.keys() - recalled.clocks.keys() == UNIT_MOMENTS
    assert step.entries[0].unit_id == "W01"
    with pytest.raises(Refused):
        act(step.case, "arrive")


def test_a_void_case_has_a_reason_and_no_unit() -> None:
    clocks = dict.fromkeys((Moment.SIGNAL, Moment.DISPATCHED), AT)
    step = act(a_case(CaseState.DISPATCHED, clocks=clocks), "void")
    assert (step.case.outcome, step.case.unit_id) == ("false_alarm", "")
    assert step.case.clocks.keys() == {Moment.SIGNAL, Moment.CLOSED}
    assert not step.case.state.is_open
    (entry,) = step.entries
    assert (entry.text, entry.unit_id) == ("油烟", "W01")
    for reason, text in (("", ""), ("handled", ""), ("other", " ")):
        with pytest.raises(Refused) as refused:
            a_case().void(DESK, AT, reason=reason, text=text)
        assert refused.value.reason == "void_reason"
    assert a_case().void(DESK, AT, reason="other", text="重名").case.outcome == "other"


def test_a_decision_on_an_old_version_is_refused() -> None:
    case = a_case(version=4)
    case.check_version(4)
    case.check_version(None)
    with pytest.raises(Refused) as refused:
        case.check_version(3)
    assert refused.value.reason == "version"


def test_a_desks_clock_is_written_once_and_others_are_not_its_to_write() -> None:
    case = a_case().recorded(DESK, AT, moment=Moment.ON_SCREEN).case
    again = case.recorded(DESK, AT + timedelta(seconds=9), moment=Moment.ON_SCREEN)
    assert again.case is case
    assert not again.entries
    with pytest.raises(Refused) as refused:
        case.recorded(DESK, AT, moment=Moment.ARRIVED)
    assert refused.value.reason == "moment"


def test_repeats_notes_and_clocks_leave_the_version() -> None:
    case = a_case()
    for step in (
        case.alarmed(WORKER, AT, text="", doubt="clock"),
        case.noted(DESK, AT, "致电户主"),
        case.recorded(DESK, AT, moment=Moment.ON_SCREEN),
        case.acknowledged(DESK, AT),
        case.restored(WORKER, AT),
    ):
        assert step.case.version == case.version
        assert len(step.entries) == 1
    with pytest.raises(Refused) as refused:
        case.noted(DESK, AT, "  ")
    assert refused.value.reason == "text_empty"


# A unit's own way, which begins anew with the next unit.
UNIT_MOMENTS = {
    Moment.DISPATCHED,
    Moment.SIGNED,
    Moment.DEPARTED,
    Moment.ARRIVED,
    Moment.FINISHED,
}


class CaseMachine(RuleBasedStateMachine):
    """Any order of asking: what is refused changes nothing, what is done is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.case = a_case()
        self.log: list[tuple[str, CaseState | None, CaseState]] = []
        self.clocks: dict[Moment, datetime] = {}
        self.at = AT

    @rule(action=st.sampled_from(sorted(TRANSITIONS.keys() - BEGIN)), wait=WAITS)
    def ask(self, action: str, wait: int) -> None:
        self.at += timedelta(seconds=wait)
        before = self.case
        try:
            step = act(before, action, self.at)
        except Refused as refused:
            if refused.reason in ("state", "not_sent"):
                nobody = before.unit_id == "" or action.startswith("force_")
                assert not before.may(action) or nobody
            return
        assert before.may(action)
        self.take(step)
        stays = action.startswith(("own_", "part_", "shelve", "unshelve"))
        owned = self.case.owner_seat == before.owner_seat  # else it has another owner
        assert self.case.version == before.version + (not (stays and owned))

    @rule(moment=st.sampled_from([Moment.ON_SCREEN, Moment.FIRST_PICTURE]))
    def look(self, moment: Moment) -> None:
        self.take(self.case.recorded(DESK, self.at, moment=moment))

    @precondition(lambda self: self.case.state.is_open)
    @rule()
    def alarm_again(self) -> None:
        self.take(self.case.alarmed(WORKER, self.at, text="", doubt=""))

    def take(self, step: Step) -> None:
        for entry in step.entries:
            assert entry.at == self.at
            self.log.append((entry.action, entry.from_state, entry.to_state))
        self.case = step.case

    @invariant()
    def clocks_never_move(self) -> None:
        cleared = CLEARS.get(self.log[-1][0], frozenset()) if self.log else frozenset()
        for moment, at in self.clocks.items():
            assert self.case.clocks.get(moment) == at or moment in cleared
        self.clocks = dict(self.case.clocks)

    @invariant()
    def the_log_leads_to_the_state(self) -> None:
        state: CaseState | None = CaseState.NEW
        for action, before, after in self.log:
            assert before is state
            if action not in TRANSITIONS:
                assert before is after
                continue
            row = TRANSITIONS[action]
            assert before in row.starts
            assert row.to in (after, Leads.BACK) or before is after
            state = after
        assert state is self.case.state

    @invariant()
    def a_unit_is_named_while_it_is_sent(self) -> None:
        # With a department, of which nobody is named, or with a unit.
        named = self.case.unit_id or self.case.department
        assert named or self.case.state not in SENT
        waits = self.case.state in (CaseState.FILED, CaseState.RETURNED)
        assert not waits or self.case.unit_id == ""
        left = [action for action, _, _ in self.log if action in LEAVES]
        assert left or self.case.sending <= 1

    @invariant()
    def a_void_case_was_handled_by_nobody(self) -> None:
        if self.case.state is CaseState.VOIDED:
            assert (self.case.unit_id, self.case.outcome) == ("", "false_alarm")
            assert [action for action, _, _ in self.log if action in TRANSITIONS][
                -1
            ] == "void"
            assert not self.case.clocks.keys() & UNIT_MOMENTS
            assert not any(self.case.may(action) for action in TRANSITIONS)


def test_every_state_leads_somewhere_and_is_led_to() -> None:
    reached = {row.to for row in TRANSITIONS.values()}
    assert reached >= set(CaseState)
    left = {start for row in TRANSITIONS.values() for start in row.starts}
    final = {CaseState.FORCE_CLOSED, CaseState.REJECTED, CaseState.NOT_FILED}
    final.add(CaseState.VOIDED)
    assert left == set(CaseState) - final


TestCaseMachine = CaseMachine.TestCase
