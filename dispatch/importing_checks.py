"""Whether the rows of a file fit each other and what the registers hold."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dispatch.board import NO_TOWN
from dispatch.camera_checks import check_place
from dispatch.cameras import Camera
from dispatch.changes import Snapshot
from dispatch.commands import Refused
from dispatch.datums import if_gcj
from dispatch.devices import Device
from dispatch.grids import Grid, GridIndex
from dispatch.importing_columns import VALUES
from dispatch.importing_faults import RowError
from dispatch.places import Place
from dispatch.units import Unit

# What a trade's roles are called; a desk draws them by these words. A role that is not
# written in Chinese is not judged.
ROLES = (
    *("网格长", "网格员", "网格指导员", "指挥长", "民警", "社工", "综合执法队"),
    *("执法车", "微型消防站", "志愿者"),
)
_OF_ROLES = re.compile(
    r"网格|指挥|警|公安|派出所|社工|执法|车|船|艇|消防|救援|微站|志愿|义工"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with records, and what is worth knowing, by their ids.

    Attributes:
        refused: What is wrong with a record.
        notes: Not wrong, but somebody should know.
    """

    refused: dict[str, list[RowError]] = field(default_factory=dict)
    notes: list[tuple[str, RowError]] = field(default_factory=list)

    def refuse(self, key: str, word: str, /, **details: object) -> None:
        """Note what is wrong with a record."""
        self.refused.setdefault(key, []).append(RowError(word, **details))


def check(
    kind: str,
    records: Mapping[str, Any],
    stands: Snapshot,
    *,
    device_kinds: Collection[str],
) -> Checked:
    """Return what is wrong with the records of a file."""
    checked = Checked()
    if kind == "grids":
        _check_grids(records, stands, checked)
        return checked
    if kind == "roster":
        known = {unit.unit_id for unit in stands.units}
        for unit_id in records.keys() - known:
            checked.refuse(unit_id, "unknown_unit", column="unit_id", value=unit_id)
        return checked
    grids = {grid.code for grid in stands.grids}
    for key, record in records.items():
        if record.grid_code and record.grid_code not in grids:
            code = record.grid_code
            checked.refuse(key, "unknown_grid", column="grid_code", value=code)
    if kind == "staff":
        _check_staff(records, stands, checked)
    elif kind == "devices":
        _check_devices(records, stands, checked, device_kinds)
    elif kind == "places":
        _check_kinds(records, checked)
    elif kind == "cameras":
        _check_cameras(records, stands, checked)
    if kind != "staff":
        checked.notes.extend(place_notes(records, stands))
    return checked


def _check_grids(
    records: Mapping[str, Grid], stands: Snapshot, checked: Checked
) -> None:
    """Refuse what hangs on nothing: no parent, or a parent that is its own child."""
    reached = {grid.code for grid in stands.grids if grid.code not in records}
    waiting = dict(records)
    while True:
        now = [
            code
            for code, grid in waiting.items()
            if not grid.parent or grid.parent in reached
        ]
        if not now:
            break
        reached.update(now)
        for code in now:
            del waiting[code]
    for code, grid in waiting.items():
        checked.refuse(code, "unknown_parent", column="parent", value=grid.parent)
    units = {unit.unit_id for unit in stands.units}
    for code, grid in records.items():
        for unit_id in (grid.leader_unit_id, *grid.worker_unit_ids):
            if unit_id and unit_id not in units:
                checked.notes.append((code, RowError("later_unit", value=unit_id)))


def _check_staff(
    records: Mapping[str, Unit], stands: Snapshot, checked: Checked
) -> None:
    devices = {device.device_id for device in stands.devices}
    for unit_id, unit in records.items():
        if not (unit.role.isascii() or _OF_ROLES.search(unit.role)):
            odd = RowError("unknown_role", value=unit.role, known="、".join(ROLES))
            checked.notes.append((unit_id, odd))
        if unit.device_id and unit.device_id not in devices:
            note = RowError("later_device", value=unit.device_id)
            checked.notes.append((unit_id, note))


def _check_kinds(records: Mapping[str, Place], checked: Checked) -> None:
    known = VALUES["places", "kind"]
    for place_id, place in records.items():
        if place.kind not in known.values():
            said = "、".join(f"{name}（{word}）" for name, word in known.items())
            odd = RowError("unknown_kind", value=place.kind, known=said)
            checked.notes.append((place_id, odd))


def _check_devices(
    records: Mapping[str, Device],
    stands: Snapshot,
    checked: Checked,
    kinds: Collection[str],
) -> None:
    units = {unit.unit_id for unit in stands.units}
    owners = {
        device.public_key: device.device_id
        for device in stands.devices
        if device.public_key and not device.revoked and device.device_id not in records
    }
    for device_id, device in records.items():
        if device.kind and device.kind not in kinds:
            known = ", ".join(kinds)
            checked.refuse(
                device_id, "kind", column="kind", value=device.kind, kinds=known
            )
        if device.unit_id and device.unit_id not in units:
            unit_id = device.unit_id
            checked.refuse(device_id, "unknown_unit", column="unit_id", value=unit_id)
        if device.public_key in owners:
            owner = owners[device.public_key]
            checked.refuse(device_id, "key_twice", column="public_key", key=owner)
        elif device.public_key:
            owners[device.public_key] = device_id
        else:
            note = RowError("not_enrolled", key=device_id)
            checked.notes.append((device_id, note))


def _check_cameras(
    records: Mapping[str, Camera], stands: Snapshot, checked: Checked
) -> None:
    known = {camera.camera_id: camera for camera in stands.cameras}
    units = {unit.unit_id for unit in stands.units}
    for camera_id, camera in records.items():
        if camera.unit_id and camera.unit_id not in units:
            unit_id = camera.unit_id
            checked.refuse(camera_id, "unknown_unit", column="unit_id", value=unit_id)
        try:
            before = known.get(camera_id)
            check_place(camera, before, town=stands.town, grids=stands.grids)
        except Refused:
            checked.refuse(camera_id, "far_from_town", key=camera_id)


def place_notes(
    records: Mapping[str, Place | Device | Camera], stands: Snapshot
) -> Iterator[tuple[str, RowError]]:
    """Give what is odd about where records stand: outside the town, or in no grid."""
    origin = None if stands.town == NO_TOWN else stands.town.origin
    index = GridIndex(stands.grids, origin=origin)
    drawn = any(grid.outline for grid in stands.grids)
    for key, record in records.items():
        if not index.in_town(record.point):
            yield key, RowError("outside", key=key)
        elif drawn and not record.grid_code and not index.grid_of(record.point):
            there = if_gcj(record.point, index)
            word = "no_grid_here" if there is None else "looks_like_gcj"
            yield key, RowError(word, key=key)
