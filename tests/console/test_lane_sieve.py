"""The lane 时限: another choice by key, and what is shelved comes back by itself."""

from desk_fixtures import kit as kit
from desk_kit import DeskKit
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from test_lanes import lanes as lanes
from test_lanes import report

from console.lane_sieve import CHOICES
from console.panels.lanes import LanesPanel
from dispatch.commands import TakeCase

Key = Qt.Key


def shown(lanes: LanesPanel) -> list[int | None]:
    return [row.case_id for row in lanes.due_model.rows()]


def test_shelved_for_a_while_and_another_choice(qtbot, kit: DeskKit, lanes: LanesPanel):
    first, second = report(kit, "5001"), report(kit, "6002")
    qtbot.waitUntil(lambda: len(shown(lanes)) == 2)
    lanes.focus_due()
    at_first = shown(lanes)[0]
    QTest.keyClick(lanes.due_view, Key.Key_S)
    assert shown(lanes) == [each for each in (first, second) if each != at_first]
    assert lanes.due_head.count == 2, "what is shelved is counted"
    assert ("1 shelved until 11:12", False) in lanes.due_head.about
    for _ in range(len(CHOICES) - 1):
        QTest.keyClick(lanes.due_view, Key.Key_F)
    assert lanes.sieve.choice == "shelved"
    assert lanes.due_head.about[0] == ("only shelved", True)
    assert shown(lanes) == [at_first]
    QTest.keyClick(lanes.due_view, Key.Key_F)
    assert lanes.sieve.choice == ""
    kit.clock.go(minutes=31)
    lanes.renew()
    assert set(shown(lanes)) == {first, second}, "its time has come"

    lanes.sieve.shelve(kit.board.cases[first])
    kit.client.do(TakeCase(actor=kit.desk.actor, case_id=first))
    qtbot.waitUntil(lambda: kit.board.cases[first].owner != "")
    assert lanes.sieve.shelved() == {}, "somebody did something to it"
    lanes.sieve.choice = "mine"
    assert [row.case_id for row in lanes.sieve.rows()] == [first]
    kit.clock.go(days=9)
    lanes.sieve.choice = "overdue"
    assert {row.case_id for row in lanes.sieve.rows()} == {first, second}
    lanes.sieve.choice = "today"
    assert lanes.sieve.rows() == []
    lanes.renew()
    assert "None of these" in lanes.due_view.empty_text
    lanes.sieve.choice = "decide"
    assert lanes.sieve.rows() == []
