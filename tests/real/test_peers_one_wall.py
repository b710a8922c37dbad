"""Cameras of others and our own on one wall, over TCP and UDP, decoded side by side."""

import contextlib
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from test_gst_camera import PASSWORD, USER, camera, until
from virtual_camera_kit import cheap_loop

from tests.limits_kit import next_line, running
from video.frame_code import read_frame_mark, ticks_between
from video.workers import Login, Mode, StreamSpec, VideoEngine, Want


@contextlib.contextmanager
def own_cameras(cache: Path, count: int) -> Iterator[int]:
    """Run the virtual cameras, one loop for all, and give their port."""
    with running(
        [sys.executable, Path(__file__).with_name("own_cameras.py"), cache],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    ) as process:
        assert process.stdin is not None
        order = {"username": USER, "password": PASSWORD, "count": count}
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()
        yield int(json.loads(next_line(process))["port"])
    assert process.returncode == 0


def numbers(engine: VideoEngine, stream_id: str) -> int | None:
    """Return the number in the newest picture of one of our own."""
    picture = engine.picture(stream_id)
    if picture is None:
        return None
    pixels = np.frombuffer(picture.data, np.uint8).reshape(
        picture.height, picture.bytes_per_line // 4, 4
    )
    mark = read_frame_mark(pixels[:, : picture.width])
    return None if mark is None else mark.number


def test_gst_and_own_cameras_over_tcp_and_udp_on_one_wall(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    cache = cheap_loop(tmp_path_factory.mktemp("loops"))
    engine = VideoEngine(
        worker_command=[sys.executable, "-m", "video.worker_main"], worker_count=2
    )
    try:
        with (
            camera(protocols="tcp") as gst_tcp,
            camera(protocols="udp") as gst_udp,
            own_cameras(cache, 2) as port,
        ):
            own = f"rtsp://127.0.0.1:{port}"
            wall = {
                "gst-tcp": (gst_tcp, "tcp"),
                "gst-udp": (gst_udp, "udp"),
                "own-tcp": (f"{own}/1/sub", "tcp"),
                "own-udp": (f"{own}/2/sub", "udp"),
            }
            wants = {}
            for name, (address, transport) in wall.items():
                spec = StreamSpec(
                    stream_id=name,
                    main_url=address,
                    transport=transport,
                    needs_login=True,
                )
                wants[name] = Want(spec, Mode.LIVE, 480, 270)
                engine.set_login(name, Login(USER, PASSWORD))
            engine.want(wants)
            seen: dict[str, list[int]] = {"own-tcp": [], "own-udp": []}

            def all_run() -> bool:
                engine.poll()
                for name, found in seen.items():
                    number = numbers(engine, name)
                    if number is not None and (not found or found[-1] != number):
                        found.append(number)
                pictures = [engine.picture(name) for name in wall]
                return all(p is not None and p.sequence >= 30 for p in pictures)

            until(all_run)
            for found in seen.values():
                steps = [ticks_between(a, b) for a, b in itertools.pairwise(found)]
                assert len(steps) > 5
                assert all(0 < step < 200 for step in steps)
            for name in wall:
                assert engine.status(name).state == "live"
    finally:
        engine.close()
