"""What happened before, in the real panel, by keys, with real streams."""

import time
from collections.abc import Iterator
from datetime import timedelta

import numpy as np
import pytest
from camera_kit import SECONDS, desk_over, served
from camera_kit import engine as engine
from desk_fixtures import panel as panel
from desk_kit import DeskKit
from PySide6.QtCore import QPoint, Qt

from console import stream_wants
from console.panels.replay_slider import ReplaySlider
from console.panels.tile_look import Look
from video.frame_code import LOOP_TICKS, TICKS_PER_SECOND, read_frame_number
from video.standby_choice import Budget

IDS = ["1203", "1207", "1211", "1190"]


cameras = served(IDS)


@pytest.fixture
def kit(qtbot, tmp_path, engine, cameras) -> Iterator[DeskKit]:
    yield from desk_over(qtbot, tmp_path, engine, cameras, IDS)


def looks(panel) -> list[Look]:
    return [panel.content(tile).look for tile in range(4)]


def kept_s(kit, camera_id) -> float:
    spans = kit.desk.engine.status(camera_id).kept
    return spans[-1][1] - spans[0][0] if spans else 0.0


def number(panel, tile) -> int | None:
    pixels = panel.painted_tile_image(tile)
    return None if pixels is None else read_frame_number(pixels)


def number_made(kit, camera_id) -> int | None:
    """Read the picture itself: the frame around one of before covers its number."""
    picture = kit.desk.engine.picture(camera_id)
    rows = np.frombuffer(picture.data, np.uint8)[
        : picture.bytes_per_line * picture.height
    ]
    pixels = rows.reshape(picture.height, -1, 4)[:, : picture.width]
    return read_frame_number(pixels)


def watch(kit, panel, qtbot, seconds: float) -> None:
    """Watch live until so much is kept of each tile."""
    qtbot.waitUntil(lambda: looks(panel) == [Look.LIVE] * 4, timeout=30 * SECONDS)
    qtbot.waitUntil(
        lambda: all(kept_s(kit, each) > seconds for each in panel.shown),
        timeout=60 * SECONDS,
    )


def slider(panel) -> ReplaySlider:
    return panel.findChild(ReplaySlider)


def test_back_together_and_live_again_by_keys(kit, panel, qtbot):
    panel.setFocus()
    watch(kit, panel, qtbot, 14)
    assert not slider(panel).isVisible()
    live = number(panel, 0)
    assert live is not None
    qtbot.keyClick(panel, Qt.Key.Key_P)  # nothing to stop
    assert not kit.desk.replay.active
    qtbot.keyClick(panel, Qt.Key.Key_Comma)
    qtbot.keyClick(panel, Qt.Key.Key_P)
    moment = kit.desk.replay.moment
    assert 9 < time.monotonic() - moment < 12
    assert slider(panel).isVisible()
    qtbot.waitUntil(lambda: looks(panel) == [Look.AGAIN] * 4, timeout=10 * SECONDS)

    def there() -> bool:
        pictures = [kit.desk.engine.picture(each) for each in panel.shown]
        ages = [time.monotonic() - p.age_s for p in pictures if p and p.again]
        return len(ages) == 4 and all(-0.15 < at - moment < 0.02 for at in ages)

    qtbot.waitUntil(there, timeout=10 * SECONDS)
    # Which moment, in the town's time, on the tile and on the slider.
    at = kit.clock() - timedelta(seconds=time.monotonic() - moment)
    words = [panel.content(tile).status for tile in range(4)]
    seconds = {
        f"{(at + timedelta(seconds=by)).astimezone(kit.desk.zone):%H:%M:%S}"
        for by in (-1, 0, 1)
    }
    assert all(each.rpartition(" ")[2] in seconds for each in words), (words, seconds)
    # The loop's number of ten seconds ago is there to be painted, not that of now.
    gone = (live - number_made(kit, panel.shown[0])) % LOOP_TICKS / TICKS_PER_SECOND
    assert 6 < gone < 12
    # No tile of these is taken for live by whoever counts first pictures.
    assert panel.contents.live_picture(panel.shown[0]) is None

    qtbot.keyClick(panel, Qt.Key.Key_Period)
    qtbot.waitUntil(lambda: looks(panel) == [Look.LIVE] * 4, timeout=10 * SECONDS)
    assert not kit.desk.replay.active
    assert not slider(panel).isVisible()


