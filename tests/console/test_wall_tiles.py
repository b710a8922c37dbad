"""Map, lists, figures, case and notice on walls: painted there, and nameless."""

from collections.abc import Iterator

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from layout_check import Watch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu
from window_kit import press, raise_alarm

from console.main_window import MainWindow
from console.panels.wall_window import WallWindow
from console.theme import MIN
from console.wall_wording import WallWording
from video.layouts import parse
from video.tile_content import (
    LANE_NOW,
    OPEN_CASE,
    SHIFT_BOARD,
    TOWN_MAP,
    camera,
    notice,
)

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
PLACE = "桃源新邨"  # as much of it as fits into a row


@pytest.fixture
def wall(qtbot, window: MainWindow) -> Iterator[WallWindow]:
    made = window.walls.walls.open(window.walls.walls.best_monitor())
    made.resize(960, 540)
    yield made
    window.walls.walls.close_all()


@pytest.fixture
def painted(window: MainWindow, wall: WallWindow) -> Iterator[Watch]:
    """What is written on the wall; the desk itself names people."""
    window.setUpdatesEnabled(False)
    with Watch() as watch:
        yield watch


def said(wall: WallWindow, watch: Watch, qtbot) -> list[str]:
    """Return what is written on a wall now."""
    wall.pages.forget()
    watch.painted.clear()
    wall.repaint()
    qtbot.waitUntil(wall.pages.settled, timeout=20_000)
    return [each.shown for each in watch.painted]


def map_words(wall: WallWindow, qtbot) -> list[str]:
    """Return the words beside the marks of the map on a wall."""
    wall.repaint()
    qtbot.waitUntil(wall.pages.settled, timeout=20_000)
    (made,) = wall.pages._maps.values()
    picture = made.picture
    return [
        label.text
        for layer in picture._composition._layers
        for label in layer.labels(picture._view)
    ]


def test_pages_stand_on_a_wall_in_letters_for_its_distance(qtbot, kit, window, wall):
    raise_alarm(qtbot, kit)
    kit.desk.open_case(max(kit.board.cases))
    for tile, content in enumerate((LANE_NOW, SHIFT_BOARD, OPEN_CASE, TOWN_MAP)):
        wall.show_content(content, tile)
    bare = wall.theme.surface
    wall.repaint()
    qtbot.waitUntil(wall.pages.settled, timeout=20_000)
    image = wall.grab().toImage()
    for tile in range(4):
        rect = wall.tile_rect(tile).toRect().adjusted(3, 3, -3, -3)
        inks = {
            image.pixelColor(x, y).rgb()
            for x in range(rect.left(), rect.right(), 2)
            for y in range(rect.top(), rect.bottom(), 2)
        }
        assert inks - {bare.rgb()}, f"tile {tile} is empty"
    assert wall.pages.least == wall.theme.px(MIN)
    before = wall.pages.least
    wall.look_from(12.0)
    assert wall.pages.least > before


def test_a_wall_follows_the_board(qtbot, kit, window, wall, painted):
    wall.show_content(LANE_NOW, 0)
    assert "Now 0" in said(wall, painted, qtbot)
    raise_alarm(qtbot, kit)
    qtbot.waitUntil(
        lambda: "Now 1" in [each.shown for each in painted.painted], timeout=5000
    )


def test_no_person_is_named_on_a_wall(qtbot, kit, window, wall, painted):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    case = kit.board.cases[case_id]
    wording = WallWording(kit.desk, window.walls.walls.visitors, wall)
    unit = kit.board.units["W01"]
    assert wording.unit(unit) == "专职网格员"
    assert wording.place(case) == case.place_name
    said_so = wording.notice("陈芳到张桂英家，电话 138 0000 0301，12月3日20时30分")
    assert said_so == "陈*到张*家，电话 ***，12月3日20时30分"
    wall.show_content(OPEN_CASE, 0)
    wall.show_content(LANE_NOW, 1)
    wall.show_content(notice("找王建国"), 2)
    texts = "".join(said(wall, painted, qtbot))
    people = {each.name for each in kit.board.units.values() if each.unit_id != "W06"}
    assert PLACE in texts
    assert not [each for each in people if each in texts]


