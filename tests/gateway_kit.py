"""Small real servers for messages to people: an HTTP gateway and a mail server."""

import contextlib
import datetime
import ipaddress
import json
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

YES = (200, '{"code":0,"msg":"OK"}')
HANG, CUT = (0, "hang"), (0, "cut")  # never answers; goes without an answer


@dataclass(frozen=True)
class Asked:
    """One request that a gateway got."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Gateway:
    """A gateway of a provider: what it was asked, and what it answers from now on."""

    answer: tuple[int, str] = YES
    asked: list[Asked] = field(default_factory=list)
    url: str = ""
    released: threading.Event = field(default_factory=threading.Event)


@contextlib.contextmanager
def gateway(port: int = 0, *, cert: Path | None = None) -> Iterator[Gateway]:
    """Run a gateway on this machine; with a certificate it speaks TLS."""
    state = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            body = self.rfile.read(length)
            state.asked.append(Asked(self.command, self.path, dict(self.headers), body))
            status, text = state.answer
            if (status, text) == HANG:
                state.released.wait(60)
            if not status:
                self.close_connection = True
                return
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST  # noqa: N815 - as the library wants it

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = False

        def handle_error(self, *_: object) -> None:
            pass  # a peer that was killed, or did not like the certificate

    server = Server(("127.0.0.1", port), Handler)
    if cert is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    scheme = "http" if cert is None else "https"
    state.url = f"{scheme}://127.0.0.1:{server.server_port}/send"
    with _served(server):
        try:
            yield state
        finally:
            state.released.set()


@dataclass
class MailServer:
    """A mail server: the mails it took, and how it answers each word."""

    url: str = ""
    mails: list[bytes] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a mail server on this machine; an answer "" hangs up."""
    state = MailServer()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            while line := self.rfile.readline():
                word = line.split()[0].decode().upper() if line.split() else ""
                if word == "DATA" and "DATA" not in state.answers:
                    self.say("354 go on")
                    mail = b""
                    while (line := self.rfile.readline()) != b".\r\n":
                        mail += line
                    state.mails.append(mail)
                    word = "."
                answer = state.answers.get(word, "250 yes")
                if not answer:
                    return
                self.say(answer)

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = False

        def handle_error(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    state.url = f"smtp://127.0.0.1:{server.server_address[1]}"
    with _served(server):
        yield state


@contextlib.contextmanager
def _served(server: socketserver.TCPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def own_certificate(folder: Path) -> Path:
    """Write a key and a certificate for 127.0.0.1 that nobody else has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gateway")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "gateway.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


def free_port() -> int:
    """Return a port of this machine where nobody listens."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])
