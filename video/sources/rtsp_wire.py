"""What goes over an RTSP connection as bytes: requests out, answers and frames in.

Between answers a camera sends its packets as frames: a dollar sign, a channel, a
length, the packet (RFC 2326, 10.12). Nothing here waits, reads or remembers more than
one unfinished message, and no message may be larger than the limits below.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

MAX_HEAD: Final = 16 * 1024
MAX_BODY: Final = 64 * 1024
_MAX_HEADERS: Final = 100
_DOLLAR: Final = ord("$")
_LINE_ENDS: Final = b"\r\n"
_ANSWER: Final = re.compile(rb"RTSP/1\.\d ([1-5]\d\d)(?: .*)?")
_REQUEST: Final = re.compile(rb"[A-Z_]{1,20} \S{1,2048} RTSP/1\.\d")
_LENGTH: Final = re.compile(r"\d{1,6}")

#: Channel and packet.
Frame: TypeAlias = tuple[int, bytes]


class WireError(Exception):
    """What came, or should be sent, is not RTSP."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a camera answers.

    Attributes:
        status: 200 where all is well.
        headers: Names in small letters, and values, in their order.
        body: A description, say.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str:
        """Return the first of this name, "" where there is none."""
        return next((value for key, value in self.headers if key == name), "")

    def every(self, name: str) -> tuple[str, ...]:
        """Return all of this name."""
        return tuple(value for key, value in self.headers if key == name)


def request(
    method: str, url: str, number: int, headers: Sequence[tuple[str, str]] = ()
) -> bytes:
    """Return a request as bytes; raises `WireError` where a part cannot be said."""
    lines = [f"{method} {url} RTSP/1.0", f"CSeq: {number}"]
    lines += [f"{name}: {value}" for name, value in headers]
    # The offending line may hold a log-in: it is not repeated.
    if not all(line.isascii() and line.isprintable() for line in lines):
        raise WireError("a request with a character that cannot be sent")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii")


class Wire:
    """Cuts what comes in into answers and frames, wherever the network cut it."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[Frame | Answer]:
        """Return what is complete now; raises `WireError` where it is not RTSP."""
        if self._rest:
            data = self._rest + data
            self._rest = b""
        found: list[Frame | Answer] = []
        at, end = 0, len(data)
        while at < end:
            first = data[at]
            if first == _DOLLAR:
                if end - at < 4:
                    break
                stop = at + 4 + (data[at + 2] << 8 | data[at + 3])
                if stop > end:
                    break
                found.append((data[at + 1], data[at + 4 : stop]))
                at = stop
            elif first in _LINE_ENDS:
                at += 1
            else:
                answer, stop = _message(data, at)
                if stop == at:
                    break
                if answer is not None:
                    found.append(answer)
                at = stop
        self._rest = data[at:]
        return found


def _message(data: bytes, at: int) -> tuple[Answer | None, int]:
    """Return an answer and where it ends; the beginning, where more has to come."""
    if not (65 <= data[at] <= 90):
        raise WireError("neither an answer nor a frame")
    head_end = data.find(b"\r\n\r\n", at, at + MAX_HEAD)
    if head_end < 0:
        if len(data) - at >= MAX_HEAD:
            raise WireError("an answer without end")
        if data.find(b"\n\n", at) >= 0:
            raise WireError("lines that end in another way")
        return None, at
    first, *lines = data[at:head_end].split(b"\r\n")
    status = _ANSWER.fullmatch(first)
    if status is None and _REQUEST.fullmatch(first) is None:
        raise WireError("neither an answer nor a request")
    if len(lines) > _MAX_HEADERS:
        raise WireError("an answer with too many lines")
    headers = []
    for line in lines:
        name, _, value = line.decode("utf-8", "replace").partition(":")
        headers.append((name.strip().lower(), value.strip()))
    answer = Answer(int(status[1]) if status else 0, tuple(headers))
    length = answer.header("content-length") or "0"
    if _LENGTH.fullmatch(length) is None or int(length) > MAX_BODY:
        raise WireError("an answer of no or too great a length")
    start = head_end + 4
    stop = start + int(length)
    if stop > len(data):
        return None, at
    if status is None:  # a camera may ask, too; nobody is obliged to answer
        return None, stop
    return Answer(answer.status, answer.headers, data[start:stop]), stop
