"""The walls of a desk: what stands there, how it is driven, what is remembered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from PySide6.QtCore import Qt
from window_kit import press, raise_alarm

from console.kept_walls import KeptWall, keep_walls, read_walls
from console.main_window import MainWindow
from console.panels.tile_look import Look
from console.panels.wall_window import WallWindow
from console.theme import MIN
from console.visitors import Visitors
from dispatch.cases import CaseState
from dispatch.commands import RegisterCamera, VoidCase
from dispatch.geo import moved
from dispatch.people import SYSTEM
from video.contract import Picture, Step, StreamState, StreamStatus
from video.layouts import LAYOUTS
from video.tile_content import TOUR, TileRef, camera, notice
from video.tours import Stop, Tour

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def here(window: MainWindow) -> str:
    return window.walls.walls.best_monitor()


@pytest.fixture
def wall(qtbot, window: MainWindow, here: str) -> Iterator[WallWindow]:
    made = window.walls.walls.open(here)
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    window.walls.walls.close_all()


def shown(wall: WallWindow) -> list[str | None]:
    return list(wall.wall.cameras)


def test_a_wall_opens_with_cameras_and_says_which_is_which(wall):
    assert shown(wall) == ["1190", "1203", "1207", "1211"]
    tile = wall.content(1)
    assert (tile.number, tile.place) == ("1203", "桃源新邨北门")
    assert wall.theme.px(MIN) >= 1


def test_ctrl_f12_says_what_became_of_the_wall(kit, window, wall):
    """On the desk's own monitor it opens behind: only these words tell of it."""
    said: list[str] = []
    kit.desk.said.connect(said.append)
    press(window, Key.Key_F12, CTRL)
    assert not window.walls.walls.windows
    press(window, Key.Key_F12, CTRL)
    assert len(window.walls.walls.windows) == 1
    assert said[0] != said[1]
    assert all(said)


def test_no_key_closes_a_wall_and_none_acts_there(qtbot, wall):
    before = shown(wall)
    for key in (Key.Key_Escape, Key.Key_Return, Key.Key_Delete, Key.Key_1):
        qtbot.keyClick(wall, key)
    assert wall.isVisible()
    assert shown(wall) == before
    assert wall.cursor().shape() is Qt.CursorShape.BlankCursor


def test_each_second_no_more_is_painted_than_ages_and_pages(wall, monkeypatch):
    wall.show_content(notice("防汛值班"), 2)
    wall.repaint()
    painted = []
    monkeypatch.setattr(wall, "_paint_tile", lambda *given: painted.append(given[2]))
    wall._looks = (Look.LIVE, Look.FROZEN, Look.EMPTY, Look.LIVE)
    wall._on_second()
    assert painted == [1, 2]
    painted.clear()
    wall._looks = (Look.LIVE,) * 2  # of a layout with fewer tiles, a moment ago
    wall._on_second()
    assert painted == []


def test_f12_sends_the_focused_tile_to_the_chosen_one(kit, window, wall):
    walls = window.walls.walls
    window.pictures.show_camera("1220", 0)
    window.pictures.setFocus()
    assert walls.choose_number(3)
    press(window, Key.Key_F12)
    assert shown(wall) == ["1190", "1203", "1220", "1211"]
    assert not walls.choose_number(5)


def test_f12_sends_the_open_case_and_gives_the_tile_back(qtbot, kit, window, wall):
    before = shown(wall)
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    window.lanes.focus_now()
    press(window, Key.Key_F12)
    assert wall.wall.case_id == case_id
    assert shown(wall)[1:] == before[1:]
    press(window, Key.Key_F12)
    assert shown(wall) == before


def test_an_urgent_case_takes_the_chosen_tiles_until_it_is_closed(
    qtbot, kit, window, wall
):
    wall.show_content(camera("1215"), 1)
    wall.show_content(camera("1220"), 3)
    before = shown(wall)
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    assert shown(wall) == before, "off unless a supervisor chose tiles"
    kit.desk.open_case(None)
    walls = window.walls.walls
    for tile in (1, 3):
        walls.choose(wall.key, tile)
        walls.turn_case_tile()
    kit.desk.open_case(case_id)
    taken = shown(wall)
    assert [taken[0], taken[2]] == [before[0], before[2]]
    assert taken != before
    kit.desk.open_case(None)
    assert shown(wall) == taken, "it stays for the room until the case is closed"
    case = kit.board.cases[case_id]
    kit.client.do(
        VoidCase(
            actor=kit.desk.actor,
            case_id=case_id,
            seen=case.version,
            reason="false_alarm",
            newest_alarm=max(kit.board.alarms),
        )
    )
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.VOIDED)
    qtbot.waitUntil(lambda: shown(wall) == before)


