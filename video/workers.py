"""Show live pictures without decoding one: the engine a console holds.

`VideoEngine` spreads the wanted streams over worker processes, hands them log-ins and
memory, starts them again when they die, and finds the newest frame of each stream.
It knows nothing of windows, and never makes its caller wait.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from video.acceleration import Acceleration
from video.budget import Load
from video.contract import (
    Login,
    Mode,
    Picture,
    Playhead,
    StreamSpec,
    StreamState,
    StreamStatus,
    Want,
)
from video.economy import Economy
from video.hearing import Hearing
from video.logins import Logins
from video.roster import (
    Entry,
    Post,
    default_worker_count,
    messages_of,
    place,
    replay_message,
    set_message,
    status_of,
    take_in,
)
from video.slots import Arena, SlotReader, buffer_size
from video.supervision import WorkerProcess, end_all
from video.suspects import Suspects

__all__ = [
    "Login",
    "Mode",
    "Picture",
    "StreamSpec",
    "StreamState",
    "StreamStatus",
    "VideoEngine",
    "Want",
]

_log = logging.getLogger(__name__)

_TICK_S: Final = 0.25
_SILENT_TICKS: Final = 60  # own ticks, not clock time: a suspended machine is no fault
_GOODBYE_S: Final = 2.0


class VideoEngine:
    """Keeps the wanted streams coming and hands out their newest pictures.

    Workers start with the engine, so that the first camera finds them warm.

    Thread: `want`, `poll`, `picture`, `status` and `close` on one thread, the UI's;
    none of them waits. The engine has threads of its own for processes and pipes.

    Args:
        worker_command: Program and arguments that run `video.worker_main.run`.
        worker_count: Worker processes; None: as many as suit the machine.
        errors: The file for what a worker says when it dies; None: our own stderr.
        clock: Gives the time for `StreamStatus.since`.

    Attributes:
        hearing: Which camera is listened to, and its sound.
        acceleration: Which devices decode for the workers.
        comes: Called when a stream begins to be live, on any thread.
    """

    def __init__(
        self,
        *,
        worker_command: Sequence[str],
        worker_count: int | None = None,
        errors: Path | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._command = tuple(worker_command)
        self._errors = errors
        self._clock = clock
        self._lock = threading.Lock()
        self.comes: Callable[[], None] = lambda: None
        self._arena = Arena()
        self._entries: dict[str, Entry] = {}
        self._logins = Logins()
        self._suspects = Suspects()
        self._economy = Economy()
        self.hearing = Hearing(self._tell)
        self.acceleration = Acceleration(self._devices_changed)
        self._tickets = 0
        self._limbo: list[list[SlotReader]] = [[], []]
        self._posts = [Post() for _ in range(worker_count or default_worker_count())]
        self._wake = threading.Event()
        self._closing = False
        self._supervisor = threading.Thread(
            target=self._supervise, name="video engine", daemon=True
        )
        self._supervisor.start()

    # What a desk asks

    def set_login(self, stream_id: str, login: Login) -> None:
        """Hand over a stream's log-in; it goes down the worker's pipe only.

        It is kept in memory until `forget_login` or `close`, because a worker that
        has to start again must have it even while nobody else can be asked.
        """
        with self._lock:
            message = self._logins.put(stream_id, login)
        self._tell(stream_id, message)

    def forget_login(self, stream_id: str) -> None:
        """Forget a log-in; a stream that needs one stops."""
        with self._lock:
            known = self._logins.forget(stream_id)
            if known and (entry := self._entries.get(stream_id)) is not None:
                self._send(entry.post, {"do": "forget", "stream": stream_id})

    def want(self, wants: Mapping[str, Want]) -> None:
        """Say which streams are wanted from now on: the whole set, each time."""
        with self._lock:
            if self._closing:
                return
            for stream_id in self._entries.keys() - wants.keys():
                self._drop(stream_id)
            for stream_id, want in wants.items():
                entry = self._entries.get(stream_id)
                if entry is None:
                    self._add(stream_id, want)
                elif entry.want.spec != want.spec:
                    # Another address: nothing of the old one may stand in its place.
                    self._drop(stream_id)
                    self._add(stream_id, want)
                elif entry.want != want:
                    entry.want = want
                    entry.step = self._economy.step(entry)
                    self._fit_slot(entry)
                    self._send(entry.post, set_message(stream_id, entry))

    def replay(self, playhead: Playhead | None, stream_ids: Collection[str]) -> None:
        """Show some live streams as they were; all others are live.

        Their pictures are marked `again` and carry their true age. The streams' own
        state is that of standby meanwhile: what comes in is kept, not shown.
        """
        with self._lock:
            for stream_id, entry in self._entries.items():
                wanted = playhead if stream_id in stream_ids else None
                if entry.playhead != wanted:
                    entry.playhead = wanted
                    self._send(entry.post, replay_message(stream_id, entry))

    def poll(self) -> set[str]:
        """Return which streams have a new picture, and move on to it.

        Pictures handed out before are not to be used after this call.
        """
        fresh: set[str] = set()
        with self._lock:
            self._recycle()
            for stream_id, entry in self._entries.items():
                slot_now = entry.slot
                if slot_now is None:
                    continue
                seen = slot_now.seen
                if slot_now.take():
                    entry.sequence += slot_now.seen - seen
                    entry.shown = slot_now
                    fresh.add(stream_id)
        return fresh

    def has_new(self, stream_ids: Iterable[str]) -> bool:
        """Return whether a poll would move on with one of these."""
        with self._lock:
            slots = [
                self._entries[each].slot for each in stream_ids if each in self._entries
            ]
        return any(slot is not None and slot.has_new for slot in slots)

    def picture(self, stream_id: str) -> Picture | None:
        """Return the picture that the last poll moved on to, or None before any."""
        with self._lock:
            entry = self._entries.get(stream_id)
            if entry is None or entry.shown is None:
                return None
            shot = entry.shown.shot()
            sequence = entry.sequence
        if shot is None:
            return None
        return Picture(
            data=shot.data,
            width=shot.width,
            height=shot.height,
            bytes_per_line=shot.width * 4,
            sequence=sequence,
            age_s=max(0.0, time.monotonic() - shot.arrived),
            again=shot.again,
        )

    def status(self, stream_id: str) -> StreamStatus:
        """Return where a stream stands, from the newest frame, not the last word."""
        with self._lock:
            entry = self._entries.get(stream_id)
            if entry is None:
                return StreamStatus(StreamState.OFF, self._clock())
            return status_of(entry, now=time.monotonic(), at=self._clock())

    def close(self) -> None:
        """End all workers and let go of the memory; waits two seconds at most.

        Twice as long where a worker does not die of being killed.
        """
        with self._lock:
            if self._closing:
                return
            self._closing = True
        self._wake.set()
        self.acceleration.close()
        self._supervisor.join(2 * _GOODBYE_S)
        with self._lock:
            self._entries.clear()
            self._logins.clear()
            self._limbo = [[], []]
            self._arena.close()

    def _tell(self, stream_id: str, message: dict[str, Any]) -> None:
        with self._lock:
            if (entry := self._entries.get(stream_id)) is not None:
                self._send(entry.post, message)

    def _devices_changed(self) -> None:
        with self._lock:
            self._share()

    # Under the lock

    def _share(self) -> None:
        for post in self._posts:
            self._send(post, self.acceleration.message())

    def _add(self, stream_id: str, want: Want) -> None:
        self._tickets += 1
        entry = Entry(want, self._post_for(stream_id), self._tickets)
        entry.step = self._economy.step(entry)
        self._entries[stream_id] = entry
        self._fit_slot(entry)
        self._join(stream_id, entry)

    def _join(self, stream_id: str, entry: Entry) -> None:
        entry.post.streams.add(stream_id)
        for message in messages_of(stream_id, entry, self._logins):
            self._send(entry.post, message)

    def _drop(self, stream_id: str) -> None:
        entry = self._entries.pop(stream_id)
        self.hearing.dropped(stream_id)
        entry.post.streams.discard(stream_id)
        self._give_up(entry.post, entry.slot)
        self._send(entry.post, {"do": "forget", "stream": stream_id})
        self._send(entry.post, {"do": "drop", "stream": stream_id})

    def _post_for(self, stream_id: str) -> Post:
        apart = self._suspects.apart(stream_id, time.monotonic())
        post = place(self._posts, self._entries, apart=apart)
        if post is None:
            post = Post(probation=True)
            self._posts.append(post)
            self._wake.set()
        return post

    def _fit_slot(self, entry: Entry) -> None:
        want = entry.want
        if want.mode is not Mode.LIVE:
            self._give_up(entry.post, entry.slot)
            entry.slot = entry.shown = None
            return
        needed = buffer_size(want.width, want.height)
        if entry.slot is not None and needed <= entry.slot.address.buffer_bytes:
            return
        # `shown` stays: the old picture until the first one of the new size.
        self._give_up(entry.post, entry.slot)
        entry.slot = self._arena.take(want.width, want.height)

    def _recycle(self) -> None:
        # Two polls later nobody paints from it, unless it still is the newest there is.
        waiting = self._limbo.pop(0)
        self._limbo.append([])
        if waiting:
            shown = {id(entry.shown) for entry in self._entries.values()}
            for slot in waiting:
                if id(slot) in shown:
                    self._limbo[-1].append(slot)
                else:
                    self._arena.give_back(slot)

    def _give_up(self, post: Post, slot: SlotReader | None) -> None:
        if slot is None:
            return
        if post.process is None:
            self._limbo[-1].append(slot)
        else:
            post.releasing[slot.address.generation] = slot

    def _send(self, post: Post, message: dict[str, Any]) -> None:
        if post.process is not None:
            post.process.send(message)

    # On the readers' threads

    def _heard(self, post: Post, process: WorkerProcess, said: dict[str, Any]) -> None:
        with self._lock:
            if post.process is not process:
                return
            if said["say"] == "sound":
                self.hearing.heard(said)
            elif said["say"] == "hardware":
                self.acceleration.heard(said["gave_up"])
            elif said["say"] == "beat":
                post.load = Load(**said["load"])
            elif said["say"] == "released":
                slot = post.releasing.pop(said["slot"], None)
                if slot is not None:
                    slot.retire()
                    self._limbo[-1].append(slot)
            elif said["say"] == "status":
                self._logins.heard(said["stream"], *said["login"])
                entry = self._entries.get(said["stream"])
                if entry is None or entry.ticket != said["ticket"]:
                    return
                if take_in(said, entry):
                    self.comes()

    # On the engine's own thread

    def _supervise(self) -> None:
        while not self._closing:
            self._look_after_all()
            self._economise()
            self._wake.wait(_TICK_S)
            self._wake.clear()
        with self._lock:
            processes = [post.process for post in self._posts if post.process]
        end_all(processes, _GOODBYE_S)

    def _economise(self) -> None:
        """Let the least important streams give way where decoding cannot keep up."""
        with self._lock:
            for stream_id in self._economy.turn(self._posts, self._entries):
                entry = self._entries[stream_id]
                self._send(entry.post, set_message(stream_id, entry))

    def _look_after_all(self) -> None:
        with self._lock:
            posts = list(self._posts)
        for post in posts:
            process = post.process
            if post.probation and not post.streams and process is None:
                with self._lock:
                    self._posts.remove(post)
                continue
            if process is None:
                if time.monotonic() >= post.start_at:
                    self._start(post)
                continue
            if post.probation and not post.streams:
                if post.kill_at is None:
                    process.hang_up()
                    post.kill_at = time.monotonic() + _GOODBYE_S
                elif time.monotonic() > post.kill_at:
                    process.kill()
                if process.ended():
                    process.reap()
                    with self._lock:
                        post.process = None
                        self._limbo[-1].extend(post.releasing.values())
                continue
            process.silent_ticks += 1
            if process.silent_ticks > _SILENT_TICKS:
                _log.warning("video worker %s does not answer; ended", process.pid)
                process.kill()
                process.wait(_GOODBYE_S)
            if process.ended():
                self._bury(post, process)

    def _start(self, post: Post) -> None:
        try:
            process = WorkerProcess(
                self._command,
                inherited=self._arena.inherited,
                errors=self._errors,
                on_message=lambda process, said: self._heard(post, process, said),
                on_end=lambda _: self._wake.set(),
            )
        except OSError as error:
            post.start_at = post.limit.start_at(time.monotonic()) + 1.0
            _log.warning("a video worker cannot be started: %s", error.strerror)
            return
        with self._lock:
            post.process = process
            process.send({"do": "hello", "fd": self._arena.fd})
            if self.acceleration.active:
                process.send(self.acceleration.message())
            for name in sorted(post.streams):
                self._join(name, self._entries[name])
            if self.hearing.stream_id in post.streams:
                process.send(self.hearing.message())

    def _bury(self, post: Post, process: WorkerProcess) -> None:
        process.reap()
        now = time.monotonic()
        with self._lock:
            post.process = None
            post.start_at = post.limit.start_at(now)
            wait = post.start_at - now
            self._limbo[-1].extend(post.releasing.values())
            post.releasing.clear()
            for stream_id in sorted(post.streams):
                entry = self._entries[stream_id]
                entry.state, entry.reason = StreamState.CONNECTING, "worker"
                entry.since, entry.report = now, {}
                if entry.slot is not None and entry.slot.decoding:
                    entry.slot.forget_decoding()
                    self._suspect(stream_id, entry, now)
        told = (process.pid, len(post.streams), wait)
        _log.warning("video worker %s ended; %s streams wait %.0f s", *told)
        if wait <= 0:
            self._start(post)

    def _suspect(self, stream_id: str, entry: Entry, now: float) -> None:
        if self.acceleration.suspect():
            self._share()
        self._suspects.died(stream_id, now)
        if self._suspects.apart(stream_id, now) and not entry.post.probation:
            _log.warning("%s: decoded in a worker of its own from now on", stream_id)
            entry.post.streams.discard(stream_id)
            entry.post = self._post_for(stream_id)
            self._join(stream_id, entry)
