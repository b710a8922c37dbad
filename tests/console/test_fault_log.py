import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from console import fault_log
from console.fault_log import log_faults

CANARY = "Kanari-7:@"
DESK = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from console.app import log_to, make_application
log_to(Path(sys.argv[1]), "console")
application = make_application()
def press():
    secret = "{CANARY}"
    raise ValueError("rtsp://admin:" + secret)
def leave():
    application.quit()
QTimer.singleShot(0, press)
QTimer.singleShot(0, leave)
application.exec()
"""


@pytest.fixture
def hooks(monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    log_faults()


def test_a_fault_in_a_slot_reaches_the_desk_s_log_without_what_it_says(tmp_path: Path):
    ended = subprocess.run(
        [sys.executable, "-c", DESK, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    log = (tmp_path / "console.log").read_text(encoding="utf-8")
    assert "ERROR lookout.fault: uncaught on thread MainThread" in log
    assert " in press\nValueError\n" in log
    assert CANARY not in log + ended.stdout + ended.stderr


@pytest.mark.expected_log("lookout.fault", "uncaught")
def test_a_thread_s_fault_is_written_down_with_its_cause(hooks, caplog):
    def work() -> None:
        try:
            {}[CANARY]
        except KeyError as error:
            raise RuntimeError(CANARY) from error

    thread = threading.Thread(target=work, name="a worker")
    thread.start()
    thread.join(30)
    (record,) = [each for each in caplog.records if each.name == "lookout.fault"]
    text = record.getMessage()
    assert "thread a worker" in text
    assert text.index("KeyError") < text.index("RuntimeError")
    assert CANARY not in text


@pytest.mark.expected_log("lookout.fault", "")
def test_a_fault_at_every_tick_does_not_fill_the_disk(hooks, caplog, monkeypatch):
    monkeypatch.setattr(fault_log, "WINDOW_S", 1e9)
    fault = ValueError()
    for _ in range(100):
        sys.excepthook(ValueError, fault, None)
    assert len(caplog.records) == fault_log.MOST
    monkeypatch.setattr(fault_log, "WINDOW_S", 0.0)
    sys.excepthook(ValueError, fault, None)
    assert any("90 more" in each.getMessage() for each in caplog.records)
    assert {each.levelno for each in caplog.records} == {logging.ERROR}
