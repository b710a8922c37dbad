"""A person's work at the desk, from the first signal to the closed case."""

import os
import signal
import sys

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.check import Heartbeat
from dispatch.cases import CaseState
from dispatch.commands import Moment

KEYPAD = Qt.KeyboardModifier.KeypadModifier

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_two_keys_from_the_alarm_to_someone_on_the_way(line):
    line.until_live()
    pictures = line.run.window.pictures
    at_rest = pictures.geometry(), pictures.shown
    case_id = line.alarm_case().case_id
    line.until(lambda: Moment.ON_SCREEN in line.case(case_id).clocks, "上屏")
    assert pictures.shown == at_rest[1], "an alarm takes no tile by itself"

    line.press(Qt.Key.Key_Enter, KEYPAD)
    line.until(lambda: line.case(case_id).state is CaseState.FILED, "立案")
    assert line.run.desk.open_case_id == case_id
    line.until_live()
    shown = set(pictures.shown)
    assert shown == {view.camera_id for view in line.run.desk.views[:4]}
    small = pictures.geometry(), pictures.shown
    line.press(Qt.Key.Key_F11)
    assert pictures.enlarged
    line.press(Qt.Key.Key_F11)
    assert not pictures.enlarged
    assert (pictures.geometry(), pictures.shown) == small

    line.press(Qt.Key.Key_Plus, KEYPAD)
    line.until(lambda: line.case(case_id).state >= CaseState.HANDLING, "签收")
    line.until(lambda: line.case(case_id).state is CaseState.FEEDBACK, "反馈", 90)
    entries = line.run.board.entries(case_id)
    (finish,) = [entry for entry in entries if entry.action == "finish"]
    assert finish.photos, "the worker's photo came with the report"

    line.press(Qt.Key.Key_F7)
    line.until(lambda: line.case(case_id).state is CaseState.PENDING_CLOSE, "核查")
    line.press(Qt.Key.Key_F8)
    QTest.qWait(200)
    line.press(Qt.Key.Key_Return)
    line.until(lambda: line.case(case_id).state is CaseState.CLOSED, "结案")
    line.press(Qt.Key.Key_Escape)
    assert line.run.desk.open_case_id is None
    assert (pictures.geometry(), pictures.shown) == at_rest
    line.until_live()

    clocks = line.case(case_id).clocks
    order = [
        Moment.SIGNAL,
        Moment.ON_SCREEN,
        Moment.ACKNOWLEDGED,
        Moment.DISPATCHED,
        Moment.SIGNED,
        Moment.ARRIVED,
        Moment.CLOSED,
    ]
    assert sorted(order, key=lambda moment: clocks[moment]) == order
    assert Moment.FIRST_PICTURE in clocks
    actions = [entry.action for entry in line.run.board.entries(case_id)]
    for action in (
        "accept",
        "file",
        "dispatch",
        "sign",
        "arrive",
        "check_pass",
        "close",
    ):
        assert actions.count(action) == 1, action


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: kill -9")
@pytest.mark.expected_log("console", "service")
def test_the_desk_works_on_while_the_service_is_away(line):
    line.until_live()
    units = dict(line.run.board.units)
    os.kill(line.town.service.pid, signal.SIGKILL)
    line.until(lambda: not line.run.bridge.link.connected, "the desk to notice")
    assert set(line.run.board.units) == set(units)
    line.until_live()
    line.until(lambda: line.run.bridge.link.connected, "the service to be back")
    case = line.alarm_case()
    line.until(lambda: Moment.ON_SCREEN in line.case(case.case_id).clocks, "上屏")


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: kill -9")
@pytest.mark.expected_log("video.workers")
@pytest.mark.expected_log("lookout.check", "the window was blocked")
def test_a_killed_worker_brings_the_same_tiles_back(line, record_property):
    line.until_live()
    shown = line.run.window.pictures.shown
    beat = Heartbeat(line.run)
    beat.start()
    workers = [
        child
        for child in psutil.Process().children()
        if "video-worker" in child.cmdline()
    ]
    assert workers
    for worker in workers:
        worker.kill()
    line.until(
        lambda: all(not worker.is_running() for worker in workers), "the workers' end"
    )
    line.until_live()
    beat.pause()
    assert line.run.window.pictures.shown == shown
    # Judged by the bench `worker-kill`, on a machine that does nothing else.
    assert beat.worst_ms > 0, "the window beat while the workers were killed"
    record_property("ui_late_ms_max", round(beat.worst_ms, 1))
    sys.stdout.write(f"the window's worst lateness: {beat.worst_ms:.1f} ms\n")
