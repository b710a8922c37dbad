"""The device's end of the line: said once, kept until the service has it.

What is sent is on disk before `send` returns, and is sent again until it is
acknowledged or refused; tasks for a terminal arrive by callback.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
import zmq

from dispatch import wire
from dispatch.keys import KeyPair
from dispatch.outbox import FieldOutbox
from dispatch.sockets import HANDSHAKE_FAILED, Waker, Watch, dealer

FIRST_WAIT_S = 2.0  # for an answer; doubled with each silence
LONGEST_WAIT_S = 30.0
IDLE_HELLO_S = 30.0  # a word at least this often, so that the service knows the way
MOST_TELLINGS = 3  # of one task to a callback that fails
_RETRY_S = 0.05
_TELLING_FAILURES = 4  # in a row; one or two are a service that is just starting

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


class FieldClient:
    """One device or terminal on the line.

    Thread: one of its own owns the socket and calls back; `send`, `stats`, `flush`
    and `close` may be called from any other.
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
    ) -> None:
        self._address = address
        self._server_key = server_key
        self._keys = KeyPair(*keys)
        self._device_id = device_id
        self._clock = clock
        self._encoding = encoding
        self._on_task = on_task
        self._on_reject = on_reject
        self._outbox = FieldOutbox(outbox)
        self._waker = Waker()
        self._closing = threading.Event()
        self._settled = threading.Condition()
        self._connected = False
        self._acknowledged = 0
        self._rejected = 0
        self._resent = 0
        self._known: dict[str, wire.Task] = {}
        self._finished: set[str] = set()
        self._untold: list[wire.Task | wire.Recalled] = []
        self._tellings = 0
        self._thread = threading.Thread(target=self._run, name=f"field {device_id}")
        self._thread.start()

    def send(self, body: wire.Body, *, at: datetime | None = None) -> int:
        """Keep a message for the service and return its number.

        The number is final once the service has ever welcomed this outbox; before
        that it may move, never the order.

        Raises:
            BadFrame: If the service would refuse it: too large, out of range.
        """
        message = wire.DeviceMessage(
            v=1,
            device=self._device_id,
            seq=2**63 - 1,
            at=self._clock() if at is None else at,
            body=body,
        )
        wire.parse([wire.write(message, self._encoding)])
        if isinstance(body, wire.Finish | wire.Return):
            self._finished.add(body.task)
            self._known.pop(body.task, None)
        seq = self._outbox.add(wire.write(message))
        self._waker.wake()
        return seq

    def on_task(self, callback: OnTask) -> None:
        """Say who hears of tasks; those that came before are told now."""
        self._on_task = callback
        self._waker.wake()

    def stats(self) -> FieldStats:
        """Return what has been done so far."""
        with self._settled:
            return FieldStats(
                connected=self._connected,
                acknowledged=self._acknowledged,
                rejected=self._rejected,
                waiting=self._outbox.waiting(),
                resent=self._resent,
            )

    def flush(self, timeout_s: float) -> bool:
        """Wait until nothing waits any more; return whether that came true."""
        with self._settled:
            return self._settled.wait_for(
                lambda: self._outbox.waiting() == 0, timeout_s
            )

    def close(self) -> None:
        """End the thread; what waits stays in the outbox for the next time."""
        self._closing.set()
        self._waker.wake()
        self._thread.join()
        self._waker.close()
        self._outbox.close()

    # -- on the client's own thread ------------------------------------------------

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                _Session(self).run()
            except Exception:  # noqa: BLE001 - outermost loop: a device never stops
                _log.exception("%s: the line failed and is taken anew", self._device_id)
            else:
                return
            self._mark(connected=False)
            self._closing.wait(1.0)

    def _mark(self, *, connected: bool) -> None:
        with self._settled:
            if connected != self._connected:
                word = "welcomed by" if connected else "lost contact with"
                _log.info("%s: %s the service", self._device_id, word)
            self._connected = connected

    def _settle(self, seq: int, *, rejected: bool = False) -> None:
        with self._settled:
            dropped = self._outbox.drop([seq])
            if rejected:
                self._rejected += dropped
            else:
                self._acknowledged += dropped
            self._settled.notify_all()

    def _refuse_own(self, seq: int, size: int) -> None:
        """Give up a message that this service takes no more, instead of forever."""
        _log.warning("%s: %d bytes are too many, dropped", self._device_id, size)
        self._settle(seq, rejected=True)

    def _tell(self) -> None:
        callback = self._on_task
        while callback is not None and self._untold:
            self._tellings += 1
            try:
                callback(self._untold[0])
            except Exception:
                if self._tellings < MOST_TELLINGS:
                    raise  # the line is taken anew, and it is told once more
                _log.exception("%s: a task could not be told", self._device_id)
            del self._untold[0]
            self._tellings = 0

    def _hear_task(self, body: wire.Task | wire.Recalled) -> None:
        """Keep what is new; the service repeats itself until it is answered."""
        known = self._known.get(body.task)
        if isinstance(body, wire.Task):
            if known is None and body.task not in self._finished:
                self._untold.append(body)
                self._known[body.task] = body
        elif known is not None:
            del self._known[body.task]
            self._untold.append(body)
        self._tell()

    def _forget_tasks_but(self, standing: list[str]) -> None:
        for task in [name for name in tuple(self._known) if name not in standing]:
            self._hear_task(wire.Recalled(task=task))


