"""What every bench shares: the report, shares of a sample, processes, a screen."""

import contextlib
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import psutil

from tests.limits_kit import KILLED_S, patience


class BenchError(RuntimeError):
    """A bench could not run; its text is what the report says as "error"."""


class Report:
    """One bench's figures, and the line of JSON that ends it.

    Args:
        name: The bench's.
    """

    def __init__(self, name: str) -> None:
        self._began = time.monotonic()
        self._figures: dict[str, object] = {"name": name, "version": version("lookout")}

    def add(self, **figures: object) -> None:
        """Take figures in; numbers are rounded to what they can mean."""
        self._figures |= {key: _rounded(value) for key, value in figures.items()}

    def figure(self, key: str) -> object:
        """Return a figure that was taken in."""
        return self._figures[key]

    def line(self) -> str:
        """Return everything as one JSON object."""
        common = {
            "seconds": round(time.monotonic() - self._began, 1),
            "cpu_count": os.cpu_count(),
            "load_1m": round(os.getloadavg()[0], 2)
            if hasattr(os, "getloadavg")
            else None,
        }
        return json.dumps(self._figures | common, ensure_ascii=False)


def _rounded(value: object) -> object:
    if not isinstance(value, float):
        return value
    if not math.isfinite(value):
        raise BenchError("a figure is no number")
    return round(value) if abs(value) >= 1000 else float(f"{value:.4g}")


def say(text: str) -> None:
    """Say how far a bench is; stdout belongs to the report."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def share(values: Sequence[float], per_cent: float) -> float:
    """Return the value that so many per cent of a sample do not exceed."""
    if not values:
        raise BenchError("nothing was measured")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * per_cent / 100) - 1)]


def mean(values: Sequence[float]) -> float:
    """Return the mean of what was measured."""
    if not values:
        raise BenchError("nothing was measured")
    return sum(values) / len(values)


def cache_folder() -> Path:
    """Return where made data is kept: $LOOKOUT_BENCH_CACHE, else the user's cache."""
    named = os.environ.get("LOOKOUT_BENCH_CACHE")
    if named:
        folder = Path(named)
    elif sys.platform == "win32":
        folder = Path(os.environ["LOCALAPPDATA"]) / "lookout-bench"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        folder = Path(base) / "lookout-bench"
    folder.mkdir(parents=True, exist_ok=True)
    return folder.absolute()


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """Give an empty folder on the disk of the cache: commits must cost what they do."""
    with tempfile.TemporaryDirectory(
        prefix="run-", dir=cache_folder(), ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def end(process: "subprocess.Popen[str]", *, wait_s: float = 10.0) -> None:
    """End a process of ours that ends with its input; kill it where it does not."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    try:
        process.wait(wait_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(KILLED_S)


def family(*pids: int) -> list[psutil.Process]:
    """Return processes with all that they have started."""
    found: list[psutil.Process] = []
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(pid)
            found += [process, *process.children(recursive=True)]
    return found


def cpu_s(processes: Sequence[psutil.Process]) -> float:
    """Return the processor time that processes have used, user and system."""
    total = 0.0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def pss_mb(processes: Sequence[psutil.Process]) -> float:
    """Return the memory of processes, what they share counted once (Linux).

    Elsewhere what each has to itself, the nearest there is.
    """
    total = 0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            memory = process.memory_full_info()
            total += getattr(memory, "pss", None) or memory.uss
    return total / 1e6


@contextlib.contextmanager
def screen(width: int = 1920, height: int = 1080) -> Iterator[None]:
    """Give a real X server where there is none: an Xvfb of our own, ended after."""
    if sys.platform != "linux" or os.environ.get("DISPLAY"):
        yield
        return
    reading, writing = os.pipe()
    try:
        server = subprocess.Popen(
            [
                *("Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"),
                *("-screen", "0", f"{width}x{height}x24"),
            ],
            pass_fds=[writing],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        os.close(reading)
        raise BenchError("no DISPLAY, and no Xvfb to start") from None
    finally:
        os.close(writing)
    before = {name: os.environ.get(name) for name in ("DISPLAY", "QT_QPA_PLATFORM")}
    try:
        with os.fdopen(reading) as told, patience(server):
            number = told.readline().strip()
        if not number:
            raise BenchError("Xvfb did not start")
        os.environ |= {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        yield
    finally:
        _restore(before)
        server.terminate()
        try:
            server.wait(KILLED_S)
        finally:
            server.kill()


def _restore(before: Mapping[str, str | None]) -> None:
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
