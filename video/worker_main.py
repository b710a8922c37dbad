"""Run one video worker process: JSON lines in on stdin, JSON lines out on stdout.

In come the wanted streams, their slots and their log-ins (nothing secret ever stands
in the arguments or the environment); out goes what became of each. The process ends
when stdin closes, however its parent went.

FFmpeg prints to the standard streams when it is told to be talkative, the
Authorization header included. So both are led to nowhere before the first camera is
opened; the lines for the parent take a copy of stdout that native code does not know.
"""

import contextlib
import faulthandler
import io
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache, partial
from types import TracebackType
from typing import IO, Any, Final

import av.logging
import cv2

from resources.process import calm_garbage_collection
from video.contract import Measured, Mode, Playhead, Step
from video.lanes import Lanes
from video.listening import Ear
from video.pixels import warm_up
from video.reception import Reception
from video.replay import Replays
from video.report import Report
from video.retries import Tries
from video.ring import Shelf
from video.slots import SlotAddress, SlotWriter
from video.sources import Login, StreamSpec
from video.stream import Stream
from video.turns import STEP_S, Turns

BEAT_S: Final = 1.0
_GOODBYE_S: Final = 0.5
#: Less than a window's, and of those that go on decoding less still: who receives, or
#: decodes a first picture that somebody waits for, is soon done.
_NICENESS: Final = 4
_DECODING_NICENESS: Final = 8
_SWITCH_S: Final = 0.0005
_STUCK: Final = 70  # the engine starts another, and knows which stream it was
_NO_LOGIN: Final = None, None


class Worker:
    """The streams of this process, and the two ends of its pipe.

    Thread: `obey` on the main thread, `manage` on a thread of its own, which is the
    only one that writes.
    """

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._fd = -1
        self._streams: dict[str, Stream] = {}
        self._tickets: dict[str, int] = {}
        self._slots: dict[str, SlotWriter] = {}
        self._logins: dict[str, tuple[Login, Tries]] = {}
        self._told: dict[str, Report] = {}
        self._released: list[int] = []
        self._lanes = Lanes(niceness=_DECODING_NICENESS)
        self._reception = Reception(self._lanes.stroke)
        self._reception.start()
        self._shelf = Shelf()
        self._replays = Replays()
        self._ear = Ear()
        self._awake = threading.Event()
        self._turns = Turns()
        self._ending = False

    def obey(self, message: dict[str, Any]) -> None:
        """Carry out one line from the engine."""
        match message:
            case {"do": "hello", "fd": int(fd)}:
                self._fd = fd
            case {"do": "login", "stream": str(stream_id), **rest}:
                login = Login(rest["username"], rest["password"])
                tries = Tries(rest.get("revision", 0), rest.get("told", ()))
                self._set_login(stream_id, (login, tries))
            case {"do": "forget", "stream": str(stream_id)}:
                self._set_login(stream_id, None)
                self._ear.forget(stream_id)
            case {"do": "set", "stream": str(stream_id)}:
                self._set(stream_id, message)
            case {"do": "replay", "stream": str(stream_id)}:
                self._replay(stream_id, message["at"])
            case {"do": "listen", "stream": str(stream_id), "turn": int(turn)}:
                held, _ = self._logins.get(stream_id, _NO_LOGIN)
                self._ear.listen(stream_id, turn=turn, login=held)
            case {"do": "mute"}:
                self._ear.mute()
            case {"do": "hardware", "uses": list(uses)}:
                self._lanes.devices.allow(uses)
            case {"do": "drop", "stream": str(stream_id)}:
                self._ear.forget(stream_id)
                self._drop(stream_id)

    def manage(self) -> None:
        """Step the streams, and tell what changed, until the end."""
        self._say({"say": "ready"})
        beat = 0.0
        while not self._ending:
            waited = not self._awake.wait(STEP_S)
            self._awake.clear()
            now = time.monotonic()
            stuck = self._lanes.stuck() if waited else False
            if (stuck or not self._reception.is_alive()) and not self._ending:
                os._exit(_STUCK)
            called = self._turns.calls()
            with self._lock:
                streams = dict(self._streams)
            due = self._turns.of(streams, now, called=called)
            for stream_id in due:
                streams[stream_id].step(now)
            if (words := self._ear.words()) is not None:
                self._say(words)
            full = now - beat >= BEAT_S
            if full:
                beat = now
                self._say({"say": "beat", "load": asdict(self._lanes.load())})
            for kind in self._lanes.devices.failures():
                self._say({"say": "hardware", "gave_up": kind})
            asked = due | self._turns.full(streams) if full else due
            self._tell(streams, asked, full=full)

    def _call(self, stream_id: str) -> None:
        self._turns.call(stream_id)
        self._awake.set()

    def end(self) -> None:
        """Leave the cameras; give them a moment to hear it."""
        self._ending = True
        with self._lock:
            streams = list(self._streams.values())
        for stream in streams:
            stream.stop()
        self._ear.mute()
        self._lanes.finish()
        deadline = time.monotonic() + _GOODBYE_S
        self._reception.finish(_GOODBYE_S)
        for thread in threading.enumerate():
            if thread.name.startswith("session "):
                thread.join(max(0.0, deadline - time.monotonic()))

    def _set(self, stream_id: str, message: dict[str, Any]) -> None:
        with self._lock:
            stream = self._streams.get(stream_id)
            if stream is None:
                stream = Stream(
                    stream_id,
                    lanes=self._lanes,
                    reception=self._reception,
                    shelf=self._shelf,
                    wake=partial(self._call, stream_id),
                )
                stream.set_login(*self._logins.get(stream_id, _NO_LOGIN))
                self._streams[stream_id] = stream
            self._tickets[stream_id] = message["ticket"]
            self._told.pop(stream_id, None)
            old, writer = self._writer(stream_id, message["slot"])
        stream.replay.keep_for(message["ring"])
        spec = StreamSpec(**message["spec"])
        self._ear.know(spec)
        stream.want(
            spec,
            mode=Mode(message["mode"]),
            width=message["width"],
            height=message["height"],
            writer=writer,
            step=Step(message["step"]),
        )
        self._release(old)

    def _replay(self, stream_id: str, at: list[float] | None) -> None:
        with self._lock:
            stream = self._streams.get(stream_id)
        if stream is not None:
            stream.look_again(None if at is None else Playhead(*at))
            self._replays.follow(stream.replay)

    def _writer(
        self, stream_id: str, slot: list[Any] | None
    ) -> tuple[SlotWriter | None, SlotWriter | None]:
        """Return the slot that is given up, and the one to use from now on."""
        old = self._slots.get(stream_id)
        address = None if slot is None else SlotAddress(*slot)
        if old is not None and old.address == address:
            return None, old
        if address is None:
            return self._slots.pop(stream_id, None), None
        new = self._slots[stream_id] = SlotWriter(address, self._fd)
        return old, new

    def _release(self, slot: SlotWriter | None) -> None:
        # Only once the stream writes elsewhere, because the memory is used again.
        if slot is not None:
            with self._lock:
                self._released.append(slot.address.generation)

    def _drop(self, stream_id: str) -> None:
        with self._lock:
            stream = self._streams.pop(stream_id, None)
            old, _ = self._writer(stream_id, None)
            self._tickets.pop(stream_id, None)
            self._told.pop(stream_id, None)
        if stream is not None:
            stream.stop()
        self._release(old)

    def _set_login(self, stream_id: str, login: tuple[Login, Tries] | None) -> None:
        with self._lock:
            if login is None:
                self._logins.pop(stream_id, None)
            else:
                self._logins[stream_id] = login
            stream = self._streams.get(stream_id)
        if stream is not None:
            stream.set_login(*(login or _NO_LOGIN))

    def _tell(
        self, streams: Mapping[str, Stream], names: Collection[str], *, full: bool
    ) -> None:
        with self._lock:
            released, self._released = self._released, []
        for generation in released:
            self._say({"say": "released", "slot": generation})
        for stream_id in names:
            stream = streams[stream_id]
            told = self._told.get(stream_id)
            if told is not None and not full and told.standing == stream.standing():
                continue
            report = stream.report()
            with self._lock:
                ticket = self._tickets.get(stream_id)
                if ticket is None or self._told.get(stream_id) == report:
                    continue
                self._told[stream_id] = report
            self._say(
                {
                    "say": "status",
                    "stream": stream_id,
                    "ticket": ticket,
                    "state": report.state,
                    "reason": report.reason,
                    "since": report.since,
                    "fps": round(report.fps, 1),
                    "delay": round(report.delay_s, 4),
                    "dropped": report.dropped,
                    "ready": report.ready,
                    "taken": report.taken,
                    "every": round(report.every_s, 1),
                    "kept": report.kept,
                    "measured": report.measured and _plain(report.measured),
                    "small": report.small,
                    "login": report.login,
                }
            )

    def _say(self, message: dict[str, Any]) -> None:
        # The parent may be gone; the closed stdin ends this process, not this line.
        with contextlib.suppress(OSError, ValueError):
            self._out.write(json.dumps(message) + "\n")
            self._out.flush()


