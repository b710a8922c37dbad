"""A report is completed in its open case: Enter saves, a refusal gives the words back."""

import pytest
from desk_fixtures import kit as kit
from desk_kit import CENTRE, DESK, DeskKit, type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.drafts import CHANNELS
from console.panels.case import CasePanel
from console.panels.channel_choice import USUAL
from console.report_words import still_owed
from dispatch.case_commands import CompleteCase
from dispatch.case_states import CaseState
from dispatch.commands import ReportCase, VoidCase
from dispatch.numbers import NoteNumbers
from dispatch.promises import open_promises

RETURN = Qt.Key.Key_Return


@pytest.fixture
def panel(qtbot, kit: DeskKit) -> CasePanel:
    made = CasePanel(kit.desk)
    qtbot.addWidget(made)
    made.resize(560, 932)
    made.show()
    value = kit.client.do(
        ReportCase(actor=DESK, category="1002", place_name="桃源", point=CENTRE)
    ).value
    qtbot.waitUntil(lambda: value in kit.board.cases)
    kit.desk.open_case(value)
    assert kit.desk.actions.run("complete")
    return made


def test_what_is_learned_later_is_a_line_of_the_log(
    qtbot, kit: DeskKit, panel: CasePanel
):
    form = panel.forms.completing
    assert form.isVisible()
    type_text(form.reporter, "张三")
    type_text(form.phone, "13800000999")
    type_text(form.more, "楼上漏水")
    form.channels.index = CHANNELS.index("petition")
    assert form.channels.button(USUAL).isChecked()
    QTest.keyClick(form.more, RETURN)
    qtbot.waitUntil(form.isHidden)
    case = kit.desk.case
    assert (case.reporter_name, case.reporter_phone) == ("张三", "13800000999")
    assert (case.details, case.channel) == ("楼上漏水", "petition")
    lines = kit.board.entries(case.case_id)
    assert [line.action for line in lines][-2:] == ["completed", "reporter_noted"]
    assert not any("138" in line.text for line in lines)
    # What stands there to be read the next time, is written down as read.
    kit.desk.actions.run("complete")
    assert form.phone.text() == "13800000999"
    assert any(isinstance(c, NoteNumbers) for c in kit.client.submitted)


def test_what_another_seat_filled_in_meanwhile_stays(
    qtbot, kit: DeskKit, panel: CasePanel
):
    form = panel.forms.completing
    type_text(form.more, "楼上漏水")
    case_id = kit.desk.case.case_id
    kit.client.do(
        CompleteCase(actor=DESK, case_id=case_id, reporter_phone="13800000222")
    )
    qtbot.waitUntil(lambda: bool(kit.desk.case.reporter_phone))
    assert form.phone.text() == ""
    QTest.keyClick(form.more, RETURN)
    qtbot.waitUntil(lambda: kit.desk.case.details == "楼上漏水")
    assert kit.desk.case.reporter_phone == "13800000222"


def test_put_away_it_keeps_its_text_and_refused_it_stays(
    qtbot, kit: DeskKit, panel: CasePanel
):
    form = panel.forms.completing
    type_text(form.more, "晚了")
    assert panel.go_back()
    assert form.isHidden()
    kit.desk.actions.run("complete")
    assert form.more.text() == "晚了"
    kit.client.do(VoidCase(actor=DESK, case_id=kit.desk.case.case_id, reason="test"))
    QTest.keyClick(form.more, RETURN)
    qtbot.waitUntil(lambda: bool(panel.step.refusal_text()))
    assert form.isVisible()
    assert form.isEnabled()
    assert form.more.text() == "晚了"


def test_what_is_owed_stands_on_the_case_until_it_is_done(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = kit.client.do(
        ReportCase(
            actor=DESK,
            category="1002",
            place_name="桃源",
            point=CENTRE,
            channel="hotline",
            reporter_name="李四",
            reporter_phone="13800000111",
        )
    ).value
    qtbot.waitUntil(lambda: case_id in kit.board.cases)
    kit.desk.open_case(case_id)
    kit.desk.actions.run("promise")
    form = panel.forms.promising
    type_text(form.due, "13")
    with qtbot.waitSignal(panel.answered):  # the keyboard goes where it belongs
        QTest.keyClick(form.due, RETURN)
    assert form.isHidden()
    assert ("Promised", "Call back by 10:55 · 13 min left") in panel.head.facts()
    assert panel.home._lines()[0][0] == "Promised  1"
    panel.choose_outcome()  # void, at this stage
    assert "#0002" in still_owed(kit.desk.case)
    panel.go_back()

    kit.desk.actions.run("promise_kept")
    qtbot.waitUntil(lambda: not open_promises(kit.desk.case))
    kit.desk.actions.run("call_back")
    choice = panel.choice()
    assert choice is not None
    assert choice.buttons[0].text().endswith("#0002 李*")
    type_text(choice.line, "谢谢")
    QTest.keyClick(choice.line, RETURN)
    qtbot.waitUntil(lambda: kit.desk.case.course.called_back)
    assert still_owed(kit.desk.case) == ""
    assert not kit.desk.actions.allowed("call_back")
    last = kit.board.entries(case_id)[-1]
    assert (last.action, last.text) == ("called_back", "谢谢")


def test_a_report_that_was_joined_to_another_is_completed_too(
    qtbot, kit: DeskKit, panel: CasePanel
):
    main_id = kit.desk.case.case_id
    about = {"actor": DESK, "category": "1002", "place_name": "桃源", "point": CENTRE}
    case_id = kit.client.do(ReportCase(**about, joins=main_id)).value
    qtbot.waitUntil(lambda: case_id in kit.board.cases)
    kit.desk.open_case(case_id)
    assert kit.desk.case.state is CaseState.MERGED
    assert kit.desk.actions.run("complete")
    form = panel.forms.completing
    type_text(form.phone, "13800000111")
    form.channels.index = CHANNELS.index("hotline")
    QTest.keyClick(form.phone, RETURN)
    qtbot.waitUntil(form.isHidden)
    assert kit.desk.case.reporter_phone == "13800000111"
    assert "#0002" in still_owed(kit.board.cases[main_id])
