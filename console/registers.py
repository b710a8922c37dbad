"""Devices from the command line, let in and revoked; and the line all such commands use.

Through the running service of that home, or one started for the moment.
"""

import contextlib
import dataclasses
import json
import re
import sys
from argparse import Namespace
from collections.abc import Callable
from concurrent.futures import Future

from console.command_words import CommandWords, complain
from console.patience import said_if_long
from console.plain_words import QT_TRANSLATE_NOOP
from dispatch.changes import Snapshot
from dispatch.client import DeskClient
from dispatch.commands import Command, EnrolDevice, Refused
from dispatch.datums import from_gcj, if_gcj
from dispatch.devices import TERMINALS, Device
from dispatch.devices.kinds import DEVICE_KINDS
from dispatch.geo import Point
from dispatch.grids import GridIndex, middle_of
from dispatch.homelock import CONNECTED
from dispatch.importing_columns import value_of
from dispatch.keys import is_public_key
from dispatch.people import Actor, Role
from dispatch.receipts import Receipt
from dispatch.service import desk_for_a_moment, service_keys
from dispatch.told import ToldError
from dispatch.wire import DEVICE_PATTERN
from resources.home import Home

ANSWER_S = 20.0

TECHNICIAN = Actor(
    name="command line", seat="command line", roles=frozenset({Role.TECHNICIAN})
)


NO_UNIT = QT_TRANSLATE_NOOP(
    "Command", "there is no {unit} in the staff register: lookout staff list"
)
NO_KEY = QT_TRANSLATE_NOOP(
    "Command", "the key must be a CURVE public key: 40 characters of Z85"
)
NO_CAMERA = QT_TRANSLATE_NOOP(
    "Command",
    "there is no camera {number!r} (in {home}); lookout camera list shows them all;"
    " another installation: --home",
)
SERVICE_KEY = QT_TRANSLATE_NOOP("Command", "the service's public key: {key}")


class Unusable(ToldError):  # noqa: N818 - an answer, not a fault
    """What was typed cannot be used; the text says why and what to do."""


def enrol_device(home: Home, options: Namespace) -> int:
    """Let a device in by its public key; return the exit status.

    One that was imported needs nothing but its name and its key.
    """
    say = CommandWords.of(home)

    def run(client: DeskClient) -> str:
        if options.gateway:
            options.key = _key_at_gateway(home, options)
        kinds = [kind.NAME for kind in DEVICE_KINDS]
        snapshot = snapshot_of(client)
        known = {device.device_id: device for device in snapshot.devices}
        stands = known.get(options.id)
        said_kind = value_of("devices", "kind", options.kind)  # 烟感 will do too
        kind = said_kind or (stands.kind if stands else "")
        if kind not in kinds:
            raise Unusable(
                QT_TRANSLATE_NOOP("Command", "unknown kind {kind!r}; known: {kinds}"),
                kind=kind,
                kinds=", ".join(map(say.device_kind, kinds)),
            )
        if not is_public_key(options.key):
            raise Unusable(NO_KEY)
        _check_key(stands, options, say)
        if options.id and not re.fullmatch(DEVICE_PATTERN, options.id):
            raise Unusable(
                QT_TRANSLATE_NOOP(
                    "Command",
                    "a device's number is 1 to 64 of A-Z a-z 0-9 _ . -, beginning with a"
                    " letter or digit, not {device!r}",
                ),
                device=options.id,
            )
        if stands is None and not options.at:
            if kind not in TERMINALS:
                raise Unusable(
                    QT_TRANSLATE_NOOP(
                        "Command", "where does it hang? Give --at LON,LAT"
                    )
                )
            if not options.unit:
                raise Unusable(
                    QT_TRANSLATE_NOOP(
                        "Command",
                        "who carries it? Give --unit NUMBER, as in the staff file",
                    )
                )
        check_unit(options.unit, snapshot)
        device_id = options.id or _free_name(kind, set(known))
        number = QT_TRANSLATE_NOOP(
            "Command", "its device number: {device}; it goes into the device too"
        )
        name = options.name or (stands.name if stands else device_id)
        point = place_in(options, snapshot) if options.at else None
        if stands is None and point is None:
            point = _home_of(snapshot, options.unit)
        device = Device(
            device_id=device_id,
            kind=kind,
            name=name,
            public_key=options.key,
            place_name=options.place or (stands.place_name if stands else name),
            point=point or (stands.point if stands else snapshot.town.origin),
            grid_code=stands.grid_code if stands and point is None else "",
            unit_id=options.unit or (stands.unit_id if stands else ""),
        )
        submit(
            client,
            EnrolDevice(
                actor=TECHNICIAN, device=device, replaces=bool(options.replace)
            ),
        )
        said = QT_TRANSLATE_NOOP(
            "Command", "device {device}: enrolled; it may speak from now on"
        )
        if stands is not None and stands.public_key and not stands.revoked:
            said = QT_TRANSLATE_NOOP(
                "Command",
                "device {device}: enrolled in its place; it may speak from now on",
            )
            if stands.public_key == options.key:
                said = QT_TRANSLATE_NOOP(
                    "Command",
                    "device {device}: enrolled already, with this key; it may speak"
                    " from now on",
                )
        if options.gateway:
            through = QT_TRANSLATE_NOOP(
                "Command", "it speaks through {gateway}, where it is called {called}"
            )
            called = options.called or options.id
            heard = say(through, gateway=options.gateway, called=called)
            return f"{say(said, device=device_id)}\n{heard}"
        addresses = json.loads((home.run / "addresses.json").read_text("utf-8"))
        where = QT_TRANSLATE_NOOP("Command", "the service's address: {address}")
        lines = [
            say(said, device=device_id),
            say(number, device=device_id),
            say(where, address=addresses["intake"]),
            say(SERVICE_KEY, key=service_keys(home).public),
        ]
        return "\n".join(lines)

    return with_desk(home, run)


