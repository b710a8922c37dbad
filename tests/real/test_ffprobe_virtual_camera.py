"""ffprobe, which nobody here wrote, plays a virtual camera; or is refused."""

import itertools
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from virtual_camera_kit import cheap_loop

FFPROBE = shutil.which("ffprobe")
pytestmark = pytest.mark.skipif(
    FFPROBE is None, reason="only on machines with ffprobe (Debian: ffmpeg)"
)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    cache = cheap_loop(tmp_path_factory.mktemp("loops"))
    process = subprocess.Popen(
        [sys.executable, "-m", "video.virtual_camera", str(cache)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    first = {"username": "probe", "password": "right", "cameras": {"1203": "street"}}
    process.stdin.write(json.dumps({**first, "main": False}) + "\n")
    process.stdin.flush()
    for line in process.stdout:
        message = json.loads(line)
        if "ready" in message:
            break
    yield int(message["ready"]["port"])
    process.stdin.close()
    process.stdout.read()
    process.stdout.close()
    assert process.wait(30) == 0


def probe(port: int, password: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [
            str(FFPROBE),
            *("-v", "error", "-rtsp_transport", "tcp", "-of", "json"),
            *("-show_streams", "-show_entries", "packet=pts,flags"),
            *("-read_intervals", "%+3"),
            f"rtsp://probe:{password}@127.0.0.1:{port}/1203/sub",
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_right_password_plays(port: int) -> None:
    done = probe(port, "right")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    stream = found["streams"][0]
    assert (stream["codec_name"], stream["width"], stream["height"]) == (
        "h264",
        640,
        360,
    )
    assert stream["r_frame_rate"] == "15/1"
    assert found["packets"][0]["flags"].startswith("K")
    # FFmpeg's parser leaves the first picture of any such stream without a time.
    packets = found["packets"][1:]
    steps = {b["pts"] - a["pts"] for a, b in itertools.pairwise(packets)}
    assert steps == {6000}


def test_the_wrong_password_is_refused(port: int) -> None:
    done = probe(port, "wrong")
    assert done.returncode != 0
    assert "401" in done.stderr
