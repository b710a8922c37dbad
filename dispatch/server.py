"""The service's end of the desk protocol: commands in, answers and changes out."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import zmq

from dispatch import desk_wire
from dispatch.commands import ImportTown, Refused
from dispatch.desk_answers import answered, looked_up, outcome, refusal
from dispatch.desk_wire import NotUnderstood
from dispatch.feed import Committed, Feed
from dispatch.keys import EnrolledKeys, KeyPair, fingerprint
from dispatch.packing import Packed
from dispatch.people import Scope
from dispatch.receipts import Receipt
from dispatch.sockets import Gate, Waker, Watch, bind, guarded_router
from dispatch.stations import StationView
from dispatch.store import STORE_AWAY, SetAside, Store
from dispatch.writer import Writer, is_away

DOMAIN = "lookout.desk"
MAX_BYTES = 64 * 1024 * 1024  # a whole town's import in one command
QUEUE = 2000
SILENT_S = 10.0  # a desk that has said nothing for so long is gone
TICK_S = 0.5
AWAY_S = 1.0  # before a store that is away is tried again
KNOCK_S = 60.0  # an unknown key is counted, and named in the log, this often
UNKNOWN_DESK = "unknown_desk"  # the reason under which it is counted
_KNOCKS_KEPT = 1000
_AT_ONCE = 200  # messages taken before the other sockets are looked at
_PAGE = 500
_SEAT_LETTERS = 64

_log = logging.getLogger(__name__)

OnPacked = Callable[[Sequence[Packed]], None]


@dataclass(slots=True)
class _Desk:
    """One connected desk.

    Attributes:
        key: Its public key.
        heard_at: When it last said anything, monotonic.
        view: What it has of the town, being a station's; None: everything.
        sent: The number up to which it has the changes; None: it does not follow.
        beginning: A snapshot for it is being made; a station has one at a time.
        looking: What the others hear of it.
    """

    key: str
    heard_at: float
    view: StationView | None = None
    sent: int | None = None
    beginning: bool = False
    looking: tuple[desk_wire.Looking, ...] = ()


class DeskServer:
    """Answers desks and keeps those that follow up to date.

    Thread: its own owns the sockets; questions are answered on two others. `nudge`
    and `close` may be called from anywhere.

    Args:
        address: Where it listens; a port of 0 is a free one.
        keys: The service's own.
        desks: Which desks may connect, and the seat of each.
        writer: Takes their commands.
        feed: Where changes and snapshots come from.
        store: Where questions are answered from.
        number: The newest change when it starts.
        on_packed: Hears of every change, in order.
        clock: The service's time.
        own_key: Public key of this home's own desk, which names its seat itself.
    """

    def __init__(
        self,
        address: str,
        *,
        keys: KeyPair,
        desks: EnrolledKeys,
        writer: Writer,
        feed: Feed,
        store: Store,
        number: int,
        on_packed: OnPacked,
        clock: Callable[[], datetime],
        own_key: str = "",
    ) -> None:
        self._desk_keys = desks
        self._clock = clock
        self._own_key = own_key
        self._writer = writer
        self._feed = feed
        self._store = store
        self._on_packed = on_packed
        self._instance = uuid4().hex
        self._town_moved = False
        self._store_lost = False
        self._push_after = 0.0
        self._number = number
        self._committed = Committed(feed, every_s=TICK_S, page=_PAGE)
        self._knocked: dict[str, float] = {}
        self._desks: dict[bytes, _Desk] = {}
        self._outgoing: deque[tuple[bytes, bytes, int | None]] = deque()
        self._waker = Waker()
        self._closing = threading.Event()
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._gate = Gate(
            self._context,
            domain=DOMAIN,
            admits=desks.admits,
            turned_away=self._turn_away,
        )
        self._router = guarded_router(
            self._context, keys=keys, domain=DOMAIN, max_bytes=MAX_BYTES, queue=QUEUE
        )
        self._watch = Watch(self._context, self._router)
        try:
            self.address = bind(self._router, address)
        except OSError:
            self._release()
            self._waker.close()
            raise
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="desk question")
        self._thread = threading.Thread(target=self._run, name="desks")
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Return whether the loop runs."""
        return self._thread.is_alive()

    def nudge(self, packed: Sequence[Packed] = ()) -> None:
        """Say that something was committed: these changes, as far as is known."""
        if packed:
            self._committed.add(packed)
        self._waker.wake()

    def close(self) -> None:
        """End the threads and give the sockets back."""
        self._closing.set()
        self._waker.wake()
        self._thread.join()
        self._pool.shutdown(cancel_futures=True)
        self._waker.close()

    # -- on the server's own thread ------------------------------------------------

    def _run(self) -> None:
        poller = zmq.Poller()
        for source in (
            self._gate.socket,
            self._router,
            self._watch.socket,
            self._waker,
        ):
            poller.register(source, zmq.POLLIN)
        try:
            while not self._closing.is_set():
                poller.poll(int(1000 * TICK_S))
                self._waker.drain()
                self._gate.answer()
                for _happening in self._watch.happened():
                    pass  # a desk that is gone shows by its silence
                self._hear()
                self._forget_gone()
                self._speak()
                self._push_while_there()
        except Exception:
            _log.exception("the desk line has failed")
            raise
        finally:
            self._release()

    def _release(self) -> None:
        self._watch.close()
        self._router.close()
        self._gate.socket.close()
        self._context.term()

    def _turn_away(self, key: str, address: str) -> None:
        now = time.monotonic()
        if now - self._knocked.get(key, -KNOCK_S) < KNOCK_S:
            return
        if len(self._knocked) >= _KNOCKS_KEPT:
            self._knocked.clear()
        self._knocked[key] = now
        self._writer.set_aside(
            SetAside(
                reason=UNKNOWN_DESK,
                peer_key=key,
                frame=address.encode(),
                at=self._clock(),
            )
        )
        _log.warning(
            "a desk with an unknown key, from %s: %s (fingerprint %s)",
            address,
            key,
            fingerprint(key),
        )

    def _hear(self) -> None:
        for _ in range(_AT_ONCE):
            try:
                frames = self._router.recv_multipart(zmq.NOBLOCK, copy=False)
            except zmq.Again:
                return
            route, body = frames[0].bytes, frames[-1]
            key = str(body.get("User-Id"))
            if not self._desk_keys.admits(key):
                continue  # taken off the list since it connected
            desk = self._desks.get(route)
            if desk is None:
                scope = self._scope(key)
                view = None if scope is None else StationView(scope)
                desk = self._desks[route] = _Desk(key, 0.0, view)
                _log.info("desk connected: %s", self._desk_keys.name(key))
            desk.heard_at = time.monotonic()
            try:
                message = desk_wire.read_up(body.bytes)
            except NotUnderstood as error:
                _log.warning("a desk is not understood: %s", error)
                continue
            self._take(route, desk, message)

    def _take(self, route: bytes, desk: _Desk, message: desk_wire.FromDesk) -> None:
        if isinstance(message, desk_wire.Ping):
            seat, scope = self._seat(desk.key), self._scope(desk.key)
            at = seat or message.seat[:_SEAT_LETTERS]
            desk.looking = desk_wire.looks(at, message.case_id, is_desk=not scope)
            # A station hears of its own cases alone, not who looks at others.
            others = [d for d in self._desks.values() if d is not desk and not scope]
            pong = desk_wire.Pong(
                instance=f"{self._instance} {scope}",  # another one begins anew
                number=self._number,
                seat=seat,
                stores=self._writer.stores,
                scope=scope,
                looking=tuple(look for each in others for look in each.looking),
                stations=self._desk_keys.departments(),
            )
            self._send(route, desk_wire.write_down(pong))
        elif isinstance(message, desk_wire.Submit):
            self._submit(route, desk.key, message)
        elif isinstance(message, desk_wire.Ask):
            self._ask(route, desk.key, message)
        elif isinstance(message, desk_wire.Follow):
            self._begin(route, desk)
        elif desk.view is not None:
            self._begin(route, desk)  # what it was told is not told twice
        else:
            desk.sent = min(message.number, self._number)

    def _seat(self, key: str) -> str:
        """Return the seat of an enrolled desk, which no other desk can claim."""
        if key == self._own_key:
            return ""
        return self._desk_keys.name(key) or fingerprint(key)

    def _scope(self, key: str) -> Scope | None:
        """Return whose cases alone a desk has; this home's own has them all."""
        return None if key == self._own_key else self._desk_keys.scope(key)

    def _submit(self, route: bytes, key: str, message: desk_wire.Submit) -> None:
        try:
            command = desk_wire.read_command(message.name, message.body)
            command = desk_wire.seated(command, self._seat(key), self._scope(key))
        except Refused as refused:
            self._outgoing.append((route, refusal(message.id, refused), None))
            return

        def done(future: Future[Receipt]) -> None:
            if is_away(future.exception()) and not desk_wire.holds_secret(command):
                return  # it stays in the desk's outbox, and comes again
            self._outgoing.append((route, outcome(message.id, future), None))
            if isinstance(command, ImportTown):
                self._town_moved = True
            self._waker.wake()

        self._writer.submit(command).add_done_callback(done)

    def _ask(self, route: bytes, key: str, message: desk_wire.Ask) -> None:
        def done(future: Future[bytes]) -> None:
            if not future.cancelled():
                self._outgoing.append((route, answered(message.id, future), None))
                self._waker.wake()

        asked = self._pool.submit(looked_up, message, self._scope(key), self._store)
        asked.add_done_callback(done)

    def _begin(self, route: bytes, desk: _Desk) -> None:
        """Send a desk a snapshot; it follows from there, where it did before too."""
        if desk.view is not None:  # it hears of nothing before it has what it may
            desk.sent = None
            if desk.beginning:
                return
            desk.beginning = True
        self._pool.submit(self._snapshot, route, desk)

    def _snapshot(self, route: bytes, desk: _Desk) -> None:
        """Read a snapshot for a desk. Thread: a question's."""
        view = desk.view
        try:
            snapshot = self._feed.snapshot()
            if view is not None:
                snapshot = view.narrowed(snapshot)
            body = desk_wire.write_snapshot(snapshot)
        except Exception:  # noqa: BLE001 - outermost of this thread; the desk asks anew
            _log.exception("no snapshot")
            desk.beginning = False
            return
        data = desk_wire.write_down(desk_wire.Whole(body=body))
        self._outgoing.append((route, data, snapshot.number))
        self._waker.wake()

    def _speak(self) -> None:
        if self._town_moved:
            # The town itself is no change: those that follow begin anew.
            self._town_moved = False
            for route, desk in self._desks.items():
                if desk.sent is not None:
                    self._begin(route, desk)
        kept: dict[bytes, list[tuple[bytes, bytes, int | None]]] = {}
        while self._outgoing:
            item = self._outgoing.popleft()
            route, data, number = item
            listener = self._desks.get(route)
            if listener is None:
                continue  # gone, or let in no more
            # In order: behind an answer that found a full queue the others wait.
            if route in kept or not self._send(route, data):
                kept.setdefault(route, []).append(item)
            elif number is not None:
                listener.sent, listener.beginning = number, False
        for items in kept.values():
            self._outgoing.extendleft(reversed(items))

    def _push_while_there(self) -> None:
        """Push; while the store is away the line stays, and goes on where it was."""
        if time.monotonic() < self._push_after:
            return
        try:
            self._push()
        except STORE_AWAY as fault:
            if not self._store_lost:
                _log.error("changes cannot be read: %s", type(fault).__name__)
            self._store_lost = True
            self._push_after = time.monotonic() + AWAY_S
            return
        if self._store_lost:
            _log.info("changes can be read again")
        self._store_lost = False

    def _push(self) -> None:
        """Bring every follower up to what was committed since."""
        while packed := self._committed.after(self._number):
            before, self._number = self._number, packed[-1][0]
            self._on_packed(packed)
            data: bytes | None = None
            for route, desk in list(self._desks.items()):
                if desk.sent != before:
                    continue
                if desk.view is not None:
                    self._tell_station(route, desk, desk.view, packed)
                    continue
                data = data or desk_wire.write_changes(packed)
                if self._send(route, data):
                    desk.sent = self._number
        for route, follower in list(self._desks.items()):
            self._catch_up(route, follower)

    def _catch_up(self, route: bytes, desk: _Desk) -> None:
        """Bring a desk up that began at another number or could not keep up."""
        while desk.sent is not None and desk.sent < self._number:
            packed = self._feed.packed(desk.sent, _PAGE)
            if packed and packed[0][0] != desk.sent + 1:
                # What it misses is not kept any more: it begins anew.
                desk.sent = None
                self._begin(route, desk)
                return
            if not packed:
                return
            if desk.view is not None:
                if not self._tell_station(route, desk, desk.view, packed):
                    return
                continue
            if not self._send(route, desk_wire.write_changes(packed)):
                return
            desk.sent = packed[-1][0]

    def _tell_station(
        self, route: bytes, desk: _Desk, view: StationView, packed: Sequence[Packed]
    ) -> bool:
        """Send a station what it may have of changes; return whether it has them.

        One that needs more begins anew, as does one that could not keep up: what it was
        told counts as told.
        """
        told = view.told(packed)
        if told is not None and self._send(route, desk_wire.write_changes(told)):
            desk.sent = packed[-1][0]
            return True
        if route in self._desks:
            self._begin(route, desk)
        return False

    def _send(self, route: bytes, data: bytes) -> bool:
        """Send to a desk; return False if it is gone or too slow for now."""
        try:
            self._router.send_multipart([route, data], zmq.NOBLOCK)
        except zmq.Again:
            return False
        except zmq.ZMQError as error:
            if error.errno != zmq.EHOSTUNREACH:
                raise
            self._drop(route)
            return False
        return True

    def _forget_gone(self) -> None:
        now = time.monotonic()
        for route, desk in list(self._desks.items()):
            scope = None if desk.view is None else desk.view.scope
            if (
                now - desk.heard_at > SILENT_S
                or not self._desk_keys.admits(desk.key)
                or scope != self._scope(desk.key)  # enrolled for something else by now
            ):
                self._drop(route)

    def _drop(self, route: bytes) -> None:
        desk = self._desks.pop(route, None)
        if desk is not None:
            _log.info("desk gone: %s", self._desk_keys.name(desk.key))
