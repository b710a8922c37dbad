"""One window for a home: a second start raises it; other homes have their own."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from PySide6.QtWidgets import QApplication, QWidget

from console.demo import ALREADY_OPEN
from console.demo_home import make_fresh
from console.only_one import OnlyOne
from console.processes import own_command
from dispatch.service import service_running
from resources.home import Home

QUIET = {
    "stdin": subprocess.DEVNULL,
    "stdout": subprocess.DEVNULL,
    "stderr": subprocess.DEVNULL,
}


def start(home: Home, **said: object) -> "subprocess.Popen[bytes]":
    command = own_command("console", "--home", str(home.root))
    return subprocess.Popen(command, **{**QUIET, **said})


def until(condition: Callable[[], object], what: str, limit: float = 60) -> None:
    end = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < end, f"waited {limit} s for {what}"
        time.sleep(0.02)


def test_a_second_start_raises_the_first_window(home: Home, qtbot):
    only = OnlyOne(home)
    assert not only.another_answers()
    window = QWidget()
    qtbot.addWidget(window)
    only.raised.append(window)  # type: ignore[arg-type]
    window.showMinimized()
    second = start(home, stdout=subprocess.PIPE)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=60_000)
    qtbot.waitUntil(lambda: not window.isMinimized(), timeout=10_000)
    only.close()
    assert second.returncode == 0
    assert second.stdout is not None
    with second.stdout as said:
        assert b"already open" in said.read(), "it does not end without a word"
    assert window.isVisible()
    assert service_running(home) is None, "it started nothing of its own"
    QApplication.processEvents()


def ask_for_walls(home: Home) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        own_command("wall", "--home", str(home.root)),
        **{**QUIET, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT},
        text=True,
        encoding="utf-8",
    )


def test_the_wall_command_asks_the_open_desk_and_starts_nothing(home: Home, qtbot):
    only, asked = OnlyOne(home), []
    assert not only.another_answers()
    only.walls_wanted = lambda: asked.append("walls")
    window = QWidget()
    qtbot.addWidget(window)
    only.raised.append(window)
    command = ask_for_walls(home)
    qtbot.waitUntil(lambda: command.poll() is not None, timeout=60_000)
    only.close()
    assert command.stdout is not None
    with command.stdout as said:
        words = said.read()  # in the language of who runs it
    assert "opens its walls" in words or "正在打开大屏" in words
    assert command.returncode == 0
    assert asked == ["walls"]
    assert not window.isVisible(), "the desk itself is not raised"
    assert service_running(home) is None


def test_the_wall_command_without_a_desk_says_what_to_open(home: Home, qtbot):
    command = ask_for_walls(home)
    qtbot.waitUntil(lambda: command.poll() is not None, timeout=60_000)
    assert command.stdout is not None
    with command.stdout as said:
        assert f"lookout --home {home.root} console" in said.read()
    assert command.returncode == 2
    assert service_running(home) is None


def test_a_home_is_known_by_any_of_its_names(home: Home, tmp_path: Path, qapp):
    other = home.logs / ".."
    only, again = OnlyOne(home), OnlyOne(Home(other))
    elsewhere = OnlyOne(Home(tmp_path / "elsewhere"))
    assert not only.another_answers()
    assert again.another_answers()
    assert not elsewhere.another_answers()
    for each in (only, again, elsewhere):
        each.close()
    assert not again.another_answers(), "a closed desk does not answer"
    again.close()


@pytest.mark.skipif(sys.platform == "win32", reason="only on POSIX: SIGTERM")
def test_homes_of_their_own_run_side_by_side(tmp_path: Path):
    homes = [Home(tmp_path / name) for name in ("east", "west")]
    desks = [start(home) for home in homes]
    try:
        until(lambda: all(service_running(home) for home in homes), "two services")
        ready = [service_running(home) for home in homes]
        assert all(ready)
        addresses = {each.desk_address for each in ready}
        addresses |= {each.intake_address for each in ready}
        assert len(addresses) == 4
        until(
            lambda: all(
                any("video-worker" in child.cmdline() for child in children(desk))
                for desk in desks
            ),
            "both desks",
        )

        again = start(homes[0])
        assert again.wait(60) == 0
        assert [desk.poll() for desk in desks] == [None, None]
        assert [service_running(home) for home in homes] == ready
    finally:
        for desk in desks:
            desk.terminate()
        codes = [desk.wait(30) for desk in desks]
    assert codes == [0, 0]
    assert [service_running(home) for home in homes] == [None, None]


def children(desk: "subprocess.Popen[bytes]") -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process(desk.pid).children()
        if child.status() != psutil.STATUS_ZOMBIE
    ]


def test_a_check_beside_an_open_demonstration_says_why_it_does_nothing(
    home: Home, qtbot
):
    make_fresh(home)
    only = OnlyOne(home)
    assert not only.another_answers()
    second = subprocess.Popen(
        own_command("demo", "--check", "--home", str(home.root)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=60_000)
    assert second.stderr is not None
    with second.stderr as errors:
        said = errors.read()
    only.close()
    assert second.returncode == ALREADY_OPEN
    assert "a demonstration is open" in said
    assert "--home of its own" in said
