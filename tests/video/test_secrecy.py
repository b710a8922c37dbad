"""A password is seen nowhere: not in lines, errors, arguments, nor FFmpeg's own talk."""

import base64
import json
import logging
import socket
import subprocess
import sys
import threading
import traceback
from dataclasses import asdict
from pathlib import Path
from urllib.parse import quote

import av
import av.error
import psutil
import pytest
from viewing import PASSWORD, USER, Cameras, Viewer, until

from tests.limits_kit import KILLED_S
from video.slots import Arena
from video.sources import Login, StreamSpec
from video.sources.rtsp import RtspSource, SourceError, probe
from video.sources.rtsp_direct import open_source
from video.workers import Mode

CANARY = "Kanari/en vogel:ü%7"


def forms(password: str) -> list[str]:
    """Return every shape a password might be repeated in."""
    pair = f"{USER}:{password}"
    texts = [password, quote(password), quote(password, safe=""), pair]
    texts += [base64.b64encode(t.encode()).decode().rstrip("=") for t in list(texts)]
    texts += [json.dumps(password)[1:-1], repr(password)[1:-1]]
    return texts


def seen(text: str, password: str) -> list[str]:
    return [form for form in forms(password) if form in text]


# FFmpeg as talkative as it can be, in a worker that forgot to silence it.
TALKATIVE = """
import sys
import av.logging
import video.worker_main
av.logging.set_libav_level(av.logging.TRACE)
av.logging.set_level = lambda level: av.logging.restore_default_callback()
sys.exit(video.worker_main.run())
"""


class BasicCamera:
    """A camera that wants the password itself (Basic), and is never content."""

    def __enter__(self) -> str:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return f"rtsp://127.0.0.1:{self._listener.getsockname()[1]}/1"

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(KILLED_S)

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            with peer, peer.makefile("rb") as lines:
                for line in lines:
                    if line.lower().startswith(b"cseq"):
                        number = line
                    if line == b"\r\n":
                        peer.sendall(
                            b"RTSP/1.0 401 Unauthorized\r\n"
                            + number
                            + b'WWW-Authenticate: Basic realm="x"\r\n\r\n'
                        )


def test_without_precautions_ffmpeg_would_tell():
    with BasicCamera() as address:
        address = address.replace("//", f"//{USER}:{quote(CANARY, safe='')}@")
        script = f"""
import av, av.logging
av.logging.set_libav_level(av.logging.TRACE)
av.logging.restore_default_callback()
try:
    av.open({address!r}, options={{"rtsp_transport": "tcp"}})
except av.error.FFmpegError as error:
    print(repr(error))
"""
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, check=True, timeout=60
        )
    assert seen(done.stdout.decode(), CANARY)
    assert seen(done.stderr.decode(errors="replace"), CANARY)


def test_a_worker_tells_nobody_of_a_camera_that_wants_the_password_itself(tmp_path):
    with BasicCamera() as address:
        spec = StreamSpec(stream_id="1", main_url=address, needs_login=True)
        shown = run_worker(spec, CANARY, '"reason": "login"', tmp_path)
    assert seen(shown, CANARY) == []


@pytest.mark.parametrize("password", [PASSWORD, CANARY], ids=["good", "bad"])
def test_a_worker_tells_nobody(cameras: Cameras, password: str, tmp_path):
    expected = '"state": "live"' if password == PASSWORD else '"reason": "login"'
    shown = run_worker(cameras.spec("2"), password, expected, tmp_path)
    assert seen(shown, password) == []


