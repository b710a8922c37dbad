"""密件: who may look through a sealed camera, and that the service holds to it."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from bus_kit import DESK, Kit, refusal

from dispatch import tables
from dispatch.commands import NoteView, OpenStream, RegisterCamera, VoidCase
from dispatch.people import Role

ACCEPTOR = replace(DESK, roles=frozenset({Role.ACCEPTOR}))
LEADER = replace(DESK, roles=frozenset({Role.ACCEPTOR, Role.SHIFT_LEADER}))


@pytest.fixture
def kit(kit: Kit) -> Kit:
    camera = replace(kit.board().cameras["1203"], sealed=True)
    kit.bus.handle(RegisterCamera(actor=DESK, camera=camera))
    return kit


def looks(kit: Kit) -> list[tuple[str, int | None]]:
    with kit.store.reading() as connection:
        rows = connection.execute(sa.select(tables.view_log).order_by("id"))
        return [(row.purpose, row.case_id) for row in rows]


def test_the_leader_of_the_shift_may_look_and_each_look_is_written_down(kit: Kit):
    assert kit.board().cameras["1203"].sealed
    asked = OpenStream(actor=ACCEPTOR, camera_id="1203", purpose="view")
    assert refusal(kit, asked).reason == "sealed"
    assert looks(kit) == []
    kit.bus.handle(OpenStream(actor=LEADER, camera_id="1203", purpose="view"))
    kit.bus.handle(NoteView(actor=LEADER, camera_id="1203", at=kit.clock()))
    assert looks(kit) == [("view", None)] * 2


@pytest.mark.parametrize(("category", "may"), [("B001", True), ("3006", False)])
def test_for_a_danger_to_life_every_seat_may_look(kit: Kit, category: str, may: bool):
    case_id = kit.report(category=category)
    assert (kit.case(case_id).severity == 1) is may
    look = OpenStream(actor=ACCEPTOR, camera_id="1203", case_id=case_id, purpose="view")
    if may:
        kit.bus.handle(look)
        assert looks(kit) == [("view", case_id)]
    else:
        assert refusal(kit, look).reason == "sealed"


def test_a_look_that_took_place_is_written_though_its_case_has_ended(kit: Kit):
    case_id, at = kit.report(category="B001"), kit.clock()
    kit.clock.go(hours=2)
    case = kit.case(case_id)
    kit.bus.handle(
        VoidCase(actor=LEADER, case_id=case_id, seen=case.version, reason="false_alarm")
    )
    assert not kit.case(case_id).state.is_open
    # The service was away; the desk's outbox brings it now.
    kit.bus.handle(NoteView(actor=ACCEPTOR, camera_id="1203", case_id=case_id, at=at))
    assert looks(kit) == [("view", case_id)]
    with kit.store.reading() as connection:
        assert connection.execute(sa.select(tables.view_log.c.at)).scalar() == at
