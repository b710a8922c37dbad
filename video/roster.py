"""Remember which streams are wanted, which worker has them, and what to tell it."""

import logging
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from video.advice import Measured
from video.budget import Budget, Load
from video.contract import (
    STALLED_AFTER_S,
    Mode,
    Playhead,
    Step,
    StreamState,
    StreamStatus,
    Want,
)
from video.logins import Logins
from video.slots import SlotReader
from video.supervision import RestartLimit, WorkerProcess
from video.suspects import MOST_APART

_log = logging.getLogger(__name__)

_LIVE_LOAD: Final = 20  # a decoded stream costs about as much as 20 on standby


@dataclass(slots=True, eq=False)
class Post:
    """A place for a worker: the process may change, the streams stay."""

    probation: bool = False
    process: WorkerProcess | None = None
    start_at: float = 0.0
    kill_at: float | None = None  # it was told to end, and has until then
    limit: RestartLimit = field(default_factory=RestartLimit)
    streams: set[str] = field(default_factory=set)
    releasing: dict[int, SlotReader] = field(default_factory=dict)
    load: Load | None = None  # what it last said of itself, once
    budget: Budget = field(default_factory=Budget)


@dataclass(slots=True, eq=False)
class Entry:
    """One wanted stream."""

    want: Want
    post: Post
    ticket: int
    slot: SlotReader | None = None  # where its worker writes
    shown: SlotReader | None = None  # where the newest picture lies
    sequence: int = 0
    state: StreamState = StreamState.CONNECTING
    reason: str = ""
    since: float = field(default_factory=time.monotonic)
    report: dict[str, Any] = field(default_factory=dict)
    complained: bool = False
    step: Step = Step.FULL
    playhead: Playhead | None = None  # it is looked at again


def default_worker_count() -> int:
    """Return how many workers suit this machine: two to four."""
    return max(2, min(os.cpu_count() or 2, 4))


def place(
    posts: Iterable[Post], entries: dict[str, Entry], *, apart: bool
) -> Post | None:
    """Return the worker that has the least to do, None: one has to be started.

    Args:
        posts: All workers.
        entries: What they have to do.
        apart: It is for a stream at which workers died; at most so many are kept for
            such, and one that is about to end takes no more.
    """

    def load(post: Post) -> int:
        return sum(
            _LIVE_LOAD if entries[name].want.mode is Mode.LIVE else 1
            for name in post.streams
        )

    fit = [post for post in posts if post.probation is apart]
    if apart:
        fit = [post for post in fit if post.streams]
        if len(fit) < MOST_APART:
            return None
    return min(fit, key=load)


def set_message(stream_id: str, entry: Entry) -> dict[str, Any]:
    """Return the line that says what is wanted of a stream."""
    want, address = entry.want, None
    if entry.slot is not None:
        at = entry.slot.address
        address = [at.name, at.offset, at.buffer_bytes, at.generation]
    return {
        "do": "set",
        "stream": stream_id,
        "ticket": entry.ticket,
        "spec": asdict(want.spec),
        "mode": want.mode,
        "width": want.width,
        "height": want.height,
        "ring": want.ring_s,
        "slot": address,
        "step": entry.step,
    }


def replay_message(stream_id: str, entry: Entry) -> dict[str, Any]:
    """Return the line that says what moment a stream shows, or that it is live."""
    head = entry.playhead
    at = None if head is None else [head.moment, head.since, head.speed]
    return {"do": "replay", "stream": stream_id, "at": at}


def kept_spans(entry: Entry, now: float) -> tuple[tuple[float, float], ...]:
    """Return what a stream's ring holds; a span that still grows lasts until now."""
    return tuple(
        (begins, now if ends is None else ends)
        for begins, ends in entry.report.get("kept", ())
    )


def status_of(entry: Entry, *, now: float, at: datetime) -> StreamStatus:
    """Return where a stream stands, from its newest frame, not its worker's last word.

    Args:
        entry: The stream.
        now: On the monotonic clock.
        at: The same moment as people count.
    """
    state, since, report = entry.state, entry.since, entry.report
    every_s, measured = report.get("every", 0.0), report.get("measured")
    arrived = entry.slot.newest_arrival() if entry.slot is not None else None
    if state is StreamState.LIVE and arrived is not None:
        overdue = arrived + STALLED_AFTER_S + every_s
        if now > overdue:
            state, since = StreamState.STALLED, overdue
    return StreamStatus(
        state=state,
        since=at - timedelta(seconds=max(0.0, now - since)),
        reason=entry.reason,
        fps=report.get("fps", 0.0),
        delay_s=report.get("delay", 0.0),
        dropped=report.get("dropped", 0),
        probation=entry.post.probation,
        ready=report.get("ready", False),
        kept=kept_spans(entry, now),
        taken=Step(report.get("taken", Step.FULL)),
        every_s=every_s,
        measured=Measured(**measured) if measured else None,
        small=report.get("small", False),
    )


def messages_of(
    stream_id: str, entry: Entry, logins: Logins
) -> Iterator[dict[str, Any]]:
    """Yield the lines that tell a worker which knows nothing of a stream about it."""
    yield from logins.messages(stream_id)
    yield set_message(stream_id, entry)
    if entry.playhead is not None:
        yield replay_message(stream_id, entry)


def take_in(said: dict[str, Any], entry: Entry) -> bool:
    """Take in what a worker says of a stream; return whether it begins to be live."""
    was, entry.state = entry.state, StreamState(said["state"])
    entry.reason, entry.since = said["reason"], said["since"]
    entry.report = said
    _log_turn(said["stream"], entry)
    return entry.state is StreamState.LIVE is not was


def _log_turn(stream_id: str, entry: Entry) -> None:
    """Log a loss once, and the return once."""
    shows = entry.state in (StreamState.STANDBY, StreamState.LIVE)
    if entry.reason and not shows and not entry.complained:
        entry.complained = True
        _log.info("%s: no picture (%s)", stream_id, entry.reason)
    elif entry.complained and shows:
        entry.complained = False
        _log.info("%s: picture is back", stream_id)
