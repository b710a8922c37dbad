"""A desk without a service of its own: the same desk, over the line to another machine."""

import hashlib
import time
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

from console.app import Prepared, run_desk, utc_now
from console.bridge import EarlierRefusals
from console.service_point import ServicePoint, remember
from console.starting import Reporter, StartFailed
from console.who import actor_of, sitting
from dispatch.client import DeskClient
from dispatch.keys import fingerprint
from dispatch.service import desk_keys
from resources.home import Home

LOOK_S = 0.05
ALONE_S = 5.0  # a desk that has been there before opens by then, and works alone


def run_connected(
    home: Home, point: ServicePoint, *, station: str | None = None
) -> int:
    """Open the desk of a service elsewhere; return the exit status.

    Args:
        home: The desk's.
        point: Which service.
        station: It is to be a station, of this department where one is named.
    """
    return run_desk(home, partial(prepare_connected, home, point, station=station))


def prepare_connected(
    home: Home, point: ServicePoint, report: Reporter, *, station: str | None = None
) -> Prepared:
    """Connect to a service elsewhere, which says which seat this desk is.

    A new desk waits here until it is let in. One that was there before opens also
    while the service is away.

    Raises:
        Cancelled: The person gave up.
        StartFailed: It is let in as something else than the station it is to be.
    """
    keys = desk_keys(home)
    refusals = EarlierRefusals()
    with ExitStack() as undo:
        client = DeskClient(
            point.address,
            server_key=point.server_key,
            desk_keys=keys,
            outbox=home.data / _outbox(point.server_key),
            clock=utc_now,
            on_refused=refusals,
        )
        undo.callback(client.close)
        where = point.address.removeprefix("tcp://")
        detail = f"{where} {fingerprint(keys.public)}"
        report("connect", detail=detail)
        met = _wait_for_seat(client, point, report, detail=detail)
        must_be(station, met)
        remember(home, met)
        report("desk")
        undo.pop_all()
    return Prepared(
        client=client,
        refusals=refusals,
        children=[],
        actor=actor_of(sitting(home), seat=met.seat, scope=met.scope),
    )


def _wait_for_seat(
    client: DeskClient, known: ServicePoint, report: Reporter, *, detail: str
) -> ServicePoint:
    end, said = time.monotonic() + ALONE_S, ""
    while not client.seat:
        if known.seat and time.monotonic() > end:
            return known
        report.check()
        if client.hindrance != said:
            said = client.hindrance
            report(said or "connect", detail=detail)
        time.sleep(LOOK_S)
    return replace(known, seat=client.seat, scope=client.scope)


def must_be(station: str | None, met: ServicePoint) -> None:
    """Refuse to open the whole town where a station was meant."""
    if station is None:
        return
    if met.scope is None:
        raise StartFailed("no_station", met.seat)
    if station and station != met.scope.department:
        raise StartFailed("other_station", met.scope.department)


def _outbox(server_key: str) -> str:
    """Return this service's own outbox: what one is told is no other's business."""
    mark = hashlib.sha256(server_key.encode()).hexdigest()[:12]
    return f"desk-outbox-{mark}.db"
