import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from console.processes import Child, Message, own_command

ECHO = """
import json, os, sys
print(json.dumps({"pid": os.getpid()}), flush=True)
for line in sys.stdin:
    print(json.dumps({"heard": json.loads(line)}), flush=True)
"""


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


def test_own_command_starts_this_program():
    assert own_command("service")[-2:] == ["console.cli", "service"]
