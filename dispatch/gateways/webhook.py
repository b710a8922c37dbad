"""The webhook: whoever has the token posts a message, and hears when it is stored.

One address may serve several gateways: each has the end of the address that is its name,
and a token of its own.
"""

import hmac
import json
import logging
import os
import re
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET, AF_INET6, SHUT_RDWR, create_connection, socket
from socketserver import TCPServer
from typing import Any, Final
from urllib.parse import unquote

from dispatch import wire
from dispatch.gateways.book import Gateway
from dispatch.gateways.door import Door, Refusal
from dispatch.gateways.reading import decoded, read

ANSWER_S: Final = 8.0  # the store may need so long; then whoever asks tries again
WHOLE_S: Final = 15.0  # for a whole conversation, however slowly the other side speaks
MOST_AT_ONCE: Final = 64
RETRY_S: Final = 5  # what somebody is told who cannot be served now
KNOCK_S: Final = 3.0
_LOOK_S: Final = 0.2
_UNREAD_S: Final = 1.0
MESSAGE_ID: Final = "Idempotency-Key"
_LENGTH: Final = re.compile(r"[0-9]{1,15}")

_log = logging.getLogger(__name__)


class Webhook(ThreadingHTTPServer):
    """One address that listens.

    Thread: one lets in, each conversation has another; `look_after`, `close` and
    `served` are for whoever owns it.

    Attributes:
        door: Takes what comes in.
        served: The gateways here by name, each with its token; may be set anew.

    Args:
        gateway: One of those it serves, for the address and the certificate.
        door: Likewise.
        served: Likewise.

    Raises:
        OSError: It cannot listen there, or the certificate cannot be read.
    """

    daemon_threads = False
    block_on_close = True
    request_queue_size = MOST_AT_ONCE
    allow_reuse_address = os.name != "nt"  # there it would share a taken port

    def __init__(
        self,
        gateway: Gateway,
        door: Door,
        *,
        served: Mapping[str, tuple[Gateway, str]],
    ) -> None:
        self.door = door
        self.served = served
        self._held: dict[socket, float] = {}
        self._guard = threading.Lock()
        self._closing = threading.Event()
        context = None
        if gateway.is_sealed:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            # A password is not asked for: nobody might be there.
            context.load_cert_chain(gateway.certificate, password="")
        host = gateway.parts.hostname or ""
        self.address_family = AF_INET6 if ":" in host else AF_INET
        self._port = gateway.port
        super().__init__((host, self._port), _Conversation)
        if context is not None:
            # The greeting takes place in the conversation, not where all are let in.
            self.socket = context.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = threading.Thread(
            target=self.serve_forever, args=(0.2,), name=f"webhook {self._port}"
        )
        self._thread.start()

    @property
    def is_closing(self) -> bool:
        """Return whether nobody is served any more."""
        return self._closing.is_set()

    def look_after(self) -> None:
        """Cut conversations that take too long; called each second."""
        late = time.monotonic() - WHOLE_S
        with self._guard:
            for held, since in self._held.items():
                if since < late:
                    _cut(held)

    def close(self) -> None:
        """Listen no more, and cut whoever is speaking: nobody was told it is stored."""
        self._closing.set()
        self.shutdown()
        self._thread.join()
        with self._guard:
            for held in self._held:
                _cut(held)
        self.server_close()

    # -- socketserver ----------------------------------------------------------------

    def server_bind(self) -> None:
        """Bind, without asking anyone for the name of this machine."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self._port

    def verify_request(self, request: Any, client_address: Any) -> bool:
        """Let in as many as there is room for."""
        with self._guard:
            if len(self._held) >= MOST_AT_ONCE:
                return False
            self._held[request] = time.monotonic()
        return True

    def close_request(self, request: Any) -> None:
        """Let go of a conversation."""
        with self._guard:
            self._held.pop(request, None)
        super().close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say so where it was not the other side that went."""
        _log.exception("a webhook's conversation has failed")