def test_what_stands_on_a_wall_comes_back_with_the_desk(qtbot, kit, window, wall):
    walls = window.walls.walls
    wall.choose_layout(LAYOUTS[2])
    wall.show_content(camera("1220"), 0)
    wall.look_from(12.0)
    walls.choose(wall.key, 2)
    walls.turn_case_tile()
    walls.close_all()
    (kept,) = read_walls(kit.desk.settings)
    assert kept.is_open
    assert kept.layout == "1+5"
    assert kept.tiles[0] == "camera:1220"
    assert (kept.case_tiles, kept.distance_m) == ((2,), 12.0)
    other = MainWindow(kit.desk)
    qtbot.addWidget(other)
    other.show()
    again = other.walls.walls.windows[wall.key]
    assert shown(again)[:2] == ["1220", "1203"]
    assert again.wall.layout.name == "1+5"
    assert again.case_tiles == {2}
    other.walls.walls.close_all()


def test_a_wall_that_was_closed_by_hand_stays_closed(qtbot, kit, window, wall):
    wall.show_content(camera("1220"), 0)
    wall.close()
    walls = window.walls.walls
    assert not walls.windows
    assert not read_walls(kit.desk.settings)[0].is_open
    again = walls.open(wall.key)
    assert shown(again)[0] == "1220", "it opens as it was"
    walls.close_all()


def test_walls_that_cannot_be_read_are_left_away(kit):
    keep_walls(kit.desk.settings, [KeptWall(key="a", tiles=("camera:1", "?"))])
    (kept,) = read_walls(kit.desk.settings)
    assert [each and each.value for each in kept.contents()] == ["1", None]
    for text in ("", "no", "{}", '[1, {"key": 2}]'):
        kit.desk.settings.setValue("walls/all", text)
        assert read_walls(kit.desk.settings) == []
    kit.desk.settings.setValue(
        "walls/all", '[{"key": "a", "layout": "9:9", "distance_m": 1e9, "tiles": 3}]'
    )
    (odd,) = read_walls(kit.desk.settings)
    assert (odd.parsed_layout().name, odd.distance_m, odd.tiles) == ("2x2", 8.0, ())


def test_a_hidden_wall_shows_nothing_and_a_closed_one_is_forgotten(kit, window, wall):
    walls, name = kit.desk.wants._walls, f"wall {wall.key}"
    cameras = [each.camera_id for each in walls[name].tiles]
    assert cameras == shown(wall)
    wall.hide()
    assert walls[name].tiles == walls[name].spare == walls[name].toured == ()
    assert list(dict.fromkeys(walls[name].unseen)) == cameras
    window.walls.walls.close(wall.key)
    assert name not in walls


def test_a_tour_runs_on_a_wall_and_goes_on_there_after_a_case(qtbot, kit, window, wall):
    stops = (Stop("1215"), Stop("1220"))
    kit.desk.wall.save_tour(Tour(key="t1", name="河边", stops=stops))
    wall.show_content(TileRef(TOUR, "t1"), 0)
    assert wall.shown[0] == "1190", "what stood there, until the next has a picture"
    assert wall.tours.run_of(wall.wall.tiles[0]).next == "1215"
    assert set(wall.tours.looked_at()) == {"1215", "1220"}
    case_id = raise_alarm(qtbot, kit)
    window.walls.walls.choose(wall.key, 0)
    window.walls.walls.send_case(case_id)
    assert wall.wall.cameras[0] is not None
    window.walls.walls.send_case(case_id)
    assert wall.wall.tiles[0] == TileRef(TOUR, "t1")


def test_the_menu_of_a_tile_sends_it_to_the_wall(window, wall):
    window.pictures.show_camera("1220", 0)
    window.pictures.setFocus()
    menu = window.pictures.made_menu()
    (line,) = [each for each in menu.actions() if each.text().endswith("\tF12")]
    line.trigger()
    assert shown(wall)[0] == "1220"


# -- the pages -------------------------------------------------------------------------


def test_shift_f12_shows_numbers_and_takes_a_typed_one(kit, window, wall):
    said: list[str] = []
    kit.desk.said.connect(said.append)
    press(window, Key.Key_F12, SHIFT)
    page = window.walls.pages["choose_wall"]
    assert page.isVisible()
    assert [wall.content(tile).plate for tile in range(4)] == [1, 2, 3, 4]
    press(window, Key.Key_4)
    press(window, Key.Key_Return)
    assert not page.isVisible()
    assert window.walls.walls.target == (wall.key, 3)
    assert said == ["F12 sends to tile 4"], "chosen, and nothing sent yet"


