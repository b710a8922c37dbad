"""Who is listened to stands live before the operator; else it ends, at once."""

import pytest
from desk_fixtures import panel as panel
from test_tour_tiles import NORTH
from test_tour_tiles import cameras as cameras
from test_tour_tiles import engine as engine
from test_tour_tiles import kit as kit
from window_kit import raise_alarm

from console.shown import Shown, ShownTile
from dispatch.commands import LISTENED, NoteView
from video.contract import Importance, Mode
from video.tile_content import TileRef

SECONDS = 1000
SIZE = (400, 225)


@pytest.fixture
def listened(qtbot, kit, panel) -> str:
    """Listen to the first tile."""
    camera_id = panel.shown[0]
    kit.desk.listening.turn(camera_id)
    assert kit.desk.listening.camera_id == camera_id
    assert kit.desk.engine.hearing.stream_id == camera_id
    return camera_id


def ended(kit) -> bool:
    assert kit.desk.engine.hearing.stream_id == kit.desk.listening.camera_id
    return not kit.desk.listening.camera_id


@pytest.mark.parametrize("importance", [Importance.PINNED, Importance.PRELOAD])
def test_another_wall_that_has_the_camera_does_not_count(
    kit, panel, listened, importance
):
    elsewhere = ShownTile(listened, SIZE, importance)
    kit.desk.wants.show("wall side", Shown((elsewhere,)))
    other = next(each for each in kit.board.cameras if each not in panel.shown)
    panel.show_camera(other, 0)
    assert kit.desk.wants.declared[listened].mode is Mode.LIVE
    assert ended(kit)
    kit.desk.listening.turn(listened)
    assert ended(kit), "nor can it be listened to from there"


def test_standby_does_not_count(kit, panel, listened):
    other = next(each for each in kit.board.cameras if each not in panel.shown)
    panel.show_camera(other, 0)
    assert kit.desk.wants.declared[listened].mode is Mode.STANDBY
    assert ended(kit)


def test_what_is_looked_at_again_is_not_listened_to(qtbot, kit, panel, listened):
    engine = kit.desk.engine
    qtbot.waitUntil(lambda: bool(engine.status(listened).kept), timeout=30 * SECONDS)
    said: list[str] = []
    kit.desk.said.connect(said.append)
    kit.desk.replay.back([panel.shown[1]], 4.0)
    assert not ended(kit), "another tile is looked at again"
    kit.desk.replay.live()
    kit.desk.replay.back([listened], 4.0)
    kit.desk.replay.pause()
    assert kit.desk.replay.covers(listened)
    assert ended(kit)
    kit.desk.listening.turn(listened)
    assert ended(kit)
    assert said == ["Only what is live can be heard: L shows it live"]
    kit.desk.replay.live()
    kit.desk.listening.turn(listened)
    assert not ended(kit)
    kit.desk.listening.mute()


def test_a_large_picture_over_it_and_a_window_put_away_end_it(
    qtbot, kit, panel, listened
):
    panel.enlarge(True)
    assert not ended(kit), "it is the large one"
    panel.enlarge(False)
    panel.choose_tile(1)
    assert not ended(kit)
    panel.enlarge(True)
    assert ended(kit)
    panel.enlarge(False)
    kit.desk.listening.turn(listened)
    panel.showMinimized()
    qtbot.waitUntil(lambda: ended(kit))


def test_a_tile_that_moves_is_the_same_picture(kit, panel, listened):
    panel.wall.move(1, 0)
    panel.by_hand()
    assert panel.shown[1] == listened
    assert not ended(kit)
    kit.desk.listening.mute()


def test_a_tour_that_goes_on_ends_it(qtbot, kit, panel):
    kit.desk.wall.save_tour(NORTH)
    content = TileRef("tour", NORTH.key)
    panel.show_content(content, 0)
    run = panel.tours.run_of(content)
    qtbot.waitUntil(lambda: run.place > 0, timeout=30 * SECONDS)
    before = run.shown
    for tile in (1, 2, 3):
        if panel.shown[tile] == before:
            panel.wall.clear(tile)
    kit.desk.listening.turn(before)
    qtbot.waitUntil(lambda: run.shown != before, timeout=60 * SECONDS)
    assert before not in panel.shown
    assert ended(kit)


def test_it_is_for_the_case_that_its_tile_is_for(qtbot, kit, panel):
    panel.wall.alarm_tiles = frozenset({3})
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    standing = next(t for t in range(3) if panel.wall.case_of(t) is None)
    for tile in (standing, 3):
        kit.desk.listening.turn(panel.shown[tile])
    kit.desk.listening.mute()
    told = [
        each.case_id
        for each in kit.client.submitted
        if isinstance(each, NoteView) and each.deed == LISTENED
    ]
    assert told == [None, case_id]
