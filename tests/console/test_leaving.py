"""Closing the desk while lives may hang on it: asked in the top bar, never in a box."""

import signal
from datetime import timedelta

import pytest
from desk_fixtures import kit as kit
from desk_fixtures import window as window
from desk_kit import DeskKit
from PySide6.QtCore import QTimer
from window_kit import raise_alarm

from console.app import _quit_on_signals
from console.leaving import ASKS
from console.main_window import MainWindow
from console.panels.top_bar import TopBar


def test_a_quiet_desk_closes_at_once(window: MainWindow):
    assert window.close()


def test_an_urgent_case_is_asked_about_first(qtbot, kit: DeskKit, window: MainWindow):
    raise_alarm(qtbot, kit)
    bar = window.findChild(TopBar)
    assert not window.close()
    assert window.isVisible()
    assert "urgent" in bar.notice()
    assert window.close()
    assert not window.isVisible()


def test_the_question_ends_by_itself(
    qtbot, kit: DeskKit, window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    raise_alarm(qtbot, kit)
    assert not window.close()
    later = kit.desk.clock() + ASKS + timedelta(seconds=1)
    monkeypatch.setattr(kit.desk, "clock", lambda: later)
    assert kit.desk.leaving.text() == ""
    assert not window.close()


def test_a_desk_that_ends_in_any_case_is_not_asked(
    qtbot, kit: DeskKit, window: MainWindow
):
    raise_alarm(qtbot, kit)
    kit.desk.leaving.settled = True
    assert window.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_desk_whatever_stands_open(
    qtbot, kit: DeskKit, window: MainWindow, qapp, number: int
):
    raise_alarm(qtbot, kit)
    awake = _quit_on_signals(qapp, [window])
    guard = QTimer(singleShot=True, interval=30_000)
    guard.timeout.connect(lambda: qapp.exit(9))
    guard.start()
    QTimer.singleShot(0, lambda: signal.raise_signal(number))
    assert qapp.exec() == 0
    guard.stop()
    awake.stop()


def test_a_session_that_ends_is_not_asked_and_one_called_off_is(
    qtbot, kit: DeskKit, window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    raise_alarm(qtbot, kit)
    kit.desk.leaving.let_go()
    at = kit.desk.clock()
    later = at + ASKS + timedelta(seconds=1)
    monkeypatch.setattr(kit.desk, "clock", lambda: later)
    assert not window.close()
    monkeypatch.setattr(kit.desk, "clock", lambda: at)
    assert window.close()
