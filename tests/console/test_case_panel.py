"""The case panel: clocks, next step, people, log with photos, choices by keyboard."""

from dataclasses import replace

from case_panel_kit import finished, opened, until
from case_panel_kit import panel as panel
from desk_fixtures import kit as kit
from desk_kit import CENTRE, DESK, DeskKit, type_text
from layout_check import Watch
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from console import words
from console.panels.case import CasePanel
from console.panels.case_log import ENTRY
from console.panels.first_steps import import_command
from dispatch.cases import CaseState
from dispatch.commands import (
    SignCase,
    TakeCase,
    VoidCase,
)
from dispatch.queueing import now_lane
from dispatch.recommending import nearest_numbers
from dispatch.units import UnitStatus


def test_without_a_case_the_shift_is_shown(panel: CasePanel):
    assert panel.currentWidget() is panel.home
    assert panel.home.mine() == []


def test_my_cases_stand_on_the_shift_page(qtbot, kit: DeskKit, panel: CasePanel):
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("step")
    until(qtbot, kit, case_id, CaseState.FILED)
    kit.desk.open_case(None)
    assert [case.case_id for case in panel.home.mine()] == [case_id]
    panel.grab()
    box, _ = panel.home._boxes[0]
    QTest.mouseClick(panel.home, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert kit.desk.open_case_id == case_id


def test_the_step_names_what_happens(qtbot, kit: DeskKit, panel: CasePanel):
    case_id = opened(qtbot, kit)
    assert panel.step.step() == ("⏎", "Accept and file", True)
    kit.desk.actions.run("step")
    until(qtbot, kit, case_id, CaseState.FILED)
    assert panel.step.step() == ("+", "Send 王建国", True)
    kit.desk.actions.run("send")
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    assert panel.step.step() == ("", "Waiting for 王建国 to sign", False)
    assert panel.people.sent() is not None


def test_a_click_on_the_step_does_it(qtbot, kit: DeskKit, panel: CasePanel):
    case_id = opened(qtbot, kit)
    QTest.mouseClick(panel.step, Qt.MouseButton.LeftButton)
    until(qtbot, kit, case_id, CaseState.FILED)


def test_what_one_must_know_stands_at_the_head(qtbot, kit: DeskKit, panel: CasePanel):
    opened(qtbot, kit)
    facts = dict(panel.head.facts())
    assert facts["Hazards"] == "液化气 · 独居老人"
    assert facts["Contact"].startswith("张*"), "a room reads along"
    assert "桂英" not in str(facts)


def test_people_by_mouse_and_arrows(qtbot, kit: DeskKit, panel: CasePanel):
    opened(qtbot, kit)
    panel.grab()
    second = kit.desk.suggestions[1].unit.unit_id
    panel.people.setFocus()
    QTest.keyClick(panel.people, Qt.Key.Key_Down)
    assert kit.desk.highlighted_unit_id == second
    QTest.mouseClick(
        panel.people,
        Qt.MouseButton.LeftButton,
        pos=panel.people.rect().topLeft() + type(panel.rect().topLeft())(60, 50),
    )
    assert kit.desk.highlighted_unit_id == kit.desk.suggestions[0].unit.unit_id


def test_closing_asks_how_it_ended(qtbot, kit: DeskKit, panel: CasePanel):
    case_id = finished(qtbot, kit)
    kit.desk.actions.run("next")
    until(qtbot, kit, case_id, CaseState.PENDING_CLOSE)
    kit.desk.actions.run("close")
    choice = panel.choice()
    assert choice is not None
    assert len(choice.buttons) == len(words.OUTCOMES)
    assert kit.board.cases[case_id].state is CaseState.PENDING_CLOSE
    assert choice.line is not None
    type_text(choice.line, "炒菜油烟")
    qtbot.waitUntil(choice.buttons[0].hasFocus)
    QTest.keyClick(choice.buttons[0], Qt.Key.Key_2)
    assert choice.buttons[1].hasFocus(), "a digit only chooses"
    assert kit.desk.actions.pending(case_id) is None
    QTest.keyClick(choice.buttons[1], Qt.Key.Key_Return)
    until(qtbot, kit, case_id, CaseState.CLOSED)
    assert kit.board.cases[case_id].outcome == "false_alarm"
    assert any("炒菜油烟" in e.text for e in kit.board.entries(case_id))
    assert panel.choice() is None


def test_enter_chooses_and_arrows_walk(qtbot, kit: DeskKit, panel: CasePanel):
    case_id = finished(qtbot, kit)
    kit.desk.actions.run("next")
    until(qtbot, kit, case_id, CaseState.PENDING_CLOSE)
    kit.desk.actions.run("close")
    choice = panel.choice()
    assert choice is not None
    qtbot.waitUntil(choice.buttons[0].hasFocus)
    QTest.keyClick(choice.buttons[0], Qt.Key.Key_Down)
    QTest.keyClick(choice.buttons[1], Qt.Key.Key_Down)
    assert choice.buttons[2].hasFocus()
    QTest.keyClick(choice.buttons[2], Qt.Key.Key_Return)
    until(qtbot, kit, case_id, CaseState.CLOSED)
    assert kit.board.cases[case_id].outcome == "not_found"


def test_a_false_alarm_is_void_without_sending_anybody(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = opened(qtbot, kit)
    assert kit.desk.actions.action("close").text(kit.desk) == "Void the case"
    kit.desk.actions.run("close")
    choice = panel.choice()
    assert choice is not None
    assert len(choice.buttons) == len(words.VOID_REASONS)
    qtbot.waitUntil(choice.hasFocus)
    QTest.keyClick(choice, Qt.Key.Key_Return)  # nothing stands chosen
    assert panel.choice() is choice
    QTest.keyClick(choice, Qt.Key.Key_1)  # chooses only
    assert choice.buttons[0].hasFocus()
    assert not any(isinstance(c, VoidCase) for c in kit.client.submitted)
    QTest.keyClick(choice.buttons[0], Qt.Key.Key_Return)
    until(qtbot, kit, case_id, CaseState.VOIDED)
    assert panel.choice() is None
    assert not any(now_lane(kit.board, kit.clock()))
    index = panel.log.model().index(0, 0)
    heading, text = panel.log.itemDelegate().lines(index.data(ENTRY))
    assert (heading, text) == ("Void  李敏 2号席", "False alarm")
    assert panel.head.state_text() == "Void"
    assert panel.people.nobody_lines() == []
    assert panel.people.sizeHint().height() == 1, "no heading over nobody"
    assert panel.step.step() == ("", "Void", False)
    assert not kit.desk.actions.allowed("close")


def test_the_mouse_takes_two_steps_to_end_a_case_like_the_keyboard(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("close")
    choice = panel.choice()
    assert choice is not None
    assert not choice.confirm.isEnabled()
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(choice.confirm, left)
    for _ in range(2):  # a double click does nothing more than a click
        QTest.mouseClick(choice.buttons[1], left)
    QTest.mouseDClick(choice.buttons[0], left)
    assert [each.isChecked() for each in choice.buttons].index(True) == 0
    assert panel.choice() is choice
    assert not any(isinstance(c, VoidCase) for c in kit.client.submitted)
    number = words.case_number(kit.board.cases[case_id])
    assert choice.confirm.text() == f"Void {number}: False alarm"
    assert choice.line is not None
    type_text(choice.line, "炒菜")  # what is chosen stays chosen meanwhile
    QTest.mouseClick(choice.confirm, left)
    until(qtbot, kit, case_id, CaseState.VOIDED)
    assert kit.board.cases[case_id].outcome == "false_alarm"


def test_an_alarm_that_comes_while_asking_is_not_swallowed(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("step")
    until(qtbot, kit, case_id, CaseState.FILED)
    kit.desk.actions.run("close")
    choice = panel.choice()
    assert choice is not None
    kit.restore()
    kit.alarm()
    qtbot.waitUntil(lambda: len(kit.board.alarms_of(case_id)) == 2)
    choice.chosen.emit(0, "")
    qtbot.waitUntil(lambda: "alarm" in panel.step.refusal_text())
    assert kit.board.cases[case_id].state is CaseState.FILED


def test_another_reason_needs_words(qtbot, kit: DeskKit, panel: CasePanel):
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("step")
    kit.desk.actions.run("send")
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    kit.desk.actions.run("close")
    choice = panel.choice()
    assert choice is not None
    assert choice.line is not None
    qtbot.waitUntil(choice.hasFocus)
    QTest.keyClick(choice, Qt.Key.Key_4)
    QTest.keyClick(choice.buttons[3], Qt.Key.Key_Return)
    assert choice.line.hasFocus()
    type_text(choice.line, "居民已撤回")
    QTest.keyClick(choice.line, Qt.Key.Key_Up)
    QTest.keyClick(choice.buttons[3], Qt.Key.Key_Return)
    until(qtbot, kit, case_id, CaseState.VOIDED)
    entry = kit.board.entries(case_id)[-1]
    heading, text = panel.log.itemDelegate().lines(entry)
    assert heading.startswith("Void  李敏")
    assert text == "Another reason · 居民已撤回 · Taken back 王建国"


def test_who_asks_to_void_is_told_that_it_is_being_handled(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("step")
    kit.desk.actions.run("send")
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    kit.desk.actions.run("close")
    assert panel.choice() is not None
    kit.field(SignCase, case_id, "W01")
    until(qtbot, kit, case_id, CaseState.HANDLING)
    assert panel.choice() is None
    assert kit.desk.actions.refusal("close").reason == "state"


def test_where_nobody_is_free_f9_names_those_who_are_not(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = opened(qtbot, kit)
    case = replace(kit.board.cases[case_id], place_name="", point=CENTRE)
    near = nearest_numbers(kit.board.units.values(), case.point)
    assert near == ["W03", "W01", "W02", "W04"]
    off = replace(kit.board.units["W03"], status=UnitStatus.OFF_DUTY, phone="1")
    assert nearest_numbers([off, kit.board.units["W05"]], case.point) == ["W05", "W03"]
    kit.board.units.update(
        {
            unit_id: replace(unit, status=UnitStatus.ON_SCENE, case_id=99)
            for unit_id, unit in kit.board.units.items()
        }
    )
    kit.desk.second.emit()
    kit.desk._on_second()
    assert kit.desk.highlighted_unit_id is None
    kit.client.do(TakeCase(actor=DESK, case_id=case_id))
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.FILED)
    panel.resize(440, 932)
    with Watch() as watch:
        panel.step.grab()
    said = " ".join(each.shown for each in watch.painted)
    assert "Nobody free is known. F9 shows whom to call." in said
    panel.choose_contact()
    assert any("王建国" in button.text() for button in panel.choice().buttons)


def test_without_staff_the_next_step_names_the_way_out(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("step")
    until(qtbot, kit, case_id, CaseState.FILED)
    kit.board.units.clear()
    kit.desk._on_second()
    said = panel.step.step()[1]
    assert "F8" in said
    assert "F9" not in said
    assert panel.people.nobody_lines()[-1] == import_command("staff")


def test_contact_copies_a_number(qtbot, kit: DeskKit, panel: CasePanel):
    opened(qtbot, kit)
    kit.desk.actions.run("contact")
    choice = panel.choice()
    assert choice is not None
    assert "13800000301" in choice.buttons[0].text()
    assert "王建国" in choice.buttons[1].text()
    QTest.keyClick(choice.buttons[0], Qt.Key.Key_2)
    QTest.keyClick(choice.buttons[1], Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "13800000001"
    assert panel.choice() is None


def test_the_number_copied_is_the_one_that_was_shown(
    qtbot, kit: DeskKit, panel: CasePanel
):
    opened(qtbot, kit)
    kit.desk.actions.run("contact")
    choice = panel.choice()
    assert choice is not None
    assert "王建国" in choice.buttons[1].text()
    kit.desk.highlight_unit("W02")
    QTest.keyClick(choice.buttons[0], Qt.Key.Key_2)
    QTest.keyClick(choice.buttons[1], Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == "13800000001"


def test_half_a_note_waits_at_its_case(qtbot, kit: DeskKit, panel: CasePanel):
    first = opened(qtbot, kit)
    kit.desk.actions.run("note")
    type_text(panel.note.line, "户主说")
    kit.alarm("PB-YH-01", "B003")
    qtbot.waitUntil(lambda: len(kit.board.cases) == 2)
    kit.desk.open_case(max(kit.board.cases))
    kit.desk.actions.run("note")
    assert panel.note.line.text() == ""
    type_text(panel.note.line, "校门口")
    kit.desk.open_case(None)
    kit.desk.open_case(first)
    kit.desk.actions.run("note")
    assert panel.note.line.text() == "户主说"
    QTest.keyClick(panel.note.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(e.action == "note" for e in kit.board.entries(first)))
    kit.desk.open_case(None)
    kit.desk.open_case(first)
    kit.desk.actions.run("note")
    assert panel.note.line.text() == ""


def test_a_note_is_written_and_kept(qtbot, kit: DeskKit, panel: CasePanel):
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("note")
    type_text(panel.note.line, "户主说已关火")
    assert panel.go_back()
    kit.desk.actions.run("note")
    assert panel.note.line.text() == "户主说已关火"
    QTest.keyClick(panel.note.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(e.action == "note" for e in kit.board.entries(case_id)))
    assert panel.note.line.text() == ""


def test_a_refusal_stands_in_the_case(qtbot, kit: DeskKit, panel: CasePanel):
    opened(qtbot, kit)
    kit.desk.actions.run("recall")
    assert "To accept" in panel.step.refusal_text()
    before = panel.step.height()
    panel.grab()
    assert panel.go_back(), "Esc takes it away"
    assert panel.step.refusal_text() == ""
    assert before > 0


def test_a_case_closed_elsewhere_takes_its_question_away(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = finished(qtbot, kit)
    kit.desk.actions.run("next")
    until(qtbot, kit, case_id, CaseState.PENDING_CLOSE)
    kit.desk.actions.run("close")
    assert panel.choice() is not None
    kit.desk.actions.close_case(kit.board.cases[case_id], "handled")
    until(qtbot, kit, case_id, CaseState.CLOSED)
    assert panel.choice() is None
