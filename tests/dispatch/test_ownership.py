"""Which seat has a case: who asks gets it unless told no; who is offered one says yes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from bus_kit import Kit

from dispatch.case_commands import ClaimCase, OfferCase
from dispatch.case_states import CaseState
from dispatch.cases import Case, Step
from dispatch.changes import CaseChanged
from dispatch.commands import Refused, TakeCase
from dispatch.geo import Point
from dispatch.ownership import SILENCE, STALE, answers, is_silent, lapsed, turned
from dispatch.people import Actor, Role, Scope

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
LI = Actor("李敏", "1号席", frozenset({Role.ACCEPTOR, Role.SHIFT_LEADER}))
CHEN = Actor("陈芳", "2号席", frozenset({Role.ACCEPTOR}))
WANG = Actor("王芳", "3号席", frozenset({Role.DISPATCHER}))
CASE = Case(
    case_id=1,
    number="3304211112611230001",
    version=4,
    state=CaseState.FILED,
    category="6002",
    severity=3,
    place_name="老街",
    point=Point(120.95, 30.91),
    opened_at=AT,
    owner=LI.name,
    owner_seat=LI.seat,
)


def turn(case: Case, action: str, by: Actor, seat: str = "", at: datetime = AT) -> Step:
    """Say it of the claim that stands."""
    claim = case.course.claim
    if action in ("own_yes", "own_no") and claim is not None:
        seat = claim.seat
    since = None if claim is None else claim.at
    return turned(case, action, by, at, said_at=at, seat=seat, claim_at=since)


def do(case: Case, action: str, by: Actor, seat: str = "", at: datetime = AT) -> Case:
    step = turn(case, action, by, seat, at)
    (entry,) = step.entries
    assert (entry.action, entry.seat) == (action, by.seat), "in the flow log"
    assert step.case.state is case.state
    return step.case


def reason(case: Case, action: str, by: Actor, seat: str = "") -> str:
    with pytest.raises(Refused) as refused:
        turn(case, action, by, seat)
    return refused.value.reason


def whose(case: Case) -> tuple[str, str]:
    return case.owner_seat, case.owner


def test_who_asks_gets_it_when_the_owner_agrees_and_not_when_not() -> None:
    asked = do(CASE, "own_ask", CHEN)
    assert whose(asked) == whose(CASE)
    assert answers(asked) == LI.seat
    assert whose(do(asked, "own_yes", LI)) == (CHEN.seat, CHEN.name)
    kept = do(asked, "own_no", LI)
    assert (whose(kept), kept.course.claim) == (whose(CASE), None)
    assert do(asked, "own_no", CHEN).course.claim is None, "taken back"
    for by, action in ((CHEN, "own_yes"), (WANG, "own_yes"), (WANG, "own_no")):
        assert reason(asked, action, by) == "nothing_claimed"
    assert reason(asked, "own_ask", WANG) == "asked_already"
    assert reason(asked, "own_offer", LI, WANG.seat) == "asked_already"


def test_silence_hands_over_what_was_asked_for_and_not_what_was_offered() -> None:
    asked = do(CASE, "own_ask", CHEN)
    assert not is_silent(asked, AT + SILENCE - timedelta(milliseconds=1))
    assert is_silent(asked, AT + SILENCE)
    step = lapsed(asked, AT + SILENCE)
    assert whose(step.case) == (CHEN.seat, CHEN.name)
    assert step.entries[0].text == "→ 2号席 陈芳"
    # The service was away: nobody could have said a word.
    late = lapsed(asked, AT + STALE).case
    assert (whose(late), late.course.claim) == (whose(CASE), None)
    assert not is_silent(replace(asked, state=CaseState.CLOSED), AT + SILENCE)

    offered = do(CASE, "own_offer", LI, CHEN.seat)
    assert not is_silent(offered, AT + timedelta(hours=1))
    assert whose(offered) == whose(CASE)


def test_what_is_offered_is_taken_by_whom_it_was_offered_to() -> None:
    offered = do(CASE, "own_offer", LI, CHEN.seat)
    assert answers(offered) == CHEN.seat
    assert reason(offered, "own_yes", WANG) == "nothing_claimed"
    assert reason(offered, "own_yes", LI) == "nothing_claimed"
    assert whose(do(offered, "own_yes", CHEN)) == (CHEN.seat, CHEN.name)
    assert whose(do(offered, "own_no", CHEN)) == whose(CASE)
    again = do(offered, "own_offer", LI, WANG.seat)
    assert answers(again) == WANG.seat, "to another one after all"
    step = turn(offered, "own_ask", CHEN)
    assert whose(step.case) == (CHEN.seat, CHEN.name), "asked for and offered is agreed"
    third = do(offered, "own_ask", WANG)
    assert answers(third) == LI.seat, "who asks does not wait for an offer to others"


def test_who_cannot_ask_or_offer_hears_why() -> None:
    assert reason(CASE, "own_ask", LI) == "own_already"
    assert reason(replace(CASE, owner_seat=""), "own_ask", CHEN) == "nobody_has_it"
    assert reason(CASE, "own_offer", CHEN, WANG.seat) == "not_own"
    for seat in ("", " ", LI.seat):
        assert reason(CASE, "own_offer", LI, seat) == "no_seat"
    assert reason(replace(CASE, state=CaseState.CLOSED), "own_ask", CHEN) == "state"
    station = Actor("小张", "站", frozenset({Role.DEPARTMENT}), Scope("市场监管所"))
    assert reason(CASE, "own_ask", station) == "role"
    assert reason(CASE, "own_take", LI) == "action"


def test_an_answer_is_to_what_was_asked_and_to_nothing_later() -> None:
    """It waits in a desk's outbox while the service is away; others ask meanwhile."""
    first = do(CASE, "own_ask", CHEN).course.claim
    assert first is not None
    later = AT + timedelta(seconds=20)
    by_another = do(CASE, "own_ask", WANG, at=later)
    anew = do(CASE, "own_ask", CHEN, at=later)
    for case in (by_another, anew):
        for action in ("own_yes", "own_no"):
            with pytest.raises(Refused) as refused:
                turned(
                    case,
                    action,
                    LI,
                    later,
                    said_at=AT,
                    seat=first.seat,
                    claim_at=first.at,
                )
            assert refused.value.reason == "other_claim"
            with pytest.raises(Refused):  # it names nothing
                turned(case, action, LI, later, said_at=later)


