"""A telephone system beside the desk: where it says who rings, and whether we dial.

Needs no Qt. The system posts a caller's number to the desk, with a token; `lookout desk
ring` does the same, for who wants to see it before there is such a system.
"""

import http.client
import json
import secrets
import sys
from argparse import Namespace
from dataclasses import asdict, dataclass
from hmac import compare_digest
from http import HTTPStatus
from typing import Final

from console.cli_kinds import port
from console.command_words import CommandWords, complain
from console.plain_words import QT_TRANSLATE_NOOP
from dispatch.case_terms import phone_digits
from dispatch.keys import write_private
from resources.home import Home

FILE: Final = "telephone.json"
HOST: Final = "127.0.0.1"
PATH: Final = "/call"
MOST_BYTES: Final = 8_192  # of one request
_MOST_DIGITS: Final = 20
_WAIT_S: Final = 5.0
_UNREADABLE = (OSError, ValueError, KeyError, TypeError)


@dataclass(frozen=True, kw_only=True, slots=True)
class Telephone:
    """What is kept of it.

    Attributes:
        port: Where the desk listens, on this machine alone.
        token: What the system has to show.
        dials: Numbers that are copied are handed to this machine's dialler (`tel:`).
    """

    port: int
    token: str
    dials: bool = False


def telephone(home: Home) -> Telephone | None:
    """Return what is kept of a home's telephone system, or None where there is none."""
    try:
        said = json.loads((home.data / FILE).read_bytes())
        return Telephone(
            port=port(str(said["port"])),
            token=str(said["token"]),
            dials=said.get("dials") is True,
        )
    except _UNREADABLE:
        return None


def set_telephone(home: Home, options: Namespace) -> int:
    """Keep where the telephone system says who rings; return the exit status."""
    say = CommandWords.of(home)
    path = home.data / FILE
    try:
        if options.off:
            path.unlink(missing_ok=True)
            off = QT_TRANSLATE_NOOP(
                "Command", "no calls, from the desk's next start on"
            )
            sys.stdout.write(f"{say(off)}\n")
            return 0
        before = telephone(home)
        token = before.token if before is not None else secrets.token_urlsafe(24)
        kept = Telephone(port=options.port, token=token, dials=options.dial)
        write_private(path, json.dumps(asdict(kept)).encode())
    except OSError as error:
        text = QT_TRANSLATE_NOOP("Command", "{file} cannot be written: {error}")
        return complain(say(text, file=path, error=error.strerror or error))
    told = QT_TRANSLATE_NOOP(
        "Command",
        "calls: POST http://{host}:{port}{path} from the desk's next start on; the"
        " token stands in {file}, for you alone",
    )
    line = say(told, host=HOST, port=kept.port, path=PATH, file=path)
    sys.stdout.write(f"{line}\n")
    return 0


def ring(home: Home, options: Namespace) -> int:
    """Tell the desk of a call, as a telephone system does; return the exit status."""
    say = CommandWords.of(home)
    kept = telephone(home)
    if kept is None:
        none = QT_TRANSLATE_NOOP(
            "Command", "this desk hears of no calls; begin with: lookout desk telephone"
        )
        return complain(say(none), status=2)
    try:
        status = post_call(kept, options.number)
    except (OSError, http.client.HTTPException):
        away = QT_TRANSLATE_NOOP(
            "Command", "no desk listens on port {port}; is it open?"
        )
        return complain(say(away, port=kept.port))
    if status != HTTPStatus.NO_CONTENT:
        wrong = QT_TRANSLATE_NOOP("Command", "the desk did not take the call: {status}")
        return complain(say(wrong, status=status))
    done = QT_TRANSLATE_NOOP(
        "Command", "the desk was told; F2 there takes the call down"
    )
    sys.stdout.write(f"{say(done)}\n")
    return 0


def post_call(kept: Telephone, number: str) -> int:
    """Post a caller's number to the desk; return the status of its answer."""
    line = http.client.HTTPConnection(HOST, kept.port, timeout=_WAIT_S)
    try:
        line.request(
            "POST",
            PATH,
            body=json.dumps({"number": number}).encode(),
            headers={
                "Authorization": f"Bearer {kept.token}",
                "Content-Type": "application/json",
            },
        )
        return line.getresponse().status
    finally:
        line.close()


def heard(data: bytes, token: str) -> tuple[int, str] | None:
    """Return the status of the answer to a request, and the number that rings.

    Args:
        data: What has come in of it.
        token: What it has to show.

    Returns:
        None while more of it has to come.
    """
    head, gap, body = data.partition(b"\r\n\r\n")
    if len(data) > MOST_BYTES:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, ""
    if not gap:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(":") for line in lines)
    }
    length = fields.get("content-length", "0")
    if not length.isascii() or not length.isdigit():
        return HTTPStatus.BAD_REQUEST, ""
    if int(length) > MOST_BYTES:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, ""
    if len(body) < int(length):
        return None
    shown = fields.get("authorization", "").encode("latin-1")
    if not compare_digest(shown, f"Bearer {token}".encode()):
        return HTTPStatus.UNAUTHORIZED, ""
    if first.split(" ")[:2] != ["POST", PATH]:
        return HTTPStatus.NOT_FOUND, ""
    try:
        number = phone_digits(str(json.loads(body[: int(length)])["number"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return HTTPStatus.BAD_REQUEST, ""
    if not 0 < len(number) <= _MOST_DIGITS:
        return HTTPStatus.BAD_REQUEST, ""
    return HTTPStatus.NO_CONTENT, number