def run_worker(spec: StreamSpec, password: str, expected: str, tmp_path: Path) -> str:
    """Return everything there is to see of a worker that was given a password."""
    arena = Arena()
    slot = arena.take(320, 180)
    told = tmp_path / "stdout"
    with told.open("wb") as out, (tmp_path / "stderr").open("wb") as errors:
        worker = subprocess.Popen(
            [sys.executable, "-c", TALKATIVE],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=errors,
            pass_fds=arena.inherited,
        )
    at = slot.address
    lines = [
        {"do": "hello", "fd": arena.fd},
        {"do": "login", "stream": "1", "username": USER, "password": password},
        {
            "do": "set",
            "stream": "1",
            "ticket": 1,
            "spec": asdict(spec),
            "mode": "live",
            "width": 320,
            "height": 180,
            "ring": 30.0,
            "step": 0,
            "slot": [at.name, at.offset, at.buffer_bytes, at.generation],
        },
        {"do": "listen", "stream": "1", "turn": 1},
    ]
    assert worker.stdin is not None
    for line in lines:
        worker.stdin.write(json.dumps(line).encode() + b"\n")
    worker.stdin.flush()
    until(lambda: expected in told.read_text())
    process = psutil.Process(worker.pid)
    shown = " ".join(process.cmdline()) + repr(process.environ())
    for name in Path(f"/proc/{worker.pid}/task").glob("*/comm"):
        shown += name.read_text()
    worker.stdin.close()
    assert worker.wait(10) == 0
    arena.close()
    for name in ("stdout", "stderr"):
        shown += (tmp_path / name).read_text("utf-8", errors="replace")
    assert (tmp_path / "stderr").read_text() == ""
    return shown


@pytest.mark.parametrize("opened", [RtspSource, open_source])
def test_an_error_leads_back_to_no_address(cameras: Cameras, opened):
    login = Login(USER, CANARY)
    with pytest.raises(SourceError) as raised:
        opened(cameras.spec("1").sub_url, transport="tcp", login=login)
    error: BaseException | None = raised.value
    assert isinstance(error, SourceError)
    assert error.reason == "login"
    chain = []
    while error is not None:
        chain.append(repr(error) + str(error) + repr(vars(error)))
        error = error.__cause__ or error.__context__
    assert len(chain) == 1
    chain.append("".join(traceback.format_exception(raised.value)))
    chain.append(repr(login))
    assert seen(" ".join(chain), CANARY) == []


@pytest.mark.parametrize("opened", [RtspSource, open_source])
def test_a_source_does_not_print_its_address(cameras: Cameras, opened):
    source = opened(
        cameras.spec("1").sub_url, transport="auto", login=Login(USER, PASSWORD)
    )
    packet = next(source.packets())
    assert seen(repr(source) + repr(packet) + repr(source.codec), PASSWORD) == []
    source.close()
    source.close()


def test_a_log_in_in_the_address_is_dropped(cameras: Cameras):
    address = cameras.spec("1").sub_url.replace(
        "rtsp://", f"rtsp://{USER}:{quote(PASSWORD, safe='')}@"
    )
    with pytest.raises(SourceError, match="login"):
        RtspSource(address, transport="tcp", login=None)


def test_a_log_in_too_long_for_ffmpeg_is_not_sent_cut_off(cameras: Cameras):
    with pytest.raises(SourceError, match="login"):
        RtspSource(
            cameras.spec("1").sub_url, transport="tcp", login=Login(USER, "长" * 40)
        )


@pytest.mark.parametrize(
    "address", ["rtsp://127.0.0.1:1/x", "rtsp://[::1/x", "http://127.0.0.1/", "x"]
)
def test_knocking_where_nobody_is_says_so(address: str):
    with pytest.raises(SourceError, match="refused"):
        probe(address)


def test_the_engine_logs_the_turns_and_no_password(
    cameras: Cameras, viewer: Viewer, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    viewer.engine.want(cameras.wants("1", mode=Mode.LIVE))
    viewer.log_in("1", password=CANARY)
    until(lambda: viewer.reason("1") == "login")
    viewer.log_in("1")
    viewer.await_state("live", "1")
    text = caplog.text + repr(viewer.engine.status("1")) + repr(viewer.engine)
    text += repr(vars(viewer.engine))
    assert seen(text, CANARY) == []
    assert seen(text, PASSWORD) == []
    said = [r.getMessage() for r in caplog.records if r.name.startswith("video.")]
    assert said[-1] == "1: picture is back"
    assert len(said) == 2


def test_the_shape_of_the_canary_is_one_that_matters():
    assert quote(CANARY, safe="") != CANARY
    assert issubclass(av.error.HTTPUnauthorizedError, av.error.FFmpegError)
