"""The clocks of the case panel: they run, stand, and are measured by targets."""

from datetime import timedelta

from case_panel_kit import cells, opened, until
from case_panel_kit import panel as panel
from desk_fixtures import kit as kit
from desk_kit import DeskKit

from console.panels.case import CasePanel
from console.panels.case_clocks import awaited
from dispatch.cases import CaseState
from dispatch.commands import (
    Moment,
)
from dispatch.targets import target


def test_clocks_run_and_stand(qtbot, kit: DeskKit, panel: CasePanel):
    case_id = opened(qtbot, kit)
    kit.clock.go(seconds=12)
    assert awaited(kit.board.cases[case_id]) is Moment.ACKNOWLEDGED
    assert cells(panel, kit)["Seen"][0] == "waiting 12 s"
    kit.desk.actions.run("step")
    until(qtbot, kit, case_id, CaseState.FILED)
    assert cells(panel, kit)["Seen"][0] == "12.0 s"
    kit.clock.go(seconds=80)
    assert cells(panel, kit)["Sent"] == ("waiting 1 min 32 s", True), "late"
    fitted = panel.clocks._fitted
    now = kit.clock()
    said = cells(panel, kit)["Sent"][0]
    assert fitted(Moment.DISPATCHED, said, 999, now) == "waiting 1 min 32 s"
    assert fitted(Moment.DISPATCHED, said, 10, now) == "01:32 …", "it still runs"
    assert fitted(Moment.ACKNOWLEDGED, "12.0 s", 10, now) == "00:12"
    assert cells(panel, kit)["Signal"][0] == "10:42:07"
    assert cells(panel, kit)["Closed"][0] == "–"


def test_targets_follow_the_severity():
    assert target(Moment.DISPATCHED, 1) == timedelta(minutes=1)
    assert target(Moment.DISPATCHED, 2) == timedelta(minutes=10)
    assert target(Moment.ARRIVED, 1) == timedelta(minutes=15)
    assert target(Moment.ARRIVED, 4) is None
    assert target(Moment.SIGNED, 1) is None