@lru_cache(maxsize=512)
def _plain(measured: Measured) -> dict[str, Any]:
    """Return what a stream is, for a line: said again and again, and seldom new."""
    return asdict(measured)


def _private_streams() -> tuple[IO[str], IO[str]]:
    """Keep stdout and stderr for ourselves and lead native code's to nowhere."""
    copies: list[IO[str]] = []
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for fd in (1, 2):
        try:
            raw = os.dup(fd)
        except OSError:  # a program without a console has no stderr
            raw = os.dup(nowhere)
        copies.append(
            io.TextIOWrapper(io.FileIO(raw, "w"), "utf-8", write_through=True)
        )
        os.dup2(nowhere, fd)
    os.close(nowhere)
    return copies[0], copies[1]


def run() -> int:
    """Serve the engine on stdin and stdout until stdin closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        os.nice(_NICENESS)
    out, errors = _private_streams()
    faulthandler.enable(file=errors)
    av.logging.set_level(None)
    cv2.setNumThreads(1)

    def died(
        kind: type[BaseException], _fault: object, where: TracebackType | None
    ) -> None:
        # The place only: the text of an exception may hold an address.
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        place = "" if where is None else where.tb_frame.f_code.co_qualname
        at = datetime.now(UTC).isoformat(timespec="seconds")
        errors.write(f"{at} video worker: {kind.__name__} in {place}\n")

    sys.excepthook = died
    threading.excepthook = lambda args: died(
        args.exc_type, args.exc_value, args.exc_traceback
    )
    warm_up()
    # A decoder lets others run at each packet, and is not to wait 5 ms for its turn.
    sys.setswitchinterval(_SWITCH_S)
    calm_garbage_collection()  # frames and packets end by themselves
    worker = Worker(out)
    manager = threading.Thread(target=worker.manage, name="manager", daemon=True)
    started = False
    lines = io.TextIOWrapper(io.FileIO(0, "r", closefd=False), "utf-8")
    for line in lines:
        worker.obey(json.loads(line))
        if not started:
            manager.start()
            started = True
    worker.end()
    # Threads may still wait inside FFmpeg for a silent camera; nothing is owed to it.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(run())
