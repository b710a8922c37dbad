"""One conversation of a device with the service: hello, numbers, answers, patience.

Everything the protocol asks of a device's side, on one socket, from connecting to the
end; the device's memory is its client and its outbox.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec
import zmq

from dispatch import wire
from dispatch.keys import KeyPair
from dispatch.sockets import HANDSHAKE_FAILED, Watch, dealer

if TYPE_CHECKING:
    from dispatch.field import FieldClient

FIRST_WAIT_S = 2.0  # for an answer; doubled with each silence
LONGEST_WAIT_S = 30.0
IDLE_HELLO_S = 30.0  # a word at least this often, so that the service knows the way
_RETRY_S = 0.05
_TELLING_FAILURES = 4  # in a row; one or two are a service that is just starting

_log = logging.getLogger("dispatch.field")


class Session:
    """One socket of a client, from connecting to the end.

    Thread: the line's.

    Attributes:
        due: When it has to be looked after next, monotonic.
        sources: What to poll for it.
    """

    def __init__(
        self,
        client: "FieldClient",
        context: "zmq.Context[zmq.Socket[bytes]]",
        *,
        address: str,
        server_key: str,
        keys: KeyPair,
        encoding: wire.Encoding,
        clock: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._outbox = client.outbox
        self._encoding = encoding
        self._clock = clock
        self._socket = dealer(
            context, keys=keys, server_key=server_key, queue=4 * wire.WINDOW
        )
        self._watch = Watch(context, self._socket)
        self.sources = (self._socket, self._watch.socket)
        self._welcomed = False
        self._failures = 0
        self._window = wire.WINDOW
        self._limit = wire.MAX_MESSAGE_BYTES
        self._in_flight: dict[int, None] = {}
        self._highest = 0
        self._ever_sent = 0
        self._wait_s = FIRST_WAIT_S
        self.due = time.monotonic()  # of the next hello, or of giving up waiting
        self._socket.connect(address)

    def turn(self) -> None:
        """Do whatever there is to do now."""
        self._hear_connection()
        self._hear_service()
        self._client.tell()
        self._advance()

    def close(self) -> None:
        """Give the socket back."""
        self._watch.close()
        self._socket.close()

    def _hear_connection(self) -> None:
        for happening in self._watch.happened():
            if happening == zmq.EVENT_HANDSHAKE_SUCCEEDED:
                self._failures = 0
                self._start_over(soon=True)
            elif happening == zmq.EVENT_DISCONNECTED:
                self._start_over(soon=False)
                self._client.mark(connected=False)
            elif happening in HANDSHAKE_FAILED:
                self._failures += 1
                if self._failures == _TELLING_FAILURES:
                    _log.warning("%s: not let in; enrolled?", self._client.device_id)

    def _hear_service(self) -> None:
        while True:
            try:
                frames = self._socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            try:
                body = wire.parse_down(frames[-1])
            except wire.BadFrame as bad:
                _log.info("%s: not understood: %s", self._client.device_id, bad.text)
                continue
            self._take(body)

    def _take(self, body: wire.Downward) -> None:
        client = self._client
        if isinstance(body, wire.Ack):
            self._answered(body.seq)
            client.settle(body.seq)
        elif isinstance(body, wire.Reject):
            _log.info("%s: refused: %s", client.device_id, body.text)
            if body.seq is not None:
                self._answered(body.seq)
                client.settle(body.seq, rejected=True)
            client.hear_reject(body)
        elif isinstance(body, wire.Welcome):
            if not self._welcomed:
                self._outbox.welcome(body.stored_seq)
                self._welcomed = True
                self._window = max(1, body.window)
                self._limit = body.max_message_bytes
                client.mark(connected=True)
            self._heard()
            client.forget_tasks_but(body.tasks)
        else:
            client.hear_task(body)

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
        self.due = time.monotonic() + pause

    def _start_over(self, *, soon: bool) -> None:
        """Say hello again before anything else; what was in flight is sent again."""
        self._welcomed = False
        self._in_flight.clear()
        self._highest = 0
        self.due = time.monotonic() + (0.0 if soon else self._wait_s)

    def _advance(self) -> None:
        if time.monotonic() >= self.due:
            if self._welcomed and self._in_flight:
                self._start_over(soon=True)
            self._say_hello()
        if self._welcomed:
            self._send_waiting()

    def _say_hello(self) -> None:
        hello = wire.DeviceMessage(
            v=1,
            device=self._client.device_id,
            seq=0,
            at=self._clock(),
            body=wire.Hello(last_seq=self._outbox.last),
        )
        if not self._put(wire.write(hello, self._encoding)):
            self.due = time.monotonic() + max(_RETRY_S, self._wait_s / 4)
            return
        self.due = time.monotonic() + self._wait_s
        self._wait_s = min(2 * self._wait_s, LONGEST_WAIT_S)

    def _send_waiting(self) -> None:
        room = self._window - len(self._in_flight)
        if room <= 0:
            return
        for seq, stored in self._outbox.after(self._highest, room):
            kept, _ = wire.parse([stored])
            frame = wire.write(msgspec.structs.replace(kept, seq=seq), self._encoding)
            if len(frame) > self._limit:
                self._client.refuse_own(seq, len(frame))
                continue
            if not self._put(frame):
                return
            if not self._in_flight:
                self.due = time.monotonic() + self._wait_s
            self._in_flight[seq] = None
            self._highest = seq
            if seq <= self._ever_sent:
                self._client.note_resent()
            self._ever_sent = max(seq, self._ever_sent)

    def _put(self, frame: bytes) -> bool:
        try:
            self._socket.send(frame, zmq.NOBLOCK)
        except zmq.Again:
            return False
        return True
