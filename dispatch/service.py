"""The headless process: intake, desk protocol, the one writer, the store.

`run_service` is the process; `Service` the same inside another one, for a moment's
command or a test.
"""

import contextlib
import gc
import json
import logging
import logging.handlers
import os
import signal
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from alembic.util.exc import CommandError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dispatch.bus import Bus
from dispatch.client import DeskClient
from dispatch.feed import Feed
from dispatch.holidays import read_holidays
from dispatch.homelock import HomeLock, HomeTakenError, refuse_connected
from dispatch.intake import DEVICE_KINDS, Intake
from dispatch.keys import EnrolledKeys, KeyPair, load_or_make_keys, write_private
from dispatch.keys import desk_keys as desk_keys
from dispatch.notify import log as notify_log
from dispatch.ports import Ports, from_here
from dispatch.postgres import StoreAwayError, WriterLock, why_away
from dispatch.retention import Retirement
from dispatch.secrets import SecretsError, SecretStore
from dispatch.server import DeskServer
from dispatch.store import Store
from dispatch.store_address import remember_address, remembered_address, store_url
from dispatch.taxonomy import load_taxonomy
from dispatch.writer import Writer
from resources.home import Home

HOLIDAYS = "holidays.txt"
OWN_DESK = "this home's desk"
GARBAGE_AFTER = 20_000  # objects more than before
LOG_BYTES, LOG_FILES = 4_000_000, 5

_STORE_FAULTS = (StoreAwayError, SQLAlchemyError, CommandError)
# What somebody can mend, and is told in words; anything else is a bug.
_NOT_STARTED = (HomeTakenError, SecretsError, OSError, *_STORE_FAULTS)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceReady:
    """Where a service listens, and the key that proves it.

    Attributes:
        desk_address: For desks.
        intake_address: For devices.
        server_key: Its CURVE public key, the same for both.
    """

    desk_address: str
    intake_address: str
    server_key: str


def utc_now() -> datetime:
    """Return the time now; the clock of every process that is not a test."""
    return datetime.now(UTC)


def service_keys(home: Home) -> KeyPair:
    """Return the service's own pair, made at the first call."""
    return load_or_make_keys(home.keys / "service.json")


def enrolled_desks(home: Home) -> EnrolledKeys:
    """Return the list of desks that may connect; other machines' are added here."""
    return EnrolledKeys(home.keys / "desks.txt")


