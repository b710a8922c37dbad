from collections.abc import Iterator
from dataclasses import replace

import pytest
from desk_kit import DeskKit
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from console.panels import wall_layout
from console.panels.picture_tile import Look, TileContent, paint_tile
from console.panels.pictures import PicturesPanel
from console.theme import DARK, LIGHT, Theme
from video.contract import Picture
from video.wall import TileWall


@pytest.fixture
def panel(qtbot, tmp_path) -> Iterator[PicturesPanel]:
    kit = DeskKit(tmp_path)
    kit.start(qtbot)
    made = PicturesPanel(kit.desk)
    qtbot.addWidget(made)
    made.resize(800, 514)
    made.show()
    qtbot.waitExposed(made)
    yield made
    kit.close()


def test_more_tiles_are_one_key_away_and_remembered(panel, qtbot):
    before = panel.shown
    assert len(before) == 4
    qtbot.keyClick(panel, Qt.Key.Key_T)
    assert len(panel.shown) == 9
    assert panel.shown[:4] == before
    # Nobody has chosen yet: what there is fills the tiles.
    assert set(filter(None, panel.shown)) == set(panel.desk.board.cameras)
    assert panel.tile_rect(8) == QRectF(532, 342, 266, 171)
    again = PicturesPanel(panel.desk)
    qtbot.addWidget(again)
    assert again.shown == panel.shown
    qtbot.keyClick(panel, Qt.Key.Key_T)
    assert len(panel.shown) == 16
    qtbot.keyClick(panel, Qt.Key.Key_T)
    assert panel.shown == before


def test_the_menu_marks_the_layout_there_is_and_sets_another(panel):
    menu = wall_layout.layout_menu(panel, 2, panel.choose_layout)
    actions = menu.actions()
    assert [action.isChecked() for action in actions] == [True, False, False]
    actions[2].trigger()
    assert len(panel.shown) == 16


def test_a_point_finds_its_tile():
    wall = TileWall(9, columns=3)
    size = QSize(301, 301)
    for tile in range(9):
        middle = wall_layout.tile_rect(wall, tile, size).center()
        assert wall_layout.tile_at(wall, middle, size) == tile
    assert wall_layout.tile_at(wall, QPointF(300.5, 10), size) == -1


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
