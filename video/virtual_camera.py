"""The demonstration's cameras: an RTSP server that plays drawn loops for ever.

It behaves as real cameras do: digest log-in on every request, H.264 in RTP over
the same TCP connection or over UDP, parameter sets before each key frame, a start at
the next key frame of a stream that runs whether anyone looks or not, and slow
viewers cut off. Faults can be ordered while it runs.

A loop is drawn once and kept. First come the small pictures of the first cameras:
with them the desk opens. The rest follows in the background, at the lowest priority,
what somebody asked for before what nobody has; until then a small stream shows a card
that says so, and a large one is refused, so that a desk shows the small one instead.

The process talks in JSON lines. Standard input, first line: {"username": …,
"password": …} (never an argument), with "cameras": {ID: SCENE}, "port", "encoders",
"labels" (a folder), "main": true (drawn for all; the default), false or "asked",
"background": false (what nobody asked for is not drawn once the desk can open),
"opens": how many of the first cameras that needs,
"night": true, false or {"from": "18:00", "to": "06:00"} if they differ from the
demonstration's; later lines: {"freeze": ID}, {"drop": ID}, {"resume": ID},
{"time": "22:10"}. Standard output: progress, ready, camera_ready, stream_ready, done,
error. It ends when standard input closes.
"""

import asyncio
import json
import logging
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

from video.coded_loop import Loop
from video.frame_code import read_frame_number
from video.scenes_loops import ENCODER_COMMAND, FORMS, LoopSpec, load_loop, make_loop
from video.scenes_overlay import LETTERING
from video.virtual_camera_plan import (
    STAND_IN,
    CameraSpec,
    DrawingQueue,
    Night,
    TownClock,
    camera_specs,
)
from video.virtual_camera_rtsp import RtspServer
from video.virtual_camera_stream import Stream

__all__ = [
    "DEMO_CAMERAS",
    "CameraSpec",
    "VirtualCameras",
    "main",
    "read_frame_number",
    "run",
]

_log = logging.getLogger(__name__)
_ENCODERS_TO_OPEN = 2
_OPENS = 4  # the desk opens when this many pictures can be had
_ZONE = ZoneInfo("Asia/Shanghai")
_LOOK_AT_CLOCK_S = 10.0
# Who waits for a loop; in the background only one is drawn at a time.
_DESK, _VIEWER, _SOON, _LATER, _OTHER_LIGHT = range(5)

# The nearest to the demonstration's alarm first: these open the desk.
DEMO_CAMERAS = camera_specs(
    {
        "1203": "street",
        "1207": "courtyard",
        "1211": "crossing",
        "1215": "market",
        "1188": "river",
        "1190": "park",
    }
)


