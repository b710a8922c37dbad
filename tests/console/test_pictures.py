import re
from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import pytest
from camera_kit import SECONDS, desk_over, served
from camera_kit import engine as engine
from desk_fixtures import panel as panel
from desk_kit import DeskKit
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget

from console.panels.picture_tile import paint_tile
from console.panels.picture_words import reason_words, status_words
from console.panels.pictures import PicturesPanel
from console.panels.tile_contents import look_of
from console.panels.tile_look import DOUBTED, Look, TileContent, picture_rect
from console.theme import DARK, LIGHT, Theme
from console.view_words import where_words
from dispatch.commands import Moment, NoteView
from video.contract import REASONS, Mode, Picture, StreamState, StreamStatus
from video.frame_code import read_frame_number

IDS = ["1203", "1207", "1211", "1190", "1215", "1220"]


cameras = served(IDS)


@pytest.fixture
def kit(qtbot, tmp_path, engine, cameras) -> Iterator[DeskKit]:
    yield from desk_over(qtbot, tmp_path, engine, cameras, IDS)


def alarm(kit, qtbot) -> int:
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases), timeout=5 * SECONDS)
    case_id = next(iter(kit.board.cases))
    kit.desk.open_case(case_id)
    return case_id


def looks(panel) -> list[Look]:
    return [panel.content(tile).look for tile in range(4)]


def number(panel, tile) -> int | None:
    pixels = panel.painted_tile_image(tile)
    return None if pixels is None else read_frame_number(pixels)


# -- with real streams ---------------------------------------------------------------


def test_four_pinned_cameras_are_live_and_painted(panel, qtbot):
    assert panel.shown == ("1190", "1203", "1207", "1211")
    qtbot.waitUntil(lambda: looks(panel) == [Look.LIVE] * 4, timeout=30 * SECONDS)
    before = [number(panel, tile) for tile in range(4)]
    assert None not in before
    # The picture and nothing but it: pictures have an even size, the tile's 225th
    # row is a margin.
    assert panel.painted_tile_image(0).shape == (224, 400, 4)
    qtbot.waitUntil(
        lambda: all(
            number(panel, tile) not in (None, was) for tile, was in enumerate(before)
        ),
        timeout=10 * SECONDS,
    )


def test_open_case_shows_its_best_views_and_gives_the_pinned_ones_back(
    kit, panel, qtbot
):
    pinned = panel.shown
    # The order follows the streams; the tiles keep the one they were filled in.
    orders: list[list[str]] = []
    kit.desk.views_changed.connect(
        lambda: orders.append([view.camera_id for view in kit.desk.views[:4]])
    )
    case_id = alarm(kit, qtbot)
    assert list(panel.shown) == orders[0]
    qtbot.waitUntil(lambda: looks(panel) == [Look.LIVE] * 4, timeout=30 * SECONDS)
    qtbot.waitUntil(
        lambda: Moment.FIRST_PICTURE in kit.board.cases[case_id].clocks,
        timeout=10 * SECONDS,
    )
    # Metres from the case, and a direction.
    where = {panel.shown[tile]: panel.content(tile).where for tile in range(4)}
    assert all(re.fullmatch(r"\d+ m[↑↗→↘↓↙←↖]", each) for each in where.values())
    assert where["1203"].startswith("28")
    kit.desk.open_case(None)
    assert panel.shown == pinned
    assert panel.content(0).where == ""


def test_frozen_picture_says_so_over_the_dimmed_picture(panel, cameras, qtbot):
    qtbot.waitUntil(lambda: panel.content(1).look is Look.LIVE, timeout=30 * SECONDS)
    bright = panel.painted_tile_image(1)[..., :3].mean()
    cameras.order(freeze="1203")
    try:
        qtbot.waitUntil(
            lambda: panel.content(1).look is Look.FROZEN, timeout=10 * SECONDS
        )
        qtbot.waitUntil(lambda: panel._looks[1] is Look.FROZEN, timeout=5 * SECONDS)
        pixels = panel.painted_tile_image(1)
        assert pixels[..., :3].mean() < bright * 0.75
        doubt = QColor(panel.desk.theme.doubt)
        colour = (doubt.blue(), doubt.green(), doubt.red())
        assert (pixels[8:11, :, :3] == colour).all(axis=2).sum() > 50  # dashes
        assert (pixels[100:125, 180:220, :3] == colour).all(axis=2).any()  # the age
        assert panel.content(1).age
        assert looks(panel)[0] is Look.LIVE
    finally:
        cameras.order(resume="1203")
    qtbot.waitUntil(lambda: panel.content(1).look is Look.LIVE, timeout=30 * SECONDS)


