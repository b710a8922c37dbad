"""The virtual camera as a viewer meets it: log-in, streams, seam, faults, end."""

import base64
import io
import itertools
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import av
import pytest
from rtsp_viewer import PATIENCE_S, Cameras, Rtsp
from virtual_camera_kit import SPEC, cheap_loop

from video.coded_loop import CODECS, AccessUnit, parse_annex_b, rtp_payloads
from video.frame_code import LOOP_TICKS, read_frame_mark, ticks_between
from video.scenes_loops import FORMS, load_loop
from video.virtual_camera import run


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hold one small stream."""
    return cheap_loop(tmp_path_factory.mktemp("loops"))


@pytest.fixture(scope="module")
def cameras(cache: Path) -> Iterator[Cameras]:
    running = Cameras(cache, cameras={"1203": "street"}, main=False)
    yield running
    assert running.close() == 0


def test_a_wrong_password_is_refused_every_time(cameras: Cameras) -> None:
    with Rtsp(cameras.port) as viewer:
        assert viewer.ask("OPTIONS", login=False)[0] == 200
        assert viewer.ask("DESCRIBE", login=False)[0] == 401
        for _ in range(5):
            assert viewer.ask("DESCRIBE", password="wrong")[0] == 401
        for method in ("SETUP", "PLAY", "GET_PARAMETER", "TEARDOWN"):
            assert viewer.ask(method, password="wrong")[0] == 401
        status, headers, body = viewer.ask("DESCRIBE")
        assert (status, headers["content-type"]) == (200, "application/sdp")
        assert "sprop-parameter-sets=" in body
        sps = body.split("sprop-parameter-sets=")[1].split(",")[0]
        assert base64.b64decode(sps)[0] & 31 == 7


def test_what_is_not_there_and_what_is_not_spoken(cameras: Cameras) -> None:
    with Rtsp(cameras.port) as viewer:
        viewer.ask("DESCRIBE")
        base = viewer.url.removesuffix("1203/sub")
        assert viewer.ask("DESCRIBE", url=f"{base}9999/sub")[0] == 404
        assert viewer.ask("DESCRIBE", url=f"{base}1203/main")[0] == 503
        assert viewer.ask("PLAY")[0] == 454
        for way in (
            "RTP/AVP;multicast;client_port=5000-5001",
            "RTP/AVP;unicast",
            "RTP/AVP;unicast;client_port=70000-70001",
            "RTP/AVP/TCP;interleaved=255-256",
            "RAW/RAW/UDP;unicast",
            ";;=,;",
        ):
            assert viewer.ask("SETUP", Transport=way)[0] == 461
        assert viewer.ask("GET_PARAMETER")[0] == 200


@pytest.mark.parametrize(
    "garbage", [b"\x00" * 50 + b"\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"x" * 40_000,
                b"DESCRIBE rtsp://[ RTSP/1.0\r\nCSeq: 1\r\n\r\n", b"$\x00\x00\x04abcd",
                b"OPTIONS * RTSP/1.0\r\nContent-Length: 999999\r\n\r\n"]
)  # fmt: skip
def test_garbage_ends_its_own_connection_only(cameras: Cameras, garbage: bytes) -> None:
    port = cameras.port
    with socket.create_connection(("127.0.0.1", port), 10) as stranger:
        stranger.sendall(garbage)
        with Rtsp(port) as viewer:
            assert viewer.ask("OPTIONS")[0] == 200


def test_packets_begin_with_a_key_frame_and_rise_over_the_seam(
    cameras: Cameras,
) -> None:
    with Rtsp(cameras.port) as viewer:
        viewer.play()
        stamps: list[int] = []
        sequences: list[int] = []
        kinds: list[int] = []
        while len(stamps) < 190:  # more than a loop of 180
            channel, packet = viewer.packet()
            if channel != 0:
                continue
            sequences.append(int.from_bytes(packet[2:4], "big"))
            if len(kinds) < 3:
                kinds.append(packet[12] & 31)
            if packet[1] & 0x80:
                stamps.append(int.from_bytes(packet[4:8], "big"))
        assert kinds[:2] == [7, 8]  # parameter sets before the key frame
        steps = {(b - a) % 2**32 for a, b in itertools.pairwise(stamps)}
        assert steps == {6000}
        follow = {(b - a) % 2**16 for a, b in itertools.pairwise(sequences)}
        assert follow == {1}


def test_pictures_are_live_and_count_on(cameras: Cameras) -> None:
    url = f"rtsp://viewer:p%2540ss%20w%C3%B6rd@127.0.0.1:{cameras.port}/1203/sub"
    numbers = []
    with av.open(url, options={"rtsp_transport": "tcp"}, timeout=20) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (640, 360)
        for frame in container.decode(stream):
            mark = read_frame_mark(frame.to_ndarray(format="bgra"))
            assert mark is not None
            assert mark.camera == 0
            numbers.append(mark.number)
            if len(numbers) == 30:
                break
    assert {ticks_between(a, b) for a, b in itertools.pairwise(numbers)} == {5}
    assert max(numbers) < LOOP_TICKS


def test_faults_are_ordered_and_taken_back(cameras: Cameras) -> None:
    with Rtsp(cameras.port) as viewer:
        viewer.play()
        viewer.packet()
        cameras.order(freeze="1203")
        viewer.socket.settimeout(1.0)
        with pytest.raises(TimeoutError):
            viewer.drain()
    with Rtsp(cameras.port) as viewer:
        viewer.play()  # still answers, like a camera whose encoder hangs
        cameras.order(resume="1203")
        viewer.packet()
        cameras.order(drop="1203")
        with pytest.raises((AssertionError, ConnectionError)):
            viewer.drain()
    with Rtsp(cameras.port) as viewer, pytest.raises((AssertionError, ConnectionError)):
        viewer.ask("DESCRIBE")
    cameras.order(resume="1203")
    with Rtsp(cameras.port) as viewer:
        viewer.play()
        viewer.packet()


def test_a_damaged_cache_is_made_again(cache: Path, tmp_path: Path) -> None:
    source = cache / SPEC.file_name
    good = source.read_bytes()
    note = source.with_suffix(".json").read_bytes()
    target = tmp_path / SPEC.file_name
    assert load_loop(SPEC, tmp_path) is None
    target.write_bytes(good)
    assert load_loop(SPEC, tmp_path) is None
    target.with_suffix(".json").write_bytes(note)
    loop = load_loop(SPEC, tmp_path)
    assert loop is not None
    assert [i for i, u in enumerate(loop.units) if u.key] == list(range(0, 180, 30))
    target.write_bytes(good[:-1000])
    assert load_loop(SPEC, tmp_path) is None
    target.write_bytes(good.replace(good[5000:5004], b"\xff\xff\xff\xff", 1))
    assert load_loop(SPEC, tmp_path) is None


def test_the_bit_rate_is_that_of_a_camera(cache: Path) -> None:
    size = (cache / SPEC.file_name).stat().st_size
    assert 0.7 < size * 8 / 12 / FORMS["sub"].bit_rate < 1.15


@pytest.mark.parametrize("size", [1, 1400, 1401, 2797, 2798, 60_000])
def test_large_units_are_cut_and_can_be_joined(size: int) -> None:
    nal = bytes([0x65]) + bytes(i * 7 % 251 for i in range(size - 1))
    payloads = rtp_payloads(AccessUnit((nal,), key=True), CODECS["h264"])
    assert all(len(p) <= 1400 for p in payloads)
    if len(payloads) == 1:
        assert payloads[0] == nal
        return
    assert payloads[0][1] & 0xC0 == 0x80
    assert payloads[-1][1] & 0xC0 == 0x40
    head = bytes([payloads[0][0] & 0xE0 | payloads[0][1] & 31])
    assert head + b"".join(p[2:] for p in payloads) == nal


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x00\x01", b"\x00\x00\x01\x09\xf0", b"junk"]
)
def test_what_is_no_stream_is_no_loop(data: bytes) -> None:
    assert parse_annex_b(data, 15) is None


@pytest.mark.parametrize(
    "first", ["", "null", "7", '{"username": "a"}', '{"username":"a","password":"s3",'
              '"cameras":{"1":"moon"}}']
)  # fmt: skip
def test_a_bad_first_line_is_refused_without_repeating_it(
    tmp_path: Path, first: str
) -> None:
    out = io.StringIO()
    assert run(tmp_path, orders=io.StringIO(first + "\n"), out=out) == 2
    assert "s3" not in out.getvalue()


def test_it_ends_with_its_parent_while_encoding(tmp_path: Path) -> None:
    cameras = Cameras(tmp_path, cameras={"1203": "street"}, encoders=1)
    end = time.monotonic() + PATIENCE_S
    try:
        while not cameras.said and time.monotonic() < end:
            time.sleep(0.05)
    finally:
        status = cameras.close()
    assert status == 0
    assert not list(tmp_path.glob("*.part"))
