"""参观模式: a picture that moves is held back with the change that makes it a scene."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from desk_fixtures import window as window
from desk_kit import DeskKit
from layout_check import Watch
from PySide6.QtWidgets import QApplication
from test_sealed_cameras import Engine
from window_kit import raise_alarm

from console.panels import moving_tiles
from dispatch.board import Moved
from dispatch.geo import moved
from video.tile_content import camera


@pytest.fixture
def kit(qtbot, tmp_path) -> Iterator[DeskKit]:
    made = DeskKit(tmp_path, engine=Engine())
    made.start(qtbot)
    yield made
    made.close()


HOWS = ["the case grew", "the camera drove there", "another came after a release"]


@pytest.mark.parametrize("how", HOWS)
def test_no_picture_of_a_scene_is_painted_after_the_board_knows_of_it(
    qtbot, kit: DeskKit, window, monkeypatch, how: str
):
    case_id = raise_alarm(qtbot, kit)
    board, walls = kit.board, window.walls.walls
    wall = walls.open(walls.best_monitor())
    try:
        qtbot.waitUntil(lambda: wall.windowHandle().isExposed(), timeout=5000)
        wall.show_content(camera("1203"), 0)
        walls.visitors.turn()
        grave, here = board.cases[case_id], board.cameras["1203"]
        assert grave.severity == 1
        away = replace(here, point=moved(grave.point, 0, 5_000))
        beside = replace(here, point=grave.point)
        if how == "the case grew":
            board.cameras["1203"] = beside
            board.cases[case_id] = replace(grave, severity=2)
            what = Moved(cases=frozenset({case_id}))
        elif how == "another came after a release":
            board.cameras["1203"] = beside
            kit.desk.moved.emit(Moved(cases=frozenset({case_id})))
            kit.desk.open_case(case_id)
            walls.visitors.release()
            what = Moved(cases=frozenset({case_id + 1}))
        else:
            board.cameras["1203"] = away
            what = Moved(carried=frozenset({"1203"}))
        kit.desk.moved.emit(what)
        drawn: list[object] = []
        monkeypatch.setattr(moving_tiles, "draw_picture", lambda *at: drawn.append(at))
        wall.repaint()
        wall._update_tiles([0])  # the next picture comes
        assert len(drawn) == 1, "only the picture moves"
        board.cases[case_id], board.cameras["1203"] = grave, beside
        if how == "another came after a release":
            board.cases[case_id + 1] = replace(grave, case_id=case_id + 1)
        kit.desk.moved.emit(what)
        window.setUpdatesEnabled(False)
        with Watch() as watch:
            wall._update_tiles([0])
            assert len(drawn) == 1, "the next one is not shown any more"
            QApplication.processEvents()
            assert "Held back" in [each.shown for each in watch.painted]
    finally:
        walls.close_all()
