"""The clocks of a case as a desk paints them: what they leave out."""

from datetime import timedelta

from desk_fixtures import kit as kit
from desk_kit import CENTRE, DESK, DeskKit

from console.panels.case_clocks import ClocksView
from dispatch.case_commands import RequestSuspension, TurnCase
from dispatch.case_states import CaseState
from dispatch.commands import ReportCase, SendUnit, SignCase, TakeCase


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
