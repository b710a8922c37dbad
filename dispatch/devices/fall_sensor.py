"""跌倒·离床: a radar or a mat. A fall is B003; who lies in bed, its readings say."""

from dispatch import wire
from dispatch.commands import Command
from dispatch.devices import common

NAME = "fall_sensor"
CATEGORY = "B003"


def translate(message: common.Heard) -> Command | None:
    """Return the command a fall sensor's message means, or None if it has none."""
    match message.body:
        case wire.Alarm() as body:
            return common.alarm(message, body, category=CATEGORY)
        case wire.Restore():
            return common.restore(message, category=CATEGORY)
        case wire.Heartbeat() | wire.Reading() as body:
            return common.sign_of_life(message, body)
        case _:
            return None
