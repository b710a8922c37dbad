"""A refusal that comes while a picture covers the case is read over the picture."""

from desk_fixtures import kit as kit
from desk_fixtures import panel as panel
from desk_kit import DeskKit
from window_kit import raise_alarm

from console.panels.pictures import PicturesPanel
from console.panels.refusal_plate import RefusalPlate
from dispatch.commands import Refused


def plate(panel: PicturesPanel) -> RefusalPlate:
    (found,) = panel.window().findChildren(RefusalPlate)
    return found


def test_it_stands_over_the_picture_as_long_as_at_the_row(
    qtbot, kit: DeskKit, panel: PicturesPanel
):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    panel.enlarge(True)
    assert plate(panel).isHidden()
    refused = Refused("one_unit", "a unit is under way", name="王建国")
    kit.desk.actions.refuse_here(case_id, "send", refused)
    assert plate(panel).isVisible()
    assert "王建国" in plate(panel).text()
    over = plate(panel).parentWidget().rect()
    assert over.contains(plate(panel).geometry())
    panel.enlarge(False)
    qtbot.waitUntil(lambda: not panel.window().findChildren(RefusalPlate))
    panel.enlarge(True)
    assert plate(panel).isVisible(), "it still stands at the row"
    kit.desk.actions.forget_refusal(case_id)
    assert plate(panel).isHidden()


def test_it_says_what_stands_at_the_open_case_and_of_no_other(
    qtbot, kit: DeskKit, panel: PicturesPanel
):
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    panel.enlarge(True)
    shown, actions = plate(panel), kit.desk.actions
    actions.refuse_here(9999, "send", Refused("one_unit", "", name="别案"))
    assert shown.isHidden()
    actions.refuse_here(case_id, "send", Refused("one_unit", "", name="王建国"))
    kit.clock.go(seconds=1)
    actions.refuse_here(None, "send", Refused("one_unit", "", name="李强"))
    assert "李强" in shown.text(), "of no case, and the newest"
    actions.forget_refusal(None)
    assert shown.isVisible()
    assert "王建国" in shown.text(), "its own still stands"
    actions.forget_refusal(case_id)
    assert shown.isHidden()


def test_what_stands_at_no_row_goes_after_a_minute(
    qtbot, kit: DeskKit, panel: PicturesPanel
):
    kit.desk.open_case(raise_alarm(qtbot, kit))
    panel.enlarge(True)
    kit.desk.refused.emit(kit.desk.open_case_id, Refused("form_open", ""))
    kit.desk.pending_changed.emit()
    assert plate(panel).isVisible()
    kit.clock.go(seconds=61)
    kit.desk.second.emit()
    assert plate(panel).isHidden()
