"""井盖位移: a sensor under a manhole cover. Moved or tilted is B007 until it lies again."""

from dispatch import wire
from dispatch.commands import Command
from dispatch.devices import common

NAME = "manhole_tilt"
CATEGORY = "B007"


def translate(message: common.Heard) -> Command | None:
    """Return the command a manhole sensor's message means, or None if it has none."""
    match message.body:
        case wire.Alarm() as body:
            return common.alarm(message, body, category=CATEGORY)
        case wire.Restore():
            return common.restore(message, category=CATEGORY)
        case wire.Heartbeat() | wire.Reading() as body:
            return common.sign_of_life(message, body)
        case _:
            return None
