"""What is typed at a case stands until the service has taken it."""

import os
import stat
from pathlib import Path

import pytest
from case_panel_kit import opened, until
from case_panel_kit import panel as panel
from desk_fixtures import kit as kit
from desk_kit import DeskKit, type_text
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.case_words import FILE, NOTE, OUTCOME, PHONE, CaseWords
from console.panels.case import CasePanel
from dispatch.cases import CaseState
from dispatch.commands import AddNote, Refused, SignCase, VoidCase
from dispatch.phone_commands import FinishByPhone


def file_of(kit: DeskKit) -> Path:
    return Path(kit.desk.settings.fileName()).with_name(FILE)


def refuse_next(kit: DeskKit, monkeypatch, kind: type) -> None:
    """Let the service refuse the next command of a kind, and take the one after."""
    real, left = kit.bus.handle, [1]

    def handle(command):
        if isinstance(command, kind) and left:
            left.pop()
            raise Refused("version", "someone else changed the case")
        return real(command)

    monkeypatch.setattr(kit.bus, "handle", handle)


def test_the_words_of_a_refused_end_stand_when_it_is_asked_again(
    qtbot, kit: DeskKit, panel: CasePanel, monkeypatch
):
    case_id = opened(qtbot, kit)
    refuse_next(kit, monkeypatch, VoidCase)
    kit.desk.actions.run("close")
    choice = panel.choice()
    type_text(choice.line, "炒菜油烟，户主在家")
    choice.buttons[0].click()
    choice.confirm.click()
    assert panel.choice() is None
    qtbot.waitUntil(lambda: panel.step.refusal_text() != "")
    kit.desk.actions.run("close")
    choice = panel.choice()
    assert choice.line.text() == "炒菜油烟，户主在家"
    choice.buttons[0].click()
    choice.confirm.click()
    until(qtbot, kit, case_id, CaseState.VOIDED)
    assert any("炒菜油烟" in e.text for e in kit.board.entries(case_id))
    assert panel._words.half(case_id, OUTCOME) == ""


def test_half_an_opinion_survives_escape_and_another_case(
    qtbot, kit: DeskKit, panel: CasePanel
):
    first = opened(qtbot, kit)
    kit.desk.actions.run("close")
    type_text(panel.choice().line, "油烟")
    assert panel.go_back()
    kit.desk.open_case(None)
    kit.desk.open_case(first)
    kit.desk.actions.run("close")
    assert panel.choice().line.text() == "油烟"


def test_a_refused_note_stands_in_its_line_again(
    qtbot, kit: DeskKit, panel: CasePanel, monkeypatch
):
    opened(qtbot, kit)
    refuse_next(kit, monkeypatch, AddNote)
    kit.desk.actions.run("note")
    type_text(panel.note.line, "户主说已关火")
    QTest.keyClick(panel.note.line, Qt.Key.Key_Return)
    kit.desk.actions.run("note")
    type_text(panel.note.line, "门已开")
    qtbot.waitUntil(lambda: panel.note.line.text() == "户主说已关火 门已开")
    assert panel.note.isVisible()


def test_words_of_the_telephone_are_not_those_of_the_end(
    qtbot, kit: DeskKit, panel: CasePanel, monkeypatch
):
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("step")
    kit.desk.actions.run("send")
    until(qtbot, kit, case_id, CaseState.DISPATCHED)
    kit.field(SignCase, case_id, "W01")
    until(qtbot, kit, case_id, CaseState.HANDLING)
    panel.choose_phone()
    type_text(panel.choice().line, "明火已扑灭")
    panel.choice().chosen.emit(0, "明火已扑灭")  # there: words are for what was done
    until(qtbot, kit, case_id, CaseState.ON_SCENE)
    assert panel._words.half(case_id, PHONE) == "明火已扑灭"
    assert panel._words.half(case_id, OUTCOME) == ""
    refuse_next(kit, monkeypatch, FinishByPhone)
    panel.choose_phone()
    assert panel.choice().line.text() == "明火已扑灭"
    panel.choice().chosen.emit(0, "明火已扑灭")
    assert panel._words.half(case_id, PHONE) == ""
    qtbot.waitUntil(lambda: panel._words.half(case_id, PHONE) == "明火已扑灭")
    panel.choose_phone()
    panel.choice().chosen.emit(0, panel.choice().line.text())
    until(qtbot, kit, case_id, CaseState.FEEDBACK)
    assert panel._words.half(case_id, PHONE) == ""


def test_half_a_note_survives_the_end_of_the_desk(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = opened(qtbot, kit)
    kit.desk.actions.run("note")
    type_text(panel.note.line, "户主说")
    panel.hide()
    if os.name == "posix":
        assert stat.S_IMODE(file_of(kit).stat().st_mode) == 0o600
    assert CaseWords(kit.desk).half(case_id, NOTE) == "户主说"
    panel.show()
    QTest.keyClick(panel.note.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    kit.desk.second.emit()
    assert not file_of(kit).exists()


def test_what_the_next_start_hears_refused_comes_back(
    qtbot, kit: DeskKit, panel: CasePanel
):
    case_id = opened(qtbot, kit)
    kit.client.lose()
    kit.desk.actions.run("note")
    type_text(panel.note.line, "等服务回来")
    QTest.keyClick(panel.note.line, Qt.Key.Key_Return)
    kit.desk.second.emit()
    command = kit.client.submitted[-1]
    assert isinstance(command, AddNote)
    next_run = CaseWords(kit.desk)
    assert next_run.half(case_id, NOTE) == ""
    refused = Refused("version", "changed")
    kit.bridge.refused_earlier.emit(command.command_id, refused, None)
    assert next_run.half(case_id, NOTE) == "等服务回来"


def test_words_of_a_case_that_is_gone_are_not_kept(qtbot, kit: DeskKit):
    case_id = opened(qtbot, kit)
    kept = CaseWords(kit.desk)
    kept.keep(case_id, NOTE, "在")
    kept.keep(case_id + 1, NOTE, "不在")
    kept.save()
    text = file_of(kit).read_text(encoding="utf-8")
    assert CaseWords(kit.desk).half(case_id, NOTE) == "在"
    assert CaseWords(kit.desk).half(case_id + 1, NOTE) == ""
    assert text.count("note") == 1


@pytest.mark.expected_log("lookout.drafts", "cannot be read")
@pytest.mark.parametrize("text", ["", "[]", '{"half": [[1]], "sent": []}'])
def test_a_broken_file_stops_nobody(kit: DeskKit, text: str):
    file_of(kit).write_text(text, encoding="utf-8")
    assert CaseWords(kit.desk).half(1, NOTE) == ""


@pytest.mark.expected_log("lookout.drafts", "cannot be kept")
def test_a_disk_that_takes_nothing_stops_nobody(qtbot, kit: DeskKit):
    case_id = opened(qtbot, kit)
    kept = CaseWords(kit.desk)
    kept._path = kept._path / "nowhere" / FILE
    kept.keep(case_id, NOTE, "好")
    kept.save()
    assert kept.half(case_id, NOTE) == "好"
