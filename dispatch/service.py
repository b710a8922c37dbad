"""The headless process: intake, desk protocol, the one writer, the store.

`run_service` is the process; `Service` the same inside another one, for a moment's
command or a test.
"""

import contextlib
import json
import logging
import os
import signal
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from alembic.util.exc import CommandError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dispatch.bus import Bus
from dispatch.checkpoints import Checkpoints
from dispatch.client import DeskClient
from dispatch.delivery import Delivery
from dispatch.devices.kinds import DEVICE_KINDS
from dispatch.feed import Feed
from dispatch.gateways.running import Gateways
from dispatch.holidays import FILE as HOLIDAYS
from dispatch.holidays import town_holidays
from dispatch.homelock import HomeLock, HomeTakenError, refuse_connected
from dispatch.intake import Intake
from dispatch.keys import EnrolledKeys, KeyPair, load_or_make_keys, write_private
from dispatch.keys import desk_keys as desk_keys
from dispatch.notify import book as notify_book
from dispatch.packing import Packed
from dispatch.ports import CannotListenError, Ports, from_here
from dispatch.postgres import StoreAwayError, WriterLock, why_away
from dispatch.profiles import in_use
from dispatch.retention import Retirement
from dispatch.secrets import SecretsError, SecretStore
from dispatch.server import DeskServer
from dispatch.service_log import log_to_files
from dispatch.standing_in import (
    YIELDED,
    OpenAt,
    begin_to_stand_in,
    is_asked_to_yield,
    remember_open,
    take_over,
)
from dispatch.store import Store
from dispatch.store_address import remember_address, remembered_address, store_url
from dispatch.writer import Writer
from resources.home import Home
from resources.process import calm_garbage_collection

