"""Cameras and devices from the command line: registered, revoked, and what was refused.

Through the running service of that home, or one started for the moment.
"""

import dataclasses
import json
import sys
from argparse import Namespace
from collections.abc import Callable
from concurrent.futures import Future
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dispatch.camera_checks import check_numbers
from dispatch.cameras import Camera, carries_login, leaves_login_behind
from dispatch.changes import Snapshot
from dispatch.client import DeskClient
from dispatch.commands import Command, EnrolDevice, Refused, RegisterCamera
from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.homelock import CONNECTED, HomeTakenError
from dispatch.intake import DEVICE_KINDS
from dispatch.keys import is_public_key
from dispatch.people import Actor, Role
from dispatch.postgres import StoreAwayError
from dispatch.questions import QuarantineList, QuarantineReport
from dispatch.receipts import Receipt
from dispatch.service import desk_for_a_moment, service_keys
from resources.home import Home

ANSWER_S = 20.0
FIRST_NUMBER = 1001

TECHNICIAN = Actor(
    name="command line", seat="command line", roles=frozenset({Role.TECHNICIAN})
)


# By the words of docs/device-protocol.md, section 6.
REFUSED_WORDS = {
    "unknown_desk": "a desk that is not enrolled, or not any more",
    "unknown_key": "the key is not enrolled, or not any more",
    "wrong_device": "the message names another device than its key",
    "garbage": "neither JSON nor MessagePack",
    "frames": "not exactly one frame",
    "oversize": "larger than the limit",
    "version": "another version of the protocol",
    "schema": "a field is missing, unknown, of a wrong type or out of range",
    "not_for_kind": "this kind of device does not say this",
    "recalled": "an answer to a task that was recalled",
    "fault": "the service failed on it; send it to its makers",
    "unstorable": "its values cannot be stored",
    "not_sent": "the unit is not sent to that case",
    "state": "the case is not in a state for it",
    "case_unknown": "there is no such case",
    "device_revoked": "the device is revoked",
    "photo_type": "a photo that is neither JPEG nor PNG",
    "photo_size": "a photo of more than 256 KiB",
    "value": "a value that is no finite number",
}


# What a look at a camera's address found, by the words of `video.contract`.
LOOKED = {
    "": "reachable, a picture came",
    "login": "reachable, but the user name or password is wrong",
    "refused": "not reachable: nobody answers at this address",
    "timeout": "not reachable: no answer in time",
    "no_picture": "reachable, but no picture came",
    "other": "reachable, but its picture cannot be used",
}
# Address and log-in to one of these words.
Look = Callable[[str, tuple[str, str] | None], str]


class Unusable(Exception):  # noqa: N818 - an answer, not a fault
    """What was typed cannot be used; the text says why and what to do."""


def add_camera(
    home: Home,
    options: Namespace,
    *,
    password: str | None,
    look: Look | None = None,
) -> int:
    """Put a camera into the register, and say whether it answers; return the status.

    Args:
        home: The installation.
        options: What was typed.
        password: Of the camera's log-in, if it has one.
        look: Looks whether an address gives a picture; returns "", or a reason of
            `video.contract`. None: nobody looks.
    """

    def run(client: DeskClient) -> str:
        for url in (options.url, options.sub_url):
            _check_address(url)
        known = {camera.camera_id: camera for camera in snapshot_of(client).cameras}
        number = options.number or _free_number(set(known))
        stands = known.get(number)
        if stands is not None and not options.replace:
            raise Unusable(
                f"camera {number} is {stands.name}, {stands.main_url}; take another "
                f"--number, or give --replace to put this one in its place"
            )
        camera = Camera(
            camera_id=number,
            name=options.name,
            point=_point(options.at),
            bearing_deg=options.bearing,
            fov_deg=options.fov,
            range_m=options.range,
            main_url=options.url,
            sub_url=options.sub_url,
            transport=options.transport,
        )
        try:
            check_numbers(camera, stands)
        except Refused as refused:
            raise Unusable(refused.text) from None
        _submit(
            client,
            RegisterCamera(
                actor=TECHNICIAN,
                camera=camera,
                username=options.user or None,
                password=password,
            ),
        )
        verb = "added" if stands is None else "replaced"
        said = f"camera {number} {options.name}: {verb}"
        if stands is not None and stands.secret_ref and not options.user:
            if not leaves_login_behind(stands, camera):
                return (
                    f"{said}; it keeps its log-in, so nobody looked whether it answers"
                )
            said = f"{said}; {login_again(number)}"
        if look is None:
            return said
        login = (options.user, password or "") if options.user else None
        found = [("picture", options.url), ("small picture", options.sub_url)]
        lines = [
            f"{what}: {LOOKED.get(look(url, login), LOOKED['other'])}"
            for what, url in found
            if url
        ]
        return "\n".join([said, *lines])

    return with_desk(home, run)


