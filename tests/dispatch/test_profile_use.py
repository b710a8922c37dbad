"""A town goes by the profile that somebody chose, from then on, and it says who."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from bus_kit import DESK, START, Kit, picture_of, refusal

from dispatch import tables
from dispatch.commands import ReportCase, SignCase
from dispatch.people import Actor, Role
from dispatch.profile_use import NOBODY_CHOSE, ProfileUse, UseProfile
from dispatch.profiles import in_use, load_taxonomy, profile_names


@pytest.fixture
def kit(store_address: str | sa.URL) -> Iterator[Kit]:
    kit = Kit(store_address)
    yield kit
    kit.close()


def use(kit: Kit, profile: str) -> None:
    kit.bus.handle(UseProfile(actor=DESK, profile=profile))


def test_a_town_for_which_nobody_chose_goes_by_yaozhuang(kit: Kit) -> None:
    assert kit.board().profile == NOBODY_CHOSE
    case_id = kit.report("A003")  # ten working days by its kind
    kit.send(case_id)
    assert kit.case(case_id).deadline == START + timedelta(days=7)


def test_what_is_begun_keeps_its_clocks_and_the_next_has_new_ones(kit: Kit) -> None:
    before, after = kit.report("A003"), kit.report("A003")
    kit.send(before)
    use(kit, "shengzhou")
    kit.send(after, "W02")
    assert kit.case(before).deadline == START + timedelta(days=7)
    assert kit.case(after).deadline == START + timedelta(days=3)
    kit.clock.go(minutes=5)
    kit.field(SignCase, before)  # another step: its clock goes on as it was begun
    assert kit.case(before).deadline == START + timedelta(days=7)


def test_who_chose_and_when_stands_written_down(kit: Kit) -> None:
    use(kit, "jinniu")
    kit.clock.go(minutes=5)
    use(kit, "shengzhou")
    said = ProfileUse(
        profile="shengzhou",
        at=START + timedelta(minutes=5),
        actor=DESK.name,
        seat=DESK.seat,
    )
    assert kit.board().profile == said
    with kit.store.reading() as connection:
        rows = connection.execute(sa.select(tables.profile_uses.c.profile)).scalars()
        assert list(rows) == ["jinniu", "shengzhou"]
    kit.bus = kit.new_bus()  # a service that starts anew
    case_id = kit.report("A003")
    kit.send(case_id)
    assert kit.case(case_id).deadline == kit.clock() + timedelta(days=3)


def test_a_board_that_follows_equals_one_that_loads(kit: Kit) -> None:
    board = kit.board()
    use(kit, "jinniu")
    moved = board.apply(kit.feed.since(board.number))
    assert moved.everything  # kinds, limits and steps are other ones
    assert picture_of(board) == picture_of(kit.board())
    use(kit, "jinniu")  # the same again changes nothing
    assert kit.feed.since(board.number) == []


def test_a_case_of_a_kind_that_is_gone_is_brought_to_its_end(kit: Kit) -> None:
    case_id = kit.report("6002")
    use(kit, "yuncheng")  # has 店外经营 of its own, under another code
    kit.take(case_id)
    assert kit.case(case_id).standard_id == "6002-1"
    kit.settle(case_id)
    report = ReportCase(
        actor=DESK,
        category="6002",
        place_name="丁栅老街",
        point=kit.case(case_id).point,
    )
    assert refusal(kit, report).reason == "category_unknown"


def test_only_a_technician_chooses_and_only_what_there_is(kit: Kit) -> None:
    refused = refusal(kit, UseProfile(actor=DESK, profile="moon"))
    assert refused.reason == "profile_unknown"
    assert refused.details["known"] == ", ".join(profile_names())
    by = Actor("陈", "1号席", frozenset(Role) - {Role.TECHNICIAN})
    assert refusal(kit, UseProfile(actor=by, profile="core")).reason == "role"


def test_a_profile_that_is_gone_is_the_default_again() -> None:
    assert in_use(ProfileUse(profile="moon")) is load_taxonomy("yaozhuang")
    assert in_use(ProfileUse(profile="jinniu")) is load_taxonomy("jinniu")


def test_each_profile_reads_the_kinds_of_all() -> None:
    codes = {c.code for name in profile_names() for c in load_taxonomy(name).categories}
    for name in profile_names():
        taxonomy = load_taxonomy(name)
        assert all(taxonomy.category(code).standards for code in codes)
        offered = {category.code for category in taxonomy.categories}
        assert offered.isdisjoint(category.code for category in taxonomy.former)
