"""The service under a desk: one of its own, or the one that runs, as long as it does."""

import logging
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from console.processes import Child, Message, own_command
from console.starting import Cancelled, Reporter, StartFailed
from dispatch.homelock import HomeLock
from dispatch.service import ServiceReady, service_running
from dispatch.standing_in import YIELDED
from resources.home import Home

_log = logging.getLogger("lookout.app")

READY_S = 30.0
LEAVES_S = 3.0
FREE_S = 4.0  # so long is a home without a service before a joined desk starts one
LOOK_S = 0.5
TRIES, WINDOW_S, PAUSE_S = 5, 120.0, 30.0  # after so many in such a time, wait longer


@dataclass(slots=True)
class ServiceProcess:
    """The service as a child of the desk, and what it said of itself.

    A desk that joined a service someone else runs takes its place when it is gone
    and nobody else has started another.

    Thread: `start` and `stop` on any one; the watch over a joined one on its own.

    Attributes:
        home: Its home.
        child: The process, restarted when it ends; None where another one runs.
    """

    home: Home
    child: Child | None = field(init=False, default=None)
    _ready: threading.Event = field(init=False, default_factory=threading.Event)
    _said: dict[str, object] = field(init=False, default_factory=dict)
    _refusal: tuple[str, str] = field(init=False, default=("service", ""))
    _stopping: threading.Event = field(init=False, default_factory=threading.Event)
    _watch: threading.Thread | None = field(init=False, default=None)

    def start(self, report: Reporter) -> dict[str, object]:
        """Start the service and return its first words.

        Raises:
            StartFailed: It did not come up.
            Cancelled: The person gave up.
        """
        report("service")
        running = self._one_that_stays()
        if running is not None:
            self._begin_to_watch()
            return asdict(running)
        self.child = self._child(restart=True)
        waited = 0.0
        while not self._ready.wait(0.1):
            waited += 0.1
            try:
                report.check()
            except Cancelled:
                self.child.stop()
                raise
            # A server may come up a little later than we; a lost key does not.
            if waited > READY_S or self._refusal[0] == "secrets":
                self.child.stop()
                raise self._failure()
        return self._said

    @property
    def said(self) -> Mapping[str, object]:
        """Return what the desk's own service said of itself; nothing of another's."""
        child = self.child
        return self._said if child is not None and child.alive else {}

    def stop(self) -> None:
        """End the service where it is the desk's own; leave another's alone."""
        self._stopping.set()
        if self.child is not None:
            self.child.stop()
        if self._watch is not None:
            self._watch.join()
        if self.child is not None:
            self.child.stop()  # one that the watch had just started

    def _child(self, *, restart: bool) -> Child:
        return Child(
            "service",
            own_command("service", "--home", str(self.home.root), "--stand-in"),
            errors=self.home.logs / "service.err",
            on_line=self._hear,
            on_exit=self._on_exit,
            restart=restart,
            stays_away=(YIELDED,),
        )

    def _begin_to_watch(self) -> None:
        self._watch = threading.Thread(
            target=self._succeed, name="service watch", daemon=True
        )
        self._watch.start()

    def _on_exit(self, code: int) -> None:
        """Watch over the one that takes the place of one's own."""
        if code == YIELDED and self._watch is None:
            _log.info("a service was started by hand; this desk joins it")
            self._begin_to_watch()

    def _one_that_stays(self) -> ServiceReady | None:
        """Return the service that someone else runs on this home, if one does.

        That of a desk which has just ended goes within a second or two.
        """
        end = time.monotonic() + LEAVES_S
        while (running := service_running(self.home)) is not None:
            if time.monotonic() > end:
                _log.info("joining the service that runs on this home")
                return running
            time.sleep(0.1)
        return None

    def _succeed(self) -> None:
        """Start a service whenever the home has had none for some seconds.

        Whoever brings one back sooner is left to it: the lock says so.
        """
        lock = self.home.run / "service.lock"
        starts: deque[float] = deque(maxlen=TRIES)
        free_since: float | None = None
        while not self._stopping.wait(LOOK_S):
            now = time.monotonic()
            beginning = self.child is not None and self.child.alive
            if beginning or HomeLock.is_held(lock):
                free_since = None
                continue
            free_since = now if free_since is None else free_since
            often = len(starts) == TRIES and now - starts[0] < WINDOW_S
            if now - free_since < (PAUSE_S if often else FREE_S):
                continue
            _log.info("the service of this home is gone, starting one")
            if self.child is not None:
                self.child.stop()  # it has ended; its reader may not have
            starts.append(now)
            free_since = None
            try:
                self.child = self._child(restart=False)
            except OSError as error:  # no process to be had, or no place for its log
                _log.error("no service could be started: %s", error)

    def _hear(self, message: Message) -> None:
        if message.get("ready"):
            self._said.update(message)
            self._ready.set()
        elif message.get("ready") is False:
            self._refusal = str(message.get("reason")), str(message.get("error"))

    def _failure(self) -> StartFailed:
        reason, text = self._refusal
        if text:
            return StartFailed(reason, text)
        log = self.home.logs / "service.log"
        # What ends before it has a log speaks through its standard error.
        path = log if log.exists() else self.home.logs / "service.err"
        return StartFailed("service", str(path))
