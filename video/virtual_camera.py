"""The demonstration's cameras: an RTSP server that plays drawn loops for ever.

It behaves as real cameras do: digest log-in on every request, H.264 in RTP over
the same TCP connection, parameter sets before each key frame, a start at the
next key frame of a stream that runs whether anyone looks or not, and slow
viewers cut off. Faults can be ordered while it runs.

The process talks in JSON lines. Standard input, first line: the log-in,
{"username": …, "password": …} (never an argument); later lines: {"freeze": ID},
{"drop": ID}, {"resume": ID}. Standard output: progress, ready, camera_ready,
stream_ready. It ends when standard input closes.
"""

import argparse
import asyncio
import json
import logging
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from video.frame_code import read_frame_number
from video.scenes_loops import (
    ENCODER_COMMAND,
    FORMS,
    Loop,
    LoopSpec,
    load_loop,
    make_loop,
)
from video.virtual_camera_rtsp import RtspServer, Stream

__all__ = ["CameraSpec", "VirtualCameras", "main", "read_frame_number", "run"]

_log = logging.getLogger(__name__)
_READY_COUNT = 4  # the desk opens when this many pictures can be had


@dataclass(frozen=True, kw_only=True, slots=True)
class CameraSpec:
    """One virtual camera.

    Attributes:
        camera_id: Its number, first part of the stream's path.
        scene: Name of a drawn scene, see `video.scenes.SCENES`.
        label: A picture of its name for the overlay (white on clear), or None.
    """

    camera_id: str
    scene: str
    label: Path | None = None


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
    """

    specs: Sequence[CameraSpec]
    cache: Path
    username: str
    password: str = field(repr=False)
    say: Callable[[dict[str, object]], None]
    port: int = 0
    encoders: int = 2
    encoder_command: Sequence[str] = ENCODER_COMMAND
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
            for form in ("sub", "main")
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
                    progress=lambda done, of, s=loop_spec: self._progress(s, done, of),
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
    specs: Sequence[CameraSpec],
    *,
    cache: Path,
    port: int = 0,
    encoders: int = 2,
    encoder_command: Sequence[str] = ENCODER_COMMAND,
    orders: IO[str] | None = None,
    out: IO[str] | None = None,
) -> int:
    """Be the virtual camera process: read the log-in, serve, end with the input.

    Args:
        specs: Which cameras to play.
        cache: Folder of the encoded loops, made where it is missing.
        port: TCP port; 0 chooses a free one.
        encoders: How many encoding processes may run at once.
        encoder_command: How to start one; for frozen builds.
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
        login = json.loads(source.readline() or "null")
        username, password = str(login["username"]), str(login["password"])
    except (ValueError, KeyError, TypeError):
        # Nothing of the line is repeated: it may hold the password.
        say({"error": "the first line must be {username, password} as JSON"})
        return 2
    cameras = VirtualCameras(
        specs=specs,
        cache=cache,
        username=username,
        password=password,
        say=say,
        port=port,
        encoders=encoders,
        encoder_command=encoder_command,
    )
    try:
        asyncio.run(_serve_until_closed(cameras, source))
    except BrokenPipeError:
        return 0  # nobody listens any more
    except (OSError, RuntimeError) as error:
        _log.error("virtual cameras end: %s", error)
        say({"error": str(error)})
        return 1
    return 0


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


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line: `python -m video.virtual_camera ID=SCENE …`."""
    parser = argparse.ArgumentParser(prog="virtual-camera", description=__doc__)
    parser.add_argument("camera", nargs="+", help="ID=SCENE, such as 1203=street")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--labels", type=Path, help="folder of ID.png overlays")
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args(argv)
    specs = []
    for text in arguments.camera:
        camera_id, _, scene = text.partition("=")
        label = arguments.labels / f"{camera_id}.png" if arguments.labels else None
        specs.append(CameraSpec(camera_id=camera_id, scene=scene, label=label))
    return run(specs, cache=arguments.cache, port=arguments.port)


if __name__ == "__main__":
    sys.exit(main())
