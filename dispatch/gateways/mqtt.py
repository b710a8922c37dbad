"""A broker: what is published there is taken in, and confirmed when it is stored.

The session at the broker is kept under one name across restarts, so that what was
published meanwhile, and what nobody confirmed, is delivered later (QoS 1).
"""

import hashlib
import logging
import selectors
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.reasoncodes import ReasonCode

from dispatch import wire
from dispatch.gateways.book import SPARKPLUG, Gateway
from dispatch.gateways.door import Door, Refusal
from dispatch.gateways.reading import Meant, decoded, read
from dispatch.gateways.sparkplug import Sparkplug
from dispatch.gateways.topics import filter_of, gaps_of
from dispatch.notify.http import trusted
from dispatch.secrets import Secret
from dispatch.sockets import Waker

FIRST_WAIT_S: Final = 1.0  # before a broker that was lost is tried again; doubled
LONGEST_WAIT_S: Final = 60.0
KEEPALIVE_S: Final = 30
CONNECT_S: Final = 5.0  # for the connection, and again for the broker's word
QOS: Final = 1
GRACE_S: Final = 10.0  # a broker may be away so long, to be restarted, say
MOST_WAITING: Final = 1000  # of what nobody confirms (QoS 0), while the store is away
MOST_TOPICS: Final = 20_000  # of which the newest message is remembered
_LOOK_S: Final = 1.0
_WRITE_S: Final = 0.05

_LOST: Final = (OSError, ValueError)  # a ValueError: a name that no resolver takes

_log = logging.getLogger(__name__)


