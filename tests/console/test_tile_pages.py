"""What tiles show besides cameras: what is written on them, how large, and when."""

from collections.abc import Iterator

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import panel as panel
from desk_kit import CENTRE, DeskKit
from hypothesis import given, settings
from hypothesis import strategies as st
from layout_check import Watch
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QMenu
from window_kit import raise_alarm

from console.painting import PaintedText, shorten, text_width
from console.panels import tile_choice
from console.panels.pictures import PicturesPanel
from console.theme import DARK, MIN, Theme
from console.tiles.page import Page, letters, theme_of
from console.tiles.pages import PAGES, page_of, title_of
from dispatch.commands import ReportCase
from dispatch.geo import moved
from video.tile_content import (
    KINDS,
    LANE_DUE,
    LANE_NOW,
    NOTICE_MOST,
    OPEN_CASE,
    SHIFT_BOARD,
    TOWN_MAP,
    TileRef,
    camera,
    notice,
)

WRITTEN = (LANE_NOW, LANE_DUE, SHIFT_BOARD, OPEN_CASE, notice("今晚20时防汛值守"))


def write(kit: DeskKit, ref: TileRef, size: tuple[int, int], least: int = 0) -> Watch:
    """Write a page of that size; return what was painted."""
    image = QImage(*size, QImage.Format.Format_RGB32)
    theme = theme_of(kit.desk.theme, letters(kit.desk.theme, *size, least))
    painter = QPainter(image)
    with Watch() as watch:
        page_of(ref).paint(Page(kit.desk, painter, theme, *size), ref)
    painter.end()
    return watch


def texts(painted: list[PaintedText]) -> list[str]:
    return [each.shown for each in painted]


@pytest.fixture
def busy(qtbot, kit: DeskKit) -> DeskKit:
    kit.desk.open_case(raise_alarm(qtbot, kit))
    return kit


def test_a_panel_of_a_wall_has_ten_lines_that_are_read_from_eight_metres(kit):
    theme = kit.desk.theme
    assert letters(theme, 1920, 1080, 80) == 80
    assert letters(theme, 1920, 1080, 0) == 80
    page = Page(kit.desk, QPainter(), theme_of(theme, 80), 1920, 1080)
    assert (page.lines, page.row) == (9, 108)  # and the edges
    # Half as wide and high: still readable, so fewer words.
    assert letters(theme, 960, 540, 80) == 80
    assert letters(theme, 400, 257, 0) >= theme.px(MIN)


@pytest.mark.parametrize("size", [(1920, 1080), (960, 540), (400, 257), (100, 64)])
@pytest.mark.parametrize("ref", WRITTEN, ids=str)
def test_nothing_written_leaves_its_tile_or_covers_another_line(busy, ref, size):
    painted = write(busy, ref, size).painted
    assert painted
    tile = QRectF(0, 0, *size).adjusted(-1, -1, 1, 1)
    for each in painted:
        assert tile.contains(each.ink)
    for at, each in enumerate(painted):
        for other in painted[at + 1 :]:
            covered = each.ink.intersected(other.ink)
            assert min(covered.width(), covered.height()) <= 2, (each, other)


def test_the_lane_now_says_what_where_how_long_and_who(busy):
    case = busy.desk.case
    said = texts(write(busy, LANE_NOW, (800, 450)).painted)
    assert said[0] == "Now 1"
    assert case.place_name in said
    assert any("Smoke" in each for each in said)
    calm = texts(write(busy, LANE_DUE, (800, 450)).painted)
    assert calm[0].startswith("Due ")


def test_more_rows_than_there_is_room_for_are_counted(busy, qtbot):
    for index, device in enumerate(("PB-YH-01", "SD-12-301")):
        busy.alarm(device, f"B00{index + 5}")
    qtbot.waitUntil(lambda: len(busy.board.cases) >= 2, timeout=5000)
    said = texts(write(busy, LANE_NOW, (400, 60)).painted)
    assert said == ["Now 2", "2 more"] or said[0] == "Now 2"


