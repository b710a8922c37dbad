"""Several cases at once: marked by keyboard, looked at before, each asked by itself."""

from dataclasses import replace

from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit, type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from test_lanes import report
from window_kit import press

from console.bulk import SHARED
from console.case_deeds import DEEDS
from console.main_window import MainWindow
from console.panels.bulk_page import BulkPage
from console.panels.case_more import DeedMenu
from console.panels.deed_form import DeedForm
from dispatch.case_commands import SuperviseCase
from dispatch.case_states import RED_CARD, TRANSITIONS, CaseState
from dispatch.commands import TakeCase, VoidCase

Key = Qt.Key


def test_what_is_shared_ends_no_case_and_asks_the_same_of_each():
    assert set(SHARED) <= set(DEEDS)
    for action in SHARED:
        to = TRANSITIONS[action].to
        assert not isinstance(to, CaseState) or to.is_open, action


def type_key(key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def test_marked_looked_at_and_done(qtbot, kit: DeskKit, window: MainWindow):
    page, bulk = window.panels["bulk_page"], kit.desk.bulk
    assert isinstance(page, BulkPage)
    cases = [report(kit, "5001", f"锦绣路{number}号") for number in (1, 2, 3)]
    for case_id in cases[:2]:
        kit.client.do(TakeCase(actor=kit.desk.actor, case_id=case_id))
    filed = CaseState.FILED
    qtbot.waitUntil(lambda: len(kit.board.cases) == 3)
    qtbot.waitUntil(lambda: kit.board.cases[cases[1]].state is filed)
    kit.desk.actions.run("bulk")
    assert "None is marked" in page.rows.empty
    press(window, Key.Key_Escape)

    window.lanes.due_model.settle()
    window.lanes.focus_due()
    for key in (Key.Key_A, Key.Key_A, Key.Key_A):
        type_key(key)
    assert {case.case_id for case in bulk.cases()} == set(cases)
    assert ("3 marked", True) in window.lanes.due_head.about
    assert window.lanes.keys_here()[0].text == "Do 3 together"
    type_key(Key.Key_Space)
    (left_out,) = set(cases) - {case.case_id for case in bulk.cases()}
    type_key(Key.Key_Space)
    assert left_out in bulk
    type_key(Key.Key_B)
    assert isinstance(page.shown, DeedMenu)
    assert "accept" in page.shown.offers
    page.shown.chosen.emit("accept")
    assert "Possible for 1 of them; 2 stay" in page._about.text()
    assert page.rows.item(0).text().startswith("✕ ")
    press(window, Key.Key_Escape)
    assert isinstance(page.shown, DeedMenu), "one step back is the menu"

    page.shown.chosen.emit("supervise")
    form = page.shown
    assert isinstance(form, DeedForm)
    assert form.confirm.text() == "Urge 3 cases"
    assert page.rows.count() == 3
    type_text(form.editors["text"], "今天办结")
    type_key(Key.Key_Return)
    assert page.isVisible(), "so many take a key more"
    type_key(Key.Key_Return)
    qtbot.waitUntil(
        lambda: all(kit.board.cases[each].course.supervision == 1 for each in cases)
    )
    assert not page.isVisible()
    assert not len(bulk)


def test_a_case_that_waits_for_an_answer_stays_as_it_is(qtbot, kit: DeskKit):
    first, second = report(kit, "5001"), report(kit, "5001")
    qtbot.waitUntil(lambda: second in kit.board.cases)
    bulk = kit.desk.bulk
    bulk.toggle([first, second, 99])
    assert len(bulk) == 2, "what the board does not have is not counted"
    kit.desk.actions.take(kit.board.cases[first])
    by_case = {look.case.case_id: look.refused for look in bulk.preview("supervise")}
    assert by_case[second] is None
    assert by_case[first] is not None
    assert by_case[first].reason == "pending"
    assert bulk.ask("supervise", {"level": 1, "text": "今天办结"}) == 1
    assert [case.case_id for case in bulk.cases()] == [first], "it stays marked"
    qtbot.waitUntil(lambda: kit.board.cases[second].course.supervision == 1)
    assert kit.board.cases[first].course.supervision < 0


def test_a_mark_falls_away_with_its_row(qtbot, kit: DeskKit):
    ended, urgent, stays = (report(kit, "5001") for _ in range(3))
    qtbot.waitUntil(lambda: stays in kit.board.cases)
    bulk = kit.desk.bulk
    bulk.toggle([ended, urgent, stays])
    about = {"actor": kit.desk.actor, "case_id": ended}
    kit.client.do(VoidCase(**about, reason="duplicate"))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: ended not in bulk)
    assert urgent in bulk
    case = kit.board.cases[urgent]
    kit.board.cases[urgent] = replace(case, severity=1)  # 现在 has it now
    kit.client.do(SuperviseCase(**about | {"case_id": stays}, level=1, text="今天办结"))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: urgent not in bulk)
    assert [case.case_id for case in bulk.cases()] == [stays]

    closed = replace(
        case,
        state=CaseState.CLOSED,
        course=replace(case.course, overdue=True, appeal="asked"),
    )
    kit.board.cases[urgent] = closed
    bulk.toggle([urgent])
    bulk._let_go()
    assert urgent in bulk, "what waits for a decision has a row, closed or not"


def test_no_card_is_taken_back_by_a_lesser_one_for_all(qtbot, kit: DeskKit):
    first, second = report(kit, "5001"), report(kit, "5001")
    qtbot.waitUntil(lambda: second in kit.board.cases)
    red = SuperviseCase(
        actor=kit.desk.actor, case_id=first, level=RED_CARD, text="超期"
    )
    kit.client.do(red)
    qtbot.waitUntil(lambda: kit.board.cases[first].course.supervision == RED_CARD)
    bulk = kit.desk.bulk
    bulk.toggle([first, second])
    assert bulk.ask("supervise", {"level": 1, "text": "今天办结"}) == 1
    qtbot.waitUntil(lambda: kit.board.cases[second].course.supervision == 1)
    assert kit.board.cases[first].course.supervision == RED_CARD
    assert [case.case_id for case in bulk.cases()] == [first]
