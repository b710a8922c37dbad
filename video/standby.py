"""Keep what makes a call-up instant: the packets since the last key frame."""

from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

MAX_GROUP_BYTES = 16 * 1024 * 1024
MAX_GROUP_PACKETS = 1_500


class PacketLike(Protocol):
    """What the buffer has to know of a packet."""

    @property
    def key(self) -> bool:
        """Return whether decoding may start here."""

    @property
    def size(self) -> int:
        """Return its bytes."""


P = TypeVar("P", bound=PacketLike)


class GroupBuffer(Generic[P]):
    """The newest group of pictures, from its key frame on, within a bound.

    A group that outgrows the bound is let go whole, because what is left of it could
    not be decoded; the buffer is ready again at the next key frame.

    Thread: used under its session's lock.
    """

    def __init__(
        self,
        *,
        max_bytes: int = MAX_GROUP_BYTES,
        max_packets: int = MAX_GROUP_PACKETS,
    ) -> None:
        self._packets: list[P] = []
        self._max_bytes = max_bytes
        self._max_packets = max_packets
        self.bytes = 0
        self.overflows = 0

    @property
    def ready(self) -> bool:
        """Return whether a decoder could start from here."""
        return bool(self._packets)

    def add(self, packet: P) -> None:
        """Keep a packet, or start anew if it is a key frame."""
        if packet.key:
            self.clear()
        elif not self._packets:
            return
        self._packets.append(packet)
        self.bytes += packet.size
        if self.bytes > self._max_bytes or len(self._packets) > self._max_packets:
            self.clear()
            self.overflows += 1

    def packets(self) -> Iterable[P]:
        """Return what is kept, key frame first."""
        return tuple(self._packets)

    def clear(self) -> None:
        """Forget everything."""
        self._packets.clear()
        self.bytes = 0
