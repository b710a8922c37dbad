"""What stands in the registers, listed; and cameras taken out of service and back."""

from argparse import Namespace
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

from console.command_words import LEVELS, CommandWords
from console.plain_words import QT_TRANSLATE_NOOP
from console.registers import (
    ANSWER_S,
    NO_CAMERA,
    TECHNICIAN,
    Unusable,
    snapshot_of,
    submitted,
    with_desk,
)
from dispatch.cameras import Camera
from dispatch.changes import Snapshot
from dispatch.client import DeskClient
from dispatch.commands import RegisterCamera
from dispatch.devices import Device, is_let_in
from dispatch.service import utc_now
from resources.home import Home

Row = tuple[str, ...]

SEALED = QT_TRANSLATE_NOOP("Command", "sealed")
RETIRED = QT_TRANSLATE_NOOP("Command", "retired")
WRONG_VIEW = QT_TRANSLATE_NOOP("Command", "wrong view, says a desk")
REVOKED = QT_TRANSLATE_NOOP("Command", "revoked")
NOT_ENROLLED = QT_TRANSLATE_NOOP("Command", "not enrolled yet")
LAST_HEARD = QT_TRANSLATE_NOOP("Command", "last message {at}")
NEVER_HEARD = QT_TRANSLATE_NOOP("Command", "no sign of life yet")
EMPTY = QT_TRANSLATE_NOOP("Command", "none yet")


def list_cameras(home: Home, _options: Namespace) -> int:
    """Print every camera, the retired ones too; return the exit status."""

    def rows(snapshot: Snapshot, say: CommandWords) -> Iterable[Row]:
        for each in sorted(snapshot.cameras, key=lambda each: _by_number(each)):
            states = (
                (SEALED, each.sealed),
                (RETIRED, each.retired),
                (WRONG_VIEW, each.wrong_since is not None and not each.retired),
            )
            state = "  ".join(say(word) for word, holds in states if holds)
            yield each.camera_id, each.name, each.main_url, each.unit_id, state

    return print_rows(home, rows)


def list_devices(home: Home, _options: Namespace) -> int:
    """Print every device and when it was last heard; return the exit status."""

    def rows(snapshot: Snapshot, say: CommandWords) -> Iterable[Row]:
        zone, now = ZoneInfo(snapshot.town.timezone), utc_now()
        heard = {
            each.device_id: shown_time(each.last_seen, now=now, zone=zone)
            for each in snapshot.readings
        }
        for each in sorted(snapshot.devices, key=lambda each: each.device_id):
            at = heard.get(each.device_id)
            told = [say(state)] if (state := _state_of(each)) else []
            if at is not None:
                told.append(say(LAST_HEARD, at=at))
            elif not told:
                told.append(say(NEVER_HEARD))
            yield (
                *(each.device_id, say.device_kind(each.kind), each.name, each.unit_id),
                "  ".join(told),
            )

    return print_rows(home, rows)


def list_staff(home: Home, _options: Namespace) -> int:
    """Print everyone who can be sent, and their terminal; return the exit status."""

    def rows(snapshot: Snapshot, _say: CommandWords) -> Iterable[Row]:
        for each in sorted(snapshot.units, key=lambda each: each.unit_id):
            yield each.unit_id, each.name, each.role, each.department, each.device_id

    return print_rows(home, rows)


def list_grids(home: Home, _options: Namespace) -> int:
    """Print every grid; return the exit status."""

    def rows(snapshot: Snapshot, say: CommandWords) -> Iterable[Row]:
        for each in sorted(snapshot.grids, key=lambda each: each.code):
            level = say(LEVELS.get(each.level, each.level))
            yield each.code, each.name, level, each.leader_unit_id

    return print_rows(home, rows)


def retire_camera(home: Home, options: Namespace) -> int:
    """Take a camera out of service, or back into it; return the exit status.

    It is never deleted: who looked through it, and when, stays written down.
    """
    if options.back:
        said = QT_TRANSLATE_NOOP("Command", "camera {number} {name}: in service again")
    else:
        said = QT_TRANSLATE_NOOP(
            "Command",
            "camera {number} {name}: retired; no desk shows it, its history stays."
            " Back into service: lookout camera retire --back {number}",
        )
    return _alter(home, options, said, lambda it: replace(it, retired=not options.back))


def seal_camera(home: Home, options: Namespace) -> int:
    """Seal a camera (密件), or open it again; return the exit status."""
    if options.back:
        said = QT_TRANSLATE_NOOP("Command", "camera {number} {name}: sealed no more")
    else:
        said = QT_TRANSLATE_NOOP(
            "Command",
            "camera {number} {name}: sealed; walls do not show it. At a desk the shift"
            " leader may look: every seat, but for those started with lookout console"
            " --no-leader. For all again: lookout camera seal --back {number}",
        )
    return _alter(home, options, said, lambda it: replace(it, sealed=not options.back))


def _alter(
    home: Home, options: Namespace, said: str, altered: Callable[[Camera], Camera]
) -> int:
    """Have a camera stand otherwise in the register, and say so."""
    say = CommandWords.of(home)

    def run(client: DeskClient) -> str:
        known = {each.camera_id: each for each in snapshot_of(client).cameras}
        camera = known.get(options.number)
        if camera is None:
            raise Unusable(
                NO_CAMERA,
                number=options.number,
                home=home.root,
            )
        command = RegisterCamera(actor=TECHNICIAN, camera=altered(camera))
        submitted(client, command).result(ANSWER_S)
        return say(said, number=camera.camera_id, name=camera.name)

    return with_desk(home, run)


def shown_time(at: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """Return the town's time of day, with the date on any other day."""
    local = at.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return f"{local:%H:%M:%S}"
    return f"{local:%Y-%m-%d %H:%M:%S}"


def _state_of(device: Device) -> str:
    if device.revoked:
        return REVOKED
    if not is_let_in(device):
        return NOT_ENROLLED
    return ""


def _by_number(camera: Camera) -> tuple[int, str]:
    return len(camera.camera_id), camera.camera_id


def print_rows(
    home: Home, rows: Callable[[Snapshot, CommandWords], Iterable[Row]]
) -> int:
    """Print what a snapshot holds, a row a thing; return the exit status."""
    say = CommandWords.of(home)

    def run(client: DeskClient) -> str:
        return _columns(list(rows(snapshot_of(client), say))) or say(EMPTY)

    return with_desk(home, run)


def _columns(rows: list[Row]) -> str:
    """Return rows with their columns below each other; Chinese signs are wide."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell))
            for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
