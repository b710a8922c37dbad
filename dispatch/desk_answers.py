"""The service's answers to a desk as bytes: what came of a command, or a question."""

import logging
from concurrent.futures import Future

from dispatch import desk_wire
from dispatch.commands import Refused
from dispatch.desk_queries import read_query, write_answer
from dispatch.people import Scope
from dispatch.receipts import Receipt
from dispatch.stations import answer_within
from dispatch.store import Store
from dispatch.writer import is_away

_log = logging.getLogger(__name__)

_NOT_STORED = Refused("store_away", "the service's store does not answer")


def refusal(request: int, refused: Refused) -> bytes:
    return desk_wire.write_down(
        desk_wire.Refusal(
            id=request,
            reason=refused.reason,
            text=refused.text,
            details=refused.details,
        )
    )


def _fault(request: int) -> bytes:
    """A fault of ours: the log has it, the desk hears that it happened."""
    return refusal(request, Refused("fault", "the service failed; see its log"))


def outcome(request: int, future: "Future[Receipt]") -> bytes:
    error = future.exception()
    if isinstance(error, Refused):
        return refusal(request, error)
    if is_away(error):
        return refusal(request, _NOT_STORED)
    if error is not None:
        return _fault(request)
    receipt = future.result()
    value = receipt.value if isinstance(receipt.value, int | str | tuple) else None
    return desk_wire.write_down(
        desk_wire.Done(
            id=request,
            command_id=receipt.command_id,
            number=receipt.number,
            duplicate=receipt.duplicate,
            value=value,
        )
    )


def answered(request: int, future: "Future[bytes]") -> bytes:
    error = future.exception()
    if isinstance(error, Refused):
        return refusal(request, error)
    if is_away(error):
        return refusal(request, _NOT_STORED)
    if error is not None:
        _log.error("a question failed", exc_info=error)
        return _fault(request)
    return desk_wire.write_down(desk_wire.Answer(id=request, body=future.result()))


def looked_up(message: desk_wire.Ask, scope: Scope | None, store: Store) -> bytes:
    """Return the answer to a question, as far as whoever asks may know it.

    Thread: a question's.
    """
    query = read_query(message.name, message.body)
    return write_answer(answer_within(scope, query, store))
