"""The map when a layer fails, when what was chosen moves or goes, and its ring."""

import logging
import math
from dataclasses import replace

import pytest
from desk_fixtures import kit as kit
from desk_kit import CENTRE, DESK
from map_kit import SECONDS, settle
from map_kit import panel as panel
from PySide6.QtCore import Qt

from console.layers.layer import Mark
from console.panels.map_panel import MapPanel
from dispatch.commands import VoidCase
from dispatch.geo import moved


def mark_of(panel: MapPanel, kind: str, key: int | str) -> Mark:
    return next(m for m in panel.canvas.marks() if (m.kind, m.key) == (kind, key))


@pytest.mark.expected_log("lookout.map", "without its layer cameras")
def test_a_camera_that_cannot_be_drawn_leaves_the_rest(kit, panel, qtbot, caplog):
    settle(panel, qtbot)
    camera_id = next(iter(kit.board.cameras))
    kit.board.cameras[camera_id] = replace(
        kit.board.cameras[camera_id], bearing_deg=math.nan
    )
    panel.canvas.viewport_box.centre_on(kit.board.cameras[camera_id].point, 60)
    panel.canvas.renew_all()
    settle(panel, qtbot)
    painted = panel.canvas._composition.composed
    kit.place("W01", moved(CENTRE, 200, 300))
    panel.canvas.refresh()
    settle(panel, qtbot)
    assert panel.canvas._composition.composed > painted
    assert any("without its layer cameras" in each.message for each in caplog.records)


@pytest.mark.expected_log("lookout.map", "without its layer units")
@pytest.mark.parametrize("part", ["paint", "paint_top", "labels", "marks", "time_look"])
def test_whatever_a_layer_fails_at_the_map_goes_on_and_says_it_once(
    kit, panel, qtbot, monkeypatch, caplog, part
):
    settle(panel, qtbot)
    units = next(each for each in panel.canvas.layers if each.name == "units")

    def fails(*args):
        if part.startswith("paint"):
            args[0].save()  # and never restores
            args[0].translate(50, 50)
        raise ValueError(part)

    monkeypatch.setattr(units, part, fails)
    with caplog.at_level(logging.ERROR, "lookout.map"):
        for _ in range(2):
            painted = panel.canvas._composition.composed
            panel.canvas.refresh()
            settle(panel, qtbot)
            panel.desk.second.emit()
            assert panel.canvas._composition.composed > painted
    said = [each for each in caplog.records if each.name == "lookout.map"]
    assert len(said) == 1
    assert said[0].exc_info is not None
    assert any(mark.kind == "camera" for mark in panel.canvas.marks())


def test_a_painting_that_fails_as_a_whole_is_tried_again(panel, qtbot, monkeypatch):
    settle(panel, qtbot)
    composition = panel.canvas._composition
    left = [1]
    real = composition._book.place

    def place(*args):
        if left:
            left.pop()
            raise ValueError("once")
        return real(*args)

    monkeypatch.setattr(composition, "_placing", None)
    monkeypatch.setattr(composition._book, "place", place)
    with qtbot.captureExceptions() as faults:
        panel.canvas.refresh()
        qtbot.waitUntil(lambda: bool(faults), timeout=5 * SECONDS)
    assert composition.stale
    settle(panel, qtbot)


def test_the_choice_walks_with_who_was_chosen(kit, panel, qtbot):
    panel.canvas.select(mark_of(panel, "unit", "W01"))
    before = panel.canvas.selection
    kit.place("W01", moved(CENTRE, 200, 300))
    qtbot.waitUntil(lambda: panel.canvas.selection != before, timeout=5 * SECONDS)
    assert panel.canvas.selection == mark_of(panel, "unit", "W01")


def test_the_choice_goes_with_what_was_chosen(kit, panel, qtbot):
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases), timeout=5 * SECONDS)
    case_id = max(kit.board.cases)
    panel.canvas.select(mark_of(panel, "case", case_id))
    heard = []
    panel.canvas.selected.connect(heard.append)
    del kit.board.cases[case_id]
    panel.canvas.renew_all()
    assert panel.canvas.selection is None
    assert heard == [None]


def test_the_choice_stays_when_it_is_only_out_of_sight(kit, panel, qtbot):
    panel.canvas.select(mark_of(panel, "unit", "W01"))
    panel.canvas.pan(3.0, 0.0)
    panel.canvas.renew_all()
    chosen = panel.canvas.selection
    assert chosen is not None
    assert chosen.key == "W01"


def test_a_case_begins_with_a_ring_of_its_own(kit, panel, qtbot):
    kit.alarm()
    kit.alarm("PB-YH-01", "B003")
    qtbot.waitUntil(lambda: len(kit.board.cases) == 2, timeout=5 * SECONDS)
    first, second = kit.board.cases
    kit.desk.open_case(first)
    qtbot.keyClick(panel.canvas, Qt.Key.Key_BracketRight)
    assert panel.canvas.scene_data.ring_m == 500
    kit.desk.open_case(second)
    assert panel.canvas.scene_data.ring_m == 300
    assert MapPanel(kit.desk).canvas.scene_data.ring_m == 300


def test_nobody_is_tied_to_a_case_that_has_ended(kit, panel, qtbot):
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases), timeout=5 * SECONDS)
    case_id = max(kit.board.cases)
    kit.desk.open_case(case_id)
    kit.desk.highlight_unit("W01")
    rings = next(each for each in panel.canvas.layers if each.name == "rings")
    going = rings._goes(kit.desk.case)
    assert going is not None
    assert going.unit_id == "W01"
    kit.client.do(VoidCase(actor=DESK, case_id=case_id, reason="false_alarm"))
    qtbot.waitUntil(lambda: not kit.board.cases[case_id].state.is_open)
    assert rings._goes(kit.board.cases[case_id]) is None


def test_a_ring_larger_than_the_view_still_says_how_large(kit, panel, qtbot):
    kit.alarm()
    qtbot.waitUntil(lambda: bool(kit.board.cases), timeout=5 * SECONDS)
    kit.desk.open_case(max(kit.board.cases))
    rings = next(each for each in panel.canvas.layers if each.name == "rings")

    def said() -> list[str]:
        view = panel.canvas.view()
        return [each.text for each in rings.labels(view) if view.sees(each.at)]

    assert "300 m" in said()
    panel.canvas.set_ring(2)
    panel.canvas.zoom(8)
    assert "Ring 1.0 km, out of view" in said()
