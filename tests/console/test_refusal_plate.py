"""A refusal that comes while a picture covers the case is read over the picture."""

from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from PySide6.QtCore import Qt
from window_kit import press, raise_alarm

from console.main_window import MainWindow
from console.panels.refusal_plate import RefusalPlate
from dispatch.commands import Refused


def plate(window: MainWindow) -> RefusalPlate:
    (found,) = window.findChildren(RefusalPlate)
    return found


def test_it_stands_over_the_picture_as_long_as_at_the_row(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    press(window, Qt.Key.Key_F11)
    assert window.pictures.enlarged
    assert plate(window).isHidden()
    refused = Refused("one_unit", "a unit is under way", name="王建国")
    kit.desk.actions.refuse_here(case_id, "send", refused)
    assert plate(window).isVisible()
    assert "王建国" in plate(window).text()
    over = plate(window).parentWidget().rect()
    assert over.contains(plate(window).geometry())
    press(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: not window.findChildren(RefusalPlate))
    press(window, Qt.Key.Key_F11)
    assert plate(window).isVisible(), "it still stands at the row"
    kit.desk.actions.forget_refusal(case_id)
    assert plate(window).isHidden()