class Service:
    """Everything of one home that is not a screen, running.

    Thread: made and closed by its owner; what it holds has threads of its own.

    Args:
        home: The installation.
        clock: The time now, in UTC.
        desk_address: Where it listens to desks; a port of this machine alone if empty.
        intake_address: The same for devices.
        profile: The taxonomy's.
        store_address: By `dispatch.store_address`; None: the one this home uses.

    Raises:
        HomeTakenError: If another service has this home or its store, or if this home
            is a desk of another machine's service.
        StoreAwayError: If the store cannot be reached.
    """

    def __init__(
        self,
        home: Home,
        *,
        clock: Callable[[], datetime] = utc_now,
        desk_address: str = "",
        intake_address: str = "",
        profile: str = "core",
        store_address: str | None = None,
    ) -> None:
        refuse_connected(home.data)
        with contextlib.ExitStack() as undo:
            lock = HomeLock(home.run / "service.lock")
            undo.callback(lock.release)
            keys = service_keys(home)
            desks = enrolled_desks(home)
            own = desk_keys(home).public
            if not desks.admits(own):
                desks.enrol(own, OWN_DESK)
            secrets = SecretStore(home)
            store, self._lock = _open_store(home, store_address, secrets, undo)
            taxonomy = load_taxonomy(profile)
            table = read_holidays(home.data / HOLIDAYS)
            bus = Bus(
                store,
                clock=clock,
                secrets=secrets,
                on_commit=self._nudge,
                taxonomy=taxonomy,
                holidays=table.holidays,
                workdays=table.workdays,
                kinds=frozenset(kind.NAME for kind in DEVICE_KINDS),
            )
            self._server: DeskServer | None = None
            self._writer = writer = Writer(
                bus,
                store,
                clock=clock,
                retirement=Retirement(store, taxonomy.retention),
            )
            undo.callback(writer.close)
            feed = Feed(store)
            snapshot = feed.snapshot()
            reader = threading.Thread(
                target=secrets.remember,
                args=([c.secret_ref for c in snapshot.cameras if c.secret_ref],),
                name="log-ins",
            )
            reader.start()
            undo.callback(reader.join)
            ports = Ports(home.run / "addresses.json")
            self.intake = ports.listen(
                "intake",
                intake_address,
                lambda address: Intake(
                    address,
                    keys=keys,
                    writer=writer,
                    store=store,
                    snapshot=snapshot,
                    taxonomy=taxonomy,
                    clock=clock,
                ),
            )
            undo.callback(self.intake.close)
            self._server = ports.listen(
                "desk",
                desk_address,
                lambda address: DeskServer(
                    address,
                    keys=keys,
                    desks=desks,
                    writer=writer,
                    feed=feed,
                    store=store,
                    number=snapshot.number,
                    on_packed=self.intake.learn,
                    clock=clock,
                    own_key=own,
                ),
            )
            undo.callback(self._server.close)
            self._server.nudge()
            self.ready = ServiceReady(
                desk_address=from_here(self._server.address),
                intake_address=from_here(self.intake.address),
                server_key=keys.public,
            )
            running = home.run / "service.json"
            write_private(
                running, json.dumps(asdict(self.ready) | {"pid": os.getpid()}).encode()
            )
            undo.callback(running.unlink, missing_ok=True)
            self._undo = undo.pop_all()
        _log.info(
            "listening: desks %s, devices %s",
            self._server.address,
            self.intake.address,
        )

    @property
    def alive(self) -> bool:
        """Return whether the writer and both lines run; without one it must end."""
        return (
            self._writer.alive
            and (self._lock is None or self._lock.held())
            and self.intake.alive
            and self._server is not None
            and self._server.alive
        )

    def close(self) -> None:
        """End everything, in the order opposite to the start."""
        # The lines first: the writer's last answers go nowhere, and are asked again.
        self._undo.close()
        _log.info("ended")

    def _nudge(self, number: int) -> None:
        if self._server is not None:
            self._server.nudge(number)


def _open_store(
    home: Home,
    address: str | None,
    secrets: SecretStore,
    undo: contextlib.ExitStack,
) -> tuple[Store, WriterLock | None]:
    """Return the store, migrated, and on a server the lock on writing to it."""
    if address is None:
        address = remembered_address(home)
    url = store_url(home, address, secrets)
    lock = WriterLock(url) if address else None
    if lock is not None:
        undo.callback(lock.release)
    store = Store(url)
    undo.callback(store.close)
    store.migrate()
    remember_address(home, address)
    return store, lock


def run_service(
    home: Home,
    *,
    desk_address: str = "",
    intake_address: str = "",
    profile: str = "core",
    store_address: str | None = None,
    ready: Callable[[ServiceReady], None] | None = None,
) -> int:
    """Run the service until its parent closes the pipe on stdin, or SIGTERM.

    Prints one line of JSON when it listens, or why it cannot. Returns the exit status: 0, 1 when it
    has failed, 3 when another service has this home.

    Args:
        home: The installation.
        desk_address: Where it listens to desks, such as "tcp://0.0.0.0:20002" for
            those of other machines; a port of this machine alone if empty.
        intake_address: The same for devices.
        profile: The taxonomy's.
        store_address: Of its store; None: the one this home uses.
        ready: Hears where it listens, instead of stdout.
    """
    _log_to_files(home)
    stop = threading.Event()
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and threading.current_thread() is threading.main_thread():
            signal.signal(number, lambda _number, _frame: stop.set())
    _stop_with_parent(stop)
    try:
        service = Service(
            home,
            desk_address=desk_address,
            intake_address=intake_address,
            profile=profile,
            store_address=store_address,
        )
    except _NOT_STARTED as error:
        reason, text = _why_not(error)
        _print({"ready": False, "reason": reason, "error": text})
        if reason == "taken":
            return 3
        _log.error("not started: %s", text)
        return 1
    _calm_garbage_collection()
    try:
        (ready or _print_ready)(service.ready)
        while not stop.wait(0.5):
            if not service.alive:
                _log.error("a part has failed; ending, so that it is started anew")
                return 1
    finally:
        service.close()
    return 0


