"""Follow one stream: its state, its retries, and whether the small or large one shows.

`StreamMachine` is the state machine: what has happened goes in, the state comes out;
no thread, no socket. `Stream` applies it: it starts and ends sessions, at most two at
a time (the one that shows and the one that is to take over).
"""

import random
import threading
import time
from collections.abc import Callable
from typing import Final

from video.contract import STALLED_AFTER_S, Mode, Playhead, Step, StreamState
from video.decode import Canvas
from video.lanes import Lanes
from video.reception import Reception
from video.replay import Replay
from video.report import Report, Standing
from video.retries import PROVEN_S, Tries, retry_delay
from video.ring import Shelf
from video.session import Session
from video.slots import SlotWriter
from video.sources import Login, StreamSpec
from video.ways import Ways, choose_url

#: Opened, but nothing to show for it: some cameras send a key frame every 10 s only.
NO_PICTURE_AFTER_S: Final = 20.0


_SETTLED: Final = (StreamState.STANDBY, StreamState.LIVE)
#: A connection that ended for one of these has proved nothing, however long it was.
_BARREN: Final = ("no_picture", "no_key_frame", "damaged", "too_large")


class StreamMachine:
    """The states of one stream, from what happens to its connections.

    Each connection has a generation. Only the speaking one changes the state; a later
    one takes over with its first result, and from then on the earlier is not heard.

    Thread: used under its stream's lock.

    Attributes:
        state: Where the stream stands.
        reason: Why it is not further.
        since: When the state was entered, on the injected clock.
        speaking: The generation that is heard.
        every_s: No picture is expected any sooner: it is stills, so far apart.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.state = StreamState.OFF
        self.reason = ""
        self.since = clock()
        self.speaking = 0
        self.progress_at = clock()
        self.every_s = 0.0
        self._mode = Mode.STANDBY

    def demand(self, mode: Mode) -> None:
        """Hear how much is wanted."""
        self._mode = mode
        if self.state is StreamState.OFF:
            self._enter(StreamState.CONNECTING)
        elif mode is Mode.STANDBY and self.state is StreamState.LIVE:
            self._enter(StreamState.STANDBY)

    def start(self, generation: int) -> None:
        """Let a connection speak that replaces nothing."""
        self.speaking = max(self.speaking, generation)

    def ready(self, generation: int) -> bool:
        """Hear of a first key frame; return whether its connection speaks now."""
        if generation < self.speaking or self.state is StreamState.OFF:
            return False
        if generation > self.speaking:
            if self._mode is Mode.LIVE:
                return False  # it takes over with a frame, not before
            self.speaking = generation
        self.progress_at = self._clock()
        if self.state is StreamState.CONNECTING or self._mode is Mode.STANDBY:
            self._enter(StreamState.STANDBY)
        return True

    def packet(self, generation: int, *, at: float) -> None:
        """Hear of a packet; on standby packets are the progress there is."""
        if generation != self.speaking or self._mode is not Mode.STANDBY:
            return
        if self.state in (StreamState.STANDBY, StreamState.STALLED):
            self.progress_at = max(self.progress_at, at)
            self.look()

    def frame(self, generation: int, *, at: float) -> bool:
        """Hear of a frame; return whether it may be shown."""
        if generation < self.speaking or self._mode is not Mode.LIVE:
            return False
        if self.state is StreamState.OFF:
            return False
        self.speaking = generation
        self.progress_at = max(self.progress_at, at)
        if self._clock() - at <= STALLED_AFTER_S + self.every_s:
            self._enter(StreamState.LIVE)
        return True

    def lost(self, generation: int, *, reason: str) -> bool:
        """Hear that a connection ended; return whether it was the speaking one."""
        if generation != self.speaking or self.state is StreamState.OFF:
            return False
        self.fault(reason)
        return True

    def fault(self, reason: str) -> None:
        """Enter CONNECTING for a reason; `since` stays while it is being retried."""
        self._enter(StreamState.CONNECTING)
        self.reason = reason

    def look(self) -> None:
        """Compare the newest progress with the clock."""
        late = self._clock() - self.progress_at > STALLED_AFTER_S + self.every_s
        if late and self.state in _SETTLED:
            self._enter(StreamState.STALLED)
        elif not late and self.state is StreamState.STALLED:
            self._enter(
                StreamState.LIVE if self._mode is Mode.LIVE else StreamState.STANDBY
            )

    def stop(self) -> None:
        """Enter OFF; nobody is heard any more."""
        self._enter(StreamState.OFF)

    def _enter(self, state: StreamState) -> None:
        if state is not self.state:
            self.state = state
            self.since = self._clock()
        self.reason = ""


def _fruitless(session: Session, now: float) -> bool:
    opened_at = session.opened_at
    return opened_at is not None and now - opened_at > NO_PICTURE_AFTER_S


class Stream:
    """One stream of a worker: keeps its sessions as they are wanted.

    Thread: any; under its own lock. `step` is called by the worker's manager.
    """

    def __init__(
        self,
        stream_id: str,
        *,
        lanes: Lanes,
        reception: Reception,
        shelf: Shelf,
        wake: Callable[[], None],
    ) -> None:
        self.stream_id = stream_id
        self._lanes = lanes
        self._reception = reception
        self._wake = wake
        self._lock = threading.RLock()
        self._machine = StreamMachine(time.monotonic)
        self._canvas = Canvas()
        self.replay = Replay(shelf, canvas=self._canvas, lanes=lanes)
        self._spec: StreamSpec | None = None
        self._asked = self._mode = Mode.STANDBY
        self._width = 0
        self._login: Login | None = None
        self._tries = Tries()
        self._ways = Ways()
        self._shows: Session | None = None
        self._follows: Session | None = None
        self._generation = self._attempts = self._follow_attempts = 0
        self._retry_at = self._follow_at = 0.0

    def want(
        self,
        spec: StreamSpec,
        *,
        mode: Mode,
        width: int,
        height: int,
        writer: SlotWriter | None,
        step: Step = Step.FULL,
    ) -> None:
        """Take over what is wanted from now on."""
        with self._lock:
            self._canvas.told.step = step
            self._asked, self._spec, self._width = mode, spec, width
            self._canvas.aim(writer, (width, height))
            self._turn()
        self._wake()

    def look_again(self, playhead: Playhead | None) -> None:
        """Show what came in before, or what comes in again.

        Meanwhile it is on standby: the decoding goes to what is looked at, and what
        comes in is kept, so that going back is a call-up.
        """
        with self._lock:
            if self.replay.play(playhead):
                self._turn()
        self._wake()

    def set_login(self, login: Login | None, tries: Tries | None = None) -> None:
        """Take over a log-in with what it came to so far, or forget it; try at once."""
        with self._lock:
            if login == self._login:
                return
            self._login, self._tries = login, tries or Tries()
            self._retry_at = self._follow_at = 0.0
            if login is None or self._machine.state not in _SETTLED:
                self._end_sessions()
        self._wake()

    def stop(self) -> None:
        """End everything; nothing of this stream is heard any more."""
        with self._lock:
            self._machine.stop()
            self._canvas.aim(None, (0, 0))
            self._end_sessions()
        self.replay.end()

    def step(self, now: float) -> None:
        """Look at the clock: stalls, retries, changes of connection."""
        with self._lock:
            spec = self._spec
            if spec is None or self._machine.state is StreamState.OFF:
                return
            if spec.needs_login and self._login is None:
                self._end_sessions()
                self._machine.fault("login_missing")
                return
            shows, told = self._shows, self._canvas.told
            self._machine.every_s = told.every_s
            width = self._width // 2 if told.small else self._width
            current = shows.url if shows else ""
            preferred = choose_url(spec, width=width, current=current)
            if shows is None:
                url = self._first_url(spec, preferred, now)
                if now < self._tries.until(url):
                    self._machine.fault("login")
                elif now >= self._retry_at:
                    self._shows = self._start(url)
                    self._machine.start(self._shows.generation)
                return
            if shows.packet_at is not None:
                self._machine.packet(shows.generation, at=shows.packet_at)
            self._machine.look()
            self._end_fruitless(shows, now)
            follows = self._follows
            if follows is not None and _fruitless(follows, now):
                follows.finish()
                reason = follows.trouble(now) or "no_picture"
                self.ended(follows.generation, reason=reason)
            elif follows is not None and follows.url != preferred:
                follows.finish()
                self._follows = None
            elif (
                follows is None
                and shows.url != preferred
                and now >= max(self._follow_at, self._tries.until(preferred))
            ):
                self._follows = self._start(preferred)

    @property
    def open(self) -> bool:
        """Return whether it has a connection, or is about to; without the lock."""
        return self._shows is not None

    def due(self, now: float) -> bool:
        """Return whether it is time for another attempt; without the lock."""
        return self._shows is None and now >= self._retry_at

    def may_show(self, generation: int, *, at: float) -> bool:
        """Decide on a frame; the first one of a follower makes it the shown one."""
        with self._lock:
            before = self._machine.state
            # A lane may still be at work on a picture of a session that was ended.
            if not self._has(generation) or not self._machine.frame(generation, at=at):
                return False
            self._promote(generation)
            if self._machine.state is not before:
                self._wake()
            return True

    def ready(self, generation: int) -> None:
        """Hear from a session that its first key frame is at hand."""
        with self._lock:
            for session in self._sessions():
                if session.generation == generation:
                    self._tries.taken(session.url)
                    if self._machine.ready(generation):
                        self._promote(generation)
        self._wake()

    def ended(self, generation: int, *, reason: str) -> None:
        """Hear from a session that nothing will come any more."""
        now = time.monotonic()
        with self._lock:
            shown = self._mode is Mode.LIVE
            spread = random.random()
            if self._follows is not None and self._follows.generation == generation:
                reason = self._came_of(self._follows, reason, now)
                self._follows = None
                self._follow_attempts += 1
                self._follow_at = now + retry_delay(
                    self._follow_attempts, shown=False, spread=spread
                )
            elif self._shows is not None and self._shows.generation == generation:
                reason = self._came_of(self._shows, reason, now)
                opened_at = self._shows.opened_at
                lasted = 0.0 if opened_at is None else now - opened_at
                if lasted >= PROVEN_S and reason not in _BARREN:
                    self._attempts = 0
                self._attempts += 1
                self._shows = None
                self._retry_at = now + retry_delay(
                    self._attempts, shown=shown, spread=spread
                )
                self._machine.lost(generation, reason=reason)
                if self._follows is not None:
                    self._shows, self._follows = self._follows, None
                    self._machine.start(self._shows.generation)
        self._wake()

    def standing(self) -> Standing:
        """Return what has to be said at once when it changes."""
        with self._lock:
            ready = self._shows is not None and self._shows.group_ready
            return self._machine.state, self._reason(), ready

    def report(self) -> Report:
        """Return what there is to say."""
        fps, delay = self._canvas.rates()
        with self._lock:
            machine, shows, spec = self._machine, self._shows, self._spec
            return Report(
                state=machine.state,
                reason=self._reason(),
                since=machine.since,
                fps=fps,
                delay_s=delay,
                dropped=self._canvas.dropped,
                ready=shows is not None and shows.group_ready,
                taken=self._canvas.told.step,
                every_s=self._canvas.told.every_s,
                measured=None if shows is None else shows.measured,
                small=bool(shows and spec and shows.url == spec.sub_url),
                kept=self.replay.kept(time.monotonic()),
                login=(self._tries.revision, self._tries.told),
            )

    def _turn(self) -> None:
        mode = Mode.STANDBY if self.replay.playing else self._asked
        called_up = mode is Mode.LIVE and self._mode is not Mode.LIVE
        self._mode = mode
        self._machine.demand(mode)
        if called_up:
            self._retry_at = self._follow_at = 0.0
        for session in self._sessions():
            session.set_live(mode is Mode.LIVE)

    def _reason(self) -> str:
        shows = self._shows
        if self._machine.reason or shows is None or shows.opened_at is None:
            return self._machine.reason
        return shows.trouble(time.monotonic())

    def _first_url(self, spec: StreamSpec, preferred: str, now: float) -> str:
        # A picture of the other size is better than none: every second attempt, and
        # while the log-in is refused here.
        other = spec.main_url if preferred == spec.sub_url else spec.sub_url
        if not other:
            return preferred
        if self._attempts % 2 == 1:
            preferred, other = other, preferred
        return other if now < self._tries.until(preferred) else preferred

    def _came_of(self, session: Session, reason: str, now: float) -> str:
        if reason == "login":
            self._tries.refused(session.url, now)
        return self._ways.ended(session, reason, now)

    def _start(self, url: str) -> Session:
        assert self._spec is not None
        self._generation += 1
        session = Session(
            self.stream_id,
            generation=self._generation,
            url=url,
            transport=self._spec.transport,
            login=self._login,
            owner=self,
            canvas=self._canvas,
            lanes=self._lanes,
            reception=self._reception,
            live=self._mode is Mode.LIVE,
            replay=self.replay,
            silent_before=self._machine.reason in ("timeout", "unknown_host"),
            way=self._ways.way(url, time.monotonic()),
        )
        session.start()
        return session

    def _sessions(self) -> list[Session]:
        return [each for each in (self._shows, self._follows) if each is not None]

    def _has(self, generation: int) -> bool:
        return any(each.generation == generation for each in self._sessions())

    def _promote(self, generation: int) -> None:
        if (follows := self._follows) and follows.generation == generation:
            if self._shows is not None:
                self._shows.finish()
            self._shows, self._follows = follows, None
            self._follow_attempts = 0

    def _end_fruitless(self, shows: Session, now: float) -> None:
        opened_at = shows.opened_at
        if opened_at is None or self._machine.state is StreamState.LIVE:
            return
        if self._machine.state is StreamState.STANDBY and self._mode is Mode.STANDBY:
            return
        late = now - max(0.0, self._machine.progress_at - opened_at)
        if shows.starved:  # most cameras begin a connection with a key frame
            reason = "no_key_frame"
        elif _fruitless(shows, late):
            reason = shows.trouble(now) or "no_picture"
        else:
            return
        shows.finish()
        self.ended(shows.generation, reason=reason)

    def _end_sessions(self) -> None:
        for session in self._sessions():
            session.finish()
        self._shows = self._follows = None
