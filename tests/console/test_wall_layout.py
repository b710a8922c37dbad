from dataclasses import replace

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import panel as panel
from layout_check import Watch
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from console.panels.picture_tile import paint_tile
from console.panels.pictures import PicturesPanel
from console.panels.tile_look import LOOKED_OVER_IN_TICKS, Look, TileContent
from console.panels.wall_layout import layout_menu, tile_at, tile_rect
from console.panels.wall_memory import (
    remember_case_tiles,
    remember_contents,
    remembered_case_tiles,
    remembered_contents,
)
from console.theme import DARK, LIGHT, Theme
from video.contract import Picture
from video.layouts import FOUR, LAYOUTS, Cell, square
from video.tile_content import TOWN_MAP, camera, cameras, notice


def test_more_tiles_are_one_key_away_and_remembered(panel, qtbot):
    before = panel.shown
    assert len(before) == 4
    for count in (6, 8, 9):
        qtbot.keyClick(panel, Qt.Key.Key_T)
        assert len(panel.shown) == count
        assert panel.shown[:4] == before
    # Nobody has chosen yet: what there is fills the tiles.
    assert set(filter(None, panel.shown)) == set(panel.desk.board.cameras)
    assert panel.tile_rect(8) == QRectF(532, 342, 266, 171)
    again = PicturesPanel(panel.desk)
    qtbot.addWidget(again)
    assert again.shown == panel.shown
    for count in (8, 6, 4):
        qtbot.keyClick(panel, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
        assert len(panel.shown) == count
    assert panel.shown == before


@pytest.mark.parametrize("kept", ["", "[", "{}", '["map", 7, null]', '"x"'])
def test_a_settings_file_that_makes_no_sense_does_no_harm(panel, qtbot, kept):
    panel.desk.settings.setValue("pictures/tiles", kept)
    panel.desk.settings.setValue("pictures/layout", "free:2x2:0,0,2,1")
    panel.desk.settings.setValue("pictures/case_tiles", "x -1")
    again = PicturesPanel(panel.desk)
    qtbot.addWidget(again)
    assert again.wall.layout == FOUR
    assert again.wall.alarm_tiles is None
    assert set(again.wall.tiles) <= {None, *cameras(sorted(panel.desk.board.cameras))}


def test_any_content_and_a_confinement_of_cases_are_kept(qtbot, panel):
    settings = panel.desk.settings
    contents = [TOWN_MAP, None, notice("今晚，台风 “海葵”: 二级"), camera("1207")]
    remember_contents(settings, contents)
    assert remembered_contents(settings) == contents
    for tiles in (frozenset({1, 10}), None):
        remember_case_tiles(settings, tiles)
        assert remembered_case_tiles(settings) == tiles


def test_the_menu_marks_the_layout_there_is_and_sets_another(panel):
    menu = layout_menu(panel, panel.layouts, panel.choose_layout)
    actions = menu.actions()
    assert [action.isChecked() for action in actions].index(True) == 1
    assert len(actions) == len(LAYOUTS)
    actions[-1].trigger()
    assert len(panel.shown) == 64


def test_tiles_are_joined_and_split_by_keys_and_it_is_taken_back(panel, qtbot):
    shift = Qt.KeyboardModifier.ShiftModifier
    before = panel.shown
    qtbot.keyClick(panel, Qt.Key.Key_Right, shift)
    assert panel.wall.layout.cells[0] == Cell(0, 0, 2, 1)
    joined = (before[0], *before[2:])
    assert panel.shown == joined, "the others keep their place"
    own = panel.wall.layout
    qtbot.keyClick(panel, Qt.Key.Key_Down)
    qtbot.keyClick(panel, Qt.Key.Key_Y)
    assert len(panel.shown) == 6
    qtbot.keyClick(panel, Qt.Key.Key_Backspace, shift)
    assert (panel.wall.layout, panel.shown) == (own, joined)
    qtbot.keyClick(panel, Qt.Key.Key_Backspace, shift)
    assert (panel.wall.layout, panel.shown) == (FOUR, before)
    qtbot.keyClick(panel, Qt.Key.Key_Backspace, shift)  # nothing more to take back
    assert panel.wall.layout == FOUR
    # What was made by hand stays in the row of layouts.
    assert panel.layouts.own is not None
    menu = layout_menu(panel, panel.layouts, panel.choose_layout)
    menu.actions()[-1].trigger()
    assert panel.wall.layout == panel.layouts.own


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_a_point_finds_its_tile_and_tiles_begin_at_whole_pixels(layout, ratio):
    size = QSize(1921, 1083)
    for tile in range(layout.count):
        rect = tile_rect(layout, tile, size, ratio)
        assert tile_at(layout, rect.center(), size, ratio) == tile
        edges = rect.left(), rect.top(), rect.width(), rect.height()
        assert all(abs(each * ratio - round(each * ratio)) < 1e-6 for each in edges)
    assert tile_at(layout, QPointF(1921.5, 10), size, ratio) == -1


@pytest.mark.parametrize(
    ("width", "words"),
    [
        (480, {"7", "1203", "老街北", "12 m→", "Live 0.2 s"}),
        (240, {"7", "1203", "Live 0.2 s"}),
        (120, {"7", "1203"}),
        (80, {"1203"}),
    ],
)
def test_a_narrow_caption_drops_words_and_clips_none(qapp, width, words):
    content = TileContent(
        number=7,
        camera_id="1203",
        name="老街北",
        where="12 m→",
        look=Look.LIVE,
        status="Live 0.2 s",
    )
    image = QImage(width, 200, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    with Watch() as watch:
        paint_tile(painter, QRectF(0, 0, width, 200), content, Theme(DARK), 1.0)
    painter.end()
    said = {word for each in watch.painted for word in each.text.split("1203 ")}
    assert {each for each in said if each} | {"1203"} == words
    for each in watch.painted:
        assert each.shown == each.text
        assert each.rect.contains(each.ink)


@pytest.mark.parametrize(
    ("width", "said"), [(480, "Still of 10:41:26, every 2 s"), (240, "Still")]
)
def test_a_narrow_caption_still_says_that_less_is_shown(qapp, width, said):
    """A picture every other second never passes for a live one."""
    content = TileContent(
        number=7,
        camera_id="1203",
        name="老街北",
        look=Look.LIVE,
        status="Still of 10:41:26, every 2 s",
        brief="Still",
    )
    image = QImage(width, 200, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    with Watch() as watch:
        paint_tile(painter, QRectF(0, 0, width, 200), content, Theme(DARK), 1.0)
    painter.end()
    assert said in [each.text for each in watch.painted]


def test_only_what_changed_is_painted(panel, qtbot):
    painted: list[int] = []
    paint_one = panel.paint_one

    def watched(painter, rect, tile):
        painted.append(tile)
        return paint_one(painter, rect, tile)

    panel.paint_one = watched
    panel.repaint()
    assert painted == [0, 1, 2, 3]
    panel._update_tiles([2])
    assert painted[4:] == [2]
    # What waits to be painted whole is not painted in part before.
    panel.update_pictures()
    panel._update_tiles([1])
    assert painted[5:] == []
    qtbot.waitUntil(lambda: painted[5:] == [0, 1, 2, 3], timeout=5000)


def test_other_words_are_painted_within_a_second_and_never_all_in_one_turn(panel):
    panel.choose_layout(square(3))
    panel.repaint()
    content, painted = panel.content, []
    panel.content = lambda tile: replace(content(tile), status="Live 0.9 s")
    paint_one = panel.paint_one

    def watched(painter, rect, tile):
        painted.append(tile)
        return paint_one(painter, rect, tile)

    panel.paint_one = watched
    panel._on_second()
    turns = []
    for _ in range(LOOKED_OVER_IN_TICKS):
        panel._on_tick()
        turns.append(len(painted) - sum(turns))
    assert painted == list(range(9))
    assert max(turns) == 2
    panel._on_second()
    for _ in range(LOOKED_OVER_IN_TICKS):
        panel._on_tick()
    assert painted == list(range(9)), "nothing has changed since"


def test_a_caption_is_set_anew_when_a_word_of_it_changes(qapp):
    content = TileContent(number=1, camera_id="1203", name="北门", status="Live 0.1 s")
    first = painted(content)
    assert painted(content) == first
    assert painted(replace(content, status="Live 0.9 s")) != first
    assert painted(content, theme=Theme(LIGHT)) != first


@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize(("wide", "high"), [(200, 168), (298, 100), (300, 168)])
def test_a_picture_has_its_place_and_the_ground_the_rest(qapp, ratio, wide, high):
    width, height = round(wide * ratio), round(high * ratio)
    picture = Picture(
        data=memoryview(bytes([10, 20, 200, 255]) * (width * height)),
        width=width,
        height=height,
        bytes_per_line=4 * width,
        sequence=1,
        age_s=0.1,
    )
    theme = Theme(DARK)
    image = QImage(round(300 * ratio), round(200 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("magenta"))
    content = TileContent(number=1, camera_id="1203", look=Look.LIVE, picture=picture)
    painter = QPainter(image)
    paint_tile(painter, QRectF(0, 0, 300, 200), content, theme, ratio)
    painter.end()
    colours = [
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
    ]
    assert "#ff00ff" not in colours
    assert colours.count("#c8140a") >= 0.95 * width * height


def painted(content: TileContent, theme: Theme | None = None) -> QImage:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_tile(painter, QRectF(0, 0, 300, 200), content, theme or Theme(DARK), 1.0)
    painter.end()
    return image
