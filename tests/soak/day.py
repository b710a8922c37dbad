"""The living day before a real desk: an hour of it, and nothing may be lost or grow.

`python -m tests.soak day --minutes 60 --speed 20 --json` runs the service, the field
with every device, the demonstration's desk that does the work, and a real window that
opens one case after the other; then it asks the store, the devices and the logs.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("LOOKOUT_SECRETS", "file")
if sys.platform == "linux" and not (
    os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from console.app import DeskRun, log_to, make_application
from console.demo import DemoTown
from console.starting import Reporter
from console.theme import Theme
from dispatch.board import Board
from dispatch.day_player import DayOrder
from dispatch.feed import Feed
from dispatch.living_day import HOUR_S
from dispatch.questions import MessageCounts
from dispatch.queueing import due_lane, now_lane
from dispatch.store import Store, sqlite_url
from resources.home import Home
from tests.soak.replay import inconsistent_cases
from tests.soak.watching import (
    Beat,
    Memory,
    cpu_seconds,
    machine,
    unexplained,
)

SIZE = (1920, 1080)
LOOKS_S = 8.0  # at a case, before the next one is opened
SETTLED_S = 120.0
MOST_GROWTH = 10.0  # per cent
WHOLE_DAY_FROM_S = 6 * HOUR_S
BUSY_FROM_S = (16 + 50 / 60) * HOUR_S


@dataclass(slots=True)
class Verdict:
    """What the soak prints.

    Attributes:
        ok: Nothing lost, every case consistent, memory flat, no block over 50 ms,
            nothing unexplained in a log.
        messages_acknowledged: What the devices were told is kept.
        messages_lost: Of those, how many the store does not have.
        messages_waiting: Still in the devices' outboxes at the end.
        messages_rejected: Refused for good.
        cases: How many there were.
        cases_open: Of those, how many nobody had closed.
        cases_inconsistent: What a case's log says otherwise than the case.
        board_differs: The desk's picture is not what a new desk would see.
        memory: By process, MB once settled and at the end.
        cpu_percent: By process, of one core.
        ui_block_ms_max: Longest lateness of a 10 ms timer on the UI thread.
        ui_blocks_over_50: How many were longer than 50 ms.
        ui_block_own_ms_max: The longest in which the desk itself worked.
        ui_blocks_own_over_50: How many of those were longer than 50 ms.
        ui_blocks: Seconds since the start, length, the window's own work in it, the
            whole process's.
        ui_caught: What the window was doing when it was 30 ms late, innermost first,
            and how often.
        unexplained_log: Lines of WARNING and above that nothing explains.
    """

    name: str = "day"
    version: str = ""
    ok: bool = False
    minutes: float = 0.0
    speed: float = 0.0
    seed: int = 0
    seconds: float = 0.0
    messages_acknowledged: int = 0
    messages_lost: int | None = None
    messages_waiting: int | None = None
    messages_rejected: int | None = None
    cases: int = 0
    cases_open: int = 0
    cases_inconsistent: list[str] = field(default_factory=list)
    board_differs: list[str] = field(default_factory=list)
    memory: dict[str, dict[str, float]] = field(default_factory=dict)
    cpu_percent: dict[str, float] = field(default_factory=dict)
    ui_block_ms_max: float | None = None
    ui_blocks_over_50: int | None = None
    ui_block_own_ms_max: float | None = None
    ui_blocks_own_over_50: int | None = None
    ui_blocks: list[tuple[float, float, float, float]] = field(default_factory=list)
    ui_caught: dict[str, int] = field(default_factory=dict)
    machine: dict[str, object] = field(default_factory=machine)
    unexplained_log: list[str] = field(default_factory=list)

    def judge(self) -> None:
        """Set `ok` from the figures."""
        flat = all(
            each["growth_percent"] <= MOST_GROWTH for each in self.memory.values()
        )
        self.ok = (
            self.messages_lost == 0
            and self.messages_waiting == 0
            and self.cases > 0
            and not self.cases_inconsistent
            and not self.board_differs
            and flat
            and self.ui_blocks_over_50 == 0
            and not self.unexplained_log
        )


def run(arguments: list[str]) -> int:
    """Run the soak and print the verdict."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(
        prefix="lookout-soak-", ignore_cleanup_errors=True
    ) as folder:
        home = Home(options.home.absolute() if options.home else Path(folder))
        verdict = Soak(home, options).run()
    verdict.judge()
    text = json.dumps(asdict(verdict), ensure_ascii=False)
    sys.stdout.write(text + "\n" if options.json else f"{_readable(verdict)}\n")
    sys.stdout.flush()
    return 0 if verdict.ok else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.soak day")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--speed", type=float, default=20.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="begins_h", type=float, help="hour of the day")
    parser.add_argument("--pictures", action="store_true", help="with the cameras too")
    parser.add_argument("--cache", type=Path, help="where drawn cameras are kept")
    parser.add_argument("--home", type=Path, help="kept afterwards")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    return parser