@pytest.mark.parametrize("size", [(480, 270), (240, 135), (150, 100), (130, 80)])
def test_the_place_is_the_last_thing_a_row_lets_go(busy, size):
    case = busy.desk.case
    place, theme = case.place_name, busy.desk.theme
    painted = write(busy, LANE_NOW, size).painted
    (row,) = [each for each in painted if each.shown[:1] == place[:1]]
    head, dots, tail = row.shown.partition("…")
    assert place.startswith(head)
    assert place.endswith(tail)
    assert not dots or len(head) + len(tail) >= 3
    own = theme_of(theme, letters(theme, *size, 0))
    room = size[0] - own.px(40)  # its badge, and the edges
    assert not dots or text_width(row.shown + "一", own, weight=600) > room * 0.6


@given(
    st.lists(st.sampled_from(["桃", "源", "路", "12", "301", "A"]), max_size=12),
    st.integers(10, 300),
)
@settings(deadline=None, max_examples=150)
def test_a_place_is_cut_in_its_middle_and_never_in_a_number(parts, width):
    text, theme = "".join(parts), Theme(DARK)
    short = shorten(text, width, theme)
    if text_width(text, theme) <= width:
        assert short == text
        return
    assert text_width(short, theme) <= width or short == "…"
    head, _, tail = short.partition("…")
    assert text.startswith(head)
    assert text.endswith(tail)
    for left, right in (
        (head, text[len(head) :]),
        (text[: len(text) - len(tail)], tail),
    ):
        assert not (left[-1:].isdigit() and right[:1].isdigit())


def test_the_case_page_follows_the_open_case_and_names_no_resident(busy, qtbot):
    case = busy.desk.case
    said = texts(write(busy, OPEN_CASE, (800, 450)).painted)
    assert case.place_name in said
    assert not any("张" in each for each in said)
    stays = TileRef("case", str(case.case_id))
    busy.desk.open_case(None)
    assert "No case is open." in texts(write(busy, OPEN_CASE, (800, 450)).painted)
    assert case.place_name in texts(write(busy, stays, (800, 450)).painted)
    gone = texts(write(busy, TileRef("case", "99"), (800, 450)).painted)
    assert "This case is no longer kept here." in gone


def test_a_notice_is_as_large_as_fits_and_says_when_it_does_not(kit):
    short = write(kit, notice("台风"), (960, 540)).painted
    assert texts(short) == ["台风"]
    assert short[0].ink.height() > 150
    whole = write(kit, notice("今晚20时防汛值守" * 4), (960, 540)).painted
    assert "".join(texts(whole)) == "今晚20时防汛值守" * 4
    cut = write(kit, notice("水" * NOTICE_MOST), (200, 120)).painted
    assert texts(cut)[-1].endswith("…")


def test_every_kind_but_cameras_and_tours_is_painted_and_has_a_name():
    named = {page.KIND for page in PAGES} | {"map"}
    assert named | {"camera", "tour"} == set(KINDS)
    assert all(title_of(ref) for ref in (*WRITTEN, TOWN_MAP))
    assert title_of(camera("1")) == ""


# -- in the panel --------------------------------------------------------------------


@pytest.fixture
def painted_words() -> Iterator[Watch]:
    with Watch() as watch:
        yield watch


def test_a_tile_is_painted_again_when_the_board_moves(kit, panel, qtbot, painted_words):
    panel.show_content(LANE_NOW, 0)
    qtbot.waitUntil(lambda: "Now 0" in texts(painted_words.painted), timeout=5000)
    raise_alarm(qtbot, kit)
    qtbot.waitUntil(lambda: "Now 1" in texts(painted_words.painted), timeout=5000)


def test_the_map_of_a_tile_shows_cases_and_no_names_of_people(
    kit, panel, qtbot, painted_words
):
    panel.show_content(TOWN_MAP, 0)
    pages = panel.painting.pages
    panel.repaint()
    qtbot.waitUntil(pages.settled, timeout=20_000)
    empty = panel.grab(panel.tile_rect(0).toRect()).toImage()
    raise_alarm(qtbot, kit)
    red = kit.desk.theme.severity(1).name()

    def shows_it() -> bool:
        image = panel.grab(panel.tile_rect(0).toRect()).toImage()
        across = range(0, image.width(), 3)
        return any(
            image.pixelColor(x, y).name() == red
            for x in across
            for y in range(0, image.height(), 3)
        )

    kit.clock.go(seconds=1)
    kit.desk.second.emit()
    qtbot.waitUntil(lambda: pages.settled() and shows_it(), timeout=20_000)
    assert not empty.isNull()
    people = {unit.name for unit in kit.board.units.values()}
    assert not people & set(texts(painted_words.painted))


