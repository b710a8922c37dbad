"""What the intake has taken in and not yet answered."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from dispatch import wire
from dispatch.devices import Device
from dispatch.writer import Outcome

Answered = Callable[[wire.Downward], None]


@dataclass(slots=True)
class Line:
    """Where a device was last heard: its connection, and how it writes.

    Attributes:
        route: Of its connection; b"" where a gateway speaks for it.
        encoding: How it writes.
        hears: Hears the answers in place of a connection.
    """

    route: bytes
    encoding: wire.Encoding
    hears: Answered | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """A device's message that a gateway made, and who hears what becomes of it.

    Attributes:
        key: The identity under which the device is enrolled; "": it names none.
        peer: Who it is as the gateway says it, kept beside what is refused.
        seq: Its number, the same each time it is offered.
        at: The device's own time, or None.
        body: What it says; a refusal where that is nothing a device can say.
        raw: What came in, kept where it is refused.
        answered: Hears the answer, on the intake's thread: only hand on there. None
            comes while the store is away: then it is offered again.
    """

    key: str
    peer: str
    seq: int
    at: datetime | None
    body: wire.Body | wire.BadFrame
    raw: bytes
    answered: Answered


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
