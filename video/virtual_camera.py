"""The demonstration's cameras: an RTSP server that plays drawn loops for ever.

It behaves as real cameras do: digest log-in on every request, H.264 in RTP over
the same TCP connection, parameter sets before each key frame, a start at the
next key frame of a stream that runs whether anyone looks or not, and slow
viewers cut off. Faults can be ordered while it runs.

The process talks in JSON lines. Standard input, first line: {"username": …,
"password": …} (never an argument), with "cameras": {ID: SCENE}, "port", "encoders"
and "main": false if they differ from the demonstration's; later lines: {"freeze": ID},
{"drop": ID}, {"resume": ID}. Standard output: progress, ready, camera_ready,
stream_ready, done, error. It ends when standard input closes.
"""

import asyncio
import json
import logging
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from video.coded_loop import Loop
from video.frame_code import read_frame_number
from video.scenes import SCENES
from video.scenes_loops import (
    ENCODER_COMMAND,
    FORMS,
    LoopSpec,
    load_loop,
    make_loop,
)
from video.scenes_overlay import LETTERING
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
_READY_COUNT = 4  # the desk opens when this many pictures can be had


@dataclass(frozen=True, kw_only=True, slots=True)
class CameraSpec:
    """One virtual camera.

    Attributes:
        camera_id: Its number, first part of the stream's path.
        scene: Name of a drawn scene, see `video.scenes.SCENES`.
    """

    camera_id: str
    scene: str

    @property
    def label(self) -> Path:
        """Return the picture of its name, which may not exist."""
        return LETTERING / f"{self.camera_id}.png"


# The nearest to the demonstration's alarm first: these open the desk.
DEMO_CAMERAS = (
    CameraSpec(camera_id="1203", scene="street"),
    CameraSpec(camera_id="1207", scene="courtyard"),
    CameraSpec(camera_id="1211", scene="crossing"),
    CameraSpec(camera_id="1215", scene="market"),
    CameraSpec(camera_id="1188", scene="river"),
    CameraSpec(camera_id="1190", scene="park"),
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
        encoders: How many encoding processes may run at once.
        encoder_command: How to start one.
        streams: Which of each camera's streams are played; the small one first.
    """

    specs: Sequence[CameraSpec]
    cache: Path
    username: str
    password: str = field(repr=False)
    say: Callable[[dict[str, object]], None]
    port: int = 0
    encoders: int = 2
    encoder_command: Sequence[str] = ENCODER_COMMAND
    streams: Sequence[str] = ("sub", "main")
    server: RtspServer = field(init=False)
    _have: set[str] = field(init=False, default_factory=set)
    _told: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self.server = RtspServer(username=self.username, password=self.password)

    async def serve(self) -> None:
        """Open the port, make what is missing, play until cancelled."""
        for spec in self.specs:
            for form in FORMS:
                self.server.announce(f"{spec.camera_id}/{form}")
        self.port = await self.server.listen(self.port)
        try:
            await self._provide()
            await asyncio.Event().wait()
        finally:
            await self.server.close()

    def order(self, message: dict[str, object]) -> None:
        """Carry out a fault, such as {"freeze": "1203"}."""
        for word, action in (
            ("freeze", self.server.freeze),
            ("drop", self.server.drop),
            ("resume", self.server.resume),
        ):
            camera_id = message.get(word)
            if isinstance(camera_id, str):
                action(camera_id)
                self.say({"done": {word: camera_id}})

    def urls(self, camera_id: str) -> dict[str, str]:
        """Return a camera's addresses by stream, without credentials."""
        return {
            form: f"rtsp://127.0.0.1:{self.port}/{camera_id}/{form}" for form in FORMS
        }

    async def _provide(self) -> None:
        # Small streams first: four of them open the desk.
        wanted = [
            LoopSpec(
                scene=spec.scene,
                form=form,
                camera_index=index,
                camera_id=spec.camera_id,
                label=spec.label,
            )
            for form in self.streams
            for index, spec in enumerate(self.specs)
        ]
        missing = []
        for loop_spec in wanted:
            loop = await asyncio.to_thread(load_loop, loop_spec, self.cache)
            if loop is None:
                missing.append(loop_spec)
            else:
                self._play(loop_spec, loop)
        queue = iter(missing)

        async def encode() -> None:
            for loop_spec in queue:
                await make_loop(
                    loop_spec,
                    self.cache,
                    command=self.encoder_command,
                    progress=partial(self._progress, loop_spec),
                )
                loop = await asyncio.to_thread(load_loop, loop_spec, self.cache)
                if loop is None:
                    raise RuntimeError(f"the loop {loop_spec.file_name} is unusable")
                self._play(loop_spec, loop)

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(self.encoders, len(missing))):
                    group.create_task(encode())
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None

    def _progress(self, spec: LoopSpec, done: int, of: int) -> None:
        self.say(
            {
                "progress": {
                    "camera": spec.camera_id,
                    "stream": spec.form,
                    "done": done,
                    "of": of,
                }
            }
        )

    def _play(self, spec: LoopSpec, loop: Loop) -> None:
        self.server.play(f"{spec.camera_id}/{spec.form}", Stream(loop))
        if spec.form != "sub":
            self.say({"stream_ready": {"camera": spec.camera_id, "stream": spec.form}})
            return
        self._have.add(spec.camera_id)
        if self._told:
            entry = {"camera": spec.camera_id, **self.urls(spec.camera_id)}
            self.say({"camera_ready": entry})
        elif len(self._have) >= min(_READY_COUNT, len(self.specs)):
            self._told = True
            cameras = {
                s.camera_id: self.urls(s.camera_id)
                for s in self.specs
                if s.camera_id in self._have
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
            specs=_specs(first.get("cameras")),
            cache=cache,
            username=str(first["username"]),
            password=str(first["password"]),
            say=say,
            port=int(first.get("port", 0)),
            encoders=int(first.get("encoders", 2)),
            encoder_command=encoder_command,
            streams=tuple(FORMS) if first.get("main", True) else ("sub",),
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


def _specs(asked: object) -> tuple[CameraSpec, ...]:
    if asked is None:
        return DEMO_CAMERAS
    if not isinstance(asked, dict) or not asked:
        raise TypeError("cameras must be an object of number and scene")
    specs = tuple(CameraSpec(camera_id=str(c), scene=str(s)) for c, s in asked.items())
    if any(spec.scene not in SCENES for spec in specs):
        raise ValueError("there is no such scene")
    return specs


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
