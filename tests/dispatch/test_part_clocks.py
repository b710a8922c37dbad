"""联合处置 by the clock: who does not sign for a part, or is late with it, hears of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from bus_kit import DESK, Kit
from life_kit import ask

from dispatch import tables
from dispatch.case_commands import FeedBackPart, TurnPart
from dispatch.case_parts import due_at, part_of
from dispatch.case_states import CaseState
from dispatch.commands import ImportTown
from dispatch.notify.book import WEBHOOK, Notifier
from dispatch.units import Unit

MARKET, POLICE = "市场监管所", "派出所"


def way(department: str) -> Notifier:
    url = "https://town.example/told"
    return Notifier(name=department, kind=WEBHOOK, url=url, department=department)


WAYS = (way(MARKET), way(POLICE))


@pytest.fixture
def kit() -> Iterator[Kit]:
    made = Kit("sqlite://")
    made.bus = made.new_bus(
        notifiers=lambda: WAYS, stations=lambda: frozenset({MARKET, POLICE})
    )
    yield made
    made.close()


def turn(kit: Kit, case_id: int, action: str, department: str = MARKET) -> None:
    said = {"action": action, "department": department, "text": "查证照"}
    kit.bus.handle(TurnPart(actor=DESK, case_id=case_id, **said))


def a_joint_case(kit: Kit) -> int:
    """Return a case of three working days at work, two departments with a part in it."""
    case_id = kit.report("1002")
    kit.send(case_id)
    kit.bus.handle(ask(kit, "sign", case_id))
    for department in (MARKET, POLICE):
        turn(kit, case_id, "part_assign", department)
    return case_id


def go_on(kit: Kit, hours: int) -> None:
    """Let hours go by, with a service that starts anew each hour."""
    for _ in range(hours):
        kit.clock.go(hours=1)
        kit.bus = kit.new_bus(notifiers=lambda: WAYS)
        kit.keep_time()
        kit.keep_time()


def told(kit: Kit, cause: str) -> list[tuple[str, str]]:
    """Return which departments were told for a cause, and how that begins."""
    notices = tables.notices
    asked = (
        sa.select(notices.c.department, notices.c.text)
        .where(notices.c.cause == cause)
        .order_by(notices.c.id)
    )
    with kit.store.reading() as connection:
        rows = connection.execute(asked).all()
    return [(row.department, row.text.split("。")[0]) for row in rows]


def test_a_part_that_nobody_signs_for_is_told_its_department_once(kit: Kit) -> None:
    case_id = a_joint_case(kit)
    assert told(kit, "dispatch")[-2:] == [
        (MARKET, f"协办（{MARKET}）派遣任务，请签收"),
        (POLICE, f"协办（{POLICE}）派遣任务，请签收"),
    ]
    turn(kit, case_id, "part_sign", POLICE)
    kit.clock.go(minutes=29)
    kit.keep_time()
    assert told(kit, "remind") == []
    go_on(kit, 3)
    assert told(kit, "remind") == [
        (MARKET, f"协办（{MARKET}）签收提醒：已超签收时限，请即签收")
    ]
    lines = [e for e in kit.board().entries(case_id) if e.action == "part_remind"]
    assert [line.text for line in lines] == [f"{MARKET} · unsigned"]
    with kit.store.reading() as connection:
        (row,) = connection.execute(sa.select(tables.reminders)).all()
    assert (row.department, row.unit_id, row.kind) == (MARKET, "", "unsigned")
    # Given again it is to be signed for again, and told again.
    turn(kit, case_id, "part_return")
    go_on(kit, 2)
    turn(kit, case_id, "part_assign")
    go_on(kit, 3)
    unsigned = [whose for whose, text in told(kit, "remind") if "签收" in text]
    assert unsigned == [MARKET, MARKET]


def test_who_has_a_part_to_do_hears_of_the_limit_and_the_cards(kit: Kit) -> None:
    case_id = a_joint_case(kit)
    for department in (MARKET, POLICE):
        turn(kit, case_id, "part_sign", department)
    done = {"case_id": case_id, "department": POLICE, "text": "已查"}
    go_on(kit, 3 * 24)  # told at the half, a day before, at four fifths, when it is due
    kit.bus.handle(FeedBackPart(actor=DESK, **done))
    go_on(kit, 5 * 24)
    reminded = [who for who, _ in told(kit, "remind")]
    assert reminded.count(MARKET) == reminded.count(POLICE) == 4
    cards = [(who, text) for who, text in told(kit, "supervise") if who]
    assert [each for each in cards if each[0] in (MARKET, POLICE)] == [
        (MARKET, f"协办（{MARKET}）黄牌督办"),
        (MARKET, f"协办（{MARKET}）红牌督办"),
    ]
    assert kit.case(case_id).course.supervision == 200
    assert kit.actions(case_id).count("remind") == 6, "one line for all of them"


def test_the_clock_of_signing_stands_with_the_case(kit: Kit) -> None:
    case_id = a_joint_case(kit)
    case = kit.case(case_id)
    part = part_of(case, MARKET)
    assert part is not None
    assert due_at(case, part) == kit.clock() + timedelta(minutes=30)
    kit.bus.handle(ask(kit, "request_suspend", case_id))
    kit.bus.handle(ask(kit, "approve_suspend", case_id))
    go_on(kit, 30)
    case = kit.case(case_id)
    part = part_of(case, MARKET)
    assert part is not None
    assert (case.state, due_at(case, part)) == (CaseState.SUSPENDED, None)
    assert told(kit, "remind") == []
    kit.bus.handle(ask(kit, "resume", case_id))
    case = kit.case(case_id)
    part = part_of(case, MARKET)
    assert part is not None
    assert due_at(case, part) == kit.clock() + timedelta(minutes=30)
    go_on(kit, 1)
    unsigned = [whose for whose, text in told(kit, "remind") if "签收" in text]
    assert unsigned == [MARKET, POLICE], "given at one time, each told of its own"


def test_a_case_nobody_signs_for_is_told_who_was_sent(kit: Kit) -> None:
    kit.bus.handle(
        ImportTown(
            actor=DESK,
            units=(
                Unit(unit_id="M1", name="市监小王", role="执法员", department=MARKET),
            ),
        )
    )
    case_id = kit.report("1002")
    kit.send(case_id, "M1")
    go_on(kit, 26)
    lines = [e for e in kit.board().entries(case_id) if e.action == "remind"]
    assert "unsigned" in [line.text for line in lines]


def test_a_part_given_before_parts_had_clocks_has_one_since_it_was_given(
    kit: Kit,
) -> None:
    case_id = a_joint_case(kit)
    case, given_at = kit.case(case_id), kit.clock()
    unclocked = tuple(replace(part, clock=None) for part in case.course.parts)
    old = replace(case, course=replace(case.course, parts=unclocked))
    kit.bus._at_hand()[0].things["case"][case_id] = old
    kit.keep_time()
    case = kit.case(case_id)
    assert [due_at(case, part) for part in case.course.parts] == [
        given_at + timedelta(minutes=30)
    ] * 2
    assert told(kit, "remind") == []
    go_on(kit, 1)
    unsigned = [whose for whose, text in told(kit, "remind") if "签收" in text]
    assert unsigned == [MARKET, POLICE]
    go_on(kit, 1)
    assert len(told(kit, "remind")) == 2, "each told once"
