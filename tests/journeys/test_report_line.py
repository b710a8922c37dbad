"""What becomes of reports, through the window: completed later; joined and parted."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from console.telephone import telephone
from dispatch.cases import Case, CaseState
from tests.gateway_kit import free_port

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NUMBER = "13800000777"


def type_in(text: str) -> None:
    """Type where the keyboard is, as an input method does: no key has Chinese."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def write(line: Any, kind: str) -> None:
    """Take a report down at camera 1203, as far as its kind being chosen."""
    line.press(Key.Key_F2)
    form = line.run.window.form
    type_in("1203")
    line.until(lambda: bool(form.place.results()), "places to choose from")
    line.press(Key.Key_Tab)
    line.until(lambda: form.kind.line.hasFocus(), "the field of the kind")
    type_in(kind)
    line.press(Key.Key_Return)
    assert form.kind.value is not None


def saved(line: Any, kind: str) -> int:
    """Take a report down; return its case, which is open then."""
    before = set(line.run.board.cases)
    write(line, kind)
    line.press(Key.Key_Return)
    line.until(lambda: set(line.run.board.cases) - before, "the new case")
    (case_id,) = set(line.run.board.cases) - before
    line.until(lambda: line.run.desk.open_case_id == case_id, "it to be open")
    assert isinstance(case_id, int)
    return case_id


def actions(line: Any, case_id: int) -> list[str]:
    return [entry.action for entry in line.run.board.entries(case_id)]


def test_a_call_is_taken_down_someone_is_sent_and_the_report_completed_later(idle_line):
    line = idle_line
    line.lookout("desk", "telephone", "--port", str(free_port()))
    assert telephone(line.home) is not None
    line.start()
    line.lookout("desk", "ring", "--number", NUMBER)

    case_id = saved(line, "5001")
    line.until(lambda: line.run.desk.highlighted_unit_id is not None, "people")
    line.press(Key.Key_F6)
    line.until(lambda: line.case(case_id).state >= CaseState.DISPATCHED, "派遣")
    assert len(line.pressed) <= 6, "keys from the call to someone sent, besides text"
    case: Case = line.case(case_id)
    assert (case.category, case.channel) == ("5001", "hotline")
    assert (case.reporter_phone, case.reporter_name) == (NUMBER, "")

    # The caller is back in the line, with what was not said before.
    panel = line.run.window.case
    line.press(Key.Key_I, CTRL)
    assert panel.forms.completing.reporter.hasFocus(), "what is missing comes first"
    type_in("张三")
    line.press(Key.Key_Tab)
    line.press(Key.Key_Tab)
    type_in("三天没人收")
    line.press(Key.Key_Return)
    line.until(lambda: line.case(case_id).reporter_name == "张三", "who it was")
    assert line.case(case_id).details == "三天没人收"
    assert {"completed", "reporter_noted"} <= set(actions(line, case_id))
    entries = line.run.board.entries(case_id)
    assert not any(NUMBER[:7] in entry.text for entry in entries)
    line.until(panel.forms.completing.isHidden, "the form put away")

    line.until(lambda: line.case(case_id).state is CaseState.FEEDBACK, "反馈", 90)
    line.press(Key.Key_F7)
    line.until(lambda: line.case(case_id).state is CaseState.PENDING_CLOSE, "核查")
    line.press(Key.Key_F8)
    assert panel.choice() is None, "nobody closes before the caller has heard"
    assert f"#{case.number[-4:]}" in panel.step.refusal_text()
    assert "Shift+F9" in panel.step.refusal_text()
    line.press(Key.Key_F9, SHIFT)
    line.press(Key.Key_Return)
    type_in("谢谢")
    line.press(Key.Key_Return)
    line.until(lambda: line.case(case_id).course.called_back, "the call noted")
    line.press(Key.Key_F8)
    line.press(Key.Key_Return)
    line.until(lambda: line.case(case_id).state is CaseState.CLOSED, "结案")


def test_a_duplicate_is_proposed_joined_and_parted_and_nothing_is_lost(line):
    desk, board = line.run.desk, line.run.board
    main = saved(line, "1002")  # a quarrel
    severity = line.case(main).severity
    write(line, "2001")  # it comes to blows: graver, and kindred
    form = line.run.window.form
    line.until(lambda: form.kin.rows(), "what may be the same thing")
    (row,) = form.kin.rows()
    assert (row.case_id, row.chosen) == (main, True)
    assert any("近类" in part for part in row.parts), row.parts
    line.press(Key.Key_J, CTRL)
    line.until(lambda: line.case(main).course.joined, "it joined")
    line.until(lambda: desk.open_case_id == main, "the main case open")
    (joined,) = line.case(main).course.joined
    same = line.case(joined.case_id)
    assert (same.state, same.category) == (CaseState.MERGED, "2001")
    assert line.case(main).severity == same.severity < severity, "raised"
    facts = line.run.window.case.head.facts()
    assert any(f"#{same.number[-4:]}" in text for _, text in facts), facts
    assert actions(line, main)[-2:] == ["joined", "raised"]

    line.until(lambda: desk.actions.allowed("separate"), "the key to be free")
    line.press(Key.Key_J, CTRL | SHIFT)
    line.until(lambda: not line.case(main).course.joined, "it parted")
    line.until(lambda: line.case(same.case_id).state is CaseState.NEW, "its own again")
    assert line.case(main).severity == severity, "what it was"
    assert actions(line, main)[-2:] == ["separated", "lowered"]
    assert actions(line, same.case_id) == ["report", "merge", "unmerge"]
    assert set(board.cases) >= {main, same.case_id}
