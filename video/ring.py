"""Keep what came in before: whole groups of packets, a while of each stream.

Pure: no thread, no decoder. Moments are those of `time.monotonic()` at which packets
came in, so one moment means the same for every stream of a machine.
"""

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, Protocol, TypeVar

#: A camera's half minute at a large stream's 8 Mbit/s, twice over.
MAX_STREAM_BYTES: Final = 64 * 1024 * 1024
MAX_SHELF_BYTES: Final = 192 * 1024 * 1024
#: What keeping a packet costs besides its bytes: a flood of tiny ones is bounded too.
PACKET_BYTES: Final = 256
#: More groups than any camera has, in as long as is kept of one.
MAX_GROUPS: Final = 4_000
#: A pause that is longer than this is a gap in what is kept.
GAP_S: Final = 2.0


class RingPacket(Protocol):
    """What a ring has to know of a packet."""

    @property
    def key(self) -> bool:
        """Return whether decoding may start here."""

    @property
    def size(self) -> int:
        """Return its bytes."""

    @property
    def arrived(self) -> float:
        """Return when it had come in."""


P = TypeVar("P", bound=RingPacket)
H = TypeVar("H")


@dataclass(slots=True, eq=False)
class Group(Generic[P, H]):
    """Packets from one key frame up to the next, of one connection.

    Attributes:
        head: What a decoder must know before the first of them.
        packets: Key frame first.
        bytes: What they cost, added up.
    """

    head: H
    packets: list[P] = field(default_factory=list)
    bytes: int = 0

    @property
    def begins(self) -> float:
        """Return when its key frame came in."""
        return self.packets[0].arrived

    @property
    def ends(self) -> float:
        """Return when its newest packet came in."""
        return self.packets[-1].arrived

    def up_to(self, moment: float) -> int:
        """Return how many of its packets had come in at a moment."""
        low, high = 0, len(self.packets)
        while low < high:
            middle = (low + high) // 2
            if self.packets[middle].arrived <= moment:
                low = middle + 1
            else:
                high = middle
        return low


class Shelf:
    """The memory that all rings of a worker share.

    Thread: any; its lock is that of its rings too.

    Args:
        max_bytes: What all of them may hold together.

    Attributes:
        bytes: What they hold.
    """

    def __init__(self, max_bytes: int = MAX_SHELF_BYTES) -> None:
        self.lock = threading.Lock()
        self.bytes = 0
        self.max_bytes = max_bytes
        self._rings: list[Ring[RingPacket, object]] = []

    def take(self, ring: "Ring[P, H]") -> None:
        """Count a ring's bytes from now on."""
        with self.lock:
            self._rings.append(ring)  # type: ignore[arg-type]

    def give_back(self, ring: "Ring[P, H]") -> None:
        """Count a ring no more; it is empty then."""
        with self.lock:
            ring.let_go()
            self._rings.remove(ring)  # type: ignore[arg-type]

    def fit(self) -> None:
        """Let go of the oldest groups, whosesoever, until the rest fits; locked."""
        while self.bytes > self.max_bytes:
            filled = [each for each in self._rings if each.begins is not None]
            if not filled:
                return
            min(filled, key=lambda each: each.begins or 0.0).drop_oldest()


