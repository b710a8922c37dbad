"""Tours on a wall: led from the desk, and how far they are stands under the picture."""

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from PySide6.QtCore import Qt
from test_walls import Stills
from test_walls import here as here
from test_walls import wall as wall
from window_kit import press

from console.panels.tile_look import Look
from console.panels.wall_tile import caption_height
from console.panels.wall_window import WallWindow
from video.tile_content import TOUR, TileRef
from video.tours import DWELL_MOST_S, Stop, Tour

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def toured(kit, wall, monkeypatch) -> WallWindow:
    """A wall with a tour in its third tile, that shows its first camera."""
    monkeypatch.setattr(kit.desk, "engine", Stills())
    stops = tuple(Stop(each, DWELL_MOST_S) for each in ("1215", "1220", "1207"))
    kit.desk.wall.save_tour(Tour(key="t1", name="河边", stops=stops))
    wall.empty(2)
    wall.show_content(TileRef(TOUR, "t1"), 2)
    assert wall.shown[2] == "1215"
    return wall


@pytest.mark.parametrize("page", [False, True], ids=["anywhere", "page"])
def test_the_tour_of_a_wall_is_led_from_the_desk(qtbot, kit, window, toured, page):
    said: list[str] = []
    kit.desk.said.connect(said.append)
    if page:
        press(window, Key.Key_F12, SHIFT)
        press(window, Key.Key_3)

    def key(which: Key) -> None:
        press(window, which, PLAIN if page else Qt.KeyboardModifier.AltModifier)

    assert toured.content(2).tour.after == ("Next 1220", "→ 1220")  # no names there
    key(Key.Key_J)
    assert window.walls.walls.target[1] == (2 if page else 0)
    tour = toured.content(2).tour
    assert (tour.held, tour.after) == (True, ("Held",))
    assert said[-1] == "Wall, tile 3: the tour is held at 1215"
    key(Key.Key_PageDown)
    assert said[-1] == "Wall, tile 3: next 1220"
    qtbot.waitUntil(lambda: toured.content(2).number == "1220")
    key(Key.Key_PageUp)
    assert said[-1] == "Wall, tile 3: next 1215"
    qtbot.waitUntil(lambda: toured.content(2).number == "1215")
    assert toured.content(2).tour.held, "led on by hand it stays held"
    key(Key.Key_J)
    assert not toured.content(2).tour.held
    assert said[-1] == "Wall, tile 3: the tour goes on"


def test_a_wall_without_a_tour_says_what_to_do(kit, window, wall):
    told: list[str] = []
    kit.desk.refused.connect(lambda _case, refused: told.append(refused.reason))
    press(window, Key.Key_J, Qt.KeyboardModifier.AltModifier)
    action = kit.desk.actions.action("wall_tour_hold")
    assert action.refusal(kit.desk).reason == "no_tour"
    window.walls.walls.close_all()
    assert action.refusal(kit.desk).reason == "nothing"


def test_one_of_two_tours_is_led_where_it_was_chosen(kit, window, toured):
    kit.desk.wall.save_tour(Tour(key="t2", name="路口", stops=(Stop("1203"),)))
    toured.show_content(TileRef(TOUR, "t2"), 3)
    walls = window.walls.walls
    assert walls.tour_tile() is None, "nobody can tell which is meant"
    walls.choose(toured.key, 3)
    assert walls.tour_tile() == (toured.key, 3)


def test_the_page_of_tours_leads_them_on_the_walls_too(kit, window, toured):
    press(window, Key.Key_W, CTRL)
    part = window.wall_page.tours
    part.list.setCurrentRow(0)
    assert part.list.item(0).text().startswith("▶")
    part.hold()
    assert toured.content(2).tour.held
    assert "Held" in part.list.item(0).text()
    part.hold()
    assert not toured.content(2).tour.held


def test_a_wall_shows_how_far_a_tour_is_and_that_it_is_held(toured):
    toured.resize(1600, 900)
    rect = toured.tile_rect(2)
    top = round(rect.bottom() - caption_height(rect, toured.theme))
    run = toured.tours.run_of(toured.wall.tiles[2])

    def bright(row: int) -> int:
        """Return how many pixels of a row of the tile are as bright as words."""
        image = toured.grab(rect.toAlignedRect()).toImage()
        at = row - round(rect.top())
        line = [image.pixelColor(x, at).lightness() for x in range(image.width())]
        return sum(each > 180 for each in line)

    run._elapsed = DWELL_MOST_S / 2
    assert abs(bright(top + 1) - rect.width() / 2) < 4
    middle = round(rect.bottom() - caption_height(rect, toured.theme) / 2)
    free = bright(middle)
    run.lead(0)
    assert bright(middle) > free


def test_a_tour_that_was_taken_away_says_so_on_a_wall(kit, toured):
    kit.desk.wall.remove_tour("t1")
    assert toured.content(2).words == ("This tour was taken away.",)


def test_a_still_that_is_as_old_as_it_may_be_keeps_a_tour_going(kit, toured):
    """Stills come every 2 s here, and one is fresh until the next is overdue."""
    engine = kit.desk.engine
    engine.age_s = 4.5
    assert toured.content(2).look is Look.LIVE
    run = toured.tours.run_of(toured.wall.tiles[2])
    run.lead(1)
    toured.tours.advance()
    assert (run.shown, run.skipped) == ("1220", ())
    engine.age_s = 5.5
    run.lead(1)
    toured.tours.advance()
    assert run.shown == "1220"
