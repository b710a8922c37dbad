"""What a test may not leave behind: threads, processes, sockets, segments.

`tests/conftest.py` looks before each test and after it. What the machinery itself keeps
for the whole run stands in the tables below, each with its reason.
"""

import gc
import os
import re
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

import psutil

RUN_ID = uuid.uuid4().hex
"""In the environment of whatever this run starts, and of what that starts."""

LASTING_THREADS: tuple[tuple[str, str], ...] = (
    # (thread name, why it may outlive the test that started it)
    (
        r"desk question_\d",
        "a service that tests share begins its second thread when two ask at once",
    ),
)

LASTING_PROCESSES = (
    # (command line, why it may outlive the test that started it)
    (
        r"multiprocessing\.(resource_tracker|forkserver)",
        "CPython starts one for the whole run at the first shared-memory segment",
    ),
    (
        r"^postgres:|/postgres -D \S*lookout-postgres-",
        "the store tests have one PostgreSQL server for the whole run",
    ),
)

SHM = Path("/dev/shm")
ROOT = str(Path(__file__).resolve().parent.parent)


_SELF = psutil.Process()


@dataclass(frozen=True)
class Leftovers:
    """What this process holds at one moment, by a key that is never used twice."""

    threads: dict[threading.Thread, str] = field(default_factory=dict)
    processes: dict[tuple[int, float], str] = field(default_factory=dict)
    sockets: dict[tuple[object, ...], str] = field(default_factory=dict)
    segments: dict[str, str] = field(default_factory=dict)

    def beyond(self, before: "Leftovers") -> list[str]:
        """Return one sentence for each thing that was not there before."""
        return [
            sentence
            for mine, theirs in (
                (self.threads, before.threads),
                (self.processes, before.processes),
                (self.sockets, before.sockets),
                (self.segments, before.segments),
            )
            for key, sentence in mine.items()
            if key not in theirs
        ]


def _threads() -> dict[threading.Thread, str]:
    found: dict[threading.Thread, str] = {}
    for thread in threading.enumerate():
        if thread is threading.main_thread() or not thread.is_alive():
            continue
        if any(re.fullmatch(name, thread.name) for name, _why in LASTING_THREADS):
            continue
        # Before 3.13 a thread that Qt or FFmpeg made stays listed after its end.
        native = thread.native_id
        if isinstance(thread, threading._DummyThread) and not _native_alive(native):
            continue
        frame = sys._current_frames().get(thread.ident or 0)
        where = "native code"
        while frame is not None:
            where = f"{frame.f_code.co_filename}:{frame.f_lineno}"
            if frame.f_code.co_filename.startswith(ROOT):
                break
            frame = frame.f_back
        kind = "daemon thread" if thread.daemon else "thread"
        found[thread] = f"{kind} {thread.name!r} is still running, in {where}"
    return found


def _native_alive(native: int | None) -> bool:
    if sys.platform != "linux":
        return native is not None and native in {t.id for t in _SELF.threads()}
    return Path(f"/proc/self/task/{native}").exists()


def _processes() -> dict[tuple[int, float], str]:
    found = {}
    for child in _SELF.children(recursive=True):
        state = "is still running"
        try:
            key = (child.pid, child.create_time())
            command = child.name()
            if child.status() == psutil.STATUS_ZOMBIE:
                state = "has ended but nobody waited for it"
            else:
                command = " ".join(child.cmdline())
        except psutil.NoSuchProcess:
            continue
        if any(re.search(line, command) for line, _why in LASTING_PROCESSES):
            continue
        found[key] = f"child process {child.pid} {state}: {command}"
    return found


def _orphans(known: set[int]) -> dict[tuple[int, float], str]:
    """Return processes of this run that lost their parent, and with it their place."""
    found = {}
    for pid in set(psutil.pids()) - known - {os.getpid()}:
        try:
            process = psutil.Process(pid)
            if process.environ().get("LOOKOUT_TEST_RUN") != RUN_ID:
                continue
            if process.status() == psutil.STATUS_ZOMBIE:
                continue
            command = " ".join(process.cmdline())
            key = (pid, process.create_time())
        except (psutil.Error, OSError):
            continue
        if any(re.search(line, command) for line, _why in LASTING_PROCESSES):
            continue
        found[key] = f"process {pid} is still running: {command}"
    return found


def _sockets() -> dict[tuple[object, ...], str]:
    found: dict[tuple[object, ...], str] = {}
    for socket in _SELF.net_connections(kind="inet"):
        if sys.platform == "win32" and socket.status != psutil.CONN_LISTEN:
            continue  # asyncio and libzmq wake themselves through loopback pairs
        text = f"socket {_address(socket.laddr)} is open"
        if socket.status == psutil.CONN_LISTEN:
            text = f"socket {_address(socket.laddr)} is listening"
        elif socket.raddr:
            text = (
                f"socket {_address(socket.laddr)} to {_address(socket.raddr)}"
                f" is open ({socket.status})"
            )
        found[(socket.fd, socket.type, socket.laddr, socket.raddr)] = text
    return found


def _address(address: tuple[object, ...]) -> str:
    return ":".join(str(part) for part in address) or "without an address"


def _segments() -> dict[str, str]:
    if not SHM.is_dir():
        return {}
    return {
        path.name: f"shared-memory segment {path} was not unlinked"
        for path in SHM.iterdir()
    }


def _stranger(name: str) -> bool:
    """Tell whether a new segment belongs to a process that is not of this run."""
    path = str(SHM / name)
    try:
        if (SHM / name).stat().st_uid != os.getuid():
            return True
    except FileNotFoundError:
        return True
    family = {os.getpid()} | {p.pid for p in _SELF.children(recursive=True)}
    for pid in set(psutil.pids()) - family:
        try:
            if path in Path(f"/proc/{pid}/maps").read_text(errors="replace"):
                return psutil.Process(pid).environ().get("LOOKOUT_TEST_RUN") != RUN_ID
        except (psutil.Error, OSError):
            continue
    return False


def _newest_process() -> str:
    """Return the number this machine gave last to a process or thread, or ""."""
    if sys.platform != "linux":
        return ""
    return Path("/proc/loadavg").read_text().rsplit(maxsplit=1)[-1]


_childless_at = ""
"""We had no process while this was the machine's newest: until one begins, none has."""


def look(known_pids: set[int] | None = None) -> Leftovers:
    """Return what this process holds now.

    Args:
        known_pids: Processes that were there before; without them nobody looks for
            those that have lost their parent.
    """
    global _childless_at
    processes: dict[tuple[int, float], str] = {}
    newest = _newest_process()
    if not newest or newest != _childless_at:
        if known_pids is not None:
            processes |= _orphans(known_pids)
        processes |= _processes()
        _childless_at = "" if processes else newest
    return Leftovers(_threads(), processes, _sockets(), _segments())


def left_behind(before: Leftovers, pids: set[int], grace_s: float) -> list[str]:
    """Return what is left after the grace, empty as soon as nothing is."""
    end = time.monotonic() + grace_s
    pause = 0.005
    tries = 0
    while True:
        left = look(pids).beyond(before)
        left = [
            text
            for text in left
            if not (text.startswith("shared-memory") and _stranger(_segment_name(text)))
        ]
        if not left or time.monotonic() > end:
            return left
        tries += 1
        if tries == 3:
            # A cycle may hold a socket that its owner has already let go. To look for it
            # takes longer than what is about to end by itself.
            gc.collect()
        time.sleep(pause)
        pause = min(pause * 2, 0.25)


def _segment_name(text: str) -> str:
    return text.split("/dev/shm/", 1)[1].split(" ", 1)[0]
