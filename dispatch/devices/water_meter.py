"""智能水表: a water meter. Next to no use is B004.

Its totals are weighed by a rule of the profile; it may also say itself that a home uses
nothing.
"""

from dispatch import wire
from dispatch.commands import Command
from dispatch.devices import common

NAME = "water_meter"
CATEGORY = "B004"


def translate(message: common.Heard) -> Command | None:
    """Return the command a water meter's message means, or None if it has none."""
    match message.body:
        case wire.Alarm() as body:
            return common.alarm(message, body, category=CATEGORY)
        case wire.Restore():
            return common.restore(message, category=CATEGORY)
        case wire.Heartbeat() | wire.Reading() as body:
            return common.sign_of_life(message, body)
        case _:
            return None
