"""水位计: a water gauge. Above its line is B007; how far, its readings say."""

from dispatch import wire
from dispatch.commands import Command
from dispatch.devices import common

NAME = "water_level"
CATEGORY = "B007"


def translate(message: common.Heard) -> Command | None:
    """Return the command a water gauge's message means, or None if it has none."""
    match message.body:
        case wire.Alarm() as body:
            return common.alarm(message, body, category=CATEGORY)
        case wire.Restore():
            return common.restore(message, category=CATEGORY)
        case wire.Heartbeat() | wire.Reading() as body:
            return common.sign_of_life(message, body)
        case _:
            return None
