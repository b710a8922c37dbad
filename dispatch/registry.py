"""Who may speak on the device line, and how far each has come."""

from collections.abc import Iterable

import sqlalchemy as sa

from dispatch import tables
from dispatch.devices import TERMINALS, Device
from dispatch.devices.common import command_prefix
from dispatch.rows import begins_with
from dispatch.store import Store
from dispatch.waiting import Waiting


class Registry:
    """Which key is which device, and which terminals a unit carries.

    Thread: the intake's.
    """

    def __init__(self) -> None:
        self._by_key: dict[str, Device] = {}
        self._keys: dict[str, str] = {}

    def load(self, devices: Iterable[Device]) -> None:
        """Begin with what a snapshot holds."""
        self._by_key.clear()
        self._keys.clear()
        for device in devices:
            self.put(device)

    def put(self, device: Device) -> bool:
        """Take in an enrolment or alteration; return whether the key is another."""
        old = self._keys.pop(device.device_id, "")
        self._by_key.pop(old, None)
        # One that is not enrolled yet has no key, and nobody may speak as it.
        if device.public_key and not device.revoked:
            self._by_key[device.public_key] = device
            self._keys[device.device_id] = device.public_key
        return device.revoked or old != device.public_key

    def device(self, key: str) -> Device | None:
        """Return the device of a public key, if it may speak."""
        return self._by_key.get(key)

    def terminals(self, unit_id: str) -> list[Device]:
        """Return the terminals that a unit carries."""
        return [
            device
            for device in self._by_key.values()
            if device.unit_id == unit_id and device.kind in TERMINALS
        ]


class Numbers:
    """How far each device has come, as far as anyone has asked.

    Thread: the intake's.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._highest: dict[str, int] = {}

    def stored(self, device: Device) -> int:
        """Return the highest number of a device that is stored."""
        known = self._highest.get(device.device_id)
        if known is None:
            known = stored_sequence(self._store, device)
            self._highest[device.device_id] = known
        return known

    def note(self, one: Waiting, sender: Device | None) -> None:
        """Raise a known highest number; one not known yet is read when asked for.

        Args:
            one: A message that is stored.
            sender: Whose its key is by now: what another key said counts no more.
        """
        known = self._highest.get(one.device_id)
        if known is None or one.seq <= known:
            return
        if sender is not None and sender.device_id == one.device_id:
            self._highest[one.device_id] = one.seq

    def forget(self, device_id: str) -> None:
        """Begin anew with a device, whose key is another."""
        self._highest.pop(device_id, None)


def stored_sequence(store: Store, device: Device) -> int:
    """Return the highest message number stored for a device, or 0.

    What a terminal answers to tasks is kept by the command's id, the rest by number.
    """
    messages, applied = tables.messages, tables.applied_commands
    prefix = command_prefix(device)
    numbers: list[str] = []
    with store.reading() as connection:
        highest = connection.execute(
            sa.select(sa.func.max(messages.c.sequence)).where(
                messages.c.device_id == device.device_id
            )
        ).scalar()
        if device.kind in TERMINALS:
            answers = connection.execute(
                sa.select(applied.c.command_id).where(
                    begins_with(applied.c.command_id, prefix)
                )
            ).scalars()
            numbers = [text.removeprefix(prefix) for text in answers]
    return max([int(highest or 0), *(int(n) for n in numbers if n.isdecimal())])
