"""Puts the desk together: the service, the link to it, the pictures, the window.

Everything a desk needs is made here, in this order, and taken down in the
opposite one. Nothing else in the console starts a process.
"""

import gc
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import (
    QByteArray,
    QCoreApplication,
    QMessageLogContext,
    QObject,
    QSettings,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox

from console.bridge import Bridge, EarlierRefusals
from console.call_line import open_calls
from console.demo_home import adopt
from console.desk import Desk
from console.display import say_why_it_ends
from console.fault_log import log_faults
from console.layers.map_data import read_map_data
from console.looks import Looks
from console.main_window import MainWindow
from console.only_one import OnlyOne
from console.processes import Message, own_command
from console.service_process import ServiceProcess
from console.speaker import Sink, Speaker
from console.starting import Cancelled, Reporter, StartPage
from console.station_window import StationWindow
from console.theme import Theme, load_fonts, scale_for
from console.who import actor_of, in_language, sitting
from dispatch.board import Board
from dispatch.client import DeskClient
from dispatch.homelock import CONNECTED
from dispatch.people import Actor
from dispatch.profile_use import DEFAULT
from dispatch.profiles import CORE, load_taxonomy
from dispatch.service import desk_keys, where_desks_connect
from resources.home import Home
from resources.process import calm_garbage_collection
from video.workers import VideoEngine

_log = logging.getLogger("lookout.app")

SWITCH_S = 0.0005  # the window waits for another thread's turn no longer than this
DEVICES_MS = 3_000  # the first pictures come before the machine is looked through
SETTLED_MS = 20_000  # a desk has followed its service for a while
START_SIZE = (1920, 1080)  # where a screen cannot say what is maximal


def utc_now() -> datetime:
    """Return the time; the clock of every console that is not a test."""
    return datetime.now(UTC)


class Stoppable(Protocol):
    """A process, or what keeps one running."""

    def stop(self) -> None:
        """End it for good."""


@dataclass(slots=True)
class Prepared:
    """What stands before the window opens.

    Attributes:
        client: The link to the service.
        refusals: What it refuses of an earlier run's commands.
        children: Processes to end with the desk, last started first ended.
        actor: Who sits here.
        map_folder: Where the town's roads, waters and buildings lie, or None.
    """

    client: DeskClient
    refusals: EarlierRefusals
    children: Sequence[Stoppable]
    actor: Actor
    map_folder: Path | None = None

    def close(self) -> None:
        """End the link and the processes."""
        self.client.close()
        for child in reversed(self.children):
            child.stop()


class Run(QObject):
    """One desk or station from its window's opening to its end.

    Thread: UI.

    Attributes:
        window: Its window; whoever makes the run makes it.
    """

    window: QMainWindow

    def __init__(
        self,
        home: Home,
        prepared: Prepared,
        theme: Theme,
        *,
        engine: VideoEngine | None,
        looks: Looks | None = None,
        sink: Sink | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__()
        self.prepared = prepared
        self.home = home
        settings = desk_settings(home)
        for rules in (CORE, DEFAULT):
            load_taxonomy(rules)  # read now, not while the first case is looked at
        self.board = Board()
        self.bridge = Bridge(prepared.client, self.board, clock=clock)
        prepared.refusals.listen(self.bridge.put_refused_earlier)
        self.desk = Desk(
            board=self.board,
            bridge=self.bridge,
            engine=engine,
            actor=prepared.actor,
            theme=theme,
            clock=clock,
            settings=settings,
            looks=looks,
            sink=sink,
        )
        for child in prepared.children:
            if isinstance(child, ServiceProcess):
                self.desk.service_said = partial(getattr, child, "said")
        self.desk.looks.changed.connect(self._name_who_sits_here)
        self._name_who_sits_here()
        self._closed = False
        # What stands there by then is nearly all that ever will: not looked through
        # for garbage any more.
        self._settled = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._settled.timeout.connect(gc.freeze)

    def _name_who_sits_here(self) -> None:
        desk = self.desk
        actor = in_language(desk.actor, desk.looks.language)
        if (self.home.data / CONNECTED).exists():  # a service's word for the seat
            actor = replace(actor, seat=desk.actor.seat)
        desk.actor = actor

    def open(self) -> None:
        """Show the window and begin to follow."""
        if not self._restore_place():
            self.window.resize(*START_SIZE)
            self.window.setWindowState(Qt.WindowState.WindowMaximized)
        self.window.show()
        self.window.activateWindow()  # where no window manager does, keys go nowhere
        self.bridge.start()
        self._settled.start()

    def close(self) -> None:
        """Take everything down, the window first."""
        if self._closed:
            return
        self._closed = True
        self._settled.stop()
        self.desk.wants.settle()  # who has looked is written down to the last moment
        gc.unfreeze()  # what of it goes now is garbage like any other
        self.desk.settings.setValue("window/place", self.window.saveGeometry())
        self.desk.leaving.settled = True
        self.window.close()
        self.desk.listening.close()
        self.desk.sounds.sink.close()
        self.bridge.stop()
        if self.desk.engine is not None:
            self.desk.engine.close()
        self.prepared.close()

    def _restore_place(self) -> bool:
        kept = self.desk.settings.value("window/place")
        return isinstance(kept, QByteArray) and self.window.restoreGeometry(kept)


class StationRun(Run):
    """A station: a window of its own, and no pictures of cameras.

    Thread: UI.
    """

    def __init__(
        self, home: Home, prepared: Prepared, theme: Theme, **how: Any
    ) -> None:
        super().__init__(home, prepared, theme, engine=None, **how)
        self.window: StationWindow = StationWindow(self.desk)


class DeskRun(Run):
    """A desk: the whole window, with pictures and walls.

    Thread: UI.
    """

    def __init__(
        self, home: Home, prepared: Prepared, theme: Theme, **how: Any
    ) -> None:
        engine = VideoEngine(
            worker_command=own_command("video-worker"), errors=home.logs / "video.err"
        )
        super().__init__(home, prepared, theme, engine=engine, **how)
        self.engine = engine
        self.window: MainWindow = MainWindow(self.desk)
        self.calls = open_calls(self.desk, home)
        if prepared.map_folder is not None:
            self._lay_ground(prepared.map_folder)
        self._devices = QTimer(self, singleShot=True, interval=DEVICES_MS)
        self._devices.timeout.connect(
            lambda: self.desk.decoding.look(own_command("video-probe"))
        )

    def _lay_ground(self, folder: Path) -> None:
        """Put a town's roads and waters under the map; a bad file stops no desk."""
        try:
            ground = read_map_data(folder)
        except ValueError as error:
            _log.warning("the map's ground is left out: %s", error)
            return
        self.desk.map_data = ground
        self.window.map.set_map_data(ground)
        self.window.walls.walls.visitors.know_roads(each.name for each in ground.roads)
        self.desk.finder.know_buildings(each.outline for each in ground.buildings)

    def open(self) -> None:
        """Show the window and begin to follow; look at the machine's devices later."""
        super().open()
        self._devices.start()

    def close(self) -> None:
        """Take everything down, the window first."""
        self._devices.stop()
        if self.calls is not None:
            self.calls.close()
        super().close()


def desk_settings(home: Home) -> QSettings:
    """Return where the desk of a home remembers its looks, sizes and tabs."""
    return QSettings(str(home.data / "desk.ini"), QSettings.Format.IniFormat)


def make_application() -> QApplication:
    """Return the application, with its fonts."""
    qInstallMessageHandler(_log_qt)
    log_faults()
    sys.setswitchinterval(SWITCH_S)
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running  # a page before the desk has made it
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Lookout")
    load_fonts()
    calm_garbage_collection()
    return application


def _log_qt(kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    """Put what Qt says into the log, not on the terminal of whoever started us."""
    if kind is QtMsgType.QtFatalMsg and "platform plugin" in text:
        say_why_it_ends()
    level = logging.WARNING if kind is not QtMsgType.QtDebugMsg else logging.DEBUG
    logging.getLogger("qt").log(level, "%s", text)


def log_to(folder: Path, name: str) -> None:
    """Write this process's log to a file that never grows beyond a few MB."""
    handler = RotatingFileHandler(
        folder / f"{name}.log", maxBytes=2_000_000, backupCount=3, encoding="utf-8"
    )
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    )
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def run_console(home: Home) -> int:
    """Open the desk of an installation; raise its window where one is open."""
    return run_desk(home, partial(prepare_console, home))


def prepare_console(home: Home, report: Reporter) -> Prepared:
    """Start or join the service of a home, and make the link to it."""
    adopt(home)
    service = ServiceProcess(home)
    said = service.start(report)
    report("desk")
    refusals = EarlierRefusals()
    return Prepared(
        client=connect(home, said, refusals),
        refusals=refusals,
        children=[service],
        actor=actor_of(sitting(home)),
        map_folder=home.root / "map",
    )


def connect(home: Home, said: Message, refusals: EarlierRefusals) -> DeskClient:
    """Return the link to the service of this home that said this of itself.

    It is followed where it starts again at another port. What an earlier run had left in the outbox is sent at once; `refusals` keeps
    what the service refuses of it until a desk can show it.
    """
    return DeskClient(
        str(said["desk_address"]),
        server_key=str(said["server_key"]),
        desk_keys=desk_keys(home),
        outbox=home.data / "desk-outbox.db",
        clock=utc_now,
        on_refused=refusals,
        find=partial(where_desks_connect, home),
    )


def run_desk(
    home: Home,
    prepare: Callable[[Reporter], Prepared],
    *,
    started: Callable[[DeskRun], None] | None = None,
    attended: bool = True,
    second: int = 0,
) -> int:
    """Show the start page while `prepare` works, then the desk, until it is closed.

    Args:
        home: Whose desk.
        prepare: Starts what the desk stands on; runs on a thread of its own.
        started: Called with the desk once its window is shown.
        attended: Someone is there to read a message and put it away.
        second: The exit status where this home's desk is open already.

    Returns:
        The process's exit status.
    """
    log_to(home.logs, "console")
    application = make_application()
    only = OnlyOne(home)
    if only.another_answers():
        sys.stdout.write(
            f"lookout: already open on {home.root}; its window is in front\n"
        )
        return second
    theme = Theme()
    looks = Looks(theme, desk_settings(home))
    theme.scale = scale_for(application.primaryScreen(), share=looks.share / 100)
    looks.apply()
    product = QCoreApplication.translate("MainWindow", "Lookout")
    application.setFont(theme.font())
    application.setStyleSheet(theme.style_sheet())
    application.setQuitOnLastWindowClosed(False)
    page: StartPage[Prepared] = StartPage(product, prepare, theme=theme)
    runs: list[Run] = []

    def give_up(error: BaseException) -> None:
        _log.error("the desk cannot start: %s", error, exc_info=error)
        text = page.failure_text(error)
        sys.stderr.write(f"lookout: {text}\n")
        if attended:
            QMessageBox.critical(None, page.windowTitle(), text)

    def show_desk(prepared: Prepared) -> None:
        # A desk that nobody sits at disturbs nobody.
        sink = Speaker(home.cache / "sounds", scratch=home.run) if attended else None
        run: DeskRun | StationRun
        if prepared.actor.scope is not None:
            run = StationRun(home, prepared, theme, looks=looks, sink=sink)
        else:
            run = DeskRun(home, prepared, theme, looks=looks, sink=sink)
            only.walls_wanted = run.window.walls.show_walls
        runs.append(run)
        only.raised.append(run.window)
        application.setQuitOnLastWindowClosed(True)
        run.open()
        if started is not None and isinstance(run, DeskRun):
            started(run)

    def on_prepared(future: "Future[Prepared]") -> None:
        error = future.exception()
        if error is not None:
            if not isinstance(error, Cancelled):
                give_up(error)
            application.exit(1)
            return
        try:
            show_desk(future.result())
        except Exception as fault:  # noqa: BLE001 - no window: nobody could end it
            if not runs:
                future.result().close()
            give_up(fault)
            application.exit(1)

    def let_go(_session: object) -> None:
        for run in runs:
            run.desk.leaving.let_go()

    page.finished.connect(on_prepared)
    application.commitDataRequest.connect(let_go)
    stop = _quit_on_signals(application, runs)
    page.start()
    try:
        return application.exec()
    finally:
        stop.stop()
        only.close()
        for run in runs:
            run.close()


def _quit_on_signals(application: QApplication, runs: Sequence[object]) -> QTimer:
    """Let Ctrl+C and SIGTERM end the desk: whoever sends them is not asked again.

    Before a desk stands they end its start, as closing the start page does.
    """

    def quit_now(*_: object) -> None:
        if runs:
            application.exit(0)  # quit() would ask the window, which may say no
        else:
            application.quit()

    signal.signal(signal.SIGINT, quit_now)
    signal.signal(signal.SIGTERM, quit_now)
    awake = QTimer(application)  # Python hears a signal only when it runs
    awake.start(200)
    awake.timeout.connect(lambda: None)
    return awake
