"""Reads the numbers in painted pixels, in a process of its own that is not counted.

On stdin: a header and, where it has any, the lowest rows of a picture as they were
painted. A line of JSON answers each "report".
"""

import json
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final

import numpy as np

from video.frame_code import read_frame_number

HEADER: Final = struct.Struct("=HHHHd")  # tile, width, height, rows, monotonic time
REPORT: Final = 0xFFFF  # instead of a tile: say what was seen since the last one
SHARE: Final = 0.06  # of a picture's height that holds the mark


@dataclass(slots=True)
class Seen:
    """What one tile has shown since the last report.

    Attributes:
        last: The newest number.
        frames: How often the number was another than before.
        unread: Paintings in which no number could be trusted.
        first_at: When the number was first another one.
        read: When a number was painted, and which, for each painting that said one.
    """

    last: int | None = None
    frames: int = 0
    unread: int = 0
    first_at: float | None = None
    read: list[tuple[float, int]] = field(default_factory=list)


@dataclass(slots=True)
class Reader:
    """Keeps count for every tile."""

    tiles: dict[int, Seen] = field(default_factory=dict)

    def take(self, tile: int, picture: "np.ndarray", at: float) -> None:
        """Read what one tile showed."""
        seen = self.tiles.setdefault(tile, Seen())
        number = read_frame_number(picture)
        if number is None:
            seen.unread += 1
            return
        seen.read.append((at, number))
        if number != seen.last:
            if seen.last is not None:
                seen.frames += 1
                seen.first_at = seen.first_at or at
            seen.last = number

    def report(self) -> dict[str, object]:
        """Return the counts, and begin anew."""
        said = {
            "tiles": {
                str(tile): {
                    "frames": seen.frames,
                    "unread": seen.unread,
                    "first_at": seen.first_at,
                    "read": seen.read,
                }
                for tile, seen in self.tiles.items()
            }
        }
        for seen in self.tiles.values():
            seen.frames = seen.unread = 0
            seen.first_at = None
            seen.read = []
        return said


def rows_of(height: int) -> int:
    """Return how many of the lowest rows hold the mark."""
    return max(4, round(height * SHARE))


def messages(stream: IO[bytes]) -> Iterator[tuple[int, "np.ndarray | None", float]]:
    """Yield tile, picture and time; only the picture's lowest rows are filled."""
    while len(head := stream.read(HEADER.size)) == HEADER.size:
        tile, width, height, rows, at = HEADER.unpack(head)
        if not rows:
            yield tile, None, at
            continue
        data = np.frombuffer(stream.read(width * rows), np.uint8)
        picture = np.zeros((height, width, 3), np.uint8)
        picture[height - rows :] = data.reshape(rows, width, 1)
        yield tile, picture, at


def main() -> int:
    """Read until the other side closes."""
    reader = Reader()
    for tile, picture, at in messages(sys.stdin.buffer):
        if picture is not None:
            reader.take(tile, picture, at)
        elif tile == REPORT:
            sys.stdout.write(json.dumps(reader.report()) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
