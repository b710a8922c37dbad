"""What a telephone system says to a desk, and a desk to it: requests over HTTP. Pure.

    POST /call       {"number": "…", "call": "…", "recording": "…"}
    POST /recording  {"call": "…" or "number": "…", "recording": "…"}
    POST /three-way  {"call": "…", "to": "110", "state": "connected" or "failed",
                      "reason": "busy", …}

Only a number or a call is needed. Each shows the desk's token. What of a recording's
address could be a log-in is left out before anybody keeps it.
"""

import http.client
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hmac import compare_digest
from http import HTTPStatus
from typing import Any, Final

from dispatch.case_terms import phone_digits
from dispatch.phone_calls import (
    CONNECTED,
    FAILED,
    REASONS,
    THIRD,
    call_id,
    recording_of,
)

HOST: Final = "127.0.0.1"
CALL, RECORDING, THREE_WAY = "/call", "/recording", "/three-way"
MOST_BYTES: Final = 8_192  # of one request
WAIT_S: Final = 5.0
_MOST_DIGITS: Final = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Rang:
    """Somebody rings.

    Attributes:
        number: Theirs, digits alone.
        call: The system's name for the call, or "".
        recording: Where it is recorded, where that is known already, or "".
    """

    number: str
    call: str = ""
    recording: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """A call was recorded.

    Attributes:
        recording: Its id or address.
        call: Which call, or "": the last one of the number.
        number: Whose, or "".
    """

    recording: str
    call: str = ""
    number: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """Whoever was to be brought into a call is there, or does not come.

    Attributes:
        call: Which call.
        to: Who: one of `phone_calls.THIRD`.
        deed: `phone_calls.CONNECTED` or `FAILED`.
        reason: One of `phone_calls.REASONS`, or "".
    """

    call: str
    to: str
    deed: str
    reason: str = ""


Word = Rang | Recorded | Answered


def heard(data: bytes, token: str) -> tuple[int, Word | None] | None:
    """Return the status of the answer to a request, and what it says.

    Args:
        data: What has come in of it.
        token: What it has to show.

    Returns:
        None while more of it has to come.
    """
    head, gap, body = data.partition(b"\r\n\r\n")
    if len(data) > MOST_BYTES:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, None
    if not gap:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    fields = {
        name.strip().lower(): value.strip()
        for name, _, value in (line.partition(":") for line in lines)
    }
    length = fields.get("content-length", "0")
    if not length.isascii() or not length.isdigit():
        return HTTPStatus.BAD_REQUEST, None
    if int(length) > MOST_BYTES:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, None
    if len(body) < int(length):
        return None
    shown = fields.get("authorization", "").encode("latin-1")
    if not compare_digest(shown, f"Bearer {token}".encode()):
        return HTTPStatus.UNAUTHORIZED, None
    method, _, path = first.partition(" ")
    read = _PATHS.get(path.partition(" ")[0])
    if method != "POST" or read is None:
        return HTTPStatus.NOT_FOUND, None
    try:
        word = read(json.loads(body[: int(length)]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return HTTPStatus.BAD_REQUEST, None
    return HTTPStatus.NO_CONTENT, word


def post(port: int, token: str, path: str, said: Mapping[str, str]) -> int:
    """Say something to a desk of this machine; return the status of its answer.

    Raises:
        OSError, http.client.HTTPException: Nobody listens there.
    """
    line = http.client.HTTPConnection(HOST, port, timeout=WAIT_S)
    try:
        line.request(
            "POST",
            path,
            body=json.dumps(dict(said)).encode(),
            headers={
                "Authorization": f"Bearer {token}",
                "Content-Type": "application/json",
            },
        )
        return line.getresponse().status
    finally:
        line.close()


# -- inside ------------------------------------------------------------------------
# Each raises ValueError, KeyError or TypeError for what is none.


def _rang(said: Any) -> Rang:
    return Rang(
        number=_number(said["number"]),
        call=_call(said),
        # A recording that is none must not cost the call.
        recording=recording_of(str(said.get("recording") or "")),
    )


def _recorded(said: Any) -> Recorded:
    call, recording = _call(said), recording_of(str(said["recording"]))
    number = "" if call else _number(said["number"])
    if not recording:
        raise ValueError("no recording")
    return Recorded(call=call, number=number, recording=recording)


def _answered(said: Any) -> Answered:
    call, to, deed = _call(said), str(said["to"]), said["state"]
    if not call or to not in THIRD or deed not in (CONNECTED, FAILED):
        raise ValueError("no answer")
    reason = said.get("reason")
    known = isinstance(reason, str) and reason in REASONS
    return Answered(call=call, to=to, deed=deed, reason=reason if known else "")


def _call(said: Any) -> str:
    """Return its name for a call, "" where it says none."""
    text = str(said.get("call") or "")
    if text and not call_id(text):
        raise ValueError("no name of a call")
    return text


def _number(said: Any) -> str:
    number = phone_digits(str(said))
    if not 0 < len(number) <= _MOST_DIGITS:
        raise ValueError("no number")
    return number


_PATHS: Final[dict[str, Callable[[Any], Word]]] = {
    CALL: _rang,
    RECORDING: _recorded,
    THREE_WAY: _answered,
}
