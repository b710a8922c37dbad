"""Carry pictures between processes: shared memory slots of three buffers each.

The engine makes the memory and is its only owner. On Linux it is one nameless file
(memfd) that workers inherit, on Windows one mapping per slot; in both cases the
kernel frees it with the last process that holds it. So a killed console leaves no
segment behind and a killed worker takes none with it, without a resource tracker
(before Python 3.13 the tracker of a worker would unlink the segments it attached).

A slot holds a header page and three buffers. The writer fills a buffer that is
neither the newest nor held by the reader, then publishes it. The reader holds the
newest. Neither ever waits for the other.
"""

import mmap
import os
import sys
from dataclasses import dataclass
from typing import Final, NamedTuple

_HEADER_BYTES: Final = 64 * 1024  # also Windows' and Linux' mapping granularity
_BUFFER_STEP: Final = 256 * 1024
_BUFFERS: Final = 3

_GENERATION, _SEQUENCE, _NEWEST, _HELD, _DECODING = range(5)
_FIRST_BUFFER: Final = 8
_BUFFER_WORDS: Final = 8
_B_SEQUENCE, _B_WIDTH, _B_HEIGHT, _B_ARRIVED, _B_WRITTEN, _B_AGAIN = range(6)
_WORDS: Final = _FIRST_BUFFER + _BUFFERS * _BUFFER_WORDS
_NONE_HELD: Final = _BUFFERS
#: By the newest buffer and the one held: the first that is neither.
_FREE: Final = tuple(
    tuple(min({*range(_BUFFERS)} - {newest, held}) for held in range(_BUFFERS + 1))
    for newest in range(_BUFFERS)
)


