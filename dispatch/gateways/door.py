"""The one door of all gateways: foreign messages in, the intake's word upwards.

A message is stored when each of its parts is on the disk, refused when one of them
never will be, and not answered before: it is offered again, ever more rarely, for as
long as whoever brought it waits.
"""

import logging
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from dispatch import wire
from dispatch.gateways.book import identity_of
from dispatch.gateways.reading import Meant, number_of
from dispatch.handling import believable
from dispatch.waiting import Offered

FIRST_WAIT_S: Final = 2.0  # for an answer; doubled with each silence, as devices do
LONGEST_WAIT_S: Final = 30.0
PEER_LETTERS: Final = 64  # as long as the key of a device might be

# What nothing tells apart has numbers from here on; the others' are below.
_COUNTED_FROM: Final = 1 << 62

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a message, or a part of it, will never be taken.

    Attributes:
        reason: Stable word, as in the device protocol.
        text: What is wrong, in English.
    """

    reason: str
    text: str


Told = Callable[[tuple[Refusal, ...]], None]


@dataclass(slots=True)
class Pending:
    """One foreign message that is not answered yet."""

    parts: dict[int, Offered]
    told: Told
    wait_s: float
    due: float  # monotonic
    refused: list[Refusal] = field(default_factory=list)


class Door:
    """Hands what gateways have made to the intake.

    Thread: any; one lock. What is told is told on the intake's thread, or on the
    caller's where there is nothing to wait for: only hand on there.

    Args:
        offer: The intake's.
        clock: The time now, in UTC.
        ticks: Seconds that only go on.
    """

    def __init__(
        self,
        offer: Callable[[Sequence[Offered]], None],
        *,
        clock: Callable[[], datetime],
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._offer = offer
        self._clock = clock
        self._ticks = ticks
        self._lock = threading.Lock()
        self._pending: dict[int, Pending] = {}
        self._next = 0
        self._last = 0
        self._faults: set[tuple[str, str]] = set()

    def take(self, gateway: str, meant: Sequence[Meant], raw: bytes, told: Told) -> int:
        """Take what a message says of its devices; return a ticket to `drop` it by.

        Args:
            gateway: Its name.
            meant: What the message says.
            raw: The message as it came.
            told: Called once, when all of it is stored or refused.
        """
        parts: list[tuple[Meant, int, wire.Body | wire.BadFrame]] = []
        for each in meant:
            for part, said in enumerate(each.said):
                number = (
                    number_of(each.told_apart, part)
                    if self._is_told_apart(each)
                    else self._fresh_number()
                )
                parts.append((each, number, said))
        with self._lock:
            self._next += 1
            ticket = self._next
            offered = {
                at: Offered(
                    key=identity_of(gateway, each.called),
                    peer=f"{gateway}/{each.called}"[:PEER_LETTERS],
                    seq=number,
                    at=each.at,
                    body=said,
                    raw=raw,
                    answered=self._answering(ticket, at),
                )
                for at, (each, number, said) in enumerate(parts)
            }
            if offered:
                self._pending[ticket] = Pending(
                    parts=offered,
                    told=told,
                    wait_s=FIRST_WAIT_S,
                    due=self._ticks() + FIRST_WAIT_S,
                )
        if offered:
            self._offer(list(offered.values()))
        else:
            told(())
        return ticket

    def refuse(
        self, gateway: str, bad: wire.BadFrame, raw: bytes, told: Told | None = None
    ) -> None:
        """Have a message counted and kept aside of which nobody knows the device."""

        def answered(_body: wire.Downward) -> None:
            if told is not None:
                told((Refusal(bad.reason, bad.text),))

        one = Offered(
            key="",
            peer=gateway[:PEER_LETTERS],
            seq=0,
            at=None,
            body=bad,
            raw=raw,
            answered=answered,
        )
        self._offer([one])

    def fault(self, gateway: str, error: Exception) -> wire.BadFrame:
        """Return the refusal of a message on which we fail; each place is logged once.

        Not refused it would come for ever, and hold up all that comes after it.
        """
        # Not the error's own words, which may be the message's.
        at = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} at {at.name}:{at.lineno}"
        with self._lock:
            is_new = (gateway, place) not in self._faults
            self._faults.add((gateway, place))
        if is_new:
            _log.error("gateway %s fails on a message: %s", gateway, place)
        return wire.BadFrame("fault", "the service failed on this message")

    def drop(self, ticket: int) -> None:
        """Wait for a message no more: it is told nothing, and may still be stored."""
        with self._lock:
            self._pending.pop(ticket, None)

    def again(self) -> None:
        """Offer once more what was not answered in time; called each second."""
        now = self._ticks()
        offered: list[Offered] = []
        with self._lock:
            for one in self._pending.values():
                if one.due > now:
                    continue
                one.wait_s = min(2 * one.wait_s, LONGEST_WAIT_S)
                one.due = now + one.wait_s
                offered.extend(one.parts.values())
        if offered:
            self._offer(offered)

    def _answering(self, ticket: int, at: int) -> Callable[[wire.Downward], None]:
        def answered(body: wire.Downward) -> None:
            with self._lock:
                one = self._pending.get(ticket)
                if one is None or one.parts.pop(at, None) is None:
                    return
                if isinstance(body, wire.Reject):
                    one.refused.append(Refusal(body.reason, body.text))
                if one.parts:
                    return
                del self._pending[ticket]
            one.told(tuple(one.refused))

        return answered

    def _is_told_apart(self, meant: Meant) -> bool:
        """Return whether it may count once: a clock that stands still proves nothing."""
        if meant.by_time and meant.at is not None:
            return not believable(meant.at, self._clock())[1]
        return bool(meant.told_apart)

    def _fresh_number(self) -> int:
        """Return a number that no message had: by the time, and never twice."""
        now = self._clock()
        with self._lock:
            micros = int(now.timestamp() * 1_000_000)
            self._last = max(self._last + 1, micros)
            return _COUNTED_FROM + self._last
