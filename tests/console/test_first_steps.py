"""An installation without a town says what to run."""

from desk_kit import DeskKit
from layout_check import Watch

from console.own_name import own_name
from console.panels import first_steps
from console.panels.case import CasePanel
from console.panels.first_steps import STEPS, steps_left
from dispatch.board import Board
from dispatch.importing_plan import KINDS

# Who is on shift is no register of its own: a town stands without it.
NEEDED = [kind for kind in KINDS if kind != "roster"]


def test_an_empty_board_names_every_import():
    commands = [command for _, command in steps_left(Board())]
    assert commands == [f"{own_name()} import {kind} FILE" for kind in NEEDED]


def test_what_is_in_is_ticked_off_until_all_is_there():
    board = Board()
    board.grids["G1"] = board.units["W1"] = object()
    said = [text for _, text in steps_left(board)]
    assert said[:2] == ["✓ 1 in", "✓ 1 in"]
    assert said[2:] == [f"{own_name()} import {kind} FILE" for kind in NEEDED[2:]]


def test_a_whole_town_is_told_nothing(qtbot, tmp_path):
    kit = DeskKit(tmp_path)
    kit.start(qtbot)
    assert steps_left(kit.board) == []
    kit.close()


def test_it_stands_on_the_page_of_the_shift(qtbot, tmp_path, monkeypatch):
    kit = DeskKit(tmp_path)
    panel = CasePanel(kit.desk)
    qtbot.addWidget(panel)
    panel.resize(560, 900)
    before = panel.home.grab().toImage()
    kit.board.heard = True
    monkeypatch.setattr(first_steps, "own_name", lambda: "/opt/town/bin/lookout " * 3)
    with Watch() as watch:
        panel.home.grab()
    said = " ".join(each.shown for each in watch.painted)
    assert "…" not in said, "a command that is cut cannot be typed"
    assert "import devices FILE" in said
    assert "user guide" in said
    assert "People" not in said
    assert panel.home.grab().toImage() != before, "said once the service has spoken"
    kit.close()


def test_every_step_is_a_register():
    assert all(hasattr(Board(), name) for name, *_ in STEPS)
