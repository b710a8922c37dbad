"""Devices that decode: chosen by what was found, tried apart, left without a word."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import av
import av.error
import pytest
from av.codec.hwaccel import hwdevices_available
from hypothesis import given
from hypothesis import strategies as st
from test_decode import GROUP, Bench, coded
from viewing import Cameras, Viewer, until

from tests.limits_kit import PATIENCE_S
from video import contexts, hardware_probe
from video.acceleration import Acceleration, Trial
from video.contexts import NoDevice, open_context
from video.contract import Mode
from video.hardware import (
    CODECS,
    KINDS,
    LARGE_PIXELS,
    MOST_FAILURES,
    Devices,
    Finding,
    Use,
    as_rows,
    choose,
    kinds_for,
)
from video.sources.packets import CodecSetup
from video.workers import VideoEngine

PROBE = [sys.executable, "-m", "video.hardware_probe"]
SMALL_PIXELS = 640 * 360
SETUP = CodecSetup("h264", None, 1.0)

findings = st.builds(
    Finding,
    st.sampled_from(sorted({kind for kinds in KINDS.values() for kind in kinds})),
    st.sampled_from(CODECS),
    st.booleans(),
    st.floats(0.01, 20),
    st.floats(0.01, 20),
)


# -- Which is used -------------------------------------------------------------------


@given(st.lists(findings))
def test_only_what_is_right_and_faster_is_used(found: list[Finding]):
    used = choose(found)
    assert len({use.codec for use in used}) == len(used)
    for use in used:
        tried = [f for f in found if (f.kind, f.codec) == (use.kind, use.codec)]
        assert any(f.right and f.large <= 1 for f in tried)
        if not use.pixels:
            assert any(f.right and f.small <= 1 for f in tried)
    good = {f.codec for f in found if f.right and f.large <= 1}
    assert good == {use.codec for use in used}


@given(st.lists(findings, unique_by=lambda f: (f.kind, f.codec)), st.randoms())
def test_the_order_of_trying_does_not_matter(found: list[Finding], random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert choose(shuffled) == choose(found)


def test_the_one_without_limits_goes_before_the_fastest():
    found = [
        Finding("cuda", "h264", right=True, small=2.0, large=0.1),
        Finding("qsv", "h264", right=True, small=0.9, large=0.5),
        Finding("d3d11va", "hevc", right=True, small=3.0, large=0.3),
        Finding("d3d12va", "hevc", right=False, small=0.1, large=0.1),
    ]
    assert choose(found) == (
        Use("qsv", "h264"),
        Use("d3d11va", "hevc", LARGE_PIXELS),
    )


def test_each_platform_has_its_kinds():
    assert kinds_for("win32") == ("d3d11va", "d3d12va", "cuda", "qsv")
    assert kinds_for("linux") == ("vaapi", "cuda", "qsv")
    assert kinds_for("sunos5") == ()


def test_small_pictures_are_left_to_software_where_the_device_is_slower():
    devices = Devices()
    assert devices.kind_for("h264", pixels=LARGE_PIXELS) == ""
    devices.allow(as_rows([Use("cuda", "h264", LARGE_PIXELS), Use("qsv", "hevc")]))
    assert devices.kind_for("h264", pixels=SMALL_PIXELS) == ""
    assert devices.kind_for("h264", pixels=0) == ""
    assert devices.kind_for("h264", pixels=LARGE_PIXELS) == "cuda"
    assert devices.kind_for("hevc", pixels=SMALL_PIXELS) == "qsv"
    assert devices.kind_for("mjpeg", pixels=LARGE_PIXELS) == ""
    devices.allow([])
    assert devices.kind_for("hevc", pixels=SMALL_PIXELS) == ""


def test_a_device_without_first_pictures_is_not_tried_for_ever():
    devices = Devices()
    devices.allow(as_rows([Use("cuda", "h264")]))
    for _ in range(2 * MOST_FAILURES):
        devices.gave_up("cuda", begun=True)  # perhaps the camera's fault
    assert devices.kind_for("h264", pixels=1) == "cuda"
    for _ in range(MOST_FAILURES):
        devices.gave_up("cuda", begun=False)
    assert devices.kind_for("h264", pixels=1) == ""
    assert devices.failures() == ["cuda"] * (3 * MOST_FAILURES)
    assert devices.failures() == []


# -- The trial -----------------------------------------------------------------------


def test_the_trial_runs_here_and_says_nothing_else():
    ours, theirs = os.pipe()  # read from until it ends
    with os.fdopen(ours), os.fdopen(theirs, "w"):
        done = subprocess.run(
            PROBE, stdin=ours, capture_output=True, timeout=PATIENCE_S, check=True
        )
    assert done.stderr == b""
    tried = Trial(PROBE, limit_s=PATIENCE_S).run()
    kinds = [k for k in kinds_for(sys.platform) if k in hwdevices_available()]
    assert [(f.kind, f.codec) for f in tried] == [(k, c) for k in kinds for c in CODECS]
    for use in choose(tried):  # nothing, on a machine without a device
        assert use.kind in kinds


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("name", ["small", "large"])
def test_the_clips_decode_without_holding_pictures_back(name: str, codec: str):
    packets = hardware_probe.clip(name, codec)
    tiles, took = hardware_probe.play(codec, packets, "")
    assert len(tiles) == len(packets) >= 8
    assert took > 0
    again, _ = hardware_probe.play(codec, packets, "")
    assert hardware_probe.alike(tiles, again)
    assert not hardware_probe.alike(tiles[:-1], again)
    assert not hardware_probe.alike([], [])
    assert not hardware_probe.alike(tiles[::-1], again)


def test_a_device_that_shows_something_else_is_not_right(monkeypatch):
    play = hardware_probe.play

    def wrong(codec, packets, kind):
        tiles, took = play(codec, packets, "")
        return ([255 - tile for tile in tiles] if kind == "wrong" else tiles), took

    monkeypatch.setattr(hardware_probe, "play", wrong)
    assert not hardware_probe.attempt("wrong", "h264").right
    found = hardware_probe.attempt("same", "h264")
    assert found.right
    assert found.small > 0
    assert found.large > 0


def test_the_trial_ends_with_whoever_asked_for_it():
    code = "import os, sys, time\nfrom video import hardware_probe as p\n"
    code += "p.attempt = lambda *_: time.sleep(600)\n"
    code += (
        "p.hwdevices_available = lambda: p.kinds_for(sys.platform)\nsys.exit(p.run())"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
    try:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(PATIENCE_S) == 1
    finally:
        process.kill()
        process.wait(PATIENCE_S)


DEVICES = {"cuda": ["/dev/nvidiactl"], "vaapi": ["/dev/dri"], "drm": ["/dev/dri"]}
GOOD = '{"kind": "cuda", "codec": "h264", "right": true, "small": 0.5, "large": 0.2}'


@pytest.mark.parametrize(
    "then",
    ["os.abort()", "time.sleep(600)", "print('not', 'json')", "print('{}')", "1"],
    ids=["crash", "hang", "noise", "odd", "end"],
)
def test_whatever_it_does_what_it_said_before_counts(then: str):
    code = f"import os, sys, time\nprint('{GOOD}', flush=True)\n{then}"
    trial = Trial([sys.executable, "-c", code], limit_s=2.0)
    assert trial.run() == (Finding("cuda", "h264", True, 0.5, 0.2),)


def test_a_trial_that_cannot_be_started_finds_nothing():
    assert Trial(["/nonexistent/probe"]).run() == ()


# -- What the workers are told --------------------------------------------------------


def found_by(*lines: str) -> list[str]:
    said = "\n".join(lines)
    return [sys.executable, "-c", f"print('''{said}''')"]


def test_the_workers_hear_it_once_and_again_when_the_setting_changes():
    heard: list[list[dict[str, object]]] = []
    made = Acceleration(lambda: heard.append(made.message()["uses"]))
    made.allow(False)
    made.look(found_by(GOOD))
    assert made.uses is None  # not even tried
    made.allow(True)
    until(lambda: made.uses is not None and len(heard) == 3)
    row = {"kind": "cuda", "codec": "h264", "pixels": 0}
    assert heard == [[], [], [row]] or heard == [[], [row], [row]]
    made.look(found_by())  # once a start
    made.allow(False)
    assert made.message() == {"do": "hardware", "uses": []}
    made.allow(True)
    assert heard[-1] == [row]
    made.close()


def test_nothing_found_is_said_once_and_is_no_warning(caplog):
    caplog.set_level(logging.INFO)
    over = threading.Event()
    made = Acceleration(over.set)
    made.look(found_by())
    assert over.wait(PATIENCE_S)
    made.close()
    assert made.uses == ()
    assert [r.levelno for r in caplog.records] == [logging.INFO]


def test_a_dead_worker_ends_the_use_of_devices(caplog):
    made = Acceleration(lambda: None)
    assert not made.suspect()
    made.uses = (Use("cuda", "h264"),)
    with caplog.at_level(logging.CRITICAL):
        assert made.suspect()
    assert made.message()["uses"] == []
    made.allow(True)
    assert made.message()["uses"] == []  # until the next start
    assert not made.suspect()


def test_a_failure_is_logged_once_a_kind(caplog):
    caplog.set_level(logging.INFO)
    made = Acceleration(lambda: None)
    for kind in ("cuda", "cuda", "qsv", "cuda"):
        made.heard(kind)
    assert len(caplog.records) == 2


def test_real_workers_are_told(tmp_path: Path):
    told = tmp_path / "told"
    code = (
        "import sys, json\n"
        "for line in sys.stdin:\n"
        "    if json.loads(line)['do'] == 'hardware':\n"
        f"        open({os.fspath(told)!r}, 'w').write(line)\n"
    )
    engine = VideoEngine(worker_command=[sys.executable, "-c", code], worker_count=1)
    try:
        engine.acceleration.look(found_by(GOOD))
        until(lambda: told.exists() and '"cuda"' in told.read_text())
        engine.acceleration.allow(False)
        until(lambda: '"uses": []' in told.read_text())
    finally:
        engine.close()


# -- A stream whose device fails -------------------------------------------------------


def with_device(kind: str) -> tuple[Bench, Devices]:
    devices = Devices()
    devices.allow(as_rows([Use(kind, "h264")]))
    return Bench(devices=devices), devices


def shown(bench: Bench, number: int) -> None:
    bench.lane.start()
    until(lambda: bench.number() == number)
    assert bench.failures == []
    bench.close()


@pytest.mark.parametrize("kind", ["cuda", "vaapi", "drm", "no such device"])
def test_a_device_that_does_not_open_costs_no_picture(kind: str):
    if kind in DEVICES and any(map(os.path.exists, DEVICES[kind])):
        pytest.skip("this machine may have one")
    with pytest.raises((av.error.FFmpegError, NoDevice, ValueError)):
        open_context(SETUP, kind=kind)
    bench, devices = with_device(kind)
    bench.put(coded(GROUP))
    shown(bench, GROUP - 1)
    assert devices.failures() == [kind]


class Failing:
    """A decoder that works for so many packets, as a device that is taken away."""

    def __init__(self, works: int, then: Callable[[], list[av.VideoFrame]]) -> None:
        self._real = open_context(SETUP)
        self._works = works
        self._then = then

    def decode(self, packet: av.Packet | None) -> list[av.VideoFrame]:
        self._works -= 1
        return self._real.decode(packet) if self._works >= 0 else self._then()

    def __getattr__(self, name: str) -> object:
        return getattr(self._real, name)


def broken() -> list[av.VideoFrame]:
    raise av.error.ExternalError(542398533, "Generic error in an external library")


def fails(monkeypatch, works: int, then: Callable[[], list[av.VideoFrame]]) -> None:
    real = contexts.open_context

    def opened(setup: CodecSetup, *, kind: str = "", skips: bool = False) -> object:
        return Failing(works, then) if kind else real(setup, skips=skips)

    monkeypatch.setattr(contexts, "open_context", opened)


def test_one_that_fails_in_mid_stream_goes_on_at_the_next_key_frame(monkeypatch):
    fails(monkeypatch, 3, broken)
    bench, devices = with_device("cuda")
    packets = coded(2 * GROUP)
    for packet in packets:
        bench.put([packet])
    shown(bench, 2 * GROUP - 1)
    assert devices.failures() == ["cuda"]
    assert devices.kind_for("h264", pixels=1) == "cuda"  # for others it is still good


def test_one_that_fails_at_a_key_frame_loses_nothing(monkeypatch):
    fails(monkeypatch, 0, broken)
    bench, devices = with_device("cuda")
    bench.put(coded(GROUP))
    shown(bench, GROUP - 1)
    assert devices.failures() == ["cuda"]


def test_one_that_gives_no_picture_is_left(monkeypatch):
    fails(monkeypatch, 0, list)
    bench, devices = with_device("cuda")
    bench.put(coded(3 * GROUP))
    shown(bench, 3 * GROUP - 1)
    assert devices.failures() == ["cuda"]


def test_a_device_found_later_takes_over_at_a_key_frame(monkeypatch):
    opened: list[str] = []
    real = contexts.open_context

    def noted(setup: CodecSetup, *, kind: str = "", skips: bool = False) -> object:
        opened.append(kind)
        return real(setup, skips=skips)

    monkeypatch.setattr(contexts, "open_context", noted)
    devices = Devices()
    bench = Bench(devices=devices)
    packets = coded(3 * GROUP)
    bench.lane.start()
    for start, rows in ((0, [Use("cuda", "h264")]), (GROUP, []), (2 * GROUP, None)):
        bench.put(packets[start : start + GROUP])
        until(lambda start=start: bench.number() == start + GROUP - 1)
        if rows is not None:
            devices.allow(as_rows(rows))
    bench.close()
    assert [kind for kind, _ in groupby(opened)] == ["", "cuda", ""]
    assert devices.failures() == []


def test_live_pictures_go_on_where_the_device_is_not_there(
    cameras: Cameras, viewer: Viewer, caplog
):
    if Path("/dev/nvidiactl").exists():
        pytest.skip("this machine may have one")
    caplog.set_level(logging.INFO)
    viewer.log_in("1", "2")
    viewer.engine.want(cameras.wants("1", "2", mode=Mode.LIVE))
    viewer.await_advance("1", "2")
    viewer.engine.acceleration.look(found_by(GOOD))
    until(lambda: "cuda failed on a stream" in caplog.text)
    viewer.await_advance("1", "2")  # over the key frames of both
    assert viewer.state("1") == viewer.state("2") == "live"
    assert caplog.text.count("cuda failed on a stream") == 1