@dataclass(slots=True)
class VirtualCameras:
    """The server and its encoders, for one event loop.

    Thread: everything on the thread of its event loop.

    Attributes:
        specs: Which cameras.
        cache: Folder of the encoded loops.
        say: Called with each status message.
        port: TCP port on 127.0.0.1; 0 chooses a free one.
        encoders: How many encoding processes may run at once; None: two until a desk
            can open, then one.
        encoder_command: How to start one.
        streams: Which of each camera's streams are played; the small one first.
        eager: Large streams are drawn before anyone asks for them.
        background: What nobody asks for is drawn too.
        night: When it is night; None: never; True: always.
        opens: How many of the first cameras a desk waits for.
        now: The town's clock.
    """

    specs: Sequence[CameraSpec]
    cache: Path
    username: str
    password: str = field(repr=False)
    say: Callable[[dict[str, object]], None]
    port: int = 0
    encoders: int | None = None
    encoder_command: Sequence[str] = ENCODER_COMMAND
    streams: Sequence[str] = ("sub", "main")
    eager: bool = True
    background: bool = True
    night: Night | bool = False
    opens: int = _OPENS
    now: Callable[[], datetime] = lambda: datetime.now(UTC).astimezone(_ZONE)
    server: RtspServer = field(init=False)
    _clock: TownClock = field(init=False)
    _queue: DrawingQueue = field(init=False)
    _dark: bool = field(init=False, default=False)
    _own: set[str] = field(init=False, default_factory=set)
    _have: set[str] = field(init=False, default_factory=set)
    _asked: set[str] = field(init=False, default_factory=set)
    _told: asyncio.Event = field(init=False)

    def __post_init__(self) -> None:
        self.server = RtspServer(username=self.username, password=self.password)
        self.server.asked = self._on_asked
        self._clock = TownClock(self.now)
        self._queue = DrawingQueue()
        self._told = asyncio.Event()

    async def serve(self) -> None:
        """Open the port, make what is missing, play until cancelled."""
        for spec in self.specs:
            for form in FORMS:
                self.server.announce(f"{spec.camera_id}/{form}")
        self.port = await self.server.listen(self.port)
        try:
            await self._provide()
        finally:
            await self.server.close()

    def order(self, message: dict[str, object]) -> None:
        """Carry out a fault, such as {"freeze": "1203"}, or set the clock."""
        for word, action in (
            ("freeze", self.server.freeze),
            ("drop", self.server.drop),
            ("resume", self.server.resume),
        ):
            camera_id = message.get(word)
            if isinstance(camera_id, str):
                action(camera_id)
                self.say({"done": {word: camera_id}})
        moment = _time_of(message.get("time"))
        if moment is not None:
            self._clock.set(moment)
            self._follow_clock()
            self.say({"done": {"time": message["time"], "night": self._dark}})

    def urls(self, camera_id: str) -> dict[str, str]:
        """Return a camera's addresses by stream, without credentials."""
        return {
            form: f"rtsp://127.0.0.1:{self.port}/{camera_id}/{form}" for form in FORMS
        }

    async def _provide(self) -> None:
        self._dark = self._is_night()
        await self._play_kept()
        self._plan()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._watch_clock())
                group.create_task(self._stand_in())
                count = self.encoders or _ENCODERS_TO_OPEN
                for number in range(count):
                    helper = self.encoders is None and number > 0
                    group.create_task(self._draw(until_open=helper))
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None

    async def _play_kept(self) -> None:
        """Play at once what an earlier run has drawn."""
        for form in self.streams:
            for index, spec in enumerate(self.specs):
                kept = spec.loop_spec(index, form, night=self._dark)
                loop = await asyncio.to_thread(load_loop, kept, self.cache)
                if loop is not None:
                    self._play(kept, loop)

    def _plan(self) -> None:
        """Ask for every loop of this time of day, and later for those of the other."""
        for form in self.streams:
            for index, spec in enumerate(self.specs):
                path = f"{spec.camera_id}/{form}"
                urgency = self._urgency(path, index)
                if urgency is None:
                    continue
                if path not in self._own:
                    now = spec.loop_spec(index, form, night=self._dark)
                    self._queue.want([now], urgency=urgency)
                if isinstance(self.night, Night) and self.background:
                    other = spec.loop_spec(index, form, night=not self._dark)
                    self._queue.want([other], urgency=_OTHER_LIGHT)

    def _urgency(self, path: str, index: int) -> int | None:
        """Return who waits for a stream's loop; None: nobody, so it is not drawn."""
        small = path.endswith("/sub")
        if small and index < self.opens and not self._told.is_set():
            return _DESK
        if path in self._asked:
            return _VIEWER
        if not self.background:
            return None
        if small:
            return _SOON
        shown = self.server.stream(path) is not None
        return _LATER if self.eager or shown else None

    async def _draw(self, *, until_open: bool) -> None:
        """Make loops, one at a time; further drawers may help until the desk opens."""
        while True:
            loop_spec, urgency = await self._queue.next()
            if until_open and (self._told.is_set() or urgency > _DESK):
                self._queue.want([loop_spec], urgency=urgency)
                return
            loop = await asyncio.to_thread(load_loop, loop_spec, self.cache)
            if loop is None:
                await make_loop(
                    loop_spec,
                    self.cache,
                    command=self.encoder_command,
                    progress=partial(self._progress, loop_spec),
                    idle=urgency > _DESK,
                )
                loop = await asyncio.to_thread(load_loop, loop_spec, self.cache)
            if loop is None:
                raise RuntimeError(f"the loop {loop_spec.file_name} is unusable")
            if loop_spec.look.night == self._dark:
                self._play(loop_spec, loop)

    async def _stand_in(self) -> None:
        """Let small streams that are not drawn yet say so."""
        if all(self.server.stream(f"{s.camera_id}/sub") for s in self.specs):
            return
        loop = await asyncio.to_thread(load_loop, STAND_IN, self.cache)
        if loop is None:
            await make_loop(STAND_IN, self.cache, command=self.encoder_command)
            loop = await asyncio.to_thread(load_loop, STAND_IN, self.cache)
        for spec in self.specs:
            path = f"{spec.camera_id}/sub"
            if loop is not None and self.server.stream(path) is None:
                self.server.play(path, Stream(loop))

    async def _watch_clock(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_AT_CLOCK_S)
            self._follow_clock()

    def _follow_clock(self) -> None:
        """Where night begins or ends, play the other loops, as soon as they are there."""
        dark = self._is_night()
        if dark != self._dark:
            self._dark = dark
            self._own.clear()
            self._plan()

    def _is_night(self) -> bool:
        if isinstance(self.night, Night):
            return self.night.at(self._clock.time())
        return self.night

    def _on_asked(self, path: str) -> None:
        """Draw next what a viewer waits for."""
        if path in self._own or path in self._asked:
            return
        for index, spec in enumerate(self.specs):
            for form in self.streams:
                if path == f"{spec.camera_id}/{form}":
                    self._asked.add(path)
                    wanted = spec.loop_spec(index, form, night=self._dark)
                    self._queue.want([wanted], urgency=_VIEWER)

    def _progress(self, spec: LoopSpec, done: int, of: int) -> None:
        part = {"camera": spec.camera_id, "stream": spec.form, "done": done, "of": of}
        if spec.look.night != self._dark:
            part["for_later"] = True
        self.say({"progress": part})

    def _play(self, spec: LoopSpec, loop: Loop) -> None:
        path = f"{spec.camera_id}/{spec.form}"
        self._own.add(path)
        stream = self.server.stream(path)
        if stream is None:
            self.server.play(path, Stream(loop))
        else:
            stream.change(loop)
        if path in self._have:
            return
        self._have.add(path)
        if spec.form != "sub":
            self.say({"stream_ready": {"camera": spec.camera_id, "stream": spec.form}})
            return
        if self._told.is_set():
            entry = {"camera": spec.camera_id, **self.urls(spec.camera_id)}
            self.say({"camera_ready": entry})
            return
        small = {path.partition("/")[0] for path in self._have if path.endswith("/sub")}
        if len(small) >= min(self.opens, len(self.specs)):
            self._told.set()
            cameras = {
                s.camera_id: self.urls(s.camera_id)
                for s in self.specs
                if s.camera_id in small
            }
            self.say({"ready": {"port": self.port, "cameras": cameras}})


