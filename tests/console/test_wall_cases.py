"""Which case has the column of a wall, seen on a wall of a real desk."""

from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from layout_check import Watch
from window_kit import raise_alarm

from console.main_window import MainWindow
from console.painting import PaintedText
from console.panels.wall_window import WallWindow
from console.words import case_number
from dispatch.commands import ReportCase, VoidCase
from video.contract import StreamState, StreamStatus
from video.tile_content import LANE_NOW, camera, cameras

PLACE = "桃源新邨12幢301"


@pytest.fixture
def wall(qtbot, window: MainWindow) -> Iterator[WallWindow]:
    walls = window.walls.walls
    made = walls.open(walls.best_monitor())
    yield made
    walls.close_all()


def shown(wall: WallWindow) -> list[str | None]:
    return list(wall.wall.cameras)


def report(qtbot, kit, category: str) -> int:
    case_id = kit.client.do(
        ReportCase(
            actor=kit.desk.actor,
            category=category,
            place_name="锦绣路36号",
            point=kit.board.places["P1"].point,
            channel="hotline",
            at=kit.clock(),
        )
    ).value
    qtbot.waitUntil(lambda: case_id in kit.board.cases)
    return case_id


def void(kit, case_id: int) -> None:
    case = kit.board.cases[case_id]
    newest = [each.alarm_id for each in kit.board.alarms.values()]
    kit.client.do(
        VoidCase(
            actor=kit.desk.actor,
            case_id=case_id,
            seen=case.version,
            reason="false_alarm",
            newest_alarm=max(newest, default=0),
        )
    )


def test_only_a_more_urgent_case_takes_the_column_and_the_first_comes_back(
    qtbot, kit, window, wall
):
    said: list[str] = []
    kit.desk.said.connect(said.append)
    walls, before = window.walls.walls, shown(wall)
    for tile in (1, 3):
        walls.choose(wall.key, tile)
        walls.turn_case_tile()
    first, later = report(qtbot, kit, "3006"), report(qtbot, kit, "3004")
    assert {kit.board.cases[each].severity for each in (first, later)} == {2}
    kit.desk.open_case(first)
    wall.show_content(camera("1220"), 1)
    wall.show_content(LANE_NOW, 0)
    taken = wall.wall.tiles
    assert wall.wall.case_id == first
    kit.desk.open_case(later)
    assert wall.wall.tiles == taken, "one as urgent waits"
    assert number(kit, first) in said[-1]
    grave = raise_alarm(qtbot, kit)
    kit.desk.open_case(grave)
    assert wall.wall.case_id == grave
    assert wall.wall.tiles[0] == LANE_NOW
    assert wall.wall.tiles != taken
    assert number(kit, first) in said[-1]
    void(kit, grave)
    qtbot.waitUntil(lambda: wall.wall.case_id == first)
    assert wall.wall.tiles == taken, "as it was left, what was called there too"
    assert number(kit, first) in said[-1]
    # What is sent by hand takes it whatever it is, and gives it back.
    walls.send_case(later)
    assert wall.wall.case_id == later
    walls.send_case(later)
    assert wall.wall.tiles == taken
    void(kit, first)
    qtbot.waitUntil(lambda: wall.wall.case_id is None)
    assert wall.wall.tiles == (LANE_NOW, *cameras(before[1:]))


def test_one_that_waits_has_the_column_after_it_and_on_a_wall_opened_later(
    qtbot, kit, window, wall
):
    walls = window.walls.walls
    walls.choose(wall.key, 1)
    walls.turn_case_tile()
    first, later = report(qtbot, kit, "3006"), report(qtbot, kit, "3004")
    for each in (first, later, None):
        kit.desk.open_case(each)
    assert wall.wall.case_id == first
    walls.turn_case_tile()
    assert wall.wall.case_id is None, "no tile is meant for it any more"
    walls.turn_case_tile()
    assert wall.wall.case_id == first
    walls.close(wall.key)
    again = walls.open(wall.key)
    assert again.wall.case_id == first
    void(kit, first)
    qtbot.waitUntil(lambda: again.wall.case_id == later)


def test_a_dead_view_on_a_wall_gives_way_as_it_does_on_the_desk(
    qtbot, kit, window, wall, monkeypatch
):
    walls = window.walls.walls
    walls.choose(wall.key, 1)
    walls.turn_case_tile()
    kit.desk.open_case(raise_alarm(qtbot, kit))
    kit.desk.open_case(None)
    dead, beside = shown(wall)[1], shown(wall)[2]

    since = kit.clock() - timedelta(minutes=5)
    gone = StreamStatus(state=StreamState.CONNECTING, since=since, reason="refused")
    there = StreamStatus(state=StreamState.LIVE, since=since, ready=True)
    engine = SimpleNamespace(
        picture=lambda _each: None,
        status=lambda each: gone if each == dead else there,
    )
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(kit.desk, "engine", engine)
        meanwhile.setattr(kit.desk.finder, "_engine", engine)
        assert kit.desk.finder.is_dark(dead)
        assert wall._contents.improve(wall.wall)
    assert shown(wall)[1] not in (None, dead)
    assert shown(wall)[2] == beside


def test_the_column_says_which_case_has_it(qtbot, kit, window, wall):
    walls = window.walls.walls
    wall.resize(1920, 1080)
    for tile in (1, 3):
        walls.choose(wall.key, tile)
        walls.turn_case_tile()
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    (head,) = heads(wall, number(kit, case_id))
    assert head.text == f"{number(kit, case_id)} 桃源新邨…301"
    assert head.rect.bottom() <= wall.tile_rect(1).top()
    wall.look_from(3.0)  # there is room for all of it
    (head,) = heads(wall, number(kit, case_id))
    assert head.text == f"{number(kit, case_id)} Smoke alarm {PLACE}"
    window.walls.walls.visitors.turn()
    (head,) = heads(wall, number(kit, case_id))
    assert PLACE not in head.text
    void(kit, case_id)
    qtbot.waitUntil(lambda: wall.wall.case_id is None)
    assert not heads(wall, number(kit, case_id))


def heads(wall: WallWindow, number: str) -> list[PaintedText]:
    with Watch() as watch:
        wall.repaint()
    return [each for each in watch.painted if each.text.startswith(number)]


def number(kit, case_id: int) -> str:
    return case_number(kit.board.cases[case_id])
