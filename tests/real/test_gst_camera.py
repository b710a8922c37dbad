"""The engine against gst-rtsp-server, which nobody here wrote.

It comes from Debian (gir1.2-gst-rtsp-server-1.0 and the plugins), driven by the
system's Python in a process of its own. Where it is missing the tests are skipped,
and counted.
"""

import contextlib
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.codeccontext import VideoCodecContext

from tests.limits_kit import next_line, running
from video.sources.rtsp_direct import RtspDirectSource, open_source
from video.workers import Login, Mode, StreamSpec, VideoEngine, Want

PYTHON = Path("/usr/bin/python3")
SERVER = Path(__file__).with_name("gst_rtsp_camera.py")
USER, PASSWORD = "admin", "p@ss:w/örd %41"


def until(condition: Callable[[], object], *, limit: float = 40.0) -> None:
    end = time.monotonic() + limit
    while not condition():
        assert time.monotonic() < end, f"not within {limit} s"
        time.sleep(0.005)


@contextlib.contextmanager
def camera(
    codec: str = "h264",
    *,
    auth: str = "digest",
    protocols: str = "tcp",
    password: str = PASSWORD,
    size: tuple[int, int] = (640, 360),
    sound: str = "",
) -> Iterator[str]:
    """Run the server and give the camera's address."""
    if not PYTHON.exists():
        pytest.skip("there is no /usr/bin/python3")
    with running(
        [str(PYTHON), str(SERVER), codec],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdin is not None
        order = {
            "username": USER,
            "password": password,
            "auth": auth,
            "protocols": protocols,
            "size": size,
            "sound": sound,
        }
        with contextlib.suppress(BrokenPipeError):
            server.stdin.write(json.dumps(order) + "\n")
            server.stdin.flush()
        said = json.loads(next_line(server))
        if "missing" in said:
            pytest.skip(f"gst-rtsp-server cannot run here: {said['missing']}")
        yield f"rtsp://127.0.0.1:{said['port']}/camera"
        server.stdin.close()


@pytest.fixture
def engine() -> Iterator[VideoEngine]:
    made = VideoEngine(
        worker_command=[sys.executable, "-m", "video.worker_main"], worker_count=1
    )
    yield made
    made.close()


def want(
    engine: VideoEngine, address: str, mode: Mode, transport: str = "auto"
) -> None:
    spec = StreamSpec(
        stream_id="1203", main_url=address, transport=transport, needs_login=True
    )
    engine.want({"1203": Want(spec, mode, 480, 270)})


def shown(engine: VideoEngine, frames: int) -> bool:
    engine.poll()
    picture = engine.picture("1203")
    return picture is not None and picture.sequence >= frames


@pytest.mark.parametrize("auth", ["digest", "basic"])
def test_a_camera_of_others_is_shown_from_standby(engine: VideoEngine, auth: str):
    with camera(auth=auth) as address:
        engine.set_login("1203", Login(USER, PASSWORD))
        want(engine, address, Mode.STANDBY)
        until(lambda: engine.status("1203").state == "standby")
        want(engine, address, Mode.LIVE)
        until(lambda: shown(engine, 20))
        picture = engine.picture("1203")
        assert picture is not None
        assert (picture.width, picture.height) == (480, 270)
        # A white ball on black: something bright, something dark.
        assert max(picture.data) > 200
        assert min(picture.data) < 40
        assert engine.status("1203").state == "live"


def test_a_wrong_password_is_refused_by_the_camera_and_named(engine: VideoEngine):
    with camera() as address:
        engine.set_login("1203", Login(USER, "wrong"))
        want(engine, address, Mode.LIVE)
        until(lambda: engine.status("1203").reason == "login")
        engine.set_login("1203", Login(USER, PASSWORD))
        until(lambda: shown(engine, 5))


@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize("codec", ["h264", "h264b", "h265", "h265b", "jpeg", "jpeg422"])
def test_every_codec_comes_live_both_ways(
    engine: VideoEngine, codec: str, transport: str
):
    with camera(codec, protocols=transport) as address:
        engine.set_login("1203", Login(USER, PASSWORD))
        want(engine, address, Mode.LIVE, transport=transport)
        until(lambda: shown(engine, 20))
        status = engine.status("1203")
        assert (status.state, status.reason) == ("live", "")
        assert status.ready
        ball_on_black(engine, (480, 270))


@pytest.mark.parametrize("codec", ["h264b", "h265b"])
def test_pictures_sent_out_of_order_are_shown_in_order(codec: str):
    with camera(codec) as address:
        source = open_source(address, transport="tcp", login=Login(USER, PASSWORD))
        assert isinstance(source, RtspDirectSource)
        with contextlib.closing(source):
            packets = list(itertools.islice(source.packets(), 40))
        sent = [packet.stamp for packet in packets]
        assert sent != sorted(sent)
        decoder = av.CodecContext.create(source.codec.name, "r")
        assert isinstance(decoder, VideoCodecContext)
        shown = [f.pts for each in packets for f in decoder.decode(each.coded())]
        assert len(shown) > 25
        assert shown == sorted(stamp for stamp in sent if stamp <= max(shown))


def ball_on_black(engine: VideoEngine, size: tuple[int, int]) -> None:
    """See that it is the picture: black but for one white ball."""
    picture = engine.picture("1203")
    assert picture is not None
    assert (picture.width, picture.height) == size
    pixels = np.frombuffer(picture.data, np.uint8).reshape(-1, 4)[:, :3]
    assert pixels.max() > 200
    assert pixels.min() < 40
    # No colour anywhere, and hardly any of it is ball.
    assert np.median(pixels) < 24
    assert (pixels.max(axis=1).astype(int) - pixels.min(axis=1)).mean() < 12


def test_jpeg_of_an_odd_size_stands_by_and_is_shown(engine: VideoEngine):
    with camera("jpeg", size=(357, 201)) as address:
        engine.set_login("1203", Login(USER, PASSWORD))
        want(engine, address, Mode.STANDBY)
        # Every picture is a key frame: whichever is the newest, it is all that is kept.
        until(lambda: engine.status("1203").ready)
        want(engine, address, Mode.LIVE)
        until(lambda: shown(engine, 10))
        picture = engine.picture("1203")
        assert picture is not None
        assert picture.width % 2 == picture.height % 2 == 0
        assert abs(picture.width / picture.height - 357 / 201) < 0.1
        assert max(picture.data) > 200


def test_a_camera_that_only_knows_udp_is_reached_all_the_same(engine: VideoEngine):
    with camera(protocols="udp") as address:
        engine.set_login("1203", Login(USER, PASSWORD))
        want(engine, address, Mode.LIVE, transport="auto")
        until(lambda: shown(engine, 20))
