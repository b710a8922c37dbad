"""Asking a gateway over HTTP: verified TLS, limits of time, and what is certain.

No redirect is followed and no proxy used: what is sent holds a log-in and a number.
"""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from dispatch.notify.contract import (
    ACCEPTED,
    NOT_SENT,
    REFUSED,
    UNKNOWN,
    Login,
    Lost,
    Outcome,
    clean,
)

LIMIT_S = 8.0  # for each step
WHOLE_S = 15.0  # for all of them, however slowly the other side speaks
MOST_BYTES = 16 * 1024
_NOT_NOW = frozenset({408, 425, 429, 503})  # by their meaning it was not handled
_LOGIN = frozenset({401, 403, 407})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a gateway answered."""

    status: int
    text: str


def ask(
    url: str,
    *,
    method: str = "POST",
    headers: Mapping[str, str],
    body: bytes | None,
    ca: str = "",
) -> Answer:
    """Send one request and return its answer.

    Raises:
        Lost: There is none; it says whether the request may have arrived.
    """
    parts = urlsplit(url)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    connection, line = _connected(url, ca)
    try:
        with ended_after(WHOLE_S, lambda: line):
            try:
                connection.putrequest(method, path)
                for name, value in headers.items():
                    connection.putheader(name, value)
                if body is not None:
                    connection.putheader("Content-Length", str(len(body)))
            except (ValueError, http.client.HTTPException):
                # Their text holds what was to be sent.
                raise Lost("template", sent=False) from None
            try:
                connection.endheaders(body)
                with connection.getresponse() as answer:
                    data = answer.read(MOST_BYTES)
            except TimeoutError:
                raise Lost("timeout", sent=True) from None
            except (OSError, http.client.HTTPException):
                raise Lost("broken", sent=True) from None
    finally:
        connection.close()
    return Answer(answer.status, data.decode("utf-8", "replace"))


def knock(url: str, ca: str = "") -> str:
    """Return why nobody can be asked there, or ""; nothing is sent."""
    try:
        connection, _ = _connected(url, ca)
    except Lost as lost:
        return lost.reason
    connection.close()
    return ""


def judged(answer: Answer, login: Login | None) -> Outcome:
    """Return what an answer means by its status alone."""
    said = f"{answer.status} {clean(answer.text, login)}".strip()
    if 200 <= answer.status < 300:
        return Outcome(state=ACCEPTED)
    if answer.status in _LOGIN:
        return Outcome(state=NOT_SENT, reason="login", detail=said)
    if answer.status in _NOT_NOW:
        return Outcome(state=NOT_SENT, reason="busy", detail=said)
    if answer.status >= 500:  # it may have failed after it was passed on
        return Outcome(state=UNKNOWN, reason="broken", detail=said)
    return Outcome(state=REFUSED, reason="answer", detail=said)


@contextlib.contextmanager
def ended_after(
    limit_s: float, line: Callable[[], socket.socket | None]
) -> Iterator[None]:
    """Cut a conversation that takes longer, so that no slow talker holds the thread.

    Args:
        limit_s: How long it may take.
        line: Returns its socket, which is another one once it is encrypted.
    """

    def end() -> None:
        held = line()
        if held is not None:
            with contextlib.suppress(OSError):
                # Past TLS, which would want to say goodbye first.
                socket.socket.shutdown(held, socket.SHUT_RDWR)

    watch = threading.Timer(limit_s, end)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        watch.join()


def trusted(ca: str) -> ssl.SSLContext:
    """Return what a server has to prove: its name, by the system's or own certificates.

    Raises:
        OSError: The file cannot be read.
    """
    return ssl.create_default_context(cafile=ca or None)


def _connected(url: str, ca: str) -> tuple[http.client.HTTPConnection, socket.socket]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    connection: http.client.HTTPConnection
    try:
        if parts.scheme == "https":
            connection = http.client.HTTPSConnection(
                host, parts.port, timeout=LIMIT_S, context=trusted(ca)
            )
        else:
            connection = http.client.HTTPConnection(host, parts.port, timeout=LIMIT_S)
    except OSError:  # the file of certificates
        raise Lost("tls", sent=False) from None
    try:
        connection.connect()
    except ssl.SSLError:
        connection.close()
        raise Lost("tls", sent=False) from None
    except TimeoutError:
        connection.close()
        raise Lost("timeout", sent=False) from None
    except (OSError, UnicodeError):
        connection.close()
        raise Lost("unreachable", sent=False) from None
    line: socket.socket = connection.sock
    return connection, line
