"""Ctrl+F: a case found while typing, opened however old it is, and that written down."""

from concurrent.futures import Future
from typing import Any

from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import CENTRE, DESK, DeskKit, type_text
from PySide6.QtCore import Qt
from window_kit import press

from console.main_window import MainWindow
from console.panels.case_finder import FindCasePage
from dispatch.case_commands import NoteCallBack
from dispatch.cases import CaseState
from dispatch.commands import AddNote, ReportCase, VoidCase
from dispatch.numbers import NumberOf
from dispatch.questions import FoundCases, NumberLog

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def reported(kit: DeskKit, place: str, details: str = "") -> int:
    command = ReportCase(
        actor=DESK,
        category="6002",
        place_name=place,
        point=CENTRE,
        details=details,
        reporter_name="张桂英",
        reporter_phone="13800571234",
    )
    return int(str(kit.client.do(command).value))


def an_old_case(kit: DeskKit) -> int:
    """Return a case that the board holds no longer."""
    case_id = reported(kit, "桃源新邨12幢301", "楼道里堆了电瓶车")
    kit.client.do(VoidCase(actor=DESK, case_id=case_id, reason="test"))
    kit.client.do(NoteCallBack(actor=DESK, case_id=case_id, text="已说明是演练"))
    kit.clock.go(days=400)
    return case_id


def test_an_old_case_is_found_opened_and_that_is_written_down(
    qtbot, kit: DeskKit, window: MainWindow
):
    old = an_old_case(kit)
    new = reported(kit, "桃源农贸市场", "井盖缺失")
    qtbot.waitUntil(lambda: new in kit.board.cases and old not in kit.board.cases)
    press(window, Key.Key_F, CTRL)
    page = window.panels["find_case_page"]
    assert isinstance(page, FindCasePage)
    qtbot.waitUntil(page.line.hasFocus)
    assert "two characters" in page.rows.said
    type_text(page.line, "没有这样的")
    qtbot.waitUntil(lambda: "Type less" in page.rows.said)
    page.line.clear()
    type_text(page.line, "1234")
    qtbot.waitUntil(lambda: len(page.rows.cases) == 2)
    assert [case.case_id for case in page.rows.cases] == [new, old]
    assert page.rows.when(page.rows.cases[1].opened_at) == "2026-11-23"
    said = " ".join(page.rows.lines(page.rows.cases[1]))
    assert "by its telephone number" in said
    assert "张" not in said
    press(window, Key.Key_Down)
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: kit.desk.open_case_id == old)
    case = kit.desk.case
    assert case is not None
    assert case.state is CaseState.VOIDED
    assert window.case.isVisible()
    told = [entry.action for entry in kit.desk.past.entries(old)]
    assert told == ["report", "void", "called_back"]
    assert window.case.log.model().rowCount() == 3
    (read,) = kit.desk.ask(NumberLog(case_id=old)).result(5)
    assert (read.actor, read.deed) == (kit.desk.actor.name, "opened")
    assert read.owner == NumberOf(kind="reporter")
    # What is done to it elsewhere is read again; it stays open meanwhile.
    kit.client.do(AddNote(actor=DESK, case_id=old, text="来电询问"))
    qtbot.waitUntil(lambda: window.case.log.model().rowCount() == 3)
    press(window, Key.Key_Escape)
    assert kit.desk.open_case_id is None
    press(window, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert kit.desk.open_case_id == old, "the way back leads to it too"


def test_an_answer_to_an_older_text_is_passed_over(qtbot, kit: DeskKit):
    page = FindCasePage(kit.desk)
    qtbot.addWidget(page)
    asked: list[tuple[str, Future[Any]]] = []

    def ask(query: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        asked.append((query.text, future))
        return future

    kit.desk.ask = ask  # type: ignore[method-assign]
    for text in ("桃源", "桃源新"):
        page.line.setText(text)
        page._on_edit(text)
        page.answer()  # Enter, before any answer
    assert [text for text, _ in asked] == ["桃源", "桃源新"]
    asked[1][1].set_result(FoundCases(cases=()))
    qtbot.waitUntil(lambda: "Type less" in page.rows.said)
    asked[0][1].set_result(FoundCases(cases=(object(),), before=3))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: page._asked is None)
    assert page.rows.cases == []
    page.line.setText("桃")
    page._on_edit("桃")
    assert "One more character" in page.rows.said
    kit.client.lose()
    qtbot.waitUntil(lambda: not kit.desk.link.connected)
    page.line.setText("桃源")
    page._ask()
    assert "away" in page.rows.said