MAPS = [
    (size, least)
    for wide, high, least in ((1920, 1080, 0), (3840, 2160, 0), (1920, 1080, 50))
    for size in ((wide // 2, high // 2), (wide // 3, high // 3), (wide // 4, high // 4))
]


@pytest.mark.parametrize(("size", "least"), [*MAPS, ((240, 135), 0), ((240, 135), 80)])
def test_marks_and_words_of_a_map_stand_in_its_tile_whole(
    busy, panel, qtbot, size, least
):
    for bearing, metres in ((90, 1500), (270, 1500), (0, 2100), (45, 9000), (200, 400)):
        busy.client.do(
            ReportCase(
                actor=busy.desk.actor,
                category="5001",
                place_name="锦绣路东段138号姚庄商业广场北侧地下车库",
                point=moved(CENTRE, bearing, metres),
                channel="hotline",
                at=busy.clock(),
            )
        )
    qtbot.waitUntil(lambda: len(busy.board.cases) >= 6, timeout=5000)
    pages = panel.painting.pages
    pages.least = least
    image = QImage(*size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    pages.paint(painter, QRectF(0, 0, *size), TOWN_MAP, 1.0)
    qtbot.waitUntil(pages.settled, timeout=20_000)
    painter.end()
    (made,) = pages._maps.values()
    picture, tile = made.picture, QRectF(0, 0, *size)
    view, layer = picture._view, picture._layers[-1]
    seen = []
    for mark in layer.marks(view):
        at, reach = view.px(mark.x, mark.y), mark.radius * layer.scene.theme.scale
        box = QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
        assert tile.contains(box), mark
        assert box.height() <= size[1] / 2
        seen.append(mark.key)
    assert busy.desk.open_case_id in seen
    assert len(seen) >= 2
    placed = picture._composition._placed
    assert all(tile.contains(box) for _label, box in placed)
    if size[1] >= 540 and not least:
        assert busy.desk.case.place_name in [label.text for label, _box in placed]
    if least:
        words = [layer.scene.theme.px(label.size) for label, _box in placed]
        assert all(each >= least for each in words)


def test_what_a_tile_shows_is_chosen_by_key_and_taken_back(
    kit, panel, qtbot, monkeypatch
):
    before = panel.wall.tiles
    opened: list[QMenu] = []
    # The offscreen platform has no popups, and says so.
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: opened.append(menu))
    qtbot.keyClick(panel, Qt.Key.Key_B)
    opened[0].actions()[1].trigger()
    opened[0].close()
    assert panel.wall.tiles == (LANE_NOW, *before[1:])
    assert panel.shown[0] is None
    panel.enlarge()
    assert panel.enlarged
    panel.go_back()
    again = PicturesPanel(kit.desk)
    qtbot.addWidget(again)
    assert again.wall.tiles == panel.wall.tiles
    qtbot.keyClick(panel, Qt.Key.Key_Backspace)
    assert panel.wall.tiles == before


def test_a_tile_is_emptied_and_filled_again(panel, qtbot):
    before = panel.wall.tiles
    menu = tile_choice.content_menu(panel)
    menu.actions()[-1].trigger()
    assert panel.wall.tiles[0] is None
    qtbot.keyClick(panel, Qt.Key.Key_Backspace)
    assert panel.wall.tiles == before


def test_a_notice_is_written_in_its_tile_and_left_by_escape(panel, qtbot):
    before = panel.wall.tiles
    panel.choose_tile(1)
    line = tile_choice.write_notice(panel)
    qtbot.keyClick(line, Qt.Key.Key_Return)  # nothing is written yet
    assert panel.wall.tiles == before
    line.setText("今晚 台风")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert panel.wall.tiles == before
    line = tile_choice.write_notice(panel)
    line.setText("今晚 台风")
    panel.choose_tile(0)  # it stays the notice of the tile it was begun in
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert panel.wall.tiles[1] == notice("今晚 台风")


def test_an_open_case_can_be_kept_in_a_tile(kit, panel, qtbot):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    menu = tile_choice.content_menu(panel)
    chosen = next(each for each in menu.actions() if "also when" in each.text())
    chosen.trigger()
    assert panel.wall.tiles[0] == TileRef("case", str(case_id))
