"""How questions and their answers travel between a desk and the service."""

from typing import Any

import msgspec

from dispatch.commands import Refused
from dispatch.store import Store

# Every question a desk may ask, and what kind of thing answers it.
QUERIES: dict[str, tuple[type, Any]] = {}

_encode = msgspec.msgpack.Encoder().encode


def write_query(query: object) -> tuple[str, bytes]:
    """Return a question's name and bytes.

    Raises:
        ValueError: If it is no question.
    """
    name = type(query).__name__
    if name not in QUERIES or QUERIES[name][0] is not type(query):
        raise ValueError(f"not a question: {name}")
    return name, _encode(query)


def answer_query(name: str, data: bytes, store: Store) -> bytes:
    """Return the answer to a desk's question, as bytes.

    Raises:
        Refused: If there is no such question, or its fields are wrong.
    """
    known = QUERIES.get(name)
    if known is None:
        raise Refused("unknown_question", f"there is no question {name[:64]}")
    try:
        query = msgspec.msgpack.decode(data, type=known[0])
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise Refused("bad_question", f"{name}: {str(error)[:200]}") from None
    return _encode(answer(query, store))


def read_answer(query: object, data: bytes) -> Any:
    """Return the answer in these bytes."""
    return msgspec.msgpack.decode(data, type=QUERIES[type(query).__name__][1])


def answer(query: object, store: Store) -> object:
    raise Refused("unknown_question", "")
