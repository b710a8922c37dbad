"""Cameras, engines and patience for the tests of moving pictures."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.limits_kit import KILLED_S, next_line
from video.frame_code import LOOP_TICKS, FrameMark, read_frame_mark
from video.workers import Login, Mode, StreamSpec, VideoEngine, Want

WORKER = [sys.executable, "-m", "video.worker_main"]
USER, PASSWORD = "desk", "Pa ss/wörd@:%"
PATIENCE_S = 30.0
ROOT = Path(__file__).parents[2]


def until(condition: Callable[[], object], *, limit: float = PATIENCE_S) -> float:
    """Wait for a condition; return how long it took."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > limit:
            pytest.fail(f"not within {limit} s: {condition}")
        time.sleep(0.005)
    return time.monotonic() - began


class Cameras:
    """A running server of small cameras; the port stays over a restart."""

    def __init__(self, cache: Path, cameras: list[str], main: list[str]) -> None:
        self._cache, self.ids, self._main = cache, cameras, main
        self.port = 0
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(
            [
                sys.executable,
                str(Path(__file__).with_name("small_cameras.py")),
                str(self._cache),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.order(
            username=USER,
            password=PASSWORD,
            cameras=self.ids,
            main=self._main,
            port=self.port,
        )
        self.port = json.loads(next_line(self._process))["port"]

    def order(self, **message: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()

    def pulled(self, camera_id: str) -> tuple[int, int]:
        """Return how often a camera was opened, and by how many it is pulled now."""
        self.order(count=camera_id)
        said = json.loads(next_line(self._process))
        return said["opened"], said["viewers"]

    def stop(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(PATIENCE_S)
        finally:
            self._process.kill()
            self._process.wait(KILLED_S)
        self._process.stdout.close()

    def spec(self, camera_id: str) -> StreamSpec:
        address = f"rtsp://127.0.0.1:{self.port}/{camera_id}"
        return StreamSpec(
            stream_id=camera_id,
            main_url=f"{address}/main" if camera_id in self._main else "",
            sub_url=f"{address}/sub",
            needs_login=True,
        )

    def wants(
        self, *camera_ids: str, mode: Mode, width: int = 480, height: int = 270
    ) -> dict[str, Want]:
        return {
            camera_id: Want(self.spec(camera_id), mode, width, height)
            for camera_id in camera_ids
        }


class Viewer:
    """A desk without a window: an engine, and what its pictures say."""

    def __init__(self, workers: int = 2, command: Sequence[str] = WORKER) -> None:
        self.engine = VideoEngine(worker_command=command, worker_count=workers)

    def log_in(
        self, *camera_ids: str, user: str = USER, password: str = PASSWORD
    ) -> None:
        for camera_id in camera_ids:
            self.engine.set_login(camera_id, Login(user, password))

    def mark(self, camera_id: str) -> FrameMark | None:
        picture = self.engine.picture(camera_id)
        if picture is None:
            return None
        pixels = np.frombuffer(picture.data, np.uint8)
        return read_frame_mark(pixels.reshape(picture.height, picture.width, 4))

    def state(self, camera_id: str) -> str:
        return str(self.engine.status(camera_id).state)

    def reason(self, camera_id: str) -> str:
        return self.engine.status(camera_id).reason

    def await_state(self, state: str, *camera_ids: str) -> float:
        return until(lambda: all(self.state(c) == state for c in camera_ids))

    def await_advance(self, *camera_ids: str) -> None:
        """Wait until each picture's own number has gone on three times."""
        seen: dict[str, list[int]] = {camera_id: [] for camera_id in camera_ids}

        def advanced() -> bool:
            for camera_id in self.engine.poll() & seen.keys():
                mark = self.mark(camera_id)
                assert mark is not None, f"{camera_id}: no number in its picture"
                numbers = seen[camera_id]
                if numbers:
                    step = (mark.number - numbers[-1]) % LOOP_TICKS
                    assert 0 < step < LOOP_TICKS // 2, f"{camera_id} went back"
                numbers.append(mark.number)
            return all(len(numbers) > 3 for numbers in seen.values())

        until(advanced)
