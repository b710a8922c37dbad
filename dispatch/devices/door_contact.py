"""门磁: a door contact. It reports openings; a door that stays still is B005."""

from dispatch import wire
from dispatch.commands import Command
from dispatch.devices import common

NAME = "door_contact"
CATEGORY = "B005"


def translate(message: common.Heard) -> Command | None:
    """Return the command a door contact's message means, or None if it has none."""
    match message.body:
        case wire.Alarm() as body:
            return common.alarm(message, body, category=CATEGORY)
        case wire.Restore():
            return common.restore(message, category=CATEGORY)
        case wire.Heartbeat() | wire.Reading() as body:
            return common.sign_of_life(message, body)
        case _:
            return None
