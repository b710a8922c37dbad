"""What a viewer asks of a virtual camera: requests, log-ins, transports, read safely."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

_REALM = "Lookout virtual camera"


@dataclass(frozen=True, slots=True)
class Request:
    """One RTSP request, its header names in small letters."""

    method: str
    url: str
    headers: dict[str, str]

    @property
    def path(self) -> str:
        """Return the stream's path, such as "1203/sub"."""
        return path_of(self.url)

    @property
    def host(self) -> str:
        """Return host and port as the viewer calls them.

        Never its `netloc`: a careless client may have sent a log-in in it.
        """
        parts = urlsplit(self.url)
        try:
            port = parts.port
        except ValueError:
            port = None
        host = parts.hostname or "127.0.0.1"
        return f"{host}:{port}" if port else host

    def names_session(self, session: str) -> bool:
        """Return whether it belongs to a session; one that names none does."""
        named = self.headers.get("session", "").partition(";")[0].strip()
        return not named or named == session


@dataclass(frozen=True, slots=True)
class Transport:
    """How a viewer wants its packets.

    Attributes:
        channel: Of the RTSP connection, for pictures; the next is for reports.
        ports: The viewer's UDP ports, for pictures and for reports.
    """

    channel: int | None = None
    ports: tuple[int, int] | None = None


class Door:
    """Checks log-ins: digest with MD5, as cameras do it (RFC 7616, RFC 2069).

    Where there is no user name everybody is let in.
    """

    def __init__(self, *, username: str, password: str) -> None:
        self._ha1 = _md5(f"{username}:{_REALM}:{password}")
        self._username = username

    def challenge(self, nonce: str) -> str:
        """Return what asks for a log-in."""
        return f'Digest realm="{_REALM}", nonce="{nonce}", algorithm=MD5, qop="auth"'

    def lets_in(self, request: Request, nonce: str) -> bool:
        """Return whether a request carries the right log-in."""
        if not self._username:
            return True
        scheme, _, rest = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "digest":
            return False
        given = {
            name.lower(): quoted or plain
            for name, quoted, plain in re.findall(
                r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))', rest
            )
        }
        if given.get("username") != self._username or given.get("realm") != _REALM:
            return False
        if given.get("nonce") != nonce:
            return False
        uri = given.get("uri", "")
        try:
            if path_of(uri) != request.path:
                return False
        except ValueError:
            return False
        ha2 = _md5(f"{request.method}:{uri}")
        middle = nonce  # RFC 2069 clients, as cameras accept them
        if given.get("qop") == "auth":
            middle = ":".join(
                (nonce, given.get("nc", ""), given.get("cnonce", ""), "auth")
            )
        expected = _md5(f"{self._ha1}:{middle}:{ha2}")
        return hmac.compare_digest(
            expected.encode(), given.get("response", "").lower().encode()
        )


def new_nonce() -> str:
    """Return a word that was never said before."""
    return secrets.token_hex(16)


def path_of(url: str) -> str:
    """Return the first two parts of an address's path."""
    return "/".join(urlsplit(url).path.strip("/").split("/")[:2])


def parse_request(head: bytes) -> Request | None:
    """Return a request, or None where these bytes are none."""
    try:
        lines = head.decode("utf-8").lstrip("\r\n").split("\r\n")
    except UnicodeDecodeError:
        return None
    words = lines[0].split(" ")
    if len(words) != 3 or not words[2].startswith("RTSP/1."):
        return None
    headers = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    if not re.fullmatch(r"\d{0,6}", headers.get("content-length", "")):
        return None
    try:
        urlsplit(words[1])
    except ValueError:
        return None
    return Request(words[0].upper(), words[1], headers)


def wanted_transport(text: str) -> Transport | None:
    """Return the first way in a Transport header that cameras here can send, or None.

    A destination in it is not read: pictures go to whoever asks, nobody else.
    """
    for choice in text.split(","):
        words = [word.strip() for word in choice.split(";")]
        kind = words[0].upper()
        options = {
            name.lower(): value
            for name, _, value in (word.partition("=") for word in words[1:])
        }
        if "multicast" in options:
            continue
        if kind == "RTP/AVP/TCP":
            channel = _pair(options.get("interleaved", "0-1"), most=255)
            if channel is not None:
                return Transport(channel=channel[0])
        elif kind in ("RTP/AVP", "RTP/AVP/UDP"):
            ports = _pair(options.get("client_port", ""), most=65_535)
            if ports is not None and ports[0] > 0:
                return Transport(ports=ports)
    return None


def _pair(text: str, *, most: int) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?", text)
    if found is None:
        return None
    first = int(found[1])
    second = int(found[2]) if found[2] else first + 1
    return (first, second) if first < second <= most else None


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
