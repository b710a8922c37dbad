"""What a soak looks at while it runs: the window's timer, memory, logs."""

import logging
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil
from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 10
BLOCKED_MS = 50.0
CAUGHT_MS = 30.0
SAMPLE_S = 15.0

# (logger, message, why it says nothing against the program)
EXPLAINED: tuple[tuple[str, str, str], ...] = (
    (
        "qt",
        r"This plugin does not support (propagateSizeHints|raise)\(\)",
        "Qt's invisible screen cannot do what a window manager does",
    ),
)
_LOG_LINE = re.compile(r"^\S+ \S+ (WARNING|ERROR|CRITICAL) (\S+): (.*)$")

_log = logging.getLogger("lookout.soak")


class Beat(QObject):
    """How late a 10 ms timer comes on the UI thread, and whether that was our doing.

    A block in which this process itself worked is ours, whichever thread held the
    interpreter; in the others the machine gave the processor to somebody else.

    Thread: UI.

    Attributes:
        worst_ms: The longest one.
        over: How many were longer than 50 ms.
        own_worst_ms: The longest in which this process worked.
        own_over: How many of those were longer than 50 ms.
        blocks: Of each over 50 ms, the first 200: seconds since the start, length,
            this thread's work in it, the whole process's.
        caught: What this thread was doing when it had been late for 30 ms, and how
            often it was found doing that.
    """

    def __init__(self) -> None:
        super().__init__()
        self.caught: dict[str, int] = {}
        self.worst_ms = 0.0
        self.over = 0
        self.own_worst_ms = 0.0
        self.own_over = 0
        self.blocks: list[tuple[float, float, float, float]] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._began = self._last = time.perf_counter()
        self._worked = (time.thread_time(), time.process_time())

    def start(self) -> None:
        """Begin."""
        self._began = self._last = time.perf_counter()
        self._worked = (time.thread_time(), time.process_time())
        self._thread = threading.get_ident()
        self._ended = threading.Event()
        self._catcher = threading.Thread(target=self._catch, name="catch")
        self._catcher.start()
        self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()
        self._ended.set()
        self._catcher.join(30)

    def _catch(self) -> None:
        """Name what is under way whenever a beat is overdue; on a thread of its own."""
        named = self._last
        while not self._ended.wait(BEAT_MS / 1000.0):
            last = self._last
            late_ms = (time.perf_counter() - last) * 1000.0 - BEAT_MS
            if late_ms < CAUGHT_MS or named == last:
                continue
            named = last
            frame = sys._current_frames().get(self._thread)
            where: list[str] = []
            while frame is not None and len(where) < 6:
                code = frame.f_code
                where.append(f"{Path(code.co_filename).stem}.{code.co_name}")
                frame = frame.f_back
            text = " < ".join(where)
            self.caught[text] = self.caught.get(text, 0) + 1

    def _beat(self) -> None:
        now, worked = time.perf_counter(), (time.thread_time(), time.process_time())
        late_ms = (now - self._last) * 1000.0 - BEAT_MS
        work_ms = (worked[0] - self._worked[0]) * 1000.0
        all_ms = (worked[1] - self._worked[1]) * 1000.0
        self._last, self._worked = now, worked
        self.worst_ms = max(self.worst_ms, late_ms)
        own_ms = min(late_ms, all_ms)
        self.own_worst_ms = max(self.own_worst_ms, own_ms)
        self.own_over += own_ms > BLOCKED_MS
        if late_ms > BLOCKED_MS:
            self.over += 1
            if len(self.blocks) < 200:
                at = round(now - self._began, 2)
                spans = (round(late_ms, 1), round(work_ms, 1), round(all_ms, 1))
                self.blocks.append((at, *spans))


class Memory:
    """Proportional memory of each process over time, read on a thread of its own.

    Attributes:
        curve: Seconds since the start and MB, by process.
    """

    def __init__(self, pids: Callable[[], Mapping[str, list[int]]]) -> None:
        self.curve: dict[str, list[tuple[float, float]]] = {}
        self._pids = pids
        self._began = time.monotonic()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="memory")
        self._thread.start()

    def look(self) -> None:
        """Take one sample."""
        at = time.monotonic() - self._began
        for name, pids in self._pids().items():
            total = sum(pss_mb(pid) for pid in pids)
            self.curve.setdefault(name, []).append((round(at, 1), round(total, 1)))

    def close(self) -> None:
        """End, with a last sample."""
        self._ended.set()
        self._thread.join(30)

    def growth(self, settled_s: float) -> dict[str, dict[str, float]]:
        """Return what each process had once it had settled, and at the end."""
        found = {}
        for name, samples in self.curve.items():
            after = [mb for at, mb in samples if at >= settled_s] or [samples[-1][1]]
            # The middle of a few: one sample may fall into a moment's work.
            first = sorted(after[:3])[len(after[:3]) // 2]
            last = sorted(after[-3:])[len(after[-3:]) // 2]
            growth = 100.0 * (last - first) / max(first, 1.0)
            found[name] = {
                "settled_mb": first,
                "end_mb": last,
                "growth_percent": round(growth, 1),
            }
        return found

    def _run(self) -> None:
        while not self._ended.wait(SAMPLE_S):
            self.look()
        self.look()


def pss_mb(pid: int) -> float:
    """Return a process's proportional memory; its own where that cannot be read."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        try:
            return float(psutil.Process(pid).memory_full_info().uss) / 2**20
        except psutil.Error:
            return 0.0
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.M)
    return int(found.group(1)) / 1024 if found else 0.0


def cpu_seconds(pids: Mapping[str, list[int]]) -> dict[str, float]:
    """Return the processor time each part has had."""
    found = {}
    for name, group in pids.items():
        total = 0.0
        for pid in group:
            try:
                times = psutil.Process(pid).cpu_times()
            except psutil.Error:
                continue
            total += times.user + times.system
        found[name] = total
    return found


def unexplained(logs: Path) -> list[str]:
    """Return the lines of WARNING and above that no row of `EXPLAINED` explains."""
    found = []
    for path in sorted(logs.iterdir()):
        text = path.read_text(encoding="utf-8", errors="replace")
        for line in text.splitlines():
            if path.suffix == ".err":
                found.append(f"{path.name}: {line}")
                continue
            match = _LOG_LINE.match(line)
            if match is None:
                continue
            _, logger, message = match.groups()
            if not any(
                logger == name and re.search(pattern, message)
                for name, pattern, _why in EXPLAINED
            ):
                found.append(f"{path.name}: {line}")
    return found


def machine() -> dict[str, object]:
    """Return what every bench and soak says of its machine."""
    load = round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None
    return {"cpu_count": os.cpu_count(), "load_1m": load}