class _Conversation(BaseHTTPRequestHandler):
    """One request, and its answer. Thread: its own."""

    server: Webhook
    server_version = "Lookout"
    sys_version = ""
    timeout = WHOLE_S

    def handle(self) -> None:
        with suppress(OSError):  # it went, was cut, or never spoke TLS
            super().handle()

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()

    def do_POST(self) -> None:
        path = unquote(self.path.partition("?")[0])
        found = self.server.served.get(path.strip("/"))
        said = self.headers.get("Authorization", "").partition(" ")[2].strip()
        length = self.headers.get("Content-Length", "")
        comes = int(length) if _LENGTH.fullmatch(length) else 0
        # Whoever has no token does not learn which names there are.
        token = found[1] if found is not None else ""
        if not hmac.compare_digest(said.encode("latin-1"), token.encode()) or not token:
            bad = wire.BadFrame("token", "the token is wrong, or the address")
            # Under a name of its own: it uses up nothing of what is kept of others.
            name = "webhook" if found is None else f"{found[0].name} 401"
            self.server.door.refuse(name, bad, str(self.client_address[0]).encode())
            status = HTTPStatus.UNAUTHORIZED
            self._answer(status, _refused(bad.reason, bad.text), unread=comes)
            return
        assert found is not None
        if not comes:
            said = "a Content-Length is needed, and something to read"
            self._answer(HTTPStatus.LENGTH_REQUIRED, _refused("garbage", said))
        elif comes > wire.MAX_MESSAGE_BYTES:
            text = f"{comes} bytes; the limit is {wire.MAX_MESSAGE_BYTES}"
            self.server.door.refuse(found[0].name, wire.BadFrame("oversize", text), b"")
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            self._answer(status, _refused("oversize", text), unread=comes)
        else:
            payload = self.rfile.read(comes)
            if len(payload) == comes:  # else it went in the middle
                self._take(found[0], payload)

    def _take(self, gateway: Gateway, payload: bytes) -> None:
        """Hand a message in, and answer when it is stored."""
        door = self.server.door
        answered = threading.Event()
        heard: list[tuple[Refusal, ...]] = []

        def told(refused: tuple[Refusal, ...]) -> None:
            heard.append(refused)
            answered.set()

        try:
            meant = read(
                gateway.template,
                decoded(payload),
                gaps={},
                payload=payload,
                message_id=self.headers.get(MESSAGE_ID, ""),
            )
        except wire.BadFrame as bad:
            door.refuse(gateway.name, bad, payload)
            self._answer(HTTPStatus.BAD_REQUEST, _refused(bad.reason, bad.text))
            return
        except Exception as error:  # noqa: BLE001 - it would be posted for ever
            fault = door.fault(gateway.name, error)
            door.refuse(gateway.name, fault, payload)
            self._answer(HTTPStatus.BAD_REQUEST, _refused(fault.reason, fault.text))
            return
        ticket = door.take(gateway.name, [meant], payload, told)
        end = time.monotonic() + ANSWER_S
        while not (answered.wait(_LOOK_S) or self.server.is_closing):
            if time.monotonic() > end:
                break
        door.drop(ticket)
        if not heard:
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, {"result": "not now"})
        elif heard[0]:
            first = heard[0][0]
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            self._answer(status, _refused(first.reason, first.text))
        else:
            self._answer(HTTPStatus.OK, {"result": "stored"})

    def _answer(
        self, status: HTTPStatus, said: dict[str, str], *, unread: int = 0
    ) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            self.send_header("Retry-After", str(RETRY_S))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        if unread:
            # Closed over what was not read, a connection may lose the answer.
            self.connection.settimeout(_UNREAD_S)
            self.rfile.read(min(unread, 2 * wire.MAX_MESSAGE_BYTES))

    def log_message(self, *_: object) -> None:
        """Nothing: what is refused is kept aside, the rest is in the town's log."""


def listens(gateway: Gateway) -> bool:
    """Return whether somebody listens where a webhook should; nothing is said."""
    host = gateway.parts.hostname or ""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    try:
        create_connection((here, gateway.port), KNOCK_S).close()
    except OSError:
        return False
    return True


def _refused(reason: str, text: str) -> dict[str, str]:
    return {"result": "refused", "reason": reason, "text": text}


def _cut(held: socket) -> None:
    with suppress(OSError):
        # Past TLS, which would want to say goodbye first.
        socket.shutdown(held, SHUT_RDWR)
