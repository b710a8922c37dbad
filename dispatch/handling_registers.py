"""Handlers of the registers: the town's grids, units and places, cameras, devices."""

import logging
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dispatch import tables
from dispatch.bearers import Bearers
from dispatch.camera_checks import check_numbers, check_place
from dispatch.cameras import Camera, carries_login, leaves_login_behind
from dispatch.commands import (
    LISTENED,
    LOOKED,
    EnrolDevice,
    ImportTown,
    NoteView,
    OpenStream,
    Refused,
    RegisterCamera,
)
from dispatch.devices import TERMINALS, Device
from dispatch.geo import Point
from dispatch.grids import Grid, Town, middle_of
from dispatch.handling import Means
from dispatch.initials import initials_of
from dispatch.keys import is_public_key
from dispatch.numbers import (
    DEEDS,
    MOST_AT_ONCE,
    OWNERS,
    PLACE,
    RECORDING,
    UNIT,
    NoteNumbers,
)
from dispatch.places import Place
from dispatch.roster import AT_REST
from dispatch.sealed import may_look
from dispatch.secrets import SecretsError
from dispatch.units import Unit
from dispatch.work import UnitOfWork
from dispatch.wrong_views import (
    FLAGGED,
    TAKEN_BACK,
    FlagWrongView,
    TakeBackWrongView,
)

_log = logging.getLogger(__name__)

PURPOSES = frozenset({"view", "standby", "check"})