def _readable(verdict: Verdict) -> str:
    return "\n".join(f"{name}: {value}" for name, value in asdict(verdict).items())


class Soak:
    """One run.

    Thread: UI.
    """

    def __init__(self, home: Home, options: argparse.Namespace) -> None:
        self._home, self._options = home, options
        self._verdict = Verdict(
            version=version("lookout"),
            minutes=options.minutes,
            speed=options.speed,
            seed=options.seed,
        )
        self._looked = 0

    def run(self) -> Verdict:
        """Start everything, let it live, end it, and look."""
        log_to(self._home.logs, "console")
        application = make_application()
        options = self._options
        self._town = DemoTown(
            self._home,
            hurried=False,
            cache=options.cache,
            large_pictures=False,
            pictures=options.pictures,
            day=DayOrder(
                seed=options.seed,
                speed=options.speed,
                begins_s=self._begins_s(),
                attend=True,
            ),
        )
        prepared = self._town.prepare(Reporter())
        self._run = DeskRun(self._home, prepared, Theme())
        try:
            self._run.open()
            self._run.window.showNormal()
            self._run.window.resize(*SIZE)
            self._until(lambda: bool(self._run.board.units), 30.0)
            self._live(application)
            self._count_messages()
        finally:
            self._run.close()
        self._look_at_store()
        self._verdict.unexplained_log = unexplained(self._home.logs)[:50]
        return self._verdict

    def _begins_s(self) -> float:
        """A long run sees a day, a short one the busy hour."""
        options = self._options
        if options.begins_h is not None:
            return float(options.begins_h) * HOUR_S
        hours = options.minutes * options.speed / 60.0
        return WHOLE_DAY_FROM_S if hours > 12 else BUSY_FROM_S

    def _live(self, application: QApplication) -> None:
        seconds = 60.0 * self._options.minutes
        beat = Beat()
        memory = Memory(self._pids)
        looking = QTimer()
        looking.setInterval(int(1000 * LOOKS_S))
        looking.timeout.connect(self._look_at_a_case)
        saying = QTimer()
        saying.setInterval(60_000)
        saying.timeout.connect(lambda: self._say(beat, memory))
        try:
            self._until(lambda: False, 3.0)  # the window's first paintings
            before, began = cpu_seconds(self._pids()), time.monotonic()
            for timer in (looking, saying):
                timer.start()
            beat.start()
            # quit() would ask the window, which may say no while something urgent stands
            QTimer.singleShot(int(1000 * seconds), lambda: application.exit(0))
            application.exec()
        finally:
            for timer in (looking, saying):
                timer.stop()
            beat.stop()
            memory.close()
        after, lasted = cpu_seconds(self._pids()), time.monotonic() - began
        said = self._verdict
        said.seconds = round(lasted, 1)
        said.cpu_percent = {
            name: round(100.0 * (after[name] - before.get(name, 0.0)) / lasted, 1)
            for name in after
        }
        said.memory = memory.growth(min(SETTLED_S, seconds / 2))
        said.ui_block_ms_max = round(beat.worst_ms, 1)
        said.ui_blocks_over_50 = beat.over
        said.ui_block_own_ms_max = round(beat.own_worst_ms, 1)
        said.ui_blocks_own_over_50 = beat.own_over
        said.ui_blocks = beat.blocks[:40]
        said.ui_caught = beat.caught

    def _pids(self) -> dict[str, list[int]]:
        found = {"desk": [os.getpid()]}
        for name, child in (
            ("service", self._town.service),
            ("field", self._town.field.child),
            ("cameras", self._town.cameras),
        ):
            if child is not None and child.alive:
                found[name] = [child.pid]
        known = {pid for group in found.values() for pid in group}
        workers = [p.pid for p in psutil.Process().children() if p.pid not in known]
        if workers:
            found["video workers"] = workers
        return found

    def _look_at_a_case(self) -> None:
        """Open the next case, as somebody who only looks would; then none."""
        board, now = self._run.board, self._run.desk.clock()
        rows = [*now_lane(board, now), *due_lane(board, now)]
        ids = [case_id for row in rows for case_id in row.case_ids]
        self._looked += 1
        if not ids or self._looked % 5 == 0:
            self._run.desk.open_case(None)
        else:
            self._run.desk.open_case(ids[self._looked % len(ids)])

    def _say(self, beat: Beat, memory: Memory) -> None:
        newest = {name: samples[-1][1] for name, samples in memory.curve.items()}
        open_cases = sum(c.state.is_open for c in self._run.board.cases.values())
        sys.stderr.write(
            f"soak: {len(self._run.board.cases)} cases, {open_cases} open,"
            f" {newest} MB, worst block {beat.worst_ms:.0f} ms"
            f" ({beat.over} over {50})\n"
        )
        sys.stderr.flush()

    def _count_messages(self) -> None:
        """End the field, then ask the store: it may only have more."""
        assert self._town.field.child is not None
        self._town.field.child.stop(20.0)
        stats = self._town.field.stats
        told = self._town.field.acknowledged() or {}
        answer = self._run.desk.ask(MessageCounts())
        self._until(answer.done, 20.0)
        kept: dict[str, int] = answer.result(0)  # type: ignore[assignment]
        said = self._verdict
        said.messages_acknowledged = sum(told.values())
        said.messages_lost = sum(
            max(0, count - kept.get(device_id, 0)) for device_id, count in told.items()
        )
        said.messages_waiting = int(stats.get("waiting", -1))
        said.messages_rejected = int(stats.get("rejected", -1))
        self._until(lambda: False, 2.5)  # the last changes come in

    def _look_at_store(self) -> None:
        """Replay every log; and compare the desk's picture with a new one."""
        store = Store(sqlite_url(self._home.data / "lookout.db"))
        try:
            said = self._verdict
            said.cases, faults = inconsistent_cases(store)
            said.cases_inconsistent = faults[:50]
            fresh, board = Board(), self._run.board
            fresh.load(Feed(store).snapshot())
        finally:
            store.close()
        said.cases_open = sum(c.state.is_open for c in fresh.cases.values())
        for word in ("cases", "alarms", "units", "readings"):
            ours, theirs = getattr(board, word), getattr(fresh, word)
            if ours != theirs:
                keys = [k for k in {*ours, *theirs} if ours.get(k) != theirs.get(k)]
                said.board_differs.append(f"{word}: {sorted(map(str, keys))[:10]}")

    def _until(self, true, limit_s: float) -> None:  # type: ignore[no-untyped-def]
        """Let the window live until a condition holds, or for so long."""
        end = time.monotonic() + limit_s
        while not true() and time.monotonic() < end:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
