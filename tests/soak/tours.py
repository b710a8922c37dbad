"""Tours on real walls for an hour: no tile black, none old without a word, at any time.

`python -m tests.soak tours --minutes 60 --json` runs the demonstration with its drawn
cameras and its service, puts four tours up in the desk's window and four on a wall of
its second monitor, and looks at every paint of both, pixel by pixel, and at what stands
there between them; every half minute a case takes tiles for a while, or a camera is led
on by hand, here or there. `--small` takes a few plain cameras that need no drawing.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("LOOKOUT_SECRETS", "file")
if sys.platform == "linux" and not (
    os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if os.environ.get("QT_QPA_PLATFORM") == "offscreen":  # it has one monitor, else
    monitors = Path(__file__).with_name("two_monitors.json")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={monitors}"

import psutil
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from console.app import DeskRun, log_to, make_application
from console.demo import DemoTown
from console.main_window import MainWindow
from console.panels.wall_window import WallWindow
from console.starting import Reporter
from console.theme import Theme
from dispatch.bus import Bus
from dispatch.commands import RegisterCamera
from dispatch.day_player import DayOrder
from dispatch.people import SYSTEM
from dispatch.secrets import SecretStore
from resources.home import Home
from tests.soak.watching import Beat, Memory, machine, unexplained
from video.layouts import parse
from video.tile_content import TOUR, TileRef
from video.tours import Stop, Tour
from video.wall_scenes import Scene
from video.workers import VideoEngine

SIZE = (1920, 1080)
TILES = 4
BEGINS_WITHIN_S = 600.0  # cameras are drawn first, where no cache has them
SETTLED_S = 120.0
MOST_GROWTH = 10.0  # per cent
DEED_S = 30.0
CASE_S = 6.0
NOBODY = "9999"  # a camera of the tour that is no more


@dataclass(slots=True)
class Verdict:
    """What the soak prints.

    Attributes:
        ok: No tile black, none old without a word, turns were made, memory flat,
            nothing unexplained in a log.
        paints: How many paints were looked at, here and on the wall.
        wall_paints: How many of them were the wall's.
        turns: How often a tile came to show another camera.
        wall_turns: How many of them on the wall.
        monitors: How many there were; the wall's own is the second.
        black: Tiles with nothing to see, at whichever paint.
        unmarked: Tiles older than the promise that claimed to live.
        stalled: The same while the machine gave the window's thread no processor.
        waits: Tiles that said that they have no live picture.
        cases: How often a case took the tiles.
        led: How often a tour was led on by hand.
        examples: The first of what must not be.
        memory: By process, MB once settled and at the end.
        ui_block_ms_max: Longest lateness of a 10 ms timer, looking at paints included.
        unexplained_log: Lines of WARNING and above that nothing explains.
    """

    name: str = "tours"
    version: str = ""
    ok: bool = False
    minutes: float = 0.0
    seconds: float = 0.0
    cameras: int = 0
    monitors: int = 0
    paints: int = 0
    wall_paints: int = 0
    turns: int = 0
    wall_turns: int = 0
    black: int = 0
    unmarked: int = 0
    stalled: int = 0
    waits: int = 0
    cases: int = 0
    led: int = 0
    examples: list[str] = field(default_factory=list)
    memory: dict[str, dict[str, float]] = field(default_factory=dict)
    ui_block_ms_max: float = 0.0
    machine: dict[str, object] = field(default_factory=machine)
    unexplained_log: list[str] = field(default_factory=list)

    def judge(self) -> None:
        """Set `ok` from the figures."""
        flat = all(
            each["growth_percent"] <= MOST_GROWTH for each in self.memory.values()
        )
        self.ok = (
            self.paints > self.wall_paints > 0
            and self.turns > self.wall_turns > 0
            and self.black == self.unmarked == 0
            and flat
            and not self.unexplained_log
        )


def run(arguments: list[str]) -> int:
    """Run the soak and print the verdict."""
    options = _parser().parse_args(arguments)
    verdict = Verdict(version=version("lookout"), minutes=options.minutes)
    with tempfile.TemporaryDirectory(
        prefix="lookout-soak-", ignore_cleanup_errors=True
    ) as folder:
        home = Home(options.home.absolute() if options.home else Path(folder))
        log_to(home.logs, "console")
        make_application()
        source = small_desk if options.small else demonstration
        with source(home, options.cache) as window:
            Soak(window, options, verdict).run()
        verdict.unexplained_log = unexplained(home.logs)[:50]
    verdict.judge()
    said = asdict(verdict)
    text = json.dumps(said, ensure_ascii=False)
    readable = "\n".join(f"{name}: {value}" for name, value in said.items())
    sys.stdout.write((text if options.json else readable) + "\n")
    sys.stdout.flush()
    return 0 if verdict.ok else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.soak tours")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--dwell", type=float, default=10.0, help="seconds a camera")
    parser.add_argument("--small", action="store_true", help="plain cameras, no town")
    parser.add_argument("--cache", type=Path, help="where drawn cameras are kept")
    parser.add_argument("--home", type=Path, help="kept afterwards")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser


@contextmanager
def demonstration(home: Home, cache: Path | None) -> Iterator[MainWindow]:
    """Give the window of the demonstration, its cameras and its day under it."""
    town = DemoTown(
        home,
        hurried=False,
        cache=cache,
        large_pictures=False,
        day=DayOrder(seed=1, speed=1.0, attend=False),
    )
    desk_run = DeskRun(home, town.prepare(Reporter()), Theme())
    try:
        desk_run.open()
        desk_run.window.showNormal()
        desk_run.window.resize(*SIZE)
        yield desk_run.window
    finally:
        desk_run.close()


@contextmanager
def small_desk(home: Home, cache: Path | None) -> Iterator[MainWindow]:
    """Give a window over plain cameras and a bus of its own."""
    from tests.console.desk_kit import Clock, DeskKit
    from tests.video.viewing import PASSWORD, USER, WORKER, Cameras

    folder = home.data
    folder.mkdir(parents=True, exist_ok=True)
    engine = VideoEngine(worker_command=WORKER, worker_count=1)
    with ExitStack() as ends:
        ends.callback(engine.close)
        kit = DeskKit(folder, engine=engine, clock=Clock(running=True))
        ends.callback(kit.close)
        secrets = SecretStore(Home(folder / "keys"))
        kit.bus = kit.client.bus = Bus(kit.store, clock=kit.clock, secrets=secrets)
        kit.start()
        wait(lambda: bool(kit.board.cameras), 20.0)
        known = list(kit.board.cameras.values())
        small = Cameras(cache or folder, [each.camera_id for each in known[:-1]], [])
        ends.callback(small.stop)
        for each in known:  # the last one stays dead
            spec = small.spec(each.camera_id)
            camera = replace(each, main_url=spec.sub_url, sub_url=spec.sub_url)
            kit.client.do(
                RegisterCamera(
                    actor=SYSTEM, camera=camera, username=USER, password=PASSWORD
                )
            )
        kit.alarm()
        window = MainWindow(kit.desk)
        ends.callback(window.deleteLater)
        window.resize(*SIZE)
        window.show()
        yield window


def wait(true, limit_s: float) -> bool:  # type: ignore[no-untyped-def]
    """Let the window live until a condition holds; return whether it came to."""
    end = time.monotonic() + limit_s
    while not (held := true()) and time.monotonic() < end:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    return bool(held)


class Soak:
    """One run over one window.

    Thread: UI.
    """

    def __init__(
        self, window: MainWindow, options: argparse.Namespace, verdict: Verdict
    ) -> None:
        self._window, self._options, self._said = window, options, verdict
        self._deeds = 0
        self._wall: WallWindow

    def run(self) -> None:
        """Put the tours up, look at every paint, count."""
        from tests.console.watch_paints import PaintWatch

        self._arrange()
        self._all_live()
        watches = [PaintWatch(each) for each in (self._window.pictures, self._wall)]
        beat, memory = Beat(), Memory(_pids)
        deeds, saying = QTimer(), QTimer()
        seconds = 60.0 * self._options.minutes
        deeds.timeout.connect(self._do_something)
        saying.timeout.connect(lambda: self._say(watches, memory))
        try:
            began = time.monotonic()
            deeds.start(int(1000 * min(DEED_S, seconds / 4)))
            saying.start(60_000)
            beat.start()
            wait(lambda: False, seconds)
            self._said.seconds = round(time.monotonic() - began, 1)
        finally:
            deeds.stop()
            saying.stop()
            beat.stop()
            memory.close()
            for watch in watches:
                watch.close()
        said = self._said
        counts = sum((watch.counts for watch in watches), Counter())
        turns = [
            sum(watch.turns_of(tile) for tile in range(TILES)) for watch in watches
        ]
        said.paints = sum(watch.paints for watch in watches)
        said.wall_paints = watches[-1].paints
        said.turns, said.wall_turns = sum(turns), turns[-1]
        said.black, said.unmarked = counts["black"], counts["unmarked"]
        said.stalled, said.waits = counts["stalled"], counts["waits"]
        for watch in watches:
            said.examples += map(str, (*watch.black[:10], *watch.unmarked[:10]))
        said.memory = memory.growth(min(SETTLED_S, seconds / 2))
        said.ui_block_ms_max = round(beat.worst_ms, 1)

    def _arrange(self) -> None:
        """Share the cameras among the tours, each with one that is no more."""
        desk, walls = self._window.desk, self._window.walls.walls
        wait(lambda: len(desk.board.cameras) > TILES, 60.0)
        ids = sorted(desk.board.cameras)
        self._said.cameras = len(ids)
        # The wall has them in another order: what both show is decoded once.
        for tile in range(2 * TILES):
            at = tile % TILES
            # On few cameras the tours share: each is decoded once all the same.
            row = ids[at::TILES] if len(ids) >= 3 * TILES else ids[at:] + ids[:at]
            row = row if tile < TILES else row[::-1]
            stops = tuple(Stop(each, self._options.dwell) for each in [*row, NOBODY])
            desk.wall.save_tour(Tour(key=f"t{tile}", name=f"{tile + 1}", stops=stops))
        tiles = tuple(f"tour:t{tile}" for tile in range(TILES))
        scene = Scene(number=1, name="轮巡", layout=str(parse("2x2")), tiles=tiles)
        desk.wall.save_scene(scene)
        desk.wall.call(1)
        self._said.monitors = len(walls.monitors())
        self._wall = walls.open(walls.best_monitor())
        there = [TileRef(TOUR, f"t{tile}") for tile in range(TILES, 2 * TILES)]
        self._wall.put_up(parse("2x2"), there)
        self._wall.case_tiles = frozenset({0})

    def _all_live(self) -> None:
        """Wait until each tile has had its first picture."""
        panel = self._window.pictures

        def live() -> bool:
            shown = (*panel.shown, *self._wall.shown)
            return all(
                each is not None and panel.contents.live_picture(each) is not None
                for each in shown
            )

        if not wait(live, BEGINS_WITHIN_S):
            self._said.examples.append("not every tile had a first picture")

    def _do_something(self) -> None:
        """Open a case for some seconds, or lead a tour on, here or there, in turn."""
        self._deeds += 1
        desk, panel = self._window.desk, self._window.pictures
        if self._deeds % 2 and desk.board.cases:
            self._said.cases += 1
            case_id = min(desk.board.cases)
            desk.open_case(case_id)
            QTimer.singleShot(int(1000 * CASE_S), lambda: self._put_away(case_id))
        elif desk.open_case_id is None:
            self._said.led += 1
            tours = (panel if self._deeds % 4 else self._wall).tours
            tours.lead(self._deeds // 2 % TILES, 1 if self._deeds % 3 else -1)

    def _put_away(self, case_id: int) -> None:
        self._window.desk.open_case(None)
        if self._wall.wall.case_id == case_id:  # else it would stay until it has ended
            self._window.walls.walls.cases.send(case_id, self._wall.key, 0)

    def _say(self, watches, memory: Memory) -> None:  # type: ignore[no-untyped-def]
        newest = {name: samples[-1][1] for name, samples in memory.curve.items()}
        seen = [(watch.paints, dict(watch.counts)) for watch in watches]
        sys.stderr.write(f"soak: desk and wall {seen}, {newest}\n")
        sys.stderr.flush()


def _pids() -> dict[str, list[int]]:
    found = {"desk": [os.getpid()]}
    for child in psutil.Process().children():
        try:
            words = child.cmdline()
        except psutil.Error:
            continue
        named = [each for each in words if each in ("service", "virtual-field")]
        is_worker = any("video" in each and "worker" in each for each in words)
        if named or is_worker:
            name = named[0] if named else "video workers"
            found.setdefault(name, []).append(child.pid)
    return found