class Broker:
    """One broker that is listened to, for ever.

    Thread: its own, the only one that touches the connection; what became of a message
    is handed on to it.

    Attributes:
        gateway: What it was made for.
    """

    def __init__(
        self,
        gateway: Gateway,
        login: Secret | None,
        door: Door,
        *,
        identity: str,
        data: Path,
    ) -> None:
        self.gateway = gateway
        self._nodes: Sparkplug | None = None
        if gateway.kind == SPARKPLUG:
            births = data / f"births-{gateway.name}.json"
            self._nodes = Sparkplug(gateway.template, births)
        self._login = login
        self._door = door
        name = hashlib.sha256(f"{identity} {gateway.name}".encode()).hexdigest()
        self._session = f"lookout-{name[:15]}"  # every broker takes 23 letters
        self._tickets: dict[int, int] = {}  # each with its QoS
        self._newest: dict[bytes, bytes] = {}  # of each topic, both as digests
        self._is_full = False
        self._connection = 0  # which one it is; a message is confirmed over its own
        self._confirmed: deque[tuple[int, paho.MQTTMessage, list[int]]] = deque()
        self._lost = ""
        self._lost_at = 0.0
        self._waker = Waker()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"mqtt {gateway.name}")
        self._thread.start()

    @property
    def unheard(self) -> bool:
        """Return whether nothing has come in for longer than a restart takes."""
        return bool(self._lost) and time.monotonic() - self._lost_at > GRACE_S

    @property
    def is_gone(self) -> bool:
        """Return whether it has left; `close` does not wait then."""
        return not self._thread.is_alive()

    def leave(self) -> None:
        """Begin to leave the broker, which keeps what comes meanwhile."""
        self._closing.set()
        self._waker.wake()

    def close(self) -> None:
        """Leave the broker; it may take as long as a connection that is begun."""
        self.leave()
        self._thread.join()
        self._waker.close()

    # -- on its own thread ---------------------------------------------------------

    def _run(self) -> None:
        wait_s = FIRST_WAIT_S
        while not self._closing.is_set():
            begun = time.monotonic()
            try:
                why = self._converse()
            except Exception:  # noqa: BLE001 - outermost loop: other devices wait
                _log.exception("gateway %s has failed", self.gateway.name)
                why = "fault"
            if self._closing.is_set():
                return
            if time.monotonic() - begun > LONGEST_WAIT_S:
                wait_s = FIRST_WAIT_S  # not for one that lets in and cuts off again
            if not self._lost:
                self._lost_at = time.monotonic()
                _log.warning(
                    "gateway %s: %s is lost: %s",
                    self.gateway.name,
                    self.gateway.url,
                    why,
                )
            self._lost = why
            self._closing.wait(wait_s)
            wait_s = min(2 * wait_s, LONGEST_WAIT_S)

    def _converse(self) -> str:
        """Listen until the connection is lost; return why."""
        self._connection += 1
        heard: list[str] = []

        def on_heard(why: str) -> None:
            heard.append(why)
            if not why:
                self._on_connected(client)

        client = _client(
            self.gateway, self._login, self._session, keep=True, heard=on_heard
        )
        client.on_message = self._on_message
        client.on_subscribe = self._on_subscribe
        try:
            why = _opened(self.gateway, client)
            if why:
                return why
            self._listen(client)
        finally:
            if self._nodes is not None:
                self._nodes.keep()
            for ticket, qos in list(self._tickets.items()):
                if qos == QOS:  # it comes again over the next connection
                    self._door.drop(ticket)
                    del self._tickets[ticket]
                    self._newest.clear()  # a retained one may not be stored
            client.disconnect()
        return next(filter(None, heard), "broken")

    def _listen(self, client: paho.Client) -> None:
        connection = client.socket()
        if connection is None:
            return
        with selectors.DefaultSelector() as selector:
            selector.register(connection, selectors.EVENT_READ)
            selector.register(self._waker, selectors.EVENT_READ)
            while not self._closing.is_set() and _turn(client, selector):
                self._waker.drain()
                if self._nodes is not None:
                    self._nodes.keep_in_time()
                while self._confirmed:
                    number, message, tickets = self._confirmed.popleft()
                    for ticket in tickets:
                        self._tickets.pop(ticket, None)
                    if number == self._connection and message.qos == QOS:
                        client.ack(message.mid, QOS)

    def _on_connected(self, client: paho.Client) -> None:
        client.subscribe(filter_of(self.gateway.topic), QOS)
        if self._nodes is not None:
            self._nodes.begin()
            self._ask(client, self._nodes)

    def _ask(self, client: paho.Client, nodes: Sparkplug) -> None:
        """Publish what nodes are asked."""
        for asked, wants in nodes.asks:
            client.publish(asked, wants)
        nodes.asks.clear()

    def _on_subscribe(
        self,
        _client: paho.Client,
        _userdata: Any,
        _mid: int,
        codes: Sequence[ReasonCode],
        _more: Any,
    ) -> None:
        if any(code.is_failure for code in codes):
            _log.warning(
                "gateway %s: %s does not let it listen to %s",
                self.gateway.name,
                self.gateway.url,
                self.gateway.topic,
            )
            self._lost, self._lost_at = "topic", self._lost_at or time.monotonic()
            return
        self._lost, self._lost_at = "", 0.0
        _log.info("gateway %s: listening at %s", self.gateway.name, self.gateway.url)

    def _on_message(
        self, client: paho.Client, _userdata: Any, message: paho.MQTTMessage
    ) -> None:
        if self._has_no_room(message.qos):
            return
        tickets: list[int] = []
        connection = self._connection

        def told(_refused: tuple[Refusal, ...]) -> None:
            """Have it confirmed: it is stored, or refused and kept aside."""
            self._confirmed.append((connection, message, tickets))
            self._waker.wake()

        try:
            topic = message.topic
        except UnicodeDecodeError:
            topic = ""
        payload = bytes(message.payload)
        raw = topic.encode() + b" " + payload
        try:
            meant = self._read(topic, payload, raw, retained=message.retain)
        except wire.BadFrame as bad:
            self._door.refuse(self.gateway.name, bad, raw, told)
        except Exception as error:  # noqa: BLE001 - it would come for ever
            fault = self._door.fault(self.gateway.name, error)
            self._door.refuse(self.gateway.name, fault, raw, told)
        else:
            tickets.append(self._door.take(self.gateway.name, meant, raw, told))
            self._tickets.update(dict.fromkeys(tickets, message.qos))
        if self._nodes is not None:
            self._ask(client, self._nodes)

    def _has_no_room(self, qos: int) -> bool:
        """Return whether a message has to go; a node's is missed, and asked for."""
        was_full = self._is_full
        most = MOST_WAITING // 2 if was_full else MOST_WAITING
        self._is_full = len(self._tickets) >= most
        if self._is_full and not was_full:
            _log.warning(
                "gateway %s: the store is away, and nobody keeps what comes at QoS 0",
                self.gateway.name,
            )
        return self._is_full and qos != QOS

    def _read(
        self, topic: str, payload: bytes, raw: bytes, *, retained: bool
    ) -> Sequence[Meant]:
        """Return what a message means; nothing where it is none of ours."""
        if self._nodes is not None:
            return self._nodes.read(topic, payload)
        gaps = gaps_of(self.gateway.topic, topic)
        if gaps is None:  # listened to under an earlier setting
            return ()
        # A retained message comes again at each connection, and says nothing new then;
        # but another may have come while we were away, and after it the same again.
        if self._is_newest(topic, payload) and retained:
            return ()
        said = decoded(payload)
        return (read(self.gateway.template, said, gaps=gaps, payload=raw),)

    def _is_newest(self, topic: str, payload: bytes) -> bool:
        """Return whether it is what its topic said last; note that it is now."""
        name, said = (
            hashlib.sha256(each).digest() for each in (topic.encode(), payload)
        )
        if self._newest.get(name) == said:
            return True
        if len(self._newest) >= MOST_TOPICS:
            self._newest.clear()  # somebody makes them up
        self._newest[name] = said
        return False


