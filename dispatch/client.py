"""The desk's end of the desk protocol: submit commands, ask questions, follow.

While the service is away the desk goes on: commands wait in a small durable outbox
and are applied once, in order, when it is back; questions and whatever carries a
secret are refused at once.
"""

import logging
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import zmq

from dispatch import desk_wire
from dispatch.commands import Command, Refused
from dispatch.desk_queries import read_answer, write_query
from dispatch.desk_wire import NotUnderstood
from dispatch.following import (
    Follower,
    Following,
    OnChanges,
    OnLink,
    OnSnapshot,
)
from dispatch.following import Link as Link
from dispatch.keys import KeyPair
from dispatch.outbox import DeskOutbox
from dispatch.people import Scope
from dispatch.questions import Query
from dispatch.receipts import Receipt
from dispatch.requests import Request, asked, fail
from dispatch.sockets import Waker, Watch, dealer, hindrance_of

PING_S = 0.5
DIAL_S = 0.05  # while it is away: a look whether there is a connection
LOST_S = 2.0  # a service that has said nothing for so long is away
RESEND_S = 5.0  # a command without an answer is sent again
ANSWER_S = 15.0  # what is not in the outbox has failed without an answer by then
QUEUE = 2000

_log = logging.getLogger(__name__)


# Its id, why, and what was asked: None where this program cannot read it any more.
OnRefused = Callable[[str, Refused, Command | None], None]


