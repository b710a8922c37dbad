"""Say what a desk wants to see and what it gets: the words of the video seam.

Plain values only. Nothing here opens, decodes or shares anything, so a desk can
import it without loading a codec.

Every age is a difference of `time.monotonic()`: one clock for all processes of a
machine, which nobody can set. A worker may therefore stamp a frame and the desk
may say how old it is. On Linux it is CLOCK_MONOTONIC; on Windows the performance
counter from Python 3.13 on, and before that a count in steps of 15.6 ms.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Final

from video.advice import Measured
from video.sources import Login, StreamSpec

__all__ = [
    "FRESH_S",
    "GONE_REASONS",
    "REASONS",
    "RING_S",
    "ROUND_S",
    "SOUND_RATE",
    "TICK_AFTER_S",
    "Importance",
    "Login",
    "Measured",
    "Mode",
    "Picture",
    "Playhead",
    "SoundState",
    "Step",
    "StreamSpec",
    "StreamState",
    "StreamStatus",
    "Want",
    "tick_of",
]

STALLED_AFTER_S = 4.0

#: As old as a picture may be that still counts as live: the promise is 4 s, and the
#: eye needs a moment too.
FRESH_S: Final = 3.0

#: How many seconds of a stream's packets are kept where nobody says otherwise.
RING_S = 30

#: Workers receive, decode and show in rounds of this many seconds, and a desk paints
#: in them. They begin at multiples of it on `time.monotonic()`, in every process.
ROUND_S = 1 / 30

#: A desk paints so long after a round begins. Most of its pictures are made by then,
#: and those that are not are painted one round later.
TICK_AFTER_S: Final = 0.025


def tick_of(moment: float) -> int:
    """Return the number of the tick before a moment, both `time.monotonic()`."""
    return int((moment - TICK_AFTER_S) // ROUND_S)


#: Every `StreamStatus.reason` there is; the words for people belong to the desk.
REASONS = (
    "",
    "refused",  # nobody answers there, or the other side ended it
    "unknown_host",  # nobody knows the machine of that name
    "login",  # user or password not accepted
    "timeout",  # no answer in time, or an answer that dried up
    "not_found",  # it answers, but knows no picture under that path
    "busy",  # it answers that it cannot serve now: too many viewers, a fault of its own
    "no_picture",  # it answers, but no picture can be made of it
    "no_key_frame",  # it sends, but nothing that decoding could start at
    "damaged",  # pictures come, but broken ones or too few; the picture may be live
    "late",  # pictures come, but too long after they were sent: the line is too slow
    "too_large",  # its pictures are larger than what is decoded here
    "worker",  # the worker process ended; it is being started again
    "login_missing",  # a log-in is needed and none was handed over
)

#: Those of a camera of which no picture is to be expected now.
GONE_REASONS = frozenset(
    {
        "refused",
        "unknown_host",
        "login",
        "timeout",
        "not_found",
        "busy",
        "no_picture",
        "no_key_frame",
        "too_large",
        "login_missing",
    }
)


class Mode(StrEnum):
    """How much of a stream is wanted."""

    STANDBY = "standby"
    LIVE = "live"


class Importance(IntEnum):
    """How much a live picture matters: what matters least is the first to give way."""

    PRELOAD = 0  # not shown yet
    TOUR = 1  # one of several that take turns
    PINNED = 2  # stands there at rest
    CALLED = 3  # somebody called it up, or made it large
    CASE = 4  # a view of the open case


class Step(IntEnum):
    """How much of a live stream is shown; each leaves out what the one before does."""

    FULL = 0
    HALF = 1  # what there is time for, half of it at the least
    SMALL = 2  # of half the size besides
    STILLS = 3  # key frames only


#: Of the sound a desk gets: samples a second, of 16 bits, one channel.
SOUND_RATE = 16_000


class SoundState(StrEnum):
    """How far listening to a camera came."""

    OFF = "off"
    CONNECTING = "connecting"
    HEARD = "heard"
    NONE = "none"  # the camera answers, and gives no sound
    BUSY = "busy"  # it answers that it cannot serve now; tried again
    LOST = "lost"  # it does not answer, or no longer; tried again


class StreamState(StrEnum):
    """Where a stream stands."""

    OFF = "off"
    CONNECTING = "connecting"
    STANDBY = "standby"
    LIVE = "live"
    STALLED = "stalled"


@dataclass(frozen=True, slots=True)
class Want:
    """One stream a desk wants, and the size of the largest tile that shows it.

    Attributes:
        spec: Where the stream comes from.
        mode: STANDBY keeps packets only; LIVE makes pictures.
        width: Tile width in pixels; also chooses the small or the large stream.
        height: Tile height in pixels.
        importance: Of a live one: when it gives way to others.
        ring_s: Seconds that can be looked at again, within the worker's memory.
    """

    spec: StreamSpec
    mode: Mode
    width: int
    height: int
    importance: Importance = Importance.PINNED
    ring_s: int = RING_S


@dataclass(frozen=True, slots=True)
class Playhead:
    """Where streams that are looked at again stand: one clock for all of them.

    Attributes:
        moment: `time.monotonic()` of what is shown at `since`.
        since: When it stood there, `time.monotonic()`.
        speed: Seconds that pass in a second: 1 plays, 0 stands still.
    """

    moment: float
    since: float
    speed: float

    def at(self, now: float) -> float:
        """Return the moment that is shown now."""
        return self.moment + (now - self.since) * self.speed


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """The newest frame of a stream, ready to be painted.

    Attributes:
        data: BGRA rows in shared memory; unchanged until the next poll.
        width: Pixels in a row; the stream's own shape inside the wanted tile.
        height: Rows.
        bytes_per_line: Bytes from one row to the next.
        sequence: Rises with every frame shown, across restarts too.
        age_s: Seconds since this frame came in from the network, and how long it was
            held up on the way before that, where the camera's own clock tells.
        again: It is looked at again: whatever its age, it is not live.
    """

    data: memoryview
    width: int
    height: int
    bytes_per_line: int
    sequence: int
    age_s: float
    again: bool = False

    def is_live(self, every_s: float = 0.0) -> bool:
        """Return whether it counts as of now.

        Args:
            every_s: `StreamStatus.every_s`: of stills, the next one must be overdue
                by as much as a live picture may be.
        """
        return not self.again and self.age_s <= FRESH_S + every_s


@dataclass(frozen=True, slots=True)
class StreamStatus:
    """What can be said of a stream at this moment.

    Attributes:
        state: Where it stands.
        since: When it came to stand there.
        reason: One of `REASONS`; why it is not further. A live one may be "damaged".
        fps: Frames shown in a second.
        delay_s: From arrival to shared memory, typical of late; and what was lost on
            the way before that, as in `Picture.age_s`.
        dropped: Frames left out because newer ones had come.
        probation: Runs in a worker of its own, because it was being decoded when
            its worker died, twice.
        ready: Packets of a whole group are at hand: a call-up shows at once.
        taken: How much of it is shown while decoding cannot keep up.
        every_s: Of stills: seconds from one to the next; else 0.
        measured: What the stream is that comes in, once it was seen for a while.
        small: That is the one for small tiles.
        kept: From when to when it can be looked at again, `time.monotonic()`, in
            order, gaps left out.
    """

    state: StreamState
    since: datetime
    reason: str = ""
    fps: float = 0.0
    delay_s: float = 0.0
    dropped: int = 0
    probation: bool = False
    ready: bool = False
    taken: Step = Step.FULL
    every_s: float = 0.0
    measured: Measured | None = None
    small: bool = False
    kept: tuple[tuple[float, float], ...] = ()
