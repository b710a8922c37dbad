"""Scenes over the desk and its walls: kept by monitor, called by key and by schedule."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import type_text
from PySide6.QtCore import Qt
from window_kit import press, raise_alarm

from console.kept_walls import read_walls
from console.main_window import MainWindow
from console.panels.wall_window import WallWindow
from console.wall_store import FILE, WallStore
from video.layouts import parse
from video.tile_content import LANE_NOW, TOWN_MAP, camera
from video.tours import Stop, Tour
from video.wall_plan import WallPlan
from video.wall_scenes import Scene, WallScene
from video.wall_schedule import DAYS, Row

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
AWAY = "Maker|Model|away"


@pytest.fixture
def wall(qtbot, window: MainWindow) -> Iterator[WallWindow]:
    made = window.walls.walls.open(window.walls.walls.best_monitor())
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    window.walls.walls.close_all()


def on(wall: WallWindow) -> tuple[str, tuple[str, ...]]:
    texts = tuple("" if each is None else str(each) for each in wall.wall.tiles)
    return str(wall.wall.layout), texts


def save(window: MainWindow, number: int, name: str) -> Scene:
    """Save what stands now, on the page; a number that there is, over it."""
    if not window.wall_page.isVisible():
        press(window, Key.Key_W, CTRL)
    part = window.wall_page.scenes
    part.number.setText(str(number))
    part.name.setFocus()
    type_text(part.name, name)
    again = window.desk.wall.plan.scene(number) is not None
    part.save()
    if again:
        part.save()
    made = window.desk.wall.plan.scene(number)
    assert made is not None
    assert made.name == name
    return made


def scene_of(wall: WallWindow, number: int, *tiles: str, key: str = "") -> Scene:
    there = WallScene(key=key or wall.key, layout="2x2", tiles=tiles)
    return Scene(
        number=number, name=f"s{number}", layout="1", tiles=("",), walls=(there,)
    )


def test_a_scene_brings_the_walls_back_as_they_were(kit, window, wall):
    wall.choose_layout(parse("1+5"))
    wall.show_content(TOWN_MAP, 0)
    wall.show_content(LANE_NOW, 3)
    before = on(wall)
    scene = save(window, 1, "早班")
    (kept,) = scene.walls
    assert (kept.key, kept.layout, kept.tiles) == (wall.key, *before)
    assert "1 walls" in window.wall_page.scenes.list.item(0).text()
    wall.choose_layout(parse("2x2"))
    wall.show_content(camera("1220"), 0)
    kit.clock.go(seconds=5)
    press(window, Key.Key_1, CTRL)
    assert on(wall) == before
    window.walls.walls.close_all()
    assert read_walls(kit.desk.settings)[0].tiles[0] == "map:town"


def test_the_schedule_changes_the_walls(kit, window, wall):
    book = kit.desk.wall
    for number, content in ((1, "lane:now"), (2, "board:shift")):
        book.save_scene(scene_of(wall, number, content, "", "", ""))
    book.set_rows(
        (
            Row(days=frozenset(DAYS), at=time(6), scene=1),
            Row(days=frozenset(DAYS), at=time(12), scene=2),
        )
    )
    assert book.to_schedule()
    assert on(wall)[1][0] == "lane:now"
    kit.clock.go(hours=2)
    kit.desk.second.emit()
    assert on(wall)[1][0] == "board:shift"


def test_a_case_on_a_wall_keeps_its_tiles_and_the_scene_stands_after_it(
    qtbot, kit, window, wall
):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    window.walls.walls.choose(wall.key, 1)
    window.walls.walls.send_case(case_id)
    taken = wall.wall.tiles[1]
    assert taken is not None
    kit.desk.wall.save_scene(scene_of(wall, 1, "map:town", "lane:now", "", ""))
    kit.desk.wall.call(1)
    assert wall.wall.tiles[1] == taken
    window.walls.walls.send_case(case_id)
    assert on(wall)[1] == ("map:town", "lane:now", "", "")


def test_a_wall_that_no_scene_names_stays_as_it_is(kit, window, wall):
    before = on(wall)
    kit.desk.wall.save_scene(Scene(number=1, name="老", layout="1", tiles=("",)))
    kit.desk.wall.call(1)
    assert on(wall) == before
    assert str(window.pictures.wall.layout) == "1"


def test_a_monitor_that_is_away_has_its_part_of_the_scene_when_it_is_back(
    kit, window, wall
):
    walls = window.walls.walls
    gone = walls.open(AWAY)
    assert walls.is_away(AWAY)
    assert not gone.isVisible()
    kit.desk.wall.save_scene(scene_of(wall, 1, "map:town", "", "", "", key=AWAY))
    kit.desk.wall.call(1)
    assert gone.wall.tiles[0] == TOWN_MAP, "it waits with what the scene put there"
    # A wall that is closed opens with it, and no scene opens one.
    walls.close(AWAY)
    kit.desk.wall.save_scene(scene_of(wall, 2, "lane:now", "", "", "", key=AWAY))
    kit.desk.wall.call(2)
    assert AWAY not in walls.windows
    assert walls.open(AWAY).wall.tiles[0] == LANE_NOW


def test_saving_again_keeps_what_it_said_of_a_monitor_that_is_away(kit, window, wall):
    away = WallScene(key=AWAY, layout="1", tiles=("map:town",), name="东墙")
    first = save(window, 1, "早班")
    kit.desk.wall.save_scene(replace(first, walls=(*first.walls, away)))
    wall.show_content(LANE_NOW, 0)
    again = save(window, 1, "午班")
    assert [each.key for each in again.walls] == [wall.key, AWAY]
    assert again.walls[0].tiles[0] == "lane:now"
    assert again.walls[1] == away


def test_a_tour_that_is_taken_away_leaves_walls_of_scenes_too(wall):
    tour = Tour(key="t1", name="北片", stops=(Stop("1203"),))
    scene = scene_of(wall, 1, "tour:t1", "camera:1203", "", "")
    plan = WallPlan(scenes=(scene,), tours=(tour,))
    assert plan.new_tour_key() == "t2"
    (left,) = plan.without_tour("t1").scenes
    assert left.walls[0].tiles == ("", "camera:1203", "", "")


def test_a_file_from_before_there_were_walls_is_read(tmp_path):
    path = tmp_path / FILE
    path.write_text(
        '{"version": 1, "wall": {"scenes": [{"number": 3, "name": "老", "layout": '
        '"2x2", "tiles": ["camera:1203", "", "", ""]}]}}',
        encoding="utf-8",
    )
    store = WallStore(path)
    plan = store.load()
    assert plan.scenes[0].walls == ()
    there = WallScene(key="k", layout="1", tiles=("map:town",), name="东墙")
    walled = plan.with_scene(replace(plan.scenes[0], walls=(there,)))
    assert store.keep(walled)
    assert WallStore(path).load() == walled
