"""Device kinds, one file each, and the register entry of a device.

`dispatch.devices.kinds` lists them in order.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from dispatch.geo import Point

# Kinds that a unit carries and that hear of its tasks.
TERMINALS = frozenset({"worker_terminal"})
# Kinds that people carry: how old their word is stands with the person.
CARRIED = TERMINALS | {"vehicle_tracker"}
# Kinds that look at many things: each source of theirs has a case of its own.
APART = frozenset({"ai_box"})
# Kinds that count, and the value each of them says.
METERS = {"water_meter": "volume_m3", "electricity_meter": "energy_kwh"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Device:
    """One enrolled device.

    Attributes:
        device_id: Name in messages and lists, unique in the town.
        kind: A device kind's name, such as "smoke_detector".
        name: As people say it.
        public_key: Its CURVE public key, 40 characters of Z85: its identity.
        place_name: Where it hangs, in words.
        point: Where it hangs; for a terminal the place it belongs to.
        grid_code: Grid of that point.
        unit_id: The unit that carries it (terminals), or "".
        revoked: No longer let in.
    """

    device_id: str
    kind: str
    name: str
    public_key: str
    place_name: str
    point: Point
    grid_code: str = ""
    unit_id: str = ""
    revoked: bool = False


def is_let_in(device: Device) -> bool:
    """Return whether a device may speak: it was given a key that still counts."""
    return bool(device.public_key) and not device.revoked


def hangs(device: Device) -> bool:
    """Return whether a device is let in and stays where its entry says."""
    return is_let_in(device) and device.kind not in CARRIED


def has_terminal(unit_id: str, device_id: str, devices: Mapping[str, Device]) -> bool:
    """Return whether a terminal stands for a unit; if not, it has to be telephoned.

    Args:
        unit_id: The unit.
        device_id: The terminal it is said to carry, looked at first, or "".
        devices: The register, by id.
    """
    said = devices.get(device_id)
    if said is not None and _stands_for(said, unit_id):
        return True
    return any(_stands_for(device, unit_id) for device in devices.values())


def _stands_for(device: Device, unit_id: str) -> bool:
    return device.unit_id == unit_id and device.kind in TERMINALS and is_let_in(device)