def test_one_tile_alone_the_slider_and_escape(kit, panel, qtbot):
    panel.setFocus()
    watch(kit, panel, qtbot, 8)
    panel.choose_tile(2)
    qtbot.keyClick(panel, Qt.Key.Key_Less)
    qtbot.waitUntil(
        lambda: looks(panel) == [Look.LIVE, Look.LIVE, Look.AGAIN, Look.LIVE],
        timeout=10 * SECONDS,
    )
    bar = slider(panel)
    assert panel.tile_rect(3).bottom() <= bar.y()  # it covers no tile
    begins, _ = kit.desk.replay.reach()
    where = QPoint(round(bar.x_of(begins + 3.0)), round(bar.track().center().y()))
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=where)
    assert abs(kit.desk.replay.moment - (begins + 3.0)) < 1.0
    qtbot.mouseMove(bar, QPoint(bar.width() - 2, where.y()))
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=where)
    assert kit.desk.replay.active
    assert panel.hasFocus()
    assert panel.go_back()
    qtbot.waitUntil(lambda: looks(panel) == [Look.LIVE] * 4, timeout=10 * SECONDS)
    assert not panel.go_back()
    qtbot.keyClick(panel, Qt.Key.Key_Comma)
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width(), 30))
    assert not kit.desk.replay.active


def test_another_case_is_looked_at_live_and_a_camera_without_a_past_says_so(
    kit, panel, qtbot
):
    panel.setFocus()
    watch(kit, panel, qtbot, 5)
    kit.desk.replay.back(IDS, 4.0)
    qtbot.waitUntil(lambda: looks(panel) == [Look.AGAIN] * 4, timeout=10 * SECONDS)
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases), timeout=5 * SECONDS)
    assert kit.desk.replay.active  # an alarm takes nobody's picture away
    kit.desk.open_case(next(iter(kit.board.cases)))
    assert not kit.desk.replay.active
    qtbot.keyClick(panel, Qt.Key.Key_Comma)
    without = [tile for tile in range(4) if panel.shown[tile] not in IDS]
    for tile in without:
        content = panel.content(tile)
        assert content.look is Look.AGAIN
        assert content.picture is None
        assert content.reason
    kit.desk.replay.live()


def test_a_camera_that_comes_back_shows_its_last_picture_with_its_time_at_once(
    kit, panel, qtbot, monkeypatch
):
    qtbot.waitUntil(lambda: looks(panel) == [Look.LIVE] * 4, timeout=30 * SECONDS)
    # Nothing stands ready, so that it has to be opened cold.
    monkeypatch.setattr(stream_wants, "BUDGET", Budget(cameras=0))
    came_back = panel.shown[0]
    other = next(each for each in kit.board.cameras if each not in panel.shown)
    panel.show_camera(other, 0)
    assert came_back not in panel.wants.declared
    left_at = kit.clock()
    assert panel.content(0).look in (Look.WAITING, Look.OFF)
    panel.show_camera(came_back, 0)
    content = panel.content(0)
    assert content.look is Look.STILL
    assert content.picture is not None
    seconds = {
        f"{(left_at - timedelta(seconds=by)).astimezone(kit.desk.zone):%H:%M:%S}"
        for by in (0, 1, 2)
    }
    assert content.status.rpartition(" ")[2] in seconds
    assert panel.contents.live_picture(came_back) is None
    qtbot.waitUntil(lambda: looks(panel)[0] is Look.LIVE, timeout=30 * SECONDS)