class DeskClient:
    """One desk's line to the service.

    Thread: one of its own owns the socket and makes every callback and every future
    come true; all methods may be called from any other.

    Args:
        address: The service's, such as "tcp://127.0.0.1:40123".
        server_key: Its public key.
        desk_keys: This desk's pair, enrolled at the service.
        outbox: A file of this desk alone.
        clock: The time now, in UTC.
        on_refused: Hears of refused commands that a former run had left behind,
            by command id.
        find: Asked at each try where the service is now; "" where nobody knows. A
            service that came back at another port is followed.
    """

    def __init__(
        self,
        address: str,
        *,
        server_key: str,
        desk_keys: tuple[str, str],
        outbox: Path,
        clock: Callable[[], datetime],
        on_refused: OnRefused | None = None,
        find: Callable[[], str] | None = None,
    ) -> None:
        self._address = address
        self._find = find
        self._ping = desk_wire.Ping()
        self._pong = desk_wire.Pong(instance="", number=0)  # the last one heard
        self._server_key = server_key
        self._keys = KeyPair(*desk_keys)
        self._clock = clock
        self._on_refused = on_refused
        self._outbox = DeskOutbox(outbox)
        self._waker = Waker()
        self._closing = threading.Event()
        self._door = threading.Lock()  # nobody is in behind the last look
        self._fresh: deque[Request] = deque()
        self._requests: dict[int, Request] = {}
        self._next_id = 1
        self._followers: deque[Follower] = deque()
        self._following = Following()
        self._instance = ""
        self._heard_at = 0.0
        self._pinged_at = 0.0
        self._link = Link(False, clock(), self._outbox.waiting())
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._socket: zmq.Socket[bytes] | None = None
        self._watch: Watch | None = None
        self._happened: set[int] = set()  # at this socket
        self._hindrance = ""
        self._thread = threading.Thread(target=self._run, name="desk line")
        self._thread.start()

    def submit(self, command: Command) -> "Future[Receipt]":
        """Send a command; the future raises `Refused` where it may not be.

        Raises:
            ValueError: If it is not a desk's command.
        """
        name, body = desk_wire.write_command(command)
        future: Future[Receipt] = Future()
        self._enter(
            Request(
                name,
                body,
                future,
                command_id=command.command_id,
                durable=not desk_wire.holds_secret(command),
            )
        )
        return future

    def ask(self, query: Query) -> "Future[Any]":
        """Ask a question of `dispatch.history`; the future brings its answer.

        Raises:
            ValueError: If it is no question.
        """
        name, body = write_query(query)
        future: Future[Any] = Future()
        self._enter(Request(name, body, future, query=query))
        return future

    def follow(
        self, on_snapshot: OnSnapshot, on_changes: OnChanges, on_link: OnLink
    ) -> None:
        """Hear everything from now on: how the link is, a snapshot, every change.

        After the service was away a new snapshot comes first.
        """
        self._followers.append(Follower(on_snapshot, on_changes, on_link))
        self._waker.wake()

    @property
    def link(self) -> Link:
        """Return how the desk stands with its service."""
        return self._link

    @property
    def hindrance(self) -> str:
        """Return what `hindrance_of` said of the last try; "" where nobody knows."""
        return self._hindrance

    @property
    def seat(self) -> str:
        """Return the seat this desk is enrolled for, or "" where it names its own."""
        return self._pong.seat

    @property
    def scope(self) -> Scope | None:
        """Return whose cases alone this desk has, being a station; None: all."""
        return self._pong.scope

    def look(self, seat: str, case_id: int | None) -> None:
        """Let the other desks know which case is open here; within half a second."""
        self._ping = desk_wire.Ping(seat=seat, case_id=case_id)

    @property
    def looking(self) -> tuple[tuple[str, int], ...]:
        """Return seat and case open at other desks, as last heard; 0: it is there."""
        return tuple((each.seat, each.case_id) for each in self._pong.looking)

    @property
    def stations(self) -> frozenset[str]:
        """Return the departments that have a station, as last heard."""
        return self._pong.stations

    def close(self) -> None:
        """End the line; what waits in the outbox is sent by the next run."""
        self._closing.set()
        self._waker.wake()
        self._thread.join()
        self._waker.close()
        self._outbox.close()

    def _enter(self, request: Request) -> None:
        with self._door:
            if not (closed := self._closing.is_set()):
                self._fresh.append(request)
        if closed:
            fail(request, _closed())
        self._waker.wake()

    # -- on the client's own thread ------------------------------------------------

    def _run(self) -> None:
        try:
            self._load_outbox()
            while not self._closing.is_set():
                try:
                    self._turn()
                except Exception:  # noqa: BLE001 - outermost loop: the line goes on
                    _log.exception("a callback of the desk line failed")
                    self._closing.wait(0.1)
        finally:
            self._hang_up()
            self._context.term()
            with self._door:
                self._closing.set()
            self._take_fresh()  # a command of the last moment waits in the outbox
            for left in self._requests.values():
                fail(left, _closed())

    def _turn(self) -> None:
        if self._socket is None:
            self._dial()
        poller = zmq.Poller()
        poller.register(self._socket, zmq.POLLIN)
        poller.register(self._waker, zmq.POLLIN)
        if self._watch is not None:
            poller.register(self._watch.socket, zmq.POLLIN)
        poller.poll(int(1000 * (PING_S / 2 if self._link.connected else DIAL_S)))
        self._waker.drain()
        self._take_follower()
        self._take_fresh()
        self._hear()
        self._check_link()
        self._send_unsent()
        self._tell_link(self._link.connected)

    def _dial(self) -> None:
        self._socket = dealer(
            self._context, keys=self._keys, server_key=self._server_key, queue=QUEUE
        )
        self._watch = Watch(self._context, self._socket)
        self._address = (self._find and self._find()) or self._address
        self._socket.connect(self._address)
        self._happened = set()
        self._heard_at = time.monotonic()

    def _hang_up(self) -> None:
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _load_outbox(self) -> None:
        for command_id, name, body in self._outbox.all():
            self._requests[self._take_id()] = Request(
                name, body, None, command_id=command_id, durable=True
            )

    def _take_id(self) -> int:
        self._next_id += 1
        return self._next_id

    def _take_follower(self) -> None:
        while self._followers:
            follower = self._followers.popleft()
            self._following.begin(follower)
            follower.on_link(self._link)
            if self._link.connected:
                self._put(desk_wire.Follow())

    def _take_fresh(self) -> None:
        while self._fresh:
            request = self._fresh.popleft()
            future = request.future
            if future is not None and not future.set_running_or_notify_cancel():
                continue
            if request.durable:
                try:
                    self._outbox.add(request.command_id, request.name, request.body)
                except sqlite3.Error as error:
                    _log.error("the outbox does not take a command: %s", error)
                    fail(request, Refused("outbox", "the desk's outbox failed"))
                    continue
            elif not self._link.connected:
                fail(request, _away())
                continue
            self._requests[self._take_id()] = request

    def _send_unsent(self) -> None:
        if not self._link.connected:
            return
        now = time.monotonic()
        for number, request in list(self._requests.items()):
            if not request.durable and now - request.began_at > ANSWER_S:
                del self._requests[number]
                fail(request, Refused("no_answer", "the service gave no answer"))
                continue
            if request.sent_at and not (
                request.durable and now - request.sent_at > RESEND_S
            ):
                continue
            kind = desk_wire.Submit if request.command_id else desk_wire.Ask
            if not self._put(kind(id=number, name=request.name, body=request.body)):
                return
            request.sent_at = now

    def _put(self, body: desk_wire.FromDesk) -> bool:
        assert self._socket is not None
        try:
            self._socket.send(desk_wire.write_up(body), zmq.NOBLOCK)
        except zmq.Again:
            return False
        return True

    def _hear(self) -> None:
        while self._socket is not None:
            try:
                data = self._socket.recv(zmq.NOBLOCK)
            except zmq.Again:
                return
            self._heard_at = time.monotonic()
            try:
                message = desk_wire.read_down(data)
            except NotUnderstood as error:
                _log.warning("the service is not understood: %s", error)
                continue
            self._take(message)

    def _take(self, message: desk_wire.FromService) -> None:
        if isinstance(message, desk_wire.Pong):
            self._take_pong(message)
        elif isinstance(message, desk_wire.Whole):
            self._following.take_snapshot(desk_wire.read_snapshot(message.body))
        elif isinstance(message, desk_wire.Changes):
            if not self._following.take_changes(desk_wire.read_changes(message)):
                self._ask_missing()
        else:
            request = self._requests.pop(message.id, None)
            if request is not None:
                self._answer(request, message)

    def _take_pong(self, pong: desk_wire.Pong) -> None:
        self._pong = pong
        if pong.instance != self._instance:
            # Another service: what was sent before is not known to have arrived.
            self._instance = pong.instance
            self._following.begin()
            for request in self._requests.values():
                request.sent_at = 0.0
            if self._following.follower is not None:
                self._put(desk_wire.Follow())
            self._tell_link(True)
            return
        if pong.stores != (self._link.not_storing_since is None):
            self._tell_link(True)
        if self._following.misses_snapshot():
            self._put(desk_wire.Follow())
        elif self._following.is_behind(pong.number):
            self._ask_missing()

    def _ask_missing(self) -> None:
        if self._following.may_ask():
            self._put(desk_wire.Since(number=self._following.number))

    def _answer(
        self,
        request: Request,
        message: desk_wire.Done | desk_wire.Refusal | desk_wire.Answer,
    ) -> None:
        if request.durable:
            try:
                self._outbox.drop(request.command_id)
            except sqlite3.Error as error:
                # It is sent again by the next run, and done once by its id.
                _log.error("the outbox does not let a command go: %s", error)
        if isinstance(message, desk_wire.Refusal):
            refused = Refused(message.reason, message.text, **message.details)
            if request.future is None and self._on_refused is not None:
                self._on_refused(request.command_id, refused, asked(request))
            fail(request, refused)
        elif request.future is not None:
            if isinstance(message, desk_wire.Done):
                request.future.set_result(desk_wire.receipt(message))
            elif request.query is not None:
                try:
                    found = read_answer(request.query, message.body)
                except (NotUnderstood, msgspec.MsgspecError, ValueError) as error:
                    _log.warning("an answer is not understood: %s", error)
                    fail(request, Refused("bad_answer", "the answer is not understood"))
                else:
                    request.future.set_result(found)
            else:
                fail(request, Refused("bad_answer", "the answer is of another kind"))

    def _check_link(self) -> None:
        now = time.monotonic()
        fresh = set(self._watch.happened()) if self._watch is not None else set()
        self._happened |= fresh
        gone = zmq.EVENT_DISCONNECTED in fresh
        if now - self._heard_at > LOST_S or (gone and self._link.connected):
            self._lose()
        elif now - self._pinged_at >= PING_S and self._put(self._ping):
            self._pinged_at = now

    def _lose(self) -> None:
        """Begin anew with a fresh socket, so that nothing stale is delivered later."""
        self._hindrance = hindrance_of(self._happened)
        self._hang_up()
        self._instance = ""
        self._pong = msgspec.structs.replace(self._pong, looking=())
        for number, request in list(self._requests.items()):
            if request.durable:
                request.sent_at = 0.0
            else:
                del self._requests[number]
                fail(request, _away())
        self._tell_link(False)
        self._dial()

    def _tell_link(self, connected: bool) -> None:
        old = self._link
        since = old.since if old.connected == connected else self._clock()
        deaf = old.not_storing_since or self._clock()
        lost = deaf if connected and not self._pong.stores else None
        link = Link(connected, since, self._outbox.waiting(), lost)
        if link == old:
            return
        self._link = link
        if link.connected != old.connected:
            _log.info("the service %s", "answers" if connected else "is away")
        if self._following.follower is not None:
            self._following.follower.on_link(link)


def _closed() -> Refused:
    return Refused("closed", "the desk is closing")


def _away() -> Refused:
    return Refused("service_away", "the service does not answer")
