"""A desk killed in the middle of an alarm leaves nothing behind, and starts again."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtGui import QImage

from console.processes import own_command
from resources.home import Home
from tests.limits_kit import PATIENCE_S, next_line, running

LEFT_AFTER_S = 5.0  # the promise: by then nothing is left
CONTRACT = [
    "ok",
    "signal_to_screen_ms",
    "open_to_first_picture_ms",
    "open_to_four_pictures_ms",
    "tiles_live",
    "case_closed",
    "changes",
    "messages_acknowledged",
    "messages_lost",
    "ui_blocked_ms_max",
]
SHOTS = ("desk-rest.png", "desk-alarm.png", "desk-closed.png")
OURS = ("service", "video-worker", "virtual-cameras", "virtual-field")

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="only on POSIX: kill -9, no display"
)


@contextlib.contextmanager
def demonstration(
    home: Home, cache: Path, *arguments: str
) -> Iterator["subprocess.Popen[str]"]:
    """Run the demonstration where there is no display."""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    with (
        (home.root.parent / "stderr").open("ab") as errors,
        running(
            own_command("demo", *where(home, cache), *arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={k: value for k, value in os.environ.items() if k not in hidden},
            text=True,
            encoding="utf-8",
        ) as desk,
    ):
        try:
            yield desk
        finally:
            if desk.poll() is None:
                desk.kill()


def where(home: Home, cache: Path) -> tuple[str, ...]:
    return ("--home", str(home.root), "--cache", str(cache))


def errors_of(home: Home) -> str:
    return (home.root.parent / "stderr").read_text("utf-8", errors="replace")


def until(condition: Callable[[], object], what: str, limit: float) -> None:
    end = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < end, f"waited {limit} s for {what}"
        time.sleep(0.02)


def alive(processes: list[psutil.Process]) -> list[str]:
    found = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(" ".join(process.cmdline()))
    return found


def of_home(home: Home) -> list[psutil.Process]:
    """Return every process that was started for a home, whoever its parent is."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if str(home.root) in process.cmdline():
                found.append(process)
    return found


def segments() -> set[Path]:
    return set(Path("/dev/shm").glob("*")) if sys.platform == "linux" else set()


def ownerless(found: set[Path]) -> list[Path]:
    """Return the segments that no living process has mapped."""
    mapped = ""
    for maps in Path("/proc").glob("[0-9]*/maps"):
        with contextlib.suppress(OSError):
            mapped += maps.read_text(errors="replace")
    return [path for path in found if path.exists() and str(path) not in mapped]


@pytest.mark.timeout(900)  # its own limits are longer: it plays the job twice
def test_a_killed_desk_leaves_nothing_and_starts_again(home, drawn_cache):
    before = segments()
    with demonstration(home, drawn_cache) as desk:
        # Without a display it says so, and where to look.
        assert "没有显示器" in next_line(desk, 200), errors_of(home)
        shots = Path(next_line(desk, 200).partition("：")[2].strip())
        assert shots == home.root / "shots"

        # Killed while the alarm's case is open and its four pictures live.
        alarm = shots / "desk-alarm.png"
        until(lambda: alarm.exists() or desk.poll() is not None, "the alarm", 400)
        assert desk.poll() is None, errors_of(home)
        tree = psutil.Process(desk.pid).children(recursive=True)
        living = " ".join(alive(tree))
        assert [name for name in OURS if name not in living] == []
        os.kill(desk.pid, signal.SIGKILL)
        desk.wait(PATIENCE_S)
    until(lambda: not alive(tree + of_home(home)), f"the end of {tree}", LEFT_AFTER_S)
    until(lambda: not ownerless(segments() - before), "shared memory", LEFT_AFTER_S)

    # The same home again, and the job done to its end.
    again = home.root / "again"
    with demonstration(home, drawn_cache, "--check", "--shots", str(again)) as desk:
        said, _ = desk.communicate(timeout=400)
    verdict = json.loads(said.splitlines()[-1])
    assert list(verdict) == CONTRACT
    assert verdict["case_closed"] is True, errors_of(home)
    assert verdict["messages_lost"] == 0
    assert verdict["tiles_live"] == 4
    assert verdict["messages_acknowledged"] > 0
    assert verdict["changes"] > 0
    for name in (*CONTRACT[1:4], CONTRACT[-1]):
        assert isinstance(verdict[name], float), name
    # How fast it was depends on the machine; the exit status says what "ok" says.
    assert desk.returncode == (0 if verdict["ok"] else 1)
    assert {*SHOTS} <= {each.name for each in again.iterdir()}
    for each in again.iterdir():
        size = QImage(str(each)).size()
        assert (size.width(), size.height()) == (1920, 1080), each.name
    assert alive(of_home(home)) == []
