"""Play a bench's cameras: see `video.virtual_camera_bench` for what they send."""

import argparse
import asyncio
import json
import logging
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from video.coded_loop import CODECS, Loop
from video.frame_code import TICKS_PER_SECOND
from video.virtual_camera_bench import (
    PROFILES,
    Profile,
    bench_cache,
    bench_loop,
    offset_s,
)
from video.virtual_camera_rtsp import RtspServer
from video.virtual_camera_stream import Stream

_log = logging.getLogger(__name__)


def bench_server(
    loop: Loop, profile: Profile, *, count: int, username: str, password: str
) -> RtspServer:
    """Return a server of so many cameras, whose streams start when it runs.

    Call it on the event loop's thread; then `await server.listen(0)`.
    """
    server = RtspServer(username=username, password=password)
    for index in range(count):
        server.play(
            camera_path(index, profile),
            Stream(loop, offset_s=offset_s(index, profile)),
        )
    return server


def camera_path(index: int, profile: Profile) -> str:
    """Return a bench camera's path, such as "b001/sub"."""
    return f"b{index + 1:03}/{profile.name}"


def announcement(
    loop: Loop, profile: Profile, *, count: int, port: int
) -> dict[str, object]:
    """Return what a bench must know of its cameras."""
    cameras = []
    for index in range(count):
        path = camera_path(index, profile)
        cameras.append(
            {
                "camera": path.partition("/")[0],
                "url": f"rtsp://127.0.0.1:{port}/{path}",
                "offset_s": round(offset_s(index, profile), 6),
            }
        )
    return {
        "bench": {
            "port": port,
            "profile": profile.name,
            "codec": loop.codec,
            "rate": profile.rate,
            "gop": profile.gop,
            "pictures": profile.pictures,
            "loop_ticks": profile.loop_ticks,
            "ticks_per_second": TICKS_PER_SECOND,
            "bit_rate": round(loop.bytes_a_second * 8),
            "cameras": cameras,
        }
    }


def run(arguments: Sequence[str], *, orders: IO[str] | None = None) -> int:
    """Be the bench's camera process; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m video.virtual_camera")
    parser.add_argument("--bench", choices=sorted(PROFILES), required=True)
    parser.add_argument("--codec", choices=sorted(CODECS), default="h264")
    parser.add_argument("--count", type=int, default=16, metavar="N")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--cache", type=Path, default=None, metavar="DIR")
    options = parser.parse_args(arguments)
    source = orders if orders is not None else sys.stdin
    try:
        first = json.loads(source.readline() or "null")
        username, password = str(first["username"]), str(first["password"])
    except (ValueError, KeyError, TypeError):
        # Nothing of the line is repeated: it may hold the password.
        _say({"error": "the first line must be {username, password} as JSON"})
        return 2
    profile = PROFILES[options.bench]

    def progress(done: int, of: int) -> None:
        sys.stderr.write(f"bench loop {profile.name}: {done} of {of} pictures\n")

    loop = bench_loop(
        profile, options.codec, options.cache or bench_cache(), progress=progress
    )

    async def serve() -> None:
        server = bench_server(
            loop, profile, count=options.count, username=username, password=password
        )
        try:
            port = await server.listen(options.port)
            _say(announcement(loop, profile, count=options.count, port=port))
            await until_closed(source, server)
        finally:
            await server.close()

    asyncio.run(serve())
    return 0


async def until_closed(source: IO[str], server: RtspServer) -> None:
    """Carry out {"freeze"|"drop"|"resume": ID} until the input ends."""
    events = asyncio.get_running_loop()
    closed = asyncio.Event()

    def read() -> None:
        # A thread, because Windows has no asynchronous standard input.
        for line in source:
            try:
                message = json.loads(line)
            except ValueError:
                continue
            if isinstance(message, dict):
                events.call_soon_threadsafe(order, message)
        events.call_soon_threadsafe(closed.set)

    def order(message: dict[str, object]) -> None:
        for word in ("freeze", "drop", "resume"):
            camera_id = message.get(word)
            if isinstance(camera_id, str):
                getattr(server, word)(camera_id)
                _say({"done": {word: camera_id}})

    threading.Thread(target=read, name="camera-orders", daemon=True).start()
    await closed.wait()


def _say(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()
