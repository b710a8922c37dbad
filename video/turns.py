"""Choose which streams of a worker are looked at now: few of many, the open ones in turn.

Two hundred cameras that are away are tried again several times a second between them.
To look at all of them each time one was tried cost more than trying, and there is
nothing to see of one that only waits to be tried again.
"""

from collections import deque
from collections.abc import Collection, Mapping
from typing import Final, Protocol

#: How often those whose time may have come are looked for.
STEP_S: Final = 0.1
#: An open stream that nothing happens to is looked at in one of so many steps.
IN_TURN: Final = 4


class Timed(Protocol):
    """What a stream has to say of its time."""

    @property
    def open(self) -> bool:
        """Return whether it has a connection, or is about to: that may fall silent."""

    def due(self, now: float) -> bool:
        """Return whether its own time has come."""


class Turns:
    """Says whose turn it is.

    Thread: `call` on any, the others on one.
    """

    def __init__(self) -> None:
        self._calls: deque[str] = deque()
        self._turn = 0
        self._step_at = 0.0
        self._second = 0

    def call(self, stream_id: str) -> None:
        """Have a stream looked at next: something happened to it."""
        self._calls.append(stream_id)

    def calls(self) -> set[str]:
        """Return who has called since the last time."""
        found = set[str]()
        while self._calls:
            found.add(self._calls.popleft())
        return found

    def of(
        self, streams: Mapping[str, Timed], now: float, *, called: Collection[str]
    ) -> set[str]:
        """Return which of the streams to look at now.

        Args:
            streams: All there are.
            now: On the monotonic clock.
            called: `calls`, taken before the streams were: none of it is lost so.
        """
        names = list(streams)
        found = {*called}.intersection(names)
        if now >= self._step_at:
            self._step_at = now + STEP_S
            self._turn = (self._turn + 1) % IN_TURN
            in_turn = names[self._turn :: IN_TURN]
            found.update(name for name in in_turn if streams[name].open)
            found.update(name for name in names if streams[name].due(now))
        return found

    def full(self, streams: Mapping[str, Timed]) -> set[str]:
        """Return whom to ask this second for all there is to say.

        Of one that is away what has to be said at once is said when it happens; what
        is left, such as how much of it is still kept, has time.
        """
        self._second = (self._second + 1) % IN_TURN
        names = list(streams)
        found = {name for name in names if streams[name].open}
        return found.union(names[self._second :: IN_TURN])
