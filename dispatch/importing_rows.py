"""Rows of a town's files as the records of its registers, or what is wrong with them."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, cast, get_args
from urllib.parse import urlsplit

from dispatch.cameras import Camera, Transport, carries_login, is_number
from dispatch.devices import Device
from dispatch.gateways.book import key_written
from dispatch.geo import Point
from dispatch.grids import Grid
from dispatch.importing_faults import RowError
from dispatch.importing_tables import Row, ring_from_text, ring_of
from dispatch.keys import is_public_key
from dispatch.places import Place
from dispatch.roster import DAYS, read_cell
from dispatch.units import Unit
from dispatch.wire import DEVICE_PATTERN

LEVELS = ("town", "community", "grid", "organisation")
_CODE_LENGTHS = {"town": 9, "community": 12, "grid": 15}
PORT_HOLE = "{port}"  # filled in where the demonstration's cameras are


def grid_of(row: Row) -> Grid:
    """Return a node of the tree."""
    code, level = row.text("code", needed=False), row.text("level", needed=False)
    length = _CODE_LENGTHS.get(level, len(code))
    if level not in LEVELS:
        levels = ", ".join(LEVELS)
        row.wrong("level", column="level", levels=levels, value=level)
    elif not re.fullmatch(r"\d+", code) or len(code) != length:
        row.wrong("code", column="code", level=level, length=length, value=code)
    return Grid(
        code=code,
        name=row.text("name"),
        level=level,
        parent=row.text("parent", needed=False),
        kind=row.text("kind", needed=False),
        outline=_outline(row),
        leader_unit_id=row.text("leader", needed=False),
        worker_unit_ids=row.several("workers"),
    )


def _outline(row: Row) -> tuple[Point, ...]:
    text = row.text("outline", needed=False)
    try:
        if row.geometry:
            return ring_of(row.geometry)
        return ring_from_text(text) if text else ()
    except RowError as fault:
        row.note(fault)
        return ()


def unit_of(row: Row) -> Unit:
    """Return someone who can be sent; where they are comes from their terminal."""
    return Unit(
        unit_id=row.text("unit_id"),
        name=row.text("name"),
        role=row.text("role"),
        department=row.text("department", needed=False),
        grid_code=row.text("grid_code", needed=False),
        phone=_phone(row),
        device_id=row.text("device_id", needed=False),
    )


def roster_of(row: Row) -> Unit:
    """Return when somebody is on shift; who that is, the register knows."""
    days = []
    for day in DAYS:
        try:
            days.append(read_cell(row.several(day)))
        except ValueError as error:
            row.wrong("no_shift", column=day, value=str(error))
    return Unit(unit_id=row.text("unit_id"), name="", role="", roster=tuple(days))


def place_of(row: Row) -> Place:
    """Return a place worth knowing."""
    return Place(
        place_id=row.text("place_id"),
        name=row.text("name"),
        kind=row.text("kind"),
        point=row.point(),
        address=row.text("address", needed=False),
        grid_code=row.text("grid_code", needed=False),
        hazards=row.several("hazards"),
        contact=row.text("contact", needed=False),
        phone=_phone(row),
    )


def _phone(row: Row) -> str:
    text = row.text("phone", needed=False)
    if text and not any(sign.isdecimal() for sign in text):
        row.wrong("no_phone", column="phone", value=text)
    return text


def camera_of(row: Row) -> Camera:
    """Return a camera; an address that holds a log-in is refused."""
    urls = {}
    for name in ("main_url", "sub_url"):
        urls[name] = row.text(name, needed=name == "main_url")
        _check_stream(row, name, urls[name])
    bearing = row.text("bearing_deg", needed=False)
    usual = Camera(camera_id="", name="", point=row.point())
    camera_id = row.text("camera_id")
    if camera_id and not is_number(camera_id):
        row.wrong("camera_number", column="camera_id", value=camera_id)
    return Camera(
        camera_id=camera_id,
        name=row.text("name"),
        point=usual.point,
        bearing_deg=row.number("bearing_deg", low=0, high=360) if bearing else None,
        fov_deg=row.number("fov_deg", low=1, high=360)
        if row.text("fov_deg", needed=False)
        else usual.fov_deg,
        range_m=row.number("range_m", low=1, high=5_000)
        if row.text("range_m", needed=False)
        else usual.range_m,
        grid_code=row.text("grid_code", needed=False),
        verified_at=_verified(row),
        main_url=urls["main_url"],
        sub_url=urls["sub_url"],
        transport=_transport(row),
        unit_id=row.text("unit_id", needed=False),
        sealed=_sealed(row),
    )


def _verified(row: Row) -> datetime | None:
    text = row.text("verified", needed=False)
    try:
        if text:
            return datetime.fromisoformat(text.replace("/", "-")).replace(tzinfo=UTC)
    except ValueError:
        row.wrong("no_date", column="verified", value=text)
    return None


def _sealed(row: Row) -> bool:
    text = row.text("sealed", needed=False).lower() or "no"
    if text not in ("yes", "no"):
        row.wrong("yes_or_no", column="sealed", value=text)
    return text == "yes"


def _transport(row: Row) -> Transport:
    text = row.text("transport", needed=False).lower() or "tcp"
    for transport in get_args(Transport):
        if text == transport:
            return cast(Transport, transport)
    words = ", ".join(get_args(Transport))
    row.wrong("transport", column="transport", value=text, words=words)
    return "tcp"


def device_of(row: Row) -> Device:
    """Return a device; without a public key it is not enrolled yet."""
    key = row.text("public_key", needed=False)
    if not is_public_key(key):
        key = key_written(key)
    if key and not is_public_key(key):
        row.wrong("key", column="public_key")
    device_id = row.text("device_id")
    if device_id and not re.fullmatch(DEVICE_PATTERN, device_id):
        row.wrong("device_number", column="device_id", value=device_id)
    return Device(
        device_id=device_id,
        kind=row.text("kind"),
        name=row.text("name"),
        public_key=key,
        place_name=row.text("place_name"),
        point=row.point(),
        grid_code=row.text("grid_code", needed=False),
        unit_id=row.text("unit_id", needed=False),
    )


RECORDS: Mapping[str, Callable[[Row], Any]] = {
    "grids": grid_of,
    "staff": unit_of,
    "roster": roster_of,
    "cameras": camera_of,
    "places": place_of,
    "devices": device_of,
}


def _check_stream(row: Row, name: str, url: str) -> None:
    if carries_login(url):
        # The address itself is not repeated: it holds a password.
        row.wrong("login", column=name)
    elif url and not _is_stream(url):
        row.wrong("no_stream", column=name)


def _is_stream(url: str) -> bool:
    try:
        parts = urlsplit(url.replace(PORT_HOLE, "1"))
        return (
            parts.scheme in ("rtsp", "rtsps")
            and bool(parts.hostname)
            and parts.port != 0
        )
    except ValueError:
        return False