class Ring(Generic[P, H]):
    """The last so many seconds of one stream, whichever connections they came by.

    Two connections may feed it at the same time while one takes over from the other:
    each fills groups of its own, and a moment is answered from the better one.

    Thread: any, under its shelf's lock.

    Args:
        shelf: Bounds all rings together.
        seconds: What is to be decodable; a group more is kept for that.
        max_bytes: Bound of this ring alone.
    """

    def __init__(
        self, shelf: Shelf, *, seconds: float, max_bytes: int = MAX_STREAM_BYTES
    ) -> None:
        self._shelf = shelf
        self._seconds = seconds
        self._max_bytes = max_bytes
        self._groups: deque[Group[P, H]] = deque()
        self._open: dict[int, Group[P, H]] = {}
        self._bytes = 0
        self._ended = False
        shelf.take(self)

    @property
    def bytes(self) -> int:
        """Return what it holds."""
        return self._bytes

    @property
    def begins(self) -> float | None:
        """Return the first moment that is kept, or None."""
        return self._groups[0].begins if self._groups else None

    def keep_for(self, seconds: float) -> None:
        """Keep another length from now on."""
        with self._shelf.lock:
            self._seconds = seconds
            self._trim()

    def add(self, packet: P, *, head: H, source: int) -> None:
        """Keep a packet; what no kept key frame came before is of no use.

        After the end nothing is kept: its connections may not have heard of it yet.

        Args:
            packet: The next of its connection.
            head: What a decoder must know of this connection.
            source: The connection.
        """
        with self._shelf.lock:
            if self._ended:
                return
            group = self._open.get(source)
            if packet.key:
                group = self._open[source] = Group(head)
                self._groups.append(group)
                for old in sorted(self._open)[:-2]:
                    del self._open[old]  # two at most speak at a time
            elif group is None:
                return
            cost = packet.size + PACKET_BYTES
            group.packets.append(packet)
            group.bytes += cost
            self._bytes += cost
            self._shelf.bytes += cost
            self._trim()
            self._shelf.fit()

    def find(self, moment: float) -> tuple[Group[P, H], int] | None:
        """Return the group to decode for a moment, and how many packets of it.

        The last of those is the newest that had come in by then. None: nothing is
        kept from so long ago.
        """
        with self._shelf.lock:
            best: tuple[Group[P, H], int] | None = None
            newest = 0.0
            for group in reversed(self._groups):
                count = group.up_to(moment)
                if not count:
                    continue
                shown = group.packets[count - 1].arrived
                if best is None or shown > newest:
                    best, newest = (group, count), shown
                elif group.ends < newest:
                    break  # what lies before is older still
            return best

    def slice_of(self, group: Group[P, H], start: int, stop: int) -> Sequence[P]:
        """Return some packets of a group, also of one that was let go meanwhile."""
        with self._shelf.lock:
            return group.packets[start:stop]

    def spans(self) -> tuple[tuple[float, float], ...]:
        """Return from when to when something is kept, in order, gaps left out."""
        with self._shelf.lock:
            found: list[tuple[float, float]] = []
            for group in self._groups:
                if found and group.begins - found[-1][1] <= GAP_S:
                    found[-1] = found[-1][0], max(found[-1][1], group.ends)
                else:
                    found.append((group.begins, group.ends))
            return tuple(found)

    def forget_before(self, moment: float) -> None:
        """Let go of the groups that ended before a moment."""
        with self._shelf.lock:
            while self._groups and self._groups[0].ends < moment:
                self.drop_oldest()

    def clear(self) -> None:
        """Forget everything."""
        with self._shelf.lock:
            self.let_go()

    def end(self) -> None:
        """Forget everything, for good."""
        with self._shelf.lock:
            self._ended = True
        self._shelf.give_back(self)

    # Under the shelf's lock

    def let_go(self) -> None:
        """Drop every group."""
        while self._groups:
            self.drop_oldest()

    def drop_oldest(self) -> None:
        """Drop the oldest group; one that is still filled goes on no more."""
        group = self._groups.popleft()
        self._bytes -= group.bytes
        self._shelf.bytes -= group.bytes
        for source, each in tuple(self._open.items()):
            if each is group:
                del self._open[source]

    def _trim(self) -> None:
        groups = self._groups
        newest = max((each.ends for each in self._open.values()), default=0.0)
        while len(groups) > 1 and groups[1].begins <= newest - self._seconds:
            self.drop_oldest()
        while groups and (self._bytes > self._max_bytes or len(groups) > MAX_GROUPS):
            self.drop_oldest()
