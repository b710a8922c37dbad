"""The device's end of the line: said once, kept until the service has it.

What is sent is on disk before `send` returns, and is sent again until it is
acknowledged or refused; tasks for a terminal arrive by callback. The conversation
itself stands in `dispatch.field_session`.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import zmq

from dispatch import wire
from dispatch.field_session import Session
from dispatch.keys import KeyPair
from dispatch.outbox import FieldOutbox
from dispatch.sockets import Waker

MOST_TELLINGS = 3  # of one task to a callback that fails
ANEW_S = 1.0  # after a failure of ours the line is taken anew
FINISHED_KEPT = 100  # tasks that are no news when they are offered once more
GOODBYE_S = 10.0  # for a callback that is under way when somebody leaves
LOOK_S = 0.1  # between looks whether the line still lives
MOST_SOCKETS = 16_000  # of one context; the default is 1,023, three a device

_log = logging.getLogger(__name__)

OnTask = Callable[[wire.Task | wire.Recalled], None]
OnReject = Callable[[wire.Reject], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldStats:
    """What one client has done since it was made.

    Attributes:
        connected: The service has welcomed it and has not fallen silent.
        acknowledged: Messages stored by the service.
        rejected: Messages refused for good.
        waiting: Messages in the outbox.
        resent: Messages sent more than once.
    """

    connected: bool
    acknowledged: int
    rejected: int
    waiting: int
    resent: int


class FieldLine:
    """One thread and one context for any number of devices of one process.

    Thread: its own owns every member's socket and makes every member's callbacks;
    all methods may be called from any other.
    """

    def __init__(self) -> None:
        self._waker = Waker()
        self._closing = threading.Event()
        self._news: deque[tuple[FieldClient, threading.Event | None]] = deque()
        self._sessions: dict[FieldClient, Session] = {}
        self._anew: dict[FieldClient, float] = {}
        self._by_socket: dict[object, FieldClient] = {}
        self._poller = zmq.Poller()
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._context.set(zmq.MAX_SOCKETS, MOST_SOCKETS)
        self._thread = threading.Thread(target=self._run, name="field line")
        self._thread.start()

    def wake(self, client: "FieldClient") -> None:
        """Look after a client soon; one that is not known yet joins."""
        self._news.append((client, None))
        self._waker.wake()

    def leave(self, client: "FieldClient") -> None:
        """Let a client go; when this returns nothing of it is touched any more.

        Raises:
            RuntimeError: On the line's own thread, such as in a callback.
            TimeoutError: A callback does not return.
        """
        if threading.current_thread() is self._thread:
            raise RuntimeError("a device is not closed by its own callback")
        gone = threading.Event()
        self._news.append((client, gone))
        self._waker.wake()
        end = time.monotonic() + GOODBYE_S
        while not gone.wait(LOOK_S):
            if not self._thread.is_alive():
                return  # it has let go of every client
            if time.monotonic() > end:
                raise TimeoutError(f"{client.device_id}: the line does not answer")

    def close(self) -> None:
        """End the thread, after every client has left.

        Raises:
            TimeoutError: A callback does not return.
        """
        self._closing.set()
        self._waker.wake()
        self._thread.join(GOODBYE_S)
        if self._thread.is_alive():
            raise TimeoutError("the line does not end")
        self._waker.close()

    # -- on the line's own thread --------------------------------------------------

    def _run(self) -> None:
        self._poller.register(self._waker, zmq.POLLIN)
        try:
            while not self._closing.is_set():
                self._turn()
        finally:
            for session in self._sessions.values():
                session.close()
            self._context.destroy(linger=0)  # a session may have failed halfway

    def _turn(self) -> None:
        now = time.monotonic()
        wanted = {c for c, s in self._sessions.items() if s.due <= now}
        if not wanted and not self._news:
            pause = min(
                [s.due for s in self._sessions.values()] + [*self._anew.values()],
                default=now + 60.0,
            )
            ready = self._poller.poll(int(1000 * max(0.0, pause - now)) + 1)
            self._waker.drain()
            wanted = {self._by_socket[s] for s, _ in ready if s in self._by_socket} | {
                c for c, s in self._sessions.items() if s.due <= time.monotonic()
            }
        wanted |= self._hear_news()
        for client in [c for c, at in self._anew.items() if at <= time.monotonic()]:
            del self._anew[client]
            wanted.add(client)
        for client in wanted:
            self._look_after(client)

    def _hear_news(self) -> "set[FieldClient]":
        woken: set[FieldClient] = set()
        while self._news:
            client, gone = self._news.popleft()
            if gone is None:
                woken.add(client)
                continue
            self._drop(client)
            self._anew.pop(client, None)
            woken.discard(client)
            gone.set()
        return {client for client in woken if client not in self._anew}

    def _look_after(self, client: "FieldClient") -> None:
        try:
            session = self._sessions.get(client)
            if session is None:
                session = self._sessions[client] = client.new_session(self._context)
                for source in session.sources:
                    self._by_socket[source] = client
                    self._poller.register(source, zmq.POLLIN)
            session.turn()
        except Exception:  # noqa: BLE001 - outermost loop: a device never stops
            client.failed()
            self._drop(client)
            self._anew[client] = time.monotonic() + ANEW_S

    def _drop(self, client: "FieldClient") -> None:
        session = self._sessions.pop(client, None)
        if session is None:
            return
        for source in session.sources:
            self._poller.unregister(source)
            del self._by_socket[source]
        session.close()


class FieldClient:
    """One device or terminal on the line.

    Thread: its line's owns the socket and calls back; `send`, `stats`, `flush` and
    `close` may be called from any other.

    Args:
        address: The service's.
        server_key: Its public key.
        keys: The device's pair.
        outbox: A file of this device alone.
        device_id: Whose.
        clock: The time now, in UTC.
        encoding: How it writes.
        on_task: Hears of tasks.
        on_reject: Hears of refusals.
        line: Shared with other devices of this process; its own if None.
    """

    def __init__(
        self,
        address: str,
        *,
        server_key: str,
        keys: tuple[str, str],
        outbox: Path,
        device_id: str,
        clock: Callable[[], datetime],
        encoding: wire.Encoding = wire.Encoding.MSGPACK,
        on_task: OnTask | None = None,
        on_reject: OnReject | None = None,
        line: FieldLine | None = None,
    ) -> None:
        self._address = address
        self._server_key = server_key
        self._keys = KeyPair(*keys)
        self.device_id = device_id
        self._clock = clock
        self._encoding = encoding
        self._on_task = on_task
        self._on_reject = on_reject
        self.outbox = FieldOutbox(outbox)
        self._line_is_own = line is None
        self._line = FieldLine() if line is None else line
        self._settled = threading.Condition()
        self._connected = False
        self._acknowledged = 0
        self._rejected = 0
        self._resent = 0
        self._known: dict[str, wire.Task] = {}
        # Also of the time before this start: the service may not know of it yet.
        self._finished = deque(self._finished_and_waiting(), maxlen=FINISHED_KEPT)
        self._untold: list[wire.Task | wire.Recalled] = []
        self._tellings = 0
        self._line.wake(self)

    def send(self, body: wire.Body, *, at: datetime | None = None) -> int:
        """Keep a message for the service and return its number.

        The number is final once the service has ever welcomed this outbox; before
        that it may move, never the order.

        Raises:
            BadFrame: If the service would refuse it: too large, out of range.
        """
        message = wire.DeviceMessage(
            v=1,
            device=self.device_id,
            seq=2**63 - 1,
            at=self._clock() if at is None else at,
            body=body,
        )
        wire.parse([wire.write(message, self._encoding)])
        if isinstance(body, wire.Finish | wire.Return):
            self._finished.append(body.task)
            self._known.pop(body.task, None)
        seq = self.outbox.add(wire.write(message))
        self._line.wake(self)
        return seq

    def on_task(self, callback: OnTask) -> None:
        """Say who hears of tasks; those that came before are told now."""
        self._on_task = callback
        self._line.wake(self)

    def stats(self) -> FieldStats:
        """Return what has been done so far."""
        with self._settled:
            return FieldStats(
                connected=self._connected,
                acknowledged=self._acknowledged,
                rejected=self._rejected,
                waiting=self.outbox.waiting(),
                resent=self._resent,
            )

    def flush(self, timeout_s: float) -> bool:
        """Wait until nothing waits any more; return whether that came true."""
        with self._settled:
            return self._settled.wait_for(lambda: self.outbox.waiting() == 0, timeout_s)

    def close(self) -> None:
        """End the thread; what waits stays in the outbox for the next time."""
        self._line.leave(self)
        if self._line_is_own:
            self._line.close()
        self.outbox.close()

    def _finished_and_waiting(self) -> Iterator[str]:
        """Give the tasks whose last answer still lies in the outbox."""
        last = 0
        while page := self.outbox.after(last, wire.WINDOW):
            last = page[-1][0]
            for _, frame in page:
                try:
                    body = wire.parse([frame])[0].body
                except wire.BadFrame:  # of another version; it is refused when sent
                    continue
                if isinstance(body, wire.Finish | wire.Return):
                    yield body.task

    # -- on the line's thread ------------------------------------------------------

    def new_session(self, context: "zmq.Context[zmq.Socket[bytes]]") -> Session:
        """Begin a conversation with the service."""
        return Session(
            self,
            context,
            address=self._address,
            server_key=self._server_key,
            keys=self._keys,
            encoding=self._encoding,
            clock=self._clock,
        )

    def failed(self) -> None:
        """Note, inside the handler of an exception, that the line failed."""
        _log.exception("%s: the line failed and is taken anew", self.device_id)
        self.mark(connected=False)

    def mark(self, *, connected: bool) -> None:
        """Note how the line is."""
        with self._settled:
            if connected != self._connected:
                word = "welcomed by" if connected else "lost contact with"
                _log.info("%s: %s the service", self.device_id, word)
            self._connected = connected

    def settle(self, seq: int, *, rejected: bool = False) -> None:
        """Forget a message that was answered."""
        with self._settled:
            dropped = self.outbox.drop([seq])
            if rejected:
                self._rejected += dropped
            else:
                self._acknowledged += dropped
            self._settled.notify_all()

    def note_resent(self) -> None:
        """Count a message that goes out once more."""
        self._resent += 1

    def hear_reject(self, body: wire.Reject) -> None:
        """Hand on a refusal."""
        if self._on_reject is not None:
            self._on_reject(body)

    def refuse_own(self, seq: int, size: int) -> None:
        """Give up a message that this service takes no more, instead of forever."""
        _log.warning("%s: %d bytes are too many, dropped", self.device_id, size)
        self.settle(seq, rejected=True)

    def tell(self) -> None:
        """Tell the device of its tasks."""
        callback = self._on_task
        while callback is not None and self._untold:
            self._tellings += 1
            try:
                callback(self._untold[0])
            except Exception:
                if self._tellings < MOST_TELLINGS:
                    raise  # the line is taken anew, and it is told once more
                _log.exception("%s: a task could not be told", self.device_id)
            del self._untold[0]
            self._tellings = 0

    def hear_task(self, body: wire.Task | wire.Recalled) -> None:
        """Keep what is new; the service repeats itself until it is answered."""
        known = self._known.get(body.task)
        if isinstance(body, wire.Task):
            if known is None and body.task not in self._finished:
                self._untold.append(body)
                self._known[body.task] = body
        elif known is not None:
            del self._known[body.task]
            self._untold.append(body)
        self.tell()

    def forget_tasks_but(self, standing: list[str]) -> None:
        """Hear which tasks stand; every other one is gone."""
        for task in [name for name in tuple(self._known) if name not in standing]:
            self.hear_task(wire.Recalled(task=task))