class _Session:
    """One socket of a client, from connecting to the end.

    Thread: the client's.
    """

    def __init__(self, client: FieldClient) -> None:
        self._client = client
        self._outbox = client._outbox
        self._context: zmq.Context[zmq.Socket[bytes]] = zmq.Context()
        self._socket = dealer(
            self._context,
            keys=client._keys,
            server_key=client._server_key,
            queue=4 * wire.WINDOW,
        )
        self._watch = Watch(self._context, self._socket)
        self._poller = zmq.Poller()
        for source in (self._socket, self._watch.socket, client._waker):
            self._poller.register(source, zmq.POLLIN)
        self._welcomed = False
        self._failures = 0
        self._window = wire.WINDOW
        self._limit = wire.MAX_MESSAGE_BYTES
        self._in_flight: dict[int, None] = {}
        self._highest = 0
        self._ever_sent = 0
        self._wait_s = FIRST_WAIT_S
        self._due = time.monotonic()  # of the next hello, or of giving up waiting

    def run(self) -> None:
        try:
            self._socket.connect(self._client._address)
            while not self._client._closing.is_set():
                pause = max(0.0, self._due - time.monotonic())
                self._poller.poll(int(1000 * pause) + 1)
                self._client._waker.drain()
                self._hear_connection()
                self._hear_service()
                self._client._tell()
                self._advance()
        finally:
            self._watch.close()
            self._socket.close()
            self._context.term()

    def _hear_connection(self) -> None:
        for happening in self._watch.happened():
            if happening == zmq.EVENT_HANDSHAKE_SUCCEEDED:
                self._failures = 0
                self._start_over(soon=True)
            elif happening == zmq.EVENT_DISCONNECTED:
                self._start_over(soon=False)
                self._client._mark(connected=False)
            elif happening in HANDSHAKE_FAILED:
                self._failures += 1
                if self._failures == _TELLING_FAILURES:
                    _log.warning("%s: not let in; enrolled?", self._client._device_id)

    def _hear_service(self) -> None:
        while True:
            try:
                frames = self._socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            try:
                body = wire.parse_down(frames[-1])
            except wire.BadFrame as bad:
                _log.info("%s: not understood: %s", self._client._device_id, bad.text)
                continue
            self._take(body)

    def _take(self, body: wire.Downward) -> None:
        client = self._client
        if isinstance(body, wire.Ack):
            self._answered(body.seq)
            client._settle(body.seq)
        elif isinstance(body, wire.Reject):
            _log.info("%s: refused: %s", client._device_id, body.text)
            if body.seq is not None:
                self._answered(body.seq)
                client._settle(body.seq, rejected=True)
            if client._on_reject is not None:
                client._on_reject(body)
        elif isinstance(body, wire.Welcome):
            if not self._welcomed:
                self._outbox.welcome(body.stored_seq)
                self._welcomed = True
                self._window = max(1, body.window)
                self._limit = body.max_message_bytes
                client._mark(connected=True)
            self._heard()
            client._forget_tasks_but(body.tasks)
        else:
            client._hear_task(body)

    def _answered(self, seq: int) -> None:
        self._in_flight.pop(seq, None)
        oldest = next(iter(self._in_flight), seq)
        if oldest < seq:
            # Passed over: the service could not take it. Waiting for it goes on, or
            # a talkative device would never send it again.
            self._wait_s = FIRST_WAIT_S
            return
        self._heard()

    def _heard(self) -> None:
        """The service lives: patience starts anew."""
        self._wait_s = FIRST_WAIT_S
        pause = self._wait_s if self._in_flight else IDLE_HELLO_S
        self._due = time.monotonic() + pause

    def _start_over(self, *, soon: bool) -> None:
        """Say hello again before anything else; what was in flight is sent again."""
        self._welcomed = False
        self._in_flight.clear()
        self._highest = 0
        self._due = time.monotonic() + (0.0 if soon else self._wait_s)

    def _advance(self) -> None:
        if time.monotonic() >= self._due:
            if self._welcomed and self._in_flight:
                self._start_over(soon=True)
            self._say_hello()
        if self._welcomed:
            self._send_waiting()

    def _say_hello(self) -> None:
        hello = wire.DeviceMessage(
            v=1,
            device=self._client._device_id,
            seq=0,
            at=self._client._clock(),
            body=wire.Hello(last_seq=self._outbox.last),
        )
        if not self._put(wire.write(hello, self._client._encoding)):
            self._due = time.monotonic() + max(_RETRY_S, self._wait_s / 4)
            return
        self._due = time.monotonic() + self._wait_s
        self._wait_s = min(2 * self._wait_s, LONGEST_WAIT_S)

    def _send_waiting(self) -> None:
        room = self._window - len(self._in_flight)
        if room <= 0:
            return
        for seq, stored in self._outbox.after(self._highest, room):
            kept, _ = wire.parse([stored])
            frame = wire.write(
                msgspec.structs.replace(kept, seq=seq), self._client._encoding
            )
            if len(frame) > self._limit:
                self._client._refuse_own(seq, len(frame))
                continue
            if not self._put(frame):
                return
            if not self._in_flight:
                self._due = time.monotonic() + self._wait_s
            self._in_flight[seq] = None
            self._highest = seq
            if seq <= self._ever_sent:
                self._client._resent += 1
            self._ever_sent = max(seq, self._ever_sent)

    def _put(self, frame: bytes) -> bool:
        try:
            self._socket.send(frame, zmq.NOBLOCK)
        except zmq.Again:
            return False
        return True
