"""A wall that nobody can see, counted at its cameras: what it pulls, and its return."""

from dataclasses import replace

import pytest
from test_tour_tiles import NORTH
from test_tour_tiles import cameras as cameras
from test_tour_tiles import engine as engine
from test_tour_tiles import kit as kit

from console import stream_wants
from console.kept_walls import KeptWall
from console.panels.wall_window import WallWindow
from console.stream_wants import WEIGH_SECONDS
from console.visitors import Visitors
from dispatch.commands import RegisterCamera
from dispatch.people import SYSTEM
from video.contract import Mode, StreamState
from video.standby_choice import Budget
from video.tile_content import TileRef

SECONDS = 1000
IDS = ["1203", "1207", "1215", "1220"]


@pytest.fixture
def wall(qtbot, kit) -> WallWindow:
    tiles = tuple(f"camera:{each}" for each in IDS)
    made = WallWindow(kit.desk, KeptWall(key="side", tiles=tiles), Visitors(kit.desk))
    qtbot.addWidget(made)
    made.resize(960, 540)
    made.show()
    return made


def modes(kit) -> dict[str, Mode]:
    return {key: each.mode for key, each in kit.desk.wants.declared.items()}


def is_live(kit, camera_id: str) -> bool:
    picture = kit.desk.engine.picture(camera_id)
    state = kit.desk.engine.status(camera_id).state
    return state is StreamState.LIVE and picture is not None and picture.is_live()


def all_live(qtbot, kit) -> None:
    qtbot.waitUntil(
        lambda: all(is_live(kit, each) for each in IDS), timeout=30 * SECONDS
    )


def pulled(cameras) -> list[int]:
    return [cameras.pulled(each)[1] for each in IDS]


def opened(cameras) -> list[int]:
    return [cameras.pulled(each)[0] for each in IDS]


def hide(wall, how: str) -> None:
    """Do what minimising does, or a monitor that is unplugged."""
    if how == "minimised":
        wall.showMinimized()
    else:
        wall.hide()


@pytest.mark.parametrize("how", ["minimised", "unplugged"])
def test_it_decodes_nothing_and_comes_back_from_standby(qtbot, kit, cameras, wall, how):
    all_live(qtbot, kit)
    before = opened(cameras)
    hide(wall, how)
    qtbot.waitUntil(
        lambda: all(
            kit.desk.engine.status(each).state is StreamState.STANDBY for each in IDS
        ),
        timeout=10 * SECONDS,
    )
    assert pulled(cameras) == [1, 1, 1, 1]
    came: set[str] = set()
    kit.desk.pictures_came.connect(lambda: came.update(kit.desk.fresh))
    with qtbot.waitSignals([kit.desk.tick, kit.desk.second.told], timeout=10 * SECONDS):
        pass
    assert not came.intersection(IDS)
    wall.showNormal()
    all_live(qtbot, kit)
    assert opened(cameras) == before, "no camera was opened again"


def test_what_the_budget_has_no_room_for_is_let_go(
    qtbot, kit, cameras, wall, monkeypatch
):
    monkeypatch.setattr(stream_wants, "BUDGET", Budget(cameras=2))
    all_live(qtbot, kit)
    before = opened(cameras)
    wall.showMinimized()
    assert modes(kit) == {"1203": Mode.STANDBY, "1207": Mode.STANDBY}
    qtbot.waitUntil(lambda: pulled(cameras) == [1, 1, 0, 0], timeout=10 * SECONDS)
    wall.showNormal()
    all_live(qtbot, kit)
    again = [now - then for now, then in zip(opened(cameras), before, strict=True)]
    assert again == [0, 0, 1, 1]


def test_it_is_kept_for_a_while_only(qtbot, kit, cameras, wall, monkeypatch):
    monkeypatch.setattr(stream_wants, "BUDGET", Budget(at_rest=0))
    all_live(qtbot, kit)
    wall.showMinimized()
    assert set(modes(kit)) == set(IDS)
    kit.clock.go(minutes=16)
    for _ in range(WEIGH_SECONDS):
        kit.desk.wants.retry_refused()
    assert modes(kit) == {}
    qtbot.waitUntil(lambda: pulled(cameras) == [0, 0, 0, 0], timeout=10 * SECONDS)


def test_in_the_product_s_own_budget_a_last_tile_that_is_closed_ends_its_pull(
    qtbot, kit, cameras, wall
):
    budget, closed = stream_wants.BUDGET, "1207"
    assert budget == Budget()
    board = kit.board
    key_place = next(e for e in board.places.values() if e.kind == "key_place").point
    for number in range(budget.at_rest):  # enough others, at more important places
        other = replace(
            board.cameras[closed],
            camera_id=f"{3000 + number}",
            point=key_place,
            main_url="",
            sub_url="rtsp://127.0.0.1:1/x",
            secret_ref="",
        )
        kit.client.do(RegisterCamera(actor=SYSTEM, camera=other))
    most = len(IDS) + budget.at_rest
    qtbot.waitUntil(lambda: len(board.cameras) >= most, timeout=10 * SECONDS)
    all_live(qtbot, kit)
    wall.empty(IDS.index(closed))
    assert modes(kit)[closed] is Mode.STANDBY, "it was looked at a moment ago"
    assert len(modes(kit)) > 50, "what may be kept is kept"
    kit.clock.go(minutes=16)
    for _ in range(WEIGH_SECONDS):
        kit.desk.wants.retry_refused()
    assert closed not in modes(kit), "others come first"
    qtbot.waitUntil(lambda: pulled(cameras) == [1, 0, 1, 1], timeout=10 * SECONDS)


def test_a_closed_wall_is_not_an_unseen_one(kit, wall):
    assert "wall side" in kit.desk.wants._walls
    wall.hide()
    assert kit.desk.wants._walls["wall side"].tiles == ()
    assert set(kit.desk.wants._walls["wall side"].unseen) == set(IDS)
    wall.ending = True
    wall.declare()
    assert "wall side" not in kit.desk.wants._walls


def test_its_tours_stand_still_and_go_on_where_they_were(qtbot, kit, wall):
    kit.desk.wall.save_tour(NORTH)
    content = TileRef("tour", NORTH.key)
    wall.show_content(content, 2)
    run = wall.tours.run_of(content)
    qtbot.waitUntil(lambda: run.place > 0, timeout=30 * SECONDS)
    wall.showMinimized()
    stood = run.place, run.share, run.skipped
    with qtbot.waitSignal(kit.desk.second.told, timeout=10 * SECONDS):
        pass
    assert (run.place, run.share, run.skipped) == stood
    stops = {stop.camera_id for stop in NORTH.stops}
    assert stops <= set(modes(kit)), "the whole tour is at hand"
    assert Mode.LIVE not in modes(kit).values()
    wall.showNormal()
    shown = run.shown
    qtbot.waitUntil(lambda: is_live(kit, shown), timeout=30 * SECONDS)
