"""What waits for its answer on a desk's line to the service."""

import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from dispatch import desk_wire
from dispatch.commands import Command, Refused
from dispatch.questions import Query


@dataclass(slots=True)
class Request:
    """Something that waits for its answer.

    Thread: the line's, once it has taken it in; its future is anybody's.

    Attributes:
        name: The command's or question's class.
        body: Its fields, as bytes.
        future: Who waits; None for a command of an earlier run.
        command_id: Set for commands.
        durable: It stands in the outbox and is sent again.
        query: The question, to read its answer by.
        sent_at: When it was last sent, monotonic; 0: never.
        began_at: When the line took it in, monotonic.
    """

    name: str
    body: bytes
    future: "Future[Any] | None"
    command_id: str = ""
    durable: bool = False
    query: Query | None = None
    sent_at: float = 0.0
    began_at: float = field(default_factory=time.monotonic)


def asked(request: Request) -> Command | None:
    """Return the command that was asked; None: this program cannot read it."""
    try:
        return desk_wire.read_command(request.name, request.body)
    except Refused:
        return None


def fail(request: Request, refused: Refused) -> None:
    """Tell whoever waits that it was refused, if somebody does and nobody told yet."""
    if request.future is not None and not request.future.done():
        request.future.set_exception(refused)
