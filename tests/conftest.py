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

"""

import gc
import logging
import os
import re
import signal
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import psutil
import pytest

from resources.home import Home
from tests import leftovers
from tests.limits_kit import unended_threads
from tests.sharing import share

# Read when Qt, the service or a child starts, which is later than this line.
if sys.platform == "linux" and not (
    os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LOOKOUT_SECRETS"] = "file"  # never the desktop key store of whoever tests
os.environ["LOOKOUT_TEST_RUN"] = leftovers.RUN_ID  # inherited: of our processes too

# Each process of ours reads the same modules: they are compiled once, here too.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

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

QUIET_LOGS: tuple[tuple[str, str, str], ...] = (
    # (logger, message, why it says nothing about us)
)


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


def pytest_collection_finish() -> None:
    """Let the collector pass by what was read for the whole run."""
    gc.collect()
    gc.freeze()


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
    before = leftovers.look()
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
    left = leftovers.left_behind(before, pids, GRACE_S)
    if left:
        pytest.fail(_sentence("The whole run left behind", left), pytrace=False)


@pytest.fixture(autouse=True)
def _silence(request: pytest.FixtureRequest, _guest: None) -> Iterator[ExpectedLog]:
    expected = _COLLECTOR.current
    for mark in request.node.iter_markers("expected_log"):
        expected(*mark.args, **mark.kwargs)
    before = leftovers.look()
    pids = set(psutil.pids())
    handlers = {each: signal.getsignal(each) for each in HANDLED}
    yield expected
    for each, handler in handlers.items():
        signal.signal(each, handler)
    left = leftovers.left_behind(before, pids, GRACE_S)
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