def test_wants_are_live_for_tiles_and_standby_for_what_may_come(kit, panel, qtbot):
    modes = [each.mode for each in panel.wants.declared.values()]
    assert modes.count(Mode.LIVE) == 4
    kit.alarm()
    qtbot.waitUntil(lambda: len(panel.wants.declared) == 6, timeout=5 * SECONDS)
    modes = {key: want.mode for key, want in panel.wants.declared.items()}
    assert modes["1215"] is modes["1220"] is Mode.STANDBY
    want = panel.wants.declared["1203"]
    assert (want.width, want.height) == (400, 225)
    panel.hide()
    assert Mode.LIVE not in {each.mode for each in panel.wants.declared.values()}


def test_each_look_at_a_camera_is_told_to_the_service(kit, panel, qtbot):
    def looked() -> list[tuple[str, int | None]]:
        return [
            (command.camera_id, command.case_id)
            for command in kit.client.submitted
            if isinstance(command, NoteView)
        ]

    assert sorted(looked()) == [(each, None) for each in sorted(panel.shown)]
    case_id = alarm(kit, qtbot)
    assert set(panel.shown) <= kit.desk.wants.declared.keys()
    assert {each for each in looked() if each[1] == case_id} == {
        (camera_id, case_id) for camera_id in panel.shown
    }


# -- hands -----------------------------------------------------------------------------


def test_large_picture_covers_what_it_is_given_and_goes_exactly(kit, panel, qtbot):
    panel.enlarge_area = lambda: QRect(10, 20, 640, 400)
    changes = []
    panel.enlarged_changed.connect(changes.append)
    before = panel.geometry(), panel.shown
    panel.setFocus()
    qtbot.keyClick(panel, Qt.Key.Key_Return)
    assert panel.enlarged
    want = panel.wants.declared[panel.shown[0]]
    assert (want.width, want.height) == (640, 368)
    assert panel.go_back()
    assert not panel.enlarged
    assert (panel.geometry(), panel.shown) == before
    assert panel.wants.declared[panel.shown[0]].width == 400
    assert changes == [True, False]


def test_arrows_choose_and_backspace_returns(panel, qtbot):
    qtbot.keyClick(panel, Qt.Key.Key_Right)
    qtbot.keyClick(panel, Qt.Key.Key_Down)
    assert panel.focused_tile == 3
    assert panel.show_camera("1220")
    assert panel.shown[3] == "1220"
    qtbot.keyClick(panel, Qt.Key.Key_Backspace)
    assert panel.shown[3] == "1211"
    assert not panel.show_camera("9999")


def test_typed_number_has_enter_only_while_it_stands(kit, panel, qtbot):
    for digit in "1220":
        panel.type_digit(digit)
    assert panel.content(0).typed == "1220"
    assert panel.content(0).typed_name == "河滨步道"
    qtbot.keyClick(panel, Qt.Key.Key_Enter)
    assert panel.shown[0] == "1220"
    assert not panel.enlarged
    panel.type_digit("9")
    assert panel.content(0).typed_name
    qtbot.waitUntil(lambda: panel.plate.typed == "", timeout=10 * SECONDS)
    qtbot.keyClick(panel, Qt.Key.Key_Enter)
    assert panel.enlarged  # Enter is the tile's own again
    panel.type_digit("7")
    assert panel.go_back()
    assert panel.enlarged
    assert panel.go_back()
    assert not panel.go_back()


def repeated(key: Qt.Key) -> QKeyEvent:
    plain = Qt.KeyboardModifier.NoModifier
    return QKeyEvent(QEvent.Type.KeyPress, key, plain, "", autorep=True)


def test_key_held_down_enlarges_once(panel, qtbot):
    qtbot.keyClick(panel, Qt.Key.Key_Return)
    for _ in range(3):
        QApplication.sendEvent(panel, repeated(Qt.Key.Key_Return))
    assert panel.enlarged
    panel.enlarge(False)
    panel.type_digit("1")
    QApplication.sendEvent(panel, repeated(Qt.Key.Key_Return))
    assert panel.plate.typed == "1"
    assert not panel.enlarged


def test_plate_leaves_chords_and_whoever_types_alone(kit, panel, qtbot):
    field = QLineEdit(panel)
    field.show()
    returned = []
    field.returnPressed.connect(lambda: returned.append(field.text()))
    panel.type_digit("1")
    for modifier in (
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.ShiftModifier,
    ):
        qtbot.keyClick(panel, Qt.Key.Key_Return, modifier)
        assert panel.plate.typed == "1"
    panel.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus, timeout=5 * SECONDS)
    qtbot.keyClicks(field, "ab")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert returned == ["a"]
    assert panel.plate.typed == "1"
    panel.setFocus()
    qtbot.keyClick(panel, Qt.Key.Key_Backspace)
    assert panel.plate.typed == ""