def knock(gateway: Gateway, login: Secret | None) -> str:
    """Return why a broker does not let us in, or ""; nothing is listened to.

    In a word of `dispatch.notify.contract`.
    """
    heard: list[str] = []
    name = f"lookout-{uuid4().hex[:15]}"
    client = _client(gateway, login, name, keep=False, heard=heard.append)
    why = _opened(gateway, client)
    if why:
        return why
    connection = client.socket()
    end = time.monotonic() + CONNECT_S
    with selectors.DefaultSelector() as selector:
        if connection is not None:
            selector.register(connection, selectors.EVENT_READ)
        while not heard and time.monotonic() < end and _turn(client, selector):
            pass
    client.disconnect()
    if heard:
        return heard[0]
    return "timeout" if time.monotonic() >= end else "unreachable"


def _client(
    gateway: Gateway,
    login: Secret | None,
    session: str,
    *,
    keep: bool,
    heard: Callable[[str], None],
) -> paho.Client:
    """Return a client; `heard` hears why it was not let in, or "" when it was."""
    client = paho.Client(
        CallbackAPIVersion.VERSION2,
        client_id=session,
        clean_session=not keep,
        manual_ack=True,
    )
    client.connect_timeout = CONNECT_S
    if login is not None:
        client.username_pw_set(login.username, login.password)

    def connected(
        _client: paho.Client, _userdata: Any, _flags: Any, code: ReasonCode, _more: Any
    ) -> None:
        heard(_why_refused(code) if code.is_failure else "")

    client.on_connect = connected
    return client


def _opened(gateway: Gateway, client: paho.Client) -> str:
    """Connect; return why that cannot be, or ""."""
    if gateway.is_sealed:
        try:
            client.tls_set_context(trusted(gateway.ca))
        except OSError:  # the file of certificates
            return "tls"
    try:
        client.connect(gateway.parts.hostname or "", gateway.port, KEEPALIVE_S)
    except ssl.SSLError:
        return "tls"
    except TimeoutError:
        return "timeout"
    except _LOST:
        return "unreachable"
    return ""


def _turn(client: paho.Client, selector: selectors.BaseSelector) -> bool:
    """Wait for something, and do it; return False where the connection is lost."""
    connection = client.socket()
    if connection is None:
        return False
    # What TLS has read ahead is not seen by the selector.
    ahead = connection.pending() if isinstance(connection, ssl.SSLSocket) else 0
    wait_s = 0.0 if ahead else _WRITE_S if client.want_write() else _LOOK_S
    ready = [key.fileobj for key, _ in selector.select(wait_s)]
    steps = [client.loop_misc]
    if ahead or connection in ready:
        steps.insert(0, client.loop_read)
    if client.want_write():
        steps.append(client.loop_write)
    return all(step() == MQTTErrorCode.MQTT_ERR_SUCCESS for step in steps)


def _why_refused(code: ReasonCode) -> str:
    busy = ReasonCode(PacketTypes.CONNACK, "Server unavailable")
    return "busy" if code == busy else "login"
