"""What a worker says of a stream to the engine."""

from dataclasses import dataclass
from typing import TypeAlias

from video.advice import Measured
from video.contract import Step, StreamState
from video.replay import Spans


@dataclass(frozen=True, slots=True)
class Report:
    """What a worker says of a stream.

    Attributes:
        state: Of the machine, with its reason and since when.
        fps: Frames shown a second.
        delay_s: From arrival to shared memory, and what was lost on the way before.
        dropped: Frames left out so far.
        ready: Whether a call-up would show at once.
        kept: What can be looked at again.
        taken: How much is left out of it.
        every_s: Of stills: how far apart they come.
        measured: What the stream is that comes in, or None until that is known.
        small: That is the one for small tiles.
        login: Which log-in it has, and what became of it at each address (`Tries`).
    """

    state: StreamState
    reason: str
    since: float
    fps: float
    delay_s: float
    dropped: int
    ready: bool
    kept: Spans
    taken: Step = Step.FULL
    every_s: float = 0.0
    measured: Measured | None = None
    small: bool = False
    login: tuple[int, tuple[tuple[str, float | None], ...]] = (0, ())

    @property
    def standing(self) -> "Standing":
        """Return what has to be said at once when it changes."""
        return self.state, self.reason, self.ready


#: State, reason, and whether a call-up would show at once.
Standing: TypeAlias = tuple[StreamState, str, bool]