def login_again(number: str) -> str:
    """Say that a camera has lost its log-in to a new address."""
    return (
        "its address is another machine's, so its log-in was deleted; give it again: "
        f"lookout camera login {number} --user NAME"
    )


def give_login(home: Home, options: Namespace, *, password: str) -> int:
    """Give a camera that stands in the register its log-in; return the status."""

    def run(client: DeskClient) -> str:
        known = {camera.camera_id: camera for camera in snapshot_of(client).cameras}
        camera = known.get(options.number)
        if camera is None:
            raise Unusable(f"there is no camera {options.number!r}")
        _submit(
            client,
            RegisterCamera(
                actor=TECHNICIAN,
                camera=camera,
                username=options.user,
                password=password,
            ),
        )
        return f"camera {options.number} {camera.name}: its log-in is kept"

    return with_desk(home, run)


def enrol_device(home: Home, options: Namespace) -> int:
    """Let a device in by its public key; return the exit status.

    One that was imported needs nothing but its name and its key.
    """

    def run(client: DeskClient) -> str:
        kinds = [kind.NAME for kind in DEVICE_KINDS]
        known = {device.device_id: device for device in snapshot_of(client).devices}
        stands = known.get(options.id)
        kind = options.kind or (stands.kind if stands else "")
        if kind not in kinds:
            raise Unusable(f"unknown kind {kind!r}; known: {', '.join(kinds)}")
        if not is_public_key(options.key):
            raise Unusable("the key must be a CURVE public key: 40 characters of Z85")
        _check_key(stands, options)
        if stands is None and not options.at:
            raise Unusable("where does it hang? Give --at LON,LAT")
        device_id = options.id or _free_name(kind, set(known))
        name = options.name or (stands.name if stands else device_id)
        point = _point(options.at) if options.at else None
        device = Device(
            device_id=device_id,
            kind=kind,
            name=name,
            public_key=options.key,
            place_name=options.place or (stands.place_name if stands else name),
            point=point or (stands.point if stands else Point(0.0, 0.0)),
            grid_code=stands.grid_code if stands and point is None else "",
            unit_id=options.unit or (stands.unit_id if stands else ""),
        )
        _submit(client, EnrolDevice(actor=TECHNICIAN, device=device))
        verb = "enrolled"
        if stands is not None and stands.public_key and not stands.revoked:
            same = stands.public_key == options.key
            verb += " already, with this key" if same else " in its place"
        addresses = json.loads((home.run / "addresses.json").read_text("utf-8"))
        return (
            f"device {device_id}: {verb}; it may speak from now on\n"
            f"the service's address: {addresses['intake']}\n"
            f"the service's public key: {service_keys(home).public}"
        )

    return with_desk(home, run)


def _check_key(stands: Device | None, options: Namespace) -> None:
    """Refuse to take the name of a device that speaks; a revoked one has left it."""
    if stands is None or stands.revoked or options.replace:
        return
    if stands.public_key and stands.public_key != options.key:
        raise Unusable(
            f"device {stands.device_id} is {stands.name}, a {stands.kind} at "
            f"{stands.place_name}, with the key {stands.public_key}; take another "
            f"--id, or give --replace to put this one in its place"
        )


