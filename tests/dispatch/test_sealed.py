"""密件: who may look through a sealed camera, and that the service holds to it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa
from bus_kit import DESK, Kit, refusal

from dispatch import tables
from dispatch.commands import NoteView, OpenStream, RegisterCamera
from dispatch.people import Role

ACCEPTOR = replace(DESK, roles=frozenset({Role.ACCEPTOR}))
LEADER = replace(DESK, roles=frozenset({Role.ACCEPTOR, Role.SHIFT_LEADER}))


@pytest.fixture
def kit(store_address: str | sa.URL) -> Iterator[Kit]:
    kit = Kit(store_address)
    camera = replace(kit.board().cameras["1203"], sealed=True)
    kit.bus.handle(RegisterCamera(actor=DESK, camera=camera))
    yield kit
    kit.close()


def looks(kit: Kit) -> list[tuple[str, int | None]]:
    with kit.store.reading() as connection:
        rows = connection.execute(sa.select(tables.view_log).order_by("id"))
        return [(row.purpose, row.case_id) for row in rows]


def test_the_leader_of_the_shift_may_look_and_each_look_is_written_down(kit: Kit):
    assert kit.board().cameras["1203"].sealed
    for kind in (NoteView, OpenStream):
        more = {"at": kit.clock()} if kind is NoteView else {"purpose": "view"}
        assert (
            refusal(kit, kind(actor=ACCEPTOR, camera_id="1203", **more)).reason
            == "sealed"
        )
        assert looks(kit) == [("view", None)] * (kind is OpenStream)
        kit.bus.handle(kind(actor=LEADER, camera_id="1203", **more))
    assert looks(kit) == [("view", None)] * 2


@pytest.mark.parametrize(("category", "may"), [("B001", True), ("3006", False)])
def test_for_a_danger_to_life_every_seat_may_look(kit: Kit, category: str, may: bool):
    case_id = kit.report(category=category)
    assert (kit.case(case_id).severity == 1) is may
    look = NoteView(
        actor=ACCEPTOR, camera_id="1203", case_id=case_id, at=kit.clock(), deed="view"
    )
    if may:
        kit.bus.handle(look)
        assert looks(kit) == [("view", case_id)]
    else:
        assert refusal(kit, look).reason == "sealed"
