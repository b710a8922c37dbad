"""A telephone system to try the desk with: `lookout desk ring`. Needs no Qt.

It rings; it takes what the desk asks of it, and answers as it is told to; it says
afterwards where the call was recorded.
"""

import http.client
import json
import sys
import threading
import time
from argparse import Namespace
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import urlsplit
from uuid import uuid4

from console.call_requests import CALL, HOST, RECORDING, THREE_WAY, post
from console.command_words import CommandWords, complain
from console.plain_words import QT_TRANSLATE_NOOP
from console.telephone import Telephone, telephone
from dispatch.phone_calls import CONNECTED, FAILED
from dispatch.secrets import SecretsError, SecretStore
from resources.home import Home

_AWAY: Final = (OSError, http.client.HTTPException)


class Exchange:
    """A telephone system on this machine, as a context.

    Thread: any; each request has one of its own.

    Args:
        desk: Where the desk listens, and what it wants to be shown.
        token: What this system wants to be shown.
        port: Where it takes requests; 0: a free one.
        answers: What becomes of who is brought in: `CONNECTED`, one of
            `phone_calls.REASONS`, or "silent": the desk never hears of it.

    Attributes:
        asked: The calls, and whom the desk wanted in them.
    """

    def __init__(
        self, desk: Telephone, *, token: str, port: int = 0, answers: str = CONNECTED
    ) -> None:
        self.desk = desk
        self.answers = answers
        self.asked: list[tuple[str, str]] = []
        exchange = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                said = json.loads(self.rfile.read(length) or b"{}")
                shown = self.headers.get("Authorization", "")
                status = HTTPStatus.UNAUTHORIZED
                if compare_digest(shown.encode(), f"Bearer {token}".encode()):
                    status = HTTPStatus.ACCEPTED
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()
                if status is HTTPStatus.ACCEPTED:
                    exchange._bring(said["call"], said["to"])

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = False

        self._server = Server((HOST, port), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}
        )

    def __enter__(self) -> "Exchange":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def hook(self) -> str:
        """Return where it takes requests."""
        return f"http://{HOST}:{self._server.server_address[1]}{THREE_WAY}"

    def _bring(self, call: str, to: str) -> None:
        self.asked.append((call, to))
        if self.answers == "silent":
            return
        said = {"call": call, "to": to, "state": CONNECTED}
        if self.answers != CONNECTED:
            said |= {"state": FAILED, "reason": self.answers}
        post(self.desk.port, self.desk.token, THREE_WAY, said)


def ring(home: Home, options: Namespace) -> int:
    """Tell the desk of a call, as a telephone system does; return the exit status."""
    say = CommandWords.of(home)
    kept = telephone(home)
    if kept is None:
        none = QT_TRANSLATE_NOOP(
            "Command", "this desk hears of no calls; begin with: lookout desk telephone"
        )
        return complain(say(none), status=2)
    call = uuid4().hex
    said = {"number": options.number, "call": call}
    try:
        status = post(kept.port, kept.token, CALL, said)
        if status != HTTPStatus.NO_CONTENT:
            wrong = QT_TRANSLATE_NOOP(
                "Command", "the desk did not take the call: {status}"
            )
            return complain(say(wrong, status=status))
        done = QT_TRANSLATE_NOOP(
            "Command", "the desk was told; F2 there takes the call down"
        )
        sys.stdout.write(f"{say(done)}\n")
        sys.stdout.flush()
        if options.stay:
            _stay(home, kept, options)
        if options.recording:
            ended = {"call": call, "recording": options.recording}
            status = post(kept.port, kept.token, RECORDING, ended)
            if status != HTTPStatus.NO_CONTENT:
                none = QT_TRANSLATE_NOOP(
                    "Command", "the desk did not take the recording: {status}"
                )
                return complain(say(none, status=status))
    except SecretsError as error:
        return complain(say.told(error), status=2)
    except _AWAY:
        away = QT_TRANSLATE_NOOP(
            "Command", "no desk listens on port {port}; is it open?"
        )
        return complain(say(away, port=kept.port))
    return 0


def _stay(home: Home, kept: Telephone, options: Namespace) -> None:
    """Stay on the line, and bring in whom the desk asks for, where it can ask."""
    if not kept.hook:
        time.sleep(options.stay)
        return
    token = SecretStore(home).get(kept.hook_ref).password
    with Exchange(
        kept, token=token, port=urlsplit(kept.hook).port or 0, answers=options.brings
    ):
        time.sleep(options.stay)
