"""Where a camera stands that a vehicle carries: the rule, and its way to a board."""

from dataclasses import replace
from datetime import timedelta

import pytest
from bus_kit import CENTRE, DESK, START, Kit, picture_of, refusal
from hypothesis import given
from hypothesis import strategies as st
from older_store import make_older

from dispatch.cameras import Camera
from dispatch.carrying import STILL_M, heading_after, standing_of
from dispatch.commands import ImportTown, RegisterCamera
from dispatch.geo import Point, moved
from dispatch.history import answer
from dispatch.questions import FindPlaces
from dispatch.units import FRESH, Unit

ROOF = Camera(camera_id="1301", name="执法车", point=CENTRE, unit_id="W01")
THERE = moved(CENTRE, 90, 400)
degrees = st.floats(0, 359.9)


def car(**changed: object) -> dict[str, Unit]:
    unit = Unit(
        unit_id="W01", name="执法车", role="执法车", point=THERE, point_at=START
    )
    return {"W01": replace(unit, **changed)}  # type: ignore[arg-type]


@given(st.none() | degrees, st.none() | degrees, st.floats(20, 359))
def test_a_camera_on_a_vehicle_is_where_it_is_and_turns_with_it(
    heading: float | None, mounted: float | None, fov: float
) -> None:
    camera = replace(ROOF, bearing_deg=mounted, fov_deg=fov)
    stands = standing_of(camera, car(heading_deg=heading))
    assert (stands.point, stands.at, stands.carried) == (THERE, START, True)
    assert stands.aimed is (heading is not None)
    if heading is None:
        assert stands.bearing_deg is None
    else:
        turn = (heading + (mounted or 0)) % 360
        assert stands.bearing_deg == pytest.approx(turn)


def test_an_all_round_camera_needs_no_heading() -> None:
    stands = standing_of(replace(ROOF, fov_deg=360), car())
    assert (stands.bearing_deg, stands.aimed) == (None, True)


@given(st.none() | degrees)
def test_a_camera_that_stays_is_as_registered_and_always_sure(
    bearing: float | None,
) -> None:
    camera = replace(ROOF, unit_id="", bearing_deg=bearing)
    stands = standing_of(camera, car(heading_deg=10))
    assert (stands.point, stands.bearing_deg) == (CENTRE, bearing)
    assert stands.is_sure(START + timedelta(days=999))
    assert stands.age(START) == timedelta()


@given(st.floats(-100, 1000))
def test_a_position_is_trusted_as_long_as_a_unit_s(seconds: float) -> None:
    stands = standing_of(ROOF, car())
    age = timedelta(seconds=seconds)
    assert stands.is_sure(START + age) is (age <= FRESH)
    assert not standing_of(ROOF, car(doubt="outside")).is_sure(START)


@pytest.mark.parametrize("units", [{}, car(point=None, point_at=None)])
def test_who_never_said_where_it_is_is_not_sure_to_be_where_it_was_registered(
    units: dict[str, Unit],
) -> None:
    stands = standing_of(ROOF, units)
    assert (stands.point, stands.carried, stands.aimed) == (CENTRE, True, False)
    assert not stands.is_sure(START)


@given(degrees, degrees, st.floats(0, 200))
def test_a_vehicle_at_rest_points_where_it_did(
    heading: float, way: float, metres: float
) -> None:
    point = moved(CENTRE, way, metres)
    kept = heading_after(CENTRE, heading, point=point, said=None)
    if abs(metres - STILL_M) > 0.01:
        assert kept == (heading if metres <= STILL_M else None)
    assert heading_after(CENTRE, heading, point=point, said=360.0) == 0.0
    assert heading_after(None, None, point=point, said=None) is None


def test_small_steps_do_not_carry_an_old_direction_along() -> None:
    """Twenty steps of eleven metres: no single one is long, all of them are 220 m."""
    point, heading = CENTRE, 90.0
    for _ in range(20):
        there = moved(point, 0, 11)
        heading = heading_after(point, heading, point=there, said=None)
        point = there
    assert heading is None


# -- on its way through the service --------------------------------------------------


@pytest.fixture
def kit(kit: Kit) -> Kit:
    kit.bus.handle(RegisterCamera(actor=DESK, camera=ROOF))
    return kit


def drive(kit: Kit, point: Point, heading: float | None) -> None:
    kit.clock.go(seconds=10)
    kit.bus.handle(kit.position(point=point, heading_deg=heading))
    kit.bus.flush_coalesced()


def test_a_board_that_follows_equals_one_that_loads_and_says_what_rode_along(
    kit: Kit,
) -> None:
    board = kit.board()
    drive(kit, THERE, 45.0)
    moved_now = board.apply(kit.feed.since(board.number))
    assert (moved_now.carried, moved_now.cameras) == ({"1301"}, frozenset())
    stands = board.standing(board.cameras["1301"])
    assert (stands.point, stands.bearing_deg) == (THERE, 45.0)
    assert picture_of(board) == picture_of(kit.board())
    assert [camera.camera_id for camera in board.carried()] == ["1301"]

    drive(kit, moved(THERE, 0, 3), None)
    board.apply(kit.feed.since(board.number))
    assert board.units["W01"].heading_deg == 45.0
    drive(kit, moved(THERE, 0, 500), None)
    board.apply(kit.feed.since(board.number))
    assert board.units["W01"].heading_deg is None

    kit.bus.handle(RegisterCamera(actor=DESK, camera=replace(ROOF, unit_id="")))
    board.apply(kit.feed.since(board.number))
    drive(kit, THERE, 45.0)
    assert not board.apply(kit.feed.since(board.number)).carried
    assert board.standing(board.cameras["1301"]).point == CENTRE
    assert list(board.carried()) == []


def test_a_heading_not_yet_told_outlives_the_service(kit: Kit) -> None:
    kit.bus.handle(kit.position(point=THERE, heading_deg=200.0))
    kit.bus = kit.new_bus()
    kit.bus.flush_coalesced()
    assert kit.board().units["W01"].heading_deg == 200.0


def test_importing_staff_again_leaves_a_vehicle_as_it_points(kit: Kit) -> None:
    drive(kit, THERE, 45.0)
    unit = Unit(unit_id="W01", name="执法车", role="执法车")
    kit.bus.handle(ImportTown(actor=DESK, units=(unit,)))
    assert kit.board().units["W01"].heading_deg == 45.0


def test_nobody_carries_a_camera_who_is_not_known(kit: Kit) -> None:
    camera = replace(ROOF, unit_id="V99")
    refused = refusal(kit, RegisterCamera(actor=DESK, camera=camera))
    assert refused.reason == "unit_unknown"
    assert refusal(kit, ImportTown(actor=DESK, cameras=(camera,))).reason


def test_who_looks_for_the_camera_finds_where_the_vehicle_is(kit: Kit) -> None:
    drive(kit, THERE, None)
    (found,) = answer(FindPlaces(text="1301"), kit.store)
    assert (found.kind, found.point) == ("camera", THERE)


def test_cameras_that_stood_before_stay_where_they_are(kit: Kit) -> None:
    make_older(kit.store, "0003")
    kit.store.migrate()
    kit.bus = kit.new_bus()
    board = kit.board()
    assert board.cameras["1301"].unit_id == ""
    assert board.units["W01"].heading_deg is None