def buffer_size(width: int, height: int) -> int:
    """Return the bytes to set aside for a tile, so that small changes still fit."""
    return -(-max(1, width * height * 4) // _BUFFER_STEP) * _BUFFER_STEP


@dataclass(frozen=True, slots=True)
class SlotAddress:
    """Where a slot lies: what a worker needs to map it.

    Attributes:
        name: Name of the mapping (Windows), else empty.
        offset: Where it starts in the inherited file (Linux).
        buffer_bytes: Size of each of the three buffers.
        generation: Number of this use of the memory; older writers are refused.
    """

    name: str
    offset: int
    buffer_bytes: int
    generation: int

    @property
    def size(self) -> int:
        """Return the bytes of the whole slot."""
        return _HEADER_BYTES + _BUFFERS * self.buffer_bytes


def _map(address: SlotAddress, fd: int) -> mmap.mmap:
    if sys.platform == "win32":
        return mmap.mmap(-1, address.size, tagname=address.name)
    else:
        return mmap.mmap(fd, address.size, offset=address.offset)


class _Slot:
    """The words of a slot's header, and its buffers, as seen by either side."""

    def __init__(self, address: SlotAddress, fd: int) -> None:
        self.address = address
        whole = memoryview(_map(address, fd))
        self._ints = whole[: _WORDS * 8].cast("Q")
        self._floats = whole[: _WORDS * 8].cast("d")
        self._buffers = tuple(
            whole[start : start + address.buffer_bytes]
            for start in range(_HEADER_BYTES, address.size, address.buffer_bytes)
        )


class Shot(NamedTuple):
    """One frame as it lies in a slot.

    Attributes:
        data: Its pixels.
        width: Pixels in a row.
        height: Rows.
        arrived: When its packet came in, `time.monotonic()`.
        written: When it was published, `time.monotonic()`.
        sequence: Its number within the slot.
        again: It is looked at again, not live.
    """

    data: memoryview
    width: int
    height: int
    arrived: float
    written: float
    sequence: int
    again: bool = False


class SlotReader(_Slot):
    """The engine's side of a slot."""

    def __init__(self, address: SlotAddress, fd: int) -> None:
        super().__init__(address, fd)
        self.seen = 0
        for word in range(_WORDS):
            self._ints[word] = 0
        self._ints[_HELD] = _NONE_HELD
        self._ints[_GENERATION] = address.generation

    @property
    def has_new(self) -> bool:
        """Return whether the newest frame is another one than that held."""
        return self._ints[_SEQUENCE] != self.seen

    def take(self) -> bool:
        """Hold the newest frame; return whether it is another one than before."""
        ints = self._ints
        if not self.has_new:
            return False
        newest = ints[_NEWEST]
        while True:
            ints[_HELD] = newest
            again = ints[_NEWEST]
            if again == newest:
                break
            newest = again
        self.seen = ints[_FIRST_BUFFER + newest * _BUFFER_WORDS + _B_SEQUENCE]
        return True

    def shot(self) -> Shot | None:
        """Return the frame held, or None before the first."""
        held = self._ints[_HELD]
        if held == _NONE_HELD:
            return None
        first = _FIRST_BUFFER + held * _BUFFER_WORDS
        width, height = self._ints[first + _B_WIDTH], self._ints[first + _B_HEIGHT]
        return Shot(
            data=self._buffers[held][: width * height * 4],
            width=width,
            height=height,
            arrived=self._floats[first + _B_ARRIVED],
            written=self._floats[first + _B_WRITTEN],
            sequence=self._ints[first + _B_SEQUENCE],
            again=self._ints[first + _B_AGAIN] != 0,
        )

    def newest_arrival(self) -> float | None:
        """Return when the newest published frame came in, held or not."""
        if self._ints[_SEQUENCE] == 0:
            return None
        first = _FIRST_BUFFER + self._ints[_NEWEST] * _BUFFER_WORDS
        return self._floats[first + _B_ARRIVED]

    @property
    def decoding(self) -> bool:
        """Return whether the writer was inside the decoder when last heard of."""
        return self._ints[_DECODING] != 0

    def forget_decoding(self) -> None:
        """Clear the mark a dead writer left."""
        self._ints[_DECODING] = 0

    def retire(self) -> None:
        """Refuse every later frame: the memory is about to serve another use."""
        self._ints[_GENERATION] = 0


class SlotWriter(_Slot):
    """A worker's side of a slot.

    Thread: one at a time; the stream that owns it sees to that.
    """

    def __init__(self, address: SlotAddress, fd: int) -> None:
        super().__init__(address, fd)
        self._at = -1

    def begin(self, width: int, height: int) -> memoryview | None:
        """Return a free buffer for a frame of this size, or None if it cannot be.

        None: the slot serves another use by now, or the frame is too large for it.
        """
        if self._ints[_GENERATION] != self.address.generation:
            return None
        if width * height * 4 > self.address.buffer_bytes:
            return None
        self._at = _FREE[self._ints[_NEWEST]][self._ints[_HELD]]
        return self._buffers[self._at][: width * height * 4]

    def publish(
        self,
        width: int,
        height: int,
        *,
        arrived: float,
        now: float,
        again: bool = False,
    ) -> None:
        """Make the buffer begun last the newest frame."""
        first = _FIRST_BUFFER + self._at * _BUFFER_WORDS
        sequence = self._ints[_SEQUENCE] + 1
        self._ints[first + _B_SEQUENCE] = sequence
        self._ints[first + _B_WIDTH] = width
        self._ints[first + _B_HEIGHT] = height
        self._floats[first + _B_ARRIVED] = arrived
        self._floats[first + _B_WRITTEN] = now
        self._ints[first + _B_AGAIN] = again
        self._ints[_NEWEST] = self._at
        self._ints[_SEQUENCE] = sequence

    def mark_decoding(self, inside: bool) -> None:
        """Say whether a decoder is at work for this slot, in case it never returns."""
        self._ints[_DECODING] = 1 if inside else 0


class Arena:
    """All picture memory of one engine, from its first slot to its end.

    Thread: used under the engine's lock.
    """

    def __init__(self) -> None:
        self._end = 0
        self._number = 0
        self._free: list[tuple[int, int, str]] = []  # buffer_bytes, offset, name
        self.fd = -1
        if sys.platform != "win32":
            self.fd = os.memfd_create("lookout-pictures", os.MFD_CLOEXEC)

    @property
    def inherited(self) -> tuple[int, ...]:
        """Return the file descriptors a worker must inherit."""
        return () if self.fd < 0 else (self.fd,)

    def take(self, width: int, height: int) -> SlotReader:
        """Return a fresh slot that holds tiles of this size."""
        wanted = buffer_size(width, height)
        self._number += 1
        fitting = [free for free in self._free if wanted <= free[0] <= 2 * wanted]
        if fitting:
            best = min(fitting)
            self._free.remove(best)
            size, offset, name = best
            return SlotReader(SlotAddress(name, offset, size, self._number), self.fd)
        address = SlotAddress(
            name=f"Local\\lookout-{os.getpid()}-{id(self):x}-{self._number}"
            if sys.platform == "win32"
            else "",
            offset=self._end,
            buffer_bytes=wanted,
            generation=self._number,
        )
        if self.fd >= 0:
            self._end += address.size
            os.ftruncate(self.fd, self._end)
        return SlotReader(address, self.fd)

    def give_back(self, slot: SlotReader) -> None:
        """Take back a slot that nobody reads or writes any more."""
        address = slot.address
        if self.fd >= 0:
            self._free.append((address.buffer_bytes, address.offset, address.name))

    def close(self) -> None:
        """Let go of the memory; mappings that are still in use stay valid."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1
        self._free.clear()
