"""Stream specs, and the openers that turn their addresses into packets.

What an opener must have stands in `video.sources.packets`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class StreamSpec:
    """What is needed to open one camera, except its log-in.

    Attributes:
        stream_id: Stable name, the camera's number.
        main_url: Large stream, without credentials; may be empty.
        sub_url: Small stream, without credentials; empty: the large one is used.
        transport: "tcp", "udp" or "auto" (TCP, and UDP where that is refused).
        needs_login: Frames wait until a log-in has been handed over.
    """

    stream_id: str
    main_url: str
    sub_url: str = ""
    transport: str = "tcp"
    needs_login: bool = False


@dataclass(frozen=True, slots=True)
class Login:
    """A stream's log-in. Never printed, never logged, never in an address."""

    username: str
    password: str

    def __repr__(self) -> str:
        return "Login(…)"
