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

from dispatch.cameras import Camera, carries_login
from dispatch.changes import Snapshot
from dispatch.client import DeskClient
from dispatch.commands import Command, EnrolDevice, Refused, RegisterCamera
from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.intake import DEVICE_KINDS
from dispatch.keys import is_public_key
from dispatch.people import Actor, Role
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


class Unusable(Exception):  # noqa: N818 - an answer, not a fault
    """What was typed cannot be used; the text says why and what to do."""


def add_camera(home: Home, options: Namespace, *, password: str | None) -> int:
    """Put a camera into the register; return the exit status."""

    def run(client: DeskClient) -> str:
        for url in (options.url, options.sub_url):
            _check_address(url)
        taken = {camera.camera_id for camera in _snapshot(client).cameras}
        number = options.number or _free_number(taken)
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
        _submit(
            client,
            RegisterCamera(
                actor=TECHNICIAN,
                camera=camera,
                username=options.user or None,
                password=password,
            ),
        )
        verb = "replaced" if number in taken else "added"
        return f"camera {number} {options.name}: {verb}"

    return _with_desk(home, run)


def enrol_device(home: Home, options: Namespace) -> int:
    """Let a device in by its public key; return the exit status."""

    def run(client: DeskClient) -> str:
        kinds = [kind.NAME for kind in DEVICE_KINDS]
        if options.kind not in kinds:
            raise Unusable(f"unknown kind {options.kind!r}; known: {', '.join(kinds)}")
        if not is_public_key(options.key):
            raise Unusable("the key must be a CURVE public key: 40 characters of Z85")
        known = {device.device_id for device in _snapshot(client).devices}
        device_id = options.id or _free_name(options.kind, known)
        device = Device(
            device_id=device_id,
            kind=options.kind,
            name=options.name or device_id,
            public_key=options.key,
            place_name=options.place or options.name or device_id,
            point=_point(options.at),
            unit_id=options.unit,
        )
        _submit(client, EnrolDevice(actor=TECHNICIAN, device=device))
        addresses = json.loads((home.run / "addresses.json").read_text("utf-8"))
        return (
            f"device {device_id}: enrolled; it may speak from now on\n"
            f"the service's address: {addresses['intake']}\n"
            f"the service's public key: {service_keys(home).public}"
        )

    return _with_desk(home, run)


def revoke_device(home: Home, options: Namespace) -> int:
    """Let a device in no more; return the exit status."""

    def run(client: DeskClient) -> str:
        known = {device.device_id: device for device in _snapshot(client).devices}
        device = known.get(options.id)
        if device is None:
            raise Unusable(f"there is no device {options.id!r}")
        gone = dataclasses.replace(device, revoked=True)
        _submit(client, EnrolDevice(actor=TECHNICIAN, device=gone))
        return f"device {options.id}: revoked; enrol it again to let it in"

    return _with_desk(home, run)


def list_refused(home: Home, options: Namespace) -> int:
    """Print what was refused of devices, newest first; return the exit status."""

    def run(client: DeskClient) -> str:
        snapshot = _snapshot(client)
        query = QuarantineList(limit=max(0, options.limit))
        report: QuarantineReport = client.ask(query).result(ANSWER_S)
        owners = {device.public_key: device.device_id for device in snapshot.devices}
        return _refused_text(report, owners, ZoneInfo(snapshot.town.timezone))

    return _with_desk(home, run)


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


def _with_desk(home: Home, run: Callable[[DeskClient], str]) -> int:
    try:
        with desk_for_a_moment(home) as client:
            sys.stdout.write(f"{run(client)}\n")
    except Unusable as unusable:
        sys.stderr.write(f"lookout: {unusable}\n")
        return 2
    except Refused as refused:
        sys.stderr.write(f"lookout: refused: {refused.text}\n")
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


def _snapshot(client: DeskClient) -> Snapshot:
    first: Future[Snapshot] = Future()

    def take(snapshot: Snapshot) -> None:
        if not first.done():
            first.set_result(snapshot)

    client.follow(take, lambda _changes: None, lambda _link: None)
    return first.result(ANSWER_S)


def _submit(client: DeskClient, command: Command) -> Receipt:
    return client.submit(command).result(ANSWER_S)


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