def test_visitors_read_a_road_or_what_it_is(qtbot, kit, window, wall, painted):
    walls = window.walls.walls
    walls.visitors.know_roads(["桃源路"])
    raise_alarm(qtbot, kit)
    kit.desk.open_case(max(kit.board.cases))
    for tile, content in enumerate((LANE_NOW, notice("内部：今晚检查"), OPEN_CASE)):
        wall.show_content(content, tile)
    assert PLACE in "".join(said(wall, painted, qtbot))
    press(window, Key.Key_G, CTRL | SHIFT)
    texts = said(wall, painted, qtbot)
    assert PLACE not in "".join(texts)
    assert "Held back" in texts
    assert any("Smoke" in each for each in texts)
    # A notice that is put up before their eyes is for them.
    walls.choose(wall.key, 3)
    walls.send(notice("欢迎参观"))
    assert "欢迎参观" in said(wall, painted, qtbot)
    press(window, Key.Key_G, CTRL | SHIFT)
    press(window, Key.Key_G, CTRL | SHIFT)
    assert "欢迎参观" not in said(wall, painted, qtbot), "these are other visitors"


def test_the_map_of_a_wall_says_no_place_to_visitors(qtbot, kit, window, wall):
    raise_alarm(qtbot, kit)
    kit.desk.open_case(max(kit.board.cases))
    wall.show_content(TOWN_MAP, 0)
    assert map_words(wall, qtbot) == [kit.desk.case.place_name]
    press(window, Key.Key_G, CTRL | SHIFT)
    assert map_words(wall, qtbot) == []


def test_the_mark_of_visitor_mode_lies_over_no_tile(qtbot, window, wall, painted):
    for tile, content in enumerate((LANE_NOW, SHIFT_BOARD, TOWN_MAP, notice("水位"))):
        wall.show_content(content, tile)
    press(window, Key.Key_G, CTRL | SHIFT)
    said(wall, painted, qtbot)
    for layout, corner in (("2x2", 1), ("1+7", 1), ("8x8", 7)):
        wall.choose_layout(parse(layout))
        painted.painted.clear()
        wall.repaint()
        (mark,) = [each for each in painted.painted if each.text == "Visitor mode"]
        assert mark.shown == mark.text
        tiles = [wall.tile_rect(at) for at in range(wall.wall.layout.count)]
        assert not any(each.intersects(mark.rect) for each in tiles)
        assert tiles[corner].left() < mark.rect.left()
        assert mark.rect.right() < tiles[corner].right()


def test_where_one_row_has_room_it_is_the_worst(qtbot, kit, window, wall, painted):
    raise_alarm(qtbot, kit)
    for device, event in (("PB-YH-01", "B005"), ("SD-12-301", "B006")):
        kit.alarm(device, event)
    wall.choose_layout(parse("1+7"))
    wall.show_content(LANE_NOW, 1)
    qtbot.waitUntil(lambda: "Now 2" in said(wall, painted, qtbot), timeout=20_000)
    texts = said(wall, painted, qtbot)
    assert not any("more" in each for each in texts)
    worst = kit.board.cases[min(kit.board.cases)].place_name
    rows = [each.partition("…")[0] for each in texts]
    assert any(len(each) > 1 and worst.startswith(each) for each in rows)


def test_f12_sends_a_page_from_the_desk(window, wall):
    window.pictures.show_content(SHIFT_BOARD, 0)
    window.pictures.setFocus()
    window.walls.walls.choose(wall.key, 2)
    press(window, Key.Key_F12)
    assert wall.wall.tiles[2] == SHIFT_BOARD


def test_the_page_of_walls_chooses_what_a_tile_shows(qtbot, window, wall, monkeypatch):
    opened: list[QMenu] = []
    # The offscreen platform has no popups, and says so.
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: opened.append(menu))
    press(window, Key.Key_F12, SHIFT)
    page = window.walls.pages["choose_wall"]
    press(window, Key.Key_3)
    press(window, Key.Key_B)
    texts = [each.text() for each in opened[0].actions()]
    assert texts[:4] == ["Map of the town", "Now", "Due", "Shift"]
    opened[0].actions()[0].trigger()
    assert wall.wall.tiles[2] == TOWN_MAP
    (line,) = [each for each in opened[0].actions() if each.text() == "Notice …"]
    line.trigger()
    written = page.findChild(QLineEdit)
    written.setText("今晚防汛")
    qtbot.keyClick(written, Key.Key_Return)
    assert wall.wall.tiles[2] == notice("今晚防汛")
    opened[0].actions()[-1].trigger()
    assert wall.wall.tiles[2] is None
    press(window, Key.Key_Backspace)
    assert wall.wall.tiles[2] == notice("今晚防汛")


def test_what_is_no_camera_stands_there_after_a_start(kit, qtbot, window, wall):
    wall.show_content(TOWN_MAP, 1)
    wall.show_content(camera("1220"), 2)
    window.walls.walls.close_all()
    other = MainWindow(kit.desk)
    qtbot.addWidget(other)
    other.show()
    again = other.walls.walls.windows[wall.key]
    assert again.wall.tiles[1:3] == (TOWN_MAP, camera("1220"))
    other.walls.walls.close_all()