def import_town(work: UnitOfWork, command: ImportTown, means: Means) -> object:
    """Put rows of the town's registers; what is known by its id is replaced."""
    if command.town is not None:
        try:
            ZoneInfo(command.town.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            raise Refused(
                "zone_unknown",
                f"nobody knows the time zone {command.town.timezone!r}",
                zone=command.town.timezone,
            ) from None
        work.keep_town(command.town)
    for grid in command.grids:
        _put_grid(work, grid)
    for unit in command.units:
        _put_unit(work, unit)
    for unit_id in command.off_roster:
        work.keep("unit", replace(work.unit(unit_id), roster=AT_REST))
    for place in command.places:
        _put_place(work, place)
    town = command.town or work.working.town
    for camera in command.cameras:
        stands: Camera | None = work.find("camera", camera.camera_id)
        if stands is not None and stands.retired:
            camera = replace(camera, retired=True)
        _put_camera(work, camera, means, town=town, ref=None)
    if command.devices:
        bearers = Bearers(work.working.things)
        for device in command.devices:
            if device.public_key and not is_public_key(device.public_key):
                raise _bad_key(device)
            known: Device | None = work.find("device", device.device_id)
            if known is not None:
                key = device.public_key or known.public_key
                device = replace(device, public_key=key, revoked=known.revoked)
            _put_device(work, device, means, bearers)
    return None


def _put_grid(work: UnitOfWork, grid: Grid) -> None:
    work.keep("grid", grid)
    _findable(
        work,
        "grid",
        grid.code,
        name=grid.name,
        detail="",
        point=middle_of(grid.outline),
    )


def _put_unit(work: UnitOfWork, unit: Unit) -> None:
    work.keep("unit", _as_it_is_now(work.find("unit", unit.unit_id), unit))
    _findable(
        work,
        "unit",
        unit.unit_id,
        name=unit.name,
        detail=f"{unit.role} {unit.department}".strip(),
        point=None,
    )


def _put_place(work: UnitOfWork, place: Place) -> None:
    grid_code = place.grid_code or work.grid_of(place.point)
    work.keep("place", replace(place, grid_code=grid_code))
    _findable(
        work,
        "place",
        place.place_id,
        name=place.name,
        detail=place.address,
        point=place.point,
    )


def register_camera(work: UnitOfWork, command: RegisterCamera, means: Means) -> object:
    """Put a camera; its password goes to the sealed store and nowhere else."""
    camera = command.camera
    # Each log-in its own place: until the commit the register names the one before,
    # and a machine is never handed the password of another.
    fresh = f"camera/{camera.camera_id}/{uuid4().hex[:8]}"
    ref = fresh if command.username is not None else None
    _put_camera(work, camera, means, town=work.working.town, ref=ref)
    if ref is not None:
        if means.secrets is None:
            raise Refused("no_secret_store", "there is no sealed store for log-ins")
        # Last, and before the commit: a log-in without a camera harms nobody, a
        # camera without its log-in is a black picture.
        try:
            means.secrets.put(ref, command.username or "", command.password or "")
        except SecretsError as error:
            raise Refused("secrets_away", str(error)) from None
    return None


def enrol_device(work: UnitOfWork, command: EnrolDevice, means: Means) -> object:
    """Let a device speak; with a new key its message numbers start afresh.

    A unit carries one terminal: a new one takes the place of the old. The name of a
    device that speaks is given away only on purpose; a revoked one has left it.
    """
    device = command.device
    if not is_public_key(device.public_key):
        raise _bad_key(device)
    known: Device | None = work.find("device", device.device_id)
    if (
        known is not None
        and known.public_key not in ("", device.public_key)
        and not (known.revoked or command.replaces)
    ):
        raise Refused(
            "device_taken",
            f"device {known.device_id} speaks with another key; replace it on purpose",
            device=known.device_id,
        )
    _put_device(work, device, means, Bearers(work.working.things))
    return None


def _put_camera(
    work: UnitOfWork, camera: Camera, means: Means, *, town: Town, ref: str | None
) -> None:
    """Put a camera with the key of its log-in; None keeps the one it has.

    It is not kept for another machine: that one would be handed the password.
    """
    for url in (camera.main_url, camera.sub_url):
        if carries_login(url):
            raise Refused(
                "credentials_in_url",
                "an address carries no log-in; give name and password apart",
                camera=camera.camera_id,
            )
    known: Camera | None = work.find("camera", camera.camera_id)
    check_numbers(camera, known)
    grids = work.working.things["grid"].values()
    check_place(camera, known, town=town, grids=grids)
    if camera.unit_id:
        work.unit(camera.unit_id)  # known, or refused
    before = "" if known is None else known.secret_ref
    if ref is None:
        left = known is not None and leaves_login_behind(known, camera)
        ref = "" if left else before
    if before and before != ref:
        work.do_afterwards(partial(_forget_login, means, before))
    if not camera.grid_code:
        camera = replace(camera, grid_code=work.grid_of(camera.point))
    # What somebody saw in its picture, no entry in the register unsays.
    camera = replace(
        camera,
        secret_ref=ref,
        wrong_since=known.wrong_since if known is not None else None,
        wrong_by=known.wrong_by if known is not None else "",
    )
    work.keep("camera", camera)
    _findable(
        work,
        "camera",
        camera.camera_id,
        name=camera.name,
        detail="",
        point=camera.point,
    )


def _forget_login(means: Means, ref: str) -> None:
    if means.secrets is None:
        return
    try:
        means.secrets.delete(ref)
    except SecretsError as error:
        # It lies there unused; the register names it no more.
        _log.warning("%s could not be deleted: %s", ref, error)


def _put_device(
    work: UnitOfWork, device: Device, means: Means, bearers: Bearers
) -> None:
    """Put a device whose key, if it has one, was looked at."""
    if means.kinds is not None and device.kind not in means.kinds:
        raise Refused(
            "kind_unknown",
            f"there is no device kind {device.kind!r}",
            device=device.device_id,
        )
    other = "" if device.revoked else bearers.owner_of(device)
    if other:
        raise Refused("key_taken", f"that key is device {other}", device=other)
    if device.revoked:
        device = replace(device, unit_id="")
    _carry(work, device, bearers)
    known: Device | None = work.find("device", device.device_id)
    if known is not None and known.public_key != device.public_key:
        work.forget_messages(device.device_id)
    if not device.grid_code:
        device = replace(device, grid_code=work.grid_of(device.point))
    work.keep("device", device)
    bearers.note(device)
    _findable(
        work,
        "device",
        device.device_id,
        name=device.name,
        detail=device.place_name,
        point=device.point,
    )


def _carry(work: UnitOfWork, device: Device, bearers: Bearers) -> None:
    """Give a terminal to its unit, and take it and that unit's old one away."""
    if device.kind not in TERMINALS:
        if device.unit_id:
            work.unit(device.unit_id)  # known, or refused
        return
    if device.unit_id:
        unit = work.unit(device.unit_id)
        work.keep("unit", replace(unit, device_id=device.device_id))
        for device_id in bearers.terminals_of(device.unit_id) - {device.device_id}:
            work.keep("device", replace(work.find("device", device_id), unit_id=""))
    for unit_id in bearers.units_with(device.device_id) - {device.unit_id}:
        work.keep("unit", replace(work.unit(unit_id), device_id=""))


def _bad_key(device: Device) -> Refused:
    return Refused(
        "key", "a public key has 40 characters of Z85", device=device.device_id
    )


def open_stream(work: UnitOfWork, command: OpenStream, means: Means) -> object:
    """Log one view of a camera; answered with (username, password), or None."""
    camera = work.camera(command.camera_id)
    if command.purpose not in PURPOSES:
        raise Refused("purpose", "a view has a known purpose", purpose=command.purpose)
    _check_sealed(work, camera, command)
    _log_view(work, command, purpose=command.purpose, at=work.at)
    return login_of(camera, means)


def note_view(work: UnitOfWork, command: NoteView, _means: Means) -> object:
    """Write down that a person looked or listened, at the desk's time, never later.

    It took place, and may arrive when its case has long ended: who may look is asked
    where a log-in is given out.
    """
    work.camera(command.camera_id)  # known, or refused
    if command.deed not in (LOOKED, LISTENED):
        raise Refused("purpose", "a view has a known purpose", purpose=command.deed)
    _log_view(work, command, purpose=command.deed, at=min(command.at, work.at))
    return None


def flag_wrong_view(work: UnitOfWork, command: FlagWrongView, _means: Means) -> object:
    """Lower a camera that does not show what it should, at the desk's time."""
    camera = work.camera(command.camera_id)
    at = min(command.at, work.at)
    _log_view(work, command, purpose=FLAGGED, at=at)
    if camera.wrong_since is None:
        flagged = replace(camera, wrong_since=at, wrong_by=command.actor.name)
        work.keep("camera", flagged)
    return None


def take_back_wrong_view(
    work: UnitOfWork, command: TakeBackWrongView, _means: Means
) -> object:
    """Give a camera its rank back."""
    camera = work.camera(command.camera_id)
    _log_view(work, command, purpose=TAKEN_BACK, at=min(command.at, work.at))
    if camera.wrong_since is not None:
        work.keep("camera", replace(camera, wrong_since=None, wrong_by=""))
    return None


def _check_sealed(work: UnitOfWork, camera: Camera, command: OpenStream) -> None:
    case = None if command.case_id is None else work.find("case", command.case_id)
    if not may_look(camera, command.actor.roles, case):
        raise Refused(
            "sealed",
            f"camera {camera.camera_id} is sealed; the shift leader may look, and"
            " anyone for an open case of severity 1",
            camera=camera.camera_id,
        )


def _log_view(
    work: UnitOfWork,
    command: OpenStream | NoteView | FlagWrongView,
    *,
    purpose: str,
    at: datetime,
) -> None:
    work.add_row(
        tables.view_log,
        {
            "at": at,
            "actor": command.actor.name,
            "seat": command.actor.seat,
            "camera_id": command.camera_id,
            "purpose": purpose,
            "case_id": command.case_id,
        },
    )


def note_numbers(work: UnitOfWork, command: NoteNumbers, _means: Means) -> object:
    """Write down whose numbers a person read, at the desk's time, none in the future."""
    calls: set[str] = set()
    if command.case_id:  # known, or refused
        calls = {each.call for each in work.case(command.case_id).course.calls}
    if command.deed not in DEEDS or not 0 < len(command.owners) <= MOST_AT_ONCE:
        raise Refused("owner_unknown", "a look at numbers is of somebody's, and known")
    for owner in command.owners:
        known = owner.kind in OWNERS and (
            owner.kind not in (UNIT, PLACE) or work.find(owner.kind, owner.ref)
        )
        if owner.kind == RECORDING and owner.ref not in calls:
            known = False
        if not known:
            raise Refused("owner_unknown", "nobody knows whose number that is")
        work.add_row(
            tables.number_log,
            {
                "at": min(command.at, work.at),
                "actor": command.actor.name,
                "seat": command.actor.seat,
                "case_id": command.case_id,
                "kind": owner.kind,
                "ref": owner.ref,
                "deed": command.deed,
            },
        )
    return None


def login_of(camera: Camera, means: Means) -> tuple[str, str] | None:
    """Return a camera's log-in from the sealed store, or None where it has none."""
    if not camera.secret_ref or means.secrets is None:
        return None
    try:
        secret = means.secrets.get(camera.secret_ref)
    except KeyError:
        raise Refused(
            "login_lost",
            f"the log-in of camera {camera.camera_id} is not in the sealed store",
            camera=camera.camera_id,
        ) from None
    except SecretsError as error:
        raise Refused("secrets_away", str(error), camera=camera.camera_id) from None
    return secret.username, secret.password


def _as_it_is_now(known: Unit | None, unit: Unit) -> Unit:
    """Return an imported unit that keeps what it is doing and where it is."""
    if known is None:
        return unit
    has_fix = known.point is not None
    return replace(
        unit,
        status=known.status,
        case_id=known.case_id,
        point=known.point if has_fix else unit.point,
        point_at=known.point_at if has_fix else unit.point_at,
        accuracy_m=known.accuracy_m if has_fix else unit.accuracy_m,
        doubt=known.doubt if has_fix else unit.doubt,
        heading_deg=known.heading_deg if has_fix else unit.heading_deg,
        device_id=unit.device_id or known.device_id,
        roster=unit.roster or known.roster,
    )


def _findable(
    work: UnitOfWork,
    kind: str,
    ref: str,
    *,
    name: str,
    detail: str,
    point: Point | None,
) -> None:
    work.keep_find(
        {
            "kind": kind,
            "ref": ref,
            "name": name,
            "detail": detail,
            "text": f"{name} {detail} {ref}".lower(),
            "initials": initials_of(name),
            "lon": None if point is None else point.lon,
            "lat": None if point is None else point.lat,
            "datum": None if point is None else point.datum,
        }
    )
