"""Device kinds, one file each, and the register entry of a device.

`DEVICE_KINDS` in `dispatch.intake` lists them in order.
"""

from dataclasses import dataclass

from dispatch.geo import Point

# Kinds that a unit carries and that hear of its tasks.
TERMINALS = frozenset({"worker_terminal"})


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
