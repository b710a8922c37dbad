"""What an engine knows of the one camera that is listened to: who, how far, the sound."""

from collections import deque
from collections.abc import Callable
from typing import Any, Final

from video.contract import SOUND_RATE, SoundState

#: What nobody fetched is given up, the oldest first: late sound is of no use.
MOST_LATE_S: Final = 0.4


class Late:
    """Sound that waits to be fetched, so much of it and no more.

    Thread: filled on one, emptied on another.
    """

    def __init__(self, most_s: float = MOST_LATE_S) -> None:
        self._parts: deque[bytes] = deque()
        self._most = int(most_s * SOUND_RATE) * 2

    def put(self, samples: bytes) -> int:
        """Add some; return how many bytes of older ones were given up."""
        self._parts.append(samples[-self._most :])
        lost = max(0, len(samples) - self._most)
        while sum(map(len, tuple(self._parts))) > self._most:
            try:
                lost += len(self._parts.popleft())
            except IndexError:
                break  # it was fetched meanwhile
        return lost

    def take(self) -> bytes:
        """Take all there is."""
        return b"".join([self._parts.popleft() for _ in range(len(self._parts))])


class Hearing:
    """The one camera that is listened to, seen from the desk.

    Thread: `listen` and `take` on the UI's, the rest under the engine's lock.

    Args:
        tell: Sends a line to the worker that has a stream, if one has.

    Attributes:
        stream_id: Who is listened to, or "".
        state: How far that came.
        given_up: Bytes of sound that came too late to be of use.
    """

    def __init__(self, tell: Callable[[str, dict[str, Any]], None]) -> None:
        self.stream_id = ""
        self.state = SoundState.OFF
        self.given_up = 0
        self._tell = tell
        self._turn = 0
        self._late = Late()

    def listen(self, stream_id: str) -> None:
        """Listen to another stream that is wanted, or with "" to none."""
        before, self.stream_id = self.stream_id, stream_id
        self._turn += 1
        self.state = SoundState.CONNECTING if stream_id else SoundState.OFF
        self._late = Late()
        if before:
            self._tell(before, {"do": "mute"})
        if stream_id:
            self._tell(stream_id, self.message())

    def take(self) -> bytes:
        """Take what is there to be played: 16 bits, one channel, `SOUND_RATE`."""
        return self._late.take()

    def message(self) -> dict[str, Any]:
        """Return the line that tells a worker to listen."""
        return {"do": "listen", "stream": self.stream_id, "turn": self._turn}

    def dropped(self, stream_id: str) -> None:
        """Hear that a stream is wanted no more."""
        if stream_id == self.stream_id:
            self.stream_id, self.state = "", SoundState.OFF

    def heard(self, said: dict[str, Any]) -> None:
        """Hear from a worker, in time or from the turn before."""
        if said["turn"] == self._turn and self.stream_id:
            self.state = SoundState(said["state"])
            if said["sound"]:
                self.given_up += self._late.put(bytes.fromhex(said["sound"]))
