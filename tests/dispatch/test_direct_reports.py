"""紧急直报 under each profile that ships: up to where, to whom, and who has a copy."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from bus_kit import DESK, Kit

from dispatch import tables
from dispatch.case_commands import SendDirect
from dispatch.case_states import CaseState
from dispatch.cases import Case
from dispatch.commands import RecallUnit
from dispatch.notify.book import Notifier
from dispatch.profiles import load_taxonomy, profile_names
from dispatch.routing import departments

EVERY = sorted(profile_names())
# 带班领导 hears of everything; these departments have a telephone of their own.
OWN = ("派出所", "应急消防管理站", "网格", "农业农村办", "联合执法中心")
PHONES = (
    Notifier(name="带班领导", kind="sms", to="13900000000", causes=("direct",)),
    *(
        Notifier(name=f"{each}手机", kind="sms", to="13900000001", department=each)
        for each in OWN
    ),
)


# Kind, up to where, and who has a copy; 119 is telephoned and its times moved by hand.
STRAIGHT = (
    ("2001", "town", ()),
    ("2006", "county", ("派出所",)),
    ("2008", "town", ("网格",)),
    ("3001", "town", ()),
    ("3002", "town", ("应急消防管理站",)),
    ("3009", "county", ()),
    ("3011", "town", ("农业农村办",)),
    ("4006", "county", ()),
)


@pytest.fixture(scope="module")
def town() -> Iterator[Kit]:
    kit = Kit("sqlite://")
    yield kit
    kit.close()


def reported(kit: Kit, category: str, *, taken: bool) -> Case:
    """Return a case that was reported straight, new or taken; who had it is free."""
    case_id = kit.report(category)
    if taken:
        kit.take(case_id)
    kit.bus.handle(SendDirect(actor=DESK, case_id=case_id, unit_id="W01"))
    case = kit.case(case_id)
    kit.bus.handle(RecallUnit(actor=DESK, case_id=case_id))
    return case


def told(kit: Kit, case_id: int) -> dict[str, str]:
    """Return who was told of a direct report, by which way, and the one text."""
    notices = tables.notices
    asked = sa.select(notices).where(
        notices.c.case_id == case_id, notices.c.cause == "direct"
    )
    with kit.store.reading() as connection:
        rows = connection.execute(asked).all()
    assert len(rows) == len({row.notifier for row in rows}), "nobody twice"
    assert len({row.text for row in rows}) == 1
    return {row.notifier: row.text for row in rows}


@pytest.mark.parametrize("profile", EVERY)
def test_a_direct_report_reaches_its_level_its_department_and_its_copies(
    town: Kit, profile: str
) -> None:
    taxonomy = load_taxonomy(profile)
    town.bus = town.new_bus(taxonomy=taxonomy, notifiers=lambda: PHONES)
    for number, (category, level, copies) in enumerate(STRAIGHT):
        case = reported(town, category, taken=number % 3 == 0)
        assert (case.state, case.course.level) == (CaseState.DISPATCHED, level)
        # 包河: danger to life is the 联合执法中心's, sent straight or not.
        usual = taxonomy.category(category).department
        answers = "联合执法中心" if profile == "baohe" else usual
        assert case.department == answers
        own = {f"{each}手机" for each in (answers, *copies) if each in OWN}
        found = told(town, case.case_id)
        assert found.keys() == {"带班领导", *own}
        (text,) = set(found.values())
        up = "，须报县" if level == "county" else ""
        assert text.startswith(f"紧急直报{up}。")


def test_a_copy_that_no_way_is_for_is_written_down(town: Kit) -> None:
    town.bus = town.new_bus(notifiers=lambda: PHONES[1:2])
    case = reported(town, "2006", taken=False)
    assert told(town, case.case_id).keys() == {"log", "派出所手机"}


@pytest.mark.parametrize("profile", EVERY)
def test_every_copy_goes_to_a_department_that_is_known(profile: str) -> None:
    taxonomy = load_taxonomy(profile)
    rules = taxonomy.rules.direct
    assert {rule.level for rule in rules} == {"town", "county"}
    assert all(rule.severity == 1 and rule.sms for rule in rules)
    assert (rules[-1].category, rules[-1].grid) == ("", ""), (
        "for whatever else is grave"
    )
    copies = {name for rule in rules for name in rule.copies}
    answering = {
        name
        for each in taxonomy.categories
        for name in (each.department, *each.helpers)
    }
    assert copies <= answering <= departments(taxonomy, ())
