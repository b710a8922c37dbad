"""A camera that has no picture gives way to one that has, for a case."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from camera_kit import PASSWORD, USER, WORKER, served
from desk_fixtures import panel as panel
from desk_kit import Clock, DeskKit

from console.panels.picture_words import remedy_words
from console.panels.tile_look import Look
from dispatch.commands import RegisterCamera
from dispatch.people import SYSTEM
from video.contract import GONE_REASONS
from video.sources import Login
from video.workers import VideoEngine

LIVE = ["1207", "1211", "1190", "1215", "1220"]
DEAD = "1203"  # the nearest of all; nobody answers at its address
SECONDS = 1000


cameras = served(LIVE)


@pytest.fixture
def kit(qtbot, tmp_path, cameras) -> Iterator[DeskKit]:
    engine = VideoEngine(worker_command=WORKER, worker_count=1)
    made = DeskKit(tmp_path, engine=engine, clock=Clock(running=True))
    for camera_id in [*LIVE, DEAD]:
        engine.set_login(camera_id, Login(USER, PASSWORD))
    made.start(qtbot)
    for camera_id in LIVE:
        url = cameras.spec(camera_id).sub_url
        camera = replace(made.board.cameras[camera_id], main_url=url, sub_url=url)
        made.client.do(RegisterCamera(actor=SYSTEM, camera=camera))
    qtbot.waitUntil(
        lambda: all(
            str(cameras.port) in made.board.cameras[each].sub_url for each in LIVE
        ),
        timeout=5 * SECONDS,
    )
    yield made
    engine.close()
    made.close()


def open_case(kit, qtbot) -> None:
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases), timeout=5 * SECONDS)
    kit.desk.open_case(next(iter(kit.board.cases)))


def test_a_camera_known_to_be_away_stands_last(kit, panel, qtbot):
    tile = panel.shown.index(DEAD)
    qtbot.waitUntil(lambda: panel.content(tile).look is Look.OFF, timeout=20 * SECONDS)
    open_case(kit, qtbot)
    assert DEAD not in panel.shown
    assert kit.desk.views[-1].camera_id == DEAD


def test_a_tile_without_a_picture_takes_a_live_one(kit, qtbot, request):
    open_case(kit, qtbot)
    panel = request.getfixturevalue("panel")
    assert panel.shown[0] == DEAD  # nothing was known of it yet
    rest = panel.shown[1:]
    qtbot.waitUntil(lambda: DEAD not in panel.shown, timeout=30 * SECONDS)
    assert panel.shown[1:] == rest  # pictures do not change places
    qtbot.waitUntil(lambda: panel.content(0).look is Look.LIVE, timeout=20 * SECONDS)


def test_a_camera_that_was_called_stays_where_it_is(kit, panel, qtbot):
    open_case(kit, qtbot)
    other = panel.shown[1]
    panel.show_camera(other, 0)
    panel.show_camera(DEAD, 0)  # by hand
    qtbot.waitUntil(lambda: panel.content(0).look is Look.OFF, timeout=20 * SECONDS)
    panel.desk.second.emit()
    assert panel.shown[0] == DEAD


def test_what_a_camera_refuses_stands_with_what_to_do():
    for reason in GONE_REASONS - {"login_missing"}:  # that one comes by itself
        assert remedy_words(reason, "1203").endswith((".", "1203"))
    assert "lookout camera login 1203" in remedy_words("login", "1203")
    assert remedy_words("", "1203") == remedy_words("worker", "1203") == ""
