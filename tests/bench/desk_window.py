"""A desk of the product for a bench: bridge, board, engine and theme, any panel."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from console.app import make_application, utc_now
from console.bridge import Bridge
from console.desk import Desk
from console.processes import own_command
from console.theme import Theme
from dispatch.board import Board
from dispatch.client import DeskClient
from tests.bench.kit import BenchError
from tests.bench.service_kit import OPERATOR
from video.workers import VideoEngine

LOOK_MS = 20


class BenchDesk:
    """What `console.app.DeskRun` makes, but for the main window.

    Thread: UI.

    Attributes:
        desk: What a panel receives.
        engine: Its pictures, or None.
    """

    def __init__(
        self, client: DeskClient, settings: Path, *, with_pictures: bool
    ) -> None:
        self.application = QApplication.instance() or make_application()
        self.engine = (
            VideoEngine(worker_command=own_command("video-worker"))
            if with_pictures
            else None
        )
        self.board = Board()
        self.bridge = Bridge(client, self.board, clock=utc_now)
        self.desk = Desk(
            board=self.board,
            bridge=self.bridge,
            engine=self.engine,
            actor=OPERATOR,
            theme=Theme(),
            clock=utc_now,
            settings=QSettings(str(settings), QSettings.Format.IniFormat),
        )

    def close(self) -> None:
        """End the bridge and the engine; the client is its owner's."""
        self.bridge.stop()
        if self.engine is not None:
            self.engine.close()


def let_run(seconds: float) -> None:
    """Let the window live for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def let_run_until(
    condition: Callable[[], object], what: str, *, limit_s: float
) -> None:
    """Let the window live until a condition holds.

    Raises:
        BenchError: It did not come true.
    """
    loop = QEventLoop()
    look = QTimer()
    look.timeout.connect(lambda: condition() and loop.exit(0))
    look.start(LOOK_MS)
    QTimer.singleShot(round(1000 * limit_s), loop, lambda: loop.exit(1))
    if not condition() and loop.exec() != 0 and not condition():
        raise BenchError(f"waited {limit_s:g} s for {what}")


def child_module(name: str) -> Sequence[str]:
    """Return the command of a bench's own process."""
    return [sys.executable, "-m", f"tests.bench.{name}"]
