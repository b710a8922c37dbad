"""ffprobe and ffplay, which nobody here wrote, play a virtual camera; or are refused."""

import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from virtual_camera_kit import cheap_loop

from tests.limits_kit import patience, running

FFPROBE, FFPLAY = shutil.which("ffprobe"), shutil.which("ffplay")
BOTH = pytest.mark.parametrize("transport", ["tcp", "udp"])
pytestmark = pytest.mark.skipif(
    FFPROBE is None, reason="there is no ffprobe (Debian: ffmpeg)"
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
    with patience(process):
        for line in process.stdout:
            message = json.loads(line)
            if "ready" in message:
                break
    yield int(message["ready"]["port"])
    process.stdin.close()
    with patience(process):
        process.stdout.read()
    process.stdout.close()
    assert process.wait(30) == 0


def probe(
    port: int, password: str, transport: str = "tcp"
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [
            str(FFPROBE),
            *("-v", "error", "-rtsp_transport", transport, "-of", "json"),
            *("-show_streams", "-show_entries", "packet=pts,flags"),
            *("-read_intervals", "%+3"),
            f"rtsp://probe:{password}@127.0.0.1:{port}/1203/sub",
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@BOTH
def test_the_right_password_plays(port: int, transport: str) -> None:
    done = probe(port, "right", transport)
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


@pytest.mark.skipif(FFPLAY is None, reason="there is no ffplay (Debian: ffmpeg)")
@BOTH
def test_ffplay_shows_it_without_a_fault(port: int, transport: str) -> None:
    """It decodes, shows all but a few pictures, says no error, ends when told."""
    said = ""
    with running(
        [
            str(FFPLAY),
            *("-v", "error", "-stats", "-an", "-rtsp_transport", transport),
            f"rtsp://probe:right@127.0.0.1:{port}/1203/sub",
        ],
        env={**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"},
        stderr=subprocess.PIPE,
    ) as player:
        assert player.stderr is not None
        with patience(player):
            while not _seconds_shown(said, least=4):
                news = os.read(player.stderr.fileno(), 4096)
                assert news, said
                said += news.decode()
        player.send_signal(signal.SIGTERM)
        with patience(player, 10):
            said += player.stderr.read().decode()
        assert player.wait(30) in (0, 123)  # 123: it was told to end
    lines = [line for line in re.split(r"[\r\n]", said) if line.strip()]
    stats = [line for line in lines if " fd=" in line]
    assert [line for line in lines if line not in stats] == []
    shown = _seconds_shown(said, least=4)
    assert shown
    assert int(re.findall(r"fd=\s*(\d+)", shown[-1])[0]) <= 15  # of sixty


def _seconds_shown(said: str, *, least: float) -> list[str]:
    """Return ffplay's lines of statistics from so many seconds of play on."""
    found = []
    first = None
    for line in re.split(r"[\r\n]", said)[:-1]:
        clock = re.match(r"\s*(\d+\.\d+) M-V:", line)
        if clock is not None:
            first = float(clock[1]) if first is None else first
            if float(clock[1]) - first >= least:
                found.append(line)
    return found


@BOTH
def test_many_watch_one_camera(port: int, transport: str) -> None:
    address = f"rtsp://probe:right@127.0.0.1:{port}/1203/sub"
    command = [
        str(FFPROBE),
        *("-v", "error", "-rtsp_transport", transport, "-of", "json"),
        *("-show_entries", "packet=pts", "-read_intervals", "%+2", address),
    ]
    watching = [
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for one in watching:
        out, errors = one.communicate(timeout=60)
        assert (one.returncode, errors) == (0, "")
        assert len(json.loads(out)["packets"]) >= 20


def test_the_wrong_password_is_refused(port: int) -> None:
    done = probe(port, "wrong")
    assert done.returncode != 0
    assert "401" in done.stderr
