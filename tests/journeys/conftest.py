"""The whole line for one test: processes, sockets, cameras, devices and the window."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from town_desk import TownDesk

from console.app import DeskRun, Prepared, prepare_console
from console.check import Check
from console.demo import DemoTown
from console.processes import own_command
from console.starting import Reporter
from console.theme import Theme, load_fonts
from console.translation import load_translation
from dispatch.cases import Case
from resources.home import Home
from tests.limits_kit import running
from video.contract import StreamState
from video.frame_code import read_frame_number

# Drawn cameras are made once for all runs: a version stands in their file names.
CAMERA_CACHE = Path(
    os.environ.get("LOOKOUT_TEST_CACHE", Path.home() / ".cache" / "lookout-tests")
)


class OwnDesk:
    """One desk over an empty home of its own: no town, no cameras, no devices."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.run: DeskRun  # once it was started

    def prepare(self) -> Prepared:
        return prepare_console(self.home, Reporter())

    def start(self) -> None:
        self.run = DeskRun(self.home, self.prepare(), Theme())
        self.run.open()
        self.run.window.showNormal()
        self.run.window.resize(1920, 1080)
        self.run.window.activateWindow()
        self.until(
            lambda: self.run.bridge.link is not None and self.run.bridge.link.connected,
            "the service",
        )

    def close(self) -> None:
        if hasattr(self, "run"):
            self.run.close()
            self.run.window.deleteLater()

    def until(
        self, condition: Callable[[], object], what: str, limit: float = 60
    ) -> None:
        """Let the window live until a condition holds."""
        end = time.monotonic() + limit
        while not condition():
            if time.monotonic() > end:
                shot = self.home.root / "waited.png"
                self.run.window.grab().save(str(shot))
                pytest.fail(f"waited {limit} s for {what}; the window: {shot}")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def lookout(self, *arguments: str, typed: str = "", status: int = 0) -> str:
        """Run a command on this home while the desk lives on; return what it said."""
        with running(
            own_command(*arguments, "--home", str(self.home.root)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        ) as command:
            assert command.stdin is not None
            assert command.stdout is not None
            command.stdin.write(typed)
            command.stdin.close()
            self.until(lambda: command.poll() is not None, arguments[0])
            said: str = command.stdout.read()
        assert command.returncode == status, said
        return said


class Line(OwnDesk):
    """One desk over the demonstration town, and what a test does with it."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        CAMERA_CACHE.mkdir(parents=True, exist_ok=True)
        self.town = DemoTown(
            home, hurried=True, cache=CAMERA_CACHE, large_pictures=False
        )
        self.pressed: list[object] = []  # keys, besides text that was typed

    def prepare(self) -> Prepared:
        return self.town.prepare(Reporter())

    def start(self) -> None:
        super().start()
        cameras = len(self.town._files.cameras)
        self.until(lambda: len(self.run.board.cameras) == cameras, "the board")

    def numbers(self) -> list[int | None]:
        """Return the frame numbers in the painted pixels of the tiles."""
        found = []
        for tile in range(4):
            pixels = self.run.window.pictures.painted_tile_image(tile)
            found.append(None if pixels is None else read_frame_number(pixels))
        return found

    def until_live(self, limit: float = 60) -> None:
        """Wait until the numbers of four painted tiles have all moved on."""
        start: list[int | None] = [None] * 4
        moved = [False] * 4

        def live() -> bool:
            for tile, number in enumerate(self.numbers()):
                if number is None:
                    continue
                if start[tile] is None:
                    start[tile] = number
                elif number != start[tile]:
                    moved[tile] = True
            return all(moved)

        self.until(live, "four live tiles", limit)

    def until_state(self, camera_id: str, state: StreamState) -> None:
        self.until(
            lambda: self.run.engine.status(camera_id).state is state,
            f"{camera_id} {state}",
        )

    def alarm_case(self) -> Case:
        """Have the detector fire; return the case it opened."""
        before = set(self.run.board.cases)
        self.town.field.fire()
        self.until(lambda: bool(set(self.run.board.cases) - before), "the alarm's case")
        (case_id,) = set(self.run.board.cases) - before
        return self.run.board.cases[case_id]

    def case(self, case_id: int) -> Case:
        return self.run.board.cases[case_id]

    def press(self, key: object, modifiers: object | None = None) -> None:
        self.pressed.append(key)
        checker = Check(self.run, self.town.field, shots=None)
        if modifiers is None:
            checker.press(key)  # type: ignore[arg-type]
        else:
            checker.press(key, modifiers)  # type: ignore[arg-type]
        checker.deleteLater()


@pytest.fixture(scope="session")
def drawn_cache() -> Path:
    CAMERA_CACHE.mkdir(parents=True, exist_ok=True)
    return CAMERA_CACHE


@pytest.fixture
def desk_application(qapp: QApplication) -> Iterator[QApplication]:
    """Give the application its fonts and its language."""
    load_fonts()
    translator = load_translation(qapp)
    yield qapp
    if translator is not None:
        qapp.removeTranslator(translator)
    QApplication.processEvents()


@pytest.fixture
def idle_line(home: Home, desk_application: QApplication) -> Iterator[Line]:
    """Return a line that the test starts itself."""
    made = Line(home)
    yield made
    made.close()


@pytest.fixture
def line(idle_line: Line) -> Line:
    idle_line.start()
    return idle_line


@pytest.fixture
def own_desk(home: Home, desk_application: QApplication) -> Iterator[OwnDesk]:
    made = OwnDesk(home)
    try:
        made.start()
        yield made
    finally:
        made.close()


@pytest.fixture
def town(desk_application: QApplication, tmp_path: Path) -> Iterator[TownDesk]:
    """A desk over a small town, with its service and a clock of its own."""
    made = TownDesk(tmp_path)
    yield made
    made.close()
