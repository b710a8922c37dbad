"""Noise is failure: what every test of this tree is held to.

A test fails when it leaves something behind or makes a noise that nobody asked for:

* a log record of WARNING or above that the test did not expect;
* a Python warning (`filterwarnings = ["error"]`) or a Qt warning (`qt_log_level_fail`);
* a live thread, a child process, an open internet socket, a shared-memory segment.

What has to be noisy is named by the test itself, in one line:

    @pytest.mark.expected_log("dispatch.intake", "unknown key")
    def test_stranger(expected_log): ...
        expected_log("video.stream", "lost")      # the same, from inside

In CI a skipped test fails too, unless its reason begins with "only on " and a platform.

What the machinery itself keeps for the whole run stands in the tables below, each
with its reason.
"""

import gc
import logging
import os
import re
import signal
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis
import psutil
import pytest

from resources.home import Home
from tests.limits_kit import unended_threads
from tests.sharing import share

# Read when Qt, the service or a child starts, which is later than this line.
if sys.platform == "linux" and not (
    os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LOOKOUT_SECRETS"] = "file"  # never the desktop key store of whoever tests
RUN_ID = uuid.uuid4().hex
os.environ["LOOKOUT_TEST_RUN"] = RUN_ID  # inherited: marks our processes' processes

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Begun in the background of a script; what the tests start would be deaf to Ctrl+C.
    signal.signal(signal.SIGINT, signal.default_int_handler)

hypothesis.settings.register_profile(
    "lookout",
    deadline=None,  # a loaded machine is slow, not wrong
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    print_blob=True,
)
hypothesis.settings.load_profile("lookout")

HANDLED = (signal.SIGINT, signal.SIGTERM)
"""What a program takes over for itself; each test gives it back."""

GRACE_S = 5.0
"""How long a test's threads, processes and sockets may take to end after it."""

LASTING_THREADS: tuple[tuple[str, str], ...] = (
    # (thread name, why it may outlive the test that started it)
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

QUIET_LOGS: tuple[tuple[str, str, str], ...] = (
    # (logger, message, why it says nothing about us)
)

SHM = Path("/dev/shm")
ROOT = str(Path(__file__).resolve().parent.parent)


# -- What a test may not leave behind ---------------------------------------------


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


_SELF = psutil.Process()


def _look(known_pids: set[int] | None = None) -> Leftovers:
    processes = _processes()
    if known_pids is not None:
        processes |= {
            key: text
            for key, text in _orphans(known_pids).items()
            if key not in processes
        }
    return Leftovers(_threads(), processes, _sockets(), _segments())


def _leftovers(before: Leftovers, pids: set[int]) -> list[str]:
    """Return what is left after the grace, empty as soon as nothing is."""
    end = time.monotonic() + GRACE_S
    pause = 0.005
    collected = False
    while True:
        left = _look(pids).beyond(before)
        left = [
            text
            for text in left
            if not (text.startswith("shared-memory") and _stranger(_segment_name(text)))
        ]
        if not left or time.monotonic() > end:
            return left
        if not collected:
            # A cycle may hold a socket that its owner has already let go.
            gc.collect()
            collected = True
        time.sleep(pause)
        pause = min(pause * 2, 0.25)


def _segment_name(text: str) -> str:
    return text.split("/dev/shm/", 1)[1].split(" ", 1)[0]


# -- What a test may not say ------------------------------------------------------


class ExpectedLog:
    """Names the log records a test makes on purpose; every other one fails it.

    Attributes:
        records: Every record of WARNING or above of this test so far.
    """

    def __init__(self) -> None:
        self.records: list[logging.LogRecord] = []
        self._allowed: list[tuple[str, re.Pattern[str]]] = [
            (logger, re.compile(message)) for logger, message, _why in QUIET_LOGS
        ]

    def __call__(self, logger: str, message: str = "") -> None:
        """Expect records of a logger, or of those below it, that match a pattern.

        Args:
            logger: Name of the logger, such as `video` or `dispatch.intake`.
            message: Regular expression searched in the finished message.
        """
        self._allowed.append((logger, re.compile(message)))

    def unexpected(self) -> list[str]:
        """Return one line for each record that nobody asked for."""
        return [
            f"{record.levelname} from {record.name} ({record.pathname}:"
            f"{record.lineno}): {record.getMessage()}"
            for record in self.records
            if not any(
                (record.name + ".").startswith(logger + ".")
                and pattern.search(record.getMessage())
                for logger, pattern in self._allowed
            )
        ]


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.current = ExpectedLog()

    def emit(self, record: logging.LogRecord) -> None:
        self.current.records.append(record)


_COLLECTOR = _Collector()
_STATUS = pytest.StashKey[int]()


def pytest_configure(config: pytest.Config) -> None:
    """Make the run a guest: its own folders, its own log collector, its own marker."""
    config.addinivalue_line(
        "markers",
        "expected_log(logger, message=''): records of WARNING or above of this logger"
        " whose text matches are part of the test",
    )
    logging.getLogger().addHandler(_COLLECTOR)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests stay together, and which come first."""
    share(items)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Remember how the run went, for what may have to end it."""
    session.config.stash[_STATUS] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the log collector away again; end a run that would wait for ever.

    The interpreter waits for every thread that is no daemon. One that a failed test
    has left would keep a run from ending after its summary has been written.
    """
    logging.getLogger().removeHandler(_COLLECTOR)
    unended = unended_threads(GRACE_S)
    if unended:
        sys.stderr.write(f"\n{unended}\n")
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash.get(_STATUS, 0) or pytest.ExitCode.TESTS_FAILED)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure in CI, where every tool has to be there."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2] if report.longrepr else "")  # type: ignore[index]
        if not reason.removeprefix("Skipped: ").startswith("only on "):
            report.outcome = "failed"
            report.longrepr = f"{reason}, and in CI nothing is skipped"
    return report


# -- Fixtures ---------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _guest() -> Iterator[None]:
    """Keep the run out of the folders of whoever runs it, and leave nothing behind."""
    before = _look()
    pids = set(psutil.pids())
    with tempfile.TemporaryDirectory(prefix="lookout-test-") as folder:
        names = ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"]
        if "XDG_RUNTIME_DIR" not in os.environ:
            names.append("XDG_RUNTIME_DIR")  # Qt warns without one
        kept = {name: os.environ.get(name) for name in names}
        for name in names:
            own = Path(folder, name)
            own.mkdir(mode=0o700)
            os.environ[name] = str(own)
        yield
        for name, value in kept.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    left = _leftovers(before, pids)
    if left:
        pytest.fail(_sentence("The whole run left behind", left), pytrace=False)


@pytest.fixture(autouse=True)
def _silence(request: pytest.FixtureRequest, _guest: None) -> Iterator[ExpectedLog]:
    expected = _COLLECTOR.current
    for mark in request.node.iter_markers("expected_log"):
        expected(*mark.args, **mark.kwargs)
    before = _look()
    pids = set(psutil.pids())
    handlers = {each: signal.getsignal(each) for each in HANDLED}
    yield expected
    for each, handler in handlers.items():
        signal.signal(each, handler)
    left = _leftovers(before, pids)
    said = expected.unexpected()
    _COLLECTOR.current = ExpectedLog()
    trouble = []
    if said:
        trouble.append(_sentence("It logged what nobody expected", said))
    if left:
        trouble.append(_sentence("It left behind", left))
    if trouble:
        pytest.fail("\n".join(trouble), pytrace=False)


def _sentence(head: str, lines: list[str]) -> str:
    return f"{head}:\n" + "\n".join(f"  - {line}" for line in lines)


@pytest.fixture
def expected_log(_silence: ExpectedLog) -> ExpectedLog:
    """Name the log records this test makes on purpose: `expected_log(logger, text)`."""
    return _silence


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Return an installation's folder of this test's own."""
    return Home(tmp_path / "home")


@pytest.fixture(scope="session")
def camera_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where small cameras keep what they play, coded once in a run."""
    return tmp_path_factory.mktemp("small-cameras")