def run(
    cache: Path,
    *,
    encoder_command: Sequence[str] = ENCODER_COMMAND,
    orders: IO[str] | None = None,
    out: IO[str] | None = None,
) -> int:
    """Be the virtual camera process: read the first line, serve, end with the input.

    Args:
        cache: Folder of the encoded loops, made where it is missing.
        encoder_command: How to start an encoding process; for frozen builds.
        orders: Where orders come from; standard input if None.
        out: Where status lines go; standard output if None.

    Returns:
        The process's exit status.
    """
    source = orders if orders is not None else sys.stdin
    sink = out if out is not None else sys.stdout

    def say(message: dict[str, object]) -> None:
        sink.write(json.dumps(message, ensure_ascii=False) + "\n")
        sink.flush()

    try:
        first = json.loads(source.readline() or "null")
        cameras = VirtualCameras(
            specs=_specs(first.get("cameras"), first.get("labels")),
            cache=cache,
            username=str(first["username"]),
            password=str(first["password"]),
            say=say,
            port=int(first.get("port", 0)),
            encoders=first.get("encoders"),
            encoder_command=encoder_command,
            streams=tuple(FORMS) if first.get("main", True) else ("sub",),
            eager=first.get("main", True) is True,
            background=bool(first.get("background", True)),
            night=_night_of(first.get("night", False)),
            opens=int(first.get("opens", _OPENS)),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        # Nothing of the line is repeated: it may hold the password.
        say({"error": "the first line must be {username, password, …} as JSON"})
        return 2
    try:
        asyncio.run(_serve_until_closed(cameras, source))
    except BrokenPipeError:
        return 0  # nobody listens any more
    except (OSError, RuntimeError) as error:
        _log.error("virtual cameras end: %s", error)
        say({"error": str(error)})
        return 1
    return 0


def _specs(asked: object, labels: object) -> tuple[CameraSpec, ...]:
    if asked is None:
        return DEMO_CAMERAS
    if not isinstance(asked, dict) or not asked:
        raise TypeError("cameras must be an object of number and scene")
    folder = Path(labels) if isinstance(labels, str) else LETTERING
    return camera_specs({str(c): str(s) for c, s in asked.items()}, folder)


def _night_of(asked: Any) -> Night | bool:
    if isinstance(asked, bool):
        return asked
    return Night(time.fromisoformat(asked["from"]), time.fromisoformat(asked["to"]))


def _time_of(text: object) -> time | None:
    try:
        return time.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


async def _serve_until_closed(cameras: VirtualCameras, source: IO[str]) -> None:
    loop = asyncio.get_running_loop()
    closed = asyncio.Event()

    def read_orders() -> None:
        # A thread, because Windows has no asynchronous standard input.
        for line in source:
            try:
                message = json.loads(line)
            except ValueError:
                continue
            if isinstance(message, dict):
                loop.call_soon_threadsafe(cameras.order, message)
        loop.call_soon_threadsafe(closed.set)

    threading.Thread(target=read_orders, name="camera-orders", daemon=True).start()
    serving = asyncio.create_task(cameras.serve())
    closing = asyncio.create_task(closed.wait())
    await asyncio.wait({serving, closing}, return_when=asyncio.FIRST_COMPLETED)
    closing.cancel()
    serving.cancel()
    try:
        await serving
    except asyncio.CancelledError:
        return


def main() -> int:
    """Run by hand: `python -m video.virtual_camera CACHE`, then the first line.

    With `--bench`, be a bench's cameras: see `video.virtual_camera_bench`.
    """
    if "--bench" in sys.argv[1:]:
        from video import virtual_camera_bench_run

        return virtual_camera_bench_run.run(sys.argv[1:])
    return run(Path(sys.argv[1]))


if __name__ == "__main__":
    sys.exit(main())
