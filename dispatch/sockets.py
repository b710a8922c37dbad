"""What the encrypted lines share: sockets with their limits, their gate, a waker."""

import contextlib
import itertools
import logging
import socket
from collections.abc import Callable, Collection, Iterator

import zmq
from zmq.utils import z85
from zmq.utils.monitor import parse_monitor_message

from dispatch.keys import KeyPair

# Plain numbers: on the way of every message ZeroMQ's own flags cost more than the call.
NOW = int(zmq.NOBLOCK)
NOW_AND_MORE = int(zmq.NOBLOCK | zmq.SNDMORE)
HEARTBEAT_MS = 1000
HEARTBEAT_TIMEOUT_MS = 3000  # a frozen peer is dropped after about 3.9 s
HANDSHAKE_MS = 3000  # a silent connection is closed
HANDSHAKE_FAILED = frozenset(
    {
        int(zmq.EVENT_HANDSHAKE_FAILED_AUTH),
        int(zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL),
        int(zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL),
    }
)
WATCHED = (
    sum(HANDSHAKE_FAILED)
    | zmq.EVENT_CONNECTED
    | zmq.EVENT_HANDSHAKE_SUCCEEDED
    | zmq.EVENT_DISCONNECTED
)

_log = logging.getLogger(__name__)


class Waker:
    """Wakes a thread that sleeps in a poll, from any other thread."""

    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)

    def wake(self) -> None:
        """Wake the sleeper. Many calls before it wakes are one."""
        with contextlib.suppress(OSError):  # full: it is awake anyway; closed: gone
            self._writer.send(b"\0")

    def fileno(self) -> int:
        """Return what to poll for reading."""
        return self._reader.fileno()

    def drain(self) -> None:
        """Forget the calls so far; the sleeper does this before it looks around."""
        with contextlib.suppress(BlockingIOError):
            while self._reader.recv(4096):
                pass

    def close(self) -> None:
        """Give both ends back."""
        self._reader.close()
        self._writer.close()


class Gate:
    """Decides at the CURVE handshake which public keys may connect (ZAP).

    Thread: the one that owns the context's sockets; it polls `socket` and calls
    `answer`. It must exist before the guarded socket binds.
    """

    def __init__(
        self,
        context: "zmq.Context[zmq.Socket[bytes]]",
        *,
        domain: str,
        admits: Callable[[str], bool],
        turned_away: Callable[[str, str], None],
    ) -> None:
        self._domain = domain.encode()
        self._admits = admits
        self._turned_away = turned_away
        self.socket = context.socket(zmq.REP)
        self.socket.linger = 0
        self.socket.bind("inproc://zeromq.zap.01")

    def answer(self) -> None:
        """Answer every waiting handshake."""
        while True:
            try:
                request = self.socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            self.socket.send_multipart(self._answer(request))

    def _answer(self, request: list[bytes]) -> list[bytes]:
        version, request_id = request[0], request[1]
        domain, address, mechanism = request[2], request[3], request[5]
        key = ""
        if domain == self._domain and mechanism == b"CURVE" and len(request) == 7:
            key = z85.encode(request[6]).decode()
            if self._admits(key):
                return [version, request_id, b"200", b"OK", key.encode(), b""]
        self._turned_away(key, address.decode("ascii", "replace"))
        # "For now": after a 400 the other side's ZeroMQ never tries again, and a
        # device enrolled later would need someone to switch it off and on.
        return [version, request_id, b"300", b"unknown key", b"", b""]


def hindrance_of(happened: Collection[int]) -> str:
    """Return why a line that was tried for some seconds does not stand.

    Args:
        happened: The kinds of all that its `Watch` told since it was dialled.

    Returns:
        "unreachable": nobody took the connection; "other_key": somebody did and broke
        the handshake off, as a service does whose key is not the one expected;
        "silent": the handshake is left open, as a gate does to a key that it does not
        know, a service that hangs, and another program that has the port (the greeting
        is no event of the monitor's, so they cannot be told apart); "" where it was
        done, so that it is something else.
    """
    if zmq.EVENT_HANDSHAKE_SUCCEEDED in happened:
        return ""
    if zmq.EVENT_CONNECTED not in happened:
        return "unreachable"
    return "silent" if HANDSHAKE_FAILED.isdisjoint(happened) else "other_key"