def test_large_picture_leaves_the_edges_of_an_alarm_visible(kit, qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    panel = PicturesPanel(kit.desk)
    window.setCentralWidget(panel)
    edge = QWidget(window)
    window.resize(800, 514)
    edge.setGeometry(794, 0, 6, 514)
    with qtbot.waitExposed(window):
        window.show()
    panel.enlarge(True)
    assert window.childAt(400, 100) is panel._overlay
    assert window.childAt(797, 100) is edge


@pytest.mark.parametrize("look", list(Look))
def test_caption_looks_the_same_in_every_theme(qapp, look):
    """Its plate does, so that what stands on it must."""
    content = TileContent(
        number=1,
        camera_id="" if look is Look.EMPTY else "1203",
        name="桃源新邨北门",
        where="12米→",
        look=look,
        status="画面停滞 已12秒",
        typed="12" if look is Look.LIVE else "",
        typed_name="…",
        picture=Picture(memoryview(bytes(1600)), 20, 20, 80, 1, 12.0),
    )
    captions = []
    for tokens in (DARK, LIGHT):
        image = QImage(400, 257, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        paint_tile(painter, QRectF(0, 0, 400, 257), content, Theme(tokens), 1.0)
        painter.end()
        captions.append(image.copy(2, 226, 398, 31))
        if content.typed:
            captions[-1] = image.copy(150, 80, 100, 60)
    assert captions[0] == captions[1]
    doubt = Theme(LIGHT).plate_doubt
    shows = any(
        captions[1].pixelColor(x, y) == doubt
        for x in range(captions[1].width())
        for y in range(captions[1].height())
    )
    assert shows == (look in DOUBTED)


def test_pinned_cameras_are_remembered(kit, panel, qtbot):
    panel.show_camera("1220", 2)
    again = PicturesPanel(kit.desk)
    qtbot.addWidget(again)
    assert again.shown == panel.shown


def test_star_shows_the_next_of_the_best_views(kit, panel, qtbot):
    alarm(kit, qtbot)
    first = panel.shown
    qtbot.keyClick(panel, Qt.Key.Key_Asterisk)
    assert set(panel.shown) == {
        *(view.camera_id for view in kit.desk.views[4:]),
        None,
    }
    panel.show_best_views()
    assert panel.shown == first


# -- words -------------------------------------------------------------------------------


def status(state: StreamState, reason: str = "") -> StreamStatus:
    return StreamStatus(state, datetime.now(UTC), reason)


def picture(age_s: float) -> Picture:
    return Picture(memoryview(bytes(16)), 2, 2, 8, 1, age_s)


@pytest.mark.parametrize(
    ("state", "reason", "shown", "look"),
    [
        (StreamState.LIVE, "", picture(0.2), Look.LIVE),
        (StreamState.LIVE, "", picture(3.5), Look.FROZEN),
        (StreamState.STALLED, "", picture(12), Look.FROZEN),
        (StreamState.STALLED, "", None, Look.OFF),
        (StreamState.CONNECTING, "", None, Look.WAITING),
        (StreamState.CONNECTING, "login_missing", None, Look.WAITING),
        (StreamState.CONNECTING, "login", None, Look.OFF),
        (StreamState.CONNECTING, "worker", picture(0.9), Look.LIVE),
        (StreamState.CONNECTING, "worker", picture(9), Look.OFF),
        (StreamState.STANDBY, "", None, Look.WAITING),
        (StreamState.OFF, "", None, Look.WAITING),
    ],
)
def test_look_follows_the_picture_and_not_the_stream(state, reason, shown, look):
    assert look_of(status(state, reason), shown) is look


@given(
    st.sampled_from(list(StreamState)),
    st.sampled_from(REASONS),
    st.one_of(st.none(), st.floats(0, 100_000)),
)
def test_no_old_picture_ever_passes_for_a_live_one(state, reason, age):
    shown = None if age is None else picture(age)
    look = look_of(status(state, reason), shown)
    assert (look is Look.LIVE) == (age is not None and age <= 3.0)
    assert status_words(look, shown, 0.3)


def test_every_reason_of_the_engine_has_words():
    texts = [reason_words(reason) for reason in REASONS if reason]
    assert len(set(texts)) == len(texts)
    assert all(" " in text for text in texts)


@pytest.mark.parametrize(
    ("bearing", "arrow"), [(0, "↑"), (44, "↗"), (90, "→"), (225, "↙"), (350, "↑")]
)
def test_arrow_points_from_the_case_to_the_camera(bearing, arrow):
    assert where_words(12, bearing).endswith(arrow)


def test_tiles_are_as_the_design_says(panel):
    first, last = panel.tile_rect(0), panel.tile_rect(3)
    assert picture_rect(first, panel.desk.theme).size().toTuple() == (400, 225)
    assert last.bottomRight().toTuple() == (800, 514)


@pytest.fixture
def blind_kit(qtbot, tmp_path) -> Iterator[DeskKit]:
    made = DeskKit(tmp_path)
    made.start(qtbot)
    yield made
    made.close()


def test_desk_without_an_engine_says_so(blind_kit, qtbot):
    made = PicturesPanel(blind_kit.desk)
    qtbot.addWidget(made)
    made.resize(800, 514)
    with qtbot.waitExposed(made):
        made.show()
    blind_kit.desk.tick.emit()
    assert looks(made) == [Look.OFF] * 4
    assert made.painted_tile_image(0).dtype == np.uint8
