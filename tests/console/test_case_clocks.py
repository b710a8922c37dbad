"""The clocks of a case as a desk paints them: they run, stand, and leave pauses out."""

from datetime import timedelta

from case_panel_kit import cells, opened, until
from case_panel_kit import panel as panel
from desk_fixtures import kit as kit
from desk_kit import CENTRE, DESK, DeskKit

from console.panels.case import CasePanel
from console.panels.case_clocks import ClocksView, awaited
from dispatch.case_commands import RequestSuspension, TurnCase
from dispatch.case_states import CaseState
from dispatch.commands import Moment, ReportCase, SendUnit, SignCase, TakeCase
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


def test_the_clocks_of_a_suspended_case_stand(qtbot, kit: DeskKit):
    view = ClocksView(kit.desk)
    qtbot.addWidget(view)
    report = ReportCase(
        actor=DESK, category="8004", place_name="东门", point=CENTRE, at=kit.clock()
    )
    case_id = kit.client.do(report).value
    ask = {"actor": DESK, "case_id": case_id}

    def stands() -> CaseState | None:
        case = kit.board.cases.get(case_id)
        return None if case is None else case.state

    def arriving(state: CaseState) -> tuple[str, bool]:
        qtbot.waitUntil(lambda: stands() is state)
        view.show_case(kit.board.cases[case_id])
        found = {label: cell for label, *cell in view.texts(kit.clock())}
        value, late = found["Arrived"]
        return value, late

    kit.client.do(TakeCase(**ask))
    kit.client.do(SendUnit(**ask, unit_id="W01"))
    kit.clock.go(minutes=5)
    kit.field(SignCase, case_id, "W01")
    date = kit.clock() + timedelta(days=9)
    kit.client.do(RequestSuspension(**ask, until=date, text="待定方案"))
    kit.client.do(TurnCase(**ask, action="approve_suspend"))
    kit.clock.go(days=3)
    assert arriving(CaseState.SUSPENDED) == ("waiting 5 min 00 s", False)
    kit.client.do(TurnCase(**ask, action="resume"))
    kit.clock.go(minutes=114)
    assert arriving(CaseState.HANDLING) == ("waiting 1 h 59 min", False)
    kit.clock.go(minutes=2)
    assert arriving(CaseState.HANDLING) == ("waiting 2 h 1 min", True)
