"""门禁: a door's access. Forced or held open is B008; who was let in, is a reading."""

from dispatch import wire
from dispatch.commands import Command
from dispatch.devices import common

NAME = "access_control"
CATEGORY = "B008"


def translate(message: common.Heard) -> Command | None:
    """Return the command an access control's message means, or None if it has none."""
    match message.body:
        case wire.Alarm() as body:
            return common.alarm(message, body, category=CATEGORY)
        case wire.Restore():
            return common.restore(message, category=CATEGORY)
        case wire.Heartbeat() | wire.Reading() as body:
            return common.sign_of_life(message, body)
        case _:
            return None
