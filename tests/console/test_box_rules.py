"""Ctrl+D: what an AI box believes to see is not so."""

from dataclasses import replace

from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from PySide6.QtCore import Qt
from window_kit import press, raise_alarm

from console.main_window import MainWindow
from dispatch.cases import CaseState
from dispatch.commands import EnrolDevice
from dispatch.people import SYSTEM

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def seen(qtbot, kit: DeskKit) -> int:
    like = kit.board.devices["SD-12-301"]
    box = replace(like, device_id="AI-1", kind="ai_box", public_key="b" * 40)
    kit.client.do(EnrolDevice(actor=SYSTEM, device=box))
    qtbot.waitUntil(lambda: "AI-1" in kit.board.devices)
    kit.alarm("AI-1", "B009", source="banner@1203", text="横幅 1203")
    qtbot.waitUntil(lambda: bool(kit.board.alarms))
    return max(kit.board.cases)


def test_one_key_voids_what_a_box_saw_wrongly(
    qtbot, kit: DeskKit, window: MainWindow
) -> None:
    case_id = seen(qtbot, kit)
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: kit.desk.open_case_id == case_id)
    qtbot.waitUntil(lambda: kit.desk.actions.pending(case_id) is None)
    press(window, Key.Key_D, CTRL)
    qtbot.waitUntil(lambda: kit.board.cases[case_id].state is CaseState.VOIDED)
    assert kit.board.cases[case_id].outcome == "false_alarm"


def test_of_a_smoke_detector_it_asks_as_ever(
    qtbot, kit: DeskKit, window: MainWindow
) -> None:
    case_id = raise_alarm(qtbot, kit)
    kit.desk.open_case(case_id)
    press(window, Key.Key_D, CTRL)
    assert kit.desk.actions.pending(case_id) is None
    assert kit.board.cases[case_id].state is not CaseState.VOIDED
