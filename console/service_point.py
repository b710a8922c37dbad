"""Which service a desk of another machine belongs to, kept in its home. Needs no Qt."""

import json
from dataclasses import asdict, dataclass

from dispatch.homelock import CONNECTED
from dispatch.keys import write_private
from dispatch.people import Scope
from resources.home import Home


@dataclass(frozen=True, kw_only=True, slots=True)
class ServicePoint:
    """Which service a desk of another machine belongs to.

    Attributes:
        address: Where it listens, such as "tcp://10.0.0.5:20002".
        server_key: Its public key.
        seat: What it called this desk when they last met, or "".
        scope: Whose cases alone it gave it then, being a station; None: all.
    """

    address: str
    server_key: str
    seat: str = ""
    scope: Scope | None = None


def remembered(home: Home) -> ServicePoint | None:
    """Return the service this desk connected to last, or None."""
    try:
        found = json.loads((home.data / CONNECTED).read_bytes())
        scope = found.get("scope")
        return ServicePoint(
            address=str(found["address"]),
            server_key=str(found["server_key"]),
            seat=str(found["seat"]),
            scope=None if scope is None else Scope(**scope),
        )
    except (OSError, json.JSONDecodeError, KeyError, TypeError):
        return None


def remember(home: Home, point: ServicePoint) -> None:
    """Keep where this desk belongs; nothing of it is secret."""
    if remembered(home) != point:
        write_private(home.data / CONNECTED, json.dumps(asdict(point)).encode())
