"""Tours over real cameras: at no paint is a tile black, or old without saying so."""

from collections.abc import Iterator

import pytest
from camera_kit import SECONDS, desk_over, served
from camera_kit import engine as engine
from desk_kit import DeskKit
from watch_paints import PaintWatch

from console.main_window import MainWindow
from dispatch.commands import NoteView
from video.contract import Importance, Mode
from video.tile_content import TileRef
from video.tours import Stop, Tour
from video.wall_scenes import Scene

IDS = ["1203", "1207", "1211", "1190", "1215", "1220"]
DEAD = "1211"
DWELL_S = 5.0
NORTH = Tour(
    key="t1",
    name="北片",
    stops=tuple(Stop(each, DWELL_S) for each in ("1203", "1207", DEAD, "1190")),
)
SCENE = Scene(
    number=1,
    name="早班",
    layout="2x2",
    tiles=("tour:t1", "camera:1215", "camera:1220", ""),
)


cameras = served([each for each in IDS if each != DEAD])


@pytest.fixture
def kit(qtbot, tmp_path, engine, cameras) -> Iterator[DeskKit]:
    yield from desk_over(qtbot, tmp_path, engine, cameras, IDS)


@pytest.fixture
def window(qtbot, kit) -> MainWindow:
    made = MainWindow(kit.desk)
    qtbot.addWidget(made)
    made.resize(1600, 900)
    made.show()
    kit.desk.wall.save_tour(NORTH)
    kit.desk.wall.save_scene(SCENE)
    return made


def begin(qtbot, kit, window) -> PaintWatch:
    """Put the scene up, and watch from its first pictures on."""
    kit.desk.wall.call(1)
    panel = window.pictures
    qtbot.waitUntil(
        lambda: (
            all(
                panel.contents.live_picture(each) is not None
                for each in panel.shown
                if each is not None
            )
            and (panel.tours.run_of(TileRef("tour", "t1")) or NORTH).place > 0
        ),
        timeout=30 * SECONDS,
    )
    return PaintWatch(panel)


def test_no_paint_is_black_or_old_and_a_tour_is_looked_at_once(
    qtbot, kit, window
) -> None:
    watch = begin(qtbot, kit, window)
    run = window.pictures.tours.run_of(TileRef("tour", "t1"))
    qtbot.waitUntil(
        lambda: (
            watch.shown_in(0) >= {"1203", "1207", "1190"} and watch.turns_of(0) >= 4
        ),
        timeout=90 * SECONDS,
    )
    watch.close()
    assert watch.paints > 100
    assert watch.black == []
    assert watch.unmarked == []
    assert watch.without_picture(0) == []
    assert DEAD not in watch.shown_in(0)
    assert run.skipped == (DEAD,)
    assert f"No signal {DEAD}" in window.pictures.content(0).tour.after[0]
    # Just after a turn there is nothing of it yet.
    qtbot.waitUntil(
        lambda: window.pictures.content(0).tour.share > 0, timeout=9 * SECONDS
    )
    looks = [each for each in kit.client.submitted if isinstance(each, NoteView)]
    told = [each.camera_id for each in looks]
    for stop in NORTH.stops:
        # Once by standing in a tile before, and once with the tour; not at each turn.
        assert 1 <= told.count(stop.camera_id) <= 2


def test_the_next_one_is_wanted_unseen_and_gives_way_first(qtbot, kit, window) -> None:
    begin(qtbot, kit, window).close()
    tours, wants = window.pictures.tours, kit.desk.wants
    qtbot.waitUntil(lambda: tours.unseen(0) is not None, timeout=30 * SECONDS)
    shown, ready = window.pictures.shown[0], tours.unseen(0)
    assert shown != ready
    assert wants.declared[ready].mode is Mode.LIVE
    assert wants.declared[ready].importance is Importance.PRELOAD
    assert wants.declared[shown].importance is Importance.TOUR
    size = wants.declared[shown]
    assert (wants.declared[ready].width, wants.declared[ready].height) == (
        size.width,
        size.height,
    )
    assert {stop.camera_id for stop in NORTH.stops} <= set(wants.declared)


def test_a_case_takes_the_tile_and_the_tour_goes_on_where_it_was(
    qtbot, kit, window
) -> None:
    begin(qtbot, kit, window).close()
    panel = window.pictures
    run = panel.tours.run_of(TileRef("tour", "t1"))
    qtbot.waitUntil(lambda: 0.2 < run.share < 0.8, timeout=30 * SECONDS)
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.alarms), timeout=10 * SECONDS)
    kit.desk.open_case(max(kit.board.cases))
    shown, share = run.shown, run.share
    paints = panel.paints
    qtbot.waitUntil(lambda: panel.paints > paints + 10, timeout=30 * SECONDS)
    assert (run.shown, run.share) == (shown, share)
    kit.desk.open_case(None)
    assert panel.shown[0] == shown
    assert panel.wall.tiles[0] == TileRef("tour", "t1")
    watch = PaintWatch(panel)
    qtbot.waitUntil(lambda: watch.turns_of(0) >= 1, timeout=60 * SECONDS)
    watch.close()
    assert watch.black == []
    assert watch.unmarked == []