def test_the_page_changes_the_wall(kit, window, wall):
    said: list[str] = []
    press(window, Key.Key_F12, SHIFT)
    press(window, Key.Key_T)
    assert wall.wall.layout.name == "1+5"
    press(window, Key.Key_D)
    assert wall.distance_m == 12.0
    press(window, Key.Key_A)
    assert wall.case_tiles == {0}
    press(window, Key.Key_Delete)
    assert shown(wall)[0] is None
    press(window, Key.Key_Backspace)
    assert shown(wall)[0] == "1190"
    press(window, Key.Key_O)
    assert not window.walls.walls.windows
    kit.desk.said.connect(said.append)
    press(window, Key.Key_O)
    assert "behind" in said[0], "no other monitor: it stands behind the desk"
    press(window, Key.Key_Escape)
    assert not window.walls.pages["choose_wall"].isVisible()


def test_wall_check_lists_what_is_not_live_and_puts_a_replacement_in(
    qtbot, kit, window, wall
):
    """Without an engine every picture is dark; another view of the place is ready."""
    known = kit.board.cameras["1190"]
    middle = moved(known.point, known.bearing_deg, known.range_m / 2)
    beside = replace(
        known, camera_id="1230", point=moved(middle, 90, 20), bearing_deg=270.0
    )
    kit.client.do(RegisterCamera(actor=SYSTEM, camera=beside))
    qtbot.waitUntil(lambda: "1230" in kit.board.cameras)
    press(window, Key.Key_W, CTRL | SHIFT)
    page = window.walls.pages["wall_check"]
    assert page.isVisible()
    rows = page.rows()
    assert len(rows) == 8
    assert rows[0][0].startswith("1190")
    assert page.title() == "Wall check: 0 of 8 tiles fine"
    assert page.chosen.wall == ""
    assert "Enter: 1230" in rows[0][1]
    press(window, Key.Key_Return)
    assert window.pictures.shown[0] == "1230"
    assert page.chosen.camera_id == "1230"
    assert "Enter: 1190" in page.rows()[page._row][1]
    page._most = 5
    assert page.more(1) == "↑ 1 more  2 more ↓"
    press(window, Key.Key_End)
    press(window, Key.Key_Escape)
    press(window, Key.Key_W, CTRL | SHIFT)
    assert page._row == 0, "the worst, whatever was chosen before"


# -- visitors --------------------------------------------------------------------------


def test_visitors_see_no_place_below_a_road_and_no_scene_of_a_grave_case(
    qtbot, kit, window, wall
):
    walls = window.walls.walls
    walls.visitors.know_roads(["锦绣路"])
    press(window, Key.Key_G, CTRL | SHIFT)
    assert isinstance(walls.visitors, Visitors)
    wall.show_content(camera("1215"), 0)
    assert wall.content(0).place == "锦绣路"
    assert wall.content(1).place == ""
    assert wall.content(1).hidden == ""
    case_id = raise_alarm(qtbot, kit)
    assert kit.board.cases[case_id].severity == 1
    assert wall.content(1).hidden == "Held back"
    kit.desk.second.emit()
    fetched = kit.desk.wants._walls[f"wall {wall.key}"]
    assert "1203" not in {*fetched.spare, *(each.camera_id for each in fetched.tiles)}
    assert window.pictures.content(1).name == "桃源新邨北门", "desks are unaffected"
    kit.desk.open_case(case_id)
    press(window, Key.Key_S, CTRL | SHIFT)
    assert wall.content(1).hidden == ""
    press(window, Key.Key_G, CTRL | SHIFT)
    assert wall.content(1).place == "桃源新邨北门"


class Stills:
    """An engine whose machine has no more than stills left for anybody."""

    again = False
    age_s = 0.5

    def status(self, _camera_id: str) -> StreamStatus:
        return StreamStatus(
            state=StreamState.LIVE,
            since=datetime.now(UTC),
            taken=Step.STILLS,
            every_s=2.0,
        )

    def poll(self) -> frozenset[str]:
        return frozenset()

    def want(self, _wants: object) -> None:
        """Show stills all the same."""

    def picture(self, _camera_id: str) -> Picture:
        rows = memoryview(bytes(4 * 4 * 2))
        return Picture(
            data=rows,
            width=4,
            height=2,
            bytes_per_line=16,
            sequence=1,
            age_s=self.age_s,
            again=self.again,
        )


def test_a_picture_that_is_stills_says_so_on_a_wall(kit, wall, monkeypatch):
    monkeypatch.setattr(kit.desk, "engine", Stills())
    tile = wall.content(0)
    assert tile.look is Look.LIVE
    assert tile.dated[0].startswith("Still of ")
    assert tile.dated[-1].count(":") == 1, "the shortest is hours and minutes"
    monkeypatch.undo()


def test_a_picture_of_before_says_from_when_it_is_on_a_wall(kit, wall, monkeypatch):
    engine = Stills()
    engine.again = True
    monkeypatch.setattr(kit.desk, "engine", engine)
    tile = wall.content(0)
    assert tile.look is Look.AGAIN
    said = tile.dated[0]
    assert said.startswith("Back at ")
    monkeypatch.undo()
