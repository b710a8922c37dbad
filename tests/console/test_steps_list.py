"""The steps of a case by keyboard: ticked, skipped, asked for when it is closed."""

from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import CENTRE, DESK, DeskKit, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from window_kit import press

from console.main_window import MainWindow
from dispatch.case_commands import MarkStep
from dispatch.case_steps import ANSWERED
from dispatch.cases import CaseState
from dispatch.commands import (
    ArriveCase,
    FinishCase,
    ReportCase,
    SendUnit,
    SignCase,
    TakeCase,
)

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier
HAZARD = "4006"  # ordered stopped within two hours, and reported to the county


def until(qtbot, kit: DeskKit, case_id: int, state: CaseState) -> None:
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is state)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)


def handled(qtbot, kit: DeskKit) -> int:
    """A case whose unit has reported done; it is checked and waits for its end."""
    report = ReportCase(
        actor=DESK, category=HAZARD, place_name="丁栅老街23号", point=CENTRE
    )
    case_id = int(str(kit.client.do(report).value))
    kit.client.do(TakeCase(actor=DESK, case_id=case_id))
    kit.client.do(SendUnit(actor=DESK, case_id=case_id, unit_id="W01"))
    for kind in (SignCase, ArriveCase):
        kit.field(kind, case_id, "W01")
    kit.field(FinishCase, case_id, "W01", text="已停产", photos=())
    qtbot.waitUntil(lambda: case_id in kit.board.cases)
    kit.desk.open_case(case_id)
    until(qtbot, kit, case_id, CaseState.FEEDBACK)
    kit.desk.actions.run("next")
    until(qtbot, kit, case_id, CaseState.PENDING_CLOSE)
    return case_id


def test_the_list_is_ticked_by_keyboard_and_then_the_case_is_closed(
    qtbot, kit: DeskKit, window: MainWindow
):
    case_id = handled(qtbot, kit)
    steps = window.case.steps
    assert steps.title() == "Steps 0/2"
    press(window, Key.Key_F8)
    assert window.case.choice() is None, "it is not even asked how it ended"
    said = window.case.step.refusal_text()
    assert "order it stopped (within 2 h), report to the county" in said
    assert "Alt+7" in said

    press(window, Key.Key_7, ALT)
    assert QApplication.focusWidget() is steps
    bar = window.action_bar
    qtbot.waitUntil(lambda: "Space Step done" in bar.texts())
    press(window, Key.Key_Space)
    assert steps.steps()[0].at is None, "a key changes nothing by itself"
    qtbot.waitUntil(lambda: steps.steps()[0].by == "李敏")
    qtbot.waitUntil(lambda: not len(kit.desk.actions.ledger))
    press(window, Key.Key_Space)  # and it is taken back
    qtbot.waitUntil(lambda: steps.steps()[0].at is None)
    qtbot.waitUntil(lambda: not len(kit.desk.actions.ledger))
    press(window, Key.Key_Space)
    qtbot.waitUntil(lambda: steps.title() == "Steps 1/2")

    press(window, Key.Key_Down)
    press(window, Key.Key_S)
    choice = window.case.choice()
    assert choice is not None
    assert choice.title.text() == 'Skip "report to the county": why?'
    assert choice.line is not None
    qtbot.waitUntil(choice.line.hasFocus)
    press(window, Key.Key_Return)  # nothing without words
    assert window.case.choice() is choice
    type_text(choice.line, "县里同时到场")
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: steps.steps()[1].is_passed_over)
    entry = kit.board.entries(case_id)[-1]
    heading, text = window.case.log.itemDelegate().lines(entry)
    assert heading.startswith("Step skipped  李敏")
    assert text == "report to the county · 县里同时到场"

    press(window, Key.Key_F8)
    choice = window.case.choice()
    assert choice is not None
    assert '"Handled" only if: "整改验收合格"' in choice.title.text()
    assert "Skipped: report to the county (县里同时到场)" in choice.title.text()
    assert choice.buttons[0].text() == "1   Handled, condition met"
    qtbot.waitUntil(choice.buttons[0].hasFocus)
    press(window, Key.Key_Return)
    until(qtbot, kit, case_id, CaseState.CLOSED)
    case = kit.board.cases[case_id]
    assert (case.outcome, case.course.condition_met) == ("handled", True)
    _, text = window.case.log.itemDelegate().lines(kit.board.entries(case_id)[-1])
    assert text == "Handled, closing condition met"


def test_a_question_is_answered_by_a_digit_and_its_branch_comes_and_goes(
    qtbot, kit: DeskKit, window: MainWindow
):
    report = ReportCase(
        actor=DESK, category="3001", place_name="丁栅老街23号", point=CENTRE
    )
    case_id = int(str(kit.client.do(report).value))
    qtbot.waitUntil(lambda: case_id in kit.board.cases)
    kit.desk.open_case(case_id)
    steps = window.case.steps
    press(window, Key.Key_7, ALT)
    assert steps.title() == "Steps 0/5"  # nobody is said to be trapped
    press(window, Key.Key_Down)
    caps = ("1 Yes", "2 No")
    qtbot.waitUntil(lambda: set(caps) <= set(window.action_bar.texts()))
    press(window, Key.Key_Space)
    assert not len(kit.desk.actions.ledger), "the space bar gives no answer"

    def names() -> list[str]:
        return [each.step.step_id for each in steps.steps()]

    press(window, Key.Key_1)
    qtbot.waitUntil(lambda: "rescue" in names())
    assert (steps.steps()[1].answer, steps.steps()[1].by) == ("yes", "李敏")
    entry = kit.board.entries(case_id)[-1]
    heading, text = window.case.log.itemDelegate().lines(entry)
    assert heading.startswith("Step answered  李敏")
    assert text == "anybody trapped? · Yes"
    qtbot.waitUntil(lambda: not len(kit.desk.actions.ledger))

    # Another seat answers otherwise.
    no = {"step": "trapped", "deed": ANSWERED, "answer": "no"}
    kit.client.do(MarkStep(actor=DESK, case_id=case_id, **no))
    qtbot.waitUntil(lambda: "rescue" not in names())
    rect = next(rect for rect, each in steps._answers(1, steps.steps()[1]))
    qtbot.mouseClick(steps, LEFT, pos=rect.center().toPoint())  # and by hand
    qtbot.waitUntil(lambda: "rescue" in names())
    qtbot.waitUntil(lambda: not len(kit.desk.actions.ledger))
    press(window, Key.Key_Space)  # the answer is taken back
    qtbot.waitUntil(lambda: steps.title() == "Steps 0/5")
