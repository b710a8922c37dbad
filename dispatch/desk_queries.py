"""How questions and their answers travel between a desk and the service."""

from typing import Any

import msgspec

from dispatch.commands import Refused
from dispatch.questions import ANSWERS, Query

QUERIES: dict[str, type[Query]] = {kind.__name__: kind for kind in ANSWERS}
_encode = msgspec.msgpack.Encoder().encode


def write_query(query: Query) -> tuple[str, bytes]:
    """Return a question's name and bytes.

    Raises:
        ValueError: If it is no question.
    """
    name = type(query).__name__
    if QUERIES.get(name) is not type(query):
        raise ValueError(f"not a question: {name}")
    return name, _encode(query)


def read_query(name: str, data: bytes) -> Query:
    """Return the question that a desk has written.

    Raises:
        Refused: If there is no such question, or its fields are wrong.
    """
    kind = QUERIES.get(name)
    if kind is None:
        raise Refused("unknown_question", f"there is no question {name[:64]}")
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise Refused("bad_question", f"{name}: {str(error)[:200]}") from None


def write_answer(answer: object) -> bytes:
    """Return an answer as bytes."""
    return _encode(answer)


def read_answer(query: Query, data: bytes) -> Any:
    """Return the answer in these bytes."""
    return msgspec.msgpack.decode(data, type=ANSWERS[type(query)])
