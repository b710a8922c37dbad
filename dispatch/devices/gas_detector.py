"""可燃气体探测器: a gas detector. Its alarm is B002 until it restores."""

from dispatch import wire
from dispatch.commands import Command
from dispatch.devices import common

NAME = "gas_detector"
CATEGORY = "B002"


def translate(message: common.Heard) -> Command | None:
    """Return the command a gas detector's message means, or None if it has none."""
    match message.body:
        case wire.Alarm() as body:
            return common.alarm(message, body, category=CATEGORY)
        case wire.Restore():
            return common.restore(message, category=CATEGORY)
        case wire.Heartbeat() | wire.Reading() as body:
            return common.sign_of_life(message, body)
        case _:
            return None