def test_what_waited_too_long_for_the_service_takes_no_case() -> None:
    asked = do(CASE, "own_ask", CHEN)
    for case, action, by in (
        (CASE, "own_ask", CHEN),
        (CASE, "own_offer", LI),
        (asked, "own_yes", LI),
        (asked, "own_no", LI),
    ):
        with pytest.raises(Refused) as refused:
            turned(
                case,
                action,
                by,
                AT + STALE,
                said_at=AT,
                seat=CHEN.seat,
                claim_at=AT,
            )
        assert refused.value.reason == "seat_late"


def test_who_asks_undoes_nothing_that_is_being_decided() -> None:
    asked = do(CASE, "own_ask", CHEN)
    assert asked.version == do(asked, "own_no", LI).version == CASE.version
    assert do(CASE, "own_offer", LI, CHEN.seat).version == CASE.version
    assert lapsed(asked, AT + STALE).case.version == CASE.version
    assert do(asked, "own_yes", LI).version == CASE.version + 1, "it has another owner"


def test_the_service_hands_over_by_its_clock_whatever_version_was_seen(
    tmp_path,
) -> None:
    kit = Kit(tmp_path)
    try:
        case_id = kit.report()
        kit.bus.handle(TakeCase(actor=LI, case_id=case_id))
        at, before = kit.clock(), kit.case(case_id)
        ask = ClaimCase(actor=CHEN, case_id=case_id, action="own_ask", seen=1, at=at)
        number = kit.feed.number()
        kit.bus.handle(ask)
        (change,) = kit.feed.since(number)  # every desk hears of it
        assert isinstance(change, CaseChanged)
        assert change.case.course.claim is not None
        assert change.case.version == before.version
        kit.clock.go(seconds=14)
        kit.keep_time()
        assert whose(kit.case(case_id)) == (LI.seat, LI.name)
        kit.clock.go(seconds=1)
        kit.keep_time()
        assert whose(kit.case(case_id)) == (CHEN.seat, CHEN.name)
        last = kit.board().entries(case_id)[-1]
        assert (last.action, last.actor) == ("own_lapse", "lookout")
        offer = OfferCase(actor=CHEN, case_id=case_id, seat=LI.seat, at=kit.clock())
        kit.bus.handle(offer)
        kit.clock.go(hours=1)
        kit.keep_time()
        claim = kit.case(case_id).course.claim
        assert claim is not None
        yes = ClaimCase(
            actor=LI,
            case_id=case_id,
            action="own_yes",
            at=kit.clock(),
            claim_seat=claim.seat,
            claim_at=claim.at,
        )
        kit.bus.handle(yes)
        assert whose(kit.case(case_id)) == (LI.seat, LI.name)
    finally:
        kit.close()