def _key_at_gateway(home: Home, options: Namespace) -> str:
    from console.gateways import identity

    called = options.called or options.id
    if not called:
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command", "what is it called at the gateway? Give --id or --called"
            )
        )
    return identity(home, options.gateway, called)


def check_unit(unit_id: str, snapshot: Snapshot) -> None:
    """Raise `Unusable` where a unit is named that the staff register does not have."""
    if unit_id and all(unit.unit_id != unit_id for unit in snapshot.units):
        raise Unusable(NO_UNIT, unit=unit_id)


def _home_of(snapshot: Snapshot, unit_id: str) -> Point:
    """Return where a terminal belongs: its unit's grid, or the middle of the town."""
    codes = {unit.grid_code for unit in snapshot.units if unit.unit_id == unit_id}
    for grid in snapshot.grids:
        if grid.code in codes:
            return middle_of(grid.outline) or snapshot.town.origin
    return snapshot.town.origin


def _check_key(stands: Device | None, options: Namespace, say: CommandWords) -> None:
    """Refuse to take the name of a device that speaks; a revoked one has left it."""
    if stands is None or stands.revoked or options.replace:
        return
    if stands.public_key and stands.public_key != options.key:
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command",
                "device {device} is {name}, a {kind} at {place}, with the key {key};"
                " take another --id, or give --replace to put this one in its place",
            ),
            device=stands.device_id,
            name=stands.name,
            kind=say.device_kind(stands.kind),
            place=stands.place_name,
            key=stands.public_key,
        )


def revoke_device(home: Home, options: Namespace) -> int:
    """Let a device in no more; return the exit status."""
    say = CommandWords.of(home)

    def run(client: DeskClient) -> str:
        known = {device.device_id: device for device in snapshot_of(client).devices}
        device = known.get(options.id)
        if device is None:
            raise Unusable(
                QT_TRANSLATE_NOOP("Command", "there is no device {device!r}"),
                device=options.id,
            )
        gone = dataclasses.replace(device, revoked=True)
        submit(client, EnrolDevice(actor=TECHNICIAN, device=gone))
        said = QT_TRANSLATE_NOOP(
            "Command", "device {device}: revoked; enrol it again to let it in"
        )
        return say(said, device=options.id)

    return with_desk(home, run)


def with_desk(
    home: Home, run: Callable[[DeskClient], str], *, quiet: bool = False
) -> int:
    """Do something over a desk's line, print its words, return the exit status."""
    say = CommandWords.of(home)
    try:
        if (home.data / CONNECTED).exists():
            raise Unusable(
                QT_TRANSLATE_NOOP(
                    "Command",
                    "{home} is a desk of another machine's service; do this there",
                ),
                home=home.root,
            )
        with contextlib.ExitStack() as stack:
            starting = QT_TRANSLATE_NOOP("Command", "starting the service…")
            with said_if_long(say(starting)):
                client = stack.enter_context(desk_for_a_moment(home))
            said = run(client)
            if not quiet:
                sys.stdout.write(f"{said}\n")
    except Unusable as unusable:
        return complain(say.told(unusable), status=2)
    except Refused as refused:
        why = QT_TRANSLATE_NOOP("Command", "refused: {why}")
        return complain(say(why, why=say.refusal(refused)))
    except ToldError as error:
        return complain(say.told(error))
    except TimeoutError:
        away = QT_TRANSLATE_NOOP("Command", "the service did not answer; try again")
        return complain(say(away))
    return 0


def position_in(text: str) -> Point:
    """Return a typed position.

    Raises:
        Unusable: It is none.
    """
    try:
        lon, lat = (float(part) for part in text.split(","))
        return Point(lon, lat)
    except ValueError:
        raise Unusable(
            QT_TRANSLATE_NOOP(
                "Command",
                "{text!r} is no position; write LON,LAT in degrees, like 120.93,30.93",
            ),
            text=text,
        ) from None


def place_in(options: Namespace, snapshot: Snapshot) -> Point:
    """Return the typed position, in WGS-84.

    Raises:
        Unusable: It is none, or looks as if it was taken from a public map.
    """
    point = position_in(options.at)
    if options.datum == "gcj02":
        return from_gcj(point)
    if options.datum or not if_gcj(point, GridIndex(snapshot.grids, origin=None)):
        return point
    raise Unusable(
        QT_TRANSLATE_NOOP(
            "Command",
            "{at} lies in no grid, but in one if it was taken from Amap or Tencent"
            " (GCJ-02): --datum gcj02 converts it, --datum wgs84 keeps it as it is",
        ),
        at=options.at,
    )


def snapshot_of(client: DeskClient) -> Snapshot:
    """Return what the registers hold now."""
    first: Future[Snapshot] = Future()

    def take(snapshot: Snapshot) -> None:
        if not first.done():
            first.set_result(snapshot)

    client.follow(take, lambda _changes: None, lambda _link: None)
    return first.result(ANSWER_S)


def submitted(client: DeskClient, command: Command) -> "Future[Receipt]":
    """Send a command; its receipt, or its refusal, comes true."""
    return client.submit(command)


def submit(client: DeskClient, command: Command) -> Receipt:
    """Send a command and wait for its receipt, or its refusal."""
    return submitted(client, command).result(ANSWER_S)


def _free_name(kind: str, taken: set[str]) -> str:
    number = 1
    while f"{kind}-{number:02}" in taken:
        number += 1
    return f"{kind}-{number:02}"
