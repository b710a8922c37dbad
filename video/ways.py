"""Choose which address of a stream is opened, and how: directly, or as FFmpeg does it.

A camera that takes us in and then shows nothing may only be other than our own reception
expects. So its next opening is FFmpeg's, and stays FFmpeg's while pictures come of that,
for an hour; where they do not, the one after it is direct again.
"""

from typing import Final, Protocol

from video.sources import StreamSpec

#: Tiles wider than the first number show the large stream, narrower than the second
#: the small one; in between nothing changes.
MAIN_FROM_WIDTH: Final = 900
SUB_FROM_WIDTH: Final = 800

OTHER_S: Final = 3_600.0
#: What a camera that took us in may be said to lack.
_NOTHING_SEEN: Final = ("no_picture", "no_key_frame")


def choose_url(spec: StreamSpec, *, width: int, current: str = "") -> str:
    """Return the address that suits a tile of this width, given the one in use."""
    if not spec.sub_url or not spec.main_url:
        return spec.sub_url or spec.main_url
    if width > MAIN_FROM_WIDTH:
        return spec.main_url
    if width < SUB_FROM_WIDTH or current != spec.main_url:
        return spec.sub_url
    return spec.main_url


class Connection(Protocol):
    """What is asked of a connection that ended."""

    url: str
    way: int
    opened_at: float | None

    @property
    def fruitful(self) -> bool:
        """Return whether pictures came of it."""


class Ways:
    """The ways of one stream's addresses, by their place in `openers_of`.

    Thread: used under its stream's lock.
    """

    def __init__(self) -> None:
        self._other: dict[str, tuple[float, str]] = {}  # since when, and why

    def way(self, url: str, now: float) -> int:
        """Return how to open an address: 0 directly, 1 in the other way."""
        since, _ = self._other.get(url, (now - OTHER_S, ""))
        return int(now - since < OTHER_S)

    def ended(self, connection: Connection, reason: str, now: float) -> str:
        """Hear what became of a connection; return what is to be said of it.

        A second way that does not even open says nothing new: the first one did.
        """
        url, opened = connection.url, connection.opened_at is not None
        if connection.way == 0:
            if opened and not connection.fruitful and reason in _NOTHING_SEEN:
                self._other[url] = now, reason
            return reason
        if connection.fruitful:
            return reason
        _, said = self._other.pop(url, (now, reason))
        return reason if opened or reason == "too_large" else said
