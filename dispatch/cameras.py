"""A camera's register entry. `video` only ever gets plain stream specs made of it."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import unquote, urlsplit

from dispatch.geo import Point

# In the usual place, or as one large maker's path: /user=admin&password=…&channel=1
_LOG_IN = re.compile(
    r"^[a-z0-9+.-]*://[^/?#]*@|[/?&;_,#](?:user|username|pass|password|passwd|pwd)=",
    re.IGNORECASE,
)

NUMBER_DIGITS = 8  # what the keypad's plate shows
_USUAL_PORTS = {"rtsp": 554, "rtsps": 322}

# "auto": TCP, and UDP where that is refused.
Transport = Literal["tcp", "udp", "auto"]


def carries_login(url: str) -> bool:
    """Return whether an address holds a log-in; one that does is never kept."""
    return bool(_LOG_IN.search(url) or _LOG_IN.search(unquote(url)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Camera:
    """One camera.

    Attributes:
        camera_id: The number typed on the keypad, unique in the town ("1203").
        name: As people say it: 桃源北门.
        point: Where it stands; of a carried one, where it is taken to be as long as
            its unit has no position.
        bearing_deg: Where it looks, degrees clockwise from north; None: all round. Of
            a carried one clockwise from the vehicle's front; None: straight ahead.
        fov_deg: Horizontal angle of view.
        range_m: How far it can usefully see, ground metres.
        main_url: Address of the large stream, without credentials.
        sub_url: Address of the small stream, without credentials; may be empty.
        secret_ref: Key of the log-in in the sealed store; empty: no log-in.
        grid_code: Grid it stands in.
        verified_at: When place and direction were last checked on site.
        transport: How its pictures are fetched: TCP unless said otherwise.
        unit_id: The unit that carries it, or "": it stays. Where a carried one is now,
            `dispatch.carrying` says.
        retired: Out of service: no desk shows it, what was written about it stays.
        wrong_since: Since when somebody says that it does not show what it should
            (画面不符), or None.
        wrong_by: Who says so, or "".
        sealed: 密件; who may look through it, `dispatch.sealed` says.
    """

    camera_id: str
    name: str
    point: Point
    bearing_deg: float | None = None
    fov_deg: float = 70.0
    range_m: float = 60.0
    main_url: str = ""
    sub_url: str = ""
    secret_ref: str = ""
    grid_code: str = ""
    verified_at: datetime | None = None
    transport: Transport = "tcp"
    unit_id: str = ""
    retired: bool = False
    wrong_since: datetime | None = None
    wrong_by: str = ""
    sealed: bool = False


def is_number(camera_id: str) -> bool:
    """Return whether a camera's number can be typed on the keypad."""
    return bool(re.fullmatch(rf"[0-9]{{1,{NUMBER_DIGITS}}}", camera_id))


def leaves_login_behind(known: Camera, camera: Camera) -> bool:
    """Return whether a camera now stands where its log-in was not given for.

    A log-in is for the machines it was given for: at another host, port or scheme
    somebody else may listen. Another path, or none, on the same ones is no reason.
    """
    return not _machines(camera) <= _machines(known)


def machine_of(url: str) -> str:
    """Return HOST:PORT of an address: what a log-in is for, and nothing sealed in it."""
    _scheme, host, port = _machine(url)
    return f"{host}:{port}" if port else host


def _machines(camera: Camera) -> frozenset[tuple[str, str, int | None]]:
    return frozenset(_machine(url) for url in (camera.main_url, camera.sub_url) if url)


def _machine(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port or _USUAL_PORTS.get(parts.scheme)
    except ValueError:
        return url, "", None  # what cannot be read is the same as nothing else
    return parts.scheme, parts.hostname or "", port
