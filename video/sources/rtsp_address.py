"""Read the address of an RTSP camera; a log-in that stands in it is left out."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

PORT: Final = 554
_LONGEST: Final = 2_048
_AS_IT_IS: Final = "/?%&=+,;:@!$'()*~-._[]"


@dataclass(frozen=True, slots=True)
class RtspAddress:
    """Where a camera is, without a log-in.

    Attributes:
        host: Name or number, without brackets.
        port: Its port.
        text: The whole address, as it stands in a request.
    """

    host: str
    port: int
    text: str

    def same_place(self, other: "RtspAddress") -> bool:
        """Return whether a log-in for one may be told to the other."""
        return (self.host, self.port) == (other.host, other.port)


def parse_address(url: str) -> RtspAddress | None:
    """Return an address, or None where it is none of plain RTSP."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
        rest = parts.path + (f"?{parts.query}" if parts.query else "")
        path = quote(rest, safe=_AS_IT_IS)
    except ValueError:
        return None
    if parts.scheme != "rtsp" or not host or not host.isascii() or "#" in url:
        return None
    place = f"[{host}]" if ":" in host else host
    if port:
        place += f":{port}"
    text = f"rtsp://{place}{path}"
    if len(text) > _LONGEST or not is_one_word(text):
        return None
    return RtspAddress(host, port or PORT, text)


def is_one_word(text: str) -> bool:
    """Return whether it may stand in a request: printed ASCII, no space in it."""
    return text.isascii() and text.isprintable() and " " not in text


def without_login(url: str) -> str:
    """Return an address that a camera gave out, without a log-in it may repeat."""
    scheme, between, rest = url.partition("://")
    if not between:
        return url
    place, slash, path = rest.partition("/")
    return f"{scheme}://{place.rpartition('@')[2]}{slash}{path}"
