"""会商 and 调解: who sat together, what came of it, and that it is followed up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from bus_kit import CENTRE, DESK, START, Kit
from hypothesis import given
from hypothesis import strategies as st

from dispatch.case_commands import HoldMeeting, KeepPromise
from dispatch.case_states import CaseState
from dispatch.cases import Case
from dispatch.commands import Refused
from dispatch.meetings import AGREEMENTS, CONSULT, MEDIATE, Meeting, held, line_of, read
from dispatch.people import Actor, Role
from dispatch.promises import open_promises

CASE = Case(
    case_id=1,
    number="3304211112611230001",
    version=4,
    state=CaseState.HANDLING,
    category="1002",
    severity=3,
    place_name="老街",
    point=CENTRE,
    opened_at=START,
)
MEETING = Meeting(
    participants="张三、李四、村调委会", decision="各让一步", agreement="written"
)
WORDS = st.text().map(lambda text: " ".join(text.split()))


@pytest.fixture
def kit() -> Iterator[Kit]:
    made = Kit("sqlite://")
    yield made
    made.close()


@given(
    participants=WORDS,
    decision=WORDS,
    follow_up=WORDS,
    agreement=st.sampled_from(AGREEMENTS),
)
def test_a_line_of_the_log_keeps_all_of_it(
    participants: str, decision: str, follow_up: str, agreement: str
) -> None:
    meeting = Meeting(
        participants=participants,
        decision=decision,
        agreement=agreement,
        follow_up=follow_up,
    )
    assert read(line_of(meeting)) == meeting


def test_other_words_are_no_meeting() -> None:
    assert read("各让一步") is None
    assert read("maybe\na\nb\nc") is None


def test_what_is_missing_or_out_of_place_is_refused() -> None:
    nobody = Meeting(participants=" ", decision="各让一步", agreement="none")
    wordless = Meeting(participants="张三", decision=" ", agreement="none")
    open_ended = Meeting(
        participants="张三", decision="让", agreement="none", follow_up="回访"
    )
    worker = Actor("W01", "", frozenset({Role.HANDLER}))
    closed = replace(CASE, state=CaseState.CLOSED)
    for case, by, kind, meeting, reason in (
        (CASE, DESK, MEDIATE, nobody, "participants"),
        (CASE, DESK, MEDIATE, wordless, "reason_missing"),
        (CASE, DESK, MEDIATE, open_ended, "date"),
        (CASE, DESK, "tea", MEETING, "action"),
        (CASE, worker, CONSULT, MEETING, "role"),
        (closed, DESK, CONSULT, MEETING, "state"),
    ):
        with pytest.raises(Refused) as refused:
            held(case, kind, by, START, meeting=meeting)
        assert refused.value.reason == reason


def test_what_follows_is_a_promise_with_a_clock_of_its_own(kit: Kit) -> None:
    case_id = kit.report("1002")
    before = kit.case(case_id)
    command = HoldMeeting(
        actor=DESK,
        case_id=case_id,
        seen=before.version,
        action=MEDIATE,
        participants="张三、李四",
        text="各让一步",
        agreement="written",
        follow_up="看协议是否履行",
        due_at=kit.clock() + timedelta(days=30),
    )
    kit.bus.handle(command)
    case = kit.case(case_id)
    assert case.state is before.state
    (_, promise), *_others = open_promises(case)
    assert (promise.what, promise.to) == ("看协议是否履行", "张三、李四")
    assert promise.due_at == command.due_at
    lines = kit.board().entries(case_id)
    (line,) = [each for each in lines if each.action == MEDIATE]
    said = read(line.text)
    assert said is not None
    assert (said.agreement, said.follow_up) == ("written", "看协议是否履行")
    kit.bus.handle(KeepPromise(actor=DESK, case_id=case_id, number=0))
    assert open_promises(kit.case(case_id)) == ()
