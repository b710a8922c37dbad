"""Reads a town from a folder of GeoJSON and CSV files, and says where it is wrong.

The columns are described in the sample town's README. Everything is checked before
anything is used: `BadTown` lists every fault with its file and line.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

from dispatch.cameras import Camera
from dispatch.changes import Town
from dispatch.devices import Device
from dispatch.geo import Point
from dispatch.grids import Grid
from dispatch.importing_files import MapArea, MapLine, TownReader
from dispatch.importing_rows import (
    camera_of,
    device_of,
    grid_of,
    place_of,
    roster_of,
    unit_of,
)
from dispatch.importing_tables import Row
from dispatch.places import Place
from dispatch.units import Unit


class BadTown(ValueError):  # noqa: N818 - reads as what it is
    """A folder that is not a town.

    Attributes:
        faults: One sentence each, beginning with file and line.
    """

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, kw_only=True, slots=True)
class TownFiles:
    """A town as read from its folder.

    Attributes:
        town: What a desk must know first.
        grids: Parents before children.
        units: Without positions: those come from terminals.
        places: The register of places.
        cameras: Addresses as in the file, `{port}` included.
        devices: Without keys: those are made or enrolled.
        roads: For the map.
        waters: Rivers, for the map.
        ponds: Water with an outline, for the map.
        buildings: For the map.
        posts: Where each unit's round begins; the demonstration's use only.
        scenes: What each camera's demonstration picture shows.
    """

    town: Town
    grids: tuple[Grid, ...]
    units: tuple[Unit, ...]
    places: tuple[Place, ...]
    cameras: tuple[Camera, ...]
    devices: tuple[Device, ...]
    roads: tuple[MapLine, ...] = ()
    waters: tuple[MapLine, ...] = ()
    ponds: tuple[MapArea, ...] = ()
    buildings: tuple[MapArea, ...] = ()
    posts: dict[str, Point] = field(default_factory=dict)
    scenes: dict[str, str] = field(default_factory=dict)


def read_town(folder: Path) -> TownFiles:
    """Read and check a town's folder.

    Raises:
        BadTown: Something is missing or wrong; it names every fault at once.
    """
    reader = TownReader(folder)
    town = reader.town()
    posts: dict[str, Point] = {}
    scenes: dict[str, str] = {}

    def unit(row: Row) -> Unit:
        found = unit_of(row)
        if row.has_point():
            posts[found.unit_id] = row.point()
        return found

    def camera(row: Row) -> Camera:
        found = camera_of(row)
        seed = row.text("seed", needed=False)
        scene = row.text("scene", needed=False)
        scenes[found.camera_id] = f"{scene}:{seed}" if seed else scene
        return found

    grids = reader.table("grids.geojson", "grids", grid_of, key=lambda g: g.code)
    units = reader.table("units.csv", "staff", unit, key=lambda u: u.unit_id)
    if (folder / "roster.csv").exists():
        shifts = reader.table(
            "roster.csv", "roster", roster_of, key=lambda u: u.unit_id
        )
        for unit_id, rostered in shifts.items():
            if unit_id not in units:
                reader.refer("roster.csv", f"{unit_id}: no unit {unit_id}")
                continue
            units[unit_id] = replace(units[unit_id], roster=rostered.roster)
    places = reader.table("places.csv", "places", place_of, key=lambda p: p.place_id)
    cameras = reader.table("cameras.csv", "cameras", camera, key=lambda c: c.camera_id)
    devices = reader.table(
        "devices.csv", "devices", device_of, key=lambda d: d.device_id
    )
    roads = reader.lines("roads.geojson", "street")
    waters = reader.lines("waters.geojson", "river")
    ponds = reader.areas("waters.geojson")
    buildings = reader.areas("buildings.geojson")
    _check_references(reader, grids=grids, units=units, devices=devices, places=places)
    for carried in cameras.values():
        if carried.unit_id and carried.unit_id not in units:
            text = f"{carried.camera_id}: no unit {carried.unit_id}"
            reader.refer("cameras.csv", text)
    if town is None or reader.faults:
        raise BadTown(reader.faults)
    return TownFiles(
        town=town,
        grids=_parents_first(grids),
        units=tuple(units.values()),
        places=tuple(places.values()),
        cameras=tuple(cameras.values()),
        devices=tuple(devices.values()),
        roads=roads,
        waters=waters,
        ponds=ponds,
        buildings=buildings,
        posts=posts,
        scenes=scenes,
    )


def _parents_first(grids: dict[str, Grid]) -> tuple[Grid, ...]:
    return tuple(sorted(grids.values(), key=lambda g: (len(g.code), g.code)))


def _check_references(
    reader: TownReader,
    *,
    grids: dict[str, Grid],
    units: dict[str, Unit],
    devices: dict[str, Device],
    places: dict[str, Place],
) -> None:
    for grid in grids.values():
        if grid.parent and grid.parent not in grids:
            reader.refer("grids.geojson", f"{grid.code}: no parent {grid.parent}")
        for unit_id in (grid.leader_unit_id, *grid.worker_unit_ids):
            if unit_id and unit_id not in units:
                reader.refer("grids.geojson", f"{grid.code}: no unit {unit_id}")
    for unit in units.values():
        if unit.grid_code and unit.grid_code not in grids:
            reader.refer("units.csv", f"{unit.unit_id}: no grid {unit.grid_code}")
        if unit.device_id and unit.device_id not in devices:
            reader.refer("units.csv", f"{unit.unit_id}: no device {unit.device_id}")
    for device in devices.values():
        if device.unit_id and device.unit_id not in units:
            reader.refer("devices.csv", f"{device.device_id}: no unit {device.unit_id}")
    for place in places.values():
        if place.grid_code and place.grid_code not in grids:
            reader.refer("places.csv", f"{place.place_id}: no grid {place.grid_code}")
