"""What the intake has taken in and not yet answered."""

from concurrent.futures import Future
from dataclasses import dataclass
from typing import NamedTuple

from dispatch import wire
from dispatch.devices import Device
from dispatch.writer import Outcome


@dataclass(slots=True)
class Line:
    """Where a device was last heard: its connection, and how it writes."""

    route: bytes
    encoding: wire.Encoding


class Waiting(NamedTuple):
    """A message in a batch, and whom to answer."""

    device_id: str
    seq: int
    frame: bytes
    key: str
    line: Line


@dataclass(frozen=True, slots=True)
class Batch:
    """What the writer has in hand, and who is greeted when it is done.

    A device that asks how far the service has come while its messages are on their
    way must not be told a number that one of them is about to take.
    """

    waiting: list[Waiting]
    future: Future[list[Outcome]]
    greet: list[tuple[Device, Line]]

    def holds(self, device_id: str) -> bool:
        """Return whether one of its messages is this device's."""
        return any(one.device_id == device_id for one in self.waiting)
