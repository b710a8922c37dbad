"""A desk without a service of its own: the same desk, over the line to another machine."""

import hashlib
import time
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

from console.app import Prepared, run_desk, utc_now
from console.bridge import EarlierRefusals
from console.desks import ServicePoint, remember
from console.starting import Reporter
from console.who import actor_of, sitting
from dispatch.client import DeskClient
from dispatch.keys import fingerprint
from dispatch.service import desk_keys
from resources.home import Home

LOOK_S = 0.05
ALONE_S = 5.0  # a desk that has been there before opens by then, and works alone


def run_connected(home: Home, point: ServicePoint) -> int:
    """Open the desk of a service elsewhere; return the exit status."""
    return run_desk(home, partial(prepare_connected, home, point))


def prepare_connected(home: Home, point: ServicePoint, report: Reporter) -> Prepared:
    """Connect to a service elsewhere, which says which seat this desk is.

    A new desk waits here until it is let in. One that was there before opens also
    while the service is away.

    Raises:
        Cancelled: The person gave up.
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
        report("connect", detail=fingerprint(keys.public))
        seat = _wait_for_seat(client, point.seat, report)
        remember(home, replace(point, seat=seat))
        report("desk")
        undo.pop_all()
    return Prepared(
        client=client,
        refusals=refusals,
        children=[],
        actor=actor_of(sitting(home), seat=seat),
    )


def _wait_for_seat(client: DeskClient, known: str, report: Reporter) -> str:
    end = time.monotonic() + ALONE_S
    while not client.seat:
        if known and time.monotonic() > end:
            return known
        report.check()
        time.sleep(LOOK_S)
    return client.seat


def _outbox(server_key: str) -> str:
    """Return this service's own outbox: what one is told is no other's business."""
    mark = hashlib.sha256(server_key.encode()).hexdigest()[:12]
    return f"desk-outbox-{mark}.db"