def service_running(home: Home) -> ServiceReady | None:
    """Return where this home's service listens, or None if none runs."""
    if not HomeLock.is_held(home.run / "service.lock"):
        return None
    try:
        found = json.loads((home.run / "service.json").read_bytes())
        return ServiceReady(
            desk_address=found["desk_address"],
            intake_address=found["intake_address"],
            server_key=found["server_key"],
        )
    except (FileNotFoundError, json.JSONDecodeError, KeyError):
        return None


def where_desks_connect(home: Home) -> str:
    """Return where this home's service listens to desks, or "" where it never did.

    Without a look at the lock: a line asks this each time it is cut.
    """
    try:
        return str(json.loads((home.run / "service.json").read_bytes())["desk_address"])
    except (OSError, json.JSONDecodeError, KeyError):
        return ""


@contextlib.contextmanager
def desk_for_a_moment(home: Home) -> Iterator[DeskClient]:
    """Give a desk's line to the running service, or to one started for the moment."""
    with contextlib.ExitStack() as stack:
        running = service_running(home)
        if running is None:
            service = Service(home)
            stack.callback(service.close)
            running = service.ready
        folder = stack.enter_context(
            tempfile.TemporaryDirectory(prefix="lookout-", ignore_cleanup_errors=True)
        )
        client = DeskClient(
            running.desk_address,
            server_key=running.server_key,
            desk_keys=desk_keys(home),
            outbox=Path(folder) / "outbox.db",
            clock=utc_now,
        )
        stack.callback(client.close)
        yield client


def _why_not(error: Exception) -> tuple[str, str]:
    """Return a stable word for why the service cannot start, and the sentence."""
    if isinstance(error, DBAPIError):
        text = why_away(error)
    else:
        text = " ".join(str(error).split())[:300]
    if isinstance(error, HomeTakenError):
        return "taken", text
    if isinstance(error, SecretsError):
        return "secrets", text
    return "store" if isinstance(error, _STORE_FAULTS) else "system", text


def _calm_garbage_collection() -> None:
    """Look for garbage less often, and not among what stays for good.

    A batch of messages makes thousands of objects that are gone by themselves; at
    Python's own pace a tenth of the writer's time went into looking at the rest.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER, 20, 20)


def _print_ready(ready: ServiceReady) -> None:
    _print({"ready": True, **asdict(ready)})


def _print(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _stop_with_parent(stop: threading.Event) -> None:
    """Stop when the other end of stdin is closed, if it is a pipe."""
    try:
        handle = sys.stdin.fileno()
        is_pipe = stat.S_ISFIFO(os.fstat(handle).st_mode)
    except (AttributeError, OSError, ValueError):
        return
    if not is_pipe:
        return

    def wait() -> None:
        # The bare handle: a thread inside a buffered read cannot be left behind.
        with contextlib.suppress(OSError):
            while os.read(handle, 4096):
                pass
        stop.set()

    threading.Thread(target=wait, name="parent", daemon=True).start()


def _log_to_files(home: Home) -> None:
    form = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    form.converter = time.gmtime
    logging.getLogger("alembic").setLevel(logging.WARNING)
    for name, area in (("service.log", ""), ("notices.log", notify_log.__name__)):
        handler = logging.handlers.RotatingFileHandler(
            home.logs / name,
            maxBytes=LOG_BYTES,
            backupCount=LOG_FILES,
            encoding="utf-8",
            delay=True,
        )
        handler.setFormatter(form)
        logger = logging.getLogger(area)
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)
    logging.getLogger(notify_log.__name__).propagate = False
