"""A question of a case is never cut: everything else of the case gives way."""

import pytest
from desk_kit import DeskKit
from layout_check import faults_of
from window_kit import raise_alarm

from console.main_window import MainWindow
from console.theme import Theme, scale_of
from dispatch.cases import CaseState
from dispatch.commands import ArriveCase, DepartCase, Refused, SignCase

SIZES = [(1366, 768, 1.0), (1920, 1080, 1.3)]


def ask_how_it_ended(qtbot, kit: DeskKit) -> int:
    """Leave the question open: of a case with everything that a head can say."""
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    for step in ("step", "send"):
        kit.desk.actions.run(step)
        qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.DISPATCHED)
    for kind in (SignCase, DepartCase, ArriveCase):
        kit.clock.go(seconds=30)
        kit.field(kind, case_id, "W01")
    kit.restore()
    kit.finish(case_id, "W01", b"")
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.FEEDBACK)
    kit.desk.actions.run("next")
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.PENDING_CLOSE)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    kit.desk.actions.run("close")
    return case_id


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_how_a_case_ended_is_asked_in_full(qtbot, tmp_path, size):
    width, height, share = size
    kit = DeskKit(tmp_path, theme=Theme(scale=scale_of(width, height, 0, 0) * share))
    kit.start(qtbot)
    window = MainWindow(kit.desk)
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    try:
        case_id = ask_how_it_ended(qtbot, kit)
        said: list[str] = []

        def look(moment: str) -> None:
            qtbot.wait(20)
            choice = window.case.choice()
            assert choice is not None, moment
            name = type(choice).__name__
            found = [str(each) for each in faults_of(kit, window)]
            said.extend(f"{moment} {each}" for each in found if name in each)

        for language in ("zh_CN", "en"):
            kit.desk.looks.set_language(language)
            look(language)
        kit.desk.actions.refuse_here(case_id, "close", Refused("alarm_active", ""))
        look("refused")
        assert window.size().toTuple() == (width, height)
    finally:
        kit.desk.looks.hush()
        kit.close()
    assert not said
