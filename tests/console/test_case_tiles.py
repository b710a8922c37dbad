"""What is shown, and for which case, is true tile by tile: with real cameras and log."""

from dataclasses import replace

import pytest
from desk_fixtures import panel as panel
from test_tour_tiles import NORTH
from test_tour_tiles import cameras as cameras
from test_tour_tiles import engine as engine
from test_tour_tiles import kit as kit
from window_kit import raise_alarm

from console.kept_walls import KeptWall
from console.panels.wall_window import WallWindow
from console.visitors import Visitors
from dispatch.commands import RegisterCamera
from dispatch.geo import moved
from dispatch.people import SYSTEM
from dispatch.questions import ViewLog
from video.contract import RING_S, Importance, Mode
from video.standby_choice import LONG_RING_S
from video.tile_content import TileRef, camera

SECONDS = 1000
FAR, TAKEN = "1220", 3
TOUR = TileRef("tour", NORTH.key)


@pytest.fixture
def wall(qtbot, kit) -> WallWindow:
    """A wall with two cameras; the last two tiles are empty."""
    kit.desk.wall.save_tour(NORTH)
    kept = KeptWall(key="side", tiles=("camera:1215", f"camera:{FAR}"))
    made = WallWindow(kit.desk, kept, Visitors(kit.desk))
    qtbot.addWidget(made)
    made.resize(960, 540)
    made.show()
    return made


def looks(kit, camera_id: str) -> list[int | None]:
    """Return for which cases a camera was looked at, by the service's own log."""
    found = kit.desk.ask(ViewLog(camera_id=camera_id)).result(5)
    return [each.case_id for each in reversed(found) if each.purpose == "view"]


def matters(kit) -> dict[str, Importance]:
    wants = kit.desk.wants.declared.values()
    return {e.spec.stream_id: e.importance for e in wants if e.mode is Mode.LIVE}


def take(wall, kit, case_id: int) -> str:
    """Let a case take the last tile of a wall; return the camera it shows there."""
    wall.have_case(case_id, frozenset({TAKEN}), ())
    shown = wall.shown[TAKEN]
    assert shown is not None
    return shown


def test_one_tile_of_a_case_leaves_the_rest_of_the_wall_what_it_was(qtbot, kit, wall):
    known = kit.board.cameras[FAR]
    away = replace(known, point=moved(known.point, 270.0, 5_000))
    kit.client.do(RegisterCamera(actor=SYSTEM, camera=away))
    qtbot.waitUntil(lambda: kit.board.cameras[FAR].point == away.point)
    wall.show_content(TOUR, 2)
    case_id = raise_alarm(qtbot, kit)
    taken = take(wall, kit, case_id)
    wants = kit.desk.wants.declared
    assert matters(kit)[taken] is Importance.CASE
    assert matters(kit)["1215"] is matters(kit)[FAR] is Importance.PINNED
    assert wants[taken].ring_s == LONG_RING_S
    assert wants[FAR].ring_s == RING_S
    qtbot.waitUntil(lambda: case_id in looks(kit, taken), timeout=10 * SECONDS)
    assert looks(kit, FAR) == [None]
    assert looks(kit, "1215") == [None]
    wall.have_case(None, frozenset(), ())
    assert matters(kit)["1215"] is Importance.PINNED
    qtbot.wait(0)
    assert looks(kit, "1215") == [None]


def test_a_tour_on_a_wall_gives_way_first_there_too(qtbot, kit, wall):
    wall.show_content(TOUR, 2)
    run = wall.tours.run_of(TOUR)
    qtbot.waitUntil(lambda: run.place > 0, timeout=30 * SECONDS)
    assert matters(kit)[run.shown] is Importance.TOUR
    assert matters(kit)["1215"] is Importance.PINNED


@pytest.mark.parametrize("first", ["tour", "case"])
def test_a_camera_of_a_tour_that_a_case_shows_is_looked_at_for_both(
    qtbot, kit, wall, first
):
    case_id = raise_alarm(qtbot, kit)
    if first == "tour":
        wall.show_content(TOUR, 2)
    taken = take(wall, kit, case_id)
    assert taken in {stop.camera_id for stop in NORTH.stops}
    if first == "case":
        wall.show_content(TOUR, 2)
    both = {None, case_id}
    qtbot.waitUntil(lambda: set(looks(kit, taken)) == both, timeout=10 * SECONDS)
    wall.have_case(None, frozenset(), ())
    assert kit.desk.wants.declared  # all of it is settled
    # A tour that stood there before goes on: that is no new look. So does one that was
    # put up beside the case: what is put there stays.
    left = [each for each, _ in kit.desk.wants._looks].count(taken)
    assert left == 1
    qtbot.wait(0)
    assert sorted(looks(kit, taken), key=str) == sorted(both, key=str)


def test_only_a_case_and_only_a_tour(qtbot, kit, wall):
    case_id = raise_alarm(qtbot, kit)
    taken = take(wall, kit, case_id)
    qtbot.waitUntil(lambda: looks(kit, taken) == [case_id], timeout=10 * SECONDS)
    wall.have_case(None, frozenset(), ())
    wall.show_content(TOUR, 2)
    toured = [stop.camera_id for stop in NORTH.stops]
    qtbot.waitUntil(lambda: all(looks(kit, e) for e in toured), timeout=10 * SECONDS)
    for each in toured:
        assert looks(kit, each) == ([case_id, None] if each == taken else [None])


def test_two_cases_look_at_one_camera_each_for_itself(qtbot, kit, wall, panel):
    first = raise_alarm(qtbot, kit)
    kit.alarm("PB-YH-01", "B003")
    qtbot.waitUntil(lambda: len(kit.board.cases) == 2, timeout=10 * SECONDS)
    second = max(kit.board.cases)
    kit.desk.open_case(first)
    shown = panel.shown[0]
    wall.have_case(second, frozenset({TAKEN}), ())
    wall.show_content(camera(shown), TAKEN)
    qtbot.waitUntil(
        lambda: {first, second} <= set(looks(kit, shown)), timeout=10 * SECONDS
    )
    assert matters(kit)[shown] is Importance.CASE
    before = looks(kit, shown)
    kit.desk.open_case(None)
    wall.have_case(None, frozenset(), ())
    assert before.count(first) == before.count(second) == 1


def test_the_desk_says_it_the_same_way(qtbot, kit, panel):
    panel.wall.alarm_tiles = frozenset({3})
    before = panel.shown
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    assert panel.shown[:3] == before[:3]
    said = {tile: panel.wall.case_of(tile) for tile in range(4)}
    assert said[3] == case_id
    # What somebody calls up at the desk is for the case that is open there.
    seen = {*before, *panel.shown}
    other = next(each for each in kit.board.cameras if each not in seen)
    panel.show_camera(other, 0)
    assert matters(kit)[other] is Importance.CALLED
    qtbot.waitUntil(lambda: looks(kit, other) == [case_id], timeout=10 * SECONDS)
    standing = [panel.shown[tile] for tile in (1, 2) if said[tile] is None]
    for each in standing:
        assert matters(kit)[each] is Importance.PINNED
        assert case_id not in looks(kit, each)
    panel.enlarge(True)
    assert matters(kit)[other] is Importance.CALLED
