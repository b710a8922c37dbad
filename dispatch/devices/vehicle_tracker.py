"""车载定位: a vehicle's tracker. Its position is that of the unit that drives it."""

from dispatch import wire
from dispatch.commands import Command
from dispatch.devices import common

NAME = "vehicle_tracker"


def translate(message: common.Heard) -> Command | None:
    """Return the command a tracker's message means, or None if it has none."""
    match message.body:
        case wire.Position() as body:
            return common.position(message, body)
        case wire.Heartbeat() | wire.Reading() as body:
            return common.sign_of_life(message, body)
        case _:
            return None