OWN_DESK = "this home's desk"
CANNOT_LISTEN = 5  # the exit status where an asked-for address is not to be had
TAKEN = 3  # the exit status where another service has the home

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
        stands_in: It is a desk's own, and gives way to one that is started by hand.
        elsewhere: The addresses of it that other machines reach, parted by commas.
        shut: Those they reached at the last service and do not reach now.
    """

    desk_address: str
    intake_address: str
    server_key: str
    stands_in: bool = False
    elsewhere: str = ""
    shut: str = ""


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
        store_address: By `dispatch.store_address`; None: the one this home uses.
        stands_in: It is a desk's own: where it cannot listen to other machines, it
            listens to this one.

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
        store_address: str | None = None,
        stands_in: bool = False,
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
            feed = Feed(store)
            snapshot = feed.snapshot()
            taxonomy = in_use(snapshot.profile)
            table = town_holidays(home.data / HOLIDAYS)
            book = notify_book.NotifierBook(home.data / notify_book.FILE)
            bus = Bus(
                store,
                clock=clock,
                secrets=secrets,
                on_commit=self._nudge,
                holidays=table.holidays,
                workdays=table.workdays,
                kinds=frozenset(kind.NAME for kind in DEVICE_KINDS),
                notifiers=book.all,
                stations=enrolled_desks(home).departments,  # of the writer's thread
            )
            self._server: DeskServer | None = None
            self._writer = writer = Writer(
                bus,
                store,
                clock=clock,
                retirement=Retirement(store, taxonomy.retention),
            )
            undo.callback(writer.close)
            told = Delivery(store, writer, book=book, secrets=secrets, clock=clock)
            undo.callback(told.close)
            if store.is_sqlite:
                undo.callback(Checkpoints(store).close)
            reader = threading.Thread(
                target=secrets.remember,
                args=([c.secret_ref for c in snapshot.cameras if c.secret_ref],),
                name="log-ins",
            )
            reader.start()
            undo.callback(reader.join)
            ports = Ports(home.run / "addresses.json", may_shut=stands_in)
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
            self._gateways = Gateways(
                home.data,
                secrets,
                offer=self.intake.offer,
                clock=clock,
                identity=keys.public,
            )
            undo.callback(self._gateways.close)
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
                    unheard=self._gateways.unheard,
                ),
            )
            undo.callback(self._server.close)
            self._server.nudge()
            self.ready = ServiceReady(
                desk_address=from_here(self._server.address),
                intake_address=from_here(self.intake.address),
                server_key=keys.public,
                stands_in=stands_in,
                elsewhere=", ".join(
                    each
                    for each in (desk_address, intake_address)
                    if each and each not in ports.shut
                ),
                shut=", ".join(ports.shut),
            )
            running = home.run / "service.json"
            write_private(
                running, json.dumps(asdict(self.ready) | {"pid": os.getpid()}).encode()
            )
            undo.callback(running.unlink, missing_ok=True)
            self._undo = undo.pop_all()
        listens = (self._server.address, self.intake.address)
        _log.info("listening: desks %s, devices %s", *listens)

    @property
    def alive(self) -> bool:
        """Return whether writer, lines and gateways run; without one it must end."""
        return (
            self._writer.alive
            and (self._lock is None or self._lock.held())
            and self.intake.alive
            and self._gateways.alive
            and self._server is not None
            and self._server.alive
        )

    def close(self) -> None:
        """End everything, in the order opposite to the start."""
        # The lines first: the writer's last answers go nowhere, and are asked again.
        self._undo.close()
        _log.info("ended")

    def _nudge(self, packed: Sequence[Packed]) -> None:
        if self._server is not None:
            self._server.nudge(packed)


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
    store_address: str | None = None,
    stands_in: bool = False,
    ready: Callable[[ServiceReady], None] | None = None,
) -> int:
    """Run the service until its parent closes the pipe on stdin, or SIGTERM.

    Prints one line of JSON when it listens, or why it cannot. Returns the exit status:
    0, 1 when it has failed, 3 when another service has this home, 4 when it gave way,
    5 when it cannot listen where it was told to.

    Args:
        home: The installation.
        desk_address: Where it listens to desks, such as "tcp://0.0.0.0:20002" for
            those of other machines; a port of this machine alone if empty.
        intake_address: The same for devices.
        store_address: Of its store; None: the one this home uses.
        stands_in: It is a desk's own: it listens where the last one did, and gives
            way to one that is started by hand. That one waits for it.
        ready: Hears where it listens, instead of stdout.
    """
    log_to_files(home)
    stop = threading.Event()
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and threading.current_thread() is threading.main_thread():
            signal.signal(number, lambda _number, _frame: stop.set())
    _stop_with_parent(stop)
    told = OpenAt(desk=desk_address, intake=intake_address)
    try:
        if stands_in:
            told = begin_to_stand_in(home)
        else:
            take_over(home)
        service = Service(
            home,
            desk_address=told.desk,
            intake_address=told.intake,
            store_address=store_address,
            stands_in=stands_in,
        )
    except _NOT_STARTED as error:
        reason, text = _why_not(error)
        _print({"ready": False, "reason": reason, "error": text})
        if reason == "taken":
            return TAKEN
        _log.error("not started: %s", text)
        return CANNOT_LISTEN if isinstance(error, CannotListenError) else 1
    calm_garbage_collection()
    try:
        if not stands_in:
            remember_open(home, told)
        (ready or print_ready)(service.ready)
        while not stop.wait(0.5):
            if stands_in and is_asked_to_yield(home):
                _log.info("giving way to a service that was started by hand")
                return YIELDED
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
            stands_in=found.get("stands_in", False),
            elsewhere=found.get("elsewhere", ""),
            shut=found.get("shut", ""),
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
        return error.reason, text
    if isinstance(error, SecretsError):
        return "secrets", text
    return "store" if isinstance(error, _STORE_FAULTS) else "system", text


def print_ready(ready: ServiceReady) -> None:
    """Say on stdout where the service listens, for programs."""
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
