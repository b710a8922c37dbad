"""What the intake has taken in: what waits for its answer, and how much it was."""

from concurrent.futures import Future
from dataclasses import dataclass, field

import msgspec

from dispatch import wire
from dispatch.commands import Command
from dispatch.devices import Device
from dispatch.writer import Outcome


@dataclass(slots=True)
class Line:
    """Where a device was last heard: its connection, and how it writes."""

    route: bytes
    encoding: wire.Encoding


class Waiting(msgspec.Struct, frozen=True):
    """A message in a batch, and whom to answer. One a message: it costs little."""

    device_id: str
    seq: int
    frame: bytes
    key: str
    line: Line


@dataclass(slots=True)
class Batch:
    """What becomes one commit, and who is greeted when it is done.

    A device that asks how far the service has come while its messages are on their
    way must not be told a number that one of them is about to take.

    Attributes:
        commands: What was said, in order.
        waiting: Whom to answer, in the same order.
        greet: Who said hello behind something that stands in it.
        future: What becomes of it; None while it is gathered.
        leaves_time: The writer is at the disk: the next may be gathered. Said on the
            writer's thread, used up by the intake.
    """

    commands: list[Command] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    greet: list[tuple[Device, Line]] = field(default_factory=list)
    future: Future[list[Outcome]] | None = None
    leaves_time: bool = False

    def holds(self, device_id: str) -> bool:
        """Return whether one of its messages is this device's."""
        return any(one.device_id == device_id for one in self.waiting)


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeStats:
    """What has come in since the service started.

    Attributes:
        acknowledged: Messages stored, repetitions counted again.
        refused: Messages refused, by reason.
        knocks: Handshakes of unknown keys.
        disconnects: Connections lost, cut ones among them.
    """

    acknowledged: int
    refused: dict[str, int]
    knocks: int
    disconnects: int
