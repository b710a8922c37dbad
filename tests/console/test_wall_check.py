"""大屏检查 over real cameras: every tile with its true state, none left out."""

from collections.abc import Iterator

import pytest
from camera_kit import desk_over, served
from camera_kit import engine as engine
from desk_fixtures import window as window
from desk_kit import DeskKit
from PySide6.QtCore import Qt
from window_kit import press

from console.main_window import MainWindow
from console.panels.tile_look import Look
from console.panels.wall_check_page import WallCheckPage
from console.panels.wall_window import WallWindow
from console.wall_check import CheckRow
from video.layouts import parse
from video.tile_content import TOUR, TOWN_MAP, TileRef, camera
from video.tours import Stop, Tour

IDS = ["1203", "1207", "1211", "1190", "1215", "1220"]
DEAD = "1211"
LIMIT_MS = 60_000
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


cameras = served([each for each in IDS if each != DEAD])


@pytest.fixture
def kit(qtbot, tmp_path, engine, cameras) -> Iterator[DeskKit]:
    yield from desk_over(qtbot, tmp_path, engine, cameras, IDS)


@pytest.fixture
def wall(qtbot, kit: DeskKit, window: MainWindow) -> Iterator[WallWindow]:
    """A live camera, a dead one, a tour that has the dead one in it, a map, a gap."""
    stops = tuple(Stop(each) for each in ("1215", DEAD, "1220"))
    kit.desk.wall.save_tour(Tour(key="t1", name="河边", stops=stops))
    walls = window.walls.walls
    made = walls.open(walls.best_monitor())
    made.choose_layout(parse("1+5"))
    contents = [camera("1203"), camera(DEAD), TileRef(TOUR, "t1"), TOWN_MAP, None, None]
    made.wall.pin(contents)
    made.renew()
    window.pictures.wall.pin([camera("1207"), None, None, None])
    window.pictures.layouts.choose(parse("2x2"))
    yield made
    walls.close_all()


def opened(qtbot, window: MainWindow) -> WallCheckPage:
    press(window, Key.Key_W, CTRL_SHIFT)
    page = window.walls.pages["wall_check"]
    assert isinstance(page, WallCheckPage)
    qtbot.waitUntil(page.isVisible)
    return page


def row_of(page: WallCheckPage, camera_id: str, *, wall: bool, stop=False) -> CheckRow:
    page.renew()
    return next(
        row
        for row in page._rows
        if (row.camera_id, bool(row.wall), row.is_stop) == (camera_id, wall, stop)
    )


def words_of(page: WallCheckPage, row: CheckRow) -> str:
    return " / ".join(page.rows()[page._rows.index(row)])


def test_every_tile_is_listed_with_what_it_shows(qtbot, kit, window, wall):
    page = opened(qtbot, window)
    for camera_id, on_wall in (("1203", True), ("1207", False)):
        qtbot.waitUntil(
            lambda c=camera_id, w=on_wall: row_of(page, c, wall=w).fine,
            timeout=LIMIT_MS,
        )
    qtbot.waitUntil(
        lambda: row_of(page, DEAD, wall=True).look is Look.OFF, timeout=LIMIT_MS
    )
    live, dead = row_of(page, "1203", wall=True), row_of(page, DEAD, wall=True)
    assert "Live 0." in words_of(page, live)
    said = words_of(page, dead)
    assert "No signal / " in said, said
    assert " · since " in said, said
    assert "The camera" in said, said
    heads = [row for row in page._rows if not row.is_stop]
    assert len(heads) == 6 + 4, "every tile of every wall, the empty ones too"
    assert heads[0].look is Look.OFF
    assert [row.content for row in heads[-5:]] == [None] * 5
    assert any(row.content == TOWN_MAP and row.fine for row in heads)


def test_a_tour_says_of_each_of_its_cameras_whether_it_is_ready(
    qtbot, kit, window, wall
):
    page = opened(qtbot, window)

    def ready() -> bool:
        found = {row.camera_id: row.look for row in stops(page)}
        return found == {"1215": Look.LIVE, "1220": Look.LIVE, DEAD: Look.OFF}

    def stops(page: WallCheckPage) -> list[CheckRow]:
        page.renew()
        return [row for row in page._rows if row.is_stop]

    assert {row.untried for row in stops(page)} <= {"", "runs"}
    (head,) = [row for row in page._rows if row.stops is not None]
    left = sum(bool(row.untried) for row in page._rows)
    assert (f"{left} still to be tried" in words_of(page, head)) is bool(left)
    qtbot.waitUntil(ready, timeout=LIMIT_MS)
    assert stops(page)[0].camera_id == DEAD, "what is not ready comes first"
    (tour,) = [row for row in page._rows if row.stops is not None]
    assert tour.stops == (2, 3)
    assert not tour.fine, "a tour that lacks a camera is not fine"
    assert "Tour 河边 · 2 of 3 ready" in words_of(page, tour)
    assert "tours 2/3 ready" in page.title()
    # What was only tried is let go with the page.
    press(window, Key.Key_Escape)
    assert "wall check" not in kit.desk.wants._walls


def test_what_is_looked_at_again_or_still_connects_is_not_called_live(
    qtbot, kit, window, wall
):
    window.pictures.show_camera("1190", 1)
    page = opened(qtbot, window)
    assert row_of(page, "1190", wall=False).look is Look.WAITING
    assert "Connecting" in words_of(page, row_of(page, "1190", wall=False))
    qtbot.waitUntil(lambda: row_of(page, "1207", wall=False).fine, timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: bool(kit.desk.engine.status("1207").kept), timeout=LIMIT_MS)
    kit.desk.replay.back(["1207"], 10.0)
    qtbot.waitUntil(
        lambda: row_of(page, "1207", wall=False).look is Look.AGAIN, timeout=LIMIT_MS
    )
    row = row_of(page, "1207", wall=False)
    assert not row.fine
    assert "Back at " in words_of(page, row)
    kit.desk.replay.live()


def test_a_row_leads_to_its_camera(qtbot, kit, window, wall):
    page = opened(qtbot, window)
    page.renew()
    page._row = page._rows.index(row_of(page, DEAD, wall=True, stop=True))
    press(window, Key.Key_Return)
    assert window.pictures.focused_camera == DEAD
    assert window.pictures.hasFocus()
    assert window.walls.walls.target == (wall.key, 2), "the tour's tile is sent to"
    page.setFocus()
    page._row = page._rows.index(row_of(page, "1203", wall=True))
    press(window, Key.Key_Right)
    assert window.pictures.focused_camera == "1203"


def test_a_wall_without_its_monitor_says_so(qtbot, kit, window, wall):
    wall.hide()
    page = opened(qtbot, window)
    row = row_of(page, "1203", wall=True)
    assert row.unseen == "away"
    assert not row.fine
    assert "not plugged in" in words_of(page, row)