def revoke_device(home: Home, options: Namespace) -> int:
    """Let a device in no more; return the exit status."""

    def run(client: DeskClient) -> str:
        known = {device.device_id: device for device in snapshot_of(client).devices}
        device = known.get(options.id)
        if device is None:
            raise Unusable(f"there is no device {options.id!r}")
        gone = dataclasses.replace(device, revoked=True)
        _submit(client, EnrolDevice(actor=TECHNICIAN, device=gone))
        return f"device {options.id}: revoked; enrol it again to let it in"

    return with_desk(home, run)


def list_refused(home: Home, options: Namespace) -> int:
    """Print what was refused of devices, newest first; return the exit status."""

    def run(client: DeskClient) -> str:
        snapshot = snapshot_of(client)
        query = QuarantineList(limit=max(0, options.limit))
        report: QuarantineReport = client.ask(query).result(ANSWER_S)
        owners = {device.public_key: device.device_id for device in snapshot.devices}
        return _refused_text(report, owners, ZoneInfo(snapshot.town.timezone))

    return with_desk(home, run)


def _refused_text(
    report: QuarantineReport, owners: dict[str, str], zone: ZoneInfo
) -> str:
    if not report.counts:
        return "nothing was refused"
    lines = [f"{count:>9}  {_why(reason)}" for reason, count in _by_count(report)]
    lines.insert(0, "refused so far:")
    if report.frames:
        lines.append(f"the newest {len(report.frames)} of those kept ({zone}):")
    for frame in report.frames:
        at = frame.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
        owner = owners.get(frame.peer_key)
        key = f"key {frame.peer_key}" if frame.peer_key else "no key"
        who = f"{owner}, {key}" if owner else key
        lines.append(f"{at}  {_why(frame.reason)}; {frame.size} bytes; {who}")
    return "\n".join(lines)


def _by_count(report: QuarantineReport) -> list[tuple[str, int]]:
    return sorted(report.counts.items(), key=lambda item: (-item[1], item[0]))


def _why(reason: str) -> str:
    words = REFUSED_WORDS.get(reason)
    return f"{reason}: {words}" if words else f"{reason}: refused by the rules"


def with_desk(
    home: Home, run: Callable[[DeskClient], str], *, quiet: bool = False
) -> int:
    """Do something over a desk's line, print its words, return the exit status."""
    try:
        if (home.data / CONNECTED).exists():
            raise Unusable(
                f"{home.root} is a desk of another machine's service; do this there"
            )
        with desk_for_a_moment(home) as client:
            said = run(client)
            if not quiet:
                sys.stdout.write(f"{said}\n")
    except Unusable as unusable:
        sys.stderr.write(f"lookout: {unusable}\n")
        return 2
    except Refused as refused:
        sys.stderr.write(f"lookout: refused: {refused.text}\n")
        return 1
    except (HomeTakenError, StoreAwayError) as error:
        sys.stderr.write(f"lookout: {error}\n")
        return 1
    except TimeoutError:
        sys.stderr.write("lookout: the service did not answer; try again\n")
        return 1
    return 0


def _check_address(url: str) -> None:
    if not url:
        return
    if carries_login(url):
        # Not repeated: it holds the password.
        raise Unusable(
            "leave the log-in out of the address; give --user, the password is asked"
        )
    try:
        parts = urlsplit(url)
        bad_port = parts.port == 0
    except ValueError:
        raise Unusable("the address cannot be read as an address") from None
    if parts.scheme not in ("rtsp", "rtsps") or not parts.hostname or bad_port:
        raise Unusable("the address must look like rtsp://HOST[:PORT]/PATH")


def _point(text: str) -> Point:
    try:
        lon, lat = (float(part) for part in text.split(","))
        return Point(lon, lat)
    except ValueError:
        raise Unusable(
            f"{text!r} is no position; write LON,LAT in degrees, like 120.93,30.93"
        ) from None


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


def _submit(client: DeskClient, command: Command) -> Receipt:
    return submitted(client, command).result(ANSWER_S)


def _free_number(taken: set[str]) -> str:
    number = FIRST_NUMBER
    while str(number) in taken:
        number += 1
    return str(number)


def _free_name(kind: str, taken: set[str]) -> str:
    number = 1
    while f"{kind}-{number:02}" in taken:
        number += 1
    return f"{kind}-{number:02}"
