"""Who carries which device and which key is whose, looked up while many are put in."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from dispatch.devices import TERMINALS, Device


class Bearers:
    """The devices of the registers by their keys and by who carries them.

    Made for one command: a look through all devices for each of a thousand rows would
    hold the writer for seconds.

    Thread: the writer's.

    Args:
        things: The registers, by kind and key.
    """

    def __init__(self, things: Mapping[str, Mapping[Any, Any]]) -> None:
        self._things = things
        self._owners: dict[str, str] = {}
        self._terminals: defaultdict[str, set[str]] = defaultdict(set)
        self._units: defaultdict[str, set[str]] = defaultdict(set)
        for device in things["device"].values():
            self.note(device)
        for unit in things["unit"].values():
            self._units[unit.device_id].add(unit.unit_id)

    def note(self, device: Device) -> None:
        """Take in a device as it is from now on."""
        if device.public_key and not device.revoked:
            self._owners[device.public_key] = device.device_id
        if device.unit_id and device.kind in TERMINALS:
            self._terminals[device.unit_id].add(device.device_id)
            self._units[device.device_id].add(device.unit_id)

    def owner_of(self, device: Device) -> str:
        """Return the other device that speaks with this one's key, or ""."""
        owner = self._owners.get(device.public_key, "")
        if owner == device.device_id:
            return ""
        other = self._things["device"].get(owner)
        if other is None or other.revoked or other.public_key != device.public_key:
            return ""
        return owner

    def terminals_of(self, unit_id: str) -> set[str]:
        """Return the terminals that a unit carries."""
        devices = self._things["device"]
        return {
            device_id
            for device_id in self._terminals[unit_id]
            if device_id in devices and devices[device_id].unit_id == unit_id
        }

    def units_with(self, device_id: str) -> set[str]:
        """Return the units that are said to carry a device."""
        units = self._things["unit"]
        return {
            unit_id
            for unit_id in self._units[device_id]
            if unit_id in units and units[unit_id].device_id == device_id
        }
