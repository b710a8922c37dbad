import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from console.processes import Child, Message, own_command

ECHO = """
import json, os, sys
print(json.dumps({"pid": os.getpid()}), flush=True)
for line in sys.stdin:
    print(json.dumps({"heard": json.loads(line)}), flush=True)
"""


def until(true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + 20
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.01)


class Heard:
    """What a child said, and a way to wait for it."""

    def __init__(self) -> None:
        self.lines: list[Message] = []
        self._news = threading.Condition()

    def __call__(self, message: Message) -> None:
        with self._news:
            self.lines.append(message)
            self._news.notify_all()

    def wait(self, count: int) -> None:
        with self._news:
            assert self._news.wait_for(lambda: len(self.lines) >= count, 20)


def _child(tmp_path: Path, heard: Heard, **options: object) -> Child:
    return Child(
        "echo",
        [sys.executable, "-c", ECHO],
        errors=tmp_path / "echo.log",
        on_line=heard,
        **options,
    )


def test_a_child_hears_and_answers_and_ends_with_its_input(tmp_path: Path):
    heard = Heard()
    child = _child(tmp_path, heard, first_line={"hello": "世界"})
    heard.wait(2)
    child.stop()
    assert heard.lines[1] == {"heard": {"hello": "世界"}}
    assert not child.alive
    assert not child.send({"after": "the end"})


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX act")
def test_a_killed_child_comes_back_and_gets_its_first_line_again(tmp_path: Path):
    heard = Heard()
    child = _child(tmp_path, heard, first_line={"secret": 1}, restart=True)
    heard.wait(2)
    os.kill(child.pid, signal.SIGKILL)
    heard.wait(4)
    child.stop()
    assert heard.lines[0]["pid"] != heard.lines[2]["pid"]
    assert heard.lines[3] == {"heard": {"secret": 1}}


def test_what_is_not_json_does_not_end_the_listening(tmp_path: Path):
    heard = Heard()
    child = Child(
        "babbler",
        [sys.executable, "-c", "print('?'); print('[1]'); print('{\"ok\": 1}')"],
        errors=tmp_path / "babbler.log",
        on_line=heard,
    )
    heard.wait(1)
    child.stop()
    assert heard.lines == [{"ok": 1}]


def test_a_child_that_does_not_read_is_stopped_while_somebody_sends(tmp_path: Path):
    child = Child(
        "deaf",
        [sys.executable, "-c", "import time; time.sleep(600)"],
        errors=tmp_path / "deaf.log",
        on_line=lambda _: None,
    )
    sent: list[bool] = []
    sender = threading.Thread(
        target=lambda: sent.append(child.send({"much": "x" * 10_000_000}))
    )
    sender.start()
    child.stop(0.2)
    sender.join(20)
    assert sent == [False]
    assert not child.alive


@pytest.mark.expected_log("console.processes", "cannot be started")
@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: kill -9")
def test_a_child_that_cannot_start_again_is_tried_until_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_log
):
    monkeypatch.setattr("console.processes.RESTART_PAUSE_S", 0.01)
    logs, away = tmp_path / "logs", tmp_path / "away"
    logs.mkdir()
    heard = Heard()
    child = _child(logs, heard, restart=True)
    heard.wait(1)
    logs.rename(away)
    os.kill(child.pid, signal.SIGKILL)
    until(lambda: expected_log.records, "the refusal to start")
    away.rename(logs)
    heard.wait(2)
    child.stop()
    assert len(expected_log.records) == 1, "it is said once"


def test_own_command_starts_this_program():
    assert own_command("service")[-2:] == ["console.cli", "service"]