_watches = itertools.count()


class Watch:
    """Counts what happens to a socket's connections, and says what happened.

    Thread: the one that owns the socket.
    """

    def __init__(
        self,
        context: "zmq.Context[zmq.Socket[bytes]]",
        watched: "zmq.Socket[bytes]",
    ) -> None:
        self._watched = watched
        # Never one used before: ZeroMQ lets go of an address only after a while.
        address = f"inproc://watch-{next(_watches)}"
        watched.monitor(address, WATCHED)
        self.socket = context.socket(zmq.PAIR)
        self.socket.linger = 0
        # The input thread of ZeroMQ waits while this queue is full: no limit.
        self.socket.rcvhwm = 0
        self.socket.connect(address)

    def happened(self) -> Iterator[int]:
        """Yield the kinds of what has happened since the last call."""
        while True:
            try:
                frames = self.socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            yield int(parse_monitor_message(frames)["event"])

    def close(self) -> None:
        """Stop watching, before the watched socket is closed."""
        self._watched.disable_monitor()
        self.socket.close()


def guarded_router(
    context: "zmq.Context[zmq.Socket[bytes]]",
    *,
    keys: KeyPair,
    domain: str,
    max_bytes: int,
    queue: int,
) -> "zmq.Socket[bytes]":
    """Return a ROUTER for CURVE peers, not yet bound."""
    router = context.socket(zmq.ROUTER)
    _set_common(router, queue=queue)
    router.maxmsgsize = max_bytes
    router.handshake_ivl = HANDSHAKE_MS
    router.router_mandatory = 1  # a lost peer is an error, not a silent drop
    router.curve_server = 1
    router.curve_secretkey = keys.secret.encode()
    router.curve_publickey = keys.public.encode()
    router.zap_domain = domain.encode()
    return router


def receive(router: "zmq.Socket[bytes]") -> tuple[bytes, str, list[bytes]]:
    """Return what waits at a guarded socket: route, the sender's key, its frames.

    Only the last part is taken as an object, for the key that libzmq keeps with it.

    Raises:
        zmq.Again: Nothing waits.
    """
    route = router.recv(NOW)
    body: list[bytes] = []
    while True:
        frame = router.recv(NOW, False)
        body.append(frame.bytes)
        if not frame.more:
            return route, str(frame.get("User-Id")), body


def dealer(
    context: "zmq.Context[zmq.Socket[bytes]]",
    *,
    keys: KeyPair,
    server_key: str,
    queue: int,
) -> "zmq.Socket[bytes]":
    """Return a DEALER that proves its key, not yet connected.

    It queues nothing while there is no connection: what must not be lost stands in
    an outbox, and what is only asked must fail at once.
    """
    socket_ = context.socket(zmq.DEALER)
    _set_common(socket_, queue=queue)
    socket_.immediate = 1
    socket_.reconnect_ivl = 100
    socket_.reconnect_ivl_max = 2000
    socket_.curve_serverkey = server_key.encode()
    socket_.curve_secretkey = keys.secret.encode()
    socket_.curve_publickey = keys.public.encode()
    return socket_


def bind(router: "zmq.Socket[bytes]", wanted: str) -> str:
    """Bind to an address; a port of 0 is a free one. Return the address as it is.

    Raises:
        OSError: If it is taken or not ours.
    """
    try:
        router.bind(wanted)
    except zmq.ZMQError as error:
        raise OSError(error.errno, f"cannot listen on {wanted}: {error}") from None
    return str(router.getsockopt_string(zmq.LAST_ENDPOINT))


def _set_common(socket_: "zmq.Socket[bytes]", *, queue: int) -> None:
    socket_.linger = 0
    socket_.sndhwm = queue
    socket_.rcvhwm = queue
    socket_.heartbeat_ivl = HEARTBEAT_MS
    socket_.heartbeat_timeout = HEARTBEAT_TIMEOUT_MS
    socket_.ipv6 = 0
