"""Before the signature taking back is one key; afterwards it is a question."""

from case_panel_kit import opened, picture, until
from case_panel_kit import panel as panel
from desk_fixtures import kit as kit
from desk_kit import DeskKit
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.panels.case import CasePanel
from dispatch.cases import CaseState
from dispatch.commands import ArriveCase, DepartCase, SignCase


def signed_and_asked(qtbot, kit: DeskKit, panel: CasePanel) -> int:
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("step")
    kit.desk.actions.run("send")
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    for kind in (SignCase, DepartCase, ArriveCase):
        kit.field(kind, case_id, "W01")
    until(qtbot, kit, case_id, CaseState.ON_SCENE)
    kit.desk.actions.run("recall")
    choice = panel.choice()
    assert choice is not None
    assert "王建国" in choice.title.text()
    assert kit.desk.actions.pending(case_id) is None
    return case_id


def test_who_has_signed_is_taken_back_after_a_question(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = signed_and_asked(qtbot, kit, panel)
    choice = panel.choice()
    qtbot.waitUntil(choice.hasFocus)
    QTest.keyClick(choice, Qt.Key.Key_Return)  # nothing stands chosen
    assert panel.choice() is choice
    panel._on_looks()  # in the other language it is the same question
    choice = panel.choice()
    QTest.keyClick(choice, Qt.Key.Key_1)
    QTest.keyClick(choice.buttons[0], Qt.Key.Key_Return)
    until(qtbot, kit, case_id, CaseState.FILED)
    said = [entry.action for entry in kit.board.entries(case_id)]
    assert {"sign", "arrive", "recall"} <= set(said), "the log keeps everything"


def test_who_reported_done_meanwhile_is_not_taken_back(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = signed_and_asked(qtbot, kit, panel)
    kit.finish(case_id, "W01", picture())
    until(qtbot, kit, case_id, CaseState.FEEDBACK)
    assert panel.choice() is None
